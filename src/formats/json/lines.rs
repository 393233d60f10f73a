//! JSON Lines: one object a line, with the native field names or any others.

use std::io::{BufRead, BufReader};

use super::actor_names::ActorNames;
use super::message_of;
use super::native::Fields;
use super::record::{Reader, Record};
use super::rows::{JsonRows, Objects, TakeText, VisitText, key_of};
use crate::formats::context::line_number;
use crate::formats::dates::trimmed;
use crate::formats::order::Settling;
use crate::formats::pieces::{self, Cut};
use crate::formats::rejected::Nothing;
use crate::formats::table::Rows;
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input, ReadOptions, Silent, TableChoice};
use crate::model::FileLedger;

/// JSON Lines.
pub struct JsonLines;

/// Lines by which it is told whether the fields have native names.
const SAMPLE: usize = 1000;
/// Bytes of a line that are read; a longer one is no record of an event.
const LONGEST_LINE: usize = 256 * 1024 * 1024;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn label(&self) -> &'static str {
        "JSON Lines"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "jsonlines"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let named = head.ends(self.endings());
        let mut lines = head.text.lines().filter(|line| !line.trim().is_empty());
        let is_object = |line: &str| line.trim_start().starts_with('{') && serde_json::from_str::<Fields<'_>>(line).is_ok();
        let first = lines.next().is_some_and(is_object);
        let second = lines.next().map(is_object);
        // A first line that goes on past the head is no object yet.
        let is_cut = second.is_none() && !head.whole && head.text.trim_start().starts_with('{');
        match (named, first || is_cut, second) {
            (_, true, Some(true)) | (true, true, _) => Confidence::Likely,
            (true, ..) if !head.text.trim().is_empty() => Confidence::Name,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let mut lines = Lines { input };
        let options = context.options;
        let is_native = begins_natively(input)? || is_native(&mut lines, context)?;
        if !is_native || !options.map.is_empty() {
            let key = kept_key(input, context);
            return JsonRows::new(lines, context)?.read(&key, context);
        }
        if !options.remembered.is_empty() {
            let key = kept_key(input, context);
            if TableChoice::remembered(options, &key).is_some() {
                return JsonRows::new(lines, context)?.read(&key, context);
            }
        }
        let mut dialect = context.options.dialect;
        if let Some(settling) = Settling::of(dialect) {
            let mut seen = 0;
            lines.each_first(context, &mut |_, _, text| {
                settling.add_record(text);
                seen += 1;
                Ok(settling.is_open() && seen < SAMPLE)
            })?;
            if settling.is_numeric() && settling.is_open() {
                lines.each(context, &mut |_, _, text| {
                    settling.add_record(text);
                    Ok(settling.is_open())
                })?;
            }
            dialect = settling.dialect(context);
        }
        let names = ActorNames::default();
        let reader = Reader { dialect, names: &names };
        let of_piece = |context: &mut Context<'_>, piece: &str, first_line: u64| {
            let mut record = Record::default();
            objects_of(piece, first_line, |line, text| {
                context.beat(0)?;
                take(&reader, &mut record, context, line, text);
                Ok(())
            })
        };
        if pieces::in_parallel(input, context, Cut::Lines, LONGEST_LINE, &of_piece)? {
            return Ok(());
        }
        lines.each(context, &mut |context, line, text| {
            take(&reader, &mut Record::default(), context, line, text);
            Ok(true)
        })
    }
}

/// The names by which a choice for a file of lines is kept: those of the fields in its first bytes, which are all that a preview sees.
pub(crate) fn line_key(input: &Input<'_>, options: &ReadOptions) -> Result<Vec<String>, FormatError> {
    let head = input.first_lines()?;
    let head = Input::from_bytes(input.name(), &head);
    let (mut ledger, mut nothing) = (FileLedger::new(input.name(), ""), Nothing);
    let mut context = Context::new(options, &mut ledger, &mut nothing, &Silent, 0);
    Ok(key_of(line_rows(&head, &mut context)?.columns()))
}

/// The same where any choice is kept. A file whose beginning has no objects has no key.
fn kept_key(input: &Input<'_>, context: &Context<'_>) -> Vec<String> {
    if context.options.remembered.is_empty() { Vec::new() } else { line_key(input, context.options).unwrap_or_default() }
}

/// The objects of a file of lines as the rows of a table.
pub(crate) fn line_rows<'i, 'a: 'i>(input: &'i Input<'a>, context: &mut Context<'_>) -> Result<impl Rows + use<'i, 'a>, FormatError> {
    JsonRows::new(Lines { input }, context)
}

/// Visits the objects of a piece of whole lines, each with the number of its line; true, as a piece always ends with a line.
fn objects_of<'p>(
    piece: &'p str,
    first_line: u64,
    mut visit: impl FnMut(u32, &'p str) -> Result<(), FormatError>,
) -> Result<bool, FormatError> {
    let (mut begin, mut line) = (0, first_line);
    let has_returns = memchr::memchr(b'\r', piece.as_bytes()).is_some();
    for end in memchr::memchr_iter(b'\n', piece.as_bytes()).chain([piece.len()]) {
        let text = &piece[begin..end.max(begin)];
        if has_returns {
            for text in parts_of(text) {
                visit(line_number(line), text)?;
            }
        } else {
            let text = trimmed(text);
            if !text.is_empty() {
                visit(line_number(line), text)?;
            }
        }
        (begin, line) = (end + 1, line + 1);
    }
    Ok(true)
}

/// What stands in a line: where carriage returns end lines as well, several objects may.
fn parts_of(line: &str) -> impl Iterator<Item = &str> {
    line.split('\r').map(str::trim).filter(|part| !part.is_empty())
}

/// Reads one line and says what became of it.
fn take<'a>(reader: &Reader<'_>, record: &mut Record<'a>, context: &mut Context<'_>, line: u32, text: &'a str) {
    context.count_record();
    match reader.read(text, record) {
        Ok(()) => {
            record.report(context.ledger, line);
            context.deliver(&record.event, line);
        }
        Err(error) => {
            let message = format!("The line is not an event: {}.", message_of(&error));
            context.ledger.reject(line, error.column() as u32, "", message, text);
        }
    }
}

/// Whether an object at the very beginning of the file names its date `when`: then a large file need not be looked through first.
fn begins_natively(input: &Input<'_>) -> Result<bool, FormatError> {
    let head = input.head_bytes()?;
    let Some(end) = memchr::memrchr(b'\n', &head) else { return Ok(false) };
    let Ok(text) = std::str::from_utf8(&head[..end]) else { return Ok(false) };
    let names_when = |fields: Fields<'_>| fields.0.iter().any(|(key, _)| key == "when");
    Ok(text.trim_start_matches('\u{feff}').lines().take(SAMPLE).filter_map(|line| serde_json::from_str(line).ok()).any(names_when))
}

/// Whether the first objects name their date `when`, or nothing can be told of them.
fn is_native(lines: &mut Lines<'_, '_>, context: &mut Context<'_>) -> Result<bool, FormatError> {
    let (mut seen, mut objects, mut native) = (0, 0, false);
    lines.each_first(context, &mut |_, _, text| {
        if let Ok(fields) = serde_json::from_str::<Fields<'_>>(text) {
            objects += 1;
            native |= fields.0.iter().any(|(key, _)| key == "when");
        }
        seen += 1;
        Ok(seen < SAMPLE && !native)
    })?;
    Ok(native || objects == 0)
}

/// The lines of a file that have something on them.
struct Lines<'i, 'a> {
    input: &'i Input<'a>,
}

impl Objects for Lines<'_, '_> {
    fn each_first(&mut self, context: &mut Context<'_>, visit: &mut VisitText<'_>) -> Result<(), FormatError> {
        let Some(sample) = self.input.beginning()? else { return self.each(context, visit) };
        for (line, text) in (1..).zip(sample.lines()) {
            for part in parts_of(text) {
                if !visit(context, line_number(line), part)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn in_pieces(&self, context: &mut Context<'_>, visit: &TakeText<'_>) -> Result<bool, FormatError> {
        pieces::in_parallel(self.input, context, Cut::Lines, LONGEST_LINE, &|context, piece, first_line| {
            objects_of(piece, first_line, |line, text| {
                context.beat(0)?;
                visit(context, line, text);
                Ok(())
            })
        })
    }

    fn each(&mut self, context: &mut Context<'_>, visit: &mut VisitText<'_>) -> Result<(), FormatError> {
        let mut reader = BufReader::with_capacity(256 * 1024, self.input.text_reader(context)?);
        let mut line = Vec::new();
        let mut number = 0_u64;
        loop {
            line.clear();
            let mut limited = std::io::Read::take(&mut reader, LONGEST_LINE as u64);
            let count = limited.read_until(b'\n', &mut line).map_err(|error| self.input.failed(error))?;
            if count == 0 {
                return Ok(());
            }
            if count >= LONGEST_LINE {
                return Err(FormatError::TooLarge { file: self.input.name().to_owned(), bytes: count as u64, limit: LONGEST_LINE as u64 });
            }
            number += 1;
            context.beat(reader.get_ref().bytes_done())?;
            // The reader gives UTF-8; a line of it is UTF-8 as well.
            let Ok(text) = std::str::from_utf8(&line) else { continue };
            for part in parts_of(text) {
                if !visit(context, line_number(number), part)? {
                    return Ok(());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{read, same_in_pieces};

    const MIXED: &str = "{\"when\":\"2023-08-30\",\"title\":\"whole\",\"actors\":[\"A\",{\"name\":\"B\",\"role\":\"host\"}],\"sentence\":\"They met.\",\"source\":\"Wire\",\"depth\":{\"m\":1.50}}\n\
        {\"when\":\"2023-08-31\",\"title\":\"cut of\n{\"when\":\"someday\",\"title\":\"unreadable\"}\n{\"title\":\"no date\"}\n\n{\"when\":\"2023-02-30\",\"title\":\"no such day\"}\n";

    #[test]
    fn a_broken_line_costs_one_row_and_keeps_its_number() {
        let (ledger, kept) = read("x.jsonl", MIXED);
        assert_eq!((ledger.rows, ledger.plotted, ledger.undated, ledger.rejected), (5, 1, 3, 1));
        let lines: Vec<u32> = ledger.problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [2, 3, 4, 6]);
        let first = &kept.shown[0];
        assert_eq!(first.actors, [("A".to_owned(), String::new()), ("B".to_owned(), "host".to_owned())]);
        assert_eq!(first.evidence[0][..2], ["They met.".to_owned(), "Wire".to_owned()]);
        assert_eq!(first.further, [("depth".to_owned(), "{\"m\":1.50}".to_owned())]);
        assert_eq!(kept.shown[1].when_text, "someday");
    }

    #[test]
    fn a_piece_is_its_objects_without_blanks_whatever_ends_its_lines() {
        let objects = |piece: &str| {
            let mut found = Vec::new();
            let visited = super::objects_of(piece, 5, |line, text| {
                found.push((line, text.to_owned()));
                Ok(())
            });
            assert!(matches!(visited, Ok(true)));
            found
        };
        let both = |second: u32| vec![(5, "{a}".to_owned()), (second, "{b}".to_owned())];
        assert_eq!(objects("{a}\n  \n\t{b} \n\u{a0}\n"), both(7));
        assert_eq!(objects("{a}\r\n  \r\n\t{b} \r\n\u{a0}"), both(7));
        assert_eq!(objects("{a}\r \r{b}\n"), both(5));
        assert_eq!(objects(""), []);
    }

    /// A file large enough for pieces, with something of everything, and lines that end in every way.
    fn large() -> String {
        use std::fmt::Write as _;

        let mut text = String::new();
        for number in 0..90_000 {
            let when = match number % 7 {
                0 => "someday".to_owned(),
                1 => format!("20{:02}-08", number % 30),
                _ => format!("20{:02}-03-{:02}", number % 30, number % 28 + 1),
            };
            let end = if number % 11 == 0 { "\r\n\n" } else { "\n" };
            let id = if number % 5_000 == 3 { 3 } else { number };
            let cut = if number % 1_000 == 9 { "" } else { "}" };
            let _ = write!(
                text,
                "{{\"id\":\"e{id}\",\"when\":\"{when}\",\"title\":\"Título {number}\",\"kind\":\"k{}\",\"actors\":[\"A{}\",\"B{}\"],\"place\":\"P{}\",\"sentence\":\"They met again and again.\",\"source\":\"S{}\"{cut}{end}",
                number % 3,
                number % 41,
                number % 17,
                number % 1_009,
                number % 13
            );
        }
        text
    }

    #[test]
    fn pieces_give_what_reading_line_by_line_gives() {
        let text = large();
        let store = same_in_pieces("x.jsonl", &text, |stored, shown| {
            assert!(stored.id == shown.id || stored.id.starts_with("e3~"), "{}", stored.id);
        });
        assert_eq!(store.names().actors.iter().next().map(|(_, name)| name), Some("A0"), "names have the order of the file");
        assert!(store.find_id("e3~2").is_some() && store.find_id("e3~18").is_some());
    }

    #[test]
    fn a_load_in_pieces_can_be_stopped() {
        struct Stopped;
        impl crate::formats::Progress for Stopped {
            fn at(&self, _: u64, _: u64, _: u64) {}
            fn cancelled(&self) -> bool {
                true
            }
        }
        use crate::formats::{FormatError, Input, ReadOptions, read_input};
        let text = large();
        let mut builder = crate::store::StoreBuilder::default();
        builder.begin_file("x.jsonl".into());
        let result = read_input(&Input::from_bytes("x.jsonl", text.as_bytes()), &ReadOptions::default(), &mut builder, &Stopped);
        assert!(matches!(result, Err(FormatError::Cancelled { .. })));
        assert!(builder.is_empty());
    }

    #[test]
    fn other_names_go_through_the_columns() {
        let (ledger, kept) = read(
            "x.jsonl",
            "{\"datetime\":\"2024-01-02T03:04:05Z\",\"message\":\"log in\",\"user\":{\"name\":\"x\"}}\n{\"datetime\":\"2024-01-03T03:04:05Z\",\"message\":\"log out\",\"more\":7}\n",
        );
        assert_eq!((ledger.rows, ledger.plotted), (2, 2));
        assert_eq!(kept.shown[1].title, "log out");
        assert_eq!(kept.shown[1].further, [("more".to_owned(), "7".to_owned())]);
        assert!(ledger.problems[0].message.contains("\"datetime\""), "{}", ledger.problems[0].message);
    }
}
