//! The display zone in the window: chosen, taken back, and kept under a filter; instants move, dates do not.

use std::fs;
use std::path::{Path, PathBuf};

use chronolane::time::Zone;
use egui::Key;
use egui_kittest::kittest::Queryable as _;

use crate::desk::{settle, with_file};

const ROWS: &str = include_str!("../zones.csv");

fn file(folder: &Path) -> PathBuf {
    let path = folder.join("zones.csv");
    fs::write(&path, ROWS).unwrap();
    path
}

#[test]
fn a_zone_is_found_by_its_city_chosen_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_file(file(folder.path()));
    for _ in 0..2 {
        harness.key_press(Key::ArrowRight);
        harness.run_steps(3);
    }
    assert_eq!(harness.state().selected_title(), Some("Late in the evening"));
    assert!(harness.query_all_by_label_contains("30 August 2023, 23:30:00 UTC").next().is_some());
    let window = harness.state().window();
    harness.get_by_label("UTC").click();
    harness.run_steps(3);
    harness.get_by_label("Search zones").type_text("berl");
    harness.run_steps(3);
    assert!(harness.query_by_label("Europe/Berlin").is_some() && harness.query_by_label("Asia/Tokyo").is_none());
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().view().zone, Zone::parse("Europe/Berlin").unwrap());
    assert_eq!(harness.state().selected_title(), Some("Late in the evening"), "its number changed, the event did not");
    assert!(harness.query_all_by_label_contains("31 August 2023, 01:30:00 CEST (written 30 August 23:30:00 UTC)").next().is_some());
    assert!(harness.query_by_label("Search zones").is_none(), "the choice is closed");
    assert_eq!(harness.state().window().from_ms, window.from_ms + 7_200_000, "the window goes with the instants in it");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!((harness.state().view().zone, harness.state().window()), (Zone::UTC, window));
    assert_eq!(harness.state().selected_title(), Some("Late in the evening"));
    // The step before, made in the other zone's numbers.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(harness.state().selected_title(), Some("In the afternoon"));
}

#[test]
fn a_filter_goes_on_in_another_zone() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_file(file(folder.path()));
    harness.get_by_label("Search events").focus();
    harness.run_steps(2);
    harness.get_by_label("Search events").type_text("actor:b");
    settle(&mut harness);
    assert!(harness.query_by_label("2 of 4").is_some());
    let zone = Zone::parse("Asia/Tokyo").unwrap();
    harness.state_mut().show_in(zone);
    settle(&mut harness);
    assert!(harness.query_by_label("2 of 4").is_some() && harness.query_by_label("Asia/Tokyo").is_some());
}
