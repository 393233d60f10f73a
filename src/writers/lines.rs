//! JSON Lines: an event a line, with the native fields. Sources go by their titles, since no table stands beside them.

use std::borrow::Cow;
use std::io::Write;

use super::event::{self, Names};
use super::json::Json;
use super::tables::{cited, lost_beside_events};
use super::{Lost, Selection, WriteError, Writer};
use crate::formats::Progress;

/// JSON Lines.
pub(super) struct JsonLines;

/// Everything goes by its own name.
struct Plain;

impl Names for Plain {
    fn actor<'a>(&'a self, name: &'a str) -> &'a str {
        name
    }

    fn actor_named<'a>(&'a self, reference: &'a str) -> &'a str {
        reference
    }

    fn source<'a>(&'a self, reference: &'a str) -> &'a str {
        reference
    }
}

impl Writer for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn label(&self) -> &'static str {
        "JSON Lines"
    }

    fn ending(&self) -> &'static str {
        "jsonl"
    }

    fn write(&self, selection: &Selection<'_>, out: &mut dyn Write, progress: &dyn Progress) -> Result<Lost, WriteError> {
        let mut lost = Lost::default();
        lost_beside_events(selection, false, &mut lost);
        let mut json = Json::default();
        let store = selection.store;
        selection.each(progress, (0, 1), |id, event| {
            let mut event = event.clone();
            if let Some(kind) = store.kind(id) {
                event.kind = Cow::Borrowed(store.kind_label(kind));
            }
            for evidence in &mut event.evidence {
                let cited = cited(store, evidence);
                let (title, url, published) = (cited.title.into_owned(), cited.url.into_owned(), cited.published.into_owned());
                (evidence.source, evidence.url, evidence.published) = (title.into(), url.into(), published.into());
            }
            event::write(&mut json, &event, &Plain, selection.has_ambiguous);
            json.take(out)?;
            out.write_all(b"\n")
        })?;
        Ok(lost)
    }
}
