//! Saved views in the window: saved by a key, opened as any file, with data that was changed or moved.

use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::{Given, settle, with_files};
use chronolane::app::App;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

fn data(folder: &Path) -> PathBuf {
    let path = folder.join("log.csv");
    let rows: Vec<String> = (1..=28).map(|day| format!("e{day},2023-01-{day:02},event {day},{}", ["Ana", "Ben"][day % 2])).collect();
    fs::write(&path, format!("id,when,title,actors\n{}\n", rows.join("\n"))).unwrap();
    path
}

/// A window on the data with something searched, zoomed and selected, and the view of it saved.
fn saved(folder: &Path) -> (Harness<'static, App>, Given, PathBuf) {
    let (mut harness, given) = with_files(vec![data(folder)]);
    for key in [Key::ArrowRight, Key::ArrowRight, Key::W, Key::W, Key::ArrowDown, Key::P, Key::F9] {
        harness.key_press(key);
        harness.run_steps(2);
    }
    settle(&mut harness);
    let path = folder.join("story.chronoview");
    given.save_at(path.clone());
    press_save(&mut harness);
    assert!(path.is_file(), "{:?}", harness.state().notices());
    (harness, given, path)
}

fn press_save(harness: &mut Harness<'_, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run_steps(2);
    settle(harness);
}

#[test]
fn a_saved_view_opens_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (harness, _, path) = saved(folder.path());
    let (opened, _) = with_files(vec![path]);
    let (before, after) = (harness.state(), opened.state());
    assert!(before.selected_title().is_some());
    assert_eq!(before.selected_title(), after.selected_title());
    assert_eq!((before.window(), before.view().detail_open), (after.window(), after.view().detail_open));
    assert_eq!(before.view().arrangements, after.view().arrangements);
    assert!(after.notices().is_empty(), "{:?}", after.notices());
}

#[test]
fn the_key_saves_again_where_it_was_saved_and_other_files_leave_the_view() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, given, path) = saved(folder.path());
    let first = fs::read_to_string(&path).unwrap();
    harness.key_press(Key::D);
    harness.run_steps(2);
    press_save(&mut harness);
    assert_ne!(fs::read_to_string(&path).unwrap(), first, "no dialog has answered; it knew where");
    let other = folder.path().join("other.csv");
    fs::write(&other, "when,title\n2020,x\n").unwrap();
    given.open.lock().unwrap().push(other);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.run_steps(2);
    settle(&mut harness);
    let second = fs::read_to_string(&path).unwrap();
    press_save(&mut harness);
    assert_eq!(fs::read_to_string(&path).unwrap(), second, "it belongs to what was open before");
}

#[test]
fn changed_data_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (_, _, path) = saved(folder.path());
    let log = folder.path().join("log.csv");
    let text = fs::read_to_string(&log).unwrap();
    fs::write(&log, text.replace("event 7", "Event 7")).unwrap();
    let (opened, _) = with_files(vec![path]);
    assert!(opened.state().notices().iter().any(|words| words.starts_with("log.csv was changed")), "{:?}", opened.state().notices());
}

#[test]
fn data_that_moved_is_asked_for_and_another_file_is_not_taken_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let (_, _, path) = saved(folder.path());
    let (log, away) = (folder.path().join("log.csv"), folder.path().join("away.csv"));
    fs::rename(&log, &away).unwrap();
    let other = folder.path().join("other.csv");
    fs::write(&other, "when,title\n2020,x\n").unwrap();
    let (mut harness, given) = with_files(vec![path]);
    for (answer, is_other) in [(other, true), (away, false)] {
        given.open.lock().unwrap().push(answer);
        harness.get_by_label("Find…").click();
        harness.run_steps(3);
        settle(&mut harness);
        assert_eq!(harness.query_by_label("Take it anyway").is_some(), is_other);
    }
    assert!(harness.query_by_label("Find…").is_none());
    assert!(harness.state().selected_title().is_some());
}

#[test]
fn a_file_that_is_no_view_leaves_what_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, given, path) = saved(folder.path());
    let before = harness.state().view().clone();
    fs::write(&path, "{\"chronoview\": 7}").unwrap();
    given.open.lock().unwrap().push(path);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(*harness.state().view(), before);
    assert!(harness.state().notices().iter().any(|words| words.contains("not a session") || words.contains("version 7")));
}
