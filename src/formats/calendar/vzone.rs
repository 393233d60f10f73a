//! The zones that a calendar names by `TZID`: those of the IANA database by their name, else as the calendar's own `VTIMEZONE` says.
//!
//! Names are looked for in the database first, also behind a maker's prefix (`/mozilla.org/20070129_1/Europe/Berlin`): a calendar's own copy of a zone
//! often knows only a few years of it.

use std::collections::HashMap;

use chrono::{Duration, NaiveDateTime};

use super::component::Component;
use super::recur::{self, Patience};
use super::time::{Clock, Point};
use crate::formats::zones::{Local, Zone};

/// Changes of one observance that are looked at.
const ONSETS_MOST: usize = 500;
/// Changes of all zones of a file that are looked at.
const ALL_MOST: usize = 20_000;

/// The zones of a file.
#[derive(Default)]
pub(super) struct Zones {
    known: Vec<Kind>,
    numbers: HashMap<String, Option<usize>>,
    /// Changes looked at so far.
    spent: usize,
    /// The zone of times that name none, where the user or the calendar says one.
    usual: Option<usize>,
}

enum Kind {
    Known(Zone),
    /// Changes of the clock in order: when, on the clock before it, and the offset before and behind.
    Own(Vec<(NaiveDateTime, i32, i32)>),
}

impl Zones {
    /// Takes a `VTIMEZONE` in.
    pub(super) fn add(&mut self, zone: &Component<'_>, patience: &mut Patience) {
        let Some(id) = zone.line("TZID").map(|line| line.value.trim().trim_matches('"').to_owned()) else { return };
        let located = zone.line("X-LIC-LOCATION").and_then(|line| database(line.value.trim()));
        let kind = database(&id).or(located).map(Kind::Known).or_else(|| own(zone, &mut self.spent, patience).map(Kind::Own));
        let number = kind.map(|kind| {
            self.known.push(kind);
            self.known.len() - 1
        });
        self.numbers.entry(id).or_insert(number);
    }

    /// The clock of a name; `None` where it is not known.
    pub(super) fn clock(&mut self, id: &str) -> Option<Clock> {
        let id = id.trim();
        if let Some(number) = self.numbers.get(id) {
            return number.map(Clock::Zone);
        }
        let number = database(id).map(|zone| {
            self.known.push(Kind::Known(zone));
            self.known.len() - 1
        });
        self.numbers.insert(id.to_owned(), number);
        number.map(Clock::Zone)
    }

    /// Takes a zone as that of the times that name none, unless there is one already; true where it is known.
    pub(super) fn set_usual(&mut self, id: &str) -> bool {
        if self.usual.is_none()
            && let Some(Clock::Zone(number)) = self.clock(id)
        {
            self.usual = Some(number);
            return true;
        }
        false
    }

    /// The clock of times that name none.
    pub(super) fn usual(&self) -> Clock {
        self.usual.map_or(Clock::Floating, Clock::Zone)
    }

    /// What a time on a zone's clock was.
    pub(super) fn at(&self, number: usize, local: NaiveDateTime) -> Option<Local> {
        match self.known.get(number)? {
            Kind::Known(zone) => Some(zone.at(local)),
            Kind::Own(changes) => {
                let behind = changes.partition_point(|(onset, ..)| *onset <= local);
                let offset = match behind.checked_sub(1).and_then(|at| changes.get(at)) {
                    Some((.., offset)) => *offset,
                    None => changes.first()?.1,
                };
                Some(Local::One(offset))
            }
        }
    }
}

/// The zone of the IANA database that a name means, itself or behind a prefix.
fn database(id: &str) -> Option<Zone> {
    let parts: Vec<&str> = id.split('/').filter(|part| !part.is_empty()).collect();
    let whole = Zone::of(id.trim_start_matches('/'));
    whole.or_else(|| (1..parts.len()).find_map(|from| Zone::of(&parts[from..].join("/")).filter(|zone| matches!(zone, Zone::Named(_)))))
}

/// The changes that the observances of a zone state; `None` where none can be read.
fn own(zone: &Component<'_>, spent: &mut usize, patience: &mut Patience) -> Option<Vec<(NaiveDateTime, i32, i32)>> {
    let mut changes = Vec::new();
    for observance in &zone.inner {
        let offset = |name: &str| observance.line(name).and_then(|line| seconds(line.value.trim()));
        let start = observance.line("DTSTART").and_then(|line| Point::read(&line.value, Clock::Floating));
        let (Some(from), Some(to), Some(start)) = (offset("TZOFFSETFROM"), offset("TZOFFSETTO"), start) else { continue };
        if *spent > ALL_MOST {
            break;
        }
        let before = changes.len();
        changes.push((start.local, from, to));
        if let Some(rule) = observance.line("RRULE") {
            let until = start.local.checked_add_signed(Duration::days(366 * 150)).unwrap_or(start.local);
            // The end of a rule is said in UTC, its onsets on the clock before the change.
            let shift = Duration::seconds(i64::from(from));
            if let Ok(expanded) = recur::expand(&rule.value, start.local, until, ONSETS_MOST, patience, |utc| utc.checked_add_signed(shift))
            {
                changes.extend(expanded.times.into_iter().map(|onset| (onset, from, to)));
            }
        }
        for line in observance.lines("RDATE") {
            let onsets = line.value.split(',').filter_map(|text| Point::read(text, Clock::Floating)).take(ONSETS_MOST);
            changes.extend(onsets.map(|onset| (onset.local, from, to)));
        }
        // What was tried in vain has its price too.
        *spent += (changes.len() - before).max(if observance.line("RRULE").is_some() { 50 } else { 1 });
    }
    changes.sort_unstable();
    changes.dedup();
    (!changes.is_empty()).then_some(changes)
}

/// `+0100` or `-023045` in seconds.
fn seconds(text: &str) -> Option<i32> {
    match Zone::of(text)? {
        Zone::Fixed(seconds) if text.starts_with(['+', '-']) => Some(seconds),
        _ => None,
    }
}
