//! Reading time in the window, by accessible names: what is going on at the playhead, marked spans and their counts, going to a date.

use crate::desk::{sample, settle, with_file};
use chronolane::app::App;
use chronolane::time::DAY_MS;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

/// Drags over the lanes from one place to another, in pixels from the canvas' left.
fn drag(harness: &mut Harness<'_, App>, modifiers: Modifiers, from_px: f32, to_px: f32) {
    let canvas = harness.get_by_label_contains("Timeline, ").rect();
    let at = |x: f32| canvas.left_bottom() + Vec2::new(x, -8.0);
    harness.event(egui::Event::ModifiersChanged(modifiers));
    harness.hover_at(at(from_px));
    harness.step();
    harness.drag_at(at(from_px));
    harness.step();
    harness.hover_at(at(f32::midpoint(from_px, to_px)));
    harness.step();
    harness.hover_at(at(to_px));
    harness.step();
    harness.drop_at(at(to_px));
    harness.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    settle(harness);
}

#[test]
fn a_marked_span_tells_its_length_and_counts_and_can_be_zoomed_and_filtered_to() {
    let mut harness = with_file(sample());
    drag(&mut harness, Modifiers::SHIFT, 420.0, 800.0);
    let span = harness.state().view().marked[0];
    assert_eq!((span.from_ms % DAY_MS, span.to_ms % DAY_MS), (0, 0), "a long span has whole days");
    let days = format!("{} days", span.length_ms() / DAY_MS);
    assert!(harness.query_all_by_label_contains(&days).next().is_some(), "{days}");
    assert!(harness.query_by_label_contains("begin a month, against").is_some());
    harness.get_by_label("Zoom to the span").click();
    settle(&mut harness);
    assert_eq!(harness.state().window(), span);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_ne!(harness.state().window(), span);
    harness.get_by_label("Filter to the span").click();
    settle(&mut harness);
    assert!(harness.state().view().query.starts_with("on:2023-"), "{}", harness.state().view().query);
    assert!(harness.query_by_label_contains(" of 31").is_some());
    harness.key_press(Key::Backspace);
    settle(&mut harness);
    assert!(harness.state().view().marked.is_empty());
    assert!(harness.query_by_label("Zoom to the span").is_none());
}

#[test]
fn two_spans_are_compared_one_under_the_other() {
    let mut harness = with_file(sample());
    drag(&mut harness, Modifiers::SHIFT, 420.0, 550.0);
    drag(&mut harness, Modifiers::SHIFT | Modifiers::COMMAND, 700.0, 830.0);
    assert_eq!(harness.state().view().marked.len(), 2);
    let rates: Vec<f32> = harness.query_all_by_label_contains("begin a month, against").map(|node| node.rect().top()).collect();
    assert_eq!(rates.len(), 2);
    drag(&mut harness, Modifiers::SHIFT, 450.0, 500.0);
    assert_eq!(harness.state().view().marked.len(), 1, "a span marked anew stands alone");
}

#[test]
fn what_is_going_on_at_the_playhead_follows_it() {
    let mut harness = with_file(sample());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::G);
    harness.run_steps(3);
    harness.get_by_label("Date to go to").type_text("24 August 2023");
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    harness.key_press(Key::T);
    settle(&mut harness);
    assert!(harness.query_by_label_contains("At 24 August 2023").is_some());
    assert!(harness.query_by_label("6 events can be going on").is_some(), "{:?}", harness.query_by_label_contains("can be going on"));
    assert!(harness.query_all_by_label_contains("Ulchi Freedom Shield").count() >= 2, "once on the canvas and once in the list");
    harness.key_press(Key::T);
    settle(&mut harness);
    assert!(harness.query_by_label_contains("can be going on").is_none());
}

#[test]
fn a_typed_date_is_gone_to_and_a_wrong_one_is_explained() {
    let mut harness = with_file(sample());
    let opened = harness.state().window();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::G);
    harness.run_steps(3);
    harness.get_by_label("Date to go to").type_text("someday");
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().window(), opened, "what is no date leads nowhere");
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::G);
    harness.run_steps(3);
    harness.get_by_label("Date to go to").type_text("25 June 1950");
    harness.run_steps(2);
    harness.get_by_label("Go there").click();
    settle(&mut harness);
    let window = harness.state().window();
    assert_eq!(window.length_ms(), opened.length_ms(), "the zoom stays");
    assert!(window.holds(-616_291_200_000), "{window:?}");
    assert!(window.holds(harness.state().view().playhead_ms.unwrap()));
}

/// Clicks with the right button where nothing but a marked span lies.
fn right_click_in_span(harness: &mut Harness<'_, App>) {
    let place = harness.get_by_label_contains("Timeline, ").rect().left_bottom() + Vec2::new(600.0, -3.0);
    harness.hover_at(place);
    harness.step();
    for pressed in [true, false] {
        let button = egui::PointerButton::Secondary;
        harness.event(egui::Event::PointerButton { pos: place, button, pressed, modifiers: Modifiers::NONE });
        harness.step();
    }
    settle(harness);
}

#[test]
fn a_right_click_in_a_marked_span_offers_what_can_be_done_with_it() {
    let mut harness = with_file(sample());
    drag(&mut harness, Modifiers::SHIFT, 420.0, 800.0);
    let span = harness.state().view().marked[0];
    let offers = |harness: &Harness<'_, App>, words: &str| harness.query_all_by_label_contains(words).count();
    let before = offers(&harness, "Compare with the time before");
    right_click_in_span(&mut harness);
    assert_eq!(offers(&harness, "Compare with the time before"), before + 1, "in the menu beside the card");
    assert!(harness.query_by_label_contains("Whole range").is_none(), "the menu of the span, not of the lanes");
    harness.get_all_by_label_contains("Compare with the time before").last().unwrap().click();
    settle(&mut harness);
    let marked = &harness.state().view().marked;
    assert_eq!((marked[0], marked[1].to_ms, marked[1].length_ms()), (span, span.from_ms, span.length_ms()));
}

#[test]
fn a_span_is_marked_without_a_mouse() {
    let mut harness = with_file(sample());
    let window = harness.state().window();
    harness.key_press(Key::M);
    settle(&mut harness);
    assert_eq!(harness.state().view().marked, [window.to_days()]);
    assert!(harness.query_all_by_label_contains("Compare with the time before").next().is_some());
}

#[test]
fn a_marked_span_is_exported_alone_from_its_menu() {
    let mut harness = with_file(sample());
    drag(&mut harness, Modifiers::SHIFT, 420.0, 800.0);
    right_click_in_span(&mut harness);
    harness.get_all_by_label_contains("Export the span as a picture").last().unwrap().click();
    settle(&mut harness);
    let from = harness.get_by_label("Picture from").value().unwrap_or_default();
    assert!(from.starts_with("2023-"), "{from}");
}
