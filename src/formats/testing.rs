//! What the tests of every format share: a sink that keeps what it is given, and the first promise as a check.

use super::{FormatError, Input, ReadOptions, Silent, read_input};
use crate::model::{Event, EventSink, FileLedger, Ledger, Tables};
use crate::store::{EventId, EventStore, StoreBuilder};

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

impl Shown {
    fn of(event: &Event<'_>, line: u32) -> Self {
        Self {
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
        }
    }
}

impl EventSink for Kept {
    fn event(&mut self, event: &Event<'_>, line: u32) {
        self.events.push((event.title.to_string(), line));
        self.shown.push(Shown::of(event, line));
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

/// Reads a text into a store, which takes large files in pieces, and into a sink that takes events one by one; checks that both give the same, but for the ids, which the
/// store makes unique: those are for `ids` to compare.
pub(crate) fn same_in_pieces(name: &str, text: &str, ids: impl Fn(&Shown, &Shown)) -> EventStore {
    let mut builder = StoreBuilder::default();
    builder.begin_file(name.into());
    let in_pieces = read_input(&Input::from_bytes(name, text.as_bytes()), &ReadOptions::default(), &mut builder, &Silent).unwrap();
    let store = builder.finish(Ledger { files: vec![in_pieces.clone()] });
    let (one_by_one, kept) = read(name, text);
    assert_eq!((in_pieces.rows, in_pieces.plotted, in_pieces.undated), (one_by_one.rows, one_by_one.plotted, one_by_one.undated));
    assert_eq!((in_pieces.problems, in_pieces.problems_total), (one_by_one.problems, one_by_one.problems_total));
    let mut by_line: Vec<EventId> = (0..store.len() as u32).map(EventId).collect();
    by_line.sort_by_key(|&event| store.origin(event).line);
    assert_eq!(by_line.len(), kept.shown.len());
    for (&event, shown) in by_line.iter().zip(&kept.shown) {
        let mut stored = Shown::of(&store.record(event), store.origin(event).line);
        ids(&stored, shown);
        stored.id.clone_from(&shown.id);
        assert_eq!(&stored, shown);
        let actors: Vec<&str> = store.actors(event).iter().map(|&actor| store.names().actors.get(actor)).collect();
        assert_eq!(actors, shown.actors.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
    }
    store
}
