//! The pieces of one date, each by what it says: the first half of reading it.

use super::clock::{Clock, clock};
use super::token::{Kind, Number, Token};
use super::words::Word;
use crate::time::DateError;

/// Numbers that one date may have.
const MOST: usize = 4;

/// What makes a number what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Its place decides.
    None,
    /// `5th`, "fifth", `V`.
    Ordinal,
    /// `2021年`
    Year,
    /// `8月`
    Month,
    /// `30日`
    Day,
    /// `1780s`
    Decade,
    /// `'63`
    Short,
}

/// A number with what it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The number.
    pub number: Number,
    /// The sign between it and the number before it; nothing but blanks and words where `None`.
    pub gap: Option<Gap>,
    /// What makes it what it is.
    pub tag: Tag,
}

/// A sign between two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// `/`
    Slash,
    /// `-`
    Hyphen,
    /// `.`
    Dot,
    /// `,`
    Comma,
}

/// How years are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Era {
    /// Before year 1.
    Bc,
    /// From year 1 on.
    Ad,
    /// Before 1950.
    Bp,
}

/// A part of a longer time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Its first third.
    Early,
    /// Its second third.
    Mid,
    /// Its last third.
    Late,
    /// Its first half.
    FirstHalf,
    /// Its second half.
    SecondHalf,
}

/// A longer time than a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Long {
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

/// All that one written date says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pieces {
    numbers: [Option<Piece>; MOST],
    /// How many numbers there are.
    pub count: usize,
    /// The month that is named, 1 to 12, or the code of a part of the year.
    pub month: Option<u8>,
    /// The weekday, Monday 0.
    pub weekday: Option<u8>,
    /// The time of day.
    pub clock: Option<Clock>,
    /// How its year is counted.
    pub era: Option<Era>,
    /// Which part of it.
    pub part: Option<Part>,
    /// Century or millennium.
    pub long: Option<Long>,
    /// About this time.
    pub approximate: bool,
    /// In doubt.
    pub uncertain: bool,
    /// A minus stands before the year.
    pub negative: bool,
}

impl Pieces {
    /// The numbers, in the order written.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Piece> {
        self.numbers.iter().flatten().copied()
    }

    /// The number at a place.
    pub(super) fn number(&self, at: usize) -> Option<Piece> {
        self.numbers.get(at).copied().flatten()
    }

    /// Takes apart what stands in `tokens`.
    ///
    /// Errors: what no single date has.
    pub(super) fn of(tokens: &[Token]) -> Result<Self, DateError> {
        let mut pieces = Self::default();
        let mut gap = None;
        let mut short = false;
        let mut years = false;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            let rest = tokens.get(at..).unwrap_or_default();
            match token.kind {
                Kind::Number(number) => {
                    if pieces.clock.is_none()
                        && let Some((found, taken)) = clock(tokens.get(at - 1..).unwrap_or_default())?
                    {
                        pieces.clock = Some(found);
                        at += taken - 1;
                        continue;
                    }
                    let (mut tag, taken) = tag_of(number, rest);
                    if tag == Tag::None && years {
                        tag = Tag::Decade;
                    }
                    if tag == Tag::None && short {
                        tag = Tag::Short;
                    }
                    (short, years) = (false, false);
                    at += taken;
                    pieces.push(Piece { number, gap: gap.take(), tag }, token)?;
                }
                Kind::Word(Word::Years) => years = true,
                Kind::Word(word) => {
                    gap = None;
                    at += pieces.word(word, token, rest)?;
                }
                Kind::Slash => gap = Some(Gap::Slash),
                // The hyphen of "pre-1914" is no minus.
                Kind::Hyphen if at == 1 && !token.glued && rest.first().is_some_and(|next| next.glued) => pieces.negative = true,
                Kind::Hyphen => gap = Some(Gap::Hyphen),
                Kind::Dot => gap = Some(Gap::Dot),
                Kind::Comma => gap = gap.or(Some(Gap::Comma)),
                Kind::Query => pieces.uncertain = true,
                Kind::Tilde => pieces.approximate = true,
                Kind::Apostrophe => short = true,
                Kind::Colon if at == 1 => {}
                Kind::Dash | Kind::Plus | Kind::Colon => return Err(unreadable(token, "this sign has no place in a date here")),
            }
        }
        Ok(pieces)
    }

    fn push(&mut self, piece: Piece, token: &Token) -> Result<(), DateError> {
        let Some(place) = self.numbers.get_mut(self.count) else { return Err(unreadable(token, "a date has no more than three numbers")) };
        *place = Some(piece);
        self.count += 1;
        Ok(())
    }

    /// Sets the month or part of the year, of which a date has one.
    fn set_month(&mut self, month: u8, token: &Token) -> Result<(), DateError> {
        match self.month.replace(month) {
            None => Ok(()),
            Some(_) => Err(unreadable(token, "a second month or season has no place in a date")),
        }
    }

    /// Takes the last number away, where it is a small one.
    fn take_small(&mut self, most: i64) -> Option<u8> {
        let last = self.count.checked_sub(1)?;
        let piece = self.number(last).filter(|piece| (1..=most).contains(&piece.number.value))?;
        *self.numbers.get_mut(last)? = None;
        self.count = last;
        Some(piece.number.value as u8)
    }

    /// Takes a word into account, with how many of the following pieces it takes along.
    fn word(&mut self, word: Word, token: &Token, rest: &[Token]) -> Result<usize, DateError> {
        let next = rest.first().map(|token| token.kind);
        let mut taken = 0;
        match word {
            Word::Month(month) | Word::Season(month) => {
                self.set_month(month, token)?;
            }
            Word::Weekday(_) if self.weekday.is_some() => return Err(unreadable(token, "a date has one weekday")),
            Word::Weekday(day) => self.weekday = Some(day),
            Word::Q => {
                let after = match next {
                    Some(Kind::Number(Number { value: value @ 1..=4, digits: 1, .. })) => Some(value as u8),
                    _ => None,
                };
                taken = usize::from(after.is_some());
                let quarter = after.or_else(|| self.take_small(4)).ok_or_else(|| unreadable(token, "a quarter is Q1 to Q4"))?;
                self.set_month(32 + quarter, token)?;
            }
            Word::Quarter => {
                let last = self.part == Some(Part::Late) && self.number(0).is_none();
                let quarter = if last { Some(4) } else { self.take_small(4) };
                self.part = self.part.filter(|_| !last);
                self.set_month(32 + quarter.ok_or_else(|| unreadable(token, "a quarter is one of four"))?, token)?;
            }
            Word::Half => {
                self.part = match self.take_small(2) {
                    Some(1) => Some(Part::FirstHalf),
                    Some(_) => Some(Part::SecondHalf),
                    None if self.part == Some(Part::Late) => Some(Part::SecondHalf),
                    None => return Err(unreadable(token, "a half is the first or the second")),
                };
            }
            Word::Early | Word::Mid | Word::Late if self.part.is_some() => {
                return Err(unreadable(token, "a date is early, in the middle or late, not two of them"));
            }
            Word::Early | Word::Mid | Word::Late => {
                self.part = Some(match word {
                    Word::Early => Part::Early,
                    Word::Mid => Part::Mid,
                    _ => Part::Late,
                });
                // `mid-1960s`: the hyphen belongs to the word.
                taken = usize::from(matches!(next, Some(Kind::Hyphen | Kind::Dash)) && rest.first().is_some_and(|token| token.glued));
            }
            Word::Last if matches!(next, Some(Kind::Word(Word::Quarter | Word::Half))) => self.part = Some(Part::Late),
            Word::C if matches!(next, Some(Kind::Number(Number { value: 14, .. }))) && rest.first().is_some_and(|token| token.glued) => {
                self.approximate = true;
                taken = 1;
            }
            Word::C | Word::V if self.long.is_none() && self.has_ordinal() => self.long = Some(Long::Century),
            Word::Circa | Word::C | Word::Est | Word::Radiocarbon => self.approximate = true,
            Word::Perhaps => self.uncertain = true,
            Word::Century => self.long = Some(Long::Century),
            Word::Millennium => self.long = Some(Long::Millennium),
            Word::Bc => self.era = Some(Era::Bc),
            Word::Ad => self.era = self.era.or(Some(Era::Ad)),
            Word::Bp => self.era = Some(Era::Bp),
            Word::Ordinal(value) | Word::Roman(value) => self.ordinal(value, token)?,
            Word::Tens(tens) => {
                let hyphen = usize::from(matches!(next, Some(Kind::Hyphen)));
                let Some(Kind::Word(Word::Ordinal(ones @ 1..=9))) = rest.get(hyphen).map(|token| token.kind) else {
                    return Err(unreadable(token, "a number is not whole here"));
                };
                self.ordinal(tens + ones, token)?;
                taken = hyphen + 1;
            }
            Word::BeforeChrist | Word::AfterChrist => {
                let ahead = rest.iter().take(4).position(|token| token.kind == Kind::Word(Word::Christ));
                match ahead {
                    Some(place) => {
                        self.era = Some(if word == Word::BeforeChrist { Era::Bc } else { Era::Ad });
                        taken = place + 1;
                    }
                    // A Roman five.
                    None if matches!(next, Some(Kind::Word(Word::Century | Word::V))) => self.ordinal(5, token)?,
                    None => return Err(unreadable(token, "this word is not whole here")),
                }
            }
            // "до н. э."
            Word::ToOrUntil if matches!(next, Some(Kind::Word(Word::Ad | Word::Christ))) => {
                self.era = Some(Era::Bc);
                taken = 1;
            }
            Word::Hour(hour) => self.clock = Some(Clock::hour(hour)),
            Word::Zone(_) if self.clock.is_some() => {}
            Word::T if token.glued && matches!(next, Some(Kind::Number(_))) => {}
            // German "am 5. Mai"; after a year it would be another era.
            Word::Am if next.is_some() => {}
            Word::Filler | Word::V => {}
            _ => return Err(unreadable(token, "this word has no place in a date here")),
        }
        Ok(taken)
    }

    /// Whether the last number is a place in a row, or small enough to be one.
    fn has_ordinal(&self) -> bool {
        self.count.checked_sub(1).and_then(|last| self.number(last)).is_some_and(|last| last.tag == Tag::Ordinal)
    }

    fn ordinal(&mut self, value: u8, token: &Token) -> Result<(), DateError> {
        let number = Number { value: i64::from(value), digits: if value < 10 { 1 } else { 2 }, grouped: false };
        self.push(Piece { number, gap: None, tag: Tag::Ordinal }, token)
    }

    /// Whether a part of something is named, and nothing more.
    pub(super) fn is_part_alone(&self) -> bool {
        self.part.is_some() && Self { part: None, approximate: false, uncertain: false, ..*self } == Self::default()
    }

    /// Whether a time of day is given, and nothing more.
    pub(super) fn is_clock_alone(&self) -> bool {
        self.clock.is_some() && self.count == 0 && self.month.is_none()
    }
}

/// What the pieces that follow make of a number, with how many of them say so.
fn tag_of(number: Number, rest: &[Token]) -> (Tag, usize) {
    let kind = |at: usize| rest.get(at).map(|token| token.kind);
    let glued = |at: usize| rest.get(at).is_some_and(|token| token.glued);
    match kind(0) {
        Some(Kind::Word(Word::S)) if glued(0) => (Tag::Decade, 1),
        Some(Kind::Apostrophe) if glued(0) && kind(1) == Some(Kind::Word(Word::S)) && glued(1) => (Tag::Decade, 2),
        Some(Kind::Word(Word::OrdinalSuffix)) if glued(0) => (if number.digits > 2 { Tag::Decade } else { Tag::Ordinal }, 1),
        // `1960-е`, `20-й`
        Some(Kind::Hyphen) if glued(0) && glued(1) && kind(1) == Some(Kind::Word(Word::OrdinalSuffix)) => {
            (if number.digits > 2 { Tag::Decade } else { Tag::Ordinal }, 2)
        }
        Some(Kind::Word(Word::Decade)) => (Tag::Decade, 1),
        Some(Kind::Word(Word::YearUnit)) => (Tag::Year, 1),
        Some(Kind::Word(Word::MonthUnit)) => (Tag::Month, 1),
        Some(Kind::Word(Word::DayUnit)) => (Tag::Day, 1),
        // "8. Jahrhundert", "18 век"
        Some(Kind::Dot) if matches!(kind(1), Some(Kind::Word(Word::Century | Word::Millennium | Word::Quarter | Word::Half))) => {
            (Tag::Ordinal, 1)
        }
        Some(Kind::Word(Word::Century | Word::Millennium | Word::Quarter | Word::Half)) => (Tag::Ordinal, 0),
        _ => (Tag::None, 0),
    }
}

/// An error at a piece.
pub(super) fn unreadable(token: &Token, why: &'static str) -> DateError {
    DateError::Unreadable { at: usize::from(token.at), why }
}
