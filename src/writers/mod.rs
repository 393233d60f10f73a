//! Events into files: one file of code a format that is written.
//!
//! A writer takes the events of a store one by one, in the order of their files, and puts them out as they come: what it writes is never in memory as a whole. What its format has
//! no place for is counted in [`Lost`], so that whoever saves can say so. Nothing here reads a file or asks where to save.

mod calendar;
mod dates;
mod event;
mod json;
mod lines;
mod lost;
mod markdown;
mod native;
mod selection;
mod table;
mod tables;
mod timelinejs;
mod vis;

use std::io::{self, Write};
use std::path::Path;

pub use lost::Lost;
pub use selection::Selection;

use crate::formats::Progress;
use crate::model::TextLost;

/// A kind of file that can be written.
pub trait Writer: Sync {
    /// The name for `--to`: short, in lower case.
    fn name(&self) -> &'static str;
    /// The name for people.
    fn label(&self) -> &'static str;
    /// The ending of its files' names, without the dot.
    fn ending(&self) -> &'static str;
    /// Whether it is read from top to bottom, so that events come in the order of time; else they come as in their files.
    fn is_by_time(&self) -> bool {
        false
    }
    /// Writes the selected events. Gives what the format had no place for.
    fn write(&self, selection: &Selection<'_>, out: &mut dyn Write, progress: &dyn Progress) -> Result<Lost, WriteError>;
}

/// Why events could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output takes no more.
    #[error("the output could not be written ({0})")]
    Output(#[from] io::Error),
    /// The user stopped it.
    #[error("saving was cancelled; nothing was written")]
    Cancelled,
    /// A large file was changed while its text was read again.
    #[error(transparent)]
    Changed(#[from] TextLost),
}

/// Every format that is written. Of those with the same ending the first is meant by it.
pub fn all() -> &'static [&'static dyn Writer] {
    &[
        &native::Native,
        &lines::JsonLines,
        &table::CSV,
        &table::TSV,
        &calendar::Calendar,
        &markdown::Markdown,
        &timelinejs::TimelineJs,
        &vis::Vis,
    ]
}

/// The writer of that name.
pub fn by_name(name: &str) -> Option<&'static dyn Writer> {
    all().iter().copied().find(|writer| writer.name().eq_ignore_ascii_case(name.trim()))
}

/// The writer that the ending of a file's name asks for.
pub fn for_path(path: &Path) -> Option<&'static dyn Writer> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    let ending = match ending.as_str() {
        "ndjson" => "jsonl",
        "markdown" => "md",
        "tab" => "tsv",
        other => other,
    };
    all().iter().copied().find(|writer| writer.ending() == ending)
}
