//! The figure of an event along the axis: its pixels from left to right, and the shapes that say how its date is known.
//!
//! ```text
//!   ●            known more closely than a symbol is wide      ░▒▒▒○▒▒▒░   somewhere in here
//!   ▓████████▓   lasted, with soft ends                        ████████▒░▶ without an end
//!   ○────○──○    on one of these days                          ●────●──●   on all of these days
//!   ●┈┈┈┈┈○      another source gives another date             ┌╌╌╌╌╌╌╌┐   denied, disputed or false
//! ```
//!
//! Knows no event and no scale, so that the legend draws its examples with the same code.

use super::symbols::{SymbolLook, symbol};
use super::{Point, Prim, Rect, Stroke};
use crate::style::{BAR_PX, Rgba, SOFT_FROM_PX, SYMBOL_RADIUS_PX, StatusLook, Symbol};

/// The length over which an open end fades.
const OPEN_FADE_PX: f32 = 46.0;
/// The length over which the sides of a band fade at most.
const BAND_FADE_PX: f32 = 24.0;
/// How far a figure goes on behind the side of the plot, so that no end shows where there is none.
const BEHIND_PX: f32 = 8.0;
/// The narrowest feather that is drawn.
const FEATHER_LEAST_PX: f32 = 3.0;
/// The size of the symbol within a bar, in parts of a mark's.
const BAR_SIGN: f32 = 0.68;
/// The stretch of a bar that its symbol takes.
pub(super) const BAR_SIGN_ROOM_PX: f32 = 18.0;
/// How strong a band is beside a bar.
const BAND_STRENGTH: f32 = 0.30;

/// Which sides of an extent have no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Open {
    pub start: bool,
    pub end: bool,
}

/// One of several dates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Member {
    /// Where its symbol stands.
    pub x: f32,
    /// Its possible extent.
    pub left: f32,
    pub right: f32,
}

/// What an event is drawn as.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// A solid symbol.
    Symbol,
    /// A soft band over the possible extent with a hollow symbol at its middle.
    Band { open: Open },
    /// A bar, with the pixels over which its ends are soft.
    Bar { soft_in: f32, soft_out: f32, open: Open },
    /// Linked symbols, hollow for "one of", solid for "all of", those that are inside the plot or near it.
    Members { members: Vec<Member>, all: bool },
}

/// The geometry of an event along the axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    pub form: Form,
    /// Left and right of its extent, clipped to the plot.
    pub left: f32,
    pub right: f32,
    /// Where its symbol, or the start of its bar, stands; may lie outside the plot.
    pub anchor: f32,
    /// Whether its extent is cut off at the plot's left or right side.
    pub cut_left: bool,
    pub cut_right: bool,
    /// Whether its extent has an outline, as that of a denied, disputed or false event has: no words lie across its ends.
    pub outlined: bool,
    /// How far doubt reaches past its bounds, to the left and to the right.
    pub feather: (f32, f32),
    /// Where other sources put it, at most just outside the plot.
    pub ghosts: Vec<f32>,
}

/// How a mark is coloured.
#[derive(Clone, Copy, Debug)]
pub(super) struct MarkLook {
    pub color: Rgba,
    pub shape: Symbol,
    pub ground: Rgba,
    /// What stands out on the colour, where bars have the symbol of their kind: in print, where colour may be lost.
    pub on: Option<Rgba>,
    pub status: StatusLook,
}

impl MarkLook {
    fn symbol(&self) -> SymbolLook {
        SymbolLook { color: self.color, solid: !self.status.hollow, dashed: self.status.dashed, ground: self.ground }
    }

    /// The same, hollow.
    fn hollow(&self) -> SymbolLook {
        SymbolLook { solid: false, ..self.symbol() }
    }

    /// A line in its colour, dashed where the status is.
    fn line(&self, width: f32) -> Stroke {
        if self.status.dashed { Stroke::dashed(width, self.color) } else { Stroke::solid(width, self.color) }
    }
}

impl Figure {
    /// The stretch of its row that it takes, ghosts and feathers included.
    pub fn taken(&self) -> (f32, f32) {
        let left = self.ghosts.iter().map(|x| x - SYMBOL_RADIUS_PX).fold(self.left - self.feather.0, f32::min);
        let right = self.ghosts.iter().map(|x| x + SYMBOL_RADIUS_PX).fold(self.right + self.feather.1, f32::max);
        (left, right)
    }

    /// Where its symbol stands in the plot, or its bar's nearest visible place.
    pub fn handle(&self) -> f32 {
        match self.form {
            Form::Symbol | Form::Band { .. } => self.anchor,
            Form::Bar { .. } | Form::Members { .. } => self.anchor.max(self.left),
        }
    }

    /// Where a bar or a band is at its full strength, so that words on it can be read: from its soft start to its soft end.
    pub fn firm(&self) -> (f32, f32) {
        match self.form {
            Form::Bar { soft_in, soft_out, open } => {
                let fade = OPEN_FADE_PX.min((self.right - self.left) / 2.0);
                (self.left + if open.start { fade } else { soft_in }, self.right - if open.end { fade } else { soft_out })
            }
            Form::Band { open } => {
                let fade = OPEN_FADE_PX.min((self.right - self.left) / 2.0);
                (self.left + if open.start { fade } else { 0.0 }, self.right - if open.end { fade } else { 0.0 })
            }
            Form::Symbol | Form::Members { .. } => (self.left, self.right),
        }
    }

    /// The stretch on which words can stand without a ground of their own: a band.
    pub fn pale(&self) -> Option<(f32, f32)> {
        match self.form {
            Form::Band { .. } => Some((self.left - self.feather.0, self.right + self.feather.1)),
            _ => None,
        }
    }

    /// Its left and right as drawn: on behind the sides of the plot where it is cut off there.
    fn drawn(&self) -> (f32, f32) {
        (if self.cut_left { self.left - BEHIND_PX } else { self.left }, if self.cut_right { self.right + BEHIND_PX } else { self.right })
    }

    /// Appends the shapes of the mark with its middle at `y`.
    pub fn shapes(&self, y: f32, look: MarkLook, out: &mut Vec<Prim>) {
        match &self.form {
            Form::Symbol => {
                self.feathers(y, look, (self.anchor, self.anchor), out);
                out.push(symbol(look.shape, Point { x: self.anchor, y }, 1.0, look.symbol()));
            }
            Form::Band { open } => {
                self.band(y, look, *open, out);
                out.push(symbol(look.shape, Point { x: self.anchor, y }, 1.0, look.hollow()));
            }
            Form::Bar { soft_in, soft_out, open } => {
                self.feathers(y, look, (self.left + soft_in, self.right - soft_out), out);
                self.bar(y, look, (*soft_in, *soft_out), *open, out);
            }
            Form::Members { members, all } => {
                self.feathers(y, look, (self.left, self.right), out);
                self.members(y, look, members, *all, out);
            }
        }
        for &x in &self.ghosts {
            self.ghost(x, y, look, out);
        }
    }

    /// Doubt past the bounds, under the figure: from one unit outside to where the figure is firm.
    fn feathers(&self, y: f32, look: MarkLook, firm: (f32, f32), out: &mut Vec<Prim>) {
        let half = BAR_PX / 2.0 - 1.0;
        let color = look.color.faded(BAND_STRENGTH);
        if self.feather.0 >= FEATHER_LEAST_PX && !self.cut_left {
            let rect = Rect::between(self.left - self.feather.0, y - half, firm.0.max(self.left), y + half);
            out.push(Prim::Fade { rect, color, fade_in: self.feather.0, fade_out: 0.0 });
        }
        if self.feather.1 >= FEATHER_LEAST_PX && !self.cut_right {
            let rect = Rect::between(firm.1.min(self.right), y - half, self.right + self.feather.1, y + half);
            out.push(Prim::Fade { rect, color, fade_in: 0.0, fade_out: self.feather.1 });
        }
    }

    fn band(&self, y: f32, look: MarkLook, open: Open, out: &mut Vec<Prim>) {
        let half = BAR_PX / 2.0;
        let (left, right) = self.drawn();
        // An open side fades within the plot.
        let (left, right) = (if open.start { self.left } else { left }, if open.end { self.right } else { right });
        let fade = ((self.right - self.left) / 4.0).min(BAND_FADE_PX);
        // With doubt the band fades past its bound, else just within it.
        let side = |open: bool, cut: bool, feather: f32| match (open, cut) {
            (true, _) => (0.0, OPEN_FADE_PX.min((self.right - self.left) / 2.0)),
            (false, true) => (0.0, 0.0),
            (false, false) if feather >= FEATHER_LEAST_PX => (feather, feather + fade / 2.0),
            (false, false) => (0.0, fade),
        };
        let (past_left, fade_in) = side(open.start, self.cut_left, self.feather.0);
        let (past_right, fade_out) = side(open.end, self.cut_right, self.feather.1);
        let rect = Rect::between(left - past_left, y - half, right + past_right, y + half);
        if look.status.hollow {
            out.push(Prim::Fade { rect, color: look.color.faded(0.10), fade_in, fade_out });
            out.push(outlined(Rect::between(left, y - half, right, y + half), look));
        } else {
            out.push(Prim::Fade { rect, color: look.color.faded(BAND_STRENGTH), fade_in, fade_out });
        }
        self.arrows(y, look, open, out);
    }

    fn bar(&self, y: f32, look: MarkLook, (soft_in, soft_out): (f32, f32), open: Open, out: &mut Vec<Prim>) {
        let half = BAR_PX / 2.0;
        let (left, right) = self.drawn();
        let width = self.right - self.left;
        let open_fade = OPEN_FADE_PX.min(width / 2.0);
        // An open end fades within the plot, and so does a soft one of which a part is seen.
        let (from, fade_in) = if open.start { (self.left, open_fade) } else { (left, soft_in.min(width)) };
        let (to, fade_out) = if open.end { (self.right, open_fade) } else { (right, soft_out.min(width)) };
        let rect = Rect::between(from, y - half, to, y + half);
        if look.status.hollow {
            out.push(Prim::Fade { rect, color: look.color.faded(0.14), fade_in, fade_out });
            out.push(outlined(rect, look));
        } else if fade_in > 0.0 || fade_out > 0.0 {
            out.push(Prim::Fade { rect, color: look.color, fade_in, fade_out });
        } else {
            out.push(Prim::Box { rect, radius: 3.0, fill: Some(look.color), stroke: None });
        }
        if let (Some(on), Some(x)) = (look.on, self.kind_sign()) {
            let sign = if look.status.hollow { look.hollow() } else { SymbolLook { color: on, ..look.symbol() } };
            out.push(symbol(look.shape, Point { x, y }, BAR_SIGN, sign));
        }
        self.arrows(y, look, open, out);
    }

    /// Where a bar has room for the symbol of its kind.
    fn kind_sign(&self) -> Option<f32> {
        let (from, to) = self.firm();
        (matches!(self.form, Form::Bar { .. }) && to - from >= BAR_SIGN_ROOM_PX).then_some(from + BAR_SIGN_ROOM_PX / 2.0)
    }

    /// Arrowheads at sides without a bound.
    fn arrows(&self, y: f32, look: MarkLook, open: Open, out: &mut Vec<Prim>) {
        let half = BAR_PX / 2.0;
        let mut arrow = |tip: f32, back: f32| {
            let corners = vec![Point { x: tip, y }, Point { x: back, y: y - half + 0.5 }, Point { x: back, y: y + half - 0.5 }];
            let (fill, stroke) =
                if look.status.hollow { (Some(look.ground), Some(Stroke::solid(1.2, look.color))) } else { (Some(look.color), None) };
            out.push(Prim::Polygon { corners, fill, stroke });
        };
        if open.end {
            arrow(self.right - 1.0, self.right - 9.0);
        }
        if open.start {
            arrow(self.left + 1.0, self.left + 9.0);
        }
    }

    fn members(&self, y: f32, look: MarkLook, members: &[Member], all: bool, out: &mut Vec<Prim>) {
        let half = BAR_PX / 2.0;
        for member in members.iter().filter(|member| member.right - member.left >= SOFT_FROM_PX) {
            let rect = Rect::between(member.left, y - half, member.right, y + half);
            let fade = (rect.w / 4.0).min(BAND_FADE_PX);
            out.push(Prim::Fade { rect, color: look.color.faded(BAND_STRENGTH), fade_in: fade, fade_out: fade });
        }
        let (left, right) = self.drawn();
        let from = if self.cut_left { left } else { self.anchor.max(left) };
        let to = if self.cut_right { right } else { members.last().map_or(right, |member| member.x) };
        if to > from {
            out.push(Prim::Line { from: Point { x: from, y }, to: Point { x: to, y }, stroke: look.line(1.2) });
        }
        let each = if all { look.symbol() } else { look.hollow() };
        out.extend(members.iter().map(|member| symbol(look.shape, Point { x: member.x, y }, 0.85, each)));
    }

    /// Another source's date: the symbol in outline, joined to the event's own by a thin line.
    fn ghost(&self, x: f32, y: f32, look: MarkLook, out: &mut Vec<Prim>) {
        let own = self.handle();
        let reach = SYMBOL_RADIUS_PX * 0.8;
        let (near, far) = if x < own { (x + reach, own) } else { (own, x - reach) };
        if far > near {
            let stroke = Stroke { width: 1.0, color: look.color, dash: Some((1.5, 2.5)) };
            out.push(Prim::Line { from: Point { x: near, y }, to: Point { x: far, y }, stroke });
        }
        // A ghost that falls on its own symbol is drawn around it, or nobody would see it.
        let around = (x - own).abs() < 1.6 * SYMBOL_RADIUS_PX;
        let (scale, ground) = if around { (1.7, look.ground.faded(0.0)) } else { (0.8, look.ground) };
        let ghost = SymbolLook { color: look.color.faded(0.75), ground, ..look.hollow() };
        out.push(symbol(look.shape, Point { x, y }, scale, ghost));
    }
}

/// The dashed outline of what is denied, disputed or false.
fn outlined(rect: Rect, look: MarkLook) -> Prim {
    let inner = Rect::between(rect.x + 0.7, rect.y + 1.0, rect.right() - 0.7, rect.bottom() - 1.0);
    Prim::Box { rect: inner, radius: 2.0, fill: None, stroke: Some(look.line(1.4)) }
}
