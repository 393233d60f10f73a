//! XML read as a stream of records, safe against what hostile files do: entities that a document declares are never put in, nesting costs no stack, and no more than one
//! record is in memory at a time.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::context::line_number;
use super::pieces::LineCounter;
use super::{Context, FormatError};
use crate::model::Severity;

/// Elements within a record that are taken apart; those beyond are kept as text.
const CHILDREN_MOST: usize = 10_000;

/// Attributes of an element that are taken apart; those beyond are kept together, as they were written.
const ATTRIBUTES_MOST: usize = 1_000;

/// An element of a record.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes, in their order.
    pub attributes: Vec<(String, String)>,
    /// Its text, with the elements in it that are not taken apart as they were written.
    pub text: String,
    /// The elements in it that are.
    pub children: Vec<Element>,
    /// The line at which it begins, from 1.
    pub line: u32,
}

impl Element {
    /// Takes out an attribute, whatever the case of its name; empty where there is none.
    pub(super) fn attribute(&mut self, name: &str) -> String {
        let at = self.attributes.iter().position(|(key, _)| key.eq_ignore_ascii_case(name));
        at.map(|at| self.attributes.remove(at).1).unwrap_or_default()
    }

    /// Takes out the first child of that name.
    pub(super) fn child(&mut self, name: &str) -> Option<Self> {
        let at = self.children.iter().position(|child| child.name == name)?;
        Some(self.children.remove(at))
    }

    /// Takes out the text of the first child of that name, without blanks around it; empty where there is none.
    pub(super) fn child_text(&mut self, name: &str) -> String {
        self.child(name).map(|child| child.text.trim().to_owned()).unwrap_or_default()
    }
}

/// The name of the outermost element, as far as the beginning of a file shows it.
pub(super) fn root_name(head: &str) -> Option<String> {
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let mut reader = reader_of(head);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => return Some(local_name(&start)),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Visits the elements of the given names, wherever they stand but not within each other, each with what is in it taken apart down to so many levels.
///
/// Errors: the document is not well-formed; then what was visited before is to be dropped.
pub(super) fn each_record(
    text: &str,
    context: &mut Context<'_>,
    records: &[(&str, usize)],
    visit: &mut dyn FnMut(&mut Context<'_>, Element) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    let mut reader = reader_of(text);
    let mut lines = LineCounter::new(text);
    let (mut depth, mut building) = (0_usize, Building::default());
    loop {
        let at = reader.buffer_position() as usize;
        let event =
            reader.read_event().map_err(|error| broken(context.file(), text, reader.error_position() as usize, &error.to_string()))?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(start) | Event::Empty(start) => {
                depth += usize::from(!is_empty);
                if building.stack.is_empty() {
                    let name = local_name(&start);
                    if let Some((_, levels)) = records.iter().find(|(record, _)| *record == name) {
                        let begin = at + text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start().len());
                        building.levels = *levels;
                        building.open(&start, line_number(lines.line_at(begin)));
                        if is_empty && let Some(whole) = building.close(&[]) {
                            visit(context, whole)?;
                        }
                    }
                } else {
                    building.within(&start, is_empty);
                }
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if let Some(whole) = building.close(end.name().as_ref()) {
                    context.beat(at as u64)?;
                    visit(context, whole)?;
                }
            }
            Event::Text(part) => building.push(&part.xml10_content().unwrap_or_default()),
            Event::CData(part) => building.push(&part.xml10_content().unwrap_or_default()),
            Event::GeneralRef(reference) => building.push(&meaning_of(&reference)),
            Event::DocType(declared) => {
                if declared.windows(8).any(|part| part == b"<!ENTITY") {
                    let message =
                        "The document declares entities of its own. They are not put in where they are used; such places show as &name;.";
                    context.ledger.problem(Severity::Warning, 1, 0, "", message, "");
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if depth > 0 {
        return Err(broken(context.file(), text, text.len(), "the document ends before all of its elements are closed"));
    }
    Ok(())
}

/// A record that is being read.
#[derive(Default)]
struct Building {
    /// The record, and the elements within it that are open and taken apart.
    stack: Vec<Element>,
    /// Open elements within the last of these that are kept as text.
    kept_open: usize,
    levels: usize,
    children: usize,
}

impl Building {
    /// Opens an element that is taken apart.
    fn open(&mut self, start: &BytesStart<'_>, line: u32) {
        self.stack.push(Element { name: local_name(start), attributes: attributes_of(start), line, ..Element::default() });
    }

    /// Takes the beginning of an element within the record.
    fn within(&mut self, start: &BytesStart<'_>, is_empty: bool) {
        if self.kept_open == 0 && self.stack.len() <= self.levels && self.children < CHILDREN_MOST {
            self.children += 1;
            let line = self.stack.last().map_or(0, |parent| parent.line);
            self.open(start, line);
            if is_empty {
                self.close(&[]);
            }
            return;
        }
        let written = String::from_utf8_lossy(start);
        self.push(&format!("<{written}{}>", if is_empty { "/" } else { "" }));
        self.kept_open += usize::from(!is_empty);
    }

    /// Closes what is open; gives the record where it is that.
    fn close(&mut self, name: &[u8]) -> Option<Element> {
        if self.kept_open > 0 {
            self.kept_open -= 1;
            self.push(&format!("</{}>", String::from_utf8_lossy(name)));
            return None;
        }
        let element = self.stack.pop()?;
        if let Some(parent) = self.stack.last_mut() {
            parent.children.push(element);
            return None;
        }
        self.children = 0;
        Some(element)
    }

    fn push(&mut self, text: &str) {
        if let Some(element) = self.stack.last_mut() {
            element.text.push_str(text);
        }
    }
}

fn reader_of(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    // A lone ampersand is common in files that were written by hand, and can mean nothing else.
    reader.config_mut().allow_dangling_amp = true;
    reader
}

/// An element's name without its namespace.
fn local_name(start: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(start.local_name().as_ref()).into_owned()
}

/// The attributes; one that is broken ends them.
fn attributes_of(start: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut attributes = start.html_attributes();
    for attribute in attributes.with_checks(false).map_while(Result::ok) {
        if found.len() == ATTRIBUTES_MOST {
            let at = (attribute.key.as_ref().as_ptr() as usize).saturating_sub(start.as_ptr() as usize);
            let rest = String::from_utf8_lossy(start.get(at..).unwrap_or_default()).into_owned();
            found.push(("further attributes".to_owned(), rest));
            break;
        }
        let written = String::from_utf8_lossy(&attribute.value).into_owned();
        let value = unescape(&written).map_or_else(|_| written.clone(), Cow::into_owned);
        found.push((String::from_utf8_lossy(attribute.key.as_ref()).into_owned(), value));
    }
    found
}

/// The letter that a reference stands for; one that only the document itself declares stays as it is written.
fn meaning_of(reference: &BytesRef<'_>) -> String {
    let name = reference.decode().unwrap_or_default();
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    resolve_predefined_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// The error for a document that is not well-formed, with its place.
fn broken(file: &str, text: &str, at: usize, message: &str) -> FormatError {
    let at = (0..=at.min(text.len())).rev().find(|place| text.is_char_boundary(*place)).unwrap_or_default();
    let before = &text[..at];
    let line = LineCounter::new(text).line_at(at);
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) as u64 + 1;
    FormatError::BrokenDocument { file: file.to_owned(), format: "XML", line, column, message: message.trim_end_matches('.').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::Kept;
    use crate::formats::{ReadOptions, Silent};
    use crate::model::FileLedger;

    fn records(text: &str, levels: usize) -> Result<(Vec<Element>, FileLedger), FormatError> {
        let (options, mut ledger, mut kept, mut found) =
            (ReadOptions::default(), FileLedger::new("x.xml", "x"), Kept::default(), Vec::new());
        let mut context = Context::new(&options, &mut ledger, &mut kept, &Silent, text.len() as u64);
        each_record(text, &mut context, &[("event", levels)], &mut |_, element| {
            found.push(element);
            Ok(())
        })?;
        Ok((found, ledger))
    }

    #[test]
    fn records_are_found_wherever_they_stand() {
        let text = "<?xml version='1.0'?>\n<a><b>\n <x:event t='A &amp; &quot;B&quot;' x=\"&#65;\">One &lt;i&gt;two&lt;/i&gt; <b c='1'>three<br/></b> &amp; <![CDATA[<four>]]> R&D</x:event></b>\n<event/></a>";
        let (found, _) = records(text, 0).unwrap();
        assert_eq!(found[0].text, "One <i>two</i> <b c='1'>three<br/></b> & <four> R&D");
        assert_eq!(found[0].attributes, [("t".to_owned(), "A & \"B\"".to_owned()), ("x".to_owned(), "A".to_owned())]);
        assert_eq!((found.len(), found[0].line, found[1].line), (2, 3, 4));
        let (mut found, _) = records("<a><event><start> 1 </start><c><d>x</d></c><start>2</start></event></a>", 1).unwrap();
        assert_eq!((found[0].child_text("start").as_str(), found[0].child_text("c").as_str()), ("1", "<d>x</d>"));
    }

    #[test]
    fn entities_of_the_document_are_not_put_in() {
        let text = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><d><event t=\"&b;\">&b;&nbsp;</event></d>";
        let (found, ledger) = records(text, 0).unwrap();
        assert_eq!((found[0].text.as_str(), found[0].attributes[0].1.as_str()), ("&b;&nbsp;", "&b;"));
        assert!(ledger.problems[0].message.contains("declares entities"));
    }

    #[test]
    fn a_broken_document_is_said_with_its_place() {
        let place = |text: &str| match records(text, 1) {
            Err(FormatError::BrokenDocument { line, .. }) => line,
            other => panic!("{other:?}"),
        };
        assert_eq!(place("<a>\n<event></b></a>"), 2);
        assert_eq!(place("<a>\n<event>\n<x>"), 3);
        assert_eq!(place("<a>\n<event t='1"), 2);
    }

    #[test]
    fn nesting_and_many_elements_cost_no_stack() {
        let deep = format!("<event>{}{}</event>", "<a>".repeat(200_000), "</a>".repeat(200_000));
        assert_eq!(records(&deep, 2).unwrap().0.len(), 1);
        let wide = format!("<event>{}</event>", "<a/>".repeat(200_000));
        let (found, _) = records(&wide, 2).unwrap();
        assert_eq!((found[0].children.len(), found[0].text.len()), (CHILDREN_MOST, (200_000 - CHILDREN_MOST) * 4));
        assert!(matches!(records(&"<a>".repeat(200_000), 1), Err(FormatError::BrokenDocument { .. })));
    }

    #[test]
    fn the_outermost_element_tells_the_kind() {
        assert_eq!(root_name("<?xml version='1.0'?><!-- x --><data wiki-url='x'>").as_deref(), Some("data"));
        assert_eq!((root_name("{}"), root_name("<!-- cut"), root_name("")), (None, None, None));
    }
}
