//! Times without a zone as times of a zone that the user has named: `2023-08-30T10:00` in Berlin is `2023-08-30T10:00+02:00`.
//!
//! Only a time of day is anybody's clock: days, months and years stay as they are, and so does what has a zone already.

use super::timestamp::Stamp;
use super::{Doubt, When, read_edtf};
use crate::time::{Canonical, Shown, Zone};

/// The same date with its times at the instants at which the clocks of a zone showed them.
pub(super) fn in_zone(when: When<'_>, zone: Zone) -> When<'_> {
    let canonical = when.canonical();
    if !canonical.contains([':', 'T']) || canonical.starts_with(['[', '{']) {
        return when;
    }
    let (mut text, mut doubt, mut is_other) = (String::new(), None, false);
    for (number, side) in canonical.split('/').enumerate() {
        if number > 0 {
            text.push('/');
        }
        match stamp_in(side, zone) {
            Some((stamp, about)) => {
                text.push_str(&stamp);
                doubt = doubt.or(about);
                is_other = true;
            }
            None => text.push_str(side),
        }
    }
    match read_edtf(&text) {
        Ok((_, reading)) if is_other => {
            When { text: when.text, canonical: Some(Canonical::from(text)), reading, doubt: when.doubt.or(doubt) }
        }
        // Across a change of the clocks it may end before it begins: then it stays as written.
        _ => when,
    }
}

/// A timestamp without an offset with the one that the clocks of a zone had, and what is doubtful about it.
fn stamp_in(text: &str, zone: Zone) -> Option<(String, Option<Doubt>)> {
    let stamp = Stamp::parse(text.as_bytes()).ok().filter(|stamp| stamp.offset_min.is_none())?;
    let text = text.replacen(' ', "T", 1);
    if zone.is_utc() {
        return Some((text + "Z", None));
    }
    let wall_ms = stamp.span().start_ms;
    let (ahead_ms, shown) = zone.ahead_of_wall_ms(wall_ms);
    let minutes = ahead_ms / 60_000;
    if ahead_ms % 60_000 != 0 {
        // Before standard time a town's noon was its own, to the second, and no timestamp can say so.
        return None;
    }
    let doubt = match shown {
        Shown::Once => None,
        Shown::Twice => Some(Doubt::ShownTwice),
        Shown::Never => Some(Doubt::NeverShown),
    };
    let sign = if minutes < 0 { '-' } else { '+' };
    Some((format!("{text}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60), doubt))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Dialect, Qualities, read};

    fn canonical(text: &str, zone: &str) -> (String, Option<Doubt>) {
        let dialect = Dialect { zone: Some(Zone::parse(zone).unwrap()), ..Dialect::default() };
        let when = read(text, &dialect).unwrap();
        assert_eq!(when.text, text.trim());
        (when.canonical().to_owned(), when.doubt)
    }

    #[test]
    fn only_times_of_day_without_a_zone_get_one() {
        let berlin = |text| canonical(text, "Europe/Berlin").0;
        assert_eq!(berlin("2023-08-30T10:00"), "2023-08-30T10:00+02:00");
        assert_eq!(berlin("2023-01-30 10:00:05.250"), "2023-01-30T10:00:05.250+01:00");
        assert_eq!(berlin("30 August 2023, 10:00"), "2023-08-30T10:00+02:00");
        assert_eq!(berlin("2023-08-30T10:00/2023-08-30T12:30Z"), "2023-08-30T10:00+02:00/2023-08-30T12:30Z");
        assert_eq!(berlin("2023-08-30T10:00-05:00"), "2023-08-30T10:00-05:00");
        for text in ["2023-08-30", "2023-08", "c. 1920", "2023-08-30/2023-09"] {
            let floating = read(text, &Dialect::default()).unwrap();
            assert_eq!(berlin(text), floating.canonical(), "{text}");
        }
        assert_eq!(canonical("2023-08-30 10:00", "utc").0, "2023-08-30T10:00Z");
        let when = read("2023-08-30T10:00", &Dialect { zone: Some(Zone::UTC), ..Dialect::default() }).unwrap();
        assert!(when.reading.qualities.has(Qualities::INSTANT));
    }

    #[test]
    fn what_the_clocks_showed_twice_or_never_is_said() {
        assert_eq!(canonical("2023-10-29T02:30", "Europe/Berlin"), ("2023-10-29T02:30+02:00".to_owned(), Some(Doubt::ShownTwice)));
        assert_eq!(canonical("2023-03-26T02:30", "Europe/Berlin"), ("2023-03-26T02:30+01:00".to_owned(), Some(Doubt::NeverShown)));
        assert_eq!(canonical("1830-01-01T12:00", "Europe/Berlin").0, "1830-01-01T12:00", "local mean time has seconds");
    }
}
