//! The sample's picture as text: which marks stand in which lane, where, with which label. A change of layout shows here first.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chronolane::formats::{ReadOptions, Silent};
use chronolane::jobs::{Loaded, load};
use chronolane::render::svg;
use chronolane::scene::{self, Height, Prim, Scene, SceneRequest};
use chronolane::store::dense_window;
use chronolane::style::{Style, Theme};
use chronolane::view::Span;

fn sample() -> Loaded {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data").join("dprk_russia_2023.json");
    load(&[path], &ReadOptions::default(), None, &Silent).unwrap()
}

fn picture(loaded: &Loaded, window: Span, width_px: f32, height: Height) -> Scene {
    let style = Style::of(Theme::Light);
    scene::build(&SceneRequest {
        names: true,
        store: &loaded.store,
        lanes: &loaded.lanes,
        kinds: &loaded.kinds,
        style: &style,
        window,
        width_px,
        height,
        title: None,
        selected: None,
    })
}

fn as_text(scene: &Scene) -> String {
    let mut out = String::new();
    for lane in &scene.lanes {
        let _ = writeln!(out, "{}: {} in view, {} earlier, {} later", lane.name, lane.total, lane.earlier, lane.later);
        for mark in &lane.marks {
            let label = mark.label.iter().find_map(|prim| if let Prim::Text(text) = prim { Some(text.text.as_str()) } else { None });
            let _ = writeln!(out, "  {:>4.0} {:>3.0}  {}  [{}]", mark.handle.x, mark.handle.y, mark.name, label.unwrap_or("-"));
        }
        for fold in &lane.folds {
            let _ = writeln!(out, "  {:>4.0} {:>3.0}  +{}  {}", fold.hit.x, fold.hit.y, fold.count, fold.name());
        }
    }
    if let Some(more) = &scene.more_lanes {
        let _ = writeln!(out, "and {} more lanes with {} marks", more.lanes, more.marks);
    }
    let _ = writeln!(out, "{} events in view, {} connectors", scene.events_in_view, scene.connectors.len());
    out
}

#[test]
fn the_dense_part_of_the_sample() {
    let loaded = sample();
    let (from_ms, to_ms) = dense_window(&loaded.store, &loaded.lanes).unwrap();
    insta::assert_snapshot!(as_text(&picture(&loaded, Span::between(from_ms, to_ms), 1400.0, Height::Auto)));
}

#[test]
fn the_whole_sample_at_a_fixed_height() {
    let loaded = sample();
    let (from_ms, to_ms) = loaded.store.span_ms().unwrap();
    insta::assert_snapshot!(as_text(&picture(&loaded, Span::between(from_ms, to_ms).widened(0.02), 1200.0, Height::Fixed(600.0))));
}

#[test]
fn the_sample_opens_on_its_five_weeks() {
    let loaded = sample();
    let (from_ms, to_ms) = dense_window(&loaded.store, &loaded.lanes).unwrap();
    let days = (to_ms - from_ms) / chronolane::time::DAY_MS;
    assert!((35..70).contains(&days), "{days} days");
    let kirby = chronolane::time::read("2023-08-30", &chronolane::time::Dialect::default()).unwrap().reading.extent;
    assert!(from_ms < kirby.earliest_start && to_ms > kirby.latest_end);
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    let loaded = sample();
    let (from_ms, to_ms) = loaded.store.span_ms().unwrap();
    let once = svg::svg(&picture(&loaded, Span::between(from_ms, to_ms), 1600.0, Height::Auto), "x");
    let again = sample();
    assert_eq!(once, svg::svg(&picture(&again, Span::between(from_ms, to_ms), 1600.0, Height::Auto), "x"));
}

#[test]
fn every_sentence_of_the_sample_stands_in_its_article_to_the_letter() {
    let loaded = sample();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let article = std::fs::read_to_string(folder.join("dprk_russia_2023.txt")).unwrap();
    let events = (0..loaded.store.len() as u32).map(chronolane::store::EventId);
    let mut sentences = 0;
    for event in events {
        let record = loaded.store.record(event);
        assert!(!record.evidence.is_empty(), "{} has no evidence", record.id);
        for evidence in &record.evidence {
            assert!(article.contains(evidence.quote.as_ref()) && !evidence.quote.is_empty(), "{}: {}", record.id, evidence.quote);
            sentences += 1;
        }
    }
    assert!(loaded.store.len() >= 26 && sentences >= loaded.store.len());
}
