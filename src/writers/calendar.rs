//! iCalendar (RFC 5545): an event a VEVENT. A date known to less than a day covers all days that are possible; the exact date stands in `X-CHRONOLANE-EDTF`.

use std::io::{self, Write};

use super::dates::Plain;
use super::tables::{cited, lost_beside_events};
use super::{Lost, Selection, WriteError, Writer};
use crate::formats::Progress;
use crate::model::{Event, Status};
use crate::time::{DAY_MS, calendar};

/// iCalendar.
pub(super) struct Calendar;

/// Octets of a line, after which it is folded.
const LINE: usize = 75;

impl Writer for Calendar {
    fn name(&self) -> &'static str {
        "ics"
    }

    fn label(&self) -> &'static str {
        "Calendar (iCalendar)"
    }

    fn ending(&self) -> &'static str {
        "ics"
    }

    fn write(&self, selection: &Selection<'_>, out: &mut dyn Write, progress: &dyn Progress) -> Result<Lost, WriteError> {
        let mut lost = Lost::default();
        lost_beside_events(selection, true, &mut lost);
        let store = selection.store;
        line(out, "BEGIN:VCALENDAR")?;
        line(out, "VERSION:2.0")?;
        line(out, "PRODID:-//Chronolane//Chronolane//EN")?;
        line(out, "CALSCALE:GREGORIAN")?;
        if let Some(title) = store.title() {
            line(out, &format!("X-WR-CALNAME:{}", escaped(title)))?;
        }
        selection.each(progress, (0, 1), |id, event| {
            let Some(when) = event.when.as_ref().filter(|_| event.stands_on_axis()) else {
                lost.leave_out("events without a date are left out, since a calendar needs one");
                return Ok(());
            };
            let plain = Plain::of(when);
            let Some((start, end)) = times(&plain) else {
                lost.leave_out("events without a start within the years 1 to 9999 are left out: a calendar has no other");
                return Ok(());
            };
            line(out, "BEGIN:VEVENT")?;
            line(out, &format!("UID:{}", escaped(&event.id)))?;
            // The format wants a time at which the entry was made. None is known, and the same events always give the same file.
            line(out, "DTSTAMP:19700101T000000Z")?;
            line(out, &format!("DTSTART{start}"))?;
            if let Some(end) = end {
                line(out, &format!("DTEND{end}"))?;
            }
            lost.add_if(plain.end_ms.is_none(), "open ends are written without an end");
            lost.add_if(
                !plain.is_fine_point() && plain.end.is_none() && plain.end_ms.is_some(),
                "dates known to a month or less cover all its days",
            );
            lost.add_if(!plain.is_exact, "approximate, uncertain and alternative dates are plain spans (X-CHRONOLANE-EDTF has them)");
            line(out, &format!("X-CHRONOLANE-EDTF:{}", escaped(when.canonical())))?;
            line(out, &format!("SUMMARY:{}", escaped(&event.title)))?;
            let kind = store.kind(id).map(|kind| store.kind_label(kind));
            body(out, event, kind, &mut lost)?;
            for evidence in event.evidence.iter().take(1) {
                let url = cited(store, evidence).url;
                if url.starts_with("http://") || url.starts_with("https://") {
                    line(out, &format!("URL:{}", url.replace(['\r', '\n'], "")))?;
                }
            }
            line(out, "END:VEVENT")
        })?;
        line(out, "END:VCALENDAR")?;
        Ok(lost)
    }
}

/// All of a VEVENT but its date and title.
fn body(out: &mut dyn Write, event: &Event<'_>, kind: Option<&str>, lost: &mut Lost) -> io::Result<()> {
    let quotes: Vec<&str> = event.evidence.iter().map(|one| one.quote.as_ref()).filter(|quote| !quote.is_empty()).collect();
    let text: Vec<&str> = quotes.into_iter().chain([event.note.as_ref()].into_iter().filter(|note| !note.is_empty())).collect();
    if !text.is_empty() {
        line(out, &format!("DESCRIPTION:{}", escaped(&text.join("\n\n"))))?;
    }
    if !event.place.is_empty() {
        line(out, &format!("LOCATION:{}", escaped(&event.place)))?;
    }
    let words: Vec<String> = kind.into_iter().chain(event.tags.iter().map(AsRef::as_ref)).map(escaped).collect();
    if !words.is_empty() {
        line(out, &format!("CATEGORIES:{}", words.join(",")))?;
    }
    match event.status {
        Some(Status::Confirmed) => line(out, "STATUS:CONFIRMED")?,
        Some(_) => {
            line(out, "STATUS:TENTATIVE")?;
            lost.add("statuses other than confirmed are written as tentative", 1);
        }
        None => {}
    }
    for actor in &event.actors {
        line(out, &format!("ATTENDEE;CN=\"{}\":invalid:nomail", parameter(&actor.name)))?;
        lost.add_if(!actor.role.is_empty(), "roles of actors are not written");
    }
    for link in &event.links {
        line(out, &format!("RELATED-TO;RELTYPE=SIBLING:{}", escaped(&link.to)))?;
        lost.add_if(!link.relation.is_empty(), "what a link means is not written");
    }
    lost.add("sources' names are not written", event.evidence.iter().filter(|one| !one.source.is_empty()).count());
    lost.add("further fields are not written", event.further.len());
    Ok(())
}

/// What stands behind DTSTART and DTEND; `None` where the calendar cannot say it.
fn times(plain: &Plain) -> Option<(String, Option<String>)> {
    let start_ms = plain.start_ms?;
    let is_within = |ms: i64| (1..=9999).contains(&calendar::civil_from_ms(ms).0);
    let end_ms = plain.end_ms.filter(|ms| is_within(*ms));
    if !is_within(start_ms) || plain.end_ms != end_ms {
        return None;
    }
    let date = |ms: i64| {
        let (year, month, day) = calendar::civil_from_ms(ms);
        format!("{year:04}{month:02}{day:02}")
    };
    if !plain.has_clock {
        let end = end_ms.filter(|end_ms| *end_ms - start_ms > DAY_MS).map(|ms| format!(";VALUE=DATE:{}", date(ms)));
        return Some((format!(";VALUE=DATE:{}", date(start_ms)), end));
    }
    let zone = if plain.is_instant { "Z" } else { "" };
    let time = |ms: i64| {
        let into = ms.rem_euclid(DAY_MS) / 1000;
        format!(":{}T{:02}{:02}{:02}{zone}", date(ms), into / 3600, into / 60 % 60, into % 60)
    };
    // A moment has a start and no end.
    let end = end_ms.filter(|_| plain.end.is_some()).map(time);
    Some((time(start_ms), end))
}

/// Text as a value: backslashes before what divides values, line ends as `\n`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' | '\r' => out.push_str("\\n"),
            letter if letter.is_control() && letter != '\t' => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// Text as a parameter in quotation marks, which nothing can escape.
fn parameter(text: &str) -> String {
    text.chars()
        .map(|letter| {
            if letter == '"' {
                '\''
            } else if letter.is_control() {
                ' '
            } else {
                letter
            }
        })
        .collect()
}

/// Writes a line, folded where it is longer than 75 octets, never within a letter.
fn line(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let (mut rest, mut room) = (text, LINE);
    while rest.len() > room {
        let mut cut = room;
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        out.write_all(&rest.as_bytes()[..cut])?;
        out.write_all(b"\r\n ")?;
        rest = &rest[cut..];
        room = LINE - 1;
    }
    out.write_all(rest.as_bytes())?;
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut out = Vec::new();
        line(&mut out, &format!("SUMMARY:{}", "é".repeat(100))).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(|line| line.len() <= LINE) && text.lines().count() == 3);
        assert_eq!(text.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "é".repeat(100)));
    }

    #[test]
    fn what_divides_values_is_escaped() {
        assert_eq!(escaped("a,b;c\\d\r\ne"), "a\\,b\\;c\\\\d\\ne");
        assert_eq!(parameter("The \"Boss\"\r\nX"), "The 'Boss'  X");
    }
}
