//! Aeon Timeline 3, exported as CSV: events and entities in one table, with relations in columns of their own.
//!
//! Every row of the table is a row here, people and folders too: those without dates are undated. Years are of the era (`BC 1-11-19`, `99-10-18`).

use std::collections::HashSet;

use super::dates::Spanned;
use super::draft::Draft;
use super::headed::{self, NamedRow};
use super::parts::{self, Before, Parts, within};
use super::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Link, Participant};
use crate::time::DateError;

/// A table of Aeon Timeline 3.
pub struct Aeon;

/// The columns that are no relations.
const FIXED: [&str; 17] = [
    "type",
    "display id",
    "label",
    "summary",
    "narrative position",
    "color",
    "parent",
    "initials",
    "ongoing",
    "start date",
    "latest start date",
    "duration",
    "earliest end date",
    "end date",
    "blocked by",
    "links",
    "tags",
];
/// Types of rows that can take part in an event.
const WHO: [&str; 9] = ["character", "character group", "person", "people", "group", "organization", "organisation", "company", "team"];

impl Format for Aeon {
    fn name(&self) -> &'static str {
        "aeon"
    }

    fn label(&self) -> &'static str {
        "Aeon Timeline 3 (CSV)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let is_it = headed::has_columns(head, &["type", "display id", "label", "start date", "latest start date", "end date"]);
        if is_it { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let names = names_of(input, context)?;
        headed::read(input, context, &mut |context, row| {
            context.beat(0)?;
            event(row, &names, context);
            Ok(())
        })
    }
}

/// The labels of the rows that can take part in an event, in lower case.
fn names_of(input: &Input<'_>, context: &mut Context<'_>) -> Result<HashSet<String>, FormatError> {
    let mut names = HashSet::new();
    headed::scan(input, context, &mut |context, mut row| {
        context.beat(0)?;
        if WHO.contains(&row.take("type").to_lowercase().as_str()) {
            names.insert(row.take("label").to_lowercase());
        }
        Ok(())
    })?;
    Ok(names)
}

/// One row.
fn event(mut row: NamedRow<'_>, names: &HashSet<String>, context: &mut Context<'_>) {
    let mut draft = Draft::new(row.line);
    draft.event.id = row.take("display id").to_owned().into();
    draft.event.kind = row.take("type").to_owned().into();
    draft.title("Label", row.take("label").to_owned());
    draft.quote("Summary", row.take("summary").to_owned());
    draft.event.tags = items(row.take("tags")).map(Into::into).collect();
    draft.event.links = items(row.take("blocked by")).map(|to| Link { to: to.into(), relation: "blocked by".into() }).collect();
    for who in items(row.take("participant")) {
        draft.event.actors.push(Participant { name: who.into(), role: "participant".into() });
    }
    // Someone's own row stands in their own lane, and those whom it names do not take part in it.
    if WHO.contains(&draft.event.kind.to_lowercase().as_str()) {
        let name = draft.event.title.clone();
        draft.event.actors.insert(0, Participant { name, role: "".into() });
    }
    let texts = ["start date", "latest start date", "earliest end date", "end date"].map(|name| row.take(name));
    let is_ongoing = row.take("ongoing").eq_ignore_ascii_case("true");
    date(&mut draft, texts, is_ongoing, context);
    let _ = (row.take("duration") == "0 seconds") || {
        draft.keep("Duration", row.take("duration").to_owned());
        true
    };
    for (column, text) in row.rest() {
        let lower = column.to_lowercase();
        let (who, others): (Vec<String>, Vec<String>) = if FIXED.contains(&lower.as_str()) {
            (Vec::new(), vec![text])
        } else {
            items(&text).partition(|item| names.contains(&item.to_lowercase()))
        };
        let is_entity = WHO.contains(&draft.event.kind.to_lowercase().as_str());
        let others = if is_entity { [who.clone(), others].concat() } else { others };
        for name in who.into_iter().filter(|_| !is_entity) {
            draft.event.actors.push(Participant { name: name.into(), role: lower.clone().into() });
        }
        if !others.is_empty() {
            draft.keep(column, others.join(", "));
        }
    }
    draft.deliver(context);
}

/// The names in a cell, between commas.
fn items(text: &str) -> impl Iterator<Item = String> + use<'_> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned)
}

/// Gives a row its date.
fn date(draft: &mut Draft<'_>, texts: [&str; 4], is_ongoing: bool, context: &mut Context<'_>) {
    let [start, latest_start, earliest_end, end] = texts;
    if texts.iter().all(|text| text.is_empty()) {
        return;
    }
    let both =
        |first: &str, last: &str| if first.is_empty() || last.is_empty() { format!("{first}{last}") } else { format!("{first} .. {last}") };
    let (start_text, end_text) = (both(start, latest_start), both(earliest_end, end));
    let range = |first: &str, last: &str| -> Result<String, DateError> { Ok(within(&canonical(first)?, &canonical(last)?)) };
    let told_start = (start_text.clone(), range(start, latest_start));
    let told_end = match (is_ongoing, end_text.is_empty()) {
        (true, _) => Some(("ongoing".to_owned(), Ok("..".to_owned()))),
        (false, true) => None,
        (false, false) => Some((end_text.clone(), range(earliest_end, end))),
    };
    let spanned = if start_text.is_empty() {
        match told_end {
            Some((text, Ok(end))) => parts::as_written(format!("/{text}"), &format!("/{end}")).map_or_else(Spanned::Failed, Spanned::Read),
            Some((_, Err(error))) => Spanned::Failed(error),
            None => return,
        }
    } else {
        parts::spanned(told_start, told_end)
    };
    draft.spanned(context, ["Start Date", "End Date"], [&start_text, &end_text], spanned);
    if is_ongoing {
        draft.keep("End Date", end_text);
    }
}

/// `BC 1-11-19`, `99-10-18 12:30:00`, `1933` in canonical form; empty for nothing.
fn canonical(text: &str) -> Result<String, DateError> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let (digits, is_before) =
        ["BCE ", "BC "].iter().find_map(|era| text.strip_prefix(era)).map_or((text, false), |rest| (rest.trim_start(), true));
    let digits = ["AD ", "CE "].iter().find_map(|era| digits.strip_prefix(era)).unwrap_or(digits);
    let (day, clock) = digits.split_once([' ', 'T']).unwrap_or((digits, ""));
    let (mut day, mut clock) = (day.split('-'), clock.split(':'));
    let (mut next_of_day, mut next_of_clock) = (|| day.next().unwrap_or_default(), || clock.next().unwrap_or_default());
    let year = if is_before { format!("-{}", next_of_day()) } else { next_of_day().to_owned() };
    let (month, of_month) = (next_of_day(), next_of_day());
    let parts = Parts {
        year: &year,
        month,
        day: of_month,
        hour: next_of_clock(),
        minute: next_of_clock(),
        second: next_of_clock(),
        millisecond: "",
    };
    parts.canonical(Before::Era)
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::read;

    const FILE: &str = "Type,Display ID,Label,Summary,Narrative Position,Color,Parent,Initials,Ongoing,Start Date,Latest Start Date,Duration,Earliest End Date,End Date,Blocked By,Links,Tags,Participant,Witness,Parent,Clue\n\
        Event,\"EV1\",\"A dinner\",\"They\nate.\",\"Scene 1\",Red,,,False,1933-02-07 01:17:00,,\"8 minutes\",,1933-02-07 01:25:00,\"EV0\",\"\",\"a,b\",\"Ann,Dr. Bob\",\"Cid,Spoon\",,\"Knife\"\n\
        Event,\"EV2\",\"Long ago\",,,,,,False,BC 1-11-19,,\"3 weeks\",,BC 1-12-10,,,,,,,\n\
        Event,\"EV3\",\"Between\",,,,,,False,99-10-18,100-01-02,\"\",101-01,102,,,,,,,\n\
        Character,\"C1\",\"Cid\",,,,,C,True,1900-02-13,,\"12065 days\",,1933-02-25,,,,,,,\n\
        Character,\"C2\",\"Ann\",,,,,,False,,,\"0 seconds\",,,,,,,,,\n\
        Event,\"EV4\",\"Wrong\",,,,,,False,1933-13-01,,\"0 seconds\",,1933-13-01,,,,,,,\n";

    #[test]
    fn rows_of_all_types_with_participants_and_relations() {
        let (ledger, kept) = read("x.csv", FILE);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.records, ledger.plotted, ledger.undated), ("aeon", 6, 6, 4, 2));
        let dinner = &kept.shown[0];
        let actors: Vec<(&str, &str)> = dinner.actors.iter().map(|(name, role)| (name.as_str(), role.as_str())).collect();
        assert_eq!(actors, [("Ann", "participant"), ("Dr. Bob", "participant"), ("Cid", "witness")]);
        assert!(
            dinner.further.contains(&("Witness".to_owned(), "Spoon".to_owned()))
                && dinner.further.contains(&("Clue".to_owned(), "Knife".to_owned()))
        );
        assert_eq!((dinner.tags.len(), dinner.kind.as_str(), dinner.evidence[0][0].as_str(), dinner.line), (2, "Event", "They\nate.", 2));
    }

    #[test]
    fn dates_of_any_era_with_their_bounds() {
        let (_, kept) = read("x.csv", FILE);
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(
            whens,
            [
                "1933-02-07T01:17:00/1933-02-07T01:25:00",
                "0000-11-19/0000-12-10",
                "[0099-10-18..0100-01-02]/[0101-01..0102]",
                "1900-02-13/..",
                "",
                ""
            ]
        );
        assert_eq!(kept.shown[3].actors, [("Cid".to_owned(), String::new())]);
        assert!(kept.shown[3].further.contains(&("End Date".to_owned(), "1933-02-25".to_owned())));
    }
}
