use super::super::testing::{read, read_with, same_in_pieces};
use super::super::{ColumnMap, FormatError, ReadOptions};
use crate::model::Severity;

fn mapped(map: &str) -> ReadOptions {
    ReadOptions { map: ColumnMap::parse(map).unwrap(), ..ReadOptions::default() }
}

#[test]
fn a_column_of_stories_gives_sentences_and_short_titles() {
    let story = "At the mill two people saw a light that rose and fell, and it went away over the hills to the north-east.";
    let text = format!("date,desc,ref\n7/1868,{story:?},\"[A book](https://x.example/b) p. 5\"\n8/1868,{story:?},\"[B](b), [C](c)\"\n");
    let (_, kept) = read("x.csv", &text);
    let event = &kept.shown[0];
    assert!(event.title.ends_with('…') && event.title.len() < 90, "{}", event.title);
    assert_eq!(event.evidence[0][..3], [story, "A book p. 5", "https://x.example/b"].map(str::to_owned));
    assert_eq!((kept.shown[1].evidence.len(), kept.shown[1].evidence[1][2].as_str()), (2, "c"));
}

#[test]
fn a_birth_and_a_death_make_a_life() {
    let (_, kept) = read("x.csv", "label,hdate_birth,hdate_death\nA,15 September 1890,12 January 1976\nB,1 May 1900,2 June 1950\n");
    assert_eq!(kept.shown[0].when, "1890-09-15/1976-01-12");
}

#[test]
fn the_native_header_is_read_to_the_letter() {
    let (ledger, kept) = read(
        "x.csv",
        "id,when,end,title,kind,actors,place,status,sentence,source,url,published,phrase,tags,note,depth\n\
         e1,2023-07-25,2023-07-27,Visit,visit,Sergei Shoigu (guest); Kim Jong Un (host),Pyongyang,confirmed,\"They met, it says.\",Wire,https://example.org/,2023-08-30,recent,arms;talks,mine,7\n",
    );
    assert_eq!((ledger.plotted, ledger.problems_total), (1, 0), "{:?}", ledger.problems);
    let event = &kept.shown[0];
    assert_eq!(
        (event.id.as_str(), event.when.as_str(), event.place.as_str(), event.status.as_str()),
        ("e1", "2023-07-25/2023-07-27", "Pyongyang", "confirmed")
    );
    assert_eq!(event.actors[1], ("Kim Jong Un".to_owned(), "host".to_owned()));
    assert_eq!(event.evidence, [["They met, it says.", "Wire", "https://example.org/", "2023-08-30", "recent"].map(str::to_owned)]);
    assert_eq!((event.tags.join("|"), event.note.as_str()), ("arms|talks".to_owned(), "mine"));
    assert_eq!(event.further, [("depth".to_owned(), "7".to_owned())]);
}

#[test]
fn brackets_in_a_recognised_column_are_part_of_the_name() {
    let (_, kept) = read(
        "x.tab",
        "Event ID\tEvent Date\tSource Name\tEvent Text\tTarget Name\tPublisher\tCity\tCountry\n1\t2018-06-01\tForeign Affairs (Bangladesh)\tConsult\tMilitary (Vietnam)\tAgency\tHanoi\tVietnam\n2\t2018-06-02\tForeign Affairs (Bangladesh)\tConsult\tMilitary (Vietnam)\tAgency\tHanoi\tVietnam\n",
    );
    let event = &kept.shown[0];
    assert_eq!(
        event.actors,
        [("Foreign Affairs (Bangladesh)", "source"), ("Military (Vietnam)", "target")].map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    assert_eq!((event.title.as_str(), event.place.as_str(), event.evidence[0][1].as_str()), ("Consult", "Hanoi, Vietnam", "Agency"));
}

#[test]
fn a_table_of_victims_has_their_names_as_titles() {
    let (ledger, kept) = read(
        "x.csv",
        "first_name,last_name,age,death_date,address,neighborhood,type,longitude\nAnn,Lee,18,1992-04-30,1 W. St.,Westlake,Homicide,-118.2\nBo,Ray,19,1992-05-01,2 E. St.,Chinatown,Homicide,-118.3\n",
    );
    let event = &kept.shown[1];
    assert_eq!((ledger.plotted, event.title.as_str(), event.kind.as_str()), (2, "Bo Ray", "Homicide"));
    assert_eq!((event.place.as_str(), event.actors.len()), ("2 E. St., Chinatown", 0));
}

#[test]
fn a_title_is_made_of_kind_and_place_where_there_is_none() {
    let (ledger, kept) = read(
        "x.csv",
        "time,event_type,target,city\n2004-01-01 00:20:00,IED,Forces,Baghdad\n,IED,Forces,Baghdad\n2004-01-01 00:45:00,RPG,Police,\n",
    );
    assert_eq!((ledger.plotted, ledger.undated), (2, 1));
    let titles: Vec<&str> = kept.shown.iter().map(|event| event.title.as_str()).collect();
    assert_eq!(titles, ["IED, Baghdad", "IED, Baghdad", "RPG"]);
    assert_eq!(kept.shown[0].actors, [("Forces".to_owned(), "target".to_owned())]);
    assert_eq!(ledger.problems.iter().find(|problem| problem.severity == Severity::Error).unwrap().line, 3);
}

#[test]
fn every_encoding_delimiter_and_end_of_line_gives_the_same_events() {
    let plain = "date,title,place\n2023-08-30,Gespräch,Köln\n\n2023-08-31,\"zwei\nZeilen\",Bonn\n2023-09-01,drei,Ulm\n".to_owned();
    for (delimiter, feed) in [(",", "\n"), (";", "\r\n"), ("\t", "\r"), ("|", "\n")] {
        let text = plain.replace(',', delimiter).replace('\n', feed);
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [text.clone().into_bytes(), [b"\xEF\xBB\xBF", text.as_bytes()].concat(), latin.into_owned(), wide] {
            let (ledger, kept) = read_with("x.csv", &bytes, &ReadOptions::default()).unwrap();
            assert_eq!((ledger.rows, ledger.plotted), (3, 3), "{delimiter:?} {feed:?}");
            assert_eq!((kept.shown[0].title.as_str(), kept.shown[0].place.as_str()), ("Gespräch", "Köln"), "{delimiter:?} {feed:?}");
            let lines: Vec<u32> = kept.shown.iter().map(|event| event.line).collect();
            assert_eq!(lines, [2, 4, 6], "{delimiter:?} {feed:?}");
        }
    }
}

#[test]
fn ragged_rows_keep_what_they_have() {
    let (ledger, kept) = read("x.csv", "date,title,place\n2023-08-30,short\n2023-08-31,long,Bonn,more,\n,,\n2023-09-01,whole,Ulm\n");
    assert_eq!((ledger.rows, ledger.plotted), (3, 3));
    assert_eq!(kept.shown[1].further, [("column 4".to_owned(), "more".to_owned())]);
    assert!(ledger.problems.iter().any(|problem| problem.line == 3 && problem.severity == Severity::Warning));
    assert!(ledger.problems.iter().any(|problem| problem.message.contains("1 rows have nothing")));
}

#[test]
fn a_map_overrides_what_is_recognised_and_names_what_is_not_there() {
    let text = "date,other,who (all)\n2023-08-30,2001-01-01,A (b); C\n";
    let (_, kept) = read_with("x.csv", text.as_bytes(), &mapped("when=other,actors=who (all),title=DATE")).unwrap();
    assert_eq!((kept.shown[0].when.as_str(), kept.shown[0].title.as_str()), ("2001-01-01", "2023-08-30"));
    assert_eq!(kept.shown[0].actors[0].0, "A (b)");
    let missing = read_with("x.csv", text.as_bytes(), &mapped("when=day")).err().unwrap();
    assert!(matches!(&missing, FormatError::BadMap { message } if message.contains("date, other")), "{missing}");
}

#[test]
fn a_table_without_a_date_says_what_to_do() {
    let failed = read_with("x.csv", b"name,colour\nx,red\ny,blue\n", &ReadOptions::default()).err().unwrap();
    let message = failed.to_string();
    assert!(
        matches!(failed, FormatError::NoDateColumn { .. }) && message.contains("name, colour") && message.contains("--map \"when="),
        "{message}"
    );
}

#[test]
fn counts_since_1970_are_dates_and_stay_as_written() {
    let (_, kept) = read("x.csv", "timestamp,message\n1658689261,one\n1658689262,two\n");
    assert_eq!(kept.shown[0].when, "2022-07-24T19:01:01Z");
    assert!(kept.shown[0].further.contains(&("timestamp".to_owned(), "1658689261".to_owned())));
}

#[test]
fn a_year_a_month_and_a_day_are_a_date() {
    let (_, kept) = read("x.csv", "Year,Month,Day,Headline\n1815,12,10,Born\n1852,11,,Died\n800,,,Crowned\n");
    let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
    assert_eq!(whens, ["1815-12-10", "1852-11", "0800"]);
}

#[test]
fn a_table_without_a_header_loses_no_row() {
    let (ledger, kept) = read("x.txt", "Ann\tMake statement\tBo\t2014-03-06\nBo\tMake a visit\tAnn\t2014-03-07\n");
    assert_eq!((ledger.rows, ledger.plotted, kept.shown[0].line), (2, 2, 1));
    assert!(ledger.problems[0].message.contains("no header"));
}

/// A table large enough for pieces. `odd` puts a lone quotation mark within a cell here and there, which deceives the one who cuts.
fn large(odd: bool) -> String {
    use std::fmt::Write as _;
    let mut text = String::from("id,when,title,actors,note\r\n");
    for number in 0..130_000 {
        let when = if number % 9 == 0 { "someday".to_owned() } else { format!("20{:02}-03-{:02}", number % 30, number % 28 + 1) };
        let note = match number % 5 {
            0 => "\"over\ntwo lines, with \"\"marks\"\"\"",
            1 if odd && number % 1_001 == 1 => "5\" gun",
            2 => "short,too many",
            _ => "a note of some length, so that the file is large enough",
        };
        let end = if number % 7 == 0 { "\r\n" } else { "\n" };
        let _ = write!(text, "e{number},{when},Title number {number} of this table,Actor {},{note}{end}", number % 37);
    }
    text
}

#[test]
fn pieces_of_a_table_give_what_reading_it_at_once_gives() {
    for odd in [false, true] {
        same_in_pieces("x.csv", &large(odd), |stored, shown| assert_eq!(stored.id, shown.id));
    }
}

#[test]
fn the_last_row_of_a_large_table_settles_the_order_of_all() {
    use std::fmt::Write as _;
    let mut settled = String::from("when,title\n");
    for number in 0..150_000 {
        let _ = writeln!(settled, "{:02}/{:02}/2021,A title long enough to make pieces of the table", number % 12 + 1, number % 11 + 2);
    }
    settled.push_str("25/07/2021,the last\n");
    same_in_pieces("x.csv", &settled, |stored, shown| assert_eq!(stored.when, shown.when));
    let (ledger, kept) = read("x.csv", &settled);
    assert_eq!((ledger.plotted, kept.shown[0].when.as_str()), (150_001, "2021-02-01"));
    let (ledger, _) = read("x.csv", &format!("{settled}07/25/2021,against it\n"));
    assert_eq!((ledger.plotted, ledger.undated), (12_498, 137_504));
}

#[test]
fn of_a_row_of_far_too_many_cells_the_first_are_kept_and_that_is_said() {
    let text = format!("date,title\n2023-08-30,x{}\n2023-08-31,y\n", ",z".repeat(25_000));
    let (ledger, kept) = read("x.csv", &text);
    assert_eq!((ledger.plotted, kept.shown[0].further.len(), kept.shown[1].further.len()), (2, 20_000, 0));
    assert!(ledger.problems.iter().any(|problem| problem.line == 2 && problem.message.contains("the others are left out")));
}
