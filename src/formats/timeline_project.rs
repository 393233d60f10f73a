//! The Timeline Project (`.timeline`): XML with categories, eras, containers, fuzzy ends and events that go on to this day.
//!
//! Its years are those of the proleptic Gregorian calendar with a year 0, as here. Files with another calendar or with plain numbers for time keep their events, undated.

use std::collections::HashMap;

use super::dates::Spanned;
use super::draft::Draft;
use super::parts::{self, Before, Parts, Told, without_midnight};
use super::timelinejs::{named_with_dates, report_eras};
use super::xml::{self, Element};
use super::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Kind, Link, Tables};
use crate::time::DateError;

/// A file of The Timeline Project.
pub struct TimelineProject;

impl Format for TimelineProject {
    fn name(&self) -> &'static str {
        "timeline-project"
    }

    fn label(&self) -> &'static str {
        "The Timeline Project (XML)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["timeline", "xml"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let is_root = xml::root_name(head.text).as_deref() == Some("timeline");
        match (is_root, head.text.contains("<timetype>") || head.text.contains("<events>") || head.text.contains("<categories>")) {
            (true, true) => Confidence::Certain,
            (true, false) if head.ends(&["timeline"]) => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let mut reading = Reading::default();
        let records = [("timetype", 0), ("category", 1), ("era", 1), ("event", 2)];
        xml::each_record(text, context, &records, &mut |context, element| {
            reading.take(element, context);
            Ok(())
        })?;
        if reading.midnights > 0 {
            let message = "Times of exactly 00:00:00 are read as the whole day, as the program shows them; there are";
            context.note(format!("{message} {} of them. Their text is kept.", reading.midnights));
        }
        report_eras(&reading.eras, context);
        context.tables(reading.tables);
        Ok(())
    }
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    tables: Tables,
    eras: Vec<String>,
    /// The calendar, where it is not the usual one.
    other_calendar: Option<String>,
    /// The ids of events that hold others, by the number that the file gives them.
    containers: HashMap<String, String>,
    midnights: u64,
}

impl Reading {
    fn take(&mut self, mut element: Element, context: &mut Context<'_>) {
        match element.name.as_str() {
            "timetype" => {
                let name = element.text.trim();
                self.other_calendar = (!matches!(name, "" | "gregoriantime")).then(|| name.to_owned());
            }
            "category" => {
                let (name, color) = (element.child_text("name"), hex_color(&element.child_text("color")));
                if !name.is_empty() {
                    self.tables.kinds.push(Kind { id: name.clone(), label: name, color, ..Kind::default() });
                }
            }
            "era" => {
                self.eras.push(named_with_dates(&element.child_text("name"), &element.child_text("start"), &element.child_text("end")));
            }
            _ => self.event(element, context),
        }
    }

    /// One event.
    fn event(&mut self, mut element: Element, context: &mut Context<'_>) {
        let mut draft = Draft::new(element.line);
        draft.event.id = element.child_text("id").into();
        let written = element.child("text").map(|child| child.text).unwrap_or_default();
        let title = self.place_in_container(&written, &mut draft);
        draft.title("text", title);
        draft.event.kind = category_of(&mut element, &mut draft).into();
        draft.quote("description", element.child_text("description"));
        for address in element.child_text("hyperlink").split(';').map(str::trim).filter(|address| !address.is_empty()) {
            draft.source("hyperlink", "", address.to_owned());
        }
        draft.event.tags = element.child_text("labels").split_whitespace().map(|label| label.to_owned().into()).collect();
        let (start, end) = (element.child_text("start"), element.child_text("end"));
        let mut flag = |name: &str| element.child_text(name).eq_ignore_ascii_case("true");
        let (fuzzy, ends_today) = (flag("fuzzy"), flag("ends_today"));
        let fuzzy = [flag("fuzzy_start") || fuzzy, flag("fuzzy_end") || fuzzy];
        let _ = flag("locked");
        self.date(&mut draft, [&start, &end], fuzzy, ends_today, context);
        for mut child in element.children {
            let is_default = child.text.trim() == "False" || (child.name == "progress" && child.text.trim() == "0");
            if !is_default {
                let within: Vec<String> = child.children.drain(..).map(|inner| inner.text.trim().to_owned()).collect();
                let text = if within.is_empty() { child.text.trim().to_owned() } else { within.join("; ") };
                draft.keep(child.name, text);
            }
        }
        draft.deliver(context);
    }

    /// Takes the number off a title that says which container the event is (`[2]Title`) or belongs to (`(2)Title`); a blank before it makes it a part of the title.
    fn place_in_container(&mut self, written: &str, draft: &mut Draft<'_>) -> String {
        let numbered = |open: char, close: char| {
            let (number, title) = written.strip_prefix(open)?.split_once(close)?;
            (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| (number.to_owned(), title.to_owned()))
        };
        if let Some((number, title)) = numbered('[', ']') {
            if draft.event.id.is_empty() {
                draft.event.id = format!("container {number}").into();
            }
            self.containers.insert(number, draft.event.id.to_string());
            draft.event.tags.push("container".into());
            return title;
        }
        if let Some((number, title)) = numbered('(', ')') {
            let to = self.containers.get(&number).cloned().unwrap_or_else(|| format!("container {number}"));
            draft.event.links.push(Link { to: to.into(), relation: "part of".into() });
            return title;
        }
        written.to_owned()
    }

    /// Gives an event its date.
    fn date(&mut self, draft: &mut Draft<'_>, [start, end]: [&str; 2], fuzzy: [bool; 2], ends_today: bool, context: &mut Context<'_>) {
        if start.is_empty() && end.is_empty() {
            return;
        }
        if let Some(calendar) = &self.other_calendar {
            let message = format!(
                "The file's time is {calendar:?}, which is not read. Save it with the Gregorian calendar, or give the dates in another file."
            );
            draft.undated(context, "start", message, &format!("{start}/{end}"));
            return;
        }
        let [told_start, told_end] = [(start, fuzzy[0]), (end, fuzzy[1])].map(|(text, is_fuzzy)| self.told(text, is_fuzzy));
        let spanned = match (ends_today, start.is_empty()) {
            (true, _) => parts::spanned(told_start, Some((end.to_owned(), Ok("..".to_owned())))),
            (false, true) => parts::spanned((String::new(), Ok(String::new())), Some(told_end)),
            (false, false) => parts::spanned(told_start, (!end.is_empty()).then_some(told_end)),
        };
        // An end that is the start says nothing.
        let end = if start == end { "" } else { end };
        if ends_today && matches!(spanned, Spanned::Read(_)) {
            draft.keep("end", end.to_owned());
        }
        draft.spanned(context, ["start", "end"], [start, end], spanned);
    }

    /// A time `[-]Y-MM-DD HH:MM:SS`, the year of any number of digits.
    fn told(&mut self, text: &str, is_fuzzy: bool) -> Told {
        let (day_text, was_midnight) = without_midnight(text);
        self.midnights += u64::from(was_midnight);
        let unreadable = DateError::Unreadable { at: 1, why: "a time is written here as 2023-08-30 14:05:00" };
        let (day, clock) = day_text.split_once(' ').unwrap_or((day_text, ""));
        let unsigned = day.strip_prefix('-').unwrap_or(day);
        let year_len = day.len() - unsigned.len() + unsigned.find('-').unwrap_or(unsigned.len());
        let (year, rest) = day.split_at(year_len);
        let mut fields = rest.split('-').skip(1);
        let (month, of_month) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        if year.is_empty() || of_month.is_empty() {
            return (text.to_owned(), Err(unreadable));
        }
        let mut clock = clock.split(':');
        let mut next = || clock.next().unwrap_or_default();
        // About a day cannot be said of a minute.
        let parts = if is_fuzzy {
            Parts { year, month, day: of_month, ..Parts::default() }
        } else {
            Parts { year, month, day: of_month, hour: next(), minute: next(), second: next(), millisecond: "" }
        };
        let canonical = parts.canonical(Before::Astronomical).map(|canonical| if is_fuzzy { canonical + "~" } else { canonical });
        (text.to_owned(), canonical)
    }
}

/// The first category of an event; further ones become tags.
fn category_of(element: &mut Element, draft: &mut Draft<'_>) -> String {
    let mut names = vec![element.child_text("category")];
    if let Some(more) = element.child("categories") {
        names.extend(more.children.into_iter().map(|child| child.text.trim().to_owned()));
    }
    let mut names = names.into_iter().filter(|name| !name.is_empty());
    let first = names.next().unwrap_or_default();
    draft.event.tags.extend(names.map(Into::into));
    first
}

/// `160,230,250` as `#a0e6fa`; empty where it is something else.
fn hex_color(text: &str) -> String {
    let parts: Vec<u8> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    match parts[..] {
        [red, green, blue] => format!("#{red:02x}{green:02x}{blue:02x}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::read;

    fn file(timetype: &str, events: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<timeline>\n<version>2.4.0</version>\n<timetype>{timetype}</timetype>\n\
             <categories><category><name>Item</name><color>160,230,250</color></category></categories>\n\
             <eras><era><name>Long ago</name><start>-100-01-01 00:00:00</start><end>100-01-01 00:00:00</end><color>1,2,3</color></era></eras>\n\
             <events>\n{events}</events>\n<view><displayed_period><start>2020-07-29 22:55:31</start><end>2023-04-25 05:32:29</end></displayed_period></view>\n</timeline>\n"
        )
    }

    fn event(start: &str, end: &str, more: &str) -> String {
        format!(
            "<event><start>{start}</start><end>{end}</end>{more}<fuzzy>False</fuzzy><locked>False</locked><ends_today>False</ends_today></event>\n"
        )
    }

    #[test]
    fn times_are_read_whatever_the_digits_of_the_year() {
        let events = [
            event("-473-03-15 08:47:24", "-473-03-15 08:47:24", "<text>[2]Holder</text>"),
            event("52-05-08 02:20:00", "1200-01-01 00:00:00", "<text>(2)Held</text><progress>0</progress><category>Item</category>"),
            event(
                "2013-07-07 00:00:00",
                "2013-07-07 00:00:00",
                "<text> (3)Die &lt;zweite&gt; Szene</text><labels>sc1 sc2</labels><milestone>True</milestone>",
            ),
            event(
                "2013-07-07 00:00:00",
                "2013-07-09 00:00:00",
                "<text>Days</text><description>What was.</description><hyperlink>https://a.example;https://b.example</hyperlink>",
            ),
            event("2013-02-30 00:00:00", "2013-03-01 00:00:00", "<text>No such day</text>"),
            event("2013-02-03 00:00:00", "never", "<text>End</text>"),
        ]
        .concat();
        let (ledger, kept) = read("x.timeline", &file("gregoriantime", &events));
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated), ("timeline-project", 6, 5, 1));
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(
            whens,
            ["-0473-03-15T08:47:24", "0052-05-08T02:20:00/1200-01-01", "2013-07-07", "2013-07-07/2013-07-09", "", "2013-02-03"]
        );
        assert_eq!(
            (kept.shown[0].title.as_str(), kept.shown[0].id.as_str(), kept.shown[1].title.as_str()),
            ("Holder", "container 2", "Held")
        );
        assert_eq!(
            (kept.shown[2].title.as_str(), kept.shown[2].tags.len(), kept.shown[1].kind.as_str()),
            ("(3)Die <zweite> Szene", 2, "Item")
        );
        assert_eq!(kept.shown[2].further, [("milestone".to_owned(), "True".to_owned())]);
        assert_eq!((kept.shown[3].evidence[0][0].as_str(), kept.shown[3].evidence[2][2].as_str()), ("What was.", "https://b.example"));
        assert_eq!(kept.tables.unwrap().kinds[0].color, "#a0e6fa");
        let said: Vec<&str> = ledger.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert!(said.iter().any(|said| said.contains("Long ago (-100-01-01 00:00:00 to 100-01-01 00:00:00)")), "{said:?}");
        assert!(said.iter().any(|said| said.contains("there are 8 of them")), "{said:?}");
    }

    #[test]
    fn fuzzy_is_about_and_what_ends_today_is_open() {
        let events = "<event><start>1990-01-02 10:00:00</start><end>1991-01-02 00:00:00</end><text>A</text><fuzzy_start>True</fuzzy_start><ends_today>False</ends_today></event>\
            <event><start>1990-01-02 00:00:00</start><end>2020-01-02 11:12:13</end><text>B</text><fuzzy>False</fuzzy><ends_today>True</ends_today></event>\
            <event><start>1990-01-02 00:00:00</start><end>1990-01-02 00:00:00</end><text>C</text><fuzzy>True</fuzzy></event>\
            <event><text>D</text></event>";
        let (ledger, kept) = read("x.timeline", &file("gregoriantime", events));
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(whens, ["1990-01-02~/1991-01-02", "1990-01-02/..", "1990-01-02~", ""]);
        assert_eq!(kept.shown[1].further, [("end".to_owned(), "2020-01-02 11:12:13".to_owned())]);
        assert_eq!((ledger.plotted, ledger.undated), (3, 1));
    }

    #[test]
    fn another_calendar_keeps_its_events_undated() {
        let (ledger, kept) = read("x.timeline", &file("numtime", &event("5", "7", "<text>A</text>")));
        assert_eq!((ledger.undated, kept.shown[0].when_text.as_str()), (1, "5/7"));
        assert!(ledger.problems.iter().any(|problem| problem.message.contains("numtime")));
    }
}
