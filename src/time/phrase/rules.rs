//! The rules by which phrases are resolved, from the whole phrase down to its words.

use super::absolute;
use super::span::{Days, Unit};
use super::terms::{is_clock, month, number, unit, weekday};
use crate::time::Dialect;
use crate::time::calendar::civil_from_days;

/// How deep phrases may stand within phrases: "two days after the Friday before last week".
const DEEPEST: u8 = 4;

/// What words can mean that were said on a day; the likeliest first, nothing where no rule knows them.
pub(super) fn readings(words: &[&str], anchor: i64, dialect: Dialect) -> Vec<Days> {
    Rules { anchor, dialect }.phrase(words, 0)
}

struct Rules {
    anchor: i64,
    dialect: Dialect,
}

/// Words at the beginning that say nothing of when.
const LEADING: [&str; 16] =
    ["on", "at", "during", "the", "sometime", "some", "time", "of", "for", "a", "that", "very", "into", "over", "in", "only"];

impl Rules {
    fn phrase(&self, words: &[&str], depth: u8) -> Vec<Days> {
        if depth > DEEPEST || words.is_empty() {
            return Vec::new();
        }
        if let [first, rest @ ..] = words
            && matches!(*first, "about" | "around" | "approximately" | "roughly" | "circa" | "nearly" | "almost")
        {
            return self.phrase(rest, depth + 1).into_iter().map(|days| Days { approximate: true, ..days }).collect();
        }
        for rule in [Self::words, Self::limits, Self::distance, Self::relative, Self::part, Self::weekdays, Self::ranges] {
            let found = rule(self, words, depth);
            if !found.is_empty() {
                return found;
            }
        }
        let absolute = absolute::readings(words, self.anchor, self.dialect);
        if !absolute.is_empty() {
            return absolute;
        }
        match words {
            [first, rest @ ..] if LEADING.contains(first) => self.phrase(rest, depth),
            // Parts of a day and times of day are left out.
            [rest @ .., "at" | "in" | "on" | "by"] => self.phrase(rest, depth),
            [rest @ .., "morning" | "afternoon" | "evening" | "night" | "gmt" | "utc"] if !rest.is_empty() => self.phrase(rest, depth),
            [rest @ .., last] if is_clock(last) => self.phrase(rest, depth),
            [rest @ .., hour, "am" | "pm"] if hour.parse::<u8>().is_ok() => self.phrase(rest, depth),
            [first, rest @ ..] if is_clock(first) => self.phrase(rest, depth),
            _ => Vec::new(),
        }
    }

    /// What words within a phrase mean, of what is bounded on both sides.
    fn bounded(&self, words: &[&str], depth: u8) -> Vec<Days> {
        let mut found = self.phrase(words, depth + 1);
        found.retain(|days| !days.is_open());
        found
    }

    /// Words and phrases that stand for a day.
    fn words(&self, words: &[&str], _depth: u8) -> Vec<Days> {
        let day = |step: i64| vec![Days::day(self.anchor + step)];
        match words.join(" ").as_str() {
            "today" | "tonight" | "now" | "currently" | "this morning" | "this afternoon" | "this evening" | "this night" | "this day"
            | "the same day" | "the very day" | "same day" | "that day" | "that morning" | "that afternoon" | "that evening"
            | "that night" | "earlier today" | "later today" => day(0),
            "yesterday" | "last night" | "last evening" | "the day before" | "day before" | "the previous day" | "the preceding day" => {
                day(-1)
            }
            "tomorrow" | "the day after" | "day after" | "the next day" | "the following day" | "next day" => day(1),
            "the day before yesterday" | "day before yesterday" => day(-2),
            "the day after tomorrow" | "day after tomorrow" => day(2),
            "overnight" => vec![Days::among(self.anchor - 1, self.anchor)],
            "recently" | "lately" => vec![Days::among(self.anchor - 60, self.anchor).by("recently is taken as the last two months")],
            "soon" | "shortly" => vec![Days::among(self.anchor, self.anchor + 60).by("soon is taken as the next two months")],
            _ => Vec::new(),
        }
    }

    /// "since Monday", "until Friday", "before last week", "by the end of the year".
    fn limits(&self, words: &[&str], depth: u8) -> Vec<Days> {
        let [first, rest @ ..] = words else { return Vec::new() };
        let of = |make: &dyn Fn(Days) -> Days| self.bounded(rest, depth).into_iter().map(make).collect();
        match *first {
            "since" => of(&|days| Days { last: self.anchor.max(days.last), lasted: true, ..days }.by("up to the day on which it was said")),
            "until" | "till" => of(&|days| {
                if days.last >= self.anchor {
                    Days { first: self.anchor, lasted: true, ..days }.by("from the day on which it was said")
                } else {
                    Days { first: i64::MIN, lasted: true, ..days }
                }
            }),
            "by" => {
                of(&|days| if days.last >= self.anchor { Days { first: self.anchor, ..days } } else { Days { first: i64::MIN, ..days } })
            }
            "before" => of(&|days| Days { first: i64::MIN, last: days.first - 1, ..days }),
            "after" => of(&|days| Days { first: days.last + 1, last: i64::MAX, ..days }),
            _ => Vec::new(),
        }
    }

    /// "three days later", "two weeks ago", "in five days", "two days after next Friday".
    fn distance(&self, words: &[&str], depth: u8) -> Vec<Days> {
        let (lead, rest) = match words {
            [first @ ("in" | "within" | "for" | "over" | "during"), rest @ ..] => (*first, rest),
            _ => ("", words),
        };
        let (low, high, unit, taken) = match rest {
            ["half", "a" | "an", name, ..] if unit(name) == Some(Unit::Year) => (6, 6, Unit::Month, 3),
            ["half", "a" | "an", name, ..] if unit(name) == Some(Unit::Hour) => (1, 1, Unit::Hour, 3),
            _ => {
                let Some((low, high, taken)) = number(rest) else { return Vec::new() };
                let taken = taken + usize::from(rest.get(taken) == Some(&"more"));
                let Some(unit) = rest.get(taken).and_then(|name| unit(name)).filter(|unit| !matches!(unit, Unit::Season(_))) else {
                    return Vec::new();
                };
                (low, high, unit, taken + 1)
            }
        };
        let after = rest.get(taken..).unwrap_or_default();
        let earlier = |day: i64| unit.distant(day, -high, -low);
        let later = |day: i64| unit.distant(day, low, high);
        match (lead, after) {
            ("" | "over" | "for" | "within", ["ago" | "earlier" | "before" | "previously" | "back"]) => vec![earlier(self.anchor)],
            ("", ["later" | "after" | "afterwards" | "hence" | "on"] | ["from", "now" | "today"]) | ("in", [] | ["time"]) => {
                vec![later(self.anchor)]
            }
            ("within", []) => vec![Days::among(self.anchor, unit.step(self.anchor, high))],
            ("for", []) => vec![
                Days { lasted: true, ..Days::among(self.anchor, unit.step(self.anchor, high)) }.by("from the day on which it was said"),
            ],
            ("", ["before" | "prior", rest @ ..]) => self.around(rest, depth, |days| earlier(days.first).hull(earlier(days.last))),
            ("", ["after" | "from" | "following", rest @ ..]) => self.around(rest, depth, |days| later(days.first).hull(later(days.last))),
            _ => Vec::new(),
        }
    }

    /// What lies around the days of another phrase.
    fn around(&self, words: &[&str], depth: u8, make: impl Fn(Days) -> Days) -> Vec<Days> {
        let words = if let ["to", rest @ ..] = words { rest } else { words };
        self.bounded(words, depth).into_iter().map(make).collect()
    }

    /// "last week", "this month", "the coming months", "the past three days".
    fn relative(&self, words: &[&str], _depth: u8) -> Vec<Days> {
        let words = if let ["the" | "in" | "during" | "over", rest @ ..] = words { rest } else { words };
        let words = if let ["the", rest @ ..] = words { rest } else { words };
        let [which, rest @ ..] = words else { return Vec::new() };
        let Some(step) = step_of(which) else { return Vec::new() };
        if let [name] = rest {
            return self.relative_unit(which, step, name);
        }
        // "last three days", "next few weeks"
        if let Some((_, high, taken)) = number(rest)
            && step != 0
            && let Some([name]) = rest.get(taken..)
            && let Some(unit) = unit(name)
        {
            return vec![self.stretch(unit, high * step)];
        }
        // "next week on Friday" is a weekday's phrase; "this coming week" is one word too many.
        match rest {
            [again, tail @ ..] if step == 0 && step_of(again).is_some() => self.relative(&[&[*again], tail].concat(), 0),
            _ => Vec::new(),
        }
    }

    fn relative_unit(&self, which: &str, step: i64, name: &str) -> Vec<Days> {
        if let Some(wanted) = weekday(name) {
            return self.relative_weekday(step, wanted);
        }
        if name == "weekday" || name == "workday" {
            let found = (1..8).map(|count| self.anchor + count * if step < 0 { -1 } else { 1 }).find(|day| (day + 3).rem_euclid(7) < 5);
            return found.map(Days::day).into_iter().collect();
        }
        if let Some(month) = month(name) {
            return self.relative_month(step, month);
        }
        let Some(unit) = unit(name) else { return Vec::new() };
        let is_plural = name.ends_with('s');
        match which {
            "recent" | "coming" | "past" | "last" | "next" if is_plural => {
                vec![self.stretch(unit, 6 * step).by("some are taken as up to six")]
            }
            "past" => vec![self.stretch(unit, -1), unit.around(self.anchor, -1)],
            _ => match unit {
                Unit::Season(code) => self.relative_season(step, code),
                Unit::Weekend if step < 0 && (self.anchor + 3).rem_euclid(7) >= 5 => {
                    vec![unit.around(self.anchor, -1), unit.around(self.anchor, 0)]
                }
                _ => vec![unit.around(self.anchor, step)],
            },
        }
    }

    /// So many units back from the anchor, or on from it.
    fn stretch(&self, unit: Unit, count: i64) -> Days {
        let other = unit.step(self.anchor, count);
        Days::among(other.min(self.anchor), other.max(self.anchor)).by("counted from the day on which it was said")
    }

    /// "last summer": the last that is over; "next winter": the next that has not begun.
    fn relative_season(&self, step: i64, code: u8) -> Vec<Days> {
        let season = |later: i64| Unit::Season(code).around(self.anchor, later);
        match step {
            0 => vec![season(0)],
            -1 => (-1..=0).rev().map(season).find(|days| days.last < self.anchor).into_iter().collect(),
            _ => (0..=1).map(season).find(|days| days.first > self.anchor).into_iter().collect(),
        }
    }

    fn relative_month(&self, step: i64, month: u8) -> Vec<Days> {
        let near = absolute::months(month, self.anchor);
        let (year, ..) = civil_from_days(self.anchor);
        let of_year = |year: i64| Days::among(super::month_start(year, month, 0), super::month_start(year, month, 1) - 1);
        match step {
            0 => vec![of_year(year)],
            -1 => [year, year - 1].map(of_year).into_iter().find(|days| days.last < self.anchor).into_iter().collect(),
            _ if near.is_empty() => Vec::new(),
            _ => [year, year + 1].map(of_year).into_iter().find(|days| days.first > self.anchor).into_iter().collect(),
        }
    }

    /// "last Friday", "this Friday", "next Friday".
    fn relative_weekday(&self, step: i64, wanted: i64) -> Vec<Days> {
        let own = (self.anchor + 3).rem_euclid(7);
        let of_week = |week: i64| self.anchor - own + wanted + week * 7;
        match step {
            0 => vec![Days::day(of_week(0)).by("in the week from Monday to Sunday in which it was said")],
            -1 => {
                let nearest = if of_week(0) < self.anchor { of_week(0) } else { of_week(-1) };
                let other = of_week(-1);
                [nearest, other]
                    .map(|day| Days::day(day).by(if day == nearest { "the last one before" } else { "the one of the week before" }))
                    .to_vec()
            }
            _ => {
                let nearest = if of_week(0) > self.anchor { of_week(0) } else { of_week(1) };
                let other = of_week(1);
                [nearest, other]
                    .map(|day| Days::day(day).by(if day == nearest { "the next one" } else { "the one of the week after" }))
                    .to_vec()
            }
        }
    }

    /// "earlier this month", "late last year", "the beginning of next week", "the end of the month", "mid-August".
    fn part(&self, words: &[&str], depth: u8) -> Vec<Days> {
        let words = if let ["in" | "at" | "by" | "towards" | "toward" | "on", rest @ ..] = words { rest } else { words };
        let words = if let ["the", rest @ ..] = words { rest } else { words };
        let [which, rest @ ..] = words else { return Vec::new() };
        let rest = if let ["of" | "in", rest @ ..] = rest { rest } else { rest };
        let inner = || -> Vec<Days> {
            // "the end of the month" is of this month.
            let own = match rest {
                ["the", name] => unit(name),
                _ => None,
            };
            let found = match own {
                Some(unit) => vec![unit.around(self.anchor, 0)],
                None => self.bounded(rest, depth),
            };
            found.into_iter().filter(|days| days.last > days.first).collect()
        };
        let map = |make: &dyn Fn(Days) -> Days| inner().into_iter().map(make).collect();
        let third = |days: &Days, parts: i64| days.first + (days.last - days.first) * parts / 3;
        match *which {
            "earlier" => map(&|days| if days.last < self.anchor { days } else { Days { last: self.anchor, ..days }.by("") }),
            "later" => map(&|days| if days.first > self.anchor { days } else { Days { first: self.anchor, ..days }.by("") }),
            "early" | "beginning" | "start" => map(&|days| Days { last: third(&days, 1), ..days }.by("its first third")),
            "mid" | "middle" => map(&|days| Days { first: third(&days, 1), last: third(&days, 2), ..days }.by("its second third")),
            "late" | "end" => map(&|days| Days { first: third(&days, 2), ..days }.by("its last third")),
            "first" if matches!(rest, ["half", ..]) => self.half(rest, depth, true),
            "second" if matches!(rest, ["half", ..]) => self.half(rest, depth, false),
            _ => Vec::new(),
        }
    }

    fn half(&self, words: &[&str], depth: u8, is_first: bool) -> Vec<Days> {
        let (["half", "of", rest @ ..] | ["half", rest @ ..]) = words else { return Vec::new() };
        let own = match rest {
            ["the", name] => unit(name).map(|unit| vec![unit.around(self.anchor, 0)]),
            _ => None,
        };
        let found = own.unwrap_or_else(|| self.bounded(rest, depth));
        let halved = |days: Days| {
            let middle = days.first + (days.last - days.first) / 2;
            if is_first { Days { last: middle, ..days } } else { Days { first: middle + 1, ..days } }
        };
        found.into_iter().map(halved).collect()
    }

    /// "Wednesday", "Friday next week", "Tuesday of last week", "Monday morning".
    fn weekdays(&self, words: &[&str], depth: u8) -> Vec<Days> {
        let words = if let ["on" | "in" | "late" | "early", rest @ ..] = words { rest } else { words };
        let [name, rest @ ..] = words else { return Vec::new() };
        let Some(wanted) = weekday(name) else { return Vec::new() };
        let rest = if let ["of" | "in", rest @ ..] = rest { rest } else { rest };
        let own = (self.anchor + 3).rem_euclid(7);
        let back = (own - wanted).rem_euclid(7);
        match rest {
            [] | ["morning" | "afternoon" | "evening" | "night"] => {
                let past = Days::day(self.anchor - back).by("the last one up to the day on which it was said");
                let next = Days::day(self.anchor - back + 7).by("the next one, if it was still to come");
                vec![past, next]
            }
            [_, "week"] | ["the", _, "week"] => {
                let weeks = self.relative(rest, depth + 1);
                weeks.into_iter().map(|week| Days::day(week.first + wanted).by("weeks run from Monday to Sunday")).collect()
            }
            _ => Vec::new(),
        }
    }

    /// "from Monday to Wednesday", "today - next Friday", "between Monday and Wednesday".
    fn ranges(&self, words: &[&str], depth: u8) -> Vec<Days> {
        let (lasted, words) = match words {
            ["from", rest @ ..] => (true, rest),
            ["between", rest @ ..] => (false, rest),
            _ => (true, words),
        };
        let is_joint =
            |word: &&str| if lasted { matches!(*word, "to" | "-" | "until" | "till" | "through") } else { matches!(*word, "and" | "-") };
        let Some(at) = words.iter().position(is_joint).filter(|at| *at > 0) else { return Vec::new() };
        let (left, right) = (self.bounded(&words[..at], depth), self.bounded(&words[at + 1..], depth));
        let mut found = Vec::new();
        for from in &left {
            // The first end that comes after the start; a weekday may lie in the week after.
            let later = right.iter().map(|to| if to.first == to.last && to.last < from.first { to.last + 7 } else { to.last });
            found.extend(later.filter(|last| *last >= from.first).min().map(|last| Days { lasted, rule: "", last, ..*from }));
        }
        found
    }
}

/// Which way a word points.
fn step_of(word: &str) -> Option<i64> {
    Some(match word {
        "this" | "current" | "same" => 0,
        "last" | "past" | "previous" | "recent" | "preceding" => -1,
        "next" | "coming" | "following" | "upcoming" => 1,
        _ => return None,
    })
}
