//! The program's fonts for browsers: only the letters that a picture has, as rules of a style sheet, so that its words are as wide elsewhere as they were measured here.
//!
//! The outlines are cut out by `subsetter`, which makes fonts for PDF; the two tables that a browser needs beside (which letter is which outline, and the metrics) are put
//! back here. Kerning is left out, as it is in measuring. Letters that the program's fonts lack are the reader's system's to draw.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use subsetter::{GlyphRemapper, subset};
use ttf_parser::{Face, RawFace, Tag};

use crate::style::{FONT_REGULAR, FONT_SEMIBOLD};

/// The rules for both weights with these letters; empty where the fonts cannot be cut.
pub(super) fn font_rules(letters: &BTreeSet<char>) -> String {
    let rule = |(font, weight): (&'static [u8], u16)| {
        let cut = with_letters(font, letters).map(|bytes| BASE64_STANDARD.encode(bytes)).unwrap_or_default();
        if cut.is_empty() {
            return String::new();
        }
        format!("@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/otf;base64,{cut})}}")
    };
    [(FONT_REGULAR, 400), (FONT_SEMIBOLD, 600)].map(rule).concat()
}

/// A font with these letters and no others.
fn with_letters(font: &'static [u8], letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let face = Face::parse(font, 0).ok()?;
    let mut mapper = GlyphRemapper::new();
    let places: Vec<(char, u16)> =
        letters.iter().filter_map(|letter| Some((*letter, mapper.remap(face.glyph_index(*letter)?.0)))).collect();
    let cut = subset(font, 0, &mapper).ok()?;
    let raw = RawFace::parse(&cut, 0).ok()?;
    let mut tables: Vec<(Tag, Vec<u8>)> =
        raw.table_records.into_iter().filter_map(|record| Some((record.tag, raw.table(record.tag)?.to_vec()))).collect();
    tables.retain(|(tag, _)| *tag != Tag::from_bytes(b"cmap") && *tag != Tag::from_bytes(b"OS/2"));
    tables.push((Tag::from_bytes(b"cmap"), letter_table(&places)));
    tables.push((Tag::from_bytes(b"OS/2"), RawFace::parse(font, 0).ok()?.table(Tag::from_bytes(b"OS/2"))?.to_vec()));
    tables.sort_by_key(|(tag, _)| *tag);
    Some(sfnt(&tables))
}

/// A `cmap` table with one group a letter (OpenType, cmap format 12).
fn letter_table(places: &[(char, u16)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(28 + 12 * places.len());
    let mut words = |words: &[u32]| words.iter().for_each(|word| out.extend(word.to_be_bytes()));
    // Version 0, one table: platform 3, encoding 10, at offset 12; format 12 and a reserved zero; its length, language, groups.
    words(&[1, 0x0003_000a, 12, 0x000c_0000, 16 + 12 * places.len() as u32, 0, places.len() as u32]);
    for (letter, glyph) in places {
        words(&[u32::from(*letter), u32::from(*letter), u32::from(*glyph)]);
    }
    out
}

/// The file of an OpenType font with outlines in a `CFF ` table.
fn sfnt(tables: &[(Tag, Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = u16::BITS - 1 - count.max(1).leading_zeros();
    let range = 16_u16 << power;
    let mut out = Vec::new();
    out.extend(*b"OTTO");
    for word in [count, range, power as u16, count * 16 - range.min(count * 16)] {
        out.extend(word.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (tag, data) in tables {
        out.extend(tag.to_bytes());
        for word in [checksum(data), offset as u32, data.len() as u32] {
            out.extend(word.to_be_bytes());
        }
        offset += data.len().next_multiple_of(4);
    }
    for (_, data) in tables {
        out.extend(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

/// The sum of a table's big-endian words.
fn checksum(data: &[u8]) -> u32 {
    let word = |bytes: &[u8]| (0..4).fold(0, |sum, at| (sum << 8) | u32::from(bytes.get(at).copied().unwrap_or(0)));
    data.chunks(4).fold(0, |sum: u32, bytes| sum.wrapping_add(word(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_font_has_its_letters_at_their_widths_and_no_others() {
        let letters: BTreeSet<char> = "Arms talks – été “Ω”".chars().collect();
        for font in [FONT_REGULAR, FONT_SEMIBOLD] {
            let cut = with_letters(font, &letters).unwrap();
            assert!(cut.len() < font.len() / 4, "{} of {}", cut.len(), font.len());
            let (whole, small) = (Face::parse(font, 0).unwrap(), Face::parse(&cut, 0).unwrap());
            for letter in &letters {
                let width = |face: &Face<'_>| face.glyph_hor_advance(face.glyph_index(*letter).unwrap());
                assert_eq!(width(&whole), width(&small), "{letter}");
            }
            assert_eq!(small.glyph_index('z'), None);
        }
        assert!(font_rules(&letters).starts_with("@font-face{font-family:Inter;font-weight:400;"));
    }
}
