//! Any JSON that holds a list of objects, or is one object that describes an event.

use std::ops::Range;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::native::Fields;
use super::rows::{JsonRows, Objects, TakeText, VisitText};
use super::{broken, outline};
use crate::formats::context::line_number;
use crate::formats::pieces::{self, LineCounter};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input, table};
use crate::model::RawText;

/// A list of objects in JSON.
pub struct JsonList;

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
        &["json"]
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
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let is_object = |item: &Range<usize>| text.get(item.clone()).is_some_and(|item| serde_json::from_str::<Fields<'_>>(item).is_ok());
        let items = match outline::of_list(text) {
            Some(items) if items.is_empty() || items.iter().any(is_object) => items,
            _ => inner_list(input, text)?,
        };
        if items.is_empty() {
            return Ok(());
        }
        let mut rows = JsonRows::new(Items { document: &document, text, places: items }, context)?;
        table::read(&mut rows, context)
    }
}

/// Where the objects of a list within a document stand, or the one object that the document is; never empty.
fn inner_list(input: &Input<'_>, text: &str) -> Result<Vec<Range<usize>>, FormatError> {
    let top: &RawValue = serde_json::from_str(text).map_err(|error| broken(input.name(), &error))?;
    let items = match serde_json::from_str::<Fields<'_>>(top.get()) {
        Ok(fields)
            if table::looks_like_event(
                fields.0.iter().filter(|(_, raw)| !raw.get().starts_with(['{', '['])).map(|(key, _)| key.as_ref()),
            ) =>
        {
            vec![top]
        }
        _ => longest_list(top, 0).unwrap_or_default(),
    };
    if items.is_empty() {
        return Err(FormatError::NoRecords {
            file: input.name().to_owned(),
            message:
                "this JSON holds no list of objects, so there is nothing to make events of. A list looks like [{\"date\": …, \"title\": …}, …]."
                    .to_owned(),
        });
    }
    let place = |item: &RawValue| {
        let begin = (item.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        begin..begin + item.get().len()
    };
    Ok(items.into_iter().map(place).collect())
}

/// The list with the most objects in it.
fn longest_list(value: &RawValue, depth: usize) -> Option<Vec<&RawValue>> {
    let json = value.get();
    if json.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
        return items.iter().any(|item| item.get().starts_with('{')).then_some(items);
    }
    if depth > DEEPEST || !json.starts_with('{') {
        return None;
    }
    let fields: Fields<'_> = serde_json::from_str(json).ok()?;
    fields
        .0
        .into_iter()
        .filter_map(|(_, inner)| longest_list(inner, depth + 1))
        .reduce(|best, next| if next.len() > best.len() { next } else { best })
}

/// The items of a list within a text.
struct Items<'t> {
    document: &'t Arc<RawText>,
    text: &'t str,
    places: Vec<Range<usize>>,
}

impl Objects for Items<'_> {
    fn each(&mut self, context: &mut Context<'_>, visit: &mut VisitText<'_>) -> Result<(), FormatError> {
        let mut lines = LineCounter::new(self.text);
        for item in &self.places {
            let line = line_number(lines.line_at(item.start));
            context.beat(item.start as u64)?;
            if !visit(context, line, self.text.get(item.clone()).unwrap_or_default())? {
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
