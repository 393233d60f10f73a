//! What `check` reads takes little memory whatever the file holds: at most four times the file and a fixed allowance, by counting what is allocated, not by timing.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;

use allocation_counter::measure;
use chronolane::formats::{ReadOptions, Silent};
use chronolane::jobs::survey;

/// Bytes of each file, about: too few for it to be read on several threads, which are not counted.
const SIZE: usize = 512 * 1024;
/// Bytes that reading may take beside four times the file.
const ALLOWANCE: u64 = 12 * 1024 * 1024;

/// Bytes of each file whose tables beside the events are full of rows, which have room of their own: as much as they have in any file.
const TABLES_SIZE: usize = 6 * 1024 * 1024;
const TABLES_ALLOWANCE: u64 = 100_000_000;

/// A text of the given size between two others.
fn filled(begin: &str, part: &str, end: &str) -> String {
    filled_to(SIZE, begin, part, end)
}

fn filled_to(size: usize, begin: &str, part: &str, end: &str) -> String {
    format!("{begin}{}{end}", part.repeat(size / part.len()))
}

/// The same with a number in each part.
fn numbered(begin: &str, part: impl Fn(usize) -> String, end: &str) -> String {
    let mut text = begin.to_owned();
    for number in 0.. {
        if text.len() >= SIZE {
            break;
        }
        text.push_str(&part(number));
    }
    text + end
}

fn files() -> Vec<(&'static str, String)> {
    vec![
        ("short-rows.csv", filled("when,t\n", "2020,a\n", "")),
        ("same-ids.csv", filled("when,id\n", "2020,a\n", "")),
        ("pairs-of-ids.csv", numbered("when,id\n", |number| format!("2020,{:x}\n", number / 2), "")),
        ("one-row.csv", filled("when,title\n2020,", "a", "\n")),
        ("cells.csv", filled("when,title\n2020", ",", "\n")),
        ("full-cells.csv", filled("when,title\n2020", ",a", "\n")),
        ("quoted.csv", filled("when,title\n2020,\"", "a\n", "\"\n")),
        ("actors.csv", numbered("when,title,actors\n2020,x,", |number| format!("{number:x};"), "\n")),
        ("numbers.json", filled("[1", ",1", "]")),
        ("empty-records.json", filled("{\"chronolane\":1,\"events\":[{}", ",{}", "]}")),
        ("evidence.json", filled("{\"chronolane\":1,\"events\":[{\"when\":\"2020\",\"evidence\":[{}", ",{}", "]}]}")),
        ("links.json", filled("{\"chronolane\":1,\"events\":[{\"when\":\"2020\",\"links\":[1", ",1", "]}]}")),
        ("top.json", numbered("{\"chronolane\":1,\"events\":[]", |number| format!(",\"{number:x}\":1"), "}")),
        ("nested.json", "[".repeat(SIZE)),
        ("empty-records.jsonl", filled("{\"when\":\"2020\"}\n{\"when\":\"2020\"}\n", "{}\n", "")),
        ("parameters.ics", filled("BEGIN:VEVENT\nDTSTART", ";A=b", ":20200101\nEND:VEVENT\n")),
        ("times.ics", filled("BEGIN:VEVENT\nDTSTART:20200101\nRDATE:20200102", ",20200103", "\nEND:VEVENT\n")),
        ("attributes.xml", numbered("<data><event start=\"2020\"", |number| format!(" a{number:x}=\"b\""), "/></data>")),
        ("empty-events.xml", filled("<data><event start=\"2020\"/>", "<event/>", "</data>")),
        ("tags.mw", filled("title: x\n2020: a ", "#a ", "\n")),
        ("text.mw", filled("title: x\n2020: a\n", "b\n", "")),
        ("flow.yaml", filled("- date: 2020\n  title: x\n- [", "a,", "]\n")),
    ]
}

/// Native files of hardly more than tables.
fn tables() -> Vec<(&'static str, String)> {
    let table = |name: &str, begin: &str, part: &str, end: &str| {
        filled_to(TABLES_SIZE, &format!("{{\"chronolane\":1,\"events\":[],\"{name}\":{begin}"), part, &format!("{end}}}"))
    };
    let third = |part: &str| part.repeat(TABLES_SIZE / 3 / part.len());
    let fields = (0..40_000).map(|_| "\"\":0,").collect::<String>() + "\"id\":1}";
    vec![
        ("names.json", table("sources", "[1", ",1", "]")),
        ("rows.json", table("kinds", "[{}", ",{}", "]")),
        ("rows-by-id.json", table("actors", "{\"\":1", ",\"\":1", "}")),
        ("nested-row.json", table("actors", "[{\"id\":[1", ",1", "]}]")),
        ("nothing.json", table("actors", "[null", ",null", "]")),
        ("fields.json", table("actors", "[{}", &format!(",{{{fields}"), "]")),
        (
            "three.json",
            format!("{{\"chronolane\":1,\"kinds\":[1{}],\"actors\":[1{}],\"sources\":[1{}]}}", third(",1"), third(",1"), third(",1")),
        ),
    ]
}

#[test]
fn no_file_takes_more_than_four_times_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let mut too_much = String::new();
    let all = files().into_iter().map(|file| (file, ALLOWANCE)).chain(tables().into_iter().map(|file| (file, TABLES_ALLOWANCE)));
    for ((name, text), allowance) in all {
        let path = folder.path().join(name);
        std::fs::write(&path, &text).unwrap();
        let size = text.len() as u64;
        drop(text);
        let paths = [path];
        let taken = measure(|| drop(survey(&paths, &ReadOptions::default(), &Silent)));
        if taken.bytes_max > 4 * size + allowance {
            let _ = writeln!(too_much, "{name}: {} KB of {} KB", taken.bytes_max / 1024, (4 * size + allowance) / 1024);
        }
    }
    assert!(too_much.is_empty(), "{too_much}");
}
