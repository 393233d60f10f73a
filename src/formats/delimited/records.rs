//! Records of a table by the full reader, whatever their shape: cells and lines as the crate `csv-core` finds them, and no more cells in memory than a table's row can have.

use std::io::{self, BufRead, BufReader, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::plain::CELLS_MOST;
use super::positions::Positions;

/// A record: its cells one behind the other.
#[derive(Debug, Default)]
pub(super) struct Record {
    text: String,
    /// Where each cell ends.
    ends: Vec<usize>,
    /// Cells beyond those that are kept.
    beyond: usize,
    /// Whether one of these holds anything.
    is_beyond_full: bool,
}

impl Record {
    /// How many cells it has, kept or not.
    pub(super) fn len(&self) -> usize {
        self.ends.len() + self.beyond
    }

    /// A cell; `None` where there is none, or it is not kept.
    pub(super) fn get(&self, cell: usize) -> Option<&str> {
        let from = cell.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(from..*self.ends.get(cell)?)
    }

    /// The cells that are kept.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map_while(|cell| self.get(cell))
    }

    /// Whether a cell that is not kept holds something.
    pub(super) fn is_cut(&self) -> bool {
        self.is_beyond_full
    }
}

/// Reads records one after the other.
pub(super) struct Records<R: Read> {
    reader: Box<Reader>,
    from: BufReader<Positions<R>>,
    /// Bytes taken.
    at: u64,
    /// What the reader writes into; it has always room.
    out: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: Read> Records<R> {
    pub(super) fn new(text: R, delimiter: u8, is_quoted: bool) -> Self {
        let reader = Box::new(ReaderBuilder::new().delimiter(delimiter).quoting(is_quoted).build());
        Self { reader, from: BufReader::with_capacity(64 * 1024, Positions::new(text)), at: 0, out: vec![0; 4096], ends: vec![0; 64] }
    }

    /// Where the text comes from.
    pub(super) fn inner(&self) -> &R {
        self.from.get_ref().inner()
    }

    /// Reads the next record; its first line, from 1, and how many it spans. `None` at the end of the text.
    pub(super) fn next(&mut self, record: &mut Record) -> io::Result<Option<(u64, u64)>> {
        let start = self.at;
        let (mut out_len, mut ends_len) = (0, 0);
        let (mut kept_out, mut beyond, mut is_beyond_full) = (None, 0, false);
        loop {
            let input = self.from.fill_buf()?;
            let (result, taken, written, ended) = self.reader.read_record(input, &mut self.out[out_len..], &mut self.ends[ends_len..]);
            self.from.consume(taken);
            self.at += taken as u64;
            (out_len, ends_len) = (out_len + written, ends_len + ended);
            if let Some(kept) = kept_out {
                // What is beyond is written over again and again.
                is_beyond_full |= self.out[kept..out_len].iter().any(|byte| !byte.is_ascii_whitespace());
                beyond += ended;
                (out_len, ends_len) = (kept, CELLS_MOST);
            }
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.out.resize(self.out.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() < CELLS_MOST => {
                    let wanted = (self.ends.len() * 2).min(CELLS_MOST);
                    self.ends.resize(wanted, 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    kept_out.get_or_insert(out_len);
                    self.ends.resize(CELLS_MOST + 1024, 0);
                    if self.out.len() < out_len + 4096 {
                        self.out.resize(out_len + 4096, 0);
                    }
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        record.ends.clear();
        record.ends.extend_from_slice(&self.ends[..ends_len.min(CELLS_MOST)]);
        self.ends.truncate(CELLS_MOST);
        record.text.clear();
        let text = &self.out[..record.ends.last().copied().unwrap_or(0)];
        // The text is UTF-8, and cells end at signs of one byte.
        record.text.push_str(std::str::from_utf8(text).map_err(io::Error::other)?);
        (record.beyond, record.is_beyond_full) = (beyond, is_beyond_full);
        Ok(Some(self.from.get_mut().lines_of(start, self.at)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The cells of all records.
    fn all(text: &[u8], is_quoted: bool) -> Vec<Vec<String>> {
        let (mut records, mut record, mut found) = (Records::new(text, b',', is_quoted), Record::default(), Vec::new());
        while records.next(&mut record).unwrap().is_some() {
            found.push(record.iter().map(str::to_owned).collect());
        }
        found
    }

    #[test]
    fn cells_beyond_what_is_kept_are_counted() {
        for (last, is_cut) in [("", false), ("x", true)] {
            let text = format!("a,b\n1{}{last}\n\n2,3\n", ",".repeat(3 * CELLS_MOST));
            let (mut records, mut record) = (Records::new(text.as_bytes(), b',', true), Record::default());
            let mut shapes = Vec::new();
            while let Some((line, lines)) = records.next(&mut record).unwrap() {
                shapes.push((line, lines, record.len(), record.iter().count(), record.is_cut()));
            }
            assert_eq!(shapes, [(1, 1, 2, 2, false), (2, 1, 3 * CELLS_MOST + 1, CELLS_MOST, is_cut), (4, 1, 2, 2, false)]);
            assert_eq!(record.get(1), Some("3"));
        }
        let long = format!("{},{}\n", "é".repeat(100_000), "x".repeat(CELLS_MOST));
        assert_eq!(all(long.as_bytes(), true)[0][0].len(), 200_000);
    }

    proptest! {
        /// Records are what the crate `csv` makes of the same text.
        #[test]
        fn records_are_those_of_the_crate(text in "\u{feff}?[ab\",\r\né]{0,40}", is_quoted: bool) {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).quoting(is_quoted).from_reader(text.as_bytes());
            let wanted: Vec<Vec<String>> = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(all(text.as_bytes(), is_quoted), wanted);
        }
    }
}
