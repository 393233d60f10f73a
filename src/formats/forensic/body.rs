//! Body files of The Sleuth Kit (`fls -m`, `mactime`): a file's name and up to four times.
//!
//! A row gives an event for each different time it has, with all that happened then as the kind. A row is one record and as many rows of the ledger as it gives events.

use std::borrow::Cow;

use crate::formats::delimited::{DelimitedRows, Layout};
use crate::formats::known::{self, Columns, text, whole_lines};
use crate::formats::table::{self, Row};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Event, Further, Severity, Value};

/// Body files.
pub struct BodyFile;

const NAMES: [&str; 11] = ["MD5", "name", "inode", "mode", "UID", "GID", "size", "atime", "mtime", "ctime", "crtime"];
/// Cells of a row that are looked at: a name may hold the delimiter.
const WIDEST: usize = 32;
/// Columns behind the name.
const BEHIND_NAME: usize = 9;
/// What happened at each time, in the order in which they are named, with its column counted from the end.
const MEANINGS: [(&str, usize); 4] = [("modified", 3), ("accessed", 4), ("changed", 2), ("born", 1)];

/// A count of seconds since 1970, perhaps with a fraction.
fn is_count(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let is_digits = |text: &str| (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(fraction)
}

/// Whether a line has the cells of a body file: four counts at the end, a mode in front of them.
fn is_row(line: &str) -> bool {
    let cells: Vec<&str> = line.trim_end().split('|').collect();
    let count = cells.len();
    let is_mode = |text: &str| {
        text.is_empty() || text == "0" || text.contains('/') || text.len() == 10 || text.bytes().all(|byte| byte.is_ascii_digit())
    };
    count >= NAMES.len() && cells[count - 4..].iter().all(|cell| is_count(cell)) && is_mode(cells[count - 8])
}

impl Format for BodyFile {
    fn name(&self) -> &'static str {
        "body"
    }

    fn label(&self) -> &'static str {
        "Body files (mactime)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["body", "bodyfile", "txt"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let lines: Vec<&str> = whole_lines(head).filter(|line| !line.starts_with('#')).take(20).collect();
        let rows = lines.iter().filter(|line| is_row(line)).count();
        if rows > 0 && rows * 2 > lines.len() { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let mut names = NAMES.map(str::to_owned).to_vec();
        let columns = Columns::of(&names);
        names.extend((NAMES.len()..WIDEST).map(table::unnamed));
        let mut rows = DelimitedRows::open_as(input, Layout { delimiter: b'|', is_quoted: false, names: Some(names) }, context)?;
        context.note("Read as a body file: one event for each different time of a file, in UTC; a time of 0 is not set.");
        known::read(&mut rows, context, &|context, row| deliver(&columns, row, context))
    }
}

/// Makes the events of a row.
fn deliver(columns: &Columns, row: &dyn Row, context: &mut Context<'_>) {
    let line = row.line();
    let first = text(row, Some(0));
    if first.starts_with('#') {
        return;
    }
    let cells = cells_of(row);
    let count = cells.len();
    context.count_record();
    if count < NAMES.len() {
        let message = format!("The row has {count} cells, a body file {}. Mend the row, or make the file anew with fls -m.", NAMES.len());
        context.ledger.reject(line, 0, "", message, &cells.join("|"));
        return;
    }
    let name = cells[1..count - BEHIND_NAME].join("|");
    let further: Vec<Further<'_>> = if count == NAMES.len() {
        columns.further(row).into_iter().filter(|field| field.name != NAMES[1]).collect()
    } else {
        let behind = NAMES[2..].iter().zip(&cells[count - BEHIND_NAME..]);
        std::iter::once((&NAMES[0], &cells[0]))
            .chain(behind)
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(name, cell)| Further { name: Cow::Borrowed(name), value: Value::Text(Cow::Borrowed(cell)) })
            .collect()
    };
    let mut further = further;
    // A sign that would end the cell may stand behind a backslash, which is no part of the name.
    let shown = name.replace("\\|", "|");
    if shown != name {
        further.push(Further { name: Cow::Borrowed("name as written"), value: Value::Text(Cow::Owned(name)) });
    }
    let event = Event { title: Cow::Owned(shown), further, ..Event::default() };
    // Each different time with all that happened at it.
    let mut times: Vec<(&str, Vec<&str>)> = Vec::new();
    for (meaning, from_end) in MEANINGS {
        let cell = cells[count - from_end].trim();
        if matches!(cell, "" | "0" | "-1") {
            continue;
        }
        match times.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, meanings)) => meanings.push(meaning),
            None => times.push((cell, vec![meaning])),
        }
    }
    if times.is_empty() {
        context.ledger.problem(Severity::Error, line, 0, "", "None of its four times is set. It is kept among the undated.", &event.title);
        context.deliver(&event, line);
    }
    let several = times.len() > 1;
    for (written, meanings) in times {
        let words = meanings.join(", ");
        let initials: String = meanings.iter().filter_map(|meaning| meaning.chars().next()).collect();
        let id = if several { format!("{line}-{initials}") } else { String::new() };
        let mut event = Event { id: Cow::Owned(id), kind: Cow::Owned(words), ..event.clone() };
        known::date(&mut event, Cow::Borrowed(written), timestamp(written), context.options.dialect, context, (line, meanings[0]));
        context.deliver(&event, line);
    }
}

/// The cells of a row, however many: the last, a time, always holds something.
fn cells_of(row: &dyn Row) -> Vec<&str> {
    let mut cells: Vec<&str> = (0..WIDEST).map(|column| row.cell(column).text()).collect();
    while cells.last().is_some_and(|cell| cell.is_empty()) {
        cells.pop();
    }
    cells
}

/// A count of seconds since 1970, perhaps with a fraction, as a timestamp of as many digits.
fn timestamp(text: &str) -> Option<String> {
    if !is_count(text) {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = if fraction.bytes().all(|byte| byte == b'0') || whole.starts_with('-') { "" } else { fraction };
    let moment = chrono::DateTime::from_timestamp(whole.parse().ok()?, 0)?;
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{}{point}{fraction}Z", moment.format("%Y-%m-%dT%H:%M:%S")))
}
