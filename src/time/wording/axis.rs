//! Saying times of the axis itself: the pointer, the playhead, a marked span. The zoom says how precisely.

use crate::time::DAY_MS;
use crate::time::calendar::{civil_from_ms, month_name, month_short};
use crate::time::zone::{Shown, Zone};

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// The mean Gregorian year.
const YEAR_MS: i64 = 31_556_952_000;
/// Years from which thousands are set apart.
const GROUPED_FROM: u64 = 10_000;

/// A year in words: "2023", "34 CE", "44 BCE", "12,000 CE".
///
/// `year` is astronomical: 0 is 1 BCE. A round number of a hundred thousand years is said in millions, where one year more or less is not
/// known: "170 million BCE".
pub fn year_text(year: i64) -> String {
    let written = year.unsigned_abs();
    match year {
        1..=999 => format!("{year} CE"),
        1000..=9_999 => year.to_string(),
        10_000.. => format!("{} CE", grouped(written)),
        _ if written >= 1_000_000 && written.is_multiple_of(100_000) => format!("{} BCE", grouped(written)),
        _ => format!("{} BCE", grouped(written + 1)),
    }
}

/// A number with its thousands set apart, or in millions where it is round.
pub(in crate::time) fn grouped(value: u64) -> String {
    if value >= 1_000_000 && value.is_multiple_of(100_000) {
        let (whole, tenth) = (value / 1_000_000, value % 1_000_000 / 100_000);
        return if tenth == 0 { format!("{whole} million") } else { format!("{whole}.{tenth} million") };
    }
    if value < GROUPED_FROM {
        return value.to_string();
    }
    let digits = value.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The day in which a millisecond lies: "30 August 2023".
pub fn day_text(at_ms: i64) -> String {
    let (year, month, day) = civil_from_ms(at_ms);
    format!("{day} {} {}", month_name(month), year_text(year))
}

/// The day and second in which a millisecond lies: "30 August 2023, 14:05:00".
pub fn instant_text(at_ms: i64) -> String {
    format!("{}, {}", day_text(at_ms), clock(at_ms, SECOND_MS))
}

/// The time of day, down to a unit in milliseconds.
fn clock(at_ms: i64, unit_ms: i64) -> String {
    let of_day = at_ms.rem_euclid(DAY_MS);
    let (hour, minute, second, ms) = (of_day / HOUR_MS, of_day / MINUTE_MS % 60, of_day / SECOND_MS % 60, of_day % SECOND_MS);
    if unit_ms < SECOND_MS {
        format!("{hour:02}:{minute:02}:{second:02}.{ms:03}")
    } else if unit_ms < MINUTE_MS {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else {
        format!("{hour:02}:{minute:02}")
    }
}

/// What a pixel can tell apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grain {
    /// A time of day, down to this unit in milliseconds.
    Clock(i64),
    Day,
    Month,
    /// This many years.
    Years(i64),
}

/// The finest unit that is at least a pixel wide.
fn grain(ms_per_px: f64) -> Grain {
    if ms_per_px.is_nan() || ms_per_px < 0.0 {
        return Grain::Day;
    }
    let unit_ms = ms_per_px as i64;
    match unit_ms {
        ..SECOND_MS if ms_per_px <= 100.0 => Grain::Clock(1),
        _ if unit_ms <= SECOND_MS => Grain::Clock(SECOND_MS),
        _ if unit_ms <= HOUR_MS => Grain::Clock(MINUTE_MS),
        _ if unit_ms <= DAY_MS => Grain::Day,
        _ if unit_ms <= 31 * DAY_MS => Grain::Month,
        _ => {
            let mut years: i64 = 1;
            while years < 100_000_000 && years * YEAR_MS < unit_ms {
                years *= 10;
            }
            Grain::Years(years)
        }
    }
}

/// The time under the pointer at the precision that the zoom allows: "16 August 2023", "16 Aug 2023, 14:05", "August 2023", "44 BCE".
///
/// `ms_per_px` is how many milliseconds a pixel stands for. A time of day is given with the zone, where one matters, and with what its clocks made of it:
/// "26 Mar 2023, 02:30 Europe/Berlin, skipped by its clocks".
pub fn pointer_text(at_ms: i64, ms_per_px: f64, zone: Option<Zone>) -> String {
    let grain = grain(ms_per_px);
    let words = worded(at_ms, grain, month_name);
    match zone {
        Some(zone) if matches!(grain, Grain::Clock(_)) => match zone.shown(at_ms) {
            Shown::Once => format!("{words} {zone}"),
            Shown::Twice => format!("{words} {zone}, shown twice by its clocks"),
            Shown::Never => format!("{words} {zone}, skipped by its clocks"),
        },
        _ => words,
    }
}

/// The time of the playhead in few words: "16 Aug 2023".
///
/// `ms_per_px` is how many milliseconds a pixel stands for.
pub fn playhead_text(at_ms: i64, ms_per_px: f64) -> String {
    worded(at_ms, grain(ms_per_px), month_short)
}

fn worded(at_ms: i64, grain: Grain, month_of: fn(u8) -> &'static str) -> String {
    let (year, month, day) = civil_from_ms(at_ms);
    match grain {
        Grain::Clock(unit_ms) => format!("{day} {} {}, {}", month_short(month), year_text(year), clock(at_ms, unit_ms)),
        Grain::Day => format!("{day} {} {}", month_of(month), year_text(year)),
        Grain::Month => format!("{} {}", month_of(month), year_text(year)),
        Grain::Years(1) => year_text(year),
        Grain::Years(step) => {
            // Rounded as it is counted, on either side of the eras.
            let counted = if year > 0 { year } else { 1 - year };
            let round = ((counted + step / 2) / step * step).max(1);
            year_text(if year > 0 { round } else { 1 - round })
        }
    }
}

/// A span in words with its length: "20 Jul – 5 Sep 2023 · 48 days". The end is exclusive.
pub fn span_text(from_ms: i64, to_ms: i64) -> String {
    let (from_ms, to_ms) = (from_ms.min(to_ms), from_ms.max(to_ms));
    let length_ms = to_ms.saturating_sub(from_ms);
    let last_ms = to_ms.saturating_sub(1).max(from_ms);
    let (from, last) = (civil_from_ms(from_ms), civil_from_ms(last_ms));
    let whole_days = from_ms.rem_euclid(DAY_MS) == 0 && to_ms.rem_euclid(DAY_MS) == 0 && length_ms > 0;
    let ends = if length_ms < 2 * DAY_MS && !whole_days {
        let unit_ms = if length_ms < 10 * SECOND_MS {
            1
        } else if length_ms < 10 * MINUTE_MS {
            SECOND_MS
        } else {
            MINUTE_MS
        };
        let to = civil_from_ms(to_ms);
        let start = format!("{} {} {}, {}", from.2, month_short(from.1), year_text(from.0), clock(from_ms, unit_ms));
        if from == to {
            format!("{start} – {}", clock(to_ms, unit_ms))
        } else {
            format!("{start} – {} {} {}, {}", to.2, month_short(to.1), year_text(to.0), clock(to_ms, unit_ms))
        }
    } else if length_ms >= 20 * YEAR_MS {
        year_range_text(from_ms, to_ms)
    } else if from == last {
        format!("{} {} {}", from.2, month_short(from.1), year_text(from.0))
    } else {
        let tail = format!("{} {} {}", last.2, month_short(last.1), year_text(last.0));
        match (from.0 == last.0, from.1 == last.1) {
            (true, true) => format!("{}–{tail}", from.2),
            (true, false) => format!("{} {} – {tail}", from.2, month_short(from.1)),
            _ => format!("{} {} {} – {tail}", from.2, month_short(from.1), year_text(from.0)),
        }
    };
    format!("{ends} · {}", length_text(length_ms))
}

/// A length in the units that a person would say: "47 days", "4 hours 15 minutes", "75 years".
pub fn length_text(length_ms: i64) -> String {
    let rounded = |unit_ms: i64| (length_ms / unit_ms) + i64::from(length_ms % unit_ms >= unit_ms / 2);
    if length_ms >= 2 * YEAR_MS {
        return count(rounded(YEAR_MS), "year");
    }
    if length_ms >= 100 * DAY_MS {
        return count(rounded(YEAR_MS / 12), "month");
    }
    if length_ms >= 2 * DAY_MS {
        return count(rounded(DAY_MS), "day");
    }
    if length_ms % DAY_MS == 0 && length_ms > 0 {
        return count(length_ms / DAY_MS, "day");
    }
    let pair = |large_ms: i64, large: &str, small_ms: i64, small: &str| {
        let whole = rounded(small_ms) * small_ms;
        let rest = whole % large_ms / small_ms;
        let lead = count(whole / large_ms, large);
        if rest == 0 { lead } else { format!("{lead} {}", count(rest, small)) }
    };
    if length_ms >= HOUR_MS {
        pair(HOUR_MS, "hour", MINUTE_MS, "minute")
    } else if length_ms >= MINUTE_MS {
        pair(MINUTE_MS, "minute", SECOND_MS, "second")
    } else if length_ms >= SECOND_MS {
        count(rounded(SECOND_MS), "second")
    } else {
        format!("{length_ms} ms")
    }
}

/// "1 day", "12,000 years".
fn count(number: i64, unit: &str) -> String {
    format!("{} {unit}{}", grouped(number.unsigned_abs()), if number == 1 { "" } else { "s" })
}

/// The years of a span, its end exclusive: "1948 – 2023"; one year where it is one.
pub fn year_range_text(from_ms: i64, to_ms: i64) -> String {
    let (first, ..) = civil_from_ms(from_ms);
    let (last, ..) = civil_from_ms(to_ms.saturating_sub(1).max(from_ms));
    if first == last { year_text(first) } else { format!("{} – {}", year_text(first), year_text(last)) }
}
