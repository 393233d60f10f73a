//! The table of a page: one row an event, with its sentence and where that stands.

use std::fmt::Write as _;

use crate::model::Status;
use crate::render::picture::{Material, is_web, words};
use crate::render::svg::escaped;
use crate::scene::grouped;
use crate::store::EventId;
use crate::time::{self, Dialect};

/// Most rows of a page: a browser is slow with more.
const MOST_ROWS: usize = 5_000;

/// The rows, how many there are, and what should be said about them.
pub(super) struct Table {
    pub html: String,
    pub count: usize,
    pub note: Option<String>,
}

/// The events of the picture, by start.
pub(super) fn table(material: &Material) -> Table {
    let mut events = Vec::new();
    let whole = words::shown_up_to(material, MOST_ROWS, &mut events);
    let mut html = String::from("<table id=\"events\">\n");
    let note = (!whole).then(|| {
        let words =
            format!("only the first {} events of the picture are in the table; choose a shorter span or a filter", grouped(MOST_ROWS));
        let _ = writeln!(html, "<caption>{}.</caption>", escaped(&words));
        words
    });
    html.push_str("<thead><tr><th scope=\"col\">Date</th><th scope=\"col\">Event</th><th scope=\"col\">Who</th><th scope=\"col\">Where</th><th scope=\"col\">Evidence</th></tr></thead>\n<tbody>\n");
    let count = events.len();
    for event in events {
        row(material, event, &mut html);
    }
    html.push_str("</tbody></table>\n");
    Table { html, count, note }
}

fn row(material: &Material, event: EventId, out: &mut String) {
    let store = &material.store;
    let record = store.record(event);
    let date = time::read(store.canonical(event), &Dialect::EDTF).map(|when| store.wording(&when)).unwrap_or_default();
    let title = if record.title.is_empty() { "(no title)" } else { &record.title };
    let _ = write!(out, "<tr data-event=\"{}\"><td class=\"when\">{}</td>", escaped(store.id_text(event)), escaped(&date));
    let _ = write!(out, "<td class=\"what\"><button type=\"button\">{}</button>", escaped(title));
    let kind = store.kind(event).map(|kind| store.kind_label(kind)).unwrap_or_default();
    let status = record.status.map(Status::name).unwrap_or_default();
    let about: Vec<String> = [kind, status].into_iter().filter(|words| !words.is_empty()).map(escaped).collect();
    if !about.is_empty() {
        let _ = write!(out, "<div class=\"quiet\">{}</div>", about.join(", "));
    }
    if !record.note.is_empty() {
        let _ = write!(out, "<div class=\"quiet\">{}</div>", escaped(&record.note));
    }
    let who = |actor: &crate::model::Participant<'_>| {
        if actor.role.is_empty() { escaped(&actor.name) } else { format!("{} ({})", escaped(&actor.name), escaped(&actor.role)) }
    };
    let actors: Vec<String> = record.actors.iter().map(who).collect();
    let _ = write!(out, "</td><td class=\"who\">{}</td><td class=\"where\">{}</td>", actors.join(", "), escaped(&record.place));
    out.push_str("<td class=\"evidence\">");
    for evidence in &record.evidence {
        if !evidence.quote.trim().is_empty() {
            let _ = write!(out, "<blockquote>{}</blockquote>", escaped(evidence.quote.trim()));
        }
        let source = store.source(&evidence.source);
        let published = if evidence.published.is_empty() { source.published.as_str() } else { &evidence.published };
        let mut parts: Vec<&str> = Vec::new();
        for part in [source.author.as_str(), &source.title, &source.publisher, published, &evidence.locator] {
            if !part.trim().is_empty() && !parts.contains(&part.trim()) {
                parts.push(part.trim());
            }
        }
        if !parts.is_empty() {
            let _ = write!(out, "<cite>{}</cite> ", escaped(&parts.join(", ")));
        }
        let url = if evidence.url.is_empty() { source.url.as_str() } else { &evidence.url };
        address(url, url, out);
        address(&source.archive_url, "archived", out);
    }
    out.push_str("</td></tr>\n");
}

/// An address as a link where it leads to the web, else as its words.
fn address(url: &str, words: &str, out: &mut String) {
    let url = url.trim();
    if url.is_empty() {
        return;
    }
    if is_web(url) {
        let _ = write!(out, "<a href=\"{}\" rel=\"noopener noreferrer\" target=\"_blank\">{}</a> ", escaped(url), escaped(words));
    } else {
        let _ = write!(out, "<span class=\"quiet\">{}</span> ", escaped(url));
    }
}
