//! Phrases with what they mean on a Wednesday, and that no phrase breaks anything.

use super::*;
use proptest::prelude::*;

/// Wednesday.
const SAID: &str = "2023-08-30";

fn meant(text: &str) -> Vec<String> {
    phrase(text, SAID, &Dialect::default()).map(|found| found.into_iter().map(|one| one.edtf).collect()).unwrap_or_default()
}

#[test]
fn phrases_and_their_days() {
    for (text, wanted) in [
        ("today", "2023-08-30"),
        ("yesterday", "2023-08-29"),
        ("The day before yesterday", "2023-08-28"),
        ("last night", "2023-08-29"),
        ("tomorrow at noon", "2023-08-31"),
        ("earlier this month", "[2023-08-01..2023-08-30]"),
        ("later this year", "[2023-08-30..2023-12-31]"),
        ("this month", "2023-08"),
        ("last month", "2023-07"),
        ("next year", "2024"),
        ("last week", "[2023-08-21..2023-08-27]"),
        ("the coming months", "[2023-08-30..2024-02-29]"),
        ("in recent weeks", "[2023-07-19..2023-08-30]"),
        ("the past three days", "[2023-08-27..2023-08-30]"),
        ("three days later", "2023-09-02"),
        ("two days ago", "2023-08-28"),
        ("a few days ago", "[2023-08-24..2023-08-28]"),
        ("two weeks ago", "[2023-08-13..2023-08-19]"),
        ("five months ago", "2023-03"),
        ("10 years earlier", "2013"),
        ("in five days", "2023-09-04"),
        ("within a month", "[2023-08-30..2023-09-30]"),
        ("half a year ago", "2023-02"),
        ("Friday next week", "2023-09-08"),
        ("Tuesday of last week", "2023-08-22"),
        ("this Friday", "2023-09-01"),
        ("late last month", "[2023-07-21..2023-07-31]"),
        ("the end of the month", "[2023-08-21..2023-08-31]"),
        ("by the end of the year", "[2023-08-30..2023-12-31]"),
        ("the beginning of next week", "[2023-09-04..2023-09-06]"),
        ("last summer", "[2022-06-01..2022-08-31]"),
        ("next winter", "[2023-12-01..2024-02-29]"),
        ("last August", "2022-08"),
        ("2 days after next Friday", "2023-09-03"),
        ("since Monday", "2023-08-28/2023-08-30"),
        ("from Monday to Wednesday", "2023-08-28/2023-08-30"),
        ("today - next Friday", "2023-08-30/2023-09-01"),
        ("10 August", "2023-08-10"),
        ("Aug. 10th", "2023-08-10"),
        ("5 May 2021", "2021-05-05"),
        ("around Friday", "2023-08-25~"),
        ("first half of the year", "[2023-01-01..2023-07-02]"),
    ] {
        assert_eq!(meant(text).first().map(String::as_str), Some(wanted), "{text}: {:?}", meant(text));
    }
}

#[test]
fn what_can_mean_two_days_gives_both() {
    assert_eq!(meant("Wednesday"), ["2023-08-30", "2023-09-06"]);
    assert_eq!(meant("on Friday"), ["2023-08-25", "2023-09-01"]);
    assert_eq!(meant("next Friday"), ["2023-09-01", "2023-09-08"]);
    assert_eq!(meant("last Monday"), ["2023-08-28", "2023-08-21"]);
    assert_eq!(meant("04/05/2021"), ["2021-05-04", "2021-04-05"]);
    assert_eq!(meant("in January"), ["2024-01", "2023-01"]);
}

#[test]
fn the_reasoning_is_a_sentence() {
    let found = phrase("earlier this month", SAID, &Dialect::default()).unwrap();
    assert_eq!(found[0].reasoning, "'earlier this month', said on 30 August 2023: 1 to 30 August 2023");
    let found = phrase("yesterday", "August 2023", &Dialect::default()).unwrap();
    assert_eq!(found[0].edtf, "[2023-07-31..2023-08-30]");
    assert!(found[0].reasoning.starts_with("'yesterday', said in August 2023: "), "{}", found[0].reasoning);
}

#[test]
fn what_no_rule_knows_is_not_read() {
    for text in
        ["", "nowhere", "the harbour", "notoday", "May the force be with you", "a few hour", "this", "last", "between", "the second half"]
    {
        assert!(meant(text).is_empty(), "{text}: {:?}", meant(text));
    }
    assert!(phrase("today", "2023/..", &Dialect::default()).is_err());
    assert!(phrase("today", "soon", &Dialect::default()).is_err());
}

#[test]
fn a_phrase_of_many_turns_takes_no_time() {
    let began = std::time::Instant::now();
    for word in ["by", "since", "the end of", "a day after", "from", "last", "in", "about"] {
        assert!(meant(&[word; 16].join(" ")).is_empty());
        let _ = meant(&format!("{} Friday", [word; 12].join(" ")));
    }
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
}

#[test]
fn dates_that_contradict_each_other() {
    let extent = |text: &str| read(text, &Dialect::default()).unwrap().reading.extent;
    assert!(agrees(&extent("2023-08"), &extent("2023-08-30")));
    assert!(!agrees(&extent("2023-08"), &extent("2023-09-01")));
    assert!(agrees(&extent("2022/.."), &extent("2023-09-01")));
    let against = |text: &str, event: &str| {
        let readings = phrase(text, SAID, &Dialect::default()).ok()?;
        let date = in_any_zone(&read(event, &Dialect::EDTF).ok()?.reading);
        let fits = |reading: &PhraseReading| agrees(&extent(&reading.edtf), &date);
        if readings.iter().any(fits) { None } else { readings.into_iter().next().map(|reading| reading.edtf) }
    };
    assert_eq!(against("earlier this month", "2023-08-15"), None);
    assert_eq!(against("earlier this month", "2023-07"), Some("[2023-08-01..2023-08-30]".to_owned()));
    assert_eq!(against("Friday", "2023-09-01"), None);
    assert_eq!(against("nowhere", "2023-09-01"), None);
}

/// Found by fuzzing.
#[test]
fn each_reading_of_an_ambiguous_text_is_a_date() {
    for text in ["20a1-05-05", "20a21-05h-05", "5.2BC21990/."] {
        let readings = phrase(text, SAID, &Dialect::default()).unwrap_or_default();
        assert!(readings.iter().all(|reading| read(&reading.edtf, &Dialect::EDTF).is_ok()), "{text}: {readings:?}");
    }
}

const WORDS: &[&str] = &[
    "the",
    "last",
    "next",
    "this",
    "three",
    "days",
    "weeks",
    "month",
    "ago",
    "later",
    "earlier",
    "after",
    "before",
    "Friday",
    "week",
    "of",
    "end",
    "early",
    "in",
    "August",
    "10",
    "half",
    "a",
    "few",
    "since",
    "until",
    "from",
    "to",
    "-",
    "between",
    "and",
    "winter",
    "year",
    "about",
    "9pm",
    "12:30",
    "100000",
    "centuries",
    "past",
    "by",
    "weekend",
];

proptest! {
    #[test]
    fn any_phrase_is_read_or_refused(words in prop::collection::vec(prop::sample::select(WORDS), 1..8), days in -3_000_000_i64..2_900_000) {
        let text = words.join(" ");
        for anchor in [SAID.to_owned(), day_edtf(days), "1914/1918".to_owned()] {
            if let Ok(found) = phrase(&text, &anchor, &Dialect::default()) {
                for one in found {
                    prop_assert!(read(&one.edtf, &Dialect::EDTF).is_ok(), "{}: {}", text, one.edtf);
                }
            }
        }
    }

    #[test]
    fn any_text_is_no_trouble(text in "\\PC{0,40}", anchor in "\\PC{0,12}") {
        let _ = phrase(&text, SAID, &Dialect::default());
        let _ = phrase("yesterday", &anchor, &Dialect::default());
    }
}
