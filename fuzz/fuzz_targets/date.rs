//! Any text as a date: read in each dialect, worded, listed, put into a zone, and read again from its canonical form.

#![no_main]

use std::sync::LazyLock;

use chronolane::time::{self, DateOrder, Dialect, Extent, Zone};
use libfuzzer_sys::fuzz_target;

static ZONES: LazyLock<[Zone; 3]> = LazyLock::new(|| {
    ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"].map(|name| Zone::parse(name).expect("a zone of the database"))
});

fn is_in_order(extent: &Extent) -> bool {
    extent.earliest_start <= extent.latest_start && extent.earliest_end <= extent.latest_end && extent.earliest_start < extent.latest_end
}

fuzz_target!(|text: &str| {
    let any = Dialect::default();
    let with = |order| Dialect { order: Some(order), small_years: true, ..any };
    for dialect in [Dialect::EDTF, any, with(DateOrder::Dmy), with(DateOrder::Mdy), with(DateOrder::Ymd)] {
        let when = match time::read(text, &dialect) {
            Ok(when) => when,
            Err(error) => {
                let _ = error.to_string();
                continue;
            }
        };
        assert!(is_in_order(&when.reading.extent), "{text:?}: {:?}", when.reading);
        let again = time::read(when.canonical(), &Dialect::EDTF).expect("a canonical form is read strictly");
        assert_eq!(again.reading, when.reading, "{text:?} as {:?}", when.canonical());
        let _ =
            (time::wording(&when), time::wording_short(&when), time::listed_bounds(&when.reading), time::doubtful_ends(when.canonical()));
        for zone in *ZONES {
            let placed = time::placed(when.canonical(), zone).expect("what is read has a place in every zone");
            assert!(is_in_order(&placed.extent), "{text:?} in {zone}: {placed:?}");
            let _ = (time::wording_in(&when, zone), time::wording_short_in(&when, zone), time::members(when.canonical(), zone));
        }
    }
});
