use crate::formats::testing::{Shown, read, read_with, same_in_pieces};
use crate::formats::{ColumnMap, ReadOptions};

/// A row of GDELT with so many columns.
fn gdelt_row(width: usize, id: u32, day: &str, code: &str, class: &str, actors: [&str; 2], url: &str) -> String {
    let mut cells = vec![String::new(); width];
    let mut set = |at: usize, text: &str| text.clone_into(&mut cells[at]);
    set(0, &id.to_string());
    set(1, day);
    set(2, &day[..6]);
    set(3, &day[..4]);
    set(5, "XXX");
    set(6, actors[0]);
    set(15, "YYYGOV");
    set(16, actors[1]);
    set(26, code);
    set(29, class);
    // The place of the event stands behind the places of its two actors.
    let place = if width == 61 { 52 } else { 50 };
    set(place, "\"Old\" Port, Ruritania");
    if width > 57 {
        set(width - 1, url);
    }
    cells.join("\t") + "\n"
}

fn named(event: &Shown) -> Vec<(&str, &str)> {
    event.actors.iter().map(|(name, role)| (name.as_str(), role.as_str())).collect()
}

fn value<'s>(event: &'s Shown, name: &str) -> Option<&'s str> {
    event.further.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

#[test]
fn gdelt_is_known_by_its_columns_in_each_version() {
    for width in [57, 58, 61] {
        let text = gdelt_row(width, 7, "20180101", "1384", "4", ["RURITANIA", ""], "https://www.Example.org/a")
            + &gdelt_row(width, 8, "20180132", "043", "1", ["", "POLICE"], "Monitoring service");
        let (ledger, kept) = read("x.export.CSV", &text);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated), ("gdelt", 2, 1, 1), "{:?}", ledger.problems);
        let first = &kept.shown[0];
        assert_eq!((first.when.as_str(), first.when_text.as_str(), first.id.as_str()), ("2018-01-01", "20180101", "7"));
        assert_eq!((first.title.as_str(), first.kind.as_str()), ("Threaten conventional attack", "Threat"));
        assert_eq!(named(first), [("RURITANIA", "source"), ("YYYGOV", "target")], "a code stands where there is no name");
        assert_eq!((first.place.as_str(), first.tags.join(",").as_str()), ("\"Old\" Port, Ruritania", "material conflict"));
        assert_eq!((value(first, "EventCode"), value(first, "Actor1Code")), (Some("1384"), Some("XXX")));
        assert_eq!(kept.shown[1].title, "Host a visit");
        if width > 57 {
            assert_eq!(
                first.evidence[0][..3],
                ["", "example.org", "https://www.Example.org/a"].map(str::to_owned),
                "no sentence is made up"
            );
            assert_eq!(kept.shown[1].evidence[0][..3], ["", "Monitoring service", ""].map(str::to_owned));
        }
    }
}

#[test]
fn gdelt_in_pieces_is_gdelt_at_once() {
    let long = "a\"b/".repeat(500);
    let text: String = (0..5_000)
        .map(|number| {
            let day = format!("2018{:02}{:02}", number % 12 + 1, number % 33 + 1);
            let (names, code) = (["RURITANIA", "\"POLICE", ""][number as usize % 3], ["043", "190", "9999"][number as usize % 3]);
            let row = gdelt_row(61, number, &day, code, "2", [names, "GRAUSTARK"], &format!("https://example.org/{number}?{long}"));
            match number % 97 {
                3 => row.replace('\n', "\tmore\r\n"),
                5 => "\n".to_owned() + &row[..40] + "\n",
                _ => row,
            }
        })
        .collect();
    same_in_pieces("x.csv", &text, |stored, shown| assert_eq!(stored.id, shown.id));
}

#[test]
fn icews_is_read_by_its_header() {
    let header = "Event ID\tEvent Date\tSource Name\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tPublisher\tCity\tDistrict\tProvince\tCountry\n";
    let row = "5\t2018-06-01\tForeign Affairs (Ruritania)\tRuritania\tfight with small arms and light weapons\t193\t-10\t\tNA\tNA\tNA\tUpper\tRuritania\n";
    let (ledger, kept) = read("x.tab", &format!("{header}{row}"));
    assert_eq!((ledger.format.as_str(), ledger.plotted, ledger.problems_total), ("icews", 1, 1), "{:?}", ledger.problems);
    let event = &kept.shown[0];
    assert_eq!((event.kind.as_str(), event.place.as_str(), event.id.as_str()), ("Fighting", "Upper, Ruritania", "5"));
    assert_eq!((named(event), event.evidence.len()), (vec![("Foreign Affairs (Ruritania)", "source")], 0));
    assert_eq!((value(event, "Intensity"), value(event, "Event ID")), (Some("-10"), None));
}

#[test]
fn quads_need_no_header() {
    let (ledger, kept) = read("x.txt", "Ruritania\tMake a visit\tGraustark\t2014-03-06\nGraustark\tVeto\tRuritania\t2014-02-30\n");
    assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated), ("quads", 2, 1, 1));
    assert_eq!((kept.shown[0].title.as_str(), kept.shown[0].kind.as_str(), kept.shown[0].line), ("Make a visit", "Consultation", 1));
    assert_eq!(named(&kept.shown[1]), [("Graustark", "source"), ("Ruritania", "target")]);
}

const ACLED: &str = "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,actor2,assoc_actor_2,country,admin1,location,source,notes,fatalities,tags\n\
    RUR1,05 January 2020,2020,1,Protests,Peaceful protest,Protesters (Ruritania),Students (Ruritania); Teachers (Ruritania),,,Ruritania,Upper,Strelsau,Wire,\"On 5 January, students marched.\",0,crowd size=about 50\n\
    RUR2,08 January 2020,2020,2,Battles,Armed clash,A,,B,,Ruritania,Upper,,Wire; Post,They clashed that week.,2,\n\
    RUR3,15 January 2020,2020,3,Riots,,Rioters,,,,Ruritania,,Hentzau,,,NA,\n";

#[test]
fn acled_dates_are_as_wide_as_their_precision() {
    for text in [ACLED.to_owned(), ACLED.replacen("event_id_cnty,event_date", "EVENT_ID_CNTY,EVENT_DATE", 1)] {
        let (ledger, kept) = read("x.csv", &text);
        assert_eq!((ledger.format.as_str(), ledger.plotted, ledger.problems_total), ("acled", 3, 1), "{:?}", ledger.problems);
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(whens, ["2020-01-05", "[2020-01-05..2020-01-11]", "2020-01"]);
        assert_eq!(kept.shown[1].when_text, "08 January 2020");
        let first = &kept.shown[0];
        assert_eq!(
            (first.title.as_str(), first.kind.as_str(), first.place.as_str()),
            ("Peaceful protest, Strelsau", "Protests", "Strelsau, Ruritania")
        );
        assert_eq!(named(first)[1..], [("Students (Ruritania)", "with actor 1"), ("Teachers (Ruritania)", "with actor 1")]);
        assert_eq!(first.evidence[0][..2], ["On 5 January, students marched.".to_owned(), "Wire".to_owned()]);
        assert_eq!(
            (kept.shown[1].title.as_str(), kept.shown[1].place.as_str(), kept.shown[2].title.as_str()),
            ("Armed clash", "Upper, Ruritania", "Riots, Hentzau")
        );
        assert_eq!(value(&kept.shown[1], "time_precision"), Some("2"));
    }
}

#[test]
fn acled_dates_of_any_form_are_settled_by_their_column() {
    let text =
        ACLED.replace("05 January 2020", "05/01/2020").replace("08 January 2020", "08/01/2020").replace("15 January 2020", "15/01/2020");
    let whens: Vec<String> = read("x.csv", &text).1.shown.into_iter().map(|event| event.when).collect();
    assert_eq!(whens, ["2020-01-05", "[2020-01-05..2020-01-11]", "2020-01"]);
}

#[test]
fn ucdp_dates_are_one_moment_in_their_span_unless_known_to_the_day() {
    let text = "id,type_of_violence,dyad_name,side_a,side_b,source_office,source_date,source_headline,where_coordinates,adm_1,country,date_prec,date_start,date_end,best\n\
        1,1,Government of Ruritania - Reds,Government of Ruritania,Reds,Wire;Post,2016-01-02;2016-01-03,\"Clash at the river;Clash, says army\",Hentzau town,Upper,Ruritania,1,2016-01-01 00:00:00.000,2016-01-01 00:00:00.000,4\n\
        2,3,Reds - Civilians,Reds,Civilians,Wire,2016-02-02,Killed; buried,,Upper,Ruritania,4,2016-01-01,2016-01-31,1\n\
        3,2,Reds - Blues,Reds,Blues,,,,,,Ruritania,1,2016-03-01,2016-03-04,9\n";
    let (ledger, kept) = read("ged.csv", text);
    assert_eq!((ledger.format.as_str(), ledger.plotted, ledger.problems_total), ("ucdp", 3, 1), "{:?}", ledger.problems);
    let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
    assert_eq!(whens, ["2016-01-01", "[2016-01-01..2016-01-31]", "2016-03-01/2016-03-04"]);
    let first = &kept.shown[0];
    assert_eq!((first.title.as_str(), first.kind.as_str()), ("Government of Ruritania - Reds, Hentzau town", "State-based conflict"));
    assert_eq!(first.evidence[1][..4], ["Clash, says army", "Post", "", "2016-01-03"].map(str::to_owned));
    assert_eq!(
        (kept.shown[1].evidence.len(), kept.shown[1].evidence[0][0].as_str()),
        (1, "Killed; buried"),
        "a semicolon within one headline parts nothing"
    );
    assert_eq!((kept.shown[1].place.as_str(), value(first, "best")), ("Upper, Ruritania", Some("4")));
}

#[test]
fn a_map_overrides_a_known_table() {
    let options = ReadOptions { map: ColumnMap::parse("when=event_date,title=notes").unwrap(), ..ReadOptions::default() };
    let (_, kept) = read_with("x.csv", ACLED.as_bytes(), &options).unwrap();
    assert_eq!((kept.shown[1].title.as_str(), kept.shown[1].when.as_str()), ("They clashed that week.", "2020-01-08"));
}

#[test]
fn lists_of_sanctions_are_dated_by_when_they_listed() {
    let text = "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"sanctions\",\"dataset\",\"first_seen\",\"last_seen\",\"last_change\"\n\
        \"NK-1\",\"Person\",\"Rupert Hentzau\",\"R. H.\",\"1865-05-04\",\"ru\",\"List A\",\"A\",\"2021-09-26T14:52:12\",\"2026-03-01T00:00:00\",\"2022-02-01T10:00:00\"\n\
        \"NK-2\",\"Company\",\"Zenda Trading\",\"\",\"\",\"ru;gr\",\"List B\",\"B\",\"2022-03-01T14:52:12\",\"2026-03-01T00:00:00\",\"2022-04-01T10:00:00\"\n";
    let (ledger, kept) = read("targets.simple.csv", text);
    assert_eq!((ledger.plotted, kept.shown[1].when.as_str()), (2, "2022-03-01T14:52:12"), "{:?}", ledger.problems);
    assert_eq!(
        (kept.shown[0].title.as_str(), kept.shown[0].id.as_str(), kept.shown[0].kind.as_str()),
        ("Rupert Hentzau", "NK-1", "Person")
    );
    let text =
        "Listed on,Entity name,Programme,Delisting date\n17 March 2014,Rupert,Ruritania,\n18 March 2014,Michael,Ruritania,3 May 2016\n";
    let whens: Vec<String> = read("x.csv", text).1.shown.into_iter().map(|event| event.when).collect();
    assert_eq!(whens, ["2014-03-17", "2014-03-18/2016-05-03"]);
}
