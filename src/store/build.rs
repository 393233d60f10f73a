//! Building a store: records come in the order of the file and leave in the order of time.
//!
//! The pieces of a large file are taken by builders of their own, one a piece ([`EventSink::part`]), whose names are then renumbered into this one's.

use std::any::Any;
use std::collections::HashSet;
use std::path::PathBuf;

use ahash::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;

use super::pack::{self, Packing, Renumbered};
use super::{EventId, EventStore, NO_KIND, NameId, TEXT_BITS, packed_at};
use crate::model::{Event, EventSink, Ledger, Origin, PartSink, Tables};
use crate::time::{Precision, Shape};

/// Bytes after which the text of events that come one by one goes on in a new place, so that nothing large is ever moved.
const TEXT_PIECE: usize = 8 * 1024 * 1024;

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

/// Takes events from the readers and makes the store.
#[derive(Debug, Default)]
pub struct StoreBuilder {
    rows: Vec<Row>,
    actor_ids: Vec<NameId>,
    texts: Vec<Vec<u8>>,
    packing: Packing,
    files: Vec<PathBuf>,
    tables: Vec<Tables>,
    hasher: RandomState,
    /// The file of a part, which knows no path; `None` for a whole.
    part_of: Option<u32>,
    /// The rows of events that have links.
    linked: Vec<u32>,
}

/// Events whose ids had to be changed.
#[derive(Default)]
struct Changed {
    /// Their rows, and where the records under the new ids stand in `text`.
    rows: Vec<(u32, usize)>,
    text: Vec<u8>,
    /// The new ids.
    ids: HashSet<String>,
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

/// The fixed part of an event while the store is being built.
#[derive(Clone, Copy, Debug)]
struct Row {
    start_ms: i64,
    end_ms: i64,
    text_at: u64,
    id_hash: u64,
    actors_from: u32,
    actors_to: u32,
    kind: u32,
    sub_ms: u32,
    qualities: u16,
    precision: u8,
    status: u8,
    dated: bool,
    /// Whether the id was given, not made of the event's place.
    id_given: bool,
}

impl StoreBuilder {
    /// Begins a file; every event that follows belongs to it.
    pub fn begin_file(&mut self, path: PathBuf) {
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
        self.rows.truncate(mark.rows);
        self.linked.retain(|at| (*at as usize) < mark.rows);
        self.actor_ids.truncate(mark.actor_ids);
        self.packing.text.clear();
        self.texts.truncate(mark.texts);
        self.files.truncate(mark.files);
        self.tables.truncate(mark.files);
    }

    /// How many events were taken so far.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no event was taken so far.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Puts the text that is being written among those that are done.
    fn close_text(&mut self) {
        if !self.packing.text.is_empty() {
            let mut text = std::mem::take(&mut self.packing.text);
            text.shrink_to_fit();
            self.texts.push(text);
        }
    }

    /// Finds the events whose id stands before them and gives them another: with `~2`, `~3`, …
    fn unique_ids(&self) -> Changed {
        let (texts, rows) = (&self.texts, &self.rows);
        let mut changed = Changed::default();
        let mut seen: HashTable<u32> = HashTable::with_capacity(rows.len());
        let hash_of = |at: &u32| rows[*at as usize].id_hash;
        for (at, row) in (0..).zip(rows) {
            // Most ids are new, and then no text is looked at.
            let Entry::Occupied(_) = seen.entry(row.id_hash, |&other| hash_of(&other) == row.id_hash, hash_of) else {
                seen.insert_unique(row.id_hash, at, hash_of);
                continue;
            };
            let packed = packed_at(texts, row.text_at);
            let wanted = pack::id_in(packed);
            let is_taken = |hash: u64, id: &str| {
                changed.ids.contains(id)
                    || seen
                        .find(hash, |&other| hash_of(&other) == hash && pack::id_in(packed_at(texts, rows[other as usize].text_at)) == id)
                        .is_some()
            };
            if is_taken(row.id_hash, wanted) {
                let numbered = (2_u32..).map(|number| format!("{wanted}~{number}"));
                let now = numbered.into_iter().find(|now| !is_taken(self.hasher.hash_one(now.as_str()), now)).unwrap_or_default();
                if row.id_given {
                    changed.repeated.push(RepeatedId { origin: pack::origin_in(packed), id: wanted.to_owned(), now: now.clone() });
                }
                changed.rows.push((at, pack::with_id(packed, &now, &mut changed.text)));
                changed.ids.insert(now);
            } else {
                seen.insert_unique(row.id_hash, at, hash_of);
            }
        }
        changed
    }

    /// The events in the order of time, undated ones last, and how many are dated.
    fn in_time(&self) -> (Vec<u32>, usize) {
        let of = |dated: bool| (0_u32..).zip(&self.rows).filter(move |(_, row)| row.dated == dated);
        let mut keys: Vec<(i64, u32, u32)> = of(true).map(|(at, row)| (row.start_ms, row.sub_ms, at)).collect();
        keys.par_sort_unstable();
        (keys.iter().map(|key| key.2).chain(of(false).map(|(at, _)| at)).collect(), keys.len())
    }

    /// Sorts by time, lays out the columns and notes repeated ids in the ledger.
    pub fn finish(mut self, ledger: Ledger) -> EventStore {
        self.close_text();
        let (changed, (order, dated)) = rayon::join(|| self.unique_ids(), || self.in_time());
        let added = (self.texts.len() as u64) << TEXT_BITS;
        for (at, place) in changed.rows {
            self.rows[at as usize].text_at = added | place as u64;
        }
        self.texts.push(changed.text);
        let repeated = changed.repeated;
        let mut store = EventStore {
            names: self.packing.names,
            tables: self.tables,
            files: self.files,
            texts: self.texts,
            ledger,
            ..EventStore::default()
        };
        store.starts_ms.reserve_exact(dated);
        store.ends_ms.reserve_exact(dated);
        store.kinds.reserve_exact(order.len());
        store.qualities.reserve_exact(order.len());
        store.precisions.reserve_exact(order.len());
        store.statuses.reserve_exact(order.len());
        store.actor_offsets.reserve_exact(order.len() + 1);
        store.text_at.reserve_exact(order.len());
        store.actor_ids.reserve_exact(self.actor_ids.len());
        store.actor_offsets.push(0);
        let mut linked = Vec::new();
        for at in order {
            if self.linked.binary_search(&at).is_ok() {
                linked.push(EventId(store.kinds.len() as u32));
            }
            let row = &self.rows[at as usize];
            if row.dated {
                store.starts_ms.push(row.start_ms);
                store.ends_ms.push(row.end_ms);
            }
            store.kinds.push(row.kind);
            store.qualities.push(row.qualities);
            store.precisions.push(row.precision);
            store.statuses.push(row.status);
            store.actor_ids.extend_from_slice(&self.actor_ids[row.actors_from as usize..row.actors_to as usize]);
            store.actor_offsets.push(store.actor_ids.len() as u32);
            store.text_at.push(row.text_at);
        }
        store.note_repeated(&repeated);
        store.note_impossible_links(&linked);
        store
    }

    /// Takes the rows of a part whose names are renumbered.
    fn take_rows(&mut self, part: Self, by: &Renumbered) {
        let (text, actors) = ((self.texts.len() as u64) << TEXT_BITS, self.actor_ids.len() as u32);
        self.linked.extend(part.linked.into_iter().map(|at| at + self.rows.len() as u32));
        self.rows.extend(part.rows.into_iter().map(|row| Row {
            text_at: row.text_at | text,
            actors_from: row.actors_from + actors,
            actors_to: row.actors_to + actors,
            kind: if row.kind == NO_KIND { NO_KIND } else { by.kind(row.kind) },
            ..row
        }));
        self.actor_ids.extend(part.actor_ids.into_iter().map(|actor| by.actor(actor)));
        self.texts.push(part.packing.text);
    }
}

impl EventSink for StoreBuilder {
    fn event(&mut self, event: &Event<'_>, line: u32) {
        let origin = Origin { file: self.part_of.unwrap_or(self.files.len().saturating_sub(1) as u32), line };
        let made;
        let id = if event.id.is_empty() {
            made = if origin.file > 0 { format!("{}:{line}", origin.file + 1) } else { format!("line-{line}") };
            made.as_str()
        } else {
            &event.id
        };
        let place = pack::pack(event, id, origin, &mut self.packing) as u64;
        let names = &mut self.packing.names;
        let actors_from = self.actor_ids.len();
        for actor in &event.actors {
            let name = names.actors.intern(&actor.name);
            if !self.actor_ids[actors_from..].contains(&name) {
                self.actor_ids.push(name);
            }
        }
        let reading = event.when.as_ref().filter(|_| event.stands_on_axis()).map(|when| when.reading);
        let precision = reading.map_or(Precision::Day as u8, |r| r.precision as u8 | if r.shape == Shape::Duration { 0x10 } else { 0 });
        if !event.links.is_empty() {
            self.linked.push(self.rows.len() as u32);
        }
        self.rows.push(Row {
            start_ms: reading.map_or(0, |r| r.extent.earliest_start),
            end_ms: reading.map_or(0, |r| r.extent.latest_end),
            sub_ms: reading.map_or(0, |r| r.sub_ms),
            dated: reading.is_some(),
            kind: if event.kind.is_empty() { NO_KIND } else { names.kinds.intern(&event.kind).0 },
            qualities: reading.map_or(0, |r| r.qualities.bits()),
            precision,
            status: event.status.map_or(0, |status| status as u8),
            actors_from: actors_from as u32,
            actors_to: self.actor_ids.len() as u32,
            text_at: (self.texts.len() as u64) << TEXT_BITS | place,
            id_hash: self.hasher.hash_one(id),
            id_given: !event.id.is_empty(),
        });
        if self.part_of.is_none() && self.packing.text.len() > TEXT_PIECE {
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
        let part_of = Some(self.files.len().saturating_sub(1) as u32);
        Some(Box::new(Self { hasher: self.hasher.clone(), part_of, ..Self::default() }))
    }

    fn append(&mut self, parts: Vec<Box<dyn PartSink>>) {
        self.close_text();
        let parts = parts.into_iter().filter_map(|part| part.into_any().downcast::<Self>().ok());
        // The names first, in the order of the file, so that they have the numbers that reading line by line gives them.
        let mut renumbered: Vec<(Self, Renumbered)> = parts
            .map(|part| {
                let by = part.packing.renumbering(&mut self.packing.names);
                (*part, by)
            })
            .collect();
        renumbered.par_iter_mut().for_each(|(part, by)| {
            part.packing.renumber(by);
            part.packing.text.shrink_to_fit();
        });
        self.rows.reserve_exact(renumbered.iter().map(|(part, _)| part.rows.len()).sum());
        for (part, by) in renumbered {
            self.take_rows(part, &by);
        }
    }
}

impl PartSink for StoreBuilder {
    fn another(&self, bytes: usize) -> Box<dyn PartSink> {
        let packing = Packing { text: Vec::with_capacity(bytes), stands: Some(Box::default()), ..Packing::default() };
        Box::new(Self { hasher: self.hasher.clone(), part_of: self.part_of, packing, ..Self::default() })
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
