//! Text made comparable: without case, accents and the ways in which one letter can be written.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The text in lower case and without accents; borrowed where it is so already.
///
/// Compatibility forms are taken apart (NFKD), so `ﬁ`, full-width letters and `²` are found as `fi`, plain letters and `2`; a Hangul syllable becomes its letters, so it is
/// found while it is still being typed. Typographic quotation marks and dashes become plain ones, and signs that nobody sees are dropped.
pub fn fold_text(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|&letter| !is_accent(letter)).flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    Cow::Owned(folded)
}

/// Whether a letter only adds to the one before it. The marks of Indic scripts and of kana make another letter, and stay.
fn is_accent(letter: char) -> bool {
    !letter.is_ascii() && !matches!(canonical_combining_class(letter), 0 | 7 | 8 | 9)
}

/// What stands for a lower-case letter that normal forms do not take apart.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ς' => "σ",
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '＇' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        // Soft hyphens, zero-width signs and signs of direction.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => "",
        _ => return None,
    })
}

/// Whether `text`, folded, holds `needle`, which is folded already. Plain ASCII is compared without copying.
pub(super) fn holds(text: &str, needle: &str) -> bool {
    if needle.is_empty() {
        return true;
    }
    if !text.is_ascii() {
        return fold_text(text).contains(needle);
    }
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let first = needle[0];
    let other = first.to_ascii_uppercase();
    let Some(last) = text.len().checked_sub(needle.len()) else { return false };
    memchr::memchr2_iter(first, other, &text[..=last]).any(|at| text[at..at + needle.len()].eq_ignore_ascii_case(needle))
}

/// Whether `text`, folded, is `needle`, which is folded already.
pub(super) fn is_same(text: &str, needle: &str) -> bool {
    if text.is_ascii() { text.eq_ignore_ascii_case(needle) } else { fold_text(text) == needle }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(fold_text("Élysée"), "elysee");
        assert!(holds("Пётр Ильич", &fold_text("петр")));
        assert!(holds("김정은 위원장", &fold_text("김정은")));
        assert!(holds("The SECOND time", "second"));
        assert!(!holds("sec", "second"));
        assert!(is_same("Wałęsa", "walesa") && is_same("WALESA", "walesa") && !is_same("Wałęsa", "wales"));
    }

    #[test]
    fn one_letter_written_in_several_ways_is_found() {
        assert_eq!(fold_text("Ｎato ﬁle №5"), "nato file no5");
        assert_eq!(fold_text("People’s — “Republic”"), "people's - \"republic\"");
        assert_eq!(fold_text("Straße, Ødegård, Erdoğan, Þór"), "strasse, odegard, erdogan, thor");
        assert_eq!(fold_text("co\u{ad}operation"), "cooperation");
        assert!(holds("김정은", &fold_text("기")), "a syllable is found while it is being typed");
        assert!(holds("\u{1100}\u{1175}\u{11b7}", &fold_text("김")), "and when it is written in letters");
        assert!(!holds("か", &fold_text("が")), "the voiced kana is another letter");
    }

    proptest! {
        #[test]
        fn what_is_folded_stays_as_it_is(text in "\\PC{0,20}") {
            let once = fold_text(&text).into_owned();
            let twice = fold_text(&once).into_owned();
            prop_assert_eq!(twice, once);
        }
    }
}
