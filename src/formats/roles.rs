//! What the columns of a known program's table are read as, as a choice that can be changed, and what is lost where the columns alone are read.
//!
//! A known program's own reader knows more than columns can say. It reads the table until the user has chosen otherwise for its header.

use super::delimited::{Delimited, DelimitedRows};
use super::json::{self, JsonLines};
use super::known::key;
use super::rejected::Nothing;
use super::table::Rows as _;
use super::{Context, Field, Format, FormatError, Input, ReadOptions, Silent, TableChoice};
use crate::model::FileLedger;

/// A column by the keys that it may have, the first that is there.
type Column = &'static [&'static str];

/// A table of a known program.
struct Known {
    format: &'static str,
    fields: &'static [(Field, &'static [Column])],
    /// What only its own reader does, as a sentence.
    lost: &'static str,
}

/// The formats whose tables have a header, or fields of their own, and columns that can be chosen all the same.
pub const KNOWN_TABLES: [&str; 11] =
    ["acled", "ucdp", "gdelt", "icews", "timesketch", "timesketch-jsonl", "plaso", "l2tcsv", "tln", "timelinejs-csv", "aeon"];

/// Whether a known program's table is a file of lines with an object on each.
pub(super) fn is_of_lines(format: &str) -> bool {
    matches!(format, "timesketch-jsonl" | "plaso")
}

/// What forensic tables have: Timesketch in both of its forms, and Plaso, whose lines have no `datetime`.
const FORENSIC: &[(Field, &[Column])] = &[
    (Field::When, &[&["datetime", "timestamp"]]),
    (Field::Title, &[&["message"]]),
    (Field::Kind, &[&["timestampdesc"]]),
    (Field::Actors, &[&["hostname", "computername", "computer", "host"], &["username", "user", "usersid"]]),
    (Field::Sentence, &[&["message"]]),
    (Field::Source, &[&["displayname", "filename"]]),
    (Field::Tags, &[&["sourceshort", "source"], &["sourcelong"], &["tag", "tags"]]),
];
const FORENSIC_LOST: &str = "As a forensic timeline, timestamp stands in for a datetime that is missing or can't be read, and disagreement between them is said; by columns alone one of them is read.";

const KNOWN: [Known; KNOWN_TABLES.len()] = [
    Known {
        format: "acled",
        fields: &[
            (Field::Id, &[&["eventidcnty", "dataid", "eventid"]]),
            (Field::When, &[&["eventdate"]]),
            (Field::Title, &[&["subeventtype", "eventtype"], &["location"]]),
            (Field::Kind, &[&["eventtype"]]),
            (Field::Actors, &[&["actor1"], &["assocactor1"], &["actor2"], &["assocactor2"]]),
            (Field::Place, &[&["location", "admin1"], &["country"]]),
            (Field::Sentence, &[&["notes"]]),
            (Field::Source, &[&["source"]]),
            (Field::Tags, &[&["tags"]]),
        ],
        lost: "As an ACLED export, a date is drawn as wide as its time_precision says; by columns alone each stands at its day.",
    },
    Known {
        format: "ucdp",
        fields: &[
            (Field::Id, &[&["id"]]),
            (Field::When, &[&["datestart"]]),
            (Field::End, &[&["dateend"]]),
            (Field::Title, &[&["dyadname", "conflictname"], &["wherecoordinates"]]),
            (Field::Kind, &[&["typeofviolence"]]),
            (Field::Actors, &[&["sidea"], &["sideb"]]),
            (Field::Place, &[&["wherecoordinates", "adm1"], &["country"]]),
            (Field::Sentence, &[&["sourceheadline"]]),
            (Field::Source, &[&["sourceoffice"]]),
            (Field::Published, &[&["sourcedate"]]),
        ],
        lost: "As UCDP GED, an event whose date_prec is not 1 is one moment between its two dates, kinds are words and each report is evidence of its own; by columns alone events last from \
               the one date to the other, kinds are numbers, and all reports are one.",
    },
    Known {
        format: "gdelt",
        fields: &[
            (Field::Id, &[&["globaleventid"]]),
            (Field::When, &[&["sqldate"]]),
            (Field::Title, &[&["eventcode"]]),
            (Field::Kind, &[&["eventrootcode"]]),
            (Field::Actors, &[&["actor1name"], &["actor2name"]]),
            (Field::Place, &[&["actiongeofullname"]]),
            (Field::Url, &[&["sourceurl"]]),
        ],
        lost: "As GDELT events, codes are said in words; by columns alone titles and kinds are the codes.",
    },
    Known {
        format: "icews",
        fields: &[
            (Field::Id, &[&["eventid"]]),
            (Field::When, &[&["eventdate"]]),
            (Field::Title, &[&["eventtext"]]),
            (Field::Kind, &[&["cameocode"]]),
            (Field::Actors, &[&["sourcename"], &["targetname"]]),
            (Field::Place, &[&["city", "district", "province"], &["country"]]),
            (Field::Sentence, &[&["eventsentence", "sentence"]]),
            (Field::Source, &[&["publisher"]]),
        ],
        lost: "As ICEWS events, kinds are the roots of the codes, in words; by columns alone they are the codes.",
    },
    Known { format: "timesketch", fields: FORENSIC, lost: FORENSIC_LOST },
    Known { format: "timesketch-jsonl", fields: FORENSIC, lost: FORENSIC_LOST },
    Known {
        format: "plaso",
        fields: FORENSIC,
        lost: "As Plaso's JSON Lines, a timestamp counts microseconds whatever its length, and one that was never set is undated; by columns alone its unit is told by its number of digits.",
    },
    Known {
        format: "l2tcsv",
        fields: &[
            (Field::When, &[&["date"]]),
            (Field::Title, &[&["short"]]),
            (Field::Kind, &[&["type"]]),
            (Field::Actors, &[&["host"], &["user"]]),
            (Field::Sentence, &[&["desc"]]),
            (Field::Source, &[&["filename"]]),
            (Field::Tags, &[&["source"], &["sourcetype"]]),
        ],
        lost: "As log2timeline CSV, the time of day and the zone of each row are part of its date; by columns alone it is the day, and time and zone are kept beside it.",
    },
    Known {
        format: "tln",
        fields: &[
            (Field::When, &[&["time"]]),
            (Field::Title, &[&["description"]]),
            (Field::Actors, &[&["host"], &["user"]]),
            (Field::Sentence, &[&["description"]]),
            (Field::Tags, &[&["source"]]),
        ],
        lost: "As TLN, the finer time, its meaning and the message are taken out of the description; by columns alone it stays as it is.",
    },
    Known {
        format: "timelinejs-csv",
        fields: &[
            (Field::Title, &[&["headline"]]),
            (Field::Kind, &[&["group"]]),
            (Field::Sentence, &[&["text"]]),
            (Field::Phrase, &[&["displaydate"]]),
            (Field::Source, &[&["mediacredit"]]),
            (Field::Url, &[&["media"]]),
        ],
        lost: "As a TimelineJS spreadsheet, times of day and ends of several columns are part of the date, and title slides and eras are no events; by columns alone an event stands at its year, month and day, and every row is one.",
    },
    Known {
        format: "aeon",
        fields: &[
            (Field::Id, &[&["displayid"]]),
            (Field::When, &[&["startdate"]]),
            (Field::End, &[&["enddate"]]),
            (Field::Title, &[&["label"]]),
            (Field::Kind, &[&["type"]]),
            (Field::Actors, &[&["participant"]]),
            (Field::Sentence, &[&["summary"]]),
            (Field::Tags, &[&["tags"]]),
        ],
        lost: "As an Aeon timeline, dates BC are understood, Latest Start Date and Earliest End Date bound the two ends, relations are roles and links; by columns alone start and end are as they are written.",
    },
];

/// The columns that the own reader of a format takes for each field, and what else it does that columns cannot say; `None` where the format is no such table, or the table has no header
/// by which its columns are known.
pub(super) fn roles_of(format: &str, columns: &[String]) -> Option<(TableChoice, &'static str)> {
    let known = KNOWN.iter().find(|known| known.format == format)?;
    let keys: Vec<String> = columns.iter().map(|name| key(name)).collect();
    let find = |wanted: &Column| wanted.iter().find_map(|wanted| keys.iter().position(|key| key == wanted)).map(|at| columns[at].clone());
    let mut choice = TableChoice::default();
    for (field, wanted) in known.fields {
        let found: Vec<String> = wanted.iter().filter_map(find).collect();
        if !found.is_empty() {
            choice.columns.insert(field.name().to_owned(), found);
        }
    }
    (choice.columns.len() > 2).then_some((choice, known.lost))
}

/// The format by which a table of a known program is read: any table's where the user chose columns for its header, else its own.
pub(super) fn as_chosen(format: &'static dyn Format, input: &Input<'_>, options: &ReadOptions) -> &'static dyn Format {
    if options.remembered.is_empty() || !KNOWN_TABLES.contains(&format.name()) {
        return format;
    }
    // Whatever is wrong with the table is said by the reader that reads it.
    let (key, plain): (_, &'static dyn Format) =
        if is_of_lines(format.name()) { (json::line_key(input, options), &JsonLines) } else { (columns_of(input, options), &Delimited) };
    let is_chosen = key.is_ok_and(|key| TableChoice::remembered(options, &key).is_some());
    if is_chosen { plain } else { format }
}

/// The names of a table's columns, as its beginning has them.
fn columns_of(input: &Input<'_>, options: &ReadOptions) -> Result<Vec<String>, FormatError> {
    let head = input.head_bytes()?;
    let (mut ledger, mut nothing) = (FileLedger::new(input.name(), ""), Nothing);
    let head = Input::from_bytes(input.name(), &head);
    let mut context = Context::new(options, &mut ledger, &mut nothing, &Silent, 0);
    Ok(DelimitedRows::open(&head, &mut context)?.columns().to_vec())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Arc;

    use super::*;
    use crate::formats::testing::{read, read_with};
    use crate::formats::{TableHead, header_key};

    const ACLED: &str = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,actor2,assoc_actor_2,location,country,source,notes\n\
        X1,05 January 2020,2,Battles,Armed clash,A,,B,C,Town,Land,Wire,They fought.\n";

    #[test]
    fn the_names_are_those_of_formats() {
        let names = KNOWN.map(|known| known.format);
        assert_eq!(names, KNOWN_TABLES);
        assert!(names.iter().all(|name| crate::formats::all().iter().any(|format| format.name() == *name)));
    }

    #[test]
    fn a_choice_goes_before_the_own_reader_of_a_program() {
        let options = ReadOptions::default();
        let columns: Vec<String> = ACLED.lines().next().unwrap().split(',').map(str::to_owned).collect();
        let (choice, lost) = roles_of("acled", &columns).unwrap();
        assert!(lost.contains("time_precision") && choice.columns["actors"].len() == 4 && !choice.columns.contains_key("tags"));
        let (own, kept) = read("x.csv", ACLED);
        assert!(own.format == "acled" && kept.shown[0].when.contains(".."), "{:?}", kept.shown[0]);
        let of =
            |choice: TableChoice| ReadOptions { remembered: Arc::new(HashMap::from([(header_key(&columns), choice)])), ..options.clone() };
        let (chosen, kept) = read_with("x.csv", ACLED.as_bytes(), &of(choice)).unwrap();
        let event = &kept.shown[0];
        assert_eq!((chosen.format.as_str(), chosen.plotted, event.kind.as_str(), event.actors.len()), ("csv", 1, "Battles", 3));
        assert!(event.when.starts_with("2020-01-05") && event.title.starts_with("Armed clash"), "{event:?}");
        let (again, _) = read_with("x.csv", ACLED.as_bytes(), &of(TableChoice::default())).unwrap();
        assert_eq!(again.format, "acled", "nothing was chosen");
    }

    #[test]
    fn the_roles_of_every_program_can_be_tried() {
        let headers = [
            (
                "ucdp",
                "id,date_start,date_end,date_prec,side_a,side_b,type_of_violence,dyad_name,where_coordinates,country,source_headline\n1,2020-01-01,2020-01-02,2,A,B,1,A - B,Town,Land,Said\n",
            ),
            (
                "icews",
                "Event ID\tEvent Date\tSource Name\tEvent Text\tCAMEO Code\tTarget Name\tPublisher\n1\t2020-01-01\tA\tMake a visit\t042\tB\tWire\n",
            ),
            ("timesketch", "message,datetime,timestamp_desc,hostname\nlogin,2020-01-01T00:00:00Z,Logged in,pc\n"),
            (
                "timesketch-jsonl",
                "{\"message\":\"login\",\"datetime\":\"2020-01-01T00:00:00Z\",\"timestamp_desc\":\"Logged in\",\"hostname\":\"pc\"}\n",
            ),
            (
                "plaso",
                "{\"__container_type__\":\"event\",\"timestamp\":1327218753000000,\"timestamp_desc\":\"Written\",\"message\":\"a file\",\"filename\":\"/a\"}\n",
            ),
            (
                "l2tcsv",
                "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc\n01/22/2020,07:52:33,UTC,M,LOG,Log,Written,u,h,short,desc\n",
            ),
            ("timelinejs-csv", "Year,Month,Day,End Year,Headline,Text,Display Date,Media,Media Credit,Group\n1815,12,10,,Ada,Born,,,,G\n"),
            ("aeon", "Display ID,Label,Start Date,Latest Start Date,End Date,Type,Summary\n1,A,2020-01-01,,,Event,S\n"),
            (
                "gdelt",
                "GLOBALEVENTID\tSQLDATE\tActor1Name\tActor2Name\tEventCode\tEventRootCode\tSOURCEURL\n1\t20200101\tA\tB\t042\t04\thttps://x.example\n",
            ),
        ];
        for (format, text) in headers {
            assert_eq!(read("x.csv", text).0.format, format);
            let input = Input::from_bytes("x.csv", text.as_bytes());
            let head = TableHead::of(&input, format, &ReadOptions::default(), &Silent).unwrap();
            let (choice, _) = head.roles().unwrap();
            let preview = head.preview(&choice.apply(&ReadOptions::default()).unwrap()).unwrap();
            assert_eq!(preview.error, None, "{format}");
            assert!(preview.rows[0].date.is_ok(), "{format}: {:?}", preview.rows[0]);
        }
        // A choice that was made for lines goes before their own reader as well, wherever what is seen of them ends.
        for (format, title) in [("timesketch-jsonl", "login"), ("plaso", "a file")] {
            let line = headers.iter().find(|(name, _)| *name == format).unwrap().1;
            let lines = line.repeat(1000);
            let head = TableHead::of(&Input::from_bytes("x.jsonl", lines.as_bytes()), format, &ReadOptions::default(), &Silent).unwrap();
            let (choice, _) = head.roles().unwrap();
            let key = head.preview(&choice.apply(&ReadOptions::default()).unwrap()).unwrap().key;
            let options = ReadOptions { remembered: Arc::new(HashMap::from([(key, choice)])), ..ReadOptions::default() };
            let (chosen, kept) = read_with("x.jsonl", lines.as_bytes(), &options).unwrap();
            assert_eq!((chosen.format.as_str(), chosen.plotted, kept.shown[0].title.as_str()), ("jsonl", 1000, title));
        }
        let bare = "1\t20200101\t202001\t2020";
        let head = TableHead::of(&Input::from_bytes("x.csv", bare.as_bytes()), "gdelt", &ReadOptions::default(), &Silent).unwrap();
        assert!(head.roles().is_none(), "without a header nothing names the columns");
    }
}
