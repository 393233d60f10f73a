//! Dates and times of iCalendar (RFC 5545, 3.3): a day, a time on the wall in some zone, a length.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use super::lines::Line;
use super::vzone::Zones;
use crate::formats::zones::{self, Local};

/// Whose clock shows a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// Nobody's in particular.
    Floating,
    /// UTC.
    Utc,
    /// A zone, by its number among those of the file.
    Zone(usize),
}

/// A day, or a time on a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// What calendar and clock show; midnight of a day.
    pub local: NaiveDateTime,
    /// Whether it is a day.
    pub is_day: bool,
    /// Whose clock it is.
    pub clock: Clock,
}

impl Point {
    /// Reads `20120327`, `20120327T100000` or `20120327T100000Z`.
    pub(super) fn read(text: &str, clock: Clock) -> Option<Self> {
        let text = text.trim();
        let (text, clock) = match text.strip_suffix(['Z', 'z']) {
            Some(text) => (text, Clock::Utc),
            None => (text, clock),
        };
        let (day, time) = match text.split_once(['T', 't']) {
            Some((day, time)) => (day, Some(time)),
            None => (text, None),
        };
        if day.len() != 8 || !day.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let day = NaiveDate::from_ymd_opt(day[..4].parse().ok()?, day[4..6].parse().ok()?, day[6..].parse().ok()?)?;
        let Some(time) = time else { return Some(Self { local: day.and_time(NaiveTime::MIN), is_day: true, clock: Clock::Floating }) };
        if !matches!(time.len(), 4 | 6) || !time.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let second = if time.len() == 6 { time[4..].parse().ok()? } else { 0 };
        let time = NaiveTime::from_hms_opt(time[..2].parse().ok()?, time[2..4].parse().ok()?, second)?;
        Some(Self { local: day.and_time(time), is_day: false, clock })
    }

    /// The same, moved by so much on its own clock.
    pub(super) fn moved(self, by: Duration) -> Option<Self> {
        Some(Self { local: self.local.checked_add_signed(by)?, ..self })
    }

    /// The time in UTC; a day, and a time on nobody's clock, as it stands.
    pub(super) fn instant(self, zones: &Zones) -> NaiveDateTime {
        let offset_s = self.offset(zones).map_or(0, |offset| offset.0);
        self.local.checked_sub_signed(Duration::seconds(i64::from(offset_s))).unwrap_or(self.local)
    }

    /// The offset of its clock, where it has one, and what is doubtful about it.
    pub(super) fn offset(self, zones: &Zones) -> Option<(i32, Option<&'static str>)> {
        match (self.is_day, self.clock) {
            (true, _) | (_, Clock::Floating) => None,
            (_, Clock::Utc) => Some((0, None)),
            (_, Clock::Zone(number)) => match zones.at(number, self.local)? {
                Local::One(offset) => Some((offset, None)),
                Local::Two(offset, _) => Some((offset, Some("the clocks of its zone showed this time twice; the earlier one is drawn"))),
                // RFC 5545, 3.3.5: the offset before the gap holds.
                Local::Skipped => match zones.at(number, self.local - Duration::hours(3))? {
                    Local::One(offset) | Local::Two(offset, _) => Some((offset, None)),
                    Local::Skipped => None,
                },
            },
        }
    }

    /// The day, or the timestamp with its offset.
    pub(super) fn canonical(self, zones: &Zones) -> String {
        if self.is_day {
            return self.local.format("%Y-%m-%d").to_string();
        }
        self.offset(zones).map_or_else(|| zones::floating(self.local), |(offset, _)| zones::stamp(self.local, offset))
    }
}

/// A length: whole days on the calendar, and seconds on a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    days: i64,
    seconds: i64,
}

impl Length {
    /// Reads `P1W`, `P1DT2H`, `PT30M`, `-PT15M`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let (sign, rest) = match text.as_bytes().first()? {
            b'-' => (-1, &text[1..]),
            b'+' => (1, &text[1..]),
            _ => (1, text.as_str()),
        };
        let mut rest = rest.strip_prefix('P')?;
        let (mut days, mut seconds, mut in_time) = (0_i64, 0_i64, false);
        if rest.is_empty() {
            return None;
        }
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('T') {
                (rest, in_time) = (after, true);
                continue;
            }
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let number: i64 = rest.get(..digits).filter(|digits| (1..=9).contains(&digits.len()))?.parse().ok()?;
            match (rest.as_bytes().get(digits)?, in_time) {
                (b'W', false) => days += number * 7,
                (b'D', false) => days += number,
                (b'H', true) => seconds += number * 3600,
                (b'M', true) => seconds += number * 60,
                (b'S', true) => seconds += number,
                _ => return None,
            }
            rest = &rest[digits + 1..];
        }
        Some(Self { days: sign * days, seconds: sign * seconds })
    }

    /// Where it ends that begins at a point: days are counted on its calendar, seconds as they pass.
    pub(super) fn after(self, start: Point, zones: &Zones) -> Option<Point> {
        let on_day = start.moved(Duration::try_days(self.days)?)?;
        let seconds = Duration::try_seconds(self.seconds)?;
        if self.seconds == 0 || start.is_day || start.clock == Clock::Floating {
            return on_day.moved(seconds);
        }
        let local = on_day.instant(zones).checked_add_signed(seconds)?;
        Some(Point { local, is_day: false, clock: Clock::Utc })
    }
}

/// A point and where it ends, as `RDATE` gives it: a day, a time, or a period.
pub(super) fn points(line: &Line<'_>, clock: Clock, zones: &Zones) -> Vec<Result<(Point, Option<Point>), String>> {
    let one = |text: &str| {
        let (start, end) = text.split_once('/').map_or((text, None), |(start, end)| (start, Some(end)));
        let start = Point::read(start, clock)?;
        let end = match end {
            None => None,
            Some(end) => Some(Point::read(end, clock).or_else(|| Length::read(end)?.after(start, zones))?),
        };
        Some((start, end))
    };
    line.value.split(',').map(str::trim).filter(|text| !text.is_empty()).map(|text| one(text).ok_or_else(|| text.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(text: &str) -> Point {
        Point::read(text, Clock::Floating).unwrap()
    }

    #[test]
    fn days_times_and_lengths_are_read() {
        let zones = Zones::default();
        assert_eq!(point("20120327").canonical(&zones), "2012-03-27");
        assert_eq!(point("20120327T100000").canonical(&zones), "2012-03-27T10:00:00");
        assert_eq!(point("20120327T100000Z").canonical(&zones), "2012-03-27T10:00:00Z");
        for wrong in ["20121327", "20120230", "2012032", "20120327T1", "20120327T256060", "é0120327", ""] {
            assert_eq!(Point::read(wrong, Clock::Floating), None, "{wrong}");
        }
        let after = |length: &str, start: &str| Length::read(length).unwrap().after(point(start), &zones).unwrap().canonical(&zones);
        assert_eq!(after("P1W", "20120327"), "2012-04-03");
        assert_eq!(after("PT5H30M", "20120327T200000Z"), "2012-03-28T01:30:00Z");
        assert_eq!(after("-P1DT1S", "20120327T000000"), "2012-03-25T23:59:59");
        for wrong in ["P", "PT", "1D", "P1H", "PT1D", "P99999999999D", "PTM"] {
            assert!(Length::read(wrong).is_none_or(|length| length == Length { days: 0, seconds: 0 }), "{wrong}");
        }
    }
}
