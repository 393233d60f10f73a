//! Where a parsed date lies on the axis.
//!
//! `edtf-core` gives bounds in days and none for negative years with unspecified digits; here they are milliseconds, ends exclusive,
//! for all of them. Qualifiers never move a bound (ISO 8601-2, 8.4.2 note).

use edtf_core::{Bound, Date, DateField, Edtf, YearKind};

use super::edtf::{Element, End, Point};
use super::{DateError, Side};
use crate::time::{Precision, Qualities, Zone, calendar};

/// A stretch of the axis with what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::time) struct Span {
    /// Its first millisecond; `i64::MIN` where it has none.
    pub start_ms: i64,
    /// One past its last millisecond; `i64::MAX` where it has none.
    pub end_ms: i64,
    /// The unit that it is known to.
    pub precision: Precision,
    /// Qualifiers, zone, open sides.
    pub qualities: Qualities,
    /// Nanoseconds past the millisecond of its start.
    pub sub_ms: u32,
}

impl Span {
    /// The least span that holds both.
    pub(super) fn hull(self, other: Self) -> Self {
        let first = if (other.start_ms, other.sub_ms) < (self.start_ms, self.sub_ms) { other } else { self };
        Self {
            start_ms: first.start_ms,
            end_ms: self.end_ms.max(other.end_ms),
            precision: self.precision.min(other.precision),
            qualities: self.qualities.with(other.qualities),
            sub_ms: first.sub_ms,
        }
    }
}

/// An error that gets its text from the caller.
const OUT_OF_RANGE: DateError = DateError::OutOfRange { canonical: String::new() };

/// Where a date or timestamp lies; an instant, where a zone shows it.
///
/// Errors: out of the axis' range.
pub(in crate::time) fn point(point: &Point, zone: Zone) -> Result<Span, DateError> {
    match point {
        Point::Date(date) => self::date(date),
        Point::Stamp(stamp) => Ok(stamp.span_in(zone)),
    }
}

/// Where one side of an interval lies.
pub(super) fn end(end: &End, zone: Zone) -> Result<Side, DateError> {
    let point = |at: &Point| point(at, zone);
    Ok(match end {
        End::At(at) => Side::At(point(at)?),
        End::Open => Side::Open,
        End::Unknown => Side::Unknown,
        End::OnOrBefore(at) => Side::At(before(point(at)?)),
        End::OnOrAfter(at) => Side::At(after(point(at)?)),
        End::Within(from, to) => Side::At(element(&Element::Range(*from, *to), zone)?),
    })
}

/// Where an element of a set lies.
pub(super) fn element(element: &Element, zone: Zone) -> Result<Span, DateError> {
    let point = |at: &Point| point(at, zone);
    match element {
        Element::One(at) => point(at),
        Element::UpTo(at) => Ok(before(point(at)?)),
        Element::From(at) => Ok(after(point(at)?)),
        Element::Range(from, to) => {
            let (from, to) = (point(from)?, point(to)?);
            // In an hour that clocks show twice the later may stand before the earlier.
            if from.start_ms >= to.end_ms && zone.is_utc() {
                return Err(DateError::Backwards { start: String::new(), end: String::new() });
            }
            Ok(from.hull(to))
        }
    }
}

/// The span with no bound on its left.
fn before(span: Span) -> Span {
    Span { start_ms: i64::MIN, qualities: span.qualities.with(Qualities::OPEN_START), sub_ms: 0, ..span }
}

/// The span with no bound on its right.
fn after(span: Span) -> Span {
    Span { end_ms: i64::MAX, qualities: span.qualities.with(Qualities::OPEN_END), ..span }
}

/// Where an EDTF date lies.
fn date(date: &Date) -> Result<Span, DateError> {
    let (first, last) = first_and_last(date).ok_or(OUT_OF_RANGE)?;
    let start_ms = calendar::ms_from_civil(first.0, first.1, first.2).ok_or(OUT_OF_RANGE)?;
    let (year, month, day) = calendar::civil_from_days(calendar::days_from_civil(last.0, last.1, last.2) + 1);
    let end_ms = calendar::ms_from_civil(year, month, day).ok_or(OUT_OF_RANGE)?;
    let mut qualities = Qualities::default();
    if date.is_uncertain() {
        qualities = qualities.with(Qualities::UNCERTAIN);
    }
    if date.is_approximate() {
        qualities = qualities.with(Qualities::APPROXIMATE);
    }
    Ok(Span { start_ms, end_ms, precision: precision(date), qualities, sub_ms: 0 })
}

type Civil = (i64, u8, u8);

/// The first and the last day that an EDTF date can mean.
fn first_and_last(date: &Date) -> Option<(Civil, Civil)> {
    let YearKind::Standard { negative, digits } = date.year.kind else { return by_crate(date) };
    if date.year.significant_digits.is_some() {
        return by_crate(date);
    }
    if let Some(code @ 21..) = date.month.and_then(DateField::value) {
        let (first_month, last_month) = season_months(code)?;
        let (from, to) = (years(negative, digits, true).next()?, years(negative, digits, false).next()?);
        let last_year = if last_month < first_month { to + 1 } else { to };
        return Some(((from, first_month, 1), (last_year, last_month, calendar::days_in_month(last_year, last_month))));
    }
    let first = years(negative, digits, true).find_map(|year| day_in(year, date, true))?;
    let last = years(negative, digits, false).find_map(|year| day_in(year, date, false))?;
    Some((first, last))
}

/// The bounds of `Y` years, exponents and significant digits, by `edtf-core`.
fn by_crate(date: &Date) -> Option<(Civil, Civil)> {
    let bounds = Edtf::Date(*date).bounds();
    match (bounds.earliest, bounds.latest) {
        (Bound::Date(first), Bound::Date(last)) => Some(((first.year, first.month, first.day), (last.year, last.month, last.day))),
        _ => None,
    }
}

/// First and last month of the divisions of a year, ISO 8601-2 4.8; the last before the first where it ends in the next year.
///
/// Spring to winter without a hemisphere are the northern ones.
pub(in crate::time) fn season_months(code: u8) -> Option<(u8, u8)> {
    Some(match code {
        21 | 25 | 31 => (3, 5),
        22 | 26 | 32 => (6, 8),
        23 | 27 | 29 => (9, 11),
        24 | 28 | 30 => (12, 2),
        33 => (1, 3),
        34 => (4, 6),
        35 => (7, 9),
        36 => (10, 12),
        37 => (1, 4),
        38 => (5, 8),
        39 => (9, 12),
        40 => (1, 6),
        41 => (7, 12),
        _ => return None,
    })
}

/// The years that a pattern of digits can mean, in ascending or descending order.
fn years(negative: bool, digits: [Option<u8>; 4], ascending: bool) -> impl Iterator<Item = i64> {
    let free = digits.iter().filter(|digit| digit.is_none()).count() as u32;
    let count = 10_i64.pow(free);
    // Of negative years the greatest number is the earliest.
    let upward = ascending != negative;
    (0..count)
        .map(move |step| {
            let mut filling = if upward { step } else { count - 1 - step };
            let mut value = 0;
            let mut unit = 1;
            for digit in digits.iter().rev() {
                value += unit * digit.map_or_else(|| filling % 10, i64::from);
                filling = if digit.is_none() { filling / 10 } else { filling };
                unit *= 10;
            }
            if negative { -value } else { value }
        })
        .filter(move |year| !negative || *year != 0)
}

/// The first or the last day of a year that a pattern of month and day can mean.
fn day_in(year: i64, date: &Date, ascending: bool) -> Option<Civil> {
    let pick = |from: u8, to: u8, step: u8| if ascending { from + step } else { to - step };
    for step in 0..12 {
        let month = pick(1, 12, step);
        if date.month.is_some_and(|field| !fits(field, month)) {
            continue;
        }
        let length = calendar::days_in_month(year, month);
        for step in 0..length {
            let day = pick(1, length, step);
            if date.day.is_none_or(|field| fits(field, day)) {
                return Some((year, month, day));
            }
        }
    }
    None
}

/// Whether a value fits two digits of which some may be unspecified.
fn fits(field: DateField, value: u8) -> bool {
    field.digits[0].is_none_or(|digit| digit == value / 10) && field.digits[1].is_none_or(|digit| digit == value % 10)
}

/// The unit that an EDTF date is known to: that of its coarsest unspecified digit.
fn precision(date: &Date) -> Precision {
    let from_year = match date.year.kind {
        YearKind::Standard { digits, .. } => match digits.iter().position(Option::is_none) {
            None => significant(date.year.significant_digits, 4),
            Some(3) => Some(Precision::Decade),
            Some(2) => Some(Precision::Century),
            Some(_) => Some(Precision::Millennium),
        },
        YearKind::Big { value } => significant(date.year.significant_digits, width(value)),
        YearKind::Exponential { significand, exponent } => {
            significant(date.year.significant_digits, width(significand).saturating_add(exponent))
        }
    };
    if let Some(coarse) = from_year {
        return coarse;
    }
    match (date.month, date.day) {
        (None, _) => Precision::Year,
        (Some(month), _) if month.value().is_some_and(|code| code >= 21) => Precision::Season,
        (Some(month), _) if month.digits[0].is_none() => Precision::Year,
        (Some(month), _) if month.digits[1].is_none() => Precision::Season,
        (_, Some(day)) if !day.has_unspecified() => Precision::Day,
        _ => Precision::Month,
    }
}

/// The unit of a year with so many significant digits out of `width`; nothing where all of them are.
fn significant(digits: Option<u32>, width: u32) -> Option<Precision> {
    match width.saturating_sub(digits?) {
        0 => None,
        1 => Some(Precision::Decade),
        2 => Some(Precision::Century),
        _ => Some(Precision::Millennium),
    }
}

/// The number of decimal digits of a value.
fn width(value: i64) -> u32 {
    value.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1)
}
