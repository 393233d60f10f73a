//! Where the parts of a large JSON document begin and end, found in one pass over its bytes without reading them.
//!
//! Strings, brackets and commas are followed; what stands between them is left to the reader of each part. What is not laid out as JSON is not outlined at all: the full
//! parser then says what is wrong with it, and where.

use std::ops::Range;

/// Where an item stands in its document, in eight bytes: a list of millions may have two for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) struct Span {
    begin: u32,
    end: u32,
}

impl Span {
    /// That of a range of a text of less than 4 GB.
    pub(in crate::formats) const fn of(range: &Range<usize>) -> Self {
        Self { begin: range.start as u32, end: range.end as u32 }
    }

    /// Its bytes.
    pub(in crate::formats) const fn range(self) -> Range<usize> {
        self.begin as usize..self.end as usize
    }
}

/// A document whose outermost value is an object with a list in it, or that list itself.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Outline {
    /// The fields of the object but the list, each with its key (without quotation marks) and its value.
    pub fields: Vec<(Range<usize>, Range<usize>)>,
    /// The items of the list; `None` where there is no such list.
    pub items: Option<Vec<Span>>,
}

/// Outlines an object, of which the field named `list` holds the items.
pub(super) fn of_object(text: &str, list: &str) -> Option<Outline> {
    let mut scan = Scan::of(text)?;
    let mut outline = Outline::default();
    scan.each_field(&mut |scan, key| {
        // A key that stands twice is left to the full parser as well.
        if scan.next()? == b'[' && outline.items.is_none() && text.get(key.clone())? == list {
            outline.items = Some(scan.items()?);
        } else {
            outline.fields.push((key, scan.value()?));
        }
        Some(())
    })?;
    scan.ends().then_some(outline)
}

/// Outlines a list.
pub(super) fn of_list(text: &str) -> Option<Vec<Span>> {
    let mut scan = Scan::of(text)?;
    let items = if scan.next()? == b'[' { scan.items()? } else { return None };
    scan.ends().then_some(items)
}

/// Visits the items of a list one after the other; whether it is one to its end.
pub(super) fn each_of_list<'t>(text: &'t str, visit: &mut dyn FnMut(&'t str)) -> bool {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    let is_list = scan.next() == Some(b'[') && scan.each_item(&mut |item| text.get(item).map(&mut *visit)).is_some();
    is_list && scan.ends()
}

/// Visits the fields of an object one after the other, each with its key in quotation marks and its value; whether it is one to its end.
pub(super) fn each_of_object<'t>(text: &'t str, visit: &mut dyn FnMut(&'t str, &'t str)) -> bool {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    let is_object = scan.each_field(&mut |scan, key| {
        let value = scan.value()?;
        visit(text.get(key.start - 1..key.end + 1)?, text.get(value)?);
        Some(())
    });
    is_object.is_some() && scan.ends()
}

/// A place in a text.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    /// The beginning of a text; `None` for one of 4 GB and more, in which a span cannot say where it is.
    fn of(text: &'a str) -> Option<Self> {
        u32::try_from(text.len()).is_ok().then_some(Self { bytes: text.as_bytes(), at: 0 })
    }
}

impl Scan<'_> {
    /// The next byte that is not white space, which is not passed.
    fn next(&mut self) -> Option<u8> {
        while matches!(self.bytes.get(self.at)?, b' ' | b'\t' | b'\r' | b'\n') {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        let found = self.next()? == wanted;
        self.at += 1;
        found.then_some(())
    }

    /// Whether nothing is left.
    fn ends(&mut self) -> bool {
        self.next().is_none()
    }

    /// Passes an object; at each value, which `visit` passes, it is given the key without quotation marks.
    fn each_field(&mut self, visit: &mut dyn FnMut(&mut Self, Range<usize>) -> Option<()>) -> Option<()> {
        self.expect(b'{')?;
        if self.next()? != b'}' {
            loop {
                let key = self.string()?;
                self.expect(b':')?;
                self.next()?;
                visit(self, key)?;
                match self.next()? {
                    b',' => self.at += 1,
                    b'}' => break,
                    _ => return None,
                }
            }
        }
        self.at += 1;
        Some(())
    }

    /// Passes a list; gives its items.
    fn items(&mut self) -> Option<Vec<Span>> {
        let mut items = Vec::new();
        self.each_item(&mut |item| {
            items.push(Span::of(&item));
            Some(())
        })?;
        Some(items)
    }

    /// Passes a list, each of whose items is visited.
    fn each_item(&mut self, visit: &mut dyn FnMut(Range<usize>) -> Option<()>) -> Option<()> {
        self.expect(b'[')?;
        if self.next()? == b']' {
            self.at += 1;
            return Some(());
        }
        loop {
            self.next()?;
            visit(self.value()?)?;
            match self.next()? {
                b',' => self.at += 1,
                b']' => break,
                _ => return None,
            }
        }
        self.at += 1;
        Some(())
    }

    /// Passes a value, at whose first byte it stands.
    fn value(&mut self) -> Option<Range<usize>> {
        let begin = self.at;
        match *self.bytes.get(begin)? {
            b'"' => {
                self.string()?;
            }
            b'{' | b'[' => self.brackets()?,
            b',' | b':' | b'}' | b']' => return None,
            _ => {
                let is_end = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n');
                self.at += self.bytes[begin..].iter().position(is_end).unwrap_or(self.bytes.len() - begin);
            }
        }
        Some(begin..self.at)
    }

    /// Passes an object or a list with all that is in it.
    fn brackets(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match *self.bytes.get(self.at)? {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Passes a string; gives what stands in it.
    fn string(&mut self) -> Option<Range<usize>> {
        self.expect(b'"')?;
        let begin = self.at;
        loop {
            self.at += memchr::memchr2(b'"', b'\\', self.bytes.get(self.at..)?)?;
            if self.bytes[self.at] == b'"' {
                self.at += 1;
                return Some(begin..self.at - 1);
            }
            self.at += 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;

    fn texts(text: &str, spans: &[Span]) -> Vec<String> {
        spans.iter().map(|span| text[span.range()].to_owned()).collect()
    }

    #[test]
    fn the_items_are_found_and_the_other_fields_kept() {
        let text = r#" {"a": [1, "]"], "events" : [ {"x":"\"}"}, [2] ,7,null ],"b":{"events":[3]} , "c":-1.5e3} "#;
        let outline = of_object(text, "events").unwrap();
        assert_eq!(texts(text, &outline.items.unwrap()), [r#"{"x":"\"}"}"#, "[2]", "7", "null"]);
        let fields: Vec<(&str, &str)> = outline.fields.iter().map(|(key, value)| (&text[key.clone()], &text[value.clone()])).collect();
        assert_eq!(fields, [("a", r#"[1, "]"]"#), ("b", r#"{"events":[3]}"#), ("c", "-1.5e3")]);
    }

    #[test]
    fn what_is_not_laid_out_as_json_is_not_outlined() {
        for text in ["", "{", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":1,}", "[]]", "{\"events\":[1,2}", "[\"a]", "[1],"] {
            assert_eq!((of_object(text, "events"), of_list(text)), (None, None), "{text}");
        }
        assert_eq!(of_list("[]"), Some(vec![]));
    }

    proptest! {
        /// Where the full parser reads a list, the outline has the same items.
        #[test]
        fn the_outline_has_the_items_of_the_full_parser(text in "\\[([\\[\\]{}\",:1ae\\\\ ]{0,4},?){0,6}\\]") {
            if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(&text) {
                let own = of_list(&text).map(|ranges| texts(&text, &ranges));
                prop_assert_eq!(own, Some(items.into_iter().map(|item| item.get().to_owned()).collect()));
            }
        }
    }
}
