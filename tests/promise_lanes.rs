//! Promise 3 for lanes that a user has arranged: nested, folded, hidden, pinned, in any order, scrolled anywhere, under filters. Every lane shown counts its own events exactly,
//! a folded one those of all under it, each once; and every lane is either shown, folded into one that is, or counted as hidden.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use chronolane::model::{Actor, Event, EventSink as _, Ledger, Participant, Tables};
use chronolane::render::svg;
use chronolane::scene::{self, Height, KindLooks, SceneRequest};
use chronolane::store::{EventId, EventStore, GroupBy, LaneId, LaneIndex, Query, StoreBuilder};
use chronolane::style::{Style, Theme};
use chronolane::time::{self, DAY_MS, Dialect};
use chronolane::view::{Arrangement, LaneRows, LaneSort, Span};
use proptest::prelude::*;

const ACTORS: u8 = 9;

fn name(actor: u8) -> String {
    format!("Actor {actor}")
}

/// Events by day, length in days and actors; for each actor the number of what it belongs to. Numbers from [`ACTORS`] on are names that no table lists.
fn store_of(events: &[(i64, i64, Vec<u8>)], member_of: &[Option<u8>]) -> EventStore {
    let mut builder = StoreBuilder::default();
    builder.begin_file(PathBuf::from("random"));
    let row = |(at, above): (usize, &Option<u8>)| Actor {
        id: format!("id-{at}"),
        name: name(at as u8),
        member_of: above.map_or_else(String::new, |above| if above < ACTORS { format!("id-{above}") } else { format!("Ministry {above}") }),
        ..Actor::default()
    };
    builder.tables(Tables { actors: member_of.iter().enumerate().map(row).collect(), ..Tables::default() });
    for (at, (day, days, actors)) in events.iter().enumerate() {
        let date = |day: i64| time::day_text((10_957 + day) * DAY_MS);
        let text = if *days == 0 { date(*day) } else { format!("{}/{}", date(*day), date(day + days)) };
        let event = Event {
            id: Cow::Owned(format!("e{at}")),
            when: Some(time::read(&text, &Dialect::default()).unwrap_or_else(|error| panic!("{text}: {error}")).into_owned()),
            title: Cow::Owned(format!("Event {at}")),
            kind: Cow::Owned(format!("kind {}", at % 3)),
            actors: actors.iter().map(|actor| Participant { name: Cow::Owned(name(*actor)), role: Cow::Borrowed("") }).collect(),
            ..Event::default()
        };
        builder.event(&event, at as u32 + 1);
    }
    builder.finish(Ledger::default())
}

fn events() -> impl Strategy<Value = Vec<(i64, i64, Vec<u8>)>> {
    prop::collection::vec((0..900_i64, prop_oneof![2 => Just(0_i64), 1 => 0..200_i64], prop::collection::vec(0..ACTORS + 3, 0..4)), 1..200)
}

fn member_of() -> impl Strategy<Value = Vec<Option<u8>>> {
    prop::collection::vec(prop::option::weighted(0.7, 0..ACTORS + 2), usize::from(ACTORS))
}

/// Names of lanes, some of which there are not.
fn names() -> impl Strategy<Value = Vec<Arc<str>>> {
    let name = prop_oneof![6 => (0..ACTORS + 3).prop_map(name), 1 => Just("Ministry 9".to_owned()), 1 => Just("No actor".to_owned()), 1 => Just("Nobody".to_owned())];
    prop::collection::vec(name.prop_map(Arc::from), 0..5)
}

fn arrangement() -> impl Strategy<Value = Arrangement> {
    let sort = prop::sample::select(LaneSort::ALL.to_vec());
    let heights = prop::collection::vec((names(), 24..300_u16), 0..2);
    (sort, names(), names(), names(), names(), names(), heights, any::<bool>()).prop_map(
        |(sort, by_hand, pinned, hidden, solo, folded, heights, with_solo)| Arrangement {
            sort,
            by_hand,
            pinned,
            hidden: hidden.into_iter().take(2).collect(),
            solo: if with_solo { BTreeSet::new() } else { solo.into_iter().collect() },
            folded: folded.into_iter().collect(),
            heights_px: heights.into_iter().flat_map(|(names, px)| names.into_iter().map(move |name| (name, px))).collect(),
        },
    )
}

/// Whether a lane is `above` or stands somewhere under it.
fn is_under(index: &LaneIndex, lane: LaneId, above: LaneId) -> bool {
    std::iter::successors(Some(lane), |lane| index.lanes()[lane.0 as usize].parent()).any(|lane| lane == above)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn arranged_lanes_count_exactly(
        events in events(),
        member_of in member_of(),
        arrangement in arrangement(),
        from_day in -50..900_i64,
        days in 1..900_i64,
        size in (300..1800_u16, 120..1400_u16),
        scroll_px in 0..2000_u16,
        form in 0..3_u8,
        query in prop::sample::select(vec!["", "kind:\"kind 1\"", "-kind:\"kind 2\"", "actor:\"actor 3\""]),
    ) {
        let store = store_of(&events, &member_of);
        let query = Query::parse(query).unwrap();
        let matching = query.run(&store);
        let index = LaneIndex::build(&store, GroupBy::Actor, (!query.is_empty()).then_some(&matching));
        let rows = LaneRows::of(&index, &arrangement, &Arc::default());
        let kinds = KindLooks::of(&store);
        let style = Style::of(Theme::Light);
        let window = Span::between((10_957 + from_day) * DAY_MS, (10_957 + from_day + days) * DAY_MS);
        let (width_px, height_px) = (f32::from(size.0), f32::from(size.1));
        let height = match form {
            0 => Height::Auto,
            1 => Height::Fixed(height_px),
            _ => Height::Scrolled { height_px, scroll_px: f32::from(scroll_px) },
        };
        let scene = scene::build(&SceneRequest {
            names: true, store: &store, lanes: &index, rows: &rows, kinds: &kinds, style: &style, window, width_px, height, gaps: chronolane::view::Gaps::none(), paper: None, selected: None, hits: None,
        });
        let picture = svg::svg(&scene, "random");
        let lane_names = |event: EventId| -> Vec<String> {
            let names: Vec<String> = store.record(event).actors.iter().map(|actor| actor.name.to_string()).collect();
            if names.is_empty() { vec!["No actor".to_owned()] } else { names }
        };
        for lane in &scene.lanes {
            let belongs = |name: &String| index.find(name).is_some_and(|own| own == lane.lane || lane.row.folded && is_under(&index, own, lane.lane));
            let meets = |event: &EventId| store.brief(*event).is_some_and(|brief| brief.start_ms < window.to_ms && brief.end_ms > window.from_ms);
            let truth = (0..store.dated() as u32).map(EventId).filter(|event| matching.has(*event) && meets(event) && lane_names(*event).iter().any(belongs)).count();
            let folded: usize = lane.folds.iter().map(|fold| fold.count).sum();
            prop_assert_eq!(lane.total, truth, "{}", lane.name);
            prop_assert_eq!(lane.marks.len() + folded, truth, "{}", lane.name);
            let head = format!("data-lane=\"{}\" data-total=\"{truth}\"", lane.name);
            prop_assert_eq!(picture.matches(&head).count(), 1, "{}", head);
        }
        // In a picture that is not scrolled every row is drawn or counted.
        if form < 2 {
            prop_assert_eq!(scene.lanes.len() + scene.more_lanes.as_ref().map_or(0, |more| more.lanes), rows.len());
        }
    }

    #[test]
    fn every_lane_is_shown_once_or_folded_or_hidden(events in events(), member_of in member_of(), arrangement in arrangement()) {
        let store = store_of(&events, &member_of);
        let index = LaneIndex::build(&store, GroupBy::Actor, None);
        let rows = LaneRows::of(&index, &arrangement, &Arc::default());
        let mut shown: Vec<LaneId> = rows.rows().iter().map(|row| row.lane).collect();
        shown.sort();
        shown.dedup();
        prop_assert_eq!(shown.len(), rows.len(), "a lane has two rows");
        let all = (0..index.lanes().len() as u32).map(LaneId);
        let in_folded = |lane: LaneId| rows.rows().iter().any(|row| row.folded && is_under(&index, lane, row.lane));
        let unseen = all.filter(|lane| rows.row_of(*lane).is_none() && !in_folded(*lane)).count();
        prop_assert_eq!(unseen, rows.hidden());
        let mut order = LaneRows::order(&index, &arrangement, &[]);
        order.sort();
        prop_assert!(order.into_iter().eq((0..index.lanes().len() as u32).map(LaneId)), "an order names every lane once");
        for (at, row) in rows.rows().iter().enumerate() {
            let top = rows.top_px(at, 56.0);
            prop_assert_eq!(rows.row_at(top + 0.5, 56.0), at);
            prop_assert!((top + f64::from(rows.height_px(at, 56.0)) - rows.top_px(at + 1, 56.0)).abs() < 1e-6);
            prop_assert_eq!(rows.row_of(row.lane), Some(at));
        }
    }

    #[test]
    fn members_stand_under_what_they_belong_to(events in events(), member_of in member_of()) {
        let store = store_of(&events, &member_of);
        let index = LaneIndex::build(&store, GroupBy::Actor, None);
        for (at, lane) in index.lanes().iter().enumerate() {
            let Some(above) = lane.parent() else { continue };
            prop_assert!((above.0 as usize) < at, "what a lane belongs to comes before it");
            prop_assert_eq!(lane.depth(), index.lanes()[above.0 as usize].depth() + 1);
            // At the last level stand all that are deeper.
            if lane.depth() == 7 {
                continue;
            }
            let wanted = member_of[usize::from(lane.name().as_bytes()[6] - b'0')].unwrap();
            let wanted = if wanted < ACTORS { name(wanted) } else { format!("Ministry {wanted}") };
            prop_assert_eq!(&**index.lanes()[above.0 as usize].name(), wanted.as_str());
        }
    }
}

#[test]
fn rings_and_long_chains_of_members_come_to_an_end() {
    let ring: Vec<Option<u8>> = (0..ACTORS).map(|at| Some((at + 1) % ACTORS)).collect();
    let events: Vec<(i64, i64, Vec<u8>)> = (0..ACTORS).map(|at| (i64::from(at), 0, vec![at])).collect();
    let store = store_of(&events, &ring);
    let index = LaneIndex::build(&store, GroupBy::Actor, None);
    assert_eq!(index.lanes().len(), usize::from(ACTORS));
    assert_eq!(index.lanes().iter().filter(|lane| lane.parent().is_none()).count(), 1, "a ring has one lane at its top");
    assert!(index.lanes().iter().all(|lane| lane.depth() < 8), "lanes nest eight deep at most");
    let top = index.lanes().iter().position(|lane| lane.parent().is_none()).unwrap();
    assert_eq!(index.shown(LaneId(top as u32), true).len(), usize::from(ACTORS));
}

#[test]
fn a_file_that_grows_leaves_its_lanes_in_place() {
    let few = store_of(&[(0, 0, vec![3]), (1, 0, vec![3]), (2, 0, vec![1])], &[]);
    let more = store_of(
        &[
            (0, 0, vec![3]),
            (1, 0, vec![3]),
            (2, 0, vec![1]),
            (3, 0, vec![1]),
            (4, 0, vec![1]),
            (5, 0, vec![2]),
            (6, 0, vec![2]),
            (7, 0, vec![2]),
            (8, 0, vec![2]),
        ],
        &[],
    );
    let index = |store: &EventStore| LaneIndex::build(store, GroupBy::Actor, None);
    let kept: Arc<[Arc<str>]> = index(&few).lanes().iter().map(|lane| Arc::clone(lane.name())).collect();
    let grown = index(&more);
    let shown = |rows: &LaneRows| rows.rows().iter().map(|row| grown.lanes()[row.lane.0 as usize].name().to_string()).collect::<Vec<_>>();
    assert_eq!(shown(&LaneRows::plain(&grown)), ["Actor 2", "Actor 1", "Actor 3"]);
    assert_eq!(shown(&LaneRows::of(&grown, &Arrangement::default(), &kept)), ["Actor 3", "Actor 1", "Actor 2"]);
}
