//! Any JSON that holds a list of objects, or is one object that describes an event.

use serde_json::value::RawValue;

use super::native::Fields;
use super::rows::{JsonRows, Objects, VisitText};
use super::{LineCounter, broken};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input, table};

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
        let text = input.text(context)?;
        let top: &RawValue = serde_json::from_str(&text).map_err(|error| broken(input.name(), &error))?;
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
            let is_empty_list = top.get().starts_with('[') && top.get()[1..].trim_start().starts_with(']');
            if is_empty_list {
                return Ok(());
            }
            return Err(FormatError::NoRecords {
                file: input.name().to_owned(),
                message: "this JSON holds no list of objects, so there is nothing to make events of. A list looks like [{\"date\": …, \"title\": …}, …].".to_owned(),
            });
        }
        let mut rows = JsonRows::new(Items { text: &text, items }, context)?;
        table::read(&mut rows, context)
    }
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
    text: &'t str,
    items: Vec<&'t RawValue>,
}

impl Objects for Items<'_> {
    fn each(&mut self, context: &mut Context<'_>, visit: &mut VisitText<'_>) -> Result<(), FormatError> {
        let mut lines = LineCounter::new(self.text);
        for item in &self.items {
            let line = lines.line_of(item.get());
            context.beat(lines.at as u64)?;
            if !visit(context, line, item.get())? {
                break;
            }
        }
        Ok(())
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
