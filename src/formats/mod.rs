//! Files into events: one file of code a format, found by content first and by name second.
//!
//! A reader passes each event on as it reads it and writes in the ledger what became of every row. Nothing here draws,
//! keeps events, or guesses in silence: what was recognised, and as what, stands in the ledger's first note.

mod aeon;
mod archive;
mod calendar;
mod choice;
mod chronozoom;
mod context;
mod dates;
mod delimited;
mod draft;
mod encoding;
mod error;
mod events;
mod expand;
mod forensic;
mod front_matter;
mod guarded;
mod headed;
mod html;
mod input;
mod json;
mod known;
mod links;
mod markwhen;
pub mod native;
mod options;
mod order;
mod parts;
mod periodo;
mod pieces;
mod preview;
mod progress;
mod raw;
mod rejected;
mod roles;
mod sheet;
mod simile;
mod table;
mod timeline_project;
mod timelinejs;
mod vis;
mod xml;
mod yaml;
mod zones;

use std::path::Path;

pub use choice::{Remembered, TableChoice, TableLayout, header_key};
pub use context::Context;
pub use error::FormatError;
pub use expand::{expand, is_taken, listed};
pub use input::{DOCUMENT_LIMIT, HEAD_BYTES, Head, Input, TextReader, Watched};
pub use options::{ColumnMap, Field, ReadOptions};
pub use preview::{ORDERS, PreviewColumn, PreviewLayout, PreviewRow, TableHead, TablePreview, encodings, mapped};
pub use progress::{Progress, Silent};
pub use rejected::{RejectedRows, rejected_rows, rows_around};
pub use roles::KNOWN_TABLES;

use crate::model::{EventSink, FileLedger};

/// How sure a format is that a file is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is not.
    No,
    /// Its name says so, and nothing in it says otherwise.
    Name,
    /// Its content has the shape; a more particular format may claim it.
    Shape,
    /// Its content and its name both say so.
    Likely,
    /// It bears a mark that only this format has.
    Certain,
}

/// A kind of file that can be read.
pub trait Format: Sync {
    /// The name for `--format`: short, in lower case.
    fn name(&self) -> &'static str;
    /// The name for people.
    fn label(&self) -> &'static str;
    /// Endings of its files' names, without the dot, in lower case.
    fn endings(&self) -> &'static [&'static str];
    /// How sure it is that a file which begins so is its own.
    fn sniff(&self, head: &Head<'_>) -> Confidence;
    /// Reads the file: every event to the sink, what became of every row to the ledger.
    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError>;
}

/// Every format, the more particular before the more general.
pub fn all() -> &'static [&'static dyn Format] {
    &[
        &json::Native,
        // Event data, forensics, calendars.
        &events::Gdelt,
        &events::Icews,
        &events::IcewsQuads,
        &events::Acled,
        &events::UcdpGed,
        &forensic::PlasoLines,
        &forensic::TimesketchLines,
        &forensic::TimesketchCsv,
        &forensic::L2tCsv,
        &forensic::Tln,
        &forensic::BodyFile,
        &calendar::Calendar,
        &sheet::Xlsx,
        &sheet::Ods,
        // Other timeline programs.
        &timelinejs::TimelineJs,
        &timelinejs::OldTimelineJs,
        &timelinejs::TimelineJsSheet,
        &vis::Vis,
        &simile::SimileXml,
        &simile::SimileJson,
        &timeline_project::TimelineProject,
        &aeon::Aeon,
        &chronozoom::ChronoZoom,
        &periodo::PeriodO,
        &front_matter::FrontMatter,
        &markwhen::Markwhen,
        &yaml::Yaml,
        // What has no mark of its own.
        &json::JsonLines,
        &json::JsonList,
        &delimited::Delimited,
    ]
}

/// The format that is surest of a file, and how sure it is.
pub(crate) fn confidence_of(input: &Input<'_>) -> Result<(Confidence, &'static dyn Format), FormatError> {
    let bytes = input.head_bytes()?;
    let name = input.name().rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    let text = input::head_text(&bytes);
    let name = if input.is_packed() { name.strip_suffix(".gz").unwrap_or(&name) } else { &name };
    let head = Head::new(name, &bytes, &text, input.is_whole(&bytes));
    let mut best: (Confidence, &'static dyn Format) = (Confidence::No, all()[0]);
    for format in all() {
        let confidence = format.sniff(&head);
        if confidence > best.0 {
            best = (confidence, *format);
        }
    }
    Ok(best)
}

/// The name of the format that a file is recognised as; `None` where none is sure of it, or it cannot be read.
pub fn recognised(path: &Path) -> Option<&'static str> {
    let name = path.display().to_string();
    let input = Input::open(&name, path).ok()?;
    let (confidence, format) = confidence_of(&input).ok()?;
    (confidence > Confidence::No).then(|| format.name())
}

/// The format of that name.
fn by_name(name: &str) -> Result<&'static dyn Format, FormatError> {
    all().iter().find(|format| format.name().eq_ignore_ascii_case(name.trim())).copied().ok_or_else(|| FormatError::UnknownFormat {
        name: name.to_owned(),
        known: all().iter().map(|format| format.name()).collect::<Vec<_>>().join(", "),
    })
}

/// Reads one file: its events go to `sink`, in the order of the file; what became of its rows is the result.
///
/// An error means that the file as a whole gave nothing to rely on: what went to the sink before it is to be dropped.
pub fn read_file(path: &Path, options: &ReadOptions, sink: &mut dyn EventSink, progress: &dyn Progress) -> Result<FileLedger, FormatError> {
    let name = path.display().to_string();
    let input = Input::open(&name, path)?;
    read_input(&input, options, sink, progress)
}

/// Reads a file that is open already, as [`read_file`] does.
pub fn read_input(
    input: &Input<'_>,
    options: &ReadOptions,
    sink: &mut dyn EventSink,
    progress: &dyn Progress,
) -> Result<FileLedger, FormatError> {
    let mut ledger = FileLedger::new(input.name(), "");
    read_into(input, options, &mut ledger, sink, progress)?;
    Ok(ledger)
}

/// Reads a file into a ledger of the caller's.
fn read_into(
    input: &Input<'_>,
    options: &ReadOptions,
    ledger: &mut FileLedger,
    sink: &mut dyn EventSink,
    progress: &dyn Progress,
) -> Result<(), FormatError> {
    let format = match &options.format {
        Some(name) => by_name(name)?,
        None => match confidence_of(input)? {
            (Confidence::No, _) => return Err(unrecognised(input)),
            (_, format) => format,
        },
    };
    if let Some(encoding) = options.layout.encoding {
        input.force_encoding(encoding);
    }
    let format = roles::as_chosen(format, input, options);
    format.name().clone_into(&mut ledger.format);
    let mut context = Context::new(options, ledger, sink, progress, input.len());
    format.read(input, &mut context)?;
    dates::note_two_digit_years(ledger);
    progress.at(input.len(), input.len(), ledger.rows);
    Ok(())
}

/// The error for a file that no format knows, with what it looks like.
fn unrecognised(input: &Input<'_>) -> FormatError {
    let file = input.name().to_owned();
    let bytes = match input.head_bytes() {
        Ok(bytes) => bytes,
        Err(error) => return error,
    };
    if let Ok(Err(at)) = encoding::detect(&mut bytes.as_slice()) {
        return FormatError::NotText { file, at };
    }
    let text = input::head_text(&bytes);
    let trimmed = text.trim_start();
    if trimmed.is_empty() && input.is_whole(&bytes) {
        return FormatError::IsEmpty { file };
    }
    let hints = if trimmed.starts_with('<') {
        " It is XML or HTML, but none of the kinds that are known."
    } else if trimmed.starts_with(['{', '[']) {
        " It looks like JSON, but holds no list of records."
    } else {
        " It is text, but neither a table with a header nor any other kind that is known."
    };
    FormatError::NotRecognised { file, hints: hints.to_owned() }
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
pub(crate) mod testing;
