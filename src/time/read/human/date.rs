//! One written date from its pieces: which number is the year, which the month, which the day.

use super::meaning::{Dated, Meaning, Plain, Unit};
use super::pieces::{Era, Gap, Long, Part, Piece, Pieces, Tag};
use super::token::{Number, Token};
use crate::time::calendar::{self, days_from_civil};
use crate::time::read::season_months;
use crate::time::{DateError, DateOrder, Doubt};

/// How numbers alone are taken, and what was asked on the way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// The order that is tried.
    pub order: DateOrder,
    /// Whether the order made a difference.
    pub asked: bool,
    /// Whether the year may come first: two digits between hyphens.
    pub any_order: bool,
}

/// A date as far as its own words go; beside another one, it may leave out what that one says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Partial {
    /// The year as written, without its era.
    pub year: Option<Number>,
    /// The year's place in the calendar is by the rule for two digits.
    pub two_digits: bool,
    /// 1 to 12, or the code of a part of the year; 0 where none is said.
    pub month: u8,
    /// 0 where none is said.
    pub day: u8,
    /// A small number that could be anything.
    pub bare: Option<Number>,
    /// The number is the first year of ten, or of a hundred.
    pub decade: bool,
    /// The pieces that need no place.
    pub rest: Pieces,
}

const WHY_YEAR: &str = "the year is missing";

impl Partial {
    /// Reads what one date says by itself.
    ///
    /// Errors: no date; a month that no calendar has.
    pub(super) fn of(tokens: &[Token], rule: &mut Rule) -> Result<Self, DateError> {
        let pieces = Pieces::of(tokens)?;
        let mut partial = Self { rest: pieces, month: pieces.month.unwrap_or(0), ..Self::default() };
        let start = tokens.first().map_or(1, |token| usize::from(token.at));
        let nonsense = |why| DateError::Unreadable { at: start, why };
        if pieces.numbers().any(|piece| matches!(piece.tag, Tag::Year | Tag::Month | Tag::Day)) {
            for piece in pieces.numbers() {
                partial.tagged(piece)?;
            }
            return Ok(partial);
        }
        if pieces.long.is_some() {
            let (Some(number), 1, None | Some(33..=36)) = (pieces.number(0), pieces.count, pieces.month) else {
                return Err(nonsense("a century is written like 18th century"));
            };
            partial.bare = Some(number.number);
            return Ok(partial);
        }
        let numbers = [pieces.number(0), pieces.number(1), pieces.number(2)];
        match (pieces.month, numbers) {
            (_, [None, ..]) => {}
            (None, [Some(one), None, _]) if one.tag == Tag::Decade => {
                partial.year = Some(one.number);
                partial.decade = true;
            }
            (None, [Some(one), None, _]) if partial.is_year(one) => partial.year = Some(one.number),
            (None, [Some(one), None, _]) => partial.bare = Some(one.number),
            (Some(1..=12), [Some(one), None, _]) => {
                if one.tag != Tag::Ordinal && (one.number.digits > 2 || one.tag == Tag::Short || pieces.era.is_some()) {
                    partial.set_year(one);
                } else {
                    partial.day = small(one)?;
                }
            }
            (Some(1..=12), [Some(one), Some(two), None]) => {
                let (year, day) = if one.number.digits > 2 || two.tag == Tag::Ordinal { (one, two) } else { (two, one) };
                partial.day = small(day)?;
                partial.set_year(year);
                if year.number.digits < 2 && pieces.era.is_none() {
                    return Err(nonsense("a year has two digits at least"));
                }
            }
            // "Winter 1889/90"
            (Some(24), [Some(one), Some(Piece { gap: Some(Gap::Slash | Gap::Hyphen), number: next, .. }), None])
                if one.number.digits > 2 =>
            {
                let modulus = if next.digits == 2 { 100 } else { 10_000 };
                if (one.number.value + 1) % modulus != next.value {
                    return Err(nonsense("a winter is of two years that follow each other"));
                }
                partial.year = Some(one.number);
            }
            (Some(_), [Some(one), None, _]) => partial.set_year(one),
            (None, [Some(one), Some(two), None]) => partial.two_numbers(one, two)?,
            (None, [Some(one), Some(two), Some(three)]) if pieces.number(3).is_none() => partial.three_numbers([one, two, three], rule)?,
            _ => return Err(nonsense("these numbers make no date")),
        }
        Ok(partial)
    }

    /// Whether a number by itself is a year.
    fn is_year(&self, piece: Piece) -> bool {
        self.rest.era.is_some() || piece.number.digits > 2
    }

    /// Takes a number as the year; of two digits by the rule.
    fn set_year(&mut self, piece: Piece) {
        let mut number = piece.number;
        if number.digits == 2 && self.rest.era.is_none() {
            number.value += if number.value < 30 { 2000 } else { 1900 };
            number.digits = 4;
            self.two_digits = true;
        }
        self.year = Some(number);
    }

    /// A number with its unit: `2021年`, `8月`, `30日`.
    fn tagged(&mut self, piece: Piece) -> Result<(), DateError> {
        match piece.tag {
            Tag::Year => self.year = Some(piece.number),
            Tag::Month => self.month = month(piece)?,
            Tag::Day => self.day = small(piece)?,
            // "2019年第3四半期" left its quarter among the words; what is left has no unit.
            _ => return Err(DateError::Unreadable { at: 1, why: "a number without its unit has no place in a date here" }),
        }
        Ok(())
    }

    /// `5/2021`, `2021/5`, `2021.05`, and `22, 2012`, a day of a month that was said before.
    fn two_numbers(&mut self, one: Piece, two: Piece) -> Result<(), DateError> {
        let is_long = |piece: Piece| piece.number.digits == 4;
        // 7.125, 12.5 and 1984.5 are numbers: with a dot, a month has two digits and a year is near.
        let is_decimal = |month: Piece, year: Piece| {
            two.gap == Some(Gap::Dot) && (month.number.digits != 2 || !(1000..3000).contains(&year.number.value))
        };
        match two.gap {
            Some(Gap::Slash | Gap::Hyphen | Gap::Dot) if is_long(two) && one.number.digits <= 2 && !is_decimal(one, two) => {
                self.month = month(one)?;
                self.year = Some(two.number);
            }
            Some(Gap::Slash | Gap::Hyphen | Gap::Dot) if is_long(one) && two.number.digits <= 2 && !is_decimal(two, one) => {
                self.year = Some(one.number);
                self.month = month(two)?;
            }
            Some(Gap::Comma) | None if is_long(two) && one.number.digits <= 2 => {
                self.day = small(one)?;
                self.year = Some(two.number);
            }
            _ => return Err(DateError::Unreadable { at: 1, why: WHY_YEAR }),
        }
        Ok(())
    }

    /// `04/05/2021`, `2021.05.04`, `24-09-06`.
    fn three_numbers(&mut self, [one, two, three]: [Piece; 3], rule: &mut Rule) -> Result<(), DateError> {
        if two.gap.is_none() || two.gap != three.gap && !(two.gap == Some(Gap::Dot) && three.gap.is_none()) {
            return Err(DateError::Unreadable { at: 1, why: "day, month and year are parted by the same sign" });
        }
        let digits = [one, two, three].map(|piece| piece.number.digits);
        let (year, month, day) = match digits {
            [3..=18, 1 | 2, 1 | 2] => (one, two, three),
            // With an era, a year of two digits could stand anywhere.
            [1 | 2, 1 | 2, 2] if self.rest.era.is_some() => {
                return Err(DateError::Unreadable { at: 1, why: "with an era, the year is written with three digits at least" });
            }
            [1 | 2, 1 | 2, 2..=18] => {
                rule.asked = true;
                let is_open = digits == [2, 2, 2];
                rule.any_order |= is_open && two.gap == Some(Gap::Hyphen);
                match rule.order {
                    DateOrder::Dmy => (three, two, one),
                    DateOrder::Mdy => (three, one, two),
                    DateOrder::Ymd if is_open => (one, two, three),
                    DateOrder::Ymd => return Err(DateError::Unreadable { at: 1, why: "the year stands last here" }),
                }
            }
            _ => return Err(DateError::Unreadable { at: 1, why: "these numbers make no date" }),
        };
        self.set_year(year);
        self.month = self::month(month)?;
        self.day = small(day)?;
        Ok(())
    }

    /// The date, where nothing of it is left open.
    ///
    /// Errors: no year; a day that no calendar has.
    pub(super) fn dated(&self) -> Result<Dated, DateError> {
        let meaning = self.meaning()?;
        let mut dated = Dated {
            uncertain: self.rest.uncertain,
            approximate: self.rest.approximate,
            doubt: self.two_digits.then_some(Doubt::TwoDigitYear),
            ..Dated::of(meaning)
        };
        if let (Meaning::At(plain), Some(weekday)) = (meaning, self.rest.weekday)
            && plain.day > 0
            && plain.year >= 1583
        {
            let of_day = calendar::weekday(days_from_civil(plain.year, plain.month, plain.day)).num_days_from_monday();
            if of_day != u32::from(weekday) {
                dated.doubt = Some(Doubt::Weekday);
            }
        }
        if self.rest.clock.is_some() && dated.approximate | dated.uncertain {
            return Err(DateError::Unreadable { at: 1, why: "a time of day that is not sure has no form in EDTF" });
        }
        Ok(dated)
    }

    fn meaning(&self) -> Result<Meaning, DateError> {
        let unreadable = |why| DateError::Unreadable { at: 1, why };
        if let Some(long) = self.rest.long {
            let number = self.bare.filter(|number| number.value > 0).ok_or_else(|| unreadable("which century is not said"))?;
            let width = if long == Long::Century { 100 } else { 1000 };
            if number.value > 9999 / width || self.rest.era == Some(Era::Bp) {
                return Err(unreadable("this century is not read"));
            }
            let (first, mask) = match self.rest.era {
                Some(Era::Bc) => (1 - number.value * width, -((number.value - 1) * width + 1)),
                _ => ((number.value - 1) * width + 1, (number.value - 1) * width),
            };
            let last = first + width - 1;
            let unit = if width == 100 { Unit::Masked(mask, 2) } else { Unit::Plain(Plain::year(first)) };
            let (from, to) = match self.month {
                quarter @ 33..=36 => {
                    let from = first + i64::from(quarter - 33) * width / 4;
                    (from, from + width / 4 - 1)
                }
                _ => part_of(self.rest.part, first, last),
            };
            return Ok(Meaning::Among(Plain::year(from), Plain::year(to), unit));
        }
        let Some(number) = self.year else {
            return Err(unreadable(if self.rest.is_clock_alone() { "only a time of day is given" } else { WHY_YEAR }));
        };
        if self.decade {
            return self.decade_of(number);
        }
        let year = self.place(number)?;
        let whole = Plain { year, month: self.month, day: self.day, clock: self.rest.clock };
        if whole.clock.is_some() && whole.day == 0 {
            return Err(unreadable("a time of day needs a day"));
        }
        whole.check()?;
        if self.rest.weekday.is_some() && whole.day == 0 {
            return Err(unreadable("a weekday needs a day"));
        }
        let Some(part) = self.rest.part else { return Ok(Meaning::At(whole)) };
        Self::part(part, whole)
    }

    /// The astronomical number of a year.
    fn place(&self, number: Number) -> Result<i64, DateError> {
        let out = DateError::OutOfRange { canonical: String::new() };
        if number.value > calendar::MAX_YEAR {
            return Err(out);
        }
        let is_alone = self.month == 0 && self.day == 0;
        match self.rest.era {
            Some(_) if self.rest.negative => Err(DateError::Unreadable { at: 1, why: "a year has a minus or an era, not both" }),
            Some(Era::Bc | Era::Ad) if number.value == 0 => {
                Err(DateError::NoSuchDate { date: "year 0".to_owned(), why: "1 BC is followed by AD 1".to_owned() })
            }
            Some(Era::Bc) => Ok(1 - number.value),
            Some(Era::Bp) => Ok(1950 - number.value),
            None if self.rest.negative && is_alone && number.value > 0 => Ok(-number.value),
            None if number.grouped || number.digits > 4 || self.rest.negative => {
                Err(DateError::Unreadable { at: 1, why: "a year of more than four digits needs an era (BC, BP) or is written like Y12000" })
            }
            Some(Era::Ad) | None => Ok(number.value),
        }
    }

    /// `1780s`, `early 1960s`, `480s BC`.
    fn decade_of(&self, number: Number) -> Result<Meaning, DateError> {
        if number.value % 10 != 0 || number.digits > 4 || (number.digits < 3 && self.rest.era.is_none() && number.digits != 1) {
            return Err(DateError::Unreadable { at: 1, why: "a decade is written like 1780s, with all its digits" });
        }
        let free: u8 = if number.value % 100 == 0 && number.value > 0 { 2 } else { 1 };
        let width = if free == 2 { 100 } else { 10 };
        if self.rest.era == Some(Era::Bc) {
            let (first, last) = part_of(self.rest.part, 2 - number.value - width, 1 - number.value);
            // The digits that are not known count backwards from here, so a mask would be one year off.
            return Ok(Meaning::Among(Plain::year(first), Plain::year(last), Unit::Plain(Plain::year(first))));
        }
        if self.rest.part.is_none() {
            return Ok(Meaning::Masked(number.value, free));
        }
        let (first, last) = part_of(self.rest.part, number.value, number.value + width - 1);
        Ok(Meaning::Among(Plain::year(first), Plain::year(last), Unit::Masked(number.value, free)))
    }

    /// A part of a year, season or month.
    fn part(part: Part, whole: Plain) -> Result<Meaning, DateError> {
        let unit = Unit::Plain(whole);
        let among = |first, last| Ok(Meaning::Among(first, last, unit));
        match (whole.month, whole.day) {
            (0, 0) => {
                let code = match part {
                    Part::Early => 37,
                    Part::Mid => 38,
                    Part::Late => 39,
                    Part::FirstHalf => 40,
                    Part::SecondHalf => 41,
                };
                if whole.year.abs() > 9999 {
                    return Err(DateError::Unreadable { at: 1, why: "a part of so distant a year has no form in EDTF" });
                }
                Ok(Meaning::At(Plain { month: code, ..whole }))
            }
            (month @ 1..=12, 0) => {
                let length = calendar::days_in_month(whole.year, month);
                let (first, last) = match part {
                    Part::Early => (1, 10),
                    Part::Mid => (11, 20),
                    Part::Late => (21, length),
                    Part::FirstHalf => (1, 15),
                    Part::SecondHalf => (16, length),
                };
                among(Plain::day(whole.year, month, first), Plain::day(whole.year, month, last))
            }
            (season @ 21..=24, 0) => {
                let (first, _) = season_months(season).unwrap_or((1, 12));
                let step = match part {
                    Part::Early => 0,
                    Part::Mid => 1,
                    Part::Late => 2,
                    _ => return Err(DateError::Unreadable { at: 1, why: "a half of a season is not read" }),
                };
                let month = first + step;
                let (year, month) = if month > 12 { (whole.year + 1, month - 12) } else { (whole.year, month) };
                Ok(Meaning::At(Plain { month, ..Plain::year(year) }))
            }
            _ => Err(DateError::Unreadable { at: 1, why: "early, mid and late are said of months and longer times" }),
        }
    }

    /// Gives it the time of day of its own and the day of another.
    pub(super) fn with_day_of(&self, other: &Self) -> Self {
        let mut with = *other;
        with.rest.clock = self.rest.clock;
        with
    }
}

/// The years of a part of a longer time. Thirds are rounded outward, so that the year between two of them is in both.
fn part_of(part: Option<Part>, first: i64, last: i64) -> (i64, i64) {
    let length = last - first + 1;
    let third = |parts: i64| first + (length - 1) * parts / 3;
    match part {
        None => (first, last),
        Some(Part::Early) => (first, third(1)),
        Some(Part::Mid) => (third(1), third(2)),
        Some(Part::Late) => (third(2), last),
        Some(Part::FirstHalf) => (first, first + length / 2 - 1),
        Some(Part::SecondHalf) => (first + length / 2, last),
    }
}

/// A number as a month.
fn month(piece: Piece) -> Result<u8, DateError> {
    match piece.number.value {
        month @ 1..=12 => Ok(month as u8),
        other => Err(DateError::NoSuchDate { date: format!("month {other}"), why: "months are 1 to 12".to_owned() }),
    }
}

/// A number as a day of a month.
fn small(piece: Piece) -> Result<u8, DateError> {
    match piece.number.value {
        day @ 1..=31 => Ok(day as u8),
        other => Err(DateError::NoSuchDate { date: format!("day {other}"), why: "days are 1 to 31".to_owned() }),
    }
}
