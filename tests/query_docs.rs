//! What `docs/query.md` says of the filter language is so: its examples find as many events as it says, and its errors are those of the program.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use chronolane::formats::{ReadOptions, Silent};
use chronolane::jobs::load;
use chronolane::store::Query;

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The cells of each row of the table under a heading, without the table's head.
fn rows(text: &str, heading: &str) -> Vec<Vec<String>> {
    let section = text.split(&format!("## {heading}\n")).nth(1).unwrap();
    let lines = section.lines().take_while(|line| !line.starts_with("## ")).filter(|line| line.starts_with("| `"));
    lines
        .map(|line| {
            // The sign for "or" within a query is no border of a cell.
            let mut cells: Vec<String> = vec![String::new()];
            let mut within_code = false;
            for letter in line.trim_matches('|').chars() {
                match letter {
                    '`' => within_code = !within_code,
                    '|' if !within_code => cells.push(String::new()),
                    _ => cells.last_mut().unwrap().push(letter),
                }
            }
            cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
        })
        .collect()
}

#[test]
fn examples_find_as_many_events_as_they_say() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data").join("dprk_russia_2023.json");
    let store = load(&[sample], &ReadOptions::default(), None, &Silent).unwrap().store;
    let examples = rows(&file("docs/query.md"), "Examples");
    assert!(examples.len() > 15, "{examples:?}");
    for row in examples {
        let query = Query::parse(&row[0]).unwrap_or_else(|error| panic!("{}: {error}", row[0]));
        assert_eq!(query.run(&store).count().to_string(), row[1], "{}", row[0]);
    }
}

#[test]
fn every_way_of_asking_is_read() {
    let text = file("docs/query.md");
    for heading in ["What can be asked", "Dates"] {
        for row in rows(&text, heading) {
            assert!(Query::parse(&row[0]).is_ok(), "{}: {:?}", row[0], Query::parse(&row[0]));
        }
    }
}

#[test]
fn errors_say_what_the_table_says() {
    for row in rows(&file("docs/query.md"), "When it cannot be read") {
        let Err(error) = Query::parse(&row[0]) else { panic!("{} is read", row[0]) };
        assert_eq!(error.at().to_string(), row[1], "{}", row[0]);
        assert!(error.to_string().contains(&row[2]), "{}: {error}", row[0]);
    }
}
