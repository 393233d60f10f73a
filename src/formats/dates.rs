//! A row's start and end as one date.

use std::borrow::Cow;

use crate::model::{FileLedger, Severity};
use crate::time::{self, DateError, Dialect, When};

/// What a row's start and end come to.
pub(crate) enum Spanned<'a> {
    /// A date.
    Read(When<'a>),
    /// The start alone: the end is not to be read, and why.
    StartOnly(When<'a>, DateError),
    /// No date, and why.
    Failed(DateError),
}

impl Spanned<'_> {
    /// The same, with texts of its own.
    pub(crate) fn into_owned(self) -> Spanned<'static> {
        match self {
            Self::Read(when) => Spanned::Read(when.into_owned()),
            Self::StartOnly(when, error) => Spanned::StartOnly(when.into_owned(), error),
            Self::Failed(error) => Spanned::Failed(error),
        }
    }
}

/// A text without blanks at its ends: most have none, as two of their bytes tell.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Whether a cell says that nothing is known, as tables exported by programs do.
pub(crate) fn is_missing(text: &str) -> bool {
    let text = trimmed(text);
    text.is_empty()
        || (text.len() <= 4 && ["na", "n/a", "null", "none", "nan", "nat", "-", "--"].iter().any(|word| word.eq_ignore_ascii_case(text)))
}

/// Tells the ledger what a person should know about a reading: a warning, or one more of those that are counted in a note.
pub(crate) fn report_doubt(when: &When<'_>, ledger: &mut FileLedger, line: u32, field: &str) {
    match when.doubt {
        None => {}
        Some(doubt) if doubt.is_warning() => {
            let message = format!("{}: {}.", time::wording(when), doubt.message());
            ledger.problem(Severity::Warning, line, 0, field, message, &when.text);
        }
        Some(_) => ledger.two_digit_years += 1,
    }
}

/// The note that sums up the years of two digits, where there were any.
pub(crate) fn note_two_digit_years(ledger: &mut FileLedger) {
    if ledger.two_digit_years > 0 {
        let message = format!("{}: {}.", ledger.two_digit_years, time::Doubt::TwoDigitYear.message());
        ledger.problem(Severity::Note, 0, 0, "", message, "");
    }
}

/// Reads a start and an end, either of which may be empty, as a date or an interval.
///
/// An end equal to the start makes no interval of it. The text of an interval is `start/end` as written.
pub(crate) fn read_span<'a>(start: &'a str, end: &'a str, dialect: Dialect) -> Spanned<'a> {
    let (start, end) = (trimmed(start), trimmed(end));
    if end.is_empty() || end == start {
        return match time::read(start, &dialect) {
            Ok(when) => Spanned::Read(when),
            Err(error) => Spanned::Failed(error),
        };
    }
    if start.is_empty() {
        return match time::read(end, &dialect) {
            Ok(end) => joined("", "", &end.text, end.canonical()).map_or_else(Spanned::Failed, Spanned::Read),
            Err(error) => Spanned::Failed(error),
        };
    }
    let first = match time::read(start, &dialect) {
        Ok(when) => when,
        Err(error) => return Spanned::Failed(error),
    };
    if dialect.human && time::is_present(end) {
        return joined(start, first.canonical(), "..", "..").map_or_else(Spanned::Failed, |when| {
            let text = Cow::Owned(format!("{start}/{end}"));
            let canonical = Some(when.canonical().to_owned().into());
            Spanned::Read(When { text, canonical, doubt: first.doubt, ..when })
        });
    }
    let second = match time::read(end, &dialect) {
        Ok(when) => when,
        Err(error) => return Spanned::StartOnly(first, error),
    };
    match joined(start, first.canonical(), end, second.canonical()) {
        Ok(when) => Spanned::Read(When { doubt: first.doubt.or(second.doubt), ..when }),
        // A set or an interval as one side of an interval has no canonical form: the start stands alone.
        Err(DateError::Unreadable { at, .. }) => {
            let why = "a range or a set of dates cannot be one end of what lasted";
            Spanned::StartOnly(first, DateError::Unreadable { at, why })
        }
        Err(error) => Spanned::Failed(error),
    }
}

/// The interval between two canonical dates, with the text as written.
fn joined<'a>(start: &str, start_canonical: &str, end: &str, end_canonical: &str) -> Result<When<'a>, DateError> {
    let text = format!("{start}/{end}");
    if start == start_canonical && end == end_canonical {
        return time::read(&text, &Dialect::EDTF).map(When::into_owned);
    }
    let canonical = interval_text(start_canonical, end_canonical);
    let when = time::read(&canonical, &Dialect::EDTF)?;
    let canonical = when.canonical().to_owned();
    Ok(When { text: Cow::Owned(text), canonical: Some(canonical.into()), reading: when.reading, doubt: None })
}

/// The interval between two dates, each in canonical form: "before 1300" and "after 1300" have a form of their own as its ends.
pub(crate) fn interval_text(start: &str, end: &str) -> String {
    let inner = |text: &'_ str| text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).map(str::to_owned);
    let start = inner(start).filter(|inner| inner.starts_with("..")).unwrap_or_else(|| start.to_owned());
    let end = inner(end).filter(|inner| inner.ends_with("..")).unwrap_or_else(|| end.to_owned());
    format!("{start}/{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Shape;

    fn span(start: &str, end: &str) -> Option<(String, Shape)> {
        match read_span(start, end, Dialect::default()) {
            Spanned::Read(when) => Some((when.text.to_string(), when.reading.shape)),
            _ => None,
        }
    }

    #[test]
    fn an_end_makes_an_interval_of_a_start() {
        assert_eq!(span("2023-07-25", "2023-07-27"), Some(("2023-07-25/2023-07-27".to_owned(), Shape::Duration)));
        assert_eq!(span("2023-07-25", ""), Some(("2023-07-25".to_owned(), Shape::Moment)));
        assert_eq!(span("2023-07-25", "2023-07-25 "), Some(("2023-07-25".to_owned(), Shape::Moment)));
        assert_eq!(span("", "2023-07-27"), Some(("/2023-07-27".to_owned(), Shape::Duration)));
        assert_eq!(span("2019", "ongoing"), Some(("2019/ongoing".to_owned(), Shape::Duration)));
        assert_eq!(span("2023-07-25 10:00:00", "2023-07-25 11:30:00").unwrap().1, Shape::Duration);
    }

    #[test]
    fn ranges_and_dates_without_one_bound_are_ends() {
        let canonical = |start: &str, end: &str| match read_span(start, end, Dialect::default()) {
            Spanned::Read(when) => when.canonical().to_owned(),
            _ => String::new(),
        };
        assert_eq!(canonical("before 1300", "1350"), "..1299/1350");
        assert_eq!(canonical("1300", "after 1350"), "1300/1351..");
        assert_eq!(canonical("between 1847 and 1850", "1861"), "[1847..1850]/1861");
        assert!(matches!(read_span("after 1300", "1350", Dialect::default()), Spanned::StartOnly(..)));
    }

    #[test]
    fn what_cannot_be_joined_is_said() {
        let dialect = Dialect::default();
        assert!(matches!(read_span("2023-07-27", "2023-07-25", dialect), Spanned::Failed(DateError::Backwards { .. })));
        assert!(matches!(read_span("2023-07-27", "soon", dialect), Spanned::StartOnly(..)));
        assert!(matches!(read_span("soon", "2023", dialect), Spanned::Failed(_)));
        assert!(matches!(read_span("", "", dialect), Spanned::Failed(DateError::Empty)));
    }

    #[test]
    fn blanks_of_any_script_are_taken_off() {
        for text in ["", "a", " a", "a b\t", "\u{a0}é", "é\u{3000}", "\u{2003}a\u{2003}", "ab"] {
            assert_eq!(trimmed(text), text.trim(), "{text:?}");
        }
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        assert!(["", " ", "NA", "n/a", "NULL", "None", "nan", "-"].into_iter().all(is_missing));
        assert!(["Nan Goldin", "0", "n", "Nano"].into_iter().all(|text| !is_missing(text)));
    }
}
