//! Commands in the window, by accessible names: the palette, context menus, back and forward, bookmarks.

use crate::desk::{sample, settle, with_file};
use chronolane::app::App;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

/// Opens the palette, types, and takes the first entry.
fn palette(harness: &mut Harness<'_, App>, typed: &str) {
    press(harness, Modifiers::COMMAND, Key::K);
    harness.get_by_label("Name to look for").type_text(typed);
    harness.step();
    settle(harness);
    harness.key_press(Key::Enter);
    settle(harness);
    assert!(harness.query_by_label("Name to look for").is_none(), "the palette closes");
}

#[test]
fn the_palette_runs_commands_and_finds_lanes_kinds_and_events() {
    let mut harness = with_file(sample());
    let opened = harness.state().window();
    palette(&mut harness, "whole ra");
    assert!(harness.state().window().length_ms() > opened.length_ms());
    palette(&mut harness, "kirby");
    assert!(harness.query_all_by_label_contains("Lane John Kirby, ").next().is_some());
    assert!(harness.state().view().selected_lane.is_some());
    palette(&mut harness, "exchange letters pledging");
    assert_eq!(harness.state().selected_title(), Some("Exchange letters pledging cooperation"));
    palette(&mut harness, "lanes by kind");
    assert_eq!(harness.state().view().group, chronolane::store::GroupBy::Kind);
}

#[test]
fn the_palette_is_walked_by_arrows_and_left_by_escape() {
    let mut harness = with_file(sample());
    let before = harness.state().view().clone();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.get_by_label("Name to look for").type_text("zoom");
    harness.run_steps(2);
    harness.key_press(Key::ArrowDown);
    harness.run_steps(2);
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert_eq!(*harness.state().view(), before);
    press(&mut harness, Modifiers::NONE, Key::J);
    harness.get_by_label("Name to look for").type_text("zzz");
    settle(&mut harness);
    assert!(harness.query_by_label("Nothing has a name like this.").is_some());
}

#[test]
fn back_and_forward_lead_through_the_places_visited() {
    let mut harness = with_file(sample());
    let first = harness.state().window();
    press(&mut harness, Modifiers::NONE, Key::Num0);
    let second = harness.state().window();
    assert_ne!(first, second);
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(harness.state().window(), first);
    press(&mut harness, Modifiers::ALT, Key::ArrowRight);
    assert_eq!(harness.state().window(), second);
}

#[test]
fn bookmarks_are_kept_renamed_visited_and_dropped() {
    let mut harness = with_file(sample());
    let place = harness.state().window();
    press(&mut harness, Modifiers::COMMAND, Key::D);
    harness.get_by_label("Rename").click();
    settle(&mut harness);
    harness.get_by_label("Name of the bookmark").type_text(" the summer");
    harness.run_steps(2);
    harness.get_by_label("Keep name").click();
    settle(&mut harness);
    assert!(harness.state().view().bookmarks[0].name.contains("the summer"));
    press(&mut harness, Modifiers::COMMAND, Key::B);
    press(&mut harness, Modifiers::NONE, Key::Num0);
    assert_ne!(harness.state().window(), place);
    palette(&mut harness, "the summer");
    assert_eq!(harness.state().window(), place);
    press(&mut harness, Modifiers::COMMAND, Key::B);
    harness.get_by_label("Drop").click();
    settle(&mut harness);
    assert!(harness.state().view().bookmarks.is_empty());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().view().bookmarks.len(), 1);
}

#[test]
fn a_right_click_offers_what_can_be_done() {
    let mut harness = with_file(sample());
    harness.get_by_label_contains("Lane John Kirby, ").click_secondary();
    settle(&mut harness);
    harness.get_by_label_contains("Hide lane").click();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Lane John Kirby, ").is_none());
    harness.get_all_by_label_contains("Exchange letters pledging").next().unwrap().click_secondary();
    settle(&mut harness);
    assert_eq!(harness.state().selected_title(), Some("Exchange letters pledging cooperation"));
    let before = harness.state().window();
    harness.get_by_label_contains("Zoom to the event").click();
    settle(&mut harness);
    assert_ne!(harness.state().window(), before);
}
