//! The dates of markwhen: single, ranges, and relative to other events.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::time::calendar::{civil_from_days, civil_from_ms, days_from_civil, days_in_month};
use crate::time::{self, DAY_MS, DateError, Dialect, Qualities, Reading, When};

/// A date taken apart.
pub(super) struct Written {
    form: Form,
    /// How it repeats, where it does.
    pub repetition: Option<String>,
}

enum Form {
    /// A date, or a range of dates, in canonical form.
    Fixed(String),
    /// It can't be read though it is a date.
    Wrong(DateError),
    /// From a fixed start, so long.
    Lasting(String, Length),
    /// So long after or before another event, or after the one above.
    Relative { to: Option<String>, before: bool, length: Length },
    /// It hangs on the day on which the file is read.
    Now,
}

/// A length of time: months and days and minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Length {
    months: i64,
    days: i64,
    minutes: i64,
}

/// Takes a date apart; nothing where the text is none.
pub(super) fn taken_apart(text: &str, dialect: Dialect) -> Option<Written> {
    let (text, repetition) = match text.find(" every ") {
        Some(at) => (text[..at].trim(), Some(text[at..].trim().to_owned())),
        None => (text, None),
    };
    if !text.chars().any(|letter| letter.is_ascii_digit()) && !is_now(text) {
        return None;
    }
    form_of(text, dialect).map(|form| Written { form, repetition })
}

fn form_of(text: &str, dialect: Dialect) -> Option<Form> {
    if is_now(text) {
        return Some(Form::Now);
    }
    if let Some(relative) = relative(text) {
        return Some(relative);
    }
    let whole = match time::read(text, &dialect) {
        Ok(when) => return Some(Form::Fixed(when.canonical().to_owned())),
        Err(error) => error,
    };
    for (at, dash) in text.char_indices().filter(|(_, letter)| matches!(letter, '-' | '–' | '—' | '/')) {
        let (start, end) = (text[..at].trim(), text[at + dash.len_utf8()..].trim());
        if start.is_empty() || end.is_empty() {
            continue;
        }
        if is_now(start) {
            return Some(Form::Now);
        }
        let Ok(from) = time::read(start, &dialect) else { continue };
        if is_now(end) {
            return Some(Form::Fixed(format!("{}/..", from.canonical())));
        }
        if let Some(length) = length_of(end) {
            return Some(Form::Lasting(from.canonical().to_owned(), length));
        }
        if let Ok(to) = time::read(end, &dialect) {
            return Some(Form::Fixed(format!("{}/{}", from.canonical(), to.canonical())));
        }
    }
    // What no calendar has, or what has two meanings, is a date all the same.
    let begins_as_one = text.starts_with(|letter: char| letter.is_ascii_digit());
    let is_date = matches!(
        whole,
        DateError::NoSuchDate { .. } | DateError::Ambiguous { .. } | DateError::OutOfRange { .. } | DateError::Backwards { .. }
    );
    (is_date && begins_as_one).then_some(Form::Wrong(whole))
}

fn is_now(text: &str) -> bool {
    text.eq_ignore_ascii_case("now") || text.eq_ignore_ascii_case("today")
}

/// `5 days`, `after !id 5 days`, `before !id 1 week`, `!id 2 months`.
fn relative(text: &str) -> Option<Form> {
    let (mut before, mut to, mut rest) = (false, None, Vec::new());
    for (place, word) in text.split_whitespace().enumerate() {
        match word.to_lowercase().as_str() {
            "after" if place == 0 => {}
            "before" | "by" if place == 0 => before = true,
            _ => match word.strip_prefix('!') {
                Some(id) if to.is_none() && !id.is_empty() => to = Some(id.to_owned()),
                _ => rest.push(word),
            },
        }
    }
    // "before 1300" is a date and no length.
    length_of(&rest.join(" ")).map(|length| Form::Relative { to, before, length })
}

/// A length: numbers with units, and nothing else.
fn length_of(text: &str) -> Option<Length> {
    let mut length = Length::default();
    let mut spaced = String::new();
    let mut last = ' ';
    for letter in text.chars() {
        if letter.is_alphabetic() && last.is_ascii_digit() {
            spaced.push(' ');
        }
        spaced.push(letter);
        last = letter;
    }
    let words: Vec<&str> = spaced.split_whitespace().filter(|word| *word != "and").collect();
    if words.is_empty() || !words.len().is_multiple_of(2) {
        return None;
    }
    for pair in words.chunks(2) {
        let count: i64 = pair[0].parse().ok().filter(|count| (0..=1_000_000).contains(count))?;
        match pair[1].trim_end_matches(',').to_lowercase().as_str() {
            "minute" | "minutes" | "min" | "mins" => length.minutes += count,
            "hour" | "hours" | "hr" | "hrs" | "h" => length.minutes += count * 60,
            "day" | "days" | "d" => length.days += count,
            "week" | "weeks" | "w" => length.days += count * 7,
            "month" | "months" | "mo" => length.months += count,
            "year" | "years" | "yr" | "yrs" | "y" => length.months += count * 12,
            "decade" | "decades" => length.months += count * 120,
            "century" | "centuries" => length.months += count * 1200,
            _ => return None,
        }
    }
    Some(length)
}

/// Where the events so far stand: from when, and from when on they are over.
#[derive(Default)]
pub(super) struct Known {
    last: Option<(i64, i64)>,
    by_id: HashMap<String, (i64, i64)>,
}

impl Known {
    /// Keeps where an event stands, for those that go on from it.
    pub(super) fn remember(&mut self, id: &str, reading: Option<Reading>) {
        self.last = reading.map(|Reading { extent, qualities, .. }| {
            // What ends at 11:30 is over then, and what ends on a day at the end of the day.
            let over_ms = if qualities.has(Qualities::CLOCK) { extent.earliest_end } else { extent.latest_end };
            (extent.earliest_start, over_ms)
        });
        if let Some(span) = self.last.filter(|_| !id.is_empty()) {
            self.by_id.insert(id.to_owned(), span);
        }
    }

    /// The meaning of a date. Errors are sentences.
    pub(super) fn when(&self, date: &Written, written: &str, dialect: Dialect) -> Result<When<'static>, String> {
        let canonical = match &date.form {
            Form::Fixed(canonical) => {
                // What a person should know of the reading is said as for any other date.
                if let Ok(when) = time::read(written, &dialect)
                    && when.canonical() == canonical
                {
                    return Ok(when.into_owned());
                }
                canonical.clone()
            }
            Form::Wrong(error) => return Err(crate::formats::table::reason(error)),
            Form::Now => return Err("The date hangs on the day on which the file is read; put a date in its place.".to_owned()),
            Form::Lasting(start, length) => {
                let when = time::read(start, &Dialect::EDTF).map_err(|error| crate::formats::table::reason(&error))?;
                let extent = when.reading.extent;
                span(extent.earliest_start, *length, false).ok_or("The length of time leads off the axis.")?
            }
            Form::Relative { to, before, length } => {
                let (start_ms, over_ms) = match to {
                    Some(id) => *self
                        .by_id
                        .get(id)
                        .ok_or_else(|| format!("It is relative to an event `{id}` that does not stand above it with a date."))?,
                    None => self.last.ok_or("It is relative to the event above it, which has no date.")?,
                };
                let from_ms = if *before { start_ms } else { over_ms };
                if from_ms == i64::MIN || from_ms == i64::MAX {
                    return Err("It is relative to an event without that end.".to_owned());
                }
                span(from_ms, *length, *before).ok_or("The length of time leads off the axis.")?
            }
        };
        let when = time::read(&canonical, &Dialect::EDTF).map_err(|error| crate::formats::table::reason(&error))?;
        let reading = when.reading;
        let canonical = (canonical != written).then(|| canonical.clone().into());
        Ok(When { text: Cow::Owned(written.to_owned()), canonical, reading, doubt: None })
    }
}

/// The span of a length from a time on, or up to it; days where both ends are midnight.
fn span(from_ms: i64, length: Length, before: bool) -> Option<String> {
    let other_ms = moved(from_ms, length, before)?;
    let (start_ms, end_ms) = if before { (other_ms, from_ms) } else { (from_ms, other_ms) };
    if start_ms >= end_ms {
        return None;
    }
    if start_ms.rem_euclid(DAY_MS) == 0 && end_ms.rem_euclid(DAY_MS) == 0 {
        let (first, last) = (day_text(start_ms)?, day_text(end_ms - DAY_MS)?);
        return Some(if first == last { first } else { format!("{first}/{last}") });
    }
    Some(format!("{}/{}", minute_text(start_ms)?, minute_text(end_ms)?))
}

/// A time so much later or earlier; a day past the end of its month is the last of it.
fn moved(from_ms: i64, length: Length, back: bool) -> Option<i64> {
    let sign = if back { -1 } else { 1 };
    let (year, month, day) = civil_from_ms(from_ms);
    let months = year.checked_mul(12)?.checked_add(i64::from(month) - 1)?.checked_add(sign * length.months)?;
    let (year, month) = (months.div_euclid(12), (months.rem_euclid(12) + 1) as u8);
    let days = days_from_civil(year, month, day.min(days_in_month(year, month))).checked_add(sign * length.days)?;
    days.checked_mul(DAY_MS)?.checked_add(from_ms.rem_euclid(DAY_MS))?.checked_add(sign * length.minutes * 60_000)
}

fn day_text(at_ms: i64) -> Option<String> {
    let (year, month, day) = civil_from_days(at_ms.div_euclid(DAY_MS));
    // Days are written with years of four digits only.
    (-9999..=9999).contains(&year).then(|| format!("{}{:04}-{month:02}-{day:02}", if year < 0 { "-" } else { "" }, year.unsigned_abs()))
}

fn minute_text(at_ms: i64) -> Option<String> {
    let minutes = at_ms.rem_euclid(DAY_MS) / 60_000;
    Some(format!("{}T{:02}:{:02}", day_text(at_ms)?, minutes / 60, minutes % 60))
}
