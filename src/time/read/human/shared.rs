//! Two dates beside each other, of which one leaves out what the other says: "5–7 May 2021", "480–323 BC", "1914–18".

use super::date::Partial;
use super::pieces::{Era, unreadable};
use super::token::{Number, Token};
use crate::time::DateError;

/// Gives each of two dates what only the other says.
pub(super) fn merged(mut left: Partial, mut right: Partial, place: &Token) -> Result<(Partial, Partial), DateError> {
    if right.rest.is_clock_alone() && left.day > 0 {
        right = right.with_day_of(&left);
    } else if left.rest.is_clock_alone() && right.day > 0 {
        left = left.with_day_of(&right);
    }
    if left.rest.long.is_none() && right.rest.long.is_some() && left.bare.is_some() {
        left.rest.long = right.rest.long;
    }
    if left.rest.era.is_none() {
        left.rest.era = right.rest.era;
    } else if right.rest.era.is_none() && (left.rest.era == Some(Era::Ad) || right.bare.is_none() && right.year.is_none()) {
        right.rest.era = left.rest.era;
    }
    if left.rest.long.is_some() {
        return Ok((left, right));
    }
    if left.year.is_none() {
        match left.bare.take() {
            Some(number) if right.day > 0 && left.month == 0 => {
                left.day = day(number, place)?;
                left.month = right.month;
            }
            Some(number) if left.rest.era.is_some() => {
                left.year = Some(number);
            }
            Some(_) => return Err(unreadable(place, "the first date is not whole")),
            None if left.month == 0 && right.month > 0 => left.month = right.month,
            None => {}
        }
        if left.year.is_none() {
            left.year = right.year;
            left.two_digits = right.two_digits;
        }
    }
    if let Some(number) = right.bare.take() {
        match left.year {
            _ if right.rest.era.is_some() => right.year = Some(number),
            _ if left.day > 0 => right.day = day(number, place)?,
            Some(year) if left.month == 0 => right.year = Some(completed(year, number)),
            _ => return Err(unreadable(place, "the second date is not whole")),
        }
    }
    if right.year.is_none() {
        right.year = left.year;
    }
    if right.day > 0 && right.month == 0 {
        right.month = left.month;
    }
    Ok((left, right))
}

fn day(number: Number, place: &Token) -> Result<u8, DateError> {
    u8::try_from(number.value).ok().filter(|day| (1..=31).contains(day)).ok_or_else(|| unreadable(place, "a day is 1 to 31"))
}

/// A year of which only the last digits are written, after a whole one: `1914–18`, `1999–00`.
fn completed(year: Number, last: Number) -> Number {
    if last.digits >= year.digits {
        return last;
    }
    let unit = 10_i64.pow(u32::from(last.digits));
    let mut value = year.value - year.value % unit + last.value;
    if last.value == 0 && value < year.value {
        value += unit;
    }
    Number { value, ..year }
}
