//! Rulers at every zoom and place, and what holds for all of them.

use super::*;
use crate::time::calendar::civil_from_ms;
use crate::time::{Dialect, read};
use proptest::prelude::*;

/// Seven pixels a character.
fn width(text: &str) -> f32 {
    text.chars().count() as f32 * 7.0
}

fn ms(text: &str) -> i64 {
    read(text, &Dialect::EDTF).unwrap().reading.extent.earliest_start
}

fn labels(ticks: &[Tick]) -> Vec<&str> {
    ticks.iter().map(|tick| tick.label.as_str()).collect()
}

fn over(from: &str, to: &str, width_px: f32) -> Ruler {
    let ruled = ruler(ms(from), ms(to), width_px, &width);
    holds(&ruled, ms(from), ms(to), width_px);
    ruled
}

#[test]
fn two_months() {
    let ruled = over("2023-07-20", "2023-09-05", 1600.0);
    assert_eq!(labels(&ruled.major), ["July 2023", "August 2023", "September 2023"]);
    assert_eq!(ruled.major.first().unwrap().at_ms, ms("2023-07-01"));
    assert_eq!(labels(&ruled.minor).get(..5).unwrap(), ["20", "21", "22", "23", "24"]);
    assert_eq!(ruled.shaded.first(), Some(&(ms("2023-07-22"), ms("2023-07-24"))));
    assert_eq!(ruled.shaded.len(), 7);
    let ruled = over("2023-07-20", "2023-09-05", 700.0);
    assert_eq!(labels(&ruled.minor), ["24", "31", "7", "14", "21", "28", "4"]);
}

#[test]
fn every_zoom_has_its_units() {
    for (from, to, minor, major) in [
        ("2023-08-30T10:00:00", "2023-08-30T10:00:00.02", ".000", "30 August 2023, 10:00:00"),
        ("2023-08-30T10:00:00", "2023-08-30T10:00:09", "10:00:00", "30 August 2023"),
        ("2023-08-30T10:00", "2023-08-30T11:00", "10:00", "30 August 2023"),
        ("2023-08-30", "2023-09-01", "00:00", "30 August 2023"),
        ("2023-02", "2024-06", "Feb", "2023"),
        ("2011", "2024", "Jan", "2011"),
        ("1710", "2024", "1720", "1700s"),
        ("1000", "2024", "1000", "1000–1999"),
        ("-0099", "-0059", "100 BCE", "100–1 BCE"),
        ("Y-200000000", "Y-190000000", "200 million BCE", ""),
    ] {
        let ruled = over(from, to, 1000.0);
        let first = ruled.minor.first().map(|tick| tick.label.as_str());
        assert_eq!((first, ruled.major.first().map(|tick| tick.label.as_str())), (Some(minor), Some(major)), "{from} {to}: {ruled:?}");
        assert!(ruled.minor.len() > 3, "{ruled:?}");
    }
}

#[test]
fn across_the_eras() {
    assert_eq!(labels(&over("-0003", "0005", 500.0).minor), ["4 BCE", "3 BCE", "2 BCE", "1 BCE", "1", "2", "3", "4"]);
    assert_eq!(labels(&over("-0304", "0305", 700.0).minor), ["300 BCE", "200 BCE", "100 BCE", "1", "100", "200", "300"]);
    assert_eq!(labels(&over("-0005", "0007", 800.0).minor).first(), Some(&"6 BCE"));
    assert_eq!(labels(&over("Y-10050", "-9900", 900.0).minor).first(), Some(&"10,040 BCE"));
}

#[test]
fn years_keep_their_names_across_year_0_and_at_any_depth() {
    let upper = |from: &str, to: &str| over(from, to, 1400.0).major.into_iter().map(|tick| tick.label).collect::<Vec<_>>();
    assert_eq!(upper("-0002", "0003"), ["3 BCE", "2 BCE", "1 BCE", "1 CE", "2 CE"]);
    assert_eq!(upper("-0001-12-30", "0000-01-03"), ["30 December 2 BCE", "31 December 2 BCE", "1 January 1 BCE", "2 January 1 BCE"]);
    assert_eq!(upper("0000-12-30", "0001-01-03"), ["30 December 1 BCE", "31 December 1 BCE", "1 January 1 CE", "2 January 1 CE"]);
    let deep = ["10,004 BCE", "10,003 BCE", "10,002 BCE", "10,001 BCE", "10,000 BCE", "9999 BCE", "9998 BCE", "9997 BCE"];
    assert_eq!(upper("Y-10003", "-9995"), deep);
    let deeper = ["200,000,004 BCE", "200,000,003 BCE", "200,000,002 BCE", "200,000,001 BCE", "200 million BCE", "199,999,999 BCE"];
    assert_eq!(upper("Y-200000003", "Y-199999997"), deeper);
}

#[test]
fn lines_of_years_stand_where_their_years_begin() {
    for centre in ["0000", "Y-10000", "Y-200000000"] {
        for years in [40_i64, 70, 400, 3_000, 50_000, 900_000, 40_000_000] {
            let half_ms = years * 31_556_952_000 / 2;
            let (from_ms, to_ms) = (ms(centre) - half_ms, ms(centre) + half_ms);
            let ruled = ruler(from_ms, to_ms, 1400.0, &width);
            holds(&ruled, from_ms, to_ms, 1400.0);
            assert!(ruled.minor.len() > 3, "{centre} {years}: {ruled:?}");
            for tick in ruled.minor.iter().chain(ruled.major.iter().skip(1)) {
                let (year, month, day) = civil_from_ms(tick.at_ms);
                let named = tick.label.split(['–', ' ']).next().unwrap().replace([',', 's'], "");
                let counted = if year > 0 { year } else { 1 - year };
                assert_eq!((month, day), (1, 1), "{tick:?}");
                assert_eq!(tick.label.contains("BCE"), year <= 0, "{tick:?}");
                if !tick.label.contains("million") && !["BCE", "CE"].contains(&tick.label.as_str()) {
                    assert_eq!(named, counted.to_string(), "{tick:?}");
                }
            }
        }
    }
}

#[test]
fn the_ends_of_the_axis() {
    for (from, to) in [
        (i64::MIN, i64::MAX),
        (i64::MIN, i64::MIN + 5),
        (i64::MAX - 5, i64::MAX),
        (i64::MIN, i64::MIN + DAY_MS * 900),
        (i64::MAX - DAY_MS * 40, i64::MAX),
    ] {
        holds(&ruler(from, to, 1000.0, &width), from, to, 1000.0);
    }
    assert_eq!(ruler(5, 5, 1000.0, &width), Ruler::default());
    assert_eq!(ruler(0, 5, f32::NAN, &width), Ruler::default());
    assert_eq!(ruler(0, 5, 0.0, &width), Ruler::default());
    let whole = ruler(i64::MIN, i64::MAX, 1000.0, &width);
    assert_eq!(labels(&whole.major), ["BCE", "CE"]);
}

/// What holds for every ruler.
fn holds(ruled: &Ruler, from_ms: i64, to_ms: i64, width_px: f32) {
    let past = |at_ms: i64| (i128::from(at_ms) - i128::from(from_ms)) as f64;
    let x_px = |at_ms: i64| past(at_ms) / past(to_ms) * f64::from(width_px);
    let most = (width_px / 8.0) as usize;
    assert!(ruled.minor.len() <= most && ruled.major.len() <= most.max(1), "{ruled:?}");
    assert!(ruled.minor.iter().all(|tick| (from_ms..to_ms).contains(&tick.at_ms)), "{ruled:?}");
    assert!(ruled.major.first().is_some_and(|tick| tick.at_ms <= from_ms), "{ruled:?}");
    assert!(ruled.major.iter().skip(1).all(|tick| (from_ms..to_ms).contains(&tick.at_ms)), "{ruled:?}");
    for ticks in [&ruled.minor, &ruled.major] {
        for pair in ticks.windows(2) {
            let [before, after] = pair else { continue };
            assert!(before.at_ms < after.at_ms && before.label != after.label, "{ruled:?}");
            let end_px = if before.label.is_empty() { 0.0 } else { x_px(before.at_ms).max(0.0) + f64::from(width(&before.label)) + 13.0 };
            assert!(x_px(after.at_ms) >= end_px, "{before:?} {after:?}");
        }
    }
    assert!(ruled.shaded.iter().all(|(start_ms, end_ms)| start_ms < end_ms && *start_ms < to_ms && *end_ms > from_ms));
}

proptest! {
    #[test]
    fn every_ruler_holds(from_ms in any::<i64>(), length in 0_u32..63, fine in any::<u64>(), width_px in 8.0_f32..4000.0) {
        let length_ms = ((1_u64 << length) | (fine & ((1 << length) - 1))).min(i64::MAX as u64) as i64;
        let to_ms = from_ms.saturating_add(length_ms);
        if from_ms < to_ms {
            holds(&ruler(from_ms, to_ms, width_px, &width), from_ms, to_ms, width_px);
        }
    }

    #[test]
    fn rulers_near_people_hold(from_ms in -100_000_000_000_000_i64..10_000_000_000_000, length in 0_u32..46, fine in any::<u64>(), width_px in 40.0_f32..3000.0) {
        let length_ms = ((1_u64 << length) | (fine & ((1 << length) - 1))) as i64;
        holds(&ruler(from_ms, from_ms + length_ms, width_px, &width), from_ms, from_ms + length_ms, width_px);
    }
}

#[test]
fn the_next_line_is_that_of_the_lower_level_whatever_the_time() {
    let (from, to) = (ms("2023-07-20"), ms("2023-09-05"));
    let next = |width_px: f32, at: &str, forward| next_line(from, to, width_px, &width, ms(at), forward);
    assert_eq!(next(1600.0, "2023-08-01", true), Some(ms("2023-08-02")));
    assert_eq!(next(1600.0, "2023-08-01", false), Some(ms("2023-07-31")));
    assert_eq!(next(700.0, "2023-08-02", true), Some(ms("2023-08-07")));
    assert_eq!(next(700.0, "2023-08-02", false), Some(ms("2023-07-31")));
    assert_eq!(next(1600.0, "1999-12-31", true), Some(ms("2000-01-01")), "outside the window too");
    assert_eq!(next(f32::NAN, "2023-08-01", true), None);
    assert_eq!(next_line(to, from, 800.0, &width, from, true), None);
    for at_ms in [i64::MIN, i64::MAX, 0] {
        for forward in [true, false] {
            assert!(next_line(from, to, 800.0, &width, at_ms, forward).is_none_or(|to_ms| (to_ms > at_ms) == forward));
        }
    }
}
