//! The zone in which instants are shown.
//!
//! The axis has no zone: dates without one stand on it as written. An instant, which was written with an offset, stands where a clock in the display
//! zone showed it. Zones and their changes are those of the IANA database, part of the program; after 2099, where its table ends, clocks
//! are no longer changed.
//!
//! Where clocks are put forward no instant falls into the gap; where they are put back, one stretch of the axis holds the instants of two:
//!
//! ```text
//! instant (UTC)          00:00      01:00      02:00
//!                          |--- 1 ----|--- 2 ----|
//! axis, Europe/Berlin    02:00 (1 and 2) 03:00
//! ```

use std::fmt;
use std::str::FromStr as _;

use chrono::{DateTime, NaiveDateTime, Offset as _, TimeZone as _};
use chrono_tz::{OffsetName as _, TZ_VARIANTS, Tz};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::DAY_MS;

/// A display zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Zone(Kept);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Kept {
    #[default]
    Utc,
    /// The zone that this computer is set to.
    Local(Tz),
    Named(Tz),
}

/// How often the clocks of a zone show a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Once, as nearly always.
    Once,
    /// Twice: they were put back over it.
    Twice,
    /// Never: they were put forward over it.
    Never,
}

/// Why a zone cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZoneError {
    /// No zone has this name.
    #[error("no zone is called \"{name}\"{}; give utc, local, or a name such as Europe/Berlin", hint(.near))]
    Unknown {
        /// The name.
        name: String,
        /// Zones that may be meant.
        near: Vec<&'static str>,
    },
    /// The computer does not say which zone it is set to.
    #[error("this computer does not say by name which zone it is set to; give a name such as Europe/Berlin")]
    NoLocal,
}

fn hint(near: &[&str]) -> String {
    if near.is_empty() { String::new() } else { format!(" (perhaps {})", near.join(" or ")) }
}

/// How many names an error offers.
const OFFERED: usize = 3;

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(Kept::Utc);

    /// The zone that a name stands for: `utc`, `local`, or a name of the IANA database in any case, with blanks or underscores.
    pub fn parse(text: &str) -> Result<Self, ZoneError> {
        let name = text.trim().replace(' ', "_");
        if name.eq_ignore_ascii_case("utc") {
            return Ok(Self::UTC);
        }
        if name.eq_ignore_ascii_case("local") {
            return Self::local();
        }
        if let Some(tz) = TZ_VARIANTS.iter().find(|tz| tz.name().eq_ignore_ascii_case(&name)) {
            return Ok(Self(Kept::Named(*tz)));
        }
        let near = Self::search(text, OFFERED).into_iter().map(Self::name).collect();
        Err(ZoneError::Unknown { name: text.trim().to_owned(), near })
    }

    /// The zone that this computer is set to: `TZ` where it holds a name, else what the system says.
    pub fn local() -> Result<Self, ZoneError> {
        let named = |name: &str| Tz::from_str(name.trim().trim_start_matches(':')).ok();
        let set = std::env::var("TZ").ok().filter(|name| !name.trim().is_empty());
        let tz = match set {
            Some(name) => named(&name),
            None => iana_time_zone::get_timezone().ok().and_then(|name| named(&name)),
        };
        tz.map(|tz| Self(Kept::Local(tz))).ok_or(ZoneError::NoLocal)
    }

    /// The zones whose name holds every word of a text, those whose city begins with it first; at most `most`.
    pub fn search(text: &str, most: usize) -> Vec<Self> {
        let plain = |name: &str| name.to_ascii_lowercase().replace('_', " ");
        let wanted = plain(text.trim());
        let begins = |tz: &Tz| plain(tz.name()).rsplit('/').next().is_some_and(|city| city.starts_with(&wanted));
        let holds = |tz: &&Tz| wanted.split_whitespace().all(|word| plain(tz.name()).contains(word));
        let mut found: Vec<Tz> = TZ_VARIANTS.iter().filter(holds).copied().collect();
        // Names without a continent are old ones of zones that have another.
        found.sort_by_key(|tz| (!begins(tz), !tz.name().contains('/')));
        found.truncate(most);
        found.into_iter().map(|tz| Self(Kept::Named(tz))).collect()
    }

    const fn tz(self) -> Option<Tz> {
        match self.0 {
            Kept::Utc => None,
            Kept::Local(tz) | Kept::Named(tz) => Some(tz),
        }
    }

    /// Whether it is UTC, in which instants stand as they are kept.
    pub const fn is_utc(self) -> bool {
        matches!(self.0, Kept::Utc)
    }

    /// Whether it is the zone that this computer is set to, by choice and not by name.
    pub const fn is_local(self) -> bool {
        matches!(self.0, Kept::Local(_))
    }

    /// Whether all instants stand in it as they do in another.
    pub fn stands_as(self, other: Self) -> bool {
        self.tz() == other.tz()
    }

    /// Its name: "UTC", "Europe/Berlin".
    pub fn name(self) -> &'static str {
        self.tz().map_or("UTC", Tz::name)
    }

    /// The word that chooses it again: "utc", "local", "Europe/Berlin".
    pub fn choice(self) -> &'static str {
        match self.0 {
            Kept::Utc => "utc",
            Kept::Local(_) => "local",
            Kept::Named(tz) => tz.name(),
        }
    }

    /// How far its clocks are ahead of UTC at an instant, in milliseconds.
    pub fn ahead_ms(self, instant_ms: i64) -> i64 {
        self.tz().map_or(0, |tz| i64::from(tz.offset_from_utc_datetime(&naive(instant_ms)).fix().local_minus_utc()) * 1000)
    }

    /// Where on the axis an instant stands; `i64::MIN` and `i64::MAX` stay.
    pub fn wall_ms(self, instant_ms: i64) -> i64 {
        if self.is_utc() || instant_ms == i64::MIN || instant_ms == i64::MAX {
            return instant_ms;
        }
        instant_ms.saturating_add(self.ahead_ms(instant_ms))
    }

    /// An instant at which its clocks showed a time of the axis: of two the earlier or the later, and near it where there is none.
    pub fn instant_ms(self, wall_ms: i64) -> i64 {
        if self.is_utc() || wall_ms == i64::MIN || wall_ms == i64::MAX {
            return wall_ms;
        }
        let near = wall_ms.saturating_sub(self.ahead_ms(wall_ms));
        wall_ms.saturating_sub(self.ahead_ms(near))
    }

    /// How far its clocks were ahead of UTC when they showed a time of the axis, in milliseconds, and how often they showed it: twice, at the earlier; never, as before
    /// they were put forward (RFC 5545, 3.3.5).
    pub(in crate::time) fn ahead_of_wall_ms(self, wall_ms: i64) -> (i64, Shown) {
        let Some(tz) = self.tz() else { return (0, Shown::Once) };
        let ms = |offset: <Tz as chrono::TimeZone>::Offset| i64::from(offset.fix().local_minus_utc()) * 1000;
        match tz.offset_from_local_datetime(&naive(wall_ms)) {
            chrono::MappedLocalTime::Single(offset) => (ms(offset), Shown::Once),
            chrono::MappedLocalTime::Ambiguous(earlier, _) => (ms(earlier), Shown::Twice),
            chrono::MappedLocalTime::None => (self.ahead_ms(wall_ms.saturating_sub(DAY_MS)), Shown::Never),
        }
    }

    /// The part of the axis that the clocks showed in `[start_ms, end_ms)`, which is short enough for one change of the clocks.
    pub(in crate::time) fn wall_span(self, start_ms: i64, end_ms: i64) -> (i64, i64) {
        let (before, after) = (self.ahead_ms(start_ms), self.ahead_ms(end_ms - 1));
        if before == after {
            return (start_ms + before, end_ms + before);
        }
        // The change lies within: what was shown before it and after it.
        let (mut low, mut high) = (start_ms, end_ms - 1);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.ahead_ms(middle) == before {
                low = middle;
            } else {
                high = middle;
            }
        }
        ((start_ms + before).min(high + after), (high + before).max(end_ms + after))
    }

    /// What clocks in the zone call their time at an instant: "CEST", or "UTC+05:30" where it has no letters.
    pub fn label_at(self, instant_ms: i64) -> String {
        let Some(tz) = self.tz() else { return "UTC".to_owned() };
        let offset = tz.offset_from_utc_datetime(&naive(instant_ms));
        match offset.abbreviation().filter(|letters| letters.bytes().all(|byte| byte.is_ascii_alphabetic())) {
            Some(letters) => letters.to_owned(),
            None => offset_text(i64::from(offset.fix().local_minus_utc())),
        }
    }

    /// How often its clocks show a time of the axis.
    pub fn shown(self, wall_ms: i64) -> Shown {
        let Some(tz) = self.tz() else { return Shown::Once };
        match tz.offset_from_local_datetime(&naive(wall_ms)) {
            chrono::MappedLocalTime::Single(_) => Shown::Once,
            chrono::MappedLocalTime::Ambiguous(..) => Shown::Twice,
            chrono::MappedLocalTime::None => Shown::Never,
        }
    }
}

/// "UTC-05:00"; seconds where there are any.
pub(in crate::time) fn offset_text(seconds: i64) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let ahead = seconds.unsigned_abs();
    let text = format!("UTC{sign}{:02}:{:02}", ahead / 3600, ahead / 60 % 60);
    if ahead.is_multiple_of(60) { text } else { format!("{text}:{:02}", ahead % 60) }
}

/// A time as chrono has it; outside its range, the end of it.
fn naive(at_ms: i64) -> NaiveDateTime {
    let end = if at_ms < 0 { NaiveDateTime::MIN } else { NaiveDateTime::MAX };
    DateTime::from_timestamp_millis(at_ms).map_or(end, |at| at.naive_utc())
}

impl fmt::Display for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.choice())
    }
}

impl<'de> Deserialize<'de> for Zone {
    /// What is kept is never lost for a zone that this computer or this version does not know: it is then UTC.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::parse(&String::deserialize(deserializer)?).unwrap_or_default())
    }
}

#[cfg(test)]
#[path = "zone/tests.rs"]
mod tests;
