//! The words of timestamps: as written, or as the clocks of a zone showed them.

use std::fmt::Write as _;

use super::points::{Length, Plain, named};
use crate::time::calendar;
use crate::time::read::Stamp;
use crate::time::zone::{Zone, offset_text};

/// A time of day to the digit that was written.
pub(super) fn clock(stamp: &Stamp) -> String {
    let Some(minute) = stamp.minute else { return format!("{:02} h", stamp.hour) };
    let mut text = format!("{:02}:{minute:02}", stamp.hour);
    if let Some(second) = stamp.second {
        let _ = write!(text, ":{second:02}");
    }
    if stamp.fraction_digits > 0 {
        let nanos = format!("{:09}", stamp.nanos);
        text.push('.');
        text.push_str(nanos.get(..usize::from(stamp.fraction_digits).min(9)).unwrap_or(&nanos));
    }
    text
}

/// " UTC", " (UTC-05:00)", or nothing.
pub(super) fn zone(stamp: &Stamp) -> String {
    match stamp.offset_min {
        None => String::new(),
        Some(0) => " UTC".to_owned(),
        Some(offset) => format!(" ({})", stated(offset)),
    }
}

/// "UTC-05:00".
fn stated(offset_min: i16) -> String {
    offset_text(i64::from(offset_min) * 60)
}

/// A stamp at another time, to the unit that it was written to.
fn moved(stamp: &Stamp, wall_ms: i64) -> Stamp {
    let (year, month, day) = calendar::civil_from_ms(wall_ms);
    let of_day = wall_ms.rem_euclid(crate::time::DAY_MS) / 1000;
    Stamp {
        year,
        month,
        day,
        hour: (of_day / 3600) as u8,
        minute: stamp.minute.map(|_| (of_day / 60 % 60) as u8),
        second: stamp.second.map(|second| if second == 60 { 60 } else { (of_day % 60) as u8 }),
        ..*stamp
    }
}

/// The clock of a stamp, with its day where that is another than the one that was said before.
fn clock_beside(stamp: &Stamp, said: &Stamp, length: Length) -> String {
    let day = match stamp.year == said.year {
        _ if (stamp.year, stamp.month, stamp.day) == (said.year, said.month, said.day) => String::new(),
        true => format!("{} {} ", stamp.day, named(stamp.month, length)),
        false => format!("{} ", Plain { year: stamp.year, month: Some(stamp.month), day: Some(stamp.day) }.words(length)),
    };
    format!("{day}{}", clock(stamp))
}

/// A timestamp as written, in full with its place in UTC where it was written in another zone.
pub(super) fn stamp_words(stamp: &Stamp, length: Length) -> String {
    let plain = Plain { year: stamp.year, month: Some(stamp.month), day: Some(stamp.day) };
    let text = format!("{}, {}", plain.words(length), clock(stamp));
    match stamp.offset_min {
        Some(offset) if offset != 0 && length == Length::Full => {
            let utc = moved(stamp, stamp.span().start_ms);
            format!("{text} ({}; {} UTC)", stated(offset), clock_beside(&utc, stamp, length))
        }
        _ => format!("{text}{}", zone(stamp)),
    }
}

/// An instant as the clocks of a zone showed it.
pub(super) struct InZone {
    pub stamp: Stamp,
    /// What those clocks call their time.
    pub label: String,
    ahead_ms: i64,
}

impl InZone {
    /// Nothing for a time without a zone, and for a whole hour that is none there.
    pub fn of(stamp: &Stamp, zone: Zone) -> Option<Self> {
        stamp.offset_min?;
        let utc_ms = stamp.span().start_ms;
        let ahead_ms = zone.ahead_ms(utc_ms);
        if stamp.minute.is_none() && (utc_ms + ahead_ms) % 3_600_000 != 0 {
            return None;
        }
        Some(Self { stamp: moved(stamp, utc_ms + ahead_ms), label: zone.label_at(utc_ms), ahead_ms })
    }

    pub fn day(&self) -> Plain {
        Plain { year: self.stamp.year, month: Some(self.stamp.month), day: Some(self.stamp.day) }
    }

    /// The time with its zone; in full, also as it was written, and in UTC.
    pub fn words(&self, written: &Stamp, length: Length) -> String {
        let text = format!("{}, {} {}", self.day().words(length), clock(&self.stamp), self.label);
        let offset = written.offset_min.unwrap_or(0);
        if length == Length::Short {
            return text;
        }
        let mut notes = Vec::new();
        if i64::from(offset) * 60_000 != self.ahead_ms {
            let zone = if offset == 0 { "UTC".to_owned() } else { stated(offset) };
            notes.push(format!("written {} {zone}", clock_beside(written, &self.stamp, length)));
        } else if offset != 0 && self.label != stated(offset) {
            notes.push(stated(offset));
        }
        if offset != 0 && self.ahead_ms != 0 {
            let utc = moved(written, written.span().start_ms);
            notes.push(format!("{} UTC", clock_beside(&utc, &self.stamp, length)));
        }
        if notes.is_empty() { text } else { format!("{text} ({})", notes.join("; ")) }
    }
}
