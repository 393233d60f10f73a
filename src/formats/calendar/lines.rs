//! Content lines of iCalendar (RFC 5545, 3.1): folded lines joined, name, parameters and value apart.
//!
//! Calendars from the wild are forgiven much: any ends of lines, blanks around names, escapes where none belong. What has no colon is no line.

use std::borrow::Cow;

/// A content line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line<'t> {
    /// The line of the file at which it begins, from 1.
    pub number: u32,
    /// Its name in capitals.
    pub name: Cow<'t, str>,
    /// Its parameters, names in capitals, values without their quotation marks.
    pub params: Vec<(String, String)>,
    /// Its value as it stands.
    pub value: Cow<'t, str>,
}

impl Line<'_> {
    /// The value of a parameter.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value as text: `\n`, `\,`, `\;` and `\\` said plainly.
    pub(super) fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// The texts between commas that no backslash stands before.
    pub(super) fn texts(&self) -> impl Iterator<Item = String> {
        let mut parts = Vec::new();
        let (mut from, mut escaped) = (0, false);
        for (at, letter) in self.value.char_indices() {
            if letter == ',' && !escaped {
                parts.push(unescaped(&self.value[from..at]));
                from = at + 1;
            }
            escaped = letter == '\\' && !escaped;
        }
        parts.push(unescaped(&self.value[from..]));
        parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty())
    }
}

/// Takes the escapes out of a text.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other @ ('\\' | ',' | ';' | ':' | '"')) => out.push(other),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            _ => out.push(letter),
        }
    }
    out
}

/// The lines of a text with their numbers, those joined that a blank at the beginning makes part of the one before.
pub(super) fn unfolded(text: &str) -> Unfolded<'_> {
    Unfolded { text, at: 0, number: 1 }
}

/// Walks over them.
pub(super) struct Unfolded<'t> {
    text: &'t str,
    at: usize,
    number: u64,
}

impl<'t> Unfolded<'t> {
    /// Bytes walked over.
    pub(super) fn bytes_done(&self) -> usize {
        self.at
    }

    /// The next line as it stands in the file; passes its end.
    fn one(&mut self) -> Option<&'t str> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let behind = if rest.as_bytes()[end..].starts_with(b"\r\n") { end + 2 } else { (end + 1).min(rest.len()) };
        self.at += behind;
        self.number += 1;
        Some(&rest[..end])
    }
}

impl<'t> Iterator for Unfolded<'t> {
    type Item = (u32, Cow<'t, str>);

    fn next(&mut self) -> Option<Self::Item> {
        let number = u32::try_from(self.number).unwrap_or(u32::MAX);
        let mut line = Cow::Borrowed(self.one()?);
        while let Some(b' ' | b'\t') = self.text.as_bytes().get(self.at) {
            let Some(more) = self.one() else { break };
            line.to_mut().push_str(&more[1..]);
        }
        Some((number, line))
    }
}

/// Parameters that a line may have.
const PARAMS_MOST: usize = 500;

/// Takes a line apart; `None` where it has no colon, nothing in front of it, or more parameters than any line.
pub(super) fn parse(number: u32, line: Cow<'_, str>) -> Option<Line<'_>> {
    let (name_end, value_at, params) = {
        let bytes = line.as_bytes();
        let name_end = memchr::memchr2(b';', b':', bytes)?;
        let mut params = Vec::new();
        let mut at = name_end;
        while bytes[at] == b';' {
            let end = end_of_param(bytes, at + 1)?;
            if params.len() == PARAMS_MOST {
                return None;
            }
            params.extend(param(&line[at + 1..end]));
            at = end;
        }
        (name_end, at + 1, params)
    };
    if line[..name_end].trim().is_empty() {
        return None;
    }
    let upper = |name: &str| name.trim().to_ascii_uppercase();
    Some(match line {
        Cow::Borrowed(line) => {
            let name = line[..name_end].trim();
            let name = if name.bytes().any(|byte| byte.is_ascii_lowercase()) { Cow::Owned(upper(name)) } else { Cow::Borrowed(name) };
            Line { number, name, params, value: Cow::Borrowed(&line[value_at..]) }
        }
        Cow::Owned(line) => {
            Line { number, name: Cow::Owned(upper(&line[..name_end])), params, value: Cow::Owned(line[value_at..].to_owned()) }
        }
    })
}

/// Where a parameter ends: at a semicolon or a colon outside quotation marks, with no backslash before it.
fn end_of_param(bytes: &[u8], from: usize) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match byte {
            b'"' => quoted = !quoted,
            b';' | b':' if !quoted && !escaped => return Some(at),
            _ => {}
        }
        escaped = *byte == b'\\' && !escaped;
    }
    None
}

/// A parameter's name and value, with the signs of RFC 6868 said plainly.
fn param(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    let value = value.trim().trim_matches('"');
    let plain = value.replace("^n", "\n").replace("^'", "\"").replace("^^", "^");
    Some((name.trim().to_ascii_uppercase(), unescaped(&plain)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Option<Line<'_>>> {
        unfolded(text).map(|(number, line)| parse(number, line)).collect()
    }

    #[test]
    fn folded_lines_are_joined_and_keep_their_numbers() {
        let lines = all("SUMMARY:one\r\n  two\r\n\tthree\r\nx-note ; a=\"b:c;d\" : e\nnothing\n:x\rLAST:é");
        let first = lines[0].clone().unwrap();
        assert_eq!((first.number, first.name.as_ref(), first.value.as_ref()), (1, "SUMMARY", "one twothree"));
        let second = lines[1].clone().unwrap();
        assert_eq!((second.number, second.name.as_ref(), second.param("A"), second.value.as_ref()), (4, "X-NOTE", Some("b:c;d"), " e"));
        assert_eq!((&lines[2], &lines[3]), (&None, &None));
        assert_eq!(lines[4].clone().unwrap().number, 7);
    }

    #[test]
    fn escapes_are_said_plainly_and_commas_part_texts() {
        let lines = all("CATEGORIES:a\\, b,c\\nd\\\\,, e\nORGANIZER;CN=Society\\: 2014;X=^'q^':mailto:a@b\n");
        let texts: Vec<String> = lines[0].clone().unwrap().texts().collect();
        assert_eq!(texts, ["a, b", "c\nd\\", "e"]);
        let second = lines[1].clone().unwrap();
        assert_eq!((second.param("CN"), second.param("X"), second.value.as_ref()), (Some("Society: 2014"), Some("\"q\""), "mailto:a@b"));
    }
}
