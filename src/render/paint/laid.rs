//! The texts of the canvas as egui has laid them out, kept for longer than the one frame for which egui keeps them: while lanes scroll and the axis moves, words come
//! and go and come back.
//!
//! A frame lays out only so many new words: those of the lanes that are left stand there a frame later. Words of the ruler and of headers never wait.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use egui::epaint::TextShape;
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Shape};

use super::{color32, font, place};
use crate::scene::{Align, Text, Weight};

/// New words on lanes that a frame lays out.
const MOST_NEW: usize = 48;
/// Texts that are kept; beyond it those that the last picture did not show are dropped.
const MOST_KEPT: usize = 2_000;

/// A text that is kept, with the picture that showed it last.
struct Kept {
    galley: Arc<Galley>,
    shown_in: u32,
}

/// Laid out texts by what they are made from.
#[derive(Default)]
pub(super) struct Laid {
    kept: HashMap<u64, Kept>,
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
        }
        self.witness = Some(witness);
        self.left = MOST_NEW;
        anew
    }

    /// Shapes are made anew.
    pub(super) fn begin_new(&mut self) {
        if self.kept.len() > MOST_KEPT {
            let last = self.frame;
            self.kept.retain(|_, kept| kept.shown_in == last);
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
        let mut hasher = DefaultHasher::new();
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
            self.kept.insert(key, Kept { galley: Arc::clone(&galley), shown_in: self.frame });
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
