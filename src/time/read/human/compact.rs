//! Dates and times without signs between their fields: `20210504`, `20210504T134510Z`, `20210504134510`.

use crate::time::{Canonical, calendar};

/// Reads the whole of `bytes`; nothing where it is no such date. Years are 1000 to 2999, so that other numbers are not taken for dates.
pub(super) fn read(bytes: &[u8]) -> Option<Canonical<'static>> {
    let two = |at: usize| match (bytes.get(at), bytes.get(at + 1)) {
        (Some(tens @ b'0'..=b'9'), Some(ones @ b'0'..=b'9')) => Some((tens - b'0') * 10 + (ones - b'0')),
        _ => None,
    };
    if bytes.len() < 8 {
        return None;
    }
    let year = i64::from(two(0)?) * 100 + i64::from(two(2)?);
    let (month, day) = (two(4)?, two(6)?);
    if !(1000..3000).contains(&year) || !calendar::is_day(year, month, day) {
        return None;
    }
    let mut canonical = Canonical::new();
    canonical.push_number(year as u64, 4);
    for field in [month, day] {
        canonical.push("-");
        canonical.push_number(u64::from(field), 2);
    }
    let mut at = 8;
    if at == bytes.len() {
        return Some(canonical);
    }
    at += usize::from(matches!(bytes.get(at), Some(b'T' | b' ')));
    let limits = [23, 59, 59];
    let mut fields = 0;
    while let (Some(limit), Some(value)) = (limits.get(fields), two(at)) {
        if value > *limit {
            return None;
        }
        canonical.push(if fields == 0 { "T" } else { ":" });
        canonical.push_number(u64::from(value), 2);
        fields += 1;
        at += 2;
    }
    match bytes.get(at..)? {
        [] if fields >= 2 => Some(canonical),
        b"Z" if fields >= 1 => {
            canonical.push("Z");
            Some(canonical)
        }
        _ => None,
    }
}
