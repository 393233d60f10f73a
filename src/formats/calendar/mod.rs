//! iCalendar (RFC 5545): events, to-dos and journals; a recurring event is as many rows as it comes to.
//!
//! The file is walked twice. First what events need to know of each other is taken in: zones, which recurrences are given anew, how late the dates
//! of the file go. Then each event is passed on as it ends. Free and busy times and alarms hold no events.

mod component;
mod dates;
mod event;
mod lines;
mod recur;
mod time;
mod vzone;

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Duration, NaiveDateTime};

use super::{Confidence, Context, Format, FormatError, Head, Input, table};
use crate::model::{Event, Severity, Tables};
use component::{Component, LINES_MOST, Part, walk};
use dates::{Dated, Doubt};
use recur::Patience;
use time::{Clock, Point};
use vzone::Zones;

/// iCalendar files.
pub struct Calendar;

/// Events that one rule may come to.
const EACH_MOST: usize = 10_000;
/// Bytes that the repetitions of a file's events may take together, beside twice what the file has.
const REPEATED_FREE: usize = 32 * 1024 * 1024;
/// How often one event may be given anew from a recurrence on.
const ANEW_MOST: usize = 200;
/// Days past the latest date of the file to which rules without an end are followed.
const HORIZON_DAYS: i64 = 366;

impl Format for Calendar {
    fn name(&self) -> &'static str {
        "ics"
    }

    fn label(&self) -> &'static str {
        "iCalendar"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["ics", "ical", "ifb", "icalendar"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let first = head.text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let begins =
            ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VTODO", "BEGIN:VJOURNAL"].iter().any(|begin| first.eq_ignore_ascii_case(begin));
        match (begins, head.ends(self.endings()) && !first.is_empty()) {
            (true, _) => Confidence::Certain,
            (false, true) => Confidence::Name,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let mut calendar = Known::of(text, context)?;
        context.tables(std::mem::take(&mut calendar.tables));
        let mut reader = Reader { known: calendar, repeated: 0, repeated_most: REPEATED_FREE + 2 * text.len(), tally: Tally::default() };
        walk(text, &mut |part, done| {
            match part {
                Part::Component(component) => reader.component(&component, context),
                Part::Broken(line, text) => {
                    let message = if text.contains(':') {
                        "Not a line of a calendar: before its colon stands no name, or more than a line can have. It is passed over."
                    } else {
                        "Not a line of a calendar: it has no colon. It is passed over."
                    };
                    context.ledger.problem(Severity::Warning, line, 0, "", message, &text);
                }
            }
            context.beat(done as u64)
        })?;
        reader.tally.note(&reader.known, context);
        Ok(())
    }
}

/// An event as it is from one of its recurrences on.
struct Anew {
    /// The recurrence, as it was.
    from: Point,
    dated: Dated,
    event: Event<'static>,
}

/// What events need to know of the rest of the file.
struct Known {
    zones: Zones,
    tables: Tables,
    /// Of each event given anew, the recurrences that it replaces, as instants.
    replaced: HashMap<String, HashSet<NaiveDateTime>>,
    /// Events given anew from one recurrence on: that recurrence, and the event.
    anew: HashMap<String, Vec<Anew>>,
    /// How many more than may be were given anew so.
    anew_left_out: u64,
    /// The day to which rules without an end are followed.
    horizon: NaiveDateTime,
    /// How long rules may still look for times that there are not.
    patience: Patience,
}

impl Known {
    /// Takes it from the text.
    fn of(text: &str, context: &mut Context<'_>) -> Result<Self, FormatError> {
        let mut known = Self {
            zones: Zones::default(),
            tables: Tables::default(),
            replaced: HashMap::new(),
            anew: HashMap::new(),
            anew_left_out: 0,
            horizon: NaiveDateTime::MIN,
            patience: Patience::of(text.len()),
        };
        if let Some(zone) = context.options.dialect.zone {
            known.zones.set_usual(zone.name());
            table::note_zone(context);
        }
        let mut given_anew: Vec<Component<'_>> = Vec::new();
        let mut latest: Option<NaiveDateTime> = None;
        walk(text, &mut |part, _| {
            context.beat(0)?;
            let Part::Component(component) = part else { return Ok(()) };
            match component.name.as_str() {
                "VTIMEZONE" => known.zones.add(&component, &mut known.patience),
                "VCALENDAR" => {
                    known.name(&component);
                    known.place(&component, context);
                }
                "VFREEBUSY" => {}
                _ => {
                    for line in component.lines.iter().filter(|line| DATED.contains(&line.name.as_ref())) {
                        let points = line.value.split([',', '/']).filter_map(|text| Point::read(text, Clock::Floating));
                        latest = points.map(|point| point.local).filter(|local| (1..=2200).contains(&local.year())).chain(latest).max();
                    }
                    if component.line("RECURRENCE-ID").is_some() {
                        given_anew.push(component);
                    }
                }
            }
            Ok(())
        })?;
        known.horizon = latest.and_then(|latest| latest.checked_add_signed(Duration::days(HORIZON_DAYS))).unwrap_or(NaiveDateTime::MIN);
        for component in given_anew {
            known.replace(&component);
        }
        Ok(known)
    }

    /// Takes the name of a calendar, unless there is one already.
    fn name(&mut self, calendar: &Component<'_>) {
        let text = |names: [&str; 2]| {
            names.iter().find_map(|name| calendar.line(name)).map(|line| line.text().trim().to_owned()).unwrap_or_default()
        };
        if self.tables.title.is_empty() {
            self.tables.title = text(["X-WR-CALNAME", "NAME"]);
            self.tables.description = text(["X-WR-CALDESC", "DESCRIPTION"]);
        }
    }

    /// Takes the zone that a calendar names as its own, which is that of its times without one.
    fn place(&mut self, calendar: &Component<'_>, context: &mut Context<'_>) {
        let Some(line) = calendar.line("X-WR-TIMEZONE") else { return };
        let id = line.text().trim().to_owned();
        if self.zones.set_usual(&id) {
            context.note(format!(
                "Times that name no zone are read by the clocks of {id}, which the calendar names as its own. `--assume-zone` says otherwise."
            ));
        } else if !id.is_empty() && self.zones.usual() == Clock::Floating {
            let message = format!("The calendar's own zone {id:?} is not known; times that name no zone stand as written.");
            context.ledger.problem(Severity::Warning, line.number, 0, "X-WR-TIMEZONE", message, &id);
        }
    }

    /// Takes in an event that gives a recurrence of another anew.
    fn replace(&mut self, component: &Component<'_>) {
        let Some(uid) = component.line("UID").map(|line| line.value.trim().to_owned()) else { return };
        let Some(line) = component.line("RECURRENCE-ID") else { return };
        let Some(point) = Point::read(&line.value, dates::clock_of(line, &mut self.zones).unwrap_or(Clock::Floating)) else { return };
        let is_onward = line.param("RANGE").is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE"));
        self.replaced.entry(uid.clone()).or_default().insert(point.instant(&self.zones));
        if is_onward && let Some(dated) = Dated::of(component, &mut self.zones, &mut |_| {}) {
            let anew = self.anew.entry(uid).or_default();
            if anew.len() >= ANEW_MOST {
                self.anew_left_out += 1;
                return;
            }
            let at = anew.partition_point(|one| one.from.local <= point.local);
            anew.insert(at, Anew { from: point, dated, event: event::skeleton(component) });
        }
    }
}

/// Lines that hold dates by which the latest of a file is told.
const DATED: [&str; 9] = ["DTSTART", "DTEND", "DUE", "DTSTAMP", "LAST-MODIFIED", "CREATED", "RECURRENCE-ID", "RDATE", "COMPLETED"];

/// What a reader counts for the notes at the end.
#[derive(Default)]
struct Tally {
    busy: u64,
    passed_over: u64,
    endless: u64,
    endless_events: u64,
    of_rules: u64,
}

impl Tally {
    /// Notes what a person should know about the file as a whole.
    fn note(&self, known: &Known, context: &mut Context<'_>) {
        if self.endless > 0 {
            context.note(format!(
                "{} rules of recurrence have no end. They are followed to {}, a year past the latest date in the file, and give {} events.",
                self.endless,
                known.horizon.format("%Y-%m-%d"),
                self.endless_events
            ));
        }
        if known.anew_left_out > 0 {
            let message = format!(
                "{} events are given anew from a recurrence on, beyond {ANEW_MOST} of one event: they count for that recurrence alone.",
                known.anew_left_out
            );
            context.ledger.problem(Severity::Warning, 0, 0, "RECURRENCE-ID", message, "");
        }
        if self.of_rules > 0 {
            context.note(format!("{} events are repetitions: each stands at its own time.", self.of_rules));
        }
        if self.busy > 0 {
            context.note(format!("{} lists of free and busy times hold no events; they are passed over.", self.busy));
        }
        if self.passed_over > 0 {
            context.note(format!("{} alarms and other parts of events are passed over.", self.passed_over));
        }
        if context.ledger.rows == 0 {
            context.note("The calendar holds no events.");
        }
    }
}

/// Passes events on.
struct Reader {
    known: Known,
    /// Bytes that repetitions took so far, and may take.
    repeated: usize,
    repeated_most: usize,
    tally: Tally,
}

impl Reader {
    /// Passes on the events of a component.
    fn component(&mut self, component: &Component<'_>, context: &mut Context<'_>) {
        match component.name.as_str() {
            "VEVENT" | "VTODO" | "VJOURNAL" => {}
            "VFREEBUSY" => {
                self.tally.busy += 1;
                return;
            }
            _ => return,
        }
        self.tally.passed_over += u64::from(component.passed_over);
        context.count_record();
        let line = component.number;
        if !component.is_closed {
            let message = "The event has no end; it is read as far as it goes.";
            context.ledger.problem(Severity::Warning, line, 0, "", message, "");
        }
        if component.left_out > 0 {
            let message = format!("The event has more than {LINES_MOST} lines. The {} behind them are left out.", component.left_out);
            context.ledger.problem(Severity::Warning, line, 0, "", message, "");
        }
        let mut event = event::skeleton(component);
        let uid = component.line("UID").map(|line| line.value.trim().to_owned()).unwrap_or_default();
        event.id = match component.line("RECURRENCE-ID") {
            Some(line) if !uid.is_empty() => format!("{uid}/{}", line.value.trim()).into(),
            _ => uid.clone().into(),
        };
        let mut tell = |problem: Doubt<'_>| {
            let Doubt { severity, line, message } = problem;
            context.ledger.problem(
                severity,
                line.map_or(component.number, |line| line.number),
                0,
                line.map_or("DTSTART", |line| &line.name),
                message,
                line.map_or("", |line| &line.value),
            );
        };
        let Some(dated) = Dated::of(component, &mut self.known.zones, &mut tell) else {
            event.when_text = dates::written(component).into();
            context.deliver(&event, line);
            return;
        };
        let repeats = ["RRULE", "RDATE"].iter().any(|name| component.line(name).is_some()) && component.line("RECURRENCE-ID").is_none();
        if repeats {
            self.repeat(component, &dated, &event, &uid, context);
        } else {
            let canonical = dated.canonical(dated.start, None, &self.known.zones);
            dates::give(&mut event, dates::written(component), &canonical, line, context);
            context.deliver(&event, line);
        }
    }
}

#[cfg(test)]
mod tests;
