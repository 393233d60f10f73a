//! At which line of the file a record begins, for ends of lines of every kind.

use std::collections::VecDeque;
use std::io::{self, Read};

/// Passes text on, and remembers where in it lines end until they are asked for.
pub(super) struct Positions<R> {
    from: R,
    /// The offset of the next byte.
    at: u64,
    /// The ends of lines not yet asked for: the offset of each and of what follows it.
    ends: VecDeque<(u64, u64)>,
    /// Whether the last byte was a carriage return.
    after_return: bool,
    /// Lines that ended before the records asked for so far.
    passed: u64,
}

impl<R> Positions<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, at: 0, ends: VecDeque::new(), after_return: false, passed: 0 }
    }

    /// Where the text comes from.
    pub(super) fn inner(&self) -> &R {
        &self.from
    }

    /// The first line, from 1, of a record read from the bytes `[start, end)`, and how many lines it spans.
    ///
    /// Ends of lines before the record's first letter are not its own. Calls must go forward through the text.
    pub(super) fn lines_of(&mut self, mut start: u64, end: u64) -> (u64, u64) {
        while let Some((at, after)) = self.ends.front().copied() {
            if at > start {
                break;
            }
            start = start.max(after);
            self.passed += 1;
            self.ends.pop_front();
        }
        let first = self.passed + 1;
        while let Some((at, after)) = self.ends.front().copied() {
            // The end of its last line is left to the next record.
            if after >= end {
                break;
            }
            let _ = at;
            self.passed += 1;
            self.ends.pop_front();
        }
        (first, self.passed + 2 - first)
    }
}

impl<R: Read> Read for Positions<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        let bytes = &into[..count];
        for index in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let offset = self.at + index as u64;
            let before = if index == 0 { self.after_return } else { bytes[index - 1] == b'\r' };
            match self.ends.back_mut() {
                Some(last) if bytes[index] == b'\n' && before && last.1 == offset => last.1 += 1,
                _ => self.ends.push_back((offset, offset + 1)),
            }
        }
        if let Some(last) = bytes.last() {
            self.after_return = *last == b'\r';
        }
        self.at += count as u64;
        Ok(count)
    }
}
