//! ACLED exports: conflict events with the coder's notes.
//!
//! `time_precision` says how far the day is known: 1 to the day, 2 to the week around it, 3 to its month. The date is drawn as wide as that.

use std::borrow::Cow;

use super::{actor, place};
use crate::formats::known::{self, Columns, Header, text};
use crate::formats::table::Rows;
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Event, Evidence, Participant};
use crate::time::calendar::civil_from_days;
use crate::time::{self, Dialect, Precision};

/// ACLED exports.
pub struct Acled;

/// Days on either side of the day that stands for its week.
const HALF_WEEK: i64 = 3;

impl Format for Acled {
    fn name(&self) -> &'static str {
        "acled"
    }

    fn label(&self) -> &'static str {
        "ACLED exports"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let header = Header::of(head.text);
        let is_known = header.is_some_and(|header| header.has(&["eventdate", "timeprecision", "eventtype", "actor1"]));
        if is_known { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let mut rows = known::open(input, context)?;
        context.note("Read as an ACLED export: a date is drawn as wide as its time_precision says, to the day, the week or the month.");
        let mut columns = Columns::of(rows.columns());
        let id = columns.take(&["eventidcnty", "dataid", "eventid"]);
        let (date, precision) = (columns.take(&["eventdate"]), columns.look(&["timeprecision"]));
        let (kind, finer) = (columns.take(&["eventtype"]), columns.look(&["subeventtype"]));
        let actors = [
            (columns.take(&["actor1"]), "actor 1"),
            (columns.take(&["assocactor1"]), "with actor 1"),
            (columns.take(&["actor2"]), "actor 2"),
            (columns.take(&["assocactor2"]), "with actor 2"),
        ];
        let places = [["location"], ["admin1"], ["country"]].map(|name| columns.look(&name));
        let (notes, source, tags) = (columns.take(&["notes"]), columns.take(&["source"]), columns.take(&["tags"]));
        let dialect = known::settled(&mut rows, date, context)?;
        known::read(&mut rows, context, &|context, row| {
            let [location, admin, country] = places.map(|column| text(row, column));
            let (kind, finer) = (text(row, kind), text(row, finer));
            let what = if finer.is_empty() { kind } else { finer };
            let mut event = Event {
                id: Cow::Borrowed(text(row, id)),
                title: place(&[what, location]),
                kind: Cow::Borrowed(kind),
                place: place(&[if location.is_empty() { admin } else { location }, country]),
                further: columns.further(row),
                ..Event::default()
            };
            for (column, role) in actors {
                if role.starts_with("with") {
                    let names = text(row, column).split(';').map(str::trim).filter(|name| !name.is_empty());
                    event.actors.extend(names.map(|name| Participant { name: Cow::Borrowed(name), role: Cow::Borrowed(role) }));
                } else {
                    actor(&mut event.actors, text(row, column), role);
                }
            }
            event.tags.extend(text(row, tags).split(';').map(str::trim).filter(|tag| !tag.is_empty()).map(Cow::Borrowed));
            let (notes, source) = (text(row, notes), text(row, source));
            if !notes.is_empty() || !source.is_empty() {
                event.evidence.push(Evidence { quote: Cow::Borrowed(notes), source: Cow::Borrowed(source), ..Evidence::default() });
            }
            let (written, at) = (text(row, date), (row.line(), columns.name(date)));
            known::date(&mut event, Cow::Borrowed(written), widened(written, text(row, precision), dialect), dialect, context, at);
            known::deliver(&event, row, context);
        })
    }
}

/// What a day means that is known only to its week or its month; `None` where the day itself is meant.
fn widened(written: &str, precision: &str, dialect: Dialect) -> Option<String> {
    if !matches!(precision, "2" | "3") {
        return None;
    }
    let when = time::read(written, &dialect).ok().filter(|when| when.reading.precision == Precision::Day)?;
    let day = when.reading.extent.earliest_start.div_euclid(time::DAY_MS);
    let words = |day: i64| {
        let (year, month, day) = civil_from_days(day);
        format!("{year:04}-{month:02}-{day:02}")
    };
    let (year, month, _) = civil_from_days(day);
    Some(if precision == "3" {
        format!("{year:04}-{month:02}")
    } else {
        format!("[{}..{}]", words(day - HALF_WEEK), words(day + HALF_WEEK))
    })
}
