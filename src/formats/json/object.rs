//! One JSON object, its fields taken out one by one by name; what is left is kept as it stands.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::broken_document;
use super::loose::Key;
use super::native::Fields;
use super::outline;
use super::record::raw_value;
use crate::formats::pieces::LineCounter;
use crate::formats::{Context, FormatError};
use crate::model::{Further, Tables, Value};

/// An object of which nothing but the outermost fields has been read.
pub(crate) struct Object<'a> {
    fields: Vec<(Cow<'a, str>, &'a RawValue)>,
}

impl<'a> Object<'a> {
    /// Reads an object; nothing where the text is something else.
    pub(crate) fn parse(json: &'a str) -> Option<Self> {
        let json = json.trim_start();
        if !json.starts_with('{') {
            return None;
        }
        serde_json::from_str::<Fields<'a>>(json).ok().map(|fields| Self { fields: fields.0 })
    }

    /// Whether it has a field of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(key, _)| key == name)
    }

    /// Takes out a text, a number or a flag as text; lists and objects stay. Empty where there is none.
    pub(crate) fn text(&mut self, name: &str) -> Cow<'a, str> {
        let Some(at) = self.fields.iter().position(|(key, raw)| key == name && !raw.get().starts_with(['{', '['])) else {
            return Cow::Borrowed("");
        };
        let raw = self.fields.remove(at).1;
        if raw.get() == "null" {
            return Cow::Borrowed("");
        }
        match raw_value(raw) {
            Value::Text(text) | Value::Json(text) => text,
        }
    }

    /// Takes out an object; any other value stays.
    pub(crate) fn object(&mut self, name: &str) -> Option<Self> {
        let at = self.fields.iter().position(|(key, raw)| key == name && raw.get().starts_with('{'))?;
        Self::parse(self.fields.remove(at).1.get())
    }

    /// Takes out the items of a list, each as it stands; any other value stays.
    pub(crate) fn list(&mut self, name: &str) -> Option<Vec<&'a str>> {
        let at = self.fields.iter().position(|(key, raw)| key == name && raw.get().starts_with('['))?;
        let items: Vec<&'a RawValue> = serde_json::from_str(self.fields.remove(at).1.get()).ok()?;
        Some(items.into_iter().map(RawValue::get).collect())
    }

    /// The fields that are left, each under its own name behind `prefix`; `null` and empty texts are none.
    pub(crate) fn rest(self, prefix: &str) -> impl Iterator<Item = Further<'a>> + use<'a> {
        let prefix = prefix.to_owned();
        self.fields.into_iter().filter(|(_, raw)| !matches!(raw.get(), "null" | "\"\"")).map(move |(key, raw)| {
            let name = if prefix.is_empty() { key } else { Cow::Owned(format!("{prefix}.{key}")) };
            Further { name, value: raw_value(raw) }
        })
    }

    /// Keeps the fields that are left with the file's tables.
    pub(crate) fn keep_in(self, tables: &mut Tables) {
        tables.further.extend(self.rest("").map(|field| Further {
            name: Cow::Owned(field.name.into_owned()),
            value: match field.value {
                Value::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
                Value::Json(json) => Value::Json(Cow::Owned(json.into_owned())),
            },
        }));
    }

    /// The fields, each with its value as it stands.
    pub(crate) fn into_fields(self) -> impl Iterator<Item = (Cow<'a, str>, &'a str)> {
        self.fields.into_iter().map(|(key, raw)| (key, raw.get()))
    }
}

/// A document that is an object with a list of records in it, or that list itself. The records are found without being read, so that a broken one costs one row.
pub(crate) struct Listed<'a> {
    /// The fields of the object but the list; none where the document is the list.
    pub top: Object<'a>,
    /// The records as they stand; nothing where there is no such list.
    pub items: Option<Vec<&'a str>>,
}

impl<'a> Listed<'a> {
    /// Finds the records of a document, in the field named `list` where it is an object.
    ///
    /// Errors: the document is broken in its syntax outside of its records, or is neither an object nor a list.
    pub(crate) fn of(file: &str, text: &'a str, list: &str) -> Result<Self, FormatError> {
        if let Some(places) = outline::of_list(text) {
            let items = places.into_iter().filter_map(|place| text.get(place.range())).collect();
            return Ok(Self { top: Object { fields: Vec::new() }, items: Some(items) });
        }
        Self::in_object(text, list).ok_or_else(|| broken_document(file, text))
    }

    fn in_object(text: &'a str, list: &str) -> Option<Self> {
        let outline = outline::of_object(text, list)?;
        let field = |(key, value): (std::ops::Range<usize>, std::ops::Range<usize>)| {
            let Key(key) = serde_json::from_str(text.get(key.start.checked_sub(1)?..key.end + 1)?).ok()?;
            Some((key, serde_json::from_str(text.get(value)?).ok()?))
        };
        let fields = outline.fields.into_iter().map(field).collect::<Option<_>>()?;
        let items = outline.items.map(|places| places.into_iter().filter_map(|place| text.get(place.range())).collect());
        Some(Self { top: Object { fields }, items })
    }
}

/// Takes each record of a document as an object, with the line at which it begins; what is no object is one rejected row.
pub(crate) fn each_object<'a>(
    text: &'a str,
    items: Vec<&'a str>,
    context: &mut Context<'_>,
    mut take: impl FnMut(Object<'a>, u32, &mut Context<'_>),
) -> Result<(), FormatError> {
    let mut lines = LineCounter::new(text);
    for item in items {
        let line = lines.line_of(item);
        context.beat((item.as_ptr() as usize).saturating_sub(text.as_ptr() as usize) as u64)?;
        if let Some(fields) = Object::parse(item) {
            take(fields, line, context);
        } else {
            context.count_record();
            context.ledger.reject(line, 0, "", "Not a record: a JSON object is wanted here.", item);
        }
    }
    Ok(())
}

/// A JSON value that is a text, a number or a flag, as text; empty for lists, objects and `null`.
pub(crate) fn scalar_text(json: &str) -> Cow<'_, str> {
    if json.starts_with('"') {
        return serde_json::from_str::<Key<'_>>(json).map_or(Cow::Borrowed(json), |Key(text)| text);
    }
    if json.starts_with(['{', '[']) || json == "null" { Cow::Borrowed("") } else { Cow::Borrowed(json) }
}
