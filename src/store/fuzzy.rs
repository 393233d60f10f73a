//! How well a few typed letters fit a name: for finding a command, a lane or an event without its whole name.

use super::fold_text;

/// Typed letters, folded once and compared with many names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fuzzy {
    words: Vec<Vec<char>>,
}

/// Points for a letter that begins a word.
const WORD_START: i32 = 12;
/// Points for a letter right behind the one before.
const NEXT: i32 = 8;
/// Points for any letter found.
const FOUND: i32 = 2;
/// Points for a word that stands as it was typed.
const WHOLE: i32 = 20;

impl Fuzzy {
    /// Letters as typed; case and accents do not matter, and words may come in any order.
    pub fn new(typed: &str) -> Self {
        Self { words: fold_text(typed).split_whitespace().map(|word| word.chars().collect()).collect() }
    }

    /// Whether nothing was typed: then every name fits equally.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a name fits, more being better; `None` where a letter is missing. The letters of each typed word must come in order. Takes time linear in the name.
    pub fn score(&self, name: &str) -> Option<i32> {
        if self.words.is_empty() {
            return Some(0);
        }
        let letters: Vec<char> = fold_text(name).chars().collect();
        let each: Option<i32> = self.words.iter().map(|word| score_word(word, &letters)).sum();
        // Of names that fit alike the shorter is nearer to what was typed.
        Some(each? - (letters.len() / 8).min(20) as i32)
    }
}

fn score_word(word: &[char], letters: &[char]) -> Option<i32> {
    let starts_word = |at: usize| at == 0 || !letters[at - 1].is_alphanumeric();
    let whole = letters.windows(word.len()).enumerate().filter(|(_, window)| *window == word).map(|(at, _)| starts_word(at)).max();
    if let Some(at_start) = whole {
        let letters = word.len() as i32 * (FOUND + NEXT);
        return Some(WHOLE + letters + if at_start { WORD_START } else { 0 });
    }
    let (mut points, mut from) = (0, 0);
    let mut last = None;
    for letter in word {
        // The start of a word is worth going further for.
        let rest = from..letters.len();
        let at = rest.clone().find(|at| letters[*at] == *letter && (starts_word(*at) || last == at.checked_sub(1).filter(|_| *at > 0)));
        let at = at.or_else(|| rest.clone().find(|at| letters[*at] == *letter))?;
        points += FOUND;
        if starts_word(at) {
            points += WORD_START;
        } else if last.is_some_and(|last| last + 1 == at) {
            points += NEXT;
        }
        last = Some(at);
        from = at + 1;
    }
    // Letters strewn over a long text are no find.
    (points >= word.len() as i32 * (FOUND + NEXT / 2)).then_some(points)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn best<'n>(typed: &str, names: &[&'n str]) -> Option<&'n str> {
        let fuzzy = Fuzzy::new(typed);
        names.iter().filter_map(|name| Some((fuzzy.score(name)?, *name))).max_by_key(|(score, _)| *score).map(|(_, name)| name)
    }

    #[test]
    fn a_few_letters_find_a_name() {
        let names = ["Zoom in", "Zoom out", "Export picture…", "Fold all lanes", "Fold lane", "Sergei Shoigu", "Kim Jong Un"];
        assert_eq!(best("exp", &names), Some("Export picture…"));
        assert_eq!(best("zo", &names), Some("Zoom in"));
        assert_eq!(best("fal", &names), Some("Fold all lanes"));
        assert_eq!(best("fold lane", &names), Some("Fold lane"));
        assert_eq!(best("shoigu", &names), Some("Sergei Shoigu"));
        assert_eq!(best("kju", &names), Some("Kim Jong Un"));
        assert_eq!(best("xyz", &names), None);
        assert_eq!(best("SHÓIGU", &names), Some("Sergei Shoigu"));
    }

    proptest! {
        #[test]
        fn every_name_is_found_by_itself(name in "\\PC{1,40}", other in "\\PC{0,40}") {
            let typed = Fuzzy::new(&name);
            prop_assert!(typed.score(&name).is_some());
            let _ = Fuzzy::new(&other).score(&name);
        }
    }
}
