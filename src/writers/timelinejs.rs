//! TimelineJS 3 JSON: slides with a headline, a text and a date in parts. What its dates cannot say stands in `display_date`.

use std::io::Write;

use super::dates::{Plain, Point, Unit};
use super::json::Json;
use super::tables::{cited, lost_beside_events};
use super::{Lost, Selection, WriteError, Writer};
use crate::formats::Progress;
use crate::model::Event;
use crate::time;

/// TimelineJS 3.
pub(super) struct TimelineJs;

/// The years that the program takes on its scale for people; beyond, it needs the other.
const HUMAN_YEARS: std::ops::RangeInclusive<i64> = -271_820..=275_759;

impl Writer for TimelineJs {
    fn name(&self) -> &'static str {
        "timelinejs"
    }

    fn label(&self) -> &'static str {
        "TimelineJS 3 (JSON)"
    }

    fn ending(&self) -> &'static str {
        "json"
    }

    fn write(&self, selection: &Selection<'_>, out: &mut dyn Write, progress: &dyn Progress) -> Result<Lost, WriteError> {
        let mut lost = Lost::default();
        lost_beside_events(selection, true, &mut lost);
        let store = selection.store;
        let is_human = store.span_ms().is_none_or(|(from_ms, to_ms)| {
            [from_ms, to_ms].into_iter().all(|at_ms| HUMAN_YEARS.contains(&time::calendar::civil_from_ms(at_ms).0))
        });
        let mut json = Json::default();
        writeln!(out, "{{\n\"scale\": \"{}\",", if is_human { "human" } else { "cosmological" })?;
        if let Some(title) = store.title() {
            json.key("title");
            json.object(|json| {
                json.key("text");
                json.object(|json| json.field("headline", &escaped(title)));
            });
            json.take(out)?;
            out.write_all(b",\n")?;
        }
        out.write_all(b"\"events\": [")?;
        let mut is_first = true;
        selection.each(progress, (0, 1), |id, event| {
            let Some(when) = event.when.as_ref().filter(|_| event.stands_on_axis()) else {
                lost.leave_out("events without a date are left out, since a slide needs one");
                return Ok(());
            };
            let plain = Plain::of(when);
            let Some(start) = plain.start.or(plain.end) else {
                lost.leave_out("events without a date are left out, since a slide needs one");
                return Ok(());
            };
            count_lost(event, &mut lost);
            json.object(|json| {
                json.field_if("unique_id", &event.id);
                json.key("start_date");
                point(json, start);
                if let Some(end) = plain.end.filter(|_| plain.start.is_some()) {
                    json.key("end_date");
                    point(json, end);
                }
                if !plain.is_exact || plain.start.is_none() || plain.end_ms.is_none() || plain.is_instant {
                    json.field("display_date", &time::wording(when));
                    lost.add("dates that its parts cannot say are worded beside them (display_date)", 1);
                }
                json.key("text");
                json.object(|json| {
                    json.field("headline", &escaped(&event.title));
                    json.field_if("text", &body(event));
                });
                if let Some(kind) = store.kind(id) {
                    json.field("group", store.kind_label(kind));
                }
                if let Some(evidence) = event.evidence.first() {
                    let cited = cited(store, evidence);
                    if cited.url.starts_with("http://") || cited.url.starts_with("https://") {
                        json.key("media");
                        json.object(|json| {
                            json.field("url", &cited.url);
                            json.field_if("credit", &escaped(&cited.title));
                        });
                    } else {
                        lost.add_if(!cited.title.is_empty(), "sources without an address are not written");
                    }
                }
            });
            out.write_all(if std::mem::take(&mut is_first) { b"\n  " } else { b",\n  " })?;
            json.take(out)
        })?;
        out.write_all(b"\n]\n}\n")?;
        Ok(lost)
    }
}

/// A date in parts, as fine as it is known.
fn point(json: &mut Json, point: Point) {
    json.object(|json| {
        let mut part = |unit: Unit, key: &str, value: i64| {
            if point.unit >= unit {
                json.key(key);
                json.number(value);
            }
        };
        // Years before the first are counted from -1 there.
        part(Unit::Year, "year", if point.year <= 0 { point.year - 1 } else { point.year });
        part(Unit::Month, "month", i64::from(point.month));
        part(Unit::Day, "day", i64::from(point.day));
        part(Unit::Minute, "hour", point.hour());
        part(Unit::Minute, "minute", point.minute());
        part(Unit::Second, "second", point.second());
        part(Unit::Millisecond, "millisecond", point.into_day_ms % 1000);
    });
}

/// The sentences of an event, then who took part and where: plain words, since slides show HTML.
fn body(event: &Event<'_>) -> String {
    let mut parts: Vec<String> =
        event.evidence.iter().filter(|one| !one.quote.is_empty()).map(|one| format!("<p>{}</p>", escaped(&one.quote))).collect();
    let names: Vec<&str> = event.actors.iter().map(|actor| actor.name.as_ref()).collect();
    if !names.is_empty() {
        parts.push(format!("<p>{}</p>", escaped(&names.join("; "))));
    }
    if !event.place.is_empty() {
        parts.push(format!("<p>{}</p>", escaped(&event.place)));
    }
    parts.concat()
}

/// Text that HTML shows as it is.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn count_lost(event: &Event<'_>, lost: &mut Lost) {
    lost.add("actors are named in the text only", event.actors.len());
    lost.add("roles of actors are not written", event.actors.iter().filter(|actor| !actor.role.is_empty()).count());
    lost.add("sources after an event's first are not written", event.evidence.len().saturating_sub(1));
    lost.add("links to other events are not written", event.links.len());
    lost.add("tags are not written", event.tags.len());
    lost.add_if(!event.note.is_empty(), "notes are not written");
    lost.add_if(event.status.is_some(), "statuses (confirmed, denied, …) are not written");
    lost.add("further fields are not written", event.further.len());
}
