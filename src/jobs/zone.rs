//! Changing the display zone: the store with its instants elsewhere, its lanes, and what the present filter lets through.

use std::sync::Arc;

use super::filter::{Filtered, LanesWanted, filtered};
use crate::store::{EventStore, LaneIndex, Query};
use crate::time::Zone;

/// A store in another zone, with its lanes.
#[derive(Clone, Debug)]
pub struct Zoned {
    /// The events.
    pub store: Arc<EventStore>,
    /// Their lanes, with and without the filter.
    pub filtered: Filtered,
}

/// Puts the events of a store into a zone and groups them. Takes time linear in the events, on all cores.
pub fn in_zone(store: &EventStore, zone: Zone, query: Query, wanted: LanesWanted) -> Zoned {
    let store = Arc::new(store.in_zone(zone));
    store.name_actors(&wanted.names);
    let whole = Arc::new(LaneIndex::build(&store, wanted.group, None));
    let filtered = filtered(&store, &whole, query, wanted);
    Zoned { store, filtered }
}
