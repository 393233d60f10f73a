//! Dates as other programs take them: the text that reads back as what it meant, and the calendar's units in which a bound was given.

use std::borrow::Cow;

use crate::formats::native;
use crate::model::Event;
use crate::time::{self, DAY_MS, DateOrder, Dialect, Extent, Qualities, Shape, When, calendar};

/// The text of a date to be written, and the text as it stood where that would not be read as the same date by itself.
pub(super) struct Written<'w> {
    pub text: Cow<'w, str>,
    /// The end, where it has a field of its own; else empty.
    pub end: &'w str,
    pub stood: Option<&'w str>,
}

/// A date as it is written into a file of our own.
///
/// It is written as it stood, unless that is read as the same date only beside the other dates of its column (`04/05/2021`), or would decide how others are read (`has_ambiguous`).
pub(super) fn own<'w>(when: &'w When<'_>, has_ambiguous: bool) -> Written<'w> {
    let stands = when.canonical.is_none() || reads_alone(when, has_ambiguous);
    if stands {
        Written { text: Cow::Borrowed(&when.text), end: "", stood: None }
    } else {
        Written { text: Cow::Borrowed(when.canonical()), end: "", stood: Some(&when.text) }
    }
}

/// Whether a text is read as this date wherever it stands, and says nothing about others.
fn reads_alone(when: &When<'_>, has_ambiguous: bool) -> bool {
    let read = |order| time::read(&when.text, &Dialect { order, ..Dialect::default() });
    let same = read(None).is_ok_and(|read| read.canonical() == when.canonical());
    same && (!has_ambiguous || read(Some(DateOrder::Dmy)).is_ok() == read(Some(DateOrder::Mdy)).is_ok())
}

/// An event's date as it is written into a file of our own: in two fields where only these give it again.
pub(super) fn of_event<'e>(event: &'e Event<'_>, has_ambiguous: bool) -> Written<'e> {
    if let Some(when) = &event.when {
        let written = own(when, has_ambiguous);
        let gives_it = |(start, end): &(&str, &str)| {
            native::span_text(start, end).is_some_and(|(text, canonical)| text == when.text && canonical == when.canonical())
        };
        return match parts(&when.text).find(gives_it).filter(|_| written.stood.is_some() && !has_ambiguous) {
            Some((start, end)) => Written { text: Cow::Borrowed(start), end, stood: None },
            None => written,
        };
    }
    let text = event.when_text.as_ref();
    let is_read = !text.is_empty() && time::read(text, &Dialect::default()).is_ok();
    let gives_none = |(start, end): &(&str, &str)| native::span_text(start, end).is_none();
    match parts(text).find(gives_none).filter(|_| is_read) {
        Some((start, end)) => Written { text: Cow::Borrowed(start), end, stood: None },
        None => Written { text: Cow::Borrowed(text), end: "", stood: None },
    }
}

/// What stands before and behind each slash.
fn parts(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices('/').map(|(at, _)| (&text[..at], &text[at + 1..]))
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Year,
    Month,
    Day,
    Minute,
    Second,
    Millisecond,
}

/// A point of the calendar down to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// Astronomical.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// Milliseconds since midnight.
    pub into_day_ms: i64,
    /// The finest unit that is known.
    pub unit: Unit,
}

impl Point {
    /// A millisecond, told to a unit.
    pub(super) fn at(at_ms: i64, unit: Unit) -> Self {
        let (year, month, day) = calendar::civil_from_ms(at_ms);
        Self { year, month, day, into_day_ms: at_ms.rem_euclid(DAY_MS), unit }
    }

    pub(super) const fn hour(self) -> i64 {
        self.into_day_ms / 3_600_000
    }

    pub(super) const fn minute(self) -> i64 {
        self.into_day_ms / 60_000 % 60
    }

    pub(super) const fn second(self) -> i64 {
        self.into_day_ms / 1000 % 60
    }
}

/// The unit that `[from_ms, to_ms)` is exactly one of; `None` where it is none.
fn unit_of(from_ms: i64, to_ms: i64) -> Option<Unit> {
    let (year, month, day) = calendar::civil_from_ms(from_ms);
    let begins = |year, month| calendar::ms_from_civil_saturating(year, month, 1);
    if from_ms == begins(year, 1) && to_ms == begins(year.saturating_add(1), 1) {
        return Some(Unit::Year);
    }
    if from_ms == begins(year, month) && to_ms == from_ms + i64::from(calendar::days_in_month(year, month)) * DAY_MS {
        return Some(Unit::Month);
    }
    if from_ms == calendar::ms_from_civil_saturating(year, month, day) && to_ms == from_ms + DAY_MS {
        return Some(Unit::Day);
    }
    match to_ms.checked_sub(from_ms)? {
        60_000 => Some(Unit::Minute),
        1000 => Some(Unit::Second),
        1 => Some(Unit::Millisecond),
        _ => None,
    }
}

/// A date for programs that know points and ranges only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plain {
    pub start: Option<Point>,
    /// The last unit that belongs to it; `None` where it is one point, or its end is open.
    pub end: Option<Point>,
    /// One past its last millisecond, where it is bounded.
    pub end_ms: Option<i64>,
    pub start_ms: Option<i64>,
    /// Whether it stands at an instant, in UTC.
    pub is_instant: bool,
    /// Whether it was written with a time of day.
    pub has_clock: bool,
    /// Whether that says all that is known; not where a qualifier, a set, or a bound between two dates was given.
    pub is_exact: bool,
}

impl Plain {
    /// What of a date can be said so.
    pub(super) fn of(when: &When<'_>) -> Self {
        // An instant stands where its own text puts it, whatever the display zone.
        let again = when.reading.qualities.has(Qualities::INSTANT).then(|| time::read(when.canonical(), &Dialect::EDTF));
        let reading = again.and_then(Result::ok).map_or(when.reading, |when| when.reading);
        let Extent { earliest_start, latest_start, earliest_end, latest_end } = reading.extent;
        let qualities = reading.qualities;
        let vague = [Qualities::UNCERTAIN, Qualities::APPROXIMATE, Qualities::ONE_OF, Qualities::ALL_OF];
        let is_plain = !vague.into_iter().any(|quality| qualities.has(quality));
        let known = |at_ms: i64| (at_ms != i64::MIN && at_ms != i64::MAX).then_some(at_ms);
        let (start_ms, end_ms) = (known(earliest_start), known(latest_end));
        let has_clock = qualities.has(Qualities::CLOCK);
        let fallback = if has_clock { Unit::Second } else { Unit::Day };
        let (start, end, is_exact) = if reading.shape == Shape::Moment {
            match (start_ms, end_ms) {
                (Some(from_ms), Some(to_ms)) => match unit_of(from_ms, to_ms) {
                    Some(unit) => (Some(Point::at(from_ms, unit)), None, true),
                    None => (Some(Point::at(from_ms, fallback)), Some(Point::at(to_ms - 1, fallback)), false),
                },
                (start, end) => (start.map(|ms| Point::at(ms, fallback)), end.map(|ms| Point::at(ms - 1, fallback)), false),
            }
        } else {
            let side = |from_ms: i64, to_ms: i64, shown_ms: Option<i64>| {
                let unit = known(from_ms).zip(known(to_ms)).and_then(|(from_ms, to_ms)| unit_of(from_ms, to_ms));
                (shown_ms.map(|ms| Point::at(ms, unit.unwrap_or(fallback))), unit.is_some() || shown_ms.is_none())
            };
            let (start, start_fits) = side(earliest_start, latest_start, start_ms);
            let (end, end_fits) = side(earliest_end, latest_end, end_ms.map(|ms| ms - 1));
            (start, end, start_fits && end_fits)
        };
        let is_instant = qualities.has(Qualities::INSTANT);
        Self { start, end, end_ms, start_ms, is_instant, has_clock, is_exact: is_plain && is_exact }
    }

    /// Whether it is a point known to no less than a day.
    pub(super) fn is_fine_point(&self) -> bool {
        self.end.is_none() && self.end_ms.is_some() && self.start.is_some_and(|start| start.unit >= Unit::Day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Plain {
        Plain::of(&time::read(text, &Dialect::default()).unwrap())
    }

    #[test]
    fn a_date_is_told_in_the_units_in_which_it_was_given() {
        let month = plain("2023-08");
        assert_eq!((month.start.unwrap().unit, month.end, month.is_exact), (Unit::Month, None, true));
        assert!(!month.is_fine_point() && plain("2023-08-30").is_fine_point());
        let lasted = plain("2004-06/2006-08-02");
        assert_eq!((lasted.start.unwrap().unit, lasted.end.unwrap().unit, lasted.is_exact), (Unit::Month, Unit::Day, true));
        assert_eq!((lasted.end.unwrap().month, lasted.end.unwrap().day), (8, 2));
        let open = plain("2022-02-24/..");
        assert!(open.end.is_none() && open.end_ms.is_none() && open.is_exact);
        assert!(!plain("1991~").is_exact && !plain("[1667,1668,1670]").is_exact);
        let clock = plain("2023-08-30T14:05:09Z");
        assert!(clock.is_instant && clock.start.unwrap().unit == Unit::Second && clock.start.unwrap().minute() == 5);
    }

    #[test]
    fn a_text_that_others_decide_is_written_as_it_was_understood() {
        let dmy = Dialect { order: Some(DateOrder::Dmy), ..Dialect::default() };
        let when = time::read("04/05/2021", &dmy).unwrap();
        let written = own(&when, false);
        assert_eq!((written.text.as_ref(), written.stood), ("2021-05-04", Some("04/05/2021")));
        let when = time::read("25/07/2021", &Dialect::default()).unwrap();
        assert_eq!(own(&when, false).text, "25/07/2021");
        assert_eq!(own(&when, true).text, "2021-07-25", "it would decide how another is read");
        let when = time::read("5 May 2021", &Dialect::default()).unwrap();
        assert_eq!(own(&when, true).text, "5 May 2021");
    }
}
