//! The canonical text of a date that was written in another form: short, so that it needs no memory of its own.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// Bytes that stand in place; a longer text is kept on the heap.
const IN_PLACE: usize = 38;

/// A canonical date: lent, kept on the heap, or, as nearly always, held in place.
#[derive(Clone)]
pub struct Canonical<'a>(Kept<'a>);

#[derive(Clone)]
enum Kept<'a> {
    Text(Cow<'a, str>),
    /// ASCII bytes, as many as the number says.
    InPlace([u8; IN_PLACE], u8),
}

impl Canonical<'_> {
    /// An empty text to write into.
    pub(in crate::time) const fn new() -> Self {
        Self(Kept::InPlace([0; IN_PLACE], 0))
    }

    /// A short text of ASCII bytes; nothing where it is too long or has others.
    pub(in crate::time) fn of_ascii(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; IN_PLACE];
        bytes.get_mut(..text.len()).filter(|_| text.is_ascii())?.copy_from_slice(text);
        Some(Self(Kept::InPlace(bytes, text.len() as u8)))
    }

    /// Adds ASCII text.
    pub(in crate::time) fn push(&mut self, text: &str) {
        if let Kept::InPlace(bytes, length) = &mut self.0 {
            let from = usize::from(*length);
            if let Some(room) = bytes.get_mut(from..from + text.len()).filter(|_| text.is_ascii()) {
                room.copy_from_slice(text.as_bytes());
                *length += text.len() as u8;
                return;
            }
            self.0 = Kept::Text(Cow::Owned((**self).to_owned()));
        }
        if let Kept::Text(kept) = &mut self.0 {
            kept.to_mut().push_str(text);
        }
    }

    /// Adds a number in at least so many digits.
    pub(in crate::time) fn push_number(&mut self, value: u64, width: usize) {
        let mut digits = [b'0'; 20];
        let mut rest = value;
        let mut from = digits.len();
        while rest > 0 || digits.len() - from < width.min(20) {
            from -= 1;
            digits[from] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        self.push(std::str::from_utf8(&digits[from..]).unwrap_or_default());
    }

    /// The same, owning its text.
    pub fn into_owned(self) -> Canonical<'static> {
        Canonical(match self.0 {
            Kept::Text(text) => Kept::Text(Cow::Owned(text.into_owned())),
            Kept::InPlace(bytes, length) => Kept::InPlace(bytes, length),
        })
    }
}

impl Deref for Canonical<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Kept::Text(text) => text,
            Kept::InPlace(bytes, length) => {
                bytes.get(..usize::from(*length)).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
            }
        }
    }
}

impl<'a> From<&'a str> for Canonical<'a> {
    fn from(text: &'a str) -> Self {
        Self(Kept::Text(Cow::Borrowed(text)))
    }
}

impl From<String> for Canonical<'_> {
    fn from(text: String) -> Self {
        Self(Kept::Text(Cow::Owned(text)))
    }
}

impl PartialEq for Canonical<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Canonical<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_in_place_and_long_on_the_heap() {
        let mut text = Canonical::new();
        text.push("[");
        text.push_number(843, 4);
        text.push("..");
        text.push_number(12_000, 4);
        assert_eq!(&*text, "[0843..12000");
        assert!(matches!(text.0, Kept::InPlace(..)));
        for _ in 0..10 {
            text.push("abcdef");
        }
        assert_eq!(text.len(), 72);
        assert_eq!(text.clone().into_owned(), text);
        text.push_number(0, 0);
        text.push_number(u64::MAX, 4);
        assert!(text.ends_with("18446744073709551615"));
    }
}
