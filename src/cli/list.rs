//! `chronolane list`: the events in order of time, undated ones last.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::args::ListArgs;
use super::{CliError, Exit, exit_of, load, whole};
use crate::formats::native;
use crate::model::Event;
use crate::store::{EventId, EventStore, GroupBy, Query};
use crate::time::{self, Shape};

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    when: &'a str,
    edtf: Option<&'a str>,
    earliest: Option<String>,
    latest: Option<String>,
    shape: Option<&'static str>,
    title: &'a str,
    kind: &'a str,
    actors: Vec<ActorRow<'a>>,
    place: &'a str,
    status: Option<&'static str>,
    evidence: Vec<EvidenceRow>,
    file: String,
    line: u32,
}

#[derive(Serialize)]
struct ActorRow<'a> {
    name: &'a str,
    role: &'a str,
}

#[derive(Serialize)]
struct EvidenceRow {
    quote: String,
    source: String,
    url: String,
}

fn row<'a>(store: &EventStore, id: EventId, event: &'a Event<'a>) -> Row<'a> {
    let origin = store.origin(id);
    let reading = event.when.as_ref().map(|when| when.reading);
    let (earliest, latest) = reading.as_ref().map_or((None, None), time::listed_bounds);
    let evidence = event.evidence.iter().map(|evidence| {
        let source = store.source(&evidence.source);
        let url = if evidence.url.is_empty() { source.url.clone() } else { evidence.url.to_string() };
        EvidenceRow { quote: evidence.quote.to_string(), source: source.title.clone(), url }
    });
    Row {
        id: &event.id,
        when: event.when.as_ref().map_or(&event.when_text, |when| &when.text),
        edtf: event.when.as_ref().map(time::When::canonical),
        earliest,
        latest,
        shape: reading.map(|reading| if reading.shape == Shape::Moment { "moment" } else { "duration" }),
        title: &event.title,
        kind: &event.kind,
        actors: event.actors.iter().map(|actor| ActorRow { name: &actor.name, role: &actor.role }).collect(),
        place: &event.place,
        status: event.status.map(crate::model::Status::name),
        evidence: evidence.collect(),
        file: store.files().get(origin.file as usize).map_or(String::new(), |path| path.display().to_string()),
        line: origin.line,
    }
}

/// Loads the files and prints their events.
pub(super) fn run(args: &ListArgs) -> Result<Exit, CliError> {
    let query = Query::parse(&args.filter)?;
    let loaded = load(&args.files, &args.common.options()?, Some(GroupBy::None))?;
    let store = &loaded.store;
    let matching = (!query.is_empty()).then(|| query.run(store));
    let wanted = (0..store.len() as u32).map(EventId).filter(|event| matching.as_ref().is_none_or(|set| set.has(*event)));
    let mut out = BufWriter::new(io::stdout().lock());
    if args.csv {
        csv(store, wanted, &mut out)?;
    } else {
        for id in wanted {
            let event = store.record(id);
            if args.json {
                serde_json::to_writer(&mut out, &row(store, id, &event)).map_err(io::Error::from)?;
                writeln!(out)?;
            } else {
                let when = event.when.as_ref().map_or_else(|| "undated".to_owned(), |when| store.wording_short(when));
                let names: Vec<&str> = event.actors.iter().map(|actor| actor.name.as_ref()).collect();
                writeln!(out, "{when:<26}  {}  [{}]", event.title, names.join("; "))?;
            }
        }
    }
    out.flush()?;
    whole(&loaded)?;
    Ok(exit_of(&loaded))
}

/// A cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    native::protected(text).into_owned()
}

fn csv(store: &EventStore, wanted: impl Iterator<Item = EventId>, out: &mut impl Write) -> Result<(), CliError> {
    let mut table = csv::Writer::from_writer(out);
    let written = |error: csv::Error| CliError::Output(io::Error::other(error));
    table
        .write_record([
            "id", "when", "edtf", "earliest", "latest", "shape", "title", "kind", "actors", "place", "status", "sentence", "source", "url",
            "file", "line",
        ])
        .map_err(written)?;
    for id in wanted {
        let event = store.record(id);
        let row = row(store, id, &event);
        let actors: Vec<String> = row
            .actors
            .iter()
            .map(|actor| if actor.role.is_empty() { actor.name.to_owned() } else { format!("{} ({})", actor.name, actor.role) })
            .collect();
        let first = row.evidence.first();
        let bounds = [row.earliest.unwrap_or_default(), row.latest.unwrap_or_default()];
        let texts = [row.id, row.when, row.edtf.unwrap_or_default()].map(cell);
        let rest = [
            row.shape.unwrap_or_default().to_owned(),
            cell(row.title),
            cell(row.kind),
            cell(&actors.join("; ")),
            cell(row.place),
            row.status.unwrap_or_default().to_owned(),
            cell(first.map_or("", |evidence| &evidence.quote)),
            cell(first.map_or("", |evidence| &evidence.source)),
            cell(first.map_or("", |evidence| &evidence.url)),
            row.file.clone(),
            row.line.to_string(),
        ];
        table.write_record(texts.iter().chain(&bounds).chain(&rest)).map_err(written)?;
    }
    table.flush()?;
    Ok(())
}
