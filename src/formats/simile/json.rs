//! The JSON form: `{"dateTimeFormat": "iso8601", "events": [{"start": …, "title": …}]}`.

use super::{Tally, Times, dated, is_true};
use crate::formats::draft::Draft;
use crate::formats::json::{Listed, Object, each_object, top_keys};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::Tables;

/// Events in JSON.
pub struct SimileJson;

impl Format for SimileJson {
    fn name(&self) -> &'static str {
        "simile-json"
    }

    fn label(&self) -> &'static str {
        "SIMILE Timeline (JSON)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let keys = top_keys(head.text).unwrap_or_default();
        let marked = ["dateTimeFormat", "wikiURL", "wiki-url", "wikiSection", "wiki-section"].iter().any(|mark| keys.contains(mark));
        if marked && head.text.contains("\"events\"") { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let Listed { top, items } = Listed::of(input.name(), text, "events")?;
        let Some(items) = items else {
            return Err(FormatError::NoRecords {
                file: input.name().to_owned(),
                message: "this SIMILE file has no list named `events`.".to_owned(),
            });
        };
        let mut tables = Tables::default();
        top.keep_in(&mut tables);
        context.tables(tables);
        let mut tally = Tally::default();
        each_object(text, items, context, |fields, line, context| event(fields, line, &mut tally, context))?;
        tally.report(context);
        Ok(())
    }
}

/// One event.
fn event(mut fields: Object<'_>, line: u32, tally: &mut Tally, context: &mut Context<'_>) {
    let mut draft = Draft::new(line);
    let [is_duration, duration_event] = ["isDuration", "durationEvent"].map(|name| fields.text(name));
    let [start, latest_start, earliest_end, end] =
        ["start", "latestStart", "earliestEnd", "end"].map(|name| fields.text(name).trim().to_owned());
    // Here, unlike in XML, what has an end lasted unless it is said otherwise.
    let is_told = !is_duration.is_empty() || !duration_event.is_empty();
    let times = Times { start, latest_start, earliest_end, end, lasted: !is_told || is_true(&is_duration) || is_true(&duration_event) };
    let id = fields.text("id");
    draft.event.id = if id.is_empty() { fields.text("eventID") } else { id };
    draft.title("title", fields.text("title"));
    draft.html_quote("description", fields.text("description"));
    draft.source("link", "", fields.text("link"));
    dated(&mut draft, &times, tally, context);
    draft.keep_all(fields.rest(""));
    draft.deliver(context);
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::read;

    #[test]
    fn what_has_an_end_lasted_unless_it_is_said_otherwise() {
        let text = "\u{feff}{\"dateTimeFormat\": \"iso8601\", \"events\": [\n\
            {\"title\": \"A &amp; B\", \"id\": \"/en/a\", \"start\": \"2001-09-27\", \"end\": \"2001-10-01\", \"icon\": \"i.png\"},\n\
            {\"title\": \"C\", \"start\": \"2001-09\", \"end\": \"2001-11\", \"durationEvent\": false, \"description\": \"<b>D</b>\"},\n\
            {\"title\": \"E\", \"start\": 2001, \"latestStart\": 2003},\n 5 ]}";
        let (ledger, kept) = read("x.json", text);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.rejected), ("simile-json", 4, 3, 1));
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(whens, ["2001-09-27/2001-10-01", "[2001-09..2001-11]", "[2001..2003]"]);
        assert_eq!(
            (kept.shown[0].title.as_str(), kept.shown[0].id.as_str(), kept.shown[1].evidence[0][0].as_str()),
            ("A & B", "/en/a", "D")
        );
        assert!(kept.tables.unwrap().further.iter().any(|field| field.name == "dateTimeFormat"));
    }
}
