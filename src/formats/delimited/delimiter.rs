//! Which character stands between the cells of a table.

use std::cell::RefCell;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

/// What tables are divided by.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records by which the delimiter is judged.
const SAMPLE: usize = 60;

thread_local! {
    /// A reader for each delimiter. Making one costs more than reading a small file, and a folder may hold thousands of those. (A clone of one has not all of its tables.)
    static READERS: RefCell<[Reader; DELIMITERS.len()]> = RefCell::new(DELIMITERS.map(|byte| ReaderBuilder::new().delimiter(byte).build()));
}

/// A delimiter that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) struct Found {
    /// The character.
    pub delimiter: u8,
    /// Records seen, the header among them.
    pub rows: usize,
}

/// The delimiter under which the most rows have as many cells as the header; `None` where each gives but one cell.
///
/// The text may be cut anywhere.
pub(in crate::formats) fn find(text: &str) -> Option<Found> {
    let mut best: Option<(usize, usize, Found)> = None;
    let all_counts = READERS.with_borrow_mut(|readers| readers.each_mut().map(|reader| cells_of_records(text, reader)));
    for (delimiter, counts) in DELIMITERS.into_iter().zip(all_counts) {
        let Some(width) = counts.first().copied().filter(|width| *width > 1) else { continue };
        let even = counts.iter().filter(|count| **count == width).count() * 100 / counts.len();
        let found = Found { delimiter, rows: counts.len() };
        // A delimiter under which half of the rows fall apart differently is only a character in the text.
        if even >= 50 && best.is_none_or(|(share, cells, _)| (even, width) > (share, cells)) {
            best = Some((even, width, found));
        }
    }
    best.map(|(_, _, found)| found).or_else(|| ragged(text))
}

/// How many cells each of the first records has.
fn cells_of_records(text: &str, reader: &mut Reader) -> Vec<usize> {
    reader.reset();
    let (mut rest, mut counts, mut cells) = (text.as_bytes(), Vec::new(), 0);
    // What the cells hold is of no interest, and is written over.
    let mut cell = [0; 1024];
    while counts.len() < SAMPLE {
        let (result, taken, _) = reader.read_field(rest, &mut cell);
        rest = &rest[taken..];
        match result {
            ReadFieldResult::Field { record_end } => {
                cells += 1;
                if record_end {
                    counts.push(std::mem::take(&mut cells));
                }
            }
            // Without input it ends what is open.
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::End => break,
        }
    }
    counts
}

/// For tables whose rows are of many lengths: the delimiter that the first line has the most of, where others have it too.
fn ragged(text: &str) -> Option<Found> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE).collect();
    let first = lines.first()?;
    let count = |delimiter: u8| memchr::memchr_iter(delimiter, first.as_bytes()).count();
    let delimiter = DELIMITERS.into_iter().max_by_key(|delimiter| count(*delimiter))?;
    let others = lines.iter().skip(1).filter(|line| line.as_bytes().contains(&delimiter)).count();
    (count(delimiter) >= 2 && others * 2 >= lines.len().saturating_sub(1)).then_some(Found { delimiter, rows: lines.len() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_delimiter_is_found_though_others_stand_in_the_text() {
        for delimiter in [',', ';', '\t', '|'] {
            let text = format!("date{delimiter}title\n2023{delimiter}\"a, b; c | d\"\n2024{delimiter}e\n");
            assert_eq!(find(&text).unwrap().delimiter, delimiter as u8, "{text}");
        }
        assert_eq!(find("title\none\ntwo\n"), None);
        assert_eq!(find(""), None);
    }

    proptest! {
        #[test]
        fn cells_are_counted_as_the_full_reader_counts_them(text in "[ab,\"\r\né\u{feff}]{0,40}", long in 0..2_usize) {
            let text = text + &"x".repeat(long * 3_000);
            let mut full = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let full: Vec<usize> = full.byte_records().take(SAMPLE).map(|record| record.unwrap().len()).collect();
            prop_assert_eq!(READERS.with_borrow_mut(|readers| cells_of_records(&text, &mut readers[0])), full);
        }
    }
}
