//! The few plain shapes that every output draws.

use super::SymbolLook;
use crate::style::{Rgba, Symbol};

/// A place in pixels, from the top left.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

/// A box in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Its left side.
    pub x: f32,
    /// Its top.
    pub y: f32,
    /// Its width.
    pub w: f32,
    /// Its height.
    pub h: f32,
}

impl Rect {
    /// A box from its left, top, right and bottom.
    pub fn between(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self { x: left, y: top, w: (right - left).max(0.0), h: (bottom - top).max(0.0) }
    }

    /// Its right side.
    pub fn right(&self) -> f32 {
        self.x + self.w
    }

    /// Its bottom.
    pub fn bottom(&self) -> f32 {
        self.y + self.h
    }

    /// Whether a place lies in it.
    pub fn holds(&self, at: Point) -> bool {
        at.x >= self.x && at.x < self.right() && at.y >= self.y && at.y < self.bottom()
    }

    /// Whether two boxes share any area.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The box grown by `by` pixels on every side.
    #[must_use]
    pub fn grown(&self, by: f32) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }
}

/// A line's look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its width in pixels.
    pub width: f32,
    /// Its colour.
    pub color: Rgba,
    /// Lengths of a dash and of a gap, in pixels; `None` for a whole line.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    /// A whole line.
    pub const fn solid(width: f32, color: Rgba) -> Self {
        Self { width, color, dash: None }
    }

    /// A dashed line.
    pub const fn dashed(width: f32, color: Rgba) -> Self {
        Self { width, color, dash: Some((4.0, 3.0)) }
    }
}

/// Where a text stands beside its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// How heavy a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Plain.
    #[default]
    Regular,
    /// Names and headings.
    SemiBold,
}

/// A text in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Where it stands: x by `align`, y at the middle of its capitals.
    pub at: Point,
    /// Beside its place.
    pub align: Align,
    /// Its size in pixels.
    pub size_px: f32,
    /// Its weight.
    pub weight: Weight,
    /// Its colour.
    pub color: Rgba,
    /// The words.
    pub text: String,
}

/// A shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Prim {
    /// A box with round corners.
    Box {
        /// Where.
        rect: Rect,
        /// The corners' radius.
        radius: f32,
        /// Its fill.
        fill: Option<Rgba>,
        /// Its outline.
        stroke: Option<Stroke>,
    },
    /// A box that fades in over its first `fade_in` pixels and out over its last `fade_out`.
    Fade {
        /// Where.
        rect: Rect,
        /// Its colour at full strength.
        color: Rgba,
        /// Pixels over which it comes.
        fade_in: f32,
        /// Pixels over which it goes.
        fade_out: f32,
    },
    /// A straight line.
    Line {
        /// From here.
        from: Point,
        /// To here.
        to: Point,
        /// Its look.
        stroke: Stroke,
    },
    /// A symbol of a kind.
    Symbol {
        /// Its outline.
        shape: Symbol,
        /// Its middle.
        middle: Point,
        /// Its radius.
        radius: f32,
        /// Its look.
        look: SymbolLook,
    },
    /// A closed shape.
    Polygon {
        /// Its corners.
        corners: Vec<Point>,
        /// Its fill.
        fill: Option<Rgba>,
        /// Its outline.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// Its middle.
        middle: Point,
        /// Its radius.
        radius: f32,
        /// Its fill.
        fill: Option<Rgba>,
        /// Its outline.
        stroke: Option<Stroke>,
    },
    /// A text.
    Text(Text),
}
