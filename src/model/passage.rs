//! A quote within the text of its source: where it stands, and the sentences around it.
//!
//! A quote is found although lines are broken elsewhere and quotation marks or dashes are of another kind; nothing else may differ. Sentences are told by their signs, not understood: "U.S. forces" is one
//! because "U" is a letter alone.

/// A quote with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Up to two sentences before it, and what of its own sentence stands before it.
    pub before: String,
    /// The quote as the text has it.
    pub quote: String,
    /// What of its own sentence follows it, and up to two sentences more.
    pub after: String,
    /// The paragraph in which it begins, from 1.
    pub paragraph: usize,
}

/// Sentences shown at either side.
const AROUND: usize = 2;
/// Bytes shown at either side at most.
const SIDE_BYTES: usize = 900;

/// Finds a quote in a text; `None` where it does not stand there. Of several places the first is taken.
pub fn passage(text: &str, quote: &str) -> Option<Passage> {
    let (hay, places) = comparable(text);
    let (needle, _) = comparable(quote);
    let needle = needle.trim();
    if needle.is_empty() {
        return None;
    }
    let at = hay.find(needle)?;
    // The place in the text of each byte that is compared, and one for the end.
    let (from, last) = (*places.get(at)?, *places.get(at + needle.len() - 1)?);
    let to = last + text.get(last..)?.chars().next().map_or(0, char::len_utf8);
    let begin = before_from(text, from);
    let end = after_to(text, to);
    let paragraph = 1 + paragraphs_before(&text[..from]);
    Some(Passage {
        before: flowing(&text[begin..from], true),
        quote: flowing(&text[from..to], false),
        after: flowing(&text[to..end], false),
        paragraph,
    })
}

/// The text with runs of white space as one blank and typographic signs as plain ones; and for each of its bytes the place that it had.
fn comparable(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    let mut blank = true;
    for (at, letter) in text.char_indices() {
        let plain = match letter {
            '‘' | '’' | '‚' | '‛' => '\'',
            '“' | '”' | '„' | '‟' | '«' | '»' => '"',
            '\u{2010}'..='\u{2015}' => '-',
            '\u{ad}' | '\u{200b}' | '\u{feff}' => continue,
            _ if letter.is_whitespace() => {
                if blank {
                    continue;
                }
                ' '
            }
            other => other,
        };
        blank = plain == ' ';
        out.push(plain);
        places.resize(out.len(), at);
    }
    (out, places)
}

/// A stretch of text in one line; `lead` drops blanks at its beginning.
fn flowing(text: &str, lead: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            _ if !letter.is_whitespace() => out.push(letter),
            _ if out.ends_with(' ') || lead && out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out
}

fn paragraphs_before(text: &str) -> usize {
    let mut count = 0;
    let mut in_paragraph = false;
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            // The line in which the quote begins is one even if nothing stands before it.
            in_paragraph = in_paragraph && lines.peek().is_none();
        } else if !in_paragraph {
            in_paragraph = true;
            count += 1;
        }
    }
    if in_paragraph { count - 1 } else { count }
}

/// Where the text shown before a place begins: at a sentence, within the same paragraph.
fn before_from(text: &str, from: usize) -> usize {
    let least = floor(text, from.saturating_sub(SIDE_BYTES));
    let side = &text[least..from];
    let paragraph = side.rfind("\n\n").or_else(|| side.rfind("\n\r\n")).map_or(least, |at| least + at + 2);
    let begins = sentence_starts(&text[paragraph..from]);
    // So many before it, and its own where that has begun.
    let begun = !text[paragraph..from].trim_end().trim_end_matches(is_closing).ends_with(is_terminator);
    let wanted = begins.len().saturating_sub(AROUND + usize::from(begun));
    paragraph + begins.get(wanted).copied().unwrap_or(0)
}

/// Where the text shown after a place ends: with a sentence, within the same paragraph.
fn after_to(text: &str, to: usize) -> usize {
    let most = floor(text, (to + SIDE_BYTES).min(text.len()));
    let side = &text[to..most];
    let paragraph = side.find("\n\n").or_else(|| side.find("\n\r\n")).map_or(most, |at| to + at);
    let side = &text[to..paragraph];
    let starts = sentence_starts(side);
    // A quote that ends its sentence has the next one begin right behind it.
    let ended = text[..to].trim_end_matches(is_closing).ends_with(is_terminator);
    let wanted = if ended { AROUND } else { AROUND + 1 };
    starts.get(wanted).map_or(paragraph, |at| to + side[..*at].trim_end().len())
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_terminator(letter: char) -> bool {
    matches!(letter, '.' | '?' | '!' | '。' | '？' | '！' | '…')
}

fn is_closing(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」')
}

/// Where sentences begin in a stretch, its own beginning first.
fn sentence_starts(text: &str) -> Vec<usize> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut starts = vec![0];
    for (at, (_, letter)) in letters.iter().enumerate() {
        if !is_terminator(*letter) {
            continue;
        }
        let is_east = matches!(letter, '。' | '？' | '！');
        let alone = at > 0 && letters[at - 1].1.is_uppercase() && (at < 2 || !letters[at - 2].1.is_alphabetic());
        if *letter == '.' && alone {
            continue;
        }
        let mut next = at + 1;
        while letters.get(next).is_some_and(|(_, letter)| is_closing(*letter)) {
            next += 1;
        }
        let behind = next;
        while letters.get(next).is_some_and(|(_, letter)| letter.is_whitespace()) {
            next += 1;
        }
        let Some((place, begins)) = letters.get(next) else { break };
        if is_east || next > behind && !begins.is_lowercase() {
            starts.push(*place);
        }
    }
    starts.dedup();
    starts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "HEADLINE OF THE PIECE\n\nOne came first. Two was said by the U.S. envoy.\nThree “is the\nsentence” itself. Four follows! Five as well? Six is too far.\n\nAnother paragraph.";

    #[test]
    fn a_quote_is_found_with_two_sentences_around_it() {
        let found = passage(TEXT, "Three \"is the sentence\" itself.").unwrap();
        assert_eq!(found.before, "One came first. Two was said by the U.S. envoy. ");
        assert_eq!(found.quote, "Three “is the sentence” itself.");
        assert_eq!(found.after, " Four follows! Five as well?");
        assert_eq!(found.paragraph, 2);
    }

    #[test]
    fn a_part_of_a_sentence_is_shown_within_it() {
        let found = passage(TEXT, "is the sentence").unwrap();
        assert_eq!(found.before, "One came first. Two was said by the U.S. envoy. Three “");
        assert_eq!(found.after, "” itself. Four follows! Five as well?");
        let late = passage(TEXT, "Six is too far.").unwrap();
        assert_eq!((late.before.as_str(), late.after.as_str()), ("Four follows! Five as well? ", ""));
        let first = passage(TEXT, "Another paragraph.").unwrap();
        assert_eq!((first.before.as_str(), first.after.as_str(), first.paragraph), ("", "", 3));
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        assert_eq!(passage(TEXT, "Three is the sentence"), None);
        assert_eq!(passage(TEXT, " \n"), None);
        assert_eq!(passage("", "a"), None);
        let korean = passage("첫째 문장이다。둘째 문장이다。셋째 문장이다。", "둘째 문장이다。").unwrap();
        assert_eq!((korean.before.as_str(), korean.after.as_str()), ("첫째 문장이다。", "셋째 문장이다。"));
    }

    proptest! {
        #[test]
        fn a_piece_of_a_text_is_found_in_it(text in "[a-cA-C.?! \n“”’é한-]{1,60}", from in 0..60_usize, length in 1..20_usize) {
            let letters: Vec<char> = text.chars().collect();
            let from = from.min(letters.len() - 1);
            let piece: String = letters[from..(from + length).min(letters.len())].iter().collect();
            prop_assume!(!piece.trim().is_empty());
            let found = passage(&text, &piece).expect("it stands there");
            let (shown, looked_for) = (comparable(&found.quote).0, comparable(&piece).0);
            prop_assert_eq!(shown.trim(), looked_for.trim());
        }

        #[test]
        fn any_text_and_quote_give_an_answer(text in "\\PC{0,40}", quote in "\\PC{0,6}") {
            passage(&text, &quote);
        }
    }
}
