//! The store: every event in immutable columns, ready to be counted, listed and looked up.
//!
//! Events are numbered by their earliest possible start, so an [`EventId`] is also a rank in time; undated events come after
//! all dated ones. The scene asks the store only four questions: which lanes ([`LaneIndex::lanes`]), how many events of a lane in each
//! bucket of a span ([`LaneIndex::buckets`]), which events of a lane meet a span ([`LaneIndex::events`]), and one event's full record
//! ([`EventStore::record`]). None of the first three touches text.

mod alike;
mod bits;
mod build;
mod columns;
mod dense;
mod facets;
mod fold;
mod fuzzy;
mod gaps;
mod intern;
mod lanes;
mod layout;
mod links;
mod pack;
mod phrases;
pub mod query;
mod related;
mod suggest;
mod survey;
mod text;
mod traits;
mod unpack;
mod words;
mod zone;

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

pub use alike::{ActorNames, actor_key};
pub use bits::EventSet;
pub use build::{Mark, RepeatedId, Stop, StoreBuilder};
pub use columns::{Column, further_names, ordered, tab_separated};
pub use dense::dense_window;
pub use facets::{Facet, FacetRow, FacetRows};
pub use fold::fold_text;
pub use fuzzy::Fuzzy;
pub use gaps::{Gap, long_gaps};
pub use intern::{NameId, Names};
pub use lanes::{GroupBy, Lane, LaneId, LaneIndex, NO_LANE_NAMES};
pub use query::{Query, QueryError};
pub use related::{Related, related};
pub use suggest::{AllCounts, Completion, completions};
pub use survey::{Repeats, Survey};
pub use words::WordIndex;

use crate::model::{Event, Ledger, Origin, RawText, Source, Status, Tables, TextFile, TextLost};
use crate::time::{Precision, Qualities, Shape, Zone};
use text::{Packed, TextPiece, TextReader, packed_at};
use traits::Traits;

/// An event of one store: its rank by earliest possible start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// The names that events share.
#[derive(Clone, Debug, Default)]
pub struct NameTables {
    /// Actors by their shown name.
    pub actors: Names,
    /// Kinds by their id.
    pub kinds: Names,
    /// Places.
    pub places: Names,
    /// Sources by id or plain name.
    pub sources: Names,
    /// Tags.
    pub tags: Names,
}

/// The fixed part of an event, without any text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brief {
    /// First millisecond at which it can have begun; `i64::MIN` where that is open.
    pub start_ms: i64,
    /// One past the last millisecond at which it can have been going on; `i64::MAX` where that is open.
    pub end_ms: i64,
    /// Its kind.
    pub kind: Option<NameId>,
    /// Its standing.
    pub status: Option<Status>,
    /// Moment or duration.
    pub shape: Shape,
    /// The unit it is known to.
    pub precision: Precision,
    /// Qualifiers, open ends, sets, zone.
    pub qualities: Qualities,
    /// Whether some of its evidence gives another date ([`EventStore::competing_dates`]).
    pub competing: bool,
}

/// All events of the opened files.
#[derive(Debug, Default)]
pub struct EventStore {
    starts_ms: Vec<i64>,
    ends_ms: Vec<i64>,
    kinds: Vec<u32>,
    qualities: Vec<u16>,
    /// Precision in the low nibble, [`DURATION`] and [`COMPETING`] above it.
    precisions: Vec<u8>,
    statuses: Vec<u8>,
    actor_offsets: Vec<u32>,
    actor_ids: Vec<NameId>,
    /// Where each record stands.
    text_at: Vec<u64>,
    texts: Vec<Arc<TextPiece>>,
    /// The files that `texts` are read from again, each once.
    text_files: Vec<Arc<TextFile>>,
    names: Arc<NameTables>,
    tables: Arc<Vec<Tables>>,
    ledger: Ledger,
    files: Vec<PathBuf>,
    /// The zone in which instants stand.
    zone: Zone,
    /// For each dated event its rank in the order of UTC; empty where that is its number.
    ranks: Vec<u32>,
    /// Found when first asked for.
    has_instants: OnceLock<bool>,
    /// Events by the hash of their id, made when the first link is followed.
    by_id: OnceLock<HashMap<u64, Vec<EventId>>>,
    /// For each id of a source's row: its file and its place in that file's table. Made when the first is asked for.
    source_rows: OnceLock<HashMap<Box<str>, (usize, usize)>>,
    /// The record that was read from its file last: a window asks for the same in every frame.
    last_record: Mutex<Option<(EventId, Event<'static>)>>,
    /// Which names mean the same actor, found when lanes are first made.
    alike: RwLock<Option<Arc<alike::Alike>>>,
    /// Found when first asked for.
    span_ms: OnceLock<Option<(i64, i64)>>,
    /// Made by [`EventStore::index_words`] once the events can be seen.
    words: OnceLock<WordIndex>,
    /// Made by [`EventStore::count_names`].
    counts: OnceLock<AllCounts>,
}

const NO_KIND: u32 = u32::MAX;

/// Set with a precision where the event lasted.
const DURATION: u8 = 0x10;
/// Set with a precision where some evidence gives another date.
const COMPETING: u8 = 0x20;

impl EventStore {
    /// How many events there are, dated and undated.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether there is no event.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// How many events stand on the axis; their ids are `0..dated()`.
    pub fn dated(&self) -> usize {
        self.starts_ms.len()
    }

    /// What became of every row.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The files, in the order in which they were opened.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// The tables of each file.
    pub fn tables(&self) -> &[Tables] {
        &self.tables
    }

    /// The title of the first file that has one.
    pub fn title(&self) -> Option<&str> {
        self.tables.iter().map(|tables| tables.title.as_str()).find(|title| !title.is_empty())
    }

    /// The description of the first file that has one.
    pub fn description(&self) -> Option<&str> {
        self.tables.iter().map(|tables| tables.description.as_str()).find(|words| !words.is_empty())
    }

    /// The shared names.
    pub fn names(&self) -> &NameTables {
        &self.names
    }

    /// The fixed part of a dated event; `None` for an undated one.
    pub fn brief(&self, event: EventId) -> Option<Brief> {
        let at = event.0 as usize;
        let kind = self.kinds[at];
        Some(Brief {
            start_ms: *self.starts_ms.get(at)?,
            end_ms: self.ends_ms[at],
            kind: (kind != NO_KIND).then_some(NameId(kind)),
            status: Status::from_code(self.statuses[at]),
            shape: if self.precisions[at] & DURATION == 0 { Shape::Moment } else { Shape::Duration },
            precision: PRECISIONS[usize::from(self.precisions[at] & 0x0f).min(PRECISIONS.len() - 1)],
            qualities: Qualities::from_bits(self.qualities[at]),
            competing: self.precisions[at] & COMPETING != 0,
        })
    }

    /// The first millisecond at which a dated event can have begun.
    pub fn start_ms(&self, event: EventId) -> Option<i64> {
        self.starts_ms.get(event.0 as usize).copied()
    }

    /// The kind of any event.
    pub fn kind(&self, event: EventId) -> Option<NameId> {
        self.kinds.get(event.0 as usize).copied().filter(|&kind| kind != NO_KIND).map(NameId)
    }

    /// The standing of any event.
    pub fn status(&self, event: EventId) -> Option<Status> {
        self.statuses.get(event.0 as usize).and_then(|&code| Status::from_code(code))
    }

    /// The distinct actors of an event, in the order of its row.
    pub fn actors(&self, event: EventId) -> &[NameId] {
        let at = event.0 as usize;
        match (self.actor_offsets.get(at), self.actor_offsets.get(at + 1)) {
            (Some(&from), Some(&to)) => &self.actor_ids[from as usize..to as usize],
            _ => &[],
        }
    }

    fn place(&self, event: EventId) -> u64 {
        self.text_at.get(event.0 as usize).copied().unwrap_or(u64::MAX)
    }

    /// What is in memory of an event's record.
    fn packed(&self, event: EventId) -> Packed<'_> {
        packed_at(&self.texts, self.place(event))
    }

    /// Reads many records, with their text from wherever it is.
    fn reader(&self) -> TextReader<'_> {
        TextReader::new(&self.texts)
    }

    /// The full record of an event: its text borrowed from the store, or read again from a large file. Where that file was changed since, what was not kept of it is empty, and
    /// [`EventStore::lost_text`] names it.
    pub fn record(&self, event: EventId) -> Event<'_> {
        let packed = self.packed(event);
        if !packed.raw.is_empty() || unpack::lent_span(packed).is_empty() {
            return unpack::unpack(packed, &self.names);
        }
        let mut last = self.last_record.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((of, record)) if *of == event => record.clone(),
            _ => {
                let record = unpack::unpack(self.reader().record(self.place(event)), &self.names).into_owned();
                *last = self.lost_text_of(event).is_none().then(|| (event, record.clone()));
                record
            }
        }
    }

    /// Takes the full records of many events one after the other, with their text from wherever it is, until `take` says false. Quickest where they follow each other as in their file.
    pub fn each_record(&self, events: &[EventId], mut take: impl FnMut(EventId, &Event<'_>) -> bool) {
        let mut reader = self.reader();
        for &event in events {
            if !take(event, &unpack::unpack(reader.record(self.place(event)), &self.names)) {
                return;
            }
        }
    }

    /// The participants of an event in the order of its row, each with its role.
    pub fn participants(&self, event: EventId) -> impl Iterator<Item = (NameId, &str)> {
        unpack::participants_in(self.packed(event))
    }

    /// The file of an event, where it was changed after it was opened and someone has looked: of its records only id, date, title and names are left.
    pub fn lost_text_of(&self, event: EventId) -> Option<TextLost> {
        text::file_at(&self.texts, self.place(event)).filter(|file| file.is_lost()).map(|file| TextLost::of(file.path()))
    }

    /// The first file that was changed after it was opened, as far as someone has looked.
    pub fn lost_text(&self) -> Option<TextLost> {
        self.text_files.iter().find(|file| file.is_lost()).map(|file| TextLost::of(file.path()))
    }

    /// The file and line at which an event stands.
    pub fn origin(&self, event: EventId) -> Origin {
        unpack::origin_in(self.packed(event))
    }

    /// The identifier of an event, unique in the store.
    pub fn id_text(&self, event: EventId) -> &str {
        unpack::id_in(self.packed(event))
    }

    /// The title of an event.
    pub fn title_text(&self, event: EventId) -> &str {
        unpack::title_in(self.packed(event))
    }

    /// The canonical date of an event; empty where it is undated.
    pub fn canonical(&self, event: EventId) -> &str {
        unpack::canonical_in(self.packed(event))
    }

    /// The dates that an event's evidence gives beside its own, in canonical form.
    pub fn competing_dates(&self, event: EventId) -> impl Iterator<Item = &str> {
        unpack::evidence_dates_in(self.packed(event))
    }

    /// The event with this identifier.
    pub fn find_id(&self, id: &str) -> Option<EventId> {
        self.by_id().get(&hash(id))?.iter().copied().find(|&event| self.id_text(event) == id)
    }

    /// The event with this identifier among those that can begin at this time: quicker than [`EventStore::find_id`], which first looks at all.
    pub fn find_at(&self, start_ms: i64, id: &str) -> Option<EventId> {
        self.starting_at(start_ms).map(EventId).find(|&event| self.id_text(event) == id)
    }

    /// The numbers of the events that can begin first at this time.
    pub fn starting_at(&self, start_ms: i64) -> std::ops::Range<u32> {
        let from = self.starts_ms.partition_point(|&start| start < start_ms);
        let to = self.starts_ms.partition_point(|&start| start <= start_ms);
        from as u32..to as u32
    }

    fn by_id(&self) -> &HashMap<u64, Vec<EventId>> {
        self.by_id.get_or_init(|| {
            let mut by_id: HashMap<u64, Vec<EventId>> = HashMap::with_capacity(self.len());
            for event in (0..self.len() as u32).map(EventId) {
                by_id.entry(hash(self.id_text(event))).or_default().push(event);
            }
            by_id
        })
    }

    /// The label of a kind: the tables' where they have one, else its id.
    pub fn kind_label(&self, kind: NameId) -> &str {
        let id = self.names.kinds.get(kind);
        let of_tables = self.tables.iter().flat_map(|tables| &tables.kinds).find(|row| row.id == id && !row.label.is_empty());
        of_tables.map_or(id, |row| &row.label)
    }

    /// What is known of a source that evidence names: the tables' row, or one made of the name alone.
    pub fn source(&self, reference: &str) -> Cow<'_, Source> {
        let rows = self.source_rows.get_or_init(|| {
            let mut rows = HashMap::new();
            for (file, tables) in self.tables.iter().enumerate() {
                for (row, source) in tables.sources.iter().enumerate() {
                    rows.entry(source.id.as_str().into()).or_insert((file, row));
                }
            }
            rows
        });
        match rows.get(reference).and_then(|&(file, row)| self.tables.get(file)?.sources.get(row)) {
            Some(source) => Cow::Borrowed(source),
            None => Cow::Owned(Source { id: reference.to_owned(), title: reference.to_owned(), ..Source::default() }),
        }
    }

    /// The span from the earliest start to the latest end that are known, `None` where no event is dated.
    pub fn span_ms(&self) -> Option<(i64, i64)> {
        *self.span_ms.get_or_init(|| {
            let known = |ms: &i64| *ms != i64::MIN && *ms != i64::MAX;
            let low = self.starts_ms.iter().chain(&self.ends_ms).copied().filter(known).min()?;
            let high = self.ends_ms.iter().chain(&self.starts_ms).copied().filter(known).max()?;
            Some((low, high.max(low.saturating_add(1))))
        })
    }

    /// Makes the search index, unless it is there or `stop` says so before it is done. Until then a search looks through all text. Takes time linear in the text, on all cores.
    pub fn index_words(&self, stop: &(dyn Fn() -> bool + Sync)) {
        if self.words.get().is_none()
            && let Some(index) = WordIndex::build(self, stop)
        {
            // Another thread may have been quicker; both made the same.
            let _ = self.words.set(index);
        }
    }

    /// What an event has, from the search index or, before that is made, from its record.
    fn traits(&self, event: EventId) -> Traits {
        let of_index = self.words.get().and_then(|index| index.traits(event));
        of_index.unwrap_or_else(|| Traits::of(self.packed(event)))
    }

    /// Counts the events of every name, unless that was done. Takes time linear in the events; less by the search index.
    pub fn count_names(&self) -> &AllCounts {
        self.counts.get_or_init(|| AllCounts::of(self))
    }

    /// The events of every name, once they are counted.
    pub fn name_counts(&self) -> Option<&AllCounts> {
        self.counts.get()
    }

    /// The search index, once it is made.
    pub fn words(&self) -> Option<&WordIndex> {
        self.words.get()
    }

    /// Bytes in memory of the records of all events and of the text that they stand in.
    pub fn text_bytes(&self) -> usize {
        let packed: usize = self.texts.iter().map(|piece| piece.packed.len()).sum();
        let mut kept: Vec<&Arc<RawText>> = self.texts.iter().filter_map(|piece| piece.kept()).collect();
        // The pieces of a document share its text.
        kept.dedup_by(|piece, before| Arc::ptr_eq(piece, before));
        packed + kept.iter().map(|raw| raw.bytes().len()).sum::<usize>()
    }
}

/// Notes in the ledger of its file that an id stands more than once.
fn note_repeated(ledger: &mut Ledger, repeat: &RepeatedId) {
    if let Some(file) = ledger.files.get_mut(repeat.origin.file as usize) {
        let message = format!("the id \"{}\" stands more than once; this event is shown as \"{}\"", repeat.id, repeat.now);
        file.problem(crate::model::Severity::Note, repeat.origin.line, 0, "id", message, &repeat.id);
    }
}

const PRECISIONS: [Precision; 11] = [
    Precision::Subsecond,
    Precision::Second,
    Precision::Minute,
    Precision::Hour,
    Precision::Day,
    Precision::Month,
    Precision::Season,
    Precision::Year,
    Precision::Decade,
    Precision::Century,
    Precision::Millennium,
];

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// A store that many hold at once.
pub type SharedStore = Arc<EventStore>;
