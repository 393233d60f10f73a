//! Saved views through the command line: what the window saved is what is drawn, and data that is not what it was is said.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use chronolane::formats::{ReadOptions, Silent};
use chronolane::jobs::{FileStamp, SessionSources, save_session};
use chronolane::session::{SavedEvent, Session};
use chronolane::store::GroupBy;
use chronolane::time::DAY_MS;
use chronolane::view::{Span, ViewState};

fn chronolane(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chronolane")).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A view of a table in another folder: January 2023, by kind, visits only.
fn saved(root: &Path) -> String {
    fs::create_dir_all(root.join("data")).unwrap();
    fs::create_dir_all(root.join("views")).unwrap();
    let data = root.join("data/events.csv");
    let rows = [
        "a,2023-01-05,Ana comes,visit,Ana",
        "b,2023-01-09,Ben writes,letter,Ben",
        "c,2023-01-20,Ben comes,visit,Ben",
        "d,2024-06-01,late,visit,Ana",
    ];
    fs::write(&data, format!("id,when,title,kind,actors\n{}\n", rows.join("\n"))).unwrap();
    let view = ViewState {
        window: Span::between(19_358 * DAY_MS, 19_389 * DAY_MS),
        group: GroupBy::Kind,
        query: "kind:visit".to_owned(),
        title: "A winter".to_owned(),
        description: "Who came and who wrote".to_owned(),
        ..ViewState::default()
    };
    let selected = SavedEvent { file: 0, id: "c".to_owned(), title: "Ben comes".to_owned(), when: "2023-01-20".to_owned() };
    let session = Session { view, selected: Some(selected), ..Session::default() };
    let stamps = FileStamp::of(&data).into_iter().collect();
    let path = root.join("views/winter.chronoview");
    let sources = SessionSources { files: vec![data], stamps, options: ReadOptions::default() };
    save_session(session, &sources, &path, &Silent).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_saved_view_is_drawn_as_it_was_and_the_command_line_has_the_last_word() {
    let folder = tempfile::tempdir().unwrap();
    let view = saved(folder.path());
    let svg = folder.path().join("a.svg");
    let draw = |more: &[&str]| {
        let output = chronolane(&[&["render", view.as_str(), "-o", svg.to_str().unwrap()][..], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        fs::read_to_string(&svg).unwrap()
    };
    let text = draw(&[]);
    assert!(text.contains("A winter") && text.contains("data-lane=\"visit\" data-total=\"2\""), "{text}");
    assert!(text.contains("data-event=\"c\"") && !text.contains("data-event=\"b\"") && !text.contains("data-event=\"d\""));
    let root = folder.path().file_name().unwrap().to_str().unwrap();
    assert!(!text.contains(root) && !text.contains("data/"), "a picture holds no path");
    let text = draw(&["--view", "all", "--filter", "", "--group", "actor", "--title", "Other"]);
    assert!(text.contains("Other") && !text.contains("A winter") && text.contains("data-lane=\"Ana\" data-total=\"2\""));
}

#[test]
fn a_view_stands_for_its_data_which_is_compared() {
    let folder = tempfile::tempdir().unwrap();
    let view = saved(folder.path());
    let check = || {
        let output = chronolane(&["check", "--json", &view]);
        let rows = serde_json::from_slice::<serde_json::Value>(&output.stdout).map_or(0, |report| report["rows"].as_u64().unwrap_or(0));
        (output.status.code(), rows, said(&output))
    };
    assert_eq!(check(), (Some(0), 4, String::new()));
    assert_eq!(String::from_utf8_lossy(&chronolane(&["list", &view]).stdout).lines().count(), 4);
    let data = folder.path().join("data/events.csv");
    let text = fs::read_to_string(&data).unwrap();
    fs::write(&data, text.replace("writes", "calls!")).unwrap();
    let (code, rows, words) = check();
    assert!(code == Some(1) && rows == 4 && words.contains("events.csv was changed"), "{words}");
    fs::write(&data, &text).unwrap();
    fs::rename(&data, folder.path().join("views/events.csv")).unwrap();
    let (code, rows, words) = check();
    assert!(code == Some(1) && rows == 4 && words.contains("found beside"), "{words}");
    fs::write(folder.path().join("views/events.csv"), "when,title\n2023,another\n").unwrap();
    let (code, _, words) = check();
    assert!(code == Some(3) && words.contains("is not the same"), "{words}");
}

#[test]
fn views_in_a_folder_are_no_data_and_what_is_none_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let view = saved(folder.path());
    let output = chronolane(&["check", folder.path().to_str().unwrap()]);
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.code() == Some(0) && !words.contains("chronoview"), "{words}");
    fs::write(&view, "{\"chronoview\": 1, \"files\": [{\"path\": \"../data/ev").unwrap();
    let output = chronolane(&["render", &view, "-o", folder.path().join("x.png").to_str().unwrap()]);
    assert!(output.status.code() == Some(3) && said(&output).contains("damaged"), "{}", said(&output));
}
