//! The plain form of a record, read straight from its bytes: an object whose values are texts, lists of texts for `actors` and `tags`, and, in fields of
//! other names, whole numbers, `true`, `false` and `null`; no escapes in it.
//!
//! Nearly every record of a large file has it. All else, and all that is broken, is left to the full reader, which gives the same for what is read here.

use std::borrow::Cow;

use super::loose::Loose;
use super::record::{Reader, Record, is_known};
use crate::model::{Further, Value};

/// Reads a record of the plain form; false where it has another, and then the record holds anything.
pub(super) fn read<'a>(reader: &Reader<'_>, json: &'a str, record: &mut Record<'a>) -> bool {
    Plain { json, at: 0 }.object(reader, record).is_some()
}

/// A place in a text.
struct Plain<'a> {
    json: &'a str,
    at: usize,
}

impl<'a> Plain<'a> {
    fn object(&mut self, reader: &Reader<'_>, record: &mut Record<'a>) -> Option<()> {
        self.expect(b'{')?;
        loop {
            let key = self.string()?;
            self.expect(b':')?;
            self.field(key, reader, record)?;
            match self.next()? {
                b',' => {}
                b'}' => break,
                _ => return None,
            }
        }
        self.blanks();
        (self.at == self.json.len()).then_some(())
    }

    /// Reads a value and puts it where it belongs.
    fn field(&mut self, key: &'a str, reader: &Reader<'_>, record: &mut Record<'a>) -> Option<()> {
        self.blanks();
        match self.byte()? {
            b'"' => {
                let text = self.string()?;
                if let Some(field) = record.text_field(key) {
                    *field = Cow::Borrowed(text);
                } else if is_known(key) {
                    reader.take(record, key, Loose::Text(Cow::Borrowed(text)));
                } else {
                    record.event.further.push(Further { name: Cow::Borrowed(key), value: Value::Text(Cow::Borrowed(text)) });
                }
            }
            b'[' if key == "actors" => self.list(|name| record.event.actors.push(reader.actor(Cow::Borrowed(name))))?,
            b'[' if key == "tags" => self.list(|tag| record.event.tags.push(Cow::Borrowed(tag)))?,
            b'[' | b'{' => return None,
            _ if is_known(key) => return None,
            _ => {
                let value = Value::Json(Cow::Borrowed(self.word()?));
                record.event.further.push(Further { name: Cow::Borrowed(key), value });
            }
        }
        Some(())
    }

    /// Reads a list of texts; blank ones are left out.
    fn list(&mut self, mut take: impl FnMut(&'a str)) -> Option<()> {
        self.expect(b'[')?;
        self.blanks();
        if self.byte()? == b']' {
            self.at += 1;
            return Some(());
        }
        loop {
            let text = self.string()?;
            if !text.trim().is_empty() {
                take(text);
            }
            match self.next()? {
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    /// Reads a whole number, `true`, `false` or `null`.
    fn word(&mut self) -> Option<&'a str> {
        let rest = &self.json[self.at..];
        let length = rest.bytes().position(|byte| matches!(byte, b',' | b'}' | b' ' | b'\t' | b'\r' | b'\n'))?;
        let word = rest.get(..length)?;
        let digits = word.strip_prefix('-').unwrap_or(word).as_bytes();
        let is_number = digits.iter().all(u8::is_ascii_digit) && (digits.len() == 1 || matches!(digits.first(), Some(b'1'..=b'9')));
        self.at += length;
        (is_number || matches!(word, "true" | "false" | "null")).then_some(word)
    }

    /// Reads a string without escapes, white space before it left out.
    fn string(&mut self) -> Option<&'a str> {
        self.expect(b'"')?;
        let length = plain_length(&self.json.as_bytes()[self.at..])?;
        let text = self.json.get(self.at..self.at + length)?;
        self.at += length + 1;
        Some(text)
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then_some(())
    }

    /// The next byte that is not white space.
    fn next(&mut self) -> Option<u8> {
        self.blanks();
        let byte = self.byte()?;
        self.at += 1;
        Some(byte)
    }

    fn byte(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }
}

/// How many bytes stand before the quotation mark that ends a string; `None` where an escape or a control character, which JSON forbids, stands before it.
fn plain_length(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // Eight bytes at once: the lowest marked byte is one that ends the string or must not stand in it (higher marks may be false).
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let mut done = 0;
    for eight in bytes.chunks_exact(8) {
        let word = u64::from_le_bytes(eight.try_into().unwrap_or_default());
        let quotes = has_zero(word ^ (ONES * u64::from(b'"')));
        let escapes = has_zero(word ^ (ONES * u64::from(b'\\')));
        let controls = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
        let marks = quotes | escapes | controls;
        if marks != 0 {
            done += (marks.trailing_zeros() / 8) as usize;
            return (bytes[done] == b'"').then_some(done);
        }
        done += 8;
    }
    let found = bytes[done..].iter().position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20)?;
    (bytes[done + found] == b'"').then_some(done + found)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::time::Dialect;

    fn names() -> HashMap<String, String> {
        HashMap::from([("sho".to_owned(), "Sergei Shoigu".to_owned())])
    }

    /// What this reader and the full one make of a text; `None` where it is none of theirs.
    fn both(json: &str) -> (Option<String>, Option<String>) {
        let names = names();
        let reader = Reader { dialect: Dialect::default(), names: &names };
        let shown = |record: &Record<'_>| format!("{:?}", record.event);
        let mut record = Record::default();
        let plain = read(&reader, json, &mut record).then(|| {
            reader.finish(&mut record);
            shown(&record)
        });
        let mut record = Record::default();
        let full = reader.read_any(json, &mut record).is_ok().then(|| {
            reader.finish(&mut record);
            shown(&record)
        });
        (plain, full)
    }

    #[test]
    fn the_plain_form_is_read_here_and_gives_what_the_full_reader_gives() {
        for json in [
            r#"{"id":"e1","when":"2023-08-30","title":"Letters","actors":["sho","Kim Jong Un"," "],"tags":[],"sentence":"Es hieß so.","depth":7,"x":null}"#,
            "{ \"when\" : \"2023-08\" ,\t\"end\":\"2023-09\", \"actors\" : \"sho; B (host)\", \"status\":\"denied\", \"links\":\"e2\", \"evidence\":\"So it is.\" }\r",
            r#"{"title":"a","title":"b","status":"maybe","far":-120,"on":true}"#,
        ] {
            let (plain, full) = both(json);
            assert!(plain.is_some(), "{json}");
            assert_eq!(plain, full, "{json}");
        }
    }

    #[test]
    fn everything_else_is_left_to_the_full_reader() {
        for json in [
            "",
            "{}",
            "[]",
            "{\"a\":1",
            "{\"a\":1}x",
            "{\"a\":01}",
            "{\"a\":-}",
            "{\"a\":1.5}",
            "{\"a\":tru}",
            "{\"a\":[1]}",
            "{\"title\":3}",
            "{\"a\":\"x\\n\"}",
            "{\"a\":\"x\ty\"}",
            "{\"actors\":[\"a\",]}",
            "{\"actors\":[{\"name\":\"a\"}]}",
            "{\"a\" \"b\"}",
            "{\"a\":\"b\",}",
            "{\"a\":\"long enough for eight\u{1}bytes\"}",
        ] {
            assert_eq!(both(json).0, None, "{json}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_here_is_what_the_full_reader_gives(
            fields in prop::collection::vec(("when|end|title|kind|place|tags|actors|status|links|evidence|source|other", prop_oneof![
                "[ -~]{0,20}".prop_map(|text| format!("\"{text}\"")),
                "[à-ö\"\\\\ \t]{0,9}".prop_map(|text| format!("\"{text}\"")),
                "(\\[(\"[a-z ]{0,5}\",?){0,3}\\])".prop_map(|list| list),
                "-?[0-9]{1,4}|true|nul+|1e5|\\{\\}".prop_map(|word| word),
                Just("\"2023-08-30\"".to_owned()),
            ]), 1..6),
            broken in prop::option::of((any::<prop::sample::Index>(), "[,:\"\\]} {]")),
        ) {
            let mut json = format!("{{{}}}", fields.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect::<Vec<_>>().join(","));
            if let Some((at, with)) = broken {
                let places: Vec<usize> = json.char_indices().map(|(place, _)| place).collect();
                json.insert_str(*at.get(&places), &with);
            }
            if let (Some(plain), full) = both(&json) {
                prop_assert_eq!(Some(plain), full, "{}", json);
            }
        }
    }
}
