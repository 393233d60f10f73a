//! Timesketch, as CSV and as JSON Lines; the dynamic CSV of Plaso has the same columns and more.
//!
//! `datetime` is the date; `timestamp`, a count since 1970, where it is empty or cannot be read. Where both are there and disagree, `datetime` is
//! drawn, as Timesketch does it, and the row is doubtful.

use std::borrow::Cow;

use super::Common;
use crate::formats::known::{self, Columns, Header, text, whole_lines};
use crate::formats::table::{Row, Rows, from_epoch};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input, json};
use crate::model::Severity;
use crate::time::{self, Dialect};

/// Timesketch CSV, and Plaso's dynamic CSV.
pub struct TimesketchCsv;

/// Timesketch JSON Lines.
pub struct TimesketchLines;

/// Milliseconds by which `datetime` and `timestamp` may differ: one is often cut to the second.
const MAY_DIFFER_MS: i64 = 1000;

impl Format for TimesketchCsv {
    fn name(&self) -> &'static str {
        "timesketch"
    }

    fn label(&self) -> &'static str {
        "Timesketch CSV, Plaso dynamic CSV"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let Some(header) = Header::of(head.text) else { return Confidence::No };
        let is_known = header.has(&["timestampdesc"]) && (header.has(&["datetime"]) || header.has(&["timestamp", "message"]));
        if is_known { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let mut rows = known::open(input, context)?;
        read(&mut rows, context)
    }
}

impl Format for TimesketchLines {
    fn name(&self) -> &'static str {
        "timesketch-jsonl"
    }

    fn label(&self) -> &'static str {
        "Timesketch JSON Lines"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["jsonl", "json"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let is_known = |line: &str| {
            line.trim_start().starts_with('{')
                && ["\"timestamp_desc\"", "\"message\"", "\"datetime\""].iter().all(|name| line.contains(name))
                && !line.contains("\"when\"")
        };
        if whole_lines(head).take(1).any(is_known) { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let mut rows = json::line_rows(input, context)?;
        read(&mut rows, context)
    }
}

/// Reads the rows of either.
fn read(rows: &mut dyn Rows, context: &mut Context<'_>) -> Result<(), FormatError> {
    let mut columns = Columns::of(rows.columns());
    let common = Common::of(&mut columns);
    let (date, count) = (columns.take(&["datetime"]), columns.look(&["timestamp"]));
    let dialect = context.options.dialect;
    context
        .note("Read as a forensic timeline: date from datetime, else from timestamp; kind from timestamp_desc; message as the sentence.");
    known::read(rows, context, &|context, row| {
        let mut event = common.event(&columns, row);
        let (written, count) = (text(row, date), text(row, count));
        let line = row.line();
        let counted = from_epoch(count);
        let field = columns.name(date);
        let readable = meaning(written, dialect);
        if written.is_empty() || (readable.is_none() && counted.is_some()) {
            if !written.is_empty() {
                let message = format!("{field} can't be read; the event stands at its timestamp, {count}.");
                context.ledger.problem(Severity::Warning, line, 0, field, message, written);
            }
            let written = if counted.is_some() { count } else { written };
            known::date(&mut event, Cow::Borrowed(written), counted, dialect, context, (line, "timestamp"));
        } else {
            differs(row, (written, dialect), counted.as_deref(), context, field);
            known::date(&mut event, Cow::Borrowed(written), from_epoch(written), dialect, context, (line, field));
        }
        known::deliver(&event, row, context);
    })
}

/// Where a text lies on the axis, if it is a date or a count since 1970.
fn meaning(written: &str, dialect: Dialect) -> Option<time::Extent> {
    let counted = from_epoch(written);
    time::read(counted.as_deref().unwrap_or(written), &dialect).ok().map(|when| when.reading.extent)
}

/// Says where a row gives two times that are not one.
fn differs(row: &dyn Row, (written, dialect): (&str, Dialect), counted: Option<&str>, context: &mut Context<'_>, field: &str) {
    let Some(counted) = counted else { return };
    if let (Some(one), Some(other)) = (meaning(written, dialect), meaning(counted, dialect))
        && (one.earliest_start.saturating_sub(other.earliest_start)).abs() > MAY_DIFFER_MS
    {
        let message = format!("The row's timestamp is another time, {counted}. The event stands at its datetime; check it.");
        context.ledger.problem(Severity::Warning, row.line(), 0, field, message, written);
    }
}
