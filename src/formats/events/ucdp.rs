//! UCDP GED: events of organized violence.
//!
//! `date_start` and `date_end` are the first and the last day on which an event can have happened, and `date_prec` says how far apart they are (1 the day itself, up to 5 more
//! than a month). So it is drawn as one moment somewhere between them; only where the day is said to be known and the two differ did it last from one to the other.

use std::borrow::Cow;

use super::{actor, place};
use crate::formats::known::{self, Columns, Header, text};
use crate::formats::table::Rows;
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Event, Evidence};

/// UCDP GED tables.
pub struct UcdpGed;

impl Format for UcdpGed {
    fn name(&self) -> &'static str {
        "ucdp"
    }

    fn label(&self) -> &'static str {
        "UCDP GED events"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let header = Header::of(head.text);
        let is_known = header.is_some_and(|header| header.has(&["dateprec", "datestart", "dateend", "sidea", "typeofviolence"]));
        if is_known { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let mut rows = known::open(input, context)?;
        context.note("Read as UCDP GED: an event whose date_prec is not 1 is drawn as one moment somewhere from date_start to date_end.");
        let mut columns = Columns::of(rows.columns());
        let id = columns.take(&["id"]);
        let dates = [["datestart"], ["dateend"]].map(|name| columns.take(&name));
        let precision = columns.look(&["dateprec"]);
        let (violence, dyad) = (columns.look(&["typeofviolence"]), columns.look(&["dyadname", "conflictname"]));
        let sides = [["sidea"], ["sideb"]].map(|name| columns.take(&name));
        let places = [["wherecoordinates"], ["adm1"], ["country"]].map(|name| columns.look(&name));
        let sources = [["sourceheadline"], ["sourceoffice"], ["sourcedate"]].map(|name| columns.look(&name));
        let dialect = context.options.dialect;
        known::read(&mut rows, context, &|context, row| {
            let [where_, region, country] = places.map(|column| text(row, column));
            let mut event = Event {
                id: Cow::Borrowed(text(row, id)),
                title: place(&[text(row, dyad), where_]),
                kind: Cow::Borrowed(match text(row, violence) {
                    "1" => "State-based conflict",
                    "2" => "Non-state conflict",
                    "3" => "One-sided violence",
                    other => other,
                }),
                place: place(&[if where_.is_empty() { region } else { where_ }, country]),
                evidence: evidence(sources.map(|column| text(row, column))),
                further: columns.further(row),
                ..Event::default()
            };
            for (side, role) in sides.into_iter().zip(["side a", "side b"]) {
                actor(&mut event.actors, text(row, side), role);
            }
            let [start, end] = dates.map(|column| day(text(row, column)));
            let at = (row.line(), columns.name(dates[0]));
            if end.is_empty() || start == end || start.is_empty() {
                known::date(&mut event, Cow::Borrowed(if start.is_empty() { end } else { start }), None, dialect, context, at);
            } else {
                let span = format!("{start}/{end}");
                let meaning = if text(row, precision) == "1" { span.clone() } else { format!("[{start}..{end}]") };
                known::date(&mut event, Cow::Owned(span), Some(meaning), dialect, context, at);
            }
            known::deliver(&event, row, context);
        })
    }
}

/// A day without the midnight that some releases write behind it.
fn day(text: &str) -> &str {
    match text.split_once([' ', 'T']) {
        Some((day, clock)) if clock.bytes().all(|byte| b"0:.Z".contains(&byte)) => day,
        _ => text,
    }
}

/// The reports of an event: as many as there are headlines, where offices and dates are as many, else all as one.
fn evidence<'r>([headlines, offices, dates]: [&'r str; 3]) -> Vec<Evidence<'r>> {
    let parts = |text: &'r str| text.split(';').map(str::trim).collect::<Vec<_>>();
    let all = [parts(headlines), parts(offices), parts(dates)];
    let one = |quote: &'r str, source: &'r str, published: &'r str| Evidence {
        quote: Cow::Borrowed(quote),
        source: Cow::Borrowed(source),
        published: Cow::Borrowed(published),
        ..Evidence::default()
    };
    let [quotes, sources, days] = &all;
    if quotes.len() > 1 && quotes.len() == sources.len() && quotes.len() == days.len() {
        return quotes.iter().zip(sources).zip(days).map(|((quote, source), day)| one(quote, source, day)).collect();
    }
    let whole = one(headlines, offices, dates);
    if whole == Evidence::default() { Vec::new() } else { vec![whole] }
}
