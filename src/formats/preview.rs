//! The beginning of a table as it would be read: its columns with what each is taken for and why, its first rows, and what becomes of their dates.

use encoding_rs::Encoding;

use super::delimited::DelimitedRows;
use super::table::{self, Item};
use super::{Context, Field, FormatError, HEAD_BYTES, Input, ReadOptions, Silent, header_key, read_into};
use crate::model::{Event, EventSink, FileLedger, Tables};
use crate::time::{self, DateOrder};

/// Rows that are shown.
const ROWS: usize = 12;

/// A column of a previewed table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewColumn {
    /// Its name.
    pub name: String,
    /// What it is taken for; a column can be the kind and a part of the title.
    pub fields: Vec<Field>,
    /// Why.
    pub reason: String,
}

/// A row of a previewed table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// The line at which it begins.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<String>,
    /// Its date in words, or why it has none.
    pub date: Result<String, String>,
}

/// The beginning of a table.
#[derive(Clone, Debug)]
pub struct TablePreview {
    /// Its columns.
    pub columns: Vec<PreviewColumn>,
    /// Its first rows.
    pub rows: Vec<PreviewRow>,
    /// The character between cells.
    pub delimiter: char,
    /// The line of the header, from 1; 0 where there is none.
    pub header_line: u32,
    /// The name of its encoding.
    pub encoding: &'static str,
    /// Why it cannot be read as it stands.
    pub error: Option<String>,
    /// The key under which choices for this header are kept.
    pub key: String,
}

/// The first bytes of a table, cut behind a line.
pub fn table_head(input: &Input<'_>) -> Result<Vec<u8>, FormatError> {
    let mut head = input.head_bytes()?;
    if head.len() >= HEAD_BYTES
        && let Some(end) = memchr::memrchr2(b'\n', b'\r', &head)
    {
        // The second byte of a line end in UTF-16 stays with it.
        head.truncate((end + 1 + usize::from(head.get(end + 1) == Some(&0))).min(head.len()));
    }
    Ok(head)
}

/// Reads the beginning of a table as `options` have it. Errors: it is no table at all.
pub fn preview_table(name: &str, head: &[u8], options: &ReadOptions) -> Result<TablePreview, FormatError> {
    let input = Input::from_bytes(name, head);
    if let Some(encoding) = options.layout.encoding {
        input.force_encoding(encoding);
    }
    let (mut ledger, mut nothing) = (FileLedger::new(name, "csv"), Dates::default());
    let mut context = Context::new(options, &mut ledger, &mut nothing, &Silent, head.len() as u64);
    // The key is that of the header as it is found, whatever was said of it.
    let found = ReadOptions { map: super::ColumnMap::default(), layout: super::TableLayout::default(), ..options.clone() };
    let key = header_key(table::Rows::columns(&DelimitedRows::open(&Input::from_bytes(name, head), &mut context.with_options(&found))?));
    let mut rows = DelimitedRows::open(&input, &mut context)?;
    let plan = table::recognise(&mut rows, &mut context);
    let (header_line, delimiter) = (rows.header_line_or_none(), rows.delimiter());
    let names: Vec<String> = table::Rows::columns(&rows).to_vec();
    let mut shown: Vec<PreviewRow> = Vec::new();
    table::Rows::walk(&mut rows, &mut context, &mut |_, item| {
        if let Item::Row(row) = item {
            let cells = (0..names.len()).map(|column| row.cell(column).text().to_owned()).collect();
            shown.push(PreviewRow { line: row.line(), cells, date: Err(String::new()) });
        }
        Ok(shown.len() < ROWS)
    })?;
    let encoding = input.encoding_name();
    let columns = match &plan {
        Ok(plan) => names.iter().enumerate().map(|(column, name)| described(plan, column, name, options)).collect(),
        Err(_) => names.iter().map(|name| PreviewColumn { name: name.clone(), fields: Vec::new(), reason: String::new() }).collect(),
    };
    if plan.is_ok() {
        let (mut ledger, mut dates) = (FileLedger::new(name, "csv"), Dates::default());
        let as_table = ReadOptions { format: Some("csv".to_owned()), remembered: std::sync::Arc::default(), ..options.clone() };
        let input = Input::from_bytes(name, head);
        read_into(&input, &as_table, &mut ledger, &mut dates, &Silent)?;
        for row in &mut shown {
            let reason = || ledger.problems.iter().find(|problem| problem.line == row.line).map_or("no date", |problem| &problem.message);
            row.date = match dates.0.iter().find(|(line, _)| *line == row.line) {
                Some((_, Some(words))) => Ok(words.clone()),
                _ => Err(reason().to_owned()),
            };
        }
    }
    let error = plan.err().map(|error| error.to_string());
    Ok(TablePreview { columns, rows: shown, delimiter: char::from(delimiter), header_line, encoding, error, key })
}

/// Keeps the dates of the first events in words, by line.
#[derive(Default)]
struct Dates(Vec<(u32, Option<String>)>);

impl EventSink for Dates {
    fn event(&mut self, event: &Event<'_>, line: u32) {
        if self.0.len() < ROWS {
            let when = event.when.as_ref().filter(|_| event.stands_on_axis());
            self.0.push((line, when.map(time::wording_short)));
        }
    }

    fn tables(&mut self, _tables: Tables) {}
}

/// What a column is taken for, and why.
fn described(plan: &table::Plan, column: usize, name: &str, options: &ReadOptions) -> PreviewColumn {
    let fields = plan.fields_of(column);
    let reason = match fields.first() {
        None => "kept under its own name".to_owned(),
        Some(field) if options.map.get(*field).is_some_and(|columns| columns.iter().any(|chosen| chosen == name)) => {
            "you chose it".to_owned()
        }
        Some(_) if plan.explanation.is_empty() => "a native header".to_owned(),
        Some(field) if table::is_named_for(name, *field) => "by its name".to_owned(),
        Some(_) => "by what it holds".to_owned(),
    };
    PreviewColumn { name: name.to_owned(), fields, reason }
}

/// The encodings that a user can choose among.
pub fn encodings() -> [&'static Encoding; 10] {
    use encoding_rs as known;
    [
        known::UTF_8,
        known::WINDOWS_1252,
        known::WINDOWS_1250,
        known::WINDOWS_1251,
        known::UTF_16LE,
        known::UTF_16BE,
        known::SHIFT_JIS,
        known::GB18030,
        known::EUC_KR,
        known::WINDOWS_1256,
    ]
}

/// The orders of day and month, with words for them.
pub const ORDERS: [(DateOrder, &str); 3] =
    [(DateOrder::Dmy, "day first (04/05 is 4 May)"), (DateOrder::Mdy, "month first (04/05 is April 5)"), (DateOrder::Ymd, "year first")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{ColumnMap, TableLayout};

    fn preview(text: &str, options: &ReadOptions) -> TablePreview {
        preview_table("x.csv", text.as_bytes(), options).unwrap()
    }

    #[test]
    fn columns_are_shown_with_what_they_are_taken_for() {
        let shown = preview("Date;What;Who\n04/05/2021;A fire;Ana\n25/05/2021;A visit;Ben\n", &ReadOptions::default());
        assert_eq!((shown.delimiter, shown.header_line, shown.encoding, shown.error), (';', 1, "UTF-8", None));
        assert_eq!(shown.columns[0].fields, [Field::When]);
        assert_eq!((shown.columns[0].reason.as_str(), shown.rows.len()), ("by its name", 2));
        assert_eq!(shown.rows[0].date, Ok("4 May 2021".to_owned()));
    }

    #[test]
    fn what_is_chosen_is_followed() {
        let text = "A report of the port\nX;Y\n04/05/2021;A fire\n";
        let found = preview(text, &ReadOptions::default());
        let mut options = ReadOptions { map: ColumnMap::parse("when=X,title=Y").unwrap(), ..ReadOptions::default() };
        options.layout = TableLayout { delimiter: Some(b';'), header_line: Some(2), encoding: Some(encoding_rs::WINDOWS_1252) };
        let shown = preview(text, &options);
        assert_eq!((shown.columns[0].name.as_str(), shown.columns[0].reason.as_str()), ("X", "you chose it"));
        assert_eq!((shown.header_line, shown.rows.len(), shown.encoding), (2, 1, "windows-1252"));
        assert!(shown.rows[0].date.as_ref().is_err_and(|words| words.contains("2021-05-04")), "{:?}", shown.rows);
        options.dialect.order = Some(DateOrder::Mdy);
        assert_eq!(preview(text, &options).rows[0].date, Ok("5 Apr 2021".to_owned()));
        assert_eq!(found.key, preview(text, &options).key, "the key is that of the header as it is found");
        options.layout.header_line = Some(0);
        let shown = preview("1;2021-05-04\n2;2021-05-05\n", &ReadOptions { map: ColumnMap::default(), ..options });
        assert_eq!((shown.header_line, shown.rows.len(), shown.columns[0].name.as_str()), (0, 2, "column 1"));
    }

    #[test]
    fn a_table_without_a_date_is_shown_with_the_reason() {
        let shown = preview("a,b\nx,y\nz,w\n", &ReadOptions::default());
        assert!(shown.error.is_some_and(|words| words.contains("no column was recognised as the date")));
        assert_eq!((shown.rows.len(), shown.columns.len()), (2, 2));
    }
}
