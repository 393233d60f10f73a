//! YAML files: one event, a list of events, or several documents; read as JSON of the same shape.

mod convert;

use std::sync::Arc;

pub(super) use convert::to_json;

use super::json::read_list;
use super::table::{looks_like_event, names_a_date};
use super::{Confidence, Context, Format, FormatError, Head, Input};
use crate::model::RawText;

/// A YAML file.
pub struct Yaml;

/// Bytes of a file that is read; a larger one is no chronology that someone wrote.
const LARGEST: u64 = 64 * 1024 * 1024;
/// Marks of lists and maps that a line may have: the parser keeps all of a line.
const MARKS_MOST: usize = 100_000;

impl Format for Yaml {
    fn name(&self) -> &'static str {
        "yaml"
    }

    fn label(&self) -> &'static str {
        "YAML with events"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["yaml", "yml"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        if !head.ends(self.endings()) || head.text.trim_start().starts_with(['{', '[', '<']) {
            return Confidence::No;
        }
        let keys: Vec<&str> = keys_of(head.text).collect();
        match (looks_like_event(keys.iter().copied()), keys.iter().any(|key| names_a_date(key)), head.whole) {
            (true, ..) => Confidence::Likely,
            (_, true, _) | (_, _, false) => Confidence::Name,
            // Settings of programs are YAML too.
            (false, false, true) => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let json = json_of(input, text, ("", ""), context)?;
        read_list(input.name(), &json, context)
    }
}

/// The JSON of a YAML text, with a body as a further field of that name where there is one. Lines stay where they are.
pub(super) fn json_of(input: &Input<'_>, text: &str, body: (&str, &str), context: &mut Context<'_>) -> Result<Arc<RawText>, FormatError> {
    if text.len() as u64 > LARGEST {
        return Err(FormatError::TooLarge { file: input.name().to_owned(), bytes: text.len() as u64, limit: LARGEST });
    }
    if let Some((line, _)) = (1..).zip(text.lines()).find(|(_, line)| is_crowded(line)) {
        let message = format!("the line holds more than {MARKS_MOST} commas, brackets or braces; write one item a line");
        return Err(FormatError::BrokenDocument { file: input.name().to_owned(), format: "YAML", line, column: 1, message });
    }
    let json = to_json(text, body, context).map_err(|broken| FormatError::BrokenDocument {
        file: input.name().to_owned(),
        format: "YAML",
        line: broken.line,
        column: broken.column,
        message: broken.message,
    })?;
    Ok(Arc::new(RawText::from(json.into_bytes())))
}

/// Whether a line has so many marks of lists and maps that to take it apart would fill the memory.
fn is_crowded(line: &str) -> bool {
    line.len() > MARKS_MOST && memchr::memchr3_iter(b',', b'[', b'{', line.as_bytes()).nth(MARKS_MOST).is_some()
}

/// What stands before the colons of lines, whatever its depth.
pub(super) fn keys_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let line = line.trim_start_matches([' ', '-', '{']);
        let (key, value) = line.split_once(':')?;
        let is_key = !key.is_empty() && key.len() <= 40 && (value.is_empty() || value.starts_with(' ')) && !key.contains(['#', '{', '[']);
        is_key.then(|| key.trim_matches(['"', '\'']))
    })
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{read, read_with};
    use crate::formats::{FormatError, ReadOptions};

    #[test]
    fn a_list_keeps_its_lines() {
        let text = "# Events\nevents:\n  - date: 2023-08-30\n    title: 'One: a visit'\n    actors: [A, \"B; C\"]\n    note: null\n\n  - date: 2023-09\n    title: >\n      Two\n      lines\n    sources:\n      - {title: S, url: 'https://x.example'}\n  - 7\n";
        let (ledger, kept) = read("x.yaml", text);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.rejected), ("yaml", 3, 2, 1), "{ledger:?}");
        let (one, two) = (&kept.shown[0], &kept.shown[1]);
        assert_eq!((one.title.as_str(), one.when.as_str(), one.line, two.line), ("One: a visit", "2023-08-30", 3, 8));
        assert_eq!((one.actors.len(), two.title.trim(), two.evidence[0][2].as_str()), (2, "Two lines", "https://x.example"));
        assert_eq!(ledger.problems.iter().find(|problem| problem.severity.name() == "error").unwrap().line, 14);
    }

    #[test]
    fn one_event_or_several_documents() {
        let (ledger, kept) = read("x.yml", "date: 2023-08-30\ntitle: One\n");
        assert_eq!((ledger.rows, kept.shown[0].title.as_str()), (1, "One"));
        let (ledger, kept) = read("x.yml", "---\ndate: 2023-08-30\ntitle: One\n---\ndate: 1999\ntitle: Two\nyes: on\n...\n");
        assert_eq!((ledger.rows, kept.shown[1].when.as_str(), kept.shown[1].line), (2, "1999", 5));
    }

    #[test]
    fn anchors_do_not_multiply_and_broken_files_say_where() {
        let bomb = "a: &a [x, x]\nb: &b [*a, *a, *a]\nevents:\n - {date: 2023, title: &t T, more: *b}\n - {date: 2024, title: *t}\n";
        let (ledger, kept) = read("x.yaml", bomb);
        assert_eq!((ledger.plotted, kept.shown[1].title.as_str()), (2, "T"));
        assert!(ledger.problems.iter().any(|problem| problem.message.contains("names another part")), "{ledger:?}");
        let bomb = format!("t: &t {}\nevents:\n - {{date: 2023, title: x, more: [{}]}}\n", "y".repeat(900), "*t, ".repeat(20_000));
        let (ledger, kept) = read("x.yaml", &bomb);
        assert!(kept.shown[0].further[0].1.len() < 3_000_000, "texts do not multiply either");
        assert!(ledger.problems.iter().any(|problem| problem.message.contains("names another part")), "{ledger:?}");
        let (_, kept) = read("x.yaml", "date: &k 2023\ntitle: x\n*k : y\n");
        assert_eq!(kept.shown[0].further, [("2023".to_owned(), "y".to_owned())]);
        let failed = read_with("x.yaml", b"date: 2023\ntitle: [x\n", &ReadOptions::default());
        assert!(matches!(failed, Err(FormatError::BrokenDocument { format: "YAML", .. })));
        let deep = format!("date: 2023\ntitle: x\nd: {}{}\n", "[".repeat(50_000), "]".repeat(50_000));
        let _ = read_with("x.yaml", deep.as_bytes(), &ReadOptions::default());
        assert!(matches!(
            read_with("settings.yml", b"title: x\nplugins:\n  - y\n", &ReadOptions::default()),
            Err(FormatError::NotRecognised { .. })
        ));
    }
}
