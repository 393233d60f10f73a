//! The beginning of a table as it would be read: its columns with what each is taken for and why, its first rows, and what becomes of their dates.
//!
//! Tables of text, the sheets of a workbook and lists of JSON objects are previewed alike. What is needed of a file is taken from it once; then any choice can be tried on it.

use std::sync::Arc;

use encoding_rs::Encoding;

use super::delimited::DelimitedRows;
use super::sheet::{Found, Sample, SheetRows, Sheets};
use super::table::{self, Cell, Item, Rows};
use super::{
    ColumnMap, Context, Field, FormatError, Input, KNOWN_TABLES, Progress, ReadOptions, Silent, TableChoice, TableLayout, header_key, json,
    roles,
};
use crate::model::{Event, EventSink, FileLedger, Tables};
use crate::time::{self, DateOrder};

/// Rows that are shown.
const ROWS: usize = 12;
/// Objects of a list that are kept for a preview.
const OBJECTS_MOST: usize = 1_000;

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

/// What lays a table out, as far as its kind leaves a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreviewLayout {
    /// A table of text.
    Text {
        /// The character between cells.
        delimiter: char,
        /// The name of its encoding.
        encoding: &'static str,
    },
    /// A sheet of a workbook.
    Sheet {
        /// The names of all its sheets.
        names: Vec<String>,
        /// The number of the one that is read, from 0.
        at: usize,
    },
    /// Objects, whose fields have names of their own.
    Objects,
}

/// The beginning of a table.
#[derive(Clone, Debug)]
pub struct TablePreview {
    /// Its columns.
    pub columns: Vec<PreviewColumn>,
    /// Its first rows.
    pub rows: Vec<PreviewRow>,
    /// How it is laid out.
    pub layout: PreviewLayout,
    /// The line of the header, from 1; 0 where there is none.
    pub header_line: u32,
    /// Why it cannot be read as it stands.
    pub error: Option<String>,
    /// The key under which choices for this header are kept.
    pub key: String,
}

/// What is taken of a file for previews.
#[derive(Clone, Debug)]
pub struct TableHead {
    name: String,
    /// The format that the file is recognised as.
    format: String,
    kind: HeadKind,
}

#[derive(Clone, Debug)]
enum HeadKind {
    /// The first bytes of a table, cut behind a line.
    Text(Vec<u8>),
    Sheets(Sample),
    /// The first lines of a file with an object on each.
    Lines(Vec<u8>),
    /// The first objects of a list, as a list.
    List(Vec<u8>),
}

/// The formats without columns of their own.
const MAPPED: [&str; 5] = ["csv", "xlsx", "ods", "jsonl", "json"];

/// The name of a format whose columns can be chosen; `None` for one of which they cannot.
pub fn mapped(format: &str) -> Option<&'static str> {
    MAPPED.into_iter().chain(KNOWN_TABLES).find(|known| *known == format)
}

impl TableHead {
    /// Takes it from a file of one of the [`mapped`] formats.
    ///
    /// Errors: the file cannot be read, or is of another format.
    pub fn of(input: &Input<'_>, format: &str, options: &ReadOptions, progress: &dyn Progress) -> Result<Self, FormatError> {
        let name = input.name().to_owned();
        let (mut ledger, mut nothing) = (FileLedger::new(&name, format), Dates::default());
        let mut context = Context::new(options, &mut ledger, &mut nothing, progress, input.len());
        let kind = match format {
            "csv" => HeadKind::Text(input.first_lines()?),
            known if KNOWN_TABLES.contains(&known) && !roles::is_of_lines(known) => HeadKind::Text(input.first_lines()?),
            lines if lines == "jsonl" || roles::is_of_lines(lines) => HeadKind::Lines(input.first_lines()?),
            "xlsx" | "ods" => HeadKind::Sheets(Sample::of(format == "xlsx", input, &mut context)?),
            "json" => HeadKind::List(json::first_of_list(&name, &input.document(&mut context)?, OBJECTS_MOST)?.into_bytes()),
            _ => {
                let known = MAPPED.join(", ");
                return Err(FormatError::BadMap { message: format!("the columns of {format} are known; those of {known} can be chosen.") });
            }
        };
        Ok(Self { name, format: format.to_owned(), kind })
    }

    /// What the own reader of a known program takes its columns for, as a choice to begin with, and what that reader does beside; `None` for any other table, and for one without a
    /// header by which its columns are known.
    pub fn roles(&self) -> Option<(TableChoice, &'static str)> {
        let (HeadKind::Text(bytes) | HeadKind::Lines(bytes)) = &self.kind else { return None };
        let options = ReadOptions::default();
        let (mut ledger, mut nothing) = (FileLedger::new(&self.name, ""), Dates::default());
        let mut context = Context::new(&options, &mut ledger, &mut nothing, &Silent, 0);
        let input = Input::from_bytes(&self.name, bytes);
        if roles::is_of_lines(&self.format) {
            roles::roles_of(&self.format, json::line_rows(&input, &mut context).ok()?.columns())
        } else {
            roles::roles_of(&self.format, DelimitedRows::open(&input, &mut context).ok()?.columns())
        }
    }

    /// Whether its columns are those of a known program.
    pub fn is_known(&self) -> bool {
        KNOWN_TABLES.contains(&self.format.as_str())
    }

    /// A table of text in memory.
    pub fn of_text(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), format: "csv".to_owned(), kind: HeadKind::Text(bytes.to_vec()) }
    }

    /// The beginning of the table as `options` have it. Errors: it is no table at all.
    pub fn preview(&self, options: &ReadOptions) -> Result<TablePreview, FormatError> {
        // The key is that of the header as it is found, whatever was said of it.
        let found = ReadOptions { map: ColumnMap::default(), layout: TableLayout::default(), sheet: None, ..options.clone() };
        let found = ReadOptions { remembered: Arc::default(), ..found };
        let options = ReadOptions { remembered: Arc::default(), ..options.clone() };
        let (mut ledger, mut nothing) = (FileLedger::new(&self.name, ""), Dates::default());
        let mut context = Context::new(&options, &mut ledger, &mut nothing, &Silent, 0);
        match &self.kind {
            HeadKind::Text(bytes) => {
                let as_found = Input::from_bytes(&self.name, bytes);
                let key = header_key(DelimitedRows::open(&as_found, &mut context.with_options(&found))?.columns());
                let input = Input::from_bytes(&self.name, bytes);
                if let Some(encoding) = options.layout.encoding {
                    input.force_encoding(encoding);
                }
                let mut rows = DelimitedRows::open(&input, &mut context)?;
                let (header_line, delimiter) = (rows.header_line_or_none(), char::from(rows.delimiter()));
                let plan = table::recognise(&mut rows, &mut context);
                let shown = shown(&mut rows, &plan, &mut context)?;
                let layout = PreviewLayout::Text { delimiter, encoding: input.encoding_name() };
                Ok(shown.preview(plan, layout, header_line, key))
            }
            HeadKind::Sheets(sample) => {
                let mut sample = sample.clone();
                let key = match Found::of(&mut sample, &mut context.with_options(&found)) {
                    Ok(found) => header_key(&found.header.names),
                    Err(_) => header_key(&sample.names()),
                };
                let Found { sheet, header, plan } = Found::of(&mut sample, &mut context)?;
                let names = sample.names();
                let shown = shown(&mut SheetRows { book: &mut sample, sheet, header: &header }, &plan, &mut context)?;
                Ok(shown.preview(plan, PreviewLayout::Sheet { names, at: sheet }, header.row, key))
            }
            HeadKind::Lines(bytes) => {
                let input = Input::from_bytes(&self.name, bytes);
                let key = json::line_key(&input, &options)?;
                objects(&mut json::line_rows(&input, &mut context)?, &key, &mut context)
            }
            HeadKind::List(bytes) => {
                let input = Input::from_bytes(&self.name, bytes);
                let document = input.document(&mut context)?;
                let mut preview = None;
                json::with_list(&self.name, &document, &mut context, &mut |rows, context| {
                    let key = json::key_of(rows.columns());
                    preview = Some(objects(rows, &key, context)?);
                    Ok(())
                })?;
                preview.ok_or_else(|| FormatError::IsEmpty { file: self.name.clone() })
            }
        }
    }
}

/// The preview of a table of objects.
fn objects(rows: &mut dyn Rows, key: &[String], context: &mut Context<'_>) -> Result<TablePreview, FormatError> {
    let plan = table::recognise(rows, context);
    let shown = shown(rows, &plan, context)?;
    Ok(shown.preview(plan, PreviewLayout::Objects, rows.header_line(), header_key(key)))
}

/// The columns and first rows of a table.
struct ShownRows {
    columns: Vec<PreviewColumn>,
    rows: Vec<PreviewRow>,
}

impl ShownRows {
    fn preview(self, plan: Result<table::Plan, FormatError>, layout: PreviewLayout, header_line: u32, key: String) -> TablePreview {
        let Self { columns, rows } = self;
        TablePreview { columns, rows, layout, header_line, error: plan.err().map(|error| error.to_string()), key }
    }
}

/// Reads the first rows, with their dates where a plan says which columns hold them.
fn shown(rows: &mut dyn Rows, plan: &Result<table::Plan, FormatError>, context: &mut Context<'_>) -> Result<ShownRows, FormatError> {
    let names: Vec<String> = rows.columns().to_vec();
    let mut shown: Vec<PreviewRow> = Vec::new();
    rows.walk_first(context, &mut |_, item| {
        if let Item::Row(row) = item {
            let text = |column| match row.cell(column) {
                Cell::Json(json) => json.to_owned(),
                cell => cell.text().to_owned(),
            };
            shown.push(PreviewRow { line: row.line(), cells: (0..names.len()).map(text).collect(), date: Err(String::new()) });
        }
        Ok(shown.len() < ROWS)
    })?;
    let described = |(column, name): (usize, &String)| match plan {
        Ok(plan) => described(plan, column, name, context.options),
        Err(_) => PreviewColumn { name: name.clone(), fields: Vec::new(), reason: String::new() },
    };
    let columns = names.iter().enumerate().map(described).collect();
    if let Ok(plan) = plan {
        let (mut ledger, mut dates) = (FileLedger::new(context.file(), ""), Dates::default());
        let mut context = Context::new(context.options, &mut ledger, &mut dates, &Silent, 0);
        table::read_planned(rows, plan.clone(), &mut context)?;
        for row in &mut shown {
            let reason = || ledger.problems.iter().find(|problem| problem.line == row.line).map_or("no date", |problem| &problem.message);
            row.date = match dates.0.iter().find(|(line, _)| *line == row.line) {
                Some((_, Some(words))) => Ok(words.clone()),
                _ => Err(reason().to_owned()),
            };
        }
    }
    Ok(ShownRows { columns, rows: shown })
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
    use crate::formats::{ColumnMap, HEAD_BYTES, TableLayout};

    fn preview(text: &str, options: &ReadOptions) -> TablePreview {
        TableHead::of_text("x.csv", text.as_bytes()).preview(options).unwrap()
    }

    fn laid_out(shown: &TablePreview) -> (char, &str) {
        match shown.layout {
            PreviewLayout::Text { delimiter, encoding } => (delimiter, encoding),
            _ => (' ', ""),
        }
    }

    fn head(name: &str, format: &str, bytes: &[u8]) -> TableHead {
        TableHead::of(&Input::from_bytes(name, bytes), format, &ReadOptions::default(), &Silent).unwrap()
    }

    #[test]
    fn columns_are_shown_with_what_they_are_taken_for() {
        let shown = preview("Date;What;Who\n04/05/2021;A fire;Ana\n25/05/2021;A visit;Ben\n", &ReadOptions::default());
        assert_eq!((laid_out(&shown), shown.header_line, &shown.error), ((';', "UTF-8"), 1, &None));
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
        assert_eq!((shown.header_line, shown.rows.len(), laid_out(&shown).1), (2, 1, "windows-1252"));
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

    #[test]
    fn objects_are_shown_by_dotted_names() {
        let list = "{\"data\": [\n {\"at\": {\"day\": \"2023-08-30\"}, \"what\": \"A\", \"who\": [\"B\", \"C\"]},\n 7,\n {\"at\": {\"day\": \"someday\"}, \"what\": \"D\"}]}";
        let lines = "{\"at\": {\"day\": \"2023-08-30\"}, \"what\": \"A\", \"who\": [\"B\", \"C\"]}\n{\"at\": {\"day\": \"someday\"}, \"what\": \"D\"}\n";
        let (list, lines) = (head("x.json", "json", list.as_bytes()), head("x.jsonl", "jsonl", lines.as_bytes()));
        let options = ReadOptions { map: ColumnMap::parse("when=at.day,title=what,actors=who").unwrap(), ..ReadOptions::default() };
        let keys = [&list, &lines].map(|head| {
            let shown = head.preview(&options).unwrap();
            let names: Vec<&str> = shown.columns.iter().map(|column| column.name.as_str()).collect();
            assert_eq!((names.as_slice(), shown.layout.clone()), (["at.day", "what", "who"].as_slice(), PreviewLayout::Objects));
            assert_eq!((shown.columns[0].fields.as_slice(), shown.columns[0].reason.as_str()), ([Field::When].as_slice(), "you chose it"));
            assert_eq!((shown.rows.len(), &shown.rows[0].date), (2, &Ok("30 Aug 2023".to_owned())));
            assert_eq!(shown.rows[0].cells[2], "[\"B\", \"C\"]");
            assert!(shown.rows[1].date.is_err());
            shown.key
        });
        assert_eq!(keys[0], keys[1], "the same fields are the same header");
    }

    /// A choice is made for what a preview sees, which of a long file is its beginning; the reader, which looks further, must find it again.
    #[test]
    fn a_choice_holds_though_later_objects_have_other_fields() {
        use std::fmt::Write as _;

        let mut text = String::new();
        for number in 0..900 {
            let more = if number > 800 { format!(",\"extra{number}\":1") } else { String::new() };
            let _ = writeln!(
                text,
                "{{\"day\":\"2023-08-30\",\"made\":\"2020-01-01\",\"what\":\"number {number}, {}\"{more}}}",
                "and on ".repeat(20)
            );
        }
        assert!(text.len() > 2 * HEAD_BYTES);
        let choice = TableChoice { columns: [("when".to_owned(), vec!["made".to_owned()])].into(), ..TableChoice::default() };
        let utf_16: Vec<u8> = text.replace('\n', "\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
        // Of a large file the reader looks at no more than its beginning either, which ends where quotation marks are even: here at once.
        let first = "{\"day\":\"2023-08-30\",\"made\":\"2020-01-01\",\"what\":\"a 5\\\" pipe\"}\n";
        let large = first.to_owned() + "{\"day\":\"2023-08-30\",\"new\":1}\n" + &text.repeat(40);
        let list = format!("[{}]", text.trim_end().replace('\n', ",\n"));
        for (name, format, bytes) in [
            ("x.jsonl", "jsonl", text.into_bytes()),
            ("x.json", "json", list.into_bytes()),
            ("utf16.jsonl", "jsonl", [vec![0xff, 0xfe], utf_16].concat()),
            ("large.jsonl", "jsonl", large.into_bytes()),
        ] {
            let key = head(name, format, &bytes).preview(&ReadOptions::default()).unwrap().key;
            let options = ReadOptions { remembered: Arc::new([(key, choice.clone())].into()), ..ReadOptions::default() };
            let (_, kept) = crate::formats::testing::read_with(name, &bytes, &options).unwrap();
            assert_eq!(kept.shown[0].when, "2020-01-01", "{name}");
        }
    }

    #[test]
    fn a_zone_for_times_without_one_is_followed() {
        let text = "when,title\n2023-08-30 10:00,x\n2023-08-31,y\n";
        let mut options = ReadOptions::default();
        assert_eq!(preview(text, &options).rows[0].date, Ok("30 Aug 2023, 10:00".to_owned()));
        options.dialect.zone = Some(time::Zone::parse("Europe/Berlin").unwrap());
        let shown = preview(text, &options);
        assert_eq!(shown.rows[0].date, Ok("30 Aug 2023, 10:00 (UTC+02:00)".to_owned()), "{:?}", shown.rows);
        assert_eq!(shown.rows[1].date, Ok("31 Aug 2023".to_owned()));
    }
}
