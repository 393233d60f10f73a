//! The proleptic Gregorian calendar on `i64` years, and the names of its months and days.
//!
//! Years are astronomical: year 0 is 1 BCE, a leap year. The arithmetic is Howard Hinnant's (`days_from_civil`,
//! <https://howardhinnant.github.io/date_algorithms.html>); `chrono::NaiveDate` ends at ±262,000 years, the axis here at
//! ±292 million. Nothing here reads or words a date.

use chrono::Weekday;

use super::DAY_MS;

/// The first year that the axis can hold whole.
pub const MIN_YEAR: i64 = -292_000_000;
/// The last year that the axis can hold whole.
pub const MAX_YEAR: i64 = 292_000_000;

/// Years beyond this are taken as this, so that no sum overflows; far outside the axis.
const YEAR_LIMIT: i64 = 1 << 50;
/// Days beyond this are taken as this, so that no sum overflows; far outside the axis.
const DAY_LIMIT: i64 = 1 << 58;

/// Full English names of the months, January first.
pub const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Short English names of the months, January first.
pub const MONTHS_SHORT: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Whether the year has a 29 February.
pub const fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// The number of days in a month (1 to 12); 0 for a month that does not exist.
pub const fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Whether the calendar has this day.
pub const fn is_day(year: i64, month: u8, day: u8) -> bool {
    day >= 1 && day <= days_in_month(year, month)
}

/// Days from 1970-01-01 to a day, negative before it. A month past 12 or a day past the month's end counts on into what follows.
pub const fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let year = clamp(year, YEAR_LIMIT);
    let (month, day) = (month as i64, day as i64);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The year, month (1 to 12) and day (1 to 31) that lie so many days after 1970-01-01.
pub const fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let shifted = clamp(days, DAY_LIMIT) + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u8;
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

/// The first millisecond of a day, or nothing where the day lies outside the axis.
pub const fn ms_from_civil(year: i64, month: u8, day: u8) -> Option<i64> {
    if year < MIN_YEAR || year > MAX_YEAR + 1 {
        return None;
    }
    days_from_civil(year, month, day).checked_mul(DAY_MS)
}

/// As [`ms_from_civil`], at the end of the axis where the day lies outside.
pub const fn ms_from_civil_saturating(year: i64, month: u8, day: u8) -> i64 {
    days_from_civil(year, month, day).saturating_mul(DAY_MS)
}

/// The year, month and day in which a millisecond lies.
pub const fn civil_from_ms(at_ms: i64) -> (i64, u8, u8) {
    civil_from_days(at_ms.div_euclid(DAY_MS))
}

/// The weekday of the day that lies so many days after 1970-01-01.
pub const fn weekday(days: i64) -> Weekday {
    match (days.rem_euclid(7) + 3) % 7 {
        0 => Weekday::Mon,
        1 => Weekday::Tue,
        2 => Weekday::Wed,
        3 => Weekday::Thu,
        4 => Weekday::Fri,
        5 => Weekday::Sat,
        _ => Weekday::Sun,
    }
}

/// The full English name of a month (1 to 12); empty for a month that does not exist.
pub const fn month_name(month: u8) -> &'static str {
    if month >= 1 && month <= 12 { MONTHS[month as usize - 1] } else { "" }
}

/// The short English name of a month (1 to 12); empty for a month that does not exist.
pub const fn month_short(month: u8) -> &'static str {
    if month >= 1 && month <= 12 { MONTHS_SHORT[month as usize - 1] } else { "" }
}

/// The full English name of a weekday.
pub const fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// The short English name of a weekday.
pub const fn weekday_short(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Mon",
        Weekday::Tue => "Tue",
        Weekday::Wed => "Wed",
        Weekday::Thu => "Thu",
        Weekday::Fri => "Fri",
        Weekday::Sat => "Sat",
        Weekday::Sun => "Sun",
    }
}

/// `value` held within `±limit`.
const fn clamp(value: i64, limit: i64) -> i64 {
    if value > limit {
        limit
    } else if value < -limit {
        -limit
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, NaiveDate};
    use proptest::prelude::*;

    #[test]
    fn known_days() {
        assert_eq!(days_from_civil(1970, 1, 1), 0);
        assert_eq!(days_from_civil(2000, 3, 1), 11_017);
        assert_eq!(days_from_civil(0, 1, 1), -719_528);
        assert_eq!(civil_from_days(-719_529), (-1, 12, 31));
        assert_eq!(weekday(0), Weekday::Thu);
        assert_eq!(weekday(days_from_civil(2023, 8, 30)), Weekday::Wed);
        assert!(!is_day(2023, 2, 29) && is_day(2024, 2, 29) && is_day(0, 2, 29) && !is_day(1900, 2, 29) && !is_day(2023, 13, 1));
    }

    #[test]
    fn the_ends_of_the_axis() {
        assert!(ms_from_civil(MIN_YEAR, 1, 1).is_some());
        assert!(ms_from_civil(MAX_YEAR + 1, 1, 1).is_some());
        assert!(ms_from_civil(MAX_YEAR + 2, 1, 1).is_none());
        assert!(ms_from_civil(i64::MAX, 1, 1).is_none());
        assert_eq!(ms_from_civil_saturating(i64::MIN, 1, 1), i64::MIN);
        let _ = (civil_from_days(i64::MAX), civil_from_days(i64::MIN), days_from_civil(i64::MAX, 255, 255));
        let _ = (civil_from_ms(i64::MAX), civil_from_ms(i64::MIN));
    }

    proptest! {
        #[test]
        fn agrees_with_chrono(days in -90_000_000i32..90_000_000) {
            if let Some(date) = NaiveDate::from_num_days_from_ce_opt(days) {
                let since = i64::from(days) - 719_163;
                prop_assert_eq!(civil_from_days(since), (i64::from(date.year()), date.month() as u8, date.day() as u8));
                prop_assert_eq!(days_from_civil(i64::from(date.year()), date.month() as u8, date.day() as u8), since);
                prop_assert_eq!(weekday(since), date.weekday());
            }
        }

        #[test]
        fn there_and_back(days in -106_000_000_000i64..106_000_000_000) {
            let (year, month, day) = civil_from_days(days);
            prop_assert!(is_day(year, month, day));
            prop_assert_eq!(days_from_civil(year, month, day), days);
        }
    }
}
