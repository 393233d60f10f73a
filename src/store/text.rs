//! The memory of records: pieces of the files as they were read, and the packed records that stand in them.

use std::sync::Arc;

use super::NameId;
use crate::model::RawText;

/// For each name of a piece, by its number there, its number in the store.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    pub actors: Vec<NameId>,
    pub kinds: Vec<NameId>,
    pub places: Vec<NameId>,
    pub tags: Vec<NameId>,
    pub sources: Vec<NameId>,
}

/// A piece of a file with its records.
#[derive(Debug)]
pub(super) struct TextPiece {
    pub packed: Vec<u8>,
    /// What the records borrow from; empty where they hold all their text.
    pub raw: Arc<RawText>,
    /// `None` where names have the numbers that they have in the store.
    pub numbers: Option<Numbers>,
    /// Which of the opened files it belongs to.
    pub file: u32,
}

/// A packed record with all that is needed to read it.
#[derive(Clone, Copy)]
pub(super) struct Packed<'a> {
    /// The bytes from the record's head on.
    pub bytes: &'a [u8],
    /// The text that its fields stand in.
    pub raw: &'a [u8],
    pub numbers: Option<&'a Numbers>,
    pub file: u32,
}

/// Bits of a record's place that say where in its piece it stands; those above say in which.
const PLACE_BITS: u32 = 40;

/// Where the record at `at` of the piece with that number stands.
pub(super) const fn place(piece: usize, at: usize) -> u64 {
    (piece as u64) << PLACE_BITS | at as u64
}

/// The record at a place; an empty one for a place that was never given.
pub(super) fn packed_at(pieces: &[Arc<TextPiece>], place: u64) -> Packed<'_> {
    let Some(piece) = pieces.get((place >> PLACE_BITS) as usize) else { return Packed { bytes: &[], raw: &[], numbers: None, file: 0 } };
    let at = (place & ((1 << PLACE_BITS) - 1)) as usize;
    Packed { bytes: piece.packed.get(at..).unwrap_or_default(), raw: piece.raw.bytes(), numbers: piece.numbers.as_ref(), file: piece.file }
}
