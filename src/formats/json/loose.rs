//! A JSON value that borrows its strings, for the small values within a record.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::formats::links;
use crate::model::{Evidence, Further, Participant, Value};

/// A JSON value; numbers as text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Loose<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number, as text.
    Number(String),
    /// A string.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Loose<'a>>),
    /// An object, in the order of the file.
    Map(Vec<(Cow<'a, str>, Loose<'a>)>),
}

/// Values that are taken apart in one record, and fields that it may have: each takes far more memory than the few bytes in which it can be written.
const VALUES_MOST: usize = 50_000;
const FIELDS_MOST: usize = 250_000;

thread_local! {
    /// How many more values and fields the record that is being read may have.
    static VALUES_LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    static FIELDS_LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Reads one record; what has more values than the record of an event is an error.
pub(in crate::formats) fn within_bounds<T>(read: impl FnOnce() -> T) -> T {
    let before = (VALUES_LEFT.replace(VALUES_MOST), FIELDS_LEFT.replace(FIELDS_MOST));
    let done = read();
    VALUES_LEFT.set(before.0);
    FIELDS_LEFT.set(before.1);
    done
}

/// Counts a value of the record that is being read.
pub(super) fn count_value<E: Error>() -> Result<(), E> {
    let left = VALUES_LEFT.get().checked_sub(1).ok_or_else(|| E::custom("it holds more than 50,000 values, and no event does"))?;
    VALUES_LEFT.set(left);
    Ok(())
}

/// Counts a field of the record that is being read.
pub(super) fn count_field<E: Error>() -> Result<(), E> {
    let left = FIELDS_LEFT.get().checked_sub(1).ok_or_else(|| E::custom("it has more than 250,000 fields, and no event does"))?;
    FIELDS_LEFT.set(left);
    Ok(())
}

impl<'a> Loose<'a> {
    /// Reads the JSON text of a field; what is broken, nested too deep or larger than any event's is a text.
    pub(crate) fn parse(json: &'a str) -> Self {
        within_bounds(|| serde_json::from_str(json)).unwrap_or(Self::Text(Cow::Borrowed(json)))
    }

    /// Whether it is neither list nor object.
    pub(crate) fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(_))
    }

    /// The value as one would read it; lists and objects as JSON.
    pub(crate) fn into_text(self) -> Cow<'a, str> {
        match self {
            Self::Null => Cow::Borrowed(""),
            Self::Flag(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
            Self::Number(number) => Cow::Owned(number),
            Self::Text(text) => text,
            other => Cow::Owned(other.to_json()),
        }
    }

    /// The items of a list as texts, the parts of a text between semicolons.
    pub(crate) fn into_texts(self) -> Vec<Cow<'a, str>> {
        match self {
            Self::List(items) => items.into_iter().map(Self::into_text).filter(|text| !text.trim().is_empty()).collect(),
            Self::Null => Vec::new(),
            Self::Text(text) => split_list(&text),
            other => vec![other.into_text()],
        }
    }

    /// The actors that it names: a text, an object, or a list of these.
    pub(crate) fn into_participants(self) -> Vec<Participant<'a>> {
        let one = |item: Self| match item {
            Self::Map(fields) => {
                let (mut name, mut role) = (Cow::Borrowed(""), Cow::Borrowed(""));
                let mut rank = u8::MAX;
                for (key, value) in fields {
                    let key_rank = match key.as_ref() {
                        "name" => 0,
                        "actor" => 1,
                        "id" => 2,
                        "label" | "title" => 3,
                        "role" => {
                            role = value.into_text();
                            continue;
                        }
                        _ => continue,
                    };
                    if key_rank < rank {
                        (name, rank) = (value.into_text(), key_rank);
                    }
                }
                Participant { name, role }
            }
            other => Participant { name: other.into_text(), role: Cow::Borrowed("") },
        };
        let items = match self {
            Self::List(items) => items,
            other => vec![other],
        };
        items.into_iter().map(one).filter(|actor| !actor.name.trim().is_empty()).collect()
    }

    /// The value as JSON text.
    pub(crate) fn to_json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => out.push_str(number),
            Self::Text(text) => quote(text, out),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Map(fields) => {
                out.push('{');
                for (index, (key, value)) in fields.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    quote(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Writes a JSON string.
fn quote(text: &str, out: &mut String) {
    // A string always has a form in JSON.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

/// The parts of a text between semicolons, without blanks around them; empty ones are left out.
pub(crate) fn split_list<'a>(text: &Cow<'a, str>) -> Vec<Cow<'a, str>> {
    match text {
        Cow::Borrowed(text) => text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(Cow::Borrowed).collect(),
        Cow::Owned(text) => {
            text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(|part| Cow::Owned(part.to_owned())).collect()
        }
    }
}

/// The evidence in a list of sources as other programs write it: plain names, addresses, or objects.
pub(crate) fn evidence_of(sources: Loose<'_>) -> Vec<Evidence<'_>> {
    let items = match sources {
        Loose::List(items) => items,
        Loose::Null => Vec::new(),
        other => vec![other],
    };
    let mut found = Vec::new();
    for item in items {
        let linked = if let Loose::Text(text) = &item { linked_sources(text) } else { Vec::new() };
        if linked.is_empty() {
            found.push(one_source(item));
        } else {
            found.extend(linked);
        }
    }
    found.retain(|evidence| *evidence != Evidence::default());
    found
}

/// The sources in a text that names them by links, `[words](address)`; nothing where it has none. Words around a link belong to the first.
pub(crate) fn linked_sources(text: &str) -> Vec<Evidence<'static>> {
    // Most have no bracket at all, which is told quickest.
    if memchr::memchr(b']', text.as_bytes()).is_none() || !text.contains("](") {
        return Vec::new();
    }
    let mut links = Vec::new();
    let words = links::in_line(text, &mut links);
    let is_one = links.len() == 1;
    let source = |(name, address): (String, String)| {
        let name = if is_one { words.trim().to_owned() } else { name };
        Evidence { source: Cow::Owned(name), url: Cow::Owned(address), ..Evidence::default() }
    };
    let mut found: Vec<Evidence<'static>> = links.into_iter().map(source).collect();
    // Words between several links belong to none of them.
    if let Some(first) = found.first_mut().filter(|_| !is_one) {
        first.further.push(Further { name: Cow::Borrowed("source as written"), value: Value::Text(Cow::Owned(text.to_owned())) });
    }
    found
}

/// One of them.
fn one_source(item: Loose<'_>) -> Evidence<'_> {
    let mut evidence = Evidence::default();
    let fields = match item {
        Loose::Map(fields) => fields,
        other => {
            let text = other.into_text();
            if text.starts_with("http://") || text.starts_with("https://") {
                evidence.url = text;
            } else {
                evidence.source = text;
            }
            return evidence;
        }
    };
    for (key, value) in fields {
        let into = match key.as_ref() {
            "quote" | "sentence" | "excerpt" => &mut evidence.quote,
            "title" | "name" | "source" => &mut evidence.source,
            "url" | "link" | "href" => &mut evidence.url,
            "date" | "published" => &mut evidence.published,
            "locator" | "page" => &mut evidence.locator,
            "phrase" => &mut evidence.phrase,
            _ => {
                let value = if value.is_scalar() { Value::Text(value.into_text()) } else { Value::Json(Cow::Owned(value.to_json())) };
                evidence.further.push(Further { name: key, value });
                continue;
            }
        };
        *into = value.into_text();
    }
    evidence
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

/// A string that is borrowed where it has no escapes.
pub(super) struct Key<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(AnyValue)? {
            Loose::Text(text) => Ok(Self(text)),
            other => Ok(Self(other.into_text())),
        }
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Loose<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Loose<'de>, E> {
        Ok(Loose::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Loose<'de>, E> {
        Ok(Loose::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Loose<'de>, E> {
        Ok(Loose::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Loose<'de>, E> {
        Ok(Loose::Number(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Loose<'de>, E> {
        Ok(Loose::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Loose<'de>, E> {
        Ok(Loose::Text(Cow::Borrowed(text)))
    }

    fn visit_string<E>(self, text: String) -> Result<Loose<'de>, E> {
        Ok(Loose::Text(Cow::Owned(text)))
    }

    fn visit_unit<E>(self) -> Result<Loose<'de>, E> {
        Ok(Loose::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Loose<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            count_value()?;
            list.push(item);
        }
        Ok(Loose::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Loose<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(Key(key)) = entries.next_key()? {
            count_value()?;
            fields.push((key, entries.next_value()?));
        }
        Ok(Loose::Map(fields))
    }
}
