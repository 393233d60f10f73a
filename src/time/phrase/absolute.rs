//! Dates within phrases: whole ones, and those that leave out their year.

use super::span::Days;
use super::terms::{month, weekday};
use super::{days_of, month_start};
use crate::time::calendar::civil_from_days;
use crate::time::{DateError, Dialect, read};

/// The readings of words that are a date, with or without its year; the nearest to the anchor first.
pub(super) fn readings(words: &[&str], anchor: i64, dialect: Dialect) -> Vec<Days> {
    let text = words.join(" ");
    let of = |text: &str| -> Vec<Days> {
        let one = |when: &crate::time::When<'_>| days_of(when).map(|(first, last, lasted)| Days { lasted, ..Days::among(first, last) });
        match read(text, &dialect) {
            Ok(when) => one(&when).into_iter().collect(),
            Err(DateError::Ambiguous { readings }) => {
                readings.iter().filter_map(|(_, edtf)| read(edtf, &Dialect::EDTF).ok().and_then(|when| one(&when))).collect()
            }
            Err(_) => Vec::new(),
        }
    };
    let whole = of(&text);
    if !whole.is_empty() {
        return whole;
    }
    if let [name] = words
        && let Some(month) = month(name)
    {
        return months(month, anchor);
    }
    // Without its weekday, and then with each of the years around.
    let (year, ..) = civil_from_days(anchor);
    let bare: Vec<&str> = words.iter().copied().filter(|word| weekday(word).is_none()).collect();
    let wanted = words.iter().find_map(|word| weekday(word));
    let has_digit = bare.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
    if !has_digit {
        return Vec::new();
    }
    let bare = bare.join(" ");
    let glue = if bare.contains('/') && !bare.contains(' ') { "/" } else { " " };
    let mut found: Vec<Days> = (year - 1..=year + 1).flat_map(|year| of(&format!("{bare}{glue}{year:04}"))).collect();
    let fits = |days: &Days| wanted.is_none_or(|wanted| (days.first + 3).rem_euclid(7) == wanted);
    let rule = if found.iter().any(&fits) {
        found.retain(|days| fits(days));
        "the year is that of the nearest such day"
    } else {
        "the year is that of the nearest such day; no year near has that weekday on it"
    };
    found.sort_by_key(|days| (days.first - anchor).abs());
    found.truncate(2);
    found.into_iter().map(|days| days.by(rule)).collect()
}

/// The last such month, and the next.
pub(super) fn months(month: u8, anchor: i64) -> Vec<Days> {
    let (year, ..) = civil_from_days(anchor);
    let whole = |year: i64| Days::among(month_start(year, month, 0), month_start(year, month, 1) - 1);
    let mut found: Vec<Days> = (year - 1..=year + 1).map(whole).collect();
    let distance = |days: &Days| if days.first > anchor { days.first - anchor } else { (anchor - days.last).max(0) };
    found.sort_by_key(distance);
    found.truncate(if distance(&found[0]) == 0 { 1 } else { 2 });
    found.into_iter().map(|days| days.by("the year is that of the nearest such month")).collect()
}
