//! What the readers of our own forms take back as it stood, for those who write these forms.

use std::borrow::Cow;

use super::dates::{Spanned, read_span};
use super::json::{Loose, is_known};
use super::table::split_role;
use crate::model::{Event, Further, Participant, Status, Value};
use crate::time::Dialect;

/// Signs that a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before one that would be. [`unprotected`] takes it off again.
pub fn protected(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(FORMULA) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A cell without the apostrophe that [`protected`] put before it.
pub(super) fn unprotected(text: &str) -> &str {
    match text.as_bytes() {
        [b'\'', ..] if text[1..].trim_start_matches('\'').starts_with(FORMULA) => &text[1..],
        _ => text,
    }
}

/// Whether a name in a column of actors would be read as a name with a role.
pub fn has_role(name: &str) -> bool {
    !split_role(name).1.is_empty()
}

/// The actors that a list of the native form names, before ids become names.
pub fn participants(json: &str) -> Vec<Participant<'_>> {
    Loose::parse(json).into_participants()
}

/// The text and the canonical form of the date that a start and an end give together; `None` where they give none.
pub fn span_text(start: &str, end: &str) -> Option<(String, String)> {
    match read_span(start, end, Dialect::default()) {
        Spanned::Read(when) => Some((when.text.to_string(), when.canonical().to_owned())),
        Spanned::StartOnly(..) | Spanned::Failed(_) => None,
    }
}

/// Whether a further field of an event, written under its own name beside this date, is read as that field again and not as one that the program knows.
pub fn comes_back(event: &Event<'_>, when: &str, field: &Further<'_>) -> bool {
    let name = field.name.as_ref();
    if !is_known(name) {
        return true;
    }
    let is_nested = matches!(&field.value, Value::Json(json) if json.trim_start().starts_with(['[', '{']));
    match name {
        "actors" | "tags" | "evidence" | "sources" | "links" => false,
        "status" => Status::from_name(field.value.as_text()).is_none() && field.value.as_text() != "null",
        "end" if !is_nested => {
            let end = field.value.as_text();
            event.when.is_some() && matches!(read_span(when, end, Dialect::default()), Spanned::StartOnly(..))
        }
        _ => is_nested,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_apostrophe_before_a_formula_comes_and_goes() {
        for text in ["=1+1", "+49", "-0043", "@you", "\tx", "\rx", "'=x", "''-", "plain", "'tis", "", "'"] {
            let protected = protected(text);
            assert!(!protected.starts_with(FORMULA), "{protected}");
            assert_eq!(unprotected(&protected), text);
        }
    }
}
