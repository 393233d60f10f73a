//! Promise 3: in every lane, events drawn by themselves and events folded into counts are together exactly the events of that lane which match the filter
//! and whose possible extent meets the window. Held over random data, windows, sizes and filters, in the scene and in the SVG.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::borrow::Cow;
use std::path::PathBuf;

use chronolane::model::{Event, EventSink as _, Ledger, Participant, Status};
use chronolane::render::svg;
use chronolane::scene::{self, Height, KindLooks, Point, Prim, SceneLane, SceneRequest, ToldWhat};
use chronolane::store::{EventId, EventSet, EventStore, GroupBy, LaneIndex, Query, StoreBuilder, long_gaps};
use chronolane::style::{Style, Theme};
use chronolane::time::{self, DAY_MS, Dialect};
use chronolane::view::{Gaps, LaneRows, Span};
use proptest::prelude::*;

/// One random record: a day since 2000, a length in days, the form of its date, actors, kind, status.
type Raw = (i64, i64, u8, Vec<u8>, u8, u8);

fn date_text(day: i64, length: i64, form: u8) -> String {
    let iso = |day: i64| time::listed_bounds(&reading(day)).0.unwrap_or_default();
    match form % 10 {
        0 | 1 => iso(day),
        2 => iso(day)[..7].to_owned(),
        3 => iso(day)[..4].to_owned(),
        4 | 5 => format!("{}/{}", iso(day), iso(day + length)),
        6 => format!("{}/..", iso(day)),
        7 => format!("../{}", iso(day)),
        8 => format!("[{}..{}]", iso(day), iso(day + length)),
        _ => format!("{}T12:30:00Z", iso(day)),
    }
}

fn reading(day: i64) -> time::Reading {
    let start_ms = (10_957 + day) * DAY_MS;
    time::Reading {
        extent: time::Extent::moment(start_ms, start_ms + DAY_MS),
        shape: time::Shape::Moment,
        precision: time::Precision::Day,
        qualities: time::Qualities::default(),
        sub_ms: 0,
    }
}

fn store_of(rows: &[Raw]) -> EventStore {
    let mut builder = StoreBuilder::default();
    builder.begin_file(PathBuf::from("random"));
    for (at, (day, length, form, actors, kind, status)) in rows.iter().enumerate() {
        let text = date_text(*day, *length, *form);
        let when = time::read(&text, &Dialect::default()).unwrap_or_else(|error| panic!("{text}: {error}"));
        let event = Event {
            id: Cow::Owned(format!("e{at}")),
            when: Some(when),
            title: Cow::Owned(format!("Event <{at}> & more of it")),
            kind: Cow::Owned(format!("kind {}", kind % 4)),
            actors: actors
                .iter()
                .map(|actor| Participant { name: Cow::Owned(format!("Actor {}", actor % 7)), role: Cow::Borrowed("") })
                .collect(),
            status: Status::from_code(status % 8),
            ..Event::default()
        };
        builder.event(&event, at as u32 + 1);
    }
    builder.finish(Ledger::default())
}

/// The lane names of an event, each once.
fn lanes_of(store: &EventStore, event: EventId) -> Vec<String> {
    let record = store.record(event);
    let mut names: Vec<String> = record.actors.iter().map(|actor| actor.name.to_string()).collect();
    names.sort();
    names.dedup();
    if names.is_empty() { vec!["No actor".to_owned()] } else { names }
}

fn raw() -> impl Strategy<Value = Raw> {
    let near = prop_oneof![3 => 0..40_i64, 1 => 0..9000_i64];
    (near, 0..400_i64, any::<u8>(), prop::collection::vec(any::<u8>(), 0..4), any::<u8>(), any::<u8>())
}

const QUERIES: [&str; 6] =
    ["", "kind:\"kind 1\"", "-kind:\"kind 2\" actor:\"actor 3\"", "status:denied,claimed", "after:2000-02", "before:2001 \"<1\""];

/// The ends of an upright line from top to bottom; `None` for any other shape.
fn upright(prim: &Prim) -> Option<(Point, Point)> {
    match prim {
        Prim::Line { from, to, .. } if (from.x - to.x).abs() < 0.01 => Some(if from.y <= to.y { (*from, *to) } else { (*to, *from) }),
        _ => None,
    }
}

/// Marks and counts of a lane against every event of the store.
fn counts_are_exact(lane: &SceneLane, store: &EventStore, matching: &EventSet, window: Span) -> Result<(), TestCaseError> {
    let meeting = |event: &EventId| {
        let brief = store.brief(*event);
        matching.has(*event) && brief.is_some_and(|brief| brief.start_ms < window.to_ms && brief.end_ms > window.from_ms)
    };
    let in_lane = |event: &EventId| lanes_of(store, *event).iter().any(|name| **name == *lane.name);
    let truth = (0..store.dated() as u32).map(EventId).filter(meeting).filter(in_lane).count();
    let folded: usize = lane.folds.iter().map(|fold| fold.count).sum();
    prop_assert_eq!(lane.total, truth, "{}", &lane.name);
    prop_assert_eq!(lane.marks.len() + folded, truth, "{}", &lane.name);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn every_column_counts_what_begins_in_it(
        rows in prop::collection::vec(raw(), 1..400),
        from_day in -50..9000_i64,
        days in 1..6000_i64,
        columns in 1..60_usize,
    ) {
        let store = store_of(&rows);
        let lanes = LaneIndex::build(&store, GroupBy::Actor, None);
        let from_ms = (10_957 + from_day) * DAY_MS;
        let length_ms = days * DAY_MS;
        let edge = |at: usize| from_ms + (i128::from(length_ms) * at as i128 / columns as i128) as i64;
        for lane in lanes.lanes().iter().chain(lanes.all()) {
            let mut counted = Vec::new();
            lane.buckets(&store, from_ms, from_ms + length_ms, columns, &mut counted);
            let mut truth = vec![0_u32; columns];
            for brief in lane.by_start().iter().filter_map(|event| store.brief(*event)) {
                let at_ms = brief.start_ms.max(from_ms);
                if brief.end_ms > from_ms && at_ms < from_ms + length_ms {
                    truth[(0..columns).rposition(|column| edge(column) <= at_ms).unwrap()] += 1;
                }
            }
            prop_assert_eq!(&counted, &truth, "{}", lane.name());
        }
    }

    #[test]
    fn another_selection_joins_as_a_picture_made_with_it(
        rows in prop::collection::vec(raw(), 1..200),
        days in 1..3000_i64,
        selected in any::<prop::sample::Index>(),
    ) {
        let store = store_of(&rows);
        let lanes = LaneIndex::build(&store, GroupBy::Actor, None);
        let rows_shown = LaneRows::plain(&lanes);
        let kinds = KindLooks::of(&store);
        let style = Style::of(Theme::Light);
        let window = Span::between(10_957 * DAY_MS, (10_957 + days) * DAY_MS);
        let request = SceneRequest { names: false, store: &store, lanes: &lanes, rows: &rows_shown, kinds: &kinds, style: &style, window, width_px: 1200.0, height: Height::Auto, gaps: Gaps::none(), paper: None, selected: None, hits: None };
        let selected = Some(EventId(selected.index(store.len()) as u32));
        let mut scene = scene::build(&request);
        let request = SceneRequest { selected, ..request };
        scene::rejoin(&mut scene, &request);
        prop_assert_eq!(scene, scene::build(&request));
    }

    #[test]
    fn alone_and_folded_are_all(
        rows in prop::collection::vec(raw(), 1..400),
        from_day in -50..9000_i64,
        days in 1..6000_i64,
        width in 300..1800_u16,
        height in 120..1400_u16,
        query in 0..QUERIES.len(),
        auto in any::<bool>(),
    ) {
        let store = store_of(&rows);
        let query = Query::parse(QUERIES[query]).unwrap();
        let matching = query.run(&store);
        let lanes = LaneIndex::build(&store, GroupBy::Actor, (!query.is_empty()).then_some(&matching));
        let rows_shown = LaneRows::plain(&lanes);
        let kinds = KindLooks::of(&store);
        let style = Style::of(Theme::Light);
        let from_ms = (10_957 + from_day) * DAY_MS;
        let window = Span::between(from_ms, from_ms + days * DAY_MS);
        let height = if auto { Height::Auto } else { Height::Scrolled { height_px: f32::from(height), scroll_px: 0.0 } };
        let request = SceneRequest { names: true, store: &store, lanes: &lanes, rows: &rows_shown, kinds: &kinds, style: &style, window, width_px: f32::from(width), height, gaps: Gaps::none(), paper: None, selected: None, hits: None };
        let scene = scene::build(&request);
        let picture = svg::svg(&scene, "random");
        // What a screen reader is told is the picture's: the same numbers, in the order of time, however little it may take.
        for most in [1, 60, 100_000] {
            let told = scene::reading(&scene, &store, scene.lanes.first().and_then(|lane| lane.marks.last()).map(|mark| mark.event), most);
            prop_assert!(most < 60 || told.iter().map(|lane| lane.told.len()).sum::<usize>() <= most.max(3 * told.len()));
            for (lane, told) in scene.lanes.iter().zip(&told) {
                prop_assert_eq!(told.told.iter().map(|told| told.what.events()).sum::<usize>(), lane.total, "{}", lane.name);
                let starts = told.told.iter().map(|told| match told.what {
                    ToldWhat::Event(event) => store.start_ms(event).unwrap(),
                    ToldWhat::Count(_, span) => span.from_ms,
                });
                prop_assert!(starts.is_sorted(), "{}", lane.name);
                prop_assert!(told.told.iter().all(|told| !told.name.is_empty()));
            }
        }
        for lane in &scene.lanes {
            counts_are_exact(lane, &store, &matching, window)?;
            let mut alone: Vec<EventId> = lane.marks.iter().map(|mark| mark.event).collect();
            alone.sort();
            alone.dedup();
            prop_assert_eq!(alone.len(), lane.marks.len(), "an event stands twice in {}", lane.name);
            let group = picture.split("data-lane=\"").find(|part| part.starts_with(&*lane.name)).unwrap();
            prop_assert_eq!(group.matches("data-event=").count(), lane.marks.len());
            let heading = format!("data-total=\"{}\"", lane.total);
            prop_assert!(group.contains(&heading));
        }
    }

    #[test]
    fn labels_never_lie_on_marks_or_labels(rows in prop::collection::vec(raw(), 1..120), width in 400..1800_u16, days in 5..3000_i64) {
        let store = store_of(&rows);
        let lanes = LaneIndex::build(&store, GroupBy::Actor, None);
        let rows_shown = LaneRows::plain(&lanes);
        let kinds = KindLooks::of(&store);
        let style = Style::of(Theme::Dark);
        let window = Span::between(10_957 * DAY_MS, (10_957 + days) * DAY_MS);
        let request = SceneRequest { names: true, store: &store, lanes: &lanes, rows: &rows_shown, kinds: &kinds, style: &style, window, width_px: f32::from(width), height: Height::Auto, gaps: Gaps::none(), paper: None, selected: None, hits: None };
        let scene = scene::build(&request);
        let labels: Vec<_> = scene.lanes.iter().flat_map(|lane| &lane.marks).filter_map(|mark| mark.label_box).collect();
        for (from, to) in scene.connectors.iter().flat_map(|connector| &connector.shapes).filter_map(upright) {
            let through = labels.iter().find(|label| from.x > label.x && from.x < label.right() && from.y < label.bottom() && to.y > label.y);
            prop_assert!(through.is_none(), "a connector at {} runs through the label {through:?}", from.x);
        }
        for lane in &scene.lanes {
            for (at, mark) in lane.marks.iter().enumerate() {
                for other in &lane.marks[at + 1..] {
                    prop_assert!(!mark.hit.overlaps(&other.hit), "{} on {}", mark.name, other.name);
                    if let (Some(one), Some(two)) = (mark.label_box, other.label_box) {
                        prop_assert!(!one.overlaps(&two), "label of {} on label of {}", mark.name, other.name);
                    }
                }
                for other in lane.marks.iter().filter(|other| other.event != mark.event) {
                    if let Some(label) = mark.label_box {
                        prop_assert!(!label.overlaps(&other.hit), "label of {} on {}", mark.name, other.name);
                    }
                }
                if let Some(label) = mark.label_box {
                    prop_assert!(lane.folds.iter().all(|fold| !label.overlaps(&fold.hit)));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn counts_are_exact_where_empty_stretches_are_folded_away(
        rows in prop::collection::vec(raw(), 1..200),
        from_day in -400..9000_i64,
        days in 1..12_000_i64,
        width in 300..1800_u16,
        height in 120..900_u16,
        query in 0..QUERIES.len(),
    ) {
        let store = store_of(&rows);
        let query = Query::parse(QUERIES[query]).unwrap();
        let matching = query.run(&store);
        let lanes = LaneIndex::build(&store, GroupBy::Actor, (!query.is_empty()).then_some(&matching));
        let gaps = Gaps::new(long_gaps(&store, lanes.all().unwrap()), !query.is_empty());
        let rows_shown = LaneRows::plain(&lanes);
        let kinds = KindLooks::of(&store);
        let style = Style::of(Theme::Light);
        let from_ms = (10_957 + from_day) * DAY_MS;
        let window = Span::between(from_ms, from_ms + days * DAY_MS);
        let height = Height::Scrolled { height_px: f32::from(height), scroll_px: 0.0 };
        let request = SceneRequest { names: true, store: &store, lanes: &lanes, rows: &rows_shown, kinds: &kinds, style: &style, window, gaps: &gaps, width_px: f32::from(width), height, paper: None, selected: None, hits: None };
        let scene = scene::build(&request);
        for lane in &scene.lanes {
            counts_are_exact(lane, &store, &matching, window)?;
        }
        prop_assert!(scene.breaks.windows(2).all(|pair| pair[0].rect.right() <= pair[1].rect.x));
        for found in scene.breaks.iter().filter(|found| found.span.from_ms > window.from_ms) {
            // Nothing begins in a break: no column of counts and no chip of a time within it.
            for fold in scene.lanes.iter().flat_map(|lane| &lane.folds) {
                prop_assert!(fold.span.to_ms <= found.span.from_ms || fold.span.from_ms >= found.span.to_ms || fold.hit.right() <= found.rect.x + 4.0 || fold.hit.x >= found.rect.right() - 4.0 || fold.beside_others, "{:?} in {:?}", fold.span, found);
            }
        }
    }
}
