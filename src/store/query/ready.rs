//! A condition made ready for one store: its names looked up, its words found by the search index where that is there.

use std::borrow::Cow;

use super::{Compare, Counted, DateValue, Field, Has, Relation, Test};
use crate::model::Status;
use crate::store::fold::{holds, is_same};
use crate::store::pack::tag;
use crate::store::text::TextReader;
use crate::store::traits::{Traits, count_in, sources_in};
use crate::store::unpack::{self, NameField, TextField};
use crate::store::{EventId, EventStore, NameId, Names, fold_text};
use crate::time::{self, Dialect, Precision, Qualities, Shape};

/// A condition that can be asked of every event of one store.
pub(super) enum Ready<'q> {
    /// A bit for each event.
    Bits(Vec<u64>),
    /// Only events with their bit set can pass; they are asked one by one.
    Narrowed(Vec<u64>, Box<Ready<'q>>),
    Anywhere {
        needles: Needles,
        names: Box<NamesHit>,
    },
    Actors(Vec<bool>),
    Kinds(Vec<bool>),
    Named(NameField, Vec<bool>),
    Texts(TextField, Needles),
    Further {
        name: String,
        needles: Needles,
    },
    Statuses(&'q [Status]),
    Precisions(&'q [Precision]),
    Has(Has),
    Undated,
    Count(Counted, Compare, u32),
    Time(Relation, Cow<'q, DateValue>),
}

/// Which shared names hold what is looked for.
pub(super) struct NamesHit {
    actors: Vec<bool>,
    kinds: Vec<bool>,
    places: Vec<bool>,
    tags: Vec<bool>,
    sources: Vec<bool>,
}

/// What is looked for, folded, and as it was written.
pub(super) struct Needles {
    folded: Vec<String>,
    whole: bool,
}

impl Needles {
    fn of(values: &[String], whole: bool) -> Self {
        Self { folded: values.iter().map(|value| fold_text(value).into_owned()).collect(), whole }
    }

    /// Whether a text holds one, or is one.
    fn pass(&self, text: &str) -> bool {
        self.folded.iter().any(|needle| if self.whole { is_same(text, needle) } else { holds(text, needle) })
    }
}

/// How a whole name is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// Without case and accents, unless a name is written just so.
    ToTheLetter,
    /// Without case and accents.
    Folded,
}

/// For each name of a table, whether one of its texts passes. With `whole`, a name that is written to the letter as one in the table means that one alone.
fn marked<'n>(names: &'n Names, values: &[String], whole: Option<Whole>, texts: impl Fn(NameId, &'n str) -> Vec<String>) -> Vec<bool> {
    let all: Vec<Vec<String>> = names.iter().map(|(id, name)| texts(id, name)).collect();
    let mut passing = vec![false; all.len()];
    for value in values {
        let is_exact = |texts: &Vec<String>| texts.iter().any(|text| text == value);
        let exact = whole == Some(Whole::ToTheLetter) && all.iter().any(is_exact);
        let needle = Needles::of(std::slice::from_ref(value), whole.is_some());
        for (passes, texts) in passing.iter_mut().zip(&all) {
            *passes |= if exact { is_exact(texts) } else { texts.iter().any(|text| needle.pass(text)) };
        }
    }
    passing
}

/// A date of a query as it stands in the zone of a store: one that was written with a zone moves as the events' do.
fn placed<'q>(date: &'q DateValue, store: &EventStore) -> Cow<'q, DateValue> {
    let again = time::read(&date.text, &Dialect::default()).ok().filter(|_| !store.zone().is_utc());
    match again.and_then(|when| store.placed(when.canonical())) {
        Some(reading) => {
            let extent = reading.extent;
            Cow::Owned(DateValue { text: date.text.clone(), from_ms: extent.earliest_start, to_ms: extent.latest_end })
        }
        None => Cow::Borrowed(date),
    }
}

fn plain(_: NameId, name: &str) -> Vec<String> {
    vec![name.to_owned()]
}

fn kind_texts(store: &EventStore, id: NameId, name: &str) -> Vec<String> {
    vec![name.to_owned(), store.kind_label(id).to_owned()]
}

fn source_texts(store: &EventStore, name: &str, whole: bool) -> Vec<String> {
    let source = store.source(name);
    let mut texts = vec![name.to_owned(), source.title.clone()];
    if !whole {
        texts.extend([source.publisher.clone(), source.author.clone()]);
    }
    texts
}

impl<'q> Ready<'q> {
    /// Makes a condition ready, by the search index where that helps.
    pub(super) fn new(test: &'q Test, store: &EventStore) -> Self {
        let ready = Self::by_record(test, store);
        let (needles, exact) = match test {
            Test::Text { field: Field::Text, values, whole } => (values, !whole),
            Test::Text { field: Field::Actor | Field::Kind | Field::Place | Field::Tag | Field::Source, .. } => {
                return ready.by_names(store);
            }
            Test::Text { values, .. } | Test::Further { values, .. } => (values, false),
            _ => return ready,
        };
        let Some(index) = store.words() else { return ready };
        let mut bits: Vec<u64> = Vec::new();
        let mut exact = exact;
        for needle in needles {
            let Some(found) = index.candidates(&fold_text(needle)) else { return ready };
            exact &= found.exact;
            if bits.is_empty() {
                bits = found.words;
            } else {
                bits.iter_mut().zip(found.words).for_each(|(word, other)| *word |= other);
            }
        }
        if exact { Self::Bits(bits) } else { Self::Narrowed(bits, Box::new(ready)) }
    }

    /// Names of places, tags and sources by their lists in the index.
    fn by_names(self, store: &EventStore) -> Self {
        match (self, store.words()) {
            (Self::Named(field, passing), Some(index)) => Self::Bits(index.named(field, &passing)),
            (other, _) => other,
        }
    }

    fn by_record(test: &'q Test, store: &EventStore) -> Self {
        match test {
            Test::Text { field, whole, values } => Self::text(store, *field, *whole, values),
            Test::Further { name, whole, values } => {
                Self::Further { name: fold_text(name).into_owned(), needles: Needles::of(values, *whole) }
            }
            Test::Status(list) => Self::Statuses(list),
            Test::Precision(list) => Self::Precisions(list),
            // Alternatives are parted before.
            Test::Has(list) => list.first().map_or(Self::Bits(Vec::new()), |has| Self::Has(*has)),
            Test::Undated => Self::Undated,
            Test::Count { what, compare, number } => Self::Count(*what, *compare, *number),
            Test::Time(relation, date) => Self::Time(*relation, placed(date, store)),
        }
    }

    fn text(store: &EventStore, field: Field, whole: bool, values: &'q [String]) -> Self {
        let names = store.names();
        // A text anywhere is no name: which table it might stand in is not said.
        let exact = whole.then_some(if field == Field::Text { Whole::Folded } else { Whole::ToTheLetter });
        let actors = || marked(&names.actors, values, exact, plain);
        let kinds = || marked(&names.kinds, values, exact, |id, name| kind_texts(store, id, name));
        let places = || marked(&names.places, values, exact, plain);
        let tags = || marked(&names.tags, values, exact, plain);
        let sources = || marked(&names.sources, values, exact, |_, name| source_texts(store, name, whole));
        let needles = || Needles::of(values, whole);
        match field {
            Field::Actor => Self::Actors(actors()),
            Field::Kind => Self::Kinds(kinds()),
            Field::Place => Self::Named(NameField::Place, places()),
            Field::Tag => Self::Named(NameField::Tag, tags()),
            Field::Source => Self::Named(NameField::Source, sources()),
            Field::Text => {
                let hit = NamesHit { actors: actors(), kinds: kinds(), places: places(), tags: tags(), sources: sources() };
                Self::Anywhere { needles: needles(), names: Box::new(hit) }
            }
            Field::Role => Self::Texts(TextField::Role, needles()),
            Field::Title => Self::Texts(TextField::Title, needles()),
            Field::Quote => Self::Texts(TextField::Quote, needles()),
            Field::Phrase => Self::Texts(TextField::Phrase, needles()),
            Field::Note => Self::Texts(TextField::Note, needles()),
            Field::Url => Self::Texts(TextField::Url, needles()),
            Field::Id => Self::Texts(TextField::Id, needles()),
        }
    }

    /// What asking one event costs, roughly: 0 a bit or a column, 1 its record, 2 its text.
    pub(super) fn cost(&self, store: &EventStore) -> u8 {
        match self {
            Self::Bits(_)
            | Self::Actors(_)
            | Self::Kinds(_)
            | Self::Statuses(_)
            | Self::Precisions(_)
            | Self::Undated
            | Self::Time(..)
            | Self::Count(Counted::Actors, ..) => 0,
            Self::Has(_) | Self::Count(Counted::Sources, ..) if store.words().is_some() => 0,
            Self::Has(_) | Self::Count(..) | Self::Named(..) | Self::Narrowed(..) => 1,
            Self::Texts(..) | Self::Further { .. } | Self::Anywhere { .. } => 2,
        }
    }

    /// Which of the events of a block of 64 pass, of those that are set in `among`.
    pub(super) fn mask(&self, store: &EventStore, reader: &mut TextReader<'_>, block: usize, among: u64) -> u64 {
        let (among, test) = match self {
            Self::Bits(bits) => return among & bits.get(block).copied().unwrap_or_default(),
            Self::Narrowed(bits, rest) => (among & bits.get(block).copied().unwrap_or_default(), &**rest),
            other => (among, other),
        };
        let (mut left, mut passing) = (among, 0);
        while left != 0 {
            let at = left.trailing_zeros();
            left &= left - 1;
            let event = EventId((block * 64) as u32 + at);
            passing |= u64::from(test.holds(store, reader, event)) << at;
        }
        passing
    }

    fn holds(&self, store: &EventStore, reader: &mut TextReader<'_>, event: EventId) -> bool {
        let packed = || store.packed(event);
        let named = |field, passing: &[bool]| unpack::names_in(packed(), field).any(|id| is_set(passing, id));
        match self {
            Self::Bits(_) | Self::Narrowed(..) => self.mask(store, reader, event.0 as usize / 64, 1 << (event.0 % 64)) != 0,
            Self::Anywhere { needles, names } => {
                store.actors(event).iter().any(|id| is_set(&names.actors, *id))
                    || store.kind(event).is_some_and(|id| is_set(&names.kinds, id))
                    || named(NameField::Place, &names.places)
                    || named(NameField::Tag, &names.tags)
                    || named(NameField::Source, &names.sources)
                    || unpack::texts_in(reader.record(store.place(event))).any(|text| needles.pass(text))
            }
            Self::Actors(passing) => store.actors(event).iter().any(|id| is_set(passing, *id)),
            Self::Kinds(passing) => store.kind(event).is_some_and(|id| is_set(passing, id)),
            Self::Named(field, passing) => named(*field, passing),
            Self::Statuses(wanted) => store.status(event).is_some_and(|status| wanted.contains(&status)),
            Self::Precisions(wanted) => store.brief(event).is_some_and(|brief| wanted.contains(&brief.precision)),
            Self::Texts(field, needles) => {
                let record = if field.stays() { packed() } else { reader.record(store.place(event)) };
                unpack::texts_of(record, *field).any(|text| needles.pass(text))
            }
            Self::Further { name, needles } => {
                unpack::further_in(reader.record(store.place(event))).any(|(own, value)| is_same(own, name) && needles.pass(value))
            }
            Self::Has(has) => holds_has(*has, store, event),
            Self::Undated => store.start_ms(event).is_none(),
            Self::Count(what, compare, number) => {
                let count = match what {
                    Counted::Sources => store.traits(event).sources().unwrap_or_else(|| sources_in(packed())),
                    Counted::Actors => store.actors(event).len(),
                    Counted::Tags => count_in(packed(), tag::TAG_NAME),
                    Counted::Quotes => count_in(packed(), tag::QUOTE),
                    Counted::Links => count_in(packed(), tag::LINK),
                };
                compare.holds(count as u32, *number)
            }
            Self::Time(relation, date) => store.brief(event).is_some_and(|brief| match relation {
                Relation::After => brief.end_ms > date.from_ms,
                Relation::Before => brief.start_ms < date.from_ms,
                Relation::On => brief.start_ms < date.to_ms && brief.end_ms > date.from_ms,
                Relation::During => brief.start_ms >= date.from_ms && brief.end_ms <= date.to_ms,
            }),
        }
    }
}

fn is_set(passing: &[bool], id: NameId) -> bool {
    passing.get(id.0 as usize).is_some_and(|passes| *passes)
}

fn holds_has(has: Has, store: &EventStore, event: EventId) -> bool {
    let traits = || store.traits(event);
    match has {
        Has::Quote => traits().has(Traits::QUOTE),
        Has::Source => traits().has_source(),
        Has::Place => traits().has(Traits::PLACE),
        Has::Note => traits().has(Traits::NOTE),
        Has::Link => traits().has(Traits::LINK),
        Has::Role => traits().has(Traits::ROLE),
        Has::Tag => traits().has(Traits::TAG),
        Has::Phrase => traits().has(Traits::PHRASE),
        Has::Url => traits().has(Traits::URL),
        Has::Date => store.start_ms(event).is_some(),
        Has::Kind => store.kind(event).is_some(),
        Has::Actor => !store.actors(event).is_empty(),
        Has::Status => store.status(event).is_some(),
        Has::End => store.brief(event).is_some_and(|brief| {
            let open = brief.qualities.has(Qualities::OPEN_END) || brief.qualities.has(Qualities::UNKNOWN_END);
            brief.shape == Shape::Duration && !open
        }),
    }
}
