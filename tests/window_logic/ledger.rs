//! The problems of a file and its undated events, walked by accessible names: counted, grouped, led back to their rows.

use std::path::{Path, PathBuf};

use crate::desk::{settle, with_files};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

/// Lines of which two are events on the axis, two are undated and two are no records.
fn troubled(folder: &Path) -> PathBuf {
    let rows = [
        r#"{"id":"a","when":"2023-08-30","title":"Talks","actors":["Ana"]}"#,
        r#"{"id":"b","when":"someday","title":"A promise","actors":["Ben"]}"#,
        r#"{"id":"c","when":"2023"#,
        r#"{"id":"d","title":"No date at all","actors":["Ana"]}"#,
        r#"{"id":"e","when":"2023-09","title":"A visit","actors":["Ben"]}"#,
        "[1, 2]",
    ];
    let path = folder.join("troubled.jsonl");
    std::fs::write(&path, rows.join("\n")).unwrap();
    path
}

#[test]
fn problems_are_grouped_and_lead_to_the_event_and_to_the_row() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, _) = with_files(vec![troubled(folder.path())]);
    assert!(harness.query_by_label_contains("6 rows = 2 plotted + 2 undated + 2 rejected").is_some());
    harness.key_press(Key::F8);
    harness.run_steps(3);
    for heading in ["Rows that are no record: 2", "Rows without a date: 1", "Dates that could not be read: 1"] {
        assert!(harness.query_by_label_contains(heading).is_some(), "{heading}");
    }
    harness.get_by_label("Event of line 2").click();
    harness.run_steps(3);
    assert_eq!(harness.state().selected_title(), Some("A promise"));
    harness.get_by_label("Row at line 3").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert!(harness.query_all_by_label_contains("     3  {\"id\":\"c\"").next().is_some());
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert!(harness.query_by_label("Close row").is_none());
    harness.get_by_label_contains("Rows that are no record: 2").click();
    harness.run_steps(2);
    assert!(harness.query_by_label("Row at line 3").is_none(), "the group is closed");
}

#[test]
fn rejected_rows_are_saved_mended_and_opened_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let path = troubled(folder.path());
    let (mut harness, given) = with_files(vec![path.clone()]);
    harness.key_press(Key::F8);
    harness.run_steps(3);
    given.save_at(path);
    harness.get_by_label("Save rejected rows…").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert!(harness.state().notices().iter().any(|words| words.contains("that file is open")));
    let saved = folder.path().join("mend.jsonl");
    given.save_at(saved.clone());
    harness.get_by_label("Save rejected rows…").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert!(harness.state().notices().iter().any(|words| words.contains("2 rejected rows saved")));
    let text = std::fs::read_to_string(&saved).unwrap();
    assert_eq!(text, "{\"id\":\"c\",\"when\":\"2023\n[1, 2]\n");
    std::fs::write(&saved, text.replace("2023\n[1, 2]", "2023\"}")).unwrap();
    given.open.lock().unwrap().push(saved);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    harness.step();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("7 rows = 3 plotted + 2 undated + 2 rejected").is_some());
}

#[test]
fn undated_events_are_counted_filtered_and_selected_by_mouse_and_keys() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, _) = with_files(vec![troubled(folder.path())]);
    assert!(harness.query_by_label("Undated events: 2").is_some(), "they are counted though the tray is closed");
    harness.key_press(Key::F7);
    harness.run_steps(3);
    harness.get_by_label_contains("A promise").click();
    harness.run_steps(3);
    assert_eq!(harness.state().selected_title(), Some("A promise"));
    assert!(harness.query_by_label_contains("Written as \"someday\"").is_some(), "the detail pane tells of it");
    harness.key_press(Key::ArrowDown);
    harness.run_steps(3);
    assert_eq!(harness.state().selected_title(), Some("No date at all"));
    harness.key_press(Key::ArrowUp);
    harness.run_steps(3);
    assert_eq!(harness.state().selected_title(), Some("A promise"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(2);
    harness.get_by_label("Search events").type_text("actor:ana");
    harness.run_steps(2);
    settle(&mut harness);
    assert!(harness.query_by_label("Undated events: 1 of 2").is_some());
    assert!(harness.query_by_label_contains("No date at all").is_some());
}

#[test]
fn a_table_whose_columns_are_not_recognised_is_mapped_and_the_map_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd.csv");
    std::fs::write(&path, "X,Y,Z\n04/05/2021 or so,A fire,Ana\nlater,A visit,Ben\n").unwrap();
    let (mut harness, given) = with_files(vec![path.clone()]);
    assert!(harness.query_by_label_contains("No column was recognised as the date").is_some(), "the dialog opens by itself");
    assert!(harness.state().notices().is_empty());
    harness.get_by_label("Field of X").click();
    harness.run_steps(3);
    harness.get_by_label("when").click();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("No column was recognised as the date").is_none());
    let map = folder.path().join("odd.map.json");
    given.save_at(map.clone());
    harness.get_by_label("Save as .map.json…").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert!(std::fs::read_to_string(map).unwrap().contains("\"when\""));
    harness.get_by_label("Read the file so").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert!(harness.query_by_label_contains("2 rows = ").is_some());
    // Another file with the same header is read the same way.
    let other = folder.path().join("other.csv");
    std::fs::write(&other, "X,Y,Z\n2021-05-06,A third,Cem\n").unwrap();
    given.open.lock().unwrap().push(other);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.step();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("1 row = 1 plotted").is_some());
}
