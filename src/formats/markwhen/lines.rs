//! What a line of a markwhen file is.

use super::dates::{self, Written};
use crate::time::Dialect;

/// A line.
pub(super) enum Line<'l> {
    /// `date: words`
    Event {
        /// The date as it is written.
        written: &'l str,
        /// The date taken apart.
        date: Written,
        /// What follows the colon.
        rest: &'l str,
    },
    /// `group NAME`, `section NAME`, or a heading.
    Open {
        /// Its name, with tags.
        name: &'l str,
        /// Whether it is a heading, which is closed by the next of its level.
        is_heading: bool,
        /// The level of a heading; 0 for the others.
        level: usize,
    },
    /// `endGroup`, `endSection`.
    Close,
    /// The end of a page, and of all groups.
    Break,
    /// Text, or a line of the header.
    Other,
}

/// Colons at which a date may end; those of its clock are among them.
const COLONS_TRIED: usize = 8;
/// Bytes within which the colon must stand.
const LONGEST_DATE: usize = 120;

impl<'l> Line<'l> {
    /// Tells what a line is.
    pub(super) fn of(text: &'l str, dialect: Dialect) -> Self {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Self::Other;
        }
        if let Some(name) = after_word(trimmed, "group").or_else(|| after_word(trimmed, "section")) {
            return Self::Open { name, is_heading: false, level: 0 };
        }
        let joined: String = trimmed.split_whitespace().collect::<String>().to_lowercase();
        if joined == "endgroup" || joined == "endsection" {
            return Self::Close;
        }
        if joined == "_-_-_break_-_-_" {
            return Self::Break;
        }
        let level = trimmed.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=6).contains(&level) && trimmed[level..].starts_with(' ') {
            return Self::Open { name: trimmed[level..].trim(), is_heading: true, level };
        }
        let colons = trimmed.match_indices(':').map(|(at, _)| at).take_while(|at| *at <= LONGEST_DATE).take(COLONS_TRIED);
        // The colons of a clock belong to the date: the last at which there is one ends it.
        let found = colons.filter_map(|at| Some((at, dates::taken_apart(trimmed[..at].trim(), dialect)?))).last();
        match found {
            Some((at, date)) => Self::Event { written: trimmed[..at].trim(), date, rest: trimmed[at + 1..].trim() },
            None => Self::Other,
        }
    }
}

/// What follows a word at the beginning of a line, whatever its case.
fn after_word<'l>(text: &'l str, word: &str) -> Option<&'l str> {
    let head = text.get(..word.len())?;
    let rest = text.get(word.len()..)?;
    (head.eq_ignore_ascii_case(word) && (rest.is_empty() || rest.starts_with([' ', '\t', ':'])))
        .then(|| rest.trim_start_matches(':').trim())
}

/// Tags that are taken out of a line; those beyond stay in its words.
const TAGS_MOST: usize = 10_000;

/// A text without its tags, and these.
pub(super) fn split_tags(text: &str) -> (String, Vec<String>) {
    let (mut words, mut tags) = (Vec::new(), Vec::new());
    for word in text.split_whitespace() {
        let tag = word
            .strip_prefix('#')
            .filter(|tag| !tag.is_empty() && tag.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-')));
        // A number behind the sign is the number of something.
        match tag.filter(|tag| !tag.bytes().all(|byte| byte.is_ascii_digit())) {
            Some(tag) if tags.len() < TAGS_MOST => tags.push(tag.to_owned()),
            _ => words.push(word),
        }
    }
    (words.join(" "), tags)
}
