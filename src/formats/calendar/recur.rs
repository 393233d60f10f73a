//! Rules of recurrence (RFC 5545, 3.3.10) into times on the wall.
//!
//! The crate `rrule` does the arithmetic, in UTC, as if the wall were there: a rule counts what clocks show, and zones come in when a time is written. Here are the limits that a
//! stranger's rule is held to: how many times it gives, and how long it may look for one. A rule such as the 30th of February finds none, and looks at a hundred thousand
//! days before the crate gives it up, in silence.

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use rrule::{Frequency, RRule, Tz, Unvalidated};

use super::time::{Clock, Point};
use crate::formats::guarded::guarded;

/// Times within one day that a rule may list.
const TIMES_A_DAY_MOST: usize = 500;

/// Numbers and days that a rule may list.
const LISTED_MOST: usize = 1000;
/// Steps without a time after which the crate gives a rule up.
const STEPS_MOST: u64 = 100_000;
/// Work in vain that the rules of a file may take together, and so much more for each of its bytes; a unit is about 50 ns.
const VAIN_FREE: u64 = 5_000_000;
const VAIN_EACH: u64 = 4;

/// What is wrong with a rule at which the crate stops.
const UNFORESEEN: &str = "it can't be worked out";

/// The work in vain that is left to the rules of a file: steps that find no time. Those that find one are bounded by how many may be found.
#[derive(Debug)]
pub(super) struct Patience {
    left: u64,
}

impl Patience {
    /// That for a file of so many bytes.
    pub(super) fn of(bytes: usize) -> Self {
        Self { left: VAIN_FREE.saturating_add(VAIN_EACH.saturating_mul(bytes as u64)) }
    }

    /// Whether there is none left.
    fn is_out(&self) -> bool {
        self.left == 0
    }

    fn spend(&mut self, work: u64) {
        self.left = self.left.saturating_sub(work);
    }
}

/// How a rule steps through time.
struct Pace {
    /// From one step to the next, in seconds.
    step_s: i64,
    /// What one step costs.
    work: u64,
}

impl Pace {
    /// That of a rule which lists so many numbers and days, each of which a step looks at.
    fn of(rule: &RRule<Unvalidated>, listed: usize) -> Self {
        const DAY_S: i64 = 86_400;
        let interval = i64::from(rule.get_interval().max(1));
        let (step_s, work) = match rule.get_freq() {
            Frequency::Yearly => (365 * DAY_S * interval, 50),
            Frequency::Monthly => (28 * DAY_S * interval, 6),
            Frequency::Weekly => (7 * DAY_S * interval, 2),
            Frequency::Daily => (DAY_S * interval, 1),
            // Days on which no time can be are stepped over whole, after a look at each hour, minute and second of the rule. An interval of hours or less is taken for a
            // day: it is far less than one, or seldom written.
            Frequency::Hourly => (DAY_S, 10),
            Frequency::Minutely | Frequency::Secondly => (DAY_S, 60),
        };
        Self { step_s, work: work * (1 + listed as u64 / 20) }
    }

    /// The steps between two times, the last of which found something.
    fn steps(&self, from: NaiveDateTime, to: NaiveDateTime) -> u64 {
        let steps = (to - from).num_seconds() / self.step_s;
        u64::try_from(steps.saturating_sub(1)).unwrap_or(0).min(STEPS_MOST)
    }
}

/// What a rule comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Expansion {
    /// When, in order.
    pub times: Vec<NaiveDateTime>,
    /// Whether it has no end of its own.
    pub is_endless: bool,
    /// Why there would have been more.
    pub cut: Option<Cut>,
}

/// Why a rule was not followed to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// It gives more times than were asked for.
    Many,
    /// It found nothing for too long.
    Fruitless,
    /// It goes on past the last year that a calendar can write.
    PastYears,
}

/// The last time that a calendar can write (RFC 5545, 3.3.4: years have four digits).
fn last_of_years() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(9999, 12, 31).and_then(|day| day.and_hms_opt(23, 59, 59)).unwrap_or(NaiveDateTime::MAX)
}

/// The times of a rule from `start` on, at most `most` of them, and none after `horizon` where it has no end of its own.
///
/// `on_wall` says what the clock of the event shows at a time in UTC, in which a rule may state its end. Errors: what is wrong with the rule, or that no patience is left.
pub(super) fn expand(
    rule: &str,
    start: NaiveDateTime,
    horizon: NaiveDateTime,
    most: usize,
    patience: &mut Patience,
    on_wall: impl Fn(NaiveDateTime) -> Option<NaiveDateTime>,
) -> Result<Expansion, String> {
    let mut kept: Vec<&str> = Vec::new();
    let (mut until, mut count, mut times_a_day, mut listed) = (None, None, 1_usize, 0_usize);
    for part in rule.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').ok_or_else(|| format!("{part} has no ="))?;
        match name.trim().to_ascii_uppercase().as_str() {
            "UNTIL" => {
                let point = Point::read(value, Clock::Floating).ok_or_else(|| format!("UNTIL={value} is no date"))?;
                until = Some(match (point.is_day, point.clock) {
                    // The last day counts as a whole.
                    (true, _) => point.local.date().and_hms_opt(23, 59, 59).unwrap_or(point.local),
                    (_, Clock::Utc) => on_wall(point.local).unwrap_or(point.local),
                    _ => point.local,
                });
                continue;
            }
            // RFC 7529: these two say what holds without them.
            "RSCALE" if value.trim().eq_ignore_ascii_case("GREGORIAN") => continue,
            "SKIP" if value.trim().eq_ignore_ascii_case("OMIT") => continue,
            "COUNT" => count = value.trim().parse::<usize>().ok(),
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => times_a_day = times_a_day.saturating_mul(value.split(',').count()),
            _ => {}
        }
        listed += value.split(',').count();
        kept.push(part);
    }
    if listed > LISTED_MOST {
        return Err(format!("it lists more than {LISTED_MOST} numbers"));
    }
    if times_a_day > TIMES_A_DAY_MOST {
        return Err(format!("it lists more than {TIMES_A_DAY_MOST} times a day"));
    }
    // The crate takes for granted that weekdays are written in ASCII, and would stop the program where they are not.
    if let Some(part) = kept.iter().find(|part| !part.is_ascii()) {
        return Err(format!("“{part}” holds letters that no rule has"));
    }
    if patience.is_out() {
        return Err("those before it looked for too long in vain".to_owned());
    }
    let parse = || kept.join(";").parse::<RRule<Unvalidated>>().map_err(|error| format!("{error}"));
    let parsed = guarded(parse).ok_or(UNFORESEEN)??;
    let last = until.unwrap_or(if count.is_some() { NaiveDateTime::MAX } else { horizon }).min(last_of_years());
    let pace = Pace::of(&parsed, listed);
    let build = || parsed.build(Tz::UTC.from_utc_datetime(&start)).map_err(|error| format!("{error}"));
    let set = guarded(build).ok_or(UNFORESEEN)??.limit();
    let found = guarded(|| set.into_iter()).ok_or(UNFORESEEN)?.map(|time| time.naive_utc());
    let (times, cut) = follow(found, start, last, (most, count), &pace, patience);
    Ok(Expansion { times, is_endless: until.is_none() && count.is_none(), cut })
}

/// Takes the times that a rule gives up to `last`, at most `most` of them, while there is patience; `count` is how many the rule wants to give.
fn follow(
    mut found: impl Iterator<Item = NaiveDateTime>,
    start: NaiveDateTime,
    last: NaiveDateTime,
    (most, count): (usize, Option<usize>),
    pace: &Pace,
    patience: &mut Patience,
) -> (Vec<NaiveDateTime>, Option<Cut>) {
    let (mut times, mut before) = (Vec::new(), start);
    let cut = loop {
        if count.is_some_and(|count| times.len() >= count) {
            break None;
        }
        let Some(next) = guarded(|| found.next()) else { break Some(Cut::Fruitless) };
        let Some(time) = next else {
            // It looked on to the end of all years, or until the crate gave it up.
            patience.spend(pace.steps(before, last_of_years()) * pace.work);
            break if pace.steps(before, last) == STEPS_MOST || (count.is_some() && times.len() < 2) {
                Some(Cut::Fruitless)
            } else {
                count.map(|_| Cut::PastYears)
            };
        };
        patience.spend(pace.steps(before, time) * pace.work);
        if time > last {
            break count.filter(|_| last == last_of_years()).map(|_| Cut::PastYears);
        }
        if times.len() == most {
            break Some(Cut::Many);
        }
        times.push(time);
        before = time;
        if patience.is_out() {
            break Some(Cut::Fruitless);
        }
    };
    (times, cut)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        Point::read(text, Clock::Floating).unwrap().local
    }

    fn days(rule: &str, start: &str, most: usize) -> (Vec<String>, bool, bool) {
        let expansion = expand(rule, at(start), at("20300101"), most, &mut Patience::of(0), Some).unwrap();
        let words = expansion.times.iter().map(|time| time.format("%m-%dT%H").to_string()).collect();
        (words, expansion.is_endless, expansion.cut == Some(Cut::Many))
    }

    #[test]
    fn rules_give_what_clocks_show() {
        let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            days("FREQ=WEEKLY;BYDAY=TU;UNTIL=20120410T080000Z", "20120327T080000", 9),
            (words(&["03-27T08", "04-03T08", "04-10T08"]), false, false)
        );
        assert_eq!(
            days("RSCALE=GREGORIAN;FREQ=MONTHLY;BYDAY=-1SU;COUNT=2;SKIP=OMIT;", "20120325", 9),
            (words(&["03-25T00", "04-29T00"]), false, false)
        );
        assert_eq!(
            days("FREQ=DAILY;UNTIL=20120328", "20120327T080000", 9),
            (words(&["03-27T08", "03-28T08"]), false, false),
            "the last day counts as a whole"
        );
        assert_eq!(days("FREQ=DAILY", "20120327", 2), (words(&["03-27T00", "03-28T00"]), true, true));
    }

    #[test]
    fn what_is_wrong_with_a_rule_is_said_and_nothing_hangs() {
        let failed = |rule: &str| expand(rule, at("20120327"), at("20300101"), 9, &mut Patience::of(0), Some).unwrap_err();
        assert!(
            failed("FREQ=DAYLY").contains("DAYLY") && failed("UNTIL=x;FREQ=DAILY").contains("UNTIL=x") && failed("BYDAY").contains("no =")
        );
        let seconds: Vec<String> = (0..60).map(|second| second.to_string()).collect();
        assert!(failed(&format!("FREQ=DAILY;BYYEARDAY=1{}", ",1".repeat(1_000))).contains("more than 1000"));
        assert!(failed(&format!("FREQ=YEARLY;BYMINUTE={0};BYSECOND={0}", seconds.join(","))).contains("times a day"));
        let never = expand("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", at("20120327"), at("20300101"), 9, &mut Patience::of(0), Some).unwrap();
        assert!(never.times.is_empty());
    }

    #[test]
    fn why_a_rule_was_not_followed_to_its_end_is_told() {
        let cut = |rule: &str, most: usize| expand(rule, at("20120327"), at("20300101"), most, &mut Patience::of(0), Some).unwrap().cut;
        for (rule, why) in [
            ("FREQ=DAILY;COUNT=9", None),
            ("FREQ=DAILY;UNTIL=20120401", None),
            ("FREQ=DAILY", Some(Cut::Many)),
            ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", Some(Cut::Fruitless)),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", Some(Cut::Fruitless)),
            // All that it asks for was looked through.
            ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20130101", None),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", None),
        ] {
            assert_eq!(cut(rule, 9), why, "{rule}");
        }
        assert_eq!(cut("FREQ=YEARLY;INTERVAL=1000;COUNT=20", 99), Some(Cut::PastYears));
    }

    /// Counts the rules that are followed at all, as a measure of the work.
    #[test]
    fn rules_that_find_nothing_use_up_the_patience_of_a_file() {
        let followed = |rule: &str, bytes: usize| {
            let mut patience = Patience::of(bytes);
            (0..1_000).take_while(|_| expand(rule, at("20120327"), at("20300101"), 10_000, &mut patience, Some).is_ok()).count()
        };
        let long = format!("FREQ=DAILY;BYMONTH=2;COUNT=3;BYMONTHDAY=30{}", ",30".repeat(900));
        for rule in [
            long.as_str(),
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
            "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MINUTELY;BYYEARDAY=366;BYHOUR=0;BYMINUTE=1;COUNT=10000",
        ] {
            let (few, more) = (followed(rule, 0), followed(rule, 1_000_000));
            assert!((1..=50).contains(&few) && more <= 2 * few, "{rule}: {few} {more}");
        }
        // Those that find what they look for use up none.
        assert_eq!(followed("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28;COUNT=9", 0), 1_000);
        assert_eq!(followed("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20120601", 0), 1_000);
    }

    /// A rule with each of its parts at most once, mostly of numbers that rules have, now and then of some that they must not.
    fn rule() -> impl Strategy<Value = String> {
        let absurd = || prop::sample::select(vec![0, 367, -367, 10_000, 65_535, 65_536, i64::MAX, i64::MIN]);
        let number = move |low: i64, high: i64| prop_oneof![60 => (low..=high).boxed(), 1 => absurd().boxed()];
        let list = move |name: &'static str, low: i64, high: i64| {
            proptest::collection::vec(number(low, high), 1..4)
                .prop_map(move |list| format!("{name}={}", list.iter().map(i64::to_string).collect::<Vec<_>>().join(",")))
                .boxed()
        };
        let weekday = prop::sample::select(vec!["MO", "tu", "WE", "SU", "MO,SA", "XX"]);
        let weekday = (proptest::option::of(number(-5, 53)), weekday)
            .prop_map(|(nth, day)| format!("BYDAY={}{day}", nth.map_or(String::new(), |nth| nth.to_string())));
        let others = prop::sample::select(vec!["WKST=SU", "WKST=x", "FREQ", "=", "BYEASTER=0"]).prop_map(str::to_owned);
        let untils = prop::sample::select(vec!["UNTIL=20240101", "UNTIL=99991231T235959Z", "UNTIL=00000101"]).prop_map(str::to_owned);
        let maybe = |part: BoxedStrategy<String>, often: f64| proptest::option::weighted(often, part);
        let when = (
            maybe(number(1, 70).prop_map(|number| format!("INTERVAL={number}")).boxed(), 0.5),
            maybe(number(1, 400).prop_map(|number| format!("COUNT={number}")).boxed(), 0.4),
            maybe(untils.boxed(), 0.2),
            maybe(others.boxed(), 0.1),
        );
        let days = (
            maybe(weekday.boxed(), 0.4),
            maybe(list("BYMONTH", 1, 12), 0.3),
            maybe(list("BYMONTHDAY", -31, 31), 0.3),
            maybe(list("BYYEARDAY", -366, 366), 0.1),
            maybe(list("BYWEEKNO", -53, 53), 0.1),
        );
        let clocks = (
            maybe(list("BYSETPOS", -366, 366), 0.1),
            maybe(list("BYHOUR", 0, 23), 0.2),
            maybe(list("BYMINUTE", 0, 59), 0.2),
            maybe(list("BYSECOND", 0, 60), 0.2),
        );
        let frequencies = vec!["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"];
        (prop::sample::select(frequencies), when, days, clocks).prop_map(|(frequency, (a, b, c, d), (e, f, g, h, i), (j, k, l, m))| {
            let parts = [a, b, c, d, e, f, g, h, i, j, k, l, m].into_iter().flatten();
            std::iter::once(format!("FREQ={frequency}")).chain(parts).collect::<Vec<_>>().join(";")
        })
    }

    proptest! {
        #![proptest_config(crate::formats::hostile::few())]

        #[test]
        fn any_rule_gives_times_in_order_or_words(rule in rule(), start in prop::sample::select(vec!["20230301T100000", "00000101", "00010229", "20240229T235959", "99991231T235959"])) {
            let Some(start) = Point::read(start, Clock::Floating) else { return Ok(()) };
            match expand(&rule, start.local, at("20300101"), 20, &mut Patience::of(0), Some) {
                Ok(expansion) => {
                    prop_assert!(expansion.times.len() <= 20 && expansion.times.is_sorted(), "{rule}");
                    prop_assert!(expansion.times.iter().all(|time| *time >= start.local && *time <= last_of_years()), "{rule}");
                }
                Err(words) => prop_assert!(!words.is_empty()),
            }
        }
    }
}
