//! The sample's picture as text: which marks stand in which lane, where, with which label. A change of layout shows here first.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chronolane::formats::{ReadOptions, Silent};
use chronolane::jobs::{Loaded, load};
use chronolane::render::svg;
use chronolane::scene::{self, Height, Prim, Scene, SceneRequest};
use chronolane::store::{GroupBy, LaneIndex, dense_window};
use chronolane::style::{Style, Theme};
use chronolane::view::{LaneRows, Span};

fn sample() -> Loaded {
    loaded("dprk_russia_2023.json")
}

fn loaded(name: &str) -> Loaded {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data").join(name);
    load(&[path], &ReadOptions::default(), None, &Silent).unwrap()
}

fn picture(loaded: &Loaded, window: Span, width_px: f32, height: Height) -> Scene {
    themed(loaded, window, width_px, height, Theme::Light)
}

fn themed(loaded: &Loaded, window: Span, width_px: f32, height: Height, theme: Theme) -> Scene {
    let style = Style::of(theme);
    scene::build(&SceneRequest {
        names: true,
        store: &loaded.store,
        lanes: &loaded.lanes,
        rows: &loaded.rows,
        kinds: &loaded.kinds,
        style: &style,
        window,
        width_px,
        height,
        paper: None,
        selected: None,
        hits: None,
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

/// The signs of every mark in words, without colours.
fn signs(scene: &Scene) -> String {
    let mut out = String::new();
    for lane in &scene.lanes {
        let _ = writeln!(out, "{}", lane.name);
        for mark in &lane.marks {
            let shapes: Vec<String> = mark.shapes.iter().map(sign).collect();
            let _ = writeln!(out, "  {}: {}", mark.id, shapes.join(", "));
        }
        for fold in &lane.folds {
            let _ = writeln!(out, "  +{}", fold.count);
        }
    }
    out
}

fn sign(prim: &Prim) -> String {
    match prim {
        Prim::Box { rect, stroke, .. } => {
            let what = if stroke.is_some_and(|stroke| stroke.dash.is_some()) { "dashed box" } else { "bar" };
            format!("{what} {:.0} to {:.0}", rect.x, rect.right())
        }
        Prim::Fade { rect, color, fade_in, fade_out } => {
            let what = if color.3 == 255 { "bar" } else { "band" };
            format!("{what} {:.0} to {:.0} soft {fade_in:.0} and {fade_out:.0}", rect.x, rect.right())
        }
        Prim::Line { from, to, stroke } => {
            format!("{} {:.0} to {:.0}", if stroke.dash.is_some() { "dashed line" } else { "line" }, from.x, to.x)
        }
        Prim::Symbol { middle, radius, look, .. } => {
            let fill = if look.solid { "solid" } else { "hollow" };
            format!("{fill}{} {radius:.0} at {:.0}", if look.dashed { " dashed" } else { "" }, middle.x)
        }
        Prim::Polygon { corners, .. } => format!("arrow to {:.0}", corners[0].x),
        Prim::Circle { .. } | Prim::Text(_) => "other".to_owned(),
    }
}

/// The window from the start of one date to the end of another.
fn window(from: &str, to: &str) -> Span {
    let extent = |text: &str| chronolane::time::read(text, &chronolane::time::Dialect::EDTF).unwrap().reading.extent;
    Span::between(extent(from).earliest_start, extent(to).latest_end)
}

#[test]
fn every_way_in_which_a_date_can_be_known_has_its_sign() {
    let loaded = loaded("date_gallery.json");
    let scene = picture(&loaded, window("2021", "2024"), 1600.0, Height::Auto);
    insta::assert_snapshot!("gallery_signs", signs(&scene));
    insta::assert_snapshot!("gallery_near", signs(&picture(&loaded, window("2022-06-20", "2023-03-20"), 1600.0, Height::Auto)));
    insta::assert_snapshot!("gallery_words", as_text(&scene));
    insta::assert_snapshot!("gallery_before_the_common_era", as_text(&picture(&loaded, window("-0299", "0100"), 1600.0, Height::Auto)));
}

#[test]
fn the_signs_are_the_same_in_every_theme() {
    let loaded = loaded("date_gallery.json");
    let of = |theme| signs(&themed(&loaded, window("2021", "2024"), 1600.0, Height::Auto, theme));
    let light = of(Theme::Light);
    assert_eq!(light, of(Theme::Dark));
    // In print, where colour may be lost, long bars have the symbol of their kind beside.
    let print = of(Theme::Print);
    assert!(print.contains(", solid 4 at "), "{print}");
    let parts = |signs: &str| -> Vec<String> {
        let lines = signs.lines().map(|line| line.split(", ").filter(|part| !part.contains(" 4 at ")).collect::<Vec<_>>().join(", "));
        lines.collect()
    };
    assert_eq!(parts(&light), parts(&print));
}

#[test]
fn the_gallery_is_counted_whole_at_every_zoom() {
    let loaded = loaded("date_gallery.json");
    let (low_ms, high_ms) = loaded.store.span_ms().unwrap();
    let mut span = Span::between(low_ms, high_ms).widened(0.02);
    let about_ms = window("2022-09", "2022-09").from_ms;
    assert_eq!(picture(&loaded, span, 1600.0, Height::Auto).marks_in_view(), loaded.store.len());
    while span.length_ms() > 1_000 {
        for lane in &picture(&loaded, span, 1600.0, Height::Auto).lanes {
            let drawn = lane.marks.len() + lane.folds.iter().map(|fold| fold.count).sum::<usize>();
            assert_eq!(drawn, lane.total, "{} in {span:?}", lane.name);
        }
        span = span.zoomed(about_ms, 3.0);
    }
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

#[test]
fn few_lanes_take_the_room_that_there_is() {
    let mut loaded = sample();
    let lanes = LaneIndex::build(&loaded.store, GroupBy::None, None);
    loaded.rows = std::sync::Arc::new(LaneRows::plain(&lanes));
    loaded.lanes = std::sync::Arc::new(lanes);
    let window = window("2023-07", "2023-09");
    for height_px in [320.0, 700.0, 1900.0] {
        let scene = picture(&loaded, window, 1200.0, Height::Scrolled { height_px, scroll_px: 0.0 });
        assert_eq!(scene.lanes.len(), 1);
        assert!(scene.lanes[0].rect.bottom() > height_px - 2.0, "{height_px}: {:?}", scene.lanes[0].rect);
        let middle = f32::midpoint(scene.plot.y, height_px);
        let (low, high) =
            scene.lanes[0].marks.iter().fold((f32::MAX, 0.0_f32), |(low, high), mark| (low.min(mark.handle.y), high.max(mark.handle.y)));
        assert!((f32::midpoint(low, high) - middle).abs() < 2.0, "the rows stand in the middle: {low} to {high} of {height_px}");
    }
}
