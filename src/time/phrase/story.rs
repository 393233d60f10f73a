//! Which phrases hang on what was told before them, and not on the day on which they were said.

use crate::time::calendar::{MONTHS, MONTHS_SHORT};
use crate::time::{Dialect, read};

/// Words that point at the day of the speaker, whatever stands beside them.
const SPEAKERS: [&str; 14] = [
    "this",
    "last",
    "ago",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "now",
    "past",
    "coming",
    "current",
    "recent",
    "recently",
    "lately",
];

/// Words that point at something told before.
const STORYS: [&str; 18] = [
    "same",
    "that",
    "later",
    "earlier",
    "after",
    "afterwards",
    "before",
    "beforehand",
    "following",
    "previous",
    "preceding",
    "prior",
    "subsequent",
    "subsequently",
    "thereafter",
    "since",
    "until",
    "then",
];

/// Whether a phrase may be meant of a time told before it, so that the day on which it was said proves nothing against a date: "in the same month", "three days later",
/// "the next day", "in May". A whole date, and what names the speaker's own day, month or year, may not.
pub fn hangs_on_story(phrase: &str) -> bool {
    let text = phrase.trim().to_lowercase();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.iter().any(|word| SPEAKERS.contains(word)) || read(phrase, &Dialect::default()).is_ok() {
        return false;
    }
    let names_month = |word: &&str| MONTHS.iter().chain(&MONTHS_SHORT).any(|month| month.eq_ignore_ascii_case(word));
    let is_next_unit = words.windows(2).any(|pair| pair == ["the", "next"]);
    is_next_unit || words.iter().any(|word| STORYS.contains(word) || names_month(word))
}

#[cfg(test)]
mod tests {
    use super::hangs_on_story;

    #[test]
    fn phrases_of_the_speaker_and_of_the_story() {
        for phrase in [
            "last week",
            "earlier this month",
            "Wednesday",
            "yesterday",
            "two days ago",
            "next Friday",
            "the coming months",
            "3 May 2021",
            "later this year",
        ] {
            assert!(!hangs_on_story(phrase), "{phrase}");
        }
        for phrase in [
            "in the same month",
            "three days later",
            "The next day",
            "the following week",
            "in May",
            "a month earlier",
            "on that day",
            "5 March",
        ] {
            assert!(hangs_on_story(phrase), "{phrase}");
        }
    }
}
