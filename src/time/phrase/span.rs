//! A stretch of days, and its EDTF.

use super::{day_edtf, month_start};
use crate::time::calendar::{civil_from_days, days_in_month};

/// Days from `first` to `last`, both of them in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    /// The first day, counted from 1970-01-01; `i64::MIN` where there is none.
    pub first: i64,
    /// The last day; `i64::MAX` where there is none.
    pub last: i64,
    /// Whether it lasted all of them; else it is at a time among them.
    pub lasted: bool,
    /// Whether the days are about.
    pub approximate: bool,
    /// What was taken for granted.
    pub rule: &'static str,
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A part of a day, which is not told apart here.
    Hour,
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    /// Three months, by the ISO 8601-2 code of a season, 21 to 24.
    Season(u8),
    Year,
    Decade,
    Century,
}

impl Days {
    /// One day.
    pub(super) const fn day(day: i64) -> Self {
        Self::among(day, day)
    }

    /// A time among days.
    pub(super) const fn among(first: i64, last: i64) -> Self {
        Self { first, last, lasted: false, approximate: false, rule: "" }
    }

    /// The same, saying what was taken for granted.
    pub(super) const fn by(self, rule: &'static str) -> Self {
        Self { rule, ..self }
    }

    /// The least stretch that holds both.
    pub(super) fn hull(self, other: Self) -> Self {
        Self {
            first: self.first.min(other.first),
            last: self.last.max(other.last),
            approximate: self.approximate | other.approximate,
            ..self
        }
    }

    /// Whether it has no first or no last day.
    pub(super) const fn is_open(&self) -> bool {
        self.first == i64::MIN || self.last == i64::MAX
    }

    /// Its EDTF: a day, month or year where it is exactly one; nothing where it has no sense.
    pub(super) fn edtf(&self) -> Option<String> {
        let sign = if self.approximate { "~" } else { "" };
        if self.first > self.last {
            return None;
        }
        let side = |day: i64| if day == i64::MIN || day == i64::MAX { "..".to_owned() } else { format!("{}{sign}", day_edtf(day)) };
        let within = |day: i64| day == i64::MIN || day == i64::MAX || (-3_000_000..2_900_000).contains(&day);
        if !within(self.first) || !within(self.last) || (self.first == i64::MIN && self.last == i64::MAX) {
            return None;
        }
        if self.lasted {
            return Some(format!("{}/{}", side(self.first), side(self.last)));
        }
        if self.is_open() {
            let [first, last] =
                [self.first, self.last].map(|day| if day == i64::MIN || day == i64::MAX { String::new() } else { side(day) });
            return Some(format!("[{first}..{last}]"));
        }
        if self.first == self.last {
            return Some(side(self.first));
        }
        let (year, month, day) = civil_from_days(self.first);
        let (last_year, last_month, last_day) = civil_from_days(self.last);
        let is_whole = day == 1 && last_day == days_in_month(last_year, last_month) && year >= 0;
        if is_whole && year == last_year && (month, last_month) == (1, 12) {
            return Some(format!("{year:04}{sign}"));
        }
        if is_whole && (year, month) == (last_year, last_month) {
            return Some(format!("{year:04}-{month:02}{sign}"));
        }
        Some(format!("[{}..{}]", side(self.first), side(self.last)))
    }
}

impl Unit {
    /// The unit of the calendar that lies so many units after the one that `day` is in.
    pub(super) fn around(self, day: i64, later: i64) -> Days {
        let (year, month, _) = civil_from_days(day);
        let monday = day - (day + 3).rem_euclid(7);
        let months = |year: i64, month: u8, count: i64| Days::among(month_start(year, month, 0), month_start(year, month, count) - 1);
        match self {
            Self::Hour => Days::day(day),
            Self::Day => Days::day(day + later),
            Self::Week => Days::among(monday + later * 7, monday + later * 7 + 6).by("weeks run from Monday to Sunday"),
            Self::Fortnight => Days::among(monday + later * 14, monday + later * 14 + 13),
            Self::Weekend => Days::among(monday + 5 + later * 7, monday + 6 + later * 7),
            Self::Month => {
                let first = month_start(year, month, later);
                Days::among(first, month_start(year, month, later + 1) - 1)
            }
            Self::Quarter => {
                let first = (month - 1) / 3 * 3 + 1;
                Days::among(month_start(year, first, later * 3), month_start(year, first, later * 3 + 3) - 1)
            }
            Self::Season(code) => {
                // The nearest that has begun, or is to begin this year, is "this" one.
                let start = (code - 20) * 3;
                let own = if code == 24 && month <= 2 { year - 1 } else { year };
                months(own + later, start, 3).by("seasons are those of the northern hemisphere, by whole months")
            }
            Self::Year => months(year + later, 1, 12),
            Self::Decade => months((year.div_euclid(10) + later) * 10, 1, 120),
            Self::Century => months((year - 1).div_euclid(100) * 100 + 1 + later * 100, 1, 1200),
        }
    }

    /// What lies from `low` to `high` units after a day, at the precision of the unit; `low` and `high` are negative for before.
    pub(super) fn distant(self, day: i64, low: i64, high: i64) -> Days {
        let rule = match self {
            Self::Week | Self::Fortnight => "to the half of a week",
            Self::Month => "to the month",
            Self::Year => "to the year",
            _ => "",
        };
        let days = match self {
            Self::Hour => {
                let whole = |hours: i64| (hours.abs() + 23) / 24 * hours.signum();
                Days::among(day + whole(low).min(0), day + whole(high).max(0))
            }
            Self::Day => Days::among(day + low, day + high),
            Self::Week => Days::among(day + low * 7 - 3, day + high * 7 + 3),
            Self::Fortnight => Days::among(day + low * 14 - 3, day + high * 14 + 3),
            Self::Weekend => self.around(day, low).hull(self.around(day, high)),
            Self::Month | Self::Year | Self::Decade | Self::Century | Self::Quarter | Self::Season(_) => {
                self.around(day, low).hull(self.around(day, high))
            }
        };
        days.by(rule)
    }

    /// The day that lies so many units after another; the month's last day where its month is shorter.
    pub(super) fn step(self, day: i64, count: i64) -> i64 {
        let by_months = |months: i64| {
            let (year, month, of_month) = civil_from_days(day);
            let first = month_start(year, month, months);
            let length = month_start(year, month, months + 1) - first;
            first + (i64::from(of_month) - 1).min(length - 1)
        };
        match self {
            Self::Hour => day + count.signum(),
            Self::Day => day + count,
            Self::Week | Self::Weekend => day + count * 7,
            Self::Fortnight => day + count * 14,
            Self::Month => by_months(count),
            Self::Quarter | Self::Season(_) => by_months(count * 3),
            Self::Year => by_months(count * 12),
            Self::Decade => by_months(count * 120),
            Self::Century => by_months(count * 1200),
        }
    }
}
