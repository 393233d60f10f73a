//! markwhen (`.mw`): lines such as `1960 - 1967: title`, with text below, in groups and sections.
//!
//! A repetition (`every week`) gives its first event alone, and says so. Dates that hang on the day on which the file is read ("now: …") stay undated; "now" as an end is an open end.

mod dates;
mod lines;

use std::collections::{HashMap, HashSet, VecDeque};

use super::draft::Draft;
use super::links;
use super::{Confidence, Context, Format, FormatError, Head, Input};
use crate::formats::context::line_number;
use crate::model::{Evidence, Further, Kind, Participant, Severity, Tables, Value};
use crate::time::Reading as Meaning;
use crate::time::{DateOrder, Dialect, When};
use dates::{Known, Written};
use lines::{Line, split_tags};

/// A markwhen file.
pub struct Markwhen;

const ENDINGS: [&str; 2] = ["mw", "markwhen"];
/// Lines by which a file is told.
const LINES_TRIED: usize = 400;
/// Groups within each other that are followed; of more, the outermost are taken as ended.
const GROUPS_MOST: usize = 100;
/// Tags that an event has by its groups.
const GROUP_TAGS_MOST: usize = 100;

impl Format for Markwhen {
    fn name(&self) -> &'static str {
        "markwhen"
    }

    fn label(&self) -> &'static str {
        "markwhen"
    }

    fn endings(&self) -> &'static [&'static str] {
        &ENDINGS
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let named = head.ends(&ENDINGS);
        let is_mark = |line: &str| {
            let word = line.split([' ', ':']).next().unwrap_or_default();
            ["title", "group", "section"].iter().any(|mark| mark.eq_ignore_ascii_case(word))
        };
        // Without the name only a file with a group or a title can be one, and the dates of all others need not be tried.
        if !named && !head.text.lines().take(LINES_TRIED).any(is_mark) {
            return Confidence::No;
        }
        let dialect = Dialect { order: Some(DateOrder::Mdy), ..Dialect::default() };
        let events = head.text.lines().take(LINES_TRIED).filter(|line| matches!(Line::of(line, dialect), Line::Event { .. })).count();
        match (named, events) {
            (true, 1..) => Confidence::Certain,
            (true, 0) => Confidence::Name,
            (false, 3..) => Confidence::Shape,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let mut reading = Reading {
            dialect: Dialect { order: context.options.dialect.order.or(Some(DateOrder::Mdy)), ..context.options.dialect },
            ..Reading::default()
        };
        for (number, line) in (1_u64..).zip(text.lines()) {
            context.beat((line.as_ptr() as usize).saturating_sub(text.as_ptr() as usize) as u64)?;
            reading.take(line, line_number(number), context);
        }
        reading.finish(context);
        Ok(())
    }
}

/// A group or section that is open.
struct Group {
    name: String,
    tags: Vec<String>,
    /// The number of signs of its heading; 0 where it is opened and closed by words.
    level: usize,
}

/// An event whose text is still being read.
struct Begun {
    line: u32,
    written: String,
    date: Written,
    title: String,
    /// The lines below it.
    text: String,
    group: String,
    tags: Vec<String>,
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    dialect: Dialect,
    tables: Tables,
    colors: HashMap<String, String>,
    groups: VecDeque<Group>,
    /// Groups that were taken as ended, and events that have not all tags of their groups.
    groups_left_out: u64,
    tags_left_out: u64,
    /// The names of the kinds in the tables.
    kinds: HashSet<String>,
    begun: Option<Begun>,
    /// Whether an event or a group has been seen, so that the header is over.
    is_past_header: bool,
    in_front_matter: bool,
    known: Known,
}

impl Reading {
    fn take(&mut self, text: &str, number: u32, context: &mut Context<'_>) {
        if text.trim_start().starts_with("//") {
            return;
        }
        if !self.is_past_header && text.trim_end() == "---" {
            self.in_front_matter = !self.in_front_matter;
            return;
        }
        if self.in_front_matter {
            self.header(text);
            return;
        }
        match Line::of(text, self.dialect) {
            Line::Event { written, date, rest } => {
                self.flush(context);
                self.is_past_header = true;
                let (title, own) = split_tags(rest);
                let of_groups = self.groups.iter().flat_map(|group| &group.tags);
                self.tags_left_out += u64::from(of_groups.clone().nth(GROUP_TAGS_MOST).is_some());
                let tags = of_groups.take(GROUP_TAGS_MOST).cloned().chain(own).collect();
                let group = self.groups.back().map(|group| group.name.clone()).unwrap_or_default();
                self.begun = Some(Begun { line: number, written: written.to_owned(), date, title, text: String::new(), group, tags });
            }
            Line::Open { name, is_heading, level } => {
                self.flush(context);
                self.is_past_header = true;
                if is_heading {
                    self.groups.retain(|group| group.level < level);
                }
                let (name, tags) = split_tags(name);
                let name = name.trim().trim_end_matches(':').trim().trim_matches('"').trim().to_owned();
                self.kind_of(&name, &tags);
                self.groups.push_back(Group { name, tags, level });
                if self.groups.len() > GROUPS_MOST {
                    self.groups.pop_front();
                    self.groups_left_out += 1;
                }
            }
            Line::Close => {
                self.flush(context);
                self.groups.pop_back();
            }
            Line::Break => {
                self.flush(context);
                self.groups.clear();
            }
            Line::Other => match &mut self.begun {
                Some(begun) => begun.text.extend([text.trim_end(), "\n"]),
                None => self.header(text),
            },
        }
    }

    /// A line of the header: `title: …`, `#tag: colour`, or any other key.
    fn header(&mut self, text: &str) {
        let Some((key, value)) = text.split_once(':') else {
            // Text before the first event says what the file is about.
            let text = text.trim();
            if !text.is_empty() {
                let glue = if self.tables.description.is_empty() { "" } else { "\n" };
                self.tables.description.extend([glue, text]);
            }
            return;
        };
        let (key, value) = (key.trim(), value.trim());
        if let Some(tag) = key.strip_prefix('#') {
            self.colors.insert(tag.to_lowercase(), value.to_owned());
            return;
        }
        match key {
            "title" => value.trim_matches('"').clone_into(&mut self.tables.title),
            "description" => value.trim_matches('"').clone_into(&mut self.tables.description),
            "" => {}
            _ => {
                if key == "dateFormat" && value.starts_with(['d', 'D']) && self.dialect.order == Some(DateOrder::Mdy) {
                    self.dialect.order = Some(DateOrder::Dmy);
                }
                let value = Value::Text(value.to_owned().into());
                self.tables.further.push(Further { name: key.to_owned().into(), value });
            }
        }
    }

    /// Keeps a group as a kind, with the colour of its first tag that has one.
    fn kind_of(&mut self, name: &str, tags: &[String]) {
        if name.is_empty() || !self.kinds.insert(name.to_owned()) {
            return;
        }
        let color =
            tags.iter().find_map(|tag| self.colors.get(&tag.to_lowercase())).filter(|color| color.starts_with('#') && color.len() == 7);
        self.tables.kinds.push(Kind {
            id: name.to_owned(),
            label: name.to_owned(),
            color: color.cloned().unwrap_or_default(),
            ..Kind::default()
        });
    }

    /// Delivers the event whose text has ended.
    fn flush(&mut self, context: &mut Context<'_>) {
        let Some(begun) = self.begun.take() else { return };
        let mut draft = Draft::new(begun.line);
        draft.event.kind = begun.group.into();
        draft.event.tags = begun.tags.into_iter().map(Into::into).collect();
        let (title, mark) = match begun.title.rsplit_once('!') {
            Some((title, id))
                if !id.is_empty()
                    && id.chars().all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '-')
                    && title.ends_with(' ') =>
            {
                (title.to_owned(), id.to_owned())
            }
            _ => (begun.title, String::new()),
        };
        draft.event.id = mark.into();
        let title = links::take_links(&title);
        draft.event.title = if title.text.is_empty() {
            title.links.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>().join(", ").into()
        } else {
            title.text.into()
        };
        take_text(&mut draft, &begun.text, title.links);
        let id = draft.event.id.to_string();
        if let Some(repetition) = &begun.date.repetition {
            let message =
                format!("The event repeats ({repetition}). Only the first of them is drawn; write the others as events of their own.");
            context.ledger.problem(Severity::Warning, begun.line, 0, "", message, &begun.written);
            draft.keep("repeats", repetition.clone());
        }
        let when = self.known.when(&begun.date, &begun.written, self.dialect);
        let reading: Option<Meaning> = when.as_ref().ok().map(|when: &When<'_>| when.reading);
        match when {
            Ok(when) => draft.date(context, "date", &begun.written, Ok(when)),
            Err(message) => draft.undated(context, "date", message, &begun.written),
        }
        self.known.remember(&id, reading);
        draft.deliver(context);
    }

    fn finish(mut self, context: &mut Context<'_>) {
        self.flush(context);
        let mut warn = |message: String| context.ledger.problem(Severity::Warning, 0, 0, "", message, "");
        if self.groups_left_out > 0 {
            warn(format!(
                "{} groups have more than {GROUPS_MOST} within each other; they are taken as ended. Is `endGroup` missing?",
                self.groups_left_out
            ));
        }
        if self.tags_left_out > 0 {
            warn(format!("{} events have the first {GROUP_TAGS_MOST} tags of their groups alone.", self.tags_left_out));
        }
        for (tag, color) in &mut std::collections::BTreeMap::from_iter(std::mem::take(&mut self.colors)) {
            let value = Value::Text(std::mem::take(color).into());
            self.tables.further.push(Further { name: format!("#{tag}").into(), value });
        }
        context.tables(self.tables);
    }
}

/// The lines below an event: what it is known by, where it was, and a sentence with its sources.
fn take_text(draft: &mut Draft<'_>, lines: &str, more: Vec<(String, String)>) {
    let mut text = String::new();
    let mut is_property = true;
    for line in lines.lines() {
        is_property = is_property && take_property(draft, line);
        if !is_property {
            text.push_str(line);
            text.push('\n');
        }
    }
    let mut taken = links::take_links(&text);
    taken.links.extend(more);
    taken.links.retain(|(words, address)| {
        let is_place = address.eq_ignore_ascii_case("location");
        if is_place {
            draft.event.place = words.clone().into();
        }
        !is_place
    });
    if taken.text != text.trim() {
        draft.keep("text as written", text.trim().to_owned());
    }
    if !taken.text.is_empty() {
        draft.event.evidence.push(Evidence { quote: taken.text.into(), ..Evidence::default() });
    }
    for (words, address) in taken.links {
        draft.source("link", words, address);
    }
}

/// Takes a line such as `id: start` for what it is; false where it is text.
fn take_property(draft: &mut Draft<'_>, line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let value = value.trim();
    let list = || {
        value
            .trim_matches(['[', ']'])
            .split(',')
            .map(|item| item.trim().trim_matches('"').to_owned())
            .filter(|item| !item.is_empty())
            .collect::<Vec<_>>()
    };
    match key.trim() {
        "id" => draft.event.id = value.to_owned().into(),
        "location" => draft.event.place = value.to_owned().into(),
        "tags" => draft.event.tags.extend(list().into_iter().map(Into::into)),
        "assignees" | "assignee" | "contacts" | "contact" => {
            draft.event.actors.extend(list().into_iter().map(|name| Participant { name: name.into(), role: "".into() }));
        }
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::read;

    const FILE: &str = "title: A history\ndescription: Of things\n\n#Early: #00ff00\n#Other: red\n// a comment\n\ngroup Early Things: #Early\n\n1927: The machine #seen\nBy someone\n[A hall](location)\n\n\
        It did [this](https://x.example/this) and that.\n[Page](https://y.example/p_(q))\n\n1930 - 1967: Memex\n1971-now: find\nsection \"Inner\"\nNovember 1973-now: grep !grep\nendSection\n\
        1969-January 1983: NCP\nendGroup\n2020-02-22T12:13:14Z-now: Long\n1892/2021-08-12: EDTF\n11/11/2024-12/12/2024: Numbers\n10:30 is not a date: so this is text\n2013-02-30: No such day\n\
        now: Today\nJuly 13 2021 every week for 3 weeks: Again\n";

    #[test]
    fn events_with_groups_tags_places_and_links() {
        let (ledger, kept) = read("x.mw", FILE);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated), ("markwhen", 11, 9, 2));
        let machine = &kept.shown[0];
        assert_eq!(
            (machine.title.as_str(), machine.kind.as_str(), machine.place.as_str(), machine.line),
            ("The machine", "Early Things", "A hall", 10)
        );
        assert_eq!(machine.tags, ["Early", "seen"]);
        assert_eq!(machine.evidence[0][0], "By someone\n\nIt did this and that.");
        let sources: Vec<&str> = machine.evidence[1..].iter().map(|evidence| evidence[2].as_str()).collect();
        assert_eq!(sources, ["https://x.example/this", "https://y.example/p_(q)"]);
        let tables = kept.tables.unwrap();
        assert_eq!(
            (tables.title.as_str(), tables.kinds[0].label.as_str(), tables.kinds[0].color.as_str()),
            ("A history", "Early Things", "#00ff00")
        );
        assert_eq!(
            (kept.shown[3].kind.as_str(), kept.shown[3].id.as_str(), kept.shown[4].kind.as_str(), kept.shown[5].kind.as_str()),
            ("Inner", "grep", "Early Things", "")
        );
    }

    #[test]
    fn dates_in_every_form() {
        let (ledger, kept) = read("x.mw", FILE);
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(
            whens,
            [
                "1927",
                "1930/1967",
                "1971/..",
                "1973-11/..",
                "1969/1983-01",
                "2020-02-22T12:13:14Z/..",
                "1892/2021-08-12",
                "2024-11-11/2024-12-12",
                "",
                "",
                "2021-07-13"
            ]
        );
        assert_eq!(kept.shown[7].evidence[0][0], "10:30 is not a date: so this is text");
        let said: Vec<(u32, &str)> = ledger.problems.iter().map(|problem| (problem.line, problem.severity.name())).collect();
        assert_eq!(said, [(28, "error"), (29, "error"), (30, "warning")]);
    }

    #[test]
    fn relative_dates_go_on_from_what_they_name() {
        let text = "title: R\nAbout it.\ndateFormat: d/M/y\n3/2/2020 - 5/2/2020: A\nid: first\n5 days: B\n2020-03 - 2 weeks: C\nafter !first 1 month: D\nbefore !first 1 week: E\n!none 3 days: F\n2019: G\n\
            2 years: H\n2020-05-01T10:00 - 90 minutes: I\n1 hour: J\n";
        let (ledger, kept) = read("x.mw", text);
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(
            whens,
            [
                "2020-02-03/2020-02-05",
                "2020-02-06/2020-02-10",
                "2020-03-01/2020-03-14",
                "2020-02-06/2020-03-05",
                "2020-01-27/2020-02-02",
                "",
                "2019",
                "2020-01-01/2021-12-31",
                "2020-05-01T10:00/2020-05-01T11:30",
                "2020-05-01T11:30/2020-05-01T12:30"
            ]
        );
        assert_eq!((ledger.undated, kept.shown[1].when_text.as_str(), kept.shown[0].id.as_str()), (1, "5 days", "first"));
        assert_eq!(kept.tables.unwrap().description, "About it.");
    }

    #[test]
    fn a_file_is_known_without_its_name_by_three_events_and_a_group() {
        let events = "1927: a\n1928 - 1930: b\n1931: c\n";
        assert_eq!(read("x.txt", &format!("group G\n{events}endGroup\n")).0.format, "markwhen");
        let log = crate::formats::testing::read_with("x.txt", events.as_bytes(), &crate::formats::ReadOptions::default());
        assert!(log.is_err(), "lines that begin with a date are a log as well");
    }

    #[test]
    fn groups_that_never_end_cost_no_more_than_their_lines() {
        let groups = (0..300).map(|number| format!("group G{number} #t{number}\n")).collect::<Vec<_>>().concat();
        let (ledger, kept) = read("x.mw", &format!("{groups}2020: a\n2021: b\n{}2022: c\n", "endGroup\n".repeat(300)));
        assert_eq!((kept.shown[0].kind.as_str(), kept.shown[0].tags.len(), kept.shown[2].kind.as_str()), ("G299", 100, ""));
        assert!(ledger.problems.iter().any(|problem| problem.message.starts_with("200 groups")), "{:?}", ledger.problems);
        let tags = (0..300).map(|number| format!(" #t{number}")).collect::<Vec<_>>().concat();
        let (ledger, kept) = read("x.mw", &format!("group G{tags}\n2020: a #own\n2021: b\n2022: c\n"));
        assert_eq!((kept.shown[0].tags.len(), kept.shown[1].tags.len()), (101, 100));
        assert!(ledger.problems.iter().any(|problem| problem.message.starts_with("3 events have")), "{:?}", ledger.problems);
    }

    #[test]
    fn headings_are_sections_and_a_yaml_header_is_read() {
        let (ledger, kept) =
            read("x.mw", "---\ntitle: \"T\"\n#A: #010203\n---\n# One #A\n2020: a\n## Two\n2021: b\n# Three\n2022: c\nassignees: [X, Y]\n");
        let kinds: Vec<&str> = kept.shown.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!((kinds, ledger.rows), (vec!["One", "Two", "Three"], 3));
        assert_eq!((kept.shown[1].tags.as_slice(), kept.shown[2].actors.len()), (["A".to_owned()].as_slice(), 2));
        assert_eq!(kept.tables.unwrap().kinds[0].color, "#010203");
    }
}
