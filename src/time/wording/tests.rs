//! What people read, for every form of date.

use super::*;
use crate::time::{Dialect, read};

fn said(text: &str) -> String {
    wording(&read(text, &Dialect::EDTF).unwrap())
}

fn said_short(text: &str) -> String {
    wording_short(&read(text, &Dialect::EDTF).unwrap())
}

/// EDTF, in full, in short.
const WORDS: &[(&str, &str, &str)] = &[
    ("2023-08-30", "Wednesday 30 August 2023", "30 Aug 2023"),
    ("2023-08", "August 2023", "Aug 2023"),
    ("2023", "2023", "2023"),
    ("1920~", "c. 1920", "c. 1920"),
    ("1984?", "1984 (uncertain)", "1984?"),
    ("1984%", "c. 1984 (uncertain)", "c. 1984?"),
    ("2004-06~-11", "Friday 11 June 2004 (year and month approximate)", "c. 11 Jun 2004"),
    ("2004-06-?11", "Friday 11 June 2004 (day uncertain)", "11 Jun 2004?"),
    ("2021-21", "Spring 2021", "Spring 2021"),
    ("2021-29", "Spring 2021 (southern hemisphere)", "Spring 2021 (S)"),
    ("2019-35", "third quarter of 2019", "Q3 2019"),
    ("2019-41", "second half of 2019", "second half of 2019"),
    ("156X", "1560s", "1560s"),
    ("15XX", "1500s", "1500s"),
    ("1XXX", "between 1000 and 1999", "1000–1999"),
    ("-01XX", "between 200 and 101 BCE", "200–101 BCE"),
    ("00XX", "between 1 BCE and 99 CE", "1 BCE – 99 CE"),
    ("XXXX", "year unknown", "year unknown"),
    ("1985-XX-XX", "1985", "1985"),
    ("1985-04-XX", "April 1985", "Apr 1985"),
    ("156X-12-25", "25 December, 1560s", "25 Dec, 1560s"),
    ("2004-06-1X", "between 10 and 19 June 2004", "10–19 Jun 2004"),
    ("1950S2", "about 1950 (between 1900 and 1999)", "about 1950"),
    ("[1880..1885]/[1900..1902]", "begun between 1880 and 1885, ended between 1900 and 1902", "from 1880–1885 to 1900–1902"),
    ("[1880..1885]/1900", "from between 1880 and 1885 to 1900", "from 1880–1885 to 1900"),
    ("[1880..1885]/..", "since between 1880 and 1885", "since 1880–1885"),
    ("-0043", "44 BCE", "44 BCE"),
    ("-0043-03-15", "15 March 44 BCE", "15 Mar 44 BCE"),
    ("0034", "34 CE", "34 CE"),
    ("Y-11999", "12,000 BCE", "12,000 BCE"),
    ("Y-17E7", "170 million BCE", "170 million BCE"),
    ("2023-07-25/2023-07-27", "25 to 27 July 2023", "25–27 Jul 2023"),
    ("2023-07-28/2023-08-30", "28 July to 30 August 2023", "28 Jul – 30 Aug 2023"),
    ("2022-12-28/2023-01-03", "28 December 2022 to 3 January 2023", "28 Dec 2022 – 3 Jan 2023"),
    ("2023-07/2023-08", "July to August 2023", "Jul–Aug 2023"),
    ("1964/2008", "1964 to 2008", "1964–2008"),
    ("-0054/-0043", "55 to 44 BCE", "55–44 BCE"),
    ("-0043/0034", "44 BCE to 34 CE", "44 BCE – 34 CE"),
    ("1984?/2004-06~", "1984 (uncertain) to c. June 2004", "1984?–c. Jun 2004"),
    ("2004/2004", "during 2004", "during 2004"),
    ("2022-02-24/..", "since Thursday 24 February 2022", "since 24 Feb 2022"),
    ("2022-02/..", "since February 2022", "since Feb 2022"),
    ("../2006", "until 2006", "until 2006"),
    ("2004/", "from 2004, end unknown", "2004 – ?"),
    ("/2006", "until 2006, start unknown", "? – 2006"),
    ("[2023-07-28..2023-08-30]", "between 28 July and 30 August 2023", "28 Jul – 30 Aug 2023"),
    ("[1667,1668,1670]", "one of 1667, 1668 or 1670", "1667, 1668 or 1670"),
    ("{1960,1961-12}", "all of 1960 and December 1961", "1960 and Dec 1961"),
    ("[1667,1668,1670..1672]", "one of 1667, 1668 or 1670 to 1672", "1667, 1668 or 1670–1672"),
    ("[..1984]", "1984 or earlier", "1984 or earlier"),
    ("2023-08-30T23:30:00-05:00", "30 August 2023, 23:30:00 (UTC-05:00; 31 August 04:30:00 UTC)", "30 Aug 2023, 23:30:00 (UTC-05:00)"),
    ("2023-12-31T23:30-05:00", "31 December 2023, 23:30 (UTC-05:00; 1 January 2024 04:30 UTC)", "31 Dec 2023, 23:30 (UTC-05:00)"),
    ("2023-08-30T10:00:00Z", "30 August 2023, 10:00:00 UTC", "30 Aug 2023, 10:00:00 UTC"),
    ("2023-08-30T10:00:00.120", "30 August 2023, 10:00:00.120", "30 Aug 2023, 10:00:00.120"),
    ("2023-08-30 10:00", "30 August 2023, 10:00", "30 Aug 2023, 10:00"),
    ("2023-08-30T10:00:00Z/2023-08-30T12:30:00Z", "30 August 2023, 10:00:00 to 12:30:00 UTC", "30 Aug 2023, 10:00:00 – 12:30:00 UTC"),
];

#[test]
fn words() {
    for (text, full, short) in WORDS {
        assert_eq!(said(text), *full, "{text}");
        assert_eq!(said_short(text), *short, "{text}");
    }
}

fn ms(text: &str) -> i64 {
    read(text, &Dialect::EDTF).unwrap().reading.extent.earliest_start
}

#[test]
fn pointer() {
    let at = ms("2023-08-16T14:05:06");
    let day = 86_400_000.0;
    for (ms_per_px, words) in [
        (1.0, "16 Aug 2023, 14:05:06.000"),
        (500.0, "16 Aug 2023, 14:05:06"),
        (60_000.0, "16 Aug 2023, 14:05"),
        (day / 4.0, "16 August 2023"),
        (day * 5.0, "August 2023"),
        (day * 200.0, "2023"),
        (day * 3000.0, "2020"),
        (f64::NAN, "16 August 2023"),
        (f64::INFINITY, "1 CE"),
    ] {
        assert_eq!(pointer_text(at, ms_per_px, None), words, "{ms_per_px}");
    }
    assert_eq!(playhead_text(at, day / 4.0), "16 Aug 2023");
    assert_eq!(pointer_text(ms("-0043"), day * 100.0, None), "44 BCE");
    assert_eq!(pointer_text(ms("Y-12000"), day * 365.0 * 900.0, None), "12,000 BCE");
    let _ = (pointer_text(i64::MAX, 1e300, None), pointer_text(i64::MIN, 0.0, None));
}

#[test]
fn spans() {
    let span = |from, to| span_text(ms(from), ms(to));
    assert_eq!(span("2023-07-20T13:00", "2023-09-05T15:00"), "20 Jul – 5 Sep 2023 · 47 days");
    assert_eq!(span("2023-07-20", "2023-09-06"), "20 Jul – 5 Sep 2023 · 48 days");
    assert_eq!(span("2023-07-20", "2023-07-21"), "20 Jul 2023 · 1 day");
    assert_eq!(span("2023-07-20T10:00", "2023-07-20T14:15"), "20 Jul 2023, 10:00 – 14:15 · 4 hours 15 minutes");
    assert_eq!(span("2023-07-20T10:00", "2023-07-20T10:00:05.5"), "20 Jul 2023, 10:00:00.000 – 10:00:05.500 · 6 seconds");
    assert_eq!(span("1948", "2024"), "1948 – 2023 · 76 years");
    assert_eq!(span("-0043", "0035"), "44 BCE – 34 CE · 78 years");
    assert_eq!(span("2022", "2023-03"), "1 Jan 2022 – 28 Feb 2023 · 14 months");
    assert_eq!(year_range_text(ms("1948"), ms("2024")), "1948 – 2023");
    assert_eq!(year_range_text(ms("2023"), ms("2024")), "2023");
    let _ = (span_text(i64::MIN, i64::MAX), span_text(i64::MAX, i64::MIN), year_range_text(i64::MIN, i64::MAX), span_text(0, 0));
}

#[test]
fn the_pointer_names_the_zone_at_a_time_of_day() {
    let berlin = Zone::parse("Europe/Berlin").ok();
    let at = |text| ms(text);
    assert_eq!(pointer_text(at("2023-08-30T14:05"), 60_000.0, berlin), "30 Aug 2023, 14:05 Europe/Berlin");
    assert_eq!(pointer_text(at("2023-08-30T14:05"), 86_400_000.0, berlin), "30 August 2023");
    assert_eq!(pointer_text(at("2023-03-26T02:30"), 60_000.0, berlin), "26 Mar 2023, 02:30 Europe/Berlin, skipped by its clocks");
    assert_eq!(pointer_text(at("2023-10-29T02:30"), 60_000.0, berlin), "29 Oct 2023, 02:30 Europe/Berlin, shown twice by its clocks");
}
