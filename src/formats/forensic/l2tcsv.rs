//! log2timeline CSV: seventeen columns, month before day, a time in the zone of its own column.

use std::borrow::Cow;

use super::{no_time, put_actor, put_message};
use crate::formats::known::{self, Columns, Header, text};
use crate::formats::table::Rows;
use crate::formats::zones::{self, Local, Zone};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Event, Severity};

/// log2timeline CSV.
pub struct L2tCsv;

impl Format for L2tCsv {
    fn name(&self) -> &'static str {
        "l2tcsv"
    }

    fn label(&self) -> &'static str {
        "log2timeline CSV"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let header = Header::of(head.text);
        let is_known = header.is_some_and(|header| header.has(&["date", "time", "timezone", "macb", "sourcetype", "short", "desc"]));
        if is_known { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let mut rows = known::open(input, context)?;
        let mut columns = Columns::of(rows.columns());
        let [date, clock, zone] = [["date"], ["time"], ["timezone"]].map(|name| columns.look(&name));
        let [kind, short, desc, file] = [["type"], ["short"], ["desc"], ["filename"]].map(|name| columns.take(&name));
        let [source, sourcetype, user, host] = [["source"], ["sourcetype"], ["user"], ["host"]].map(|name| columns.take(&name));
        let dialect = context.options.dialect;
        context.note("Read as log2timeline CSV: month before day, each time in the zone of its row; kind from type; desc as the sentence.");
        known::read(&mut rows, context, &|context, row| {
            let (day, clock, zone) = (text(row, date), text(row, clock), text(row, zone));
            let mut event = Event { kind: Cow::Borrowed(text(row, kind)), further: columns.further(row), ..Event::default() };
            let (short, desc) = (text(row, short), text(row, desc));
            put_message(&mut event, if desc.is_empty() { short } else { desc }, text(row, file));
            if !short.is_empty() && !short.ends_with("...") {
                event.title = super::title(short);
            }
            put_actor(&mut event, text(row, host), "host");
            put_actor(&mut event, text(row, user), "user");
            event
                .tags
                .extend([source, sourcetype].map(|column| text(row, column)).into_iter().filter(|tag| !tag.is_empty()).map(Cow::Borrowed));
            let written = format!("{day} {clock} {zone}").trim().to_owned();
            let field = columns.name(date);
            if day.is_empty() || day.bytes().all(|byte| b"0/-".contains(&byte)) {
                no_time(context, row, field, &written);
                event.when_text = Cow::Owned(written);
            } else {
                let canonical = timestamp(day, clock, zone, context, row.line());
                let meant = canonical.unwrap_or_else(|| format!("{day} {clock}"));
                known::date(&mut event, Cow::Owned(written), Some(meant), dialect, context, (row.line(), field));
            }
            known::deliver(&event, row, context);
        })
    }
}

/// `01/22/2012`, `07:52:33` and a zone as a timestamp; `None` where the day has another form.
fn timestamp(day: &str, clock: &str, zone: &str, context: &mut Context<'_>, line: u32) -> Option<String> {
    let mut parts = day.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(month, 2) || !is_number(day, 2) || year.len() != 4 || !is_number(year, 4) || parts.next().is_some() {
        return None;
    }
    let date = format!("{year}-{month:0>2}-{day:0>2}");
    if clock.is_empty() || clock.starts_with('-') {
        return Some(date);
    }
    let Some(local) = zones::local(&date, clock) else { return Some(format!("{date}T{clock}")) };
    let (stamp, doubt) = match Zone::of(zone).map(|zone| zone.at(local)) {
        Some(Local::One(offset)) => (zones::stamp(local, offset), None),
        Some(Local::Two(offset, _)) => {
            (zones::stamp(local, offset), Some("The clocks of its zone showed this time twice; the earlier one is drawn."))
        }
        Some(Local::Skipped) => {
            (zones::floating(local), Some("The clocks of its zone never showed this time; it stands as written, without a zone."))
        }
        None if zone.is_empty() => (zones::floating(local), None),
        None => (zones::floating(local), Some("Its zone is not known; the time stands as written, without a zone.")),
    };
    if let Some(doubt) = doubt {
        context.ledger.problem(Severity::Warning, line, 0, "timezone", doubt, zone);
    }
    Some(stamp)
}
