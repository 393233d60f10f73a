//! Counting facets: how many events each value would give, the rest of the query being as it is.

use crate::store::query::Chosen;
use crate::store::{EventSet, EventStore, Facet, FacetRows, Query};

/// Values of each facet that are listed.
const LISTED: usize = 50;

/// The values of every facet, in the order of [`Facet::ALL`], counted under the query without that facet's own choices: so that the values beside the chosen one say what
/// they would add. `matching` are the events of the query; `searches` what the names of each facet must hold.
pub fn facet_rows(
    store: &EventStore,
    query: &Query,
    matching: Option<&EventSet>,
    searches: &[String; Facet::ALL.len()],
    stop: &dyn Fn() -> bool,
) -> [FacetRows; Facet::ALL.len()] {
    let mut at = 0;
    Facet::ALL.map(|facet| {
        let search = &searches[at];
        at += 1;
        if stop() {
            return FacetRows::default();
        }
        let rest = query.without_choices(facet);
        let found = (rest != *query && !rest.is_empty()).then(|| rest.run(store));
        let among = if rest == *query { matching } else { found.as_ref() };
        let counts = facet.counts(store, among, stop);
        let is_chosen = |value: &str| query.chosen(facet, value) != Chosen::Neither;
        facet.rows(store, &counts, search, LISTED, &is_chosen)
    })
}
