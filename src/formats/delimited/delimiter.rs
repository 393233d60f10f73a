//! Which character stands between the cells of a table.

/// Records by which the delimiter is judged.
const SAMPLE: usize = 60;

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
    for delimiter in [b',', b';', b'\t', b'|'] {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        let counts: Vec<usize> = reader.byte_records().take(SAMPLE).map_while(Result::ok).map(|record| record.len()).collect();
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

/// For tables whose rows are of many lengths: the delimiter that the first line has the most of, where others have it too.
fn ragged(text: &str) -> Option<Found> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE).collect();
    let first = lines.first()?;
    let count = |delimiter: u8| memchr::memchr_iter(delimiter, first.as_bytes()).count();
    let delimiter = [b',', b';', b'\t', b'|'].into_iter().max_by_key(|delimiter| count(*delimiter))?;
    let others = lines.iter().skip(1).filter(|line| line.as_bytes().contains(&delimiter)).count();
    (count(delimiter) >= 2 && others * 2 >= lines.len().saturating_sub(1)).then_some(Found { delimiter, rows: lines.len() })
}

#[cfg(test)]
mod tests {
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
}
