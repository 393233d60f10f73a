//! What a column's cells look like.

use std::collections::HashSet;

use super::Cell;
use super::names::Name;
use crate::formats::dates::is_missing;
use crate::formats::order::is_numeric;
use crate::model::Status;
use crate::time::{self, DateError, Dialect};

/// Cells of a column that are tried as dates.
const DATES_TRIED: u32 = 200;

/// A column: its name, and the tally of a sample of its cells.
pub(super) struct Column {
    /// The name as it stands in the file.
    pub title: String,
    /// The name taken apart.
    pub name: Name,
    /// Cells seen.
    pub cells: u32,
    /// Cells with something in them.
    pub filled: u32,
    /// Cells tried as dates.
    pub tried: u32,
    /// Of these, those that are one (or one of two).
    pub dates: u32,
    /// Cells that are numbers.
    pub numbers: u32,
    /// Cells that are whole seconds, milliseconds or finer since 1970.
    pub epochs: u32,
    /// Cells that are a time of day.
    pub clocks: u32,
    /// Cells that are the address of a page.
    pub urls: u32,
    /// Cells that are yes or no.
    pub flags: u32,
    /// Cells that name a status.
    pub statuses: u32,
    /// Cells that are JSON lists or objects.
    pub lists: u32,
    /// Whether a date is written with slashes or dots, so that the order of day and month is a question.
    pub slashed: bool,
    letters: u64,
    distinct: HashSet<String>,
}

impl Column {
    /// A column of which no cell has been seen.
    pub(super) fn new(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            name: Name::of(title),
            cells: 0,
            filled: 0,
            tried: 0,
            dates: 0,
            numbers: 0,
            epochs: 0,
            clocks: 0,
            urls: 0,
            flags: 0,
            statuses: 0,
            lists: 0,
            slashed: false,
            letters: 0,
            distinct: HashSet::new(),
        }
    }

    /// Takes a cell into account.
    pub(super) fn add(&mut self, cell: Cell<'_>, dialect: Dialect) {
        self.cells += 1;
        let text = match cell {
            Cell::Json(_) => {
                self.filled += 1;
                self.lists += 1;
                return;
            }
            Cell::Text(text) if !is_missing(text) => text.trim(),
            Cell::Text(_) | Cell::Absent => return,
        };
        self.filled += 1;
        self.letters += text.chars().count() as u64;
        if text.len() < 200 {
            self.distinct.insert(text.to_owned());
        }
        let number = text.len() < 40 && text.parse::<f64>().is_ok();
        self.numbers += u32::from(number);
        self.epochs += u32::from(epoch_unit(text).is_some());
        self.clocks += u32::from(is_clock(text));
        self.urls += u32::from(is_url(text));
        self.flags += u32::from(["true", "false", "yes", "no", "t", "f", "y", "n"].iter().any(|flag| flag.eq_ignore_ascii_case(text)));
        self.statuses += u32::from(Status::from_name(text).is_some());
        if self.tried < DATES_TRIED {
            self.tried += 1;
            if text.len() <= 60 {
                self.slashed |= text.len() > 4 && is_numeric(text);
                let is_date = matches!(
                    time::read(text, &dialect),
                    Ok(_)
                        | Err(DateError::Ambiguous { .. }
                            | DateError::Unbounded { .. }
                            | DateError::NoSuchDate { .. }
                            | DateError::OutOfRange { .. })
                );
                self.dates += u32::from(is_date || is_date_like(text));
            }
        }
    }

    /// The share of filled cells for which this was counted, in percent.
    pub(super) fn share(&self, count: u32) -> u32 {
        count * 100 / self.filled.max(1)
    }

    /// The share of tried cells that are dates, in percent.
    pub(super) fn date_share(&self) -> u32 {
        self.dates * 100 / self.tried.max(1)
    }

    /// Whether nearly all of it is dates, and not of it because it holds numbers.
    pub(super) fn is_dates(&self) -> bool {
        self.date_share() >= 80 && self.share(self.numbers) < 80
    }

    /// The share of cells with something in them, in percent.
    pub(super) fn fill(&self) -> u32 {
        self.filled * 100 / self.cells.max(1)
    }

    /// Letters in a filled cell, on average.
    pub(super) fn mean_letters(&self) -> u64 {
        self.letters / u64::from(self.filled.max(1))
    }

    /// Different texts among the sample.
    pub(super) fn distinct(&self) -> u32 {
        self.distinct.len() as u32
    }

    /// Whether it holds words: neither numbers nor dates nor addresses nor yes and no.
    pub(super) fn is_words(&self) -> bool {
        self.filled > 0
            && self.share(self.numbers) < 50
            && self.share(self.urls) < 50
            && (self.share(self.flags) < 80 || self.filled < 5)
            && (self.date_share() < 60 || self.lists > 0)
    }
}

/// Whether a text is the address of a page.
pub(super) fn is_url(text: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

/// Whether a text has the form of a date that people write, whether or not it can be read: `30/8/2023`, `8/1941`, `13 Feb 858`.
///
/// A column of such dates is the date's column; rows that can't be read then say so one by one.
fn is_date_like(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let date = text.split_whitespace().next().unwrap_or_default();
    let numbers: Vec<&str> = date.split(['/', '.', '-']).collect();
    if (2..=3).contains(&numbers.len()) && numbers.iter().all(|part| !part.is_empty() && is_number(part)) {
        // Two digits are no year: 9/24/06 could be of any century.
        return numbers.iter().any(|part| part.len() >= 3);
    }
    let is_month = |word: &str| {
        let word = word.to_ascii_lowercase();
        word.len() <= 9 && MONTHS.iter().any(|month| word.starts_with(month))
    };
    let is_era = |word: &str| ["bc", "bce", "ad", "ce"].iter().any(|era| era.eq_ignore_ascii_case(word));
    let (mut number, mut named, mut others) = (false, false, 0);
    for word in words.by_ref() {
        if is_number(word) {
            number = true;
        } else if is_month(word) || is_era(word) {
            named = true;
        } else {
            others += 1;
        }
    }
    number && named && others <= 3
}

/// Whether a text is a time of day: `7:52`, `07:52:33`, `07:52:33.5`, with `am` or `pm`.
fn is_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    (4..=18).contains(&bytes.len())
        && bytes[0].is_ascii_digit()
        && (bytes[1] == b':' || bytes[2] == b':')
        && text.bytes().all(|byte| byte.is_ascii_digit() || b":. aApPmMzZ+".contains(&byte))
}

/// Milliseconds and nanoseconds per unit of a count since 1970, by how many digits it has; `None` where it is no such count.
pub(super) fn epoch_unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match digits.len() {
        9 | 10 => Some(0),
        12 | 13 => Some(3),
        15 | 16 => Some(6),
        18 | 19 => Some(9),
        _ => None,
    }
}
