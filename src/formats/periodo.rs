//! PeriodO: a gazetteer of periods as JSON-LD, each with the years between which it can have begun and ended.
//!
//! Its years are ISO 8601, astronomical: `-0615` is 616 BCE. A period lasted; its lane is the source that defines it.

use std::borrow::Cow;

use super::dates::interval_text;
use super::draft::Draft;
use super::json::{Object, broken_document, top_keys};
use super::parts::{self, Told, within, year_text};
use super::pieces::LineCounter;
use super::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Evidence, Severity, Tables};
use crate::time::{self, DateError};

/// Bytes of a text of a source that stands with each of its periods.
const SHARED_LONGEST: usize = 1000;
/// Bytes that what the sources say may take in all periods together, beside twice what the file has.
const SHARED_FREE: usize = 32 * 1024 * 1024;

/// A data set of PeriodO, or a part of one.
pub struct PeriodO;

impl Format for PeriodO {
    fn name(&self) -> &'static str {
        "periodo"
    }

    fn label(&self) -> &'static str {
        "PeriodO (JSON-LD)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json", "jsonld"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let keys = top_keys(head.text).unwrap_or_default();
        let is_new = keys.contains(&"authorities") && head.text.contains("\"periods\"");
        if keys.contains(&"periodCollections") || is_new { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let mut top = Object::parse(text).ok_or_else(|| broken_document(input.name(), text))?;
        let collections = top.object("periodCollections").or_else(|| top.object("authorities"));
        let mut tables = Tables::default();
        top.keep_in(&mut tables);
        context.tables(tables);
        let mut lines = LineCounter::new(text);
        let (mut shared, mut bare) = (SHARED_FREE + 2 * text.len(), 0_u64);
        for (_, json) in collections.into_iter().flat_map(Object::into_fields) {
            let Some(mut collection) = Object::parse(json) else {
                context.count_record();
                context.ledger.reject(lines.line_of(json), 0, "", "Not a collection of periods: a JSON object is wanted here.", json);
                continue;
            };
            let mut source = collection.object("source").map(Source::of).unwrap_or_default();
            if source.cut() {
                let message =
                    format!("The source of these periods has a text of more than {SHARED_LONGEST} bytes; each period has its beginning.");
                context.ledger.problem(Severity::Warning, lines.line_of(json), 0, "source", message, &source.title);
            }
            let periods = collection.object("definitions").or_else(|| collection.object("periods"));
            for (id, json) in periods.into_iter().flat_map(Object::into_fields) {
                let line = lines.line_of(json);
                context.beat((json.as_ptr() as usize).saturating_sub(text.as_ptr() as usize) as u64)?;
                if let Some(fields) = Object::parse(json) {
                    let cost = source.url.len() + source.locator.len() + source.year.len();
                    if cost > shared {
                        source = Source { title: source.title, ..Source::default() };
                        bare += 1;
                    } else {
                        shared -= cost;
                    }
                    period(fields, &id, &source, line, context);
                } else {
                    context.count_record();
                    context.ledger.reject(line, 0, "", "Not a period: a JSON object is wanted here.", json);
                }
            }
        }
        if bare > 0 {
            let message = format!(
                "The sources of {bare} collections are given by their titles alone from some period on: what more is said of them takes too much memory."
            );
            context.ledger.problem(Severity::Warning, 0, 0, "source", message, "");
        }
        Ok(())
    }
}

/// Where a collection of periods is defined.
#[derive(Default)]
struct Source {
    title: String,
    url: String,
    locator: String,
    year: String,
}

impl Source {
    fn of(mut fields: Object<'_>) -> Self {
        let mut own = |name: &str| fields.text(name).into_owned();
        let mut source = Self { title: own("title"), url: own("url"), locator: own("locator"), year: own("yearPublished") };
        let citation = own("citation");
        let id = own("id");
        if let Some(mut whole) = fields.object("partOf") {
            let mut fill = |into: &mut String, name: &str| {
                if into.is_empty() {
                    *into = whole.text(name).into_owned();
                }
            };
            fill(&mut source.title, "title");
            fill(&mut source.title, "citation");
            fill(&mut source.url, "url");
            fill(&mut source.url, "id");
            fill(&mut source.year, "yearPublished");
        }
        if source.title.is_empty() {
            source.title = citation;
        }
        if source.url.is_empty() {
            source.url = id;
        }
        source
    }

    /// Cuts texts that are too long to stand with each period; whether there were any.
    fn cut(&mut self) -> bool {
        let mut any = false;
        for text in [&mut self.title, &mut self.url, &mut self.locator, &mut self.year] {
            if text.len() > SHARED_LONGEST {
                let end = (0..=SHARED_LONGEST).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
                text.truncate(end);
                text.push('…');
                any = true;
            }
        }
        any
    }
}

/// One period.
fn period(mut fields: Object<'_>, id: &str, source: &Source, line: u32, context: &mut Context<'_>) {
    let mut draft = Draft::new(line);
    let own_id = fields.text("id");
    draft.event.id = if own_id.is_empty() { Cow::Owned(id.to_owned()) } else { own_id };
    draft.title("label", fields.text("label"));
    draft.event.kind = source.title.clone().into();
    draft.event.note = fields.text("note");
    draft.event.place = fields.text("spatialCoverageDescription");
    let places: Vec<String> = fields
        .list("spatialCoverage")
        .unwrap_or_default()
        .into_iter()
        .filter_map(|place| Object::parse(place).map(|mut place| place.text("label").into_owned()))
        .filter(|label| !label.is_empty())
        .collect();
    if draft.event.place.is_empty() {
        draft.event.place = places.join(", ").into();
    } else if !places.is_empty() {
        draft.keep("spatialCoverage", places.join("; "));
    }
    let own_locator = fields.object("source").map(|mut own| own.text("locator").into_owned()).unwrap_or_default();
    let locator =
        [source.locator.as_str(), own_locator.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let evidence = Evidence {
        source: source.title.clone().into(),
        url: source.url.clone().into(),
        published: source.year.clone().into(),
        locator: locator.into(),
        ..Evidence::default()
    };
    if evidence != Evidence::default() {
        draft.event.evidence.push(evidence);
    }
    let (start, stop) = (bound(&mut fields, "start"), bound(&mut fields, "stop"));
    date(&mut draft, start, stop, context);
    draft.keep_all(fields.rest(""));
    draft.deliver(context);
}

/// Gives a period its date. Even where it begins and ends in the same year it lasted; an end that can't be read is an unknown one.
fn date(draft: &mut Draft<'_>, start: Option<Told>, stop: Option<Told>, context: &mut Context<'_>) {
    if start.is_none() && stop.is_none() {
        return;
    }
    let text = |told: &Option<Told>| told.as_ref().map(|told| told.0.clone()).unwrap_or_default();
    let (start_text, stop_text) = (text(&start), text(&stop));
    let written = format!("{start_text}/{stop_text}");
    let side = |told: Option<Told>| told.map_or(Ok(String::new()), |told| told.1);
    let when = match (side(start), side(stop)) {
        (Ok(start), Err(error)) if !start.is_empty() => {
            draft.end_left_out(context, "stop", &stop_text, &error);
            parts::as_written(written.clone(), &format!("{start}/"))
        }
        (Ok(start), stop) => stop.and_then(|stop| parts::as_written(written.clone(), &interval_text(&start, &stop))),
        (Err(error), _) => Err(error),
    };
    draft.date(context, if start_text.is_empty() { "stop" } else { "start" }, &written, when);
}

/// One end of a period: its label, and the year or years that it can be.
fn bound(fields: &mut Object<'_>, name: &str) -> Option<Told> {
    let mut bound = fields.object(name)?;
    let label = bound.text("label").trim().to_owned();
    let Some(mut years) = bound.object("in") else {
        if time::is_present(&label) {
            return Some((label, Ok("..".to_owned())));
        }
        // A label without a letter does not say which era its number is of.
        if label.contains(char::is_alphabetic)
            && let Ok(when) = time::read(&label, &time::Dialect::default())
        {
            return Some((label.clone(), Ok(when.canonical().to_owned())));
        }
        let why = DateError::Unreadable { at: 1, why: "the file gives words for it and no year" };
        return (!label.is_empty()).then_some((label, Err(why)));
    };
    let mut year = |name: &str| -> Result<String, DateError> {
        let text = years.text(name);
        if text.trim().is_empty() {
            return Ok(String::new());
        }
        let number = text.trim().parse::<i64>().map_err(|_| DateError::Unreadable { at: 1, why: "a year is a whole number" })?;
        Ok(year_text(number))
    };
    let (one, earliest, latest) = (year("year"), year("earliestYear"), year("latestYear"));
    let canonical =
        one.and_then(
            |one| if one.is_empty() { earliest.and_then(|earliest| latest.map(|latest| within(&earliest, &latest))) } else { Ok(one) },
        );
    let label = match (&canonical, label.is_empty()) {
        (Ok(canonical), true) => canonical.clone(),
        _ => label,
    };
    (!label.is_empty()).then_some((label, canonical))
}

#[cfg(test)]
mod tests {
    use crate::formats::ReadOptions;
    use crate::formats::testing::{read, read_with};

    #[test]
    fn periods_begin_and_end_in_years_or_between_them() {
        let text = r#"{"@context": {"id": "@id"}, "periodCollections": {
 "c1": {"id": "c1", "type": "PeriodCollection", "source": {"locator": "page 5", "partOf": {"title": "A dictionary", "yearPublished": 2003, "id": "http://x.example"}},
  "definitions": {
   "p1": {"id": "p1", "label": "Old", "language": "eng-latn", "spatialCoverage": [{"id": "i", "label": "Italy"}], "spatialCoverageDescription": "central Italy", "note": "N",
     "start": {"in": {"year": "-0615"}, "label": "616 B.C."}, "stop": {"in": {"year": "-0508"}, "label": "509 B.C."}},
   "p2": {"label": "Vague", "start": {"in": {"earliestYear": "0401", "latestYear": "0433"}, "label": "early 5th c."}, "stop": {"in": {"year": "0500"}, "label": "500"}},
   "p3": {"label": "Open", "start": {"in": {"year": "1949"}, "label": "1949"}, "stop": {"label": "present"}},
   "p4": {"label": "One year", "start": {"in": {"year": "0100"}, "label": "100"}, "stop": {"in": {"year": "0100"}, "label": "100"}},
   "p5": {"label": "Stone", "start": {"in": {"year": "-120000"}, "label": ""}, "stop": {"in": {"year": "-9999"}}},
   "p6": {"label": "None"},
   "p8": {"label": "Until when", "start": {"in": {"year": "1949"}, "label": "1949"}, "stop": {"label": "the fall"}},
   "p9": {"label": "In words", "start": {"label": "323 BC"}, "stop": {"label": "8th c. AD"}},
   "p7": []}}}}"#;
        let (ledger, kept) = read("x.json", text);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated, ledger.rejected), ("periodo", 9, 7, 1, 1));
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(
            whens,
            ["-0615/-0508", "[0401..0433]/0500", "1949/..", "0100/0100", "Y-120000/-9999", "", "1949/", "-0322/[0701..0800]"]
        );
        let old = &kept.shown[0];
        assert_eq!(
            (old.when_text.as_str(), old.kind.as_str(), old.place.as_str(), old.note.as_str(), old.line),
            ("616 B.C./509 B.C.", "A dictionary", "central Italy", "N", 4)
        );
        assert_eq!(old.evidence[0], ["", "A dictionary", "http://x.example", "2003", ""].map(str::to_owned));
        assert_eq!(kept.shown[1].id, "p2");
    }

    #[test]
    fn what_a_source_says_at_length_does_not_multiply() {
        let one = |number: u32| format!("\"p{number}\":{{\"start\":{{\"in\":{{\"year\":\"1\"}}}}}}");
        let periods = (0..60_000).map(one).collect::<Vec<_>>().join(",");
        let text = format!(
            "{{\"authorities\":{{\"a\":{{\"source\":{{\"title\":\"{0}\",\"url\":\"{0}\"}},\"periods\":{{{periods}}}}}}}}}",
            "long é ".repeat(100_000)
        );
        let options = ReadOptions { format: Some("periodo".to_owned()), ..ReadOptions::default() };
        let (ledger, kept) = read_with("x.json", text.as_bytes(), &options).unwrap();
        let kept_bytes: usize = kept.shown.iter().flat_map(|event| &event.evidence).map(|evidence| evidence[2].len()).sum();
        assert!(ledger.rows == 60_000 && kept_bytes < super::SHARED_FREE + 2 * text.len(), "{kept_bytes}");
        assert_eq!(ledger.problems.iter().filter(|problem| problem.field == "source").count(), 2);
    }
}
