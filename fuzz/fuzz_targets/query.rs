//! Any text as a filter: what is read prints to a text that reads to the same, and runs over a store; what is not is told with its place.

#![no_main]

use std::sync::LazyLock;

use chronolane::formats::{self, Input, ReadOptions, Silent};
use chronolane::model::Ledger;
use chronolane::store::query::{Query, completing};
use chronolane::store::{EventStore, StoreBuilder};
use libfuzzer_sys::fuzz_target;

/// A few events with something in every field.
const EVENTS: &str = "{\"id\":\"a\",\"when\":\"2023-08\",\"title\":\"É one\",\"kind\":\"k\",\"actors\":[\"A\",{\"name\":\"B\",\"role\":\"r\"}],\"place\":\"P\",\"status\":\"denied\",\"sentence\":\"q\",\"source\":\"s\",\"tags\":[\"t\"],\"x\":\"1\"}\n{\"title\":\"undated\"}\n{\"when\":\"1914/1918\",\"title\":\"two\"}\n";

static STORE: LazyLock<EventStore> = LazyLock::new(|| {
    let mut builder = StoreBuilder::default();
    builder.begin_file("a.jsonl".into());
    let input = Input::from_bytes("a.jsonl", EVENTS.as_bytes());
    let ledger = formats::read_input(&input, &ReadOptions::default(), &mut builder, &Silent).expect("events that can be read");
    builder.finish(Ledger { files: vec![ledger] })
});

fuzz_target!(|text: &str| {
    for cursor in [0, text.len() / 2, text.len()] {
        let _ = completing(text, cursor);
    }
    match Query::parse(text) {
        Ok(query) => {
            assert_eq!(Query::parse(&query.to_string()).as_ref(), Ok(&query), "{text:?} as {:?}", query.to_string());
            let _ = query.run(&STORE);
        }
        Err(error) => {
            let _ = error.to_string();
            assert!((1..=text.chars().count() + 1).contains(&error.at()), "{text:?}: {error}");
        }
    }
});
