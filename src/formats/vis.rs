//! vis-timeline: a JSON list of items with `content` and `start`, or an object with `items` and `groups`.
//!
//! Only strict JSON: what is JavaScript is not run. Groups are the lanes of that program and are actors here.

use std::collections::HashMap;

use super::dates::{Spanned, read_span};
use super::draft::Draft;
use super::html;
use super::json::{Listed, Object, each_object, scalar_text, top_keys};
use super::table::from_epoch;
use super::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Actor, Participant, Tables};
use crate::time::{DateError, When};

/// Items and groups of vis-timeline.
pub struct Vis;

impl Format for Vis {
    fn name(&self) -> &'static str {
        "vis"
    }

    fn label(&self) -> &'static str {
        "vis-timeline (JSON)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let text = head.text.trim_start();
        let is_item = |object: &str| top_keys(object).is_some_and(|keys| keys.contains(&"content") && keys.contains(&"start"));
        if let Some(first) = text.strip_prefix('[') {
            return if is_item(first) { Confidence::Likely } else { Confidence::No };
        }
        let keys = top_keys(text).unwrap_or_default();
        let has_items = keys.contains(&"items") && text.contains("\"content\"") && text.contains("\"start\"");
        if has_items { Confidence::Likely } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let Listed { mut top, items } = Listed::of(input.name(), text, "items")?;
        let Some(items) = items else {
            return Err(FormatError::NoRecords {
                file: input.name().to_owned(),
                message: "this vis-timeline file has no list named `items`.".to_owned(),
            });
        };
        let groups = top.list("groups").unwrap_or_default();
        let (actors, names) = groups_of(&groups);
        let mut tables = Tables { actors, title: top.text("title").into_owned(), ..Tables::default() };
        top.keep_in(&mut tables);
        context.tables(tables);
        each_object(text, items, context, |fields, line, context| event(fields, line, &names, context))
    }
}

/// The groups as actors, and their names by their ids.
fn groups_of(groups: &[&str]) -> (Vec<Actor>, HashMap<String, String>) {
    let (mut actors, mut names, mut within) = (Vec::new(), HashMap::new(), HashMap::new());
    for group in groups {
        let Some(mut fields) = Object::parse(group) else { continue };
        let (id, content) = (fields.text("id").into_owned(), fields.text("content"));
        let name = html::plain(&content).map_or_else(|| content.trim().to_owned(), |plain| plain.text.replace('\n', " "));
        let name = if name.is_empty() { id.clone() } else { name };
        for nested in fields.list("nestedGroups").unwrap_or_default() {
            within.insert(scalar_text(nested).into_owned(), name.clone());
        }
        names.insert(id.clone(), name.clone());
        actors.push(Actor { id, name, ..Actor::default() });
    }
    for actor in &mut actors {
        actor.member_of = within.remove(&actor.id).unwrap_or_default();
    }
    (actors, names)
}

/// One item.
fn event(mut fields: Object<'_>, line: u32, names: &HashMap<String, String>, context: &mut Context<'_>) {
    let mut draft = Draft::new(line);
    draft.event.id = fields.text("id");
    draft.title("content", fields.text("content"));
    draft.quote("title", fields.text("title"));
    let group = fields.text("group");
    if !group.is_empty() {
        let name = names.get(group.as_ref()).cloned().map_or(group, Into::into);
        draft.event.actors.push(Participant { name, role: "".into() });
    }
    // All other types are ways of drawing.
    let kind = fields.text("type");
    if kind == "background" {
        draft.event.kind = kind;
    } else {
        draft.keep("type", kind);
    }
    let written = [fields.text("start"), fields.text("end")];
    let [start, end] = [0, 1].map(|side| {
        from_epoch(&written[side]).or_else(|| from_bracketed_epoch(&written[side])).unwrap_or_else(|| written[side].to_string())
    });
    if !start.trim().is_empty() {
        let spanned = match read_span(&start, &end, context.options.dialect) {
            Spanned::Read(when) if start != written[0] || (!end.is_empty() && end != written[1]) => {
                let text = if written[1].is_empty() { written[0].to_string() } else { format!("{}/{}", written[0], written[1]) };
                let canonical = Some(when.canonical().to_owned().into());
                Spanned::Read(When { text: text.into(), canonical, ..when })
            }
            other => other,
        };
        draft.spanned(context, ["start", "end"], [&start, &end], spanned.into_owned());
    } else if !end.trim().is_empty() {
        draft.undated(context, "start", super::table::reason(&DateError::Empty), &end);
    }
    draft.keep_all(fields.rest(""));
    draft.deliver(context);
}

/// `/Date(1418718102460-0800)/`, as some servers write an instant.
fn from_bracketed_epoch(text: &str) -> Option<String> {
    let inner = text.trim().strip_prefix("/Date(")?.strip_suffix(")/")?;
    let end = inner.char_indices().skip(1).find(|(_, letter)| !letter.is_ascii_digit()).map_or(inner.len(), |(at, _)| at);
    from_epoch(&inner[..end])
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::read;

    #[test]
    fn items_with_their_groups_and_html() {
        let text = r#"{"groups": [{"id": 1, "content": "<b>Team</b> A", "nestedGroups": [2]}, {"id": 2, "content": "Team B"}], "options": {"stack": true},
 "items": [
  {"id": 7, "content": "<i>Item</i> one", "title": "A <a href='https://x.example'>hint</a>", "start": "2014-04-16", "end": "2014-04-19", "group": 1, "type": "range"},
  {"id": "b", "content": "two", "start": 1397606400000, "group": 2},
  {"id": "c", "content": "three", "start": "/Date(1397606400000-0800)/", "group": "unknown"},
  {"id": "d", "content": "Period", "start": "2014", "end": "2015", "type": "background", "className": "x"},
  {"id": "e", "content": "none"},
  {"id": "f", "content": "bad", "start": "whenever"},
  {"id": "g", "content": "half", "start": "2014-01-01", "end": "later"},
  [1]
 ]}"#;
        let (ledger, kept) = read("x.json", text);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated, ledger.rejected), ("vis", 8, 5, 2, 1));
        let first = &kept.shown[0];
        assert_eq!(
            (first.title.as_str(), first.when.as_str(), first.actors[0].0.as_str(), first.line),
            ("Item one", "2014-04-16/2014-04-19", "Team A", 3)
        );
        assert_eq!(first.evidence[0][0], "A hint");
        assert_eq!((kept.shown[1].when.as_str(), kept.shown[1].when_text.as_str()), ("2014-04-16T00:00:00.000Z", "1397606400000"));
        assert_eq!((kept.shown[2].when.as_str(), kept.shown[2].actors[0].0.as_str()), ("2014-04-16T00:00:00.000Z", "unknown"));
        assert_eq!((kept.shown[3].kind.as_str(), kept.shown[6].when.as_str()), ("background", "2014-01-01"));
        assert!(kept.shown[6].further.contains(&("end".to_owned(), "later".to_owned())));
        let actors = kept.tables.unwrap().actors;
        assert_eq!((actors[1].name.as_str(), actors[1].member_of.as_str()), ("Team B", "Team A"));
    }

    #[test]
    fn a_list_alone_will_do_and_other_lists_are_left_to_the_columns() {
        let (ledger, kept) = read("x.json", "[\n {\"id\": 1, \"content\": \"item 1\", \"start\": \"2014-04-20\"}\n]");
        assert_eq!((ledger.format.as_str(), kept.shown[0].title.as_str(), kept.shown[0].line), ("vis", "item 1", 2));
        assert_eq!(read("x.json", "[{\"start\": \"2014-04-20\", \"description\": \"x\"}]").0.format, "json");
    }
}
