//! The bounds of a date as `list --json` gives them: inclusive days for dates, instants for timestamps.

use std::fmt::Write as _;

use crate::time::calendar::civil_from_ms;
use crate::time::{DAY_MS, Precision, Qualities, Reading, Shape};

/// The earliest and the latest time of a reading, both inclusive; nothing where it is unbounded.
///
/// Dates give days (`2023-08-01`), years with at least four digits and a sign where negative (`-348050-01-01`, `12000-01-01`). Timestamps
/// give instants in UTC ending in `Z`; a time without a zone has no suffix. Digits of a second are kept where there are any.
pub fn listed_bounds(reading: &Reading) -> (Option<String>, Option<String>) {
    let extent = &reading.extent;
    let earliest = (extent.earliest_start != i64::MIN).then(|| at(extent.earliest_start, reading.sub_ms, reading));
    let latest = (extent.latest_end != i64::MAX).then(|| {
        // A moment known to less than a millisecond cannot end before it begins.
        let sub_ms = if reading.shape == Shape::Moment { reading.sub_ms } else { 0 };
        at(extent.latest_end.saturating_sub(1), sub_ms, reading)
    });
    (earliest, latest)
}

/// One millisecond, with what lies past it, in the form that the reading calls for.
fn at(at_ms: i64, sub_ms: u32, reading: &Reading) -> String {
    let (year, month, day) = civil_from_ms(at_ms);
    let sign = if year < 0 { "-" } else { "" };
    let mut text = format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs());
    if !reading.qualities.has(Qualities::CLOCK) {
        return text;
    }
    let of_day = at_ms.rem_euclid(DAY_MS);
    let seconds = of_day / 1000;
    let _ = write!(text, "T{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let nanos = of_day % 1000 * 1_000_000 + i64::from(sub_ms);
    if reading.precision == Precision::Subsecond && nanos > 0 {
        let digits = format!("{nanos:09}");
        text.push('.');
        text.push_str(digits.trim_end_matches('0'));
    }
    if reading.qualities.has(Qualities::INSTANT) {
        text.push('Z');
    }
    text
}
