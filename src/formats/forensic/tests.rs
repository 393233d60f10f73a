use crate::formats::testing::{Shown, read};
use crate::model::Severity;

fn named(event: &Shown) -> Vec<(&str, &str)> {
    event.actors.iter().map(|(name, role)| (name.as_str(), role.as_str())).collect()
}

#[test]
fn timesketch_rows_stand_at_their_datetime_else_at_their_timestamp() {
    let text = "message,timestamp,datetime,timestamp_desc,hostname,username,tag,source_short\n\
        Login of x,1437764461000000,2015-07-24T19:01:01+00:00,Logging,ws-1,x,\"['first','second']\",LOG\n\
        No datetime,1435789661123456, ,Logging,,-,[],\n\
        Bad datetime,1435789661000,24th of never,Logging,,,,\n\
        Neither,88888888,soon,Logging,,,,\n\
        Two times,1331698658276340,2015-07-24T19:01:01+00:00,Logging,,,,\n\
        \"Long: one word after another, so that no title could ever hold the whole of it, and then it goes on for yet another while\nsecond line\",,2015-07-24,Logging,,,,\n";
    let (ledger, kept) = read("x.csv", text);
    assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated), ("timesketch", 6, 5, 1));
    let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
    assert_eq!(
        whens,
        [
            "2015-07-24T19:01:01+00:00",
            "2015-07-01T22:27:41.123456Z",
            "2015-07-01T22:27:41.000Z",
            "",
            "2015-07-24T19:01:01+00:00",
            "2015-07-24"
        ]
    );
    let said: Vec<(Severity, u32)> = ledger.problems.iter().skip(1).map(|problem| (problem.severity, problem.line)).collect();
    assert_eq!(said, [(Severity::Warning, 4), (Severity::Error, 5), (Severity::Warning, 6)], "{:?}", ledger.problems);
    let first = &kept.shown[0];
    assert_eq!((first.title.as_str(), first.kind.as_str(), first.tags.join(",").as_str()), ("Login of x", "Logging", "LOG,first,second"));
    assert_eq!((named(first), named(&kept.shown[1]).len()), (vec![("ws-1", "host"), ("x", "user")], 0));
    assert_eq!(first.evidence[0][0], "Login of x");
    let long = &kept.shown[5];
    assert!(
        long.title.ends_with('…') && long.title.chars().count() < 120 && long.evidence[0][0].ends_with("second line"),
        "{}",
        long.title
    );
}

#[test]
fn counts_may_stand_in_the_place_of_a_datetime() {
    let (ledger, kept) = read("x.csv", "datetime,uid,message,timestamp_desc\n1723474994349345,x,Page seen,Seen\n");
    assert_eq!((ledger.format.as_str(), kept.shown[0].when.as_str()), ("timesketch", "2024-08-12T15:03:14.349345Z"));
    let (_, kept) = read("x.csv", "timestamp,message,timestamp_desc\n1658689261,seconds,Seen\n");
    assert_eq!((kept.shown[0].when.as_str(), kept.shown[0].when_text.as_str()), ("2022-07-24T19:01:01Z", "1658689261"));
}

#[test]
fn marks_in_a_table_that_encloses_nothing_are_letters() {
    let text = "datetime,timestamp_desc,source,source_long,message,parser,display_name,tag\n\
        2012-01-22T07:52:33+00:00,Content Modification Time,LOG,Log File,\"C:/a b.exe\" -x,syslog,OS:/var/log,-\n\
        2012-01-22T07:52:34+00:00,Content Modification Time,LOG,Log File,\"never closed,syslog,OS:/var/log,one two\n";
    let (ledger, kept) = read("x.csv", text);
    assert_eq!((ledger.format.as_str(), ledger.plotted, ledger.problems_total), ("timesketch", 2, 1), "{:?}", ledger.problems);
    assert_eq!(kept.shown[0].title, "\"C:/a b.exe\" -x");
    assert_eq!((kept.shown[1].evidence[0][0].as_str(), kept.shown[1].evidence[0][1].as_str()), ("\"never closed", "OS:/var/log"));
    assert_eq!(kept.shown[1].tags, ["LOG", "Log File", "one", "two"]);
}

#[test]
fn timesketch_lines_are_known_by_their_first() {
    let text = "{\"message\":\"A\",\"timestamp\":123456789,\"datetime\":\"2015-07-24T19:01:01+00:00\",\"timestamp_desc\":\"Write time\",\"tag\":[\"x\",\"y\"],\"more\":1}\n{\"message\":broken\n";
    let (ledger, kept) = read("x.jsonl", text);
    assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.rejected), ("timesketch-jsonl", 2, 1, 1));
    assert_eq!((kept.shown[0].tags.join(","), kept.shown[0].kind.as_str()), ("x,y".to_owned(), "Write time"));
    assert!(kept.shown[0].further.contains(&("more".to_owned(), "1".to_owned())));
}

#[test]
fn plaso_lines_count_microseconds_and_know_times_never_set() {
    let line = |class: &str, count: &str| {
        format!(
            "{{\"__container_type__\":\"event\",\"date_time\":{{\"__class_name__\":\"{class}\",\"string\":\"Not set\"}},\"hostname\":\"h\",\"message\":\"m\",\"display_name\":\"OS:/x\",\"timestamp\":{count},\"timestamp_desc\":\"Creation Time\"}}\n"
        )
    };
    let text = line("TimeElements", "1327218753000000")
        + &line("Filetime", "1331698658276340")
        + &line("SemanticTime", "0")
        + &line("PosixTime", "0");
    let (ledger, kept) = read("x.jsonl", &text);
    assert_eq!((ledger.format.as_str(), ledger.plotted, ledger.undated), ("plaso", 3, 1), "{:?}", ledger.problems);
    let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
    assert_eq!(whens, ["2012-01-22T07:52:33Z", "2012-03-14T04:17:38.276340Z", "", "1970-01-01T00:00:00Z"]);
    assert_eq!((named(&kept.shown[0]), kept.shown[0].evidence[0][1].as_str()), (vec![("h", "host")], "OS:/x"));
}

#[test]
fn log2timeline_times_are_in_the_zone_of_their_row() {
    let header = "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra\n";
    let row = |date: &str, time: &str, zone: &str| {
        format!(
            "{date},{time},{zone},M...,LOG,Cron log,Content Modification Time,root,:,(root) CMD,Cron ran: \"x\" for user: root,2,OS:/var/log,-,-,syslog,pid: 3\n"
        )
    };
    let text = header.to_owned()
        + &row("01/22/2012", "07:52:33", "UTC")
        + &row("07/02/2012", "07:52:33", "Europe/Berlin")
        + &row("00/00/0000", "--:--:--", "UTC")
        + &row("07/02/2012", "07:52:33", "Ruritania/Strelsau")
        + &row("10/28/2012", "02:30:00", "Europe/Berlin")
        + &row("02/30/2012", "02:30:00", "UTC");
    let (ledger, kept) = read("x.csv", &text);
    assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated), ("l2tcsv", 6, 4, 2), "{:?}", ledger.problems);
    let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
    assert_eq!(whens, ["2012-01-22T07:52:33Z", "2012-07-02T07:52:33+02:00", "", "2012-07-02T07:52:33", "2012-10-28T02:30:00+02:00", ""]);
    let said: Vec<(Severity, u32)> = ledger.problems.iter().skip(1).map(|problem| (problem.severity, problem.line)).collect();
    assert_eq!(said, [(Severity::Error, 4), (Severity::Warning, 5), (Severity::Warning, 6), (Severity::Error, 7)]);
    let first = &kept.shown[0];
    assert_eq!((first.when_text.as_str(), first.title.as_str()), ("01/22/2012 07:52:33 UTC", "(root) CMD"));
    assert_eq!((named(first), first.evidence[0][0].as_str()), (vec![("root", "user")], "Cron ran: \"x\" for user: root"));
}

#[test]
fn tln_is_read_with_and_without_its_header() {
    let rows = "1327218753|LOG|ws|-|2012-01-22T07:52:33.25+00:00; Creation Time; Cron ran, twice|UTC|File: x\n\
        1327218754|REG|ws|x|A key was written|UTC|-\n\
        0|REG|ws|x|Never|UTC|-\n\
        1327218755|LOG|ws|-|2013-01-22T07:52:33+00:00; Creation Time; another year|UTC|-\n";
    for (text, first_line) in [(rows.to_owned(), 1), (format!("Time|Source|Host|User|Description|TZ|Notes\n{rows}"), 2)] {
        let (ledger, kept) = read("x.tln", &text);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated), ("tln", 4, 3, 1), "{:?}", ledger.problems);
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(whens, ["2012-01-22T07:52:33.25+00:00", "2012-01-22T07:52:34Z", "", "2012-01-22T07:52:35Z"]);
        let first = &kept.shown[0];
        assert_eq!((first.line, first.title.as_str(), first.kind.as_str()), (first_line, "Cron ran, twice", "Creation Time"));
        assert_eq!((named(first), named(&kept.shown[1])), (vec![("ws", "host")], vec![("ws", "host"), ("x", "user")]));
    }
    let (ledger, _) = read("x.txt", "1327218753|LOG|ws|-|one\n1327218754|LOG|ws|-|two\n");
    assert_eq!((ledger.format.as_str(), ledger.plotted), ("tln", 2));
}

#[test]
fn a_bar_in_the_name_of_a_body_file_stands_without_its_backslash() {
    let (_, kept) = read("bodyfile", "0|/a\\|b|12|r/rrw|0|0|1|1337961564|0|0|0\n0|/c|12|r/rrw|0|0|1|1337961563|0|0|0\n");
    let name = |at: usize| kept.shown[at].further.iter().find(|(name, _)| name == "name as written").map(|(_, value)| value.as_str());
    assert_eq!((kept.shown[0].title.as_str(), name(0), name(1)), ("/a|b", Some("/a\\|b"), None));
}

#[test]
fn a_body_file_gives_an_event_for_each_different_time() {
    let text = "# made by hand\n\
        0|/etc/passwd|12|r/rrw-r--r--|0|0|1024|1337961564|1337961563|1337961563|0\n\
        0|/a|b.txt|13|r/rrw-------|1000|1000|22|1337961583.25|1337961583.25|1337961583.25|1337961583.25\n\
        0|/gone (deleted)|0|r/----------|0|0|0|0|0|0|0\n\
        0|/short|1|2\n";
    let (ledger, kept) = read("bodyfile", text);
    assert_eq!((ledger.format.as_str(), ledger.records, ledger.rows), ("body", 4, 5), "{:?}", ledger.problems);
    assert_eq!((ledger.plotted, ledger.undated, ledger.rejected), (3, 1, 1));
    let shown: Vec<(&str, &str, &str, &str)> =
        kept.shown.iter().map(|event| (event.id.as_str(), event.title.as_str(), event.kind.as_str(), event.when.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("2-mc", "/etc/passwd", "modified, changed", "2012-05-25T15:59:23Z"),
            ("2-a", "/etc/passwd", "accessed", "2012-05-25T15:59:24Z"),
            ("", "/a|b.txt", "modified, accessed, changed, born", "2012-05-25T15:59:43.25Z"),
            ("", "/gone (deleted)", "", ""),
        ]
    );
    assert!(kept.shown[2].further.contains(&("size".to_owned(), "22".to_owned())), "{:?}", kept.shown[2].further);
    assert!(ledger.problems.iter().any(|problem| problem.line == 5 && problem.severity == Severity::Error));
}
