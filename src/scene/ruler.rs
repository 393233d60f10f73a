//! The two-level ruler, its grid lines and the days of rest.

use super::{Align, Point, Prim, Rect, Stroke, Text, Weight, breaks, elided, text_width};
use crate::style::{RULER_HEIGHT_PX, SMALL_PX, Style, TEXT_PX};
use crate::time::ticks;
use crate::view::{Piece, TimeScale};

/// The ruler's next line after a time, or the one before it; a stretch that is folded away is stepped over. `None` at the axis's ends.
pub fn next_line(scale: &TimeScale, at_ms: i64, forward: bool) -> Option<i64> {
    let measure = |label: &str| text_width(label, SMALL_PX, Weight::Regular);
    let holding = |ms: i64| scale.pieces().find(|piece| piece.span.holds(ms));
    let (span, width_px) = match holding(at_ms) {
        Some(piece) if piece.gap.is_none() => (piece.span, piece.right_px - piece.left_px),
        _ => (scale.span, scale.width_px),
    };
    let line_ms = ticks::next_line(span.from_ms, span.to_ms, width_px, &measure, at_ms, forward)?;
    match holding(line_ms).filter(|piece| piece.gap.is_some()) {
        Some(fold) if forward => Some(fold.span.to_ms),
        Some(fold) => Some(fold.span.from_ms.min(line_ms)),
        None => Some(line_ms),
    }
}

/// Shapes of the ruler, and of the grid that it lays over the lanes.
#[derive(Default)]
pub(super) struct RulerShapes {
    /// Behind the lanes' marks.
    pub grid: Vec<Prim>,
    /// The ruler itself.
    pub frame: Vec<Prim>,
}

/// Draws the ruler at `top` and its grid over `plot`, with the name of the zone beside it where one matters. Over breaks it says how long they are; `searched` where hits alone were looked at for them.
pub(super) fn ruler(scale: &TimeScale, top: f32, plot: Rect, style: &Style, zone: Option<&str>, searched: bool) -> RulerShapes {
    let mut shapes = RulerShapes { grid: Vec::new(), frame: Vec::new() };
    let pieces: Vec<Piece> = scale.pieces().collect();
    let bottom = top + RULER_HEIGHT_PX;
    // Folds beside a lone date leave it their lower line.
    let mut beside_lone = vec![false; pieces.len() + 2];
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.gap.is_none()) {
        let words = shapes.frame.len();
        if part(*piece, scale, top, plot, style, &mut shapes) || pieces.len() == 1 {
            continue;
        }
        // A month without its year says little: one whole date stands for the piece.
        let of_piece = shapes.frame.split_off(words);
        shapes.frame.extend(of_piece.into_iter().filter(|prim| !matches!(prim, Prim::Text(_))));
        // Between two folds there may be room for nothing but one date; half of each fold is this piece's.
        let middle = |piece: &Piece| f32::midpoint(piece.left_px, piece.right_px);
        let from = at.checked_sub(1).map_or(piece.left_px, |before| middle(&pieces[before]));
        let to = pieces.get(at + 1).map_or(piece.right_px, middle);
        let room = (from.max(plot.x), to.min(plot.right()));
        if let Some(date) = breaks::lone_date(*piece, at == 0, room, bottom - 11.0, style) {
            shapes.frame.push(date);
            (beside_lone[at], beside_lone[at + 2]) = (true, true);
        }
    }
    for (at, piece) in pieces.iter().enumerate() {
        let lower_y = (!beside_lone[at + 1]).then_some(bottom - 11.0);
        if let Some(gap) = &piece.gap {
            shapes.frame.extend(breaks::ruler_words(*piece, gap, searched, plot, (top + 14.0, lower_y), style));
        }
    }
    if let Some(zone) = zone {
        shapes.frame.push(Prim::Text(Text {
            at: Point { x: plot.x - 12.0, y: bottom - 11.0 },
            align: Align::End,
            size_px: SMALL_PX,
            weight: Weight::Regular,
            color: style.text_quiet,
            text: elided(zone, SMALL_PX, Weight::Regular, plot.x - 26.0),
        }));
    }
    shapes
}

/// Draws the ruler over one straight piece of the scale; whether its upper level says anything.
fn part(piece: Piece, scale: &TimeScale, top: f32, plot: Rect, style: &Style, out: &mut RulerShapes) -> bool {
    let measure = |label: &str| text_width(label, SMALL_PX, Weight::Regular);
    let (left, right) = (piece.left_px, piece.right_px);
    let marks = ticks::ruler(piece.span.from_ms, piece.span.to_ms, right - left, &measure);
    let RulerShapes { grid, frame } = out;
    for (from_ms, to_ms) in marks.shaded {
        let rect = Rect::between(scale.x_of(from_ms).max(left), plot.y, scale.x_of(to_ms).min(right), plot.bottom());
        grid.push(Prim::Box { rect, radius: 0.0, fill: Some(style.weekend), stroke: None });
    }
    let bottom = top + RULER_HEIGHT_PX;
    let upright = |x: f32, from: f32, to: f32, color| {
        let x = x.floor() + 0.5;
        Prim::Line { from: Point { x, y: from }, to: Point { x, y: to }, stroke: Stroke::solid(1.0, color) }
    };
    let in_plot = |x: f32| x >= left && x <= right;
    for tick in &marks.minor {
        let x = scale.x_of(tick.at_ms);
        if in_plot(x) {
            grid.push(upright(x, plot.y, plot.bottom(), style.line_minor));
        }
        let width = measure(&tick.label);
        // Weeks begin shortly before a month: their label gives way to the line between the months.
        let next = marks.major.partition_point(|major| major.at_ms <= tick.at_ms);
        let in_way = marks.major.get(next).is_some_and(|major| scale.x_of(major.at_ms) < x + 4.0 + width);
        if !in_way && x + 4.0 >= left && x + 4.0 + width <= right - 2.0 {
            frame.push(Prim::Text(Text {
                at: Point { x: x + 4.0, y: bottom - 11.0 },
                align: Align::Start,
                size_px: SMALL_PX,
                weight: Weight::Regular,
                color: style.text_quiet,
                text: tick.label.clone(),
            }));
        }
    }
    let mut is_said = false;
    for (at, tick) in marks.major.iter().enumerate() {
        let x = scale.x_of(tick.at_ms);
        if in_plot(x) {
            grid.push(upright(x, plot.y, plot.bottom(), style.line_major));
            frame.push(upright(x, top + 6.0, bottom, style.line_major));
        }
        let begin = x.max(left) + 5.0;
        let next = marks.major.get(at + 1).map_or(right, |next| scale.x_of(next.at_ms)).min(right);
        if begin + text_width(&tick.label, TEXT_PX, Weight::SemiBold) <= next - 4.0 {
            is_said |= !tick.label.is_empty();
            frame.push(Prim::Text(Text {
                at: Point { x: begin, y: top + 14.0 },
                align: Align::Start,
                size_px: TEXT_PX,
                weight: Weight::SemiBold,
                color: style.text,
                text: tick.label.clone(),
            }));
        }
    }
    is_said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Gap;
    use crate::time::DAY_MS;
    use crate::view::{Gaps, Span};

    #[test]
    fn steps_along_the_ruler_cross_a_stretch_that_is_folded_away_at_once() {
        let span = Span::between(0, 2_600 * DAY_MS);
        let gap = Gap { from_ms: 10 * DAY_MS, to_ms: 2_567 * DAY_MS, open: 0 };
        let scale = TimeScale::new(span, &Gaps::new(vec![gap], false), 200.0, 900.0);
        let walk = |from_ms: i64, forward: bool| {
            let inside = |at_ms: &i64| next_line(&scale, *at_ms, forward).filter(|at_ms| span.holds(*at_ms));
            std::iter::successors(Some(from_ms), inside).collect::<Vec<i64>>()
        };
        let (there, back) = (walk(span.from_ms, true), walk(span.to_ms - 1, false));
        for steps in [&there, &back] {
            assert!((5..200).contains(&steps.len()), "{} steps", steps.len());
            assert!(steps.iter().all(|at_ms| *at_ms <= gap.from_ms || *at_ms >= gap.to_ms), "none ends within the fold: {steps:?}");
        }
        assert!(there.is_sorted() && back.is_sorted_by(|one, other| one > other));
    }
}
