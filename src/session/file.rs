//! The form of a session's file, and its reading: strict about what it is, lenient about each setting in it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::place::leads_away;
use super::{Reading, SavedEvent, SessionError, VERSION};
use crate::formats::ReadOptions;
use crate::time::Zone;
use crate::view::ViewState;

/// A data file as a session names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionFile {
    /// Its path from the session's folder.
    pub path: String,
    /// Its length when the session was saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// The SHA-256 of its content then, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// When it was last changed, in milliseconds since 1970: what a working session has in place of a digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified_ms: Option<i64>,
}

impl SessionFile {
    /// Its name without folders.
    pub fn name(&self) -> &str {
        self.path.rsplit(['/', std::path::MAIN_SEPARATOR]).next().unwrap_or(&self.path)
    }
}

/// What is looked at, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The file in which the view of a working session is saved. Of no meaning in any other session: a stranger's must not say where to save.
    pub view_file: Option<String>,
    /// The data files, in order.
    pub files: Vec<SessionFile>,
    /// How they are read.
    pub reading: Reading,
    /// The view, with nothing selected.
    pub view: ViewState,
    /// The selected event.
    pub selected: Option<SavedEvent>,
    /// The name of the chosen lane.
    pub lane: Option<String>,
}

/// A session that was read, and what of it could not be used, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The session.
    pub session: Session,
    /// One line for each setting that is left as usual.
    pub notes: Vec<String>,
}

/// The file as it is written.
#[derive(Serialize)]
struct Written<'a> {
    chronoview: u64,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    view_file: Option<&'a str>,
    files: &'a [SessionFile],
    #[serde(skip_serializing_if = "Reading::is_empty")]
    reading: &'a Reading,
    /// The zone by name: what is local differs from one computer to the next.
    zone: &'static str,
    view: &'a ViewState,
    #[serde(skip_serializing_if = "Option::is_none")]
    selected: Option<&'a SavedEvent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lane: Option<&'a str>,
}

impl Session {
    /// Writes it as JSON with an end of line.
    pub fn to_json(&self) -> String {
        let whole = Written {
            chronoview: VERSION,
            title: &self.view.title,
            description: &self.view.description,
            view_file: self.view_file.as_deref(),
            files: &self.files,
            reading: &self.reading,
            zone: self.view.zone.name(),
            view: &self.view,
            selected: self.selected.as_ref(),
            lane: self.lane.as_deref(),
        };
        // Texts, numbers and lists always have a form in JSON.
        serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
    }

    /// Reads what a file named `name` holds. A setting that cannot be used is left as usual and noted; errors: it is not a session that this version reads.
    pub fn from_json(text: &str, name: &str) -> Result<Parsed, SessionError> {
        let not_one = |words: &str| SessionError::NotOne { name: name.to_owned(), words: words.to_owned() };
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| SessionError::Damaged {
            name: name.to_owned(),
            line: error.line(),
            column: error.column(),
            words: reason(&error),
        })?;
        let Value::Object(mut whole) = value else { return Err(not_one("it is no JSON object")) };
        let Some(version) = whole.remove("chronoview") else { return Err(not_one("it has no \"chronoview\": 1")) };
        let version = version.as_u64().filter(|version| *version > 0).ok_or_else(|| not_one("\"chronoview\" is no version"))?;
        if version > VERSION {
            return Err(SessionError::Newer { name: name.to_owned(), version });
        }
        let files = match whole.remove("files") {
            Some(Value::Array(files)) if !files.is_empty() => files,
            _ => return Err(not_one("it names no data files; \"files\" is a list of objects with a \"path\"")),
        };
        let files =
            files.into_iter().enumerate().map(|(at, file)| file_of(file).map_err(|words| not_one(&format!("file {}: {words}", at + 1))));
        let files = files.collect::<Result<Vec<_>, _>>()?;
        let mut notes = Vec::new();
        let mut view = view_of(whole.remove("view"), &mut notes);
        if let Some(named) = taken::<String>(&mut whole, "zone", &mut notes) {
            match Zone::parse(&named) {
                Ok(zone) if view.zone.stands_as(zone) => {}
                Ok(zone) => view.zone = zone,
                Err(error) => notes.push(format!("its zone is left at {}: {error}", view.zone)),
            }
        }
        let mut reading: Reading = taken(&mut whole, "reading", &mut notes).unwrap_or_default();
        if let Err(error) = reading.apply(&ReadOptions::default()) {
            notes.push(format!("its \"reading\" is left out: {error}"));
            reading = Reading::default();
        }
        let selected = taken(&mut whole, "selected", &mut notes);
        view.title = taken(&mut whole, "title", &mut notes).unwrap_or_default();
        view.description = taken(&mut whole, "description", &mut notes).unwrap_or_default();
        let session = Self {
            view_file: taken(&mut whole, "view_file", &mut notes),
            files,
            reading,
            view,
            selected,
            lane: taken(&mut whole, "lane", &mut notes),
        };
        for name in whole.keys() {
            notes.push(format!("this version does not know its \"{}\"", short(name)));
        }
        Ok(Parsed { session, notes })
    }
}

/// The words of a JSON error without its place.
fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.rsplit_once(" at line ").map_or(words.clone(), |(words, _)| words.to_owned())
}

/// The beginning of a text from a file, for a message.
fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(40).collect()
}

/// A field, if it is there; noted where it cannot be used.
fn taken<T: serde::de::DeserializeOwned>(whole: &mut Map<String, Value>, name: &str, notes: &mut Vec<String>) -> Option<T> {
    let value = whole.remove(name)?;
    match serde_json::from_value(value) {
        Ok(value) => Some(value),
        Err(error) => {
            notes.push(format!("its \"{name}\" is left out: {}", short_words(&error)));
            None
        }
    }
}

fn short_words(error: &serde_json::Error) -> String {
    error.to_string().chars().filter(|letter| !letter.is_control()).take(120).collect()
}

fn file_of(value: Value) -> Result<SessionFile, String> {
    let mut file: SessionFile = serde_json::from_value(value).map_err(|error| short_words(&error))?;
    if file.path.is_empty() || file.path.contains('\0') {
        return Err("it has no path".to_owned());
    }
    if leads_away(&file.path) {
        return Err("its path leads to another computer, which a session must not. Open that file by hand".to_owned());
    }
    // What cannot be a digest is none: the file is then said to be unknown, not changed.
    file.sha256 = file.sha256.filter(|digest| digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()));
    Ok(file)
}

/// The view, each field by itself: one that cannot be used is as usual.
fn view_of(value: Option<Value>, notes: &mut Vec<String>) -> ViewState {
    let usual = serde_json::to_value(ViewState::default());
    let (Some(Value::Object(saved)), Ok(Value::Object(mut whole))) = (value, usual) else {
        notes.push("it has no \"view\"; the usual one is shown".to_owned());
        return ViewState::default();
    };
    for (name, value) in saved {
        if !whole.contains_key(&name) {
            notes.push(format!("this version does not know \"{}\" in its view", short(&name)));
            continue;
        }
        let alone = Map::from_iter([(name.clone(), value.clone())]);
        match serde_json::from_value::<ViewState>(Value::Object(alone)) {
            Ok(_) => {
                whole.insert(name, value);
            }
            Err(error) => notes.push(format!("\"{name}\" in its view is as usual: {}", short_words(&error))),
        }
    }
    serde_json::from_value::<ViewState>(Value::Object(whole)).unwrap_or_default().sound()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
