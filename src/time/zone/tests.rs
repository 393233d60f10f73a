use proptest::prelude::*;

use super::*;
use crate::time::{DAY_MS, Dialect, Extent, Qualities, placed, read, wording_in, wording_short_in};

fn berlin() -> Zone {
    Zone::parse("Europe/Berlin").unwrap()
}

fn ms(text: &str) -> i64 {
    read(text, &Dialect::EDTF).unwrap().reading.extent.earliest_start
}

/// Where a zone puts a date, as two times without a zone.
fn at(text: &str, zone: Zone) -> (i64, i64) {
    let extent = placed(text, zone).unwrap().extent;
    (extent.earliest_start, extent.latest_end)
}

#[test]
fn names() {
    assert_eq!(Zone::parse(" UTC ").unwrap(), Zone::UTC);
    assert_eq!(Zone::parse("europe/berlin").unwrap().name(), "Europe/Berlin");
    assert_eq!(Zone::parse("america/new york").unwrap().name(), "America/New_York");
    let error = Zone::parse("Berlin").unwrap_err().to_string();
    assert!(error.contains("perhaps Europe/Berlin"), "{error}");
    assert!(Zone::parse("Atlantis").is_err() && Zone::parse("").is_err());
    let names = |text| Zone::search(text, 4).into_iter().map(Zone::name).collect::<Vec<_>>();
    assert_eq!(names("berlin"), ["Europe/Berlin"]);
    assert_eq!(names("new yo"), ["America/New_York"]);
    assert_eq!(names("seoul"), ["Asia/Seoul"]);
    assert_eq!(names("no such place"), [""; 0]);
    assert_eq!(names("").len(), 4);
}

#[test]
fn a_choice_is_kept_by_its_name_and_an_unknown_one_is_utc() {
    for zone in [Zone::UTC, berlin()] {
        let kept = serde_json::to_string(&zone).unwrap();
        assert_eq!(serde_json::from_str::<Zone>(&kept).unwrap(), zone);
    }
    assert_eq!(serde_json::from_str::<Zone>("\"Europe/Atlantis\"").unwrap(), Zone::UTC);
}

#[test]
fn dates_without_a_zone_never_move() {
    for text in ["2023-08-30", "2023-08", "2023", "2023-08-30T12:00", "2023-07-25/2023-07-27", "1920~", "[1667,1668]", "-0043", "2022/.."] {
        assert_eq!(placed(text, berlin()), placed(text, Zone::UTC), "{text}");
    }
}

#[test]
fn an_instant_stands_where_the_clock_showed_it() {
    let moved = |text, wall| assert_eq!(at(text, berlin()), at(wall, Zone::UTC), "{text}");
    moved("2023-08-30T12:00:00Z", "2023-08-30T14:00:00");
    moved("2023-08-30T12:00:00+02:00", "2023-08-30T12:00:00");
    moved("2023-01-30T23:30Z", "2023-01-31T00:30");
    moved("2023-08-30T12Z", "2023-08-30T14");
    moved("2023-08-30T22:00Z/2023-08-31T01:00Z", "2023-08-31T00:00/2023-08-31T03:00");
    // Only the end that has a zone moves.
    moved("2023-08-30/2023-08-30T22:30:00Z", "2023-08-30/2023-08-31T00:30:00");
    moved("2023-08-30T22:30:00Z/..", "2023-08-31T00:30:00/..");
    // Local mean time, before the railways.
    moved("1880-01-01T00:00:00Z", "1880-01-01T00:53:28");
    let kolkata = Zone::parse("Asia/Kolkata").unwrap();
    assert_eq!(at("2023-08-30T12Z", kolkata), (ms("2023-08-30T17:30"), ms("2023-08-30T18:30")));
}

#[test]
fn a_day_and_an_instant_of_it_stay_on_that_day_where_they_agree() {
    let day = at("2023-08-30", berlin());
    for text in ["2023-08-30T00:00:00+02:00", "2023-08-30T23:59:59+02:00", "2023-08-29T22:00:00Z"] {
        let (start_ms, end_ms) = at(text, berlin());
        assert!(start_ms >= day.0 && end_ms <= day.1, "{text}");
    }
}

#[test]
fn no_instant_stands_where_clocks_were_put_forward() {
    let wall = |text| at(text, berlin()).0;
    assert_eq!(wall("2023-03-26T00:59:59Z"), ms("2023-03-26T01:59:59"));
    assert_eq!(wall("2023-03-26T01:00:00Z"), ms("2023-03-26T03:00:00"));
    assert_eq!(at("2023-03-26T00Z", berlin()).1, ms("2023-03-26T02:00"), "the hour before ends where the gap begins");
    assert_eq!(berlin().shown(ms("2023-03-26T02:30")), Shown::Never);
    assert_eq!(berlin().shown(ms("2023-03-26T03:00")), Shown::Once);
    assert_eq!(Zone::UTC.shown(ms("2023-03-26T02:30")), Shown::Once);
}

#[test]
fn two_instants_share_a_place_where_clocks_were_put_back() {
    let wall = |text| at(text, berlin()).0;
    assert_eq!(wall("2023-10-29T00:30:00Z"), ms("2023-10-29T02:30:00"));
    assert_eq!(wall("2023-10-29T01:30:00Z"), ms("2023-10-29T02:30:00"));
    assert_eq!(berlin().shown(ms("2023-10-29T02:30")), Shown::Twice);
    let said = |text| wording_short_in(&read(text, &Dialect::EDTF).unwrap(), berlin());
    assert_eq!(said("2023-10-29T00:30:00Z"), "29 Oct 2023, 02:30:00 CEST");
    assert_eq!(said("2023-10-29T01:30:00Z"), "29 Oct 2023, 02:30:00 CET");
    // Twenty minutes, from 02:50 to 02:10 by the clock.
    let placed = placed("2023-10-29T00:50Z/2023-10-29T01:10Z", berlin()).unwrap();
    assert_eq!((placed.extent.earliest_start, placed.extent.latest_end), (ms("2023-10-29T02:10"), ms("2023-10-29T02:51")));
    // An hour across the change: all that the clocks showed in it.
    assert_eq!(at("2023-10-29T03+02:30", berlin()), (ms("2023-10-29T02:00"), ms("2023-10-29T03:00")));
}

#[test]
fn words_name_the_zone_and_keep_what_was_written() {
    let full = |text, zone| wording_in(&read(text, &Dialect::EDTF).unwrap(), zone);
    let tehran = Zone::parse("Asia/Tehran").unwrap();
    assert_eq!(full("2023-08-30T12:00Z", Zone::UTC), "30 August 2023, 12:00 UTC");
    assert_eq!(full("2023-08-30T17:00+05:00", Zone::UTC), "30 August 2023, 12:00 UTC (written 17:00 UTC+05:00)");
    assert_eq!(full("2023-08-30T12:00Z", berlin()), "30 August 2023, 14:00 CEST (written 12:00 UTC)");
    assert_eq!(full("2023-08-30T17:00+05:00", berlin()), "30 August 2023, 14:00 CEST (written 17:00 UTC+05:00; 12:00 UTC)");
    assert_eq!(full("2023-08-31T01:00+02:00", berlin()), "31 August 2023, 01:00 CEST (UTC+02:00; 30 August 23:00 UTC)");
    assert_eq!(full("2023-12-31T20:00-05:00", berlin()), "1 January 2024, 02:00 CET (written 31 December 2023 20:00 UTC-05:00; 01:00 UTC)");
    assert_eq!(full("2023-08-30T12:00Z", tehran), "30 August 2023, 15:30 UTC+03:30 (written 12:00 UTC)");
    assert_eq!(full("2023-08-30T12Z", tehran), "30 August 2023, 12 h UTC");
    assert_eq!(full("2023-08-30T10:00Z/2023-08-30T12:00Z", berlin()), "30 August 2023, 12:00 to 14:00 CEST");
    assert_eq!(full("2023-08-30", berlin()), "Wednesday 30 August 2023");
}

/// Zones with unusual changes: half an hour, a day left out, local mean time, a change that is none of an hour.
const ZONES: [&str; 7] =
    ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "America/St_Johns", "Africa/Monrovia", "UTC"];

proptest! {
    #[test]
    fn an_instant_has_a_place_with_its_length(name in prop::sample::select(&ZONES[..]), second in -4_000_000_000_i64..6_000_000_000, length_ms in 1_i64..3_600_001) {
        let zone = Zone::parse(name).unwrap();
        let start_ms = second * 1000;
        let (from_ms, to_ms) = zone.wall_span(start_ms, start_ms + length_ms);
        prop_assert!(from_ms < to_ms);
        let walls = [zone.wall_ms(start_ms), zone.wall_ms(start_ms + length_ms - 1)];
        prop_assert!(walls.into_iter().all(|wall| from_ms <= wall && wall < to_ms));
        prop_assert!((from_ms - start_ms).abs() <= 25 * 3_600_000);
        prop_assert_ne!(zone.shown(zone.wall_ms(start_ms)), Shown::Never);
    }

    #[test]
    fn what_is_placed_keeps_its_bounds_in_order(text in "[-0-9TZ:+/.,X~\\[\\]{}]{0,40}", name in prop::sample::select(&ZONES[..])) {
        let zone = Zone::parse(name).unwrap();
        let utc = placed(&text, Zone::UTC);
        let shown = placed(&text, zone);
        prop_assert_eq!(utc.is_some(), shown.is_some(), "{}", text);
        if let (Some(utc), Some(shown)) = (utc, shown) {
            let Extent { earliest_start, latest_start, earliest_end, latest_end } = shown.extent;
            prop_assert!(earliest_start <= latest_start && earliest_end <= latest_end && earliest_start < latest_end);
            if !utc.qualities.has(Qualities::INSTANT) {
                prop_assert_eq!(utc, shown);
            }
        }
    }

    #[test]
    fn intervals_of_instants_keep_their_bounds_in_order(second in 1_698_530_000_i64..1_698_560_000, length in 0_i64..20_000) {
        let stamp = |second: i64| DateTime::from_timestamp(second, 0).unwrap().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let text = format!("{}/{}", stamp(second), stamp(second + length));
        let Extent { earliest_start, latest_start, earliest_end, latest_end } = placed(&text, berlin()).unwrap().extent;
        prop_assert!(earliest_start <= latest_start && earliest_end <= latest_end && earliest_start < latest_end);
        prop_assert!(latest_end - earliest_start <= length * 1000 + 3_601_000 + DAY_MS / 24);
    }

    #[test]
    fn any_text_is_a_zone_or_an_error(text in "\\PC{0,30}") {
        let _ = (Zone::parse(&text), Zone::search(&text, 5));
    }
}

#[test]
fn beyond_the_database_clocks_are_no_longer_changed() {
    let ahead = |text| berlin().ahead_ms(ms(text)) / 3_600_000;
    assert_eq!((ahead("2099-07-01T12:00Z"), ahead("2099-12-31T12:00Z")), (2, 1));
    assert_eq!((ahead("2101-07-01T12:00Z"), ahead("9999-07-01T12:00Z")), (1, 1));
}
