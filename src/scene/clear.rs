//! Where an upright line may run: it is broken where it would run through words.
//!
//! Playhead, edges of spans and connectors cross lanes that are full of labels. A line through a word makes both hard to read, so the line gives way.

use super::{Align, Point, Prim, Rect, Scene, SceneLane, Stroke, text_width};

/// How far a line keeps from words, sideways and up and down, in pixels.
const KEPT_X_PX: f32 = 2.0;
const KEPT_Y_PX: f32 = 0.5;
/// A piece of a line shorter than this, in pixels, is left out: between labels in neighbouring rows it would look like a letter.
const PIECE_PX: f32 = 5.0;

/// Boxes that no line may cross.
pub(super) struct Taken(Vec<Rect>);

impl Taken {
    /// The labels, counts and remarks of lanes, as far as they are seen.
    pub fn by_words(lanes: &[SceneLane]) -> Self {
        let mut boxes = Vec::new();
        for lane in lanes {
            let labels = lane.marks.iter().filter_map(|mark| mark.label_box);
            let chips = lane.folds.iter().filter(|fold| fold.beside_others).map(|fold| fold.hit);
            let remarks = lane.remarks.iter().filter_map(text_box);
            boxes.extend(labels.chain(chips).chain(remarks).filter(|rect| rect.overlaps(&lane.seen)));
        }
        Self(boxes)
    }

    /// What is left of an upright line from `from_y` down to `to_y`, as pieces from top to bottom.
    pub fn pieces(&self, x: f32, from_y: f32, to_y: f32) -> Vec<(f32, f32)> {
        let meets = |rect: &&Rect| {
            x > rect.x - KEPT_X_PX && x < rect.right() + KEPT_X_PX && rect.y - KEPT_Y_PX < to_y && rect.bottom() + KEPT_Y_PX > from_y
        };
        let mut in_way: Vec<(f32, f32)> = self.0.iter().filter(meets).map(|rect| (rect.y - KEPT_Y_PX, rect.bottom() + KEPT_Y_PX)).collect();
        in_way.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut out = Vec::with_capacity(in_way.len() + 1);
        let mut at = from_y;
        for (top, bottom) in in_way.into_iter().chain([(to_y, to_y)]) {
            if top - at >= PIECE_PX || out.is_empty() && top >= to_y && top > at {
                out.push((at, top.min(to_y)));
            }
            at = at.max(bottom);
        }
        out
    }
}

/// The box of a text; `None` for any other shape.
fn text_box(prim: &Prim) -> Option<Rect> {
    let Prim::Text(text) = prim else { return None };
    let wide = text_width(&text.text, text.size_px, text.weight);
    let left = match text.align {
        Align::Start => text.at.x,
        Align::Middle => text.at.x - wide / 2.0,
        Align::End => text.at.x - wide,
    };
    let half = text.size_px * 0.62;
    Some(Rect { x: left, y: text.at.y - half, w: wide, h: 2.0 * half })
}

/// An upright line over a scene, broken where it would run through words of the lanes or of the ruler. Cost follows what is drawn.
pub fn upright(scene: &Scene, x: f32, from_y: f32, to_y: f32, stroke: Stroke) -> Vec<Prim> {
    let mut taken = Taken::by_words(&scene.lanes);
    taken.0.extend(scene.frame.iter().filter_map(text_box));
    let line = |(from, to)| Prim::Line { from: Point { x, y: from }, to: Point { x, y: to }, stroke };
    taken.pieces(x, from_y, to_y).into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxed(x: f32, y: f32, w: f32, h: f32) -> Rect {
        Rect { x, y, w, h }
    }

    #[test]
    fn a_line_stops_at_words_and_goes_on_below_them() {
        let taken = Taken(vec![boxed(90.0, 60.0, 40.0, 15.0), boxed(90.0, 78.0, 40.0, 15.0), boxed(300.0, 10.0, 40.0, 15.0)]);
        assert_eq!(taken.pieces(100.0, 20.0, 200.0), [(20.0, 59.5), (93.5, 200.0)]);
        assert_eq!(taken.pieces(200.0, 20.0, 200.0), [(20.0, 200.0)]);
        // A line that ends within words ends before them.
        assert_eq!(taken.pieces(100.0, 20.0, 70.0), [(20.0, 59.5)]);
        assert_eq!(taken.pieces(100.0, 62.0, 70.0), []);
        // A short line where nothing is in the way stays.
        assert_eq!(taken.pieces(200.0, 20.0, 22.0), [(20.0, 22.0)]);
    }

    proptest! {
        #[test]
        fn no_piece_meets_a_box(
            boxes in prop::collection::vec((0.0_f32..300.0, 0.0_f32..300.0, 1.0_f32..120.0, 4.0_f32..30.0), 0..30),
            x in 0.0_f32..300.0,
            from in 0.0_f32..150.0,
            tall in 0.0_f32..200.0,
        ) {
            let boxes: Vec<Rect> = boxes.into_iter().map(|(x, y, w, h)| boxed(x, y, w, h)).collect();
            let taken = Taken(boxes.clone());
            let pieces = taken.pieces(x, from, from + tall);
            for (top, bottom) in &pieces {
                prop_assert!(top <= bottom && *top >= from && *bottom <= from + tall);
                let crossed = boxes.iter().any(|rect| x > rect.x && x < rect.right() && rect.y < *bottom && rect.bottom() > *top);
                prop_assert!(!crossed, "{top} to {bottom}");
            }
            prop_assert!(pieces.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
    }
}
