//! Text tables: CSV, TSV and their like, whatever the delimiter, the encoding and the ends of lines.

pub(super) mod delimiter;
mod ends;
mod plain;
mod positions;
mod records;

use std::borrow::Cow;
use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};

use super::context::line_number;
use super::dates::trimmed;
use super::native::unprotected;
use super::pieces::{self, Cut};
use super::table::{self, Cell, Item, Row, Rows, Take, Visit};
use super::{Confidence, Context, Format, FormatError, Head, Input, TableChoice};
use crate::model::Severity;
use crate::time;
use plain::PlainRecords;
use records::{Record, Records};

/// A text table with one event a row.
pub struct Delimited;

/// Bytes in which a record must end for the file to be read in pieces.
const LONGEST_PIECE: usize = 256 * 1024 * 1024;
/// Cells beyond the header that are kept with a row, each under a name of its own; a row of millions is no event's.
const BEYOND_MOST: usize = 20_000;
/// Columns that a header may name; a cell of any other is kept with its row, as one beyond the header is.
const COLUMNS_MOST: usize = 100_000;
/// Lines that one record may span before it is taken for a forgotten quotation mark.
const LONG_RECORD: u64 = 500;

impl Format for Delimited {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn label(&self) -> &'static str {
        "Table (CSV, TSV and the like)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab", "txt"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let text = head.text.trim_start();
        if text.is_empty() || text.starts_with('<') {
            return Confidence::No;
        }
        let named = head.ends(&["csv", "tsv", "tab"]);
        match (head.delimiter(), named) {
            (Some(_), true) => Confidence::Likely,
            (Some(found), false) if found.rows >= 2 && !text.starts_with(['{', '[']) => Confidence::Shape,
            (None, true) => Confidence::Name,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let mut rows = DelimitedRows::open(input, context)?;
        let options = context.options;
        let Some(choice) = TableChoice::remembered(options, &rows.columns) else { return read_rows(&mut rows, context) };
        let chosen = choice.apply(options)?;
        if let Some(encoding) = chosen.layout.encoding {
            input.force_encoding(encoding);
        }
        table::note_remembered(context);
        let mut context = context.with_options(&chosen);
        read_rows(&mut DelimitedRows::open(input, &mut context)?, &mut context)
    }
}

/// Reads the rows of a table as events.
fn read_rows(rows: &mut DelimitedRows<'_, '_>, context: &mut Context<'_>) -> Result<(), FormatError> {
    table::read(rows, context)?;
    table::note_blank(rows, context);
    if rows.skipped > 0 {
        context.note(format!("{} rows before the header are passed over, as you chose.", rows.skipped));
    }
    Ok(())
}

/// How the text of a table is laid out, where its format knows.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// What stands between cells.
    pub delimiter: u8,
    /// Whether quotation marks enclose cells; else they are letters like others.
    pub is_quoted: bool,
    /// The columns' names where the table has no header.
    pub names: Option<Vec<String>>,
}

/// A text table that is read from its file each time it is walked.
pub(super) struct DelimitedRows<'i, 'a> {
    input: &'i Input<'a>,
    delimiter: u8,
    is_quoted: bool,
    columns: Vec<String>,
    header_line: u32,
    /// Whether the first row names the columns; else it is a row like the others.
    has_header: bool,
    /// Whether it has the native header: then an apostrophe before a formula's sign is not part of a cell.
    is_native: bool,
    /// Lines up to this one hold no row of the table: the header, and what the user says stands before it.
    rows_after: u32,
    /// Rows before the header.
    skipped: u64,
    /// Rows without anything in them, of the last walk.
    pub(super) blank: u64,
    /// The beginning of a large file, by which its columns are told.
    sample: Option<String>,
}

impl<'i, 'a> DelimitedRows<'i, 'a> {
    /// Finds the delimiter and the header.
    pub(super) fn open(input: &'i Input<'a>, context: &mut Context<'_>) -> Result<Self, FormatError> {
        let head = super::input::head_text(&input.head_bytes()?);
        let layout = context.options.layout;
        let delimiter = layout.delimiter.unwrap_or_else(|| delimiter::find(&head).map_or(b',', |found| found.delimiter));
        let mut rows = Self::laid_out(input, delimiter, true)?;
        let (mut header, mut has_header, mut is_native) = (None, true, false);
        let first_line = layout.header_line.unwrap_or(0);
        let mut skipped = 0;
        rows.first_records(context, &mut |_, record, line, _| {
            if line < first_line {
                skipped += 1;
                return Ok(true);
            }
            has_header = layout.header_line.map_or_else(|| !record.iter().any(is_full_date), |line| line > 0);
            let names = record.iter().map(|name| if has_header { name } else { "" });
            is_native = has_header && record.iter().any(|name| name == "when");
            let names = names.map(|name| if is_native { unprotected(name) } else { name });
            header = Some((table::distinct_names(names.take(COLUMNS_MOST)), line, record.len()));
            Ok(false)
        })?;
        let Some((columns, line, width)) = header else { return Err(FormatError::IsEmpty { file: input.name().to_owned() }) };
        (rows.columns, rows.header_line, rows.has_header, rows.is_native) = (columns, line, has_header, is_native);
        rows.skipped = skipped;
        rows.rows_after = if has_header { line } else { line.saturating_sub(1) };
        rows.note_width(width, context);
        if !has_header && layout.header_line.is_none() {
            context.note(
                "The first row holds a date and is read as a row: the table has no header, and its columns are called by their numbers.",
            );
        }
        Ok(rows)
    }

    /// Takes the delimiter and the header from those who know them.
    pub(super) fn open_as(input: &'i Input<'a>, layout: Layout, context: &mut Context<'_>) -> Result<Self, FormatError> {
        let mut rows = Self::laid_out(input, layout.delimiter, layout.is_quoted)?;
        if let Some(names) = layout.names {
            (rows.columns, rows.has_header) = (names, false);
            return Ok(rows);
        }
        let mut header = None;
        rows.first_records(context, &mut |_, record, line, _| {
            header = Some((table::distinct_names(record.iter().take(COLUMNS_MOST)), line, record.len()));
            Ok(false)
        })?;
        let Some((columns, line, width)) = header else { return Err(FormatError::IsEmpty { file: input.name().to_owned() }) };
        (rows.columns, rows.header_line, rows.rows_after) = (columns, line, line);
        rows.note_width(width, context);
        Ok(rows)
    }

    /// Says where the header names more columns than are told apart.
    fn note_width(&self, width: usize, context: &mut Context<'_>) {
        if width > COLUMNS_MOST {
            let message = format!(
                "The header has {width} cells. The first {COLUMNS_MOST} name columns; what stands in the others is kept by the number of its column. Is it a table?"
            );
            context.ledger.problem(Severity::Warning, self.header_line, 0, "", message, "");
        }
    }

    /// A table of which no column is known yet.
    fn laid_out(input: &'i Input<'a>, delimiter: u8, is_quoted: bool) -> Result<Self, FormatError> {
        let sample = input.beginning()?;
        Ok(Self {
            input,
            delimiter,
            is_quoted,
            columns: Vec::new(),
            header_line: 1,
            has_header: true,
            is_native: false,
            rows_after: 0,
            skipped: 0,
            blank: 0,
            sample,
        })
    }

    /// The byte between its cells.
    pub(super) const fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The line of its header; 0 where it has none.
    pub(super) const fn header_line_or_none(&self) -> u32 {
        if self.has_header { self.header_line } else { 0 }
    }

    /// Visits every record that is not blank, with its first line and how many it spans.
    fn records(&mut self, context: &mut Context<'_>, visit: &mut VisitRecord<'_>) -> Result<(), FormatError> {
        let text = self.input.text_reader(context)?;
        self.blank = self.records_of(text, context, &mut |context, reader| context.beat(reader.bytes_done()), visit)?;
        Ok(())
    }

    /// Visits the first records that are not blank: of a large file, those of its sample.
    fn first_records(&mut self, context: &mut Context<'_>, visit: &mut VisitRecord<'_>) -> Result<(), FormatError> {
        let Some(sample) = self.sample.take() else { return self.records(context, visit) };
        let done = self.records_of(sample.as_bytes(), context, &mut |context, _| context.beat(0), visit);
        self.sample = Some(sample);
        done.map(|_| ())
    }

    /// Visits the records of a text that is not blank; gives how many are.
    fn records_of<R: Read>(
        &self,
        text: R,
        context: &mut Context<'_>,
        beat: &mut dyn FnMut(&mut Context<'_>, &R) -> Result<(), FormatError>,
        visit: &mut VisitRecord<'_>,
    ) -> Result<u64, FormatError> {
        let mut records = Records::new(text, self.delimiter, self.is_quoted);
        let (mut record, mut blank) = (Record::default(), 0);
        loop {
            let Some((line, lines)) = records.next(&mut record).map_err(|error| self.input.failed(error))? else { return Ok(blank) };
            beat(context, records.inner())?;
            if !record.is_cut() && record.iter().all(|cell| cell.trim().is_empty()) {
                blank += 1;
                continue;
            }
            if !visit(context, &record, line_number(line), lines)? {
                return Ok(blank);
            }
        }
    }
}

/// The names in the first row of a table that has anything in it, in lower case, as far as the beginning of the file shows.
pub(super) fn header_of(text: &str, delimiter: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let first = reader.records().map_while(Result::ok).find(|record| record.iter().any(|cell| !cell.trim().is_empty()));
    first.iter().flatten().map(|cell| cell.trim().to_lowercase()).collect()
}

/// Visits every record behind the header as a row of so many columns.
fn rows_only<'v, 'x>(
    (width, is_native, rows_after): (usize, bool, u32),
    visit: &'v mut Visit<'x>,
) -> impl FnMut(&mut Context<'_>, &Record, u32, u64) -> Result<bool, FormatError> + use<'v, 'x> {
    move |context, record, line, lines| {
        if line <= rows_after {
            return Ok(true);
        }
        visit(context, Item::Row(&DelimitedRow { record, line, lines, width, is_native }))
    }
}

/// A record that ends a piece and that no file has: where it does not come out whole, the piece ended within a quoted cell.
const END_OF_PIECE: &str = "\u{1}end of piece\u{1}";

/// Whether a cell is a date to the day, which no column is called.
fn is_full_date(cell: &str) -> bool {
    let cell = cell.trim();
    let is_fine = |when: time::When<'_>| when.reading.precision <= time::Precision::Day;
    (8..=40).contains(&cell.len()) && time::read(cell, &time::Dialect::EDTF).is_ok_and(is_fine)
}

/// What is done with each record: its cells, its first line, how many lines it spans.
type VisitRecord<'v> = dyn FnMut(&mut Context<'_>, &Record, u32, u64) -> Result<bool, FormatError> + 'v;

impl Rows for DelimitedRows<'_, '_> {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn header_line(&self) -> u32 {
        self.header_line
    }

    fn blank(&self) -> u64 {
        self.blank
    }

    fn walk_first(&mut self, context: &mut Context<'_>, visit: &mut Visit<'_>) -> Result<(), FormatError> {
        let mut visit = rows_only((self.columns.len(), self.is_native, self.rows_after), visit);
        self.first_records(context, &mut visit)
    }

    fn walk(&mut self, context: &mut Context<'_>, visit: &mut Visit<'_>) -> Result<(), FormatError> {
        let mut visit = rows_only((self.columns.len(), self.is_native, self.rows_after), visit);
        self.records(context, &mut visit)
    }

    fn walk_in_pieces(&mut self, context: &mut Context<'_>, visit: &Take<'_>) -> Result<bool, FormatError> {
        let (width, is_native, rows_after) = (self.columns.len(), self.is_native, self.rows_after);
        let blank = AtomicU64::new(0);
        let rows = &*self;
        let of_piece = |context: &mut Context<'_>, piece: &str, first_line: u64| {
            let mut blanks = 0;
            let (mut records, mut cells) = (PlainRecords::new(piece, rows.delimiter, rows.is_quoted), Vec::new());
            while let Some(stands) = records.next(&mut cells) {
                context.beat(0)?;
                if cells.iter().all(|cell| trimmed(cell).is_empty()) {
                    blanks += 1;
                    continue;
                }
                let line = line_number(stands.line + first_line);
                if line > rows_after {
                    visit(context, Item::Row(&DelimitedRow { record: &cells, line, lines: stands.lines, width, is_native }));
                }
            }
            let (rest, before) = records.rest();
            let ended_well = rest.is_empty() || {
                let mut ended_well = false;
                let line_end = if rest.ends_with('\n') { "" } else { "\n" };
                let text = rest.as_bytes().chain(line_end.as_bytes()).chain(END_OF_PIECE.as_bytes());
                blanks += rows.records_of(text, context, &mut |context, _| context.beat(0), &mut |context, record, line, lines| {
                    ended_well = record.len() == 1 && record.get(0) == Some(END_OF_PIECE);
                    let line = line_number(u64::from(line) + before + first_line - 1);
                    if !ended_well && line > rows_after {
                        visit(context, Item::Row(&DelimitedRow { record, line, lines, width, is_native }));
                    }
                    Ok(true)
                })?;
                ended_well
            };
            blank.fetch_add(blanks, Ordering::Relaxed);
            Ok(ended_well)
        };
        let cut = if self.is_quoted { Cut::Quoted } else { Cut::Records };
        let done = pieces::in_parallel(self.input, context, cut, LONGEST_PIECE, &of_piece)?;
        self.blank = blank.into_inner();
        Ok(done)
    }
}

/// The cells of a record, by whichever reader.
trait Cells {
    fn count(&self) -> usize;
    fn cell(&self, column: usize) -> Option<&str>;
    /// Whether there are more cells with something in them than can be asked for.
    fn is_cut(&self) -> bool {
        false
    }
}

impl Cells for Record {
    fn count(&self) -> usize {
        self.len()
    }

    fn cell(&self, column: usize) -> Option<&str> {
        self.get(column)
    }

    fn is_cut(&self) -> bool {
        self.is_cut()
    }
}

impl Cells for Vec<Cow<'_, str>> {
    fn count(&self) -> usize {
        self.len()
    }

    fn cell(&self, column: usize) -> Option<&str> {
        self.get(column).map(AsRef::as_ref)
    }
}

/// A record as a row.
struct DelimitedRow<'r, C> {
    record: &'r C,
    line: u32,
    lines: u64,
    width: usize,
    is_native: bool,
}

impl<C: Cells> DelimitedRow<'_, C> {
    fn text(&self, column: usize) -> Option<&str> {
        let text = self.record.cell(column)?;
        Some(if self.is_native { unprotected(text) } else { text })
    }

    /// The cells beyond the header that hold something, with their columns.
    fn beyond(&self) -> impl Iterator<Item = (usize, &str)> {
        let cells = (self.width..self.record.count()).filter_map(|column| Some((column, self.text(column)?)));
        cells.filter(|(_, text)| !text.trim().is_empty())
    }
}

impl<C: Cells> Row for DelimitedRow<'_, C> {
    fn line(&self) -> u32 {
        self.line
    }

    fn cell(&self, column: usize) -> Cell<'_> {
        match self.record.cell(column) {
            Some(text) if column < self.width && !text.is_empty() => Cell::Text(if self.is_native { unprotected(text) } else { text }),
            _ => Cell::Absent,
        }
    }

    fn extra(&self) -> Vec<(String, Cell<'_>)> {
        self.beyond().take(BEYOND_MOST).map(|(column, text)| (table::unnamed(column), Cell::Text(text))).collect()
    }

    fn remark(&self) -> Option<(Severity, String)> {
        let (count, width) = (self.record.count(), self.width);
        if self.lines > LONG_RECORD {
            let message = format!("The row spans {} lines: a quotation mark in it may never have been closed. Check it.", self.lines);
            return Some((Severity::Warning, message));
        }
        if self.record.is_cut() || self.beyond().nth(BEYOND_MOST).is_some() {
            let message = format!(
                "The row has {count} cells, the header {width}. The first {BEYOND_MOST} of the further ones are kept, the others are left out. Is it part of a table?"
            );
            return Some((Severity::Warning, message));
        }
        if count > width && self.beyond().next().is_some() {
            let message = format!(
                "The row has {count} cells, the header {width}; the further cells are kept. Is a cell with the delimiter in it not quoted?"
            );
            return Some((Severity::Warning, message));
        }
        (count < width)
            .then(|| (Severity::Note, format!("The row has {count} cells, the header {width}; the missing ones are taken as empty.")))
    }
}

#[cfg(test)]
mod tests;
