//! Rows as they stand in their file: those that are no record, to be mended and loaded again, and those around a line, to be looked at.

use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

use super::{Context, FormatError, Input, Progress, ReadOptions, read_into};
use crate::model::{Event, EventSink, FileLedger, Tables};

/// Takes events and keeps none.
pub(super) struct Nothing;

impl EventSink for Nothing {
    fn event(&mut self, _event: &Event<'_>, _line: u32) {}

    fn tables(&mut self, _tables: Tables) {}
}

/// The rejected rows of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RejectedRows {
    /// Each as it stands, in the order of the file.
    pub rows: Vec<String>,
    /// How many there are beyond those, where they are too many to be held.
    pub more: u64,
    /// The header that goes before them; `None` where the format has none.
    pub header: Option<String>,
    /// The ending of a file that holds them.
    pub ending: String,
}

/// Reads a file again for its rejected rows.
pub fn rejected_rows(path: &Path, options: &ReadOptions, progress: &dyn Progress) -> Result<RejectedRows, FormatError> {
    let name = path.display().to_string();
    let input = Input::open(&name, path)?;
    let mut ledger = FileLedger::new(&name, "");
    ledger.keep_rejected();
    read_into(&input, options, &mut ledger, &mut Nothing, progress)?;
    let is_json = ["jsonl", "json", "chronolane"].contains(&ledger.format.as_str());
    let header = if ledger.format == "csv" { rows_around(path, 1, 0, progress)?.into_iter().next().map(|(_, text)| text) } else { None };
    let own_ending = name.strip_suffix(".gz").unwrap_or(&name).rsplit_once('.').map_or("txt", |(_, ending)| ending).to_owned();
    let more = ledger.rejected.saturating_sub(ledger.rejected_rows().len() as u64);
    let rows = ledger.rejected_rows().iter().map(|row| if is_json { row.replace(['\n', '\r'], " ") } else { row.clone() }).collect();
    Ok(RejectedRows { rows, more, header, ending: if is_json { "jsonl".to_owned() } else { own_ending } })
}

/// Bytes of a line that are shown.
const LINE_SHOWN: u64 = 8 * 1024;

/// The lines of a text file from a little before `line` (from 1) to `after` lines behind it, each with its number; long ones are cut.
pub fn rows_around(path: &Path, line: u32, after: u32, progress: &dyn Progress) -> Result<Vec<(u32, String)>, FormatError> {
    let name = path.display().to_string();
    let input = Input::open(&name, path)?;
    let head = input.head_bytes()?;
    let line_end = if head.contains(&b'\n') { b'\n' } else { b'\r' };
    let (mut ledger, options, mut sink) = (FileLedger::new(&name, ""), ReadOptions::default(), Nothing);
    let mut context = Context::new(&options, &mut ledger, &mut sink, progress, input.len());
    let mut text = BufReader::with_capacity(256 * 1024, input.text_reader(&mut context)?);
    let (first, last) = (line.saturating_sub(2).max(1), line.saturating_add(after));
    let mut rows = Vec::new();
    for number in 1..=last {
        let mut bytes = Vec::new();
        let limit = if number < first { 0 } else { LINE_SHOWN };
        let ended = read_line(&mut text, line_end, limit, &mut bytes).map_err(|error| FormatError::from_io(&name, error))?;
        context.beat(0)?;
        if number >= first && !(ended && bytes.is_empty()) {
            rows.push((number, String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()));
        }
        if ended {
            break;
        }
    }
    Ok(rows)
}

/// Reads a line and keeps its first bytes, an ellipsis behind what is cut; true where the text has ended.
fn read_line(text: &mut impl BufRead, line_end: u8, limit: u64, into: &mut Vec<u8>) -> std::io::Result<bool> {
    text.by_ref().take(limit).read_until(line_end, into)?;
    if into.last() == Some(&line_end) {
        return Ok(false);
    }
    let is_cut = into.len() as u64 == limit;
    let mut passed = 0;
    loop {
        let buffer = text.fill_buf()?;
        if buffer.is_empty() {
            return Ok(true);
        }
        let end = memchr::memchr(line_end, buffer);
        let count = end.map_or(buffer.len(), |at| at + 1);
        passed += count;
        text.consume(count);
        if end.is_some() {
            if is_cut && limit > 0 && passed > 1 {
                while std::str::from_utf8(into).is_err_and(|error| error.error_len().is_none()) {
                    into.pop();
                }
                into.extend_from_slice("…".as_bytes());
            }
            return Ok(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Silent;

    #[test]
    fn rejected_rows_are_given_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bad.jsonl");
        let long = "x".repeat(1000);
        std::fs::write(&path, format!("{{\"when\":\"2023\",\"title\":\"a\"}}\n{{\"when\": \"{long}\n[1]\n")).unwrap();
        let rejected = rejected_rows(&path, &ReadOptions::default(), &Silent).unwrap();
        assert_eq!((rejected.rows.len(), rejected.more, rejected.ending.as_str(), rejected.header), (2, 0, "jsonl", None));
        assert_eq!(rejected.rows[0], format!("{{\"when\": \"{long}"));
    }

    #[test]
    fn the_lines_around_a_row_are_given_whatever_their_ends() {
        let folder = tempfile::tempdir().unwrap();
        for end in ["\n", "\r\n", "\r"] {
            let path = folder.path().join("a.csv");
            let text: Vec<String> = (1..=20).map(|line| format!("line {line}")).collect();
            std::fs::write(&path, text.join(end)).unwrap();
            let rows = rows_around(&path, 10, 3, &Silent).unwrap();
            assert_eq!(rows.first().unwrap(), &(8, "line 8".to_owned()));
            assert_eq!(rows.last().unwrap(), &(13, "line 13".to_owned()));
            assert_eq!(rows_around(&path, 20, 3, &Silent).unwrap().last().unwrap().0, 20);
        }
        let path = folder.path().join("long.txt");
        std::fs::write(&path, format!("{}\nshort\n", "é".repeat(10_000))).unwrap();
        let rows = rows_around(&path, 1, 5, &Silent).unwrap();
        assert!(rows[0].1.ends_with("é…") && rows[0].1.len() < 8200);
        assert_eq!(rows[1..], [(2, "short".to_owned())]);
    }
}
