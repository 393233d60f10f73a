//! YAML into JSON, event by event: each value on the line on which it stands, no alias of a list or map expanded, no nesting on the stack.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::formats::Context;
use crate::model::Severity;

/// Bytes of a text that an alias repeats; a longer one is not repeated.
const ALIAS_LONGEST: usize = 1000;
/// Bytes that all aliases of a file may repeat, beside as many as the file has.
const ALIASES_FREE: usize = 1024 * 1024;
/// How deep lists and maps are followed.
const DEEPEST: usize = 1000;

/// What is wrong with a text, and where.
#[derive(Debug)]
pub(in crate::formats) struct Broken {
    pub line: u64,
    pub column: u64,
    pub message: String,
}

/// An open list or map.
enum Open {
    List { items: usize },
    Map { entries: usize, key_is_next: bool },
}

/// Writes JSON in step with the lines of the YAML.
struct Writer {
    out: String,
    line: usize,
    open: Vec<Open>,
    texts: HashMap<usize, String>,
    /// Bytes that aliases may still repeat.
    repeats: usize,
    aliases_left: u64,
}

/// Puts a YAML text as JSON; a body, by its name and text, becomes a field at the end of its outermost map. Several documents become a list.
pub(in crate::formats) fn to_json(text: &str, (name, body): (&str, &str), context: &mut Context<'_>) -> Result<String, Broken> {
    let mut writer = Writer {
        out: String::with_capacity(text.len() + text.len() / 8),
        line: 1,
        open: Vec::new(),
        texts: HashMap::new(),
        repeats: ALIASES_FREE + text.len(),
        aliases_left: 0,
    };
    let mut documents = 0_usize;
    let mut first = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Broken {
            line: error.marker().line() as u64,
            column: error.marker().col() as u64 + 1,
            message: error.info().to_owned(),
        })?;
        let line = span.start.line();
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents == 2 {
                    writer.out.insert(first, '[');
                }
                if documents > 1 {
                    writer.out.push(',');
                } else {
                    first = writer.out.len();
                }
            }
            Event::Scalar(value, style, anchor, _) => {
                let json = scalar(&value, style == ScalarStyle::Plain, writer.wants_key());
                if anchor > 0 && json.len() <= ALIAS_LONGEST {
                    writer.texts.insert(anchor, json.clone());
                }
                writer.value(&json, line);
            }
            Event::Alias(anchor) => {
                let known = writer.texts.get(&anchor).filter(|text| text.len() <= writer.repeats).cloned();
                writer.repeats -= known.as_ref().map_or(0, String::len);
                let json = known.unwrap_or_else(|| {
                    writer.aliases_left += 1;
                    "\"*\"".to_owned()
                });
                // A number that names a field is a text there.
                let json = if writer.wants_key() && !json.starts_with('"') { quoted(&json) } else { json };
                writer.value(&json, line);
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if writer.wants_key() || writer.open.len() >= DEEPEST => {
                let message =
                    if writer.wants_key() { "a key is a list or a map, which is not read" } else { "lists and maps are nested too deep" };
                return Err(Broken { line: line as u64, column: span.start.col() as u64 + 1, message: message.to_owned() });
            }
            Event::SequenceStart(..) => {
                writer.value("[", line);
                writer.open.push(Open::List { items: 0 });
            }
            Event::MappingStart(..) => {
                writer.value("{", line);
                writer.open.push(Open::Map { entries: 0, key_is_next: true });
            }
            Event::SequenceEnd => {
                writer.open.pop();
                writer.out.push(']');
            }
            Event::MappingEnd => {
                if writer.open.len() == 1 && documents == 1 && !body.is_empty() {
                    writer.value(&quoted(name), line);
                    writer.value(&quoted(body), line);
                }
                writer.open.pop();
                writer.out.push('}');
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    if documents > 1 {
        writer.out.push(']');
    }
    if writer.aliases_left > 0 {
        let message = format!(
            "{} times the file names another part of itself by `*`. That part is not repeated there; such places show as *.",
            writer.aliases_left
        );
        context.ledger.problem(Severity::Warning, 0, 0, "", message, "");
    }
    Ok(writer.out)
}

impl Writer {
    /// Whether the next value is the key of a map.
    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open::Map { key_is_next: true, .. }))
    }

    /// Writes a value, or the beginning of one, on its line.
    fn value(&mut self, json: &str, line: usize) {
        match self.open.last_mut() {
            Some(Open::List { items }) => {
                if *items > 0 {
                    self.out.push(',');
                }
                *items += 1;
            }
            Some(Open::Map { entries, key_is_next }) => {
                if *key_is_next && *entries > 0 {
                    self.out.push(',');
                }
                if !*key_is_next {
                    self.out.push(':');
                    *entries += 1;
                }
                *key_is_next = !*key_is_next;
            }
            None => {}
        }
        while self.line < line {
            self.out.push('\n');
            self.line += 1;
        }
        self.out.push_str(json);
    }
}

/// A scalar in JSON: what is written without quotation marks may be a number, a flag or nothing.
fn scalar(text: &str, is_plain: bool, is_key: bool) -> String {
    if is_plain && !is_key {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return "null".to_owned(),
            "true" | "True" | "TRUE" => return "true".to_owned(),
            "false" | "False" | "FALSE" => return "false".to_owned(),
            _ => {}
        }
        let begins_as_number = text.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-');
        if begins_as_number && text.len() <= 40 && serde_json::from_str::<serde_json::Number>(text).is_ok() {
            return text.to_owned();
        }
    }
    quoted(text)
}

/// A text as JSON.
fn quoted(text: &str) -> String {
    // A text always has a form in JSON.
    serde_json::to_string(text).unwrap_or_default()
}
