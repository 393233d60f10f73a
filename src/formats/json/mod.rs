//! The JSON family: the native file, JSON Lines, and any list of flat objects.

mod lines;
mod list;
mod loose;
mod native;
mod plain;
mod record;
mod rows;
mod shape;

pub use lines::JsonLines;
pub use list::JsonList;
pub use native::Native;

pub(crate) use loose::{Loose, evidence_of};

use super::FormatError;
use super::context::line_number;

/// Words an error of the JSON parser for a document that begins at `line` of its file.
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

/// Counts the lines of a text up to places that are asked for in their order.
struct LineCounter<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl<'t> LineCounter<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line, from 1, of a part of the same text.
    fn line_of(&mut self, part: &str) -> u32 {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        if offset > self.at {
            let passed = &self.text.as_bytes()[self.at..offset];
            let feeds = memchr::memchr_iter(b'\n', passed).count();
            self.line += if feeds == 0 { memchr::memchr_iter(b'\r', passed).count() } else { feeds } as u64;
            self.at = offset;
        }
        line_number(self.line)
    }
}

#[cfg(test)]
mod native_tests;
