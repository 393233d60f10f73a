//! Time: what a written date means, how it is said, and where the calendar's lines fall.
//!
//! Everything inside the program is in milliseconds on one axis: proleptic Gregorian, astronomical years (year 0 is
//! 1 BCE), milliseconds since 1970-01-01T00:00 as `i64`, ends exclusive. Dates without a zone are *floating*: they sit on the axis as
//! written. Timestamps with an offset are read as their instant (UTC), and placed where a clock in the display [`Zone`] showed it. This layer knows nothing of events or pixels.

pub mod calendar;
mod canonical;
mod ends;
mod order;
mod phrase;
pub mod read;
mod serial;
pub mod ticks;
pub mod wording;
mod zone;

use std::borrow::Cow;

pub use canonical::Canonical;
pub use ends::doubtful_ends;
pub use order::{Chance, LinkOrder, Order, order};
pub use phrase::{PhraseReading, agrees, hangs_on_story, in_any_zone, phrase};
pub use read::{DateError, DateOrder, Dialect, Doubt, is_present, members, placed, read};
pub use serial::from_serial;
pub use ticks::{Ruler, Tick, ruler};
pub use wording::{
    day_text, instant_text, length_text, listed_bounds, playhead_text, pointer_text, span_text, wording, wording_in, wording_short,
    wording_short_in, year_range_text,
};
pub use zone::{Shown, Zone, ZoneError};

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

/// The possible extent of an event: a bound for its start and a bound for its end, in milliseconds, ends exclusive.
///
/// `earliest_start <= latest_start`, `earliest_end <= latest_end`, `earliest_start < latest_end` always hold. An open or unknown
/// start has `earliest_start == i64::MIN`, an open or unknown end has `latest_end == i64::MAX`.
///
/// ```text
///        earliest_start   latest_start      earliest_end   latest_end
///              |~~~~~~~~~~~~~~|################|~~~~~~~~~~~~~~|      duration
///              |~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~|      moment: somewhere in here
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The first millisecond at which it can have begun.
    pub earliest_start: i64,
    /// One past the last millisecond at which it can have begun.
    pub latest_start: i64,
    /// The first millisecond by which it can have ended.
    pub earliest_end: i64,
    /// One past the last millisecond at which it can still have been going on.
    pub latest_end: i64,
}

impl Extent {
    /// A moment somewhere in `[start_ms, end_ms)`.
    pub const fn moment(start_ms: i64, end_ms: i64) -> Self {
        Self { earliest_start: start_ms, latest_start: end_ms, earliest_end: start_ms, latest_end: end_ms }
    }

    /// Whether any of it lies in `[from_ms, to_ms)`.
    pub const fn meets(&self, from_ms: i64, to_ms: i64) -> bool {
        self.earliest_start < to_ms && self.latest_end > from_ms
    }
}

/// Whether something happened at one time or lasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// It happened at one time, known to a day, a month, a year, …
    Moment,
    /// It lasted from one time to another.
    Duration,
}

/// The unit down to which a date is known, from fine to coarse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Precision {
    /// A fraction of a second.
    Subsecond,
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A calendar day.
    Day,
    /// A calendar month.
    Month,
    /// A season, quarter or other part of a year.
    Season,
    /// A year.
    Year,
    /// Ten years (`156X`).
    Decade,
    /// A hundred years (`15XX`).
    Century,
    /// A thousand years or more.
    Millennium,
}

/// What qualifies a reading, as a small set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Qualities(u16);

impl Qualities {
    /// `?`: the source is in doubt.
    pub const UNCERTAIN: Self = Self(1);
    /// `~`: about this time.
    pub const APPROXIMATE: Self = Self(2);
    /// The start is open (`..`).
    pub const OPEN_START: Self = Self(4);
    /// The end is open (`..`).
    pub const OPEN_END: Self = Self(8);
    /// The start is unknown (empty).
    pub const UNKNOWN_START: Self = Self(16);
    /// The end is unknown (empty).
    pub const UNKNOWN_END: Self = Self(32);
    /// One of several separate members (`[1667,1668,1670]`).
    pub const ONE_OF: Self = Self(64);
    /// All of several members (`{1960,1961}`).
    pub const ALL_OF: Self = Self(128);
    /// Stands at an instant: it was written with a zone.
    pub const INSTANT: Self = Self(256);
    /// Written with a time of day.
    pub const CLOCK: Self = Self(512);

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every flag of `other` is set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The flags as they are kept in a column.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// The flags read back from a column.
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }
}

/// What a written date means: compact and `Copy`, without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Where on the axis it can lie.
    pub extent: Extent,
    /// Moment or duration.
    pub shape: Shape,
    /// The finest unit that it is known to (of an interval, its finer end).
    pub precision: Precision,
    /// Qualifiers, open ends, sets, zone.
    pub qualities: Qualities,
    /// Nanoseconds past the millisecond of the start, `0..1_000_000`: orders ties, nothing else.
    pub sub_ms: u32,
}

/// A date as written, with its meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct When<'a> {
    /// The text as it stands in the file.
    pub text: Cow<'a, str>,
    /// The text in its canonical form (EDTF, or an RFC 3339 timestamp or interval of them) where that differs from `text`.
    pub canonical: Option<Canonical<'a>>,
    /// The meaning.
    pub reading: Reading,
    /// What a person should know about this reading.
    pub doubt: Option<Doubt>,
}

impl When<'_> {
    /// The canonical form: what wording and drawing read again.
    pub fn canonical(&self) -> &str {
        self.canonical.as_deref().unwrap_or(&self.text)
    }

    /// The same, owning its text.
    pub fn into_owned(self) -> When<'static> {
        When {
            text: Cow::Owned(self.text.into_owned()),
            canonical: self.canonical.map(Canonical::into_owned),
            reading: self.reading,
            doubt: self.doubt,
        }
    }
}
