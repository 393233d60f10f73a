//! TimelineJS 3: a JSON object with `events`, a title slide and eras.
//!
//! Its years before the first are negative numbers that are shown with BCE: -44 is 44 BCE. The title slide and the eras are not rows; they are reported, and kept with what
//! the file says of itself. Media are not fetched.

mod old;
mod sheet;

pub use old::OldTimelineJs;
pub use sheet::TimelineJsSheet;

use std::borrow::Cow;

use super::draft::Draft;
use super::html;
use super::json::{Listed, Object, each_object, top_keys};
use super::parts::{self, Before, Parts, Told};
use super::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Further, Tables, Value};
use crate::time::{self, DateOrder, Dialect};

/// A TimelineJS 3 file.
pub struct TimelineJs;

impl Format for TimelineJs {
    fn name(&self) -> &'static str {
        "timelinejs"
    }

    fn label(&self) -> &'static str {
        "TimelineJS 3 (JSON)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let keys = top_keys(head.text).unwrap_or_default();
        if keys.contains(&"events") && head.text.contains("\"start_date\"") { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let Listed { mut top, items } = Listed::of(input.name(), text, "events")?;
        let mut tables = Tables::default();
        if let Some(title) = top.object("title") {
            title_slide(title, &mut tables);
            context.note("The title slide is not a row; its text is the file's description.");
        }
        if let Some(eras) = top.list("eras") {
            let named: Vec<String> = eras.iter().filter_map(|era| era_named(era)).collect();
            report_eras(&named, context);
            tables.further.push(Further { name: "eras".into(), value: Value::Json(format!("[{}]", eras.join(",")).into()) });
        }
        top.keep_in(&mut tables);
        context.tables(tables);
        let Some(items) = items else {
            return Err(FormatError::NoRecords {
                file: input.name().to_owned(),
                message: "this TimelineJS file has no list named `events`.".to_owned(),
            });
        };
        each_object(text, items, context, event)
    }
}

/// One slide.
fn event(mut fields: Object<'_>, line: u32, context: &mut Context<'_>) {
    let mut draft = Draft::new(line);
    draft.event.id = fields.text("unique_id");
    draft.event.kind = html::field("group", fields.text("group"), true, &mut draft.event.further);
    if let Some(mut text) = fields.object("text") {
        draft.title("headline", text.text("headline"));
        draft.quote("text", text.text("text"));
        draft.keep_all(text.rest("text"));
    }
    let display = fields.text("display_date");
    let (start, end) = (told(&mut fields, "start_date"), told(&mut fields, "end_date"));
    let display = if display.is_empty() { start.as_ref().map(|date| date.display.clone()).unwrap_or_default() } else { display };
    if let Some(first) = draft.event.evidence.first_mut() {
        first.phrase = display;
    } else {
        draft.keep("display_date", display);
    }
    if let Some(media) = fields.object("media") {
        take_media(&mut draft, media);
    }
    if let Some(mut location) = fields.object("location") {
        draft.event.place = location.text("name");
        draft.keep_all(location.rest("location"));
    }
    if let Some(start) = start {
        let texts = [start.told.0.clone(), end.as_ref().map(|end| end.told.0.clone()).unwrap_or_default()];
        draft.keep_all(start.rest);
        let end = end.map(|end| {
            draft.keep_all(end.rest);
            end.told
        });
        draft.spanned(context, ["start_date", "end_date"], [&texts[0], &texts[1]], parts::spanned(start.told, end));
    }
    draft.keep_all(fields.rest(""));
    draft.deliver(context);
}

/// A date of a slide.
struct SlideDate<'a> {
    told: Told,
    display: Cow<'a, str>,
    rest: Vec<Further<'a>>,
}

/// Takes a date out of a slide: an object of parts, or a plain text.
fn told<'a>(fields: &mut Object<'a>, name: &str) -> Option<SlideDate<'a>> {
    let Some(mut date) = fields.object(name) else {
        let text = fields.text(name);
        let told = (!text.trim().is_empty()).then(|| told_by_text(&text))?;
        return Some(SlideDate { told, display: Cow::Borrowed(""), rest: Vec::new() });
    };
    let [year, month, day, hour, minute, second, millisecond] =
        ["year", "month", "day", "hour", "minute", "second", "millisecond"].map(|part| date.text(part));
    let parts = Parts { year: &year, month: &month, day: &day, hour: &hour, minute: &minute, second: &second, millisecond: &millisecond };
    let display = date.text("display_date");
    let told = (!parts.is_empty()).then(|| (parts.written(), parts.canonical(Before::Era)));
    let _ = date.text("format");
    Some(SlideDate { told: told?, display, rest: date.rest(name).collect() })
}

/// A date that is written as a text, as its JavaScript reads it: the month first.
fn told_by_text(text: &str) -> Told {
    let dialect = Dialect { order: Some(DateOrder::Mdy), ..Dialect::default() };
    (text.trim().to_owned(), time::read(text, &dialect).map(|when| when.canonical().to_owned()))
}

/// The picture, page or quotation beside a slide, as a further source.
fn take_media<'a>(draft: &mut Draft<'a>, mut media: Object<'a>) {
    let (url, credit) = (media.text("url"), media.text("credit"));
    medium(draft, url, credit);
    let caption = media.text("caption");
    let caption = html::field("media.caption", caption, true, &mut draft.event.further);
    draft.keep("media.caption", caption);
    draft.keep_all(media.rest("media"));
}

/// A medium by its address, or by the HTML of a quotation or a frame, with whom to thank for it.
fn medium<'a>(draft: &mut Draft<'a>, url: Cow<'a, str>, credit: Cow<'a, str>) {
    if url.trim_start().starts_with('<') {
        draft.quote("media", url);
        draft.source("media credit", credit, "");
    } else {
        draft.source("media credit", credit, url);
    }
}

/// The title slide as what the file says of itself.
fn title_slide(mut slide: Object<'_>, tables: &mut Tables) {
    let plain = |text: Cow<'_, str>| html::plain(&text).map_or_else(|| text.trim().to_owned(), |plain| plain.text);
    if let Some(mut text) = slide.object("text") {
        tables.title = plain(text.text("headline")).replace('\n', " ");
        tables.description = plain(text.text("text"));
    }
    for field in slide.rest("title") {
        let value = field.value.as_text().to_owned();
        let value = if value.starts_with(['{', '[']) { Value::Json(value.into()) } else { Value::Text(value.into()) };
        tables.further.push(Further { name: field.name.into_owned().into(), value });
    }
}

/// An era's name with its dates, for the report.
fn era_named(era: &str) -> Option<String> {
    let mut era = Object::parse(era)?;
    let name = era.object("text").map(|mut text| text.text("headline").into_owned()).unwrap_or_default();
    let mut date = |name: &str| told(&mut era, name).map(|date| date.told.0).unwrap_or_default();
    Some(named_with_dates(&name, &date("start_date"), &date("end_date")))
}

/// "Name (start to end)".
pub(super) fn named_with_dates(name: &str, start: &str, end: &str) -> String {
    let name = html::plain(name).map_or_else(|| name.to_owned(), |plain| plain.text);
    let name = if name.trim().is_empty() { "without a name" } else { name.trim() };
    match (start.is_empty(), end.is_empty()) {
        (true, true) => name.to_owned(),
        (false, true) => format!("{name} (from {start})"),
        (true, false) => format!("{name} (to {end})"),
        (false, false) => format!("{name} ({start} to {end})"),
    }
}

/// Eras that a report names.
const ERAS_NAMED: usize = 20;

/// Says which eras a file has: they are not rows, and nothing is drawn of them.
pub(super) fn report_eras(eras: &[String], context: &mut Context<'_>) {
    if eras.is_empty() {
        return;
    }
    let more = eras.len().saturating_sub(ERAS_NAMED);
    let named = eras.iter().take(ERAS_NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let are = if eras.len() == 1 { "1 era is not a row and is not drawn" } else { "eras are not rows and are not drawn" };
    let count = if eras.len() == 1 { String::new() } else { format!("{} ", eras.len()) };
    context.note(format!("{count}{are}: {named}{more}."));
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::read;

    const FILE: &str = r#"{
 "scale": "human",
 "title": {"text": {"headline": "Kings &amp; <b>Queens</b>", "text": "<p>One.</p><p>Two.</p>"}, "media": {"url": "https://x.example/a.jpg"}},
 "eras": [{"start_date": {"year": "600"}, "end_date": {"year": 650}, "text": {"headline": "Early"}}],
 "events": [
  {"start_date": {"year": "622", "month": "08", "day": "9", "display_date": "in high summer"}, "end_date": {"year": "622", "month": "8", "day": "23"},
   "text": {"headline": "<i>A</i> walk", "text": "<p>They <a href=\"https://x.example/w\">walked</a>.</p>"}, "group": "Journeys",
   "media": {"url": "https://x.example/p.jpg", "credit": "<a href='https://m.example'>Museum</a>", "caption": "The road", "thumbnail": ""},
   "location": {"name": "Mecca", "lat": 21.4}, "unique_id": "walk", "background": {"color": "red"}},
  {"start_date": {"year": -44, "month": 3, "day": 15, "hour": "", "format": ""}, "text": {"text": "Nothing but a text."}},
  {"start_date": {"year": "2000", "month": "13"}, "text": {"headline": "No such month"}},
  {"start_date": {"year": "-13800000000"}, "text": {"headline": "Beyond the axis"}},
  {"text": {"headline": "No date"}},
  "not a slide",
  {"start_date": {"year": "1948"}, "end_date": {"year": "soon"}, "text": {"headline": "Quoted"}, "media": {"url": "<blockquote>Said so.</blockquote>"}},
  {"start_date": {"year": "1950"}, "end_date": {"year": "1949"}, "text": {"headline": "Backwards"}}
 ]}"#;

    #[test]
    fn slides_are_events_and_title_and_eras_are_not() {
        let (ledger, kept) = read("x.json", FILE);
        assert_eq!(ledger.format, "timelinejs");
        assert_eq!((ledger.rows, ledger.records, ledger.plotted, ledger.undated, ledger.rejected), (8, 8, 3, 4, 1));
        let tables = kept.tables.unwrap();
        assert_eq!((tables.title.as_str(), tables.description.as_str()), ("Kings & Queens", "One.\nTwo."));
        assert!(tables.further.iter().any(|field| field.name == "eras") && tables.further.iter().any(|field| field.name == "scale"));
        assert!(
            ledger
                .problems
                .iter()
                .any(|problem| problem.message.contains("1 era is not a row") && problem.message.contains("Early (600 to 650)"))
        );
        let walk = &kept.shown[0];
        assert_eq!((walk.when.as_str(), walk.when_text.as_str()), ("0622-08-09/0622-08-23", "622-08-9/622-8-23"));
        assert_eq!(
            (walk.title.as_str(), walk.kind.as_str(), walk.place.as_str(), walk.id.as_str(), walk.line),
            ("A walk", "Journeys", "Mecca", "walk", 6)
        );
        assert_eq!(walk.evidence[0], ["They walked.", "", "", "", "in high summer"].map(str::to_owned));
        assert_eq!(walk.evidence[1][1..3], ["Museum".to_owned(), "https://x.example/p.jpg".to_owned()]);
        let further = |name: &str| walk.further.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        assert_eq!(further("text as written"), Some("<p>They <a href=\"https://x.example/w\">walked</a>.</p>"));
        assert_eq!(further("links in text"), Some("[\"https://x.example/w\"]"));
        assert_eq!(
            (further("media.caption"), further("location.lat"), further("background")),
            (Some("The road"), Some("21.4"), Some("{\"color\": \"red\"}"))
        );
    }

    #[test]
    fn years_before_the_first_are_counted_without_a_zero() {
        let (ledger, kept) = read("x.json", FILE);
        assert_eq!((kept.shown[1].when.as_str(), kept.shown[1].title.as_str()), ("-0043-03-15", "Nothing but a text."));
        let problems: Vec<(u32, &str)> =
            ledger.problems.iter().filter(|problem| problem.line > 0).map(|problem| (problem.line, problem.field.as_str())).collect();
        assert_eq!(problems, [(11, "start_date"), (12, "start_date"), (13, ""), (14, ""), (15, "end_date"), (16, "start_date")]);
        let quoted = &kept.shown[5];
        assert_eq!((quoted.when.as_str(), quoted.evidence[0][0].as_str()), ("1948", "Said so."));
        assert!(quoted.further.contains(&("end_date".to_owned(), "soon".to_owned())));
    }
}
