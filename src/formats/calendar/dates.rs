//! When an event of a calendar is: its start, its end, and each time at which it comes again.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::{Duration, NaiveDateTime};

use super::component::Component;
use super::lines::Line;
use super::recur::{Cut, expand};
use super::time::{Clock, Length, Point, points};
use super::vzone::Zones;
use super::{EACH_MOST, Reader, event};
use crate::formats::Context;
use crate::formats::dates::{Spanned, read_span, report_doubt};
use crate::formats::table::reason;
use crate::model::{Event, Severity};
use crate::time::{Dialect, When};

/// Times at which one event may come.
const TIMES_MOST: usize = 50_000;

/// Where an event ends.
#[derive(Clone, Copy)]
enum End {
    Unsaid,
    At(Point),
    After(Length),
}

/// The start and the end that an event states.
#[derive(Clone, Copy)]
pub(super) struct Dated {
    pub start: Point,
    end: End,
}

/// The clock that a line names, or that of times that name none; `None` for a zone that is not known.
pub(super) fn clock_of(line: &Line<'_>, zones: &mut Zones) -> Option<Clock> {
    match line.param("TZID") {
        Some(id) => zones.clock(id),
        None => Some(zones.usual()),
    }
}

/// The start and the end as they stand in the file.
pub(super) fn written(component: &Component<'_>) -> String {
    let start = component.line("DTSTART").or_else(|| component.line("DUE"));
    let end = component.line("DTEND").or_else(|| component.line("DURATION")).or_else(|| start.and(component.line("DUE")));
    let mut text = start.map(|line| line.value.trim().to_owned()).unwrap_or_default();
    if let Some(end) = end.filter(|end| Some(*end) != start) {
        text.push('/');
        text.push_str(end.value.trim());
    }
    if let Some(zone) = start.and_then(|line| line.param("TZID")).filter(|_| text.len() < 100) {
        text = format!("{text} {zone}");
    }
    text
}

/// What is doubtful about a line; without one, about the event.
pub(super) struct Doubt<'l> {
    pub severity: Severity,
    pub line: Option<&'l Line<'l>>,
    pub message: String,
}

/// What is told of a doubt.
type Tell<'t> = dyn FnMut(Doubt<'_>) + 't;

/// Reads the point of a line; an unknown zone is a warning, and the time then stands as written.
fn point(line: &Line<'_>, zones: &mut Zones, tell: &mut Tell<'_>) -> Option<Point> {
    let clock = clock_of(line, zones);
    let point = Point::read(&line.value, clock.unwrap_or(Clock::Floating))?;
    if clock.is_none() && !point.is_day && point.clock == Clock::Floating {
        let zone = line.param("TZID").unwrap_or_default();
        let message = format!("The zone {zone:?} is not known; the time stands as written, without a zone.");
        tell(Doubt { severity: Severity::Warning, line: Some(line), message });
    }
    if let Some((_, Some(doubt))) = point.offset(zones) {
        tell(Doubt { severity: Severity::Warning, line: Some(line), message: format!("Two readings: {doubt}.") });
    }
    Some(point)
}

impl Dated {
    /// Takes them from a component. `None`, with the reason told, where there is no start that can be read.
    pub(super) fn of(component: &Component<'_>, zones: &mut Zones, tell: &mut Tell<'_>) -> Option<Self> {
        const NONE: &str = "The event has no date. It is kept among the undated.";
        const FORM: &str = "Not a date of a calendar, such as 20230830 or 20230830T101500Z. The event is kept among the undated.";
        const END: &str = "The end can't be read; the event stands at its start.";
        let Some(line) = component.line("DTSTART").or_else(|| component.line("DUE")) else {
            tell(Doubt { severity: Severity::Error, line: None, message: NONE.to_owned() });
            return None;
        };
        let Some(start) = point(line, zones, tell) else {
            tell(Doubt { severity: Severity::Error, line: Some(line), message: FORM.to_owned() });
            return None;
        };
        let end_line = component.line("DTEND").or_else(|| component.line("DUE").filter(|_| line.name == "DTSTART"));
        let end = match (end_line, component.line("DURATION")) {
            (Some(line), _) => point(line, zones, tell).map(End::At).ok_or(line),
            (None, Some(line)) => Length::read(&line.value).map(End::After).ok_or(line),
            (None, None) => Ok(End::Unsaid),
        };
        let end = end.unwrap_or_else(|line| {
            tell(Doubt { severity: Severity::Warning, line: Some(line), message: END.to_owned() });
            End::Unsaid
        });
        Some(Self { start, end })
    }

    /// The canonical text of the event as it begins at a point, which is its own start or a repetition of it, and ends there or as it always does.
    pub(super) fn canonical(&self, start: Point, end: Option<Point>, zones: &Zones) -> (String, String) {
        let moved = start.local - self.start.local;
        let end = end.or(match self.end {
            End::Unsaid => None,
            End::At(end) => end.moved(moved),
            End::After(length) => length.after(start, zones),
        });
        // The end of whole days is the day behind the last.
        let last = |end: Point| if end.is_day && end.local > start.local { end.moved(Duration::days(-1)).unwrap_or(end) } else { end };
        (start.canonical(zones), end.map(|end| last(end).canonical(zones)).unwrap_or_default())
    }
}

/// Gives an event its date; where it cannot be one, the ledger says why.
pub(super) fn give(event: &mut Event<'_>, written: String, (start, end): &(String, String), line: u32, context: &mut Context<'_>) {
    let spanned = read_span(start, end, Dialect::default()).into_owned();
    let with_text = |when: When<'static>, written: String| {
        let canonical = when.canonical().to_owned();
        let canonical = (canonical != written).then(|| canonical.into());
        When { text: Cow::Owned(written), canonical, ..when }
    };
    match spanned {
        Spanned::Read(when) => {
            report_doubt(&when, context.ledger, line, "DTSTART");
            event.when = Some(with_text(when, written));
        }
        Spanned::StartOnly(when, error) => {
            context.ledger.problem(Severity::Warning, line, 0, "DTEND", format!("The end was left out: {error}."), end);
            event.when = Some(with_text(when, written));
        }
        Spanned::Failed(error) => {
            context.ledger.problem(Severity::Error, line, 0, "DTSTART", reason(&error), &written);
            event.when_text = Cow::Owned(written);
        }
    }
}

impl Reader {
    /// Passes on an event at each time at which it comes.
    pub(super) fn repeat(
        &mut self,
        component: &Component<'_>,
        dated: &Dated,
        event: &Event<'static>,
        uid: &str,
        context: &mut Context<'_>,
    ) {
        let (mut times, endless) = self.times(component, dated, context);
        let taken_out = self.taken_out(component, dated, context);
        let zones = &self.known.zones;
        let none = HashSet::new();
        let replaced = self.known.replaced.get(uid).filter(|_| !uid.is_empty()).unwrap_or(&none);
        let is_out = |point: Point| {
            let instant = point.instant(zones);
            taken_out.contains(&instant)
                || taken_out.contains(&point.local)
                || replaced.contains(&instant)
                || replaced.contains(&point.local)
        };
        times.retain(|(point, _)| !is_out(*point));
        let line = component.number;
        if times.is_empty() {
            context.ledger.problem(Severity::Note, line, 0, "", "All its times are taken out or given anew elsewhere.", &event.title);
        }
        let anew = self.known.anew.get(uid).map_or(&[][..], Vec::as_slice);
        let cost = event::bytes_of(event);
        for (count, (point, end)) in times.iter().enumerate() {
            if count > 0 && self.repeated + cost > self.repeated_most {
                let message = format!("Only {count} of {} repetitions are given: those of this file take too much memory.", times.len());
                context.ledger.problem(Severity::Warning, line, 0, "RRULE", message, &event.title);
                break;
            }
            let is_first = *point == dated.start;
            let later = anew.iter().rev().find(|one| one.from.local < point.local);
            let (mut own, (start, dated)) = match later {
                Some(one) => {
                    let start = one.dated.start;
                    let local = start.local.checked_add_signed(point.local - one.from.local).unwrap_or(start.local);
                    (one.event.clone(), (Point { local, ..start }, &one.dated))
                }
                None => (event.clone(), (*point, dated)),
            };
            let canonical = dated.canonical(start, *end, zones);
            own.id = if is_first || uid.is_empty() {
                uid.to_owned().into()
            } else {
                format!("{uid}/{}", point.local.format(if point.is_day { "%Y%m%d" } else { "%Y%m%dT%H%M%S" })).into()
            };
            let text = match (is_first, canonical.1.is_empty()) {
                (true, _) => written(component),
                (_, true) => canonical.0.clone(),
                _ => format!("{}/{}", canonical.0, canonical.1),
            };
            give(&mut own, text, &canonical, line, context);
            context.deliver(&own, line);
            self.repeated += if count > 0 { cost } else { 0 };
            self.tally.of_rules += u64::from(count > 0);
            self.tally.endless_events += u64::from(endless);
        }
    }

    /// Every time at which an event comes, in order, and whether a rule of it has no end.
    fn times(&mut self, component: &Component<'_>, dated: &Dated, context: &mut Context<'_>) -> (Vec<(Point, Option<Point>)>, bool) {
        let start = dated.start;
        let mut times = vec![(start, None)];
        let mut endless = false;
        for line in component.lines("RRULE") {
            let (locals, is_endless) = self.expanded(line, start, context);
            endless |= is_endless;
            times.extend(locals.into_iter().map(|local| (Point { local, ..start }, None)));
        }
        let mut left_out = 0_u64;
        for line in component.lines("RDATE") {
            let clock = clock_of(line, &mut self.known.zones).unwrap_or(start.clock);
            for found in points(line, clock, &self.known.zones) {
                match found {
                    Ok(found) if times.len() < TIMES_MOST => times.push(found),
                    Ok(_) => left_out += 1,
                    Err(text) => {
                        context.count_record();
                        let message = "This further time of the event is no date or period of a calendar. Mend it, or take it out.";
                        context.ledger.reject(line.number, 0, "RDATE", message, &text);
                    }
                }
            }
        }
        if left_out > 0 {
            let message = format!("The event names more than {TIMES_MOST} times. The {left_out} behind them are left out.");
            context.ledger.problem(Severity::Warning, component.number, 0, "RDATE", message, "");
        }
        let zones = &self.known.zones;
        // A time that is given twice is one; that with an end of its own says more.
        times.sort_by_key(|(point, end)| (point.instant(zones), end.is_none()));
        times.dedup_by_key(|(point, _)| point.instant(zones));
        self.tally.endless += u64::from(endless);
        (times, endless)
    }

    /// The times of a rule; what is wrong with it goes to the ledger.
    fn expanded(&mut self, line: &Line<'_>, start: Point, context: &mut Context<'_>) -> (Vec<NaiveDateTime>, bool) {
        let mut warn = |message: String| context.ledger.problem(Severity::Warning, line.number, 0, &line.name, message, &line.value);
        let zones = &self.known.zones;
        let on_wall = |utc: NaiveDateTime| {
            let offset_s = Point { local: utc, is_day: false, clock: start.clock }.offset(zones).map_or(0, |offset| offset.0);
            utc.checked_add_signed(Duration::seconds(i64::from(offset_s)))
        };
        match expand(&line.value, start.local, self.known.horizon.max(start.local), EACH_MOST, &mut self.known.patience, on_wall) {
            Ok(expansion) => {
                match expansion.cut {
                    None => {}
                    Some(Cut::Many) => warn(format!("The rule gives more than {EACH_MOST} events; the first {EACH_MOST} are read.")),
                    Some(Cut::Fruitless) => warn("The rule was followed for long and gave no more; check it.".to_owned()),
                    Some(Cut::PastYears) => {
                        warn(
                            "The rule goes on past the year 9999, the last that a calendar can write; it is followed to there.".to_owned(),
                        );
                    }
                }
                (expansion.times, expansion.is_endless)
            }
            Err(why) => {
                warn(format!("The rule can't be followed: {}. The event stands at its start.", why.trim_end_matches('.')));
                (Vec::new(), false)
            }
        }
    }

    /// The times that are taken out, as they stand and as instants.
    fn taken_out(&mut self, component: &Component<'_>, dated: &Dated, context: &mut Context<'_>) -> HashSet<NaiveDateTime> {
        let mut out = HashSet::new();
        for line in component.lines("EXDATE") {
            let clock = clock_of(line, &mut self.known.zones).unwrap_or(dated.start.clock);
            for found in points(line, clock, &self.known.zones) {
                match found {
                    Ok((point, _)) if point.is_day && !dated.start.is_day => {
                        out.insert(point.local.date().and_time(dated.start.local.time()));
                    }
                    Ok((point, _)) => {
                        out.insert(point.instant(&self.known.zones));
                        if dated.start.clock == Clock::Floating {
                            out.insert(point.local);
                        }
                    }
                    Err(text) => {
                        let message = "This time to be taken out is no date of a calendar; nothing is taken out for it.";
                        context.ledger.problem(Severity::Warning, line.number, 0, "EXDATE", message, &text);
                    }
                }
            }
        }
        for line in component.lines("EXRULE") {
            let message = "EXRULE, which newer calendars no longer have, is followed: the times of the rule are taken out.";
            context.ledger.problem(Severity::Note, line.number, 0, "EXRULE", message, &line.value);
            let (locals, _) = self.expanded(line, dated.start, context);
            out.extend(locals.into_iter().map(|local| Point { local, ..dated.start }.instant(&self.known.zones)));
        }
        out
    }
}
