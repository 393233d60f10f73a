//! Spreadsheets: Excel workbooks (`.xlsx`, `.xlsm`) and OpenDocument (`.ods`), one sheet of them, by the recognition of columns that tables have.
//!
//! The sheet is the one that is asked for, else the first that has a table with dates. Nothing is calculated: a formula is its last value, as the file has it.

mod book;
mod cells;
mod header;
mod sample;

use super::table::{self, Cell, Item, Plan, Row, Rows, Visit};
use super::{Confidence, Context, Format, FormatError, Head, Input, TableChoice};
use crate::model::Severity;
use book::{Book, Kind};
use cells::SheetRow;
pub(super) use header::Header;
pub(super) use sample::Sample;

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

/// Sheets whose rows can be walked: those of a workbook, or the first rows of them.
pub(super) trait Sheets {
    /// Their names.
    fn names(&self) -> Vec<String>;
    /// Visits the rows of a sheet that hold something.
    fn walk(&mut self, sheet: usize, context: &mut Context<'_>, visit: &mut VisitRow<'_>) -> Result<(), FormatError>;
}

/// What is done with each row that holds something; `false` ends the walk.
pub(super) type VisitRow<'v> = dyn FnMut(&mut Context<'_>, &SheetRow) -> Result<bool, FormatError> + 'v;

/// Reads the sheet of a workbook that is asked for, or that has a table.
fn read(kind: Kind, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
    let bytes = input.bytes(FILE_LIMIT)?;
    let mut book = Book::open(kind, bytes, input.name())?;
    let options = context.options;
    let found = Found::of(&mut book, context)?;
    let Some(choice) = TableChoice::remembered(options, &found.header.names) else { return found.read(&mut book, context) };
    let chosen = choice.apply(options)?;
    table::note_remembered(context);
    let mut context = context.with_options(&chosen);
    Found::of(&mut book, &mut context)?.read(&mut book, &mut context)
}

/// The table of a workbook that is read.
pub(super) struct Found {
    /// The number of its sheet, from 0.
    pub sheet: usize,
    /// Its header.
    pub header: Header,
    /// What its columns mean, or why no date is among them.
    pub plan: Result<Plan, FormatError>,
}

impl Found {
    /// The table of the sheet that the options name; else the first in which a date is found; of those without, the first.
    pub(super) fn of(book: &mut dyn Sheets, context: &mut Context<'_>) -> Result<Self, FormatError> {
        let names = book.names();
        let file = context.file().to_owned();
        let none = |message: String| FormatError::NoRecords { file: file.clone(), message };
        if let Some(wanted) = &context.options.sheet {
            let sheet = named(&names, wanted, &file)?;
            return match Self::in_sheet(book, sheet, context)? {
                Some(found) => Ok(found),
                None => Err(none(format!(
                    "the sheet {:?} holds no table: a row of names with rows below. The sheets are: {}.",
                    names[sheet],
                    names.join(", ")
                ))),
            };
        }
        let mut first = None;
        for sheet in 0..names.len() {
            match Self::in_sheet(book, sheet, context)? {
                Some(found) if found.plan.is_ok() => return Ok(found),
                Some(found) => first = first.or(Some(found)),
                None => {}
            }
        }
        first.ok_or_else(|| none("no sheet holds a table: a row of names with rows below.".to_owned()))
    }

    /// The table of a sheet; `None` where it holds none.
    fn in_sheet(book: &mut dyn Sheets, sheet: usize, context: &mut Context<'_>) -> Result<Option<Self>, FormatError> {
        let line = context.options.layout.header_line;
        let mut first: Vec<SheetRow> = Vec::new();
        book.walk(sheet, context, &mut |_, row| {
            first.push(row.clone());
            Ok(first.len() < header::ROWS_LOOKED_AT || line.is_some_and(|line| row.number <= line))
        })?;
        let header = match line {
            Some(line) => Header::at(&first, line),
            None => Header::of(&first),
        };
        let Some(header) = header else { return Ok(None) };
        let plan = match table::recognise(&mut SheetRows { book, sheet, header: &header }, context) {
            Err(error) if !matches!(error, FormatError::NoDateColumn { .. } | FormatError::BadMap { .. }) => return Err(error),
            plan => plan,
        };
        Ok(Some(Self { sheet, header, plan }))
    }

    /// Reads its rows as events, and says which they are.
    pub(super) fn read(self, book: &mut dyn Sheets, context: &mut Context<'_>) -> Result<(), FormatError> {
        let Self { sheet, header, plan } = self;
        let plan = plan?;
        let names = book.names();
        if names.len() > 1 {
            let others: Vec<&str> = names.iter().enumerate().filter(|(at, _)| *at != sheet).map(|(_, name)| name.as_str()).collect();
            context.note(format!("The sheet {:?} is read. `--sheet NAME` reads another: {}.", names[sheet], others.join(", ")));
        }
        if header.above > 0 {
            context.note(format!("Row {} is read as the header; the {} filled rows above it are passed over.", header.row, header.above));
        }
        table::read_planned(&mut SheetRows { book, sheet, header: &header }, plan, context)
    }
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

/// The rows of a sheet below its header.
pub(super) struct SheetRows<'b> {
    /// Where the sheet is.
    pub book: &'b mut dyn Sheets,
    /// Its number, from 0.
    pub sheet: usize,
    /// The header.
    pub header: &'b Header,
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
