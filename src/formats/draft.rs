//! An event of another program's file in the making: its fields, its date with what is wrong with it, what is kept beside.

use std::borrow::Cow;

use super::Context;
use super::dates::{Spanned, report_doubt};
use super::html;
use super::table::reason;
use crate::model::{Event, Evidence, Further, Severity, Value};
use crate::time::{DateError, When};

/// An event that is being put together, with the line at which its record begins.
pub(crate) struct Draft<'a> {
    /// The event.
    pub event: Event<'a>,
    /// Where its record begins, from 1.
    pub line: u32,
    is_explained: bool,
}

impl<'a> Draft<'a> {
    /// An empty one.
    pub(crate) fn new(line: u32) -> Self {
        Self { event: Event::default(), line, is_explained: false }
    }

    /// Keeps a field that the program has no name for; an empty one is nothing.
    pub(crate) fn keep(&mut self, name: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) {
        let text = text.into();
        if !text.is_empty() {
            self.event.further.push(Further { name: name.into(), value: Value::Text(text) });
        }
    }

    /// Keeps fields as they stand.
    pub(crate) fn keep_all(&mut self, fields: impl IntoIterator<Item = Further<'a>>) {
        self.event.further.extend(fields);
    }

    /// Takes a text that may hold HTML as the title.
    pub(crate) fn title(&mut self, name: &str, text: impl Into<Cow<'a, str>>) {
        self.event.title = html::field(name, trimmed(text.into()), true, &mut self.event.further);
    }

    /// Takes a text that may hold HTML as a sentence of evidence.
    pub(crate) fn quote(&mut self, name: &str, text: impl Into<Cow<'a, str>>) {
        let quote = html::field(name, trimmed(text.into()), false, &mut self.event.further);
        self.add_quote(quote);
    }

    /// Takes a text that is HTML by its format, whose lines therefore flow, as a sentence of evidence.
    pub(crate) fn html_quote(&mut self, name: &str, text: impl Into<Cow<'a, str>>) {
        let quote = html::flowing(name, trimmed(text.into()), &mut self.event.further);
        self.add_quote(quote);
    }

    fn add_quote(&mut self, quote: Cow<'a, str>) {
        if !quote.is_empty() {
            self.event.evidence.push(Evidence { quote, ..Evidence::default() });
        }
    }

    /// Adds a source by its name, which may hold HTML, and its address; where both are empty it is nothing.
    pub(crate) fn source(&mut self, name: &str, source: impl Into<Cow<'a, str>>, url: impl Into<Cow<'a, str>>) {
        let source = html::field(name, trimmed(source.into()), true, &mut self.event.further);
        let evidence = Evidence { source, url: trimmed(url.into()), ..Evidence::default() };
        if evidence != Evidence::default() {
            self.event.evidence.push(evidence);
        }
    }

    /// Takes a date, or says why there is none and keeps its text.
    pub(crate) fn date(&mut self, context: &mut Context<'_>, field: &str, text: &str, read: Result<When<'a>, DateError>) {
        match read {
            Ok(when) => {
                report_doubt(&when, context.ledger, self.line, field);
                self.event.when = Some(when);
            }
            Err(error) => {
                self.undated(context, field, reason(&error), text);
            }
        }
    }

    /// Takes a start with an end. An end that can't be read is kept under its own name, with a warning.
    pub(crate) fn spanned(&mut self, context: &mut Context<'_>, fields: [&str; 2], texts: [&str; 2], spanned: Spanned<'a>) {
        match spanned {
            Spanned::Read(when) => self.date(context, fields[0], texts[0], Ok(when)),
            Spanned::StartOnly(when, error) => {
                self.end_left_out(context, fields[1], texts[1], &error);
                self.date(context, fields[0], texts[0], Ok(when));
            }
            Spanned::Failed(error) => {
                let text = if texts[1].is_empty() { texts[0].to_owned() } else { format!("{}/{}", texts[0], texts[1]) };
                self.date(context, fields[0], &text, Err(error));
            }
        }
    }

    /// Says that an end can't be read, and keeps it.
    pub(crate) fn end_left_out(&mut self, context: &mut Context<'_>, field: &str, text: &str, error: &DateError) {
        context.ledger.problem(Severity::Warning, self.line, 0, field, format!("The end was left out: {error}."), text);
        self.keep(field.to_owned(), text.to_owned());
    }

    /// Says why there is no date, and keeps its text.
    pub(crate) fn undated(&mut self, context: &mut Context<'_>, field: &str, message: String, text: &str) {
        context.ledger.problem(Severity::Error, self.line, 0, field, message, text);
        self.event.when_text = Cow::Owned(text.to_owned());
        self.is_explained = true;
    }

    /// Gives it a title of its own words where it has none, counts it as a record, and passes it on.
    pub(crate) fn deliver(mut self, context: &mut Context<'_>) {
        if self.event.title.is_empty()
            && let Some(quote) = self.event.evidence.iter().map(|evidence| &evidence.quote).find(|quote| !quote.is_empty())
        {
            self.event.title = Cow::Owned(beginning(quote));
        }
        if !self.event.stands_on_axis() && !self.is_explained {
            context.ledger.problem(Severity::Error, self.line, 0, "", "The record has no date. It is kept among the undated.", "");
        }
        context.count_record();
        context.deliver(&self.event, self.line);
    }
}

/// A text without blanks around it.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// Letters of a title that is made of a longer text.
const TITLE_LETTERS: usize = 80;

/// The first line of a text, cut behind a word where it is long.
pub(crate) fn beginning(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let Some((cut, _)) = line.char_indices().nth(TITLE_LETTERS) else { return line.to_owned() };
    let kept = &line[..cut];
    let end = kept.rfind(' ').filter(|end| *end > cut / 2).unwrap_or(cut);
    format!("{}…", kept[..end].trim_end_matches([',', ';', ' ']))
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_long_text_gives_its_first_words() {
        assert_eq!(beginning("\n Short.\nMore."), "Short.");
        let long = beginning(&"word and, ".repeat(20));
        assert!(long.ends_with("…") && long.chars().count() <= 81 && !long.contains(",…"), "{long}");
        assert_eq!(beginning(&"é".repeat(200)).chars().count(), 81);
    }
}
