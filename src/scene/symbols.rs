//! The outlines of the kinds' symbols.

use super::{Point, Prim, Stroke};
use crate::style::{Rgba, SYMBOL_RADIUS_PX, Symbol};

/// How a symbol is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SymbolLook {
    /// The kind's colour.
    pub color: Rgba,
    /// Filled with the colour, or hollow: filled with the ground.
    pub solid: bool,
    /// With a dashed outline.
    pub dashed: bool,
    /// The ground, for hollow symbols.
    pub ground: Rgba,
}

/// A symbol about a place, `scale` times its usual size.
pub fn symbol(shape: Symbol, middle: Point, scale: f32, look: SymbolLook) -> Prim {
    let r = SYMBOL_RADIUS_PX * scale;
    let fill = Some(if look.solid { look.color } else { look.ground });
    let width = if look.solid { 1.0 } else { 1.6 };
    let stroke = Some(Stroke { width, color: look.color, dash: look.dashed.then_some((2.5, 2.0)) });
    if shape == Symbol::Circle {
        return Prim::Circle { middle, radius: r * 0.92, fill, stroke };
    }
    let corners = outline(shape).into_iter().map(|(x, y)| Point { x: middle.x + x * r, y: middle.y + y * r }).collect();
    Prim::Polygon { corners, fill, stroke }
}

/// Corners of a symbol in parts of its radius.
fn outline(shape: Symbol) -> Vec<(f32, f32)> {
    match shape {
        Symbol::Circle => regular(16, 0.0, 0.92),
        Symbol::Diamond => vec![(0.0, -1.12), (1.12, 0.0), (0.0, 1.12), (-1.12, 0.0)],
        Symbol::Bubble => vec![(-1.0, -0.9), (1.0, -0.9), (1.0, 0.45), (0.1, 0.45), (-0.45, 1.05), (-0.45, 0.45), (-1.0, 0.45)],
        Symbol::Square => vec![(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
        Symbol::Triangle => vec![(0.0, -1.05), (1.08, 0.88), (-1.08, 0.88)],
        Symbol::TriangleDown => vec![(0.0, 1.05), (-1.08, -0.88), (1.08, -0.88)],
        Symbol::Pentagon => regular(5, -90.0, 1.08),
        Symbol::Hexagon => regular(6, 0.0, 1.05),
        Symbol::Star => {
            let outer = regular(5, -90.0, 1.2);
            let inner = regular(5, -54.0, 0.52);
            outer.into_iter().zip(inner).flat_map(|(far, near)| [far, near]).collect()
        }
        Symbol::Cross => {
            let (a, b) = (0.36, 1.0);
            vec![(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a), (a, b), (-a, b), (-a, a), (-b, a), (-b, -a), (-a, -a)]
        }
        Symbol::Shield => vec![(-0.9, -1.0), (0.9, -1.0), (0.9, 0.15), (0.0, 1.1), (-0.9, 0.15)],
        Symbol::Flag => vec![(-0.8, -1.0), (1.1, 0.0), (-0.8, 1.0)],
    }
}

/// Corners of a regular shape, the first at `turn` degrees from the right, clockwise.
fn regular(corners: u16, turn: f32, radius: f32) -> Vec<(f32, f32)> {
    (0..corners)
        .map(|at| {
            let angle = (turn + 360.0 * f32::from(at) / f32::from(corners)).to_radians();
            (radius * angle.cos(), radius * angle.sin())
        })
        .collect()
}
