//! `chronolane order`: which of two events came first, as far as their dates can tell.

use std::io::{self, Write};

use serde::Serialize;

use super::args::OrderArgs;
use super::{CliError, Exit, load};
use crate::store::{EventId, EventStore, GroupBy};
use crate::time::{self, Qualities, Zone};

#[derive(Serialize)]
struct Report<'a> {
    a: &'a str,
    b: &'a str,
    order: &'static str,
    words: String,
}

/// An event that the command names.
fn find(store: &EventStore, id: &str) -> Result<EventId, CliError> {
    store.find_id(id).ok_or_else(|| CliError::NoSuchEvent(id.to_owned()))
}

/// Loads the files and says how two of their events lie to each other.
pub(super) fn run(args: &OrderArgs) -> Result<Exit, CliError> {
    let loaded = load(&args.files, &args.common.options()?, Some(GroupBy::None))?;
    let store = &loaded.store;
    let [a, b] = [find(store, &args.a)?, find(store, &args.b)?];
    // Two instants are compared as such: by the clock of a zone the later may stand before the earlier.
    let both = [a, b].iter().all(|event| store.brief(*event).is_some_and(|brief| brief.qualities.has(Qualities::INSTANT)));
    let zone = if both { Zone::UTC } else { store.zone() };
    let extent = |event: EventId, id: &str| {
        let reading = store.brief(event).and_then(|_| time::placed(store.canonical(event), zone));
        reading.map(|reading| reading.extent).ok_or_else(|| CliError::NoDate(id.to_owned()))
    };
    let order = time::order(&extent(a, &args.a)?, &extent(b, &args.b)?);
    let said = |event: EventId| store.record(event).when.as_ref().map(|when| store.wording(when)).unwrap_or_default();
    let words = order.sentence(&format!("{} ({})", args.a, said(a)), &format!("{} ({})", args.b, said(b)));
    let mut out = io::stdout().lock();
    if args.json {
        serde_json::to_writer(&mut out, &Report { a: &args.a, b: &args.b, order: order.name(), words }).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{words}")?;
    }
    Ok(Exit::Well)
}
