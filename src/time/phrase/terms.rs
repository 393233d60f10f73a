//! The words of a phrase, and what numbers, units, weekdays and months are among them.

use super::span::Unit;

/// A phrase in small letters, cut into words; commas and full stops are left out.
pub(super) struct Terms {
    text: String,
}

impl Terms {
    /// Cuts a phrase.
    pub(super) fn of(text: &str) -> Self {
        let mut out = String::with_capacity(text.len() + 8);
        let mut last = ' ';
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let next = letters.peek().copied().unwrap_or(' ');
            match letter {
                // Kept within numbers: 10.8, 12:30, 3,5.
                '.' | ',' if last.is_ascii_digit() && next.is_ascii_digit() => out.push(letter),
                '.' | ',' | ';' | '"' | '“' | '”' | '(' | ')' | '!' | '…' => out.push(' '),
                '\'' | '’' | '‘' => {}
                '–' | '—' => out.push_str(" - "),
                '-' if last.is_alphabetic() && next.is_alphabetic() => out.push(' '),
                letter if letter.is_alphabetic() && last.is_ascii_digit() && !is_glued(&letters, letter) => {
                    out.push(' ');
                    out.extend(letter.to_lowercase());
                }
                letter => out.extend(letter.to_lowercase()),
            }
            last = letter;
        }
        Self { text: out }
    }

    /// The words.
    pub(super) fn words(&self) -> Vec<&str> {
        self.text.split_whitespace().collect()
    }
}

/// Whether letters after a number belong to it: 15th, 2nd, 5pm.
fn is_glued(letters: &std::iter::Peekable<std::str::Chars<'_>>, first: char) -> bool {
    let word: String = std::iter::once(first).chain(letters.clone().take_while(|letter| letter.is_alphabetic())).collect();
    ["st", "nd", "rd", "th", "am", "pm", "s"].contains(&word.to_lowercase().as_str())
}

/// A number at the start of the words, as the least and the most that it can mean, with the words that it takes.
pub(super) fn number(words: &[&str]) -> Option<(i64, i64, usize)> {
    const NAMES: [&str; 13] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let exact = |value: i64, taken: usize| Some((value, value, taken));
    match words {
        ["a" | "the", "few", ..] => Some((2, 6, 2)),
        ["few", ..] => Some((2, 6, 1)),
        ["several", ..] => Some((3, 9, 1)),
        ["some", ..] => Some((2, 9, 1)),
        ["a", "couple", "of", ..] => Some((2, 3, 3)),
        ["a", "couple", ..] | ["couple", "of", ..] => Some((2, 3, 2)),
        ["a" | "an" | "the", ..] => exact(1, 1),
        [word, ..] => {
            if let Some(value) = NAMES.iter().position(|name| name == word) {
                return exact(value as i64, 1);
            }
            word.parse::<i64>().ok().filter(|value| (1..=100_000).contains(value)).and_then(|value| exact(value, 1))
        }
        [] => None,
    }
}

/// The unit that a word names, in the singular or plural.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "hour" | "hours" | "hr" | "hrs" | "minute" | "minutes" | "min" | "mins" | "second" | "seconds" | "sec" | "secs" | "moment"
        | "moments" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "fortnight" | "fortnights" => Unit::Fortnight,
        "weekend" | "weekends" => Unit::Weekend,
        "month" | "months" | "mon" => Unit::Month,
        "quarter" | "quarters" => Unit::Quarter,
        "year" | "years" | "yr" | "yrs" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        "century" | "centuries" => Unit::Century,
        "spring" => Unit::Season(21),
        "summer" => Unit::Season(22),
        "autumn" | "fall" => Unit::Season(23),
        "winter" => Unit::Season(24),
        _ => return None,
    })
}

/// The weekday that a word names, Monday 0.
pub(super) fn weekday(word: &str) -> Option<i64> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let of = |name: &&str| {
        word == *name
            || word.len() >= 3 && word.len() <= 5 && name.starts_with(word)
            || word.strip_suffix('s').is_some_and(|one| one == *name)
    };
    NAMES.iter().position(of).map(|place| place as i64)
}

/// The month that a word names, 1 to 12.
pub(super) fn month(word: &str) -> Option<u8> {
    let is_month = |name: &&str| {
        let name = name.to_ascii_lowercase();
        word == name || word.len() >= 3 && word.len() <= 4 && name.starts_with(word)
    };
    crate::time::calendar::MONTHS.iter().position(is_month).map(|place| place as u8 + 1)
}

/// Whether a word is a time of day, which is left out: 5pm, 13:45, noon.
pub(super) fn is_clock(word: &str) -> bool {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let rest = word.get(digits.len()..).unwrap_or_default();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    matches!(word, "noon" | "midnight" | "midday" | "lunchtime" | "dawn" | "dusk" | "oclock")
        || is_number && (digits.contains(':') && matches!(rest, "" | "am" | "pm") || matches!(rest, "am" | "pm"))
}
