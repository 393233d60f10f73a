use proptest::prelude::*;

use super::*;
use crate::model::{Event, EventSink as _, Ledger};
use crate::store::{GroupBy, LaneIndex, StoreBuilder};
use crate::time::{Dialect, read};

fn store(dates: &[String]) -> EventStore {
    let mut builder = StoreBuilder::default();
    builder.begin_file("zones.jsonl".into());
    for (at, date) in dates.iter().enumerate() {
        let event = Event {
            id: format!("e{at}").into(),
            when: read(date, &Dialect::EDTF).ok(),
            title: format!("event {at}").into(),
            actors: vec![crate::model::Participant { name: format!("Actor {}", at % 3).into(), role: "".into() }],
            ..Event::default()
        };
        builder.event(&event, at as u32 + 1);
    }
    builder.finish(Ledger { files: vec![FileLedger::new("zones.jsonl", "jsonl")] })
}

fn owned(dates: &[&str]) -> Vec<String> {
    dates.iter().map(|date| (*date).to_owned()).collect()
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

fn ids(store: &EventStore) -> Vec<&str> {
    (0..store.len() as u32).map(|at| store.id_text(EventId(at))).collect()
}

#[test]
fn instants_move_past_dates_that_stay() {
    let dates = owned(&["2023-08-31", "2023-08-30T23:30:00Z", "no date", "2023-08-30T23:30:00Z/2023-08-31T04:00:00Z", "2023-08-30"]);
    let utc = store(&dates);
    assert_eq!(ids(&utc), ["e4", "e1", "e3", "e0", "e2"]);
    assert!(utc.has_instants() && utc.zone_name() == Some("UTC"));
    let berlin = utc.in_zone(zone("Europe/Berlin"));
    assert_eq!(ids(&berlin), ["e4", "e0", "e1", "e3", "e2"]);
    assert_eq!((berlin.zone_name(), berlin.dated(), berlin.len()), (Some("Europe/Berlin"), 4, 5));
    let extent = berlin.extent(EventId(2)).unwrap();
    assert_eq!((berlin.start_ms(EventId(2)), extent.earliest_start), (Some(extent.earliest_start), extent.earliest_start));
    assert_eq!(berlin.title_text(EventId(2)), "event 1");
    assert_eq!(berlin.find_id("e3"), Some(EventId(3)));
    let plain = store(&owned(&["2023-08-30", "2023-08-31T12:00"]));
    assert!(!plain.has_instants() && plain.zone_name().is_none());
}

#[test]
fn an_hour_shown_twice_is_in_the_order_of_the_clock_and_said() {
    let dates = owned(&["2023-10-29T01:10:00Z", "2023-10-29T00:30:00Z", "2023-10-29T01:30:00Z", "2023-10-29T12:00:00Z"]);
    let utc = store(&dates);
    assert_eq!(ids(&utc), ["e1", "e0", "e2", "e3"]);
    let berlin = utc.in_zone(zone("Europe/Berlin"));
    // 02:10 the second time; 02:30 the first time, then the second.
    assert_eq!(ids(&berlin), ["e0", "e1", "e2", "e3"]);
    let said = &berlin.ledger().files[0];
    assert_eq!((said.problems_total, said.serious_total), (1, 0));
    assert!(said.problems[0].message.starts_with("3 times lie where the clocks in Europe/Berlin were put back"), "{:?}", said.problems);
    let back = berlin.in_zone(Zone::UTC);
    assert_eq!((ids(&back), back.ledger().problems_total()), (ids(&utc), 0));
}

fn any_date() -> impl Strategy<Value = String> {
    let day = (2022_i32..2024, 1_u8..13, 1_u8..29);
    prop_oneof![
        day.clone().prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
        (day.clone(), 0_u8..24, 0_u8..60, prop_oneof![Just("Z"), Just("+05:30"), Just("-11:00"), Just("")])
            .prop_map(|((year, month, day), hour, minute, offset)| format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}{offset}")),
        (0_u8..4, 0_u8..60, 0_u32..3000).prop_map(|(hour, minute, nanos)| format!("2023-10-29T{hour:02}:{minute:02}:00.00000{nanos:04}Z")),
        (0_u8..4, 0_u8..60).prop_map(|(hour, minute)| format!("2023-10-29T{hour:02}:{minute:02}:00Z/2023-10-29T05:00:00Z")),
        Just("2023".to_owned()),
        Just("2023-05-01T00:00:00Z/..".to_owned()),
        Just("no date".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_zone_moves_instants_alone_and_numbers_depend_on_it_alone(
        dates in proptest::collection::vec(any_date(), 0..60),
        through in prop::sample::select(&["Asia/Tokyo", "America/New_York", "Europe/Berlin"][..]),
        to in prop::sample::select(&["UTC", "Europe/Berlin", "Australia/Lord_Howe"][..]),
    ) {
        let utc = store(&dates);
        let other = utc.in_zone(zone(through));
        let there = utc.in_zone(zone(to));
        let also = other.in_zone(zone(to));
        prop_assert_eq!(ids(&there), ids(&also));
        prop_assert_eq!(&there.starts_ms, &also.starts_ms);
        let back = other.in_zone(Zone::UTC);
        prop_assert_eq!(ids(&back), ids(&utc));
        prop_assert_eq!((there.len(), there.dated()), (utc.len(), utc.dated()));
        prop_assert!(there.starts_ms.is_sorted());
        for at in (0..utc.len() as u32).map(EventId) {
            let now = other.same_in(&there, utc.same_in(&other, at).unwrap()).unwrap();
            prop_assert_eq!(utc.id_text(at), there.id_text(now));
            prop_assert_eq!(utc.actors(at), there.actors(now));
            prop_assert_eq!(utc.record(at), there.record(now));
            let (before, after) = (utc.brief(at), there.brief(now));
            if before.is_none_or(|brief| !brief.qualities.has(Qualities::INSTANT)) {
                prop_assert_eq!(before, after);
            }
            if let (Some(brief), Some(extent)) = (after, there.extent(now)) {
                prop_assert_eq!((brief.start_ms, brief.end_ms), (extent.earliest_start, extent.latest_end));
                prop_assert!(brief.start_ms < brief.end_ms);
            }
        }
        // Counts in lanes are exact in any zone.
        let lanes = LaneIndex::build(&there, GroupBy::Actor, None);
        let (from_ms, to_ms) = (1_698_537_600_000, 1_698_545_000_000);
        for lane in lanes.lanes() {
            let meets = |event: &&EventId| there.brief(**event).is_some_and(|brief| brief.start_ms < to_ms && brief.end_ms > from_ms);
            prop_assert_eq!(lane.count(&there, from_ms, to_ms), lane.by_start().iter().filter(meets).count());
        }
    }
}
