//! Rules of recurrence (RFC 5545, 3.3.10) into times on the wall.
//!
//! The crate `rrule` does the arithmetic, in UTC, as if the wall were there: a rule counts what clocks show, and zones come in when a time is written. Here are the limits that a
//! stranger's rule is held to.

use chrono::{NaiveDateTime, TimeZone};
use rrule::{RRule, Tz, Unvalidated};

use super::time::{Clock, Point};

/// Times within one day that a rule may list.
const TIMES_A_DAY_MOST: usize = 500;

/// What a rule comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Expansion {
    /// When, in order.
    pub times: Vec<NaiveDateTime>,
    /// Whether it has no end of its own.
    pub is_endless: bool,
    /// Whether there would have been more than was asked for.
    pub was_cut: bool,
    /// Whether it was given up, as it found nothing for too long.
    pub is_fruitless: bool,
}

/// The times of a rule from `start` on, at most `most` of them, and none after `horizon` where it has no end of its own.
///
/// `on_wall` says what the clock of the event shows at a time in UTC, in which a rule may state its end. Errors: what is wrong with the rule.
pub(super) fn expand(
    rule: &str,
    start: NaiveDateTime,
    horizon: NaiveDateTime,
    most: usize,
    on_wall: impl Fn(NaiveDateTime) -> Option<NaiveDateTime>,
) -> Result<Expansion, String> {
    let mut kept: Vec<&str> = Vec::new();
    let (mut until, mut has_count, mut times_a_day) = (None, false, 1_usize);
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
            "COUNT" => has_count = true,
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => times_a_day = times_a_day.saturating_mul(value.split(',').count()),
            _ => {}
        }
        kept.push(part);
    }
    if times_a_day > TIMES_A_DAY_MOST {
        return Err(format!("it lists more than {TIMES_A_DAY_MOST} times a day"));
    }
    // The crate takes for granted that weekdays are written in ASCII, and would stop the program where they are not.
    if let Some(part) = kept.iter().find(|part| !part.is_ascii()) {
        return Err(format!("“{part}” holds letters that no rule has"));
    }
    let parsed: RRule<Unvalidated> = kept.join(";").parse().map_err(|error| format!("{error}"))?;
    let last = until.unwrap_or(if has_count { NaiveDateTime::MAX } else { horizon });
    let set = parsed.build(Tz::UTC.from_utc_datetime(&start)).map_err(|error| format!("{error}"))?;
    let limit = u16::try_from(most.saturating_add(1)).unwrap_or(u16::MAX);
    let set = if last == NaiveDateTime::MAX { set } else { set.before(Tz::UTC.from_utc_datetime(&last)) };
    let result = set.all(limit);
    let mut times: Vec<NaiveDateTime> = result.dates.iter().map(chrono::DateTime::naive_utc).collect();
    let is_fruitless = result.limited && times.len() < usize::from(limit);
    let was_cut = times.len() > most;
    times.truncate(most);
    Ok(Expansion { times, is_endless: until.is_none() && !has_count, was_cut, is_fruitless })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        Point::read(text, Clock::Floating).unwrap().local
    }

    fn days(rule: &str, start: &str, most: usize) -> (Vec<String>, bool, bool) {
        let expansion = expand(rule, at(start), at("20300101"), most, Some).unwrap();
        let words = expansion.times.iter().map(|time| time.format("%m-%dT%H").to_string()).collect();
        (words, expansion.is_endless, expansion.was_cut)
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
        let failed = |rule: &str| expand(rule, at("20120327"), at("20300101"), 9, Some).unwrap_err();
        assert!(
            failed("FREQ=DAYLY").contains("DAYLY") && failed("UNTIL=x;FREQ=DAILY").contains("UNTIL=x") && failed("BYDAY").contains("no =")
        );
        let seconds: Vec<String> = (0..60).map(|second| second.to_string()).collect();
        assert!(failed(&format!("FREQ=YEARLY;BYMINUTE={0};BYSECOND={0}", seconds.join(","))).contains("times a day"));
        let never = expand("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", at("20120327"), at("20300101"), 9, Some).unwrap();
        assert!(never.times.is_empty());
    }
}
