//! Timestamps: a day with a time of day, with or without a zone (RFC 3339 and its ISO 8601 neighbours).
//!
//! Read are `YYYY-MM-DDTHH[:MM[:SS[.fraction]]]`, a space in place of the `T` where minutes follow, a comma as the decimal sign, a
//! sign before the year, and `Z`, `±HH`, `±HHMM`, `±HH:MM` at the end. Nothing is allocated.

use super::bounds::Span;
use crate::time::calendar;
use crate::time::{DAY_MS, Precision, Qualities, Zone};

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// A day and a time of day, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::time) struct Stamp {
    /// Astronomical year, -9999 to 9999.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59, where given.
    pub minute: Option<u8>,
    /// 0 to 60, where given.
    pub second: Option<u8>,
    /// How many digits follow the second.
    pub fraction_digits: u8,
    /// The fraction, in nanoseconds; digits past the ninth are not kept.
    pub nanos: u32,
    /// The zone, in minutes east of UTC, where given.
    pub offset_min: Option<i16>,
}

/// What a text that should be a timestamp turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Not of the form, from this byte on.
    Form(usize),
    /// Of the form, but no calendar or clock has it.
    Impossible(&'static str),
}

/// The value of two digits at `at`.
pub(super) fn two(bytes: &[u8], at: usize) -> Option<u8> {
    let (tens, ones) = (bytes.get(at)?.wrapping_sub(b'0'), bytes.get(at + 1)?.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| tens * 10 + ones)
}

/// The sign and four digits of a year at the start of `bytes`, with the bytes that they take; not `-0000`.
pub(super) fn year(bytes: &[u8]) -> Option<(i64, usize)> {
    let negative = bytes.first() == Some(&b'-');
    let at = usize::from(negative);
    let value = i64::from(two(bytes, at)?) * 100 + i64::from(two(bytes, at + 2)?);
    if negative && value == 0 {
        return None;
    }
    Some((if negative { -value } else { value }, at + 4))
}

impl Stamp {
    /// Reads the whole of `bytes`.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Failure> {
        let (year, mut at) = year(bytes).ok_or(Failure::Form(0))?;
        let field = |at: usize| two(bytes, at).ok_or(Failure::Form(at));
        let sign = |at: usize, wanted: u8| if bytes.get(at) == Some(&wanted) { Ok(at + 1) } else { Err(Failure::Form(at)) };
        at = sign(at, b'-')?;
        let month = field(at)?;
        at = sign(at + 2, b'-')?;
        let day = field(at)?;
        at += 2;
        let spaced = bytes.get(at) == Some(&b' ');
        if !spaced {
            sign(at, b'T')?;
        }
        let hour = field(at + 1)?;
        at += 3;
        let mut stamp = Self { year, month, day, hour, minute: None, second: None, fraction_digits: 0, nanos: 0, offset_min: None };
        if spaced || bytes.get(at) == Some(&b':') {
            at = sign(at, b':')?;
            stamp.minute = Some(field(at)?);
            at += 2;
        }
        if stamp.minute.is_some() && bytes.get(at) == Some(&b':') {
            stamp.second = Some(field(at + 1)?);
            at += 3;
        }
        if stamp.second.is_some() && matches!(bytes.get(at), Some(b'.' | b',')) {
            at = stamp.take_fraction(bytes, at + 1)?;
        }
        if at < bytes.len() {
            stamp.take_zone(bytes, at)?;
        }
        stamp.check()?;
        Ok(stamp)
    }

    /// Reads the digits of a fraction from `from`; gives where they end.
    fn take_fraction(&mut self, bytes: &[u8], from: usize) -> Result<usize, Failure> {
        let digits = bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return Err(Failure::Form(from));
        }
        let mut nanos = 0;
        for place in 0..9 {
            let digit = if place < digits { bytes.get(from + place).map_or(0, |byte| byte - b'0') } else { 0 };
            nanos = nanos * 10 + u32::from(digit);
        }
        self.nanos = nanos;
        self.fraction_digits = u8::try_from(digits).unwrap_or(u8::MAX);
        Ok(from + digits)
    }

    /// Reads a zone from `from` to the end.
    fn take_zone(&mut self, bytes: &[u8], from: usize) -> Result<(), Failure> {
        let rest = bytes.get(from..).unwrap_or_default();
        let east = match rest.first() {
            Some(b'Z') if rest.len() == 1 => {
                self.offset_min = Some(0);
                return Ok(());
            }
            Some(b'+') => 1,
            Some(b'-') => -1,
            _ => return Err(Failure::Form(from)),
        };
        let hours = two(rest, 1).ok_or(Failure::Form(from + 1))?;
        let minutes = match rest.len() {
            3 => 0,
            5 => two(rest, 3).ok_or(Failure::Form(from + 3))?,
            6 if rest.get(3) == Some(&b':') => two(rest, 4).ok_or(Failure::Form(from + 4))?,
            _ => return Err(Failure::Form(from + 3)),
        };
        if hours > 23 || minutes > 59 {
            return Err(Failure::Impossible("a zone is at most 23:59 from UTC"));
        }
        self.offset_min = Some(east * (i16::from(hours) * 60 + i16::from(minutes)));
        Ok(())
    }

    /// Whether calendar and clock have it.
    fn check(&self) -> Result<(), Failure> {
        if !(1..=12).contains(&self.month) {
            return Err(Failure::Impossible("months are 01 to 12"));
        }
        if !calendar::is_day(self.year, self.month, self.day) {
            return Err(Failure::Impossible("that month does not have that day"));
        }
        if self.hour > 23 {
            return Err(Failure::Impossible("hours are 00 to 23; midnight is 00:00 of the day that begins"));
        }
        if self.minute.unwrap_or(0) > 59 {
            return Err(Failure::Impossible("minutes are 00 to 59"));
        }
        match self.second.unwrap_or(0) {
            0..=59 => Ok(()),
            60 if (self.second_start_ms() + SECOND_MS).rem_euclid(DAY_MS) == 0 || self.offset_min.is_none() && self.minute == Some(59) => {
                Ok(())
            }
            60 => Err(Failure::Impossible("a leap second is the last of a day in UTC")),
            _ => Err(Failure::Impossible("seconds are 00 to 59")),
        }
    }

    /// The start of its second in UTC (as written, without a zone). A leap second shares the place of the second before it.
    fn second_start_ms(&self) -> i64 {
        let day_ms = calendar::days_from_civil(self.year, self.month, self.day) * DAY_MS;
        let clock_ms = i64::from(self.hour) * HOUR_MS
            + i64::from(self.minute.unwrap_or(0)) * MINUTE_MS
            + i64::from(self.second.unwrap_or(0).min(59)) * SECOND_MS;
        day_ms + clock_ms - i64::from(self.offset_min.unwrap_or(0)) * MINUTE_MS
    }

    /// Where it lies on the axis: as long as the unit that it was written to.
    pub(in crate::time) fn span(&self) -> Span {
        let start_ms = self.second_start_ms() + i64::from(self.nanos / 1_000_000);
        let (length_ms, precision) = match (self.minute, self.second, self.fraction_digits) {
            (None, ..) => (HOUR_MS, Precision::Hour),
            (_, None, _) => (MINUTE_MS, Precision::Minute),
            (_, _, 0) => (SECOND_MS, Precision::Second),
            (_, _, 1) => (100, Precision::Subsecond),
            (_, _, 2) => (10, Precision::Subsecond),
            _ => (1, Precision::Subsecond),
        };
        let qualities = if self.offset_min.is_some() { Qualities::CLOCK.with(Qualities::INSTANT) } else { Qualities::CLOCK };
        Span { start_ms, end_ms: start_ms + length_ms, precision, qualities, sub_ms: self.nanos % 1_000_000 }
    }

    /// The same, an instant where a zone shows it.
    pub(in crate::time) fn span_in(&self, zone: Zone) -> Span {
        let span = self.span();
        if zone.is_utc() || self.offset_min.is_none() {
            return span;
        }
        let (start_ms, end_ms) = zone.wall_span(span.start_ms, span.end_ms);
        Span { start_ms, end_ms, ..span }
    }
}
