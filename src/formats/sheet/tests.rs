use std::fmt::Write as _;
use std::io::Write as _;

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use crate::formats::testing::read_with;
use crate::formats::{ColumnMap, FormatError, ReadOptions};

fn zipped(files: &[(String, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of these sheets, each with the XML of its rows. Styles: 1 a date, 2 `mmm yyyy`, 3 a date with hours and minutes.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    workbook_of(sheets, None)
}

/// The same with a table of texts that cells share.
fn workbook_of(sheets: &[(&str, &str)], shared: Option<&str>) -> Vec<u8> {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut listed, mut related) = (String::new(), String::new());
    let mut files = Vec::new();
    for (number, (name, rows)) in (1..).zip(sheets) {
        let _ = write!(listed, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
        let _ =
            write!(related, "<Relationship Id=\"rId{number}\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>");
        files.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("{head}<worksheet {main}><sheetData>{rows}</sheetData></worksheet>"),
        ));
    }
    let _ = write!(related, "<Relationship Id=\"rIdS\" Type=\"{relations}/styles\" Target=\"styles.xml\"/>");
    if let Some(shared) = shared {
        let _ = write!(related, "<Relationship Id=\"rIdT\" Type=\"{relations}/sharedStrings\" Target=\"sharedStrings.xml\"/>");
        files.push(("xl/sharedStrings.xml".to_owned(), format!("{head}{shared}")));
    }
    let package = "http://schemas.openxmlformats.org/package/2006";
    let styles = "<numFmts count=\"2\"><numFmt numFmtId=\"170\" formatCode=\"mmm\\ yyyy\"/><numFmt numFmtId=\"171\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/></numFmts>\
        <cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs>";
    let mut all = vec![
        (
            "[Content_Types].xml".to_owned(),
            format!("{head}<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "{head}<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        ("xl/workbook.xml".to_owned(), format!("{head}<workbook {main} xmlns:r=\"{relations}\"><sheets>{listed}</sheets></workbook>")),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("{head}<Relationships xmlns=\"{package}/relationships\">{related}</Relationships>"),
        ),
        ("xl/styles.xml".to_owned(), format!("{head}<styleSheet {main}>{styles}</styleSheet>")),
    ];
    all.extend(files);
    zipped(&all)
}

fn words(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn number(at: &str, style: u32, value: &str) -> String {
    format!("<c r=\"{at}\" s=\"{style}\"><v>{value}</v></c>")
}

fn row(number: u32, cells: &[String]) -> String {
    format!("<row r=\"{number}\">{}</row>", cells.concat())
}

fn events() -> String {
    [
        row(1, &[words("A1", "All that happened")]),
        row(3, &[words("B3", "Date"), words("C3", "Title"), words("D3", "Place")]),
        row(4, &[number("B4", 1, "45168"), words("C4", "To a day"), words("D4", "Ulm")]),
        row(5, &[number("B5", 2, "45139"), words("C5", "To a month"), number("F5", 0, "7")]),
        row(6, &[number("B6", 3, "45168.586805555555"), words("C6", "To a minute")]),
        row(7, &[words("B7", "c. 1920"), words("C7", "As text")]),
        row(9, &[words("C9", "Without a date")]),
    ]
    .concat()
}

fn book() -> Vec<u8> {
    let notes = row(1, &[words("A1", "Read me first")]);
    let people = [row(1, &[words("A1", "Name"), words("B1", "Born")]), row(2, &[words("A2", "Ann"), number("B2", 1, "1")])].concat();
    workbook(&[("Notes", &notes), ("Events", &events()), ("People", &people)])
}

#[test]
fn the_first_sheet_with_a_table_is_read_and_its_dates_as_they_are_shown() {
    let (ledger, kept) = read_with("x.xlsx", &book(), &ReadOptions::default()).unwrap();
    assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated), ("xlsx", 5, 4, 1), "{:?}", ledger.problems);
    let shown: Vec<(&str, &str, u32)> = kept.shown.iter().map(|event| (event.when.as_str(), event.title.as_str(), event.line)).collect();
    assert_eq!(
        shown,
        [
            ("2023-08-30", "To a day", 4),
            ("2023-08", "To a month", 5),
            ("2023-08-30T14:05", "To a minute", 6),
            ("1920~", "As text", 7),
            ("", "Without a date", 9)
        ]
    );
    assert_eq!((kept.shown[0].place.as_str(), kept.shown[1].further.as_slice()), ("Ulm", &[("column 6".to_owned(), "7".to_owned())][..]));
    let said = ledger.problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("\n");
    assert!(
        said.contains("\"Events\" is read") && said.contains("Notes, People") && said.contains("Row 3 is read as the header"),
        "{said}"
    );
}

#[test]
fn a_sheet_is_chosen_by_name_or_by_number() {
    for wanted in ["people", "3"] {
        let map = ColumnMap::parse("when=Born").unwrap();
        let options = ReadOptions { sheet: Some(wanted.to_owned()), map, ..ReadOptions::default() };
        let (_, kept) = read_with("x.xlsx", &book(), &options).unwrap();
        assert_eq!(kept.shown[0].when, "1900-01-01");
    }
    for (wanted, word) in [("4", "no sheet"), ("Notes", "holds no table")] {
        let options = ReadOptions { sheet: Some(wanted.to_owned()), ..ReadOptions::default() };
        let failed = read_with("x.xlsx", &book(), &options).err().unwrap().to_string();
        assert!(failed.contains(word) && failed.contains("Events"), "{failed}");
    }
}

/// An OpenDocument spreadsheet with these rows.
fn open_document(rows: &str) -> Vec<u8> {
    let names = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content {names}><office:body><office:spreadsheet><table:table table:name=\"Events\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content), ("META-INF/manifest.xml", manifest)]
    {
        writer.start_file(name, stored).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn cell(text: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
}

#[test]
fn an_open_document_sheet_is_read_with_its_repeated_cells() {
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"2023-08-30\"><text:p>30/08/23</text:p></table:table-cell>";
    let blank = "<table:table-cell table:number-columns-repeated=\"16000\"/>";
    let rows = format!(
        "<table:table-row>{}{}{blank}</table:table-row><table:table-row table:number-rows-repeated=\"2\">{date}{}</table:table-row><table:table-row table:number-rows-repeated=\"1048000\">{blank}</table:table-row>",
        cell("Date"),
        cell("Title"),
        cell("Twice")
    );
    let (ledger, kept) = read_with("x.ods", &open_document(&rows), &ReadOptions::default()).unwrap();
    assert_eq!((ledger.format.as_str(), ledger.rows, kept.shown[1].when.as_str()), ("ods", 2, "2023-08-30"), "{:?}", ledger.problems);
}

/// Cells may stand in any order, and in more columns than any sheet has.
#[test]
fn cells_out_of_order_and_far_beyond_are_read_or_refused_in_words() {
    let letters = |mut column: u32| {
        let mut name = String::new();
        while column > 0 {
            name.insert(0, char::from(b'A' + ((column - 1) % 26) as u8));
            column = (column - 1) / 26;
        }
        name
    };
    let head = row(1, &[words("B1", "Title"), words("A1", "Date")]);
    let backwards = |number: u32, cell: &dyn Fn(u32) -> String| {
        row(number, &(1..=20_000).rev().map(|column| words(&format!("{}{number}", letters(column)), &cell(column))).collect::<Vec<_>>())
    };
    let named = |column: u32| if column == 1 { "Date".to_owned() } else { format!("c{column}") };
    let rows = backwards(1, &named) + &backwards(2, &|_| "2023".to_owned());
    let (ledger, kept) = read_with("x.xlsx", &workbook(&[("S", &rows)]), &ReadOptions::default()).unwrap();
    assert_eq!((ledger.plotted, kept.shown[0].when.as_str()), (1, "2023"));
    let twice = row(2, &[words("B2", "first"), words("A2", "2023"), words("B2", "last")]);
    let (_, kept) = read_with("x.xlsx", &workbook(&[("S", &format!("{head}{twice}"))]), &ReadOptions::default()).unwrap();
    assert_eq!(kept.shown[0].title, "last");
    for far in ["AAAAAAAAAA2", "A99999999999", "A0", "2", "é2"] {
        let rows = format!("{head}{}", row(2, &[words("A2", "2023"), words(far, "x")]));
        if let Err(error) = read_with("x.xlsx", &workbook(&[("S", &rows)]), &ReadOptions::default()) {
            assert!(error.to_string().contains("x.xlsx"), "{error}");
        }
    }
}

/// The fuzzer found it: calamine looked for the end of the table for ever.
#[test]
fn a_table_that_never_ends_is_refused() {
    for rows in ["<table:table-row>".to_owned(), format!("<table:table-row>{}</table:table-row></table:tablE><table:table>", cell("Date"))]
    {
        let failed = read_with("x.ods", &open_document(&rows), &ReadOptions::default()).err().unwrap().to_string();
        assert!(failed.contains("breaks off or is broken"), "{failed}");
    }
}

/// One long text that many cells share is kept once in the file, and would be in each event.
#[test]
fn a_text_shared_by_too_many_cells_is_refused() {
    let shared = |at: &str| format!("<c r=\"{at}\" t=\"s\"><v>0</v></c>");
    let rows: String = (2..200).map(|number| row(number, &[words(&format!("A{number}"), "2023"), shared(&format!("B{number}"))])).collect();
    let head = row(1, &[words("A1", "Date"), words("B1", "Title")]);
    let with_text = |length: usize| {
        let strings = format!(
            "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>{}</t></si></sst>",
            "long ".repeat(length / 5)
        );
        workbook_of(&[("S", &format!("{head}{rows}"))], Some(&strings))
    };
    assert_eq!(read_with("x.xlsx", &with_text(1_000), &ReadOptions::default()).unwrap().0.plotted, 198);
    let failed = read_with("x.xlsx", &with_text(30_000_000), &ReadOptions::default()).err().unwrap().to_string();
    assert!(failed.contains("come to more than"), "{failed}");
}

#[test]
fn sheets_made_to_fill_the_memory_are_refused_or_cost_nothing() {
    let bomb = open_document(&format!("<table:table-row table:number-rows-repeated=\"1000000\">{}</table:table-row>", cell("x").repeat(9)));
    let words_of = |name: &str, bytes: &[u8]| read_with(name, bytes, &ReadOptions::default()).err().unwrap().to_string();
    assert!(words_of("x.ods", &bomb).contains("cells"), "{}", words_of("x.ods", &bomb));
    let small = open_document(&format!("<table:table-row table:number-rows-repeated=\"300000\">{}</table:table-row>", cell("x").repeat(2)));
    assert!(words_of("x.ods", &small).contains("cells"), "a small file is not many rows");
    let far =
        [row(1, &[words("A1", "Date"), words("B1", "Title")]), row(1_048_576, &[words("A1048576", "2023"), words("XFD1048576", "far")])]
            .concat();
    let (ledger, kept) = read_with("x.xlsx", &workbook(&[("S", &far)]), &ReadOptions::default()).unwrap();
    assert_eq!((ledger.plotted, kept.shown[0].line), (1, 1_048_576));
    let large = workbook(&[("S", &" ".repeat(90_000_000))]);
    assert!(words_of("x.xlsx", &large).contains("unpacks to more than"), "{}", large.len());
    let failed = read_with("x.xlsx", b"PK\x03\x04 and no more of [Content_Types].xml", &ReadOptions::default()).err().unwrap();
    assert!(matches!(failed, FormatError::BadArchive { .. }), "{failed}");
}

proptest! {
    #![proptest_config(crate::formats::hostile::few())]

    #[test]
    fn a_damaged_workbook_gives_events_or_an_error(which in 0..2, cut in any::<prop::sample::Index>(), flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4), keep: bool) {
        let (name, mut bytes) = if which == 0 { ("x.xlsx", book()) } else { ("x.ods", open_document(&format!("<table:table-row>{0}{0}</table:table-row><table:table-row>{0}{0}</table:table-row>", cell("Date")))) };
        for (at, flip) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        if !keep {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        if let Err(error) = read_with(name, &bytes, &ReadOptions::default()) {
            prop_assert!(error.to_string().contains(name), "{}", error);
        }
    }

    #[test]
    fn damaged_xml_in_a_sheet_gives_events_or_an_error(at in any::<prop::sample::Index>(), flip in 1_u8..128, cut: bool) {
        let mut rows = events().into_bytes();
        let at = at.index(rows.len());
        rows[at] ^= flip & 0x7f;
        if cut {
            rows.truncate(at);
        }
        let rows = String::from_utf8_lossy(&rows).into_owned();
        if let Err(error) = read_with("x.xlsx", &workbook(&[("Events", &rows)]), &ReadOptions::default()) {
            prop_assert!(error.to_string().contains("x.xlsx"), "{}", error);
        }
    }
}
