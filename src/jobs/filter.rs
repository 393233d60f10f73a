//! Filtering and grouping: the lanes under a query.

use std::sync::Arc;

use crate::store::{EventSet, EventStore, GroupBy, LaneIndex, Query};

/// The lanes under a query.
#[derive(Clone, Debug)]
pub struct Filtered {
    /// The query that made them.
    pub query: String,
    /// The grouping that made them.
    pub group: GroupBy,
    /// The lanes.
    pub lanes: Arc<LaneIndex>,
    /// The events that match; `None` where the query is empty.
    pub matching: Option<Arc<EventSet>>,
}

/// Runs a query over a store and groups what it lets through.
pub fn filtered(store: &EventStore, text: &str, query: &Query, group: GroupBy) -> Filtered {
    let matching = (!query.is_empty()).then(|| Arc::new(query.run(store)));
    let lanes = Arc::new(LaneIndex::build(store, group, matching.as_deref()));
    Filtered { query: text.to_owned(), group, lanes, matching }
}
