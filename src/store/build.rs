//! Building a store: records come in the order of the file and leave in the order of time.

use std::collections::HashSet;
use std::path::PathBuf;

use super::{EventStore, NO_KIND, NameId, NameTables, pack};
use crate::model::{Event, EventSink, Ledger, Origin, Tables};
use crate::time::{Precision, Shape};

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
    text: Vec<u8>,
    names: NameTables,
    ids: HashSet<String>,
    repeated: Vec<RepeatedId>,
    files: Vec<PathBuf>,
    tables: Vec<Tables>,
}

/// A point in the making of a store.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    rows: usize,
    actor_ids: usize,
    text: usize,
    files: usize,
    repeated: usize,
}

/// The fixed part of an event while the store is being built.
#[derive(Clone, Copy, Debug)]
struct Row {
    start_ms: i64,
    end_ms: i64,
    sub_ms: u32,
    dated: bool,
    kind: u32,
    qualities: u16,
    precision: u8,
    status: u8,
    actors_from: u32,
    actors_to: u32,
    text_from: u64,
    text_to: u64,
}

impl StoreBuilder {
    /// Begins a file; every event that follows belongs to it.
    pub fn begin_file(&mut self, path: PathBuf) {
        self.files.push(path);
        self.tables.push(Tables::default());
    }

    /// A point to come back to if the next file turns out to be unreadable.
    pub fn mark(&self) -> Mark {
        Mark {
            rows: self.rows.len(),
            actor_ids: self.actor_ids.len(),
            text: self.text.len(),
            files: self.files.len(),
            repeated: self.repeated.len(),
        }
    }

    /// Drops everything taken since a mark. Names and ids that came since stay known; nothing refers to them.
    pub fn back_to(&mut self, mark: Mark) {
        self.rows.truncate(mark.rows);
        self.actor_ids.truncate(mark.actor_ids);
        self.text.truncate(mark.text);
        self.files.truncate(mark.files);
        self.tables.truncate(mark.files);
        self.repeated.truncate(mark.repeated);
    }

    /// How many events were taken so far.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no event was taken so far.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// An id that no other event has: the given one, or it with `~2`, `~3`, …; events without one are named by their place.
    fn unique_id(&mut self, given: &str, origin: Origin) -> String {
        let wanted = if given.is_empty() {
            if self.files.len() > 1 { format!("{}:{}", origin.file + 1, origin.line) } else { format!("line-{}", origin.line) }
        } else {
            given.to_owned()
        };
        if self.ids.insert(wanted.clone()) {
            return wanted;
        }
        let mut number = 2_u32;
        let now = loop {
            let now = format!("{wanted}~{number}");
            if self.ids.insert(now.clone()) {
                break now;
            }
            number += 1;
        };
        if !given.is_empty() {
            self.repeated.push(RepeatedId { origin, id: wanted, now: now.clone() });
        }
        now
    }

    /// Sorts by time, lays out the columns and notes repeated ids in the ledger.
    pub fn finish(self, ledger: Ledger) -> EventStore {
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        order.sort_by_key(|&at| {
            let row = &self.rows[at as usize];
            (!row.dated, row.start_ms, row.sub_ms, at)
        });
        let dated = self.rows.iter().filter(|row| row.dated).count();
        let mut store = EventStore { names: self.names, tables: self.tables, files: self.files, ledger, ..EventStore::default() };
        store.starts_ms.reserve_exact(dated);
        store.ends_ms.reserve_exact(dated);
        store.actor_offsets.reserve_exact(order.len() + 1);
        store.text_offsets.reserve_exact(order.len() + 1);
        store.text.reserve_exact(self.text.len());
        store.actor_ids.reserve_exact(self.actor_ids.len());
        store.actor_offsets.push(0);
        store.text_offsets.push(0);
        for at in order {
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
            store.text.extend_from_slice(&self.text[row.text_from as usize..row.text_to as usize]);
            store.text_offsets.push(store.text.len() as u64);
        }
        store.note_repeated(&self.repeated);
        store
    }
}

impl EventSink for StoreBuilder {
    fn event(&mut self, event: &Event<'_>, line: u32) {
        let origin = Origin { file: self.files.len().saturating_sub(1) as u32, line };
        let id = self.unique_id(&event.id, origin);
        let text_from = self.text.len() as u64;
        pack::pack(event, &id, origin, &mut self.names, &mut self.text);
        let actors_from = self.actor_ids.len();
        for actor in &event.actors {
            let name = self.names.actors.intern(&actor.name);
            if !self.actor_ids[actors_from..].contains(&name) {
                self.actor_ids.push(name);
            }
        }
        let reading = event.when.as_ref().filter(|_| event.stands_on_axis()).map(|when| when.reading);
        let precision = reading.map_or(Precision::Day as u8, |r| r.precision as u8 | if r.shape == Shape::Duration { 0x10 } else { 0 });
        self.rows.push(Row {
            start_ms: reading.map_or(0, |r| r.extent.earliest_start),
            end_ms: reading.map_or(0, |r| r.extent.latest_end),
            sub_ms: reading.map_or(0, |r| r.sub_ms),
            dated: reading.is_some(),
            kind: if event.kind.is_empty() { NO_KIND } else { self.names.kinds.intern(&event.kind).0 },
            qualities: reading.map_or(0, |r| r.qualities.bits()),
            precision,
            status: event.status.map_or(0, |status| status as u8),
            actors_from: actors_from as u32,
            actors_to: self.actor_ids.len() as u32,
            text_from,
            text_to: self.text.len() as u64,
        });
    }

    fn tables(&mut self, tables: Tables) {
        if let Some(last) = self.tables.last_mut() {
            *last = tables;
        } else {
            self.tables.push(tables);
        }
    }
}
