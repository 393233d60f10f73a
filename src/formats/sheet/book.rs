//! A workbook's sheets, row by row, by calamine; with limits on what a stranger's file unpacks to.
//!
//! Excel sheets are streamed: a cell in the last row of the last column costs one cell. OpenDocument sheets come as a whole, and say how often rows and cells are repeated;
//! they are counted before they are read.

use std::io::{Cursor, Read};

use calamine::{Data, Ods, Range, Reader, Xlsx};
use quick_xml::events::Event;

use super::cells::{SheetRow, Shows, of_excel, of_open_document};
use super::{Sheets, VisitRow};
use crate::formats::{Context, FormatError, guarded};

/// Bytes that a workbook may unpack to, and so many more for each of its own: sheets pack to a tenth or a twentieth.
const UNPACKED_FREE: u64 = 64 * 1024 * 1024;
const UNPACKED_EACH: u64 = 40;
/// Cells of an OpenDocument workbook, repetitions among them, and one more for so many bytes of its XML: a cell that stands for itself takes more.
const CELLS_FREE: u64 = 400_000;
const CELL_BYTES: u64 = 30;
/// Bytes of the texts of an Excel sheet, and so many more for each of the file's own: a text that is shared by many cells is kept once in the file and once in each event.
const TEXT_FREE: u64 = 64 * 1024 * 1024;
const TEXT_EACH: u64 = 16;
/// Parts that a workbook may have.
const PARTS_MOST: usize = 10_000;

/// Which kind of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Excel,
    OpenDocument,
}

/// An open workbook.
pub(super) struct Book {
    file: String,
    /// Bytes of text that a sheet may come to.
    text_most: u64,
    sheets: Held,
}

enum Held {
    Excel(Box<Xlsx<Cursor<Vec<u8>>>>),
    OpenDocument(Vec<(String, Range<Data>)>),
}

impl Book {
    /// Opens a workbook's bytes.
    pub(super) fn open(kind: Kind, bytes: Vec<u8>, file: &str) -> Result<Self, FormatError> {
        let broken = |message: String| FormatError::BadArchive {
            file: file.to_owned(),
            message: format!("the workbook can't be opened: {message}. Open it in a spreadsheet program and save it anew, or as CSV"),
        };
        check(&bytes, file)?;
        guarded(file, || Self::opened(kind, bytes, file, &broken))?
    }

    fn opened(kind: Kind, bytes: Vec<u8>, file: &str, broken: &dyn Fn(String) -> FormatError) -> Result<Self, FormatError> {
        let text_most = TEXT_FREE.saturating_add((bytes.len() as u64).saturating_mul(TEXT_EACH));
        let sheets = match kind {
            Kind::Excel => {
                let book: Xlsx<_> =
                    calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: calamine::XlsxError| broken(error.to_string()))?;
                Held::Excel(Box::new(book))
            }
            Kind::OpenDocument => {
                let mut book: Ods<_> =
                    calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: calamine::OdsError| broken(error.to_string()))?;
                Held::OpenDocument(book.worksheets())
            }
        };
        Ok(Self { file: file.to_owned(), text_most, sheets })
    }
}

impl Sheets for Book {
    fn names(&self) -> Vec<String> {
        match &self.sheets {
            Held::Excel(book) => book.sheet_names(),
            Held::OpenDocument(sheets) => sheets.iter().map(|(name, _)| name.clone()).collect(),
        }
    }

    fn walk(&mut self, sheet: usize, context: &mut Context<'_>, visit: &mut VisitRow<'_>) -> Result<(), FormatError> {
        let file = &self.file;
        match &mut self.sheets {
            Held::Excel(book) => {
                let Some(name) = book.sheet_names().get(sheet).cloned() else { return Ok(()) };
                walk_excel(book, &name, (file, self.text_most), context, visit)
            }
            Held::OpenDocument(sheets) => {
                let Some((_, range)) = sheets.get(sheet) else { return Ok(()) };
                let (first_row, first_column) = range.start().unwrap_or_default();
                for (number, cells) in (first_row..).zip(range.rows()) {
                    context.beat(0)?;
                    let cells = (first_column..).zip(cells).filter_map(|(column, cell)| Some((column, of_open_document(cell)?)));
                    let row = SheetRow { number: number.saturating_add(1), cells: cells.collect() };
                    if !row.cells.is_empty() && !visit(context, &row)? {
                        break;
                    }
                }
                Ok(())
            }
        }
    }
}

/// Lets calamine do something. Where a file is damaged in a way that it does not foresee, it stops the thread, in the words of a program; here that is an error like others.
fn guarded<T>(file: &str, work: impl FnOnce() -> T) -> Result<T, FormatError> {
    guarded::guarded(work).ok_or_else(|| FormatError::BadArchive {
        file: file.to_owned(),
        message: "the workbook is damaged in a way that can't be told. Open it in a spreadsheet program and save it anew, or as CSV"
            .to_owned(),
    })
}

/// Visits the rows of a sheet of an Excel workbook as they are read.
fn walk_excel(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    (file, text_most): (&str, u64),
    context: &mut Context<'_>,
    visit: &mut VisitRow<'_>,
) -> Result<(), FormatError> {
    let broken = |error: calamine::XlsxError| FormatError::BadArchive {
        file: file.to_owned(),
        message: format!("the sheet {name:?} can't be read: {error}. Open it in a spreadsheet program and save it anew, or as CSV"),
    };
    let is_1904 = book.has_1904_epoch();
    let mut reader = match guarded(file, || book.worksheet_cells_reader(name))? {
        Ok(reader) => reader,
        // A sheet that is a chart, or is only named, holds no rows.
        Err(calamine::XlsxError::NotAWorksheet(_) | calamine::XlsxError::WorksheetNotFound(_)) => return Ok(()),
        Err(error) => return Err(broken(error)),
    };
    let of_style = |style: &calamine::Style| style.number_format.as_ref().map(|format| Shows::of(&format.format_code)).unwrap_or_default();
    let shows: Vec<Shows> = reader.styles().iter().map(of_style).collect();
    let mut row = SheetRow::default();
    let mut text_bytes = 0_u64;
    while let Some((cell, style)) = guarded(file, || reader.next_cell_with_style_id())?.map_err(broken)? {
        let (number, column) = cell.get_position();
        let number = number.saturating_add(1);
        if number != row.number {
            context.beat(0)?;
            row.put_in_order();
            if !row.cells.is_empty() && !visit(context, &row)? {
                return Ok(());
            }
            row = SheetRow { number, cells: Vec::new() };
        }
        if let calamine::DataRef::SharedString(text) = cell.get_value() {
            text_bytes = text_bytes.saturating_add(text.len() as u64);
            if text_bytes > text_most {
                let message = format!(
                    "the texts of the sheet {name:?} come to more than {text_most} bytes, far more than those of a file of its size do. Save it as CSV if you trust it"
                );
                return Err(FormatError::BadArchive { file: file.to_owned(), message });
            }
        }
        if let Some(text) = of_excel(cell.get_value(), shows.get(style).copied().unwrap_or_default(), is_1904) {
            row.cells.push((column, text));
        }
    }
    row.put_in_order();
    if !row.cells.is_empty() {
        visit(context, &row)?;
    }
    Ok(())
}

/// Refuses a file that is no archive, or that unpacks to more than it should.
fn check(bytes: &[u8], file: &str) -> Result<(), FormatError> {
    let refused = |message: String| FormatError::BadArchive { file: file.to_owned(), message };
    let limit = UNPACKED_FREE.saturating_add((bytes.len() as u64).saturating_mul(UNPACKED_EACH));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| refused(format!("the workbook is damaged or was cut off ({error}). Fetch it again")))?;
    if archive.len() > PARTS_MOST {
        return Err(refused(format!("the workbook has {} parts, far more than workbooks have. Save it anew, or as CSV", archive.len())));
    }
    let too_much = || {
        refused(format!(
            "the workbook unpacks to more than {limit} bytes, far more than sheets of its size do. Save it as CSV if you trust it"
        ))
    };
    let mut left = limit;
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).map_err(|error| {
            refused(format!("the workbook is damaged, or protected by a password ({error}). Save it without one, or as CSV"))
        })?;
        let is_sheets = part.name().is_ok_and(|name| name == "content.xml");
        let mut content = Vec::new();
        let mut limited = part.by_ref().take(left + 1);
        // What cannot be unpacked is told by whoever reads it.
        let count = if is_sheets {
            limited.read_to_end(&mut content).map(|count| count as u64)
        } else {
            std::io::copy(&mut limited, &mut std::io::sink())
        };
        left = left.checked_sub(count.unwrap_or(0)).ok_or_else(too_much)?;
        // Calamine would wait for ever for the end of a table behind the end of the text.
        if is_sheets && !is_well_formed(&content) {
            return Err(refused("the XML of its sheets breaks off or is broken. Fetch it again, or save it anew".to_owned()));
        }
        let cells_most = CELLS_FREE + content.len() as u64 / CELL_BYTES;
        if is_sheets && cells_of(&content) > cells_most {
            return Err(refused(format!(
                "its sheets have more than {cells_most} cells, as they say how often rows and cells are repeated. Save it as CSV"
            )));
        }
    }
    Ok(())
}

/// Whether every element of an XML text is closed where it should be.
fn is_well_formed(content: &[u8]) -> bool {
    let (mut reader, mut depth) = (quick_xml::Reader::from_reader(content), 0_usize);
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// How many cells the sheets of an OpenDocument text have once rows and cells are repeated as they say; blank ones behind the last of a row are not made.
fn cells_of(content: &[u8]) -> u64 {
    let (mut total, mut in_row, mut blank, mut times) = (0_u64, 0_u64, 0_u64, 1_u64);
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', &content[from..]).map(|at| from + at) {
        let end = memchr::memchr(b'>', &content[at..]).map_or(content.len(), |end| at + end + 1);
        let tag = &content[at..end];
        from = end;
        if tag.starts_with(b"<table:table-row") {
            (in_row, blank, times) = (0, 0, number_in(tag, b"number-rows-repeated=").clamp(1, 1_048_576));
        } else if tag.starts_with(b"<table:table-cell") || tag.starts_with(b"<table:covered-table-cell") {
            blank += number_in(tag, b"number-columns-repeated=").clamp(1, 16_384);
            if !tag.ends_with(b"/>") || memchr::memmem::find(tag, b"value").is_some() {
                in_row += std::mem::take(&mut blank);
            }
        } else if tag.starts_with(b"</table:table-row") {
            total = total.saturating_add(in_row.saturating_mul(times));
        }
    }
    total
}

/// The number behind the name of an attribute; 0 where there is none.
fn number_in(tag: &[u8], name: &[u8]) -> u64 {
    let Some(at) = memchr::memmem::find(tag, name) else { return 0 };
    let digits = tag[at + name.len()..].iter().skip(1).take_while(|byte| byte.is_ascii_digit());
    digits.fold(0_u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::cells_of;

    #[test]
    fn repeated_cells_are_counted_before_they_are_made() {
        let row = |times: u32, cells: &str| format!("<table:table-row table:number-rows-repeated=\"{times}\">{cells}</table:table-row>");
        let filled = "<table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";
        let blank = "<table:table-cell table:number-columns-repeated=\"16384\"/>";
        assert_eq!(cells_of(row(1, &format!("{filled}{blank}")).as_bytes()), 1);
        assert_eq!(cells_of(row(3, &format!("{blank}{filled}")).as_bytes()), 3 * 16_385);
        assert_eq!(cells_of(row(1_000_000, blank).as_bytes()), 0);
        assert!(cells_of(row(1_000_000, &format!("{filled}{filled}")).as_bytes()) >= 2_000_000);
    }
}
