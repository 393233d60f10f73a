//! Saying a date at its own precision: "August 2023", "c. 1920", "between 28 July and 30 August 2023".
//!
//! Words come from the canonical text, never from milliseconds, so nothing is said that was not written. Two lengths: [`wording`] for
//! reading, [`wording_short`] for lists and labels. Times of the axis (pointer, spans) are worded in `axis`, the bounds of
//! `list --json` in `listed`.

mod axis;
mod listed;
mod points;
mod stamps;
#[cfg(test)]
mod tests;

pub(in crate::time) use axis::grouped;
pub use axis::{day_text, instant_text, length_text, playhead_text, pointer_text, span_text, year_range_text, year_text};
pub use listed::listed_bounds;

use super::read::{Element, End, Expression, Point, parse};
use super::{When, Zone};
use points::{Join, Length, Manner, in_words, joined};

/// Sets with more members than this are worded by their number and hull.
const MEMBERS_NAMED: usize = 12;

/// A date in full: "Wednesday 30 August 2023", "since 24 February 2022", "one of 1667, 1668 or 1670".
pub fn wording(when: &When) -> String {
    worded(when, Manner::of(Length::Full))
}

/// A date in few words, for lists and labels: "30 Aug 2023", "25–27 Jul 2023", "c. 1920".
pub fn wording_short(when: &When) -> String {
    worded(when, Manner::of(Length::Short))
}

/// A date in full, an instant in a zone: "30 August 2023, 14:00 CEST (written 17:00 UTC+05:00; 12:00 UTC)".
pub fn wording_in(when: &When, zone: Zone) -> String {
    worded(when, Manner { zone: Some(zone), ..Manner::of(Length::Full) })
}

/// A date in few words, an instant in a zone: "30 Aug 2023, 14:00 CEST".
pub fn wording_short_in(when: &When, zone: Zone) -> String {
    worded(when, Manner { zone: Some(zone), ..Manner::of(Length::Short) })
}

/// The words of a date; its text where that is not canonical after all.
fn worded(when: &When, manner: Manner) -> String {
    match parse(when.canonical()) {
        Ok(Expression::Point(point)) => in_words(&point, manner, true),
        Ok(Expression::Interval(start, end)) => interval(&start, &end, manner),
        Ok(Expression::Set { all, elements }) => set(all, &elements, manner),
        Err(_) => when.text.clone().into_owned(),
    }
}

/// Something that lasted.
fn interval(start: &End, end: &End, manner: Manner) -> String {
    let word = |point: &Point| in_words(point, manner, matches!(manner.length, Length::Full));
    match (start, end) {
        (End::At(from), End::At(to)) if from == to => format!("during {}", word(from)),
        (End::At(from), End::At(to)) => joined(from, to, manner, Join::To),
        (End::At(from), End::Open) => format!("since {}", word(from)),
        (End::At(from), End::Unknown) => match manner.length {
            Length::Full => format!("from {}, end unknown", word(from)),
            Length::Short => format!("{} – ?", word(from)),
        },
        (End::Open, End::At(to)) => format!("until {}", word(to)),
        (End::Unknown, End::At(to)) => match manner.length {
            Length::Full => format!("until {}, start unknown", word(to)),
            Length::Short => format!("? – {}", word(to)),
        },
        (start @ End::Within(..), End::Open) => format!("since {}", side(start, manner)),
        (End::Open, end @ End::Within(..)) => format!("until {}", side(end, manner)),
        (End::Within(..), End::Within(..)) if manner.length == Length::Full => {
            format!("begun {}, ended {}", side(start, manner), side(end, manner))
        }
        (start, end) => format!("from {} to {}", side(start, manner), side(end, manner)),
    }
}

/// One side of an interval by itself.
fn side(end: &End, manner: Manner) -> String {
    let word = |point: &Point| in_words(point, manner, false);
    match end {
        End::At(point) => word(point),
        End::Open => "an open end".to_owned(),
        End::Unknown => "an unknown time".to_owned(),
        End::OnOrBefore(point) => format!("{} or earlier", word(point)),
        End::OnOrAfter(point) => format!("{} or later", word(point)),
        End::Within(from, to) => joined(from, to, manner, Join::Between),
    }
}

/// One of several, or all of several.
fn set(all: bool, elements: &[Element], manner: Manner) -> String {
    if let [only] = elements {
        return match (only, all) {
            (Element::Range(from, to), false) => joined(from, to, manner, Join::Between),
            (Element::Range(from, to), true) => format!("each of {}", joined(from, to, manner, Join::To)),
            (other, _) => element(other, manner),
        };
    }
    let last_word = if all { "and" } else { "or" };
    let lead = if all { "all of" } else { "one of" };
    let named = match manner.length {
        Length::Full => MEMBERS_NAMED,
        Length::Short => 3,
    };
    if elements.len() > named {
        let (Some(first), Some(last)) = (elements.first(), elements.last()) else { return String::new() };
        return format!("{lead} {} dates, {} … {}", elements.len(), element(first, manner), element(last, manner));
    }
    let words: Vec<String> = elements.iter().map(|each| element(each, manner)).collect();
    let Some((last, rest)) = words.split_last() else { return String::new() };
    let list = format!("{} {last_word} {last}", rest.join(", "));
    match manner.length {
        Length::Full => format!("{lead} {list}"),
        Length::Short => list,
    }
}

/// One element of a set.
fn element(element: &Element, manner: Manner) -> String {
    let word = |point: &Point| in_words(point, manner, false);
    match element {
        Element::One(point) => word(point),
        Element::UpTo(point) => format!("{} or earlier", word(point)),
        Element::From(point) => format!("{} or later", word(point)),
        Element::Range(from, to) => joined(from, to, manner, Join::To),
    }
}
