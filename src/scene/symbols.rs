//! The outlines of the kinds' symbols.

use std::sync::OnceLock;

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

impl SymbolLook {
    /// What it is filled with.
    pub fn fill(&self) -> Rgba {
        if self.solid { self.color } else { self.ground }
    }

    /// Its outline.
    pub fn stroke(&self) -> Stroke {
        Stroke { width: if self.solid { 1.0 } else { 1.6 }, color: self.color, dash: self.dashed.then_some((2.5, 2.0)) }
    }
}

/// A symbol about a place, `scale` times its usual size.
pub fn symbol(shape: Symbol, middle: Point, scale: f32, look: SymbolLook) -> Prim {
    Prim::Symbol { shape, middle, radius: SYMBOL_RADIUS_PX * scale, look }
}

/// The radius of a circle in parts of a symbol's radius: it looks as large as the other symbols.
pub const CIRCLE: f32 = 0.92;

/// Corners of a symbol in parts of its radius. Seen from its middle, each lies further round than the one before.
pub fn corners(shape: Symbol) -> &'static [(f32, f32)] {
    static ALL: OnceLock<Vec<Vec<(f32, f32)>>> = OnceLock::new();
    &ALL.get_or_init(|| Symbol::ALL.into_iter().map(outline).collect())[shape as usize]
}

fn outline(shape: Symbol) -> Vec<(f32, f32)> {
    match shape {
        Symbol::Circle => regular(16, 0.0, CIRCLE),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_has_its_own_outline() {
        for (at, shape) in Symbol::ALL.into_iter().enumerate() {
            assert_eq!(shape as usize, at, "{shape:?}");
            assert_eq!(corners(shape), outline(shape), "{shape:?}");
        }
        let count = |shape| corners(shape).len();
        assert_eq!([Symbol::Triangle, Symbol::Square, Symbol::Pentagon, Symbol::Hexagon, Symbol::Star].map(count), [3, 4, 5, 6, 10]);
    }

    #[test]
    fn every_symbol_can_be_filled_from_its_middle() {
        for shape in Symbol::ALL {
            let corners = corners(shape);
            let cross = |a: (f32, f32), b: (f32, f32)| a.0 * b.1 - a.1 * b.0;
            let turns: Vec<f32> = (0..corners.len()).map(|at| cross(corners[at], corners[(at + 1) % corners.len()])).collect();
            assert!(turns.iter().all(|turn| turn.signum() == turns[0].signum() && *turn != 0.0), "{shape:?}: {turns:?}");
        }
    }
}
