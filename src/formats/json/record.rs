//! One event as the native file and JSON Lines write it: nested or flat, known fields read, all others kept as they stand.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use super::actor_names::ActorNames;
use super::loose::{Key, Loose, count_field, split_list, within_bounds};
use super::plain::{self, Habit};
use crate::formats::dates::{Spanned, is_missing, read_span, report_doubt};
use crate::formats::table::{reason, split_role};
use crate::model::{Event, Evidence, FileLedger, Further, Link, Participant, Severity, Status, Value};
use crate::time::{self, Dialect};

/// A field that holds a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextSlot {
    Id,
    Title,
    Kind,
    Place,
    Note,
    When,
    End,
    Sentence,
    Source,
    Url,
    Published,
    Phrase,
}

impl TextSlot {
    /// The one of that name.
    pub(super) fn of(key: &str) -> Option<Self> {
        Some(match key {
            "id" => Self::Id,
            "title" => Self::Title,
            "kind" => Self::Kind,
            "place" => Self::Place,
            "note" => Self::Note,
            "when" => Self::When,
            "end" => Self::End,
            "sentence" => Self::Sentence,
            "source" => Self::Source,
            "url" => Self::Url,
            "published" => Self::Published,
            "phrase" => Self::Phrase,
            _ => return None,
        })
    }
}

/// What a record needs to know to be read.
pub(super) struct Reader<'r> {
    /// How dates are written.
    pub dialect: Dialect,
    /// The names of the actors by their ids.
    pub names: &'r ActorNames,
}

/// A remark on a field of a record.
pub(super) struct Remark {
    severity: Severity,
    field: String,
    message: String,
    text: String,
}

/// An event as it is read, with what there is to say about it. It may be filled again and again, which keeps its memory.
#[derive(Default)]
pub(super) struct Record<'a> {
    pub event: Event<'a>,
    flat: Evidence<'a>,
    when: Cow<'a, str>,
    end: Cow<'a, str>,
    remarks: Vec<Remark>,
    /// How the keys of the records before it followed each other.
    pub(super) habit: Habit,
}

impl Reader<'_> {
    /// Reads one record. Errors: it is no JSON object; then the record holds anything.
    pub(super) fn read<'a>(&self, json: &'a str, record: &mut Record<'a>) -> Result<(), serde_json::Error> {
        record.clear();
        if !plain::read(self, json, record) {
            record.clear();
            within_bounds(|| self.read_any(json, record))?;
        }
        self.finish(record);
        Ok(())
    }

    /// Reads the fields of any JSON object.
    pub(super) fn read_any<'a>(&self, json: &'a str, record: &mut Record<'a>) -> Result<(), serde_json::Error> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        serde::Deserializer::deserialize_map(&mut deserializer, Filling { reader: self, record })?;
        deserializer.end()
    }

    /// Puts a field of a known name where it belongs.
    pub(super) fn take<'a>(&self, record: &mut Record<'a>, key: &str, value: Loose<'a>) {
        if let Some(field) = record.text_field(key) {
            if value.is_scalar() {
                *field = value.into_text();
            } else {
                record.misshapen(key, "a text", &value);
            }
            return;
        }
        let event = &mut record.event;
        match key {
            "actors" => {
                keep_list(&mut event.further, key, &value, &["actor", "name", "role"]);
                event.actors.extend(self.actors(value));
            }
            "tags" => event.tags.extend(value.into_texts()),
            "status" => match Status::from_name(&value.clone().into_text()) {
                Some(status) => event.status = Some(status),
                None if value == Loose::Null => {}
                None => {
                    let known = Status::ALL.map(Status::name).join(", ");
                    record.misshapen(key, &format!("one of {known}"), &value);
                }
            },
            "evidence" => self.evidence(record, value),
            "sources" => event.evidence.extend(super::evidence_of(value)),
            "links" => {
                keep_list(&mut event.further, key, &value, &["to", "relation"]);
                links(record, value);
            }
            _ => {}
        }
    }

    /// The actors of an event; ids of the actors' table become names.
    fn actors<'a>(&self, value: Loose<'a>) -> Vec<Participant<'a>> {
        let mut actors = match value {
            Loose::Text(text) => split_list(&text)
                .into_iter()
                .map(|part| {
                    if self.names.get(part.as_ref()).is_some() {
                        return Participant { name: part, role: Cow::Borrowed("") };
                    }
                    match part {
                        Cow::Borrowed(part) => {
                            let (name, role) = split_role(part);
                            Participant { name: Cow::Borrowed(name), role: Cow::Borrowed(role) }
                        }
                        Cow::Owned(part) => {
                            let (name, role) = split_role(&part);
                            Participant { name: Cow::Owned(name.to_owned()), role: Cow::Owned(role.to_owned()) }
                        }
                    }
                })
                .collect(),
            Loose::Null => Vec::new(),
            other => other.into_participants(),
        };
        for actor in &mut actors {
            self.name(actor);
        }
        actors
    }

    /// The actor that a text of a list names.
    pub(super) fn actor<'a>(&self, name: Cow<'a, str>) -> Participant<'a> {
        let mut actor = Participant { name, role: Cow::Borrowed("") };
        self.name(&mut actor);
        actor
    }

    /// Gives an actor whose name is an id of the table the name that stands there.
    fn name(&self, actor: &mut Participant<'_>) {
        if let Some(name) = self.names.get(actor.name.as_ref()) {
            actor.name = Cow::Owned(name.to_owned());
        }
    }

    /// The entries of `evidence`: objects, or plain sentences.
    fn evidence<'a>(&self, record: &mut Record<'a>, value: Loose<'a>) {
        let items = match value {
            Loose::List(items) => items,
            Loose::Null => return,
            other => vec![other],
        };
        for item in items {
            let Loose::Map(fields) = item else {
                if item.is_scalar() {
                    record.event.evidence.push(Evidence { quote: item.into_text(), ..Evidence::default() });
                } else {
                    record.misshapen("evidence", "objects with a quote and a source", &item);
                }
                continue;
            };
            let mut evidence = Evidence::default();
            for (key, value) in fields {
                let into = match key.as_ref() {
                    "quote" => &mut evidence.quote,
                    "source" => &mut evidence.source,
                    "locator" => &mut evidence.locator,
                    "phrase" => &mut evidence.phrase,
                    "url" => &mut evidence.url,
                    "published" => &mut evidence.published,
                    "when" => &mut evidence.when_text,
                    _ => {
                        evidence.further.push(further(key, value));
                        continue;
                    }
                };
                if value.is_scalar() {
                    *into = value.into_text();
                } else {
                    evidence.further.push(further(key, value));
                }
            }
            self.date_of_evidence(record, &mut evidence);
            record.event.evidence.push(evidence);
        }
    }

    /// Reads the date that a piece of evidence gives.
    fn date_of_evidence<'a>(&self, record: &mut Record<'a>, evidence: &mut Evidence<'a>) {
        if evidence.when_text.trim().is_empty() {
            return;
        }
        let text = std::mem::take(&mut evidence.when_text);
        match time::read(&text, &self.dialect) {
            Ok(when) => evidence.when = Some(when.into_owned()),
            Err(error) => {
                record.remark(Severity::Warning, "evidence.when", reason(&error), &text);
                evidence.when_text = text;
            }
        }
    }

    /// Reads the date and closes the record.
    pub(super) fn finish(&self, record: &mut Record<'_>) {
        if record.flat != Evidence::default() {
            let flat = std::mem::take(&mut record.flat);
            record.event.evidence.insert(0, flat);
        }
        let (when, end) = (std::mem::take(&mut record.when), std::mem::take(&mut record.end));
        match (when, end) {
            (when, end) if is_missing(&when) && is_missing(&end) => {
                record.remark(Severity::Error, "when", "The record has no date. It is kept among the undated.".to_owned(), "");
                record.event.when_text = when;
            }
            (Cow::Borrowed(when), end) if is_missing(&end) => match time::read(when, &self.dialect) {
                Ok(read) => record.event.when = Some(read),
                Err(error) => record.undated(reason(&error), when.to_owned()),
            },
            (when, end) => self.finish_span(record, blank_if_missing(when), blank_if_missing(end)),
        }
    }

    /// Reads a start and an end as one date.
    fn finish_span<'a>(&self, record: &mut Record<'a>, when: Cow<'a, str>, end: Cow<'a, str>) {
        match read_span(&when, &end, self.dialect) {
            Spanned::Read(read) => record.event.when = Some(read.into_owned()),
            Spanned::StartOnly(read, error) => {
                record.event.when = Some(read.into_owned());
                record.remark(Severity::Warning, "end", format!("The end was left out: {error}."), &end);
                record.event.further.push(Further { name: Cow::Borrowed("end"), value: Value::Text(end) });
            }
            Spanned::Failed(error) => {
                let text = if end.is_empty() { when.into_owned() } else { format!("{when}/{end}") };
                record.undated(reason(&error), text);
            }
        }
    }
}

/// Nothing in place of a word for nothing.
fn blank_if_missing(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_missing(&text) { Cow::Borrowed("") } else { text }
}

impl<'a> Record<'a> {
    /// Makes it empty.
    pub(super) fn clear(&mut self) {
        fn emptied<T>(list: &mut Vec<T>) -> Vec<T> {
            list.clear();
            std::mem::take(list)
        }
        let event = &mut self.event;
        self.event = Event {
            actors: emptied(&mut event.actors),
            tags: emptied(&mut event.tags),
            evidence: emptied(&mut event.evidence),
            links: emptied(&mut event.links),
            further: emptied(&mut event.further),
            ..Event::default()
        };
        self.flat = Evidence::default();
        (self.when, self.end) = (Cow::Borrowed(""), Cow::Borrowed(""));
        self.remarks.clear();
    }

    /// The field of that name, where it holds a text.
    pub(super) fn text_field(&mut self, key: &str) -> Option<&mut Cow<'a, str>> {
        TextSlot::of(key).map(|slot| self.slot(slot))
    }

    /// A field that holds a text.
    pub(super) fn slot(&mut self, slot: TextSlot) -> &mut Cow<'a, str> {
        match slot {
            TextSlot::Id => &mut self.event.id,
            TextSlot::Title => &mut self.event.title,
            TextSlot::Kind => &mut self.event.kind,
            TextSlot::Place => &mut self.event.place,
            TextSlot::Note => &mut self.event.note,
            TextSlot::When => &mut self.when,
            TextSlot::End => &mut self.end,
            TextSlot::Sentence => &mut self.flat.quote,
            TextSlot::Source => &mut self.flat.source,
            TextSlot::Url => &mut self.flat.url,
            TextSlot::Published => &mut self.flat.published,
            TextSlot::Phrase => &mut self.flat.phrase,
        }
    }

    /// Writes the remarks to the ledger.
    pub(super) fn report(&mut self, ledger: &mut FileLedger, line: u32) {
        if let Some(when) = &self.event.when {
            report_doubt(when, ledger, line, "when");
        }
        for remark in self.remarks.drain(..) {
            ledger.problem(remark.severity, line, 0, &remark.field, remark.message, &remark.text);
        }
    }

    fn remark(&mut self, severity: Severity, field: &str, message: String, text: &str) {
        self.remarks.push(Remark { severity, field: field.to_owned(), message, text: text.to_owned() });
    }

    /// Notes that the date can't be read, and keeps its text.
    fn undated(&mut self, message: String, text: String) {
        self.remark(Severity::Error, "when", message, &text);
        self.event.when_text = Cow::Owned(text);
    }

    /// Keeps a field whose value has the wrong shape, and says so.
    fn misshapen(&mut self, key: &str, wanted: &str, value: &Loose<'a>) {
        let json = value.to_json();
        self.remark(Severity::Warning, key, format!("{key} should be {wanted}; it is kept as it stands."), &json);
        self.event.further.push(further(Cow::Owned(key.to_owned()), value.clone()));
    }
}

/// A field that has no name in the program.
fn further<'a>(name: Cow<'a, str>, value: Loose<'a>) -> Further<'a> {
    let value = match value {
        Loose::Text(text) => Value::Text(text),
        other => Value::Json(Cow::Owned(other.to_json())),
    };
    Further { name, value }
}

/// Keeps a list of objects as it stands, beside what is read of it, where its objects have fields that the program has no name for.
fn keep_list<'a>(into: &mut Vec<Further<'a>>, key: &str, value: &Loose<'a>, known: &[&str]) {
    let says_more = |item: &Loose<'a>| match item {
        Loose::Map(fields) => fields.iter().any(|(name, _)| !known.contains(&name.as_ref())) || fields.len() > 2,
        _ => false,
    };
    let is_more = match value {
        Loose::List(items) => items.iter().any(says_more),
        other => says_more(other),
    };
    if is_more {
        into.push(further(Cow::Owned(key.to_owned()), value.clone()));
    }
}

/// The links of an event: ids, or objects with `to` and `relation`.
fn links<'a>(record: &mut Record<'a>, value: Loose<'a>) {
    let items = match value {
        Loose::List(items) => items,
        Loose::Null => return,
        other => vec![other],
    };
    for item in items {
        match item {
            Loose::Map(fields) => {
                let mut link = Link::default();
                for (key, value) in fields {
                    match key.as_ref() {
                        "to" | "id" | "event" => link.to = value.into_text(),
                        "relation" | "role" => link.relation = value.into_text(),
                        _ => {}
                    }
                }
                record.event.links.push(link);
            }
            item if item.is_scalar() => record.event.links.push(Link { to: item.into_text(), relation: Cow::Borrowed("") }),
            other => record.misshapen("links", "ids of events", &other),
        }
    }
}

/// The names of fields that a record reads; the others are kept as they stand.
const KNOWN: [&str; 18] = [
    "id",
    "when",
    "end",
    "title",
    "kind",
    "actors",
    "place",
    "status",
    "tags",
    "evidence",
    "sources",
    "links",
    "note",
    "sentence",
    "source",
    "url",
    "published",
    "phrase",
];

/// Whether a record reads the field of that name.
pub(crate) fn is_known(key: &str) -> bool {
    KNOWN.contains(&key)
}

/// Fills a record with the fields of an object.
struct Filling<'f, 'r, 'a> {
    reader: &'f Reader<'r>,
    record: &'f mut Record<'a>,
}

impl<'de> Visitor<'de> for Filling<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object that describes an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = entries.next_key()? {
            count_field()?;
            if is_known(&key) {
                let value = entries.next_value()?;
                self.reader.take(self.record, &key, value);
            } else {
                let raw: &'de RawValue = entries.next_value()?;
                self.record.event.further.push(Further { name: key, value: raw_value(raw) });
            }
        }
        Ok(())
    }
}

/// A raw value as a field keeps it: a string as its text, all else as JSON.
pub(super) fn raw_value(raw: &RawValue) -> Value<'_> {
    let json = raw.get();
    if json.starts_with('"')
        && let Ok(Key(text)) = serde_json::from_str::<Key<'_>>(json)
    {
        return Value::Text(text);
    }
    Value::Json(Cow::Borrowed(json))
}
