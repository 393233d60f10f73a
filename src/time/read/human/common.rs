//! The commonest forms, straight from their bytes: `30.08.2023`, `8/30/2023 13:45`, `2023/8/30`, `5 May 2021`, `May 5, 2021`, `August 2023`, `20210504`.
//!
//! Gives the canonical text where nothing is open, and nothing for every other text: the rules then take it apart. Whether the calendar has the day
//! is not asked here. Nothing is allocated.

use super::compact;
use crate::time::calendar::MONTHS;
use crate::time::{Canonical, DateOrder};

/// Reads the whole of `bytes`.
pub(in crate::time::read) fn read(bytes: &[u8], order: Option<DateOrder>) -> Option<Canonical<'static>> {
    if bytes.first()?.is_ascii_digit() { numbers(bytes, order).or_else(|| compact::read(bytes)) } else { month_first(bytes) }
}

/// Digits at a place, with their value and how many they are; nothing where there are none or more than four.
fn number(bytes: &[u8], at: usize) -> Option<(u16, usize)> {
    let mut value = 0;
    let mut count = 0;
    while let Some(digit) = bytes.get(at + count).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit <= 9) {
        if count == 4 {
            return None;
        }
        value = value * 10 + u16::from(digit);
        count += 1;
    }
    (count > 0).then_some((value, count))
}

/// A date that begins with a number.
fn numbers(bytes: &[u8], order: Option<DateOrder>) -> Option<Canonical<'static>> {
    let (first, first_count) = number(bytes, 0)?;
    let sign = *bytes.get(first_count)?;
    let mut at = first_count + 1;
    if sign == b' ' || (sign == b'.' && bytes.get(at) == Some(&b' ')) {
        return if first_count <= 2 { day_first(bytes, first, at + usize::from(sign == b'.')) } else { None };
    }
    if !matches!(sign, b'/' | b'.' | b'-') {
        return None;
    }
    let (second, second_count) = number(bytes, at).filter(|(_, count)| *count <= 2)?;
    at += second_count;
    if bytes.get(at) != Some(&sign) {
        return None;
    }
    let (third, third_count) = number(bytes, at + 1)?;
    at += 1 + third_count;
    let (year, month, day) = match (first_count, third_count) {
        (4, 1 | 2) => (first, second, third),
        (1 | 2, 4) => {
            let (day, month) = match order {
                Some(DateOrder::Dmy) => (first, second),
                Some(DateOrder::Mdy) => (second, first),
                // Only one of the two orders has such a month, or both are the same day.
                None if first > 12 || first == second => (first, second),
                None if second > 12 => (second, first),
                None | Some(DateOrder::Ymd) => return None,
            };
            (third, month, day)
        }
        _ => return None,
    };
    let clock = bytes.get(at..)?;
    if clock.is_empty() { date(year, month, Some(day)) } else { with_clock(date(year, month, Some(day))?, clock) }
}

/// `5 May 2021`, the day being read.
fn day_first(bytes: &[u8], day: u16, at: usize) -> Option<Canonical<'static>> {
    let (month, mut at) = month(bytes, at)?;
    at += usize::from(bytes.get(at) == Some(&b'.'));
    if bytes.get(at) != Some(&b' ') {
        return None;
    }
    let (year, count) = number(bytes, at + 1).filter(|(_, count)| *count == 4)?;
    (at + 1 + count == bytes.len()).then(|| date(year, month, Some(day))).flatten()
}

/// `May 5, 2021`, `May 2021`.
fn month_first(bytes: &[u8]) -> Option<Canonical<'static>> {
    let (month, mut at) = month(bytes, 0)?;
    at += usize::from(bytes.get(at) == Some(&b'.'));
    if bytes.get(at) != Some(&b' ') {
        return None;
    }
    let (first, count) = number(bytes, at + 1)?;
    at += 1 + count;
    if count == 4 {
        return (at == bytes.len()).then(|| date(first, month, None)).flatten();
    }
    at += usize::from(bytes.get(at) == Some(&b','));
    if count > 2 || bytes.get(at) != Some(&b' ') {
        return None;
    }
    let (year, count) = number(bytes, at + 1).filter(|(_, count)| *count == 4)?;
    (at + 1 + count == bytes.len()).then(|| date(year, month, Some(first))).flatten()
}

/// An English month at a place, in full or by three letters, with where it ends.
fn month(bytes: &[u8], at: usize) -> Option<(u16, usize)> {
    let rest = bytes.get(at..)?;
    let length = rest.iter().take(10).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = rest.get(..length)?;
    let small = |at: usize| word.get(at).map(u8::to_ascii_lowercase);
    let month = match [small(0)?, small(1)?, small(2)?] {
        [b'j', b'a', b'n'] => 1,
        [b'f', b'e', b'b'] => 2,
        [b'm', b'a', b'r'] => 3,
        [b'a', b'p', b'r'] => 4,
        [b'm', b'a', b'y'] => 5,
        [b'j', b'u', b'n'] => 6,
        [b'j', b'u', b'l'] => 7,
        [b'a', b'u', b'g'] => 8,
        [b's', b'e', b'p'] => 9,
        [b'o', b'c', b't'] => 10,
        [b'n', b'o', b'v'] => 11,
        [b'd', b'e', b'c'] => 12,
        _ => return None,
    };
    let is_whole = length == 3 || MONTHS[usize::from(month) - 1].as_bytes().eq_ignore_ascii_case(word);
    is_whole.then_some((month, at + length))
}

/// `YYYY-MM-DD` or `YYYY-MM`; nothing where there is no such month or day of any month.
fn date(year: u16, month: u16, day: Option<u16>) -> Option<Canonical<'static>> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day.unwrap_or(1)) {
        return None;
    }
    let digit = |value: u16, unit: u16| b'0' + (value / unit % 10) as u8;
    let mut bytes = [b'-'; 10];
    bytes[..4].copy_from_slice(&[digit(year, 1000), digit(year, 100), digit(year, 10), digit(year, 1)]);
    bytes[5..7].copy_from_slice(&[digit(month, 10), digit(month, 1)]);
    let length = day.map_or(7, |day| {
        bytes[8..].copy_from_slice(&[digit(day, 10), digit(day, 1)]);
        10
    });
    Canonical::of_ascii(&bytes[..length])
}

/// Adds ` H:MM` or ` HH:MM:SS`.
fn with_clock(mut date: Canonical<'static>, clock: &[u8]) -> Option<Canonical<'static>> {
    let (hour, count) = number(clock, 1).filter(|(hour, count)| *count <= 2 && *hour < 24)?;
    if clock.first() != Some(&b' ') {
        return None;
    }
    date.push("T");
    date.push_number(u64::from(hour), 2);
    let mut at = 1 + count;
    for _ in 0..2 {
        if at == clock.len() {
            break;
        }
        let (value, count) = number(clock, at + 1).filter(|(value, count)| *count == 2 && *value < 60)?;
        if clock.get(at) != Some(&b':') {
            return None;
        }
        date.push(":");
        date.push_number(u64::from(value), 2);
        at += 1 + count;
    }
    (at == clock.len() && at > 1 + count).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Dialect, read as read_any};
    use proptest::prelude::*;

    fn fast(text: &str, order: Option<DateOrder>) -> Option<String> {
        read(text.as_bytes(), order).map(|canonical| canonical.to_string())
    }

    #[test]
    fn common_forms() {
        for (text, wanted) in [
            ("30.08.2023", "2023-08-30"),
            ("8/30/2023", "2023-08-30"),
            ("8/30/2023 9:05", "2023-08-30T09:05"),
            ("30-8-2023 13:45:10", "2023-08-30T13:45:10"),
            ("2023/8/3", "2023-08-03"),
            ("5 May 2021", "2021-05-05"),
            ("5. May 2021", "2021-05-05"),
            ("05 SEP 2021", "2021-09-05"),
            ("May 5, 2021", "2021-05-05"),
            ("Aug. 5 2021", "2021-08-05"),
            ("August 2023", "2023-08"),
            ("5/5/2021", "2021-05-05"),
        ] {
            assert_eq!(fast(text, None).as_deref(), Some(wanted), "{text}");
        }
        for text in [
            "4/5/2021",
            "4/5/21",
            "5 Mai 2021",
            "5 May 21",
            "Mayday 2021",
            "32/8/2021x",
            "8/30/2023 9",
            "30.08.2023 24:00",
            "5.May 2021",
            "2021 May",
            "30/08-2023",
        ] {
            assert_eq!(fast(text, None), None, "{text}");
        }
        assert_eq!(fast("4/5/2021", Some(DateOrder::Dmy)).as_deref(), Some("2021-05-04"));
        assert_eq!(fast("4/5/2021", Some(DateOrder::Mdy)).as_deref(), Some("2021-04-05"));
        assert_eq!(fast("4/5/2021", Some(DateOrder::Ymd)), None);
    }

    proptest! {
        #[test]
        fn it_says_what_the_rules_say(text in "[0-9]{1,4}([/. -]|May |, )[0-9]{1,2}[/. -][0-9]{1,4}( [0-9]{1,2}:[0-9]{2})?|[0-9]{0,2} ?(May|sep|June)[. ][0-9]{1,4}(, [0-9]{4})?", order in 0..4) {
            let order = [None, Some(DateOrder::Dmy), Some(DateOrder::Mdy), Some(DateOrder::Ymd)][order as usize];
            if let Some(canonical) = fast(&text, order) {
                match super::super::read(&text, Dialect { order, ..Dialect::default() }) {
                    Ok(written) => prop_assert_eq!(canonical, written.canonical.to_string(), "{}", text),
                    Err(_) => prop_assert!(read_any(&canonical, &Dialect::EDTF).is_err(), "{}", text),
                }
            }
        }
    }
}
