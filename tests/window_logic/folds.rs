//! Empty stretches folded away in the window, by accessible names: by the command, opened one by one, taken back; the axis under the pointer goes on.

use crate::desk::{sample, settle, with_file};
use chronolane::app::App;
use egui::{Event, Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

fn press(harness: &mut Harness<'_, App>, key: Key) {
    harness.key_press(key);
    settle(harness);
}

/// How many breaks can be clicked on.
fn breaks(harness: &Harness<'_, App>) -> usize {
    harness.query_all_by_label_contains(", folded away").count()
}

#[test]
fn empty_stretches_are_folded_away_and_opened_by_a_click() {
    let mut harness = with_file(sample());
    press(&mut harness, Key::Num0);
    assert_eq!(breaks(&harness), 0);
    let whole = harness.state().window();
    press(&mut harness, Key::E);
    let folded = breaks(&harness);
    assert!(folded > 0);
    assert_eq!(harness.state().window(), whole, "the same time is in view");
    harness.get_all_by_label_contains(", folded away").next().unwrap().click();
    settle(&mut harness);
    assert_eq!((breaks(&harness), harness.state().view().opened.len()), (folded - 1, 1));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!((breaks(&harness), harness.state().view().opened.len()), (folded, 0));
    press(&mut harness, Key::E);
    assert_eq!(breaks(&harness), 0);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(breaks(&harness), folded, "folding is undone like any change");
}

#[test]
fn a_search_folds_what_lies_between_its_hits() {
    let mut harness = with_file(sample());
    press(&mut harness, Key::Num0);
    press(&mut harness, Key::E);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(2);
    harness.get_by_label("Search events").type_text("kind:statement");
    settle(&mut harness);
    let says = |words: &str| harness.query_all_by_label_contains(words).count();
    assert!(says("without events") == 0, "only what matches was looked at");
}

#[test]
fn zooming_over_a_break_keeps_the_time_under_the_pointer() {
    let mut harness = with_file(sample());
    press(&mut harness, Key::Num0);
    press(&mut harness, Key::E);
    let canvas = harness.get_by_label_contains("Timeline, ").rect();
    let at = canvas.right_center() + Vec2::new(-200.0, 0.0);
    harness.hover_at(at);
    harness.step();
    let before = harness.state().time_under_pointer().unwrap();
    for _ in 0..12 {
        harness.event(Event::Zoom(1.2));
        harness.step();
    }
    settle(&mut harness);
    let after = harness.state().time_under_pointer().unwrap();
    let px = harness.state().ms_per_px();
    assert!((after - before).abs() as f64 <= 3.0 * px + 2.0, "{before} became {after}, a pixel is {px} ms");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::G);
    harness.run_steps(3);
    harness.get_by_label("Date to go to").type_text("March 1955");
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    let view = harness.state().view();
    assert!(view.window.holds(view.playhead_ms.unwrap()));
    assert_eq!(view.opened.len(), 1, "the stretch that was gone to is open");
}
