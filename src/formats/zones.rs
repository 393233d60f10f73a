//! Zones by their names: which offset from UTC a clock on the wall had.
//!
//! Names are those of the IANA database (`Europe/Berlin`) and of Windows (`W. Europe Standard Time`, by Unicode's CLDR), offsets (`+01:00`) and UTC. Nothing is guessed: an
//! unknown name is none.

use chrono::{Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::Tz;
use windows_timezones::WindowsTimezone;

/// A zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// So many seconds east of UTC at all times.
    Fixed(i32),
    /// A zone of the IANA database.
    Named(Tz),
}

/// What a time on the wall was in UTC: so many seconds east of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Local {
    /// One time.
    One(i32),
    /// Two, as clocks were put back: the earlier first.
    Two(i32, i32),
    /// None, as clocks were put forward over it.
    Skipped,
}

impl Zone {
    /// The zone of a name; `None` for a name that is not known.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.trim();
        if ["Z", "UTC", "GMT", "Etc/UTC", "UTC0", "Zulu"].iter().any(|utc| utc.eq_ignore_ascii_case(name)) {
            return Some(Self::Fixed(0));
        }
        let offset = name.strip_prefix("UTC").or_else(|| name.strip_prefix("GMT")).unwrap_or(name);
        if let Some(seconds) = offset_of(offset) {
            return Some(Self::Fixed(seconds));
        }
        name.parse().ok().or_else(|| name.parse::<WindowsTimezone>().ok()?.tzdb_id().parse().ok()).map(Self::Named)
    }

    /// What a time on the wall was.
    pub(super) fn at(self, local: NaiveDateTime) -> Local {
        match self {
            Self::Fixed(seconds) => Local::One(seconds),
            Self::Named(zone) => {
                let seconds = |offset: <Tz as TimeZone>::Offset| offset.fix().local_minus_utc();
                match zone.offset_from_local_datetime(&local) {
                    LocalResult::Single(offset) => Local::One(seconds(offset)),
                    LocalResult::Ambiguous(earlier, later) => Local::Two(seconds(earlier), seconds(later)),
                    LocalResult::None => Local::Skipped,
                }
            }
        }
    }
}

/// `+01:00`, `-0500` or `+5` in seconds.
fn offset_of(text: &str) -> Option<i32> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits: String = rest.chars().filter(|letter| *letter != ':').collect();
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), |part| part.parse::<i32>().ok());
    let (hours, minutes, seconds) = if digits.len() < 3 { (digits.parse().ok()?, 0, 0) } else { (part(0)?, part(2)?, part(4)?) };
    (hours < 24 && minutes < 60 && seconds < 60).then_some(sign * (hours * 3600 + minutes * 60 + seconds))
}

/// A day and a time of day, as `2012-01-22` and `07:52:33` or `07:52`.
pub(super) fn local(day: &str, clock: &str) -> Option<NaiveDateTime> {
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    let clock = NaiveTime::parse_from_str(clock, "%H:%M:%S%.f").or_else(|_| NaiveTime::parse_from_str(clock, "%H:%M")).ok()?;
    Some(day.and_time(clock))
}

/// A time on the wall as it is written, without a zone.
pub(super) fn floating(local: NaiveDateTime) -> String {
    local.format("%Y-%m-%dT%H:%M:%S%.f").to_string()
}

/// A time on the wall with its offset from UTC; in UTC itself where the offset has seconds, which no timestamp can say.
pub(super) fn stamp(local: NaiveDateTime, offset_s: i32) -> String {
    if offset_s == 0 {
        return floating(local) + "Z";
    }
    if offset_s % 60 != 0 {
        return local.checked_sub_signed(Duration::seconds(i64::from(offset_s))).map_or_else(|| floating(local), |utc| floating(utc) + "Z");
    }
    let minutes = offset_s.abs() / 60;
    format!("{}{}{:02}:{:02}", floating(local), if offset_s < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_name_and_by_offset() {
        let at = |zone: &str, day: &str, clock: &str| Zone::of(zone).map(|zone| zone.at(local(day, clock).unwrap()));
        assert_eq!(at("utc", "2012-01-22", "07:52"), Some(Local::One(0)));
        assert_eq!(at("+0530", "2012-01-22", "07:52"), Some(Local::One(19_800)));
        assert_eq!(at("Europe/Berlin", "2012-01-22", "07:52:33"), Some(Local::One(3600)));
        assert_eq!(at("Europe/Berlin", "2012-10-28", "02:30"), Some(Local::Two(7200, 3600)));
        assert_eq!(at("Europe/Berlin", "2012-03-25", "02:30"), Some(Local::Skipped));
        assert_eq!(Zone::of("W. Europe Standard Time"), Zone::of("Europe/Berlin"));
        assert_eq!(at("Eastern Standard Time", "2012-07-01", "12:00"), Some(Local::One(-14_400)));
        assert_eq!((Zone::of("Ruritania/Strelsau"), Zone::of(""), Zone::of("+99")), (None, None, None));
    }

    #[test]
    fn offsets_are_written_as_timestamps_have_them() {
        let local = local("2012-01-22", "07:52:33.5").unwrap();
        assert_eq!(
            [0, 3600, -19_800].map(|offset| stamp(local, offset)),
            ["2012-01-22T07:52:33.500Z", "2012-01-22T07:52:33.500+01:00", "2012-01-22T07:52:33.500-05:30"]
        );
        assert_eq!((stamp(local, -17_762), floating(local)), ("2012-01-22T12:48:35.500Z".to_owned(), "2012-01-22T07:52:33.500".to_owned()));
    }
}
