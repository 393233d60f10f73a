//! The names of actors by their ids, one behind the other in one text: a file's table may hold millions of them.

use ahash::RandomState;
use hashbrown::HashTable;

/// What the actors of a table are called.
#[derive(Debug, Default)]
pub(super) struct ActorNames {
    /// Ids and names by turns.
    text: String,
    /// Where the id and where the name of each ends.
    ends: Vec<[usize; 2]>,
    by_id: HashTable<u32>,
    hasher: RandomState,
}

impl ActorNames {
    /// The name of the actor with this id.
    pub(super) fn get(&self, id: &str) -> Option<&str> {
        let at = *self.by_id.find(self.hasher.hash_one(id), |at| self.row(*at).0 == id)?;
        Some(self.row(at).1)
    }

    /// Names an actor; of several with one id, the last gives the name.
    pub(super) fn add(&mut self, id: &str, name: &str) {
        let Ok(at) = u32::try_from(self.ends.len()) else { return };
        self.text.push_str(id);
        let end = self.text.len();
        self.text.push_str(name);
        self.ends.push([end, self.text.len()]);
        let hash = self.hasher.hash_one(id);
        match self.by_id.find_mut(hash, |at| row_of(&self.text, &self.ends, *at).0 == id) {
            Some(before) => *before = at,
            None => {
                self.by_id.insert_unique(hash, at, |at| self.hasher.hash_one(row_of(&self.text, &self.ends, *at).0));
            }
        }
    }

    fn row(&self, at: u32) -> (&str, &str) {
        row_of(&self.text, &self.ends, at)
    }
}

/// The id and the name of a row.
fn row_of<'t>(text: &'t str, ends: &[[usize; 2]], at: u32) -> (&'t str, &'t str) {
    let at = at as usize;
    let begin = if at == 0 { 0 } else { ends[at - 1][1] };
    let [id, name] = ends[at];
    (&text[begin..id], &text[id..name])
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn names_are_found_as_in_a_map(rows in prop::collection::vec(("[ab]{0,2}", "[xé]{0,2}"), 0..40)) {
            let mut names = ActorNames::default();
            for (id, name) in &rows {
                names.add(id, name);
            }
            let map: HashMap<&str, &str> = rows.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
            for id in ["", "a", "b", "aa", "ab", "ba", "bb", "x"] {
                prop_assert_eq!(names.get(id), map.get(id).copied());
            }
        }
    }
}
