//! The texts of the canvas as egui has laid them out, kept for longer than the one frame for which egui keeps them: while lanes scroll and the axis moves, words come
//! and go and come back.
//!
//! A frame lays out only so many new words: those of the lanes that are left stand there a frame later. Words of the ruler and of headers never wait.

use std::collections::{HashMap, VecDeque};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use ahash::{AHasher, RandomState};
use egui::epaint::TextShape;
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Shape};

use super::{color32, font, place};
use crate::scene::{Align, Text, Weight};

/// New words on lanes that a frame lays out.
const MOST_NEW: usize = 32;
/// Texts that are kept; beyond it those that the last picture did not show are dropped, those kept longest first.
const MOST_KEPT: usize = 2_000;
/// Texts that a frame looks at to drop them: more than it adds, and never so many that the frame is late for it.
const MOST_DROPPED: usize = 4 * MOST_NEW;

/// A text that is kept, with the picture that showed it last.
struct Kept {
    galley: Arc<Galley>,
    shown_in: u32,
}

/// Laid out texts by what they are made from.
#[derive(Default)]
pub(super) struct Laid {
    kept: HashMap<u64, Kept, RandomState>,
    /// The keys of what is kept, in the order in which they came.
    came: VecDeque<u64>,
    /// The number of the picture.
    frame: u32,
    /// Tells whether egui has begun its fonts anew, which makes all that was laid out before worthless.
    witness: Option<Arc<Galley>>,
    left: usize,
    waiting: bool,
}

impl Laid {
    /// A new frame; true where egui has begun its fonts anew, so that shapes of texts are worthless.
    pub(super) fn begin(&mut self, painter: &Painter) -> bool {
        // egui keeps a text that every frame asks for, as long as it keeps its fonts.
        let witness = lay_out(painter, "·", font(crate::style::SMALL_PX, Weight::Regular));
        let anew = self.witness.as_ref().is_none_or(|old| !Arc::ptr_eq(old, &witness));
        if anew {
            self.kept.clear();
            self.came.clear();
        }
        self.witness = Some(witness);
        self.left = MOST_NEW;
        anew
    }

    /// Shapes are made anew.
    pub(super) fn begin_new(&mut self) {
        let last = self.frame;
        for _ in 0..self.kept.len().saturating_sub(MOST_KEPT).min(MOST_DROPPED) {
            let Some(key) = self.came.pop_front() else { break };
            if self.kept.get(&key).is_some_and(|kept| kept.shown_in == last) {
                self.came.push_back(key);
            } else {
                self.kept.remove(&key);
            }
        }
        self.frame = self.frame.wrapping_add(1);
        self.waiting = false;
    }

    /// Whether words of the frame wait for the next.
    pub(super) fn waits(&self) -> bool {
        self.waiting
    }

    /// A text as a shape; `None` where it may wait and waits.
    pub(super) fn shape(&mut self, text: &Text, may_wait: bool, painter: &Painter, origin: Pos2) -> Option<Shape> {
        let mut hasher = AHasher::default();
        (&text.text, text.size_px.to_bits(), text.weight).hash(&mut hasher);
        let key = hasher.finish();
        let known = self.kept.get_mut(&key).filter(|kept| kept.galley.text() == text.text);
        let galley = if let Some(kept) = known {
            kept.shown_in = self.frame;
            Arc::clone(&kept.galley)
        } else {
            if may_wait && self.left == 0 {
                self.waiting = true;
                return None;
            }
            self.left = self.left.saturating_sub(usize::from(may_wait));
            let galley = lay_out(painter, &text.text, font(text.size_px, text.weight));
            if self.kept.insert(key, Kept { galley: Arc::clone(&galley), shown_in: self.frame }).is_none() {
                self.came.push_back(key);
            }
            galley
        };
        Some(text_shape(text, galley, origin))
    }
}

fn lay_out(painter: &Painter, text: &str, font: FontId) -> Arc<Galley> {
    painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER)
}

/// A text that is not kept, as a shape.
pub(super) fn shape_once(text: &Text, painter: &Painter, origin: Pos2) -> Shape {
    text_shape(text, lay_out(painter, &text.text, font(text.size_px, text.weight)), origin)
}

fn text_shape(text: &Text, galley: Arc<Galley>, origin: Pos2) -> Shape {
    let anchor = match text.align {
        Align::Start => Align2::LEFT_CENTER,
        Align::Middle => Align2::CENTER_CENTER,
        Align::End => Align2::RIGHT_CENTER,
    };
    let rect = anchor.anchor_size(place(text.at, origin), galley.size());
    Shape::Text(TextShape::new(rect.min, galley, color32(text.color)))
}

#[cfg(test)]
mod tests {
    use egui::{Context, FontData, FontDefinitions, FontFamily, RawInput};

    use super::*;
    use crate::scene::Point;
    use crate::style::{FONT_REGULAR, Rgba};

    fn context() -> Context {
        let mut fonts = FontDefinitions::empty();
        fonts.font_data.insert("regular".to_owned(), Arc::new(FontData::from_static(FONT_REGULAR)));
        for family in [FontFamily::Proportional, FontFamily::Monospace] {
            fonts.families.insert(family, vec!["regular".to_owned()]);
        }
        let ctx = Context::default();
        ctx.set_fonts(fonts);
        ctx
    }

    fn text(number: usize) -> Text {
        let (at, color) = (Point { x: 0.0, y: 0.0 }, Rgba(0, 0, 0, 255));
        Text { at, align: Align::Start, size_px: 12.0, weight: Weight::Regular, color, text: format!("Event number {number}") }
    }

    /// How many of the texts are shown in a frame.
    fn shown(ctx: &Context, laid: &mut Laid, texts: &[Text], may_wait: bool) -> usize {
        let mut count = 0;
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            laid.begin(ui.painter());
            laid.begin_new();
            count = texts.iter().filter(|text| laid.shape(text, may_wait, ui.painter(), Pos2::ZERO).is_some()).count();
        });
        output.textures_delta.clear();
        count
    }

    #[test]
    fn many_new_words_come_over_several_frames_and_none_is_lost() {
        let (ctx, mut laid) = (context(), Laid::default());
        let texts: Vec<Text> = (0..2 * MOST_NEW + 5).map(text).collect();
        let mut frames = Vec::new();
        while frames.is_empty() || laid.waits() && frames.len() < 9 {
            frames.push(shown(&ctx, &mut laid, &texts, true));
        }
        assert_eq!(frames, [MOST_NEW, 2 * MOST_NEW, texts.len()]);
        let others: Vec<Text> = (1_000..1_000 + 2 * MOST_NEW).map(text).collect();
        assert_eq!((shown(&ctx, &mut laid, &others, false), laid.waits()), (others.len(), false), "these may not wait");
    }

    #[test]
    fn what_is_kept_grows_no_further_and_what_is_shown_stays() {
        let (ctx, mut laid) = (context(), Laid::default());
        let steady = [text(0)];
        shown(&ctx, &mut laid, &steady, false);
        let of = |laid: &Laid, wanted: &Text| {
            laid.kept.values().find(|kept| kept.galley.text() == wanted.text).map(|kept| Arc::clone(&kept.galley))
        };
        let first = of(&laid, &steady[0]).expect("kept");
        for number in 0..90 {
            let mut texts: Vec<Text> = (1 + number * 40..=(number + 1) * 40).map(text).collect();
            texts.extend(steady.iter().cloned());
            shown(&ctx, &mut laid, &texts, false);
            assert_eq!(laid.kept.len(), laid.came.len());
        }
        assert!((MOST_KEPT..MOST_KEPT + 2 * 41).contains(&laid.kept.len()), "{}", laid.kept.len());
        assert!(of(&laid, &steady[0]).is_some_and(|kept| Arc::ptr_eq(&kept, &first)), "what every picture shows is laid out once");
        assert!(of(&laid, &text(1)).is_none(), "what was shown long ago is not kept");
    }

    #[test]
    fn words_of_other_fonts_are_laid_out_anew() {
        let (ctx, mut laid) = (context(), Laid::default());
        let texts = [text(1), text(2)];
        assert_eq!(shown(&ctx, &mut laid, &texts, true), 2);
        let before = Arc::clone(&laid.kept.values().next().expect("kept").galley);
        shown(&ctx, &mut laid, &texts, true);
        assert!(laid.kept.values().any(|kept| Arc::ptr_eq(&kept.galley, &before)), "kept from frame to frame");
        ctx.set_pixels_per_point(2.0);
        // The change counts from the next frame on.
        shown(&ctx, &mut laid, &texts, true);
        shown(&ctx, &mut laid, &texts, true);
        assert!(!laid.kept.values().any(|kept| Arc::ptr_eq(&kept.galley, &before)), "laid out for another sharpness");
    }
}
