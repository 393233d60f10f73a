//! The native file: every field, known or not, and the tables beside the events.

use std::io::Write;

use super::event::{self, Names};
use super::json::Json;
use super::tables::{self, Merged};
use super::{Lost, Selection, WriteError, Writer};
use crate::formats::Progress;

/// The native file.
pub(super) struct Native;

/// The names of one file's events in the merged tables.
struct OfFile<'m> {
    merged: &'m Merged,
    file: u32,
}

impl Names for OfFile<'_> {
    fn actor<'a>(&'a self, name: &'a str) -> &'a str {
        self.merged.actor(name)
    }

    fn actor_named<'a>(&'a self, reference: &'a str) -> &'a str {
        self.merged.actor_named(reference)
    }

    fn source<'a>(&'a self, reference: &'a str) -> &'a str {
        self.merged.source(self.file, reference)
    }
}

impl Writer for Native {
    fn name(&self) -> &'static str {
        "chronolane"
    }

    fn label(&self) -> &'static str {
        "Chronolane (JSON)"
    }

    fn ending(&self) -> &'static str {
        "json"
    }

    fn write(&self, selection: &Selection<'_>, out: &mut dyn Write, progress: &dyn Progress) -> Result<Lost, WriteError> {
        let mut lost = Lost::default();
        let merged = Merged::of(selection.store, &mut lost);
        let mut json = Json::default();
        out.write_all(b"{\n\"chronolane\": 1")?;
        for (key, text) in [("title", &merged.title), ("description", &merged.description)] {
            if !text.is_empty() {
                out.write_all(b",\n")?;
                json.field(key, text);
                json.take(out)?;
            }
        }
        for field in &merged.further {
            out.write_all(b",\n")?;
            json.key(&field.name);
            tables::value(&mut json, &field.value);
            json.take(out)?;
        }
        for (key, rows) in merged.rows() {
            if rows.is_empty() {
                continue;
            }
            write!(out, ",\n\"{key}\": [")?;
            for (at, mut row) in rows.into_iter().enumerate() {
                out.write_all(if at == 0 { b"\n  " } else { b",\n  " })?;
                row.take(out)?;
            }
            out.write_all(b"\n]")?;
        }
        out.write_all(b",\n\"events\": [")?;
        let mut is_first = true;
        selection.each(progress, (0, 1), |id, event| {
            let names = OfFile { merged: &merged, file: selection.store.origin(id).file };
            event::write(&mut json, event, &names, selection.has_ambiguous);
            out.write_all(if std::mem::take(&mut is_first) { b"\n  " } else { b",\n  " })?;
            json.take(out)
        })?;
        out.write_all(b"\n]\n}\n")?;
        Ok(lost)
    }
}
