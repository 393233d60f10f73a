//! Reading a date in a common form takes no memory: neither for its text, nor for its canonical form, nor for its meaning.

use allocation_counter::measure;
use chronolane::time::{self, DateOrder, Dialect, Zone};

/// The forms that files have most, with the order of day and month settled as it is for a column.
const COMMON: [&str; 18] = [
    "2023",
    "2023-08",
    "2023-08-30",
    "-0043",
    "2023-08-30T12:05:00Z",
    "2023-08-30T12:05:00.125+05:30",
    "2023-08-30 12:05",
    "2023-07-25/2023-07-27",
    "2023-08-30T10:00:00Z/2023-08-30T12:00:00Z",
    "5 May 2021",
    "May 5, 2021",
    "05.08.2023",
    "4/5/2021",
    "30/08/2023",
    "2021/05/04",
    "20210504",
    "  2023-08-30  ",
    "August 2023",
];

#[test]
fn common_forms_are_read_without_memory() {
    let dialect = Dialect { order: Some(DateOrder::Dmy), ..Dialect::default() };
    for text in COMMON {
        let mut read = None;
        let taken = measure(|| read = time::read(text, &dialect).ok().map(|when| when.reading));
        assert!(read.is_some(), "{text}");
        assert_eq!(taken.count_total, 0, "{text}");
    }
}

#[test]
fn an_instant_is_put_into_a_zone_without_memory() {
    let zone = Zone::parse("Europe/Berlin").expect("a zone of the database");
    for text in ["2023-08-30T12:05:00Z", "2023-10-29T01:05:00.125+05:30"] {
        let mut placed = None;
        let taken = measure(|| placed = time::placed(text, zone));
        assert!(placed.is_some() && taken.count_total == 0, "{text}: {}", taken.count_total);
    }
}

#[test]
fn what_takes_memory_is_seen_to() {
    let taken = measure(|| drop(time::wording_short(&time::read("2023", &Dialect::EDTF).expect("a year"))));
    assert!(taken.count_total > 0);
}
