//! The scene in words, for readers who cannot see it: every lane in view with its marks and counts in the order of time.
//!
//! Made from the finished scene, so it tells what the picture shows and nothing else: in every lane the marks and counts told add up to its `total`. It is bounded: a
//! lane of columns becomes a few counts, and where all lanes together hold more than asked for, each is cut to its share and says how many it leaves out.

use super::{Mark, Rect, Scene, SceneLane, counted, grouped, spoken};
use crate::store::{EventId, EventStore, LaneId};
use crate::view::Span;

/// Counts that a lane of columns is told in at most.
const COUNTS_MOST: usize = 24;

/// A lane in words.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldLane {
    /// Which lane.
    pub lane: LaneId,
    /// Whose events these are.
    pub name: String,
    /// What it holds, in the order of time.
    pub told: Vec<Told>,
}

/// One thing that a lane tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What it is.
    pub what: ToldWhat,
    /// In words.
    pub name: String,
    /// Where it is drawn: the part that can be seen.
    pub place: Rect,
}

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldWhat {
    /// An event.
    Event(EventId),
    /// So many events, and when.
    Count(usize, Span),
}

impl ToldWhat {
    /// How many events it stands for.
    pub const fn events(self) -> usize {
        match self {
            Self::Event(_) => 1,
            Self::Count(count, _) => count,
        }
    }
}

/// What a lane holds, before any words are made.
#[derive(Clone, Copy)]
struct Item<'a> {
    start_ms: i64,
    mark: Option<&'a Mark>,
    count: usize,
    span: Span,
    beside_others: bool,
    place: Rect,
}

/// The lanes of a scene in words, `most` things in all at most but never less than three a lane. Of a lane that is cut, the part about the selected event stays.
pub fn reading(scene: &Scene, store: &EventStore, selected: Option<EventId>, most: usize) -> Vec<ToldLane> {
    let lanes: Vec<Vec<Item<'_>>> = scene.lanes.iter().map(|lane| items(scene, lane, store)).collect();
    let share = share_of(lanes.iter().map(Vec::len).collect(), most).max(3);
    let told = |(lane, items): (&SceneLane, Vec<Item<'_>>)| {
        let items = cut(items, share, selected);
        let told = items.iter().map(|item| tell(item, store)).collect();
        ToldLane { lane: lane.lane, name: format!("Events of {}, {}", lane.name, grouped(lane.total)), told }
    };
    scene.lanes.iter().zip(lanes).map(told).collect()
}

/// Marks and counts of a lane in the order of time. What the edge of the window hides keeps its place on that edge, so that nothing is left out.
fn items<'a>(scene: &Scene, lane: &'a SceneLane, store: &EventStore) -> Vec<Item<'a>> {
    let seen = |rect: Rect| within(within(rect, lane.seen), scene.plot);
    let marks = lane.marks.iter().map(|mark| {
        let start_ms = store.start_ms(mark.event).unwrap_or(i64::MIN);
        let span = Span { from_ms: start_ms, to_ms: start_ms };
        (mark.event.0, Item { start_ms, mark: Some(mark), count: 1, span, beside_others: false, place: seen(mark.hit) })
    });
    let folds = lane.folds.iter().map(|fold| Item {
        start_ms: fold.span.from_ms,
        mark: None,
        count: fold.count,
        span: fold.span,
        beside_others: fold.beside_others,
        place: seen(fold.hit),
    });
    let folds: Vec<Item<'a>> = folds.collect();
    let folds = if folds.len() > COUNTS_MOST && lane.marks.is_empty() { summed(&folds, COUNTS_MOST) } else { folds };
    let mut all: Vec<(u32, Item<'a>)> = marks.chain(folds.into_iter().map(|fold| (u32::MAX, fold))).collect();
    all.sort_by_key(|(event, item)| (item.start_ms, *event));
    all.into_iter().map(|(_, item)| item).collect()
}

/// The part of a box that lies in another; a sliver at its edge where none does.
fn within(rect: Rect, room: Rect) -> Rect {
    let clamp = |x: f32, from: f32, to: f32| x.max(from).min(to);
    let left = clamp(rect.x, room.x, room.right());
    let top = clamp(rect.y, room.y, room.bottom());
    Rect::between(left, top, clamp(rect.right(), room.x, room.right()).max(left), clamp(rect.bottom(), room.y, room.bottom()).max(top))
}

/// Neighbours counted together, so many at most.
fn summed<'a>(items: &[Item<'a>], most: usize) -> Vec<Item<'a>> {
    items.chunks(items.len().div_ceil(most.max(1)).max(1)).filter_map(sum).collect()
}

/// Several things as one count.
fn sum<'a>(items: &[Item<'a>]) -> Option<Item<'a>> {
    let (first, last) = (items.first()?, items.last()?);
    let to_ms = items.iter().map(|item| item.span.to_ms).max()?;
    let bounds = |one: f32, other: f32, low: bool| if low { one.min(other) } else { one.max(other) };
    let place = items.iter().skip(1).fold(first.place, |place, item| {
        Rect::between(
            bounds(place.x, item.place.x, true),
            bounds(place.y, item.place.y, true),
            bounds(place.right(), item.place.right(), false),
            bounds(place.bottom(), item.place.bottom(), false),
        )
    });
    let count = items.iter().map(|item| item.count).sum();
    let beside_others = first.mark.is_some() || last.mark.is_some() || first.beside_others;
    Some(Item { start_ms: first.start_ms, mark: None, count, span: Span { from_ms: first.span.from_ms, to_ms }, beside_others, place })
}

/// The most things that each lane may tell for all together to tell `most`: lanes with fewer leave their rest to the others.
fn share_of(mut lengths: Vec<usize>, most: usize) -> usize {
    lengths.sort_unstable();
    let mut left = most;
    for (at, length) in lengths.iter().enumerate() {
        let share = left / (lengths.len() - at);
        if *length > share {
            return share;
        }
        left -= length;
    }
    usize::MAX
}

/// The things that a lane tells one by one, `share` at most; those before and after them become counts.
fn cut(items: Vec<Item<'_>>, share: usize, selected: Option<EventId>) -> Vec<Item<'_>> {
    if items.len() <= share {
        return items;
    }
    let kept = share.saturating_sub(2).max(1);
    let middle = selected.and_then(|event| items.iter().position(|item| item.mark.is_some_and(|mark| mark.event == event)));
    let from = middle.map_or(0, |at| at.saturating_sub(kept / 2)).min(items.len() - kept);
    let (before, rest) = items.split_at(from);
    let (shown, after) = rest.split_at(kept);
    let rest = |items| sum(items).map(|item| Item { beside_others: true, ..item });
    rest(before).into_iter().chain(shown.iter().copied()).chain(rest(after)).collect()
}

fn tell(item: &Item<'_>, store: &EventStore) -> Told {
    if let Some(mark) = item.mark {
        let name = if mark.name.is_empty() { spoken(store, mark.event) } else { mark.name.clone() };
        return Told { what: ToldWhat::Event(mark.event), name, place: item.place };
    }
    let name = counted(item.count, item.beside_others, item.span);
    Told { what: ToldWhat::Count(item.count, item.span), name, place: item.place }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn item(start_ms: i64, count: usize) -> Item<'static> {
        let span = Span { from_ms: start_ms, to_ms: start_ms + 1 };
        Item { start_ms, mark: None, count, span, beside_others: false, place: Rect { x: start_ms as f32, y: 0.0, w: 1.0, h: 1.0 } }
    }

    proptest! {
        #[test]
        fn cutting_and_summing_lose_no_event(counts in prop::collection::vec(1_usize..50, 0..200), share in 3_usize..60) {
            let items: Vec<_> = counts.iter().enumerate().map(|(at, count)| item(at as i64, *count)).collect();
            let all: usize = counts.iter().sum();
            let summed = summed(&items, share);
            prop_assert_eq!(summed.iter().map(|item| item.count).sum::<usize>(), all);
            prop_assert!(summed.len() <= share);
            let cut = cut(items, share, None);
            prop_assert_eq!(cut.iter().map(|item| item.count).sum::<usize>(), all);
            prop_assert!(cut.len() <= share);
            prop_assert!(cut.is_sorted_by_key(|item| item.start_ms));
        }

        #[test]
        fn shares_keep_to_what_was_asked_for(lengths in prop::collection::vec(0_usize..300, 1..40), most in 1_usize..500) {
            let share = share_of(lengths.clone(), most);
            let told: usize = lengths.iter().map(|length| (*length).min(share)).sum();
            prop_assert!(told <= most);
            prop_assert!(share == usize::MAX || told + lengths.len() > most, "room is left over");
        }
    }

    #[test]
    fn what_lies_outside_the_window_stays_on_its_edge() {
        let room = Rect { x: 10.0, y: 10.0, w: 100.0, h: 50.0 };
        let inside = within(Rect { x: 0.0, y: 0.0, w: 30.0, h: 30.0 }, room);
        assert_eq!((inside.x, inside.y, inside.right(), inside.bottom()), (10.0, 10.0, 30.0, 30.0));
        let outside = within(Rect { x: 500.0, y: -40.0, w: 30.0, h: 30.0 }, room);
        assert_eq!((outside.x, outside.right(), outside.y, outside.bottom()), (110.0, 110.0, 10.0, 10.0));
    }
}
