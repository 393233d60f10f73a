//! Text made comparable: without case and without accents.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The text in lower case and without accents; borrowed where it is so already.
pub fn fold_text(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    Cow::Owned(text.nfd().filter(|&letter| canonical_combining_class(letter) == 0).flat_map(char::to_lowercase).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(fold_text("Élysée"), "elysee");
        assert!(holds("Пётр Ильич", &fold_text("петр")));
        assert!(holds("김정은 위원장", &fold_text("김정은")));
        assert!(holds("The SECOND time", "second"));
        assert!(!holds("sec", "second"));
    }
}
