//! One lane: its events in order, counted by search.
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

use std::sync::Arc;

use super::super::{EventId, EventSet, EventStore};
use super::LaneId;

/// What is known of a lane before its events.
#[derive(Clone, Debug)]
pub(super) struct LaneHead {
    pub name: Arc<str>,
    pub depth: u8,
    pub parent: Option<LaneId>,
    /// The number of the lane that holds its own events and those of all under it, where there are any.
    pub family: Option<u32>,
    pub is_rest: bool,
    pub is_heading: bool,
}

impl LaneHead {
    /// A lane at the top with nothing under it.
    pub fn named(name: Arc<str>) -> Self {
        Self { name, depth: 0, parent: None, family: None, is_rest: false, is_heading: false }
    }
}

/// One lane with its marks.
#[derive(Clone, Debug)]
pub struct Lane {
    /// What is known of it before its events.
    head: LaneHead,
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

impl Lane {
    pub(super) fn new(store: &EventStore, head: LaneHead, events: Vec<EventId>, by_end: Vec<EventId>) -> Self {
        let end = |event: &EventId| store.ends_ms[event.0 as usize];
        let reach_ms: Vec<i64> = events.chunks(RUN).map(|run| run.iter().map(end).max().unwrap_or(i64::MIN)).collect();
        let far_reach_ms = reach_ms.chunks(RUN).map(|runs| runs.iter().copied().max().unwrap_or(i64::MIN)).collect();
        let run_starts_ms = events.iter().step_by(RUN).map(|event| store.starts_ms[event.0 as usize]).collect();
        Self { head, events, by_end, reach_ms, far_reach_ms, run_starts_ms }
    }

    /// The same lane with only the events of `filter`.
    pub(super) fn filtered(&self, store: &EventStore, filter: &EventSet) -> Self {
        let kept = |events: &[EventId]| {
            let mut kept = Vec::with_capacity(events.len());
            let mut passing = [EventId(0); RUN];
            for run in events.chunks(RUN) {
                // Written without a branch: which events pass is as good as random.
                let count = run.iter().fold(0, |at, &event| {
                    passing[at] = event;
                    at + usize::from(filter.has(event))
                });
                kept.extend_from_slice(&passing[..count]);
            }
            kept.shrink_to_fit();
            kept
        };
        let (events, by_end) = rayon::join(|| kept(&self.events), || kept(&self.by_end));
        Self::new(store, self.head.clone(), events, by_end)
    }

    /// The name as shown.
    pub fn name(&self) -> &Arc<str> {
        &self.head.name
    }

    /// How deep it stands under others (an actor under what it is a member of); 0 at the top.
    pub fn depth(&self) -> u8 {
        self.head.depth
    }

    /// The lane that it stands under.
    pub fn parent(&self) -> Option<LaneId> {
        self.head.parent
    }

    /// Whether lanes stand under it.
    pub fn has_members(&self) -> bool {
        self.head.family.is_some()
    }

    /// Whether it collects the events that have no name of this grouping.
    pub fn is_rest(&self) -> bool {
        self.head.is_rest
    }

    /// Whether it has no event of its own, whatever the filter: it is there for the lanes under it.
    pub fn is_heading(&self) -> bool {
        self.head.is_heading
    }

    pub(super) fn family(&self) -> Option<u32> {
        self.head.family
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

    /// Of the events that are over at `at_ms`, the one that ended last.
    pub fn last_ended(&self, store: &EventStore, at_ms: i64) -> Option<EventId> {
        self.by_end.get(self.ended_by(store, at_ms).checked_sub(1)?).copied()
    }

    /// How many events meet `[from_ms, to_ms)`.
    pub fn count(&self, store: &EventStore, from_ms: i64, to_ms: i64) -> usize {
        self.starting_before(store, to_ms).saturating_sub(self.ended_by(store, from_ms))
    }

    /// Counts the events that meet `[from_ms, to_ms)` in `buckets` equal parts of it, each at the later of its earliest start and `from_ms`. The counts are put into
    /// `out` and add up to [`Lane::count`].
    pub fn buckets(&self, store: &EventStore, from_ms: i64, to_ms: i64, buckets: usize, out: &mut Vec<u32>) {
        let edges: Vec<i64> = (0..=buckets).map(|bucket| bucket_edge(from_ms, to_ms, buckets, bucket)).collect();
        self.buckets_between(store, &edges, out);
    }

    /// The same between neighbouring edges, which ascend: counts the events that meet the span from the first to the last, each at the later of its earliest start and the first.
    pub fn buckets_between(&self, store: &EventStore, edges_ms: &[i64], out: &mut Vec<u32>) {
        out.clear();
        let [from_ms, inner @ .., to_ms] = edges_ms else { return };
        let mut before = self.ended_by(store, *from_ms);
        let total = self.starting_before(store, *to_ms);
        for upto in self.starting_before_each(store, inner).into_iter().chain([total]) {
            // An event that began before the first edge lies in front of `before` or just behind it: the first bucket takes them all.
            let upto = upto.clamp(before.min(total), total);
            out.push(upto.saturating_sub(before) as u32);
            before = before.max(upto);
        }
    }

    /// How many events start before each of several times. All are searched for in step: a start lies anywhere in memory, and while one is on its way the others are asked for.
    fn starting_before_each(&self, store: &EventStore, times_ms: &[i64]) -> Vec<usize> {
        let run_of = |at_ms: &i64| self.run_starts_ms.partition_point(|start_ms| start_ms < at_ms);
        // The first event of the run before the one that begins too late starts in time: what is sought is how many of those behind it do.
        let mut found: Vec<usize> = times_ms.iter().map(|at_ms| run_of(at_ms).checked_sub(1).map_or(0, |run| run * RUN + 1)).collect();
        let mut step = RUN / 2;
        while step > 0 {
            for (found, at_ms) in found.iter_mut().zip(times_ms) {
                let is_before = |event: &EventId| store.starts_ms[event.0 as usize] < *at_ms;
                if *found > 0 && self.events.get(*found + step - 1).is_some_and(is_before) {
                    *found += step;
                }
            }
            step /= 2;
        }
        found
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
fn bucket_edge(from_ms: i64, to_ms: i64, buckets: usize, at: usize) -> i64 {
    let span = i128::from(to_ms) - i128::from(from_ms);
    (i128::from(from_ms) + span * at as i128 / buckets.max(1) as i128) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, EventSink as _, Ledger};
    use crate::store::{GroupBy, LaneIndex, StoreBuilder};
    use crate::time::{Dialect, read};

    #[test]
    fn a_filtered_lane_has_what_passes_in_order_however_long_it_is() {
        for count in [0, 1, RUN - 1, RUN, RUN + 1, 5 * RUN + 7] {
            let mut builder = StoreBuilder::default();
            builder.begin_file("x.csv".into());
            for at in 0..count {
                let when = format!("{}/{}", 1_000 + at, 2_000 + (at * 37) % 500);
                builder.event(&Event { when: read(&when, &Dialect::EDTF).ok(), ..Event::default() }, at as u32 + 1);
            }
            let store = builder.finish(Ledger::default());
            let whole = LaneIndex::build(&store, GroupBy::None, None);
            let passes = |event: &EventId| !event.0.is_multiple_of(3);
            let mut words = vec![0_u64; count.div_ceil(64)];
            (0..count as u32).map(EventId).filter(passes).for_each(|event| words[event.0 as usize / 64] |= 1 << (event.0 % 64));
            let filter = EventSet::from_words(words, count);
            for lane in whole.lanes() {
                let filtered = lane.filtered(&store, &filter);
                let kept = |events: &[EventId]| events.iter().copied().filter(passes).collect::<Vec<_>>();
                assert_eq!((&filtered.events, &filtered.by_end), (&kept(&lane.events), &kept(&lane.by_end)), "{count} events");
            }
            assert_eq!(whole.lanes().len(), 1);
        }
    }
}
