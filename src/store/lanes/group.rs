//! What makes a lane: the groupings, and which names of an event each goes by.

use super::super::unpack::{self, NameField};
use super::super::{EventId, EventStore, NameId, Names};
use crate::model::Status;

/// What makes a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum GroupBy {
    /// Who took part.
    #[default]
    Actor,
    /// What kind of event it is.
    Kind,
    /// Where it happened.
    Place,
    /// Which source says so.
    Source,
    /// How sure the file is of it.
    Status,
    /// How it is tagged.
    Tag,
    /// All in one lane.
    None,
}

impl GroupBy {
    /// Every grouping, in the order of the menu.
    pub const ALL: [Self; 7] = [Self::Actor, Self::Kind, Self::Place, Self::Source, Self::Status, Self::Tag, Self::None];

    /// The grouping that shows most of a store: by actor, or by kind where no event names an actor.
    pub fn usual(store: &EventStore) -> Self {
        if store.names.actors.is_empty() && !store.names.kinds.is_empty() { Self::Kind } else { Self::Actor }
    }

    /// The word for it on the command line and in menus.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Kind => "kind",
            Self::Place => "place",
            Self::Source => "source",
            Self::Status => "status",
            Self::Tag => "tag",
            Self::None => "none",
        }
    }

    /// The name of the lane for events that have nothing of this.
    pub(super) const fn without(self) -> &'static str {
        match self {
            Self::Actor => "No actor",
            Self::Kind => "No kind",
            Self::Place => "No place",
            Self::Source => "No source",
            Self::Status => "No status",
            Self::Tag => "No tag",
            Self::None => "All events",
        }
    }
}

/// The names that lanes of events without a name can have.
pub const NO_LANE_NAMES: [&str; 7] = ["No actor", "No kind", "No place", "No source", "No status", "No tag", "All events"];

pub(super) fn names_of(store: &EventStore, group: GroupBy) -> Option<&Names> {
    match group {
        GroupBy::Actor => Some(&store.names.actors),
        GroupBy::Kind => Some(&store.names.kinds),
        GroupBy::Place => Some(&store.names.places),
        GroupBy::Source => Some(&store.names.sources),
        GroupBy::Tag => Some(&store.names.tags),
        GroupBy::Status | GroupBy::None => None,
    }
}

/// How many numbers the names of a grouping have.
pub(super) fn name_count(store: &EventStore, group: GroupBy) -> usize {
    match group {
        GroupBy::Status => Status::ALL.len() + 1,
        _ => names_of(store, group).map_or(0, Names::len),
    }
}

/// Calls `take` for each name that puts the event into a lane, or once with `None`. A status has the number of its code.
pub(super) fn each_name(store: &EventStore, group: GroupBy, event: EventId, mut take: impl FnMut(Option<NameId>)) {
    let mut any = false;
    let mut some = |name: NameId| {
        any = true;
        take(Some(name));
    };
    match group {
        GroupBy::Actor => store.actors(event).iter().copied().for_each(&mut some),
        GroupBy::Kind => store.kind(event).into_iter().for_each(&mut some),
        GroupBy::Place => unpack::names_in(store.packed(event), NameField::Place).for_each(&mut some),
        GroupBy::Source => unpack::names_in(store.packed(event), NameField::Source).for_each(&mut some),
        GroupBy::Status => store.status(event).into_iter().map(|status| NameId(status as u32)).for_each(&mut some),
        GroupBy::Tag => unpack::names_in(store.packed(event), NameField::Tag).for_each(&mut some),
        GroupBy::None => {}
    }
    if !any {
        take(None);
    }
}
