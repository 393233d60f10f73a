//! Any bytes as one part of a workbook that is whole otherwise; the first byte chooses the part. Bytes as the archive itself are for `reader`.

#![no_main]

use std::io::{Cursor, Write as _};

use chronolane::formats::{self, Input, ReadOptions, Silent};
use chronolane::store::StoreBuilder;
use libfuzzer_sys::fuzz_target;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const EXCEL: [(&str, &str); 6] = [
    ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>45168.5</v></c><c r=\"B2\" t=\"s\"><v>1</v></c></row></sheetData></worksheet>"),
    ("xl/sharedStrings.xml", "<sst><si><t>Date</t></si><si><r><t>Title</t></r></si></sst>"),
    ("xl/styles.xml", "<styleSheet><numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"mmm\\ yyyy\"/></numFmts><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"),
    ("xl/workbook.xml", "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
    ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>"),
    ("[Content_Types].xml", "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"),
];

const OPEN_DOCUMENT: [(&str, &str); 3] = [
    ("content.xml", ""),
    ("META-INF/manifest.xml", "<manifest:manifest/>"),
    ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
];

fn with_part(parts: &[(&str, &str)], changed: usize, bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (number, (name, text)) in parts.iter().enumerate() {
        writer.start_file(*name, stored).expect("a name that can be");
        writer.write_all(if number == changed { bytes } else { text.as_bytes() }).expect("room in memory");
    }
    writer.finish().expect("room in memory").into_inner()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let choice = usize::from(*choice);
    let (name, format, book) = match choice.checked_sub(EXCEL.len()) {
        None => ("a.xlsx", "xlsx", with_part(&EXCEL, choice, bytes)),
        Some(part) => ("a.ods", "ods", with_part(&OPEN_DOCUMENT, part.min(1), bytes)),
    };
    let options = ReadOptions { format: Some(format.to_owned()), ..ReadOptions::default() };
    let mut builder = StoreBuilder::default();
    builder.begin_file(name.into());
    match formats::read_input(&Input::from_bytes(name, &book), &options, &mut builder, &Silent) {
        Ok(ledger) => assert_eq!(ledger.rows, ledger.plotted + ledger.undated + ledger.rejected, "{ledger:?}"),
        Err(error) => assert!(error.to_string().contains(name)),
    }
});
