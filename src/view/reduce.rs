//! The one reducer: a view, an action, and the view after it.

use std::sync::Arc;

use super::arrangement::arrange;
use super::marks::{bookmark, mark};
use super::{Action, Axis, Direction, LaneRows, Span, ViewState};
use crate::store::{ActorNames, EventId, EventStore, Lane, LaneId, LaneIndex, dense_window};
use crate::time::{Qualities, Zone};

/// What the reducer may look at.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The events.
    pub store: &'a EventStore,
    /// Their lanes under the filter of the view.
    pub lanes: &'a LaneIndex,
    /// The lanes as they are shown.
    pub rows: &'a LaneRows,
    /// The axis as the window shows it.
    pub axis: Axis<'a>,
}

/// So many empty stretches can be opened one by one; then the first of them are folded away again.
pub(super) const MOST_OPENED: usize = 500;

/// The view after an action.
pub fn reduce(view: &ViewState, action: &Action, world: World<'_>) -> ViewState {
    let mut next = view.clone();
    // A window within a stretch that is not yet folded away moves over it as it is seen.
    let within = world.axis.gaps.around(view.window).filter(|_| matches!(action, Action::Zoom { .. } | Action::Pan { .. }));
    let rest = within.map(|gap| world.axis.gaps.without(&[Span::between(gap.from_ms, gap.to_ms)]));
    let all = world.axis.gaps;
    let world = World { axis: Axis { gaps: rest.as_ref().unwrap_or(all), ..world.axis }, ..world };
    match action {
        Action::Show(span) => next.window = Span::between(span.from_ms, span.to_ms),
        Action::Zoom { about_ms, factor } => next.window = world.axis.zoomed(view.window, *about_ms, *factor),
        Action::Pan { share } => next.window = world.axis.panned(view.window, *share),
        Action::FitAll => {
            if let Some((from_ms, to_ms)) = world.store.span_ms() {
                next.window = world.axis.around(Span::between(from_ms, to_ms), 0.03);
            }
        }
        Action::FitDense => {
            if let Some((from_ms, to_ms)) = dense_window(world.store, world.lanes) {
                next.window = Span::between(from_ms, to_ms);
            }
        }
        Action::Scrub { at_ms } | Action::MovePlayhead { at_ms } => {
            next.playhead_ms = Some(*at_ms);
            next.selected = nearest_event(world, *at_ms).or(view.selected);
            if matches!(action, Action::MovePlayhead { .. }) && !view.window.holds(*at_ms) {
                next.window = view.window.brought_to(*at_ms, at_ms.saturating_add(1));
            }
        }
        Action::ClearPlayhead => next.playhead_ms = None,
        Action::Select(None) => next.selected = None,
        Action::Select(Some(event)) => select(&mut next, *event, world),
        Action::Pick(event, lane) => {
            next.selected = Some(*event);
            next.selected_lane = Some(*lane);
        }
        Action::Step { direction, same_lane } => {
            if let Some(event) = step_event(view, *direction, *same_lane, world) {
                select(&mut next, event, world);
            }
        }
        Action::ZoomToEvent(event) => {
            select(&mut next, *event, world);
            if let Some(span) = event_span(world.store, *event, view.window) {
                next.window = span;
            }
        }
        Action::ScrollTo(offset_px) => next.scroll_px = offset_px.max(0.0),
        Action::SetQuery(query) => next.query.clone_from(query),
        Action::SetGroup(group) => {
            next.group = *group;
            next.selected_lane = None;
            next.scroll_px = 0.0;
        }
        Action::ChooseLane(lane) => next.selected_lane = *lane,
        Action::StepLane { up } => next.selected_lane = step_lane(view, *up, world),
        Action::Lanes(action) => arrange(&mut next, action, world),
        Action::GoTo { from_ms, to_ms } => go_to(&mut next, *from_ms, *to_ms, world),
        Action::Visit { window, scroll_px } => (next.window, next.scroll_px) = (*window, *scroll_px),
        Action::Mark { .. }
        | Action::ChooseMarked(_)
        | Action::CompareBefore
        | Action::ClearMarked
        | Action::ZoomToMarked
        | Action::FilterToMarked => mark(&mut next, action),
        Action::Bookmark(action) => bookmark(&mut next, action),
        Action::FoldEmpty(folded) => {
            next.empty_folded = *folded;
            next.opened.clear();
        }
        Action::OpenGap(span) => open(&mut next, *span),
        Action::ShowNow(open) => next.now_open = *open,
        Action::SetTheme(theme) => next.theme = *theme,
        Action::SetZone(zone) => set_zone(&mut next, *zone, world),
        Action::ShowDetail(open) => next.detail_open = *open,
        Action::ShowProblems(open) => next.problems_open = *open,
        Action::ShowHits(shown) => next.hits = *shown,
        Action::SetTable(table) => next.table.clone_from(table),
        Action::ShowFacets(open) => next.facets_open = *open,
        Action::NameActor { from, to } => next.actor_names = Arc::new(renamed(&view.actor_names, from, to)),
        Action::ShowTray(open) => next.tray_open = *open,
        Action::Describe { title, description } => {
            next.title.clone_from(title);
            next.description.clone_from(description);
        }
    }
    // Whoever goes into an empty stretch wants to see it.
    if next.window != view.window
        && let Some(gap) = all.around(next.window).or(within)
    {
        open(&mut next, Span::between(gap.from_ms, gap.to_ms));
    }
    next
}

/// Shows an empty stretch that is folded away.
fn open(view: &mut ViewState, span: Span) {
    if !view.opened.contains(&span) {
        if view.opened.len() >= MOST_OPENED {
            view.opened.remove(0);
        }
        view.opened.push(span);
    }
}

/// Goes to a date by its possible extent, as close as before; further away where that is longer than the window. An empty stretch in which it lies is opened.
fn go_to(view: &mut ViewState, from_ms: i64, to_ms: i64, world: World<'_>) {
    let length_ms = to_ms.saturating_sub(from_ms);
    let middle_ms = from_ms.saturating_add(length_ms / 2);
    view.playhead_ms = Some(from_ms);
    let Some(gap) = world.axis.gaps.holding(middle_ms) else {
        view.window = if length_ms > view.window.length_ms() {
            world.axis.around(Span::between(from_ms, to_ms), 0.1)
        } else {
            world.axis.with_at(view.window, middle_ms, 0.5)
        };
        return;
    };
    let gap = Span::between(gap.from_ms, gap.to_ms);
    open(view, gap);
    let rest = world.axis.gaps.without(&[gap]);
    let axis = Axis { gaps: &rest, ..world.axis };
    view.window = if length_ms > gap.length_ms() {
        axis.around(Span::between(from_ms, to_ms), 0.1)
    } else if view.window.holds(gap.from_ms) && view.window.holds(gap.to_ms) {
        // What was a fold is as wide as the window now: the date is seen in it.
        gap
    } else {
        axis.with_at(view.window, middle_ms, 0.5)
    };
}

/// How many events in view are asked whether they are instants.
const ASKED: usize = 256;

/// Chooses a zone. Where most of what is in view moves with it, so do the window and the playhead.
fn set_zone(view: &mut ViewState, zone: Zone, world: World<'_>) {
    let before = std::mem::replace(&mut view.zone, zone);
    let Some(all) = world.lanes.all() else { return };
    let mut events = Vec::new();
    all.events(world.store, view.window.from_ms, view.window.to_ms, ASKED, &mut events);
    let is_instant = |event: &&EventId| world.store.brief(**event).is_some_and(|brief| brief.qualities.has(Qualities::INSTANT));
    if events.iter().filter(is_instant).count() * 2 <= events.len() {
        return;
    }
    let moved = |at_ms: i64| zone.wall_ms(before.instant_ms(at_ms));
    let by_ms = moved(view.window.middle_ms()).saturating_sub(view.window.middle_ms());
    view.window = view.window.moved(by_ms);
    view.playhead_ms = view.playhead_ms.map(moved);
}

/// The names after one actor was given another, or has its own again.
fn renamed(names: &ActorNames, from: &str, to: &str) -> ActorNames {
    let mut names = names.clone();
    if to.is_empty() {
        names.retain(|own, now| now != from && own != from);
        return names;
    }
    // Whatever was shown under that name goes along.
    for now in names.values_mut().filter(|now| *now == from) {
        to.clone_into(now);
    }
    names.insert(from.to_owned(), to.to_owned());
    names.retain(|own, now| own != now);
    names
}

/// Selects an event, puts the playhead on it and brings it into the window.
fn select(view: &mut ViewState, event: EventId, world: World<'_>) {
    view.selected = Some(event);
    if let Some((from_ms, to_ms)) = known_extent(world.store, event) {
        let in_view = from_ms < view.window.to_ms && to_ms > view.window.from_ms;
        let middle_ms = from_ms + to_ms.saturating_sub(from_ms) / 2;
        if !in_view || !view.window.holds(middle_ms) && to_ms - from_ms < view.window.length_ms() {
            view.window = world.axis.brought_to(view.window, from_ms, to_ms);
        }
        view.playhead_ms =
            Some(if view.window.holds(from_ms) { from_ms } else { middle_ms.clamp(view.window.from_ms, view.window.to_ms - 1) });
    }
}

/// The extent of a dated event, with an open side replaced by its known one.
fn known_extent(store: &EventStore, event: EventId) -> Option<(i64, i64)> {
    let brief = store.brief(event)?;
    let from_ms = if brief.start_ms == i64::MIN { brief.end_ms - 1 } else { brief.start_ms };
    let to_ms = if brief.end_ms == i64::MAX { brief.start_ms.saturating_add(1) } else { brief.end_ms };
    Some((from_ms, to_ms.max(from_ms.saturating_add(1))))
}

/// The window that shows an event with as much again at either side; an open event keeps the window's length.
fn event_span(store: &EventStore, event: EventId, window: Span) -> Option<Span> {
    let brief = store.brief(event)?;
    let (from_ms, to_ms) = known_extent(store, event)?;
    if brief.start_ms == i64::MIN || brief.end_ms == i64::MAX {
        return Some(Span::between(from_ms, from_ms + window.length_ms()).moved(-window.length_ms() / 3));
    }
    Some(Span::between(from_ms, to_ms).widened(1.0))
}

/// The event whose earliest start is nearest to a time; of several, the first after it in order. `None` where nothing matches.
pub fn nearest_event(world: World<'_>, at_ms: i64) -> Option<EventId> {
    let lane = world.lanes.all()?;
    let events = lane.by_start();
    let after = lane.starting_before(world.store, at_ms);
    let distance = |event: &EventId| world.store.start_ms(*event).map_or(u64::MAX, |start_ms| start_ms.abs_diff(at_ms));
    let candidates = after.checked_sub(1).into_iter().chain(Some(after)).filter_map(|at| events.get(at));
    candidates.min_by_key(|event| distance(event)).copied()
}

/// The event before or after the selected one in time; without a selection, the first at or after the playhead or the window's start. `None` at either end.
pub fn step_event(view: &ViewState, direction: Direction, same_lane: bool, world: World<'_>) -> Option<EventId> {
    let lane = match view.selected.filter(|_| same_lane) {
        Some(event) => lane_of(world, event, view.selected_lane).or(world.lanes.all())?,
        None => world.lanes.all()?,
    };
    let events = lane.by_start();
    match (view.selected, direction) {
        (Some(event), Direction::Forward) => events.get(events.partition_point(|other| *other <= event)).copied(),
        (Some(event), Direction::Back) => {
            let at = events.partition_point(|other| *other < event);
            at.checked_sub(1).and_then(|before| events.get(before)).copied()
        }
        (None, Direction::Forward) => {
            let at = lane.starting_before(world.store, view.playhead_ms.unwrap_or(view.window.from_ms));
            events.get(at).or(events.last()).copied()
        }
        (None, Direction::Back) => {
            let at = lane.starting_before(world.store, view.playhead_ms.unwrap_or(view.window.to_ms));
            events.get(at.saturating_sub(1)).copied()
        }
    }
}

/// The lane shown above or below the chosen one. The chosen one itself at either end.
fn step_lane(view: &ViewState, up: bool, world: World<'_>) -> Option<LaneId> {
    let rows = world.rows.rows();
    let chosen = view.selected_lane.filter(|lane| (lane.0 as usize) < world.lanes.lanes().len());
    let at = match chosen.and_then(|lane| world.rows.row_showing(lane, world.lanes)) {
        Some(at) if up => at.saturating_sub(1),
        Some(at) => (at + 1).min(rows.len().saturating_sub(1)),
        None if up => rows.len().saturating_sub(1),
        None => 0,
    };
    rows.get(at).map(|row| row.lane)
}

/// The lane in which an event was selected, or the first in which it stands.
fn lane_of(world: World<'_>, event: EventId, selected_in: Option<LaneId>) -> Option<&Lane> {
    let holds = |lane: &&Lane| lane.by_start().binary_search(&event).is_ok();
    let shown = |row: usize| world.rows.lane(row, world.lanes);
    let chosen = selected_in.filter(|lane| (lane.0 as usize) < world.lanes.lanes().len());
    let chosen = chosen.and_then(|lane| world.rows.row_showing(lane, world.lanes)).and_then(shown).filter(holds);
    chosen.or_else(|| (0..world.rows.len()).filter_map(shown).find(holds))
}
