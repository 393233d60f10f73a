//! Asking a filter of every event.

use rayon::prelude::*;

use super::ready::Ready;
use super::{Node, Query, Test};
use crate::store::text::TextReader;
use crate::store::{EventSet, EventStore};

impl Query {
    /// The events of a store that it lets through. Works on all cores. A condition that looks into text goes by the search index; before that is made it takes time
    /// linear in the text.
    pub fn run(&self, store: &EventStore) -> EventSet {
        let plan = self.root.as_ref().map(|root| Plan::of(root, store));
        let blocks = store.len().div_ceil(64);
        let words = match &plan {
            None => vec![u64::MAX; blocks],
            Some(plan) => (0..blocks)
                .into_par_iter()
                .map_init(
                    || store.reader(),
                    |reader, block| {
                        let events = (store.len() - block * 64).min(64);
                        let among = if events == 64 { u64::MAX } else { (1 << events) - 1 };
                        plan.mask(store, reader, block, among)
                    },
                )
                .collect(),
        };
        EventSet::from_words(words, store.len())
    }
}

/// A query made ready for one store; what costs little is asked first.
enum Plan<'q> {
    All(Vec<Plan<'q>>),
    Any(Vec<Plan<'q>>),
    Not(Box<Plan<'q>>),
    One(Ready<'q>, u8),
}

impl<'q> Plan<'q> {
    fn of(node: &'q Node, store: &EventStore) -> Self {
        match node {
            Node::All(parts) => Self::All(Self::sorted(parts.iter().map(|part| Self::of(part, store)).collect())),
            Node::Any(parts) => Self::Any(Self::sorted(parts.iter().map(|part| Self::of(part, store)).collect())),
            Node::Not(part) => Self::Not(Box::new(Self::of(part, store))),
            Node::Test(Test::Has(list)) if list.len() > 1 => {
                let one = |has| Self::one(Ready::Has(has), store);
                Self::Any(list.iter().copied().map(one).collect())
            }
            Node::Test(test) => Self::one(Ready::new(test, store), store),
        }
    }

    fn one(ready: Ready<'q>, store: &EventStore) -> Self {
        let cost = ready.cost(store);
        Self::One(ready, cost)
    }

    fn sorted(mut parts: Vec<Self>) -> Vec<Self> {
        parts.sort_by_key(Self::cost);
        parts
    }

    fn cost(&self) -> u8 {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::cost).max().unwrap_or_default(),
            Self::Not(part) => part.cost(),
            Self::One(_, cost) => *cost,
        }
    }

    /// Which events of a block of 64 pass, of those that are set in `among`: the others are not asked.
    fn mask(&self, store: &EventStore, reader: &mut TextReader<'_>, block: usize, among: u64) -> u64 {
        match self {
            Self::All(parts) => parts.iter().fold(among, |left, part| if left == 0 { 0 } else { part.mask(store, reader, block, left) }),
            Self::Any(parts) => parts.iter().fold(0, |found, part| {
                let left = among & !found;
                found | if left == 0 { 0 } else { part.mask(store, reader, block, left) }
            }),
            Self::Not(part) => among & !part.mask(store, reader, block, among),
            Self::One(ready, _) => ready.mask(store, reader, block, among),
        }
    }
}
