//! Times of day as people write them: `13:45`, `1:45:10 pm`, `12:15:00 GMT-0600`, `9 am`.

use super::token::{Kind, Token};
use super::words::Word;
use crate::time::{Canonical, DateError};

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    hour: u8,
    minute: Option<u8>,
    second: Option<u8>,
    /// Digits of a fraction of a second, and how many.
    fraction: (u32, u8),
    /// Minutes east of UTC.
    zone: Option<i16>,
}

/// Reads a time of day at the start of `tokens`, with the pieces that it takes; nothing where there is none.
///
/// Errors: an hour, minute or second that no clock has.
pub(super) fn clock(tokens: &[Token]) -> Result<Option<(Clock, usize)>, DateError> {
    let Some(Kind::Number(first)) = tokens.first().map(|token| token.kind) else { return Ok(None) };
    let half = |at: usize| match tokens.get(at).map(|token| token.kind) {
        Some(Kind::Word(half @ (Word::Am | Word::Pm))) => Some(half),
        _ => None,
    };
    let colon_then = |at: usize| match (tokens.get(at), tokens.get(at + 1)) {
        (Some(Token { kind: Kind::Colon, glued: true, .. }), Some(Token { kind: Kind::Number(number), glued: true, .. }))
            if number.digits == 2 && number.value < 100 =>
        {
            Some(number.value as u8)
        }
        _ => None,
    };
    if first.digits > 2 {
        return Ok(None);
    }
    let Some(minute) = colon_then(1) else {
        let Some(half) = half(1) else { return Ok(None) };
        let clock = Clock { hour: hour_of(first.value, Some(half))?, minute: None, second: None, fraction: (0, 0), zone: None };
        return Ok(Some((clock, 2)));
    };
    let mut taken = 3;
    let second = colon_then(taken);
    let mut fraction = (0, 0);
    if second.is_some() {
        taken += 2;
        if let (Some(Token { kind: Kind::Dot | Kind::Comma, glued: true, .. }), Some(Token { kind: Kind::Number(digits), glued: true, .. })) =
            (tokens.get(taken), tokens.get(taken + 1))
            && digits.digits <= 9
        {
            fraction = (u32::try_from(digits.value).unwrap_or(0), digits.digits);
            taken += 2;
        }
    }
    let half = half(taken);
    taken += usize::from(half.is_some());
    let (zone, zone_taken) = zone(tokens.get(taken..).unwrap_or_default(), second.is_some())?;
    taken += zone_taken;
    let clock = Clock { hour: hour_of(first.value, half)?, minute: Some(minute), second, fraction, zone };
    if minute > 59 || second.is_some_and(|second| second > 60) {
        return Err(impossible("minutes and seconds are 00 to 59"));
    }
    Ok(Some((clock, taken)))
}

/// The hour of the day.
fn hour_of(written: i64, half: Option<Word>) -> Result<u8, DateError> {
    let hour = u8::try_from(written).unwrap_or(u8::MAX);
    match half {
        None if hour <= 23 => Ok(hour),
        Some(Word::Am) if (1..=12).contains(&hour) => Ok(hour % 12),
        Some(Word::Pm) if (1..=12).contains(&hour) => Ok(hour % 12 + 12),
        // "13:45 pm" says the same twice.
        Some(Word::Pm) if (13..=23).contains(&hour) => Ok(hour),
        _ => Err(impossible("hours are 00 to 23, or 1 to 12 with am or pm")),
    }
}

fn impossible(why: &str) -> DateError {
    DateError::NoSuchDate { date: "the time of day".to_owned(), why: why.to_owned() }
}

/// A zone at the start of `tokens`, in minutes east of UTC, with the pieces that it takes.
///
/// After a time without seconds, `-10:00` is the end of a range, and only `-1000` a zone.
fn zone(tokens: &[Token], has_seconds: bool) -> Result<(Option<i16>, usize), DateError> {
    let (named, mut taken) = match tokens.first().map(|token| token.kind) {
        Some(Kind::Word(Word::Zone(minutes))) => (Some(minutes), 1),
        Some(Kind::Word(Word::Est)) => (Some(-300), 1),
        _ => (None, 0),
    };
    if named.is_some_and(|minutes| minutes != 0) {
        return Ok((named, taken));
    }
    let east = match tokens.get(taken) {
        Some(Token { kind: Kind::Plus, .. }) => 1,
        Some(Token { kind: Kind::Hyphen | Kind::Dash, glued, .. }) if *glued || taken == 0 => -1,
        _ => return Ok((named, taken)),
    };
    let Some(Token { kind: Kind::Number(offset), glued: true, .. }) = tokens.get(taken + 1) else { return Ok((named, taken)) };
    let mut minutes = match offset.digits {
        1 | 2 if has_seconds || named.is_some() => offset.value * 60,
        4 => offset.value / 100 * 60 + offset.value % 100,
        _ => return Ok((named, taken)),
    };
    taken += 2;
    if offset.digits == 2
        && let (Some(Token { kind: Kind::Colon, glued: true, .. }), Some(Token { kind: Kind::Number(more), glued: true, .. })) =
            (tokens.get(taken), tokens.get(taken + 1))
    {
        minutes += more.value;
        taken += 2;
    }
    if minutes >= 24 * 60 {
        return Err(impossible("a zone is at most 23:59 from UTC"));
    }
    Ok((Some(east * minutes as i16), taken))
}

impl Clock {
    /// A whole hour of the day.
    pub(super) const fn hour(hour: u8) -> Self {
        Self { hour, minute: Some(0), second: None, fraction: (0, 0), zone: None }
    }

    /// Adds `THH:MM:SS.f±HH:MM`, as much of it as was written.
    pub(super) fn write(&self, into: &mut Canonical<'_>) {
        let two = |into: &mut Canonical<'_>, sign: &str, value: u8| {
            into.push(sign);
            into.push_number(u64::from(value), 2);
        };
        two(into, "T", self.hour);
        if let Some(minute) = self.minute {
            two(into, ":", minute);
        }
        if let Some(second) = self.second {
            two(into, ":", second);
        }
        if self.fraction.1 > 0 {
            into.push(".");
            into.push_number(u64::from(self.fraction.0), usize::from(self.fraction.1));
        }
        match self.zone {
            Some(0) => into.push("Z"),
            Some(zone) => {
                two(into, if zone < 0 { "-" } else { "+" }, (zone.unsigned_abs() / 60) as u8);
                two(into, ":", (zone.unsigned_abs() % 60) as u8);
            }
            None => {}
        }
    }
}
