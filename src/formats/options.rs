//! What a caller may say about how a file is to be read.

use std::sync::Arc;

use super::{FormatError, Remembered, TableLayout};
use crate::time::{Dialect, Zone};

/// How to read a file; the default lets the file speak for itself.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The name of the format to read it as, instead of the one its content shows.
    pub format: Option<String>,
    /// Which columns of a table mean what, over what is recognised.
    pub map: ColumnMap,
    /// How dates are written.
    pub dialect: Dialect,
    /// How a table is laid out, over what is found.
    pub layout: TableLayout,
    /// What was chosen for tables before, by their header; it stands behind what `map` and `layout` say.
    pub remembered: Arc<Remembered>,
    /// The text of a file of lines with more bytes than this is not kept in memory: what is drawn of it is, and the rest is read again from the file when someone looks.
    pub keep_bytes: u64,
    /// The zone in which what was loaded is to be shown. Reading does not depend on it.
    pub zone: Zone,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            format: None,
            map: ColumnMap::default(),
            dialect: Dialect::default(),
            layout: TableLayout::default(),
            remembered: Arc::default(),
            keep_bytes: 64 * 1024 * 1024,
            zone: Zone::UTC,
        }
    }
}

/// What a column can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The event's identifier.
    Id,
    /// Its date, or the beginning of what lasted.
    When,
    /// The end of what lasted.
    End,
    /// What happened.
    Title,
    /// The kind of event.
    Kind,
    /// Who took part.
    Actors,
    /// Where.
    Place,
    /// How sure.
    Status,
    /// The supporting sentence.
    Sentence,
    /// Where the sentence stands.
    Source,
    /// Its address.
    Url,
    /// When it was published.
    Published,
    /// The words that gave the date.
    Phrase,
    /// Free words.
    Tags,
    /// The compiler's remark.
    Note,
}

impl Field {
    /// Every field, in the order of the flat native header.
    pub const ALL: [Self; 15] = [
        Self::Id,
        Self::When,
        Self::End,
        Self::Title,
        Self::Kind,
        Self::Actors,
        Self::Place,
        Self::Status,
        Self::Sentence,
        Self::Source,
        Self::Url,
        Self::Published,
        Self::Phrase,
        Self::Tags,
        Self::Note,
    ];

    /// The name in the flat native header and in `--map`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::When => "when",
            Self::End => "end",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Actors => "actors",
            Self::Place => "place",
            Self::Status => "status",
            Self::Sentence => "sentence",
            Self::Source => "source",
            Self::Url => "url",
            Self::Published => "published",
            Self::Phrase => "phrase",
            Self::Tags => "tags",
            Self::Note => "note",
        }
    }

    /// Reads a field by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name.trim()))
    }

    /// Whether several columns may be joined for it.
    pub const fn takes_several(self) -> bool {
        matches!(self, Self::Title | Self::Actors | Self::Place | Self::Tags)
    }
}

/// The user's own word on what columns mean: `when=COL,end=COL,title=COL,actors=COL+COL2`.
///
/// A column's name may hold any character; `\,` and `\+` stand for a comma and a plus within it. `actors=` without a
/// column leaves the field empty, whatever is recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnMap {
    /// Each named field with its columns' names, in the order given.
    entries: Vec<(Field, Vec<String>)>,
}

impl ColumnMap {
    /// A map of these entries, each field once.
    pub(super) const fn of(entries: Vec<(Field, Vec<String>)>) -> Self {
        Self { entries }
    }

    /// Reads the text of `--map`.
    pub fn parse(text: &str) -> Result<Self, FormatError> {
        let mut entries: Vec<(Field, Vec<String>)> = Vec::new();
        for part in split_unescaped(text, ',') {
            if part.trim().is_empty() {
                continue;
            }
            let Some((name, columns)) = part.split_once('=') else {
                return Err(bad(format!(
                    "{:?} has no `=`. Write it as FIELD=COLUMN, such as when=date; a comma within a column's name is written `\\,`.",
                    part.trim()
                )));
            };
            let Some(field) = Field::from_name(name) else {
                let known = Field::ALL.map(Field::name).join(", ");
                return Err(bad(format!("{:?} is not a field. The fields are: {known}.", name.trim())));
            };
            if entries.iter().any(|(known, _)| *known == field) {
                return Err(bad(format!("{} is given twice. Join columns by a plus: {}=A+B.", field.name(), field.name())));
            }
            let columns: Vec<String> = split_unescaped(columns, '+')
                .into_iter()
                .map(|column| unescape(column.trim()))
                .filter(|column| !column.is_empty())
                .collect();
            if columns.len() > 1 && !field.takes_several() {
                return Err(bad(format!("{} takes one column; a plus within a column's name is written `\\+`.", field.name())));
            }
            entries.push((field, columns));
        }
        Ok(Self { entries })
    }

    /// The columns named for a field; `None` where the map is silent on it, empty where it is to stay empty.
    pub fn get(&self, field: Field) -> Option<&[String]> {
        self.entries.iter().find(|(known, _)| *known == field).map(|(_, columns)| columns.as_slice())
    }

    /// Whether the map says nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every entry, in the order given.
    pub fn entries(&self) -> impl Iterator<Item = (Field, &[String])> {
        self.entries.iter().map(|(field, columns)| (*field, columns.as_slice()))
    }
}

/// The error for a map that can't be used.
fn bad(message: String) -> FormatError {
    FormatError::BadMap { message }
}

/// Splits at a character that no backslash stands before.
fn split_unescaped(text: &str, at: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (index, character) in text.char_indices() {
        if character == at && !escaped {
            parts.push(&text[start..index]);
            start = index + character.len_utf8();
        }
        escaped = character == '\\' && !escaped;
    }
    parts.push(&text[start..]);
    parts
}

/// Takes the backslash from before a comma, a plus or a backslash.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\\' && characters.peek().is_some_and(|next| matches!(next, ',' | '+' | '\\')) {
            out.extend(characters.next());
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_names_columns_one_or_several() {
        let map = ColumnMap::parse("when=Date of event, actors = Sender+Receiver,place=").unwrap();
        assert_eq!(map.get(Field::When).unwrap(), ["Date of event"]);
        assert_eq!(map.get(Field::Actors).unwrap(), ["Sender", "Receiver"]);
        assert_eq!(map.get(Field::Place).unwrap().len(), 0);
        assert_eq!(map.get(Field::Title), None);
    }

    #[test]
    fn a_comma_and_a_plus_can_be_part_of_a_name() {
        let map = ColumnMap::parse(r"title=What\, exactly,actors=A\+B+C").unwrap();
        assert_eq!(map.get(Field::Title).unwrap(), ["What, exactly"]);
        assert_eq!(map.get(Field::Actors).unwrap(), ["A+B", "C"]);
    }

    #[test]
    fn what_is_wrong_with_a_map_is_said() {
        for (text, word) in [("date", "no `=`"), ("day=x", "not a field"), ("when=a+b", "one column"), ("when=a,when=b", "twice")] {
            let message = ColumnMap::parse(text).unwrap_err().to_string();
            assert!(message.contains(word), "{text}: {message}");
        }
    }
}
