//! The export dialog, walked by accessible names: form, size, time, lanes, furniture, preview, and what happens to files that are there. Needs no display.

use std::path::Path;

use crate::desk::{Given, by_dialog, sample, settle};
use chronolane::app::App;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

fn open_dialog(harness: &mut Harness<'_, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(2);
    settle(harness);
}

fn click(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(2);
    settle(harness);
}

/// Types into the field with this name.
fn type_into(harness: &mut Harness<'_, App>, field: &str, text: &str) {
    harness.get_by_label(field).focus();
    harness.run_steps(2);
    harness.get_by_label(field).type_text(text);
    harness.run_steps(2);
    settle(harness);
}

/// Goes on to the save dialog, which answers with this path, and waits for what comes of it.
fn save_to(harness: &mut Harness<'_, App>, given: &Given, path: &Path) {
    *given.save.lock().unwrap() = Some(path.to_owned());
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    settle(harness);
}

#[test]
fn the_choice_is_drawn_saved_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, given) = by_dialog(sample());
    open_dialog(&mut harness);
    assert!(harness.query_by_label_contains("Preview: ").is_some(), "the picture is shown before it is saved");
    click(&mut harness, "PDF");
    click(&mut harness, "The whole range");
    click(&mut harness, "For print");
    click(&mut harness, "Numbered evidence");
    let out = folder.path().join("story.pdf");
    save_to(&mut harness, &given, &out);
    assert_eq!(*given.offered.lock().unwrap(), "dprk_russia_2023.pdf");
    assert!(std::fs::read(&out).unwrap().starts_with(b"%PDF"));
    assert!(harness.query_by_label("Show in folder").is_some() && harness.query_by_label("Open").is_some());
    open_dialog(&mut harness);
    let again = folder.path().join("again");
    save_to(&mut harness, &given, &again);
    assert!(std::fs::read(again.with_extension("pdf")).unwrap().starts_with(b"%PDF"), "the form is that of the last time");
}

#[test]
fn only_the_chosen_lanes_and_dates_are_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, given) = by_dialog(sample());
    open_dialog(&mut harness);
    click(&mut harness, "SVG");
    harness.get_by_label_contains("All 1").click();
    harness.run_steps(8);
    click(&mut harness, "None");
    type_into(&mut harness, "Find a lane", "kirby");
    click(&mut harness, "John Kirby");
    type_into(&mut harness, "Picture from", "2023-08");
    let out = folder.path().join("kirby.svg");
    save_to(&mut harness, &given, &out);
    let svg = std::fs::read_to_string(&out).unwrap();
    assert_eq!(svg.matches("data-lane=").count(), 1);
    assert!(svg.contains("data-lane=\"John Kirby\""));
}

#[test]
fn a_date_that_cannot_be_read_is_said_beside_the_choice() {
    let (mut harness, _) = by_dialog(sample());
    open_dialog(&mut harness);
    type_into(&mut harness, "Picture from", "someday");
    assert!(harness.query_by_label_contains("cannot be read as the first time").is_some());
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert!(harness.query_by_label("Save as…").is_none(), "Escape closes the choice");
}

#[test]
fn a_file_under_the_completed_name_is_replaced_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, given) = by_dialog(sample());
    let taken = folder.path().join("story.png");
    std::fs::write(&taken, "what was there").unwrap();
    open_dialog(&mut harness);
    save_to(&mut harness, &given, &folder.path().join("story"));
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "what was there");
    click(&mut harness, "Choose another name");
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "what was there");
    open_dialog(&mut harness);
    save_to(&mut harness, &given, &folder.path().join("story"));
    click(&mut harness, "Replace it");
    assert!(std::fs::read(&taken).unwrap().starts_with(b"\x89PNG"));
}
