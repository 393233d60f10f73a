//! Lanes: events grouped by what they share, with exact counts of any span by search.
//!
//! A lane keeps its events in order of start and, apart from them, its ends in order. An event meets `[from, to)` when it starts before `to` and ends after
//! `from`; and since every end lies after its start,
//!
//! ```text
//! meeting = (starts before `to`) - (ends at or before `from`)
//! ```
//!
//! which is two binary searches whatever the lane holds. Long events that began before a span are found through `reach`, the
//! latest end of each run of 64 events and of each run of 64 runs.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::unpack::{self, NameField};
use super::{EventId, EventSet, EventStore, NameId, Names};

/// What makes a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum GroupBy {
    /// Who took part.
    #[default]
    Actor,
    /// What kind of event it is.
    Kind,
    /// Where it happened.
    Place,
    /// Which source says so.
    Source,
    /// How it is tagged.
    Tag,
    /// All in one lane.
    None,
}

impl GroupBy {
    /// Every grouping, in the order of the menu.
    pub const ALL: [Self; 6] = [Self::Actor, Self::Kind, Self::Place, Self::Source, Self::Tag, Self::None];

    /// The grouping that shows most of a store: by actor, or by kind where no event names an actor.
    pub fn usual(store: &EventStore) -> Self {
        if store.names.actors.is_empty() && !store.names.kinds.is_empty() { Self::Kind } else { Self::Actor }
    }

    /// The word for it on the command line and in menus.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Kind => "kind",
            Self::Place => "place",
            Self::Source => "source",
            Self::Tag => "tag",
            Self::None => "none",
        }
    }

    /// The name of the lane for events that have nothing of this.
    const fn without(self) -> &'static str {
        match self {
            Self::Actor => "No actor",
            Self::Kind => "No kind",
            Self::Place => "No place",
            Self::Source => "No source",
            Self::Tag => "No tag",
            Self::None => "All events",
        }
    }
}

/// The names that lanes of events without a name can have.
pub const NO_LANE_NAMES: [&str; 6] = ["No actor", "No kind", "No place", "No source", "No tag", "All events"];

/// A lane: its place in the order of lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneId(pub u32);

/// One lane with its marks.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The name as shown.
    pub name: Arc<str>,
    /// How deep it stands under others (an actor under what it is a member of); 0 at the top.
    pub depth: u8,
    /// Whether it collects the events that have no name of this grouping.
    pub is_rest: bool,
    /// Its dated events by start.
    events: Vec<EventId>,
    /// The same events by end.
    by_end: Vec<EventId>,
    /// The latest end of each run of [`RUN`] events.
    reach_ms: Vec<i64>,
    /// The latest end of each run of [`RUN`] such runs.
    far_reach_ms: Vec<i64>,
    /// The start of the first event of each run: a few pages in which most of a search stays.
    run_starts_ms: Vec<i64>,
}

const RUN: usize = 64;

/// The lanes of a store under one grouping and one filter.
#[derive(Clone, Debug, Default)]
pub struct LaneIndex {
    lanes: Vec<Lane>,
    group: GroupBy,
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
        let whole = Self::whole(store, group);
        match filter {
            Some(filter) => whole.filtered(store, filter),
            None => whole,
        }
    }

    /// Groups all events.
    fn whole(store: &EventStore, group: GroupBy) -> Self {
        let dated = store.dated();
        let order = LaneOrder::of(store, group);
        // The lanes of each event, as an offset table.
        let lanes_of_events = || {
            let mut offsets = Vec::with_capacity(dated + 1);
            let mut of_event: Vec<u32> = Vec::with_capacity(dated);
            offsets.push(0_u32);
            for event in (0..dated as u32).map(EventId) {
                let first = of_event.len();
                each_name(store, group, event, |name| {
                    let lane = order.lane_of(name);
                    if !of_event[first..].contains(&lane) {
                        of_event.push(lane);
                    }
                });
                offsets.push(of_event.len() as u32);
            }
            (offsets, of_event)
        };
        let in_order_of_end = || {
            let mut keys: Vec<(i64, u32)> = store.ends_ms.iter().copied().zip(0..).collect();
            keys.par_sort_unstable();
            keys.into_iter().map(|(_, event)| EventId(event)).collect::<Vec<_>>()
        };
        let ((offsets, of_event), by_end) = rayon::join(lanes_of_events, in_order_of_end);
        let mut counts = vec![0_usize; order.lanes.len()];
        for &lane in &of_event {
            counts[lane as usize] += 1;
        }
        let in_lanes = |events: &[EventId]| {
            let mut lists: Vec<Vec<EventId>> = counts.iter().map(|&count| Vec::with_capacity(count)).collect();
            for &event in events {
                let at = event.0 as usize;
                for &lane in &of_event[offsets[at] as usize..offsets[at + 1] as usize] {
                    lists[lane as usize].push(event);
                }
            }
            lists
        };
        let by_start: Vec<EventId> = (0..dated as u32).map(EventId).collect();
        let (starts, ends) = rayon::join(|| in_lanes(&by_start), || in_lanes(&by_end));
        let lists = starts.into_par_iter().zip(ends);
        let lanes = order.lanes.into_par_iter().zip(lists).map(|(head, (events, by_end))| Lane::new(store, head, events, by_end)).collect();
        let head = LaneHead { name: Arc::from("All events"), depth: 0, is_rest: false };
        Self { lanes, group, matching: store.len(), matching_dated: dated, all: Some(Box::new(Lane::new(store, head, by_start, by_end))) }
    }

    /// The same lanes with only the events of `filter`, which must be of the same store. Takes time linear in the marks, on all cores; nothing is sorted.
    #[must_use]
    pub fn filtered(&self, store: &EventStore, filter: &EventSet) -> Self {
        let (all, lanes) = rayon::join(
            || self.all.as_ref().map(|all| Box::new(all.filtered(store, filter))),
            || self.lanes.par_iter().map(|lane| lane.filtered(store, filter)).collect(),
        );
        let matching_dated = all.as_ref().map_or(0, |all| all.len());
        Self { lanes, group: self.group, matching: filter.count(), matching_dated, all }
    }

    /// Only these lanes, in the order given; all totals are of the events in them. Takes time linear in the store.
    #[must_use]
    pub fn chosen(&self, store: &EventStore, chosen: &[LaneId]) -> Self {
        let lanes: Vec<Lane> = chosen.iter().filter_map(|id| self.lanes.get(id.0 as usize)).cloned().collect();
        let mut words = vec![0_u64; store.len().div_ceil(64)];
        for event in lanes.iter().flat_map(|lane| &lane.events) {
            words[event.0 as usize / 64] |= 1 << (event.0 % 64);
        }
        let within = EventSet::from_words(words, store.len());
        let all = self.all.as_ref().map(|all| Box::new(all.filtered(store, &within)));
        let matching_dated = all.as_ref().map_or(0, |all| all.len());
        Self { lanes, group: self.group, matching: matching_dated, matching_dated, all }
    }

    /// The lanes, in order.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// All dated events that match, as one lane: for the overview, for totals and for stepping through time.
    pub fn all(&self) -> Option<&Lane> {
        self.all.as_deref()
    }

    /// The grouping that made the lanes.
    pub fn group(&self) -> GroupBy {
        self.group
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
        self.lanes.iter().position(|lane| &*lane.name == name).map(|at| LaneId(at as u32))
    }
}

impl Lane {
    fn new(store: &EventStore, head: LaneHead, events: Vec<EventId>, by_end: Vec<EventId>) -> Self {
        let end = |event: &EventId| store.ends_ms[event.0 as usize];
        let reach_ms: Vec<i64> = events.chunks(RUN).map(|run| run.iter().map(end).max().unwrap_or(i64::MIN)).collect();
        let far_reach_ms = reach_ms.chunks(RUN).map(|runs| runs.iter().copied().max().unwrap_or(i64::MIN)).collect();
        let run_starts_ms = events.iter().step_by(RUN).map(|event| store.starts_ms[event.0 as usize]).collect();
        Self { name: head.name, depth: head.depth, is_rest: head.is_rest, events, by_end, reach_ms, far_reach_ms, run_starts_ms }
    }

    fn filtered(&self, store: &EventStore, filter: &EventSet) -> Self {
        // Written without a branch: which events pass is as good as random.
        let kept = |events: &[EventId]| {
            let mut kept = vec![EventId(0); events.len() + 1];
            let count = events.iter().fold(0, |at, &event| {
                kept[at] = event;
                at + usize::from(filter.has(event))
            });
            kept.truncate(count);
            kept.shrink_to_fit();
            kept
        };
        let head = LaneHead { name: Arc::clone(&self.name), depth: self.depth, is_rest: self.is_rest };
        let (events, by_end) = rayon::join(|| kept(&self.events), || kept(&self.by_end));
        Self::new(store, head, events, by_end)
    }

    /// How many events the lane has in all.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Its events by start.
    pub fn by_start(&self) -> &[EventId] {
        &self.events
    }

    /// How many events start before `at_ms`.
    pub fn starting_before(&self, store: &EventStore, at_ms: i64) -> usize {
        // The first run that begins too late; the boundary lies in the one before it.
        let run = self.run_starts_ms.partition_point(|&start_ms| start_ms < at_ms);
        let from = run.saturating_sub(1) * RUN;
        let to = (run * RUN).min(self.events.len());
        from + self.events[from..to].partition_point(|event| store.starts_ms[event.0 as usize] < at_ms)
    }

    /// How many events are over at `at_ms`.
    pub fn ended_by(&self, store: &EventStore, at_ms: i64) -> usize {
        self.by_end.partition_point(|event| store.ends_ms[event.0 as usize] <= at_ms)
    }

    /// How many events meet `[from_ms, to_ms)`.
    pub fn count(&self, store: &EventStore, from_ms: i64, to_ms: i64) -> usize {
        self.starting_before(store, to_ms).saturating_sub(self.ended_by(store, from_ms))
    }

    /// Counts the events that meet `[from_ms, to_ms)` in `buckets` equal parts of it, each at the later of its earliest start and `from_ms`. The counts are put into
    /// `out` and add up to [`Lane::count`].
    pub fn buckets(&self, store: &EventStore, from_ms: i64, to_ms: i64, buckets: usize, out: &mut Vec<u32>) {
        out.clear();
        let mut before = self.ended_by(store, from_ms);
        let total = self.starting_before(store, to_ms);
        for bucket in 1..=buckets {
            let edge_ms = bucket_edge(from_ms, to_ms, buckets, bucket);
            let upto = if bucket == buckets {
                total
            } else {
                // An event that began before `from_ms` lies in front of `before` or just behind it: the first bucket takes them all.
                self.starting_before(store, edge_ms).clamp(before.min(total), total)
            };
            out.push(upto.saturating_sub(before) as u32);
            before = before.max(upto);
        }
    }

    /// Puts the events that meet `[from_ms, to_ms)` into `out`, by start, and returns whether all fit within `limit`.
    pub fn events(&self, store: &EventStore, from_ms: i64, to_ms: i64, limit: usize, out: &mut Vec<EventId>) -> bool {
        out.clear();
        let first_inside = self.starting_before(store, from_ms);
        let last = self.starting_before(store, to_ms);
        let runs = first_inside.div_ceil(RUN);
        let far_runs = (0..runs.div_ceil(RUN)).filter(|&far| self.far_reach_ms[far] > from_ms);
        for run in far_runs.flat_map(|far| far * RUN..((far + 1) * RUN).min(runs)).filter(|&run| self.reach_ms[run] > from_ms) {
            for &event in &self.events[run * RUN..((run + 1) * RUN).min(first_inside)] {
                if store.ends_ms[event.0 as usize] > from_ms {
                    if out.len() == limit {
                        return false;
                    }
                    out.push(event);
                }
            }
        }
        for &event in &self.events[first_inside..last.max(first_inside)] {
            if store.ends_ms[event.0 as usize] > from_ms {
                if out.len() == limit {
                    return false;
                }
                out.push(event);
            }
        }
        true
    }
}

/// The start of bucket `at` of `buckets` equal parts of `[from_ms, to_ms)`.
pub(super) fn bucket_edge(from_ms: i64, to_ms: i64, buckets: usize, at: usize) -> i64 {
    let span = i128::from(to_ms) - i128::from(from_ms);
    (i128::from(from_ms) + span * at as i128 / buckets.max(1) as i128) as i64
}

/// What is known of a lane before its events.
struct LaneHead {
    name: Arc<str>,
    depth: u8,
    is_rest: bool,
}

/// Which lanes there are, in order, and which lane a name belongs to.
struct LaneOrder {
    lanes: Vec<LaneHead>,
    /// By number of the name; `u32::MAX` where it has no lane.
    of_name: Vec<u32>,
    rest: u32,
}

impl LaneOrder {
    /// The order of lanes: actors that the tables put in order, members under what they belong to; then the rest by number of events, most first.
    fn of(store: &EventStore, group: GroupBy) -> Self {
        let names = names_of(store, group);
        let mut counts = vec![0_usize; names.map_or(0, Names::len)];
        let mut without = 0_usize;
        for event in (0..store.dated() as u32).map(EventId) {
            each_name(store, group, event, |name| match name {
                Some(name) => counts[name.0 as usize] += 1,
                None => without += 1,
            });
        }
        let mut order: Vec<(NameId, u8)> = Vec::new();
        if let (GroupBy::Actor, Some(names)) = (group, names) {
            order = table_order(store, names);
        } else if let (GroupBy::Kind, Some(names)) = (group, names) {
            let listed = store.tables.iter().flat_map(|tables| &tables.kinds).filter_map(|kind| names.find(&kind.id));
            order = listed.map(|id| (id, 0)).collect();
        }
        order.retain(|(id, _)| counts[id.0 as usize] > 0);
        let mut of_name = vec![u32::MAX; counts.len()];
        order.dedup_by_key(|(id, _)| *id);
        let mut placed: Vec<bool> = vec![false; counts.len()];
        order.retain(|(id, _)| !std::mem::replace(&mut placed[id.0 as usize], true));
        let mut others: Vec<NameId> = (0..counts.len() as u32).map(NameId).collect();
        others.retain(|id| !placed[id.0 as usize] && counts[id.0 as usize] > 0);
        others.sort_by_key(|id| (std::cmp::Reverse(counts[id.0 as usize]), *id));
        order.extend(others.into_iter().map(|id| (id, 0)));
        let mut lanes = Vec::with_capacity(order.len() + 1);
        for (at, (id, depth)) in order.iter().enumerate() {
            of_name[id.0 as usize] = at as u32;
            let name = match (group, names) {
                (GroupBy::Kind, _) => Arc::from(store.kind_label(*id)),
                (GroupBy::Source, Some(names)) => Arc::from(source_lane(store, names.get(*id))),
                (_, Some(names)) => names.shared(*id),
                (_, None) => Arc::from(""),
            };
            lanes.push(LaneHead { name, depth: *depth, is_rest: false });
        }
        let rest = lanes.len() as u32;
        if without > 0 || group == GroupBy::None {
            lanes.push(LaneHead { name: Arc::from(group.without()), depth: 0, is_rest: group != GroupBy::None });
        }
        Self { lanes, of_name, rest }
    }

    fn lane_of(&self, name: Option<NameId>) -> u32 {
        name.map_or(self.rest, |name| self.of_name[name.0 as usize])
    }
}

fn source_lane(store: &EventStore, reference: &str) -> String {
    let source = store.source(reference);
    if source.title.is_empty() { reference.to_owned() } else { source.title.clone() }
}

fn names_of(store: &EventStore, group: GroupBy) -> Option<&Names> {
    match group {
        GroupBy::Actor => Some(&store.names.actors),
        GroupBy::Kind => Some(&store.names.kinds),
        GroupBy::Place => Some(&store.names.places),
        GroupBy::Source => Some(&store.names.sources),
        GroupBy::Tag => Some(&store.names.tags),
        GroupBy::None => None,
    }
}

/// Calls `take` for each name that puts the event into a lane, or once with `None`.
fn each_name(store: &EventStore, group: GroupBy, event: EventId, mut take: impl FnMut(Option<NameId>)) {
    let mut any = false;
    let mut some = |name: NameId| {
        any = true;
        take(Some(name));
    };
    match group {
        GroupBy::Actor => store.actors(event).iter().copied().for_each(&mut some),
        GroupBy::Kind => store.kind(event).into_iter().for_each(&mut some),
        GroupBy::Place => unpack::names_in(store.packed(event), NameField::Place).for_each(&mut some),
        GroupBy::Source => unpack::names_in(store.packed(event), NameField::Source).for_each(&mut some),
        GroupBy::Tag => unpack::names_in(store.packed(event), NameField::Tag).for_each(&mut some),
        GroupBy::None => {}
    }
    if !any {
        take(None);
    }
}

/// The actors of the tables in their order, each followed by its members, with their depth.
fn table_order(store: &EventStore, names: &Names) -> Vec<(NameId, u8)> {
    let rows: Vec<&crate::model::Actor> = store.tables.iter().flat_map(|tables| &tables.actors).collect();
    let mut at_of: HashMap<&str, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        at_of.entry(&row.name).or_insert(at);
        at_of.entry(&row.id).or_insert(at);
    }
    let parent: Vec<Option<usize>> = rows.iter().map(|row| at_of.get(row.member_of.as_str()).copied()).collect();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    for (at, above) in parent.iter().enumerate() {
        if let Some(above) = *above
            && above != at
        {
            members[above].push(at);
        }
    }
    let mut out = Vec::new();
    let mut done = vec![false; rows.len()];
    let tops = (0..rows.len()).filter(|&at| parent[at].is_none_or(|above| above == at));
    // Rows that belong to one another in a ring have no top: they follow in the order of the table.
    for top in tops.chain(0..rows.len()).collect::<Vec<_>>() {
        let mut waiting = vec![(top, 0_u8)];
        while let Some((at, depth)) = waiting.pop() {
            if std::mem::replace(&mut done[at], true) {
                continue;
            }
            if let Some(id) = names.find(&rows[at].name) {
                out.push((id, depth));
            }
            waiting.extend(members[at].iter().rev().map(|&member| (member, depth.saturating_add(1))));
        }
    }
    out
}
