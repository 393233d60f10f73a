//! The display zone on the command line: instants move, dates do not, and the zone is named.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Dates with and without a zone, one of them in an hour that Berlin had twice.
const ROWS: &str = include_str!("zones.csv");

fn file(folder: &Path) -> String {
    let path = folder.join("zones.csv");
    fs::write(&path, ROWS).unwrap();
    path.to_str().unwrap().to_owned()
}

fn chronolane(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chronolane"));
    command.args(arguments).env("TZ", "America/New_York").output().unwrap()
}

fn out(arguments: &[&str]) -> String {
    String::from_utf8(chronolane(arguments).stdout).unwrap()
}

#[test]
fn list_shows_instants_in_the_zone_and_keeps_their_bounds_in_utc() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    let utc = out(&["list", &path]);
    let lines: Vec<&str> = utc.lines().collect();
    assert!(lines[0].starts_with("30 Aug 2023, 12:00:00 UTC") && lines[1].starts_with("30 Aug 2023, 23:30:00 UTC"), "{utc}");
    let berlin = out(&["list", &path, "--zone", "europe/berlin"]);
    let lines: Vec<&str> = berlin.lines().collect();
    assert!(lines[0].starts_with("30 Aug 2023, 14:00:00 CEST") && lines[1].starts_with("31 Aug 2023  "), "{berlin}");
    assert!(lines[2].starts_with("31 Aug 2023, 01:30:00 CEST"), "{berlin}");
    let local = out(&["list", &path, "--zone", "local"]);
    assert!(local.contains("30 Aug 2023, 19:30:00 EDT"), "{local}");
    let bounds = |zone: &str| {
        let text = out(&["list", "--json", &path, "--zone", zone]);
        let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
        rows.sort();
        rows
    };
    assert_eq!(bounds("utc"), bounds("Asia/Tokyo"));
    assert!(bounds("Asia/Tokyo").iter().any(|row| row.contains("\"earliest\":\"2023-08-30T23:30:00Z\"")));
}

#[test]
fn an_instant_in_a_filter_stands_in_the_zone_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    for zone in ["utc", "Asia/Tokyo", "America/New_York"] {
        let found = out(&["list", "--csv", &path, "--zone", zone, "--filter", "after:2023-08-30T13:00:00Z before:2023-08-30T23:45:00Z"]);
        assert!(found.contains("late,") && !found.contains("early,"), "{zone}: {found}");
    }
}

#[test]
fn check_says_which_times_the_clocks_showed_twice() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    let berlin = chronolane(&["check", &path, "--zone", "Europe/Berlin"]);
    let words = String::from_utf8_lossy(&berlin.stdout).into_owned();
    assert!(words.contains("1 time lies where the clocks in Europe/Berlin were put back"), "{words}");
    assert_eq!(berlin.status.code(), Some(0), "a note is no trouble");
    assert!(!out(&["check", &path]).contains("put back"));
}

#[test]
fn pictures_name_the_zone_where_it_matters() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    let svg = folder.path().join("a.svg");
    let drawn = |more: &[&str]| {
        let mut arguments = vec!["render", &path, "-o", svg.to_str().unwrap()];
        arguments.extend(more);
        assert_eq!(chronolane(&arguments).status.code(), Some(0));
        fs::read_to_string(&svg).unwrap()
    };
    assert!(drawn(&[]).contains(">UTC<"));
    let berlin = drawn(&["--zone", "Europe/Berlin"]);
    assert!(berlin.contains(">Europe/Berlin<") && berlin.contains("31 August 2023, 01:30:00 CEST (written 30 August 23:30:00 UTC)"));
    // A bound that is an instant stands in the zone as well: the late event begins before it in neither.
    let from = drawn(&["--zone", "Europe/Berlin", "--from", "2023-08-30T23:00:00Z", "--to", "2023-09"]);
    assert!(from.contains("data-event=\"late\"") && !from.contains("data-event=\"early\""));
    fs::write(&path, "when,title\n2023-08-31,a day\n").unwrap();
    assert!(!drawn(&["--zone", "Europe/Berlin"]).contains("Berlin"), "no date of the file has a zone");
}

#[test]
fn instants_are_put_in_order_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fold.csv");
    fs::write(&path, "id,when,title\nfirst,2023-10-29T00:30:00Z,x\nsecond,2023-10-29T01:10:00Z,y\n").unwrap();
    let said = out(&["order", "first", "second", path.to_str().unwrap(), "--zone", "Europe/Berlin"]);
    assert!(said.contains("definitely before") && said.contains("02:30:00 CEST") && said.contains("02:10:00 CET"), "{said}");
}

#[test]
fn a_zone_that_is_none_is_said() {
    let output = chronolane(&["list", "any.csv", "--zone", "Berlin"]);
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(words.contains("no zone is called \"Berlin\" (perhaps Europe/Berlin)"), "{words}");
}
