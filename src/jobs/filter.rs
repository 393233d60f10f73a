//! Filtering and grouping: the lanes under a query.

use std::sync::Arc;

use crate::store::{EventSet, EventStore, GroupBy, LaneIndex, Query};

/// The lanes under a query.
#[derive(Clone, Debug)]
pub struct Filtered {
    /// The query that made them.
    pub query: Query,
    /// The grouping that made them.
    pub group: GroupBy,
    /// The lanes.
    pub lanes: Arc<LaneIndex>,
    /// The lanes of all events under the same grouping.
    pub whole: Arc<LaneIndex>,
    /// The events that match; `None` where the query is empty.
    pub matching: Option<Arc<EventSet>>,
}

/// Runs a query over a store and groups what it lets through. `whole` are the lanes of all events, made anew where they are of another grouping.
pub fn filtered(store: &EventStore, whole: &Arc<LaneIndex>, query: Query, group: GroupBy) -> Filtered {
    let whole = if whole.group() == group { Arc::clone(whole) } else { Arc::new(LaneIndex::build(store, group, None)) };
    let matching = (!query.is_empty()).then(|| Arc::new(query.run(store)));
    let lanes = matching.as_ref().map_or_else(|| Arc::clone(&whole), |matching| Arc::new(whole.filtered(store, matching)));
    Filtered { query, group, lanes, whole, matching }
}
