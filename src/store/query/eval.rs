//! Asking a filter of every event.

use rayon::prelude::*;

use super::{Field, Query, Test};
use crate::model::Status;
use crate::store::fold::holds;
use crate::store::pack::{self, NameField, TextField};
use crate::store::{EventId, EventSet, EventStore, NameId, Names, fold_text};

impl Query {
    /// The events of a store that it lets through. Works on all cores; takes time linear in the text only where a term looks into text.
    pub fn run(&self, store: &EventStore) -> EventSet {
        let tests: Vec<(bool, Ready<'_>)> = self.terms.iter().map(|term| (term.negated, Ready::of(&term.test, store))).collect();
        let words = (0..store.len().div_ceil(64))
            .into_par_iter()
            .map(|word| {
                let first = word * 64;
                let last = (first + 64).min(store.len());
                (first..last).fold(0_u64, |bits, at| {
                    let event = EventId(at as u32);
                    let passes = tests.iter().all(|(negated, test)| test.holds(store, event) != *negated);
                    bits | u64::from(passes) << (at - first)
                })
            })
            .collect();
        EventSet::from_words(words, store.len())
    }
}

/// A test with its names looked up once for the whole store.
enum Ready<'a> {
    /// Text anywhere, and which shared names hold it.
    Anywhere {
        needle: &'a str,
        actors: Vec<bool>,
        kinds: Vec<bool>,
        places: Vec<bool>,
        tags: Vec<bool>,
        sources: Vec<bool>,
    },
    Actors(Vec<bool>),
    Kinds(Vec<bool>),
    Named(NameField, Vec<bool>),
    Statuses(Vec<Status>),
    Texts(TextField, &'a [String]),
    After(i64),
    Before(i64),
}

/// For each name of a table, whether `passes` holds of it.
fn marked(names: &Names, passes: impl Fn(NameId, &str) -> bool) -> Vec<bool> {
    names.iter().map(|(id, name)| passes(id, name)).collect()
}

fn any_holds(text: &str, needles: &[String]) -> bool {
    needles.iter().any(|needle| holds(text, needle))
}

impl<'a> Ready<'a> {
    fn of(test: &'a Test, store: &EventStore) -> Self {
        let names = store.names();
        match test {
            Test::Anywhere(needle) => {
                let plain = |names: &Names| marked(names, |_, name| holds(name, needle));
                Self::Anywhere {
                    needle,
                    actors: plain(&names.actors),
                    kinds: marked(&names.kinds, |id, name| holds(name, needle) || holds(store.kind_label(id), needle)),
                    places: plain(&names.places),
                    tags: plain(&names.tags),
                    sources: marked(&names.sources, |_, name| source_holds(store, name, std::slice::from_ref(needle))),
                }
            }
            Test::In(field, needles) => match field {
                Field::Actor => Self::Actors(marked(&names.actors, |_, name| any_holds(name, needles))),
                Field::Kind => {
                    Self::Kinds(marked(&names.kinds, |id, name| any_holds(name, needles) || any_holds(store.kind_label(id), needles)))
                }
                Field::Place => Self::Named(NameField::Place, marked(&names.places, |_, name| any_holds(name, needles))),
                Field::Tag => Self::Named(NameField::Tag, marked(&names.tags, |_, name| any_holds(name, needles))),
                Field::Source => Self::Named(NameField::Source, marked(&names.sources, |_, name| source_holds(store, name, needles))),
                Field::Status => Self::Statuses(needles.iter().filter_map(|name| Status::from_name(name)).collect()),
                Field::Role => Self::Texts(TextField::Role, needles),
                Field::Title => Self::Texts(TextField::Title, needles),
                Field::Sentence => Self::Texts(TextField::Quote, needles),
                Field::Phrase => Self::Texts(TextField::Phrase, needles),
                Field::Note => Self::Texts(TextField::Note, needles),
                Field::Url => Self::Texts(TextField::Url, needles),
                Field::Id => Self::Texts(TextField::Id, needles),
            },
            Test::After(at_ms) => Self::After(*at_ms),
            Test::Before(at_ms) => Self::Before(*at_ms),
        }
    }

    fn holds(&self, store: &EventStore, event: EventId) -> bool {
        let packed = || store.packed(event);
        match self {
            Self::Anywhere { needle, actors, kinds, places, tags, sources } => {
                store.actors(event).iter().any(|id| actors[id.0 as usize])
                    || store.kind(event).is_some_and(|id| kinds[id.0 as usize])
                    || [(NameField::Place, places), (NameField::Tag, tags), (NameField::Source, sources)]
                        .into_iter()
                        .any(|(field, passing)| pack::names_in(packed(), field).any(|id| passing[id.0 as usize]))
                    || pack::texts_in(packed()).any(|text| holds(text, needle))
            }
            Self::Actors(passing) => store.actors(event).iter().any(|id| passing[id.0 as usize]),
            Self::Kinds(passing) => store.kind(event).is_some_and(|id| passing[id.0 as usize]),
            Self::Named(field, passing) => pack::names_in(packed(), *field).any(|id| passing[id.0 as usize]),
            Self::Statuses(wanted) => store.status(event).is_some_and(|status| wanted.contains(&status)),
            Self::Texts(field, needles) => pack::texts_of(packed(), *field).any(|text| any_holds(text, needles)),
            Self::After(at_ms) => store.brief(event).is_some_and(|brief| brief.end_ms > *at_ms),
            Self::Before(at_ms) => store.brief(event).is_some_and(|brief| brief.start_ms < *at_ms),
        }
    }
}

fn source_holds(store: &EventStore, reference: &str, needles: &[String]) -> bool {
    let source = store.source(reference);
    [reference, &source.title, &source.publisher, &source.author].into_iter().any(|text| {
        let folded = fold_text(text);
        needles.iter().any(|needle| folded.contains(needle.as_str()))
    })
}
