//! The native file: JSON with `"chronolane": 1` at its top.

use std::sync::Arc;

use serde_json::value::RawValue;

use super::actor_names::ActorNames;
use super::loose::{Key, Loose, count_field};
use super::record::{Reader, Record, raw_value};
use super::tables::{RowReader, actor, kind, source};
use super::{Span, broken_document, message_of, outline, shape};
use crate::formats::context::line_number;
use crate::formats::order::Settling;
use crate::formats::pieces::{self, LineCounter};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Actor, Further, RawText, Severity, Tables, Value};

/// The native file.
pub struct Native;

/// The version of the native file that this program writes.
const VERSION: &str = "1";
/// Fields at the top of a file that are kept with it.
const TOP_MOST: usize = 20_000;
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
    let mut rows = RowReader::of(text.len());
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
            "kinds" => tables.kinds = rows.table(raw, key, lines, context, kind),
            "actors" => tables.actors = rows.table(raw, key, lines, context, actor),
            "sources" => tables.sources = rows.table(raw, key, lines, context, source),
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

/// The value, owning its text.
fn owned(value: Value<'_>) -> Value<'static> {
    match value {
        Value::Text(text) => Value::Text(text.into_owned().into()),
        Value::Json(json) => Value::Json(json.into_owned().into()),
    }
}
