use std::fmt::Write as _;

use crate::formats::ReadOptions;
use crate::formats::testing::{Shown, read, read_with};
use crate::model::{FileLedger, Severity};
use crate::time::{Dialect, Zone};

/// A calendar of these components.
fn calendar(body: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Court dates\r\n{}END:VCALENDAR\r\n", body.replace('\n', "\r\n"))
}

fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n"))
}

fn whens(text: &str) -> Vec<String> {
    let (ledger, kept) = read("x.ics", text);
    assert_eq!(ledger.format, "ics");
    kept.shown.into_iter().map(|event| event.when).collect()
}

fn serious(ledger: &FileLedger) -> Vec<(Severity, u32, &str)> {
    let serious = ledger.problems.iter().filter(|problem| problem.severity > Severity::Note);
    serious.map(|problem| (problem.severity, problem.line, problem.field.as_str())).collect()
}

fn value<'s>(event: &'s Shown, name: &str) -> Option<&'s str> {
    event.further.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

#[test]
fn an_event_keeps_all_that_its_lines_say() {
    let text = event(
        "UID:u1\nSUMMARY:Hearing\\, second\n  day\nDTSTART;TZID=Europe/Berlin:20230705T093000\nDTEND;TZID=Europe/Berlin:20230705T110000\nLOCATION:Court\nDESCRIPTION:The hearing\\nwent on.\n\
         CATEGORIES:hearing,public\\, open\nORGANIZER;CN=\"Court; Clerk\":mailto:clerk@example.org\nATTENDEE;ROLE=CHAIR;CN=Judge:mailto:j@example.org\nATTENDEE;PARTSTAT=DECLINED:MAILTO:x@example.org\n\
         ATTENDEE;CN=\"Court; Clerk\":mailto:clerk@example.org\nURL:https://example.org/h\nSTATUS:CANCELLED\nRELATED-TO;RELTYPE=SIBLING:u2\nX-ROOM:7\nBEGIN:VALARM\nTRIGGER:-PT15M\nEND:VALARM",
    );
    let (ledger, kept) = read("x.ics", &text);
    assert_eq!((ledger.rows, ledger.plotted, serious(&ledger)), (1, 1, vec![]), "{:?}", ledger.problems);
    let shown = &kept.shown[0];
    assert_eq!(
        (shown.id.as_str(), shown.title.as_str(), shown.kind.as_str(), shown.place.as_str()),
        ("u1", "Hearing, second day", "hearing", "Court")
    );
    assert_eq!(
        (shown.when.as_str(), shown.when_text.as_str()),
        ("2023-07-05T09:30:00+02:00/2023-07-05T11:00:00+02:00", "20230705T093000/20230705T110000 Europe/Berlin")
    );
    let actors: Vec<(&str, &str)> = shown.actors.iter().map(|(name, role)| (name.as_str(), role.as_str())).collect();
    assert_eq!(actors, [("Court; Clerk", "organizer"), ("Judge", "chair"), ("x@example.org", "declined")]);
    assert_eq!(shown.evidence[0][..3], ["The hearing\nwent on.", "", "https://example.org/h"].map(str::to_owned));
    assert_eq!(shown.tags, ["hearing", "public, open", "cancelled"]);
    assert_eq!((value(shown, "X-ROOM"), value(shown, "STATUS"), shown.line), (Some("7"), Some("CANCELLED"), 4));
    assert!(kept.tables.unwrap().title == "Court dates" && ledger.problems.iter().any(|problem| problem.message.contains("1 alarms")));
}

#[test]
fn days_lengths_and_clocks() {
    for (lines, when) in [
        ("DTSTART;VALUE=DATE:20230705", "2023-07-05"),
        ("DTSTART;VALUE=DATE:20230705\nDTEND;VALUE=DATE:20230706", "2023-07-05"),
        ("DTSTART;VALUE=DATE:20230705\nDTEND;VALUE=DATE:20230708", "2023-07-05/2023-07-07"),
        ("DTSTART;VALUE=DATE:20230705\nDURATION:P2D", "2023-07-05/2023-07-06"),
        ("DTSTART:20230705T093000", "2023-07-05T09:30:00"),
        ("DTSTART:20230705T093000Z\nDURATION:PT1H30M", "2023-07-05T09:30:00Z/2023-07-05T11:00:00Z"),
        ("DTSTART:20230705T093000Z\nDTEND:20230705T093000Z", "2023-07-05T09:30:00Z"),
        ("DTSTART;TZID=America/New_York:20230312T010000\nDURATION:PT2H", "2023-03-12T01:00:00-05:00/2023-03-12T08:00:00Z"),
        ("DTSTART;TZID=/maker.example/2007/Europe/Berlin:20230105T093000", "2023-01-05T09:30:00+01:00"),
        // A clock put forward over the time: the offset before it holds.
        ("DTSTART;TZID=Europe/Berlin:20230326T023000", "2023-03-26T02:30:00+01:00"),
    ] {
        assert_eq!(whens(&event(lines)), [when], "{lines}");
    }
}

#[test]
fn a_zone_is_as_the_calendar_says_where_no_database_knows_it() {
    let zone = "BEGIN:VTIMEZONE\nTZID:Ruritania\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETFROM:+0330\nTZOFFSETTO:+0230\nEND:STANDARD\n\
        BEGIN:DAYLIGHT\nDTSTART:19700329T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nTZOFFSETFROM:+0230\nTZOFFSETTO:+0330\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
    let events = "BEGIN:VEVENT\nDTSTART;TZID=Ruritania:20230105T093000\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;TZID=Ruritania:20230705T093000\nEND:VEVENT\n";
    for text in [calendar(&format!("{zone}{events}")), calendar(&format!("{events}{zone}"))] {
        assert_eq!(whens(&text), ["2023-01-05T09:30:00+02:30", "2023-07-05T09:30:00+03:30"]);
    }
    let (ledger, kept) = read("x.ics", &event("DTSTART;TZID=Graustark:20230105T093000"));
    assert_eq!((kept.shown[0].when.as_str(), serious(&ledger)), ("2023-01-05T09:30:00", vec![(Severity::Warning, 5, "DTSTART")]));
}

#[test]
fn the_calendars_own_zone_is_that_of_times_without_one() {
    let own = |zone: &str, body: &str| event(body).replace("X-WR-CALNAME:Court dates", &format!("X-WR-TIMEZONE:{zone}"));
    assert_eq!(
        whens(&own("Europe/Berlin", "DTSTART:20230705T093000\nDTEND:20230705T103000")),
        ["2023-07-05T09:30:00+02:00/2023-07-05T10:30:00+02:00"]
    );
    for body in ["DTSTART;VALUE=DATE:20230705", "DTSTART:20230705T093000Z", "DTSTART;TZID=America/New_York:20230705T093000"] {
        assert_eq!(whens(&own("Europe/Berlin", body)), whens(&event(body)), "{body}");
    }
    let (ledger, kept) = read("x.ics", &own("Ruritania", "DTSTART:20230705T093000"));
    assert_eq!((kept.shown[0].when.as_str(), serious(&ledger)), ("2023-07-05T09:30:00", vec![(Severity::Warning, 3, "X-WR-TIMEZONE")]));
    let text = own("Europe/Berlin", "DTSTART:20230705T093000");
    let options =
        ReadOptions { dialect: Dialect { zone: Zone::parse("America/New_York").ok(), ..Dialect::default() }, ..ReadOptions::default() };
    let (_, kept) = read_with("x.ics", text.as_bytes(), &options).unwrap();
    assert_eq!(kept.shown[0].when, "2023-07-05T09:30:00-04:00", "the user's word goes before the calendar's");
}

#[test]
fn the_names_that_windows_has_for_zones_are_known() {
    let text = event("DTSTART;TZID=\"W. Europe Standard Time\":20230705T093000");
    assert_eq!(whens(&text), ["2023-07-05T09:30:00+02:00"]);
    assert_eq!(whens(&event("DTSTART;TZID=Eastern Standard Time:20230105T093000")), ["2023-01-05T09:30:00-05:00"]);
}

#[test]
fn a_recurring_event_is_as_many_rows_as_it_comes_to() {
    let text = event(
        "UID:u\nDTSTART;TZID=Europe/Berlin:20230324T100000\nDTEND;TZID=Europe/Berlin:20230324T113000\nRRULE:FREQ=DAILY;COUNT=5\nEXDATE;TZID=Europe/Berlin:20230325T100000\nRDATE;VALUE=PERIOD:20230401T080000Z/PT2H",
    );
    let (ledger, kept) = read("x.ics", &text);
    assert_eq!((ledger.rows, ledger.plotted, ledger.records), (5, 5, 1), "{:?}", ledger.problems);
    let shown: Vec<(&str, &str)> = kept.shown.iter().map(|event| (event.id.as_str(), event.when.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("u", "2023-03-24T10:00:00+01:00/2023-03-24T11:30:00+01:00"),
            ("u/20230326T100000", "2023-03-26T10:00:00+02:00/2023-03-26T11:30:00+02:00"),
            ("u/20230327T100000", "2023-03-27T10:00:00+02:00/2023-03-27T11:30:00+02:00"),
            ("u/20230328T100000", "2023-03-28T10:00:00+02:00/2023-03-28T11:30:00+02:00"),
            ("u/20230401T080000", "2023-04-01T08:00:00Z/2023-04-01T10:00:00Z"),
        ]
    );
}

#[test]
fn recurrences_given_anew_replace_their_own_and_those_that_follow() {
    let master =
        "BEGIN:VEVENT\nUID:u\nSUMMARY:Old\nDTSTART:20230301T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20230305T100000Z\nEND:VEVENT\n";
    let once = "BEGIN:VEVENT\nUID:u\nSUMMARY:Once\nRECURRENCE-ID:20230302T100000Z\nDTSTART:20230302T150000Z\nEND:VEVENT\n";
    let onward = "BEGIN:VEVENT\nUID:u\nSUMMARY:New\nRECURRENCE-ID;RANGE=THISANDFUTURE:20230304T100000Z\nDTSTART:20230304T120000Z\nDTEND:20230304T123000Z\nEND:VEVENT\n";
    for body in [[master, once, onward].concat(), [onward, once, master].concat()] {
        let (ledger, kept) = read("x.ics", &calendar(&body));
        assert_eq!((ledger.rows, ledger.records), (5, 3), "{:?}", ledger.problems);
        let mut shown: Vec<(&str, &str)> = kept.shown.iter().map(|event| (event.when.as_str(), event.title.as_str())).collect();
        shown.sort_unstable();
        assert_eq!(
            shown,
            [
                ("2023-03-01T10:00:00Z/2023-03-01T11:00:00Z", "Old"),
                ("2023-03-02T15:00:00Z", "Once"),
                ("2023-03-03T10:00:00Z/2023-03-03T11:00:00Z", "Old"),
                ("2023-03-04T12:00:00Z/2023-03-04T12:30:00Z", "New"),
                ("2023-03-05T12:00:00Z/2023-03-05T12:30:00Z", "New"),
            ]
        );
    }
}

#[test]
fn a_rule_in_other_letters_is_said_and_its_event_stays() {
    for rule in ["FREQ=WEEKLY;BYDAY=\u{fffd}U", "FREQ=WEEKLY;BYDAY=1\u{20ac}", "FREQ=W\u{e9}KLY", "FREQ=WEEKLY;BYDAY=\u{65e5}"] {
        let (ledger, kept) = read("x.ics", &event(&format!("DTSTART:20230301T100000\nRRULE:{rule}")));
        assert_eq!((ledger.rows, serious(&ledger), kept.shown.len()), (1, vec![(Severity::Warning, 6, "RRULE")], 1), "{rule}");
    }
}

#[test]
fn rules_without_an_end_stop_a_year_past_the_latest_date_and_say_so() {
    let (ledger, kept) = read("x.ics", &event("UID:u\nDTSTAMP:20250601T000000Z\nDTSTART;VALUE=DATE:20200229\nRRULE:FREQ=YEARLY"));
    let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
    assert_eq!(whens, ["2020-02-29", "2024-02-29"]);
    assert!(ledger.problems.iter().any(|problem| problem.message.contains("2026-06-02")), "{:?}", ledger.problems);
    let (ledger, _) = read("x.ics", &event("DTSTART:20200229T000000\nRRULE:FREQ=SECONDLY;COUNT=4000000"));
    assert_eq!((ledger.rows, serious(&ledger)), (10_000, vec![(Severity::Warning, 6, "RRULE")]));
}

#[test]
fn rules_of_exclusion_are_followed_and_noted() {
    let (ledger, kept) =
        read("x.ics", &event("DTSTART:20230301T100000\nRRULE:FREQ=DAILY;COUNT=6\nEXRULE:FREQ=DAILY;INTERVAL=2;COUNT=3\nEXDATE:20230302"));
    let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
    assert_eq!(whens, ["2023-03-04T10:00:00", "2023-03-06T10:00:00"]);
    assert!(ledger.problems.iter().any(|problem| problem.field == "EXRULE" && problem.severity == Severity::Note));
}

#[test]
fn what_is_broken_costs_its_own_event_alone() {
    let text = "BEGIN:VEVENT\nDTSTART:20230701\nSUMMARY:whole\nX\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20231301T000000Z\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:none\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART:20230702\nRRULE:FREQ=SOMETIMES\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20230703\nDTEND:x\nRDATE:19970101,199709T18\nEND:VEVENT\nBEGIN:VTODO\nDUE:20230704\nSUMMARY:to be done\n";
    let (ledger, kept) = read("x.ics", text);
    assert_eq!((ledger.rows, ledger.plotted, ledger.undated, ledger.rejected), (8, 5, 2, 1), "{:?}", ledger.problems);
    let (e, w) = (Severity::Error, Severity::Warning);
    assert_eq!(
        serious(&ledger),
        [(w, 4, ""), (e, 7, "DTSTART"), (e, 9, "DTSTART"), (w, 14, "RRULE"), (w, 18, "DTEND"), (e, 19, "RDATE"), (w, 21, "")]
    );
    assert_eq!((kept.shown[1].when_text.as_str(), kept.shown.last().unwrap().kind.as_str()), ("20231301T000000Z", "to-do"));
}

#[test]
fn a_calendar_without_events_is_no_error() {
    let (ledger, _) = read("x.ics", "BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY:20230101T000000Z/PT1H\nEND:VFREEBUSY\nEND:VCALENDAR\n");
    assert_eq!((ledger.rows, ledger.problems_total, ledger.serious_total), (0, 2, 0), "{:?}", ledger.problems);
}

#[test]
fn rules_made_to_fill_the_memory_or_the_day_are_held_to_limits() {
    let long = "x".repeat(100_000);
    let mut body = String::new();
    for number in 0..20 {
        let rule = if number < 12 { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;BYSETPOS=3" } else { "FREQ=DAILY;COUNT=10000" };
        let _ = write!(body, "BEGIN:VEVENT\nUID:{number}\nDTSTART:20230301T100000\nRRULE:{rule}\nDESCRIPTION:{long}\nEND:VEVENT\n");
    }
    let (ledger, _) = read("x.ics", &calendar(&body));
    assert!(ledger.rows < 1_000 && ledger.problems.iter().any(|problem| problem.message.contains("too much memory")), "{}", ledger.rows);
}

#[test]
fn what_is_no_line_is_said_as_it_is() {
    let many = ";A=b".repeat(600);
    let text = event(&format!("UID:u\nDTSTART:20230705\nSUMMARY=Hearing\n:nothing\nX-MANY{many}:value"));
    let (ledger, _) = read("x.ics", &text);
    let said: Vec<(u32, bool, bool)> = ledger
        .problems
        .iter()
        .map(|problem| (problem.line, problem.message.contains("has no colon"), problem.message.contains("no name, or more than")))
        .collect();
    assert_eq!((ledger.plotted, said), (1, vec![(7, true, false), (8, false, true), (9, false, true)]));
}
