//! The tables of several files as those of one: no id means two things.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::json::Json;
use super::{Lost, Selection};
use crate::model::{Actor, Further, Kind, Source, Tables, Value};
use crate::store::EventStore;

/// What stands beside the events, for one file.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub title: String,
    pub description: String,
    pub kinds: Vec<Kind>,
    pub actors: Vec<Actor>,
    pub sources: Vec<Source>,
    pub further: Vec<Further<'static>>,
    /// The id by which an actor of a name is referred to.
    actor_ids: HashMap<String, String>,
    /// The name of the actor that an id means; of an id that stands twice, the last, as the reader has it.
    names_by_id: HashMap<String, String>,
    /// For each file, the sources whose id had to be changed.
    source_ids: Vec<HashMap<String, String>>,
}

impl Merged {
    /// Those of all files of a store.
    pub(super) fn of(store: &EventStore, lost: &mut Lost) -> Self {
        let mut merged = Self::default();
        for tables in store.tables() {
            merged.add(tables, lost);
        }
        merged.name_actors(store);
        merged
    }

    fn add(&mut self, tables: &Tables, lost: &mut Lost) {
        for (own, other, what) in [
            (&mut self.title, &tables.title, "titles of further files are not written"),
            (&mut self.description, &tables.description, "descriptions of further files are not written"),
        ] {
            if own.is_empty() {
                own.clone_from(other);
            } else {
                lost.add_if(!other.is_empty() && own != other, what);
            }
        }
        // What one file says twice stays twice; what a further file says again is said once.
        let (kinds, actors, sources, fields) = (self.kinds.len(), self.actors.len(), self.sources.len(), self.further.len());
        for kind in &tables.kinds {
            match self.kinds[..kinds].iter().find(|known| known.id == kind.id) {
                Some(known) => lost.add_if(known != kind, "second rows of a kind are not written"),
                None => self.kinds.push(kind.clone()),
            }
        }
        let changed = changed_ids(tables.actors.iter().map(|actor| (&actor.id, actor)), self.actors.iter().map(|actor| (&actor.id, actor)));
        for actor in &tables.actors {
            let mut row = actor.clone();
            for id in [&mut row.id, &mut row.member_of] {
                if let Some(new) = changed.get(id.as_str()) {
                    id.clone_from(new);
                }
            }
            if !self.actors[..actors].contains(&row) {
                self.actors.push(row);
            }
        }
        let known = self.sources.iter().map(|source| (&source.id, source));
        let changed = changed_ids(tables.sources.iter().map(|source| (&source.id, source)), known);
        for source in &tables.sources {
            let mut row = source.clone();
            if let Some(new) = changed.get(&row.id) {
                row.id.clone_from(new);
            }
            if !self.sources[..sources].contains(&row) {
                self.sources.push(row);
            }
        }
        self.source_ids.push(changed);
        for field in &tables.further {
            if !self.further[..fields].contains(field) {
                self.further.push(field.clone());
            }
        }
    }

    /// Finds how each actor is referred to: by the id of a row that bears its name, else by its name; a name that is another's id gets a row of its own.
    fn name_actors(&mut self, store: &EventStore) {
        let name_of: HashMap<&str, &str> = self.actors.iter().map(|actor| (actor.id.as_str(), actor.name.as_str())).collect();
        let mut ids: HashMap<String, String> = HashMap::new();
        for actor in &self.actors {
            if name_of.get(actor.id.as_str()) == Some(&actor.name.as_str()) {
                ids.entry(actor.name.clone()).or_insert_with(|| actor.id.clone());
            }
        }
        let mut added = Vec::new();
        for (_, name) in store.names().actors.iter() {
            if !ids.contains_key(name) && name_of.get(name).is_some_and(|other| *other != name) {
                let id = free_id(name, |id| name_of.contains_key(id));
                ids.insert(name.to_owned(), id.clone());
                added.push(Actor { id, name: name.to_owned(), ..Actor::default() });
            }
        }
        self.actors.extend(added);
        self.actor_ids = ids;
        self.names_by_id = self.actors.iter().map(|actor| (actor.id.clone(), actor.name.clone())).collect();
    }

    /// How an event refers to an actor.
    pub(super) fn actor<'a>(&'a self, name: &'a str) -> &'a str {
        self.actor_ids.get(name).map_or(name, String::as_str)
    }

    /// The name of the actor that a text means.
    pub(super) fn actor_named<'a>(&'a self, reference: &'a str) -> &'a str {
        self.names_by_id.get(reference).map_or(reference, String::as_str)
    }

    /// How a piece of evidence of a file refers to a source.
    pub(super) fn source<'a>(&'a self, file: u32, reference: &'a str) -> &'a str {
        self.source_ids.get(file as usize).and_then(|changed| changed.get(reference)).map_or(reference, String::as_str)
    }

    /// Writes the rows of a table, each on a line of its own.
    pub(super) fn rows(&self) -> [(&'static str, Vec<Json>); 3] {
        [
            ("kinds", self.kinds.iter().map(kind).collect()),
            ("actors", self.actors.iter().map(actor).collect()),
            ("sources", self.sources.iter().map(source).collect()),
        ]
    }
}

/// The ids that mean something else in another table, each with a new one.
fn changed_ids<'t, T: PartialEq + 't>(
    own: impl Iterator<Item = (&'t String, &'t T)>,
    others: impl Iterator<Item = (&'t String, &'t T)>,
) -> HashMap<String, String> {
    let mut known: HashMap<&str, &T> = HashMap::new();
    for (id, row) in others {
        known.insert(id, row);
    }
    let own: Vec<(&String, &T)> = own.collect();
    let mut taken: HashSet<String> = known.keys().map(|id| (*id).to_owned()).chain(own.iter().map(|(id, _)| (*id).clone())).collect();
    let mut changed = HashMap::new();
    for (id, row) in own {
        if known.get(id.as_str()).is_some_and(|other| *other != row) && !changed.contains_key(id) {
            let new = free_id(id, |id| taken.contains(id));
            taken.insert(new.clone());
            changed.insert(id.clone(), new);
        }
    }
    changed
}

/// An id like this one that nobody bears.
fn free_id(id: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut number = 2_u32;
    loop {
        let new = format!("{id}~{number}");
        if !is_taken(&new) {
            return new;
        }
        number += 1;
    }
}

/// The further fields of a row, under their own names.
fn further(json: &mut Json, fields: &[Further<'_>]) {
    for field in fields {
        json.key(&field.name);
        value(json, &field.value);
    }
}

/// The value of a further field.
pub(super) fn value(json: &mut Json, value: &Value<'_>) {
    match value {
        Value::Text(text) => json.text(text),
        Value::Json(raw) => json.raw(raw),
    }
}

fn object(fill: impl FnOnce(&mut Json)) -> Json {
    let mut json = Json::default();
    json.object(fill);
    json
}

fn kind(kind: &Kind) -> Json {
    object(|json| {
        json.field("id", &kind.id);
        json.field_if("label", &kind.label);
        json.field_if("color", &kind.color);
        json.field_if("shape", &kind.shape);
        further(json, &kind.further);
    })
}

fn actor(actor: &Actor) -> Json {
    object(|json| {
        json.field("id", &actor.id);
        json.field_if("name", &actor.name);
        json.field_if("kind", &actor.kind);
        json.field_if("member_of", &actor.member_of);
        if !actor.aliases.is_empty() {
            json.key("aliases");
            json.list(|json| actor.aliases.iter().for_each(|alias| json.text(alias)));
        }
        further(json, &actor.further);
    })
}

fn source(source: &Source) -> Json {
    object(|json| {
        for (key, text) in [("id", &source.id), ("title", &source.title)] {
            json.field(key, text);
        }
        for (key, text) in [
            ("publisher", &source.publisher),
            ("author", &source.author),
            ("url", &source.url),
            ("archive_url", &source.archive_url),
            ("published", &source.published),
            ("retrieved", &source.retrieved),
            ("path", &source.path),
            ("text", &source.text),
            ("sha256", &source.sha256),
        ] {
            json.field_if(key, text);
        }
        further(json, &source.further);
    })
}

/// Counts what tables say that a format with events alone has no place for.
pub(super) fn lost_beside_events(selection: &Selection<'_>, keeps_title: bool, lost: &mut Lost) {
    for tables in selection.store.tables() {
        lost.add_if(!keeps_title && !tables.title.is_empty(), "the file's title is not written");
        lost.add_if(!tables.description.is_empty(), "the file's description is not written");
        let said =
            |actor: &&Actor| !(actor.kind.is_empty() && actor.member_of.is_empty() && actor.aliases.is_empty() && actor.further.is_empty());
        lost.add("actors lose what the table says of them (kind, member of, aliases)", tables.actors.iter().filter(said).count());
        let drawn = |kind: &&Kind| !(kind.color.is_empty() && kind.shape.is_empty() && kind.further.is_empty());
        lost.add("kinds lose their colour or symbol", tables.kinds.iter().filter(drawn).count());
        let more = |source: &&Source| {
            let fields =
                [&source.publisher, &source.author, &source.archive_url, &source.retrieved, &source.path, &source.text, &source.sha256];
            fields.into_iter().any(|text| !text.is_empty()) || !source.further.is_empty()
        };
        lost.add("sources lose what has no place (publisher, author, archived copy, text)", tables.sources.iter().filter(more).count());
        lost.add("further fields of the file are not written", tables.further.len());
    }
}

/// What a source is called and where it is, for formats without a table of sources.
pub(super) struct Cited<'c> {
    pub title: Cow<'c, str>,
    pub url: Cow<'c, str>,
    pub published: Cow<'c, str>,
    pub publisher: String,
}

/// The source of a piece of evidence, with its own address and date where it has them.
pub(super) fn cited<'c>(store: &EventStore, evidence: &'c crate::model::Evidence<'_>) -> Cited<'c> {
    let source = store.source(&evidence.source);
    let or = |own: &'c str, other: &str| if own.is_empty() { Cow::Owned(other.to_owned()) } else { Cow::Borrowed(own) };
    let title = if source.title.is_empty() { Cow::Borrowed(evidence.source.as_ref()) } else { Cow::Owned(source.title.clone()) };
    Cited {
        title,
        url: or(&evidence.url, &source.url),
        published: or(&evidence.published, &source.published),
        publisher: source.publisher.clone(),
    }
}
