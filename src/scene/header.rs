//! The header of a lane: its name, its count, what lies outside the window, and the signs for folding and pinning.

use super::lane::grouped;
use super::{Align, Point, Prim, Rect, SceneLane, SceneRequest, Text, Weight, elided, text_width};
use crate::style::{HEADER_WIDTH_PX, SMALL_PX, Style, TEXT_PX};

/// Indent of a level, in pixels; levels beyond the fourth share one.
const LEVEL_PX: f32 = 14.0;
/// Room for the sign that folds a lane.
const BUTTON_PX: f32 = 16.0;

/// Draws the header of a lane into it.
pub(super) fn header(scene: &mut SceneLane, is_rest: bool, request: &SceneRequest<'_>) {
    let (style, rect, row) = (request.style, scene.rect, scene.row);
    let indent = 14.0 + LEVEL_PX * f32::from(row.depth.min(4));
    // Names stand in one line whether or not there is something to fold.
    let left = if row.has_members { indent + 4.0 } else { indent };
    let middle = rect.y + rect.h / 2.0;
    let total = grouped(scene.total);
    let total_width = text_width(&total, SMALL_PX, Weight::Regular);
    let weight = if row.depth == 0 && !is_rest { Weight::SemiBold } else { Weight::Regular };
    let outside = outside_words(scene.earlier, scene.later);
    let two_lines = scene.total > 0 && !outside.is_empty() && rect.h >= 40.0;
    let name_y = if two_lines { middle - 8.0 } else { middle };
    let is_pinned = row.pinned && row.depth == 0;
    let pin_px = if is_pinned { 14.0 } else { 0.0 };
    let room = HEADER_WIDTH_PX - left - total_width - pin_px - 24.0;
    let text = |x: f32, y: f32, align, size_px, weight, color, text: String| {
        Prim::Text(Text { at: Point { x, y }, align, size_px, weight, color, text })
    };
    let name_color = if is_rest { style.text_quiet } else { style.text };
    if row.has_members {
        let place = Point { x: indent - 6.0, y: name_y };
        scene.header.push(fold_sign(place, row.folded, style));
        scene.fold_box = Some(Rect { x: place.x - BUTTON_PX / 2.0, y: place.y - BUTTON_PX / 2.0, w: BUTTON_PX, h: BUTTON_PX });
    }
    scene.header.push(text(left, name_y, Align::Start, TEXT_PX, weight, name_color, elided(&scene.name, TEXT_PX, weight, room)));
    scene.header.push(text(HEADER_WIDTH_PX - 12.0, name_y, Align::End, SMALL_PX, Weight::Regular, style.text_quiet, total));
    if is_pinned {
        let at = Point { x: HEADER_WIDTH_PX - 12.0 - total_width - 9.0, y: name_y };
        scene.header.extend(pin_sign(at, style));
    }
    if two_lines {
        let words = elided(&outside, SMALL_PX, Weight::Regular, HEADER_WIDTH_PX - left - 12.0);
        scene.header.push(text(left, middle + 9.0, Align::Start, SMALL_PX, Weight::Regular, style.text_quiet, words));
    }
}

/// A triangle: to the right where lanes are folded into this one, down where they stand under it.
fn fold_sign(at: Point, folded: bool, style: &Style) -> Prim {
    let corners = if folded { [(-2.5, -4.0), (3.0, 0.0), (-2.5, 4.0)] } else { [(-4.0, -2.5), (4.0, -2.5), (0.0, 3.0)] };
    let corners = corners.into_iter().map(|(x, y)| Point { x: at.x + x, y: at.y + y }).collect();
    Prim::Polygon { corners, fill: Some(style.text_quiet), stroke: None }
}

/// A pin: a head over a point.
fn pin_sign(at: Point, style: &Style) -> [Prim; 2] {
    let point = [(-2.6, 0.0), (2.6, 0.0), (0.0, 6.0)].into_iter().map(|(x, y)| Point { x: at.x + x, y: at.y + y }).collect();
    [
        Prim::Circle { middle: Point { x: at.x, y: at.y - 2.0 }, radius: 3.4, fill: Some(style.accent), stroke: None },
        Prim::Polygon { corners: point, fill: Some(style.accent), stroke: None },
    ]
}

/// "4 earlier, 2 later"; empty where nothing lies outside.
fn outside_words(earlier: usize, later: usize) -> String {
    let parts: Vec<String> = [(earlier, "earlier"), (later, "later")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{} {word}", grouped(count)))
        .collect();
    parts.join(", ")
}
