//! The fonts that pictures are drawn with: the program's own, and the system's for letters that it lacks.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use resvg::usvg::{Options, fontdb};
use ttf_parser::Face;

use crate::scene::font_covers;
use crate::style::{FONT_REGULAR, FONT_SEMIBOLD};

/// How SVG text is read and set: with the system's fonts only where some text needs them, since there may be many.
pub(super) fn options<'t>(texts: impl Iterator<Item = &'t str>) -> Options<'static> {
    let mut texts = texts;
    let with_system = texts.any(|text| !font_covers(text));
    Options { fontdb: fonts(with_system), font_family: "Inter".to_owned(), ..Options::default() }
}

/// The program's own fonts, and where needed the system's; each set is loaded once.
fn fonts(with_system: bool) -> Arc<fontdb::Database> {
    static OWN: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    static ALL: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = |with_system: bool| {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(FONT_REGULAR.to_vec());
        fonts.load_font_data(FONT_SEMIBOLD.to_vec());
        if with_system {
            fonts.load_system_fonts();
        }
        Arc::new(fonts)
    };
    let kept = if with_system { &ALL } else { &OWN };
    Arc::clone(kept.get_or_init(|| load(with_system)))
}

/// Letters without a font.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingLetters {
    /// Each once.
    pub letters: BTreeSet<char>,
    /// How often they occur, together.
    pub times: usize,
}

impl MissingLetters {
    /// Looks for letters that neither the program's fonts nor the system's have.
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        Self::within(texts, || fonts(true))
    }

    fn within<'t>(texts: impl Iterator<Item = &'t str>, fonts: impl FnOnce() -> Arc<fontdb::Database>) -> Self {
        let lacking: Vec<&str> = texts.filter(|text| !font_covers(text)).collect();
        let mut letters: BTreeSet<char> = lacking.iter().flat_map(|text| text.chars()).filter(|letter| is_drawn(*letter)).collect();
        letters.retain(|letter| !font_covers(letter.encode_utf8(&mut [0; 4])));
        if letters.is_empty() {
            return Self::default();
        }
        let fonts = fonts();
        for face in fonts.faces() {
            if letters.is_empty() {
                break;
            }
            fonts.with_face_data(face.id, |data, index| {
                if let Ok(face) = Face::parse(data, index) {
                    letters.retain(|letter| face.glyph_index(*letter).is_none());
                }
            });
        }
        let times = lacking.iter().flat_map(|text| text.chars()).filter(|letter| letters.contains(letter)).count();
        Self { letters, times }
    }

    /// What should be said about them; nothing where none is missing.
    pub fn note(&self) -> Option<String> {
        let named: Vec<String> = self.letters.iter().take(8).map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter))).collect();
        let more = self.letters.len().saturating_sub(named.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let (count, times) = (self.letters.len(), self.times);
        let (letters, have, are) = if count == 1 { ("letter", "has", "is") } else { ("letters", "have", "are") };
        let places = if times == 1 { "place" } else { "places" };
        (count > 0).then(|| {
            format!(
                "{count} {letters} {have} no font on this computer and {are} not drawn in {times} {places}: {}{more}; install a font that has them, such as Noto",
                named.join(", ")
            )
        })
    }
}

/// Whether a letter leaves any ink: neither a control nor a joiner, mark of direction or variation selector.
fn is_drawn(letter: char) -> bool {
    !letter.is_control()
        && !letter.is_whitespace()
        && !matches!(u32::from(letter), 0x00ad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfe00..=0xfe0f | 0xfeff | 0xe_0000..=0xe_0fff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_without_a_font_are_named_and_counted() {
        let own = || fonts(false);
        let missing = MissingLetters::within(["Kim Jong Un 김정은", "김", "Ünïcode – “plain”\u{200f}"].into_iter(), own);
        assert_eq!(missing.letters.iter().collect::<String>(), "김은정");
        assert_eq!(missing.times, 4);
        let note = missing.note().unwrap();
        assert!(note.starts_with("3 letters have no font") && note.contains("김 (U+AE40)") && note.contains("4 places"), "{note}");
        assert_eq!(MissingLetters::within(["Åse Ørsted, Đorđe"].into_iter(), own).note(), None);
    }
}
