//! The text of a large file is not kept: it is read again when someone looks. What is shown is the same, and where the file was changed that is said.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use chronolane::formats::{Progress, ReadOptions, Silent};
use chronolane::jobs::{self, Loaded};
use chronolane::store::{EventId, EventStore, GroupBy, Query};

/// Records of more than two pieces, with escapes, repeated ids, ids of their own making, undated ones, roles, links and further fields.
fn json_lines() -> String {
    let mut text = String::from("\u{feff}");
    let long = "and again, at length, they said so. ".repeat(20);
    for number in 0..11_000_u32 {
        let id = if number % 1_000 == 17 { 17 } else { number };
        // An escaped text cannot be lent from its line.
        let quoted = if number % 4 == 0 { "\\\"no\\\"" } else { "no" };
        let when = if number % 97 == 0 { "some day" } else { ["2021-05-04", "c. 1920", "2020-01-01/2021-05"][number as usize % 3] };
        let _ = writeln!(
            text,
            "{{\"id\":\"e{id}\",\"when\":\"{when}\",\"title\":\"Title of {number}\",\"kind\":\"k{}\",\"actors\":[{{\"actor\":\"A{}\",\"role\":\"sender\"}},\"B{}\"],\
             \"place\":\"P{}\",\"sentence\":\"They said {quoted} {number} times, café and all, {long}\",\"source\":\"S{}\",\"url\":\"https://example.org/{number}\",\
             \"links\":[{{\"to\":\"e{}\",\"relation\":\"answers\"}}],\"weather\":\"rain on day {number}\"}}",
            number % 3,
            number % 41,
            number % 17,
            number % 1_009,
            number % 13,
            number / 2
        );
    }
    text
}

fn table() -> String {
    let mut text = String::from("id,when,title,actors,sentence,colour\n");
    let long = "and went on ".repeat(50);
    for number in 0..13_000_u32 {
        let quoted = if number % 4 == 0 { "\"\"quoted\"\"" } else { "plain" };
        let _ = writeln!(
            text,
            "r{number},20{:02}-01,\"Title, {number}\",A{} (host);B,\"A sentence\nof two lines, {quoted}, number {number} {long}\",blue and some other colours {number}",
            number % 30,
            number % 7
        );
    }
    text
}

fn load(path: &Path, keep_bytes: u64, progress: &dyn Progress) -> Loaded {
    let options = ReadOptions { keep_bytes, ..ReadOptions::default() };
    jobs::load(&[path.to_owned()], &options, Some(GroupBy::Actor), progress).expect("the file is readable")
}

fn events(store: &EventStore) -> impl Iterator<Item = EventId> {
    (0..store.len() as u32).map(EventId)
}

fn assert_same(kept: &EventStore, again: &EventStore) {
    assert!(again.text_bytes() < kept.text_bytes() / 2, "{} of {}", again.text_bytes(), kept.text_bytes());
    assert_eq!(kept.len(), again.len());
    for event in events(kept) {
        assert_eq!(kept.record(event), again.record(event));
        assert_eq!(kept.origin(event), again.origin(event));
        assert_eq!(kept.id_text(event), again.id_text(event));
        assert_eq!(kept.title_text(event), again.title_text(event));
        assert_eq!(kept.canonical(event), again.canonical(event));
        assert!(kept.participants(event).eq(again.participants(event)));
    }
    assert_eq!(kept.ledger(), again.ledger());
    assert_eq!(again.lost_text(), None);
}

#[test]
fn text_that_is_read_again_is_what_would_have_been_kept() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("large.jsonl", json_lines()), ("large.csv", table())] {
        let path = folder.path().join(name);
        fs::write(&path, &text).unwrap();
        let (kept, again) = (load(&path, u64::MAX, &Silent), load(&path, 0, &Silent));
        assert_same(&kept.store, &again.store);
        for indexed in [false, true] {
            if indexed {
                again.store.index_words(&|| false);
                kept.store.index_words(&|| false);
                assert!(again.store.words().is_some());
            }
            for query in [
                "café and all",
                "sentence:\"no 777\"",
                "title:\"of 4\"",
                "number -77",
                "\"blue and\"",
                "id:e17",
                "role:sender",
                "example.org/5",
            ] {
                let query = Query::parse(query).unwrap();
                let (wanted, found) = (query.run(&kept.store), query.run(&again.store));
                assert!(events(&kept.store).all(|event| wanted.has(event) == found.has(event)), "{query:?}, indexed: {indexed}");
            }
        }
    }
}

#[test]
fn a_file_that_was_changed_is_said_and_what_is_drawn_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.jsonl");
    let text = json_lines();
    fs::write(&path, &text).unwrap();
    let store = load(&path, 0, &Silent).store;
    let event = store.find_id("e502").unwrap();
    assert!(store.record(event).evidence[0].quote.contains("502 times"));
    File::options().append(true).open(&path).unwrap().write_all(b"\n").unwrap();
    let other = store.find_id("e501").unwrap();
    let record = store.record(other);
    assert_eq!((record.id.as_ref(), record.title.as_ref(), record.actors[0].role.as_ref()), ("e501", "Title of 501", "sender"));
    assert_eq!(record.when.as_ref().map(|when| when.canonical().to_owned()).as_deref(), Some("2021-05-04"));
    assert_eq!((record.evidence[0].quote.as_ref(), record.evidence[0].source.as_ref()), ("", "S7"));
    let lost = store.lost_text_of(other).expect("the change is noticed");
    assert!(lost.to_string().starts_with("large.jsonl was changed"), "{lost}");
    assert_eq!(store.lost_text(), Some(lost));
}

#[test]
fn a_file_that_is_deleted_or_replaced_stays_readable() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.jsonl");
    fs::write(&path, json_lines()).unwrap();
    let store = load(&path, 0, &Silent).store;
    fs::rename(&path, folder.path().join("old")).unwrap();
    fs::write(&path, "{}").unwrap();
    let event = store.find_id("e501").unwrap();
    assert!(store.record(event).evidence[0].quote.contains("501 times"));
    assert_eq!(store.lost_text(), None);
}

/// A log that is written to while it is read is read whole, and its text kept.
#[test]
fn a_file_that_grows_while_it_is_read_is_kept() {
    struct Writes<'p> {
        path: &'p Path,
        done: AtomicBool,
    }
    impl Progress for Writes<'_> {
        fn at(&self, bytes_done: u64, _bytes_total: u64, _events: u64) {
            if bytes_done > 0 && !self.done.swap(true, Ordering::Relaxed) {
                let line = b"{\"id\":\"late\",\"when\":\"2024-01-01\",\"title\":\"Late\"}\n";
                File::options().append(true).open(self.path).unwrap().write_all(line).unwrap();
            }
        }
        fn cancelled(&self) -> bool {
            false
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.jsonl");
    fs::write(&path, json_lines()).unwrap();
    let store = load(&path, 0, &Writes { path: &path, done: AtomicBool::new(false) }).store;
    assert!(store.find_id("late").is_some());
    assert_eq!((store.len(), store.ledger().rows()), (11_001, 11_001));
    assert!(events(&store).all(|event| event.0 % 1_000 != 0 || !store.record(event).title.is_empty()));
    assert!(store.text_bytes() as u64 > fs::metadata(&path).unwrap().len(), "its text is in memory");
    assert_eq!(store.lost_text(), None);
}
