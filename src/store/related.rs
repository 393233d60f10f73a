//! Events that have to do with one: those of the same actors just before and after it, those of the same source nearest to it in time.
//!
//! Found by looking along the order of time, a bounded way in either direction, so that it costs the same in any store.

use super::unpack::{self, NameField};
use super::{EventId, EventSet, EventStore, NameId};

/// Events that have to do with one, in the order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Related {
    /// With an actor in common, before it.
    pub before: Vec<EventId>,
    /// With an actor in common, after it.
    pub after: Vec<EventId>,
    /// From a source in common, and in neither of the others.
    pub same_source: Vec<EventId>,
}

/// Events of the same actors at either side.
const EACH_SIDE: usize = 3;
/// Events of the same source.
const SAME_SOURCE: usize = 5;
/// Events that are looked at in either direction.
const LOOKED_AT: usize = 20_000;
/// Records that are looked into.
const LOOKED_INTO: usize = 2_000;

/// The events of `among` (all of them, without it) that have to do with an event.
pub fn related(store: &EventStore, event: EventId, among: Option<&EventSet>) -> Related {
    let passes = |other: &EventId| among.is_none_or(|set| set.has(*other));
    let earlier = || (0..event.0).rev().map(EventId);
    let later = || (event.0 + 1..store.len() as u32).map(EventId);
    let actors = store.actors(event);
    let shares_actor = |other: &EventId| store.actors(*other).iter().any(|actor| actors.contains(actor));
    let mut found = Related::default();
    // An undated event stands nowhere in time.
    if !actors.is_empty() && store.start_ms(event).is_some() {
        found.before = earlier().take(LOOKED_AT).filter(passes).filter(shares_actor).take(EACH_SIDE).collect();
        found.before.reverse();
        let dated = later().take(LOOKED_AT).take_while(|other| store.start_ms(*other).is_some());
        found.after = dated.filter(passes).filter(shares_actor).take(EACH_SIDE).collect();
    }
    let sources: Vec<NameId> = unpack::names_in(store.packed(event), NameField::Source).collect();
    if !sources.is_empty() {
        let shares_source =
            |other: &EventId| unpack::names_in(store.packed(*other), NameField::Source).any(|source| sources.contains(&source));
        let is_new = |other: &EventId| !found.before.contains(other) && !found.after.contains(other);
        let look = |events: &mut dyn Iterator<Item = EventId>| -> Vec<EventId> {
            events.take(LOOKED_INTO).filter(passes).filter(is_new).filter(shares_source).take(SAME_SOURCE).collect()
        };
        let mut same = look(&mut earlier());
        same.extend(look(&mut later()));
        same.sort_unstable_by_key(|other| other.0.abs_diff(event.0));
        same.truncate(SAME_SOURCE);
        same.sort_unstable();
        found.same_source = same;
    }
    found
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::model::{Event, EventSink as _, Evidence, Ledger, Participant};
    use crate::store::StoreBuilder;
    use crate::time::{Dialect, read};

    #[test]
    fn actors_and_sources_lead_to_other_events() {
        let mut builder = StoreBuilder::default();
        builder.begin_file("made.jsonl".into());
        let rows = [
            ("2001", "A", "S"),
            ("2002", "B", "S"),
            ("2003", "A", "T"),
            ("2004", "A", "S"),
            ("2005", "C", "S"),
            ("2006", "A", "U"),
            ("", "A", "S"),
        ];
        for (line, (year, actor, source)) in rows.into_iter().enumerate() {
            let event = Event {
                when: read(year, &Dialect::EDTF).ok(),
                actors: vec![Participant { name: Cow::Borrowed(actor), role: Cow::Borrowed("") }],
                evidence: vec![Evidence { source: Cow::Borrowed(source), ..Evidence::default() }],
                ..Event::default()
            };
            builder.event(&event, line as u32 + 1);
        }
        let store = builder.finish(Ledger::default());
        let ids = |events: &[EventId]| events.iter().map(|event| event.0).collect::<Vec<_>>();
        let found = related(&store, EventId(3), None);
        assert_eq!((ids(&found.before), ids(&found.after), ids(&found.same_source)), (vec![0, 2], vec![5], vec![1, 4, 6]));
        let some = EventSet::from_words(vec![0b1_1001], store.len());
        let found = related(&store, EventId(3), Some(&some));
        assert_eq!((ids(&found.before), ids(&found.after), ids(&found.same_source)), (vec![0], vec![], vec![4]));
        assert_eq!(related(&store, EventId(6), None).before, []);
    }
}
