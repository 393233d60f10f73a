//! ICEWS: the event tables with their header, and the four columns (actor, relation, target, day) that studies of forecasting share.

use std::borrow::Cow;

use super::{actor, cameo, place};
use crate::formats::delimited::{DelimitedRows, Layout};
use crate::formats::known::{self, Columns, Header, text, whole_lines};
use crate::formats::table::Rows;
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Event, Evidence};

/// ICEWS event tables with their header.
pub struct Icews;

/// Actor, relation, target, day: four columns without a header.
pub struct IcewsQuads;

impl Format for Icews {
    fn name(&self) -> &'static str {
        "icews"
    }

    fn label(&self) -> &'static str {
        "ICEWS events"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["tab", "tsv", "csv"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let header = Header::of(head.text);
        let is_known = header.is_some_and(|header| header.has(&["eventdate", "sourcename", "eventtext", "targetname"]));
        if is_known { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let mut rows = known::open(input, context)?;
        context.note("Read as ICEWS events: who did what to whom, coded by a machine. Kinds are the roots of the CAMEO codes.");
        let mut columns = Columns::of(rows.columns());
        let id = columns.take(&["eventid"]);
        let date = columns.take(&["eventdate"]);
        let (source, target) = (columns.take(&["sourcename"]), columns.take(&["targetname"]));
        let (title, code) = (columns.take(&["eventtext"]), columns.look(&["cameocode"]));
        let (sentence, publisher) = (columns.take(&["eventsentence", "sentence"]), columns.take(&["publisher"]));
        let places = [["city"], ["district"], ["province"], ["country"]].map(|name| columns.look(&name));
        let dialect = known::settled(&mut rows, date, context)?;
        known::read(&mut rows, context, &|context, row| {
            let [city, district, province, country] = places.map(|column| text(row, column));
            let fine = [city, district, province].into_iter().find(|part| !part.is_empty()).unwrap_or_default();
            let code = text(row, code);
            let mut event = Event {
                id: Cow::Borrowed(text(row, id)),
                title: Cow::Borrowed(text(row, title)),
                kind: Cow::Borrowed(cameo::root(code).or_else(|| cameo::root_of_name(text(row, title))).unwrap_or_default()),
                place: place(&[fine, country]),
                further: columns.further(row),
                ..Event::default()
            };
            if event.title.is_empty() {
                event.title = Cow::Borrowed(cameo::name(code).unwrap_or("Event without a code"));
            }
            actor(&mut event.actors, text(row, source), "source");
            actor(&mut event.actors, text(row, target), "target");
            let (quote, publisher) = (text(row, sentence), text(row, publisher));
            if !quote.is_empty() || !publisher.is_empty() {
                event.evidence.push(Evidence { quote: Cow::Borrowed(quote), source: Cow::Borrowed(publisher), ..Evidence::default() });
            }
            known::date(&mut event, Cow::Borrowed(text(row, date)), None, dialect, context, (row.line(), columns.name(date)));
            known::deliver(&event, row, context);
        })
    }
}

/// Whether a line is an actor, a relation, a target and a day, with tabs between.
fn is_quad(line: &str) -> bool {
    let cells: Vec<&str> = line.trim_end_matches('\r').split('\t').collect();
    let is_day = |text: &str| {
        text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
    };
    let is_words = |text: &&str| text.bytes().any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
    cells.len() == 4 && is_day(cells[3]) && cells[..3].iter().all(is_words)
}

impl Format for IcewsQuads {
    fn name(&self) -> &'static str {
        "quads"
    }

    fn label(&self) -> &'static str {
        "Actor, relation, target, day (ICEWS quadruples)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["txt", "tsv"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let lines: Vec<&str> = whole_lines(head).take(20).collect();
        // The first row is a row, so that there is no header to be told the columns by.
        let quads = lines.iter().filter(|line| is_quad(line)).count();
        let is_known = lines.first().is_some_and(|line| is_quad(line)) && quads >= 2 && quads * 10 >= lines.len() * 8;
        if is_known { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let names = ["actor", "relation", "target", "date"].map(str::to_owned).to_vec();
        context.note("Read as actor, relation, target and day: the table has no header. Kinds are the roots of the CAMEO codes where the relation is one.");
        let columns = Columns::of(&[]);
        let mut rows = DelimitedRows::open_as(input, Layout { delimiter: b'\t', is_quoted: false, names: Some(names) }, context)?;
        let dialect = context.options.dialect;
        known::read(&mut rows, context, &|context, row| {
            let relation = text(row, Some(1));
            let mut event = Event {
                title: Cow::Borrowed(relation),
                kind: Cow::Borrowed(cameo::root_of_name(relation).unwrap_or_default()),
                further: columns.further(row),
                ..Event::default()
            };
            actor(&mut event.actors, text(row, Some(0)), "source");
            actor(&mut event.actors, text(row, Some(2)), "target");
            known::date(&mut event, Cow::Borrowed(text(row, Some(3))), None, dialect, context, (row.line(), "date"));
            known::deliver(&event, row, context);
        })
    }
}
