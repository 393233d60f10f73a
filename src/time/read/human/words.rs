//! The words that dates are made of, whatever their language.
//!
//! The tables are by script: `latin` (English, German, French, Spanish), `cyrillic` (Russian, Ukrainian), `east` (Chinese, Japanese, Korean).
//! A word means one thing in all of them; where two languages disagree, the rules tell by its place (`am` before a day is German, after a
//! time English).

mod cyrillic;
mod east;
mod latin;

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// January is 1.
    Month(u8),
    /// Monday is 0.
    Weekday(u8),
    /// ISO 8601-2 codes: spring 21, summer 22, autumn 23, winter 24.
    Season(u8),
    /// `Q`, before or after the number of a quarter.
    Q,
    /// "quarter", after its number.
    Quarter,
    /// "half", after its number.
    Half,
    /// The first part of a year, month, decade or century.
    Early,
    /// The middle of it.
    Mid,
    /// The last part of it.
    Late,
    /// "last", before a quarter or a half.
    Last,
    /// About this time.
    Circa,
    /// The source is in doubt.
    Perhaps,
    /// At a time before.
    Before,
    /// At that time or before.
    By,
    /// At a time after.
    After,
    /// Until then, from the past on.
    Until,
    /// From then on.
    Since,
    /// "or earlier", after the date.
    OrEarlier,
    /// "or later", after the date.
    OrLater,
    /// At a time between two dates.
    Between,
    /// From one date to another; without another, from then on.
    From,
    /// Between the two ends of a range.
    To,
    /// "au", "à", "a": `To` between dates, nothing before one.
    ToOrAt,
    /// "до", "bis" as `To` between dates, "until" before one.
    ToOrUntil,
    /// The second of two dates follows.
    And,
    /// One of two dates.
    Or,
    /// A hundred years, after their number.
    Century,
    /// "в": in, or, after a number, century.
    V,
    /// A number in Roman letters, as centuries have them.
    Roman(u8),
    /// "est.": estimated, or a zone after a time.
    Est,
    /// Ten years, after their first year.
    Decade,
    /// `s` of "1780s".
    S,
    /// A thousand years, after their number.
    Millennium,
    /// Before year 1.
    Bc,
    /// From year 1 on.
    Ad,
    /// Years before 1950.
    Bp,
    /// Radiocarbon years, which are never exact.
    Radiocarbon,
    /// A number in words, as place in a row.
    Ordinal(u8),
    /// "twenty", before an ordinal.
    Tens(u8),
    /// What makes a number an ordinal.
    OrdinalSuffix,
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// "noon" and "midnight" by their hour.
    Hour(u8),
    /// A zone, minutes east of UTC.
    Zone(i16),
    /// The `T` of a timestamp.
    T,
    /// After a year's number.
    YearUnit,
    /// After a month's number.
    MonthUnit,
    /// After a day's number.
    DayUnit,
    /// Now, as the end of what goes on.
    Present,
    /// `C` alone: about, or century.
    C,
    /// "years", before a decade.
    Years,
    /// Says nothing about the date.
    Filler,
    /// "v." of "v. Chr.", "av." of "av. J.-C.": before, with the next word.
    BeforeChrist,
    /// "n." of "n. Chr.", "ap." of "ap. J.-C.".
    AfterChrist,
    /// "Chr.", "J.-C.", "Cristo".
    Christ,
}

/// What a word in small letters says; nothing where no date has it.
pub(super) fn word(small: &str) -> Option<Word> {
    static WORDS: LazyLock<HashMap<&'static str, Word, ahash::RandomState>> =
        LazyLock::new(|| latin::WORDS.iter().chain(cyrillic::WORDS).chain(east::WORDS).map(|(text, word)| (*text, *word)).collect());
    WORDS.get(small).copied().or_else(|| {
        // French writes the ending of an ordinal with its letters: XVIIIe, XVIIIème.
        let bare = small.strip_suffix("ème").or_else(|| small.strip_suffix('e')).unwrap_or(small);
        roman(bare).map(Word::Roman)
    })
}

/// The value of a number in Roman letters, of those that centuries have.
fn roman(small: &str) -> Option<u8> {
    const ROMAN: [&str; 21] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
        "xxi",
    ];
    ROMAN.iter().position(|numeral| *numeral == small).map(|place| place as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_twice_with_two_meanings() {
        let mut seen = HashMap::new();
        for (text, word) in latin::WORDS.iter().chain(cyrillic::WORDS).chain(east::WORDS) {
            assert_eq!(*text, text.to_lowercase(), "{text}");
            if let Some(other) = seen.insert(*text, *word) {
                assert_eq!(other, *word, "{text}");
            }
        }
    }

    #[test]
    fn words_are_found() {
        assert_eq!(word("août"), Some(Word::Month(8)));
        assert_eq!(word("серпня"), Some(Word::Month(8)));
        assert_eq!(word("世纪"), Some(Word::Century));
        assert_eq!(word("harbour"), None);
        assert_eq!(roman("xviii"), Some(18));
    }
}
