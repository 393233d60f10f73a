//! Building a store: records come in the order of the file and leave in the order of time.
//!
//! The pieces of a large file are taken by builders of their own, one a piece ([`EventSink::part`]), whose names are then renumbered into this one's.

use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use ahash::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::layout::{self, DATED, ID_GIVEN, Row};
use super::pack::Packing;
use super::phrases::{Judgement, Phrases};
use super::text::{self, Numbers, TextPiece, TextReader, packed_at, place};
use super::unpack;
use super::{COMPETING, DURATION, EventId, EventStore, NO_KIND, NameId, note_repeated};
use crate::model::{Event, EventSink, FileLedger, Ledger, Origin, PartSink, PieceText, Place, RawText, Tables};
use crate::time::{Precision, Shape};

/// Bytes after which the text of events that come one by one goes on in a new place, so that nothing large is ever moved.
const TEXT_PIECE: usize = 8 * 1024 * 1024;

/// Bytes of a part by whose rows the whole file's are told.
const TELLING_BYTES: u64 = 1024 * 1024;

/// Tells long work whether it is no longer wanted.
pub type Stop<'s> = &'s (dyn Fn() -> bool + Sync);

/// After so many events it is asked again.
pub(super) const STOP_EVERY: usize = 1 << 18;

/// An id that stood more than once and had to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatedId {
    /// Where the repeated one stands.
    pub origin: Origin,
    /// The id as written.
    pub id: String,
    /// The id as shown.
    pub now: String,
}

/// Takes events from the readers and makes the store. A copy of it, made while it goes on, makes the store of what has been read so far.
#[derive(Clone, Debug, Default)]
pub struct StoreBuilder {
    rows: Vec<Row>,
    /// For each row the hash of its id.
    id_hashes: Vec<u64>,
    /// The actors of all rows, one row's behind the other's.
    actor_ids: Vec<NameId>,
    texts: Vec<Arc<TextPiece>>,
    packing: Packing,
    files: Vec<PathBuf>,
    tables: Vec<Tables>,
    hasher: RandomState,
    /// The file of a part, which knows no path; `None` for a whole.
    part_of: Option<u32>,
    /// Where the file being read begins.
    file_began: Option<Mark>,
    /// Bytes of a part, or of a file that comes in parts until room was made for them.
    expected_bytes: u64,
    /// The rows of events that have links.
    linked: Vec<u32>,
    phrases: Phrases,
    /// The rows of events with a phrase that contradicts their date.
    contradicted: Vec<u32>,
    /// The rows of events with a phrase in a source of which they do not say when it was published.
    unsourced: Vec<u32>,
}

/// Events whose ids had to be changed.
#[derive(Default)]
struct Changed {
    /// Their rows, and where the records under the new ids stand in `text`.
    rows: Vec<(u32, usize)>,
    packing: Packing,
    /// The new ids, and their hashes.
    ids: HashSet<String>,
    hashes: HashSet<u64>,
    repeated: Vec<RepeatedId>,
}

/// A point in the making of a store.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    rows: usize,
    actor_ids: usize,
    texts: usize,
    files: usize,
}

impl StoreBuilder {
    /// Begins a file; every event that follows belongs to it.
    pub fn begin_file(&mut self, path: PathBuf) {
        self.file_began = Some(self.mark());
        self.files.push(path);
        self.tables.push(Tables::default());
    }

    /// A point to come back to if the next file turns out to be unreadable.
    pub fn mark(&mut self) -> Mark {
        self.close_text();
        Mark { rows: self.rows.len(), actor_ids: self.actor_ids.len(), texts: self.texts.len(), files: self.files.len() }
    }

    /// Drops everything taken since a mark. Names that came since stay known; nothing refers to them.
    pub fn back_to(&mut self, mark: Mark) {
        self.drop_rows(mark);
        self.files.truncate(mark.files);
        self.tables.truncate(mark.files);
    }

    fn drop_rows(&mut self, mark: Mark) {
        self.rows.truncate(mark.rows);
        self.id_hashes.truncate(mark.rows);
        for rows in [&mut self.linked, &mut self.contradicted, &mut self.unsourced] {
            rows.retain(|at| (*at as usize) < mark.rows);
        }
        self.actor_ids.truncate(mark.actor_ids);
        self.packing.packed.clear();
        self.texts.truncate(mark.texts);
    }

    /// How many events were taken so far.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no event was taken so far.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The file being read.
    fn file(&self) -> u32 {
        self.part_of.unwrap_or(self.files.len().saturating_sub(1) as u32)
    }

    /// Puts the records that are being written among those that are done.
    fn close_text(&mut self) {
        if !self.packing.packed.is_empty() {
            let mut packed = std::mem::take(&mut self.packing.packed);
            packed.shrink_to_fit();
            self.texts.push(Arc::new(TextPiece { packed, text: PieceText::default(), numbers: None, file: self.file() }));
        }
    }

    /// Whether two events may have the same id: two ids have the same hash. `None` where it was stopped.
    fn may_repeat_ids(&self, stop: Stop<'_>) -> Option<bool> {
        // Of all hashes only those are compared that share a bit with another: a few of a hundred.
        let mask = (16 * self.id_hashes.len()).next_power_of_two().max(64) - 1;
        let bit = |hash: u64| (hash as usize & mask) / 64;
        let one = |hash: u64| 1_u64 << (hash % 64);
        let (mut seen, mut shared) = (vec![0_u64; mask / 64 + 1], vec![0_u64; mask / 64 + 1]);
        for hashes in self.id_hashes.chunks(STOP_EVERY) {
            if stop() {
                return None;
            }
            for &hash in hashes {
                shared[bit(hash)] |= seen[bit(hash)] & one(hash);
                seen[bit(hash)] |= one(hash);
            }
        }
        let mut suspects: Vec<u64> = self.id_hashes.iter().copied().filter(|&hash| shared[bit(hash)] & one(hash) != 0).collect();
        suspects.sort_unstable();
        Some(suspects.windows(2).any(|pair| pair[0] == pair[1]))
    }

    /// Finds the events whose id stands before them and gives them another: with `~2`, `~3`, … `None` where it was stopped.
    fn unique_ids(&self, stop: Stop<'_>) -> Option<Changed> {
        let (texts, rows, hashes) = (&self.texts, &self.rows, &self.id_hashes);
        let mut changed = Changed::default();
        if !self.may_repeat_ids(stop)? {
            return Some(changed);
        }
        let mut reader = TextReader::new(texts);
        let mut seen: HashTable<u32> = HashTable::with_capacity(rows.len());
        let mut next_number: HashMap<&str, u32> = HashMap::new();
        let hash_of = |at: &u32| hashes[*at as usize];
        for (at, (row, &id_hash)) in (0_u32..).zip(rows.iter().zip(hashes)) {
            if (at as usize).is_multiple_of(STOP_EVERY) && stop() {
                return None;
            }
            // Most ids are new, and then no text is looked at.
            match seen.entry(id_hash, |&other| hash_of(&other) == id_hash, hash_of) {
                Entry::Vacant(place) if !changed.hashes.contains(&id_hash) => {
                    place.insert(at);
                    continue;
                }
                Entry::Vacant(_) | Entry::Occupied(_) => {}
            }
            let packed = packed_at(texts, row.text_at);
            let wanted = unpack::id_in(packed);
            let is_taken = |hash: u64, id: &str| {
                changed.ids.contains(id)
                    || seen
                        .find(hash, |&other| hash_of(&other) == hash && unpack::id_in(packed_at(texts, rows[other as usize].text_at)) == id)
                        .is_some()
            };
            if is_taken(id_hash, wanted) {
                // Counting goes on from the last: all events of a file may bear one id.
                let number = next_number.entry(wanted).or_insert(2_u32);
                let (now, hash) = loop {
                    let now = format!("{wanted}~{number}");
                    *number += 1;
                    let hash = self.hasher.hash_one(now.as_str());
                    if !is_taken(hash, &now) {
                        break (now, hash);
                    }
                };
                changed.hashes.insert(hash);
                if row.precision & ID_GIVEN != 0 {
                    changed.repeated.push(RepeatedId { origin: unpack::origin_in(packed), id: wanted.to_owned(), now: now.clone() });
                }
                changed.rows.push((at, changed.packing.pack_again(reader.record(row.text_at), &now)));
                changed.ids.insert(now);
            } else {
                seen.insert_unique(id_hash, at, hash_of);
            }
        }
        Some(changed)
    }

    /// Sorts by time, lays out the columns and notes repeated ids in the ledger.
    pub fn finish(self, ledger: Ledger) -> EventStore {
        self.finish_unless(ledger, &|| false).unwrap_or_default()
    }

    /// Does as [`StoreBuilder::finish`] unless it is stopped; `stop` is asked often, from several threads.
    pub fn finish_unless(mut self, ledger: Ledger, stop: Stop<'_>) -> Option<EventStore> {
        self.close_text();
        let (changed, columns) = rayon::join(|| self.unique_ids(stop), || layout::lay_out(&self.rows, &self.actor_ids, stop));
        let (changed, mut columns) = (changed?, columns?);
        let added = self.texts.len();
        if !changed.rows.is_empty() {
            for (row, text_at) in columns.rows.iter().zip(&mut columns.text_at) {
                if let Ok(at) = changed.rows.binary_search_by_key(row, |(row, _)| *row) {
                    *text_at = place(added, changed.rows[at].1);
                }
            }
        }
        if !changed.packing.packed.is_empty() {
            self.texts.push(Arc::new(TextPiece { packed: changed.packing.packed, text: PieceText::default(), numbers: None, file: 0 }));
        }
        let mut store = EventStore {
            starts_ms: columns.starts_ms,
            ends_ms: columns.ends_ms,
            kinds: columns.kinds,
            qualities: columns.qualities,
            precisions: columns.precisions,
            statuses: columns.statuses,
            actor_offsets: columns.actor_offsets,
            actor_ids: columns.actor_ids,
            text_at: columns.text_at,
            names: Arc::new(self.packing.names),
            tables: Arc::new(self.tables),
            files: self.files,
            text_files: text::files_of(&self.texts),
            texts: self.texts,
            ledger,
            ..EventStore::default()
        };
        changed.repeated.iter().for_each(|repeat| note_repeated(&mut store.ledger, repeat));
        let events_of = |rows: &[u32]| -> Vec<EventId> {
            let events = (0_u32..).zip(&columns.rows).filter(|(_, row)| rows.binary_search(row).is_ok());
            if rows.is_empty() { Vec::new() } else { events.map(|(event, _)| EventId(event)).collect() }
        };
        if !self.linked.is_empty() {
            store.note_impossible_links(&events_of(&self.linked));
        }
        if !self.contradicted.is_empty() || !self.unsourced.is_empty() {
            store.note_contradictions(&events_of(&self.contradicted), &events_of(&self.unsourced));
        }
        (!stop()).then_some(store)
    }

    /// Makes room for the rows of a whole file, by those of its first part: what grows step by step is moved and kept twice on the way.
    fn make_room(&mut self, part: &Self) {
        // A short part says nothing of the whole: a stranger's file may begin with one row and go on with a cell of a gigabyte.
        if self.expected_bytes == 0 || part.expected_bytes < TELLING_BYTES {
            return;
        }
        let share = self.expected_bytes as f64 / part.expected_bytes as f64 * 1.02;
        self.expected_bytes = 0;
        let expected = |count: usize| (count as f64 * share) as usize;
        // Where there is no room for so much, it grows step by step.
        let _ = self.rows.try_reserve_exact(expected(part.rows.len()));
        let _ = self.id_hashes.try_reserve_exact(expected(part.rows.len()));
        let _ = self.actor_ids.try_reserve_exact(expected(part.actor_ids.len()));
    }

    /// Takes the rows of a part whose names have these numbers here.
    fn take_rows(&mut self, rows: &[Row], actor_ids: &[NameId], numbers: &Numbers) {
        let (piece, actors) = (self.texts.len(), self.actor_ids.len() as u32);
        self.rows.extend(rows.iter().map(|row| Row {
            text_at: place(piece, row.text_at as usize),
            actors_from: row.actors_from + actors,
            kind: if row.kind == NO_KIND { NO_KIND } else { numbers.kinds[row.kind as usize].0 },
            ..*row
        }));
        self.actor_ids.extend(actor_ids.iter().map(|actor| numbers.actors[actor.0 as usize]));
    }
}

/// The id of an event to which its file gives none.
fn made_id(file: u32, line: u32) -> String {
    if file > 0 { format!("{}:{line}", file + 1) } else { format!("line-{line}") }
}

/// Whether an id that a file gives could be one that was made for another event, or what such a one becomes where it stands twice.
pub(super) fn is_made_id(id: &str) -> bool {
    id.starts_with("line-") || id.trim_start_matches(|letter: char| letter.is_ascii_digit()).starts_with(':')
}

impl EventSink for StoreBuilder {
    fn event(&mut self, event: &Event<'_>, line: u32) {
        let file = self.file();
        let made;
        let id = if event.id.is_empty() {
            made = made_id(file, line);
            made.as_str()
        } else {
            &event.id
        };
        let packed_at = self.packing.pack(event, id, line);
        let actors_from = self.actor_ids.len();
        self.actor_ids.extend_from_slice(&self.packing.actors);
        let reading = event.when.as_ref().filter(|_| event.stands_on_axis()).map(|when| when.reading);
        let mut precision = reading.map_or(Precision::Day, |r| r.precision) as u8;
        if reading.is_some() {
            precision |= DATED;
        }
        if !event.id.is_empty() {
            precision |= ID_GIVEN;
        }
        if reading.is_some_and(|r| r.shape == Shape::Duration) {
            precision |= DURATION;
        }
        if event.evidence.iter().any(|evidence| evidence.when.is_some()) {
            precision |= COMPETING;
        }
        if !event.links.is_empty() {
            self.linked.push(self.rows.len() as u32);
        }
        if event.evidence.iter().any(|evidence| !evidence.phrase.is_empty()) {
            match self.phrases.judge(event) {
                Judgement::Fine => {}
                Judgement::Contradiction => self.contradicted.push(self.rows.len() as u32),
                Judgement::NeedsSource => self.unsourced.push(self.rows.len() as u32),
            }
        }
        self.id_hashes.push(self.hasher.hash_one(id));
        self.rows.push(Row {
            start_ms: reading.map_or(0, |r| r.extent.earliest_start),
            end_ms: reading.map_or(0, |r| r.extent.latest_end),
            sub_ms: reading.map_or(0, |r| r.sub_ms),
            kind: self.packing.kind.map_or(NO_KIND, |kind| kind.0),
            qualities: reading.map_or(0, |r| r.qualities.bits()),
            precision,
            status: event.status.map_or(0, |status| status as u8),
            actors_from: actors_from as u32,
            text_at: place(self.texts.len(), packed_at),
        });
        if self.part_of.is_none() && self.packing.packed.len() > TEXT_PIECE {
            self.close_text();
        }
    }

    fn tables(&mut self, tables: Tables) {
        if let Some(last) = self.tables.last_mut() {
            *last = tables;
        } else {
            self.tables.push(tables);
        }
    }

    fn part(&self) -> Option<Box<dyn PartSink>> {
        Some(Box::new(Self { hasher: self.hasher.clone(), part_of: Some(self.file()), ..Self::default() }))
    }

    fn append(&mut self, part: Box<dyn PartSink>, text: PieceText, _so_far: &FileLedger) {
        let Ok(part) = part.into_any().downcast::<Self>() else { return };
        self.close_text();
        let numbers = part.packing.numbers_in(&mut self.packing.names);
        self.make_room(&part);
        self.id_hashes.extend_from_slice(&part.id_hashes);
        let first = self.rows.len() as u32;
        for (rows, of_part) in
            [(&mut self.linked, &part.linked), (&mut self.contradicted, &part.contradicted), (&mut self.unsourced, &part.unsourced)]
        {
            rows.extend(of_part.iter().map(|at| at + first));
        }
        self.take_rows(&part.rows, &part.actor_ids, &numbers);
        let mut packed = part.packing.packed;
        packed.shrink_to_fit();
        self.texts.push(Arc::new(TextPiece { packed, text, numbers: Some(numbers), file: self.file() }));
    }

    fn expect(&mut self, bytes: u64) {
        self.expected_bytes = bytes;
    }

    fn start_over(&mut self) {
        if let Some(mark) = self.file_began {
            self.drop_rows(mark);
        }
    }
}

impl PartSink for StoreBuilder {
    fn of_text(&self, raw: &RawText, bytes: usize, kept: bool) -> Box<dyn PartSink> {
        // At least what records of a few fields take: growing would move them, and room that is not used costs nothing.
        let share = if kept { 6 } else { 2 };
        let packing = Packing { packed: Vec::with_capacity(bytes / share), place: Place::of(raw), is_left: !kept, ..Packing::default() };
        Box::new(Self { hasher: self.hasher.clone(), part_of: self.part_of, packing, expected_bytes: bytes as u64, ..Self::default() })
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::EventId;

    /// A file in one line gives all its events the same id of its own making, and a stranger's file may name all alike.
    #[test]
    fn a_short_beginning_asks_for_no_room() {
        let raw = RawText::from(b"one row".to_vec());
        let mut builder = StoreBuilder::default();
        builder.begin_file("short.csv".into());
        builder.expect(1 << 40);
        let mut part = builder.part().unwrap().of_text(&raw, 7, true);
        part.event(&Event::default(), 1);
        builder.append(part, PieceText::Kept(Arc::new(raw)), &FileLedger::default());
        assert!(builder.len() == 1 && builder.rows.capacity() < 1000, "{}", builder.rows.capacity());
    }

    #[test]
    fn as_many_events_as_there_are_may_bear_one_id() {
        let mut builder = StoreBuilder::default();
        builder.begin_file("one-line.json".into());
        for at in 0..100_000 {
            let id = if at % 2 == 0 { "" } else { "same" };
            builder.event(&Event { id: id.into(), ..Event::default() }, 1);
        }
        builder.event(&Event { id: "same~7".into(), ..Event::default() }, 1);
        let store = builder.finish(Ledger { files: vec![FileLedger::new("one-line.json", "json")] });
        let ids: HashSet<&str> = (0..store.len() as u32).map(|event| store.id_text(EventId(event))).collect();
        assert_eq!((ids.len(), store.ledger().files[0].problems_total), (100_001, 50_000));
        assert!(ids.contains("line-1~2") && ids.contains("same~50000") && ids.contains("same~7~2"));
    }
}
