//! How a user has arranged the lanes of one grouping: order, pins, hidden and folded lanes, heights. What becomes of it on screen is in [`LaneRows`](super::LaneRows).
//!
//! Lanes are known by name, so that an arrangement holds when a file is read again or has grown.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{LaneRows, ViewState, World};
use crate::store::LaneId;

/// The order of lanes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LaneSort {
    /// That of the file's tables, then by number of events.
    #[default]
    File,
    /// By the start of their first event.
    FirstEvent,
    /// By number of events, most first.
    Number,
    /// By name.
    Name,
    /// As the user has put them.
    ByHand,
}

impl LaneSort {
    /// Every order, in that of the menu.
    pub const ALL: [Self; 5] = [Self::File, Self::FirstEvent, Self::Number, Self::Name, Self::ByHand];

    /// The words for it in menus.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "As in the file",
            Self::FirstEvent => "By first event",
            Self::Number => "By number of events",
            Self::Name => "By name",
            Self::ByHand => "By hand",
        }
    }
}

/// What a user has done to the lanes of one grouping.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// Their order.
    pub sort: LaneSort,
    /// The order by hand; lanes that it does not name follow in the order of the file.
    pub by_hand: Vec<Arc<str>>,
    /// Lanes that stay at the top, in order.
    pub pinned: Vec<Arc<str>>,
    /// Lanes that are not shown, with all under them.
    pub hidden: BTreeSet<Arc<str>>,
    /// The only lanes that are shown, with all under them; empty for no such choice.
    pub solo: BTreeSet<Arc<str>>,
    /// Lanes that stand for all under them.
    pub folded: BTreeSet<Arc<str>>,
    /// Heights in pixels of lanes that were given one.
    pub heights_px: BTreeMap<Arc<str>, u16>,
}

impl Arrangement {
    /// The lowest lane.
    pub const LEAST_PX: u16 = 24;
    /// The highest lane.
    pub const MOST_PX: u16 = 1_000;
}

/// A change of the lanes' arrangement.
#[derive(Clone, Debug, PartialEq)]
pub enum LaneAction {
    /// Folds the lanes under this one into it, or shows them again.
    Fold(LaneId, bool),
    /// Folds every lane that has others under it, or shows them again.
    FoldAll(bool),
    /// Keeps the lane at the top, or lets it go.
    Pin(LaneId, bool),
    /// Takes the lane and all under it out of the picture.
    Hide(LaneId),
    /// Brings a hidden lane back by its name.
    Unhide(Arc<str>),
    /// Brings all lanes back, hidden or left out by the choice of a few.
    ShowAll,
    /// Shows this lane only, or all again.
    Solo(LaneId, bool),
    /// Gives the lane a height in pixels, or lets it have its share.
    SetHeight(LaneId, Option<u16>),
    /// Orders the lanes.
    Sort(LaneSort),
    /// Puts the first lane, with all under it, before or after the second by hand. Lanes under different ones keep their place under them.
    Put {
        /// The lane that moves.
        lane: LaneId,
        /// Where to.
        beside: LaneId,
        /// Whether it comes after it.
        after: bool,
    },
    /// Puts the lane one place up or down by hand.
    Shift {
        /// The lane that moves.
        lane: LaneId,
        /// Whether up.
        up: bool,
    },
    /// Takes everything back: order, pins, hidden and folded lanes, heights.
    Reset,
}

/// Applies a change to the arrangement of the view's grouping.
pub(super) fn arrange(view: &mut ViewState, action: &LaneAction, world: World<'_>) {
    let lanes = world.lanes.lanes();
    let name = |lane: LaneId| lanes.get(lane.0 as usize).map(|lane| Arc::clone(lane.name()));
    let mut next = view.arrangement().map_or_else(Arrangement::default, |arrangement| Arrangement::clone(arrangement));
    match action {
        LaneAction::Fold(lane, folded) => {
            if let Some(name) = name(*lane).filter(|_| lanes[lane.0 as usize].has_members()) {
                set(&mut next.folded, name, *folded);
            }
        }
        LaneAction::FoldAll(folded) => {
            let with_members = lanes.iter().filter(|lane| *folded && lane.has_members());
            next.folded = with_members.map(|lane| Arc::clone(lane.name())).collect();
        }
        LaneAction::Pin(lane, pinned) => {
            if let Some(name) = name(*lane) {
                next.pinned.retain(|other| *other != name);
                if *pinned {
                    next.pinned.push(name);
                }
            }
        }
        LaneAction::Hide(lane) => {
            if let Some(name) = name(*lane) {
                next.solo.remove(&name);
                next.hidden.insert(name);
            }
        }
        LaneAction::Unhide(name) => {
            next.hidden.remove(name);
        }
        LaneAction::ShowAll => {
            next.hidden.clear();
            next.solo.clear();
        }
        LaneAction::Solo(lane, only) => {
            next.solo.clear();
            if let Some(name) = name(*lane).filter(|_| *only) {
                next.hidden.remove(&name);
                next.solo.insert(name);
            }
        }
        LaneAction::SetHeight(lane, height_px) => {
            if let Some(name) = name(*lane) {
                match height_px {
                    Some(px) => next.heights_px.insert(name, (*px).clamp(Arrangement::LEAST_PX, Arrangement::MOST_PX)),
                    None => next.heights_px.remove(&name),
                };
            }
        }
        LaneAction::Sort(sort) => {
            if *sort == LaneSort::ByHand && next.by_hand.is_empty() {
                next.by_hand = names_in_order(&next, world);
            }
            next.sort = *sort;
        }
        LaneAction::Put { lane, beside, after } => put(&mut next, *lane, *beside, *after, world),
        LaneAction::Shift { lane, up } => {
            if let Some(beside) = world.rows.neighbour(*lane, *up, world.lanes) {
                put(&mut next, *lane, beside, !*up, world);
            }
        }
        LaneAction::Reset => next = Arrangement::default(),
    }
    view.arrangements.insert(view.group, Arc::new(next));
}

fn set(names: &mut BTreeSet<Arc<str>>, name: Arc<str>, present: bool) {
    if present {
        names.insert(name);
    } else {
        names.remove(&name);
    }
}

/// The names of all lanes in their present order, seen or not.
fn names_in_order(arrangement: &Arrangement, world: World<'_>) -> Vec<Arc<str>> {
    let lanes = world.lanes.lanes();
    LaneRows::order(world.lanes, arrangement, world.rows.kept_order())
        .into_iter()
        .map(|lane| Arc::clone(lanes[lane.0 as usize].name()))
        .collect()
}

fn put(next: &mut Arrangement, lane: LaneId, beside: LaneId, after: bool, world: World<'_>) {
    let lanes = world.lanes.lanes();
    let (Some(moved), Some(other)) = (lanes.get(lane.0 as usize), lanes.get(beside.0 as usize)) else { return };
    if next.pinned.contains(moved.name()) && next.pinned.contains(other.name()) {
        move_beside(&mut next.pinned, moved.name(), other.name(), after);
        return;
    }
    // Of the lanes that the other stands under, the one that is a neighbour of the moved lane.
    let mut at = beside;
    while lanes[at.0 as usize].parent() != moved.parent() {
        let Some(above) = lanes[at.0 as usize].parent() else { return };
        at = above;
    }
    next.by_hand = names_in_order(next, world);
    next.sort = LaneSort::ByHand;
    move_beside(&mut next.by_hand, moved.name(), lanes[at.0 as usize].name(), after);
}

fn move_beside(names: &mut Vec<Arc<str>>, moved: &Arc<str>, other: &Arc<str>, after: bool) {
    if moved == other {
        return;
    }
    names.retain(|name| name != moved);
    let at = names.iter().position(|name| name == other).map_or(names.len(), |at| at + usize::from(after));
    names.insert(at, Arc::clone(moved));
}
