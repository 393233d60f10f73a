//! The form of an EDTF text: a point, an interval or a set, with dates by `edtf-core` and timestamps by [`Stamp`].
//!
//! `edtf-core` reads single dates exactly as ISO 8601-2 Annex A has them. Added here, because published files have them: negative years with
//! unspecified digits (`-01XX`), more significant digits than the year has (`-1859S5`), timestamps with fractions, with negative years and as ends of
//! intervals; and because other programs know when something may have begun or ended at the earliest and at the latest, ranges as ends of intervals
//! (`[1880..1885]/1900`).

use edtf_core::{Date, Edtf, YearKind};

use super::DateError;
use super::timestamp::{Failure, Stamp};

/// A parsed date.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::time) enum Expression {
    /// One date or timestamp.
    Point(Point),
    /// `A/B`.
    Interval(End, End),
    /// `[A,B]` or `{A,B}`.
    Set {
        /// Whether all of them are meant (`{}`), or one of them (`[]`).
        all: bool,
        /// In the order written; at least one.
        elements: Vec<Element>,
    },
}

/// One date or timestamp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::time) enum Point {
    /// A day, month, season, year or coarser.
    Date(Date),
    /// A day with a time of day.
    Stamp(Stamp),
}

/// One side of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::time) enum End {
    /// A date.
    At(Point),
    /// `..`
    Open,
    /// Empty.
    Unknown,
    /// `..A` as a start.
    OnOrBefore(Point),
    /// `B..` as an end.
    OnOrAfter(Point),
    /// `[A..B]`: at one time from A to B. Not in the standard, which has no other way to say it of an end.
    Within(Point, Point),
}

/// An element of a set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::time) enum Element {
    /// A date.
    One(Point),
    /// `..A`
    UpTo(Point),
    /// `A..`
    From(Point),
    /// `A..B`
    Range(Point, Point),
}

/// Parses a whole text.
///
/// Errors: not EDTF; a date that no calendar has. Characters are counted from 1.
pub(in crate::time) fn parse(text: &str) -> Result<Expression, DateError> {
    if let Some(place) = text.chars().position(|c| !c.is_ascii()) {
        return Err(DateError::Unreadable { at: place + 1, why: "this character is in no date that is read" });
    }
    if text.starts_with(['[', '{']) && !text.contains("]/") {
        return set(text);
    }
    let Some((start, rest)) = text.split_once('/') else {
        return point(text, 0).map(Expression::Point);
    };
    let after_slash = start.len() + 1;
    if let Some(second) = rest.find('/') {
        return Err(DateError::Unreadable { at: after_slash + second + 1, why: "an interval has one slash" });
    }
    let start = match start.strip_prefix("..") {
        Some(bare) if !bare.is_empty() => End::OnOrBefore(point(bare, 2)?),
        _ => side(start, 0)?,
    };
    let end = match rest.strip_suffix("..") {
        Some(bare) if !bare.is_empty() => End::OnOrAfter(point(bare, after_slash)?),
        _ => side(rest, after_slash)?,
    };
    Ok(Expression::Interval(start, end))
}

/// Parses one side of an interval, `at` bytes into the text: a date, a range of dates, or nothing known.
fn side(text: &str, at: usize) -> Result<End, DateError> {
    match text {
        "" => return Ok(End::Unknown),
        ".." => return Ok(End::Open),
        _ => {}
    }
    let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return point(text, at).map(End::At) };
    match element(inner, at + 1)? {
        Element::Range(from, to) => Ok(End::Within(from, to)),
        _ => Err(DateError::Unreadable { at: at + 2, why: "an end of an interval is one date, or a range such as [1880..1885]" }),
    }
}

/// Parses `[…]` or `{…}`.
fn set(text: &str) -> Result<Expression, DateError> {
    let all = text.starts_with('{');
    let inner = text.get(1..).and_then(|rest| rest.strip_suffix(if all { '}' } else { ']' }));
    let Some(inner) = inner else {
        return Err(DateError::Unreadable { at: text.len().max(1), why: "the bracket that closes the set is missing" });
    };
    let mut elements = Vec::new();
    let mut at = 1;
    for part in inner.split(',') {
        elements.push(element(part, at)?);
        at += part.len() + 1;
    }
    Ok(Expression::Set { all, elements })
}

/// Parses one element of a set, `at` bytes into the text.
fn element(part: &str, at: usize) -> Result<Element, DateError> {
    if let Some(bare) = part.strip_prefix("..") {
        return Ok(Element::UpTo(point(bare, at + 2)?));
    }
    if let Some(bare) = part.strip_suffix("..") {
        return Ok(Element::From(point(bare, at)?));
    }
    match part.split_once("..") {
        Some((from, to)) => Ok(Element::Range(point(from, at)?, point(to, at + from.len() + 2)?)),
        None => Ok(Element::One(point(part, at)?)),
    }
}

/// Parses one date or timestamp, `at` bytes into the text.
fn point(text: &str, at: usize) -> Result<Point, DateError> {
    if text.is_empty() {
        return Err(DateError::Unreadable { at: at + 1, why: "a date is missing" });
    }
    if text.contains(['T', ':']) {
        return match Stamp::parse(text.as_bytes()) {
            Ok(stamp) => Ok(Point::Stamp(stamp)),
            Err(Failure::Impossible(why)) => Err(DateError::NoSuchDate { date: text.to_owned(), why: why.to_owned() }),
            Err(Failure::Form(place)) => {
                Err(DateError::Unreadable { at: at + place + 1, why: "a time is written like 2023-08-30T14:05:00Z" })
            }
        };
    }
    match Edtf::parse(text) {
        Ok(Edtf::Date(date)) => Ok(Point::Date(date)),
        Ok(_) => Err(DateError::Unreadable { at: at + 1, why: "a single date is wanted here" }),
        Err(error) => lenient(text).map(Point::Date).ok_or_else(|| explain(text, at, error)),
    }
}

/// What published files write beyond the standard.
fn lenient(text: &str) -> Option<Date> {
    let minus = text.find('-').filter(|place| *place <= 1)?;
    if !text.get(minus + 1..minus + 5)?.contains('X') {
        return overlong_significance(text);
    }
    let positive = format!("{}{}", text.get(..minus)?, text.get(minus + 1..)?);
    let Ok(Edtf::Date(mut date)) = Edtf::parse(&positive) else { return None };
    if let YearKind::Standard { digits, .. } = date.year.kind {
        date.year.kind = YearKind::Standard { negative: true, digits };
    }
    Some(date)
}

/// `-1859S5`: all four digits are significant, so it is the year.
fn overlong_significance(text: &str) -> Option<Date> {
    let (year, digits) = text.split_once('S')?;
    let digits: u32 = digits.parse().ok()?;
    match Edtf::parse(year) {
        Ok(Edtf::Date(date)) if digits > 4 && date.month.is_none() => Some(date),
        _ => None,
    }
}

/// Says why `edtf-core` did not take a date: one that no calendar has, or another form.
fn explain(text: &str, at: usize, error: edtf_core::ParseError) -> DateError {
    let plain: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'?' | b'~' | b'%')).collect();
    let unsigned = plain.strip_prefix(b"-").unwrap_or(&plain);
    let digit_or_x = |byte: &u8| byte.is_ascii_digit() || *byte == b'X';
    let shaped = matches!(unsigned.len(), 4 | 7 | 10)
        && unsigned.iter().enumerate().all(|(place, byte)| if matches!(place, 4 | 7) { *byte == b'-' } else { digit_or_x(byte) });
    if !shaped {
        return DateError::Unreadable { at: at + error.offset + 1, why: error.message };
    }
    let why = match unsigned.len() {
        4 => "there is no year -0000; the year before 0001 is 0000",
        7 => "months are 01 to 12, parts of a year 21 to 41",
        _ if error.message.contains("month") && !error.message.contains("day") => "months are 01 to 12",
        _ => "that month does not have that day",
    };
    DateError::NoSuchDate { date: text.to_owned(), why: why.to_owned() }
}
