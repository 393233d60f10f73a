//! A table in Markdown with numbered citations under it, for reports.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write;

use super::tables::{cited, lost_beside_events};
use super::{Lost, Selection, WriteError, Writer};
use crate::formats::Progress;
use crate::time;

/// Markdown.
pub(super) struct Markdown;

impl Writer for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn label(&self) -> &'static str {
        "Table with citations (Markdown)"
    }

    fn ending(&self) -> &'static str {
        "md"
    }

    fn is_by_time(&self) -> bool {
        true
    }

    fn write(&self, selection: &Selection<'_>, out: &mut dyn Write, progress: &dyn Progress) -> Result<Lost, WriteError> {
        let mut lost = Lost::default();
        lost_beside_events(selection, true, &mut lost);
        let store = selection.store;
        if let Some(title) = store.title() {
            writeln!(out, "# {}\n", cell(title))?;
        }
        out.write_all("| Date | Event | Who | Where | Sentence |\n|---|---|---|---|---|\n".as_bytes())?;
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut citations: Vec<String> = Vec::new();
        selection.each(progress, (0, 1), |_, event| {
            let date = match &event.when {
                Some(when) => time::wording(when),
                None if event.when_text.trim().is_empty() => "undated".to_owned(),
                None => format!("undated (\"{}\")", event.when_text),
            };
            let names: Vec<String> = event
                .actors
                .iter()
                .map(|actor| if actor.role.is_empty() { actor.name.to_string() } else { format!("{} ({})", actor.name, actor.role) })
                .collect();
            let mut sentences: Vec<String> = Vec::new();
            for evidence in &event.evidence {
                let mut sentence = if evidence.quote.is_empty() { String::new() } else { format!("“{}”", cell(&evidence.quote)) };
                let citation = citation(&cited(store, evidence), &evidence.locator);
                if !citation.is_empty() {
                    let number = *numbers.entry(citation.clone()).or_insert_with(|| {
                        citations.push(citation);
                        citations.len()
                    });
                    let _ = write!(sentence, "[^{number}]");
                }
                if !sentence.is_empty() {
                    sentences.push(sentence);
                }
            }
            let mut title = cell(&event.title);
            if let Some(status) = event.status {
                let _ = write!(title, " ({})", status.name());
            }
            lost.add_if(!event.kind.is_empty(), "kinds are not written");
            lost.add("tags are not written", event.tags.len());
            lost.add("links to other events are not written", event.links.len());
            lost.add_if(!event.note.is_empty(), "notes are not written");
            lost.add("further fields are not written", event.further.len());
            writeln!(out, "| {} | {title} | {} | {} | {} |", cell(&date), cell(&names.join("; ")), cell(&event.place), sentences.join(" "))
        })?;
        if !citations.is_empty() {
            out.write_all(b"\n")?;
        }
        for (at, citation) in citations.iter().enumerate() {
            writeln!(out, "[^{}]: {citation}", at + 1)?;
        }
        Ok(lost)
    }
}

/// A source in one line: title, publisher, date, place within it, address.
fn citation(cited: &super::tables::Cited<'_>, locator: &str) -> String {
    let parts = [cited.title.as_ref(), &cited.publisher, &cited.published, locator];
    let mut line = parts.into_iter().filter(|part| !part.trim().is_empty()).map(cell).collect::<Vec<_>>().join(", ");
    let is_web = cited.url.starts_with("http://") || cited.url.starts_with("https://");
    if is_web && !cited.url.contains(['<', '>', ' ', '\n', '\r']) {
        let gap = if line.is_empty() { "" } else { ", " };
        let _ = write!(line, "{gap}<{}>", cited.url);
    } else if !cited.url.is_empty() {
        let gap = if line.is_empty() { "" } else { ", " };
        let _ = write!(line, "{gap}{}", cell(&cited.url));
    }
    line
}

/// Text as a cell shows it: on one line, with nothing in it that Markdown or HTML would take for its own.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_nothing_that_is_more_than_text() {
        assert_eq!(cell(" a|b\n<i>*x*</i> & [y] "), "a\\|b &lt;i>\\*x\\*&lt;/i> &amp; \\[y\\]");
    }
}
