//! The window without a mouse: every stop of Tab is named and ringed, keys go to who has the keyboard, F6 goes from part to part, menus open by key, text grows.

use crate::desk::{sample, settle, with_file};
use chronolane::app::App;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

fn press(harness: &mut Harness<'_, App>, key: Key) {
    press_with(harness, Modifiers::NONE, key);
}

fn press_with(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

/// The name of what has the keyboard; empty where nothing has.
fn focused(harness: &Harness<'_, App>) -> String {
    let mut found = harness.query_all(egui_kittest::kittest::by().predicate(|node| node.is_focused_in_tree() && !node.is_root()));
    found.next().map_or_else(String::new, |node| {
        let node = node.accesskit_node();
        node.label().or(node.value()).unwrap_or_else(|| format!("unnamed {:?}", node.role()))
    })
}

/// Goes on by Tab until a control has the keyboard.
fn tab_to(harness: &mut Harness<'_, App>, name: &str) {
    for _ in 0..300 {
        if focused(harness).contains(name) {
            return;
        }
        press(harness, Key::Tab);
    }
    panic!("Tab never comes to {name}");
}

#[test]
fn every_stop_of_tab_is_named_seen_and_ringed_and_the_round_closes() {
    let mut harness = with_file(sample());
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    press_with(&mut harness, Modifiers::COMMAND, Key::T);
    settle(&mut harness);
    press(&mut harness, Key::Escape);
    let mut stops: Vec<String> = Vec::new();
    for _ in 0..300 {
        press(&mut harness, Key::Tab);
        let stop = focused(&harness);
        assert!(!stop.is_empty() && !stop.starts_with("unnamed"), "{stop} after {stops:?}");
        let ring = harness.state().focus_ring().unwrap_or_else(|| panic!("{stop} has no ring"));
        assert!(ring.is_positive() && harness.ctx.content_rect().contains_rect(ring), "{stop}: {ring:?}");
        if stops.first() == Some(&stop) {
            break;
        }
        stops.push(stop);
    }
    assert!(stops.len() < 150, "{} stops: {stops:?}", stops.len());
    let place = |name: &str| stops.iter().position(|stop| stop.starts_with(name)).unwrap_or_else(|| panic!("{name} in {stops:?}"));
    assert!(place("File") < place("Search events") && place("Search events") < place("Timeline, "));
    assert!(place("Timeline, ") < place("Playhead") && place("Playhead") < place("Lane "));
    assert_eq!(stops.iter().filter(|stop| stop.starts_with("Lane ")).count(), 1, "of the lanes' names one is a stop: {stops:?}");
    assert_eq!(stops.iter().filter(|stop| stop.starts_with("Row ")).count(), 0, "rows of the table are no stops");
    let canvas = harness.get_by_label_contains("Timeline, ").rect();
    let at = canvas.center();
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run_steps(3);
    assert_eq!(harness.state().focus_ring(), None, "a click takes the ring away");
}

#[test]
fn enter_presses_the_button_that_has_the_keyboard_and_arrows_are_its_own() {
    let mut harness = with_file(sample());
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    settle(&mut harness);
    press(&mut harness, Key::ArrowRight);
    let (selected, window) = (harness.state().selected(), harness.state().window());
    assert!(selected.is_some());
    tab_to(&mut harness, "Close facets");
    press(&mut harness, Key::Enter);
    assert!(!harness.state().view().facets_open, "Enter presses the button");
    assert_eq!(harness.state().window(), window, "and does not zoom to the event as well");
    tab_to(&mut harness, "Next event");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(harness.state().selected(), selected, "arrows go on to neighbours");
    press(&mut harness, Key::Escape);
    assert_eq!(focused(&harness), "");
    press(&mut harness, Key::ArrowRight);
    assert!(harness.state().selected() > selected, "after Escape they step through time again");
}

#[test]
fn the_names_of_lanes_are_walked_folded_pinned_hidden_and_shown_alone() {
    let mut harness = with_file(sample());
    press(&mut harness, Key::Num0);
    tab_to(&mut harness, "Lane ");
    let first = focused(&harness);
    press(&mut harness, Key::ArrowDown);
    let second = focused(&harness);
    assert!(second.starts_with("Lane ") && second != first, "{second}");
    press(&mut harness, Key::ArrowUp);
    assert_eq!(focused(&harness), first);
    while !focused(&harness).starts_with("Lane Russia, ") {
        let before = focused(&harness);
        press(&mut harness, Key::ArrowDown);
        assert_ne!(focused(&harness), before, "Russia is below");
    }
    press(&mut harness, Key::ArrowLeft);
    assert!(focused(&harness).contains(", folded"), "{}", focused(&harness));
    press(&mut harness, Key::ArrowRight);
    assert!(focused(&harness).contains(", unfolded"), "{}", focused(&harness));
    press(&mut harness, Key::P);
    assert!(focused(&harness).ends_with(", pinned"), "{}", focused(&harness));
    press(&mut harness, Key::P);
    assert!(!focused(&harness).ends_with(", pinned"), "{}", focused(&harness));
    press(&mut harness, Key::O);
    assert!(harness.query_by_label_contains("lanes hidden").is_some());
    press(&mut harness, Key::O);
    assert!(harness.query_by_label_contains("lanes hidden").is_none());
    press(&mut harness, Key::H);
    assert!(harness.query_by_label_contains("hidden").is_some() && harness.query_by_label_contains("Lane Russia, ").is_none());
    assert_eq!(harness.state().selected(), None, "no key went to the events as well");
}

#[test]
fn f6_goes_from_part_to_part_and_back() {
    let mut harness = with_file(sample());
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::F6);
    assert!(focused(&harness).starts_with("Timeline, "), "{}", focused(&harness));
    let mut parts = vec![focused(&harness)];
    while parts.len() < 12 {
        press(&mut harness, Key::F6);
        let part = focused(&harness);
        assert!(harness.state().focus_ring().is_some(), "{part} has no ring");
        if part == parts[0] {
            break;
        }
        parts.push(part);
    }
    let names = ["Timeline, ", "Event in detail", "Window in the whole range", "Status line", "File"];
    assert!(parts.iter().zip(names).all(|(part, name)| part.starts_with(name)) && parts.len() == names.len(), "{parts:?}");
    press_with(&mut harness, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&harness), "File");
    // From a part Tab goes on to what is in it.
    press(&mut harness, Key::F6);
    press(&mut harness, Key::F6);
    assert_eq!(focused(&harness), "Event in detail");
}

#[test]
fn menus_are_opened_walked_and_left_by_keys() {
    let mut harness = with_file(sample());
    press(&mut harness, Key::F10);
    assert_eq!(focused(&harness), "File");
    press(&mut harness, Key::ArrowRight);
    assert_eq!(focused(&harness), "View");
    press(&mut harness, Key::ArrowDown);
    assert!(harness.query_by_label_contains("Detail pane").is_some(), "the menu is open");
    let first = focused(&harness);
    press(&mut harness, Key::ArrowDown);
    assert!(focused(&harness) != first && focused(&harness) != "View", "{}", focused(&harness));
    assert_eq!(harness.state().view().selected_lane, None, "no lane was chosen by the same key");
    press(&mut harness, Key::ArrowUp);
    assert_eq!(focused(&harness), first);
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label_contains("Detail pane").is_none(), "Escape closes it");
}

#[test]
fn the_overview_moves_the_window_by_keys() {
    let mut harness = with_file(sample());
    let opened = harness.state().window();
    tab_to(&mut harness, "Window in the whole range");
    press(&mut harness, Key::ArrowRight);
    assert!(harness.state().window().from_ms > opened.from_ms);
    press(&mut harness, Key::ArrowUp);
    assert!(harness.state().window().length_ms() < opened.length_ms());
    assert_eq!(harness.state().selected(), None);
}

#[test]
fn comma_and_full_stop_move_the_playhead_unless_they_are_typed() {
    let mut harness = with_file(sample());
    press(&mut harness, Key::Period);
    let first = harness.state().view().playhead_ms.expect("the playhead stands");
    press(&mut harness, Key::Period);
    let second = harness.state().view().playhead_ms.unwrap();
    assert!(second > first);
    press(&mut harness, Key::Comma);
    assert_eq!(harness.state().view().playhead_ms, Some(first));
    press_with(&mut harness, Modifiers::COMMAND, Key::F);
    press(&mut harness, Key::Period);
    assert_eq!(harness.state().view().playhead_ms, Some(first));
}

#[test]
fn text_grows_shrinks_and_has_its_usual_size_again() {
    let mut harness = with_file(sample());
    let zoom = |harness: &Harness<'_, App>| (harness.ctx.zoom_factor() * 100.0).round() as i32;
    let wide = harness.get_by_label_contains("Timeline, ").rect().width();
    press_with(&mut harness, Modifiers::COMMAND, Key::Plus);
    press_with(&mut harness, Modifiers::COMMAND, Key::Plus);
    assert_eq!(zoom(&harness), 125);
    assert!(harness.get_by_label_contains("Timeline, ").rect().width() < wide, "the lanes have less room in their own measure");
    press_with(&mut harness, Modifiers::COMMAND, Key::Minus);
    assert_eq!(zoom(&harness), 110);
    press_with(&mut harness, Modifiers::COMMAND, Key::Num0);
    assert_eq!(zoom(&harness), 100);
    press(&mut harness, Key::Plus);
    assert_eq!(zoom(&harness), 100, "without Ctrl it is time that comes closer");
}

#[test]
fn motion_is_taken_away_and_given_back() {
    let mut harness = with_file(sample());
    let toggle = |harness: &mut Harness<'_, App>| {
        press_with(harness, Modifiers::COMMAND, Key::K);
        harness.get_by_label("Name to look for").type_text("No motion");
        harness.run_steps(3);
        settle(harness);
        press(harness, Key::Enter);
        settle(harness);
    };
    toggle(&mut harness);
    assert!(harness.ctx.global_style().animation_time.abs() < f32::EPSILON);
    toggle(&mut harness);
    assert!(harness.ctx.global_style().animation_time > 0.0);
    toggle(&mut harness);
    assert!(harness.ctx.global_style().animation_time.abs() < f32::EPSILON);
}
