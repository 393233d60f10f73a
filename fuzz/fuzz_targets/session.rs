//! Any text as a session: what can be used of it is written to a file that reads to the same, without a word of complaint.

#![no_main]

use chronolane::session::Session;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Session::from_json(text, "x.chronoview") {
        Ok(parsed) => {
            let again = Session::from_json(&parsed.session.to_json(), "x.chronoview").expect("what is written is read");
            assert_eq!(again.session, parsed.session);
            assert!(again.notes.is_empty(), "{:?}", again.notes);
        }
        Err(error) => assert!(error.to_string().contains("x.chronoview")),
    }
});
