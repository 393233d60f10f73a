//! What is kept while one works: found again after an end without a farewell, offered and not forced, opened at the start where that is wished; nothing of it in private.

use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::{Given, Kept, keep, says, settle, started};
use chronolane::app::App;
use eframe::App as _;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

fn data(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    let rows: Vec<String> = (1..=28).map(|day| format!("e{day},2023-01-{day:02},event {day},{}", ["Ana", "Ben"][day % 2])).collect();
    fs::write(&path, format!("id,when,title,actors\n{}\n", rows.join("\n"))).unwrap();
    path
}

/// A window that keeps what is done, with files open.
fn window(kept: &Path, files: Vec<PathBuf>) -> Harness<'static, App> {
    let place = kept.to_owned();
    let mut harness = started(&Given::default(), None, move |app, ctx| {
        app.keep_in(ctx, place);
        app.open(ctx, files);
    });
    settle(&mut harness);
    keep(&mut harness);
    harness
}

/// Something done of each thing that is kept.
fn work(harness: &mut Harness<'_, App>) {
    for key in [Key::ArrowRight, Key::ArrowRight, Key::W, Key::ArrowDown, Key::P] {
        harness.key_press(key);
        harness.run_steps(2);
    }
    harness.key_press_modifiers(Modifiers::COMMAND, Key::D);
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(2);
    harness.get_by_label("Search events").type_text("event");
    harness.run_steps(2);
    settle(harness);
}

fn files_in(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn a_killed_window_is_restored_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let mut killed = window(&kept, vec![data(folder.path(), "log.csv")]);
    work(&mut killed);
    keep(&mut killed);
    let (view, title) = (killed.state().view().clone(), killed.state().selected_title().map(str::to_owned));
    assert!(title.is_some() && view.query == "event" && view.bookmarks.len() == 1);
    // No farewell: as the system takes back the locks of a process that is killed.
    drop(killed);

    let mut harness = window(&kept, vec![data(folder.path(), "other.csv")]);
    assert!(says(&harness, "Chronolane ended unexpectedly") && says(&harness, "with log.csv open"));
    assert_eq!(harness.state().view().query, "", "it is not forced");
    harness.get_by_label("Restore").click();
    harness.run_steps(2);
    settle(&mut harness);
    keep(&mut harness);
    assert!(!says(&harness, "ended unexpectedly"));
    assert_eq!(harness.state().selected_title(), title.as_deref());
    let now = harness.state().view();
    assert_eq!(
        (now.window, &now.query, &now.bookmarks, &now.arrangements),
        (view.window, &view.query, &view.bookmarks, &view.arrangements)
    );
    assert!(harness.state().notices().is_empty(), "{:?}", harness.state().notices());
    // What was restored is kept by this window; closed well, nothing is left.
    assert_eq!(files_in(&kept).len(), 2);
    harness.state_mut().close_well();
    assert_eq!(files_in(&kept), [""; 0]);
}

#[test]
fn what_is_left_over_can_be_dismissed_and_stays_while_nobody_decides() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    drop(window(&kept, vec![data(folder.path(), "one.csv")]));
    drop(window(&kept, vec![data(folder.path(), "two.csv")]));
    let mut harness = window(&kept, Vec::new());
    assert!(says(&harness, "with two.csv open") && says(&harness, "and 1 more"), "the newest first");
    harness.get_by_label("Dismiss").click();
    harness.run_steps(3);
    assert!(says(&harness, "with one.csv open") && !says(&harness, "and 1 more"));
    let other = window(&kept, Vec::new());
    assert!(!says(&other, "ended unexpectedly"), "another window offers it already");
    harness.state_mut().close_well();
    drop(harness);
    let mut harness = window(&kept, Vec::new());
    assert!(says(&harness, "with one.csv open"), "nobody has decided");
    harness.get_by_label("Dismiss").click();
    harness.run_steps(3);
    assert!(!says(&harness, "ended unexpectedly"));
    drop(harness);
    assert!(!says(&window(&kept, Vec::new()), "ended unexpectedly"));
}

#[test]
fn data_that_is_gone_is_asked_for_and_the_offer_stays_when_that_is_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let log = data(folder.path(), "log.csv");
    drop(window(&kept, vec![log.clone()]));
    fs::remove_file(log).unwrap();
    let mut harness = window(&kept, Vec::new());
    harness.get_by_label("Restore").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!(says(&harness, "Data that was open at the end is not where it was then."));
    harness.get_by_label("Cancel opening").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!(says(&harness, "with log.csv open"));
}

#[test]
fn two_windows_keep_apart() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let one = window(&kept, vec![data(folder.path(), "one.csv")]);
    let mut two = window(&kept, vec![data(folder.path(), "two.csv")]);
    assert!(!says(&two, "ended unexpectedly"));
    two.state_mut().close_well();
    drop(two);
    drop(one);
    assert!(says(&window(&kept, Vec::new()), "with one.csv open"));
}

#[test]
fn nothing_is_kept_in_private() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let mut harness = window(&kept, vec![data(folder.path(), "log.csv")]);
    assert_eq!(files_in(&kept).len(), 2);
    harness.get_by_label("File").click();
    harness.run_steps(3);
    harness.get_by_label("Private: remember nothing").click();
    harness.run_steps(3);
    assert_eq!(files_in(&kept), [""; 0], "what was kept of what is open goes at once");
    harness.key_press(Key::Escape);
    work(&mut harness);
    keep(&mut harness);
    let mut settings = Kept::default();
    harness.state_mut().save(&mut settings);
    harness.state_mut().close_well();
    assert!(settings.0.is_empty() && files_in(&kept).is_empty() && !harness.state().persist_egui_memory());
}

#[test]
fn a_private_start_keeps_nothing_and_stays_private() {
    let folder = tempfile::tempdir().unwrap();
    let log = data(folder.path(), "log.csv");
    let mut harness = started(&Given::default(), None, move |app, ctx| {
        app.begin_private();
        app.open(ctx, vec![log]);
    });
    settle(&mut harness);
    work(&mut harness);
    let mut settings = Kept::default();
    harness.get_by_label("File").click();
    harness.run_steps(3);
    harness.get_by_label("Private since the start: remember nothing").click();
    harness.run_steps(3);
    harness.state_mut().save(&mut settings);
    assert!(settings.0.is_empty(), "it cannot be undone by a slip of the mouse");
}

#[test]
fn the_last_session_opens_at_the_start_where_that_is_wished_and_no_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let mut settings = Kept::default();
    let mut harness = window(&kept, vec![data(folder.path(), "log.csv")]);
    work(&mut harness);
    harness.state_mut().close_well();
    assert_eq!(files_in(&kept), [""; 0], "nobody has asked for it");
    harness.get_by_label("File").click();
    harness.run_steps(3);
    harness.get_by_label("Open the last session at the start").click();
    harness.run_steps(3);
    let view = harness.state().view().clone();
    harness.state_mut().save(&mut settings);
    harness.state_mut().close_well();
    drop(harness);
    assert_eq!(files_in(&kept), ["last.chronoview"]);
    let start = |files: Vec<PathBuf>| {
        let place = kept.clone();
        let mut harness = started(&Given::default(), Some(&settings), move |app, ctx| {
            app.keep_in(ctx, place);
            if files.is_empty() { app.open_last(ctx) } else { app.open(ctx, files) }
        });
        settle(&mut harness);
        keep(&mut harness);
        harness
    };
    let opened = start(Vec::new());
    assert_eq!((opened.state().view().window, &opened.state().view().query), (view.window, &view.query));
    assert!(opened.state().selected_title().is_some() && !says(&opened, "ended unexpectedly"));
    let mut opened = opened;
    opened.state_mut().close_well();
    drop(opened);
    let mut named = start(vec![data(folder.path(), "other.csv")]);
    assert_eq!(named.state().view().query, "", "a file that is named wins");
    named.get_by_label("File").click();
    named.run_steps(3);
    named.get_by_label("Open the last session at the start").click();
    named.run_steps(3);
    assert!(!kept.join("last.chronoview").exists(), "it is forgotten at once");
}

#[test]
fn hints_go_away_once_each_thing_was_done_and_do_not_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let log = data(folder.path(), "log.csv");
    let mut settings = Kept::default();
    let start = |settings: &Kept| {
        let log = log.clone();
        let mut harness = started(&Given::default(), Some(settings), move |app, ctx| app.open(ctx, vec![log]));
        settle(&mut harness);
        harness
    };
    let mut harness = start(&settings);
    assert!(says(&harness, "Scrub:") && says(&harness, "Zoom:") && says(&harness, "Export a picture:"));
    harness.key_press(Key::W);
    harness.run_steps(3);
    assert!(says(&harness, "Scrub:") && !says(&harness, "Zoom:"));
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    harness.run_steps(3);
    settle(&mut harness);
    // What was done in one run counts in the next.
    harness.state_mut().save(&mut settings);
    let mut harness = start(&settings);
    let canvas = harness.get_by_label_contains("Timeline, ").rect();
    let at = |x: f32| canvas.min + egui::vec2(x, 20.0);
    harness.hover_at(at(500.0));
    harness.drag_at(at(500.0));
    harness.hover_at(at(650.0));
    harness.run_steps(2);
    assert_eq!(harness.get_by_label_contains("Timeline, ").rect(), canvas, "nothing moves under a mouse that is held down");
    harness.drop_at(at(650.0));
    harness.run_steps(3);
    assert!(!says(&harness, "Scrub") && harness.query_by_label("Dismiss hints").is_none());
    harness.state_mut().save(&mut settings);
    assert!(start(&settings).query_by_label("Dismiss hints").is_none());
}

#[test]
fn hints_can_be_dismissed_and_in_private_are_shown_once() {
    let folder = tempfile::tempdir().unwrap();
    let log = data(folder.path(), "log.csv");
    let other = data(folder.path(), "other.csv");
    let given = Given::default();
    let mut harness = started(&given, None, move |app, ctx| {
        app.begin_private();
        app.open(ctx, vec![log]);
    });
    settle(&mut harness);
    harness.get_by_label("Dismiss hints").click();
    harness.run_steps(3);
    assert!(harness.query_by_label("Dismiss hints").is_none());
    given.open.lock().unwrap().push(other);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.run_steps(2);
    settle(&mut harness);
    assert!(harness.query_by_label("Dismiss hints").is_none(), "not again for the next file");
}

#[test]
fn a_view_has_a_title_and_a_description_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let mut harness = window(&kept, vec![data(folder.path(), "log.csv")]);
    harness.get_by_label("File").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Title and description").click();
    harness.run_steps(3);
    harness.get_by_label("Title of the view").type_text("A winter");
    harness.run_steps(2);
    harness.get_by_label("Description of the view").click();
    harness.run_steps(2);
    harness.get_by_label("Description of the view").type_text("Who came");
    harness.run_steps(2);
    harness.get_by_label("Keep words").click();
    harness.run_steps(3);
    let words = |harness: &Harness<'_, App>| (harness.state().view().title.clone(), harness.state().view().description.clone());
    let given = ("A winter".to_owned(), "Who came".to_owned());
    assert_eq!(words(&harness), given);
    keep(&mut harness);
    drop(harness);
    let mut harness = window(&kept, Vec::new());
    harness.get_by_label("Restore").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(words(&harness), given);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(2);
    assert_eq!(words(&harness), given);
}
