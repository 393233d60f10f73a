//! The filter language: words, "phrases", `field:value`, `-`, `after:` and `before:`.
//!
//! ```text
//! query  = { term }                    all terms must hold
//! term   = [ "-" ] ( field ":" value { "," value } | word | phrase )
//! phrase = '"' any text '"'
//! ```
//!
//! A word or phrase is looked for in every text of an event. Values of one field separated by commas are alternatives. Case and accents do not
//! matter. The command line's `--filter` and the window's search box read the same language.

mod eval;
mod parse;

use crate::time::DateError;

/// A filter that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

/// One condition of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    negated: bool,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    /// Folded text that some text of the event holds.
    Anywhere(String),
    /// Folded texts, one of which the field holds.
    In(Field, Vec<String>),
    /// Some of the event's possible extent lies at or after this time.
    After(i64),
    /// The event can have begun before this time.
    Before(i64),
}

/// A field that a filter can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// An actor's name.
    Actor,
    /// An actor's role.
    Role,
    /// A kind's id or label.
    Kind,
    /// A place.
    Place,
    /// A source's id, title, publisher or author.
    Source,
    /// A tag.
    Tag,
    /// A status.
    Status,
    /// The title.
    Title,
    /// A supporting sentence.
    Sentence,
    /// The words that gave a date.
    Phrase,
    /// A note.
    Note,
    /// An address.
    Url,
    /// The id.
    Id,
}

impl Field {
    /// Every field with its name.
    pub const ALL: [(Self, &'static str); 13] = [
        (Self::Actor, "actor"),
        (Self::Role, "role"),
        (Self::Kind, "kind"),
        (Self::Place, "place"),
        (Self::Source, "source"),
        (Self::Tag, "tag"),
        (Self::Status, "status"),
        (Self::Title, "title"),
        (Self::Sentence, "sentence"),
        (Self::Phrase, "phrase"),
        (Self::Note, "note"),
        (Self::Url, "url"),
        (Self::Id, "id"),
    ];

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, own)| own.eq_ignore_ascii_case(name)).map(|(field, _)| field)
    }
}

/// A filter that cannot be read: what is wrong, and at which character, counted from 1.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum QueryError {
    /// A quotation mark without its partner.
    #[error("character {at}: this quotation mark is not closed; add another \" after the phrase")]
    OpenQuote {
        /// The character, from 1.
        at: usize,
    },
    /// A field that does not exist.
    #[error(
        "character {at}: there is no field \"{name}\"; fields are actor, role, kind, place, source, tag, status, title, sentence, phrase, note, url, id, after and before (put text with a colon in quotation marks)"
    )]
    UnknownField {
        /// The character, from 1.
        at: usize,
        /// The name as written.
        name: String,
    },
    /// Nothing after the colon.
    #[error("character {at}: \"{field}:\" needs a value after the colon")]
    NoValue {
        /// The character, from 1.
        at: usize,
        /// The field.
        field: String,
    },
    /// A minus sign with nothing to leave out.
    #[error("character {at}: this minus sign stands alone; write the word to leave out right after it")]
    LoneMinus {
        /// The character, from 1.
        at: usize,
    },
    /// A status that does not exist.
    #[error("character {at}: \"{name}\" is not a status; statuses are confirmed, reported, claimed, denied, disputed and false")]
    UnknownStatus {
        /// The character, from 1.
        at: usize,
        /// The name as written.
        name: String,
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
    /// The character that it is about, from 1.
    pub fn at(&self) -> usize {
        match self {
            Self::OpenQuote { at }
            | Self::UnknownField { at, .. }
            | Self::NoValue { at, .. }
            | Self::LoneMinus { at }
            | Self::UnknownStatus { at, .. }
            | Self::BadDate { at, .. } => *at,
        }
    }
}

impl Query {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}
