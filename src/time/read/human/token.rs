//! A written date cut into numbers, words and signs, without allocation.
//!
//! Scripts that write no blanks (Chinese, Japanese, Korean) are cut at the longest word that is known. Letters with dots between them
//! (`B.C.`, `н. э.`, `J.-C.`) are one word. Brackets count as blanks.

use super::words::{Word, word};
use crate::time::DateError;

/// Tokens that a date may have.
const MOST: usize = 32;
/// Letters of the longest word that is looked up, in bytes.
const LONGEST_WORD: usize = 32;

/// A piece of a written date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token {
    /// What it is.
    pub kind: Kind,
    /// Whether nothing stands between it and the piece before it.
    pub glued: bool,
    /// The character at which it stands, from 1.
    pub at: u16,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A number.
    Number(Number),
    /// A word that dates are made of.
    Word(Word),
    /// `/`
    Slash,
    /// `-`
    Hyphen,
    /// An en dash, an em dash or a wave dash.
    Dash,
    /// `.`
    Dot,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `?`
    Query,
    /// `~`
    Tilde,
    /// `+`
    Plus,
    /// An apostrophe.
    Apostrophe,
}

/// Digits and their value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value.
    pub value: i64,
    /// How many digits were written.
    pub digits: u8,
    /// Whether commas stand between its thousands.
    pub grouped: bool,
}

/// The pieces of a date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tokens {
    tokens: [Token; MOST],
    count: usize,
}

impl Tokens {
    /// Cuts a text.
    ///
    /// Errors: a word or sign that no date has, too many pieces.
    pub(super) fn of(text: &str) -> Result<Self, DateError> {
        let blank = Token { kind: Kind::Dot, glued: false, at: 0 };
        let mut tokens = Self { tokens: [blank; MOST], count: 0 };
        let mut cutter = Cutter { text, at: 0, chars: 0 };
        let mut glued = false;
        while let Some(letter) = cutter.peek() {
            if letter.is_whitespace() || is_bracket(letter) {
                cutter.skip(letter);
                glued = false;
                continue;
            }
            let at = u16::try_from(cutter.chars + 1).unwrap_or(u16::MAX);
            let kind = cutter.take(letter)?;
            let Some(place) = tokens.tokens.get_mut(tokens.count) else {
                return Err(DateError::Unreadable { at: usize::from(at), why: "this is longer than any date that is read" });
            };
            *place = Token { kind, glued: glued && tokens.count > 0, at };
            tokens.count += 1;
            glued = true;
        }
        Ok(tokens)
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Token] {
        self.tokens.get(..self.count).unwrap_or_default()
    }
}

/// Whether it is a bracket or a quotation mark, which say nothing of the date.
fn is_bracket(letter: char) -> bool {
    matches!(letter, '(' | ')' | '[' | ']' | '（' | '）' | '"' | '“' | '”' | '«' | '»' | ';')
}

/// Whether a letter belongs to a script without blanks between words.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// The value of a digit, of full width or not.
fn digit(letter: char) -> Option<u8> {
    match letter {
        '0'..='9' => Some(letter as u8 - b'0'),
        '０'..='９' => Some((letter as u32 - '０' as u32) as u8),
        _ => None,
    }
}

/// A place in the text.
struct Cutter<'t> {
    text: &'t str,
    at: usize,
    chars: usize,
}

impl Cutter<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.rest().chars().next(),
        }
    }

    fn skip(&mut self, letter: char) {
        self.at += letter.len_utf8();
        self.chars += 1;
    }

    /// Takes the piece that begins here.
    fn take(&mut self, letter: char) -> Result<Kind, DateError> {
        if digit(letter).is_some() {
            return self.number();
        }
        if letter.is_alphabetic() {
            return self.word(letter);
        }
        let kind = match letter {
            '/' => Kind::Slash,
            '-' | '‐' | '‑' | '−' => Kind::Hyphen,
            '–' | '—' | '〜' | '～' => Kind::Dash,
            '.' => Kind::Dot,
            ',' | '、' | '，' => Kind::Comma,
            ':' | '：' => Kind::Colon,
            '?' | '？' => Kind::Query,
            '~' | '≈' | '±' => Kind::Tilde,
            '+' => Kind::Plus,
            '\'' | '’' | '‘' => Kind::Apostrophe,
            '&' => Kind::Word(Word::And),
            'º' | '°' => Kind::Word(Word::OrdinalSuffix),
            _ => return Err(self.unknown("this sign is in no date that is read")),
        };
        self.skip(letter);
        Ok(kind)
    }

    fn unknown(&self, why: &'static str) -> DateError {
        DateError::Unreadable { at: self.chars + 1, why }
    }

    /// Takes digits, with commas between thousands.
    fn number(&mut self) -> Result<Kind, DateError> {
        let mut number = Number { value: 0, digits: 0, grouped: false };
        loop {
            while let Some((letter, value)) = self.peek().and_then(|letter| digit(letter).map(|value| (letter, value))) {
                if number.digits >= 18 {
                    return Err(self.unknown("this number is too long for a date"));
                }
                number.value = number.value * 10 + i64::from(value);
                number.digits += 1;
                self.skip(letter);
            }
            let mut next = self.rest().bytes();
            let is_group = next.next() == Some(b',') && next.by_ref().take(3).filter(u8::is_ascii_digit).count() == 3;
            let fits = if number.grouped { number.digits.is_multiple_of(3) || number.digits > 3 } else { number.digits <= 3 };
            if !(is_group && fits) || next.next().is_some_and(|byte| byte.is_ascii_digit()) {
                return Ok(Kind::Number(number));
            }
            number.grouped = true;
            self.skip(',');
        }
    }

    /// Takes a word.
    fn word(&mut self, first: char) -> Result<Kind, DateError> {
        if is_unspaced(first) {
            return self.unspaced();
        }
        if let Some((found, bytes)) = self.dotted() {
            self.chars += self.rest().get(..bytes).map_or(0, |taken| taken.chars().count());
            self.at += bytes;
            return Ok(Kind::Word(found));
        }
        let mut lower = Lower::default();
        let (mut bytes, mut chars) = (0, 0);
        for letter in self.rest().chars().take_while(|letter| (letter.is_alphabetic() && !is_unspaced(*letter)) || is_mark(*letter)) {
            lower.push(letter);
            bytes += letter.len_utf8();
            chars += 1;
        }
        let found = lower.text().and_then(word).ok_or_else(|| self.unknown("this word is in no date that is read"))?;
        self.at += bytes;
        self.chars += chars;
        Ok(Kind::Word(found))
    }

    /// Letters with dots between them, as one word: `B.C.`, `н. э.`, `J.-C.`, `a. m.`; with the bytes that they take.
    fn dotted(&self) -> Option<(Word, usize)> {
        let mut lower = Lower::default();
        let mut letters = self.rest().char_indices().peekable();
        let mut count = 0;
        let mut end = 0;
        while let Some((at, letter)) = letters.next() {
            if !letter.is_alphabetic() || letters.peek().is_none_or(|(_, next)| *next != '.') {
                // The last letter may go without its dot: `B.C`.
                if letter.is_alphabetic() && count > 0 && letters.peek().is_none_or(|(_, next)| !next.is_alphanumeric()) {
                    lower.push(letter);
                    end = at + letter.len_utf8();
                    count += 1;
                }
                break;
            }
            lower.push(letter);
            letters.next();
            end = at + letter.len_utf8() + 1;
            count += 1;
            while letters.peek().is_some_and(|(_, next)| matches!(next, ' ' | '-' | '\u{a0}')) {
                letters.next();
            }
        }
        (count > 1).then(|| lower.text().and_then(word)).flatten().map(|found| (found, end))
    }

    /// Takes the longest word that is known of a script without blanks.
    fn unspaced(&mut self) -> Result<Kind, DateError> {
        let rest = self.rest();
        for length in (1..=5).rev() {
            let Some((last, letter)) = rest.char_indices().nth(length - 1) else { continue };
            let end = last + letter.len_utf8();
            if let Some(found) = rest.get(..end).and_then(word) {
                self.at += end;
                self.chars += length;
                return Ok(Kind::Word(found));
            }
        }
        Err(self.unknown("this word is in no date that is read"))
    }
}

/// Whether it is an accent that stands as a character of its own.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// A word in small letters, held in place.
struct Lower {
    bytes: [u8; LONGEST_WORD],
    length: usize,
    is_whole: bool,
}

impl Default for Lower {
    fn default() -> Self {
        Self { bytes: [0; LONGEST_WORD], length: 0, is_whole: true }
    }
}

impl Lower {
    fn push(&mut self, letter: char) {
        if letter.is_ascii() {
            self.push_small(letter.to_ascii_lowercase());
        } else {
            letter.to_lowercase().for_each(|small| self.push_small(small));
        }
    }

    fn push_small(&mut self, small: char) {
        match self.bytes.get_mut(self.length..self.length + small.len_utf8()) {
            Some(room) => {
                small.encode_utf8(room);
                self.length += small.len_utf8();
            }
            None => self.is_whole = false,
        }
    }

    /// The word; nothing where it was too long.
    fn text(&self) -> Option<&str> {
        self.bytes.get(..self.length).filter(|_| self.is_whole).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }
}
