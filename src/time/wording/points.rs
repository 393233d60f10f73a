//! The words of one date, and of two joined.

use edtf_core::{Date, DateField, Qualifier, Year, YearKind};

use super::axis::year_text;
use super::stamps::{InZone, clock, stamp_words, zone};
use crate::time::calendar::{self, days_from_civil, month_name, month_short, weekday, weekday_name};
use crate::time::read::{Point, Stamp, span};
use crate::time::zone::Zone;

/// How long the words may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// Whole words.
    Full,
    /// Short month names and signs.
    Short,
}

/// How a date is to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manner {
    pub length: Length,
    /// The zone in which instants are said; as written without one.
    pub zone: Option<Zone>,
}

impl Manner {
    /// As written.
    pub(super) const fn of(length: Length) -> Self {
        Self { length, zone: None }
    }
}

/// How two dates belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// From the one to the other, all of it.
    To,
    /// At one time between them.
    Between,
}

/// Weekdays are told from this year on: before the Gregorian calendar, a source's own weekday would be another.
const WEEKDAYS_FROM: i64 = 1583;

/// The words of one date; `with_weekday` tells a full day's weekday.
pub(super) fn in_words(point: &Point, manner: Manner, with_weekday: bool) -> String {
    match point {
        Point::Date(date) => date_words(date, manner.length, with_weekday),
        Point::Stamp(stamp) => match manner.zone.and_then(|zone| InZone::of(stamp, zone)) {
            Some(shown) => shown.words(stamp, manner.length),
            None => stamp_words(stamp, manner.length),
        },
    }
}

/// A date that is written out: a year, and perhaps a month, and perhaps a day of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Plain {
    pub year: i64,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl Plain {
    /// The date, where all its digits are known.
    fn of(date: &Date) -> Option<Self> {
        if date.year.significant_digits.is_some() {
            return None;
        }
        let year = date.year.value()?;
        let mut plain = Self { year, month: None, day: None };
        if let Some(month) = date.month {
            plain.month = Some(known(month)?).filter(|month| *month <= 12);
            plain.month?;
        }
        if let Some(day) = date.day {
            plain.day = Some(known(day)?);
        }
        Some(plain)
    }

    pub(super) fn words(self, length: Length) -> String {
        let year = year_text(self.year);
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{day} {} {year}", named(month, length)),
            (Some(month), None) => format!("{} {year}", named(month, length)),
            _ => year,
        }
    }

    /// The words, without those that `other`, which follows, says again.
    fn words_before(self, other: Self, length: Length) -> String {
        match (self.month, self.day, other.month, other.day) {
            (Some(month), Some(day), Some(other_month), Some(_)) if self.year == other.year => {
                if month == other_month {
                    day.to_string()
                } else {
                    format!("{day} {}", named(month, length))
                }
            }
            (Some(month), None, Some(_), None) if self.year == other.year => named(month, length).to_owned(),
            (None, None, None, None) => {
                let same_era = (self.year <= 0) == (other.year <= 0) && other.year < 1000;
                let words = year_text(self.year);
                if same_era { words.trim_end_matches(" BCE").trim_end_matches(" CE").to_owned() } else { words }
            }
            _ => self.words(length),
        }
    }
}

/// The value of a month or day whose digits are known.
fn known(field: DateField) -> Option<u8> {
    field.value()
}

pub(super) fn named(month: u8, length: Length) -> &'static str {
    match length {
        Length::Full => month_name(month),
        Length::Short => month_short(month),
    }
}

/// The words of an EDTF date with its qualifiers.
fn date_words(date: &Date, length: Length, with_weekday: bool) -> String {
    let bare = match Plain::of(date) {
        Some(Plain { year: year @ WEEKDAYS_FROM.., month: Some(month), day: Some(day) }) if with_weekday && length == Length::Full => {
            let name = weekday_name(weekday(days_from_civil(year, month, day)));
            format!("{name} {}", Plain { year, month: Some(month), day: Some(day) }.words(length))
        }
        Some(plain) => plain.words(length),
        None => unspecified(date, length),
    };
    qualified(&bare, date, length)
}

/// The words with "c." and "uncertain" where the date is qualified.
fn qualified(bare: &str, date: &Date, length: Length) -> String {
    let fields = [("year", Some(date.year.qualifier)), ("month", date.month.map(|f| f.qualifier)), ("day", date.day.map(|f| f.qualifier))];
    let which = |has: fn(Qualifier) -> bool| -> (Vec<&str>, bool) {
        let given = fields.iter().filter(|(_, qualifier)| qualifier.is_some()).count();
        let with: Vec<&str> = fields.iter().filter(|(_, qualifier)| qualifier.is_some_and(has)).map(|(name, _)| *name).collect();
        let whole = with.len() == given;
        (with, whole)
    };
    let (approximate, about_whole) = which(|qualifier| qualifier.approximate);
    let (uncertain, doubt_whole) = which(|qualifier| qualifier.uncertain);
    let mut notes = Vec::new();
    if !approximate.is_empty() && !about_whole {
        notes.push(format!("{} approximate", approximate.join(" and ")));
    }
    match (uncertain.is_empty(), doubt_whole) {
        (true, _) => {}
        (false, true) => notes.push("uncertain".to_owned()),
        (false, false) => notes.push(format!("{} uncertain", uncertain.join(" and "))),
    }
    let lead = if !approximate.is_empty() && about_whole { "c. " } else { "" };
    match length {
        _ if notes.is_empty() => format!("{lead}{bare}"),
        Length::Full => format!("{lead}{bare} ({})", notes.join(", ")),
        Length::Short if approximate.is_empty() || about_whole => format!("{lead}{bare}?"),
        Length::Short => format!("c. {bare}{}", if uncertain.is_empty() { "" } else { "?" }),
    }
}

/// The words of a date with unspecified digits, a season, or fewer significant digits than it has.
fn unspecified(date: &Date, length: Length) -> String {
    if date.year.significant_digits.is_some() {
        return match (date.year.value(), length) {
            (Some(year), Length::Full) => format!("about {} ({})", year_text(year), hull(date, length)),
            (Some(year), Length::Short) => format!("about {}", year_text(year)),
            (None, _) => hull(date, length),
        };
    }
    let year = year_words(&date.year);
    match (date.month.map(known), date.day.map(known), year) {
        (None, _, Some(year)) => year,
        (Some(Some(code @ 21..)), _, Some(year)) => part_of_year(code, &year, length),
        (Some(Some(month)), None, Some(year)) => format!("{}{}{year}", named(month, length), comma(date)),
        (Some(Some(month)), Some(Some(day)), Some(year)) => format!("{day} {}{}{year}", named(month, length), comma(date)),
        (Some(Some(month)), Some(None), Some(year)) if all_unspecified(date.day) => {
            format!("{}{}{year}", named(month, length), comma(date))
        }
        (Some(None), None | Some(None), Some(year))
            if all_unspecified(date.month) && date.day.is_none_or(|day| all_unspecified(Some(day))) =>
        {
            year
        }
        _ => hull(date, length),
    }
}

/// A year with unspecified digits: "1560s", "the 1500s"; nothing where only its bounds say it well.
fn year_words(year: &Year) -> Option<String> {
    if let Some(value) = year.value() {
        return Some(year_text(value));
    }
    match year.kind {
        YearKind::Standard { negative: false, digits: [Some(a), Some(b), c, None] } if a > 0 || b > 0 => {
            let century = u32::from(a) * 10 + u32::from(b);
            Some(format!("{century}{}s", c.map_or_else(|| "00".to_owned(), |digit| format!("{digit}0"))))
        }
        YearKind::Standard { negative: false, digits: [None, None, None, None] } => Some("year unknown".to_owned()),
        _ => None,
    }
}

/// What stands between a month and its year: a comma before a year that is itself vague.
fn comma(date: &Date) -> &'static str {
    if date.year.has_unspecified() { ", " } else { " " }
}

/// Whether both digits are unspecified.
fn all_unspecified(field: Option<DateField>) -> bool {
    field.is_some_and(|field| field.digits == [None, None])
}

/// A part of a year by its code, ISO 8601-2 4.8.
fn part_of_year(code: u8, year: &str, length: Length) -> String {
    const SEASONS: [&str; 4] = ["Spring", "Summer", "Autumn", "Winter"];
    const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
    let at = |names: [&'static str; 4], from: u8| names.get(usize::from(code.saturating_sub(from))).copied().unwrap_or_default();
    match (code, length) {
        (21..=24, _) => format!("{} {year}", at(SEASONS, 21)),
        (25..=28, Length::Full) => format!("{} {year} (northern hemisphere)", at(SEASONS, 25)),
        (25..=28, Length::Short) => format!("{} {year} (N)", at(SEASONS, 25)),
        (29..=32, Length::Full) => format!("{} {year} (southern hemisphere)", at(SEASONS, 29)),
        (29..=32, Length::Short) => format!("{} {year} (S)", at(SEASONS, 29)),
        (33..=36, Length::Full) => format!("{} quarter of {year}", at(ORDINALS, 33)),
        (33..=36, Length::Short) => format!("Q{} {year}", code - 32),
        (37..=39, _) => format!("{} third of {year}", at(ORDINALS, 37)),
        _ => format!("{} half of {year}", at(ORDINALS, 40)),
    }
}

/// The words of a date's first and last possible day.
fn hull(date: &Date, length: Length) -> String {
    let Ok(span) = span(&Point::Date(*date), Zone::UTC) else { return "outside the time axis".to_owned() };
    let plain = |at_ms: i64| {
        let (year, month, day) = calendar::civil_from_ms(at_ms);
        if date.month.is_none() { Plain { year, month: None, day: None } } else { Plain { year, month: Some(month), day: Some(day) } }
    };
    join_plain(plain(span.start_ms), plain(span.end_ms - 1), length, Join::Between)
}

/// Two dates as one phrase, saying what they share once.
pub(super) fn joined(from: &Point, to: &Point, manner: Manner, join: Join) -> String {
    let length = manner.length;
    let shown = |stamp: &Stamp| manner.zone.and_then(|zone| InZone::of(stamp, zone));
    match (from, to) {
        (Point::Date(from), Point::Date(to)) if !qualifies(from) && !qualifies(to) => {
            if let (Some(from), Some(to)) = (Plain::of(from), Plain::of(to)) {
                return join_plain(from, to, length, join);
            }
        }
        (Point::Stamp(from), Point::Stamp(to)) if shown(from).is_some() && shown(to).is_some() => {
            if let (Some(from), Some(to)) = (shown(from), shown(to))
                && from.label == to.label
                && from.day() == to.day()
            {
                let between = if length == Length::Full { "to" } else { "–" };
                return format!("{}, {} {between} {} {}", from.day().words(length), clock(&from.stamp), clock(&to.stamp), to.label);
            }
        }
        (Point::Stamp(from), Point::Stamp(to))
            if from.offset_min == to.offset_min && (from.year, from.month, from.day) == (to.year, to.month, to.day) =>
        {
            let day = Plain { year: from.year, month: Some(from.month), day: Some(from.day) }.words(length);
            return format!("{day}, {} {} {}{}", clock(from), if length == Length::Full { "to" } else { "–" }, clock(to), zone(to));
        }
        _ => {}
    }
    phrase(&in_words(from, manner, false), &in_words(to, manner, false), length, join)
}

fn qualifies(date: &Date) -> bool {
    date.is_uncertain() || date.is_approximate()
}

/// Two dates that are written out.
fn join_plain(from: Plain, to: Plain, length: Length, join: Join) -> String {
    phrase(&from.words_before(to, length), &to.words(length), length, join)
}

fn phrase(from: &str, to: &str, length: Length, join: Join) -> String {
    match (length, join) {
        (Length::Full, Join::To) => format!("{from} to {to}"),
        (Length::Full, Join::Between) => format!("between {from} and {to}"),
        (Length::Short, _) if from.contains(' ') => format!("{from} – {to}"),
        (Length::Short, _) => format!("{from}–{to}"),
    }
}
