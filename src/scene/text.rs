//! Measuring text with the program's own font, so that a label's box is the same in every output.

use std::ops::Range;
use std::sync::OnceLock;

use ttf_parser::Face;

use super::Weight;
use crate::style::{FONT_REGULAR, FONT_SEMIBOLD};

/// Letters whose widths are kept: Latin with its extensions, Greek, Cyrillic; and dashes, quotation marks and arrows.
const KEPT: u32 = 0x530;
const KEPT_SIGNS: Range<u32> = 0x2000..0x2200;

/// Widths of the letters of one font, in [`UNITS`] to its size. Whole numbers: a text is as wide as its parts, in whatever order they are added.
struct Widths {
    kept: Vec<u64>,
    kept_signs: Vec<u64>,
    face: Option<Face<'static>>,
}

/// How finely widths are measured.
const UNITS: f32 = 4096.0;

impl Widths {
    fn of(bytes: &'static [u8]) -> Self {
        let face = Face::parse(bytes, 0).ok();
        let look_up = |code: u32| char::from_u32(code).map_or(0, |letter| Self::look_up(face.as_ref(), letter));
        let (kept, kept_signs) = ((0..KEPT).map(look_up).collect(), KEPT_SIGNS.map(look_up).collect());
        Self { kept, kept_signs, face }
    }

    /// The width of a letter; letters that the font lacks are taken as square where their script is, else as an average one.
    fn look_up(face: Option<&Face<'static>>, letter: char) -> u64 {
        let own = face.and_then(|face| {
            let glyph = face.glyph_index(letter)?;
            Some(f32::from(face.glyph_hor_advance(glyph)?) / f32::from(face.units_per_em()))
        });
        let width = own.unwrap_or(match letter as u32 {
            0x0300..=0x036f | 0x200b..=0x200f => 0.0,
            0x1100..=0x11ff | 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x1_f000..=0x3_ffff => 1.0,
            _ => 0.62,
        });
        (width * UNITS).round() as u64
    }

    fn width(&self, letter: char) -> u64 {
        let sign = || self.kept_signs.get((letter as usize).wrapping_sub(KEPT_SIGNS.start as usize));
        self.kept.get(letter as usize).or_else(sign).copied().unwrap_or_else(|| Self::look_up(self.face.as_ref(), letter))
    }

    fn sum(&self, text: &str) -> u64 {
        text.chars().map(|letter| self.width(letter)).sum()
    }
}

fn widths(weight: Weight) -> &'static Widths {
    static REGULAR: OnceLock<Widths> = OnceLock::new();
    static SEMIBOLD: OnceLock<Widths> = OnceLock::new();
    match weight {
        Weight::Regular => REGULAR.get_or_init(|| Widths::of(FONT_REGULAR)),
        Weight::SemiBold => SEMIBOLD.get_or_init(|| Widths::of(FONT_SEMIBOLD)),
    }
}

/// The width of a text in pixels.
pub fn text_width(text: &str, size_px: f32, weight: Weight) -> f32 {
    widths(weight).sum(text) as f32 * (size_px / UNITS)
}

/// Whether the program's font has every letter of a text.
pub fn font_covers(text: &str) -> bool {
    let face = widths(Weight::Regular).face.as_ref();
    text.chars().all(|letter| letter.is_control() || face.is_some_and(|face| face.glyph_index(letter).is_some()))
}

/// How a text is cut to a width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cut {
    /// How many of its bytes are kept.
    kept: usize,
    /// Whether an ellipsis stands for the rest.
    elided: bool,
    /// Its width in pixels, the ellipsis included.
    pub width_px: f32,
}

impl Cut {
    /// The words that are left of the text that was cut.
    pub fn words(self, text: &str) -> String {
        let kept = text.get(..self.kept).unwrap_or(text);
        if self.elided { format!("{kept}…") } else { kept.to_owned() }
    }
}

/// Cuts a text to a width, at a word's end where that is near, with an ellipsis; `None` where not even that fits.
pub(super) fn cut(text: &str, size_px: f32, weight: Weight, most_px: f32) -> Option<Cut> {
    let widths = widths(weight);
    let px = |units: u64| units as f32 * (size_px / UNITS);
    let room = (most_px / size_px * UNITS).max(0.0) as u64;
    let ellipsis = widths.width('…');
    let (mut used, mut whole, mut fitting) = (0, true, 0);
    for (at, letter) in text.char_indices() {
        used += widths.width(letter);
        if used > room {
            whole = false;
            break;
        }
        if used + ellipsis <= room {
            fitting = at + letter.len_utf8();
        }
    }
    if whole {
        return Some(Cut { kept: text.len(), elided: false, width_px: px(used) });
    }
    let kept = &text[..fitting];
    let at_word = kept.rfind(char::is_whitespace).filter(|&at| at * 3 > fitting * 2);
    let kept = kept[..at_word.unwrap_or(fitting)].trim_end_matches(|letter: char| letter.is_whitespace() || letter == ',' || letter == ';');
    (!kept.is_empty()).then(|| Cut { kept: kept.len(), elided: true, width_px: px(widths.sum(kept) + ellipsis) })
}

/// The text cut to a width, at a word's end where that is near, with an ellipsis; empty where not even that fits.
pub fn elided(text: &str, size_px: f32, weight: Weight, most_px: f32) -> String {
    cut(text, size_px, weight, most_px).map(|cut| cut.words(text)).unwrap_or_default()
}

/// The text in lines no wider than a width, broken between words and within those that are wider than a line; past `most_lines` lines the last is cut with an ellipsis.
pub fn wrapped(text: &str, size_px: f32, weight: Weight, width_px: f32, most_lines: usize) -> Vec<String> {
    let widths = widths(weight);
    let room = (width_px / size_px).max(1.0) * UNITS;
    let room = room as u64;
    let space = widths.width(' ');
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for word in text.split_whitespace() {
        let width = widths.sum(word);
        if !line.is_empty() && used + space + width > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += space;
        }
        if width <= room {
            line.push_str(word);
            used += width;
        } else {
            for letter in word.chars() {
                if used + widths.width(letter) > room && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(letter);
                used += widths.width(letter);
            }
        }
        if lines.len() > most_lines {
            break;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most_lines {
        let rest = lines.split_off(most_lines.saturating_sub(1)).join(" ");
        if most_lines > 0 {
            // What is left is wider than a line, so that the ellipsis comes by itself.
            lines.push(elided(&format!("{rest} …"), size_px, weight, width_px));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_grow_with_text_and_size() {
        let small = text_width("Exchange of letters", 11.0, Weight::Regular);
        let large = text_width("Exchange of letters", 22.0, Weight::Regular);
        assert!((large - 2.0 * small).abs() < 0.01 && small > 60.0 && small < 140.0);
        assert!(text_width("Exchange", 13.0, Weight::SemiBold) > text_width("Exchange", 13.0, Weight::Regular));
        assert!((text_width("김정은", 10.0, Weight::Regular) - 30.0).abs() < 0.01);
    }

    #[test]
    fn long_texts_are_cut_at_words() {
        let title = "Missile launches, “scorched earth” drill";
        let cut = elided(title, 13.0, Weight::Regular, 130.0);
        assert!(cut.ends_with('…') && title.starts_with(cut.trim_end_matches('…')));
        assert!(text_width(&cut, 13.0, Weight::Regular) <= 130.0);
        assert_eq!(elided("short", 13.0, Weight::Regular, 130.0), "short");
        assert_eq!(elided("short", 13.0, Weight::Regular, 3.0), "");
    }

    #[test]
    fn texts_are_broken_between_words_and_cut_at_the_last_line() {
        let text = "Russia and North Korea are actively advancing in their negotiations Donaudampfschifffahrtsgesellschaftskapitän";
        let lines = wrapped(text, 11.0, Weight::Regular, 120.0, 20);
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""), "nothing is lost");
        assert!(lines.iter().all(|line| text_width(line, 11.0, Weight::Regular) <= 120.0), "{lines:?}");
        let cut = wrapped(text, 11.0, Weight::Regular, 120.0, 2);
        assert!(cut.len() == 2 && cut[0] == lines[0] && cut[1].ends_with('…'));
        assert!(wrapped("", 11.0, Weight::Regular, 120.0, 2).is_empty());
    }
}
