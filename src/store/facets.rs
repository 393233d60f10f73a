//! Facets: how many events bear each kind, status, place, source, actor and tag.
//!
//! Counted from columns and from the search index, on any set of events. An event counts once for a value, however often its record names it.

use super::query::Field;
use super::unpack::{self, NameField};
use super::{EventId, EventSet, EventStore, NameId, Names, fold_text};
use crate::model::Status;

/// A field whose values can be counted and chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Kinds.
    Kind,
    /// Statuses.
    Status,
    /// Actors.
    Actor,
    /// Places.
    Place,
    /// Sources.
    Source,
    /// Tags.
    Tag,
}

impl Facet {
    /// Every facet, in the order of the panel.
    pub const ALL: [Self; 6] = [Self::Kind, Self::Status, Self::Actor, Self::Place, Self::Source, Self::Tag];

    /// Its heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Kind => "Kinds",
            Self::Status => "Status",
            Self::Actor => "Actors",
            Self::Place => "Places",
            Self::Source => "Sources",
            Self::Tag => "Tags",
        }
    }

    /// The field of the filter language; `None` for the status, which has names of its own.
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::Kind => Some(Field::Kind),
            Self::Status => None,
            Self::Actor => Some(Field::Actor),
            Self::Place => Some(Field::Place),
            Self::Source => Some(Field::Source),
            Self::Tag => Some(Field::Tag),
        }
    }

    /// The facet of a field of the filter language.
    pub fn of_field(field: Field) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.field() == Some(field))
    }

    /// How many values there can be.
    fn values(self, store: &EventStore) -> usize {
        match self {
            Self::Status => Status::ALL.len() + 1,
            _ => self.names(store).map_or(0, Names::len),
        }
    }

    fn names(self, store: &EventStore) -> Option<&Names> {
        let names = store.names();
        match self {
            Self::Kind => Some(&names.kinds),
            Self::Status => None,
            Self::Actor => Some(&names.actors),
            Self::Place => Some(&names.places),
            Self::Source => Some(&names.sources),
            Self::Tag => Some(&names.tags),
        }
    }

    /// How many events of `among` (of all, without it) bear each value, by the value's number. Stops with what it has when `stop` says so.
    pub fn counts(self, store: &EventStore, among: Option<&EventSet>, stop: &dyn Fn() -> bool) -> Vec<u32> {
        let mut counts = vec![0_u32; self.values(store)];
        let mut add = |number: usize| {
            if let Some(count) = counts.get_mut(number) {
                *count += 1;
            }
        };
        let named = match self {
            Self::Place => NameField::Place,
            Self::Source => NameField::Source,
            Self::Tag => NameField::Tag,
            Self::Kind | Self::Status | Self::Actor => {
                for event in events(store, among) {
                    match self {
                        Self::Kind => store.kind(event).into_iter().for_each(|kind| add(kind.0 as usize)),
                        Self::Status => store.status(event).into_iter().for_each(|status| add(status as usize)),
                        _ => store.actors(event).iter().for_each(|actor| add(actor.0 as usize)),
                    }
                }
                return counts;
            }
        };
        if let Some(index) = store.words() {
            index.named_counts(named, among, &mut counts);
            return counts;
        }
        let mut seen: Vec<NameId> = Vec::new();
        for event in events(store, among) {
            if event.0.is_multiple_of(4096) && stop() {
                break;
            }
            seen.clear();
            for name in unpack::names_in(store.packed(event), named) {
                if !seen.contains(&name) {
                    seen.push(name);
                    add(name.0 as usize);
                }
            }
        }
        counts
    }

    /// The values with the most events whose name holds `search`, at most `limit` of them; and how many values with an event there are. A value that is in `always` is
    /// listed whatever its count.
    pub fn rows(self, store: &EventStore, counts: &[u32], search: &str, limit: usize, always: &dyn Fn(&str) -> bool) -> FacetRows {
        let needle = fold_text(search.trim()).into_owned();
        let mut found: Vec<(u32, usize)> = Vec::new();
        let mut in_all = 0;
        for (number, &count) in counts.iter().enumerate() {
            let value = self.value(store, number);
            let is_listed = count > 0 || !value.is_empty() && always(&value);
            in_all += usize::from(is_listed);
            if is_listed && (needle.is_empty() || fold_text(&self.label(store, number)).contains(&needle)) {
                found.push((count, number));
            }
        }
        found.sort_unstable_by_key(|&(count, number)| (std::cmp::Reverse(count), number));
        let matching = found.len();
        let pinned = |&(_, number): &(u32, usize)| always(&self.value(store, number));
        let (mut first, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(pinned);
        first.extend(rest);
        let rows = first.into_iter().take(limit.max(1)).map(|(count, number)| FacetRow {
            value: self.value(store, number),
            label: self.label(store, number),
            count,
        });
        FacetRows { rows: rows.collect(), matching, in_all }
    }

    /// The value as a query writes it.
    fn value(self, store: &EventStore, number: usize) -> String {
        match self.names(store) {
            Some(names) => names.get(NameId(number as u32)).to_owned(),
            None => Status::from_code(number as u8).map_or_else(String::new, |status| status.name().to_owned()),
        }
    }

    /// The value as a person reads it.
    fn label(self, store: &EventStore, number: usize) -> String {
        match self {
            Self::Kind => store.kind_label(NameId(number as u32)).to_owned(),
            Self::Source => {
                let value = self.value(store, number);
                let source = store.source(&value);
                if source.title.is_empty() { value } else { source.title.clone() }
            }
            _ => self.value(store, number),
        }
    }
}

fn events<'s>(store: &EventStore, among: Option<&'s EventSet>) -> impl Iterator<Item = EventId> + use<'s> {
    (0..store.len() as u32).map(EventId).filter(move |event| among.is_none_or(|set| set.has(*event)))
}

/// A value of a facet with its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRow {
    /// As a query writes it.
    pub value: String,
    /// As a person reads it.
    pub label: String,
    /// Events that bear it.
    pub count: u32,
}

/// The values of a facet that are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetRows {
    /// The chosen ones, then those with the most events.
    pub rows: Vec<FacetRow>,
    /// How many values match the search within the facet.
    pub matching: usize,
    /// How many values have an event.
    pub in_all: usize,
}
