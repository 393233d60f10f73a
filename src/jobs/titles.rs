//! Finding events by a few letters of their titles.

use rayon::prelude::*;

use super::Shared;
use crate::formats::Progress as _;
use crate::store::{EventId, EventStore, Fuzzy};

/// How many events are looked at between two looks at whether anyone still waits.
const RUN: usize = 4_096;

/// The `most` events whose titles fit best, best first; of equal ones the earlier. Works on all cores in time linear in the titles; nothing where it was cancelled.
pub fn best_titles(store: &EventStore, typed: &Fuzzy, most: usize, shared: &Shared) -> Vec<EventId> {
    let runs = store.len().div_ceil(RUN);
    let best_of = |mut found: Vec<(std::cmp::Reverse<i32>, EventId)>| {
        found.sort_unstable();
        found.truncate(most);
        found
    };
    let found = (0..runs)
        .into_par_iter()
        .map(|run| {
            if shared.cancelled() {
                return Vec::new();
            }
            let events = (run * RUN) as u32..((run + 1) * RUN).min(store.len()) as u32;
            let score = |event: EventId| Some((std::cmp::Reverse(typed.score(store.title_text(event))?), event));
            best_of(events.map(EventId).filter_map(score).collect())
        })
        .reduce(Vec::new, |mut one, other| {
            one.extend(other);
            best_of(one)
        });
    found.into_iter().map(|(_, event)| event).collect()
}
