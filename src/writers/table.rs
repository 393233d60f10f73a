//! Tables: CSV and TSV with the flat native header and a column for every further field.
//!
//! No cell begins with a sign that a spreadsheet takes for a formula: an apostrophe stands before it, which the reader of a native header takes off again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use super::dates::of_event;
use super::tables::{cited, lost_beside_events};
use super::{Lost, Selection, WriteError, Writer};
use crate::formats::{Field, Progress, native};
use crate::model::{Event, Value};
use crate::store::EventStore;
use crate::time::Shape;

/// A table with cells between delimiters.
pub(super) struct Table {
    name: &'static str,
    label: &'static str,
    delimiter: u8,
}

/// Cells between commas.
pub(super) const CSV: Table = Table { name: "csv", label: "Table (CSV)", delimiter: b',' };
/// Cells between tabs.
pub(super) const TSV: Table = Table { name: "tsv", label: "Table (TSV)", delimiter: b'\t' };

/// Columns for further fields; rows that have others lose them.
const COLUMNS_MOST: usize = 4000;

impl Writer for Table {
    fn name(&self) -> &'static str {
        self.name
    }

    fn label(&self) -> &'static str {
        self.label
    }

    fn ending(&self) -> &'static str {
        self.name
    }

    fn write(&self, selection: &Selection<'_>, out: &mut dyn Write, progress: &dyn Progress) -> Result<Lost, WriteError> {
        let mut lost = Lost::default();
        lost_beside_events(selection, false, &mut lost);
        let columns = Columns::of(selection, progress)?;
        let mut table = csv::WriterBuilder::new().delimiter(self.delimiter).flexible(true).from_writer(out);
        let written = |error: csv::Error| match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        };
        let header = Field::ALL.iter().map(|field| field.name()).chain(columns.names.iter().map(String::as_str));
        table.write_record(header.map(|name| native::protected(name).into_owned())).map_err(written)?;
        let mut cells: Vec<Vec<u8>> = Vec::new();
        selection.each(progress, (1, 2), |_, event| {
            cells.clear();
            flat(selection, event, &mut cells, &mut lost);
            columns.put(event, &mut cells, &mut lost);
            table.write_record(&cells).map_err(written)
        })?;
        table.flush()?;
        Ok(lost)
    }
}

/// The columns of further fields.
struct Columns {
    names: Vec<String>,
    index: HashMap<String, usize>,
}

impl Columns {
    /// Those that the events need, in the order in which they are first met.
    fn of(selection: &Selection<'_>, progress: &dyn Progress) -> Result<Self, WriteError> {
        let mut columns = Self { names: Vec::new(), index: HashMap::new() };
        selection.each(progress, (0, 2), |_, event| {
            for field in &event.further {
                if !columns.index.contains_key(field.name.as_ref()) && columns.names.len() < COLUMNS_MOST {
                    columns.index.insert(field.name.to_string(), columns.names.len());
                    let is_taken = |name: &str| Field::ALL.iter().any(|own| own.name() == name);
                    let name = if is_taken(&field.name) { format!("{} (2)", field.name) } else { field.name.to_string() };
                    columns.names.push(name);
                }
            }
            Ok(())
        })?;
        Ok(columns)
    }

    fn put(&self, event: &Event<'_>, cells: &mut Vec<Vec<u8>>, lost: &mut Lost) {
        let first = cells.len();
        cells.resize(first + self.names.len(), Vec::new());
        for field in &event.further {
            let Some(cell) = self.index.get(field.name.as_ref()).and_then(|at| cells.get_mut(first + at)).filter(|cell| cell.is_empty())
            else {
                lost.add("further fields without a column of their own are not written", 1);
                continue;
            };
            let text = match &field.value {
                Value::Text(text) | Value::Json(text) => text,
            };
            cell.extend_from_slice(native::protected(text).as_bytes());
        }
    }
}

/// The cells of the flat header, in its order.
fn flat(selection: &Selection<'_>, event: &Event<'_>, cells: &mut Vec<Vec<u8>>, lost: &mut Lost) {
    let store = selection.store;
    let date = of_event(event, selection.has_ambiguous);
    lost.add_if(date.stood.is_some(), "dates are written as they were understood, since their text alone can be read two ways");
    let (when, end) = if date.end.is_empty() { in_two(event, &date.text) } else { (date.text.as_ref(), date.end) };
    let first = event.evidence.first();
    let cited = first.map(|evidence| cited(store, evidence));
    lost.add("sentences and sources after an event's first are not written", event.evidence.len().saturating_sub(1));
    if let Some(evidence) = first {
        lost.add_if(!evidence.locator.is_empty(), "places within a source (page, paragraph) are not written");
        lost.add_if(evidence.when.is_some() || !evidence.when_text.is_empty(), "dates that a source gives otherwise are not written");
        lost.add("further fields of sentences are not written", evidence.further.len());
    }
    lost.add("links to other events are not written", event.links.len());
    let of_source = |take: fn(&super::tables::Cited<'_>) -> String| cited.as_ref().map(take).unwrap_or_default();
    for field in Field::ALL {
        let text: Cow<'_, str> = match field {
            Field::Id => Cow::Borrowed(&event.id),
            Field::When => Cow::Borrowed(when),
            Field::End => Cow::Borrowed(end),
            Field::Title => Cow::Borrowed(&event.title),
            Field::Kind => Cow::Owned(kind_label(store, &event.kind)),
            Field::Actors => Cow::Owned(actors(event, lost)),
            Field::Place => Cow::Borrowed(&event.place),
            Field::Status => Cow::Borrowed(event.status.map_or("", crate::model::Status::name)),
            Field::Sentence => first.map_or(Cow::Borrowed(""), |evidence| Cow::Borrowed(&evidence.quote)),
            Field::Source => Cow::Owned(of_source(|cited| cited.title.to_string())),
            Field::Url => Cow::Owned(of_source(|cited| cited.url.to_string())),
            Field::Published => Cow::Owned(of_source(|cited| cited.published.to_string())),
            Field::Phrase => first.map_or(Cow::Borrowed(""), |evidence| Cow::Borrowed(&evidence.phrase)),
            Field::Tags => Cow::Owned(listed(&event.tags, lost)),
            Field::Note => Cow::Borrowed(&event.note),
        };
        cells.push(native::protected(&text).as_bytes().to_vec());
    }
}

/// A start and an end in two cells, where a date has both in plain form.
fn in_two<'t>(event: &Event<'_>, text: &'t str) -> (&'t str, &'t str) {
    let lasted = event.when.as_ref().is_some_and(|when| when.reading.shape == Shape::Duration && when.canonical() == text);
    match text.split_once('/') {
        Some((start, end)) if lasted && !start.is_empty() && !end.is_empty() && start != ".." && end != ".." && start != end => {
            (start, end)
        }
        _ => (text, ""),
    }
}

fn kind_label(store: &EventStore, kind: &str) -> String {
    store.names().kinds.find(kind).map_or_else(|| kind.to_owned(), |id| store.kind_label(id).to_owned())
}

fn actors(event: &Event<'_>, lost: &mut Lost) -> String {
    let mut text = String::new();
    for actor in &event.actors {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(&actor.name);
        lost.add_if(actor.name.contains(';'), "names with a semicolon will be read as several");
        if actor.role.is_empty() {
            lost.add_if(native::has_role(&actor.name), "names that end in brackets will be read as a name with a role");
        } else {
            text.push_str(" (");
            text.push_str(&actor.role);
            text.push(')');
        }
    }
    text
}

fn listed(tags: &[Cow<'_, str>], lost: &mut Lost) -> String {
    lost.add("tags with a semicolon will be read as several", tags.iter().filter(|tag| tag.contains(';')).count());
    tags.join("; ")
}
