//! A table from the examples of ISO 8601-2:2019 Annex A and of its clauses, and the properties that hold for any text.

use super::*;
use crate::time::{Precision, listed_bounds};
use proptest::prelude::*;

/// Text, earliest and latest as listed (empty where unbounded), shape, precision.
const STANDARD: &[(&str, &str, &str, Shape, Precision)] = &[
    // Level 0.
    ("1985-04-12", "1985-04-12", "1985-04-12", Shape::Moment, Precision::Day),
    ("1985-04", "1985-04-01", "1985-04-30", Shape::Moment, Precision::Month),
    ("1985", "1985-01-01", "1985-12-31", Shape::Moment, Precision::Year),
    ("1985-04-12T23:20:30", "1985-04-12T23:20:30", "1985-04-12T23:20:30", Shape::Moment, Precision::Second),
    ("1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z", Shape::Moment, Precision::Second),
    ("1985-04-12T23:20:30-04", "1985-04-13T03:20:30Z", "1985-04-13T03:20:30Z", Shape::Moment, Precision::Second),
    ("1985-04-12T23:20:30+04:30", "1985-04-12T18:50:30Z", "1985-04-12T18:50:30Z", Shape::Moment, Precision::Second),
    ("1964/2008", "1964-01-01", "2008-12-31", Shape::Duration, Precision::Year),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31", Shape::Duration, Precision::Month),
    ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08", Shape::Duration, Precision::Day),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28", Shape::Duration, Precision::Day),
    ("2005/2006-02", "2005-01-01", "2006-02-28", Shape::Duration, Precision::Month),
    // Level 1.
    ("Y170000002", "170000002-01-01", "170000002-12-31", Shape::Moment, Precision::Year),
    ("Y-170000002", "-170000002-01-01", "-170000002-12-31", Shape::Moment, Precision::Year),
    ("2001-21", "2001-03-01", "2001-05-31", Shape::Moment, Precision::Season),
    ("2001-24", "2001-12-01", "2002-02-28", Shape::Moment, Precision::Season),
    ("1984?", "1984-01-01", "1984-12-31", Shape::Moment, Precision::Year),
    ("2004-06~", "2004-06-01", "2004-06-30", Shape::Moment, Precision::Month),
    ("2004-06-11%", "2004-06-11", "2004-06-11", Shape::Moment, Precision::Day),
    ("201X", "2010-01-01", "2019-12-31", Shape::Moment, Precision::Decade),
    ("20XX", "2000-01-01", "2099-12-31", Shape::Moment, Precision::Century),
    ("2004-XX", "2004-01-01", "2004-12-31", Shape::Moment, Precision::Year),
    ("1985-04-XX", "1985-04-01", "1985-04-30", Shape::Moment, Precision::Month),
    ("1985-XX-XX", "1985-01-01", "1985-12-31", Shape::Moment, Precision::Year),
    ("1985-04-12/..", "1985-04-12", "", Shape::Duration, Precision::Day),
    ("1985/", "1985-01-01", "", Shape::Duration, Precision::Year),
    ("../1985-04", "", "1985-04-30", Shape::Duration, Precision::Month),
    ("/1985", "", "1985-12-31", Shape::Duration, Precision::Year),
    ("-1985", "-1985-01-01", "-1985-12-31", Shape::Moment, Precision::Year),
    ("0000", "0000-01-01", "0000-12-31", Shape::Moment, Precision::Year),
    // Level 2.
    ("Y-17E7", "-170000000-01-01", "-170000000-12-31", Shape::Moment, Precision::Year),
    ("1950S2", "1900-01-01", "1999-12-31", Shape::Moment, Precision::Century),
    ("Y171010000S3", "171000000-01-01", "171999999-12-31", Shape::Moment, Precision::Millennium),
    ("2001-34", "2001-04-01", "2001-06-30", Shape::Moment, Precision::Season),
    ("2001-41", "2001-07-01", "2001-12-31", Shape::Moment, Precision::Season),
    ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", Shape::Moment, Precision::Year),
    ("[..1760-12-03]", "", "1760-12-03", Shape::Moment, Precision::Day),
    ("[1760-12..]", "1760-12-01", "", Shape::Moment, Precision::Month),
    ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31", Shape::Moment, Precision::Year),
    ("{1960,1961-12}", "1960-01-01", "1961-12-31", Shape::Moment, Precision::Month),
    ("{..1984}", "", "1984-12-31", Shape::Moment, Precision::Year),
    ("2004-06~-11", "2004-06-11", "2004-06-11", Shape::Moment, Precision::Day),
    ("?2004-06-~11", "2004-06-11", "2004-06-11", Shape::Moment, Precision::Day),
    ("156X-12-25", "1560-12-25", "1569-12-25", Shape::Moment, Precision::Decade),
    ("1XXX-12", "1000-12-01", "1999-12-31", Shape::Moment, Precision::Millennium),
    ("1984-1X", "1984-10-01", "1984-12-31", Shape::Moment, Precision::Season),
    ("2004-06-~01/2004-06-~20", "2004-06-01", "2004-06-20", Shape::Duration, Precision::Day),
    // Beyond the standard: a range as an end.
    ("[1880..1885]/1900", "1880-01-01", "1900-12-31", Shape::Duration, Precision::Year),
    ("1861-06/[1863-06-01..1863-07-01]", "1861-06-01", "1863-07-01", Shape::Duration, Precision::Day),
    ("[1861-06-01..1861-07-01]/..", "1861-06-01", "", Shape::Duration, Precision::Day),
    ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03", Shape::Duration, Precision::Day),
    ("2004-06/2006-08-XX", "2004-06-01", "2006-08-31", Shape::Duration, Precision::Month),
    ("2004?-06-11", "2004-06-11", "2004-06-11", Shape::Moment, Precision::Day),
    ("2004-06-?11", "2004-06-11", "2004-06-11", Shape::Moment, Precision::Day),
    ("15XX-12-XX", "1500-12-01", "1599-12-31", Shape::Moment, Precision::Century),
    ("1XXX-XX", "1000-01-01", "1999-12-31", Shape::Moment, Precision::Millennium),
    ("1560-XX-25", "1560-01-25", "1560-12-25", Shape::Moment, Precision::Year),
    ("Y3388E2S3", "338000-01-01", "338999-12-31", Shape::Moment, Precision::Millennium),
    ("[1760-01,1760-02,1760-12..]", "1760-01-01", "", Shape::Moment, Precision::Month),
    ("[1667,1760-12]", "1667-01-01", "1760-12-31", Shape::Moment, Precision::Month),
    ("{..1983-12-31,1984-10-10..1984-11-01}", "", "1984-11-01", Shape::Moment, Precision::Day),
    ("2001-25", "2001-03-01", "2001-05-31", Shape::Moment, Precision::Season),
    ("2001-29", "2001-09-01", "2001-11-30", Shape::Moment, Precision::Season),
    ("2001-32", "2001-06-01", "2001-08-31", Shape::Moment, Precision::Season),
    ("2001-37", "2001-01-01", "2001-04-30", Shape::Moment, Precision::Season),
    ("2001-40", "2001-01-01", "2001-06-30", Shape::Moment, Precision::Season),
    // Beyond the standard, as published files have it.
    ("-01XX", "-0199-01-01", "-0100-12-31", Shape::Moment, Precision::Century),
    ("-000X", "-0009-01-01", "-0001-12-31", Shape::Moment, Precision::Decade),
    ("-1859S5", "-1859-01-01", "-1859-12-31", Shape::Moment, Precision::Year),
    ("-1985-04-12T23:20:30Z", "-1985-04-12T23:20:30Z", "-1985-04-12T23:20:30Z", Shape::Moment, Precision::Second),
    ("[1667, 1668, 1670..1672]", "1667-01-01", "1672-12-31", Shape::Moment, Precision::Year),
    ("[ 1667 , 1668 .. 1670 ]", "1667-01-01", "1670-12-31", Shape::Moment, Precision::Year),
    ("2023-08-30T10:00:00.25Z", "2023-08-30T10:00:00.25Z", "2023-08-30T10:00:00.259Z", Shape::Moment, Precision::Subsecond),
    ("2023-08-30T10:00:00+0530", "2023-08-30T04:30:00Z", "2023-08-30T04:30:00Z", Shape::Moment, Precision::Second),
    ("2023-08-30 10:00", "2023-08-30T10:00:00", "2023-08-30T10:00:59", Shape::Moment, Precision::Minute),
    ("[2023-07-28..2023-08-30]", "2023-07-28", "2023-08-30", Shape::Moment, Precision::Day),
    ("2023-08-30T10:00:00Z/2023-08-30T12:30:00Z", "2023-08-30T10:00:00Z", "2023-08-30T12:30:00Z", Shape::Duration, Precision::Second),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", "2016-12-31T23:59:59Z", Shape::Moment, Precision::Second),
    ("XXXX-02-29", "0000-02-29", "9996-02-29", Shape::Moment, Precision::Millennium),
    ("-XXXX-02-29", "-9996-02-29", "-0004-02-29", Shape::Moment, Precision::Millennium),
];

#[test]
fn the_standards_examples() {
    for (text, earliest, latest, shape, precision) in STANDARD {
        let when = read(text, &Dialect::EDTF).unwrap_or_else(|error| panic!("{text}: {error}"));
        let (low, high) = listed_bounds(&when.reading);
        assert_eq!((low.unwrap_or_default().as_str(), high.unwrap_or_default().as_str()), (*earliest, *latest), "{text}");
        assert_eq!((when.reading.shape, when.reading.precision), (*shape, *precision), "{text}");
        holds(&when);
    }
}

#[test]
fn what_no_calendar_has() {
    for text in [
        "2016-13",
        "2016-00",
        "2016-05-00",
        "2016-05-32",
        "2016-02-30",
        "1960-06-31",
        "1900-02-29",
        "156X-09-31",
        "15XX-02-3X",
        "-0000",
        "1985-02-3X",
        "2016-05-02T24:00:01",
        "2016-05-02T23:60:00",
        "2016-05-02T12:00:60Z",
        "-01XX-02-30",
        "2023-02-29T10:00:00",
    ] {
        assert!(matches!(read(text, &Dialect::EDTF), Err(DateError::NoSuchDate { .. })), "{text}: {:?}", read(text, &Dialect::EDTF));
    }
    for text in ["0800/-0999", "2012-24/2012-21", "2004-06-11%/2003", "2023-08-30T12:00:00Z/2023-08-30T13:00:00+05:00", "[2005..2004]"] {
        assert!(matches!(read(text, &Dialect::EDTF), Err(DateError::Backwards { .. })), "{text}");
    }
    for text in [
        "Y2006",
        "2012/2013/1234",
        "2012-10-10T1:10:10",
        "2004-01-01T10:10:10-05:60x",
        "1863- 03-29",
        "+2006%",
        "NONE/",
        "2000/12-12",
        "[1 760-01, 1760-02]",
        "[..176 0-12-03]",
        "[",
        "[]",
        "{",
        "2012-10-10T10:50:10Z15",
        "T",
        "/T",
        "2023-08-30T10:00:00.Z",
    ] {
        assert!(matches!(read(text, &Dialect::EDTF), Err(DateError::Unreadable { .. })), "{text}: {:?}", read(text, &Dialect::EDTF));
    }
    assert_eq!(read("  ", &Dialect::EDTF), Err(DateError::Empty));
}

#[test]
fn errors_say_where_and_what() {
    let said = |text| read(text, &Dialect::EDTF).unwrap_err().to_string();
    assert!(said("2023-02-30").starts_with("2023-02-30 does not exist"), "{}", said("2023-02-30"));
    assert!(said("2005/2004").starts_with("it ends (2004) before it begins (2005)"));
    assert_eq!(read(" 2012/2013/1234", &Dialect::EDTF), Err(DateError::Unreadable { at: 11, why: "an interval has one slash" }));
    for text in ["../..", "/..", "../", "/", "[..1984,1980..]"] {
        let error = read(text, &Dialect::EDTF).unwrap_err();
        assert!(matches!(error, DateError::Unbounded { .. }), "{text}");
        assert_eq!(error.canonical(), Some(text));
    }
    assert_eq!(read("Y17E8", &Dialect::EDTF).unwrap_err().canonical(), Some("Y17E8"));
    assert_eq!(read("Y9E18S1", &Dialect::EDTF).unwrap_err().canonical(), Some("Y9E18S1"));
}

#[test]
fn flags_and_ends() {
    let qualities = |text| read(text, &Dialect::EDTF).unwrap().reading.qualities;
    assert!(qualities("1984?/2004~").has(Qualities::UNCERTAIN.with(Qualities::APPROXIMATE)));
    assert!(qualities("2004%").has(Qualities::UNCERTAIN.with(Qualities::APPROXIMATE)));
    assert!(qualities("2004/..").has(Qualities::OPEN_END) && qualities("2004/").has(Qualities::UNKNOWN_END));
    assert!(qualities("[1667,1668]").has(Qualities::ONE_OF) && !qualities("[1667..1668]").has(Qualities::ONE_OF));
    assert!(qualities("{1667..1668}").has(Qualities::ALL_OF));
    assert!(qualities("2023-08-30T10:00:00Z").has(Qualities::INSTANT.with(Qualities::CLOCK)));
    assert!(!qualities("2023-08-30T10:00:00").has(Qualities::INSTANT));
    let open = read("2004/..", &Dialect::EDTF).unwrap().reading.extent;
    let unknown = read("2004/", &Dialect::EDTF).unwrap().reading.extent;
    assert_eq!((open.earliest_end, open.latest_end), (i64::MAX, i64::MAX));
    assert_eq!((unknown.earliest_end, unknown.latest_end), (unknown.earliest_start, i64::MAX));
    assert_eq!(read("2023-08-30T10:00:00.123456789Z", &Dialect::EDTF).unwrap().reading.sub_ms, 456_789);
}

#[test]
fn members_of_sets() {
    assert_eq!(members("[1667,1668,1670..1672]", Zone::UTC).len(), 3);
    assert_eq!(members("{1960,1961-12}", Zone::UTC).len(), 2);
    assert_eq!(members("2004/2005", Zone::UTC), Vec::new());
    assert_eq!(members("[1984]", Zone::UTC), Vec::new());
    assert_eq!(members("[2023-07-28..2023-08-30]", Zone::UTC), Vec::new());
}

/// Pieces of dates that people write.
const HUMAN: &[&str] = &[
    "5",
    "12",
    "31",
    "99",
    "843",
    "1780",
    "2021",
    "9999",
    "12000",
    "1,000",
    "May",
    "sept.",
    "août",
    "мая",
    "8월",
    "2021년",
    "30日",
    "世紀",
    "18th",
    "1780s",
    "'s",
    "XVIII",
    "century",
    "c.",
    "before",
    "after",
    "between",
    "and",
    "or",
    "to",
    "from",
    "–",
    "-",
    "/",
    "BC",
    "AD",
    "BP",
    "до н. э.",
    "v. Chr.",
    "early",
    "late",
    "mid-",
    "first",
    "half",
    "Q3",
    "quarter",
    "Summer",
    "winter",
    "?",
    "~",
    "13:45",
    "3 pm",
    "GMT",
    "-0600",
    "present",
    "Monday",
    "the",
    "millennium",
    "292000000",
    "0",
    "и",
    "前",
    "or later",
    "since",
];

/// What holds for everything that is read.
fn holds(when: &When) {
    let extent = when.reading.extent;
    assert!(extent.earliest_start <= extent.latest_start && extent.earliest_end <= extent.latest_end, "{when:?}");
    assert!(extent.earliest_start < extent.latest_end, "{when:?}");
    assert!(extent.earliest_start != i64::MIN || extent.latest_end != i64::MAX, "{when:?}");
    assert!(when.reading.sub_ms < 1_000_000);
    let unbounded_start = when.reading.qualities.has(Qualities::OPEN_START) || when.reading.qualities.has(Qualities::UNKNOWN_START);
    assert_eq!(extent.earliest_start == i64::MIN, unbounded_start, "{when:?}");
    let unbounded_end = when.reading.qualities.has(Qualities::OPEN_END) || when.reading.qualities.has(Qualities::UNKNOWN_END);
    assert_eq!(extent.latest_end == i64::MAX, unbounded_end, "{when:?}");
    let again = read(when.canonical(), &Dialect::EDTF).unwrap_or_else(|error| panic!("{when:?}: {error}"));
    assert_eq!(again.reading, when.reading, "{when:?}");
    assert_eq!(again.canonical(), when.canonical());
    let _ =
        (crate::time::wording(when), crate::time::wording_short(when), listed_bounds(&when.reading), members(when.canonical(), Zone::UTC));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*") {
        for dialect in [Dialect::default(), Dialect::EDTF] {
            if let Ok(when) = read(&text, &dialect) {
                holds(&when);
            }
        }
    }

    #[test]
    fn nearly_human_dates_are_read_or_refused(words in prop::collection::vec(prop::sample::select(HUMAN), 1..9), glue in "[ -/.–]") {
        let text = words.join(&glue);
        for order in [None, Some(DateOrder::Dmy), Some(DateOrder::Mdy), Some(DateOrder::Ymd)] {
            if let Ok(when) = read(&text, &Dialect { order, ..Dialect::default() }) {
                holds(&when);
            }
        }
    }

    #[test]
    fn nearly_dates_are_read_or_refused(text in "[-0-9XYESTZ:/., ?~%\\[\\]{}+]{0,24}") {
        if let Ok(when) = read(&text, &Dialect::EDTF) {
            holds(&when);
        }
    }

    #[test]
    fn dates_with_masks_are_read_or_refused(text in "[?~%]?-?[0-9X]{4}(-[?~%]?[0-9X]{2}){0,2}[?~%]?(/-?[0-9X]{4}(-[0-9X]{2}){0,2})?") {
        if let Ok(when) = read(&text, &Dialect::EDTF) {
            holds(&when);
        }
    }

    #[test]
    fn every_day_stands_where_it_is(days in -4_000_000_i64..2_932_000) {
        let (year, month, day) = crate::time::calendar::civil_from_days(days);
        let text = format!("{}{:04}-{month:02}-{day:02}", if year < 0 { "-" } else { "" }, year.abs());
        let when = read(&text, &Dialect::EDTF).unwrap();
        prop_assert_eq!(when.reading.extent, Extent::moment(days * 86_400_000, (days + 1) * 86_400_000));
    }
}

#[test]
fn a_range_as_an_end_bounds_that_end() {
    let at = |text: &str| read(text, &Dialect::EDTF).unwrap().reading.extent;
    let (whole, from, to) = (at("[1880..1885]/[1900..1902]"), at("[1880..1885]"), at("[1900..1902]"));
    assert_eq!((whole.earliest_start, whole.latest_start), (from.earliest_start, from.latest_end));
    assert_eq!((whole.earliest_end, whole.latest_end), (to.earliest_start, to.latest_end));
    for wrong in
        ["[1880,1885]/1900", "[..1885]/1900", "{1880..1885}/1900", "[1880..1885/1900", "[1885..1880]/1900", "[1880..1885]/1900/1901"]
    {
        assert!(read(wrong, &Dialect::EDTF).is_err(), "{wrong}");
    }
}
