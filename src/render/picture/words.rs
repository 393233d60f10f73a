//! What a picture says of itself: its heading, where its events are from, and what was drawn and what was not.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Checksum, Furniture, Line, Material};
use crate::scene::grouped;
use crate::store::{EventId, Lane};
use crate::time;
use crate::view::Span;

/// Up to so many events their sources are looked up one by one; of more, the names of all sources of the file are given.
const MOST_LOOKED_UP: usize = 5_000;
/// Files that are named; the others are counted.
const FILES_NAMED: usize = 3;

/// The heading, where there is one.
pub(in crate::render) fn title(furniture: &Furniture, material: &Material) -> Option<String> {
    said(&furniture.title, || material.store.title().map(str::to_owned))
}

/// The words under it.
pub(in crate::render) fn subtitle(furniture: &Furniture, material: &Material) -> Option<String> {
    said(&furniture.subtitle, || material.store.description().map(str::to_owned))
}

fn said(line: &Line, of_file: impl FnOnce() -> Option<String>) -> Option<String> {
    match line {
        Line::Off => None,
        Line::OfFile => of_file(),
        Line::Own(words) => Some(words.clone()),
    }
    .filter(|words| !words.trim().is_empty())
}

/// The name of a picture for those who cannot see it, and for a document's properties.
pub(in crate::render) fn name(material: &Material, furniture: &Furniture) -> String {
    title(furniture, material).or_else(|| material.store.title().map(str::to_owned)).unwrap_or_else(|| "Timeline".to_owned())
}

/// The events that meet the window, by start; `None` where there are more than `limit`.
pub(in crate::render) fn shown(material: &Material, limit: usize) -> Option<Vec<EventId>> {
    let mut events = Vec::new();
    shown_up_to(material, limit, &mut events).then_some(events)
}

/// Puts the events that meet the window into `out`, by start, up to `limit`; whether that is all of them.
pub(in crate::render) fn shown_up_to(material: &Material, limit: usize, out: &mut Vec<EventId>) -> bool {
    let Span { from_ms, to_ms } = material.window;
    material.all().is_none_or(|all| all.events(&material.store, from_ms, to_ms, limit, out))
}

/// Where the events are from: "Sources: …", those named most often first.
pub(in crate::render) fn sources(furniture: &Furniture, material: &Material) -> Option<String> {
    said(&furniture.source, || {
        let store = &material.store;
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        if let Some(events) = shown(material, MOST_LOOKED_UP) {
            for event in events {
                for evidence in &store.record(event).evidence {
                    *times.entry(evidence.source.clone().into_owned()).or_default() += 1;
                }
            }
        } else {
            times.extend(store.names().sources.iter().map(|(_, name)| (name.to_owned(), 1)));
        }
        times.remove("");
        let mut order: Vec<(String, usize)> = times.into_iter().collect();
        order.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let mut names: Vec<String> = Vec::new();
        for (reference, _) in &order {
            let source = store.source(reference);
            let name = match (source.title.is_empty(), source.publisher.is_empty()) {
                (false, false) => format!("{} ({})", source.title, source.publisher),
                (false, true) => source.title.clone(),
                (true, false) => source.publisher.clone(),
                (true, true) => reference.clone(),
            };
            if !names.contains(&name) {
                names.push(name);
            }
            if names.len() > 40 {
                break;
            }
        }
        let more = order.len().saturating_sub(names.len());
        let list = names.join("; ");
        let lead = if names.len() == 1 { "Source" } else { "Sources" };
        let tail = if more > 0 { format!("; and {} more", grouped(more)) } else { String::new() };
        (!list.is_empty()).then(|| format!("{lead}: {list}{tail}."))
    })
}

/// What was drawn and what was left out, in one sentence each.
pub(in crate::render) fn counts(material: &Material, filter: &str) -> String {
    let Span { from_ms, to_ms } = material.window;
    let shown = material.all().map_or(0, |all| all.count(&material.store, from_ms, to_ms));
    let dated = material.store.dated();
    let ledger = material.store.ledger();
    let (matching, chosen) = (material.lanes.matching_dated(), material.all().map_or(0, Lane::len));
    let mut out = format!("Shown: {} of {} dated events", grouped(shown), grouped(dated));
    let filter: String = filter.chars().take(120).collect();
    if let Some(hits) = &material.hits {
        let count = hits.count(&material.store, material.window);
        let _ = write!(out, ", {} of which match {} and stand out", grouped(count), filter.trim());
    }
    let left_out = [
        (dated.saturating_sub(matching), format!("by the filter {}", filter.trim())),
        (matching.saturating_sub(chosen), "in lanes left out".to_owned()),
        (chosen.saturating_sub(shown), "outside this span".to_owned()),
    ];
    let parts: Vec<String> =
        left_out.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{} {words}", grouped(count))).collect();
    if !parts.is_empty() {
        out.push_str("; left out: ");
        out.push_str(&parts.join(", "));
    }
    for (count, word) in [(ledger.undated(), "undated"), (ledger.rejected(), "not readable")] {
        if count > 0 {
            let _ = write!(out, "; {} {word}", grouped(count as usize));
        }
    }
    out.push('.');
    out
}

/// What it was drawn from and by: files with their checksums, the span, the zone, the version.
pub(in crate::render) fn origin(material: &Material) -> String {
    let file = |file: &super::NamedFile| match &file.checksum {
        Checksum::Known(digits) => format!("{} (SHA-256 {digits})", file.name),
        Checksum::Changed => format!("{} (changed since it was read)", file.name),
        Checksum::Unknown => file.name.clone(),
    };
    let mut files: Vec<String> = material.files.iter().take(FILES_NAMED).map(file).collect();
    if material.files.len() > FILES_NAMED {
        files.push(format!("{} more files", grouped(material.files.len() - FILES_NAMED)));
    }
    let span = time::span_text(material.window.from_ms, material.window.to_ms);
    let version = env!("CARGO_PKG_VERSION");
    files.push(span);
    files.extend(material.zone.map(|zone| format!("instants in {zone}")));
    files.push(format!("Chronolane {version}"));
    files.join(" · ")
}

/// A picture in words, for those who cannot see it.
pub(in crate::render) fn description(material: &Material, options: &super::PictureOptions) -> String {
    let lanes = material.rows.len();
    let lanes = if lanes == 1 { "one lane".to_owned() } else { format!("{} lanes", grouped(lanes)) };
    format!("A timeline with {lanes}. {} {}", counts(material, &options.filter), origin(material))
}
