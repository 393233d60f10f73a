//! The filter language: words, "phrases", `field:value`, `-`, `or`, parentheses, dates, counts.
//!
//! ```text
//! query     = [ choice ]
//! choice    = all { ( "or" | "|" ) all }
//! all       = part { [ "and" ] part }              all must hold
//! part      = [ "-" ] ( "(" choice ")" | condition | word | phrase )
//! condition = field ( ":" | "=" ) value { "," value }   holds : is the whole text =
//!           | ( "after" | "before" | "on" | "during" ) ":" date
//!           | ( "status" | "precision" | "has" ) ":" name { "," name }
//!           | ( "sources" | "actors" | "tags" | "quotes" | "links" ) ( "=" | "<" | ">" | "<=" | ">=" ) number
//!           | "undated"
//! field     = "actor" | "kind" | … | "field." name
//! value     = word | phrase
//! phrase    = '"' any text, with \" for a quotation mark '"'
//! ```
//!
//! `docs/query.md` says the same in words, with examples that a test runs. The command line's `--filter`, the window's search box and its facets all read and write this language; a query keeps its values as
//! written, and prints to a text that reads back to the same. Nothing here knows how a query is typed or shown.

mod complete;
mod edit;
mod error;
mod eval;
mod field;
mod parse;
mod print;
mod ready;
#[cfg(test)]
mod tests;

pub use complete::{Completing, completing};
pub use edit::Chosen;
pub use error::QueryError;
pub use field::{Compare, Counted, Field, Has, PRECISION_NAMES, Relation};
pub use print::quoted_value;

use crate::model::Status;
use crate::time::Precision;

/// A filter that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// `None` lets everything through.
    root: Option<Node>,
}

/// A part of a query. Made by [`Node::all`], [`Node::any`] and [`Node::not`] alone, which keep one form for one meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    /// All of at least two; none of them `All`.
    All(Vec<Node>),
    /// One of at least two; none of them `Any`.
    Any(Vec<Node>),
    /// Not a `Not`.
    Not(Box<Node>),
    Test(Test),
}

/// A condition. Lists are of alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    /// A text of the field holds one of the values; with `whole`, is one.
    Text {
        field: Field,
        whole: bool,
        values: Vec<String>,
    },
    /// The same of a field that the program has no name for.
    Further {
        name: String,
        whole: bool,
        values: Vec<String>,
    },
    Status(Vec<Status>),
    Precision(Vec<Precision>),
    Has(Vec<Has>),
    Undated,
    Count {
        what: Counted,
        compare: Compare,
        number: u32,
    },
    Time(Relation, DateValue),
}

/// A date as written in a query, with its possible extent.
#[derive(Clone, Debug, PartialEq, Eq)]
struct DateValue {
    text: String,
    /// First millisecond of it.
    from_ms: i64,
    /// One past the last.
    to_ms: i64,
}

impl Query {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }
}

impl Node {
    /// All of them; `None` of none.
    fn all(parts: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            if let Self::All(inner) = part { flat.extend(inner) } else { flat.push(part) }
        }
        if flat.len() > 1 { Some(Self::All(flat)) } else { flat.pop() }
    }

    /// One of them; `None` of none.
    fn any(parts: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            if let Self::Any(inner) = part { flat.extend(inner) } else { flat.push(part) }
        }
        if flat.len() > 1 { Some(Self::Any(flat)) } else { flat.pop() }
    }

    /// The contrary.
    fn not(part: Self) -> Self {
        if let Self::Not(inner) = part { *inner } else { Self::Not(Box::new(part)) }
    }
}
