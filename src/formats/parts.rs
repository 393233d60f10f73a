//! Dates that a file gives in parts, or as the earliest and the latest that they can be, put into canonical form.
//!
//! Nothing is completed: a year without a month stays a year.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::dates::Spanned;
use crate::time::{self, DateError, Dialect, When};

/// A date with its parts in fields of their own, each as it is written; empty where the file gives none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts<'t> {
    pub year: &'t str,
    pub month: &'t str,
    pub day: &'t str,
    pub hour: &'t str,
    pub minute: &'t str,
    pub second: &'t str,
    pub millisecond: &'t str,
}

/// How a file numbers the years before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// -44 is 44 BCE, and there is no year 0.
    Era,
    /// -43 is 44 BCE, and 0 is 1 BCE.
    Astronomical,
}

impl Before {
    /// The astronomical number of a year.
    pub(crate) fn astronomical(self, year: i64) -> i64 {
        if self == Self::Era && year < 0 { year + 1 } else { year }
    }
}

impl Parts<'_> {
    /// Whether it has no part at all.
    pub(crate) fn is_empty(&self) -> bool {
        [self.year, self.month, self.day, self.hour].iter().all(|part| part.trim().is_empty())
    }

    /// The parts as a person would write them down.
    pub(crate) fn written(&self) -> String {
        let filled = |parts: &[&str], glue: &str| {
            parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(glue)
        };
        let (day, clock) = (filled(&[self.year, self.month, self.day], "-"), filled(&[self.hour, self.minute, self.second], ":"));
        let clock = filled(&[&clock, self.millisecond], ".");
        filled(&[&day, &clock], " ")
    }

    /// The canonical form, as fine as the parts go without a gap.
    ///
    /// Errors: a part that is no whole number. A month or a day that does not exist is for the reader of the canonical form to say.
    pub(crate) fn canonical(&self, before: Before) -> Result<String, DateError> {
        let year = number(self.year, "the year is not a whole number")?.ok_or(DateError::Empty)?;
        let mut text = year_text(before.astronomical(year));
        let mut finer = |part: &str, lead: &str, width: usize, why: &'static str| -> Result<bool, DateError> {
            let Some(value) = number(part, why)? else { return Ok(false) };
            if value < 0 {
                return Err(DateError::Unreadable { at: 1, why });
            }
            text.push_str(lead);
            let _ = write!(text, "{value:0width$}");
            Ok(true)
        };
        let _ = finer(self.month, "-", 2, "the month is not a number from 1 to 12")?
            && finer(self.day, "-", 2, "the day is not a number from 1 to 31")?
            && finer(self.hour, "T", 2, "the hour is not a number from 0 to 23")?
            && finer(self.minute, ":", 2, "the minute is not a number from 0 to 59")?
            && finer(self.second, ":", 2, "the second is not a number from 0 to 59")?
            && finer(self.millisecond, ".", 3, "the millisecond is not a number from 0 to 999")?;
        Ok(text)
    }
}

/// A whole number as people and spreadsheets write it; nothing where there is none.
fn number(text: &str, why: &'static str) -> Result<Option<i64>, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let whole = text.strip_suffix(".0").unwrap_or(text);
    whole.parse().map(Some).map_err(|_| DateError::Unreadable { at: 1, why })
}

/// An astronomical year in EDTF.
pub(crate) fn year_text(year: i64) -> String {
    match year {
        0..=9999 => format!("{year:04}"),
        -9999..=-1 => format!("-{:04}", -year),
        _ => format!("Y{year}"),
    }
}

/// What happened or began or ended at one time from the earliest to the latest, both canonical and either of them empty.
///
/// A side that is a range itself gives its outer end.
pub(crate) fn within(earliest: &str, latest: &str) -> String {
    let sides = |text: &str| {
        text.strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .and_then(|inner| inner.split_once(".."))
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
    };
    match (earliest, latest) {
        (one, "") | ("", one) => one.to_owned(),
        (one, other) if one == other => one.to_owned(),
        (from, to) => {
            let from = sides(from).map_or_else(|| from.to_owned(), |(from, _)| from);
            let to = sides(to).map_or_else(|| to.to_owned(), |(_, to)| to);
            format!("[{from}..{to}]")
        }
    }
}

/// A date with its text as it stands in the file and its meaning by a canonical form.
pub(crate) fn as_written(text: String, canonical: &str) -> Result<When<'static>, DateError> {
    let when = time::read(canonical, &Dialect::EDTF)?;
    let reading = when.reading;
    let canonical = (text != canonical).then(|| canonical.to_owned().into());
    Ok(When { text: Cow::Owned(text), canonical, reading, doubt: None })
}

/// A date as it is written, with its canonical form or why it has none.
pub(crate) type Told = (String, Result<String, DateError>);

/// What a start and an end come to. An end that is the same as the start makes no interval of it.
pub(crate) fn spanned(start: Told, end: Option<Told>) -> Spanned<'static> {
    let (start_text, start) = start;
    let start = match start {
        Ok(start) => start,
        Err(error) => return Spanned::Failed(error),
    };
    let alone = |text| as_written(text, &start).map_or_else(Spanned::Failed, Spanned::Read);
    let Some((end_text, end)) = end else { return alone(start_text) };
    let left_out = |text, error| match alone(text) {
        Spanned::Read(when) => Spanned::StartOnly(when, error),
        failed => failed,
    };
    match end {
        Ok(end) if end == start => alone(start_text),
        Ok(end) => match as_written(format!("{start_text}/{end_text}"), &format!("{start}/{end}")) {
            Ok(when) => Spanned::Read(when),
            // The end is at fault where it can't be read by itself either.
            Err(error) => match time::read(&end, &Dialect::EDTF) {
                Ok(_) => Spanned::Failed(error),
                Err(error) => left_out(start_text, error),
            },
        },
        Err(error) => left_out(start_text, error),
    }
}

/// A written date without a time of day of exactly midnight, with which programs fill up days, and whether it had one; the zone goes with it.
///
/// `Nov 14 1840 00:00:00 GMT` is `Nov 14 1840`, `2013-07-07 00:00:00` is `2013-07-07`.
pub(crate) fn without_midnight(text: &str) -> (&str, bool) {
    let text = text.trim();
    let Some(at) = text.find(" 00:00").or_else(|| text.find("T00:00")) else { return (text, false) };
    let mut rest = &text[at + 6..];
    rest = rest.strip_prefix(":00").unwrap_or(rest);
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches('0');
    }
    let zone = rest.trim();
    let offset = ["GMT", "UTC", "Z"].iter().find_map(|name| zone.strip_prefix(name)).unwrap_or(zone);
    let is_zone = !rest.starts_with(':') && offset.bytes().all(|byte| b"+-:0123456789".contains(&byte));
    if is_zone { (&text[..at], true) } else { (text, false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_as_fine_as_they_go() {
        let of = |year, month, day, hour, minute| Parts { year, month, day, hour, minute, ..Parts::default() };
        let canonical = |parts: Parts<'static>| parts.canonical(Before::Era).unwrap();
        assert_eq!(canonical(of("602", "", "", "", "")), "0602");
        assert_eq!(canonical(of("622", "08", "9", "", "")), "0622-08-09");
        assert_eq!(canonical(of("2000", "", "9", "", "")), "2000", "a day without a month says nothing");
        assert_eq!(canonical(of("2000", "1", "5", "6", "")), "2000-01-05T06");
        assert_eq!(canonical(of("2000.0", "1", "5", "6", "45")), "2000-01-05T06:45");
        assert_eq!(canonical(of("-44", "3", "15", "", "")), "-0043-03-15");
        assert_eq!(of("-44", "", "", "", "").canonical(Before::Astronomical).unwrap(), "-0044");
        assert_eq!(canonical(of("-538800000", "", "", "", "")), "Y-538799999");
        assert!(of("19x", "", "", "", "").canonical(Before::Era).is_err() && of("2000", "-1", "", "", "").canonical(Before::Era).is_err());
        assert_eq!(of("2000", "1", "5", "6", "45").written(), "2000-1-5 6:45");
        let fine = Parts { second: "7", millisecond: "89", ..of("2000", "1", "5", "6", "45") };
        assert_eq!((canonical(fine).as_str(), fine.written().as_str()), ("2000-01-05T06:45:07.089", "2000-1-5 6:45:7.89"));
    }

    #[test]
    fn bounds_that_differ_are_a_range() {
        assert_eq!(within("1880", "1885"), "[1880..1885]");
        assert_eq!((within("1880", "1880").as_str(), within("1880", "").as_str(), within("", "1885").as_str()), ("1880", "1880", "1885"));
        assert_eq!(within("[1701..1800]", "[1801..1900]"), "[1701..1900]");
    }

    #[test]
    fn midnight_is_a_filler() {
        for (text, day) in [
            ("Nov 14 1840 00:00:00 GMT", "Nov 14 1840"),
            ("Sat May 20 1961 00:00:00 GMT-0600", "Sat May 20 1961"),
            ("2013-07-07 00:00:00", "2013-07-07"),
            ("2013-07-07T00:00:00.000Z", "2013-07-07"),
            ("2013-07-07T00:00", "2013-07-07"),
        ] {
            assert_eq!(without_midnight(text), (day, true), "{text}");
        }
        for text in ["2013-07-07 00:00:01", "2013-07-07", "Nov 14 1840 00:00:00 or so", "10:00:00"] {
            assert_eq!(without_midnight(text), (text, false));
        }
    }
}
