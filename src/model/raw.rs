//! The text of a piece of a file as it was read: records borrow from it, and the store keeps it instead of copying each field.

/// Bytes from which memory is taken in large pages where the system has them: a page less to be handed out is a good part of the time of loading.
const LARGE: usize = 2 * 1024 * 1024;

/// A text in memory that never moves once records borrow from it. It holds bytes; who fills it sees to it that they are UTF-8.
#[derive(Debug, Default)]
pub struct RawText {
    room: Room,
    len: usize,
}

/// Where the bytes are. Pages are memory of the process like any other, not a file.
#[derive(Debug)]
enum Room {
    Heap(Vec<u8>),
    #[cfg(target_os = "linux")]
    Pages(memmap2::MmapMut),
}

impl Default for Room {
    fn default() -> Self {
        Self::Heap(Vec::new())
    }
}

impl Room {
    fn of(bytes: usize) -> Self {
        #[cfg(target_os = "linux")]
        if bytes >= LARGE
            && let Ok(pages) = memmap2::MmapMut::map_anon(bytes.next_multiple_of(LARGE))
        {
            // Where there are no large pages, small ones do as well.
            let _ = pages.advise(memmap2::Advice::HugePage);
            return Self::Pages(pages);
        }
        Self::Heap(vec![0; bytes])
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Heap(bytes) => bytes,
            #[cfg(target_os = "linux")]
            Self::Pages(pages) => pages,
        }
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        match self {
            Self::Heap(bytes) => bytes,
            #[cfg(target_os = "linux")]
            Self::Pages(pages) => pages,
        }
    }
}

impl RawText {
    /// An empty text with room for so many bytes at least.
    pub fn with_room(bytes: usize) -> Self {
        Self { room: Room::of(bytes), len: 0 }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.room.bytes()[..self.len]
    }

    /// Bytes that it could hold.
    pub fn room(&self) -> usize {
        self.room.bytes().len()
    }

    /// Makes room for so many bytes in all. What it holds is moved: nothing may borrow from it yet.
    pub fn grow(&mut self, bytes: usize) {
        if self.room() < bytes {
            let mut room = Room::of(bytes);
            room.bytes_mut()[..self.len].copy_from_slice(self.bytes());
            self.room = room;
        }
    }

    /// Adds bytes as far as there is room.
    pub fn push(&mut self, bytes: &[u8]) {
        let free = &mut self.room.bytes_mut()[self.len..];
        let count = bytes.len().min(free.len());
        free[..count].copy_from_slice(&bytes[..count]);
        self.len += count;
    }

    /// Fills the room that is left by calls of `read`, which says how many bytes it gave; true where it gave none before the room was full.
    pub fn fill<E>(&mut self, mut read: impl FnMut(&mut [u8]) -> Result<usize, E>) -> Result<bool, E> {
        while self.len < self.room() {
            let count = read(&mut self.room.bytes_mut()[self.len..])?;
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
        Self { len: bytes.len(), room: Room::Heap(bytes) }
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
        for room in [10, LARGE + 5] {
            let mut text = RawText::with_room(room);
            assert!(text.room() >= room);
            text.push(b"some words");
            text.grow(3 * LARGE);
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
