//! Names, each kept once and known by a number.

use std::collections::HashMap;
use std::sync::Arc;

use ahash::RandomState;

/// The number of a name within its own [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub u32);

/// A set of names in the order in which they first came.
#[derive(Clone, Debug, Default)]
pub struct Names {
    list: Vec<Arc<str>>,
    ids: HashMap<Arc<str>, NameId, RandomState>,
}

impl Names {
    /// The name's number, given now if it is new.
    pub fn intern(&mut self, name: &str) -> NameId {
        if let Some(&id) = self.ids.get(name) {
            return id;
        }
        let id = NameId(self.list.len() as u32);
        let shared: Arc<str> = Arc::from(name);
        self.list.push(Arc::clone(&shared));
        self.ids.insert(shared, id);
        id
    }

    /// The name's number, if it is known.
    pub fn find(&self, name: &str) -> Option<NameId> {
        self.ids.get(name).copied()
    }

    /// The name of a number; empty for a number that was never given.
    pub fn get(&self, id: NameId) -> &str {
        self.list.get(id.0 as usize).map_or("", |name| name)
    }

    /// The name of a number, shared.
    pub fn shared(&self, id: NameId) -> Arc<str> {
        self.list.get(id.0 as usize).map_or_else(|| Arc::from(""), Arc::clone)
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Every name with its number.
    pub fn iter(&self) -> impl Iterator<Item = (NameId, &str)> {
        self.list.iter().enumerate().map(|(at, name)| (NameId(at as u32), name.as_ref()))
    }
}
