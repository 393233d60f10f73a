//! What is written is read again: the native file keeps every field, known or not; the others say what they have no place for.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use chronolane::formats::{ReadOptions, Silent};
use chronolane::jobs::{self, Saved};
use chronolane::store::{EventId, EventStore, GroupBy, Query};
use chronolane::writers;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn load(paths: &[PathBuf]) -> std::sync::Arc<EventStore> {
    jobs::load(paths, &ReadOptions::default(), Some(GroupBy::None), &Silent).expect("the files are readable").store
}

fn save(store: &EventStore, format: &str, path: &Path) -> Saved {
    jobs::save_events(store, None, writers::by_name(format).expect("the format is written"), path, &Silent).expect("it is saved")
}

/// Every record as it stands, in the order of ids.
fn records(store: &EventStore) -> Vec<chronolane::model::Event<'_>> {
    let mut records: Vec<_> = (0..store.len() as u32).map(|event| store.record(EventId(event))).collect();
    records.sort_by(|a, b| a.id.cmp(&b.id));
    records
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]{1,3}",
        Just("port".to_owned()),
        Just("A; B (host)".to_owned()),
        Just("=1+1\n\"quoted\", é".to_owned()),
        Just("<b>|x|</b>".to_owned()),
        Just("'@x".to_owned())
    ]
}

/// A date in one of the forms that people write, readable or not.
fn date() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!("2023-08-30"),
        json!("2023-08"),
        json!("25 May 2021"),
        json!("2004-06/2006-08"),
        json!("2022-02-24/.."),
        json!("1991~"),
        json!("[1667,1668]"),
        json!("2023-08-30T14:05:00+02:00"),
        json!("25/07/2021"),
        json!("someday"),
        json!("-"),
        json!(""),
        json!(1921),
        json!(["2023"]),
        Value::Null,
        json!("-0043"),
    ])
}

/// Any value that a stranger's field could have.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        text().prop_map(Value::String),
        any::<i32>().prop_map(|number| json!(number)),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
        prop::collection::vec(text(), 0..3).prop_map(|list| json!(list)),
        text().prop_map(|text| json!({ "inner": { "deep": text } })),
    ]
}

fn actor() -> impl Strategy<Value = Value> {
    prop_oneof![
        text().prop_map(Value::String),
        (text(), text()).prop_map(|(name, role)| json!({ "actor": name, "role": role })),
        (text(), value()).prop_map(|(name, rank)| json!({ "actor": name, "rank": rank })),
    ]
}

fn evidence() -> impl Strategy<Value = Value> {
    let fields = ["quote", "source", "locator", "phrase", "url", "published", "mood"];
    let object = (prop::collection::vec((prop::sample::select(fields.to_vec()), value()), 0..5), date());
    prop_oneof![
        object.prop_map(|(fields, when)| {
            let mut map: Map<String, Value> = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            map.insert("when".to_owned(), when);
            Value::Object(map)
        }),
        text().prop_map(Value::String),
    ]
}

fn event() -> impl Strategy<Value = Value> {
    let texts =
        ["id", "title", "kind", "place", "note", "sentence", "source", "url", "published", "phrase", "status", "weather", "sources"];
    (
        prop::collection::vec((prop::sample::select(texts.to_vec()), value()), 0..8),
        prop::option::of(date()),
        prop::option::of(date()),
        prop::collection::vec(actor(), 0..4),
        prop::collection::vec(evidence(), 0..3),
        prop::collection::vec(prop_oneof![text().prop_map(Value::String), text().prop_map(|to| json!({ "to": to, "why": "x" }))], 0..2),
        prop::collection::vec(text(), 0..3),
    )
        .prop_map(|(fields, when, end, actors, evidence, links, tags)| {
            let mut map: Map<String, Value> = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            for (key, date) in [("when", when), ("end", end)] {
                if let Some(date) = date {
                    map.insert(key.to_owned(), date);
                }
            }
            for (key, list) in [("actors", actors), ("evidence", evidence), ("links", links)] {
                map.insert(key.to_owned(), Value::Array(list));
            }
            map.insert("tags".to_owned(), json!(tags));
            Value::Object(map)
        })
}

fn file() -> impl Strategy<Value = Value> {
    let row = (text(), text(), value()).prop_map(|(id, name, more)| json!({ "id": id, "name": name, "more": more, "aliases": [name] }));
    let source = (text(), text(), value()).prop_map(|(id, title, more)| json!({ "id": id, "title": title, "path": "x.txt", "more": more }));
    (prop::collection::vec(event(), 0..6), prop::collection::vec(row, 0..3), prop::collection::vec(source, 0..3), value()).prop_map(
        |(events, actors, sources, more)| {
            json!({ "chronolane": 1, "title": "T", "events": events, "actors": actors, "sources": sources, "kinds": [{"id": "a", "label": "A"}], "more": more })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_native_file_that_is_loaded_and_saved_holds_the_same(document in file()) {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("a.json"), folder.path().join("b.json"));
        fs::write(&first, document.to_string()).unwrap();
        let before = load(&[first]);
        let saved = save(&before, "chronolane", &second);
        prop_assert!(saved.lost.is_nothing(), "{:?}", saved.lost);
        let after = load(&[second]);
        prop_assert_eq!(records(&before), records(&after));
        prop_assert_eq!(before.tables(), after.tables());
        let (one, other) = (before.ledger(), after.ledger());
        prop_assert_eq!((one.rows(), one.plotted(), one.undated(), one.rejected()), (other.rows(), other.plotted(), other.undated(), other.rejected()));
    }

    #[test]
    fn two_files_saved_as_one_keep_their_actors_apart(one in file(), other in file()) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.json"), one.to_string()).unwrap();
        fs::write(at("b.json"), other.to_string()).unwrap();
        let before = load(&[at("a.json"), at("b.json")]);
        save(&before, "chronolane", &at("c.json"));
        let after = load(&[at("c.json")]);
        let named = |store: &EventStore| -> Vec<(String, Vec<String>)> {
            records(store).iter().map(|event| (event.id.to_string(), event.actors.iter().map(|actor| actor.name.to_string()).collect())).collect()
        };
        prop_assert_eq!(named(&before), named(&after));
        prop_assert_eq!((before.ledger().plotted(), before.ledger().undated()), (after.ledger().plotted(), after.ledger().undated()));
    }

    #[test]
    fn no_cell_of_a_table_is_a_formula_and_all_come_back(document in file()) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.json"), document.to_string()).unwrap();
        let before = load(&[at("a.json")]);
        prop_assume!(!before.is_empty());
        for format in ["csv", "tsv"] {
            let path = at("b").with_extension(format);
            save(&before, format, &path);
            let delimiter = if format == "csv" { b',' } else { b'\t' };
            let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_path(&path).unwrap();
            for record in reader.records() {
                for cell in &record.unwrap() {
                    prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
                }
            }
            let after = load(&[path]);
            let told = |store: &EventStore| -> Vec<(String, String, String, String)> {
                records(store)
                    .iter()
                    .map(|event| (event.id.to_string(), event.title.trim().to_owned(), event.note.trim().to_owned(), event.place.trim().to_owned()))
                    .collect()
            };
            prop_assert_eq!(told(&before), told(&after));
            prop_assert_eq!((before.ledger().plotted(), before.ledger().undated()), (after.ledger().plotted(), after.ledger().undated()));
        }
    }

    #[test]
    fn every_format_takes_any_events(document in file()) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.json"), document.to_string()).unwrap();
        let store = load(&[at("a.json")]);
        for writer in writers::all() {
            let path = at("out").with_extension(writer.ending());
            let saved = save(&store, writer.name(), &path);
            prop_assert_eq!(saved.events + saved.lost.left_out(), store.len() as u64);
            let text = fs::read_to_string(&path).unwrap();
            if writer.ending() == "json" {
                prop_assert!(serde_json::from_str::<Value>(&text).is_ok(), "{}: {}", writer.name(), text);
            }
            if writer.ending() == "ics" {
                prop_assert!(text.split("\r\n").all(|line| line.len() <= 75), "{}", text);
                prop_assert_eq!(text.matches("BEGIN:VEVENT").count() as u64, saved.events);
            }
        }
    }
}

/// The sample, in every format: what is expected of each is in it.
#[test]
fn the_sample_is_written_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let sample_file = |name| Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data").join(name);
    let store = load(&[sample_file("dprk_russia_2023.json")]);
    let written = |format: &str| {
        let path = folder.path().join("out").with_extension(writers::by_name(format).unwrap().ending());
        let saved = save(&store, format, &path);
        (fs::read_to_string(path).unwrap(), saved)
    };
    let (lines, _) = written("jsonl");
    assert_eq!(lines.lines().count(), 31);
    let gallery = load(&[sample_file("date_gallery.json")]);
    let path = folder.path().join("slides.json");
    save(&gallery, "timelinejs", &path);
    let slides = fs::read_to_string(path).unwrap();
    let slides: Value = serde_json::from_str(&slides).unwrap();
    let month = slides["events"].as_array().unwrap().iter().find(|slide| slide["start_date"].get("day").is_none());
    assert!(month.is_some_and(|slide| slide["start_date"].get("month").is_some()), "a month is a month, not its first day");
    let (items, saved) = written("vis");
    let items: Value = serde_json::from_str(&items).unwrap();
    assert_eq!((items["items"].as_array().unwrap().len(), saved.events), (31, 31));
    assert!(saved.lost.words().iter().any(|words| words.starts_with("dates known to a month or less")), "{:?}", saved.lost.words());
    let (table, _) = written("markdown");
    assert!(table.contains("[^1]: ") && table.lines().filter(|line| line.starts_with("| ")).count() == 32, "{table}");
}

#[test]
fn a_date_that_its_column_settled_is_written_as_it_was_understood() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.csv"), "when,title\n25/07/2021,one\n04/05/2021,two\n").unwrap();
    let before = load(&[at("a.csv")]);
    let two = Query::parse("two").unwrap().run(&before);
    for format in ["chronolane", "csv", "jsonl"] {
        let path = at("two").with_extension(writers::by_name(format).unwrap().ending());
        jobs::save_events(&before, Some(&two), writers::by_name(format).unwrap(), &path, &Silent).unwrap();
        let after = load(&[path]);
        assert_eq!((after.len(), after.canonical(EventId(0))), (1, "2021-05-04"), "{format}");
    }
}

#[test]
fn a_save_that_is_stopped_leaves_the_old_file() {
    struct Stopped;
    impl chronolane::formats::Progress for Stopped {
        fn at(&self, _bytes_done: u64, _bytes_total: u64, _events: u64) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.csv"), "when,title\n2021,one\n").unwrap();
    fs::write(at("b.json"), "old").unwrap();
    let store = load(&[at("a.csv")]);
    let stopped = jobs::save_events(&store, None, writers::by_name("chronolane").unwrap(), &at("b.json"), &Stopped);
    assert!(matches!(stopped, Err(jobs::SaveEventsError::Cancelled)));
    assert_eq!(fs::read_to_string(at("b.json")).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}
