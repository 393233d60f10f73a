//! Spreadsheets: Excel workbooks (`.xlsx`, `.xlsm`) and OpenDocument (`.ods`), one sheet of them, by the recognition of columns that tables have.
//!
//! The sheet is the one that is asked for, else the first that has a table with dates. Nothing is calculated: a formula is its last value, as the file has it.

mod book;
mod cells;
mod header;

use super::table::{self, Cell, Item, Plan, Row, Rows, Visit};
use super::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::Severity;
use book::{Book, Kind};
use cells::SheetRow;
use header::Header;

/// Bytes of a workbook's file that are read.
const FILE_LIMIT: u64 = 256 * 1024 * 1024;

/// Excel workbooks.
pub struct Xlsx;

/// OpenDocument spreadsheets.
pub struct Ods;

impl Format for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn label(&self) -> &'static str {
        "Excel workbook (.xlsx, .xlsm)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let holds = |name: &[u8]| memchr::memmem::find(head.bytes, name).is_some();
        match (head.bytes.starts_with(b"PK\x03\x04"), holds(b"[Content_Types].xml") || holds(b"xl/"), head.ends(self.endings())) {
            (true, true, true) => Confidence::Certain,
            (true, true, false) if holds(b"xl/") => Confidence::Likely,
            (true, false, true) => Confidence::Name,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        read(Kind::Excel, input, context)
    }
}

impl Format for Ods {
    fn name(&self) -> &'static str {
        "ods"
    }

    fn label(&self) -> &'static str {
        "OpenDocument spreadsheet (.ods)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["ods"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let is_marked =
            memchr::memmem::find(head.bytes.get(..200).unwrap_or(head.bytes), b"application/vnd.oasis.opendocument.spreadsheet").is_some();
        match (head.bytes.starts_with(b"PK\x03\x04"), is_marked, head.ends(self.endings())) {
            (true, true, _) => Confidence::Certain,
            (true, false, true) => Confidence::Name,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        read(Kind::OpenDocument, input, context)
    }
}

/// Reads the sheet of a workbook that is asked for, or that has a table.
fn read(kind: Kind, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
    let bytes = input.bytes(FILE_LIMIT)?;
    let mut book = Book::open(kind, bytes, input.name())?;
    let names = book.names();
    let (sheet, header, plan) = match context.options.sheet.clone() {
        Some(wanted) => {
            let sheet = named(&names, &wanted, input.name())?;
            let header = header_of(&mut book, sheet, context)?.ok_or_else(|| {
                let message = format!(
                    "the sheet {:?} holds no table: a row of names with rows below. The sheets are: {}.",
                    names[sheet],
                    names.join(", ")
                );
                FormatError::NoRecords { file: input.name().to_owned(), message }
            })?;
            let plan = table::recognise(&mut SheetRows { book: &mut book, sheet, header: &header }, context)?;
            (sheet, header, plan)
        }
        None => first_table(&mut book, &names, input.name(), context)?,
    };
    if names.len() > 1 {
        let others: Vec<&str> = names.iter().enumerate().filter(|(at, _)| *at != sheet).map(|(_, name)| name.as_str()).collect();
        context.note(format!("The sheet {:?} is read. `--sheet NAME` reads another: {}.", names[sheet], others.join(", ")));
    }
    if header.above > 0 {
        context.note(format!("Row {} is read as the header; the {} filled rows above it are passed over.", header.row, header.above));
    }
    let mut rows = SheetRows { book: &mut book, sheet, header: &header };
    table::read_planned(&mut rows, plan, context)
}

/// The number of the sheet of a name, or of a number from 1.
fn named(names: &[String], wanted: &str, file: &str) -> Result<usize, FormatError> {
    let by_name = names
        .iter()
        .position(|name| name == wanted)
        .or_else(|| names.iter().position(|name| name.trim().eq_ignore_ascii_case(wanted.trim())));
    let by_number = || wanted.trim().parse::<usize>().ok().filter(|number| (1..=names.len()).contains(number)).map(|number| number - 1);
    by_name.or_else(by_number).ok_or_else(|| {
        let message = format!("there is no sheet {wanted:?}. The sheets are: {}.", names.join(", "));
        FormatError::NoRecords { file: file.to_owned(), message }
    })
}

/// The header of a sheet; `None` where it holds no table.
fn header_of(book: &mut Book, sheet: usize, context: &mut Context<'_>) -> Result<Option<Header>, FormatError> {
    let mut first: Vec<SheetRow> = Vec::new();
    book.walk(sheet, context, &mut |_, row| {
        first.push(row.clone());
        Ok(first.len() < header::ROWS_LOOKED_AT)
    })?;
    Ok(Header::of(&first))
}

/// The first sheet with a table in which a date is found; of those without, why not the first.
fn first_table(book: &mut Book, names: &[String], file: &str, context: &mut Context<'_>) -> Result<(usize, Header, Plan), FormatError> {
    let mut failed = None;
    for sheet in 0..names.len() {
        let Some(header) = header_of(book, sheet, context)? else { continue };
        match table::recognise(&mut SheetRows { book, sheet, header: &header }, context) {
            Ok(plan) => return Ok((sheet, header, plan)),
            Err(error @ FormatError::NoDateColumn { .. }) => {
                failed.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
    }
    let message = "no sheet holds a table: a row of names with rows below.".to_owned();
    Err(failed.unwrap_or(FormatError::NoRecords { file: file.to_owned(), message }))
}

/// The rows of a sheet below its header.
struct SheetRows<'b> {
    book: &'b mut Book,
    sheet: usize,
    header: &'b Header,
}

impl Rows for SheetRows<'_> {
    fn columns(&self) -> &[String] {
        &self.header.names
    }

    fn header_line(&self) -> u32 {
        self.header.row
    }

    fn walk(&mut self, context: &mut Context<'_>, visit: &mut Visit<'_>) -> Result<(), FormatError> {
        let header = self.header;
        self.book.walk(self.sheet, context, &mut |context, row| {
            if row.number <= header.row {
                return Ok(true);
            }
            visit(context, Item::Row(&TableRow { row, header }))
        })
    }
}

/// A row under a header.
struct TableRow<'r> {
    row: &'r SheetRow,
    header: &'r Header,
}

impl Row for TableRow<'_> {
    fn line(&self) -> u32 {
        self.row.number
    }

    fn cell(&self, column: usize) -> Cell<'_> {
        match self.header.columns.get(column).and_then(|column| self.row.text(*column)) {
            Some(text) if !text.is_empty() => Cell::Text(text),
            _ => Cell::Absent,
        }
    }

    fn extra(&self) -> Vec<(String, Cell<'_>)> {
        let beyond = self.row.cells.iter().filter(|(column, _)| self.header.columns.binary_search(column).is_err());
        beyond.map(|(column, text)| (table::unnamed(*column as usize), Cell::Text(text))).collect()
    }

    fn remark(&self) -> Option<(Severity, String)> {
        let beyond = self.row.cells.iter().filter(|(column, _)| self.header.columns.binary_search(column).is_err()).count();
        (beyond > 0).then(|| (Severity::Note, format!("{beyond} cells of the row stand in columns without a name; they are kept.")))
    }
}

#[cfg(test)]
mod tests;
