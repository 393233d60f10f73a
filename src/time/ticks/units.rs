//! The calendar units that a ruler counts in, from a millisecond to a hundred million years.
//!
//! Years have no year 0 in words: their lines stand at round years of both eras (100 BCE, 1, 100), so a line before the era stands
//! at astronomical `1 - n`. Past the ends of the axis there is no line.

use crate::time::calendar::{civil_from_days, civil_from_ms, days_from_civil, month_name, month_short, weekday};
use crate::time::wording::grouped;
use crate::time::{DAY_MS, day_text};

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A step of years from which bounds are told in millions.
const MILLIONS_FROM: i64 = 100_000;

/// One unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// So many milliseconds, a whole part of a day.
    Clock(i64),
    /// A day.
    Day,
    /// A week from Monday.
    Week,
    /// So many months, a whole part of a year.
    Month(u8),
    /// So many years.
    Year(i64),
    /// Before and after the year 1.
    Era,
}

impl Unit {
    /// The units of the lower level, from fine to coarse.
    pub(super) const ALL: [Self; 54] = {
        let clock: [i64; 23] = [
            1,
            2,
            5,
            10,
            20,
            50,
            100,
            200,
            500,
            SECOND_MS,
            2 * SECOND_MS,
            5 * SECOND_MS,
            15 * SECOND_MS,
            30 * SECOND_MS,
            MINUTE_MS,
            5 * MINUTE_MS,
            15 * MINUTE_MS,
            30 * MINUTE_MS,
            HOUR_MS,
            2 * HOUR_MS,
            3 * HOUR_MS,
            6 * HOUR_MS,
            12 * HOUR_MS,
        ];
        let mut all = [Self::Day; 54];
        let mut at = 0;
        while at < clock.len() {
            all[at] = Self::Clock(clock[at]);
            at += 1;
        }
        all[24] = Self::Week;
        all[25] = Self::Month(1);
        all[26] = Self::Month(3);
        all[27] = Self::Month(6);
        at = 28;
        let mut step = 1;
        while at + 2 < all.len() {
            all[at] = Self::Year(step);
            all[at + 1] = Self::Year(2 * step);
            all[at + 2] = Self::Year(5 * step);
            at += 3;
            step *= 10;
        }
        while at < all.len() {
            all[at] = Self::Year(100_000_000);
            at += 1;
        }
        all
    };

    /// The coarsest unit of the lower level.
    pub(super) const COARSEST: Self = Self::Year(100_000_000);

    /// The natural unit of the level above.
    pub(super) const fn above(self) -> Self {
        match self {
            Self::Clock(..SECOND_MS) => Self::Clock(SECOND_MS),
            Self::Clock(_) => Self::Day,
            Self::Day | Self::Week => Self::Month(1),
            Self::Month(_) => Self::Year(1),
            Self::Year(step) => {
                let mut ten = 10;
                while ten <= step {
                    ten *= 10;
                }
                // Two lines to a label look like a mistake: five years stand under centuries.
                let over = if step * 2 == ten { ten * 10 } else { ten };
                if over > 100_000_000 { Self::Era } else { Self::Year(over) }
            }
            Self::Era => Self::Era,
        }
    }

    /// The least length of the unit, in milliseconds.
    pub(super) const fn least_ms(self) -> f64 {
        (match self {
            Self::Clock(unit_ms) => unit_ms,
            Self::Day => DAY_MS,
            Self::Week => 7 * DAY_MS,
            Self::Month(months) => 28 * DAY_MS * months as i64 + if months > 1 { DAY_MS } else { 0 },
            Self::Year(years) => years.saturating_mul(365 * DAY_MS),
            Self::Era => i64::MAX,
        }) as f64
    }

    /// The last line at or before a time; nothing where it lies before the axis.
    pub(super) fn at_or_before(self, at_ms: i64) -> Option<i64> {
        let day = at_ms.div_euclid(DAY_MS);
        match self {
            Self::Clock(unit_ms) => at_ms.div_euclid(unit_ms).checked_mul(unit_ms),
            Self::Day => day.checked_mul(DAY_MS),
            Self::Week => (day - i64::from(weekday(day).num_days_from_monday())).checked_mul(DAY_MS),
            Self::Month(months) => {
                let (year, month, _) = civil_from_days(day);
                day_ms(year, (month - 1) / months * months + 1)
            }
            Self::Year(step) => day_ms(line_at_or_before(civil_from_days(day).0, step), 1),
            Self::Era => day_ms(1, 1).filter(|era_ms| at_ms >= *era_ms),
        }
    }

    /// The first line at or after a time; nothing where it lies past the axis.
    pub(super) fn at_or_after(self, at_ms: i64) -> Option<i64> {
        match self.at_or_before(at_ms) {
            Some(line_ms) if line_ms == at_ms => Some(line_ms),
            // The line before it may lie outside the axis where the next does not.
            _ => self.after(at_ms),
        }
    }

    /// The first line after a time.
    pub(super) fn after(self, at_ms: i64) -> Option<i64> {
        let day = at_ms.div_euclid(DAY_MS);
        match self {
            Self::Clock(unit_ms) => (at_ms.div_euclid(unit_ms) + 1).checked_mul(unit_ms),
            Self::Day => (day + 1).checked_mul(DAY_MS),
            Self::Week => (day + 7 - i64::from(weekday(day).num_days_from_monday())).checked_mul(DAY_MS),
            Self::Month(months) => {
                let (year, month, _) = civil_from_days(day);
                let next = (month - 1) / months * months + 1 + months;
                if next > 12 { day_ms(year + 1, next - 12) } else { day_ms(year, next) }
            }
            Self::Year(step) => day_ms(line_after(line_at_or_before(civil_from_days(day).0, step), step), 1),
            Self::Era => day_ms(1, 1).filter(|era_ms| at_ms < *era_ms),
        }
    }

    /// The label of a line on the lower level: "24", "14:05", "Aug", "1950", "44 BCE".
    pub(super) fn label(self, at_ms: i64) -> String {
        let (year, month, day) = civil_from_ms(at_ms);
        match self {
            Self::Clock(unit_ms @ ..SECOND_MS) => {
                let digits = format!("{:03}", at_ms.rem_euclid(SECOND_MS));
                let kept = if unit_ms >= 100 {
                    1
                } else if unit_ms >= 10 {
                    2
                } else {
                    3
                };
                format!(".{}", digits.get(..kept).unwrap_or(&digits))
            }
            Self::Clock(_) => self.clock(at_ms),
            Self::Day | Self::Week => day.to_string(),
            Self::Month(_) => month_short(month).to_owned(),
            Self::Year(_) | Self::Era => plain_year(year),
        }
    }

    /// The label of a line on the upper level: "24 August 2023", "August 2023", "1950s".
    pub(super) fn full_label(self, at_ms: i64) -> String {
        let (year, month, _) = civil_from_ms(at_ms);
        match self {
            Self::Clock(_) => format!("{}, {}", day_text(at_ms), self.clock(at_ms)),
            Self::Day | Self::Week => day_text(at_ms),
            Self::Month(_) => format!("{} {}", month_name(month), plain_year(year)),
            Self::Year(step) => years_label(line_at_or_before(year, step), step),
            Self::Era => if year > 0 { "CE" } else { "BCE" }.to_owned(),
        }
    }

    /// Labels as wide as any that this unit can have in a window.
    pub(super) fn widest_labels(self, from_ms: i64, to_ms: i64) -> Vec<String> {
        match self {
            Self::Clock(..SECOND_MS) => vec![self.label(888), self.label(444)],
            Self::Clock(..MINUTE_MS) => vec!["00:00:00".to_owned(), "20:44:44".to_owned()],
            Self::Clock(_) => vec!["00:00".to_owned(), "20:44".to_owned()],
            Self::Day | Self::Week => vec!["28".to_owned(), "24".to_owned(), "20".to_owned()],
            Self::Month(_) => (1..=12).map(|month| month_short(month).to_owned()).collect(),
            Self::Year(step) => {
                let line = |at_ms| line_at_or_before(civil_from_ms(at_ms).0, step);
                vec![plain_year(line(from_ms)), plain_year(line(to_ms))]
            }
            Self::Era => vec!["BCE".to_owned()],
        }
    }

    /// The time of day, to the second where the unit is finer than a minute.
    fn clock(self, at_ms: i64) -> String {
        let seconds = at_ms.rem_euclid(DAY_MS) / SECOND_MS;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        match self {
            Self::Clock(..MINUTE_MS) => format!("{hour:02}:{minute:02}:{second:02}"),
            _ => format!("{hour:02}:{minute:02}"),
        }
    }
}

/// The first millisecond of a month; nothing where it lies outside what an `i64` holds.
fn day_ms(year: i64, month: u8) -> Option<i64> {
    days_from_civil(year, month, 1).checked_mul(DAY_MS)
}

/// The last line at or before an astronomical year.
///
/// After the era lines stand at 1 and at multiples of the step (of two years, only there), before it at the same years counted back.
fn line_at_or_before(year: i64, step: i64) -> i64 {
    if step == 1 {
        return year;
    }
    if year >= step {
        return year / step * step;
    }
    if year >= 1 && step > 2 {
        return 1;
    }
    let before_era = (1 - year).max(1);
    1 - (before_era + step - 1) / step * step
}

/// The line that follows a line.
fn line_after(line: i64, step: i64) -> i64 {
    if step == 1 || line >= step {
        return line + step;
    }
    if line >= 1 {
        return step;
    }
    if 1 - line > step {
        return line + step;
    }
    if step > 2 { 1 } else { step }
}

/// A year as a bare number: "1950", "44 BCE", "12,000 BCE".
fn plain_year(year: i64) -> String {
    if year > 0 { grouped(year.unsigned_abs()) } else { format!("{} BCE", grouped(year.unsigned_abs() + 1)) }
}

/// The years from one line to the next: "1950s", "1900s", "1000–1999", "60–51 BCE", "200–190 million BCE".
fn years_label(line: i64, step: i64) -> String {
    if step == 1 {
        return if (1..1000).contains(&line) { format!("{line} CE") } else { plain_year(line) };
    }
    let last = line_after(line, step) - 1;
    let era = if line > 0 { "" } else { " BCE" };
    if step >= MILLIONS_FROM {
        let millions = |year: i64| {
            let tenths = if year > 0 { year / MILLIONS_FROM } else { (1 - year) / MILLIONS_FROM };
            if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
        };
        return format!("{}–{} million{}", millions(line), millions(last + 1), if line > 0 { " CE" } else { " BCE" });
    }
    if line >= 100 && step <= 100 {
        return format!("{line}s");
    }
    let number = |year: i64| grouped(if year > 0 { year.unsigned_abs() } else { year.unsigned_abs() + 1 });
    format!("{}–{}{era}", number(line), number(last))
}
