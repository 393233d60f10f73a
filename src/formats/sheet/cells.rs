//! Cells of a sheet as texts: dates as fine as their format shows them, numbers without a tail.

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime};

use crate::time::from_serial;

/// A row of a sheet: its cells that hold something, by their columns from 0.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct SheetRow {
    /// From 1.
    pub number: u32,
    /// In the order of the columns.
    pub cells: Vec<(u32, String)>,
}

impl SheetRow {
    /// The text in a column.
    pub(super) fn text(&self, column: u32) -> Option<&str> {
        let at = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        Some(self.cells[at].1.as_str())
    }

    /// Puts cells that came in another order than that of their columns where they belong; of two in one column the later counts.
    pub(super) fn put_in_order(&mut self) {
        if !self.cells.is_sorted_by(|one, next| one.0 < next.0) {
            self.cells.reverse();
            self.cells.sort_by_key(|(column, _)| *column);
            self.cells.dedup_by_key(|(column, _)| *column);
        }
    }
}

/// What a format shows of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each unit is shown or not by itself")]
pub(super) struct Shows {
    year: bool,
    month: bool,
    day: bool,
    hour: bool,
    second: bool,
}

impl Shows {
    /// What the code of a number format shows: `yyyy\-mm\-dd`, `mmm yyyy`, `[$-409]d/m/yy hh:mm`.
    pub(super) fn of(code: &str) -> Self {
        let mut shows = Self::default();
        let (mut quoted, mut escaped, mut bracketed) = (false, false, false);
        for letter in code.chars() {
            match letter {
                _ if std::mem::take(&mut escaped) => {}
                '\\' | '_' | '*' if !quoted => escaped = true,
                '"' => quoted = !quoted,
                _ if quoted => {}
                '[' => bracketed = true,
                ']' => bracketed = false,
                _ if bracketed => {}
                ';' => break,
                'y' | 'Y' | 'e' => shows.year = true,
                // The `m` behind hours is minutes, and says nothing of the month.
                'm' | 'M' => shows.month |= !shows.hour,
                'd' | 'D' => shows.day = true,
                'h' | 'H' => shows.hour = true,
                's' | 'S' => shows.second = true,
                _ => {}
            }
        }
        shows
    }

    /// A date, or a date with a time to the second, as fine as the format shows it. A day that the format hides is only left out where it is the first, which
    /// is what a spreadsheet puts in for a month alone.
    fn cut(self, stamp: String) -> String {
        let (date, clock) = stamp.split_once('T').map_or((stamp.as_str(), None), |(date, clock)| (date, Some(clock)));
        match clock {
            None if self.hour && self.day => format!("{date}T00:00{}", if self.second { ":00" } else { "" }),
            Some(clock) if self.hour && !self.second => clock.strip_suffix(":00").map_or(stamp.clone(), |clock| format!("{date}T{clock}")),
            None if self.year && !self.day && !self.hour => match (self.month, date.strip_suffix("-01")) {
                (true, Some(month)) => month.to_owned(),
                (false, Some(month)) => month.strip_suffix("-01").unwrap_or(date).to_owned(),
                _ => stamp,
            },
            _ => stamp,
        }
    }
}

/// The text of a cell of an Excel sheet; `None` where nothing is in it.
pub(super) fn of_excel(value: &DataRef<'_>, shows: Shows, is_1904: bool) -> Option<String> {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => of_number(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(date) => of_date(*date, shows, is_1904),
        DataRef::DateTimeIso(text) => of_iso(text),
        DataRef::DurationIso(text) => of_duration(text),
        DataRef::Error(error) => of_error(error),
        DataRef::Empty => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// The text of a cell of an OpenDocument sheet; `None` where nothing is in it.
pub(super) fn of_open_document(value: &Data) -> Option<String> {
    let text = match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => of_number(*number),
        Data::String(text) => text.clone(),
        Data::Bool(flag) => flag.to_string(),
        Data::DateTime(date) => of_date(*date, Shows::default(), false),
        Data::DateTimeIso(text) => of_iso(text),
        Data::DurationIso(text) => of_duration(text),
        Data::Error(error) => of_error(error),
        Data::Empty => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// A number as one would write it.
fn of_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

/// A date cell.
fn of_date(date: ExcelDateTime, shows: Shows, is_1904: bool) -> String {
    let serial = date.as_f64();
    if date.is_duration() || (0.0..1.0).contains(&serial) {
        return clock(serial * 86_400.0);
    }
    from_serial(serial, is_1904).map_or_else(|| of_number(serial), |stamp| shows.cut(stamp))
}

/// Seconds as a time of day, or a length of more than one.
fn clock(seconds: f64) -> String {
    let seconds = seconds.round().clamp(0.0, 1e12) as u64;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A date of OpenDocument: midnight says no more than the day, as its sheets write it for dates alone.
fn of_iso(text: &str) -> String {
    text.strip_suffix("T00:00:00").unwrap_or(text).to_owned()
}

/// A time of day of OpenDocument, `PT14H05M00S`; anything else as it stands.
fn of_duration(text: &str) -> String {
    let part = |from: &str, sign: char| from.split_once(sign).map(|(number, rest)| (number.to_owned(), rest.to_owned()));
    let read = || {
        let (hours, rest) = part(text.strip_prefix("PT")?, 'H')?;
        let (minutes, rest) = part(&rest, 'M')?;
        let (seconds, _) = part(&rest, 'S')?;
        Some(hours.parse::<f64>().ok()? * 3600.0 + minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
    };
    read().map_or_else(|| text.to_owned(), clock)
}

/// An error in a cell: nothing where it says that there is nothing.
fn of_error(error: &CellErrorType) -> String {
    if matches!(error, CellErrorType::NA) { String::new() } else { error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_fine_as_their_format_shows_them() {
        let cut = |code: &str, stamp: &str| Shows::of(code).cut(stamp.to_owned());
        assert_eq!(cut("mmm\\ yyyy", "2023-08-01"), "2023-08");
        assert_eq!(cut("mmm-yy", "2023-08-17"), "2023-08-17", "a day that is there is kept");
        assert_eq!(cut("yyyy", "2023-01-01"), "2023");
        assert_eq!(cut("yyyy", "2023-08-01"), "2023-08-01");
        assert_eq!(cut("[$-409]d/m/yy \"day\"", "2023-08-01"), "2023-08-01");
        assert_eq!(cut("dd/mm/yyyy hh:mm", "2023-08-01T14:05:00"), "2023-08-01T14:05");
        assert_eq!(cut("dd/mm/yyyy hh:mm", "2023-08-01"), "2023-08-01T00:00");
        assert_eq!(cut("yyyy-mm-dd", "2023-08-01T14:05:09"), "2023-08-01T14:05:09");
    }

    #[test]
    fn numbers_and_times_are_written_plainly() {
        assert_eq!((of_number(2023.0), of_number(1.5), of_number(1e300)), ("2023".to_owned(), "1.5".to_owned(), 1e300.to_string()));
        assert_eq!((of_duration("PT14H05M09S"), of_duration("P1D")), ("14:05:09".to_owned(), "P1D".to_owned()));
        assert_eq!(
            (of_iso("2023-08-30T00:00:00"), of_iso("2023-08-30T10:00:00")),
            ("2023-08-30".to_owned(), "2023-08-30T10:00:00".to_owned())
        );
    }
}
