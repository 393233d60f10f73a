//! The plain form of a record, read straight from its bytes: an object whose values are texts, lists of texts for `actors` and `tags`, and, in fields of
//! other names, whole numbers, `true`, `false` and `null`; no escapes in it.
//!
//! Nearly every record of a large file has it. All else, and all that is broken, is left to the full reader, which gives the same for what is read here.

use std::borrow::Cow;
use std::ops::Range;

use super::loose::Loose;
use super::record::{Reader, Record, TextSlot, is_known};
use crate::model::{Further, Value};

/// Reads a record of the plain form; false where it has another, and then the record holds anything.
pub(super) fn read<'a>(reader: &Reader<'_>, json: &'a str, record: &mut Record<'a>) -> bool {
    // Control characters, which no string may hold, are looked for once; each string is looked through only where there are any.
    let has_controls = json.bytes().fold(u8::MAX, u8::min) < 0x20;
    let mut habit = std::mem::take(&mut record.habit);
    let done = Plain { json, at: 0, has_controls }.object(reader, record, &mut habit).is_some();
    record.habit = habit;
    done
}

/// How the keys of records follow each other: the records of a file are written by one program, which puts the same keys in the same order with the same blanks.
#[derive(Debug, Default)]
pub(super) struct Habit(Vec<Usual>);

/// What usually stands before the value of one field.
#[derive(Debug)]
struct Usual {
    /// From behind the value before to the first byte of this one.
    written: Vec<u8>,
    /// Where in it the key stands.
    key: Range<usize>,
    target: Target,
}

/// Where a value belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Text(TextSlot),
    Actors,
    Tags,
    /// A field that the program knows and that is read by its name.
    Known,
    /// A field that it does not know.
    Further,
}

impl Target {
    fn of(key: &str) -> Self {
        match TextSlot::of(key) {
            Some(slot) => Self::Text(slot),
            None if key == "actors" => Self::Actors,
            None if key == "tags" => Self::Tags,
            None if is_known(key) => Self::Known,
            None => Self::Further,
        }
    }
}

/// Fields of a record, and items of a list, that are read here; the full reader says what is to be said of more.
const ITEMS_MOST: usize = 10_000;

/// A place in a text.
struct Plain<'a> {
    json: &'a str,
    at: usize,
    has_controls: bool,
}

impl<'a> Plain<'a> {
    fn object(&mut self, reader: &Reader<'_>, record: &mut Record<'a>, habit: &mut Habit) -> Option<()> {
        for field in 0..=ITEMS_MOST {
            if field == ITEMS_MOST {
                return None;
            }
            let (key, target) = match habit.0.get(field) {
                Some(usual) if self.json.as_bytes()[self.at..].starts_with(&usual.written) => {
                    let key = self.json.get(self.at + usual.key.start..self.at + usual.key.end)?;
                    self.at += usual.written.len();
                    (key, usual.target)
                }
                _ => self.key(field, habit)?,
            };
            self.value(key, target, reader, record)?;
            self.blanks();
            match self.byte()? {
                // The comma is taken with the next key.
                b',' => {}
                b'}' => break,
                _ => return None,
            }
        }
        self.at += 1;
        self.blanks();
        (self.at == self.json.len()).then_some(())
    }

    /// Reads all up to the next value, and makes it the habit.
    fn key(&mut self, field: usize, habit: &mut Habit) -> Option<(&'a str, Target)> {
        let begin = self.at;
        self.expect(if field == 0 { b'{' } else { b',' })?;
        let key = self.string()?;
        let key_end = self.at - 1 - begin;
        self.expect(b':')?;
        self.blanks();
        let target = Target::of(key);
        habit.0.truncate(field);
        habit.0.push(Usual { written: self.json.as_bytes()[begin..self.at].to_vec(), key: key_end - key.len()..key_end, target });
        Some((key, target))
    }

    /// Reads a value and puts it where it belongs.
    fn value(&mut self, key: &'a str, target: Target, reader: &Reader<'_>, record: &mut Record<'a>) -> Option<()> {
        match (self.byte()?, target) {
            (b'"', _) => {
                let text = self.string()?;
                match target {
                    Target::Text(slot) => *record.slot(slot) = Cow::Borrowed(text),
                    Target::Further => {
                        record.event.further.push(Further { name: Cow::Borrowed(key), value: Value::Text(Cow::Borrowed(text)) });
                    }
                    Target::Actors | Target::Tags | Target::Known => reader.take(record, key, Loose::Text(Cow::Borrowed(text))),
                }
            }
            (b'[', Target::Actors) => self.list(|name| record.event.actors.push(reader.actor(Cow::Borrowed(name))))?,
            (b'[', Target::Tags) => self.list(|tag| record.event.tags.push(Cow::Borrowed(tag)))?,
            (b'[' | b'{', _) => return None,
            (_, Target::Further) => {
                let value = Value::Json(Cow::Borrowed(self.word()?));
                record.event.further.push(Further { name: Cow::Borrowed(key), value });
            }
            _ => return None,
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
        for count in 0.. {
            if count == ITEMS_MOST {
                break;
            }
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
        None
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
        (!self.has_controls || text.bytes().all(|byte| byte >= 0x20)).then_some(text)
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

/// How many bytes stand before the quotation mark that ends a string; `None` where an escape stands before it.
fn plain_length(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // Eight bytes at once: the lowest marked byte is one that ends the string or must not stand in it (higher marks may be false).
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let mut done = 0;
    // Most strings are short; for the others the wide search is worth its beginning.
    for eight in bytes.chunks_exact(8).take(3) {
        let word = u64::from_le_bytes(eight.try_into().unwrap_or_default());
        let marks = has_zero(word ^ (ONES * u64::from(b'"'))) | has_zero(word ^ (ONES * u64::from(b'\\')));
        if marks != 0 {
            done += (marks.trailing_zeros() / 8) as usize;
            return (bytes[done] == b'"').then_some(done);
        }
        done += 8;
    }
    let found = memchr::memchr2(b'"', b'\\', &bytes[done..])?;
    (bytes[done + found] == b'"').then_some(done + found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::json::actor_names::ActorNames;
    use crate::time::Dialect;

    fn names() -> ActorNames {
        let mut names = ActorNames::default();
        names.add("sho", "Sergei Shoigu");
        names
    }

    /// What this reader and the full one make of a text; `None` where it is none of theirs.
    fn both(json: &str) -> (Option<String>, Option<String>) {
        let names = names();
        let reader = Reader { dialect: Dialect::default(), names: &names };
        let shown = |record: &Record<'_>| format!("{:?}", record.event);
        let mut record = Record::default();
        // What the habits of the records before it are must not matter.
        for other in [r#"{"id": "a", "when": "2023", "actors": ["B"]}"#, r#"{"when":"2023-08-30","title":"x","other":"y"}"#] {
            record.clear();
            read(&reader, other, &mut record);
        }
        record.clear();
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
