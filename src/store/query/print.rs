//! Writing a query as text that reads back to the same.

use std::fmt::{Display, Formatter, Result, Write as _};

use super::field::precision_name;
use super::{Field, Node, Query, Test};

impl Display for Query {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match &self.root {
            None => Ok(()),
            Some(Node::Any(choices)) => joined(out, choices, " or ", |out, part| part.fmt(out)),
            Some(root) => root.fmt(out),
        }
    }
}

impl Display for Node {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::All(parts) => joined(out, parts, " ", |out, part| part.fmt(out)),
            Self::Any(parts) => {
                out.write_char('(')?;
                joined(out, parts, " or ", |out, part| part.fmt(out))?;
                out.write_char(')')
            }
            Self::Not(part) if matches!(**part, Self::All(_)) => write!(out, "-({part})"),
            Self::Not(part) => write!(out, "-{part}"),
            Self::Test(test) => test.fmt(out),
        }
    }
}

impl Display for Test {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::Text { field: Field::Text, whole: false, values } if values.len() == 1 => {
                let word = &values[0];
                if is_plain(word) && !is_word_of_language(word) { out.write_str(word) } else { quoted(out, word) }
            }
            Self::Text { field, whole, values } => {
                write!(out, "{}{}", field.name(), sign(*whole))?;
                joined(out, values, ",", |out, value| value_text(out, value))
            }
            Self::Further { name, whole, values } => {
                out.write_str("field.")?;
                value_text(out, name)?;
                out.write_str(sign(*whole))?;
                joined(out, values, ",", |out, value| value_text(out, value))
            }
            Self::Status(list) => {
                out.write_str("status:")?;
                joined(out, list, ",", |out, status| out.write_str(status.name()))
            }
            Self::Precision(list) => {
                out.write_str("precision:")?;
                joined(out, list, ",", |out, precision| out.write_str(precision_name(*precision)))
            }
            Self::Has(list) => {
                out.write_str("has:")?;
                joined(out, list, ",", |out, has| out.write_str(has.name()))
            }
            Self::Undated => out.write_str("undated"),
            Self::Count { what, compare, number } => write!(out, "{}{}{number}", what.name(), compare.sign()),
            Self::Time(relation, date) => {
                write!(out, "{}:", relation.name())?;
                let is_plain = !date.text.contains(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '“' | '(' | ')' | '\\'));
                if is_plain { out.write_str(&date.text) } else { quoted(out, &date.text) }
            }
        }
    }
}

const fn sign(whole: bool) -> &'static str {
    if whole { "=" } else { ":" }
}

/// Whether a word reads as itself without quotation marks.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '/' | '\'' | '’'))
}

/// Whether the language has its own use for a word.
fn is_word_of_language(word: &str) -> bool {
    ["or", "and", "undated"].iter().any(|own| own.eq_ignore_ascii_case(word))
}

/// A value as a query writes it: in quotation marks where it needs them.
pub fn quoted_value(value: &str) -> String {
    struct Written<'v>(&'v str);
    impl Display for Written<'_> {
        fn fmt(&self, out: &mut Formatter<'_>) -> Result {
            value_text(out, self.0)
        }
    }
    Written(value).to_string()
}

fn value_text(out: &mut Formatter<'_>, value: &str) -> Result {
    let is_plain = is_plain(value) || !value.is_empty() && value.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    if is_plain { out.write_str(value) } else { quoted(out, value) }
}

fn quoted(out: &mut Formatter<'_>, text: &str) -> Result {
    out.write_char('"')?;
    for letter in text.chars() {
        if matches!(letter, '"' | '\\' | '”') {
            out.write_char('\\')?;
        }
        out.write_char(letter)?;
    }
    out.write_char('"')
}

fn joined<T>(out: &mut Formatter<'_>, items: &[T], between: &str, each: impl Fn(&mut Formatter<'_>, &T) -> Result) -> Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.write_str(between)?;
        }
        each(out, item)?;
    }
    Ok(())
}
