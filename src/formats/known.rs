//! Tables of programs whose columns are known by name: found by their header, read without guessing.
//!
//! What the columns mean stands in each format's own file. Here is what those share: the header in the head of a file, columns by name
//! in whatever spelling, the date of a row, and the columns that are kept under their own names.

use std::borrow::Cow;

use super::dates::{is_missing, report_doubt};
use super::delimited::{DelimitedRows, Layout};
use super::order::Settling;
use super::table::{self, Cell, Item, Row, Rows, reason};
use super::{Context, FormatError, Head, Input, TableLayout};
use crate::model::{Event, Further, Severity, Value};
use crate::time::{self, Dialect, When};

/// A name by its letters and digits alone, in lower case: `Event ID`, `event_id` and `EVENTID` are one.
pub(super) fn key(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The header of a table: what stands between its cells, and their names' keys.
pub(super) struct Header {
    /// The delimiter.
    pub delimiter: u8,
    /// The names of the columns, as [`key`] gives them.
    pub keys: Vec<String>,
}

impl Header {
    /// The first line of a text that is not blank, cut where it has the most cells.
    pub(super) fn of(text: &str) -> Option<Self> {
        let line = text.lines().find(|line| !line.trim().is_empty())?;
        let count = |delimiter: u8| memchr::memchr_iter(delimiter, line.as_bytes()).count();
        let delimiter = [b',', b'\t', b'|', b';'].into_iter().max_by_key(|delimiter| count(*delimiter))?;
        let bare = |cell: &str| key(cell.trim().trim_matches('"'));
        Some(Self { delimiter, keys: line.split(char::from(delimiter)).map(bare).collect() })
    }

    /// Whether it has all of these columns, named as [`key`] gives them.
    pub(super) fn has(&self, keys: &[&str]) -> bool {
        keys.iter().all(|wanted| self.keys.iter().any(|key| key == wanted))
    }
}

/// The lines of a head that are there from their beginning to their end.
pub(super) fn whole_lines<'h>(head: &Head<'h>) -> impl Iterator<Item = &'h str> + use<'h> {
    let end = if head.whole { head.text.len() } else { head.text.rfind('\n').unwrap_or(0) };
    head.text.get(..end).unwrap_or_default().lines().filter(|line| !line.trim().is_empty())
}

/// Whether quotation marks enclose cells in a table that may not know them: a cell begins and ends with one, or lines do not
/// come to as many cells as the header without them.
fn is_quoted(text: &str, delimiter: u8) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(200);
    let cells = |line: &str| line.split(char::from(delimiter)).count();
    let encloses =
        |line: &str| line.split(char::from(delimiter)).any(|cell| cell.len() >= 2 && cell.starts_with('"') && cell.ends_with('"'));
    let Some(header) = lines.next() else { return true };
    let width = cells(header);
    encloses(header) || lines.any(|line| line.contains('"') && (encloses(line) || cells(line) != width))
}

/// Opens a table that has a header.
pub(super) fn open<'i, 'a>(input: &'i Input<'a>, context: &mut Context<'_>) -> Result<DelimitedRows<'i, 'a>, FormatError> {
    if !context.options.map.is_empty() || context.options.layout != TableLayout::default() {
        // The user's word on the table goes before what its header says.
        return DelimitedRows::open(input, context);
    }
    let text = super::input::head_text(&input.head_bytes()?);
    let delimiter = Header::of(&text).map_or(b',', |header| header.delimiter);
    let end = if input.is_whole(text.as_bytes()) { text.len() } else { text.rfind('\n').unwrap_or(0) };
    let is_quoted = is_quoted(text.get(..end).unwrap_or_default(), delimiter);
    DelimitedRows::open_as(input, Layout { delimiter, is_quoted, names: None }, context)
}

/// The columns of a table, and which of them an event has no other place for.
pub(super) struct Columns {
    names: Vec<String>,
    keys: Vec<String>,
    taken: Vec<bool>,
}

impl Columns {
    /// Columns of these names.
    pub(super) fn of(names: &[String]) -> Self {
        Self { names: names.to_vec(), keys: names.iter().map(|name| key(name)).collect(), taken: vec![false; names.len()] }
    }

    /// The first column that has one of these keys.
    pub(super) fn look(&self, keys: &[&str]) -> Option<usize> {
        keys.iter().find_map(|wanted| self.keys.iter().position(|key| key == wanted))
    }

    /// The same column, of which an event keeps all in a place of its own.
    pub(super) fn take(&mut self, keys: &[&str]) -> Option<usize> {
        let column = self.look(keys)?;
        self.taken[column] = true;
        Some(column)
    }

    /// The name of a column as it stands in the file.
    pub(super) fn name(&self, column: Option<usize>) -> &str {
        column.map_or("", |column| &self.names[column])
    }

    /// The cells of a row that stand in no other place, under their columns' names.
    pub(super) fn further<'r>(&'r self, row: &'r dyn Row) -> Vec<Further<'r>> {
        let named = (0..self.names.len()).filter(|column| !self.taken[*column]);
        let mut further: Vec<Further<'r>> =
            named.filter_map(|column| kept(Cow::Borrowed(self.names[column].as_str()), row.cell(column))).collect();
        further.extend(row.extra().into_iter().filter_map(|(name, cell)| kept(Cow::Owned(name), cell)));
        further
    }
}

/// A cell under a name; nothing where nothing is in it.
fn kept<'r>(name: Cow<'r, str>, cell: Cell<'r>) -> Option<Further<'r>> {
    let value = match cell {
        Cell::Absent | Cell::Text("") => return None,
        Cell::Text(text) => Value::Text(Cow::Borrowed(text)),
        Cell::Json(json) => Value::Json(Cow::Borrowed(json)),
    };
    Some(Further { name, value })
}

/// The text of a row's cell; empty where there is no such column, or the cell says that nothing is known.
pub(super) fn text(row: &dyn Row, column: Option<usize>) -> &str {
    let text = column.map_or("", |column| row.cell(column).text());
    if is_missing(text) { "" } else { text }
}

/// Gives an event its date: what is `written` means `canonical`, or what it says itself. Where it means no date, the ledger says why.
pub(super) fn date<'r>(
    event: &mut Event<'r>,
    written: Cow<'r, str>,
    canonical: Option<String>,
    dialect: Dialect,
    context: &mut Context<'_>,
    (line, field): (u32, &str),
) {
    if written.is_empty() {
        context.ledger.problem(Severity::Error, line, 0, field, "The row has no date. It is kept among the undated.", "");
        return;
    }
    let read = match (&written, canonical) {
        (Cow::Borrowed(written), None) => time::read(written, &dialect),
        (Cow::Owned(written), None) => time::read(written, &dialect).map(When::into_owned),
        (_, Some(canonical)) => time::read(&canonical, &Dialect::default()).map(When::into_owned).map(|when| {
            let canonical = when.canonical().to_owned();
            let canonical = (canonical != *written).then(|| canonical.into());
            When { text: written.clone(), canonical, ..when }
        }),
    };
    match read {
        Ok(when) => {
            report_doubt(&when, context.ledger, line, field);
            event.when = Some(when);
        }
        Err(error) => {
            context.ledger.problem(Severity::Error, line, 0, field, reason(&error), &written);
            event.when_text = written;
        }
    }
}

/// Passes an event on, with what is odd about its row.
pub(super) fn deliver(event: &Event<'_>, row: &dyn Row, context: &mut Context<'_>) {
    if let Some((severity, message)) = row.remark() {
        context.ledger.problem(severity, row.line(), 0, "", message, "");
    }
    context.count_record();
    context.deliver(event, row.line());
}

/// How the dates of a column are read: the order of day and month is settled by the rows that leave only one.
pub(super) fn settled(rows: &mut dyn Rows, column: Option<usize>, context: &mut Context<'_>) -> Result<Dialect, FormatError> {
    let dialect = context.options.dialect;
    let (Some(column), Some(settling)) = (column, Settling::of(dialect)) else { return Ok(dialect) };
    let mut seen = 0;
    rows.walk_first(context, &mut |_, item| {
        if let Item::Row(row) = item {
            settling.add(row.cell(column).text());
        }
        seen += 1;
        Ok(settling.is_open() && seen < 1000)
    })?;
    if settling.is_numeric() && settling.is_open() {
        rows.walk(context, &mut |_, item| {
            if let Item::Row(row) = item {
                settling.add(row.cell(column).text());
            }
            Ok(settling.is_open())
        })?;
    }
    Ok(settling.dialect(context))
}

/// Reads the rows of a table by a reader of its own; where the user has named columns, as any other table.
pub(super) fn read(
    rows: &mut dyn Rows,
    context: &mut Context<'_>,
    of_row: &(dyn Fn(&mut Context<'_>, &dyn Row) + Sync),
) -> Result<(), FormatError> {
    if context.options.map.is_empty() {
        table::each(rows, context, of_row)?;
    } else {
        table::read(rows, context)?;
    }
    table::note_blank(rows, context);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_cut_where_it_has_the_most_cells() {
        let header = Header::of("\n\"Event ID\"\tEVENT_DATE\tnotes, free\n1\t2\t3\n").unwrap();
        assert_eq!((header.delimiter, header.keys.join(" ")), (b'\t', "eventid eventdate notesfree".to_owned()));
        assert!(header.has(&["eventdate", "eventid"]) && !header.has(&["notes"]));
    }

    #[test]
    fn quotation_marks_enclose_only_where_they_seem_to() {
        assert!(!is_quoted("a,b\n\"x,y\n", b','));
        assert!(is_quoted("a,b\n\"x\",y\n", b','));
        assert!(is_quoted("a,b\n\"x,z\",y\n", b','));
        assert!(!is_quoted("a,b\nthe \"x\" file,y\n", b','));
    }
}
