//! Bytes that mostly stand near: the ends of cells and strings, most of which are so short that a wide search takes longer to set up than to find them.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Bytes that are looked through eight by eight; beyond them a wide search is worth its beginning.
pub(super) const NEAR: usize = 24;

/// Eight bytes at a place as one number, the first of them its lowest; `None` where there are not so many.
#[inline]
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 8).map(|eight| u64::from_le_bytes(eight.try_into().unwrap_or_default()))
}

/// The highest bit of each byte of a word that is one of those wanted.
#[inline]
pub(super) fn marks<const N: usize>(wanted: [u8; N], word: u64) -> u64 {
    // No carry goes from byte to byte, so that each mark is true.
    let not_zero = |word: u64| ((word & !HIGH) + !HIGH) | word;
    !wanted.iter().fold(u64::MAX, |other, &byte| other & not_zero(word ^ (ONES * u64::from(byte)))) & HIGH
}

/// Where the first of some bytes stands, if it is near; else how many bytes were looked through in vain.
#[inline]
pub(super) fn first_of<const N: usize>(wanted: [u8; N], bytes: &[u8]) -> Result<usize, usize> {
    let mut done = 0;
    while done < NEAR
        && let Some(word) = word(bytes, done)
    {
        let marks = marks(wanted, word);
        if marks != 0 {
            return Ok(done + (marks.trailing_zeros() / 8) as usize);
        }
        done += 8;
    }
    Err(done)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_near_is_found_as_by_looking_at_each_byte(
            bytes in prop::collection::vec(prop_oneof![Just(b','), Just(b'\n'), Just(b','.wrapping_add(1)), Just(0), any::<u8>(), any::<u8>(), any::<u8>()], 0..40),
        ) {
            let at = bytes.iter().position(|byte| [b',', b'\n', b'\r'].contains(byte));
            match first_of([b',', b'\n', b'\r'], &bytes) {
                Ok(found) => prop_assert_eq!(Some(found), at),
                Err(done) => prop_assert!(done == (bytes.len() / 8 * 8).min(NEAR) && at.is_none_or(|at| at >= done)),
            }
        }

        #[test]
        fn each_mark_is_true(word: u64, wanted: [u8; 3]) {
            let bytes = word.to_le_bytes();
            let marks = marks(wanted, word).to_le_bytes();
            for (byte, mark) in bytes.into_iter().zip(marks) {
                prop_assert_eq!(mark, if wanted.contains(&byte) { 0x80 } else { 0 });
            }
        }
    }
}
