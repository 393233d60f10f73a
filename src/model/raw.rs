//! The text of a piece of a file as it was read: records borrow from it, and the store keeps it, or where it stands in the file, instead of copying each field.

use std::sync::Arc;

use super::TextFile;

/// A text in memory that never moves once records borrow from it. It holds bytes; who fills it sees to it that they are UTF-8.
#[derive(Debug, Default)]
pub struct RawText {
    /// Its bytes, and room for more behind them.
    room: Vec<u8>,
    len: usize,
}

impl RawText {
    /// An empty text with room for so many bytes at least.
    pub fn with_room(bytes: usize) -> Self {
        // Zeroed memory costs nothing before it is written to. Large pages for it were tried: where a virtual machine gives free memory back to its host, they cost five times
        // what small ones do, which mostly have been used before.
        Self { room: vec![0; bytes], len: 0 }
    }

    /// Empties it for another text of so many bytes at least; its memory stays.
    pub fn empty(&mut self, bytes: usize) {
        self.len = 0;
        self.grow(bytes);
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.room[..self.len]
    }

    /// Bytes that it could hold.
    pub fn room(&self) -> usize {
        self.room.len()
    }

    /// Makes room for so many bytes in all. What it holds is moved: nothing may borrow from it yet.
    pub fn grow(&mut self, bytes: usize) {
        self.room.resize(bytes.max(self.room.len()), 0);
    }

    /// Adds bytes as far as there is room.
    pub fn push(&mut self, bytes: &[u8]) {
        let free = &mut self.room[self.len..];
        let count = bytes.len().min(free.len());
        free[..count].copy_from_slice(&bytes[..count]);
        self.len += count;
    }

    /// Fills the room that is left by calls of `read`, which says how many bytes it gave; true where it gave none before the room was full.
    pub fn fill<E>(&mut self, mut read: impl FnMut(&mut [u8]) -> Result<usize, E>) -> Result<bool, E> {
        while self.len < self.room.len() {
            let count = read(&mut self.room[self.len..])?;
            if count == 0 {
                return Ok(true);
            }
            self.len += count;
        }
        Ok(false)
    }

    /// Forgets what is behind the first `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Where a text lent from this one begins in it; `None` for any other text.
    pub fn offset_of(&self, part: &str) -> Option<usize> {
        Place::of(self).offset_of(part)
    }
}

impl From<Vec<u8>> for RawText {
    fn from(bytes: Vec<u8>) -> Self {
        Self { len: bytes.len(), room: bytes }
    }
}

/// Where the text of a piece is once its records were read.
#[derive(Clone, Debug)]
pub enum PieceText {
    /// In memory.
    Kept(Arc<RawText>),
    /// In the file, from an offset on.
    InFile {
        /// The file.
        file: Arc<TextFile>,
        /// Where the piece begins in it, in bytes.
        offset: u64,
    },
}

impl Default for PieceText {
    fn default() -> Self {
        Self::Kept(Arc::default())
    }
}

/// The addresses that a text has, to tell which texts are lent from it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    begin: usize,
    len: usize,
}

impl Place {
    /// Those of a text.
    pub fn of(raw: &RawText) -> Self {
        Self { begin: raw.bytes().as_ptr() as usize, len: raw.len }
    }

    /// Where a text lent from it begins in it; `None` for any other text.
    pub fn offset_of(&self, part: &str) -> Option<usize> {
        let offset = (part.as_ptr() as usize).wrapping_sub(self.begin);
        (offset < self.len && part.len() <= self.len - offset).then_some(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_grows_and_keeps_what_it_holds() {
        for room in [10, 5_000] {
            let mut text = RawText::with_room(room);
            assert!(text.room() >= room);
            text.push(b"some words");
            text.grow(20_000);
            assert_eq!(text.bytes(), b"some words");
            let mut left = 7;
            let ended = text.fill(|into| -> Result<usize, ()> {
                let count = into.len().min(left).min(3);
                into[..count].fill(b'x');
                left -= count;
                Ok(count)
            });
            assert_eq!((ended, text.bytes()), (Ok(true), &b"some wordsxxxxxxx"[..]));
            text.truncate(4);
            assert_eq!(text.bytes(), b"some");
        }
    }

    #[test]
    fn only_texts_lent_from_it_have_a_place_in_it() {
        let text = RawText::from(b"one two three".to_vec());
        let words = std::str::from_utf8(text.bytes()).unwrap();
        assert_eq!(text.offset_of(&words[4..7]), Some(4));
        assert_eq!(text.offset_of("two"), None);
    }
}
