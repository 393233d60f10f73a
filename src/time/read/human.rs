//! Dates as people write them, read into EDTF: "5 May 2021", "30.08.2023", "c. 1780s", "between 1847 and 1850", "2021년 8월 30일".
//!
//! All of a text must be understood, or none of it is read. What can be read two ways by the order of day and month is an error that has both.
//! The rules and their reasons are in `docs/dates.md`.

mod clock;
pub(super) mod common;
mod compact;
mod date;
mod expression;
mod meaning;
mod pieces;
mod shared;
mod token;
mod words;

use super::{DateError, DateOrder, Dialect, Doubt};
use crate::time::Canonical;
use date::Rule;
use expression::{Whole, whole};
use token::Tokens;

/// A text in canonical form, with what there is to say about it.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// EDTF.
    pub canonical: Canonical<'static>,
    /// What a person should know.
    pub doubt: Option<Doubt>,
}

/// Bytes of the longest text that is tried.
const LONGEST: usize = 120;

/// Reads a date that is not EDTF.
///
/// Errors: no date; one that no calendar has; one that can be read in two orders.
pub(super) fn read(text: &str, dialect: Dialect) -> Result<Written, DateError> {
    if text.len() > LONGEST {
        return Err(DateError::Unreadable { at: 1, why: "this is longer than any date that is read" });
    }
    if let Some(canonical) = compact::read(text.as_bytes()) {
        return Ok(Written { canonical, doubt: None });
    }
    if dialect.small_years
        && text.len() <= 2
        && let Ok(year @ 1..) = text.parse::<u8>()
    {
        let mut canonical = Canonical::new();
        canonical.push_number(u64::from(year), 4);
        return Ok(Written { canonical, doubt: Some(Doubt::SmallYear) });
    }
    let tokens = Tokens::of(text)?;
    let tried = |order: DateOrder| {
        let mut rule = Rule { order, asked: false, any_order: false };
        let read = whole(tokens.all(), &mut rule);
        (read, rule)
    };
    match dialect.order {
        Some(order @ (DateOrder::Dmy | DateOrder::Mdy)) => tried(order).0.map(|whole| written(&whole)),
        Some(DateOrder::Ymd) => match tried(DateOrder::Ymd) {
            (Err(_), Rule { asked: true, .. }) => {
                one_of(&[(DateOrder::Dmy, tried(DateOrder::Dmy).0), (DateOrder::Mdy, tried(DateOrder::Mdy).0)])
            }
            (read, _) => read.map(|whole| written(&whole)),
        },
        None => match tried(DateOrder::Dmy) {
            (read, Rule { asked: false, .. }) => read.map(|whole| written(&whole)),
            (read, Rule { any_order, .. }) => {
                let orders = [(DateOrder::Dmy, read), (DateOrder::Mdy, tried(DateOrder::Mdy).0), (DateOrder::Ymd, tried(DateOrder::Ymd).0)];
                one_of(orders.get(..if any_order { 3 } else { 2 }).unwrap_or_default())
            }
        },
    }
}

/// The only reading of several orders.
///
/// Errors: the first one's where none is a date; both readings where two differ.
fn one_of(readings: &[(DateOrder, Result<Whole, DateError>)]) -> Result<Written, DateError> {
    let mut first: Option<(DateOrder, Written)> = None;
    let mut different: Vec<(DateOrder, String)> = Vec::new();
    for (order, reading) in readings {
        let Ok(whole) = reading else { continue };
        let written = written(whole);
        let Some((first_order, known)) = &first else {
            first = Some((*order, written));
            continue;
        };
        if known.canonical != written.canonical && different.iter().all(|(_, other)| **other != *written.canonical) {
            if different.is_empty() {
                different.push((*first_order, known.canonical.to_string()));
            }
            different.push((*order, written.canonical.to_string()));
        }
    }
    match (first, readings.first()) {
        (Some(_), _) if !different.is_empty() => Err(DateError::Ambiguous { readings: different }),
        (Some((_, written)), _) => Ok(written),
        (None, Some((_, Err(error)))) => Err(error.clone()),
        (None, _) => Err(DateError::Empty),
    }
}

fn written(whole: &Whole) -> Written {
    let mut canonical = Canonical::new();
    whole.write(&mut canonical);
    Written { canonical, doubt: whole.doubt() }
}

/// Whether a text says "now" or "today" in some language.
pub(super) fn is_present(text: &str) -> bool {
    text.len() <= 32 && words::word(&text.to_lowercase()) == Some(words::Word::Present)
}

/// `YYYY-NN` as a range of years, where its last two digits are a year that follows.
///
/// Gives nothing where EDTF says what it is and nobody would mean years.
pub(super) fn year_range(text: &str) -> Option<Written> {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| bytes.get(range).filter(|part| part.iter().all(u8::is_ascii_digit));
    if bytes.len() != 7 || bytes.get(4) != Some(&b'-') {
        return None;
    }
    let number = |part: &[u8]| part.iter().fold(0_u64, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    let (year, last) = (number(digits(0..4)?), number(digits(5..7)?));
    if last < 13 || (21..=24).contains(&last) || last <= year % 100 {
        return None;
    }
    let mut canonical = Canonical::new();
    canonical.push_number(year, 4);
    canonical.push("/");
    canonical.push_number(year - year % 100 + last, 4);
    Some(Written { canonical, doubt: (25..=41).contains(&last).then_some(Doubt::RangeOrPart) })
}

/// What there is to say about a text that is EDTF.
pub(super) fn doubt_of_edtf(text: &str) -> Option<Doubt> {
    let bytes = text.as_bytes();
    if bytes.len() != 7 || bytes.get(4) != Some(&b'-') || bytes.get(5) != Some(&b'2') {
        return None;
    }
    let is_season = matches!(bytes.get(6), Some(b'1'..=b'4'));
    (is_season && bytes.get(5..7) > bytes.get(2..4)).then_some(Doubt::SeasonOrRange)
}

#[cfg(test)]
#[path = "human/tests.rs"]
mod tests;
