//! A component of a calendar as an event, but for its date: who, what, where, and what has no field.

use std::borrow::Cow;
use std::collections::HashSet;

use super::component::Component;
use super::lines::Line;
use crate::model::{Event, Evidence, Further, Link, Participant, Value};

/// Lines that the date is made of; they are kept under their own names only where they say more than it does.
const OF_DATE: [&str; 3] = ["DTSTART", "DTEND", "DURATION"];

/// The event of a component without id and date.
pub(super) fn skeleton(component: &Component<'_>) -> Event<'static> {
    let mut event = Event::default();
    let mut evidence = Evidence::default();
    let mut who = HashSet::new();
    for line in &component.lines {
        match line.name.as_ref() {
            "UID" => {}
            "SUMMARY" if event.title.is_empty() => event.title = Cow::Owned(line.text()),
            "DESCRIPTION" if evidence.quote.is_empty() => evidence.quote = Cow::Owned(line.text()),
            "LOCATION" if event.place.is_empty() => event.place = Cow::Owned(line.text()),
            "URL" if evidence.url.is_empty() => evidence.url = Cow::Owned(line.value.trim().to_owned()),
            "COMMENT" if event.note.is_empty() => event.note = Cow::Owned(line.text()),
            "CATEGORIES" => event.tags.extend(line.texts().map(Cow::Owned)),
            "ORGANIZER" => put_actor(&mut event.actors, &mut who, line, "organizer"),
            "ATTENDEE" => put_actor(&mut event.actors, &mut who, line, part_of(line)),
            "RELATED-TO" => event
                .links
                .push(Link { to: Cow::Owned(line.text()), relation: Cow::Owned(line.param("RELTYPE").unwrap_or("parent").to_lowercase()) }),
            "STATUS" => {
                if ["CANCELLED", "TENTATIVE"].iter().any(|status| status.eq_ignore_ascii_case(line.value.trim())) {
                    event.tags.push(Cow::Owned(line.value.trim().to_lowercase()));
                }
                event.further.push(kept(line));
            }
            name if OF_DATE.contains(&name) => {}
            _ => event.further.push(kept(line)),
        }
    }
    event.kind = match (component.name.as_str(), event.tags.first()) {
        ("VTODO", _) => Cow::Borrowed("to-do"),
        ("VJOURNAL", _) => Cow::Borrowed("journal"),
        (_, Some(first)) => first.clone(),
        _ => Cow::Borrowed(""),
    };
    if event.title.is_empty() {
        event.title = Cow::Owned(evidence.quote.lines().next().unwrap_or_default().chars().take(100).collect());
    }
    if evidence != Evidence::default() {
        event.evidence.push(evidence);
    }
    event
}

/// A line that has no field, under its own name.
fn kept(line: &Line<'_>) -> Further<'static> {
    Further { name: Cow::Owned(line.name.clone().into_owned()), value: Value::Text(Cow::Owned(line.text())) }
}

/// What part an attendee has.
fn part_of(line: &Line<'_>) -> &'static str {
    let is = |name: &str, value: &str| line.param(name).is_some_and(|known| known.eq_ignore_ascii_case(value));
    if is("CUTYPE", "ROOM") || is("CUTYPE", "RESOURCE") {
        "room or resource"
    } else if is("PARTSTAT", "DECLINED") {
        "declined"
    } else if is("ROLE", "CHAIR") {
        "chair"
    } else if is("ROLE", "OPT-PARTICIPANT") {
        "optional attendee"
    } else if is("ROLE", "NON-PARTICIPANT") {
        "informed"
    } else {
        "attendee"
    }
}

/// Adds an actor by name, or by address where there is none; who organizes and attends is one.
fn put_actor<'l>(into: &mut Vec<Participant<'static>>, known: &mut HashSet<&'l str>, line: &'l Line<'_>, role: &'static str) {
    let value = line.value.trim();
    let address = value.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).map_or(value, |_| &value[7..]);
    let name = line.param("CN").map(str::trim).filter(|name| !name.is_empty()).unwrap_or(address);
    if name.is_empty() || !known.insert(name) {
        return;
    }
    into.push(Participant { name: Cow::Owned(name.to_owned()), role: Cow::Borrowed(role) });
}

/// About how many bytes the texts of an event take.
pub(super) fn bytes_of(event: &Event<'_>) -> usize {
    let of_further: usize = event.further.iter().map(|field| field.name.len() + field.value.as_text().len()).sum();
    let of_evidence: usize = event.evidence.iter().map(|evidence| evidence.quote.len() + evidence.url.len()).sum();
    event.title.len() + event.note.len() + of_further + of_evidence + 40 * event.actors.len() + 200
}
