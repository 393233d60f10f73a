//! A whole written date: one date, a range, a time before or after or between dates, one of two.

use super::date::{Partial, Rule};
use super::meaning::{Dated, Meaning, Plain, Unit};
use super::pieces::unreadable;
use super::shared::merged;
use super::token::{Kind, Token};
use super::words::Word;
use crate::time::{Canonical, DateError, Doubt};

/// What a whole text says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Whole {
    /// One date.
    One(Dated),
    /// Something that lasted.
    Lasted(Side, Side),
    /// A time from the one to the other.
    Between(Dated, Dated),
    /// The one or the other.
    Either(Dated, Dated),
    /// That date or an earlier one.
    UpTo(Dated),
    /// That date or a later one.
    From(Dated),
}

/// One end of what lasted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Side {
    /// A date.
    At(Dated),
    /// It goes on.
    Open,
    /// Nobody says when.
    Unknown,
}

/// Reads a whole text.
///
/// Errors: no date; one that no calendar has.
pub(super) fn whole(tokens: &[Token], rule: &mut Rule) -> Result<Whole, DateError> {
    let tokens = trimmed(tokens);
    let Some(first) = tokens.first() else { return Err(DateError::Unreadable { at: 1, why: "there is no date in it" }) };
    let rest = trimmed(tokens.get(1..).unwrap_or_default());
    match first.kind {
        Kind::Word(Word::Between) => {
            let at = position(rest, |kind| matches!(kind, Kind::Word(Word::And | Word::To | Word::ToOrAt) | Kind::Dash | Kind::Hyphen));
            let Some((left, right)) = at.map(|at| split(rest, at)) else {
                return Err(unreadable(first, "between is followed by two dates"));
            };
            let (left, right) = pair(left, right, true, rule)?;
            return Ok(Whole::Between(left, right));
        }
        Kind::Word(Word::Before | Word::BeforeChrist) if !is_era(rest) => {
            // "prior to"
            let rest = if matches!(rest.first().map(|token| token.kind), Some(Kind::Word(Word::To))) {
                rest.get(1..).unwrap_or_default()
            } else {
                rest
            };
            let dated = one(rest, rule)?;
            return before(&dated, first);
        }
        Kind::Word(Word::After | Word::AfterChrist) if !is_era(rest) => {
            let dated = one(rest, rule)?;
            return after(&dated, first);
        }
        Kind::Word(Word::By) => {
            let dated = one(rest, rule)?;
            return Ok(Whole::UpTo(dated.at(dated.meaning.ends().1)));
        }
        Kind::Word(Word::ToOrUntil) if !is_era(rest) => {
            let dated = one(rest, rule)?;
            return Ok(Whole::UpTo(dated.at(dated.meaning.ends().1)));
        }
        Kind::Word(Word::Until) => return Ok(Whole::Lasted(Side::Open, Side::At(one(rest, rule)?))),
        Kind::Word(Word::Since) => return Ok(Whole::Lasted(Side::At(one(rest, rule)?), Side::Open)),
        Kind::Word(Word::From) => {
            let rest = without_last(rest, Word::Since);
            if position(rest, is_to).is_none() {
                return Ok(Whole::Lasted(Side::At(one(rest, rule)?), Side::Open));
            }
            return range(rest, rule);
        }
        _ => {}
    }
    if let Some(last) = tokens.last() {
        let before_last = tokens.get(..tokens.len() - 1).unwrap_or_default();
        let before_or = without_last(before_last, Word::Or);
        match last.kind {
            Kind::Word(Word::OrEarlier | Word::Before) => {
                let dated = one(before_or, rule)?;
                return Ok(Whole::UpTo(dated.at(dated.meaning.ends().1)));
            }
            Kind::Word(Word::OrLater | Word::After) => {
                let dated = one(before_or, rule)?;
                return Ok(Whole::From(dated.at(dated.meaning.ends().0)));
            }
            Kind::Word(Word::Since) => return Ok(Whole::Lasted(Side::At(one(before_last, rule)?), Side::Open)),
            _ => {}
        }
    }
    if let Some(at) = position(tokens, |kind| kind == Kind::Word(Word::Or)) {
        let (left, right) = split(tokens, at);
        let (left, right) = pair(left, right, false, rule)?;
        return Ok(Whole::Either(left, right));
    }
    if let Some(at) = position(tokens, |kind| kind == Kind::Word(Word::After)) {
        let (left, right) = split(tokens, at);
        return later_than(&one(left, rule)?, &one(right, rule)?, first);
    }
    range(tokens, rule)
}

/// Whether a word for before or after belongs to an era: "v. Chr. 44", "до н. э.".
fn is_era(rest: &[Token]) -> bool {
    rest.iter().take(3).any(|token| matches!(token.kind, Kind::Word(Word::Christ)))
        || matches!(rest.first().map(|token| token.kind), Some(Kind::Word(Word::Ad)))
}

/// The tokens without signs and empty words at their beginning and a full stop at their end.
fn trimmed(mut tokens: &[Token]) -> &[Token] {
    while let [Token { kind: Kind::Word(Word::Filler | Word::V | Word::ToOrAt) | Kind::Comma | Kind::Dot, .. }, rest @ ..] = tokens {
        tokens = rest;
    }
    while let [rest @ .., Token { kind: Kind::Comma | Kind::Dot | Kind::Word(Word::Filler), .. }] = tokens {
        tokens = rest;
    }
    tokens
}

/// The tokens without this word at their end.
fn without_last(tokens: &[Token], word: Word) -> &[Token] {
    match tokens {
        [rest @ .., last] if last.kind == Kind::Word(word) => rest,
        _ => tokens,
    }
}

fn position(tokens: &[Token], test: impl Fn(Kind) -> bool) -> Option<usize> {
    tokens.iter().position(|token| test(token.kind))
}

/// What stands before and after a token.
fn split(tokens: &[Token], at: usize) -> (&[Token], &[Token]) {
    (trimmed(tokens.get(..at).unwrap_or_default()), trimmed(tokens.get(at + 1..).unwrap_or_default()))
}

fn is_to(kind: Kind) -> bool {
    matches!(kind, Kind::Word(Word::To | Word::ToOrAt | Word::ToOrUntil) | Kind::Dash | Kind::Hyphen)
}

/// One date.
fn one(tokens: &[Token], rule: &mut Rule) -> Result<Dated, DateError> {
    Partial::of(tokens, rule)?.dated()
}

/// One date or a range.
fn range(tokens: &[Token], rule: &mut Rule) -> Result<Whole, DateError> {
    let tokens = trimmed(tokens);
    if let Some(at) = parting(tokens) {
        return lasted(tokens, at, rule);
    }
    let first = match one(tokens, rule) {
        Ok(dated) => return Ok(Whole::One(dated)),
        Err(error) => error,
    };
    // A single hyphen or slash without blanks: `May-June 2021`, `1914-1918`, `1847/48`.
    let joins = |kind: Kind| matches!(kind, Kind::Hyphen | Kind::Slash);
    let places: Vec<usize> = (1..tokens.len()).filter(|at| joins(tokens[*at].kind)).collect();
    match places.as_slice() {
        [at] => lasted(tokens, *at, rule).map_err(|second| if matches!(second, DateError::Unreadable { .. }) { first } else { second }),
        _ => Err(first),
    }
}

/// Where a range is parted: at its word, its dash or its hyphen between blanks.
fn parting(tokens: &[Token]) -> Option<usize> {
    let is_parting = |at: usize| {
        let token = tokens.get(at)?;
        let next = tokens.get(at + 1);
        let after_part =
            || at > 0 && matches!(tokens.get(at - 1).map(|token| token.kind), Some(Kind::Word(Word::Mid | Word::Early | Word::Late)));
        let parts = match token.kind {
            Kind::Word(Word::To | Word::ToOrAt) => true,
            Kind::Word(Word::ToOrUntil) => !matches!(next.map(|next| next.kind), Some(Kind::Word(Word::Ad | Word::Christ))),
            Kind::Dash => !after_part() || !token.glued,
            Kind::Hyphen => at > 0 && (next.is_none() || (!token.glued && next.is_some_and(|next| !next.glued))),
            _ => false,
        };
        Some(parts)
    };
    (0..tokens.len()).find(|at| is_parting(*at) == Some(true))
}

/// What lasted from the one side to the other.
fn lasted(tokens: &[Token], at: usize, rule: &mut Rule) -> Result<Whole, DateError> {
    let (left, right) = split(tokens, at);
    let sign = tokens.get(at).copied().unwrap_or(Token { kind: Kind::Dash, glued: false, at: 1 });
    let is_unknown = |side: &[Token]| side.iter().all(|token| token.kind == Kind::Query);
    let is_open = |side: &[Token]| matches!(side, [Token { kind: Kind::Word(Word::Present), .. }]);
    if is_unknown(left) && is_unknown(right) {
        return Err(unreadable(&sign, "neither a start nor an end is given"));
    }
    if is_unknown(left) {
        if left.is_empty() {
            return Err(unreadable(&sign, "the start is missing"));
        }
        return Ok(Whole::Lasted(Side::Unknown, Side::At(one(right, rule)?)));
    }
    if is_unknown(right) {
        return Ok(Whole::Lasted(Side::At(one(left, rule)?), Side::Unknown));
    }
    if is_open(right) {
        return Ok(Whole::Lasted(Side::At(one(left, rule)?), Side::Open));
    }
    let (left_part, right_part) = (Partial::of(left, rule)?, Partial::of(right, rule)?);
    // "early to mid 18th century"
    if left_part.rest.is_part_alone() && right_part.rest.part.is_some() {
        let mut from = right_part;
        from.rest.part = left_part.rest.part;
        let (from, to) = (from.dated()?, right_part.dated()?);
        let unit = match to.meaning {
            Meaning::Among(.., unit) => unit,
            Meaning::At(plain) => Unit::Plain(Plain::year(plain.year)),
            Meaning::Masked(year, free) => Unit::Masked(year, free),
        };
        let meaning = Meaning::Among(from.meaning.ends().0, to.meaning.ends().1, unit);
        return Ok(Whole::One(Dated { meaning, ..to }));
    }
    let (left, right) = merged(left_part, right_part, &sign)?;
    Ok(Whole::Lasted(Side::At(left.dated()?), Side::At(right.dated()?)))
}

/// Two dates that share what only one of them says; small numbers alone are years where `years` says so.
fn pair(left: &[Token], right: &[Token], years: bool, rule: &mut Rule) -> Result<(Dated, Dated), DateError> {
    let place = right.first().or(left.first()).copied().unwrap_or(Token { kind: Kind::Dash, glued: false, at: 1 });
    let (mut left, mut right) = (Partial::of(left, rule)?, Partial::of(right, rule)?);
    if years && left.bare.is_some() && left.rest.long.is_none() && right.day == 0 && right.month == 0 && right.rest.long.is_none() {
        left.year = left.bare.take();
        right.year = right.year.or(right.bare.take());
    }
    let (left, right) = merged(left, right, &place)?;
    Ok((left.dated()?, right.dated()?))
}

/// A time before a date.
fn before(dated: &Dated, place: &Token) -> Result<Whole, DateError> {
    let first = dated.meaning.ends().0;
    if first.clock.is_some() {
        return Err(unreadable(place, "before and after are said of days and longer times"));
    }
    Ok(Whole::UpTo(dated.at(first.beside(false))))
}

/// A time after a date.
fn after(dated: &Dated, place: &Token) -> Result<Whole, DateError> {
    let last = dated.meaning.ends().1;
    if last.clock.is_some() {
        return Err(unreadable(place, "before and after are said of days and longer times"));
    }
    Ok(Whole::From(dated.at(last.beside(true))))
}

/// "858 after 13 Feb 858": what is left of the one date after the other.
fn later_than(dated: &Dated, limit: &Dated, place: &Token) -> Result<Whole, DateError> {
    let (first, last) = dated.meaning.ends();
    let after = limit.meaning.ends().1;
    if first.clock.is_some() || after.clock.is_some() {
        return Err(unreadable(place, "before and after are said of days and longer times"));
    }
    if after.edge_days(true) < first.edge_days(false) {
        return Ok(Whole::One(*dated));
    }
    if after.edge_days(true) >= last.edge_days(true) {
        return Err(DateError::Backwards { start: "after".to_owned(), end: "the date itself".to_owned() });
    }
    let meaning = Meaning::Among(after.beside(true), if after.day > 0 { last.edge(true) } else { last }, Unit::Plain(last));
    Ok(Whole::One(Dated { meaning, ..*dated }))
}

impl Whole {
    /// Adds it as EDTF.
    pub(super) fn write(&self, into: &mut Canonical<'_>) {
        match self {
            Self::One(dated) => dated.write(into),
            Self::Lasted(start, end) => {
                start.write(into);
                into.push("/");
                end.write(into);
            }
            Self::Between(from, to) => {
                into.push("[");
                from.meaning.ends().0.write(into, from.sign());
                into.push("..");
                to.meaning.ends().1.write(into, to.sign());
                into.push("]");
            }
            Self::Either(one, other) => {
                into.push("[");
                one.write_side(into);
                into.push(",");
                other.write_side(into);
                into.push("]");
            }
            Self::UpTo(dated) => {
                into.push("[..");
                dated.write_side(into);
                into.push("]");
            }
            Self::From(dated) => {
                into.push("[");
                dated.write_side(into);
                into.push("..]");
            }
        }
    }

    /// The dates in it.
    fn dates(&self) -> impl Iterator<Item = Dated> {
        let side = |side: Side| if let Side::At(dated) = side { Some(dated) } else { None };
        let (one, two) = match *self {
            Self::Lasted(start, end) => (side(start), side(end)),
            Self::Between(one, two) | Self::Either(one, two) => (Some(one), Some(two)),
            Self::One(dated) | Self::UpTo(dated) | Self::From(dated) => (Some(dated), None),
        };
        one.into_iter().chain(two)
    }

    /// What a person should know about it: what is wrong before what is by rule.
    pub(super) fn doubt(&self) -> Option<Doubt> {
        let of = |wanted: fn(Doubt) -> bool| self.dates().find_map(|dated| dated.doubt.filter(|doubt| wanted(*doubt)));
        of(Doubt::is_warning).or_else(|| of(|_| true))
    }
}

impl Side {
    fn write(&self, into: &mut Canonical<'_>) {
        match self {
            Self::At(dated) => dated.write_side(into),
            Self::Open => into.push(".."),
            Self::Unknown => {}
        }
    }
}
