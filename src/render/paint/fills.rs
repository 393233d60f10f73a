//! The fills of a frame in one mesh: boxes, fades and symbols, smooth at their edges.
//!
//! ```text
//!   clear ┐  a symbol is rings of corners about its middle: of the same colour
//!   ▒▒▒▒▒ │  up to half a pixel within its edge, of none half a pixel outside it;
//!   █████ ┘  a hollow one has two more where its rim meets the ground
//! ```

use std::sync::OnceLock;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, Rect as ScreenRect, Vec2, pos2, vec2};

use super::color32;
use crate::scene::{SymbolLook, corners};
use crate::style::Symbol;

/// A corner of a symbol: its place in parts of the radius, and where it goes when the outline moves outwards by one.
#[derive(Clone, Copy)]
struct Corner {
    at: Vec2,
    outwards: Vec2,
}

/// How far a sharp corner may move when the outline moves by one.
const SHARPEST: f32 = 2.2;

/// The corners of a symbol with their ways outwards.
fn outline(shape: Symbol) -> &'static [Corner] {
    static ALL: OnceLock<Vec<Vec<Corner>>> = OnceLock::new();
    &ALL.get_or_init(|| Symbol::ALL.into_iter().map(|shape| with_ways(corners(shape))).collect())[shape as usize]
}

fn with_ways(corners: &[(f32, f32)]) -> Vec<Corner> {
    let count = corners.len();
    let place = |at: usize| vec2(corners[at % count].0, corners[at % count].1);
    // Corners run either way round: outwards is away from the middle.
    let cross = |a: Vec2, b: Vec2| a.x * b.y - a.y * b.x;
    let turn = cross(place(0), place(1)).signum();
    let normal = |from: Vec2, to: Vec2| {
        let along = (to - from).normalized();
        vec2(along.y, -along.x) * turn
    };
    (0..count)
        .map(|at| {
            let (before, here, after) = (place(at + count - 1), place(at), place(at + 1));
            let (a, b) = (normal(before, here), normal(here, after));
            let sum = a + b;
            let outwards = sum * (2.0 / sum.length_sq().max(4.0 / (SHARPEST * SHARPEST)));
            Corner { at: here, outwards }
        })
        .collect()
}

/// Fills that lie on each other in the order in which they were added.
#[derive(Default)]
pub(super) struct Fills {
    mesh: Mesh,
    /// Half the width of a pixel in points: how soft an edge is to either side.
    half_px: f32,
}

impl Fills {
    pub(super) fn new(pixels_per_point: f32) -> Self {
        Self { mesh: Mesh::default(), half_px: 0.5 / pixels_per_point }
    }

    /// What was added, for the painter; leaves nothing.
    pub(super) fn take(&mut self) -> Option<Mesh> {
        (!self.mesh.is_empty()).then(|| std::mem::take(&mut self.mesh))
    }

    fn vertex(&mut self, at: Pos2, color: Color32) {
        self.mesh.vertices.push(Vertex { pos: at, uv: WHITE_UV, color });
    }

    /// A box with sharp edges, moved to whole pixels; never narrower than one.
    pub(super) fn sharp_box(&mut self, rect: ScreenRect, color: Color32) {
        let px = 2.0 * self.half_px;
        let whole = |at: f32| (at / px).round() * px;
        let (left, top) = (whole(rect.left()), whole(rect.top()));
        let max = pos2(whole(rect.right()).max(left + px), whole(rect.bottom()).max(top + px));
        self.mesh.add_colored_rect(ScreenRect::from_min_max(pos2(left, top), max), color);
    }

    /// A box with round corners.
    pub(super) fn soft_box(&mut self, rect: ScreenRect, radius: f32, color: Color32) {
        let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
        let (x, y) = (rect.width() / 2.0 - radius, rect.height() / 2.0 - radius);
        // As many straight pieces as the eye needs.
        let pieces = if radius > 4.0 { 6 } else { 2 };
        let mut corners = Vec::with_capacity(4 * (pieces + 1));
        for (quarter, (x, y)) in [(x, y), (-x, y), (-x, -y), (x, -y)].into_iter().enumerate() {
            corners.extend((0..=pieces).map(|piece| {
                let turn = std::f32::consts::FRAC_PI_2 * (quarter as f32 + piece as f32 / pieces as f32);
                Corner { at: vec2(x, y) + Vec2::angled(turn) * radius, outwards: Vec2::angled(turn) }
            }));
        }
        let soft = self.half_px;
        self.rings(rect.center(), 1.0, &corners, color, &[(-soft, color), (soft, Color32::TRANSPARENT)]);
    }

    /// A box that fades in over its first points and out over its last.
    pub(super) fn fade(&mut self, rect: ScreenRect, color: Color32, fade_in: f32, fade_out: f32) {
        let none = Color32::TRANSPARENT;
        let from = (rect.left() + fade_in).min(rect.right());
        let to = (rect.right() - fade_out).max(from);
        let first = self.mesh.vertices.len() as u32;
        let ends = (if fade_in > 0.0 { none } else { color }, if fade_out > 0.0 { none } else { color });
        for (x, color) in [(rect.left(), ends.0), (from, color), (to, color), (rect.right(), ends.1)] {
            self.vertex(pos2(x, rect.top()), color);
            self.vertex(pos2(x, rect.bottom()), color);
        }
        for at in [0, 2, 4] {
            self.mesh.add_triangle(first + at, first + at + 1, first + at + 2);
            self.mesh.add_triangle(first + at + 1, first + at + 2, first + at + 3);
        }
    }

    /// A symbol with a whole outline.
    pub(super) fn symbol(&mut self, shape: Symbol, middle: Pos2, radius: f32, look: SymbolLook) {
        let (fill, rim) = (color32(look.fill()), color32(look.color));
        let (half_width, soft) = (look.stroke().width / 2.0, self.half_px);
        let edge = [(half_width - soft, rim), (half_width + soft, Color32::TRANSPARENT)];
        if look.solid {
            self.rings(middle, radius, outline(shape), fill, &edge);
        } else {
            let inner = (soft - half_width).min(half_width - soft);
            self.rings(middle, radius, outline(shape), fill, &[(-half_width - soft, fill), (inner, rim), edge[0], edge[1]]);
        }
    }

    /// A fill of a symbol whose outline is drawn apart.
    pub(super) fn symbol_ground(&mut self, shape: Symbol, middle: Pos2, radius: f32, color: Color32) {
        self.rings(middle, radius, outline(shape), color, &[(0.0, color)]);
    }

    /// A middle and rings about it, from the inside out, each with its distance from the outline and its colour.
    fn rings(&mut self, middle: Pos2, radius: f32, corners: &[Corner], color: Color32, rings: &[(f32, Color32)]) {
        let (count, first) = (corners.len() as u32, self.mesh.vertices.len() as u32);
        self.mesh.reserve_vertices(1 + corners.len() * rings.len());
        self.mesh.reserve_triangles(corners.len() * (2 * rings.len() - 1));
        self.vertex(middle, color);
        for &(distance, color) in rings {
            for corner in corners {
                self.vertex(middle + corner.at * radius + corner.outwards * distance, color);
            }
        }
        let next = |at: u32| if at + 1 == count { 0 } else { at + 1 };
        for at in 0..count {
            self.mesh.add_triangle(first, first + 1 + at, first + 1 + next(at));
        }
        for ring in 1..rings.len() as u32 {
            let (inner, outer) = (first + 1 + (ring - 1) * count, first + 1 + ring * count);
            for at in 0..count {
                self.mesh.add_triangle(inner + at, outer + at, outer + next(at));
                self.mesh.add_triangle(inner + at, outer + next(at), inner + next(at));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Rgba;

    #[test]
    fn an_outline_moves_outwards_everywhere() {
        for shape in Symbol::ALL {
            for corner in outline(shape) {
                assert!(corner.outwards.dot(corner.at) > 0.0, "{shape:?}");
                assert!((0.5..=SHARPEST + 0.01).contains(&corner.outwards.length()), "{shape:?}: {}", corner.outwards.length());
            }
        }
    }

    #[test]
    fn a_symbol_lies_about_its_place_and_ends_clear() {
        let look = SymbolLook { color: Rgba(200, 10, 10, 255), solid: true, dashed: false, ground: Rgba(255, 255, 255, 255) };
        for (solid, rings) in [(true, 2), (false, 4)] {
            let mut fills = Fills::new(1.0);
            fills.symbol(Symbol::Diamond, pos2(100.0, 50.0), 6.0, SymbolLook { solid, ..look });
            let mesh = fills.take().unwrap();
            assert_eq!((mesh.vertices.len(), mesh.is_valid()), (1 + 4 * rings, true));
            assert!(mesh.vertices.iter().all(|vertex| vertex.pos.distance(pos2(100.0, 50.0)) < 9.5));
            assert!(mesh.vertices[1 + 4 * (rings - 1)..].iter().all(|vertex| vertex.color == Color32::TRANSPARENT));
            assert!(fills.take().is_none());
        }
    }

    #[test]
    fn a_box_keeps_whole_pixels() {
        let mut fills = Fills::new(2.0);
        fills.sharp_box(ScreenRect::from_min_max(pos2(10.2, 5.1), pos2(10.3, 9.9)), Color32::RED);
        let mesh = fills.take().unwrap();
        let bounds = mesh.calc_bounds();
        assert_eq!((bounds.min, bounds.max), (pos2(10.0, 5.0), pos2(10.5, 10.0)));
    }
}
