//! Lanes: events grouped by what they share, with exact counts of any span by search.
//!
//! A lane may stand under another: an actor under what it is a member of. It then keeps its own events, and the one above can show the events of all under it, each once.

mod group;
mod lane;
mod order;

use std::sync::Arc;

use rayon::prelude::*;

pub use group::{GroupBy, NO_LANE_NAMES};
pub use lane::Lane;

use super::build::{STOP_EVERY, Stop};
use super::{ActorNames, EventId, EventSet, EventStore};
use group::each_name;
use lane::LaneHead;
use order::LaneOrder;

/// A lane: its place in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneId(pub u32);

/// The lanes of a store under one grouping and one filter.
#[derive(Clone, Debug, Default)]
pub struct LaneIndex {
    lanes: Vec<Lane>,
    /// For each lane with others under it the events of all of them, each once.
    families: Vec<Lane>,
    group: GroupBy,
    /// The names that a view had given to actors.
    given: Arc<ActorNames>,
    /// Events that the filter lets through, dated or not.
    matching: usize,
    /// Dated events that the filter lets through.
    matching_dated: usize,
    all: Option<Box<Lane>>,
}

impl LaneIndex {
    /// Groups the events of a store that are in `filter` (all of them without one). Lanes without any dated event in the whole store are left out; lanes that the
    /// filter empties stay, so that the picture does not jump. Takes time linear in the store; run it off the UI thread for large ones.
    pub fn build(store: &EventStore, group: GroupBy, filter: Option<&EventSet>) -> Self {
        let whole = Self::whole(store, group, &|| false).unwrap_or_default();
        match filter {
            Some(filter) => whole.filtered(store, filter),
            None => whole,
        }
    }

    /// Groups all events of a store as [`LaneIndex::build`] does, unless it is stopped; `stop` is asked often, from several threads.
    pub fn whole(store: &EventStore, group: GroupBy, stop: Stop<'_>) -> Option<Self> {
        let dated = store.dated();
        let order = LaneOrder::of(store, group);
        // The lanes of each event, as an offset table.
        let lanes_of_events = || {
            let mut offsets = Vec::with_capacity(dated + 1);
            let mut of_event: Vec<u32> = Vec::with_capacity(dated);
            offsets.push(0_u32);
            for event in (0..dated as u32).map(EventId) {
                if (event.0 as usize).is_multiple_of(STOP_EVERY) && stop() {
                    return None;
                }
                let first = of_event.len();
                each_name(store, group, event, |name| {
                    order.each_lane(name, |lane| {
                        if !of_event[first..].contains(&lane) {
                            of_event.push(lane);
                        }
                    });
                });
                offsets.push(of_event.len() as u32);
            }
            Some((offsets, of_event))
        };
        let in_order_of_end = || {
            let mut keys: Vec<(i64, u32)> = store.ends_ms.iter().copied().zip(0..).collect();
            keys.par_sort_unstable();
            keys.into_iter().map(|(_, event)| EventId(event)).collect::<Vec<_>>()
        };
        let (of_events, by_end) = rayon::join(lanes_of_events, in_order_of_end);
        let (offsets, of_event) = of_events?;
        let mut counts = vec![0_usize; order.lanes.len() + order.families];
        for &lane in &of_event {
            counts[lane as usize] += 1;
        }
        let in_lanes = |events: &[EventId]| {
            let mut lists: Vec<Vec<EventId>> = counts.iter().map(|&count| Vec::with_capacity(count)).collect();
            for events in events.chunks(STOP_EVERY) {
                if stop() {
                    return None;
                }
                for &event in events {
                    let at = event.0 as usize;
                    for &lane in &of_event[offsets[at] as usize..offsets[at + 1] as usize] {
                        lists[lane as usize].push(event);
                    }
                }
            }
            Some(lists)
        };
        let by_start: Vec<EventId> = (0..dated as u32).map(EventId).collect();
        let (starts, ends) = rayon::join(|| in_lanes(&by_start), || in_lanes(&by_end));
        let lists = starts?.into_par_iter().zip(ends?);
        let mut heads = order.lanes;
        let mut of_families: Vec<(u32, LaneHead)> = heads.iter().filter_map(|head| Some((head.family?, head.clone()))).collect();
        of_families.sort_unstable_by_key(|(family, _)| *family);
        let count = heads.len();
        heads.extend(of_families.into_iter().map(|(_, head)| head));
        let mut lanes: Vec<Lane> =
            heads.into_par_iter().zip(lists).map(|(head, (events, by_end))| Lane::new(store, head, events, by_end)).collect();
        let families = lanes.split_off(count);
        let head = LaneHead::named(Arc::from("All events"));
        (!stop()).then(|| Self {
            lanes,
            families,
            group,
            given: store.given_names(),
            matching: store.len(),
            matching_dated: dated,
            all: Some(Box::new(Lane::new(store, head, by_start, by_end))),
        })
    }

    /// The same lanes with only the events of `filter`, which must be of the same store. Takes time linear in the marks, on all cores; nothing is sorted.
    #[must_use]
    pub fn filtered(&self, store: &EventStore, filter: &EventSet) -> Self {
        let filtered = |lanes: &[Lane]| lanes.par_iter().map(|lane| lane.filtered(store, filter)).collect::<Vec<_>>();
        let (all, (lanes, families)) = rayon::join(
            || self.all.as_ref().map(|all| Box::new(all.filtered(store, filter))),
            || (filtered(&self.lanes), filtered(&self.families)),
        );
        let matching_dated = all.as_ref().map_or(0, |all| all.len());
        Self { lanes, families, group: self.group, given: Arc::clone(&self.given), matching: filter.count(), matching_dated, all }
    }

    /// The distinct events of some of the lanes, as one lane. Takes time linear in the store.
    pub fn together<'l>(&self, store: &EventStore, lanes: impl Iterator<Item = &'l Lane>) -> Option<Lane> {
        let mut words = vec![0_u64; store.len().div_ceil(64)];
        for event in lanes.flat_map(Lane::by_start) {
            words[event.0 as usize / 64] |= 1 << (event.0 % 64);
        }
        let within = EventSet::from_words(words, store.len());
        self.all.as_ref().map(|all| all.filtered(store, &within))
    }

    /// The lanes, in order.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// A lane as it is shown: its own events or, where the lanes under it are folded into it, those of all of them, each once.
    pub fn shown(&self, lane: LaneId, folded: bool) -> &Lane {
        let own = &self.lanes[lane.0 as usize];
        own.family().filter(|_| folded).map_or(own, |family| &self.families[family as usize])
    }

    /// All dated events that match, as one lane: for the overview, for totals and for stepping through time.
    pub fn all(&self) -> Option<&Lane> {
        self.all.as_deref()
    }

    /// The grouping that made the lanes.
    pub fn group(&self) -> GroupBy {
        self.group
    }

    /// Whether they are by this grouping, with actors under the names that they have now.
    pub fn is_by(&self, store: &EventStore, group: GroupBy) -> bool {
        self.group == group && (group != GroupBy::Actor || *self.given == *store.given_names())
    }

    /// Events that match the filter, dated or not.
    pub fn matching(&self) -> usize {
        self.matching
    }

    /// Dated events that match the filter.
    pub fn matching_dated(&self) -> usize {
        self.matching_dated
    }

    /// The lane with this name.
    pub fn find(&self, name: &str) -> Option<LaneId> {
        self.lanes.iter().position(|lane| &**lane.name() == name).map(|at| LaneId(at as u32))
    }
}
