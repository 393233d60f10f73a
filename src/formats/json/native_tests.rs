use super::super::testing::{read, read_with};
use super::super::{FormatError, ReadOptions};

const FILE: &str = r##"{
  "chronolane": 1,
  "title": "Talks", "description": "What was said", "house": {"style": "plain"},
  "kinds": [{"id": "visit", "label": "Visit", "color": "#aa0000", "size": 3}],
  "actors": [{"id": "sho", "name": "Sergei Shoigu", "aliases": ["Shoigu"], "born": 1955}, "Kim Jong Un"],
  "sources": [{"id": "wh", "title": "Briefing", "publisher": "White House", "tone": "dry"}],
  "events": [
    {"id": "e1", "when": "2023-07-25/2023-07-27", "title": "Visit", "kind": "visit",
     "actors": ["sho", {"actor": "Kim Jong Un", "role": "host"}],
     "evidence": [{"quote": "He came.", "source": "wh", "locator": "p. 2", "phrase": "recent", "when": "2023-07", "mood": 2}],
     "links": ["e2", {"to": "e3", "relation": "follows"}], "depth": {"m": 1.50}},
    17,
    {"id": "e2", "when": "2023-08-16", "end": "2023-08-18", "title": "Sanctions", "actors": "US Treasury (sender); sho", "status": "maybe"},
    {"id": "e3", "title": {"en": "No date"}}
  ]
}"##;

#[test]
fn tables_and_records_are_read_and_unknown_fields_kept() {
    let (ledger, kept) = read("x.json", FILE);
    assert_eq!((ledger.rows, ledger.plotted, ledger.undated, ledger.rejected), (4, 2, 1, 1));
    let first = &kept.shown[0];
    assert_eq!(first.actors, [("Sergei Shoigu", ""), ("Kim Jong Un", "host")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(first.further, [("depth".to_owned(), r#"{"m": 1.50}"#.to_owned())]);
    let second = &kept.shown[1];
    assert_eq!((second.when.as_str(), second.line), ("2023-08-16/2023-08-18", 13));
    assert_eq!(second.actors, [("US Treasury", "sender"), ("Sergei Shoigu", "")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    let tables = kept.tables.unwrap();
    assert_eq!((tables.title.as_str(), tables.further[0].name.as_ref()), ("Talks", "house"));
    assert_eq!((tables.actors[0].aliases[0].as_str(), tables.actors[0].further.len()), ("Shoigu", 1));
    assert_eq!((tables.kinds[0].color.as_str(), tables.sources[0].publisher.as_str()), ("#aa0000", "White House"));
    let places: Vec<(u32, &str)> = ledger.problems.iter().map(|problem| (problem.line, problem.field.as_str())).collect();
    assert_eq!(places, [(12, ""), (13, "status"), (14, "title"), (14, "when")]);
}

#[test]
fn a_file_of_a_later_version_is_read_with_a_warning() {
    let (ledger, _) = read("x.json", r#"{"chronolane": 2, "events": [{"when": "2023", "title": "x"}]}"#);
    assert_eq!((ledger.plotted, ledger.serious_total), (1, 1));
    let (ledger, _) = read("x.json", r#"{"chronolane": 1}"#);
    assert_eq!((ledger.rows, ledger.serious_total), (0, 1));
}

#[test]
fn broken_syntax_names_its_place() {
    let cut = &FILE[..FILE.len() - 30];
    let failed = read_with("x.json", cut.as_bytes(), &ReadOptions::default()).err().unwrap();
    assert!(matches!(failed, FormatError::BrokenDocument { line: 14, .. }), "{failed}");
}

#[test]
fn a_table_has_rows_in_line_with_its_file() {
    let file = |count: usize| {
        let names: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        format!(r#"{{"chronolane": 1, "events": [], "sources": [{}]}}"#, names.join(","))
    };
    let (ledger, kept) = read("x.json", &file(60_000));
    assert_eq!((ledger.serious_total, kept.tables.unwrap().sources.len()), (0, 60_000));
    let (ledger, _) = read("x.json", &format!(r#"{{"chronolane": 1, "events": [], "sources": [null{}]}}"#, ",null".repeat(400_000)));
    assert_eq!(ledger.serious_total, 0, "nothing takes no room");
    let (ledger, kept) = read("x.json", &file(400_000));
    let kept = kept.tables.unwrap().sources.len();
    assert!((100_000..300_000).contains(&kept), "{kept}");
    assert!(ledger.problems[0].message.contains(&format!("{} are left out", 400_000 - kept)), "{:?}", ledger.problems);
}

#[test]
fn a_row_that_is_too_large_or_too_deep_is_left_out_and_said() {
    let aliases = vec!["\"x\""; 60_000].join(",");
    let deep = "[".repeat(100) + &"]".repeat(100);
    for (table, left) in [
        (format!(r#"[{{"id": "a", "name": "Ana", "aliases": [{aliases}]}}, {{"id": "b"}}]"#), 1),
        (format!(r#"{{"a": {{"name": "Ana", "aliases": [{aliases}]}}, "b": {{"name": "Ben", "deep": {deep}}}}}"#), 1),
    ] {
        let (ledger, kept) = read("x.json", &format!(r#"{{"chronolane": 1, "actors": {table}, "events": []}}"#));
        let actors = kept.tables.unwrap().actors;
        assert_eq!((actors.len(), actors[0].id.as_str()), (left, "b"));
        assert!(ledger.problems[0].message.contains("left out: 1. The first: it holds more than 50,000 values"), "{:?}", ledger.problems);
    }
}

#[test]
fn tables_by_ids_and_repeated_ids_name_actors() {
    let actors = |table: &str| {
        let text = format!(r#"{{"chronolane": 1, "actors": {table}, "events": [{{"when": "2023", "title": "x", "actors": "a; B (b)"}}]}}"#);
        let (_, kept) = read("x.json", &text);
        kept.shown[0].actors.iter().map(|(name, role)| format!("{name}/{role}")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(actors(r#"{"a": {"name": "Ana"}, "c": null}"#), "Ana/ B/b");
    assert_eq!(actors(r#"{"a": "Ana"}"#), "Ana/ B/b");
    assert_eq!(actors(r#"["B (b)", {"id": "a", "name": "Ana"}]"#), "Ana/ B (b)/");
    assert_eq!(actors(r#"[{"id": "a", "name": "Ana"}, {"id": "a", "name": "a"}]"#), "a/ B/b");
    assert_eq!(actors("null"), "a/ B/b");
}
