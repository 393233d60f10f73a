//! The memory of records: pieces of the files as they were read, and the packed records that stand in them.

use std::sync::Arc;

use super::NameId;
use super::unpack::lent_span;
use crate::model::{PieceText, RawText, TextFile};

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
    pub text: PieceText,
    /// `None` where names have the numbers that they have in the store.
    pub numbers: Option<Numbers>,
    /// Which of the opened files it belongs to.
    pub file: u32,
}

impl TextPiece {
    /// Its text, where that is in memory.
    pub(super) fn kept(&self) -> Option<&Arc<RawText>> {
        match &self.text {
            PieceText::Kept(raw) => Some(raw),
            PieceText::InFile { .. } => None,
        }
    }
}

/// The files that pieces are read from again, each once.
pub(super) fn files_of(pieces: &[Arc<TextPiece>]) -> Vec<Arc<TextFile>> {
    let mut files: Vec<Arc<TextFile>> = Vec::new();
    for piece in pieces {
        if let PieceText::InFile { file, .. } = &piece.text
            && files.last().is_none_or(|last| !Arc::ptr_eq(last, file))
        {
            files.push(Arc::clone(file));
        }
    }
    files
}

/// A packed record with all that is needed to read it.
#[derive(Clone, Copy)]
pub(super) struct Packed<'a> {
    /// The bytes from the record's head on.
    pub bytes: &'a [u8],
    /// The text that its fields stand in, as far as it is at hand.
    pub raw: &'a [u8],
    /// Where in the piece that text begins.
    pub raw_from: usize,
    pub numbers: Option<&'a Numbers>,
    pub file: u32,
}

/// Bits of a record's place that say where in its piece it stands; those above say in which.
const PLACE_BITS: u32 = 40;

/// Where the record at `at` of the piece with that number stands.
pub(super) const fn place(piece: usize, at: usize) -> u64 {
    (piece as u64) << PLACE_BITS | at as u64
}

/// The piece that a place is in, and where in its records.
fn piece_at(pieces: &[Arc<TextPiece>], place: u64) -> Option<(&TextPiece, usize)> {
    Some((pieces.get((place >> PLACE_BITS) as usize)?, (place & ((1 << PLACE_BITS) - 1)) as usize))
}

/// The record at a place, with what it holds itself and what of its text is in memory; an empty one for a place that was never given.
pub(super) fn packed_at(pieces: &[Arc<TextPiece>], place: u64) -> Packed<'_> {
    let Some((piece, at)) = piece_at(pieces, place) else {
        return Packed { bytes: &[], raw: &[], raw_from: 0, numbers: None, file: 0 };
    };
    let raw = piece.kept().map_or(&[][..], |raw| raw.bytes());
    Packed { bytes: piece.packed.get(at..).unwrap_or_default(), raw, raw_from: 0, numbers: piece.numbers.as_ref(), file: piece.file }
}

/// The file that the text of a place is read from again; `None` where it is in memory.
pub(super) fn file_at(pieces: &[Arc<TextPiece>], place: u64) -> Option<&TextFile> {
    match &piece_at(pieces, place)?.0.text {
        PieceText::InFile { file, .. } => Some(file),
        PieceText::Kept(_) => None,
    }
}

/// Reads records with all their text, one after the other: those whose text is in a file are read from there.
pub(super) struct TextReader<'s> {
    pieces: &'s [Arc<TextPiece>],
    buffer: Vec<u8>,
    /// What the buffer holds: bytes of a file from an offset on.
    held: Option<(&'s TextFile, u64)>,
}

/// Bytes that are read at once where records follow one another.
const AHEAD: usize = 64 * 1024;

impl<'s> TextReader<'s> {
    pub(super) fn new(pieces: &'s [Arc<TextPiece>]) -> Self {
        Self { pieces, buffer: Vec::new(), held: None }
    }

    /// The record at a place. Text that could not be read is left out of it, and its file then says so.
    pub(super) fn record(&mut self, place: u64) -> Packed<'_> {
        let record = packed_at(self.pieces, place);
        let Some((TextPiece { text: PieceText::InFile { file, offset }, .. }, _)) = piece_at(self.pieces, place) else { return record };
        let span = lent_span(record);
        if span.is_empty() || !self.hold(file, offset + span.start as u64, span.len()) {
            return record;
        }
        let from = (offset + span.start as u64 - self.held.map_or(0, |(_, from)| from)) as usize;
        Packed { raw: &self.buffer[from..], raw_from: span.start, ..record }
    }

    /// Sees to it that the buffer holds so many bytes of a file from an offset on.
    fn hold(&mut self, file: &'s TextFile, offset: u64, bytes: usize) -> bool {
        let held_end = match self.held {
            Some((held, from)) if std::ptr::eq(held, file) => {
                let end = from + self.buffer.len() as u64;
                if from <= offset && offset + bytes as u64 <= end {
                    return true;
                }
                Some(end)
            }
            _ => None,
        };
        // Records that follow those just read are likely to go on so.
        let follows = held_end.is_some_and(|end| offset.abs_diff(end) < AHEAD as u64);
        let wanted = if follows { bytes.max(AHEAD.min(file.len().saturating_sub(offset) as usize)) } else { bytes };
        self.buffer.resize(wanted, 0);
        self.held = file.read_at(&mut self.buffer, offset).then_some((file, offset));
        self.held.is_some()
    }
}
