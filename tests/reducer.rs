//! The reducer over random actions: whatever a user does, the view stays one that can be drawn, and undo leads back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::sync::Arc;

use chronolane::formats::{ReadOptions, Silent};
use chronolane::jobs::{Loaded, load};
use chronolane::store::{EventId, LaneId, long_gaps};
use chronolane::time::Zone;
use chronolane::view::{
    Action, Axis, BookmarkAction, Direction, Gaps, History, LaneAction, LaneRows, LaneSort, Span, ViewState, World, nearest_event, reduce,
    step_event,
};
use proptest::prelude::*;

fn sample() -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data").join("dprk_russia_2023.json");
    load(&[path], &ReadOptions::default(), None, &Silent).unwrap()
}

fn world(loaded: &Loaded) -> World<'_> {
    World { store: &loaded.store, lanes: &loaded.lanes, rows: &loaded.rows, axis: Axis::plain() }
}

/// The long empty stretches of the sample.
fn gaps(loaded: &Loaded) -> Gaps {
    Gaps::new(long_gaps(&loaded.store, loaded.lanes.all().unwrap()), false)
}

fn lane_action() -> impl Strategy<Value = LaneAction> {
    let lane = || (0..30_u32).prop_map(LaneId);
    prop_oneof![
        (lane(), any::<bool>()).prop_map(|(lane, on)| LaneAction::Fold(lane, on)),
        any::<bool>().prop_map(LaneAction::FoldAll),
        (lane(), any::<bool>()).prop_map(|(lane, on)| LaneAction::Pin(lane, on)),
        lane().prop_map(LaneAction::Hide),
        Just(LaneAction::Unhide("John Kirby".into())),
        Just(LaneAction::ShowAll),
        (lane(), any::<bool>()).prop_map(|(lane, on)| LaneAction::Solo(lane, on)),
        (lane(), any::<Option<u16>>()).prop_map(|(lane, px)| LaneAction::SetHeight(lane, px)),
        prop::sample::select(LaneSort::ALL.to_vec()).prop_map(LaneAction::Sort),
        (lane(), lane(), any::<bool>()).prop_map(|(lane, beside, after)| LaneAction::Put { lane, beside, after }),
        (lane(), any::<bool>()).prop_map(|(lane, up)| LaneAction::Shift { lane, up }),
        Just(LaneAction::Reset),
    ]
}

fn bookmark_action() -> impl Strategy<Value = BookmarkAction> {
    prop_oneof![
        2 => Just(BookmarkAction::Add),
        1 => (0..5_usize, "[a-z]{0,8}").prop_map(|(at, name)| BookmarkAction::Rename(at, name)),
        1 => (0..5_usize).prop_map(BookmarkAction::Remove),
        1 => (0..5_usize).prop_map(BookmarkAction::Visit),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let event = (0..31_u32).prop_map(EventId);
    let step = (any::<bool>(), any::<bool>())
        .prop_map(|(back, same_lane)| Action::Step { direction: if back { Direction::Back } else { Direction::Forward }, same_lane });
    prop_oneof![
        (any::<i64>(), any::<i64>()).prop_map(|(a, b)| Action::Show(Span { from_ms: a.min(b), to_ms: a.max(b) })),
        (any::<i64>(), 0.001..1000.0_f64).prop_map(|(about_ms, factor)| Action::Zoom { about_ms, factor }),
        (-50.0..50.0_f64).prop_map(|share| Action::Pan { share }),
        Just(Action::FitAll),
        Just(Action::FitDense),
        any::<i64>().prop_map(|at_ms| Action::Scrub { at_ms }),
        any::<i64>().prop_map(|at_ms| Action::MovePlayhead { at_ms }),
        Just(Action::ClearPlayhead),
        event.clone().prop_map(|event| Action::Select(Some(event))),
        Just(Action::Select(None)),
        (event.clone(), 0..20_u32).prop_map(|(event, lane)| Action::Pick(event, LaneId(lane))),
        step,
        event.prop_map(Action::ZoomToEvent),
        any::<f32>().prop_map(Action::ScrollTo),
        lane_action().prop_map(Action::Lanes),
        prop::option::of((0..30_u32).prop_map(LaneId)).prop_map(Action::ChooseLane),
        any::<bool>().prop_map(|up| Action::StepLane { up }),
        (any::<i64>(), any::<i64>()).prop_map(|(a, b)| Action::GoTo { from_ms: a.min(b), to_ms: a.max(b) }),
        (any::<i64>(), any::<i64>(), any::<bool>()).prop_map(|(a, b, also)| Action::Mark { span: Span::between(a, b), also }),
        Just(Action::ClearMarked),
        Just(Action::ZoomToMarked),
        Just(Action::FilterToMarked),
        (0..3_usize).prop_map(Action::ChooseMarked),
        Just(Action::CompareBefore),
        any::<bool>().prop_map(Action::FoldEmpty),
        (any::<i64>(), any::<i64>()).prop_map(|(a, b)| Action::OpenGap(Span::between(a, b))),
        any::<bool>().prop_map(Action::ShowNow),
        bookmark_action().prop_map(Action::Bookmark),
        prop::sample::select(&["UTC", "Asia/Tokyo", "Europe/Berlin"][..]).prop_map(|name| Action::SetZone(Zone::parse(name).unwrap())),
    ]
}

proptest! {
    #[test]
    fn the_view_stays_whole_and_undo_leads_back(actions in prop::collection::vec(action(), 1..30)) {
        let loaded = sample();
        let first = reduce(&ViewState::default(), &Action::FitDense, world(&loaded));
        let mut view = first.clone();
        let mut history = History::default();
        let found = gaps(&loaded);
        for action in &actions {
            let rows = view.arrangement().map_or_else(|| LaneRows::plain(&loaded.lanes), |arrangement| LaneRows::of(&loaded.lanes, arrangement, &Arc::default()));
            let gaps = if view.empty_folded { found.without(&view.opened) } else { Gaps::default() };
            let axis = Axis { gaps: &gaps, plot_px: 900.0 };
            let next = reduce(&view, action, World { rows: &rows, axis, ..world(&loaded) });
            let still = if next.empty_folded { gaps.without(&next.opened) } else { Gaps::default() };
            prop_assert!(next.window == view.window || still.around(next.window).is_none(), "a window within a fold");
            prop_assert!(next.marked.len() <= 2 && next.marked.iter().all(|span| span.from_ms < span.to_ms));
            prop_assert!(chronolane::store::Query::parse(&next.query).is_ok(), "{}", next.query);
            prop_assert!(next.window.from_ms < next.window.to_ms);
            prop_assert!(next.window.length_ms() >= Span::SHORTEST_MS && next.window.length_ms() <= Span::WIDEST_MS + 1);
            prop_assert!(next.scroll_px >= 0.0);
            prop_assert!(next.selected.is_none_or(|event| (event.0 as usize) < loaded.store.len()));
            if next != view {
                history.keep(std::mem::replace(&mut view, next), false);
            }
        }
        while let Some(before) = history.undo(view.clone()) {
            view = before;
        }
        prop_assert_eq!(view, first);
    }

    #[test]
    fn the_nearest_event_is_the_nearest(at_ms in -1_000_000_000_000..2_000_000_000_000_i64) {
        let loaded = sample();
        let found = nearest_event(world(&loaded), at_ms).unwrap();
        let distance = |event: EventId| loaded.store.start_ms(event).unwrap().abs_diff(at_ms);
        let least = (0..loaded.store.dated() as u32).map(EventId).map(distance).min().unwrap();
        prop_assert_eq!(distance(found), least);
    }
}

#[test]
fn stepping_forward_visits_every_event_in_order_and_stops_at_the_end() {
    let loaded = sample();
    let (from_ms, _) = loaded.store.span_ms().unwrap();
    let mut view = ViewState { playhead_ms: Some(from_ms), ..ViewState::default() };
    let mut visited = Vec::new();
    while let Some(event) = step_event(&view, Direction::Forward, false, world(&loaded)) {
        visited.push(event);
        view = reduce(&view, &Action::Step { direction: Direction::Forward, same_lane: false }, world(&loaded));
        assert_eq!(view.selected, Some(event));
        let extent = loaded.store.brief(event).unwrap();
        assert!(extent.start_ms < view.window.to_ms && extent.end_ms > view.window.from_ms, "the event is brought into view");
    }
    assert_eq!(visited.len(), loaded.store.dated());
    assert!(visited.is_sorted());
}

#[test]
fn stepping_in_a_lane_stays_in_it() {
    let loaded = sample();
    let id = loaded.lanes.find("John Kirby").unwrap();
    let lane = &loaded.lanes.lanes()[id.0 as usize];
    let mut view = reduce(&ViewState::default(), &Action::Pick(lane.by_start()[0], id), world(&loaded));
    for event in &lane.by_start()[1..] {
        view = reduce(&view, &Action::Step { direction: Direction::Forward, same_lane: true }, world(&loaded));
        assert_eq!(view.selected, Some(*event));
    }
}

#[test]
fn going_into_a_folded_stretch_opens_it_and_folding_anew_closes_it() {
    let loaded = sample();
    let found = gaps(&loaded);
    let gap = *found.list().iter().max_by_key(|gap| gap.length_ms()).unwrap();
    let axis = Axis { gaps: &found, plot_px: 900.0 };
    let folded = World { axis, ..world(&loaded) };
    let view = reduce(&ViewState::default(), &Action::FoldEmpty(true), folded);
    let view = reduce(&view, &Action::FitAll, folded);
    let there = reduce(&view, &Action::GoTo { from_ms: gap.middle_ms(), to_ms: gap.middle_ms() + 1 }, folded);
    assert!(there.window.holds(gap.middle_ms()));
    assert_eq!(there.opened, [Span::between(gap.from_ms, gap.to_ms)]);
    assert!(found.without(&there.opened).holding(gap.middle_ms()).is_none());
    let span = Span::between(gap.middle_ms(), gap.middle_ms() + gap.length_ms() / 10);
    assert_eq!(reduce(&view, &Action::Show(span), folded).opened.len(), 1);
    assert!(reduce(&there, &Action::FoldEmpty(true), folded).opened.is_empty());
    // Folding around a window that lies within a stretch leaves it as it is, and zooming out opens the stretch: nothing jumps.
    let inside = ViewState { window: span, ..view };
    let out = reduce(&inside, &Action::Zoom { about_ms: span.middle_ms(), factor: 0.5 }, folded);
    assert_eq!(out.opened, [Span::between(gap.from_ms, gap.to_ms)]);
    assert!((out.window.length_ms() as f64 / span.length_ms() as f64 - 2.0).abs() < 0.01, "{:?}", out.window);
}
