//! The selected event as a session keeps it: by file and id, with title and date for files whose ids are made from their lines.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::store::{EventId, EventStore};

/// An event by what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedEvent {
    /// Which of the session's files, from 0.
    pub file: usize,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its date in EDTF or as a timestamp; empty where it is undated.
    pub when: String,
}

impl SavedEvent {
    /// What is said of an event.
    pub fn of(store: &EventStore, event: EventId) -> Self {
        Self {
            file: store.origin(event).file as usize,
            id: store.id_text(event).to_owned(),
            title: store.title_text(event).to_owned(),
            when: store.canonical(event).to_owned(),
        }
    }

    /// The event in a store, where its file, or the archive that holds it, is now at `path`: the one with its id in that file if title or date is the same too, else one with the same title and date.
    pub fn find(&self, store: &EventStore, path: &Path) -> Option<EventId> {
        let in_file = |event: &EventId| store.files().get(store.origin(*event).file as usize).is_some_and(|file| file.starts_with(path));
        let same_title = |event: &EventId| store.title_text(*event) == self.title;
        let same_date = |event: &EventId| store.canonical(*event) == self.when;
        let start_ms = store.placed(&self.when).map(|reading| reading.extent.earliest_start);
        let by_id = start_ms.and_then(|start_ms| store.find_at(start_ms, &self.id)).or_else(|| store.find_id(&self.id));
        if let Some(event) = by_id.filter(|event| in_file(event) && (same_title(event) || same_date(event))) {
            return Some(event);
        }
        let range = match start_ms {
            Some(start_ms) => store.starting_at(start_ms),
            None => store.dated() as u32..store.len() as u32,
        };
        range.map(EventId).find(|event| in_file(event) && same_title(event) && same_date(event))
    }
}
