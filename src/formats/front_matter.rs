//! Markdown with a YAML head between lines of three hyphens: one event a file, its text below. A folder of such files is a timeline.

use super::draft::Draft;
use super::json::{Object, read_list};
use super::table::{looks_like_event, names_a_date};
use super::yaml::{json_of, keys_of};
use super::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::{Evidence, Severity};

/// Markdown with a YAML head.
pub struct FrontMatter;

const ENDINGS: [&str; 4] = ["md", "markdown", "mdx", "qmd"];

impl Format for FrontMatter {
    fn name(&self) -> &'static str {
        "front-matter"
    }

    fn label(&self) -> &'static str {
        "Markdown with a YAML head"
    }

    fn endings(&self) -> &'static [&'static str] {
        &ENDINGS
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        // A YAML file of several documents looks the same.
        let Some((matter, _)) = parted(head.text).filter(|_| !head.ends(&["yaml", "yml"])) else { return Confidence::No };
        let keys: Vec<&str> = keys_of(matter).collect();
        let (is_event, has_date, named) =
            (looks_like_event(keys.iter().copied()), keys.iter().any(|key| names_a_date(key)), head.ends(&ENDINGS));
        match (is_event, has_date, named) {
            (true, _, true) => Confidence::Certain,
            (true, _, false) | (false, true, true) => Confidence::Likely,
            // A page without a date is an event only for someone who says so.
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let Some((matter, body)) = parted(text) else {
            let message = "the file does not begin with a head between two lines of three hyphens (---).".to_owned();
            return Err(FormatError::NoRecords { file: input.name().to_owned(), message });
        };
        let json = json_of(input, matter, body.trim(), context)?;
        match read_list(input.name(), &json, context) {
            Err(FormatError::NoDateColumn { .. } | FormatError::NoRecords { .. }) => {
                undated(std::str::from_utf8(json.bytes()).unwrap_or_default(), body, context);
                Ok(())
            }
            other => other,
        }
    }
}

/// The head and what follows it; the head begins with the line of hyphens, so that its lines keep their numbers.
fn parted(text: &str) -> Option<(&str, &str)> {
    let after_first = text.strip_prefix("---")?;
    let first_end = after_first.find('\n')?;
    if !after_first[..first_end].trim().is_empty() {
        return None;
    }
    let mut at = 3 + first_end + 1;
    for line in text[at..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&text[..at], &text[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// An event without a field that could be its date.
fn undated(json: &str, body: &str, context: &mut Context<'_>) {
    let mut draft = Draft::new(1);
    let Some(mut fields) = Object::parse(json) else {
        context.count_record();
        context.ledger.reject(1, 0, "", "The head of the file is no map of fields such as `date: 2023-08-30`.", json);
        return;
    };
    draft.title("title", fields.text("title"));
    draft.event.id = fields.text("id");
    if !body.trim().is_empty() {
        draft.event.evidence.push(Evidence { quote: body.trim().to_owned().into(), ..Evidence::default() });
    }
    let _ = fields.text("body");
    draft.keep_all(fields.rest(""));
    context.ledger.problem(Severity::Note, 1, 0, "", "No field of the head was recognised as the date. Name it `date`.", "");
    draft.deliver(context);
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{read, read_with};
    use crate::formats::{FormatError, ReadOptions};

    const FILE: &str = "---\nid: 2003-01-01--trips\ndate: '2003-01-01'\nimportance: 8\ntitle: Trips begin on the\n  Yacht and Jets\nlocation: Various\nactors:\n- A. Judge\n- Yacht Co (a company)\ntags:\n- law\n\
        sources:\n- title: A paper\n  url: https://x.example/1\n  outlet: Press\n  date: '2023-08-10'\n- title: Another\n  url: https://x.example/2\nnotes: Data shows more.\nstatus: confirmed\n---\n\nHe begins.\n\nSecond paragraph.\n";

    #[test]
    fn a_file_is_one_event_with_its_text() {
        let (ledger, kept) = read("2003-01-01--trips.md", FILE);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted), ("front-matter", 1, 1), "{ledger:?}");
        let event = &kept.shown[0];
        assert_eq!(
            (event.id.as_str(), event.title.as_str(), event.when.as_str(), event.place.as_str()),
            ("2003-01-01--trips", "Trips begin on the Yacht and Jets", "2003-01-01", "Various")
        );
        assert_eq!((event.actors[1].0.as_str(), event.status.as_str(), event.tags.len()), ("Yacht Co (a company)", "confirmed", 1));
        assert_eq!(
            event.evidence[0],
            ["He begins.\n\nSecond paragraph.", "A paper", "https://x.example/1", "2023-08-10", ""].map(str::to_owned)
        );
        assert_eq!(event.evidence[1][1], "Another");
        assert!(event.note == "Data shows more." || event.further.iter().any(|(name, _)| name == "notes"), "{event:?}");
    }

    #[test]
    fn what_has_no_date_is_undated_or_not_taken() {
        let (ledger, kept) = read("x.md", "---\ndate:\ntitle: No date\n---\nText.\n");
        assert_eq!((ledger.undated, kept.shown[0].title.as_str()), (1, "No date"));
        let options = ReadOptions { format: Some("front-matter".to_owned()), ..ReadOptions::default() };
        let (ledger, kept) = read_with("x.md", b"---\ntitle: A page\nlayout: wide\n---\nText.\n", &options).unwrap();
        assert_eq!((ledger.undated, kept.shown[0].title.as_str(), kept.shown[0].evidence[0][0].as_str()), (1, "A page", "Text."));
        let taken =
            |text: &str| !matches!(read_with("x.md", text.as_bytes(), &ReadOptions::default()), Err(FormatError::NotRecognised { .. }));
        assert!(
            !taken("---\ntitle: A page\n---\nText.\n") && !taken("# A page\n\nText.\n") && !taken("---\ndate: 2023\ntitle: never closed\n")
        );
    }
}
