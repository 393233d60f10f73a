//! TimelineJS before version 3: `{"timeline": {"date": [{"startDate": "2012,1,26", …}]}}`.

use super::{medium, named_with_dates, report_eras, told_by_text};
use crate::formats::draft::Draft;
use crate::formats::html;
use crate::formats::json::{Object, broken_document, each_object, top_keys};
use crate::formats::parts::{self, Before, Parts, Told};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::Tables;

/// A file of the old form.
pub struct OldTimelineJs;

impl Format for OldTimelineJs {
    fn name(&self) -> &'static str {
        "timelinejs-old"
    }

    fn label(&self) -> &'static str {
        "TimelineJS 1 and 2 (JSON)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let keys = top_keys(head.text).unwrap_or_default();
        if keys == ["timeline"] && head.text.contains("\"startDate\"") { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let mut top = Object::parse(text).ok_or_else(|| broken_document(input.name(), text))?;
        let Some(mut timeline) = top.object("timeline") else {
            return Err(FormatError::NoRecords {
                file: input.name().to_owned(),
                message: "this file has no object named `timeline`.".to_owned(),
            });
        };
        let (items, eras) = (timeline.list("date").unwrap_or_default(), timeline.list("era").unwrap_or_default());
        let plain = |text: &str| html::plain(text).map_or_else(|| text.trim().to_owned(), |plain| plain.text);
        let mut tables =
            Tables { title: plain(&timeline.text("headline")), description: plain(&timeline.text("text")), ..Tables::default() };
        if !tables.title.is_empty() || !tables.description.is_empty() {
            context.note("The title slide is not a row; its text is the file's description.");
        }
        timeline.keep_in(&mut tables);
        context.tables(tables);
        let named = eras.into_iter().filter_map(|era| {
            let mut era = Object::parse(era)?;
            Some(named_with_dates(&era.text("headline"), &era.text("startDate"), &era.text("endDate")))
        });
        report_eras(&named.collect::<Vec<_>>(), context);
        each_object(text, items, context, event)
    }
}

/// One slide.
fn event(mut fields: Object<'_>, line: u32, context: &mut Context<'_>) {
    let mut draft = Draft::new(line);
    draft.title("headline", fields.text("headline"));
    draft.quote("text", fields.text("text"));
    let tag = fields.text("tag");
    draft.event.kind = html::field("tag", tag, true, &mut draft.event.further);
    if let Some(mut asset) = fields.object("asset") {
        let (media, credit) = (asset.text("media"), asset.text("credit"));
        medium(&mut draft, media, credit);
        let caption = html::field("asset.caption", asset.text("caption"), true, &mut draft.event.further);
        draft.keep("asset.caption", caption);
        draft.keep_all(asset.rest("asset"));
    }
    let (start, end) = (fields.text("startDate"), fields.text("endDate"));
    if !start.trim().is_empty() {
        let told_end = (!end.trim().is_empty()).then(|| told(&end));
        draft.spanned(context, ["startDate", "endDate"], [&start, &end], parts::spanned(told(&start), told_end));
    } else if !end.trim().is_empty() {
        draft.keep("endDate", end);
    }
    draft.keep_all(fields.rest(""));
    draft.deliver(context);
}

/// A date with commas between its parts, or as its JavaScript reads it.
fn told(text: &str) -> Told {
    let text = text.trim();
    if !text.contains(',') || text.contains(|c: char| c.is_alphabetic() || c == '/') {
        return told_by_text(text);
    }
    let mut pieces = text.split(',').map(str::trim);
    let mut next = || pieces.next().unwrap_or_default();
    let parts = Parts { year: next(), month: next(), day: next(), hour: next(), minute: next(), second: next(), millisecond: next() };
    (text.to_owned(), parts.canonical(Before::Era))
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::read;

    #[test]
    fn dates_in_one_text_with_commas() {
        let text = r#"{"timeline": {"headline": "T", "text": "<p>About</p>", "type": "default", "startDate": "1600", "asset": {"media": "x"},
"date": [
 {"startDate": "2012,1,26", "endDate": "2012,1,27", "headline": "A", "text": "<b>x</b>", "tag": "K", "asset": {"media": "https://v.example", "credit": "C", "caption": ""}},
 {"startDate": "1600", "headline": "B"},
 {"startDate": "2011,12,10,07,02,10", "headline": "C"},
 {"startDate": "9/12/2011", "headline": "D"},
 {"startDate": "2012,x", "headline": "E"}],
"era": [{"startDate": "2011,12,10", "endDate": "2011,12,11", "headline": "Era"}]}}"#;
        let (ledger, kept) = read("x.json", text);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated), ("timelinejs-old", 5, 4, 1));
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(whens, ["2012-01-26/2012-01-27", "1600", "2011-12-10T07:02:10", "2011-09-12", ""]);
        assert_eq!((kept.shown[0].kind.as_str(), kept.shown[0].line, kept.shown[0].evidence.len()), ("K", 3, 2));
        assert!(ledger.problems.iter().any(|problem| problem.message.contains("Era (2011,12,10 to 2011,12,11)")), "{:?}", ledger.problems);
    }
}
