//! The first rows of every sheet of a workbook, by which a choice of sheet, header and columns can be tried without reading the file again.

use super::book::{Book, Kind};
use super::cells::SheetRow;
use super::{FILE_LIMIT, Sheets, VisitRow};
use crate::formats::{Context, FormatError, Input};

/// Rows of a sheet that are kept.
const ROWS_MOST: usize = 1_100;
/// Sheets and cells that are kept; a workbook with more shows its first.
const SHEETS_MOST: usize = 200;
const CELLS_MOST: usize = 500_000;

/// The first rows of the sheets of a workbook.
#[derive(Clone, Debug)]
pub(in crate::formats) struct Sample {
    sheets: Vec<(String, Vec<SheetRow>)>,
}

impl Sample {
    /// Takes them from a workbook.
    pub(in crate::formats) fn of(is_excel: bool, input: &Input<'_>, context: &mut Context<'_>) -> Result<Self, FormatError> {
        let kind = if is_excel { Kind::Excel } else { Kind::OpenDocument };
        let mut book = Book::open(kind, input.bytes(FILE_LIMIT)?, input.name())?;
        let mut sheets = Vec::new();
        let mut cells = 0;
        for (sheet, name) in book.names().into_iter().enumerate().take(SHEETS_MOST) {
            let mut rows: Vec<SheetRow> = Vec::new();
            book.walk(sheet, context, &mut |_, row| {
                cells += row.cells.len();
                rows.push(row.clone());
                Ok(rows.len() < ROWS_MOST && cells < CELLS_MOST)
            })?;
            sheets.push((name, rows));
        }
        Ok(Self { sheets })
    }
}

impl Sheets for Sample {
    fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|(name, _)| name.clone()).collect()
    }

    fn walk(&mut self, sheet: usize, context: &mut Context<'_>, visit: &mut VisitRow<'_>) -> Result<(), FormatError> {
        for row in self.sheets.get(sheet).map(|(_, rows)| rows.as_slice()).unwrap_or_default() {
            if !visit(context, row)? {
                break;
            }
        }
        Ok(())
    }
}
