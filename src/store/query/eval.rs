//! Asking a filter of every event.

use rayon::prelude::*;

use super::{Field, Query, Test};
use crate::model::Status;
use crate::store::fold::holds;
use crate::store::text::TextReader;
use crate::store::unpack::{self, NameField, TextField};
use crate::store::{EventId, EventSet, EventStore, NameId, Names, fold_text};

impl Query {
    /// The events of a store that it lets through. Works on all cores. A term that looks into text
    /// goes by the search index; before that is made it takes time linear in the text.
    pub fn run(&self, store: &EventStore) -> EventSet {
        let tests: Vec<(bool, Ready<'_>)> = self.terms.iter().map(|term| (term.negated, Ready::with_index(&term.test, store))).collect();
        let words = (0..store.len().div_ceil(64))
            .into_par_iter()
            .map_init(
                || store.reader(),
                |reader, word| {
                    let first = word * 64;
                    let last = (first + 64).min(store.len());
                    (first..last).fold(0_u64, |bits, at| {
                        let event = EventId(at as u32);
                        let passes = tests.iter().all(|(negated, test)| test.holds(store, reader, event) != *negated);
                        bits | u64::from(passes) << (at - first)
                    })
                },
            )
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
    /// The events that the search index found, and what is left to look up of each.
    Found {
        words: Vec<u64>,
        rest: Option<Box<Ready<'a>>>,
    },
}

/// For each name of a table, whether `passes` holds of it.
fn marked(names: &Names, passes: impl Fn(NameId, &str) -> bool) -> Vec<bool> {
    names.iter().map(|(id, name)| passes(id, name)).collect()
}

fn any_holds(text: &str, needles: &[String]) -> bool {
    needles.iter().any(|needle| holds(text, needle))
}

impl<'a> Ready<'a> {
    /// The test, narrowed down by the search index where it looks into text and the index is there.
    fn with_index(test: &'a Test, store: &EventStore) -> Self {
        let needles = match test {
            Test::Anywhere(needle) => std::slice::from_ref(needle),
            Test::In(Field::Status | Field::Actor | Field::Kind, _) | Test::After(_) | Test::Before(_) => return Self::of(test, store),
            Test::In(_, needles) => needles,
        };
        let Some(index) = store.words() else { return Self::of(test, store) };
        if let Test::In(Field::Place | Field::Tag | Field::Source, _) = test {
            return match Self::of(test, store) {
                Self::Named(field, passing) => Self::Found { words: index.named(field, &passing), rest: None },
                other => other,
            };
        }
        let mut words: Vec<u64> = Vec::new();
        let mut exact = matches!(test, Test::Anywhere(_));
        for needle in needles {
            let Some(found) = index.candidates(needle) else { return Self::of(test, store) };
            exact &= found.exact;
            if words.is_empty() {
                words = found.words;
            } else {
                words.iter_mut().zip(found.words).for_each(|(word, other)| *word |= other);
            }
        }
        Self::Found { words, rest: (!exact).then(|| Box::new(Self::of(test, store))) }
    }

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

    fn holds(&self, store: &EventStore, reader: &mut TextReader<'_>, event: EventId) -> bool {
        let packed = || store.packed(event);
        match self {
            Self::Anywhere { needle, actors, kinds, places, tags, sources } => {
                store.actors(event).iter().any(|id| actors[id.0 as usize])
                    || store.kind(event).is_some_and(|id| kinds[id.0 as usize])
                    || [(NameField::Place, places), (NameField::Tag, tags), (NameField::Source, sources)]
                        .into_iter()
                        .any(|(field, passing)| unpack::names_in(packed(), field).any(|id| passing[id.0 as usize]))
                    || unpack::texts_in(reader.record(store.place(event))).any(|text| holds(text, needle))
            }
            Self::Actors(passing) => store.actors(event).iter().any(|id| passing[id.0 as usize]),
            Self::Kinds(passing) => store.kind(event).is_some_and(|id| passing[id.0 as usize]),
            Self::Named(field, passing) => unpack::names_in(packed(), *field).any(|id| passing[id.0 as usize]),
            Self::Statuses(wanted) => store.status(event).is_some_and(|status| wanted.contains(&status)),
            Self::Texts(field, needles) => {
                let record = if field.stays() { packed() } else { reader.record(store.place(event)) };
                unpack::texts_of(record, *field).any(|text| any_holds(text, needles))
            }
            Self::After(at_ms) => store.brief(event).is_some_and(|brief| brief.end_ms > *at_ms),
            Self::Before(at_ms) => store.brief(event).is_some_and(|brief| brief.start_ms < *at_ms),
            Self::Found { words, rest } => {
                let at = event.0 as usize;
                words.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
                    && rest.as_ref().is_none_or(|rest| rest.holds(store, reader, event))
            }
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
