//! Items and groups for vis-timeline. A date known to less than a day is a range, never its first day; a group is an event's first actor, or its kind where none is named.

use std::collections::HashMap;
use std::io::Write;

use super::dates::{Plain, Unit};
use super::json::Json;
use super::tables::lost_beside_events;
use super::{Lost, Selection, WriteError, Writer};
use crate::formats::Progress;
use crate::time::{self, DAY_MS, calendar};

/// vis-timeline.
pub(super) struct Vis;

impl Writer for Vis {
    fn name(&self) -> &'static str {
        "vis"
    }

    fn label(&self) -> &'static str {
        "vis-timeline (JSON)"
    }

    fn ending(&self) -> &'static str {
        "json"
    }

    fn write(&self, selection: &Selection<'_>, out: &mut dyn Write, progress: &dyn Progress) -> Result<Lost, WriteError> {
        let mut lost = Lost::default();
        lost_beside_events(selection, false, &mut lost);
        let store = selection.store;
        let mut json = Json::default();
        let mut groups: HashMap<String, usize> = HashMap::new();
        let mut order: Vec<String> = Vec::new();
        let mut is_first = true;
        out.write_all(b"{\n\"items\": [")?;
        selection.each(progress, (0, 1), |id, event| {
            let Some(when) = event.when.as_ref().filter(|_| event.stands_on_axis()) else {
                lost.leave_out("events without a date are left out, since an item needs one");
                return Ok(());
            };
            let plain = Plain::of(when);
            let (Some(start_ms), false) = (plain.start_ms, is_beyond(&plain)) else {
                lost.leave_out("events without a start within the years ±271,820 are left out, since an item needs one");
                return Ok(());
            };
            let group = event
                .actors
                .first()
                .map(|actor| actor.name.to_string())
                .or_else(|| store.kind(id).map(|kind| store.kind_label(kind).to_owned()));
            json.object(|json| {
                json.field_if("id", &event.id);
                json.field("content", &escaped(&event.title));
                json.field("start", &moment(start_ms, &plain));
                if plain.is_fine_point() {
                    json.field("type", "point");
                } else if let Some(end_ms) = plain.end_ms {
                    json.field("end", &moment(end_ms, &plain));
                    json.field("type", "range");
                    lost.add_if(plain.end.is_none(), "dates known to a month or less are ranges over all that is possible");
                } else {
                    json.field("type", "point");
                    lost.add("open ends are not written", 1);
                }
                let mut tip = time::wording(when);
                for quote in event.evidence.iter().map(|one| &one.quote).filter(|quote| !quote.is_empty()) {
                    tip.push('\n');
                    tip.push_str(quote);
                }
                json.field("title", &escaped(&tip));
                json.field("edtf", when.canonical());
                if let Some(group) = &group {
                    let number = *groups.entry(group.clone()).or_insert_with(|| {
                        order.push(group.clone());
                        order.len()
                    });
                    json.key("group");
                    json.number(number as i64);
                }
                if event.actors.len() > 1 {
                    json.key("actors");
                    json.list(|json| event.actors.iter().for_each(|actor| json.text(&actor.name)));
                }
                if let Some(kind) = store.kind(id) {
                    json.field("kind", store.kind_label(kind));
                }
                json.field_if("place", &event.place);
            });
            lost.add("actors after an event's first have no lane", event.actors.len().saturating_sub(1));
            lost.add("roles of actors are not written", event.actors.iter().filter(|actor| !actor.role.is_empty()).count());
            lost.add("sources are not written", event.evidence.iter().filter(|one| !one.source.is_empty() || !one.url.is_empty()).count());
            lost.add("links to other events are not written", event.links.len());
            lost.add("tags are not written", event.tags.len());
            lost.add_if(!event.note.is_empty(), "notes are not written");
            lost.add_if(event.status.is_some(), "statuses (confirmed, denied, …) are not written");
            lost.add_if(!plain.is_exact, "approximate, uncertain and alternative dates are drawn as plain ranges (edtf has them)");
            lost.add("further fields are not written", event.further.len());
            out.write_all(if std::mem::take(&mut is_first) { b"\n  " } else { b",\n  " })?;
            json.take(out)
        })?;
        out.write_all(b"\n],\n\"groups\": [")?;
        for (at, group) in order.iter().enumerate() {
            json.object(|json| {
                json.key("id");
                json.number(at as i64 + 1);
                json.field("content", &escaped(group));
            });
            out.write_all(if at == 0 { b"\n  " } else { b",\n  " })?;
            json.take(out)?;
        }
        out.write_all(b"\n]\n}\n")?;
        Ok(lost)
    }
}

/// Whether a date lies beyond what a date of that program's language can be.
fn is_beyond(plain: &Plain) -> bool {
    let limit_ms = 8_640_000_000_000_000_i64;
    [plain.start_ms, plain.end_ms].into_iter().flatten().any(|ms| !(-limit_ms..=limit_ms).contains(&ms))
}

/// A time in the form that JavaScript reads: without a zone where the date has none, to the second or finer where it was given so.
fn moment(at_ms: i64, plain: &Plain) -> String {
    let (year, month, day) = calendar::civil_from_ms(at_ms);
    let year = match year {
        0..=9999 => format!("{year:04}"),
        _ => format!("{}{:06}", if year < 0 { '-' } else { '+' }, year.unsigned_abs()),
    };
    let into_day = at_ms.rem_euclid(DAY_MS);
    let zone = if plain.is_instant { "Z" } else { "" };
    let (hour, minute, second, ms) = (into_day / 3_600_000, into_day / 60_000 % 60, into_day / 1000 % 60, into_day % 1000);
    let fraction = if plain.start.is_some_and(|start| start.unit == Unit::Millisecond) { format!(".{ms:03}") } else { String::new() };
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}")
}

/// Text that HTML shows as it is.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
