//! The records of a piece of a table, split straight from its bytes: cells are lent from the text.
//!
//! What is read here is what the full reader gives for the same text. It ends before the first record that is not in order: one with text behind a closing
//! quotation mark, with a quotation mark that is never closed, or with more cells than tables have. Those are left to the full reader.

use std::borrow::Cow;

use super::ends::Ends;

/// Cells of a record that are kept apart here; the full reader takes less memory for each.
pub(super) const CELLS_MOST: usize = 200_000;

/// Splits records one after the other.
pub(super) struct PlainRecords<'a> {
    text: &'a str,
    delimiter: u8,
    /// Whether quotation marks enclose cells.
    is_quoted: bool,
    at: usize,
    /// Line ends passed.
    lines: u64,
    ends: Ends,
}

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stands {
    /// Lines before it.
    pub line: u64,
    /// How many lines it spans.
    pub lines: u64,
}

impl<'a> PlainRecords<'a> {
    pub(super) fn new(text: &'a str, delimiter: u8, is_quoted: bool) -> Self {
        Self { text, delimiter, is_quoted, at: 0, lines: 0, ends: Ends::new([delimiter, b'\n', b'\r']) }
    }

    /// What has not been split: empty at the end, else from the first record that is left to the full reader, with the lines before it.
    pub(super) fn rest(&self) -> (&'a str, u64) {
        (&self.text[self.at..], self.lines)
    }

    /// Puts the cells of the next record into `cells`; `None` where there is none, or none that is in order.
    pub(super) fn next(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Option<Stands> {
        cells.clear();
        let bytes = self.text.as_bytes();
        // Empty lines are no records.
        while let Some(b'\n' | b'\r') = bytes.get(self.at) {
            self.at = behind_line_end(bytes, self.at);
            self.lines += 1;
        }
        if self.at == bytes.len() {
            return None;
        }
        let (mut at, mut inner_lines) = (self.at, 0);
        loop {
            let (cell, end) =
                if self.is_quoted && bytes.get(at) == Some(&b'"') { self.quoted(at, &mut inner_lines)? } else { self.bare(at)? };
            if cells.len() == CELLS_MOST {
                cells.clear();
                cells.shrink_to(0);
                return None;
            }
            cells.push(cell);
            at = end;
            if bytes.get(end) != Some(&self.delimiter) {
                break;
            }
            at += 1;
        }
        let stands = Stands { line: self.lines, lines: inner_lines + 1 };
        self.lines += inner_lines;
        if at < bytes.len() {
            at = behind_line_end(bytes, at);
            self.lines += 1;
        }
        self.at = at;
        Some(stands)
    }

    /// A cell without quotation marks around it, and where it ends.
    #[inline]
    fn bare(&mut self, at: usize) -> Option<(Cow<'a, str>, usize)> {
        let end = self.ends.next_from(self.text.as_bytes(), at);
        Some((Cow::Borrowed(self.text.get(at..end)?), end))
    }

    /// A cell in quotation marks, and where the closing one ends; `None` where none closes it, or something else than its end follows.
    fn quoted(&self, at: usize, inner_lines: &mut u64) -> Option<(Cow<'a, str>, usize)> {
        let bytes = self.text.as_bytes();
        let begin = at + 1;
        let mut from = begin;
        let mut doubled = false;
        let end = loop {
            let mark = from + memchr::memchr(b'"', &bytes[from..])?;
            match bytes.get(mark + 1) {
                Some(b'"') => (from, doubled) = (mark + 2, true),
                Some(byte) if *byte == self.delimiter || matches!(byte, b'\n' | b'\r') => break mark,
                None => break mark,
                Some(_) => return None,
            }
        };
        let inner = self.text.get(begin..end)?;
        *inner_lines += line_ends(inner.as_bytes());
        Some((if doubled { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) }, end + 1))
    }
}

/// Behind the line end at a place.
fn behind_line_end(bytes: &[u8], at: usize) -> usize {
    if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') { at + 2 } else { at + 1 }
}

/// How many lines end in a text.
fn line_ends(bytes: &[u8]) -> u64 {
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    ends.filter(|&at| bytes[at] == b'\r' || at == 0 || bytes[at - 1] != b'\r').count() as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::delimited::positions::Positions;

    type Records = Vec<(Vec<String>, u64, u64)>;

    /// The records of a text by the full reader.
    fn full(text: &str, is_quoted: bool) -> Records {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).quoting(is_quoted).from_reader(Positions::new(text.as_bytes()));
        let mut record = csv::StringRecord::new();
        let mut out = Vec::new();
        loop {
            let start = reader.position().byte();
            if !reader.read_record(&mut record).unwrap() {
                return out;
            }
            let end = reader.position().byte();
            let (line, lines) = reader.get_mut().lines_of(start, end);
            out.push((record.iter().map(str::to_owned).collect(), line, lines));
        }
    }

    /// The records of a text by this reader, and by the full one from where this one ends.
    fn plain(text: &str, is_quoted: bool) -> (Records, usize) {
        let mut records = PlainRecords::new(text, b',', is_quoted);
        let (mut cells, mut out) = (Vec::new(), Vec::new());
        while let Some(stands) = records.next(&mut cells) {
            out.push((cells.iter().map(ToString::to_string).collect(), stands.line + 1, stands.lines));
        }
        let count = out.len();
        let (rest, before) = records.rest();
        out.extend(full(rest, is_quoted).into_iter().map(|(cells, line, lines)| (cells, line + before, lines)));
        (out, count)
    }

    #[test]
    fn what_is_in_order_is_read_here() {
        let text = "a,b\r\n\n\"one, \"\"two\"\"\nthree\",x\"y\r\"\",\n";
        let (records, here) = plain(text, true);
        assert_eq!(records, full(text, true));
        assert_eq!(here, 3);
        assert_eq!(records[1], (vec!["one, \"two\"\nthree".to_owned(), "x\"y".to_owned()], 3, 2));
    }

    #[test]
    fn without_quotation_all_of_it_is_read_here() {
        let text = "\"a,b\n\"\"c\"d,\"e\r\n";
        let (records, here) = plain(text, false);
        assert_eq!((records, here), (full(text, false), 2));
    }

    #[test]
    fn what_is_not_is_left_to_the_full_reader() {
        for text in ["a\n\"b\"c,d\ne\n", "a\n\"never closed,\nb\n"] {
            let (records, here) = plain(text, true);
            assert_eq!((records, here), (full(text, true), 1), "{text}");
        }
    }

    proptest! {
        #[test]
        fn both_readers_together_give_what_the_full_one_gives(text in "([ab\",\r\né]|a{7}|é{20}){0,24}", is_quoted: bool) {
            prop_assert_eq!(plain(&text, is_quoted).0, full(&text, is_quoted));
        }
    }
}
