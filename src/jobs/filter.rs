//! Filtering and grouping: the lanes under a query.

use std::sync::Arc;

use crate::store::{ActorNames, EventSet, EventStore, GroupBy, LaneIndex, Query, long_gaps};
use crate::view::{Arrangement, Gaps, LaneRows};

/// How the lanes are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LanesWanted {
    /// What makes a lane.
    pub group: GroupBy,
    /// How they are arranged, where they are.
    pub arrangement: Option<Arc<Arrangement>>,
    /// The order that they had while their file grew.
    pub kept: Arc<[Arc<str>]>,
    /// The names that the view gives to actors.
    pub names: Arc<ActorNames>,
    /// Whether long empty stretches are looked for, to be folded away.
    pub fold_empty: bool,
}

/// The long empty stretches.
#[derive(Clone, Debug)]
pub struct FoundGaps {
    /// Those between the events that match.
    pub hits: Arc<Gaps>,
    /// Those between all events.
    pub whole: Arc<Gaps>,
}

impl LanesWanted {
    /// The rows of these lanes. Takes time linear in the lanes, and sorts them.
    pub fn rows(&self, lanes: &LaneIndex) -> LaneRows {
        self.arrangement.as_ref().map_or_else(
            || LaneRows::of(lanes, &Arrangement::default(), &self.kept),
            |arrangement| LaneRows::of(lanes, arrangement, &self.kept),
        )
    }
}

/// The lanes under a query.
#[derive(Clone, Debug)]
pub struct Filtered {
    /// The query that made them.
    pub query: Query,
    /// How they were wanted.
    pub wanted: LanesWanted,
    /// The lanes.
    pub lanes: Arc<LaneIndex>,
    /// The lanes as they are shown.
    pub rows: Arc<LaneRows>,
    /// The lanes of all events under the same grouping.
    pub whole: Arc<LaneIndex>,
    /// The events that match; `None` where the query is empty.
    pub matching: Option<Arc<EventSet>>,
    /// The long empty stretches, where they are to be folded away.
    pub gaps: Option<FoundGaps>,
}

/// Runs a query over a store and groups what it lets through. `whole` are the lanes of all events, made anew where they are of another grouping.
pub fn filtered(store: &EventStore, whole: &Arc<LaneIndex>, query: Query, wanted: LanesWanted) -> Filtered {
    let group = wanted.group;
    store.name_actors(&wanted.names);
    let whole = if whole.is_by(store, group) { Arc::clone(whole) } else { Arc::new(LaneIndex::build(store, group, None)) };
    let matching = (!query.is_empty()).then(|| Arc::new(query.run(store)));
    let lanes = matching.as_ref().map_or_else(|| Arc::clone(&whole), |matching| Arc::new(whole.filtered(store, matching)));
    let rows = Arc::new(wanted.rows(&lanes));
    let gaps = wanted.fold_empty.then(|| {
        let of =
            |index: &LaneIndex, searched| Arc::new(Gaps::new(index.all().map_or_else(Vec::new, |all| long_gaps(store, all)), searched));
        let of_whole = of(&whole, false);
        FoundGaps { hits: if matching.is_some() { of(&lanes, true) } else { Arc::clone(&of_whole) }, whole: of_whole }
    });
    Filtered { query, wanted, lanes, rows, whole, matching, gaps }
}
