//! What can be wrong with a filter, at which character, and what to do about it.

use crate::time::DateError;

/// A filter that cannot be read: what is wrong, and at which character, counted from 1.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum QueryError {
    /// A quotation mark without its partner.
    #[error("character {at}: this quotation mark is not closed; add another \" after the phrase")]
    OpenQuote {
        /// The character, from 1.
        at: usize,
    },
    /// Nothing between two quotation marks.
    #[error("character {at}: nothing stands between these quotation marks; write what to look for, or take them out")]
    EmptyPhrase {
        /// The character, from 1.
        at: usize,
    },
    /// A parenthesis without its partner.
    #[error("character {at}: this parenthesis is not closed; add another ) after what belongs together")]
    OpenGroup {
        /// The character, from 1.
        at: usize,
    },
    /// A closing parenthesis without its partner.
    #[error("character {at}: no parenthesis was opened for this one; take it out, or put text with parentheses in quotation marks")]
    LoneClose {
        /// The character, from 1.
        at: usize,
    },
    /// Nothing within parentheses.
    #[error("character {at}: nothing stands within these parentheses; write what to look for, or take them out")]
    EmptyGroup {
        /// The character, from 1.
        at: usize,
    },
    /// Parentheses within parentheses, too many deep.
    #[error("character {at}: parentheses stand more than {most} deep here; take some out")]
    TooDeep {
        /// The character, from 1.
        at: usize,
        /// How deep they may stand.
        most: usize,
    },
    /// `or` or `and` with nothing at one side.
    #[error(
        "character {at}: \"{word}\" needs something to look for at both sides (to look for the word itself, put it in quotation marks)"
    )]
    LoneConnective {
        /// The character, from 1.
        at: usize,
        /// The word.
        word: String,
    },
    /// A field that does not exist.
    #[error(
        "character {at}: there is no field \"{name}\"; fields are actor, role, kind, place, source, tag, status, text, title, quote, phrase, note, url, id, precision, has, after, before, on and during; a column of your own is asked as field.{name}: (put text with a colon in quotation marks)"
    )]
    UnknownField {
        /// The character, from 1.
        at: usize,
        /// The name as written.
        name: String,
    },
    /// Nothing after the colon.
    #[error("character {at}: \"{field}\" needs a value here")]
    NoValue {
        /// The character, from 1.
        at: usize,
        /// The field with its sign.
        field: String,
    },
    /// A minus sign with nothing to leave out.
    #[error("character {at}: this minus sign stands alone; write the word to leave out right after it")]
    LoneMinus {
        /// The character, from 1.
        at: usize,
    },
    /// A value that is none of those that a field can have.
    #[error("character {at}: \"{name}\" is not a {what}; write one of {list}")]
    UnknownValue {
        /// The character, from 1.
        at: usize,
        /// The value as written.
        name: String,
        /// What it ought to be.
        what: &'static str,
        /// What there is.
        list: String,
    },
    /// A count that is compared with something other than a number.
    #[error("character {at}: \"{name}\" is compared with a whole number: {name}>=2")]
    NoNumber {
        /// The character, from 1.
        at: usize,
        /// What is counted.
        name: &'static str,
    },
    /// A date that cannot be read.
    #[error("character {at}: {error}")]
    BadDate {
        /// The character, from 1.
        at: usize,
        /// Why.
        error: DateError,
    },
}

impl QueryError {
    /// The character that it is about, from 1; one past the last where something is missing at the end.
    pub fn at(&self) -> usize {
        match self {
            Self::OpenQuote { at }
            | Self::EmptyPhrase { at }
            | Self::OpenGroup { at }
            | Self::LoneClose { at }
            | Self::EmptyGroup { at }
            | Self::TooDeep { at, .. }
            | Self::LoneConnective { at, .. }
            | Self::UnknownField { at, .. }
            | Self::NoValue { at, .. }
            | Self::LoneMinus { at }
            | Self::UnknownValue { at, .. }
            | Self::NoNumber { at, .. }
            | Self::BadDate { at, .. } => *at,
        }
    }
}
