//! What a written date means, before it is EDTF: one date, digits that are not known, or one of a range.

use super::clock::Clock;
use crate::time::calendar;
use crate::time::{Canonical, DateError, Doubt};

/// A date as far as it is written: a year, perhaps a month or part of the year, perhaps a day of the month, perhaps a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plain {
    /// Astronomical.
    pub year: i64,
    /// 1 to 12, or a part of the year by its ISO 8601-2 code; 0 where there is none.
    pub month: u8,
    /// 0 where there is none.
    pub day: u8,
    /// The time of day.
    pub clock: Option<Clock>,
}

/// What is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One date.
    At(Plain),
    /// A year without its last one or two digits: `178X`, `18XX`.
    Masked(i64, u8),
    /// A time from the one to the other, with the unit that it is part of.
    Among(Plain, Plain, Unit),
}

/// A unit that a part of it is named of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// That date.
    Plain(Plain),
    /// A year without its last digits.
    Masked(i64, u8),
}

/// A meaning with what qualifies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// What is meant.
    pub meaning: Meaning,
    /// `?`
    pub uncertain: bool,
    /// `~`
    pub approximate: bool,
    /// What a person should know about it.
    pub doubt: Option<Doubt>,
}

impl Plain {
    /// A year.
    pub(super) const fn year(year: i64) -> Self {
        Self { year, month: 0, day: 0, clock: None }
    }

    /// A day.
    pub(super) const fn day(year: i64, month: u8, day: u8) -> Self {
        Self { year, month, day, clock: None }
    }

    /// Errors: a month or day that no calendar has.
    pub(super) fn check(&self) -> Result<(), DateError> {
        let why = match (self.month, self.day) {
            (0..=12 | 21..=41, 0) => return Ok(()),
            (month @ 1..=12, day) if calendar::is_day(self.year, month, day) => return Ok(()),
            (1..=12, _) => "that month does not have that day",
            _ => "months are 1 to 12",
        };
        let mut date = Canonical::new();
        self.write(&mut date, "");
        Err(DateError::NoSuchDate { date: date.to_string(), why: why.to_owned() })
    }

    /// Adds it as EDTF, with a sign of its quality.
    pub(super) fn write(&self, into: &mut Canonical<'_>, quality: &str) {
        let is_big = self.year.abs() > 9999;
        if is_big {
            into.push("Y");
        }
        if self.year < 0 {
            into.push("-");
        }
        into.push_number(self.year.unsigned_abs(), 4);
        for field in [self.month, self.day] {
            if field > 0 {
                into.push("-");
                into.push_number(u64::from(field), 2);
            }
        }
        match self.clock {
            Some(clock) => clock.write(into),
            None => into.push(quality),
        }
    }

    /// The date of its own unit that comes before or after it; parts of a year give the month.
    pub(super) fn beside(&self, later: bool) -> Self {
        let step = if later { 1 } else { -1 };
        if self.day > 0 {
            let (year, month, day) = calendar::civil_from_days(calendar::days_from_civil(self.year, self.month, self.day) + step);
            return Self::day(year, month, day);
        }
        let (year, month) = match self.month {
            0 => return Self::year(self.year + step),
            month @ 1..=12 => (self.year, month),
            code => {
                let (first, last) = crate::time::read::season_months(code).unwrap_or((1, 12));
                match (later, last < first) {
                    (false, _) => (self.year, first),
                    (true, false) => (self.year, last),
                    (true, true) => (self.year + 1, last),
                }
            }
        };
        match (month, later) {
            (1, false) => Self { year: year - 1, month: 12, ..Self::year(year) },
            (12, true) => Self { year: year + 1, month: 1, ..Self::year(year) },
            _ => Self { month: (i64::from(month) + step) as u8, ..Self::year(year) },
        }
    }

    /// Its first or last day; itself where it is one.
    pub(super) fn edge(&self, last: bool) -> Self {
        if self.day > 0 {
            return *self;
        }
        let (year, month) = match self.month {
            0 => (self.year, if last { 12 } else { 1 }),
            month @ 1..=12 => (self.year, month),
            code => {
                let (first, end) = crate::time::read::season_months(code).unwrap_or((1, 12));
                (if last && end < first { self.year + 1 } else { self.year }, if last { end } else { first })
            }
        };
        Self::day(year, month, if last { calendar::days_in_month(year, month) } else { 1 })
    }

    /// Its first or last day as a count, for comparing.
    pub(super) fn edge_days(&self, last: bool) -> i64 {
        let day = self.edge(last);
        calendar::days_from_civil(day.year, day.month, day.day)
    }
}

impl Unit {
    /// It as a meaning of its own.
    pub(super) const fn meaning(self) -> Meaning {
        match self {
            Self::Plain(plain) => Meaning::At(plain),
            Self::Masked(year, free) => Meaning::Masked(year, free),
        }
    }
}

impl Meaning {
    /// The first and the last date of it, in its own unit.
    pub(super) const fn ends(&self) -> (Plain, Plain) {
        match *self {
            Self::At(plain) => (plain, plain),
            Self::Among(first, last, _) => (first, last),
            Self::Masked(year, free) => {
                let width = if free == 1 { 10 } else { 100 };
                let first = year - year.rem_euclid(width);
                (Plain::year(first), Plain::year(first + width - 1))
            }
        }
    }
}

impl Dated {
    /// A date without more.
    pub(super) const fn of(meaning: Meaning) -> Self {
        Self { meaning, uncertain: false, approximate: false, doubt: None }
    }

    /// The same qualities of another date.
    pub(super) const fn at(&self, plain: Plain) -> Self {
        Self { meaning: Meaning::At(plain), ..*self }
    }

    /// The sign of its qualities.
    pub(super) const fn sign(&self) -> &'static str {
        match (self.uncertain, self.approximate) {
            (true, true) => "%",
            (true, false) => "?",
            (false, true) => "~",
            (false, false) => "",
        }
    }

    /// Adds it as EDTF.
    pub(super) fn write(&self, into: &mut Canonical<'_>) {
        match self.meaning {
            Meaning::Among(first, last, _) if first == last => first.write(into, self.sign()),
            Meaning::Among(first, last, _) => {
                into.push("[");
                first.write(into, self.sign());
                into.push("..");
                last.write(into, self.sign());
                into.push("]");
            }
            _ => self.write_side(into),
        }
    }

    /// Adds it as one side of an interval, where a range of its own cannot stand: the unit that it is part of.
    pub(super) fn write_side(&self, into: &mut Canonical<'_>) {
        match self.meaning {
            Meaning::At(plain) => plain.write(into, self.sign()),
            Meaning::Among(.., unit) => Self { meaning: unit.meaning(), ..*self }.write_side(into),
            Meaning::Masked(year, free) => {
                if year < 0 {
                    into.push("-");
                }
                let (width, mask) = if free == 1 { (10, "X") } else { (100, "XX") };
                into.push_number(year.unsigned_abs() / width, 4 - usize::from(free));
                into.push(mask);
                into.push(self.sign());
            }
        }
    }
}
