//! TLN: `Time|Source|Host|User|Description`, and with `|TZ|Notes` as log2timeline writes it. Times count seconds since 1970 in UTC.

use std::borrow::Cow;

use super::{no_time, put_actor, put_message};
use crate::formats::delimited::{DelimitedRows, Layout};
use crate::formats::known::{self, Columns, Header, text, whole_lines};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::Event;
use crate::time::{self, Dialect};

/// TLN with five or seven columns.
pub struct Tln;

const NAMES: [&str; 7] = ["Time", "Source", "Host", "User", "Description", "TZ", "Notes"];

/// Whether a line is a row: a count of seconds, and as many cells as either form has.
fn is_row(line: &str) -> bool {
    let cells: Vec<&str> = line.split('|').collect();
    let is_count = |text: &str| (1..=11).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    matches!(cells.len(), 5 | 7) && is_count(cells[0].trim())
}

impl Format for Tln {
    fn name(&self) -> &'static str {
        "tln"
    }

    fn label(&self) -> &'static str {
        "TLN timelines, l2tTLN"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["tln", "csv", "txt"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let has_header = Header::of(head.text)
            .is_some_and(|header| header.delimiter == b'|' && header.has(&["time", "source", "host", "user", "description"]));
        let lines: Vec<&str> = whole_lines(head).take(20).collect();
        let rows = lines.iter().filter(|line| is_row(line)).count();
        if has_header || (rows > 0 && rows * 10 >= lines.len() * 8) { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let head = crate::formats::input::head_text(&input.head_bytes()?);
        let has_header = Header::of(&head).is_some_and(|header| header.has(&["time", "description"]));
        let width = head.lines().find(|line| is_row(line)).map_or(NAMES.len(), |line| line.split('|').count());
        let names = (!has_header).then(|| NAMES[..width.min(NAMES.len())].iter().map(|name| (*name).to_owned()).collect());
        let mut rows = DelimitedRows::open_as(input, Layout { delimiter: b'|', is_quoted: false, names }, context)?;
        let mut columns = Columns::of(crate::formats::table::Rows::columns(&rows));
        let [date, source, host, user, desc] = [["time"], ["source"], ["host"], ["user"], ["description"]].map(|name| columns.take(&name));
        let dialect = context.options.dialect;
        context.note("Read as TLN: times count seconds since 1970 in UTC; the description is the sentence.");
        known::read(&mut rows, context, &|context, row| {
            let (stated, meaning, message) = parts(text(row, desc));
            let mut event = Event { kind: Cow::Borrowed(meaning), further: columns.further(row), ..Event::default() };
            put_message(&mut event, text(row, desc), "");
            event.title = super::title(message);
            put_actor(&mut event, text(row, host), "host");
            put_actor(&mut event, text(row, user), "user");
            event.tags.extend(Some(text(row, source)).filter(|tag| !tag.is_empty()).map(Cow::Borrowed));
            let written = text(row, date);
            if written.bytes().all(|byte| byte == b'0') && !written.is_empty() {
                no_time(context, row, columns.name(date), written);
                event.when_text = Cow::Borrowed(written);
            } else {
                // The description states the same time, often more finely; it is only believed where it is the same.
                let counted = seconds(written);
                let meant = counted.map(|counted| stated.filter(|stated| is_within(stated, &counted)).map_or(counted, str::to_owned));
                known::date(&mut event, Cow::Borrowed(written), meant, dialect, context, (row.line(), columns.name(date)));
            }
            known::deliver(&event, row, context);
        })
    }
}

/// The time, its meaning and the message of a description as log2timeline writes it; of any other the whole as the message.
fn parts(description: &str) -> (Option<&str>, &str, &str) {
    let mut parts = description.splitn(3, "; ");
    match (parts.next(), parts.next(), parts.next()) {
        (Some(stated), Some(meaning), Some(message)) if stated.len() >= 10 && time::read(stated, &Dialect::EDTF).is_ok() => {
            (Some(stated), meaning, message)
        }
        _ => (None, "", description),
    }
}

/// A count of seconds since 1970 as a timestamp.
fn seconds(text: &str) -> Option<String> {
    let moment = chrono::DateTime::from_timestamp(text.parse().ok()?, 0)?;
    Some(moment.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// Whether a time lies within the second of another.
fn is_within(stated: &str, counted: &str) -> bool {
    let extent = |text: &str| time::read(text, &Dialect::EDTF).map(|when| when.reading.extent);
    match (extent(stated), extent(counted)) {
        (Ok(stated), Ok(counted)) => stated.earliest_start >= counted.earliest_start && stated.latest_end <= counted.latest_end,
        _ => false,
    }
}
