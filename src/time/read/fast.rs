//! The plain forms, straight from their bytes: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, timestamps, and `A/B` of these.
//!
//! Gives nothing for every other text and for every date that does not exist: the full reader then says why. Nothing is allocated.

use super::bounds::Span;
use super::timestamp::{Stamp, two, year};
use super::{Side, interval, moment};
use crate::time::{DAY_MS, Precision, Qualities, Reading, calendar};

/// Reads a plain date, timestamp or interval of them; the whole of `bytes`.
pub(super) fn read(bytes: &[u8]) -> Option<Reading> {
    if let Some(span) = point(bytes) {
        return Some(moment(span));
    }
    let slash = bytes.iter().take(48).position(|byte| *byte == b'/')?;
    let (start, end) = (bytes.get(..slash)?, bytes.get(slash + 1..)?);
    interval(&Side::At(point(start)?), &Side::At(point(end)?)).ok()
}

/// Reads a plain date or timestamp.
fn point(bytes: &[u8]) -> Option<Span> {
    let (year, at) = year(bytes)?;
    let rest = bytes.get(at..)?;
    match rest.len() {
        0 => Some(whole(calendar::days_from_civil(year, 1, 1), calendar::days_from_civil(year + 1, 1, 1), Precision::Year)),
        3 if rest.first() == Some(&b'-') => {
            let month = two(rest, 1).filter(|month| (1..=12).contains(month))?;
            let first = calendar::days_from_civil(year, month, 1);
            Some(whole(first, first + i64::from(calendar::days_in_month(year, month)), Precision::Month))
        }
        6 if rest.first() == Some(&b'-') && rest.get(3) == Some(&b'-') => {
            let (month, day) = (two(rest, 1)?, two(rest, 4)?);
            if !calendar::is_day(year, month, day) {
                return None;
            }
            let first = calendar::days_from_civil(year, month, day);
            Some(whole(first, first + 1, Precision::Day))
        }
        9.. => Stamp::parse(bytes).ok().map(|stamp| stamp.span()),
        _ => None,
    }
}

/// The span of whole days from `first` up to `end`, counted from 1970-01-01.
fn whole(first: i64, end: i64, precision: Precision) -> Span {
    Span { start_ms: first * DAY_MS, end_ms: end * DAY_MS, precision, qualities: Qualities::default(), sub_ms: 0 }
}
