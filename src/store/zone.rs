//! A store in another display zone: instants at other places of the axis, and all events in the order that they have there.
//!
//! Only instants are read again, all at once when the zone is chosen; afterwards a zone costs nothing. Text, names and tables are shared with the store that it
//! was made from. Whichever zones it went through, events that begin at one place stand in the order that they have in UTC, so numbers depend on
//! the zone alone.

use std::sync::Arc;

use rayon::prelude::*;

use super::{EventId, EventStore};
use crate::model::{FileLedger, Severity};
use crate::time::{self, Extent, Qualities, Reading, Shown, When, Zone};

/// The numbers that events had before, in the order that they are to have.
struct NewOrder {
    /// Event by event: its number in the store that it comes from.
    from: Vec<u32>,
    starts_ms: Vec<i64>,
    ends_ms: Vec<i64>,
}

impl EventStore {
    /// The zone in which its instants stand.
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// Whether any date of it was written with a zone: only then does the display zone matter.
    pub fn has_instants(&self) -> bool {
        *self.has_instants.get_or_init(|| self.qualities.iter().any(|&bits| Qualities::from_bits(bits).has(Qualities::INSTANT)))
    }

    /// The name of the display zone, where it matters: "UTC", "Europe/Berlin".
    pub fn zone_name(&self) -> Option<&'static str> {
        self.has_instants().then(|| self.zone.name())
    }

    /// Whether an event stands at an instant.
    fn is_instant(&self, event: u32) -> bool {
        Qualities::from_bits(self.qualities[event as usize]).has(Qualities::INSTANT)
    }

    /// The meaning of a canonical date with its instants where they stand here.
    pub fn placed(&self, canonical: &str) -> Option<Reading> {
        time::placed(canonical, self.zone)
    }

    /// Where on its axis an instant stands.
    pub fn wall_ms(&self, instant_ms: i64) -> i64 {
        self.zone.wall_ms(instant_ms)
    }

    /// A date in full, an instant as a clock in the zone showed it.
    pub fn wording(&self, when: &When<'_>) -> String {
        time::wording_in(when, self.zone)
    }

    /// A date in few words, an instant as a clock in the zone showed it.
    pub fn wording_short(&self, when: &When<'_>) -> String {
        time::wording_short_in(when, self.zone)
    }

    /// The inner bounds of a dated event, read again from its text.
    pub fn extent(&self, event: EventId) -> Option<Extent> {
        let brief = self.brief(event)?;
        Some(self.placed(self.canonical(event)).map_or(Extent::moment(brief.start_ms, brief.end_ms), |reading| reading.extent))
    }

    /// An event's rank in the order of UTC.
    fn rank(&self, event: u32) -> u32 {
        self.ranks.get(event as usize).copied().unwrap_or(event)
    }

    /// The same event's number in another store of the same events, which stands in its own zone.
    pub fn same_in(&self, other: &Self, event: EventId) -> Option<EventId> {
        let rank = self.rank(event.0);
        if event.0 as usize >= self.dated() {
            return ((event.0 as usize) < other.len()).then_some(event);
        }
        let start_ms =
            if self.is_instant(event.0) { other.placed(self.canonical(event))?.extent.earliest_start } else { self.start_ms(event)? };
        let from = other.starts_ms.partition_point(|&start| start < start_ms) as u32;
        let to = other.starts_ms.partition_point(|&start| start <= start_ms) as u32;
        if other.ranks.is_empty() {
            return (from..to).contains(&rank).then_some(EventId(rank));
        }
        let within = other.ranks.get(from as usize..to as usize)?.binary_search(&rank).ok()?;
        Some(EventId(from + within as u32))
    }

    /// The same events with their instants in a zone. Takes time linear in the instants, on all cores.
    #[must_use]
    pub fn in_zone(&self, zone: Zone) -> Self {
        let order = self.order_in(zone);
        let take = |from: &[u8]| -> Vec<u8> { order.from.iter().map(|&at| from[at as usize]).collect() };
        let mut actor_offsets = Vec::with_capacity(self.actor_offsets.len());
        let mut actor_ids = Vec::with_capacity(self.actor_ids.len());
        actor_offsets.push(0);
        for &at in &order.from {
            actor_ids.extend_from_slice(self.actors(EventId(at)));
            actor_offsets.push(actor_ids.len() as u32);
        }
        let ranks = if zone.is_utc() { Vec::new() } else { order.from.iter().map(|&at| self.rank(at)).collect() };
        let mut store = Self {
            kinds: order.from.iter().map(|&at| self.kinds[at as usize]).collect(),
            qualities: order.from.iter().map(|&at| self.qualities[at as usize]).collect(),
            precisions: take(&self.precisions),
            statuses: take(&self.statuses),
            text_at: order.from.iter().map(|&at| self.text_at[at as usize]).collect(),
            starts_ms: order.starts_ms,
            ends_ms: order.ends_ms,
            actor_offsets,
            actor_ids,
            ranks,
            zone,
            texts: self.texts.clone(),
            text_files: self.text_files.clone(),
            names: Arc::clone(&self.names),
            tables: Arc::clone(&self.tables),
            ledger: self.ledger.clone(),
            files: self.files.clone(),
            ..Self::default()
        };
        store.note_clocks_put_back();
        store
    }

    /// Where events stand in a zone: by start, and by their order in UTC where they begin at one place. Undated ones follow as they did.
    fn order_in(&self, zone: Zone) -> NewOrder {
        let dated = self.dated();
        let mut places: Vec<(i64, u32, i64, u32)> = (0..dated as u32)
            .into_par_iter()
            .map(|at| {
                let kept = (self.starts_ms[at as usize], self.ends_ms[at as usize]);
                let placed = if self.is_instant(at) { time::placed(self.canonical(EventId(at)), zone) } else { None };
                let (start_ms, end_ms) = placed.map_or(kept, |reading| (reading.extent.earliest_start, reading.extent.latest_end));
                (start_ms, self.rank(at), end_ms, at)
            })
            .collect();
        places.par_sort_unstable_by_key(|place| (place.0, place.1));
        NewOrder {
            starts_ms: places.iter().map(|place| place.0).collect(),
            ends_ms: places.iter().map(|place| place.2).collect(),
            from: places.iter().map(|place| place.3).chain(dated as u32..self.len() as u32).collect(),
        }
    }

    /// Says how many instants lie where the clocks of the zone showed a time twice: there the order of the axis need not be that of what happened.
    fn note_clocks_put_back(&mut self) {
        let mut counts = vec![0_u64; self.ledger.files.len()];
        let twice: Vec<u32> = (0..self.dated() as u32)
            .into_par_iter()
            .filter(|&at| self.is_instant(at) && self.zone.shown(self.starts_ms[at as usize]) == Shown::Twice)
            .collect();
        for at in twice {
            if let Some(count) = counts.get_mut(self.origin(EventId(at)).file as usize) {
                *count += 1;
            }
        }
        for (file, count) in self.ledger.files.iter_mut().zip(counts) {
            file.drop_notes(CLOCKS_PUT_BACK);
            if count > 0 {
                note(file, count, self.zone);
            }
        }
    }
}

/// The field of the note on clocks that were put back: there is one such note a file, and it goes with the zone.
const CLOCKS_PUT_BACK: &str = "zone";

fn note(file: &mut FileLedger, count: u64, zone: Zone) {
    let (noun, stands) = if count == 1 { ("time lies", "it stands") } else { ("times lie", "they stand") };
    let message = format!(
        "{count} {noun} where the clocks in {zone} were put back and showed an hour twice: {stands} by the clock, which need not be the order in which things happened. Choose UTC to see that"
    );
    file.problem(Severity::Note, 0, 0, CLOCKS_PUT_BACK, message, "");
}

#[cfg(test)]
#[path = "zone/tests.rs"]
mod tests;
