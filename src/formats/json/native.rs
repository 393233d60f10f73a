//! The native file: JSON with `"chronolane": 1` at its top.

use std::ops::Range;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::actor_names::ActorNames;
use super::loose::{Key, Loose, count_field};
use super::record::{Reader, Record, raw_value};
use super::{Span, broken_document, message_of, outline, shape};
use crate::formats::context::line_number;
use crate::formats::order::Settling;
use crate::formats::pieces::{self, LineCounter};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Actor, Further, Kind, RawText, Severity, Source, Tables, Value};

/// The native file.
pub struct Native;

/// The version of the native file that this program writes.
const VERSION: &str = "1";
/// Fields at the top of a file that are kept with it.
const TOP_MOST: usize = 20_000;
/// Memory that the rows of a table may take in a file of any size. A row of a few bytes takes some hundred; what a table may take beside grows with the file.
const ROWS_FREE_BYTES: usize = 8 * 1024 * 1024;
/// Bytes that the texts of a short row take.
const ROW_TEXT_BYTES: usize = 48;
/// What no key of an object is.
const NO_KEY: &str = "\n";
/// Events by which it is told whether the order of day and month is a question.
const SAMPLE: usize = 1000;

impl Format for Native {
    fn name(&self) -> &'static str {
        "chronolane"
    }

    fn label(&self) -> &'static str {
        "Chronolane (JSON)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json", "chronolane"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match shape::top_keys(head.text) {
            Some(keys) if keys.contains(&"chronolane") => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let Some((top, events)) = outlined(text) else { return Err(broken_document(input.name(), text)) };
        let tables = take_top(&top, text, context);
        let names = names_by_id(&tables.actors);
        context.tables(tables);
        if let Some(events) = events {
            read_events(&document, text, &events, &names, context)
        } else {
            if !top.0.iter().any(|(key, _)| key == "events") {
                context.ledger.problem(Severity::Warning, 1, 0, "events", "The file has no list named `events`.", "");
            }
            Ok(())
        }
    }
}

/// The fields of a document but its events, and where each event stands; `None` where it is no document of this kind.
fn outlined(text: &str) -> Option<(Fields<'_>, Option<Vec<Span>>)> {
    let outline = outline::of_object(text, "events")?;
    let fields = outline.fields.into_iter().map(|(key, value)| {
        let Key(key) = serde_json::from_str(text.get(key.start - 1..key.end + 1)?).ok()?;
        Some((key, serde_json::from_str(text.get(value)?).ok()?))
    });
    Some((Fields(fields.collect::<Option<_>>()?), outline.items))
}

/// The fields of an object in their order, each value as it stands.
pub(super) struct Fields<'a>(pub Vec<(std::borrow::Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Fields<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> serde::de::Visitor<'de> for Visit {
            type Value = Fields<'de>;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a JSON object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut entries: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(Key(key)) = entries.next_key()? {
                    count_field()?;
                    fields.push((key, entries.next_value()?));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Visit)
    }
}

/// The names of the actors by their ids. One whose name is its id needs no place there, unless what looks like a role at its end could be taken off it.
fn names_by_id(actors: &[Actor]) -> ActorNames {
    let mut names = ActorNames::default();
    for actor in actors {
        if actor.id != actor.name || actor.id.ends_with(')') || names.get(&actor.id).is_some() {
            names.add(&actor.id, &actor.name);
        }
    }
    names
}

/// Reads all at the top of the file but the events.
fn take_top(top: &Fields<'_>, text: &str, context: &mut Context<'_>) -> Tables {
    let mut tables = Tables::default();
    let lines = &mut LineCounter::new(text);
    for (key, raw) in &top.0 {
        match key.as_ref() {
            "chronolane" => {
                if raw.get() != VERSION {
                    let message =
                        format!("The file is of version {}; this program knows version {VERSION} and reads what it can.", raw.get());
                    context.ledger.problem(Severity::Warning, lines.line_of(raw.get()), 0, key, message, raw.get());
                }
            }
            "title" => tables.title = Loose::parse(raw.get()).into_text().into_owned(),
            "description" => tables.description = Loose::parse(raw.get()).into_text().into_owned(),
            "events" => {
                context.count_record();
                context.ledger.reject(lines.line_of(raw.get()), 0, key, "`events` should be a list of objects.", raw.get());
            }
            "kinds" => tables.kinds = table(raw, key, text.len(), lines, context, kind),
            "actors" => tables.actors = table(raw, key, text.len(), lines, context, actor),
            "sources" => tables.sources = table(raw, key, text.len(), lines, context, source),
            _ if tables.further.len() < TOP_MOST => {
                tables.further.push(Further { name: key.to_string().into(), value: owned(raw_value(raw)) });
            }
            _ => {
                let message =
                    format!("The file has more than {TOP_MOST} fields beside its events. This one and those behind it are left out.");
                context.ledger.problem(Severity::Warning, lines.line_of(raw.get()), 0, key, message, raw.get());
                break;
            }
        }
    }
    tables
}

/// Reads the events, each on its own, so that a broken one costs one row.
fn read_events(
    document: &Arc<RawText>,
    text: &str,
    events: &[Span],
    names: &ActorNames,
    context: &mut Context<'_>,
) -> Result<(), FormatError> {
    let mut dialect = context.options.dialect;
    if let Some(settling) = Settling::of(dialect) {
        for (seen, item) in events.iter().enumerate() {
            if !settling.is_open() || (seen >= SAMPLE && !settling.is_numeric()) {
                break;
            }
            settling.add_record(text.get(item.range()).unwrap_or_default());
        }
        dialect = settling.dialect(context);
    }
    let reader = Reader { dialect, names };
    let take = |context: &mut Context<'_>, items: &mut dyn Iterator<Item = (&str, u32)>| {
        let mut record = Record::default();
        for (item, line) in items {
            let offset = (item.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            context.beat(offset as u64)?;
            context.count_record();
            match reader.read(item, &mut record) {
                Ok(()) => {
                    record.report(context.ledger, line);
                    context.deliver(&record.event, line);
                }
                Err(error) => context.ledger.reject(line, 0, "", format!("Not an event: {}.", message_of(&error)), item),
            }
        }
        Ok(())
    };
    if pieces::of_document(context, document, events, &take)? {
        return Ok(());
    }
    let mut lines = LineCounter::new(text);
    take(
        context,
        &mut events.iter().map(|item| (text.get(item.range()).unwrap_or_default(), line_number(lines.line_at(item.range().start)))),
    )
}

/// The rows of a table beside the events: a list of objects or plain names, or an object by ids; of a file of so many bytes.
fn table<T>(
    raw: &RawValue,
    name: &str,
    file_bytes: usize,
    lines: &mut LineCounter<'_>,
    context: &mut Context<'_>,
    row: fn(Entry) -> T,
) -> Vec<T> {
    let text = raw.get();
    let most = (ROWS_FREE_BYTES + 3 * file_bytes) / (size_of::<T>() + ROW_TEXT_BYTES);
    let (mut rows, mut left_out) = (Vec::new(), 0_u64);
    let mut take = |rows: &mut Vec<T>, id: Option<String>, place: Range<usize>| {
        if rows.len() < most {
            rows.extend(entry(Loose::parse(text.get(place).unwrap_or_default()), id).map(row));
        } else {
            left_out += 1;
        }
    };
    // Row by row: all of a table taken apart at once takes far more memory than its rows.
    if let Some(items) = outline::of_list(text) {
        // A list that grows is kept twice on the way.
        rows.reserve_exact(items.len().min(most));
        for item in items {
            take(&mut rows, None, item.range());
        }
    } else if let Some(outline) = outline::of_object(text, NO_KEY) {
        rows.reserve_exact(outline.fields.len().min(most));
        for (key, value) in outline.fields {
            let id = text.get(key.start - 1..key.end + 1).map(|key| Loose::parse(key).into_text().into_owned());
            take(&mut rows, id, value);
        }
    } else if text != "null" {
        let message = format!("`{name}` should be a list of objects; it was left out.");
        context.ledger.problem(Severity::Warning, lines.line_of(text), 0, name, message, text);
    }
    if left_out > 0 {
        let message = format!(
            "`{name}` has more rows than a file of this size should: {left_out} of them are left out. Are they what they should be?"
        );
        context.ledger.problem(Severity::Warning, lines.line_of(text), 0, name, message, text);
    }
    rows
}

/// A row of such a table: its fields, taken out one by one.
struct Entry {
    fields: Vec<(String, Loose<'static>)>,
}

/// Makes a row of a table of an object or a plain name.
fn entry(item: Loose<'_>, id: Option<String>) -> Option<Entry> {
    let mut fields: Vec<(String, Loose<'static>)> = match item {
        Loose::Map(fields) => fields.into_iter().map(|(key, value)| (key.into_owned(), into_static(value))).collect(),
        Loose::Null => return None,
        other => vec![("name".to_owned(), Loose::Text(other.into_text().into_owned().into()))],
    };
    if let Some(id) = id {
        fields.insert(0, ("id".to_owned(), Loose::Text(id.into())));
    }
    Some(Entry { fields })
}

impl Entry {
    /// Takes a field out as text.
    fn take(&mut self, names: &[&str]) -> String {
        let found = names.iter().find_map(|name| self.fields.iter().position(|(key, value)| key == name && value.is_scalar()));
        found.map(|at| self.fields.remove(at).1.into_text().into_owned()).unwrap_or_default()
    }

    /// Takes a field out as a list.
    fn take_list(&mut self, name: &str) -> Vec<String> {
        let found = self.fields.iter().position(|(key, _)| key == name);
        found.map(|at| self.fields.remove(at).1.into_texts().into_iter().map(std::borrow::Cow::into_owned).collect()).unwrap_or_default()
    }

    /// What is left.
    fn rest(self) -> Vec<Further<'static>> {
        let value = |value: Loose<'static>| match value {
            Loose::Text(text) => Value::Text(text),
            other => Value::Json(other.to_json().into()),
        };
        let mut rest: Vec<Further<'static>> =
            self.fields.into_iter().map(|(name, field)| Further { name: name.into(), value: value(field) }).collect();
        // It stands in the memory of all the fields, those taken out among them.
        rest.shrink_to_fit();
        rest
    }
}

/// The first of two texts that is not empty.
fn either(first: String, second: &str) -> String {
    if first.is_empty() { second.to_owned() } else { first }
}

fn kind(mut entry: Entry) -> Kind {
    let (id, label) = (entry.take(&["id"]), entry.take(&["label", "name", "title"]));
    Kind {
        id: either(id.clone(), &label),
        label: either(label, &id),
        color: entry.take(&["color", "colour"]),
        shape: entry.take(&["shape"]),
        further: entry.rest(),
    }
}

fn actor(mut entry: Entry) -> Actor {
    let (id, name) = (entry.take(&["id"]), entry.take(&["name"]));
    Actor {
        id: either(id.clone(), &name),
        name: either(name, &id),
        kind: entry.take(&["kind"]),
        member_of: entry.take(&["member_of"]),
        aliases: entry.take_list("aliases"),
        further: entry.rest(),
    }
}

fn source(mut entry: Entry) -> Source {
    let (id, title) = (entry.take(&["id"]), entry.take(&["title", "name"]));
    Source {
        id: either(id.clone(), &title),
        title: either(title, &id),
        publisher: entry.take(&["publisher"]),
        author: entry.take(&["author"]),
        url: entry.take(&["url"]),
        archive_url: entry.take(&["archive_url"]),
        published: entry.take(&["published"]),
        retrieved: entry.take(&["retrieved"]),
        path: entry.take(&["path"]),
        text: entry.take(&["text"]),
        sha256: entry.take(&["sha256"]),
        further: entry.rest(),
    }
}

/// The value, owning its text.
fn owned(value: Value<'_>) -> Value<'static> {
    match value {
        Value::Text(text) => Value::Text(text.into_owned().into()),
        Value::Json(json) => Value::Json(json.into_owned().into()),
    }
}

/// The value, owning its texts.
fn into_static(value: Loose<'_>) -> Loose<'static> {
    match value {
        Loose::Null => Loose::Null,
        Loose::Flag(flag) => Loose::Flag(flag),
        Loose::Number(number) => Loose::Number(number),
        Loose::Text(text) => Loose::Text(text.into_owned().into()),
        Loose::List(items) => Loose::List(items.into_iter().map(into_static).collect()),
        Loose::Map(fields) => Loose::Map(fields.into_iter().map(|(key, value)| (key.into_owned().into(), into_static(value))).collect()),
    }
}
