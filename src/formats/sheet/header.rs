//! Where in a sheet the table begins: titles and remarks may stand above it.

use std::collections::BTreeSet;

use super::cells::SheetRow;
use crate::formats::table;

/// Filled rows in which the header is looked for.
pub(super) const ROWS_LOOKED_AT: usize = 40;

/// The names of a table's columns.
#[derive(Clone, Debug)]
pub(in crate::formats) struct Header {
    /// Its row, from 1.
    pub row: u32,
    /// The columns that are named, from 0, in order.
    pub columns: Vec<u32>,
    /// Their names, each different from the others.
    pub names: Vec<String>,
    /// Filled rows above it.
    pub above: usize,
}

impl Header {
    /// The first row that names as many columns as the rows below fill; `None` where there is no such row, or none below it.
    pub(super) fn of(rows: &[SheetRow]) -> Option<Self> {
        let width = rows.iter().map(|row| row.cells.len()).max()?;
        // A number is no name; a year at the head of a column is one.
        let names = |row: &SheetRow| row.cells.iter().filter(|(_, text)| text.trim().parse::<f64>().is_err() || is_year(text)).count();
        let is_header = |row: &SheetRow| {
            let count = row.cells.len();
            count >= 2 && count * 10 >= width * 6 && names(row) * 10 >= count * 8
        };
        let at = rows.iter().position(is_header).filter(|at| at + 1 < rows.len())?;
        Some(Self::in_row(rows, at))
    }

    /// One of the rows as the header.
    fn in_row(rows: &[SheetRow], at: usize) -> Self {
        let row = &rows[at];
        Self {
            row: row.number,
            columns: row.cells.iter().map(|(column, _)| *column).collect(),
            names: table::distinct_names(row.cells.iter().map(|(_, text)| text.as_str())),
            above: at,
        }
    }

    /// The first filled row from a line on, or, for line 0, no row: then columns are called by their numbers, as far as the first rows go.
    pub(super) fn at(rows: &[SheetRow], line: u32) -> Option<Self> {
        if line == 0 {
            let columns: BTreeSet<u32> = rows.iter().flat_map(|row| row.cells.iter().map(|(column, _)| *column)).collect();
            let columns: Vec<u32> = columns.into_iter().collect();
            let names = columns.iter().map(|column| table::unnamed(*column as usize)).collect();
            return (!columns.is_empty()).then_some(Self { row: 0, columns, names, above: 0 });
        }
        let at = rows.iter().position(|row| row.number >= line)?;
        Some(Self::in_row(rows, at))
    }
}

/// Whether a text is a number of four digits.
fn is_year(text: &str) -> bool {
    text.trim().len() == 4 && text.trim().bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u32, cells: &[(u32, &str)]) -> SheetRow {
        SheetRow { number, cells: cells.iter().map(|(column, text)| (*column, (*text).to_owned())).collect() }
    }

    #[test]
    fn a_title_above_is_no_header() {
        let rows = [row(1, &[(0, "All events")]), row(3, &[(1, "Date"), (2, "What"), (4, "What")]), row(4, &[(1, "2023-08-30"), (2, "x")])];
        let header = Header::of(&rows).unwrap();
        assert_eq!(
            (header.row, header.columns, header.names, header.above),
            (3, vec![1, 2, 4], ["Date", "What", "What (2)"].map(str::to_owned).to_vec(), 1)
        );
        let chosen = Header::at(&rows, 2).unwrap();
        assert_eq!((chosen.row, chosen.above), (3, 1));
        let bare = Header::at(&rows, 0).unwrap();
        assert_eq!((bare.row, bare.names), (0, ["column 1", "column 2", "column 3", "column 5"].map(str::to_owned).to_vec()));
        assert!(Header::at(&rows, 5).is_none());
        assert!(Header::of(&rows[..2]).is_none(), "a header without rows is no table");
        assert!(Header::of(&[row(1, &[(0, "x")]), row(2, &[(0, "y")])]).is_none());
    }
}
