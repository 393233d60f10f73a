//! The JSON family: the native file, JSON Lines, and any list of flat objects.

mod actor_names;
mod lines;
mod list;
mod loose;
mod native;
mod object;
mod outline;
mod plain;
mod record;
mod rows;
mod shape;
mod tables;

pub use lines::JsonLines;
pub use list::JsonList;
pub(crate) use list::read_list;
pub(super) use list::{first_of_list, with_list};
pub use native::Native;
pub(in crate::formats) use outline::Span;

pub(crate) use lines::{line_key, line_rows};
pub(crate) use loose::{Loose, evidence_of, linked_sources};
pub(crate) use object::{Listed, Object, each_object, scalar_text};
pub(crate) use record::is_known;
pub(super) use rows::key_of;
pub(crate) use shape::top_keys;

use super::FormatError;

/// Says what is wrong with a document, and where.
pub(crate) fn broken_document(file: &str, text: &str) -> FormatError {
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Err(error) => broken(file, &error),
        Ok(_) => FormatError::NoRecords { file: file.to_owned(), message: "this JSON is not an object with a list of records.".to_owned() },
    }
}

/// Words an error of the JSON parser.
fn broken(file: &str, error: &serde_json::Error) -> FormatError {
    FormatError::BrokenDocument {
        file: file.to_owned(),
        format: "JSON",
        line: error.line() as u64,
        column: error.column() as u64,
        message: message_of(error),
    }
}

/// What the JSON parser says, without the place.
fn message_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod native_tests;
