//! What a relative phrase means, given the day on which it was said: "earlier this month", "Wednesday", "three days later".
//!
//! Pure: a phrase and an anchor in, one reading or several out, each as EDTF with a sentence of reasoning. Phrases are English; a phrase that is
//! a whole date in any language that is read stands for itself. Weeks run from Monday to Sunday (ISO 8601). A phrase never gets more precise
//! than it is: "five months ago" is a month, "earlier this month" all days up to the anchor's. Rules and figures are in `docs/dates.md`.

mod absolute;
mod rules;
mod span;
mod story;
mod terms;

use super::calendar::{days_from_civil, month_name};
use super::wording::year_text;
use super::{Canonical, DAY_MS, DateError, Dialect, Extent, Qualities, Reading, Shape, When, read, wording};
use span::Days;
pub use story::hangs_on_story;

/// What a phrase can mean.
#[derive(Clone, Debug, PartialEq)]
pub struct PhraseReading {
    /// The date, as EDTF.
    pub edtf: String,
    /// How it comes about: "'earlier this month', said on 30 August 2023: 1 to 30 August 2023".
    pub reasoning: String,
}

/// Bytes of the longest phrase that is tried.
const LONGEST: usize = 200;

/// Words of the longest phrase that is tried.
const MOST_WORDS: usize = 16;

/// Reads a phrase that was said on `anchor`; the likeliest reading first.
///
/// `anchor` is a day or a coarser date in any form that is read; of a coarser one, every day is taken into account.
///
/// Errors: an anchor without both bounds; a phrase that no rule knows.
pub fn phrase(text: &str, anchor: &str, dialect: &Dialect) -> Result<Vec<PhraseReading>, DateError> {
    let said = read(anchor, dialect)?;
    let Extent { earliest_start, latest_end, .. } = said.reading.extent;
    if earliest_start == i64::MIN || latest_end == i64::MAX {
        return Err(DateError::Unbounded { canonical: said.canonical().to_owned() });
    }
    let days = (earliest_start.div_euclid(DAY_MS), (latest_end - 1).div_euclid(DAY_MS));
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    if text.len() > LONGEST {
        return Err(DateError::Unreadable { at: 1, why: "this is longer than any phrase that is read" });
    }
    let whole = match read(text, dialect) {
        Ok(when) => {
            let reasoning = format!("'{text}' is a date by itself: {}", wording(&when));
            return Ok(vec![PhraseReading { edtf: when.canonical().to_owned(), reasoning }]);
        }
        Err(error) => error,
    };
    if let DateError::Ambiguous { readings } = &whole {
        // What is ambiguous as an interval may be none in one of the orders.
        let readable = readings.iter().filter(|(_, edtf)| read(edtf, &Dialect::EDTF).is_ok());
        let each = readable.map(|(order, edtf)| PhraseReading {
            edtf: edtf.clone(),
            reasoning: format!("'{text}' is a date by itself, read as {}: {}", order.name(), worded(edtf)),
        });
        let each: Vec<PhraseReading> = each.collect();
        return if each.is_empty() { Err(whole) } else { Ok(each) };
    }
    let terms = terms::Terms::of(text);
    if terms.words().len() > MOST_WORDS {
        return Err(whole);
    }
    let early = rules::readings(&terms.words(), days.0, *dialect);
    let late = if days.0 == days.1 { Vec::new() } else { rules::readings(&terms.words(), days.1, *dialect) };
    let spans: Vec<Days> =
        if late.len() == early.len() { early.into_iter().zip(late).map(|(first, last)| first.hull(last)).collect() } else { early };
    let mut readings: Vec<PhraseReading> = Vec::new();
    let anchor_words = if days.0 == days.1 { format!("on {}", day_words(days.0)) } else { format!("in {}", wording(&said)) };
    for span in spans {
        let Some(edtf) = span.edtf() else { continue };
        if read(&edtf, &Dialect::EDTF).is_err() || readings.iter().any(|other| other.edtf == edtf) {
            continue;
        }
        let rule = if span.rule.is_empty() { String::new() } else { format!(" ({})", span.rule) };
        let reasoning = format!("'{text}', said {anchor_words}: {}{rule}", span_words(&span, &edtf));
        readings.push(PhraseReading { edtf, reasoning });
    }
    if readings.is_empty() { Err(whole) } else { Ok(readings) }
}

/// Whether two dates can both be true of one event: their extents have a time in common.
pub fn agrees(one: &Extent, other: &Extent) -> bool {
    one.earliest_start < other.latest_end && other.earliest_start < one.latest_end
}

/// Where a date lies in any zone: what was written with a zone, half a day to either side, so that it is held to the day of none.
pub fn in_any_zone(date: &Reading) -> Extent {
    const HOUR_MS: i64 = DAY_MS / 24;
    if !date.qualities.has(Qualities::INSTANT) {
        return date.extent;
    }
    // Clocks are at most 12 hours behind UTC and 14 ahead of it.
    let wide = |early: i64, late: i64| {
        let early = if early == i64::MIN { early } else { early.saturating_sub(12 * HOUR_MS) };
        (early, if late == i64::MAX { late } else { late.saturating_add(14 * HOUR_MS) })
    };
    let (earliest_start, latest_start) = wide(date.extent.earliest_start, date.extent.latest_start);
    let (earliest_end, latest_end) = wide(date.extent.earliest_end, date.extent.latest_end);
    Extent { earliest_start, latest_start, earliest_end, latest_end }
}

/// The words of a date in canonical form.
fn worded(edtf: &str) -> String {
    read(edtf, &Dialect::EDTF).map_or_else(|_| edtf.to_owned(), |when| wording(&when))
}

/// A stretch of days in words: "1 to 30 August 2023".
fn span_words(span: &Days, edtf: &str) -> String {
    if span.first == span.last && !span.approximate && !span.is_open() {
        return day_words(span.first);
    }
    match edtf.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).and_then(|inner| inner.split_once("..")) {
        Some((from, to)) if !from.is_empty() && !to.is_empty() => worded(&format!("{from}/{to}")),
        _ => worded(edtf),
    }
}

/// A day in words, without its weekday.
fn day_words(days: i64) -> String {
    let (year, month, day) = super::calendar::civil_from_days(days);
    format!("{day} {} {}", month_name(month), year_text(year))
}

/// A day as EDTF.
fn day_edtf(days: i64) -> String {
    let (year, month, day) = super::calendar::civil_from_days(days);
    let mut text = Canonical::new();
    if year < 0 {
        text.push("-");
    }
    text.push_number(year.unsigned_abs(), 4);
    for field in [month, day] {
        text.push("-");
        text.push_number(u64::from(field), 2);
    }
    text.to_string()
}

/// The days of a date that is bounded on both sides.
fn days_of(when: &When<'_>) -> Option<(i64, i64, bool)> {
    let Extent { earliest_start, latest_end, .. } = when.reading.extent;
    (earliest_start != i64::MIN && latest_end != i64::MAX)
        .then(|| (earliest_start.div_euclid(DAY_MS), (latest_end - 1).div_euclid(DAY_MS), when.reading.shape == Shape::Duration))
}

/// The first day of a month that lies so many months after another.
fn month_start(year: i64, month: u8, later: i64) -> i64 {
    let months = year * 12 + i64::from(month) - 1 + later;
    days_from_civil(months.div_euclid(12), (months.rem_euclid(12) + 1) as u8, 1)
}

#[cfg(test)]
mod tests;
