//! GDELT event tables, 1.0 (57 or 58 columns) and 2.0 (61), mostly without a header.
//!
//! An event is machine-coded: who did what to whom, by a code, on a day. No sentence comes with it, and none is made up; the code's name is the title.

use std::borrow::Cow;

use super::{actor, cameo};
use crate::formats::delimited::{DelimitedRows, Layout};
use crate::formats::known::{self, Columns, Header, text, whole_lines};
use crate::formats::table::{Row, Rows};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Event, Evidence};
use crate::time::Dialect;

/// GDELT event tables.
pub struct Gdelt;

/// Columns before the places.
const FIRST: [&str; 5] = ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"];
/// Columns of each actor, behind `Actor1` or `Actor2`.
const OF_ACTOR: [&str; 10] = [
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
];
/// Columns of what happened.
const OF_ACTION: [&str; 10] = [
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
];
/// Columns of each place, behind `Actor1Geo`, `Actor2Geo` or `ActionGeo`; the fifth came with 2.0.
const OF_PLACE: [&str; 8] = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"];
/// What the four classes of events are called.
const CLASSES: [&str; 4] = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];

/// The names of the columns of a table with so many, and which version it is; `None` where no version has so many.
fn names(width: usize) -> Option<Vec<String>> {
    let has_second_level = match width {
        57 | 58 => false,
        61 => true,
        _ => return None,
    };
    let mut names: Vec<String> = FIRST.map(str::to_owned).to_vec();
    for number in ["Actor1", "Actor2"] {
        names.extend(OF_ACTOR.iter().map(|part| format!("{number}{part}")));
    }
    names.extend(OF_ACTION.map(str::to_owned));
    for whose in ["Actor1Geo", "Actor2Geo", "ActionGeo"] {
        let parts = OF_PLACE.iter().filter(|part| has_second_level || **part != "ADM2Code");
        names.extend(parts.map(|part| format!("{whose}_{part}")));
    }
    names.extend(["DATEADDED", "SOURCEURL"].map(str::to_owned));
    names.truncate(width);
    Some(names)
}

/// Whether a line is a row: its number, its date as day, month and year, in as many cells as a version has.
fn is_row(line: &str) -> bool {
    let cells: Vec<&str> = line.split('\t').collect();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    names(cells.len()).is_some()
        && is_number(cells[0])
        && cells[1].len() == 8
        && is_number(cells[1])
        && cells[1].get(..6) == Some(cells[2])
        && cells[1].get(..4) == Some(cells[3])
}

/// How many columns the first rows have, most of which must be rows of one version.
fn width_of(text: &str) -> Option<usize> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let widths: Vec<usize> = lines.iter().filter(|line| is_row(line)).map(|line| line.split('\t').count()).collect();
    widths.first().copied().filter(|_| widths.len() * 2 > lines.len())
}

impl Format for Gdelt {
    fn name(&self) -> &'static str {
        "gdelt"
    }

    fn label(&self) -> &'static str {
        "GDELT events, 1.0 and 2.0"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let lines: Vec<&str> = whole_lines(head).take(20).collect();
        let has_header = || Header::of(head.text).is_some_and(|header| header.has(&["globaleventid", "sqldate", "eventcode"]));
        if width_of(&lines.join("\n")).is_some() || has_header() { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let head = crate::formats::input::head_text(&input.head_bytes()?);
        let has_header = Header::of(&head).is_some_and(|header| header.has(&["globaleventid", "sqldate"]));
        let mut rows = if has_header {
            known::open(input, context)?
        } else {
            let Some(names) = width_of(&head).and_then(names) else {
                let message = "no row of it is one of GDELT: 57, 58 or 61 cells with tabs between, the second a date such as 20180101.";
                return Err(FormatError::NoRecords { file: input.name().to_owned(), message: message.to_owned() });
            };
            let version = if names.len() == 61 { "2.0" } else { "1.0" };
            context.note(format!(
                "GDELT {version}: codes are said in words. The coding is a machine's; the article at the address is the evidence, and no sentence of it is given."
            ));
            DelimitedRows::open_as(input, Layout { delimiter: b'\t', is_quoted: false, names: Some(names) }, context)?
        };
        let plan = Plan::of(rows.columns());
        known::read(&mut rows, context, &|context, row| plan.deliver(row, context))
    }
}

/// Where a row's fields stand.
struct Plan {
    columns: Columns,
    id: Option<usize>,
    date: Option<usize>,
    /// Name and code of each actor.
    actors: [(Option<usize>, Option<usize>); 2],
    code: Option<usize>,
    class: Option<usize>,
    place: Option<usize>,
    url: Option<usize>,
}

impl Plan {
    fn of(names: &[String]) -> Self {
        let mut columns = Columns::of(names);
        Self {
            id: columns.take(&["globaleventid"]),
            date: columns.take(&["sqldate"]),
            actors: [
                (columns.take(&["actor1name"]), columns.look(&["actor1code"])),
                (columns.take(&["actor2name"]), columns.look(&["actor2code"])),
            ],
            code: columns.look(&["eventcode"]),
            class: columns.look(&["quadclass"]),
            place: columns.take(&["actiongeofullname"]),
            url: columns.take(&["sourceurl"]),
            columns,
        }
    }

    fn deliver(&self, row: &dyn Row, context: &mut Context<'_>) {
        let code = text(row, self.code);
        let mut event = Event {
            id: Cow::Borrowed(text(row, self.id)),
            kind: Cow::Borrowed(cameo::root(code).unwrap_or_default()),
            place: Cow::Borrowed(text(row, self.place)),
            further: self.columns.further(row),
            ..Event::default()
        };
        event.title = match cameo::name(code) {
            Some(name) => Cow::Borrowed(name),
            None if code.is_empty() => Cow::Borrowed("Event without a code"),
            None => Cow::Owned(format!("Event of code {code}")),
        };
        for ((name, code), role) in self.actors.into_iter().zip(["source", "target"]) {
            let name = text(row, name);
            actor(&mut event.actors, if name.is_empty() { text(row, code) } else { name }, role);
        }
        let class = text(row, self.class).parse::<usize>().ok().and_then(|class| CLASSES.get(class.wrapping_sub(1)));
        event.tags.extend(class.map(|class| Cow::Borrowed(*class)));
        let url = text(row, self.url);
        if !url.is_empty() {
            let (source, url) = if url.contains("://") { (host(url), url) } else { (Cow::Borrowed(url), "") };
            event.evidence.push(Evidence { source, url: Cow::Borrowed(url), ..Evidence::default() });
        }
        let at = (row.line(), self.columns.name(self.date));
        known::date(&mut event, Cow::Borrowed(text(row, self.date)), None, Dialect { human: true, ..context.options.dialect }, context, at);
        known::deliver(&event, row, context);
    }
}

/// The site of an address, in lower case, as sites are one however they are written.
fn host(url: &str) -> Cow<'_, str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.get(..4).filter(|start| start.eq_ignore_ascii_case("www.")).map_or(host, |_| &host[4..]);
    if host.bytes().any(|byte| byte.is_ascii_uppercase()) { Cow::Owned(host.to_ascii_lowercase()) } else { Cow::Borrowed(host) }
}
