//! Any text as a `.map.json`, and what that makes of a small table: rows that are all accounted for, or an error.

#![no_main]

use chronolane::formats::{self, Input, ReadOptions, Silent, TableChoice};
use chronolane::store::StoreBuilder;
use libfuzzer_sys::fuzz_target;

const TABLE: &[u8] = b"All that happened\ndate;title;who;from\n30/08/2023 10:00;\"A, b\";C;D\n\nsoon;x;y;z;w\n";

fuzz_target!(|text: &str| {
    let Ok(choice) = TableChoice::from_json(text).inspect_err(|error| drop(error.to_string())) else { return };
    let again = TableChoice::from_json(&choice.to_json()).expect("what is written is read");
    assert_eq!(TableChoice { chronolane_map: choice.chronolane_map, ..again }, choice);
    let options = choice.apply(&ReadOptions::default()).expect("a map that was read can be used");
    let options = ReadOptions { format: Some("csv".to_owned()), ..options };
    let mut builder = StoreBuilder::default();
    builder.begin_file("a.csv".into());
    if let Ok(ledger) = formats::read_input(&Input::from_bytes("a.csv", TABLE), &options, &mut builder, &Silent) {
        assert_eq!(ledger.rows, ledger.plotted + ledger.undated + ledger.rejected);
    }
});
