//! What no file may do, tried on random tables and on damaged copies of good ones.

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
    fn a_damaged_copy_gives_events_or_an_error(which in 0..SAMPLES.len(), cut in any::<prop::sample::Index>(), flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)) {
        let (name, text) = SAMPLES[which];
        let mut bytes = text.as_bytes().to_vec();
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

#[test]
fn the_entities_of_a_bomb_are_not_put_in() {
    let bomb = b"<!DOCTYPE d [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><data><event start=\"2001\" title=\"&b;\"/></data>";
    let (ledger, kept) = read_with("bomb.xml", bomb, &ReadOptions::default()).unwrap();
    assert_eq!((ledger.plotted, kept.shown[0].title.as_str()), (1, "&b;"));
}
