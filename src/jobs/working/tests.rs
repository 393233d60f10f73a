//! What is kept while one works, and who may take it afterwards.

use super::*;
use crate::formats::{ReadOptions, Silent};
use crate::jobs::{open_session, verify_session};
use crate::view::ViewState;

fn session(query: &str) -> Session {
    Session { view: ViewState { query: query.to_owned(), ..ViewState::default() }, ..Session::default() }
}

fn sources(file: &Path) -> SessionSources {
    SessionSources { files: vec![file.to_owned()], stamps: FileStamp::of(file).into_iter().collect(), options: ReadOptions::default() }
}

/// A folder with a data file, and the folder for what is kept.
fn place() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a.csv");
    std::fs::write(&data, "when,title\n2023,a\n").unwrap();
    let kept = folder.path().join("deep/kept");
    (folder, data, kept)
}

fn files_in(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

#[test]
fn what_a_process_that_is_gone_has_kept_is_found_once() {
    let (_root, data, folder) = place();
    let kept = keep_working(session("one"), &sources(&data), None, None, &folder).unwrap();
    assert!(leftovers(&folder).is_empty(), "its process lives");
    let kept = keep_working(session("two"), &sources(&data), Some(kept.tables), Some(kept.file), &folder).unwrap();
    assert_eq!(files_in(&folder), 2, "the same file again, and its lock");
    drop(kept);
    let found = leftovers(&folder);
    assert_eq!(found.iter().map(|left| left.names.clone()).collect::<Vec<_>>(), [["a.csv"]]);
    assert!(leftovers(&folder).is_empty(), "another window is offered it already");
    let opened = open_session(found[0].path(), &Silent).unwrap();
    assert_eq!((opened.session.view.query.as_str(), opened.paths()), ("two", vec![data.clone()]));
    assert!(verify_session(&opened.pairs(), &Silent).is_empty());
    std::fs::write(&data, "when,title\n2023,abc\n").unwrap();
    assert_eq!(verify_session(&opened.pairs(), &Silent).len(), 1);
    drop(found);
    let again = leftovers(&folder);
    assert_eq!(again.len(), 1, "who was offered it ended without a word");
    again[0].remove();
    drop(again);
    assert_eq!((leftovers(&folder).len(), files_in(&folder)), (0, 0));
}

#[test]
fn two_processes_keep_two_files() {
    let (_root, data, folder) = place();
    let one = keep_working(session("one"), &sources(&data), None, None, &folder).unwrap();
    let other = keep_working(session("other"), &sources(&data), None, None, &folder).unwrap();
    assert_ne!(one.file.path(), other.file.path());
    one.file.remove();
    drop(one);
    assert!(leftovers(&folder).is_empty());
    drop(other);
    assert_eq!(leftovers(&folder).len(), 1);
}

#[test]
fn the_last_session_is_no_leftover_and_locks_of_nothing_are_cleared() {
    let (_root, data, folder) = place();
    keep_last(session("last"), &sources(&data), None, &folder).unwrap();
    std::fs::write(folder.join("1-2-0.lock"), "").unwrap();
    assert!(leftovers(&folder).is_empty());
    assert_eq!(files_in(&folder), 1);
    assert_eq!(read_session(&last_session(&folder)).unwrap().session.view.query, "last");
}

#[test]
fn a_leftover_that_cannot_be_read_is_offered_and_says_why() {
    let (_root, _data, folder) = place();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("1-2-0.chronoview"), "{\"chronoview\": 1, \"fi").unwrap();
    let found = leftovers(&folder);
    assert!(found.len() == 1 && found[0].names.is_empty());
    assert!(open_session(found[0].path(), &Silent).is_err());
}

#[test]
fn a_place_that_cannot_be_written_is_said() {
    let (_root, data, _) = place();
    let error = keep_working(session(""), &sources(&data), None, None, &data.join("below a file")).unwrap_err();
    assert!(error.to_string().contains("not kept against a crash"), "{error}");
}
