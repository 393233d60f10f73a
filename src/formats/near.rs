//! Bytes that mostly stand near: the ends of strings, most of which are so short that a wide search takes longer to set up than to find them.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Bytes that are looked through eight by eight; beyond them a wide search is worth its beginning.
const NEAR: usize = 24;

/// Where the first of some bytes stands, if it is near; else how many bytes were looked through in vain.
#[inline]
pub(super) fn first_of<const N: usize>(wanted: [u8; N], bytes: &[u8]) -> Result<usize, usize> {
    // The lowest marked byte is one that is wanted (higher marks may be false).
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let mut done = 0;
    for eight in bytes.chunks_exact(8).take(NEAR / 8) {
        let word = u64::from_le_bytes(eight.try_into().unwrap_or_default());
        let marks = wanted.iter().fold(0, |marks, &byte| marks | has_zero(word ^ (ONES * u64::from(byte))));
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
    }
}
