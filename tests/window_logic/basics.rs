//! The window's logic, walked by accessible names: open, select, read the sentence, step, scrub, zoom, search, export. Needs no display.

use std::path::PathBuf;

use crate::desk::{Given, by_dialog, empty, sample, settle};
use chronolane::app::App;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

fn with_sample() -> (Harness<'static, App>, Given) {
    by_dialog(sample())
}

const LETTERS: &str = "Exchange letters pledging cooperation";

#[test]
fn the_welcome_screen_offers_open_and_the_sample() {
    let mut harness = empty(&Given::default());
    harness.run_steps(3);
    assert!(harness.query_by_label("Open a file…").is_some());
    harness.get_by_label("Open the sample").click();
    harness.step();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("31 rows = 31 plotted").is_some());
}

#[test]
fn a_dialog_closed_without_a_choice_changes_nothing() {
    let (mut harness, _) = with_sample();
    let before = harness.state().view().clone();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.step();
    settle(&mut harness);
    assert_eq!(*harness.state().view(), before);
}

#[test]
fn a_click_on_a_mark_shows_its_sentence() {
    let (mut harness, _) = with_sample();
    harness.get_all_by_label_contains(LETTERS).next().unwrap().click();
    harness.run_steps(3);
    assert_eq!(harness.state().selected_title(), Some(LETTERS));
    assert!(harness.query_by_label_contains("Between 28 July and 30 August 2023").is_some());
    assert!(harness.query_all_by_label("Vladimir Putin").next().is_some(), "the actors are named");
    assert!(harness.query_by_label("Copy sentence").is_some());
}

#[test]
fn a_phrase_is_the_reason_for_a_date() {
    let (mut harness, _) = by_dialog(sample().with_file_name("date_gallery.json"));
    harness.get_all_by_label_contains("Said: earlier this month").next().unwrap().click();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("'earlier this month', said on 30 August 2022: 1 to 30 August 2022").is_some());
    assert!(harness.query_by_label_contains("contradicts").is_none());
}

#[test]
fn a_phrase_that_contradicts_the_date_is_flagged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wrong.jsonl");
    let line = r#"{"when":"2023-07-12","title":"Talks","sentence":"They talked earlier this month.","phrase":"earlier this month","published":"2023-08-30"}"#;
    std::fs::write(&path, line).unwrap();
    let (mut harness, _) = by_dialog(path);
    harness.key_press(Key::ArrowRight);
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("1 to 30 August 2023. This contradicts the event's date.").is_some());
}

#[test]
fn the_signs_are_explained() {
    let mut harness = empty(&Given::default());
    harness.run_steps(3);
    harness.key_press(Key::F2);
    harness.run_steps(3);
    assert!(harness.query_by_label("happened at one time, somewhere in the band").is_some());
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(harness.query_by_label("happened at one time, somewhere in the band").is_none());
}

#[test]
fn arrows_step_through_time_and_undo_goes_back() {
    let (mut harness, _) = with_sample();
    harness.key_press(Key::ArrowRight);
    harness.run_steps(3);
    let first = harness.state().selected().expect("an event is selected");
    harness.key_press(Key::ArrowRight);
    harness.run_steps(3);
    let second = harness.state().selected().unwrap();
    assert!(second > first);
    harness.key_press(Key::ArrowLeft);
    harness.run_steps(3);
    assert_eq!(harness.state().selected(), Some(first));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!(harness.state().selected(), Some(second));
    harness.get_by_label("Next event").click();
    harness.run_steps(3);
    assert!(harness.state().selected().unwrap() > second);
}

#[test]
fn a_drag_on_the_ruler_scrubs() {
    let (mut harness, _) = with_sample();
    let canvas = harness.get_by_label_contains("Timeline, ").rect();
    let at = |x: f32| canvas.min + Vec2::new(x, 20.0);
    harness.hover_at(at(400.0));
    harness.step();
    harness.drag_at(at(400.0));
    harness.step();
    harness.hover_at(at(500.0));
    harness.run_steps(2);
    let early = harness.state().view().playhead_ms.expect("the playhead follows");
    harness.hover_at(at(800.0));
    harness.run_steps(2);
    let late = harness.state().view().playhead_ms.unwrap();
    harness.drop_at(at(800.0));
    harness.run_steps(2);
    assert!(late > early);
    assert!(harness.state().selected().is_some(), "the nearest event is selected");
}

#[test]
fn lanes_stand_still_under_a_scrub_and_the_selected_one_comes_into_view_at_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.csv");
    let rows = (0..60).map(|at| format!("2023-{:02}-{:02},Event {at},Actor {at}\n", 1 + at / 5, 1 + at % 5 * 6));
    std::fs::write(&path, format!("when,title,actors\n{}", rows.collect::<String>())).unwrap();
    let (mut harness, _) = by_dialog(path);
    harness.key_press(Key::Num0);
    harness.run_steps(3);
    let canvas = harness.get_by_label_contains("Timeline, ").rect();
    let at = |x: f32| canvas.left_top() + Vec2::new(x, 20.0);
    harness.hover_at(at(400.0));
    harness.step();
    harness.drag_at(at(400.0));
    harness.step();
    let mut selected = std::collections::BTreeSet::new();
    for x in [500.0, 700.0, 850.0, 1000.0] {
        harness.hover_at(at(x));
        harness.run_steps(3);
        selected.extend(harness.state().selected());
        assert!(harness.state().view().scroll_px < 0.5, "the pointer is down at {x}");
    }
    assert!(selected.len() > 2, "{selected:?}");
    harness.drop_at(at(1000.0));
    harness.run_steps(4);
    assert!(harness.state().view().scroll_px > 0.0, "the lane of the last is shown");
}

#[test]
fn keys_zoom_pan_and_fit() {
    let (mut harness, _) = with_sample();
    let opened = harness.state().window();
    harness.key_press(Key::W);
    harness.run_steps(2);
    let closer = harness.state().window();
    assert!(closer.length_ms() < opened.length_ms());
    harness.key_press(Key::D);
    harness.run_steps(2);
    assert!(harness.state().window().from_ms > closer.from_ms);
    harness.key_press(Key::Num0);
    harness.run_steps(2);
    assert!(harness.state().window().length_ms() > 70 * 365 * 86_400_000_i64);
    harness.key_press(Key::Num1);
    harness.run_steps(2);
    assert_eq!(harness.state().window(), opened);
}

#[test]
fn the_search_narrows_and_says_where_it_is_wrong() {
    let (mut harness, _) = with_sample();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(2);
    harness.get_by_label("Search events").type_text("kind:letters");
    harness.run_steps(2);
    settle(&mut harness);
    assert!(harness.query_by_label_contains(" of 31").is_some());
    assert!(harness.query_all_by_label_contains("Visits Pyongyang").next().is_none(), "what does not match is gone");
    harness.get_by_label("Search events").type_text(" colour:red");
    harness.run_steps(2);
    settle(&mut harness);
    assert!(harness.query_by_label("At character 14").is_some());
}

#[test]
fn an_export_is_saved_and_announced() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, given) = with_sample();
    let out = folder.path().join("story.svg");
    *given.save.lock().unwrap() = Some(out.clone());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(2);
    harness.get_by_label("The whole range").click();
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    settle(&mut harness);
    let svg = std::fs::read_to_string(&out).unwrap();
    assert!(svg.contains("data-lane=\"John Kirby\"") && svg.contains(LETTERS));
    assert!(harness.state().notices().iter().any(|words| words.contains("story.svg")));
}

#[test]
fn an_export_that_cannot_be_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, given) = with_sample();
    *given.save.lock().unwrap() = Some(folder.path().join("no").join("such").join("x.png"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    settle(&mut harness);
    assert!(harness.state().notices().iter().any(|words| words.contains("not saved") && words.contains("folder")));
}

#[test]
fn a_broken_file_leaves_what_is_open_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.json");
    std::fs::write(&broken, "{\"chronolane\": 1, \"events\": [").unwrap();
    let (mut harness, given) = with_sample();
    let before = harness.state().view().clone();
    given.open.lock().unwrap().push(broken);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.step();
    settle(&mut harness);
    assert_eq!(*harness.state().view(), before);
    assert!(harness.state().notices().iter().any(|words| words.contains("broken.json")));
    assert!(harness.query_by_label_contains("31 rows = 31 plotted").is_some());
}

#[test]
fn two_files_are_one_timeline_and_problems_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("more.csv");
    std::fs::write(&other, "when,title,actors\n2023-08-02,A visit,Someone Else\nsomeday,No date at all,Someone Else\n").unwrap();
    let (mut harness, given) = with_sample();
    given.open.lock().unwrap().push(other);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    harness.step();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("33 rows = 32 plotted + 1 undated + 0 rejected").is_some());
    harness.key_press(Key::F8);
    harness.run_steps(3);
    assert!(harness.query_by_label("Copy all").is_some());
    assert!(harness.query_all_by_label_contains("someday").next().is_some());
}

#[test]
fn records_are_saved_in_another_format_and_never_over_the_open_file_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("open.csv");
    let text = "when,title,actors\n2023-08-02,A visit,Someone\n";
    std::fs::write(&path, text).unwrap();
    let (mut harness, given) = by_dialog(path.clone());
    let save_at = |harness: &mut Harness<'static, App>, path: PathBuf| {
        *given.save.lock().unwrap() = Some(path);
        harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
        harness.run_steps(3);
        harness.key_press(Key::Enter);
        harness.run_steps(2);
        settle(harness);
    };
    save_at(&mut harness, folder.path().join("saved"));
    let saved = std::fs::read_to_string(folder.path().join("saved.json")).unwrap();
    assert!(saved.contains("\"chronolane\": 1") && saved.contains("A visit"));
    assert!(harness.state().notices().iter().any(|words| words.contains("1 event saved")));
    save_at(&mut harness, path.clone());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    harness.get_by_label("Keep the file").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    save_at(&mut harness, path.clone());
    harness.get_by_label("Replace the file").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("id,when,"));
    save_at(&mut harness, folder.path().join("no").join("such").join("x.json"));
    assert!(harness.state().notices().iter().any(|words| words.contains("not saved") && words.contains("folder")));
}

#[test]
fn the_selected_event_is_joined_among_many_without_another_picture() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pairs.csv");
    let rows = (0..90)
        .fold(String::from("when,title,actors\n"), |rows, at| rows + &format!("20{:02}-0{}-15,Talks {at},A; B\n", at / 9, at % 9 + 1));
    std::fs::write(&path, rows).unwrap();
    let (mut harness, _given) = by_dialog(path);
    harness.key_press(Key::Num0);
    settle(&mut harness);
    // The first one may give the pane another width.
    harness.key_press(Key::ArrowRight);
    settle(&mut harness);
    let made = harness.state().scenes_made();
    for _ in 0..3 {
        assert!(harness.state().joins_selected());
        harness.key_press(Key::ArrowRight);
        settle(&mut harness);
    }
    assert_eq!(harness.state().scenes_made(), made, "only the lines are made anew");
}
