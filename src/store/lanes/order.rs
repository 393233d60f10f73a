//! Which lanes there are, in which order, and what stands under what.
//!
//! The order of the file: what its tables list comes first, members under what they belong to; then the rest by number of events, most first. Every later
//! sorting starts from this order.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::super::{EventId, EventStore, NameId, actor_key};
use super::LaneId;
use super::group::{GroupBy, each_name, name_count, names_of};
use super::lane::LaneHead;
use crate::model::Status;

/// How many levels lanes nest; what the tables put deeper stands at the last, so that a long chain of members costs no more than its length.
const MOST_LEVELS: u8 = 8;

/// Which lanes there are, in order, and which lane a name belongs to.
pub(super) struct LaneOrder {
    pub lanes: Vec<LaneHead>,
    /// How many lanes have others under them.
    pub families: usize,
    /// By number of the name; `u32::MAX` where it has no lane.
    of_name: Vec<u32>,
    rest: u32,
}

/// A place in the order, before its lane is made.
struct Seat {
    name: Arc<str>,
    id: Option<NameId>,
    /// The seat above it, always before it in the list.
    above: Option<usize>,
    depth: u8,
}

impl LaneOrder {
    /// The lanes of all dated events.
    pub fn of(store: &EventStore, group: GroupBy) -> Self {
        let names = names_of(store, group);
        let mut counts = vec![0_usize; name_count(store, group)];
        let mut without = 0_usize;
        for event in (0..store.dated() as u32).map(EventId) {
            each_name(store, group, event, |name| match name {
                Some(name) => counts[name.0 as usize] += 1,
                None => without += 1,
            });
        }
        let alike = (group == GroupBy::Actor).then(|| store.alike());
        if let Some(alike) = &alike {
            for id in (0..counts.len() as u32).map(NameId) {
                let first = alike.first(id);
                if first != id {
                    counts[first.0 as usize] += std::mem::take(&mut counts[id.0 as usize]);
                }
            }
        }
        let mut seats = match (group, names) {
            (GroupBy::Actor, _) => table_seats(store),
            (GroupBy::Kind, Some(names)) => {
                let listed = store.tables.iter().flat_map(|tables| &tables.kinds).filter_map(|kind| names.find(&kind.id));
                once(listed.map(|id| Seat::top(Arc::from(store.kind_label(id)), Some(id))).collect())
            }
            (GroupBy::Status, _) => {
                Status::ALL.iter().map(|status| Seat::top(Arc::from(status.name()), Some(NameId(*status as u32)))).collect()
            }
            _ => Vec::new(),
        };
        let has_events = |seat: &Seat| seat.id.is_some_and(|id| counts[id.0 as usize] > 0);
        seats = with_events(seats, has_events);
        let mut placed: Vec<bool> = vec![false; counts.len()];
        seats.iter().filter_map(|seat| seat.id).for_each(|id| placed[id.0 as usize] = true);
        let mut others: Vec<NameId> = (0..counts.len() as u32).map(NameId).collect();
        others.retain(|id| !placed[id.0 as usize] && counts[id.0 as usize] > 0);
        others.sort_by_key(|id| (std::cmp::Reverse(counts[id.0 as usize]), *id));
        let mut order =
            Self { lanes: Vec::with_capacity(seats.len() + others.len() + 1), families: 0, of_name: vec![u32::MAX; counts.len()], rest: 0 };
        for seat in seats {
            let is_heading = !has_events(&seat);
            let parent = seat.above.map(|above| LaneId(above as u32));
            if let Some(above) = seat.above
                && order.lanes[above].family.is_none()
            {
                order.lanes[above].family = Some(order.families as u32);
                order.families += 1;
            }
            order.add(seat.id, LaneHead { depth: seat.depth, parent, is_heading, ..LaneHead::named(seat.name) });
        }
        for id in others {
            let name = match (group, names) {
                (GroupBy::Kind, _) => Arc::from(store.kind_label(id)),
                (GroupBy::Actor, _) => store.shown_actor(id),
                (GroupBy::Source, Some(names)) => Arc::from(source_lane(store, names.get(id))),
                (_, Some(names)) => names.shared(id),
                (_, None) => Arc::from(""),
            };
            order.add(Some(id), LaneHead::named(name));
        }
        if let Some(alike) = &alike {
            for id in (0..counts.len() as u32).map(NameId) {
                order.of_name[id.0 as usize] = order.of_name[alike.first(id).0 as usize];
            }
        }
        order.rest = order.lanes.len() as u32;
        if without > 0 || group == GroupBy::None {
            order.lanes.push(LaneHead { is_rest: group != GroupBy::None, ..LaneHead::named(Arc::from(group.without())) });
        }
        order
    }

    fn add(&mut self, id: Option<NameId>, head: LaneHead) {
        if let Some(id) = id {
            self.of_name[id.0 as usize] = self.lanes.len() as u32;
        }
        self.lanes.push(head);
    }

    /// Calls `take` for the lane of a name and, from `lanes.len()` on, for each family that the lane is part of.
    pub fn each_lane(&self, name: Option<NameId>, mut take: impl FnMut(u32)) {
        let lane = name.map_or(self.rest, |name| self.of_name[name.0 as usize]);
        take(lane);
        if self.families == 0 {
            return;
        }
        let mut at = Some(LaneId(lane));
        while let Some(lane) = at {
            let head = &self.lanes[lane.0 as usize];
            if let Some(family) = head.family {
                take(self.lanes.len() as u32 + family);
            }
            at = head.parent;
        }
    }
}

impl Seat {
    fn top(name: Arc<str>, id: Option<NameId>) -> Self {
        Self { name, id, above: None, depth: 0 }
    }
}

/// The seats without those of a name that was seated before.
fn once(mut seats: Vec<Seat>) -> Vec<Seat> {
    let mut seen = std::collections::HashSet::new();
    seats.retain(|seat| seat.id.is_none_or(|id| seen.insert(id)));
    seats
}

/// The seats that have events or others with events under them.
fn with_events(mut seats: Vec<Seat>, has_events: impl Fn(&Seat) -> bool) -> Vec<Seat> {
    let mut kept: Vec<bool> = seats.iter().map(has_events).collect();
    for at in (0..seats.len()).rev() {
        if let Some(above) = seats[at].above {
            kept[above] |= kept[at];
        }
    }
    let places: Vec<usize> = kept
        .iter()
        .scan(0, |next, kept| {
            let place = *next;
            *next += usize::from(*kept);
            Some(place)
        })
        .collect();
    for seat in &mut seats {
        seat.above = seat.above.map(|above| places[above]);
    }
    let mut kept = kept.into_iter();
    seats.retain(|_| kept.next().unwrap_or(false));
    seats
}

fn source_lane(store: &EventStore, reference: &str) -> String {
    let source = store.source(reference);
    if source.title.is_empty() { reference.to_owned() } else { source.title.clone() }
}

/// The actors of all tables, each once: its name, and what it is a member of by number.
struct Members<'s> {
    names: Vec<&'s str>,
    above: Vec<Option<usize>>,
}

/// Who is a member of what. `member_of` is an id or a name of the same table, else a name of any; a name that no table lists stands for itself, just before its first member.
fn members(store: &EventStore) -> Members<'_> {
    let mut at_of: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let mut all = Members { names: Vec::new(), above: Vec::new() };
    for row in store.tables.iter().flat_map(|tables| &tables.actors) {
        at_of.entry(actor_key(&row.name)).or_insert_with(|| {
            all.names.push(&row.name);
            all.names.len() - 1
        });
    }
    all.above = vec![None; all.names.len()];
    for tables in store.tables.iter() {
        let ids: HashMap<&str, &str> = tables.actors.iter().map(|row| (row.id.as_str(), row.name.as_str())).collect();
        for row in tables.actors.iter().filter(|row| !row.member_of.is_empty()) {
            let name = ids.get(row.member_of.as_str()).copied().unwrap_or(&row.member_of);
            let above = *at_of.entry(actor_key(name)).or_insert_with(|| {
                all.names.push(name);
                all.above.push(None);
                all.names.len() - 1
            });
            let at = at_of[&actor_key(&row.name)];
            if above != at && all.above[at].is_none() {
                all.above[at] = Some(above);
            }
        }
    }
    all
}

/// The actors of the tables in their order, each followed by its members.
fn table_seats(store: &EventStore) -> Vec<Seat> {
    let all = members(store);
    let mut under: Vec<Vec<usize>> = vec![Vec::new(); all.names.len()];
    // A name that no table lists is put where its first member is.
    let mut rank: Vec<usize> = (0..all.names.len()).collect();
    for (at, above) in all.above.iter().enumerate() {
        if let Some(above) = *above {
            under[above].push(at);
            rank[above] = rank[above].min(at);
        }
    }
    let listed: usize = store
        .tables
        .iter()
        .flat_map(|tables| &tables.actors)
        .map(|row| actor_key(&row.name))
        .collect::<std::collections::HashSet<_>>()
        .len();
    let mut tops: Vec<usize> = (0..all.names.len()).filter(|&at| all.above[at].is_none()).collect();
    tops.sort_by_key(|&at| if at < listed { (at, 1) } else { (rank[at], 0) });
    let mut out: Vec<Seat> = Vec::new();
    let mut done = vec![false; all.names.len()];
    // Rows that belong to one another in a ring have no top: the first in the table becomes one.
    for top in tops.into_iter().chain(0..all.names.len()) {
        let mut waiting: Vec<(usize, Option<usize>)> = vec![(top, None)];
        while let Some((at, above)) = waiting.pop() {
            if std::mem::replace(&mut done[at], true) {
                continue;
            }
            let name = all.names[at];
            let id = store.alike().find(name);
            let depth = above.map_or(0, |above| out[above].depth + 1);
            let below = if depth + 1 < MOST_LEVELS { Some(out.len()) } else { above };
            out.push(Seat { name: id.map_or_else(|| Arc::from(name), |id| store.shown_actor(id)), id, above, depth });
            waiting.extend(under[at].iter().rev().map(|&member| (member, below)));
        }
    }
    out
}
