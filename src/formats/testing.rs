//! What the tests of every format share: a sink that keeps what it is given, and the first promise as a check.

use super::{FormatError, Input, ReadOptions, Silent, read_input};
use crate::model::{Event, EventSink, FileLedger, Tables};

/// Keeps every event, owning its text, with its line.
#[derive(Default)]
pub(crate) struct Kept {
    pub events: Vec<(String, u32)>,
    pub tables: Option<Tables>,
    /// Titles, actors, places and so on of each event as one line of text.
    pub shown: Vec<Shown>,
}

/// What a test asks of an event.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Shown {
    pub id: String,
    pub when: String,
    pub when_text: String,
    pub dated: bool,
    pub title: String,
    pub kind: String,
    pub actors: Vec<(String, String)>,
    pub place: String,
    pub status: String,
    pub tags: Vec<String>,
    /// quote, source, url, published, phrase
    pub evidence: Vec<[String; 5]>,
    pub note: String,
    pub further: Vec<(String, String)>,
    pub line: u32,
}

impl EventSink for Kept {
    fn event(&mut self, event: &Event<'_>, line: u32) {
        self.events.push((event.title.to_string(), line));
        self.shown.push(Shown {
            id: event.id.to_string(),
            when: event.when.as_ref().map(|when| when.canonical().to_owned()).unwrap_or_default(),
            when_text: event.when.as_ref().map_or(event.when_text.to_string(), |when| when.text.to_string()),
            dated: event.stands_on_axis(),
            title: event.title.to_string(),
            kind: event.kind.to_string(),
            actors: event.actors.iter().map(|actor| (actor.name.to_string(), actor.role.to_string())).collect(),
            place: event.place.to_string(),
            status: event.status.map(|status| status.name().to_owned()).unwrap_or_default(),
            tags: event.tags.iter().map(ToString::to_string).collect(),
            evidence: event
                .evidence
                .iter()
                .map(|one| [&one.quote, &one.source, &one.url, &one.published, &one.phrase].map(ToString::to_string))
                .collect(),
            note: event.note.to_string(),
            further: event.further.iter().map(|field| (field.name.to_string(), field.value.as_text().to_owned())).collect(),
            line,
        });
    }

    fn tables(&mut self, tables: Tables) {
        assert!(self.tables.is_none(), "tables came twice");
        self.tables = Some(tables);
    }
}

/// Reads bytes under a name, and checks that no row vanished.
pub(crate) fn read_with(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<(FileLedger, Kept), FormatError> {
    let mut kept = Kept::default();
    let ledger = read_input(&Input::from_bytes(name, bytes), options, &mut kept, &Silent)?;
    assert_eq!(ledger.rows, ledger.plotted + ledger.undated + ledger.rejected);
    assert_eq!(ledger.rows, kept.shown.len() as u64 + ledger.rejected);
    assert_eq!(ledger.plotted, kept.shown.iter().filter(|event| event.dated).count() as u64);
    let troubled = ledger.problems.iter().filter(|problem| problem.severity == crate::model::Severity::Error).count() as u64;
    if ledger.problems_total < FileLedger::PROBLEMS_KEPT as u64 {
        assert!(troubled >= ledger.undated + ledger.rejected, "each undated or rejected row is explained: {:?}", ledger.problems);
    }
    Ok((ledger, kept))
}

/// Reads text under a name as the file itself says.
pub(crate) fn read(name: &str, text: &str) -> (FileLedger, Kept) {
    read_with(name, text.as_bytes(), &ReadOptions::default()).unwrap()
}
