//! The spreadsheet of TimelineJS, saved as CSV: a column for each part of a date, rows of the types `title` and `era` beside events.

use super::{keep_eras, medium, named_with_dates, report_eras};
use crate::formats::draft::Draft;
use crate::formats::headed::{self, NamedRow};
use crate::formats::html;
use crate::formats::parts::{self, Before, Parts, Told};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Further, Tables, Value};

/// The spreadsheet as a table.
pub struct TimelineJsSheet;

impl Format for TimelineJsSheet {
    fn name(&self) -> &'static str {
        "timelinejs-csv"
    }

    fn label(&self) -> &'static str {
        "TimelineJS spreadsheet (CSV)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        if headed::has_columns(head, &["year", "headline", "end year", "display date"]) { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let (mut tables, mut eras, mut has_title) = (Tables::default(), Vec::new(), false);
        headed::read(input, context, &mut |context, mut row| {
            context.beat(0)?;
            let kind = row.take("type").to_lowercase();
            match kind.as_str() {
                "title" if !has_title => {
                    has_title = true;
                    let plain = |text: &str| html::plain(text).map_or_else(|| text.to_owned(), |plain| plain.text);
                    tables.title = plain(row.take("headline"));
                    tables.description = plain(row.take("text"));
                    let field =
                        |(name, text): (String, String)| Further { name: format!("title.{name}").into(), value: Value::Text(text.into()) };
                    tables.further.extend(row.rest().into_iter().map(field));
                }
                "era" => {
                    let (start, end) = (told(&mut row, ""), told(&mut row, "end "));
                    let text = |date: Option<Told>| date.map(|date| date.0).unwrap_or_default();
                    eras.push(named_with_dates(row.take("headline"), &text(start), &text(end)));
                }
                _ => event(row, &kind, context),
            }
            Ok(())
        })?;
        if has_title {
            context.note("The title slide is not a row; its text is the file's description.");
        }
        keep_eras(&eras, &mut tables);
        report_eras(&eras, context);
        context.tables(tables);
        Ok(())
    }
}

/// One slide.
fn event(mut row: NamedRow<'_>, kind: &str, context: &mut Context<'_>) {
    let mut draft = Draft::new(row.line);
    draft.title("Headline", row.take("headline").to_owned());
    draft.quote("Text", row.take("text").to_owned());
    draft.event.kind = html::field("Group", row.take("group").to_owned().into(), true, &mut draft.event.further);
    let display = row.take("display date");
    match draft.event.evidence.first_mut() {
        Some(first) => first.phrase = display.to_owned().into(),
        None => draft.keep("Display Date", display.to_owned()),
    }
    medium(&mut draft, row.take("media").to_owned().into(), row.take("media credit").to_owned().into());
    draft.keep("Type", kind.to_owned());
    let (start, end) = (told(&mut row, ""), told(&mut row, "end "));
    if let Some(start) = start {
        let texts = [start.0.clone(), end.as_ref().map(|end| end.0.clone()).unwrap_or_default()];
        draft.spanned(context, ["Year", "End Year"], [&texts[0], &texts[1]], parts::spanned(start, end));
    } else if let Some((end, _)) = end {
        draft.keep("End Year", end);
    }
    for (name, text) in row.rest() {
        let text = html::field(&name, text.into(), false, &mut draft.event.further);
        draft.keep(name, text);
    }
    draft.deliver(context);
}

/// The date in the columns of a row, those of the start or, behind `lead`, of the end.
fn told(row: &mut NamedRow<'_>, lead: &str) -> Option<Told> {
    let [year, month, day, clock] = ["year", "month", "day", "time"].map(|part| row.take(&format!("{lead}{part}")));
    let mut clock_parts = clock.split(':').map(str::trim);
    let mut next = || clock_parts.next().unwrap_or_default();
    let mut parts = Parts { year, month, day, hour: next(), minute: next(), second: next(), millisecond: "" };
    if let Some((second, fraction)) = parts.second.split_once('.') {
        (parts.second, parts.millisecond) = (second, fraction);
    }
    (!parts.is_empty()).then(|| (parts.written(), parts.canonical(Before::Era)))
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::read;

    #[test]
    fn rows_are_slides_but_for_the_title_and_eras() {
        let text = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,Media Caption,Type,Group,Background\r\n\
            ,,,,,,,,,The title,<p>About</p>,,,,title,,\r\n\
            1815,12,10,,1852,11,27,,,Ada,\"<p>A <a href=\"\"https://x.example\"\">B</a>\nC</p>\",https://x.example/p.jpg,Museum,Portrait,,G,\r\n\
            -44,3,,,,,,,the Ides,Caesar,Killed.,,,,,,#fff\r\n\
            1900,1,1,14:30,,,,,,Clock,,,,,,,\r\n\
            1700,,,,1750,,,,,An era,,,,,era,,\r\n\
            ,,,,,,,,,No date,,,,,,,\r\n\
            ,,,,,,,,,,,,,,,,\r\n";
        let (ledger, kept) = read("x.csv", text);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated), ("timelinejs-csv", 4, 3, 1));
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(whens, ["1815-12-10/1852-11-27", "-0043-03", "1900-01-01T14:30", ""]);
        let ada = &kept.shown[0];
        assert_eq!((ada.evidence[0][0].as_str(), ada.evidence[1][1].as_str(), ada.kind.as_str(), ada.line), ("A B C", "Museum", "G", 3));
        assert!(ada.further.contains(&("Media Caption".to_owned(), "Portrait".to_owned())));
        assert_eq!(kept.shown[1].evidence[0][4], "the Ides");
        assert_eq!(kept.tables.unwrap().title, "The title");
        let notes: Vec<&str> = ledger.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert!(
            notes.iter().any(|note| note.contains("An era (1700 to 1750)"))
                && notes.iter().any(|note| note.contains("1 rows have nothing")),
            "{notes:?}"
        );
    }
}
