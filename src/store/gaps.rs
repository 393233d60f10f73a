//! Empty stretches: long times in which no event begins, ends or is known to be going on.
//!
//! An event takes the time in which it can have been going on. Of one without an end only its start counts, of one without a start only its end: else a single open bar would leave no stretch
//! empty. How many of those can be going on in a stretch is told with it. Dates that another source gives count like the event's own. What is done with the stretches is not known here.

use super::{EventId, EventStore, Lane};

/// A stretch of time, its end exclusive, in which no event begins, ends or is known to be going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its first millisecond.
    pub from_ms: i64,
    /// One past its last.
    pub to_ms: i64,
    /// Events without a start or an end that can be going on.
    pub open: usize,
}

impl Gap {
    /// Its length in milliseconds.
    pub const fn length_ms(&self) -> i64 {
        self.to_ms.saturating_sub(self.from_ms)
    }

    /// The time in its middle.
    pub const fn middle_ms(&self) -> i64 {
        self.from_ms + self.length_ms() / 2
    }
}

/// A stretch is long where it is so many times as long as half of the steps from one event to the next.
const LONG: i64 = 8;
/// The most stretches that are kept: the longest.
const MOST: usize = 1_000;
/// How many steps are looked at to tell which are usual; of more, every n-th.
const SAMPLE: usize = 100_000;

/// The long empty stretches between the events of a lane, in order of time: those at least eight times as long as half of all steps between neighbouring events, a thousand at most.
/// Takes time linear in the events; work for a job.
pub fn long_gaps(store: &EventStore, lane: &Lane) -> Vec<Gap> {
    let events = lane.by_start();
    let every = events.len().div_ceil(SAMPLE).max(1);
    let mut out_of_order: Vec<(i64, i64)> = Vec::new();
    let mut found = Found::default();
    let mut steps_ms: Vec<i64> = Vec::new();
    // What has no start comes first and stands at its end; what other sources say may lie anywhere.
    for &event in events {
        let Some(brief) = store.brief(event) else { continue };
        if brief.start_ms == i64::MIN {
            out_of_order.extend(taken(store, event, brief.start_ms, brief.end_ms));
        }
        if brief.competing {
            let others = store.competing_dates(event).filter_map(|text| store.placed(text)).map(|reading| reading.extent);
            out_of_order.extend(others.filter_map(|extent| bounded(extent.earliest_start, extent.latest_end)));
        }
    }
    out_of_order.sort_unstable();
    let mut others = out_of_order.into_iter().peekable();
    let mut last_start_ms: Option<i64> = None;
    for (at, &event) in events.iter().enumerate() {
        let Some(brief) = store.brief(event) else { continue };
        if brief.start_ms == i64::MIN {
            continue;
        }
        while let Some(other) = others.next_if(|other| other.0 <= brief.start_ms) {
            found.take(other);
        }
        if let Some(span) = taken(store, event, brief.start_ms, brief.end_ms) {
            found.take(span);
        }
        if let Some(last_ms) = last_start_ms.filter(|_| at % every == 0) {
            steps_ms.push(brief.start_ms.saturating_sub(last_ms));
        }
        last_start_ms = Some(brief.start_ms);
    }
    others.for_each(|other| found.take(other));
    found
        .long(usual(&mut steps_ms))
        .into_iter()
        .map(|(from_ms, to_ms)| Gap { from_ms, to_ms, open: lane.count(store, from_ms, to_ms) })
        .collect()
}

/// The lower middle of the steps; none where there are too few to tell what is usual.
fn usual(steps_ms: &mut [i64]) -> Option<i64> {
    let at = steps_ms.len().checked_sub(1)? / 2;
    (steps_ms.len() > 1).then(|| *steps_ms.select_nth_unstable(at).1)
}

/// The time that an event takes: of an open one only what is known.
fn taken(store: &EventStore, event: EventId, start_ms: i64, end_ms: i64) -> Option<(i64, i64)> {
    if start_ms != i64::MIN && end_ms != i64::MAX {
        return Some((start_ms, end_ms));
    }
    let extent = store.extent(event)?;
    let (from_ms, to_ms) = match (start_ms == i64::MIN, end_ms == i64::MAX) {
        (false, _) => (start_ms, if extent.latest_start == i64::MAX { start_ms } else { extent.latest_start }),
        (true, false) => (if extent.earliest_end == i64::MIN { end_ms } else { extent.earliest_end }, end_ms),
        (true, true) => return None,
    };
    let from_ms = from_ms.min(to_ms.saturating_sub(1)).max(start_ms);
    Some((from_ms, to_ms.max(from_ms.saturating_add(1))))
}

/// A stretch with both of its ends, or the end that it has.
fn bounded(from_ms: i64, to_ms: i64) -> Option<(i64, i64)> {
    match (from_ms == i64::MIN, to_ms == i64::MAX) {
        (true, true) => None,
        (true, false) => Some((to_ms - 1, to_ms)),
        (false, true) => Some((from_ms, from_ms + 1)),
        (false, false) => Some((from_ms, to_ms)),
    }
}

/// Empty stretches as they are met, the longest of them.
#[derive(Default)]
struct Found {
    reach_ms: Option<i64>,
    gaps: Vec<(i64, i64)>,
}

impl Found {
    fn take(&mut self, (from_ms, to_ms): (i64, i64)) {
        match self.reach_ms {
            Some(reach_ms) if from_ms > reach_ms => {
                self.gaps.push((reach_ms, from_ms));
                if self.gaps.len() >= 8 * MOST {
                    self.keep_longest();
                }
                self.reach_ms = Some(to_ms);
            }
            Some(reach_ms) => self.reach_ms = Some(reach_ms.max(to_ms)),
            None => self.reach_ms = Some(to_ms),
        }
    }

    fn keep_longest(&mut self) {
        if self.gaps.len() > MOST {
            self.gaps.select_nth_unstable_by_key(MOST, |(from_ms, to_ms)| std::cmp::Reverse(to_ms.saturating_sub(*from_ms)));
            self.gaps.truncate(MOST);
        }
    }

    fn long(mut self, usual_ms: Option<i64>) -> Vec<(i64, i64)> {
        let Some(usual_ms) = usual_ms else { return Vec::new() };
        let least_ms = usual_ms.saturating_mul(LONG).max(1);
        self.gaps.retain(|(from_ms, to_ms)| to_ms.saturating_sub(*from_ms) >= least_ms);
        self.keep_longest();
        self.gaps.sort_unstable();
        self.gaps
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Event, EventSink as _, Ledger};
    use crate::store::{GroupBy, LaneIndex, StoreBuilder};
    use crate::time::{self, DAY_MS, Dialect};

    fn store_of(dates: &[&str]) -> EventStore {
        let mut builder = StoreBuilder::default();
        builder.begin_file(PathBuf::from("random"));
        for (at, date) in dates.iter().enumerate() {
            let when = time::read(date, &Dialect::EDTF).unwrap_or_else(|error| panic!("{date}: {error}"));
            let event = Event { id: Cow::Owned(format!("e{at}")), title: Cow::Borrowed("x"), when: Some(when), ..Event::default() };
            builder.event(&event, at as u32 + 1);
        }
        builder.finish(Ledger::default())
    }

    fn years(dates: &[&str]) -> Vec<(i64, i64, usize)> {
        let store = store_of(dates);
        let lanes = LaneIndex::build(&store, GroupBy::None, None);
        let year = |at_ms: i64| time::calendar::civil_from_ms(at_ms).0;
        let gaps = long_gaps(&store, lanes.all().unwrap());
        gaps.iter().map(|gap| (year(gap.from_ms), year(gap.to_ms), gap.open)).collect()
    }

    #[test]
    fn a_stretch_much_longer_than_the_usual_step_is_found() {
        let dates = ["1950-01", "1950-03", "1950-05", "1950-07", "2001-02", "2001-03", "2001-06"];
        assert_eq!(years(&dates), [(1950, 2001, 0)]);
        // With nothing usual there is nothing long.
        assert!(years(&["1900", "2000"]).is_empty() && years(&["1900"]).is_empty() && years(&[]).is_empty());
    }

    #[test]
    fn what_goes_on_leaves_no_stretch_empty_and_what_is_open_does() {
        let dates = ["1950-01", "1950-03", "1950-05", "1950-07", "2001-02", "2001-03", "2001-06"];
        let with = |more: &str| years(&[&dates[..], &[more]].concat());
        assert!(with("1950/2001").is_empty());
        assert_eq!(with("1950-02/.."), [(1950, 2001, 1)]);
        assert_eq!(with("../2001-03"), [(1950, 2001, 1)]);
        assert_eq!(with("1975"), [(1950, 1975, 0), (1976, 2001, 0)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_known_to_go_on_in_a_gap(days in prop::collection::vec((0_i64..40_000, 1_i64..400, 0_u8..4), 1..60)) {
            let text = |day: i64| {
                let (year, month, day) = time::calendar::civil_from_ms(day * DAY_MS);
                format!("{year:04}-{month:02}-{day:02}")
            };
            let dates: Vec<String> = days.iter().map(|(day, long, how)| match how {
                0 => text(*day),
                1 => format!("{}/{}", text(*day), text(day + long)),
                2 => format!("{}/..", text(*day)),
                _ => format!("../{}", text(*day)),
            }).collect();
            let store = store_of(&dates.iter().map(String::as_str).collect::<Vec<_>>());
            let lanes = LaneIndex::build(&store, GroupBy::None, None);
            let gaps = long_gaps(&store, lanes.all().unwrap());
            prop_assert!(gaps.windows(2).all(|pair| pair[0].to_ms < pair[1].from_ms));
            for gap in gaps {
                prop_assert!(gap.from_ms < gap.to_ms);
                let mut open = 0;
                for event in (0..store.dated() as u32).map(EventId) {
                    let brief = store.brief(event).unwrap();
                    if brief.start_ms < gap.to_ms && brief.end_ms > gap.from_ms {
                        prop_assert!(brief.start_ms == i64::MIN || brief.end_ms == i64::MAX, "{event:?} in {gap:?}");
                        prop_assert!(brief.start_ms < gap.from_ms && brief.end_ms > gap.to_ms, "{event:?} begins or ends in {gap:?}");
                        open += 1;
                    }
                }
                prop_assert_eq!(open, gap.open);
            }
        }
    }
}
