//! What no file may do, tried on random tables and on damaged copies of good ones.

mod samples;

use std::io::Write as _;

use proptest::prelude::*;
use proptest::sample::Index;

use super::testing::read_with;
use super::{FormatError, Input, Progress, ReadOptions, read_input};
use samples::{SAMPLES, samples};

/// What is done to a copy of a file.
#[derive(Clone, Debug)]
enum Harm {
    /// A line stands twice, or a thousand times.
    Lines(Index, usize),
    /// Bytes stand where none should.
    Bytes(Index, &'static [u8]),
    /// A letter is repeated until its field is huge.
    Huge(Index),
    /// Lines end in other ways, each in the next.
    Ends,
    /// A stretch stands at another place too, so often.
    Copied(Index, usize, Index, usize),
    /// A stretch is missing.
    Missing(Index, usize),
    /// A number is another.
    Number(Index, &'static str),
    /// The text is in another encoding, with its mark.
    Encoded(Encoding),
}

#[derive(Clone, Copy, Debug)]
enum Encoding {
    Utf8,
    Utf16Little,
    Utf16Big,
    Latin1,
}

/// Numbers that no date, count or length should be, and some that few are.
const NUMBERS: [&str; 22] = [
    "0",
    "00",
    "-0",
    "-1",
    "1",
    "29",
    "31",
    "32",
    "53",
    "60",
    "366",
    "367",
    "0000",
    "9999",
    "10000",
    "65536",
    "2147483648",
    "-2147483649",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999999",
    "1e308",
];

fn harms() -> impl Strategy<Value = Harm> {
    let at = any::<Index>;
    let bytes: [&'static [u8]; 9] =
        [b"\0", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\"", b"<![CDATA[", b"\0\0\0\0\0\0\0\0"];
    let encodings = [Encoding::Utf8, Encoding::Utf16Little, Encoding::Utf16Big, Encoding::Latin1];
    prop_oneof![
        (at(), prop_oneof![Just(2_usize), Just(1_000)]).prop_map(|(at, times)| Harm::Lines(at, times)),
        (at(), prop::sample::select(bytes.to_vec())).prop_map(|(at, bytes)| Harm::Bytes(at, bytes)),
        at().prop_map(Harm::Huge),
        Just(Harm::Ends),
        (at(), 1..60_usize, at(), prop_oneof![4 => Just(1_usize), 1 => Just(200)])
            .prop_map(|(from, length, to, times)| Harm::Copied(from, length, to, times)),
        (at(), 1..30_usize).prop_map(|(at, length)| Harm::Missing(at, length)),
        (at(), prop::sample::select(NUMBERS.to_vec())).prop_map(|(at, number)| Harm::Number(at, number)),
        prop::sample::select(encodings.to_vec()).prop_map(Harm::Encoded),
    ]
}

/// Where the runs of digits are.
fn numbers(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        match found.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

fn harmed(bytes: &[u8], harm: &Harm) -> Vec<u8> {
    let put = |at: usize, end: usize, inner: &[u8]| [&bytes[..at], inner, &bytes[end..]].concat();
    let stretch = |from: &Index, length: usize| {
        let from = from.index(bytes.len() + 1);
        from..(from + length).min(bytes.len())
    };
    match harm {
        Harm::Lines(at, times) => {
            let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            let Some(at) = (!lines.is_empty()).then(|| at.index(lines.len())) else { return Vec::new() };
            let repeated = (0..lines.len()).flat_map(|line| {
                std::iter::repeat_n(lines[line], if line == at { (*times).min(2 + 100_000 / lines[line].len()) } else { 1 })
            });
            repeated.collect::<Vec<_>>().concat()
        }
        Harm::Bytes(at, inner) => {
            let at = at.index(bytes.len() + 1);
            put(at, at, inner)
        }
        Harm::Huge(at) => {
            let Some(at) = (!bytes.is_empty()).then(|| at.index(bytes.len())) else { return Vec::new() };
            put(at, at, &bytes[at..][..1].repeat(20_000))
        }
        Harm::Ends => {
            let ends: [&[u8]; 3] = [b"\r\n", b"\r", b"\n"];
            let lines = bytes.split(|byte| *byte == b'\n').enumerate();
            lines.flat_map(|(number, line)| [line, ends[number % 3]].concat()).collect()
        }
        Harm::Copied(from, length, to, times) => {
            let at = to.index(bytes.len() + 1);
            put(at, at, &bytes[stretch(from, *length)].repeat(*times))
        }
        Harm::Missing(at, length) => {
            let gone = stretch(at, *length);
            put(gone.start, gone.end, b"")
        }
        Harm::Number(at, number) => {
            let numbers = numbers(bytes);
            let Some(old) = (!numbers.is_empty()).then(|| numbers[at.index(numbers.len())].clone()) else { return bytes.to_vec() };
            put(old.start, old.end, number.as_bytes())
        }
        Harm::Encoded(encoding) => {
            let text = String::from_utf8_lossy(bytes);
            match encoding {
                Encoding::Utf8 => format!("\u{feff}{text}").into_bytes(),
                Encoding::Utf16Little => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
                Encoding::Utf16Big => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
                Encoding::Latin1 => text.chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')).collect(),
            }
        }
    }
}

/// Whatever it holds, a file gives events that all are accounted for (`read_with` checks it), or an error with its name.
fn is_sound(name: &str, bytes: &[u8]) {
    if let Err(error) = read_with(name, bytes, &ReadOptions::default()) {
        assert!(error.to_string().contains(name), "{error}");
    }
}

/// Fewer cases than usual of what costs more, unless `PROPTEST_CASES` asks for many.
pub(crate) fn few() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let cases = if usual.cases > 256 { usual.cases } else { 48 };
    ProptestConfig { cases, ..usual }
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
    fn a_damaged_copy_gives_events_or_an_error(which in 0..SAMPLES.len() + 1, cut in any::<Index>(), flips in proptest::collection::vec((any::<Index>(), any::<u8>()), 0..6)) {
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
    #![proptest_config(few())]

    #[test]
    fn what_is_put_into_a_copy_gives_events_or_an_error(which in 0..SAMPLES.len() + 1, harms in proptest::collection::vec(harms(), 1..4)) {
        let (name, bytes) = &samples()[which];
        is_sound(name, &harms.iter().fold(bytes.clone(), |bytes, harm| harmed(&bytes, harm)));
    }

    #[test]
    fn a_damaged_packed_file_gives_events_or_an_error(which in 0..2_usize, cut in any::<Index>(), flips in proptest::collection::vec((any::<Index>(), 1_u8..), 0..3)) {
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

/// Many of the same, each of which must not be compared with all before it: that would be billions of looks.
#[test]
fn what_is_there_a_hundred_thousand_times_is_read() {
    const MANY: usize = 100_000;
    let each = |one: &dyn Fn(usize) -> String| (0..MANY).map(one).collect::<String>();
    let attendees = each(&|at| format!("ATTENDEE;CN=A{at}:mailto:a\r\n"));
    let calendar = format!("BEGIN:VEVENT\r\nUID:u\r\nDTSTART:20230830\r\n{attendees}END:VEVENT\r\n");
    let (ledger, kept) = super::testing::read("a.ics", &calendar);
    assert_eq!((ledger.plotted, kept.shown[0].actors.len()), (1, MANY));
    let groups = each(&|at| format!("group G{at}\nendGroup\n"));
    let (ledger, kept) = super::testing::read("a.mw", &format!("title: x\n{groups}2023: a\n"));
    assert_eq!((ledger.plotted, kept.tables.map_or(0, |tables| tables.kinds.len())), (1, MANY));
    let wide = format!("date,title{}\n2023-08-30,x{}\n2023-08-31,x\n", ",a".repeat(MANY), ",y".repeat(MANY));
    let (ledger, kept) = super::testing::read("a.csv", &wide);
    assert_eq!((ledger.plotted, kept.shown[0].further.len()), (2, MANY));
    let fields = each(&|at| format!("\"k{at}\":1,"));
    let (ledger, kept) =
        super::testing::read("a.json", &format!("[{{\"date\":\"2023\",\"title\":\"x\",{fields}\"properties\":{{{fields}\"z\":1}}}}]"));
    assert_eq!((ledger.plotted, kept.shown[0].further.len()), (1, 2 * MANY + 1));
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
