//! The tables of a native file beside its events: kinds, actors, sources.
//!
//! A row of a few bytes takes hundreds in memory, and a file may hold nothing but such rows: those that a file's tables have room for together grow with its length.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::loose::{Loose, within_bounds};
use super::{message_of, outline};
use crate::formats::Context;
use crate::formats::pieces::LineCounter;
use crate::model::{Actor, Further, Kind, Severity, Source, Value};

/// Memory that the rows of a file of any length may take.
const ROOM_OF_ANY: usize = 64 * 1024 * 1024;
/// Memory that they may take for each byte of it.
const ROOM_A_BYTE: usize = 3;
/// What a value of a row takes beside its text: where it stands, and what the system gives out at least.
const VALUE_BYTES: usize = 48;

/// Reads the rows of a file's tables while there is room.
pub(super) struct RowReader {
    /// Bytes that are left.
    room: usize,
}

impl RowReader {
    /// For a file of so many bytes.
    pub(super) const fn of(file_bytes: usize) -> Self {
        Self { room: ROOM_OF_ANY.saturating_add(file_bytes.saturating_mul(ROOM_A_BYTE)) }
    }

    /// The rows of a table: a list of objects or plain names, or an object by ids.
    pub(super) fn table<T>(
        &mut self,
        raw: &RawValue,
        name: &str,
        lines: &mut LineCounter<'_>,
        context: &mut Context<'_>,
        row: fn(Entry) -> T,
    ) -> Vec<T> {
        let text = raw.get();
        let (mut rows, mut crowded_out, mut refused, mut reason) = (Vec::new(), 0_u64, 0_u64, String::new());
        // Row by row: all of a table taken apart at once takes far more memory than its rows.
        let mut take = |id: Option<&str>, json: &str| {
            if self.room == 0 {
                crowded_out += 1;
                return;
            }
            match within_bounds(|| serde_json::from_str::<Loose<'_>>(json)) {
                Ok(Loose::Null) => {}
                Ok(item) => {
                    // A list that grows stands twice in memory on the way: here in small steps, which the system takes without moving much.
                    if rows.len() == rows.capacity() {
                        rows.reserve_exact(rows.len() / 8 + 16);
                    }
                    let bytes = 2 * size_of::<T>() + json.len() + VALUE_BYTES * values(&item);
                    self.room = self.room.saturating_sub(bytes);
                    let id = id.map(|id| Loose::parse(id).into_text().into_owned());
                    rows.push(row(entry(item, id)));
                }
                Err(error) => {
                    refused += 1;
                    if reason.is_empty() {
                        reason = message_of(&error);
                    }
                }
            }
        };
        let is_table = match text.as_bytes().first() {
            Some(b'[') => outline::each_of_list(text, &mut |item| take(None, item)),
            Some(b'{') => outline::each_of_object(text, &mut |id, value| take(Some(id), value)),
            _ => text == "null",
        };
        rows.shrink_to_fit();
        let mut warn = |message: String| context.ledger.problem(Severity::Warning, lines.line_of(text), 0, name, message, text);
        if !is_table {
            warn(format!("`{name}` should be a list of objects; it was left out."));
        }
        if refused > 0 {
            warn(format!("`{name}` has rows that can't be read, which are left out: {refused}. The first: {reason}."));
        }
        if crowded_out > 0 {
            warn(format!(
                "The tables of the file have more rows than there is room for beside a file of its length. Of `{name}` {crowded_out} are left out; events that name them show their ids. \
                 Leave rows that no event needs out of the file, or split it."
            ));
        }
        rows
    }
}

/// How many values a row is made of.
fn values(item: &Loose<'_>) -> usize {
    match item {
        Loose::List(items) => items.iter().map(values).sum(),
        Loose::Map(fields) => fields.iter().map(|(_, value)| values(value)).sum(),
        _ => 1,
    }
}

/// A row of such a table: its fields, taken out one by one.
pub(super) struct Entry {
    fields: Vec<(String, Loose<'static>)>,
}

/// Makes a row of a table of an object or a plain name.
fn entry(item: Loose<'_>, id: Option<String>) -> Entry {
    let mut fields: Vec<(String, Loose<'static>)> = match item {
        Loose::Map(fields) => fields.into_iter().map(|(key, value)| (key.into_owned(), into_static(value))).collect(),
        other => vec![("name".to_owned(), Loose::Text(other.into_text().into_owned().into()))],
    };
    if let Some(id) = id {
        fields.insert(0, ("id".to_owned(), Loose::Text(id.into())));
    }
    Entry { fields }
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
        found.map(|at| self.fields.remove(at).1.into_texts().into_iter().map(Cow::into_owned).collect()).unwrap_or_default()
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

pub(super) fn kind(mut entry: Entry) -> Kind {
    let (id, label) = (entry.take(&["id"]), entry.take(&["label", "name", "title"]));
    Kind {
        id: either(id.clone(), &label),
        label: either(label, &id),
        color: entry.take(&["color", "colour"]),
        shape: entry.take(&["shape"]),
        further: entry.rest(),
    }
}

pub(super) fn actor(mut entry: Entry) -> Actor {
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

pub(super) fn source(mut entry: Entry) -> Source {
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
