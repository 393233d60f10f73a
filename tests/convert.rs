//! `chronolane convert` through the real binary: what is written, what is said, and the exit codes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn convert(arguments: &[&str], folder: &Path) -> (i32, String) {
    let output: Output =
        Command::new(env!("CARGO_BIN_EXE_chronolane")).arg("convert").args(arguments).current_dir(folder).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
}

const NATIVE: &str = r#"{"chronolane": 1, "title": "T", "mood": "grey", "events": [
  {"id": "a", "when": "2023-08", "title": "One", "actors": [{"actor": "Ana", "role": "host"}], "links": ["b"], "weather": {"rain": true},
   "evidence": [{"quote": "So it was.", "source": "Log", "locator": "page 3"}, {"quote": "It was so."}]},
  {"id": "b", "when": "-0043-03-15", "title": "=Two", "note": "n"}]}"#;

#[test]
fn each_ending_is_a_format_and_what_is_lost_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("in.json"), NATIVE).unwrap();
    let (code, said) = convert(&["in.json", "-o", "out.json"], folder);
    assert_eq!((code, said.lines().count()), (0, 1), "{said}");
    let whole = fs::read_to_string(folder.join("out.json")).unwrap();
    assert!(whole.contains("\"mood\": \"grey\"") && whole.contains("\"weather\": {\"rain\": true}") && whole.contains("page 3"), "{whole}");
    let (code, said) = convert(&["in.json", "-o", "out.csv"], folder);
    assert_eq!(code, 0);
    assert!(
        said.contains("links to other events are not written: 1") && said.contains("after an event's first are not written: 1"),
        "{said}"
    );
    let table = fs::read_to_string(folder.join("out.csv")).unwrap();
    assert!(table.contains("'-0043-03-15") && table.contains("'=Two") && table.contains("Ana (host)"), "{table}");
    let (code, said) = convert(&["in.json", "-o", "out.ics"], folder);
    assert_eq!(code, 1, "a year before our era has no place in a calendar: {said}");
    let calendar = fs::read_to_string(folder.join("out.ics")).unwrap();
    assert!(calendar.contains("DTSTART;VALUE=DATE:20230801\r\nDTEND;VALUE=DATE:20230901\r\nX-CHRONOLANE-EDTF:2023-08\r\n"), "{calendar}");
    for (name, to) in
        [("slides.json", "timelinejs"), ("items.json", "vis"), ("out.md", "markdown"), ("out.tsv", "tsv"), ("out.jsonl", "jsonl")]
    {
        assert_eq!(convert(&["in.json", "-o", name, "--to", to], folder).0, 0, "{name}");
        assert!(fs::metadata(folder.join(name)).unwrap().len() > 0);
    }
}

#[test]
fn a_filter_chooses_and_wrong_use_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("in.json"), NATIVE).unwrap();
    assert_eq!(convert(&["in.json", "-o", "one.jsonl", "--filter", "actor:ana"], folder).0, 0);
    assert_eq!(fs::read_to_string(folder.join("one.jsonl")).unwrap().lines().count(), 1);
    let (code, said) = convert(&["in.json", "-o", "in.json"], folder);
    assert_eq!(code, 2);
    assert!(said.contains("one of the files that are read"), "{said}");
    assert_eq!(fs::read_to_string(folder.join("in.json")).unwrap(), NATIVE);
    assert_eq!(convert(&["in.json", "-o", "out.docx"], folder).0, 2);
    assert_eq!(convert(&["in.json", "-o", "out.csv", "--to", "nonsense"], folder).0, 2);
    assert_eq!(convert(&["missing.json", "-o", "out.csv"], folder).0, 3);
    assert_eq!(convert(&["in.json", "-o", "no/such/out.csv"], folder).0, 3);
    fs::write(folder.join("bad.csv"), "when,title\nsomeday,x\n").unwrap();
    assert_eq!(convert(&["bad.csv", "-o", "bad.json"], folder).0, 1);
}

#[test]
fn a_map_that_the_window_saved_is_taken_by_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("in.csv"), "Report of the port\nX;Y\n04/05/2021;A fire\n").unwrap();
    let map =
        r#"{"chronolane_map": 1, "columns": {"when": ["X"], "title": ["Y"]}, "date_order": "mdy", "delimiter": ";", "header_line": 2}"#;
    fs::write(folder.join("in.map.json"), map).unwrap();
    let (code, said) = convert(&["in.csv", "--map", "in.map.json", "-o", "out.jsonl"], folder);
    assert_eq!(code, 0, "{said}");
    let written = fs::read_to_string(folder.join("out.jsonl")).unwrap();
    assert!(written.contains("\"when\": \"2021-04-05\"") && written.contains("A fire"), "{written}");
    assert_eq!(convert(&["in.csv", "--map", "missing.map.json", "-o", "out.jsonl"], folder).0, 2);
}
