//! Any text as a phrase, said on any day: every reading is EDTF with bounds and words.

#![no_main]

use chronolane::time::{self, Dialect};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|said: (&str, &str)| {
    let (text, anchor) = said;
    let _ = time::hangs_on_story(text);
    for anchor in [anchor, "2023-08-30", "1914/1918"] {
        let Ok(readings) = time::phrase(text, anchor, &Dialect::default()) else { continue };
        assert!(!readings.is_empty());
        for reading in readings {
            assert!(!reading.reasoning.is_empty());
            let when = time::read(&reading.edtf, &Dialect::EDTF).expect("a reading is EDTF");
            let _ = time::wording(&when);
        }
    }
});
