//! Where the cells of a text may end: every delimiter and line end of a block of bytes at once, as the bits of a number, as most blocks hold several.

use wide::u8x16;

/// Bytes of a block.
const BLOCK: usize = 64;

/// The bytes that end a cell, found from the beginning of a text to its end.
pub(super) struct Ends {
    wanted: [u8; 3],
    /// Where the block begins whose bytes were looked at last; where none can, before any was.
    base: usize,
    /// A bit for each of them that is wanted.
    found: u64,
}

impl Ends {
    pub(super) const fn new(wanted: [u8; 3]) -> Self {
        Self { wanted, base: usize::MAX, found: 0 }
    }

    /// Where the first of them stands from a place on, or the end of the text. It must be the same text each time; places that go forward cost least.
    #[inline]
    pub(super) fn next_from(&mut self, text: &[u8], place: usize) -> usize {
        let base = place - place % BLOCK;
        if base != self.base {
            self.look_at(text, base);
        }
        let mut found = self.found & (u64::MAX << (place - base));
        while found == 0 {
            let next = self.base + BLOCK;
            if next >= text.len() {
                return text.len();
            }
            self.look_at(text, next);
            found = self.found;
        }
        self.base + found.trailing_zeros() as usize
    }

    fn look_at(&mut self, text: &[u8], base: usize) {
        self.base = base;
        self.found = if let Some(block) = text.get(base..base + BLOCK).and_then(|block| block.try_into().ok()) {
            found_in(block, self.wanted)
        } else {
            // The last bytes of a text, behind which no byte is wanted.
            let rest = text.get(base..).unwrap_or_default();
            let bits = rest.iter().enumerate().map(|(at, byte)| u64::from(self.wanted.contains(byte)) << at);
            bits.fold(0, |found, bit| found | bit)
        };
    }
}

/// A bit for each byte of a block that is one of those wanted.
#[inline]
fn found_in(block: &[u8; BLOCK], wanted: [u8; 3]) -> u64 {
    let [a, b, c] = wanted.map(u8x16::splat);
    let parts = block.as_chunks::<16>().0.iter().enumerate();
    parts.fold(0, |found, (at, part)| {
        let bytes = u8x16::new(*part);
        let equal = bytes.simd_eq(a) | bytes.simd_eq(b) | bytes.simd_eq(c);
        found | u64::from(equal.to_bitmask()) << (16 * at)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_end_where_they_end_at_the_edges_of_blocks_too() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK] {
            let text = vec![b'x'; length];
            let mut ends = Ends::new([b',', b'\n', b'\r']);
            assert!((0..=length).all(|place| ends.next_from(&text, place) == length), "{length}");
            let ended = [&text[..], b","].concat();
            let mut ends = Ends::new([b',', b'\n', b'\r']);
            assert!((0..=length).all(|place| ends.next_from(&ended, place) == length), "{length}");
            assert_eq!(ends.next_from(&ended, length + 1), length + 1);
        }
    }

    proptest! {
        #[test]
        fn ends_are_those_that_looking_at_each_byte_finds(text in "([a-c,\\r\\n]|x{30}|é{20}|,{10}){0,40}", mut places in prop::collection::vec(0..900_usize, 1..20)) {
            let bytes = text.as_bytes();
            let mut ends = Ends::new([b',', b'\n', b'\r']);
            places.sort_unstable();
            for place in places.into_iter().chain([0]).filter(|place| *place <= bytes.len()) {
                let expected = bytes[place..].iter().position(|byte| b",\r\n".contains(byte)).map_or(bytes.len(), |found| place + found);
                prop_assert_eq!(ends.next_from(bytes, place), expected);
            }
        }

        #[test]
        fn each_bit_is_true(block: [u8; 32], wanted: [u8; 3]) {
            // Any byte is as likely as one of those wanted.
            let block: [u8; BLOCK] = std::array::from_fn(|at| if at % 2 == 0 { block[at / 2] } else { wanted[at % 3] });
            let found = found_in(&block, wanted);
            for (at, byte) in block.iter().enumerate() {
                prop_assert_eq!(found >> at & 1 == 1, wanted.contains(byte));
            }
        }
    }
}
