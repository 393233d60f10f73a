//! A window in which nothing changes asks for no frame: in each state that a reader may leave it in, the next repaint is never.

use std::time::Duration;

use crate::desk::{Given, empty, finish, sample, with_file};
use chronolane::app::App;
use egui::{Key, Modifiers, Vec2, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

/// When the window wants its next frame, were there no input.
fn next_frame(harness: &Harness<'_, App>) -> Duration {
    harness.output().viewport_output[&ViewportId::ROOT].repaint_delay
}

/// Steps until no work is under way; then a run of frames must end with ten of which none asks for another, and the view must stay as it is.
fn assert_idle(harness: &mut Harness<'_, App>, state: &str) {
    finish(harness, state);
    // Tips fade in and lists find their sizes meanwhile.
    let mut quiet = 0;
    for _ in 0..60 {
        harness.step();
        quiet = if next_frame(harness) == Duration::MAX { quiet + 1 } else { 0 };
    }
    assert!(quiet >= 10, "{state}: a frame is wanted in {:?} because of {:?}", next_frame(harness), harness.ctx.repaint_causes());
    let (view, scenes_made) = (harness.state().view().clone(), harness.state().scenes_made());
    for _ in 0..5 {
        harness.step();
    }
    assert_eq!(harness.state().scenes_made(), scenes_made, "{state}: the picture was made anew though nothing changed");
    assert_eq!(next_frame(harness), Duration::MAX, "{state}: {:?}", harness.ctx.repaint_causes());
    assert_eq!(*harness.state().view(), view, "{state}: the view changed by itself");
}

fn with_sample() -> Harness<'static, App> {
    let mut harness = with_file(sample());
    assert_idle(&mut harness, "the sample is open");
    harness
}

#[test]
fn the_welcome_screen_is_idle() {
    let mut harness = empty(&Given::default());
    assert_idle(&mut harness, "nothing is open");
}

#[test]
fn a_selection_is_idle_and_so_is_its_undoing() {
    let mut harness = with_sample();
    harness.key_press(Key::ArrowRight);
    assert_idle(&mut harness, "an event is selected");
    assert!(harness.state().selected().is_some());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    assert_idle(&mut harness, "the selection is undone");
}

#[test]
fn a_pointer_at_rest_is_idle() {
    let mut harness = with_sample();
    let mark = harness.get_all_by_label_contains("Exchange letters pledging cooperation").next().unwrap().rect().center();
    harness.hover_at(mark);
    assert_idle(&mut harness, "the pointer rests on a mark");
    let canvas = harness.get_by_label_contains("Timeline, ").rect();
    harness.hover_at(canvas.min + Vec2::new(600.0, 20.0));
    assert_idle(&mut harness, "the pointer rests on the ruler");
    harness.remove_cursor();
    assert_idle(&mut harness, "the pointer is gone");
}

#[test]
fn zoom_and_scrub_come_to_rest() {
    let mut harness = with_sample();
    let canvas = harness.get_by_label_contains("Timeline, ").rect();
    harness.key_press(Key::W);
    assert_idle(&mut harness, "zoomed in");
    harness.key_press(Key::Num0);
    assert_idle(&mut harness, "the whole range is in view");
    let at = |x: f32| canvas.min + Vec2::new(x, 20.0);
    harness.hover_at(at(400.0));
    harness.drag_at(at(400.0));
    harness.hover_at(at(600.0));
    assert_idle(&mut harness, "the mouse is held down on the ruler");
    harness.drop_at(at(600.0));
    assert_idle(&mut harness, "the scrub has ended");
}

#[test]
fn help_and_problems_are_idle_while_open() {
    let mut harness = with_sample();
    harness.key_press(Key::F1);
    assert_idle(&mut harness, "help is open");
    assert!(harness.query_by_label("Close keys").is_some());
    harness.key_press(Key::Escape);
    assert_idle(&mut harness, "help is closed");
    harness.key_press(Key::F8);
    assert_idle(&mut harness, "the list of problems is open");
}

#[test]
fn a_search_is_idle_once_the_canvas_has_the_keys_again() {
    let mut harness = with_sample();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(2);
    harness.get_by_label("Search events").type_text("kind:letters");
    harness.run_steps(2);
    let canvas = harness.get_by_label_contains("Timeline, ").rect();
    let empty = canvas.min + Vec2::new(600.0, canvas.height() - 3.0);
    harness.hover_at(empty);
    harness.drag_at(empty);
    harness.drop_at(empty);
    assert_idle(&mut harness, "a search is entered and the canvas has the keys");
    assert!(harness.query_by_label_contains(" of 31").is_some());
    assert_eq!(harness.state().view().query, "kind:letters");
}
