//! An event as JSON in the native form: what the reader of that form takes back as the same record.

use std::borrow::Cow;

use super::dates::{of_event, own};
use super::json::Json;
use super::tables::value;
use crate::formats::native;
use crate::model::{Event, Evidence, Further, Participant, Value};

/// How an event names what the tables of its file describe.
pub(super) trait Names {
    /// An actor.
    fn actor<'a>(&'a self, name: &'a str) -> &'a str;
    /// The actor that a text of the file names.
    fn actor_named<'a>(&'a self, reference: &'a str) -> &'a str;
    /// A source.
    fn source<'a>(&'a self, reference: &'a str) -> &'a str;
}

/// Writes an event with all its fields.
pub(super) fn write(json: &mut Json, event: &Event<'_>, names: &dyn Names, has_ambiguous: bool) {
    let date = of_event(event, has_ambiguous);
    json.object(|json| {
        json.field_if("id", &event.id);
        json.field("when", &date.text);
        json.field_if("end", date.end);
        if let Some(stood) = date.stood {
            json.field("when_as_written", stood);
        }
        json.field_if("title", &event.title);
        json.field_if("kind", &event.kind);
        actors(json, event, names);
        json.field_if("place", &event.place);
        if let Some(status) = event.status {
            json.field("status", status.name());
        }
        texts(json, "tags", &event.tags);
        if !event.evidence.is_empty() {
            json.key("evidence");
            json.list(|json| event.evidence.iter().for_each(|one| evidence(json, one, names, has_ambiguous)));
        }
        links(json, event, names);
        json.field_if("note", &event.note);
        for field in &event.further {
            let comes_back = is_whole_list(event, field, names) || native::comes_back(event, &date.text, field);
            json.key(&free_name(field, comes_back));
            value(json, &field.value);
        }
    });
}

fn texts(json: &mut Json, key: &str, texts: &[Cow<'_, str>]) {
    if !texts.is_empty() {
        json.key(key);
        json.list(|json| texts.iter().for_each(|text| json.text(text)));
    }
}

/// Whether a field holds the actors or links of the event as they stood in their file, with more than the program has names for.
fn is_whole_list(event: &Event<'_>, field: &Further<'_>, names: &dyn Names) -> bool {
    let Value::Json(json) = &field.value else { return false };
    match field.name.as_ref() {
        "actors" => {
            let stood = native::participants(json);
            let same =
                |(stood, now): (&Participant<'_>, &Participant<'_>)| stood.role == now.role && names.actor_named(&stood.name) == now.name;
            stood.len() == event.actors.len() && stood.iter().zip(&event.actors).all(same)
        }
        "links" => !event.links.is_empty(),
        _ => false,
    }
}

/// Whether a list of the event is written as it stood, with the further fields.
fn stands_whole(event: &Event<'_>, key: &str, names: &dyn Names) -> bool {
    event.further.iter().any(|field| field.name == key && is_whole_list(event, field, names))
}

fn actors(json: &mut Json, event: &Event<'_>, names: &dyn Names) {
    if !event.actors.is_empty() && !stands_whole(event, "actors", names) {
        json.key("actors");
        json.list(|json| {
            for actor in &event.actors {
                if actor.role.is_empty() {
                    json.text(names.actor(&actor.name));
                } else {
                    json.object(|json| {
                        json.field("actor", names.actor(&actor.name));
                        json.field("role", &actor.role);
                    });
                }
            }
        });
    }
}

fn links(json: &mut Json, event: &Event<'_>, names: &dyn Names) {
    if !event.links.is_empty() && !stands_whole(event, "links", names) {
        json.key("links");
        json.list(|json| {
            for link in &event.links {
                if link.relation.is_empty() {
                    json.text(&link.to);
                } else {
                    json.object(|json| {
                        json.field("to", &link.to);
                        json.field("relation", &link.relation);
                    });
                }
            }
        });
    }
}

fn evidence(json: &mut Json, evidence: &Evidence<'_>, names: &dyn Names, has_ambiguous: bool) {
    json.object(|json| {
        json.field_if("quote", &evidence.quote);
        json.field_if("source", names.source(&evidence.source));
        json.field_if("locator", &evidence.locator);
        json.field_if("phrase", &evidence.phrase);
        match &evidence.when {
            Some(when) => {
                let date = own(when, has_ambiguous);
                json.field("when", &date.text);
                if let Some(stood) = date.stood {
                    json.field("when_as_written", stood);
                }
            }
            None => json.field_if("when", &evidence.when_text),
        }
        json.field_if("url", &evidence.url);
        json.field_if("published", &evidence.published);
        for field in &evidence.further {
            let known = ["quote", "source", "locator", "phrase", "when", "url", "published"].contains(&field.name.as_ref());
            let is_nested = matches!(&field.value, Value::Json(raw) if raw.trim_start().starts_with(['[', '{']));
            json.key(&free_name(field, !known || is_nested));
            value(json, &field.value);
        }
    });
}

/// The name under which a field comes back as itself.
fn free_name<'f>(field: &'f Further<'_>, comes_back: bool) -> Cow<'f, str> {
    if comes_back { Cow::Borrowed(&field.name) } else { Cow::Owned(format!("{} (2)", field.name)) }
}
