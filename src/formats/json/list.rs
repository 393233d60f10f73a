//! Any JSON that holds a list of objects, or is one object that describes an event.

use std::sync::Arc;

use serde_json::value::RawValue;

use super::native::Fields;
use super::rows::{JsonRows, Objects, TakeText, VisitText, key_of};
use super::{Span, broken, outline};
use crate::formats::context::line_number;
use crate::formats::pieces::{self, LineCounter};
use crate::formats::table::Rows as _;
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input, table};
use crate::model::RawText;

/// A list of objects in JSON.
pub struct JsonList;

/// Fields by whose names it is told whether an object is an event.
const NAMES_LOOKED_AT: usize = 2_000;
/// How deep the list is looked for.
const DEEPEST: usize = 3;

impl Format for JsonList {
    fn name(&self) -> &'static str {
        "json"
    }

    fn label(&self) -> &'static str {
        "JSON with a list of objects"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json", "geojson"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let text = head.text.trim_start();
        let first = text.chars().find(|letter| !letter.is_whitespace());
        let inner = text.get(1..).and_then(|rest| rest.chars().find(|letter| !letter.is_whitespace()));
        let fits = matches!((first, inner), (Some('{'), Some('"' | '}') | None) | (Some('['), Some('{' | '[' | ']') | None));
        match (fits, head.ends(self.endings())) {
            (true, _) => Confidence::Shape,
            (false, true) if !text.is_empty() => Confidence::Name,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        read_list(input.name(), &document, context)
    }
}

/// Reads the list of objects in a JSON document, wherever in it the list stands; or the map of objects by their ids; or the one object that the document is.
pub(crate) fn read_list(file: &str, document: &Arc<RawText>, context: &mut Context<'_>) -> Result<(), FormatError> {
    with_items(file, document, &mut |items| {
        if items.places.is_empty() {
            return Ok(());
        }
        let mut rows = JsonRows::new(items, context)?;
        let key = key_of(rows.columns());
        rows.read(&key, context)
    })
}

/// The first objects of a document, at most `most`, as a list of their own.
pub(in crate::formats) fn first_of_list(file: &str, document: &Arc<RawText>, most: usize) -> Result<String, FormatError> {
    let mut out = String::from("[");
    with_items(file, document, &mut |items| {
        for (number, place) in items.places.iter().take(most).enumerate() {
            // Each on a line of its own, as the rows of a table are told apart by their lines.
            out.push_str(if number == 0 { "\n" } else { ",\n" });
            out.push_str(items.text.get(place.range()).unwrap_or_default());
        }
        Ok(())
    })?;
    out.push_str("\n]");
    Ok(out)
}

/// Passes on the objects of a document as the rows of a table.
pub(in crate::formats) fn with_list(
    file: &str,
    document: &Arc<RawText>,
    context: &mut Context<'_>,
    take: &mut dyn FnMut(&mut dyn table::Rows, &mut Context<'_>) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    with_items(file, document, &mut |items| take(&mut JsonRows::new(items, context)?, context))
}

/// Finds the objects of a document and passes them on.
fn with_items(file: &str, document: &Arc<RawText>, take: &mut dyn FnMut(Items<'_>) -> Result<(), FormatError>) -> Result<(), FormatError> {
    let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
    let is_object = |item: &Span| text.get(item.range()).is_some_and(|item| serde_json::from_str::<Fields<'_>>(item).is_ok());
    let is_braced = |item: &Span| text.as_bytes().get(item.range().start) == Some(&b'{');
    let places = match outline::of_list(text) {
        Some(items) if items.is_empty() || items.iter().any(is_object) => items,
        // Nothing in it can be an object: a list of millions of numbers need not be looked through again.
        Some(items) if !items.iter().any(is_braced) => {
            drop(items);
            serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|error| broken(file, &error))?;
            return Err(no_records(file));
        }
        _ => match inner_list(file, text)? {
            Found::Items(items) => items,
            Found::Map(listed) => return with_items(file, &Arc::new(RawText::from(listed.into_bytes())), take),
        },
    };
    take(Items { document, text, places })
}

/// The records of a document that is not itself a list of them.
enum Found {
    /// Where they stand.
    Items(Vec<Span>),
    /// They are the values of a map; the same as a list, each with its key.
    Map(String),
}

/// The objects of a list within a document, or of a map, or the one object that the document is.
fn inner_list(file: &str, text: &str) -> Result<Found, FormatError> {
    let top: &RawValue = serde_json::from_str(text).map_err(|error| broken(file, &error))?;
    let place = |item: &RawValue| {
        let begin = (item.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        Span::of(&(begin..begin + item.get().len()))
    };
    let scalars = |fields: &Fields<'_>| {
        let names = fields.0.iter().filter(|(_, raw)| !raw.get().starts_with(['{', '[']));
        table::looks_like_event(names.take(NAMES_LOOKED_AT).map(|(key, _)| key.as_ref()))
    };
    if serde_json::from_str::<Fields<'_>>(top.get()).is_ok_and(|fields| scalars(&fields)) {
        return Ok(Found::Items(vec![place(top)]));
    }
    match most(top, 0) {
        Some(Candidate::List(items)) => Ok(Found::Items(items.into_iter().map(place).collect())),
        Some(Candidate::Map(fields)) => Ok(Found::Map(listed(text, &fields))),
        None => Err(no_records(file)),
    }
}

/// The error for a document in which there is nothing to make events of.
fn no_records(file: &str) -> FormatError {
    let message =
        "this JSON holds no list of objects, so there is nothing to make events of. A list looks like [{\"date\": …, \"title\": …}, …].";
    FormatError::NoRecords { file: file.to_owned(), message: message.to_owned() }
}

/// What could be the records of a document.
enum Candidate<'a> {
    List(Vec<&'a RawValue>),
    Map(Fields<'a>),
}

impl Candidate<'_> {
    fn len(&self) -> usize {
        match self {
            Self::List(items) => items.len(),
            Self::Map(fields) => fields.0.len(),
        }
    }
}

/// The list with the most objects in it, or the map of events by their ids where that has more.
fn most(value: &RawValue, depth: usize) -> Option<Candidate<'_>> {
    let json = value.get();
    if json.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
        return items.iter().any(|item| item.get().starts_with('{')).then_some(Candidate::List(items));
    }
    if depth > DEEPEST || !json.starts_with('{') {
        return None;
    }
    let fields: Fields<'_> = serde_json::from_str(json).ok()?;
    let within = fields
        .0
        .iter()
        .filter_map(|(_, inner)| most(inner, depth + 1))
        .reduce(|best, next| if next.len() > best.len() { next } else { best });
    let is_event = |raw: &RawValue| {
        serde_json::from_str::<Fields<'_>>(raw.get())
            .is_ok_and(|fields| table::looks_like_event(fields.0.iter().map(|(key, _)| key.as_ref())))
    };
    let is_map = fields.0.len() > 1
        && fields.0.iter().all(|(_, raw)| raw.get().starts_with('{'))
        && fields.0.iter().take(3).all(|(_, raw)| is_event(raw));
    match within {
        Some(list) if !is_map || list.len() > fields.0.len() => Some(list),
        _ => is_map.then_some(Candidate::Map(fields)),
    }
}

/// A map of objects as a list, each with its key as a field, on the lines where they stand.
fn listed(text: &str, fields: &Fields<'_>) -> String {
    let has_id = fields.0.iter().any(|(_, raw)| raw.get().contains("\"id\""));
    let name = if has_id { "key" } else { "id" };
    let mut lines = LineCounter::new(text);
    let (mut out, mut line) = (String::from("["), 1);
    for (number, (key, raw)) in fields.0.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        let begins = lines.line_of(raw.get());
        while line < begins {
            out.push('\n');
            line += 1;
        }
        // A text always has a form in JSON.
        let key = serde_json::to_string(key).unwrap_or_default();
        let inner = raw.get()[1..].trim_start_matches([' ', '\t']);
        let glue = if inner.trim_start().starts_with('}') { "" } else { "," };
        out.extend(["{\"", name, "\":", &key, glue, inner]);
        line += memchr::memchr_iter(b'\n', inner.as_bytes()).count() as u32;
    }
    out.push(']');
    out
}

/// The items of a list within a text.
struct Items<'t> {
    document: &'t Arc<RawText>,
    text: &'t str,
    places: Vec<Span>,
}

impl Objects for Items<'_> {
    fn each(&mut self, context: &mut Context<'_>, visit: &mut VisitText<'_>) -> Result<(), FormatError> {
        let mut lines = LineCounter::new(self.text);
        for item in &self.places {
            let line = line_number(lines.line_at(item.range().start));
            context.beat(item.range().start as u64)?;
            if !visit(context, line, self.text.get(item.range()).unwrap_or_default())? {
                break;
            }
        }
        Ok(())
    }

    fn in_pieces(&self, context: &mut Context<'_>, visit: &TakeText<'_>) -> Result<bool, FormatError> {
        pieces::of_document(context, self.document, &self.places, &|context, items| {
            for (item, line) in items {
                context.beat(0)?;
                visit(context, line, item);
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{read, read_with};
    use crate::formats::{FormatError, ReadOptions};

    #[test]
    fn the_list_may_stand_at_the_top_or_within() {
        let list =
            "[\n {\"date\":\"2023-08-30\",\"desc\":\"A\",\"location\":\"Pyongyang\"},\n 7,\n {\"date\":\"2023-09\",\"desc\":\"B\"}\n]";
        for text in [list.to_owned(), format!("{{\"about\":\"x\",\"data\":{{\"all\":{list}}}}}")] {
            let (ledger, kept) = read("x.json", &text);
            assert_eq!((ledger.rows, ledger.plotted, ledger.rejected), (3, 2, 1), "{:?}", ledger.problems);
            assert_eq!((kept.shown[0].title.as_str(), kept.shown[0].place.as_str()), ("A", "Pyongyang"));
            assert_eq!(kept.shown[1].line, 4);
        }
    }

    #[test]
    fn a_map_of_events_keeps_its_keys_as_ids() {
        let text = "{\"about\": {\"x\": [1]},\n \"events\": {\n  \"e1\": {\"date\": \"2023-08-30\", \"title\": \"A\", \"tags\": [{\"t\": 1}]},\n  \"e2\":\n {\"date\": \"2023-09\",\n \"title\": \"B\"}}}";
        let (ledger, kept) = read("x.json", text);
        assert_eq!((ledger.rows, ledger.plotted), (2, 2), "{:?}", ledger.problems);
        let shown: Vec<(&str, &str, u32)> = kept.shown.iter().map(|event| (event.id.as_str(), event.title.as_str(), event.line)).collect();
        assert_eq!(shown, [("e1", "A", 3), ("e2", "B", 5)]);
    }

    #[test]
    fn what_only_wraps_the_fields_leaves_no_trace_in_their_names() {
        let text = "{\"type\": \"FeatureCollection\", \"features\": [\n {\"type\": \"Feature\", \"geometry\": {\"type\": \"Point\", \"coordinates\": [1.5, 2]}, \"properties\": {\"date\": \"2023-08-30\", \"title\": \"A\", \"type\": \"raid\"}}\n]}";
        let (ledger, kept) = read("x.geojson", text);
        assert_eq!((ledger.plotted, kept.shown[0].title.as_str()), (1, "A"), "{:?}", ledger.problems);
        let names: Vec<&str> = kept.shown[0].further.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.contains(&"geometry.coordinates"), "{names:?}");
        let text = "[{\"id\": \"r1\", \"fields\": {\"When it was\": \"2023-08-30\", \"Name\": \"A\"}}]";
        assert_eq!(read("x.json", text).1.shown[0].title, "A");
    }

    #[test]
    fn one_object_can_be_one_event_with_its_sources() {
        let (ledger, kept) = read(
            "x.json",
            "{\"id\":\"e\",\"date\":\"2007-03-01\",\"title\":\"T\",\"summary\":\"A longer text about it.\",\"actors\":[\"A\",\"B\"],\"status\":\"confirmed\",\
             \"sources\":[{\"title\":\"S\",\"url\":\"https://example.org/1\",\"tier\":1},{\"url\":\"https://example.org/2\"}],\"tags\":[\"x\",\"y\"]}",
        );
        let event = &kept.shown[0];
        assert_eq!(
            (kept.shown.len(), event.id.as_str(), event.actors.len(), event.tags.len(), event.status.as_str()),
            (1, "e", 2, 2, "confirmed")
        );
        assert_eq!(event.evidence.len(), 2, "{:?}", ledger.problems);
        assert_eq!(
            event.evidence[0][..3],
            ["A longer text about it.".to_owned(), "S".to_owned(), "https://example.org/1".to_owned()],
            "{:?}",
            ledger.problems
        );
    }

    #[test]
    fn what_holds_no_records_says_so() {
        let failed = |bytes: &[u8]| read_with("x.json", bytes, &ReadOptions::default()).err().unwrap();
        assert!(matches!(failed(b"{\"a\":1}"), FormatError::NoRecords { .. }));
        assert!(matches!(failed("[".repeat(200_000).as_bytes()), FormatError::BrokenDocument { .. }));
        assert!(matches!(failed(b"[{\"date\":\"2023\",\n\"x\":}]"), FormatError::BrokenDocument { line: 2, .. }));
        let deep = format!("[{{\"date\":\"2023-01-01\",\"title\":\"x\",\"deep\":{}{}}}]", "[".repeat(200_000), "]".repeat(200_000));
        assert_eq!(read("x.json", &deep).0.plotted, 1);
    }
}
