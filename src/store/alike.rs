//! Names that mean one actor: those that differ only by case, spacing or Unicode form, and those that a table calls aliases. The file's own spelling of each event stays.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError};

use unicode_normalization::UnicodeNormalization as _;

use super::{EventStore, NameId};

/// A name without what does not tell actors apart: case, runs of white space, and the forms of letters that Unicode holds to be the same.
pub fn actor_key(name: &str) -> Cow<'_, str> {
    let is_plain = |bytes: &[u8]| {
        let is_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
        let is_run = bytes.windows(2).any(|pair| pair[0].is_ascii_whitespace() && pair[1].is_ascii_whitespace());
        let is_other = bytes.iter().any(|byte| byte.is_ascii_control() || byte.is_ascii_uppercase());
        !is_edge(bytes.first()) && !is_edge(bytes.last()) && !is_run && !is_other
    };
    if name.is_ascii() && is_plain(name.as_bytes()) {
        return Cow::Borrowed(name);
    }
    // Upper case first: letters that have one capital (σ and ς) or none (ß) come out the same.
    let folded: String = name.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc().collect();
    Cow::Owned(folded.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Names that a view gives to actors, by the name under which the file shows them. Two that are given the same name are one.
pub type ActorNames = BTreeMap<String, String>;

/// An actor under all its names.
#[derive(Clone, Debug)]
struct Class {
    /// The name as shown.
    shown: Arc<str>,
    /// One of its names, which stands for all.
    first: NameId,
}

/// Which names mean the same actor.
#[derive(Clone, Debug, Default)]
pub(super) struct Alike {
    /// By number of the name, the number of its class.
    of_name: Vec<u32>,
    classes: Vec<Class>,
    by_key: HashMap<String, u32>,
    /// The names that the view has given.
    given: Arc<ActorNames>,
}

impl Alike {
    /// Puts the names of a store's actors together, and then those that the view calls the same.
    fn of(store: &EventStore, given: &Arc<ActorNames>) -> Self {
        let mut alike = Self::of_file(store);
        if !given.is_empty() {
            alike.rename(given);
        }
        alike
    }

    /// Gives classes other names; those with the same name become one.
    fn rename(&mut self, given: &Arc<ActorNames>) {
        for class in &mut self.classes {
            if let Some(name) = given.get(&*class.shown) {
                class.shown = Arc::from(name.as_str());
            }
        }
        let mut first_of: HashMap<String, u32> = HashMap::new();
        let now: Vec<u32> =
            (0..).zip(&self.classes).map(|(at, class)| *first_of.entry(actor_key(&class.shown).into_owned()).or_insert(at)).collect();
        for class in self.of_name.iter_mut().chain(self.by_key.values_mut()) {
            *class = now[*class as usize];
        }
        for (key, class) in first_of.into_iter().collect::<BTreeMap<_, _>>() {
            self.by_key.insert(key, class);
        }
        self.given = Arc::clone(given);
    }

    /// Puts the names of a store's actors together.
    fn of_file(store: &EventStore) -> Self {
        let names = &store.names.actors;
        let aliases = aliases(store);
        let mut alike = Self { of_name: Vec::with_capacity(names.len()), ..Self::default() };
        let mut is_joined = false;
        for (id, name) in names.iter() {
            let key = actor_key(name);
            let key = aliases.get(key.as_ref()).map_or(key.as_ref(), |(key, _)| key.as_str());
            let class = alike.by_key.get(key).copied().unwrap_or_else(|| {
                let class = alike.classes.len() as u32;
                alike.classes.push(Class { shown: names.shared(id), first: id });
                alike.by_key.insert(key.to_owned(), class);
                class
            });
            is_joined |= alike.classes[class as usize].first != id || key != actor_key(name);
            alike.of_name.push(class);
        }
        if is_joined {
            alike.choose_names(store, &aliases);
        }
        for (alias, (key, _)) in aliases {
            if let Some(class) = alike.by_key.get(&key).copied() {
                alike.by_key.entry(alias).or_insert(class);
            }
        }
        alike
    }

    /// Shows each class by its most common spelling; one that is met by aliases alone by the name in the table.
    fn choose_names(&mut self, store: &EventStore, aliases: &BTreeMap<String, (String, String)>) {
        let names = &store.names.actors;
        let mut counts = vec![0_usize; names.len()];
        for id in &store.actor_ids {
            counts[id.0 as usize] += 1;
        }
        let mut best: Vec<Option<usize>> = vec![None; self.classes.len()];
        for (id, name) in names.iter() {
            let class = self.of_name[id.0 as usize] as usize;
            let count = counts[id.0 as usize];
            match aliases.get(actor_key(name).as_ref()) {
                Some((_, listed)) if best[class].is_none() => self.classes[class].shown = Arc::from(listed.as_str()),
                None if best[class].is_none_or(|most| count > most) => {
                    best[class] = Some(count);
                    self.classes[class].shown = names.shared(id);
                }
                _ => {}
            }
        }
    }

    /// The name that stands for all that mean the same actor.
    pub(super) fn first(&self, id: NameId) -> NameId {
        self.class(id).map_or(id, |class| class.first)
    }

    fn class(&self, id: NameId) -> Option<&Class> {
        self.classes.get(*self.of_name.get(id.0 as usize)? as usize)
    }

    /// The number that stands for an actor of any of its names.
    pub(super) fn find(&self, name: &str) -> Option<NameId> {
        let class = *self.by_key.get(actor_key(name).as_ref())?;
        self.classes.get(class as usize).map(|class| class.first)
    }
}

/// For each alias by its key, the key of the actor's name and that name. What two rows call an alias, or what another row has as its name, joins nothing.
fn aliases(store: &EventStore) -> BTreeMap<String, (String, String)> {
    let rows = || store.tables.iter().flat_map(|tables| &tables.actors);
    let own: std::collections::HashSet<Cow<'_, str>> = rows().map(|row| actor_key(&row.name)).collect();
    let mut found: BTreeMap<String, Option<(String, String)>> = BTreeMap::new();
    for row in rows() {
        let name = actor_key(&row.name);
        for alias in &row.aliases {
            let alias = actor_key(alias);
            if alias.is_empty() || own.contains(&alias) {
                continue;
            }
            let joined = found.entry(alias.into_owned()).or_insert_with(|| Some((name.clone().into_owned(), row.name.clone())));
            if joined.as_ref().is_some_and(|(other, _)| *other != name) {
                *joined = None;
            }
        }
    }
    found.into_iter().filter_map(|(alias, joined)| Some((alias, joined?))).collect()
}

impl EventStore {
    pub(super) fn alike(&self) -> Arc<Alike> {
        if let Some(alike) = &*self.alike.read().unwrap_or_else(PoisonError::into_inner) {
            return Arc::clone(alike);
        }
        self.set_alike(&Arc::default())
    }

    fn set_alike(&self, given: &Arc<ActorNames>) -> Arc<Alike> {
        let alike = Arc::new(Alike::of(self, given));
        *self.alike.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&alike));
        alike
    }

    /// Shows actors under the names that a view gives them, from the next lanes on that are made. Takes time linear in the names where these are others than before.
    pub fn name_actors(&self, given: &Arc<ActorNames>) {
        if self.alike().given != *given {
            self.set_alike(given);
        }
    }

    /// The names that a view has given to actors.
    pub fn given_names(&self) -> Arc<ActorNames> {
        Arc::clone(&self.alike().given)
    }

    /// The name under which an actor has its lane: the most common of the spellings that differ only by case, spacing or Unicode form, for an alias that of the actor.
    pub fn shown_actor(&self, id: NameId) -> Arc<str> {
        self.alike().class(id).map_or_else(|| self.names.actors.shared(id), |class| Arc::clone(&class.shown))
    }

    /// The name under which the actor of any of its names has its lane; the name itself where nobody bears it.
    pub fn shown_actor_of(&self, name: &str) -> Arc<str> {
        self.alike().find(name).map_or_else(|| Arc::from(name), |id| self.shown_actor(id))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Actor, Event, EventSink as _, FileLedger, Ledger, Participant, Tables};
    use crate::store::{GroupBy, LaneIndex, StoreBuilder};
    use crate::time::{Dialect, read};

    fn store(actors: &[&[&str]], table: Vec<Actor>) -> EventStore {
        let mut builder = StoreBuilder::default();
        builder.begin_file("x.json".into());
        builder.tables(Tables { actors: table, ..Tables::default() });
        for (at, names) in actors.iter().enumerate() {
            let event = Event {
                when: read("2023-08-30", &Dialect::EDTF).ok(),
                actors: names.iter().map(|name| Participant { name: (*name).into(), role: "".into() }).collect(),
                ..Event::default()
            };
            builder.event(&event, at as u32 + 1);
        }
        builder.finish(Ledger { files: vec![FileLedger::new("x.json", "chronolane")] })
    }

    fn lanes(store: &EventStore) -> Vec<(String, usize)> {
        let lanes = LaneIndex::build(store, GroupBy::Actor, None);
        lanes.lanes().iter().map(|lane| (lane.name().to_string(), lane.len())).collect()
    }

    #[test]
    fn spellings_are_one_lane_by_the_most_common() {
        let store = store(&[&["ANA  mora"], &["Ana Mora"], &["Ana Mora"], &["Ana\u{a0}Mora", "ana mora"], &["Ben"]], Vec::new());
        assert_eq!(lanes(&store), [("Ana Mora".to_owned(), 4), ("Ben".to_owned(), 1)]);
        assert_eq!(&*store.shown_actor_of("ANA MORA"), "Ana Mora");
        assert_eq!(store.record(crate::store::EventId(0)).actors.len(), 1);
    }

    #[test]
    fn aliases_join_unless_they_mean_two() {
        let row = |name: &str, aliases: &[&str]| Actor {
            id: name.to_owned(),
            name: name.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            ..Actor::default()
        };
        let table = vec![row("Ana Mora", &["A. Mora", "Mora"]), row("Ben Mora", &["Mora", "Ana Mora"])];
        let store = store(&[&["a. mora"], &["Mora"], &["Ben Mora", "BEN MORA"], &["A. Mora", "Ana Mora"]], table);
        assert_eq!(lanes(&store), [("Ana Mora".to_owned(), 2), ("Ben Mora".to_owned(), 1), ("Mora".to_owned(), 1)]);
    }

    #[test]
    fn actors_are_renamed_and_merged_and_become_themselves_again() {
        let store = store(&[&["Ana"], &["ANA"], &["Ben", "Ana"], &["Cem"]], Vec::new());
        let given = |pairs: &[(&str, &str)]| Arc::new(pairs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect());
        let before = lanes(&store);
        store.name_actors(&given(&[("Ben", "Ana"), ("Cem", "Cem the Elder")]));
        assert_eq!(lanes(&store), [("Ana".to_owned(), 3), ("Cem the Elder".to_owned(), 1)]);
        assert_eq!((&*store.shown_actor_of("ben"), &*store.shown_actor_of("Cem")), ("Ana", "Cem the Elder"));
        store.name_actors(&Arc::default());
        assert_eq!(lanes(&store), before);
    }

    #[test]
    fn an_actor_that_is_met_by_an_alias_alone_has_the_name_of_the_table() {
        let table = vec![Actor { id: "x".into(), name: "Ana Mora".into(), aliases: vec!["A. Mora".into()], ..Actor::default() }];
        assert_eq!(lanes(&store(&[&["A. Mora"], &["a. mora"]], table)), [("Ana Mora".to_owned(), 2)]);
    }

    proptest! {
        #[test]
        fn a_name_in_another_dress_has_the_same_key(name in "[\\PC ]{0,12}", gap in "[ \t\u{a0}]{1,3}") {
            let key = actor_key(&name).into_owned();
            prop_assert_eq!(actor_key(&key), key.as_str(), "a key is its own key");
            let upper: String = name.nfkc().flat_map(char::to_uppercase).collect();
            prop_assert_eq!(actor_key(&upper), key.as_str());
            let decomposed: String = name.nfd().collect();
            prop_assert_eq!(actor_key(&decomposed), key.as_str());
            let spaced = format!("{gap}{}{gap}", name.replace(' ', &gap));
            prop_assert_eq!(actor_key(&spaced), key.as_str());
        }

        #[test]
        fn every_event_is_in_the_lanes_of_its_actors_once(events in prop::collection::vec(prop::collection::vec("[aAbB] ?[xX]?", 0..4), 1..20)) {
            let events: Vec<Vec<&str>> = events.iter().map(|names| names.iter().map(String::as_str).collect()).collect();
            let store = store(&events.iter().map(Vec::as_slice).collect::<Vec<_>>(), Vec::new());
            for (name, count) in lanes(&store) {
                let wanted = events.iter().filter(|names| match name.as_str() {
                    "No actor" => names.iter().all(|name| name.trim().is_empty()),
                    name => names.iter().any(|other| actor_key(other) == actor_key(name)),
                });
                prop_assert_eq!(wanted.count(), count, "{}", name);
            }
        }
    }
}
