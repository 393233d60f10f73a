//! ChronoZoom: timelines within timelines, each with exhibits that hold sources, as JSON.
//!
//! A timeline is an event that lasted, an exhibit one that happened; both stand in the lane of their timeline. Times are years with decimals.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::draft::{Draft, beginning};
use super::html;
use super::json::{Object, broken_document, scalar_text, top_keys};
use super::parts::{self, Told, year_text};
use super::pieces::LineCounter;
use super::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Evidence, Tables, Value};
use crate::time::DateError;
use crate::time::calendar::{civil_from_days, days_from_civil};

/// A file of ChronoZoom.
pub struct ChronoZoom;

/// The year that stands for now.
const NOW: &str = "9999";
/// Timelines within each other that are read; each of them is gone through with all that is in it.
const DEEPEST: u32 = 64;
/// Bytes of a title that stands with all parts of its timeline.
const LANE_LONGEST: usize = 500;

impl Format for ChronoZoom {
    fn name(&self) -> &'static str {
        "chronozoom"
    }

    fn label(&self) -> &'static str {
        "ChronoZoom (JSON)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let keys = top_keys(head.text).unwrap_or_default();
        if keys.contains(&"timelines") && head.text.contains("\"exhibits\"") { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let mut top = Object::parse(text).ok_or_else(|| broken_document(input.name(), text))?;
        let mut tables = Tables::default();
        if let Some(mut collection) = top.object("collection") {
            tables.title = collection.text("Title").into_owned();
        }
        // What is still to be read, the next at the end: a timeline or an exhibit, with the lane that it stands in.
        let mut waiting: Vec<Waiting<'_>> = Vec::new();
        let outermost = |json| Waiting { part: Part::Timeline, json, lane: Arc::from(""), depth: 0 };
        if top.has("exhibits") || top.has("start") {
            waiting.push(outermost(text.trim()));
        } else {
            let timelines = top.list("timelines").unwrap_or_default();
            waiting.extend(timelines.into_iter().rev().map(outermost));
            top.keep_in(&mut tables);
        }
        context.tables(tables);
        let mut lines = LineCounter::new(text);
        let mut titles = HashMap::new();
        while let Some(Waiting { part, json, lane, depth }) = waiting.pop() {
            let line = lines.line_of(json);
            context.beat(0)?;
            if depth > DEEPEST {
                context.count_record();
                let message = format!("More than {DEEPEST} timelines stand within each other here; what is deeper is not read.");
                context.ledger.reject(line, 0, "timelines", message, json);
                continue;
            }
            let Some(mut fields) = Object::parse(json) else {
                context.count_record();
                context.ledger.reject(line, 0, "", "Neither a timeline nor an exhibit: a JSON object is wanted here.", json);
                continue;
            };
            match part {
                Part::Timeline => {
                    // In a file of its own each timeline stands beside the id of its parent.
                    let parent = fields.text("parentTimelineId");
                    let fields = if fields.has("timeline") { fields.object("timeline") } else { Some(fields) };
                    let Some(fields) = fields else {
                        context.count_record();
                        context.ledger.reject(line, 0, "timeline", "Not a timeline: a JSON object is wanted here.", json);
                        continue;
                    };
                    timeline(fields, &parent, (line, depth), &mut titles, &mut waiting, context);
                }
                Part::Exhibit => exhibit(fields, &lane, line, context),
            }
        }
        Ok(())
    }
}

/// What a part of the file is.
#[derive(Clone, Copy)]
enum Part {
    Timeline,
    Exhibit,
}

/// A part that is still to be read.
struct Waiting<'a> {
    part: Part,
    json: &'a str,
    /// The title of the timeline that it stands in.
    lane: Arc<str>,
    /// How many timelines are around it.
    depth: u32,
}

/// A timeline: an event itself, and the parts in it, which are put among those that wait.
fn timeline<'a>(
    mut fields: Object<'a>,
    parent: &str,
    (line, depth): (u32, u32),
    titles: &mut HashMap<String, Arc<str>>,
    waiting: &mut Vec<Waiting<'a>>,
    context: &mut Context<'_>,
) {
    let mut draft = Draft::new(line);
    draft.event.id = fields.text("id");
    draft.title("title", fields.text("title"));
    let title: Arc<str> = Arc::from(shared_title(&draft.event.title));
    draft.event.kind = title.to_string().into();
    if let Some(parent) = titles.get(parent) {
        draft.keep("within", parent.to_string());
    }
    titles.insert(draft.event.id.to_string(), Arc::clone(&title));
    let (exhibits, timelines) = (fields.list("exhibits").unwrap_or_default(), fields.list("timelines").unwrap_or_default());
    let parts = exhibits.into_iter().map(|json| (Part::Exhibit, json)).chain(timelines.into_iter().map(|json| (Part::Timeline, json)));
    let mut parts: Vec<_> = parts.map(|(part, json)| Waiting { part, json, lane: Arc::clone(&title), depth: depth + 1 }).collect();
    parts.sort_by_key(|waiting| std::cmp::Reverse(waiting.json.as_ptr() as usize));
    waiting.extend(parts);
    let (start, end) = (fields.text("start"), fields.text("end"));
    let (from_circa, to_circa) = (fields.text("FromIsCirca") == "true", fields.text("ToIsCirca") == "true");
    if !start.is_empty() {
        let end_told: Option<Told> = match end.as_ref() {
            "" => None,
            NOW => Some(("now".to_owned(), Ok("..".to_owned()))),
            end => Some((end.to_owned(), decimal_year(end, to_circa))),
        };
        let spanned = parts::spanned((start.to_string(), decimal_year(&start, from_circa)), end_told);
        draft.spanned(context, ["start", "end"], [&start, &end], spanned);
    }
    draft.keep_all(fields.rest(""));
    draft.deliver(context);
}

/// A title as it stands with each part of its timeline: a very long one is cut, as there may be very many parts.
fn shared_title(title: &str) -> String {
    if title.len() <= LANE_LONGEST { title.to_owned() } else { beginning(title) }
}

/// An exhibit with its sources.
fn exhibit(mut fields: Object<'_>, lane: &str, line: u32, context: &mut Context<'_>) {
    let mut draft = Draft::new(line);
    draft.event.id = fields.text("id");
    draft.title("title", fields.text("title"));
    draft.event.kind = lane.to_owned().into();
    let time = fields.text("time");
    let is_circa = fields.text("IsCirca") == "true";
    if !time.is_empty() {
        draft.spanned(context, ["time", ""], [&time, ""], parts::spanned((time.to_string(), decimal_year(&time, is_circa)), None));
    }
    for item in fields.list("contentItems").unwrap_or_default() {
        let Some(mut item) = Object::parse(item) else {
            draft.keep("contentItem", scalar_text(item));
            continue;
        };
        let [description, attribution, page, file] = ["description", "attribution", "mediaSource", "uri"].map(|name| item.text(name));
        let quote = html::field("description", description.trim().to_owned().into(), false, &mut draft.event.further);
        let url = if page.trim().is_empty() { file.clone() } else { page.trim().to_owned().into() };
        let mut evidence = Evidence { quote, source: attribution, url, ..Evidence::default() };
        evidence.further.extend(item.rest(""));
        if !file.is_empty() && evidence.url != file {
            evidence.further.push(crate::model::Further { name: "uri".into(), value: Value::Text(file) });
        }
        if draft.event.title.is_empty() {
            draft.event.title = beginning(&evidence.quote).into();
        }
        draft.event.evidence.push(evidence);
    }
    draft.keep_all(fields.rest(""));
    draft.deliver(context);
}

/// A year with decimals in canonical form: without decimals the year, with one or two the days that they can mean, with more the day.
fn decimal_year(text: &str, is_circa: bool) -> Result<String, DateError> {
    let unreadable = DateError::Unreadable { at: 1, why: "a year is wanted here, with decimals or without" };
    let text = text.trim();
    let value: f64 = text.parse().map_err(|_| unreadable.clone())?;
    if !value.is_finite() || value.abs() > 1e12 {
        return Err(unreadable);
    }
    let year = value.floor() as i64;
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.trim_end_matches('0').len());
    let mark = if is_circa { "~" } else { "" };
    if decimals == 0 || !(-9999..=9999).contains(&year) {
        return Ok(format!("{}{mark}", year_text(year)));
    }
    let first = days_from_civil(year, 1, 1);
    let length = (days_from_civil(year + 1, 1, 1) - first) as f64;
    // A hundredth of a day is more than the decimals are ever wrong by.
    let day_of = |part: f64| civil_from_days(first + ((part * length + 0.01).floor() as i64).clamp(0, length as i64 - 1));
    let worded = |(year, month, day): (i64, u8, u8)| format!("{}-{month:02}-{day:02}{mark}", year_text(year));
    let part = value - value.floor();
    let from: Range<f64> = part..part + 10_f64.powi(-(decimals.min(9) as i32));
    let (from, to) = (day_of(from.start), day_of(if decimals <= 2 { from.end - 1.0 / length } else { from.start }));
    Ok(parts::within(&worded(from), &worded(to)))
}

#[cfg(test)]
mod tests {
    use super::decimal_year;
    use crate::formats::ReadOptions;
    use crate::formats::testing::{read, read_with};

    const FILE: &str = r#"{"date":"x","collection":{"Title":"All","theme":null},"timelines":[
 {"parentTimelineId":null,"timeline":{"FromIsCirca":false,"ToIsCirca":false,"Regime":"Humanity","start":1981,"end":9999,"id":"t1","title":"Long <b>time</b>","timelines":null,
  "exhibits":[
   {"IsCirca":true,"id":"e1","time":1993,"title":"Shown","contentItems":[{"Year":1994,"attribution":"Paper","description":"What it <i>said</i>.","mediaSource":" http://x.example/p","uri":"http://x.example/i.jpg","title":"T","mediaType":"Picture"}]},
   {"id":"e2","time":1994.4438356164383562,"title":"Day","contentItems":[]}]}},
 {"parentTimelineId":"t1","timeline":{"start":1985,"end":1990.5,"id":"t2","title":"Inner","exhibits":[{"id":"e3","title":"No time"}],
  "timelines":[{"start":-65000000,"end":-3000,"id":"t3","title":"Deep","FromIsCirca":true,"exhibits":[{"id":"e4","time":"soon","title":"Bad"}]}]}},
 {"timeline": 5}, 7]}"#;

    #[test]
    fn timelines_and_exhibits_are_events_in_the_lane_of_their_timeline() {
        let (ledger, kept) = read("x.json", FILE);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated, ledger.rejected), ("chronozoom", 9, 5, 2, 2));
        let shown: Vec<(&str, &str, &str)> =
            kept.shown.iter().map(|event| (event.title.as_str(), event.kind.as_str(), event.when.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("Long time", "Long time", "1981/.."),
                ("Shown", "Long time", "1993~"),
                ("Day", "Long time", "1994-06-12"),
                ("Inner", "Inner", "1985/[1990-07-02..1990-08-07]"),
                ("No time", "Inner", ""),
                ("Deep", "Deep", "Y-65000000~/-3000"),
                ("Bad", "Deep", "")
            ]
        );
        assert_eq!(kept.shown[1].evidence[0][..3], ["What it said.", "Paper", "http://x.example/p"].map(str::to_owned));
        assert!(kept.shown[3].further.contains(&("within".to_owned(), "Long time".to_owned())));
        assert_eq!((kept.shown[1].line, kept.shown[2].line, kept.shown[3].line), (4, 5, 6));
        assert_eq!(kept.tables.unwrap().title, "All");
    }

    #[test]
    fn a_year_is_as_fine_as_its_decimals() {
        let of = |text: &str| decimal_year(text, false).unwrap();
        assert_eq!((of("1981").as_str(), of("1981.0").as_str(), of("-43").as_str()), ("1981", "1981", "-0043"));
        assert_eq!(of("1981.25"), "[1981-04-02..1981-04-04]");
        assert_eq!((of("2000.9999").as_str(), of("1900.000").as_str(), of("-123456.5").as_str()), ("2000-12-31", "1900", "Y-123457"));
        assert!(["x", "", "1e300", "NaN"].into_iter().all(|text| decimal_year(text, false).is_err()));
    }

    #[test]
    fn timelines_within_each_other_are_read_to_a_depth_and_long_titles_do_not_multiply() {
        let deep = "{\"id\":\"t\",\"start\":1,\"timelines\":[".repeat(1_000) + &"]}".repeat(1_000);
        let (ledger, _) = read("x.json", &format!("{{\"timelines\":[{deep}],\"exhibits\":null}}"));
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.rejected), ("chronozoom", u64::from(super::DEEPEST) + 2, 1));
        let exhibits = vec!["{\"time\":1}"; 10_000].join(",");
        let long = format!("{{\"timelines\":[{{\"title\":\"{}\",\"start\":1,\"exhibits\":[{exhibits}]}}]}}", "long é ".repeat(100_000));
        let options = ReadOptions { format: Some("chronozoom".to_owned()), ..ReadOptions::default() };
        let (ledger, kept) = read_with("x.json", long.as_bytes(), &options).unwrap();
        assert_eq!((ledger.rows, kept.shown[0].title.len()), (10_001, 799_999));
        assert!(kept.shown.iter().all(|event| event.kind.len() < 200));
    }
}
