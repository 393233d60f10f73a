//! What no file may do, tried on random tables and on damaged copies of good ones.

use std::io::Write as _;

use proptest::prelude::*;

use super::testing::read_with;
use super::{FormatError, Input};
use super::{Progress, ReadOptions, read_input};

const SAMPLES: &[(&str, &str)] = &[
    (
        "a.csv",
        "id,when,end,title,actors,sentence\r\ne1,2023-07-25,2023-07-27,Visit,A (host);B,\"He said \"\"come\"\",\r\nand went.\"\r\ne2,someday,,Talk,C,\r\n",
    ),
    ("a.tsv", "Date\tHeadline\tSource\n30/08/2023\tÀ propos\thttps://example.org/x\n31/08/2023\tSuite\thttps://example.org/y\n"),
    (
        "a.jsonl",
        "{\"when\":\"2023-08-30\",\"title\":\"é\",\"actors\":[\"A\",{\"name\":\"B\",\"role\":\"r\"}],\"x\":[1,{\"y\":null}]}\n{\"when\":\"2023\",\"title\":\"b\"}\n",
    ),
    (
        "a.json",
        "{\"chronolane\":1,\"actors\":[{\"id\":\"a\",\"name\":\"A\"}],\"events\":[{\"when\":\"2023-08\",\"title\":\"x\",\"actors\":[\"a\"],\"evidence\":[{\"quote\":\"q\",\"source\":\"s\"}]},{\"title\":\"y\"}]}",
    ),
    // Event data, forensics, calendars.
    ("quads.txt", "Ruritania\tMake a visit\tGraustark\t2014-03-06\nGraustark\tVeto\tRuritania\t2014-02-30\n"),
    (
        "icews.tab",
        "Event ID\tEvent Date\tSource Name\tEvent Text\tCAMEO Code\tTarget Name\tCity\n5\t2018-06-01\tÉmigrés\tVeto\t129\t\"B\"\tNA\n",
    ),
    (
        "acled.csv",
        "event_date,time_precision,event_type,actor1,assoc_actor_1,location,notes\n05 January 2020,2,Riots,A,\"B; C\",X,\"They \"\"met\"\".\"\n31/12/2020,3,Riots,A,,,\n",
    ),
    (
        "ged.csv",
        "id,type_of_violence,side_a,side_b,source_headline,date_prec,date_start,date_end\n1,3,A,B,\"x;y\",4,2016-01-01 00:00:00.000,2016-01-31\n",
    ),
    (
        "sketch.csv",
        "message,timestamp,datetime,timestamp_desc,tag\nA,1437764461000000,2015-07-24T19:01:01+00:00,é,\"['a','b']\"\nB,1435789661123456, ,x,[]\n",
    ),
    ("sketch.jsonl", "{\"message\":\"é\",\"datetime\":\"2015-07-24T19:01:01Z\",\"timestamp_desc\":\"x\",\"tag\":[\"a\"]}\n"),
    (
        "plaso.jsonl",
        "{\"__container_type__\":\"event\",\"date_time\":{\"__class_name__\":\"Filetime\"},\"message\":\"m\",\"timestamp\":1331698658276340,\"timestamp_desc\":\"x\"}\n",
    ),
    (
        "l2t.csv",
        "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc\n01/22/2012,07:52:33,Europe/Berlin,M...,LOG,x,y,-,h,s,é\n00/00/0000,--:--:--,UTC,M...,LOG,x,y,-,h,s,d\n",
    ),
    ("a.tln", "1327218753|LOG|ws|-|2012-01-22T07:52:33.25+00:00; Creation; é|UTC|x\n0|REG|ws|x|Never|UTC|-\n"),
    ("bodyfile", "# x\n0|/é|b|12|r/rrw|0|0|1|1337961564.5|1337961563|-1|0\n0|/a|12|r/rrw|0|0|1|0|0|0|0\n"),
    (
        "a.ics",
        "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:u\r\nSUMMARY:é\\, \r\n  b\r\nDTSTART;TZID=X:20230301T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3;BYDAY=MO,-1TU\r\nEXDATE:20230302T100000\r\nEXRULE:FREQ=WEEKLY;COUNT=2\r\nRDATE;VALUE=PERIOD:20230401T080000Z/PT2H\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20230301T100000\r\nDTSTART:20230301\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ),
    // Other timeline programs.
    (
        "a.tl3.json",
        "{\"title\":{\"text\":{\"headline\":\"T\"}},\"events\":[{\"start_date\":{\"year\":\"622\",\"month\":8},\"text\":{\"headline\":\"<b>é</b>\",\"text\":\"<p>x\"},\"media\":{\"url\":\"u\"}}],\"eras\":[{}]}",
    ),
    ("a.tl2.json", "{\"timeline\":{\"date\":[{\"startDate\":\"2012,1,26\",\"headline\":\"A\",\"asset\":{\"media\":\"<i>x\"}}]}}"),
    ("a.tl.csv", "Year,Month,Time,End Year,Display Date,Headline,Type\n1815,12,10:00,1852,x,Ada,\n,,,,,T,title\n1,,,2,,E,era\n"),
    (
        "a.simile.xml",
        "<!DOCTYPE d [<!ENTITY x \"y\">]><data><event start=\"Nov 14 1840 00:00:00 GMT\" latestStart='1841' end=\"1850\" isDuration=\"true\" title=\"é &x;\">a &lt;b&gt;<![CDATA[c]]></event></data>",
    ),
    ("a.simile.json", "{\"dateTimeFormat\":\"iso8601\",\"events\":[{\"start\":\"2001\",\"end\":\"2002\",\"title\":\"é\"}]}"),
    (
        "a.timeline",
        "<timeline><timetype>gregoriantime</timetype><eras><era><name>E</name></era></eras><events><event><start>-473-03-15 00:00:00</start><end>2013-07-07 10:00:00</end><text>[2]é</text><fuzzy>True</fuzzy></event></events></timeline>",
    ),
    (
        "a.aeon.csv",
        "Type,Display ID,Label,Start Date,Latest Start Date,Earliest End Date,End Date,Participant\nEvent,E1,é,BC 1-11-19,,,2 ,\"A,B\"\nCharacter,C,A,,,,,\n",
    ),
    (
        "a.cz.json",
        "{\"timelines\":[{\"timeline\":{\"start\":1981.25,\"end\":9999,\"title\":\"é\",\"exhibits\":[{\"time\":-1.5,\"title\":\"x\",\"contentItems\":[{\"description\":\"d\"}]}]}}]}",
    ),
    (
        "a.periodo.json",
        "{\"authorities\":{\"a\":{\"source\":{\"title\":\"é\"},\"periods\":{\"p\":{\"label\":\"L\",\"start\":{\"in\":{\"earliestYear\":\"-9\",\"latestYear\":\"1\"}},\"stop\":{\"label\":\"now\"}}}}}}",
    ),
    (
        "a.mw",
        "title: é\n#T: red\ngroup G #T\n1930 - 1967: Memex\n[p](location) [w](https://w)\n5 days: B\n2020-02-22T12:13:14Z-now: C !c\nafter !c 1 week: D\n2020 every 2 weeks: E\nendGroup\n",
    ),
    ("a.md", "---\ndate: 2023-08-30\ntitle: 'é'\nactors: [A, B]\nsources:\n- url: https://x\n---\nBody.\n"),
    ("a.yaml", "events:\n- date: 2023-08-30\n  title: é\n- {date: &d 2024, title: *d, x: |\n   y}\n"),
    ("a.vis.json", "{\"items\":[{\"content\":\"é\",\"start\":1397606400000,\"group\":1}],\"groups\":[{\"id\":1,\"content\":\"<b>G\"}]}"),
];

/// All samples, and those that no literal can show well.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut all: Vec<(&'static str, Vec<u8>)> = SAMPLES.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    let gdelt = |id: u32, day: &str, actor: &str| {
        let mut cells = vec![""; 61];
        let id = id.to_string();
        (cells[0], cells[1], cells[6], cells[16], cells[26], cells[29]) = (&id, day, actor, "GRAUSTARK", "1384", "4");
        (cells[52], cells[60]) = ("\"Old\" Port", "https://example.org/é");
        cells.join("\t") + "\n"
    };
    let rows = [gdelt(7, "20180101", "RURITANIA"), gdelt(8, "20180132", ""), gdelt(9, "20180103", "É")].concat();
    all.push(("20180101.export.CSV", rows.into_bytes()));
    all
}

/// What is done to a copy of a file.
#[derive(Clone, Debug)]
enum Harm {
    /// A line stands twice, or a thousand times.
    Lines(prop::sample::Index, usize),
    /// Bytes stand where none should.
    Bytes(prop::sample::Index, &'static [u8]),
    /// A letter is repeated until its field is huge.
    Huge(prop::sample::Index),
    /// Lines end in other ways, each in the next.
    Ends,
}

fn harms() -> impl Strategy<Value = Harm> {
    let at = any::<prop::sample::Index>;
    let bytes: [&'static [u8]; 9] =
        [b"\0", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\"", b"<![CDATA[", b"\0\0\0\0\0\0\0\0"];
    prop_oneof![
        (at(), prop_oneof![Just(2_usize), Just(1_000)]).prop_map(|(at, times)| Harm::Lines(at, times)),
        (at(), prop::sample::select(bytes.to_vec())).prop_map(|(at, bytes)| Harm::Bytes(at, bytes)),
        at().prop_map(Harm::Huge),
        Just(Harm::Ends),
    ]
}

fn harmed(bytes: &[u8], harm: &Harm) -> Vec<u8> {
    let spliced = |at: &prop::sample::Index, inner: &[u8]| {
        let at = at.index(bytes.len() + 1);
        [&bytes[..at], inner, &bytes[at..]].concat()
    };
    match harm {
        Harm::Lines(at, times) => {
            let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            let at = at.index(lines.len());
            let repeated = (0..lines.len()).flat_map(|line| {
                std::iter::repeat_n(lines[line], if line == at { (*times).min(2 + 100_000 / lines[line].len()) } else { 1 })
            });
            repeated.collect::<Vec<_>>().concat()
        }
        Harm::Bytes(at, inner) => spliced(at, inner),
        Harm::Huge(at) => spliced(at, &bytes[at.index(bytes.len())..][..1].repeat(20_000)),
        Harm::Ends => {
            let ends: [&[u8]; 3] = [b"\r\n", b"\r", b"\n"];
            let lines = bytes.split(|byte| *byte == b'\n').enumerate();
            lines.flat_map(|(number, line)| [line, ends[number % 3]].concat()).collect()
        }
    }
}

/// Whatever it holds, a file gives events that all are accounted for (`read_with` checks it), or an error with its name.
fn is_sound(name: &str, bytes: &[u8]) {
    if let Err(error) = read_with(name, bytes, &ReadOptions::default()) {
        assert!(error.to_string().contains(name), "{error}");
    }
}

proptest! {
    #[test]
    fn any_bytes_give_events_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400), which in 0..SAMPLES.len()) {
        is_sound(SAMPLES[which].0, &bytes);
    }

    #[test]
    fn any_text_gives_events_or_an_error(text in "[ -~\n\r\t,;\"{}\\[\\]:éß\u{1F600}]{0,300}", which in 0..SAMPLES.len()) {
        is_sound(SAMPLES[which].0, text.as_bytes());
    }

    #[test]
    fn a_damaged_copy_gives_events_or_an_error(which in 0..SAMPLES.len() + 1, cut in any::<prop::sample::Index>(), flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)) {
        let (name, mut bytes) = samples().swap_remove(which);
        for (at, flip) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        is_sound(name, &bytes);
    }

    #[test]
    fn every_row_of_a_random_table_is_accounted_for(
        rows in proptest::collection::vec((prop_oneof!["[0-9]{4}-[0-9]{2}-[0-9]{2}", "[a-z]{0,6}", "[0-9]{4}"], "[ -~]{0,20}", "[ -~\n]{0,20}"), 1..40),
        delimiter in prop_oneof![Just(b','), Just(b';'), Just(b'\t'), Just(b'|')],
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["when", "title", "sentence"]).unwrap();
        for (when, title, sentence) in &rows {
            writer.write_record([when, title, sentence]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let blank = rows.iter().filter(|(when, title, sentence)| [when, title, sentence].iter().all(|cell| cell.trim().is_empty())).count();
        let (ledger, kept) = read_with("random.csv", &bytes, &ReadOptions { format: Some("csv".to_owned()), ..ReadOptions::default() }).unwrap();
        prop_assert_eq!(ledger.rows as usize, rows.len() - blank);
        let full = rows.iter().filter(|(when, title, sentence)| [when, title, sentence].iter().any(|cell| !cell.trim().is_empty()));
        for (event, (_, title, _)) in kept.shown.iter().zip(full) {
            prop_assert_eq!(&event.title, super::native::unprotected(title).trim());
        }
    }
}

/// Wants to stop from the first question on.
struct Impatient;

impl Progress for Impatient {
    fn at(&self, _bytes_done: u64, _bytes_total: u64, _events: u64) {}

    fn cancelled(&self) -> bool {
        true
    }
}

#[test]
fn a_cancelled_reader_stops_at_once() {
    for &(name, text) in SAMPLES {
        let mut kept = super::testing::Kept::default();
        let input = Input::from_bytes(name, text.as_bytes());
        let failed = read_input(&input, &ReadOptions::default(), &mut kept, &Impatient).unwrap_err();
        assert!(matches!(failed, FormatError::Cancelled { .. }), "{name}: {failed}");
        assert!(kept.shown.is_empty());
    }
}

#[test]
fn a_very_wide_and_a_very_long_row_are_read() {
    let names: Vec<String> = (0..10_000).map(|index| format!("c{index}")).collect();
    let text = format!("date,title,{}\n2023-08-30,x{}\n2023-08-31,{}\n", names.join(","), ",y".repeat(10_000), "z".repeat(3_000_000));
    let (ledger, kept) = super::testing::read("wide.csv", &text);
    assert_eq!((ledger.plotted, kept.shown[0].further.len(), kept.shown[1].title.len()), (2, 10_000, 3_000_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_put_into_a_copy_gives_events_or_an_error(which in 0..SAMPLES.len() + 1, harms in proptest::collection::vec(harms(), 1..3)) {
        let (name, bytes) = &samples()[which];
        is_sound(name, &harms.iter().fold(bytes.clone(), |bytes, harm| harmed(&bytes, harm)));
    }

    #[test]
    fn a_damaged_packed_file_gives_events_or_an_error(which in 0..2_usize, cut in any::<prop::sample::Index>(), flips in proptest::collection::vec((any::<prop::sample::Index>(), 1_u8..), 0..3)) {
        let (name, text) = [SAMPLES[0], SAMPLES[2]][which];
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.repeat(20).as_bytes()).unwrap();
        let mut bytes = packer.finish().unwrap();
        for (at, flip) in &flips {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        if flips.is_empty() {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("{name}.gz"));
        std::fs::write(&path, bytes).unwrap();
        let mut kept = super::testing::Kept::default();
        match super::read_file(&path, &ReadOptions::default(), &mut kept, &super::Silent) {
            Ok(ledger) => prop_assert_eq!(ledger.rows, kept.shown.len() as u64 + ledger.rejected),
            Err(error) => prop_assert!(error.to_string().contains(".gz"), "{error}"),
        }
    }
}

/// Every format with what it nests, a hundred thousand deep.
#[test]
fn nesting_of_any_depth_gives_events_or_an_error() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    let (lists, objects) = (deep("[", "]"), deep("{\"a\":", "}"));
    for inner in [lists.as_str(), &objects] {
        for (name, text) in [
            ("a.jsonl", format!("{{\"when\":\"2023\",\"title\":{inner}}}\n{{\"when\":\"2023\",\"title\":\"x\"}}\n")),
            ("a.json", format!("{{\"chronolane\":1,\"events\":[{{\"when\":\"2023\",\"x\":{inner}}}]}}")),
            ("b.json", format!("{{\"a\":{inner},\"events\":[{{\"date\":\"2023\",\"title\":\"x\"}}]}}")),
            ("c.json", inner.to_owned()),
            ("a.tl3.json", format!("{{\"events\":[{{\"start_date\":{{\"year\":\"2023\"}},\"text\":{inner}}}]}}")),
            ("a.cz.json", format!("{{\"timelines\":[{{\"timeline\":{inner},\"exhibits\":[]}}]}}")),
            ("a.periodo.json", format!("{{\"authorities\":{{\"a\":{{\"periods\":{inner}}}}}}}")),
            ("a.simile.json", format!("{{\"dateTimeFormat\":\"iso8601\",\"events\":[{{\"start\":\"2001\",\"x\":{inner}}}]}}")),
            ("a.vis.json", format!("{{\"items\":[{{\"content\":{inner},\"start\":\"2001\"}}]}}")),
            ("a.yaml", format!("date: 2023\ntitle: x\nd: {inner}\n")),
        ] {
            is_sound(name, text.as_bytes());
        }
    }
    let sections = "section x\n".repeat(100_000);
    is_sound("a.mw", format!("title: x\n{sections}2023: A\n2024: B\n2025: C\n").as_bytes());
    is_sound("a.md", format!("---\ndate: 2023\ntitle: {}\n---\n", "- ".repeat(100_000)).as_bytes());
    is_sound("a.ics", deep("BEGIN:VCALENDAR\r\n", "END:VCALENDAR\r\n").as_bytes());
    for (name, open, close) in
        [("a.simile.xml", "<data>", "</data>"), ("a.timeline", "<timeline><events><event>", "</event></events></timeline>")]
    {
        is_sound(name, deep(open, close).as_bytes());
        is_sound(name, format!("{open}{}{close}", deep("<a>", "</a>")).as_bytes());
    }
    let html = deep("<div>", "</div>");
    is_sound("a.csv", format!("date,headline\n2023-08-30,{html}x\n2023-08-31,y\n").as_bytes());
}

#[test]
fn ten_thousand_columns_are_read_in_every_kind_of_table() {
    let (names, cells) = ((0..10_000).map(|at| format!("c{at}")).collect::<Vec<_>>(), vec!["x"; 10_000]);
    for (name, text) in SAMPLES {
        let glue = match name.rsplit('.').next() {
            Some("csv") => ",",
            Some("tab") => "\t",
            _ => continue,
        };
        let Some((header, row)) = text.split_once('\n') else { continue };
        let row = row.lines().next().unwrap_or_default();
        let wide = format!("{}{glue}{}\n{row}{glue}{}\n", header.trim_end(), names.join(glue), cells.join(glue));
        is_sound(name, wide.as_bytes());
    }
    let fields: Vec<String> = names.iter().map(|name| format!("\"{name}\":1")).collect();
    let object = format!("{{\"date\":\"2023-08-30\",\"title\":\"x\",{}}}", fields.join(","));
    for (name, text) in [("w.jsonl", format!("{object}\n{object}\n")), ("w.json", format!("[{object},{object}]"))] {
        let (ledger, kept) = super::testing::read(name, &text);
        assert_eq!((ledger.plotted, kept.shown[0].further.len()), (2, 10_000), "{name}");
    }
}

#[test]
fn the_entities_of_a_bomb_are_not_put_in() {
    let bomb = b"<!DOCTYPE d [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><data><event start=\"2001\" title=\"&b;\"/></data>";
    let (ledger, kept) = read_with("bomb.xml", bomb, &ReadOptions::default()).unwrap();
    assert_eq!((ledger.plotted, kept.shown[0].title.as_str()), (1, "&b;"));
    let bomb = b"<!DOCTYPE t [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><timeline><timetype>gregoriantime</timetype><events><event><start>2001-01-01 00:00:00</start><end>2001-01-01 00:00:00</end><text>&b;</text></event></events></timeline>";
    let (ledger, kept) = read_with("bomb.timeline", bomb, &ReadOptions::default()).unwrap();
    assert_eq!((ledger.plotted, kept.shown[0].title.as_str()), (1, "&b;"));
}
