//! What is being typed at a place in a query: the name of a field, or a value of one.

use super::field::{PRECISION_NAMES, precision_name};
use super::{Field, Has, Relation};

/// What stands before the cursor and could be completed. `from` is the character, counted from 0, at which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completing {
    /// Nothing that the language knows.
    Nothing,
    /// A word that may become the name of a field.
    Name {
        /// Where it begins.
        from: usize,
        /// What is there of it.
        prefix: String,
    },
    /// A value of a field with names of the store.
    Value {
        /// Where it begins, its quotation mark included.
        from: usize,
        /// The field; `None` for a status.
        field: Option<Field>,
        /// What is there of it.
        prefix: String,
    },
    /// One of a few fixed words.
    Word {
        /// Where it begins.
        from: usize,
        /// What is there of it.
        prefix: String,
        /// All that could stand here.
        words: Vec<&'static str>,
    },
}

/// Looks at the text of a query before `cursor`, counted in characters.
pub fn completing(text: &str, cursor: usize) -> Completing {
    let letters: Vec<char> = text.chars().take(cursor).collect();
    // Where the condition begins, and where its value does.
    let (mut begin, mut value) = (0, None);
    let mut quote: Option<char> = None;
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        if let Some(close) = quote {
            if letter == '\\' {
                at += 1;
            } else if letter == close {
                quote = None;
            }
        } else {
            match letter {
                '"' => quote = Some('"'),
                '“' => quote = Some('”'),
                ':' | '=' if value.is_none() => value = Some(at + 1),
                ',' if value.is_some() => value = Some(at + 1),
                '-' if begin == at => begin = at + 1,
                '(' | ')' => (begin, value) = (at + 1, None),
                _ if letter.is_whitespace() => (begin, value) = (at + 1, None),
                _ => {}
            }
        }
        at += 1;
    }
    let Some(from) = value else {
        let prefix: String = letters[begin.min(letters.len())..].iter().collect();
        let is_phrase = prefix.starts_with(['"', '“']);
        return if is_phrase { Completing::Nothing } else { Completing::Name { from: begin, prefix } };
    };
    let name_end = letters[begin..].iter().position(|letter| matches!(letter, ':' | '=')).unwrap_or_default();
    let name: String = letters[begin..begin + name_end].iter().collect();
    let prefix: String = letters[from.min(letters.len())..].iter().collect();
    let is_closed = prefix.len() > 1 && prefix.starts_with('"') && prefix.ends_with('"');
    let prefix = prefix.trim_matches(['"', '“', '”']).to_owned();
    if is_closed || Relation::from_name(&name).is_some() {
        return Completing::Nothing;
    }
    if let Some(field) = Field::from_name(&name) {
        return Completing::Value { from, field: Some(field), prefix };
    }
    match name.to_ascii_lowercase().as_str() {
        "status" => Completing::Value { from, field: None, prefix },
        "precision" => Completing::Word { from, prefix, words: PRECISION_NAMES.iter().map(|(unit, _)| precision_name(*unit)).collect() },
        "has" => Completing::Word { from, prefix, words: Has::ALL.iter().map(|(_, name)| *name).collect() },
        _ => Completing::Nothing,
    }
}
