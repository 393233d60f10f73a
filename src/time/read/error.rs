//! Why a date could not be read, in the words of the person who has to mend it.

use thiserror::Error;

/// The order in which a numeric date gives day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 2021/05/04 is 4 May 2021.
    Ymd,
    /// 04/05/2021 is 4 May 2021.
    Dmy,
    /// 05/04/2021 is 4 May 2021.
    Mdy,
}

impl DateOrder {
    /// The word used on the command line: `ymd`, `dmy`, `mdy`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
        }
    }

    /// The order of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Ymd, Self::Dmy, Self::Mdy].into_iter().find(|order| order.name().eq_ignore_ascii_case(name))
    }
}

/// Why a text gives no place on the axis. Its text says what to do next.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DateError {
    /// There is no text.
    #[error("no date is given")]
    Empty,
    /// Not a date, or not one in a form that is read.
    #[error("not read as a date, from character {at}: {why}. Write it like 2023-08-30, 2023-08 or 2023-07-25/2023-07-27")]
    Unreadable {
        /// The character at which reading stopped, from 1.
        at: usize,
        /// What was wanted there.
        why: &'static str,
    },
    /// A date or time that no calendar or clock has.
    #[error("{date} does not exist: {why}. Check it against the source; it was not moved to a date that does")]
    NoSuchDate {
        /// The date as written.
        date: String,
        /// What is wrong with it.
        why: String,
    },
    /// An interval that ends before it begins.
    #[error("it ends ({end}) before it begins ({start}). Check both against the source")]
    Backwards {
        /// The start as written.
        start: String,
        /// The end as written.
        end: String,
    },
    /// Beyond what the axis can hold.
    #[error("{canonical} lies outside the time axis, which reaches 292 million years either way")]
    OutOfRange {
        /// The date in its canonical form.
        canonical: String,
    },
    /// Without a bound on either side.
    #[error("{canonical} has neither a start nor an end that is known, so it has no place on the axis. Give at least one of them")]
    Unbounded {
        /// The date in its canonical form.
        canonical: String,
    },
    /// Readable in more than one way.
    #[error("can be read as {}. Say which with --date-order, or choose the order in the window", listed(readings))]
    Ambiguous {
        /// Each order that fits, with what it makes of the text (EDTF).
        readings: Vec<(DateOrder, String)>,
    },
}

impl DateError {
    /// The canonical text (EDTF) of a date that was understood but has no place on the axis.
    pub fn canonical(&self) -> Option<&str> {
        match self {
            Self::OutOfRange { canonical } | Self::Unbounded { canonical } => Some(canonical),
            _ => None,
        }
    }

    /// The same error in a text that has `by` characters before this one's.
    pub(super) fn shifted(self, by: usize) -> Self {
        match self {
            Self::Unreadable { at, why } => Self::Unreadable { at: at + by, why },
            other => other,
        }
    }

    /// The same error, with the text that it is about where it names none yet.
    pub(super) fn with_canonical(self, text: &str) -> Self {
        match self {
            Self::OutOfRange { canonical } if canonical.is_empty() => Self::OutOfRange { canonical: text.to_owned() },
            Self::Unbounded { canonical } if canonical.is_empty() => Self::Unbounded { canonical: text.to_owned() },
            Self::Backwards { start, end } if start.is_empty() && end.is_empty() => {
                let (start, end) = text.split_once('/').or_else(|| text.split_once("..")).unwrap_or((text, text));
                let bare = |side: &str| side.trim_matches(['[', ']', '{', '}', '.']).to_owned();
                Self::Backwards { start: bare(start), end: bare(end) }
            }
            other => other,
        }
    }
}

/// "2021-05-04 (dmy) or 2021-04-05 (mdy)".
fn listed(readings: &[(DateOrder, String)]) -> String {
    let each: Vec<String> = readings.iter().map(|(order, date)| format!("{date} ({})", order.name())).collect();
    each.join(" or ")
}
