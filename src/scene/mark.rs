//! What an event looks like on the axis, before it has a row: its pixels from left to right, and its shapes.

use super::symbols::{SymbolLook, symbol};
use super::{Point, Prim, Rect, Stroke};
use crate::store::{Brief, EventId, EventStore};
use crate::style::{BAR_PX, Rgba, SOFT_FROM_PX, SYMBOL_RADIUS_PX, StatusLook, Symbol};
use crate::time::{self, DAY_MS, Extent, Precision, Qualities, Shape};
use crate::view::TimeScale;

/// The shortest bar, so that something that lasted never looks like a moment.
const BAR_LEAST_PX: f32 = 9.0;
/// The widest feather of an approximate date.
const FEATHER_MOST_PX: f32 = 36.0;
/// The length over which an open end fades.
const OPEN_FADE_PX: f32 = 46.0;

/// What an event is drawn as.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// A solid symbol.
    Symbol,
    /// A soft band over the possible extent with a hollow symbol at its middle.
    Band,
    /// A bar, with the pixels over which its ends are soft, and whether they are open.
    Bar { soft_in: f32, soft_out: f32, open_start: bool, open_end: bool },
    /// Linked symbols, hollow for "one of", solid for "all of".
    Members { xs: Vec<f32>, all: bool },
}

/// The geometry of a mark along the axis.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    pub event: EventId,
    pub brief: Brief,
    pub form: Form,
    /// Left and right of its extent, clipped to the plot.
    pub left: f32,
    pub right: f32,
    /// Where its symbol, or the start of its bar, stands; may lie outside the plot.
    pub anchor: f32,
    /// Whether its extent is cut off at the plot's left or right side.
    pub cut_left: bool,
    pub cut_right: bool,
    /// Feather past its bounds.
    pub feather: f32,
    /// Where other sources put it.
    pub ghosts: Vec<f32>,
}

/// How a mark is coloured.
#[derive(Clone, Copy, Debug)]
pub(super) struct MarkLook {
    pub color: Rgba,
    pub shape: Symbol,
    pub ground: Rgba,
    pub status: StatusLook,
}

impl Outline {
    /// Measures an event against a scale. `None` for an undated event.
    pub fn of(store: &EventStore, event: EventId, scale: &TimeScale) -> Option<Self> {
        let brief = store.brief(event)?;
        let (plot_left, plot_right) = (scale.left_px, scale.left_px + scale.width_px);
        let (from, to) = (scale.x_of(brief.start_ms), scale.x_of(brief.end_ms));
        let clip = |x: f32| x.clamp(plot_left, plot_right);
        let middle = scale.x_of(middle_ms(brief.start_ms, brief.end_ms));
        let (form, anchor, left, right) = match brief.shape {
            Shape::Duration => {
                let form = bar_form(store, event, &brief, scale);
                (form, from, clip(from), clip(to.max(from + BAR_LEAST_PX)))
            }
            Shape::Moment if brief.qualities.has(Qualities::ONE_OF) || brief.qualities.has(Qualities::ALL_OF) => {
                let extents = time::members(store.canonical(event));
                let xs: Vec<f32> = extents.iter().map(|extent| scale.x_of(middle_of(extent))).collect();
                let first = xs.first().copied().unwrap_or(middle);
                let last = xs.last().copied().unwrap_or(middle);
                let form = Form::Members { xs, all: brief.qualities.has(Qualities::ALL_OF) };
                (form, first, clip(first - SYMBOL_RADIUS_PX), clip(last + SYMBOL_RADIUS_PX))
            }
            Shape::Moment if to - from < SOFT_FROM_PX => {
                (Form::Symbol, middle, middle - SYMBOL_RADIUS_PX - 1.0, middle + SYMBOL_RADIUS_PX + 1.0)
            }
            Shape::Moment => (Form::Band, middle, clip(from), clip(to)),
        };
        let competing = brief.competing.then(|| store.competing_dates(event));
        let ghosts: Vec<f32> = competing
            .into_iter()
            .flatten()
            .filter_map(|text| time::read(text, &time::Dialect::EDTF).ok())
            .map(|when| scale.x_of(middle_of(&when.reading.extent)))
            .filter(|x| *x > plot_left && *x < plot_right)
            .collect();
        let doubtful = brief.qualities.has(Qualities::APPROXIMATE) || brief.qualities.has(Qualities::UNCERTAIN);
        let feather =
            if doubtful { (unit_ms(brief.precision) as f64 / scale.ms_per_px()).min(f64::from(FEATHER_MOST_PX)) as f32 } else { 0.0 };
        Some(Self { event, brief, form, left, right, anchor, cut_left: from < plot_left, cut_right: to > plot_right, feather, ghosts })
    }

    /// The stretch of its row that it takes, ghosts and feathers included.
    pub fn taken(&self) -> (f32, f32) {
        let left = self.ghosts.iter().copied().map(|x| x - SYMBOL_RADIUS_PX).fold(self.left - self.feather.min(12.0), f32::min);
        let right = self.ghosts.iter().copied().map(|x| x + SYMBOL_RADIUS_PX).fold(self.right + self.feather.min(12.0), f32::max);
        (left, right)
    }

    /// Where its symbol stands in the plot, or its bar's nearest visible place.
    pub fn handle(&self) -> f32 {
        match self.form {
            Form::Symbol | Form::Band => self.anchor,
            Form::Bar { .. } | Form::Members { .. } => self.anchor.max(self.left),
        }
    }

    /// Where a bar is at its full strength, so that words on it can be read: from its soft start to its soft end.
    pub fn firm(&self) -> (f32, f32) {
        match self.form {
            Form::Bar { soft_in, soft_out, open_start, open_end } => {
                let open = OPEN_FADE_PX.min((self.right - self.left) / 2.0);
                let fade_in = if open_start { open } else { soft_in };
                let fade_out = if open_end { open } else { soft_out };
                (self.left + fade_in, self.right - fade_out)
            }
            _ => (self.left, self.right),
        }
    }

    /// Appends the shapes of the mark with its middle at `y`.
    pub fn shapes(&self, y: f32, look: MarkLook, out: &mut Vec<Prim>) {
        let half = BAR_PX / 2.0;
        let solid_symbol = SymbolLook { color: look.color, solid: !look.status.hollow, dashed: look.status.dashed, ground: look.ground };
        let hollow_symbol = SymbolLook { solid: false, ..solid_symbol };
        if self.feather >= 3.0 {
            let rect = Rect::between(self.left - self.feather, y - half + 1.0, self.right + self.feather, y + half - 1.0);
            out.push(Prim::Fade { rect, color: look.color.faded(0.20), fade_in: self.feather, fade_out: self.feather });
        }
        match &self.form {
            Form::Symbol => out.push(symbol(look.shape, Point { x: self.anchor, y }, 1.0, solid_symbol)),
            Form::Band => {
                let rect = Rect::between(self.left, y - half, self.right, y + half);
                let fade = (rect.w / 4.0).min(24.0);
                let (fade_in, fade_out) = (if self.cut_left { 0.0 } else { fade }, if self.cut_right { 0.0 } else { fade });
                out.push(Prim::Fade { rect, color: look.color.faded(0.30), fade_in, fade_out });
                out.push(symbol(look.shape, Point { x: self.anchor, y }, 1.0, hollow_symbol));
            }
            Form::Bar { soft_in, soft_out, open_start, open_end } => {
                self.bar(y, look, (*soft_in, *soft_out), (*open_start, *open_end), out);
            }
            Form::Members { xs, all } => {
                if let (Some(&first), Some(&last)) = (xs.first(), xs.last()) {
                    let stroke = Stroke::solid(1.2, look.color);
                    out.push(Prim::Line { from: Point { x: first, y }, to: Point { x: last, y }, stroke });
                }
                let each = if *all { solid_symbol } else { hollow_symbol };
                out.extend(xs.iter().map(|&x| symbol(look.shape, Point { x, y }, 0.85, each)));
            }
        }
        for &x in &self.ghosts {
            let (near, far) = if x < self.handle() { (x + SYMBOL_RADIUS_PX, self.handle()) } else { (self.handle(), x - SYMBOL_RADIUS_PX) };
            let stroke = Stroke { width: 1.0, color: look.color, dash: Some((1.5, 2.5)) };
            out.push(Prim::Line { from: Point { x: near, y }, to: Point { x: far, y }, stroke });
            // A ghost that falls on its own symbol is drawn around it, or nobody would see it.
            let scale = if (x - self.handle()).abs() < 1.6 * SYMBOL_RADIUS_PX { 1.7 } else { 0.9 };
            let ground = if scale > 1.0 { look.ground.faded(0.0) } else { look.ground };
            out.push(symbol(look.shape, Point { x, y }, scale, SymbolLook { dashed: true, ground, ..hollow_symbol }));
        }
    }

    fn bar(&self, y: f32, look: MarkLook, (soft_in, soft_out): (f32, f32), (open_start, open_end): (bool, bool), out: &mut Vec<Prim>) {
        let half = BAR_PX / 2.0;
        let rect = Rect::between(self.left, y - half, self.right, y + half);
        let fade_in = if open_start { OPEN_FADE_PX.min(rect.w / 2.0) } else { soft_in.min(rect.w) };
        let fade_out = if open_end { OPEN_FADE_PX.min(rect.w / 2.0) } else { soft_out.min(rect.w) };
        if look.status.hollow {
            let stroke = Stroke::dashed(1.4, look.color);
            let inner = Rect::between(rect.x + 0.7, rect.y + 1.0, rect.right() - 0.7, rect.bottom() - 1.0);
            out.push(Prim::Box { rect: inner, radius: 2.0, fill: Some(look.color.faded(0.06)), stroke: Some(stroke) });
        } else if fade_in > 0.0 || fade_out > 0.0 {
            out.push(Prim::Fade { rect, color: look.color, fade_in, fade_out });
        } else {
            out.push(Prim::Box { rect, radius: 3.0, fill: Some(look.color), stroke: None });
        }
        let mut arrow = |tip: f32, back: f32| {
            let corners = vec![Point { x: tip, y }, Point { x: back, y: y - half + 0.5 }, Point { x: back, y: y + half - 0.5 }];
            let (fill, stroke) =
                if look.status.hollow { (Some(look.ground), Some(Stroke::solid(1.2, look.color))) } else { (Some(look.color), None) };
            out.push(Prim::Polygon { corners, fill, stroke });
        };
        if open_end {
            arrow(rect.right() - 1.0, rect.right() - 9.0);
        }
        if open_start {
            arrow(rect.x + 1.0, rect.x + 9.0);
        }
    }
}

fn bar_form(store: &EventStore, event: EventId, brief: &Brief, scale: &TimeScale) -> Form {
    let extent = store.extent(event).unwrap_or(Extent::moment(brief.start_ms, brief.end_ms));
    let open_start = brief.start_ms == i64::MIN;
    let open_end = brief.end_ms == i64::MAX;
    let px = |from_ms: i64, to_ms: i64| scale.x_of(to_ms) - scale.x_of(from_ms);
    // Ends known to less than a symbol's width are drawn hard, as such a moment is drawn solid.
    let soft = |width: f32| if width >= SOFT_FROM_PX { width } else { 0.0 };
    let (left, right) = (scale.left_px, scale.left_px + scale.width_px);
    // Of a soft end that lies partly outside the plot only the part inside is left.
    let inside_in = (scale.x_of(extent.latest_start) - scale.x_of(extent.earliest_start).max(left)).max(0.0);
    let inside_out = (scale.x_of(extent.latest_end).min(right) - scale.x_of(extent.earliest_end)).max(0.0);
    let soft_in = if open_start { 0.0 } else { soft(px(extent.earliest_start, extent.latest_start)).min(inside_in) };
    let soft_out = if open_end { 0.0 } else { soft(px(extent.earliest_end, extent.latest_end)).min(inside_out) };
    Form::Bar { soft_in, soft_out, open_start, open_end }
}

fn middle_ms(from_ms: i64, to_ms: i64) -> i64 {
    i128::midpoint(i128::from(from_ms), i128::from(to_ms)) as i64
}

fn middle_of(extent: &Extent) -> i64 {
    middle_ms(extent.earliest_start, extent.latest_end)
}

/// The length of a unit, in milliseconds.
const fn unit_ms(precision: Precision) -> i64 {
    match precision {
        Precision::Subsecond => 1,
        Precision::Second => 1_000,
        Precision::Minute => 60_000,
        Precision::Hour => 3_600_000,
        Precision::Day => DAY_MS,
        Precision::Month => 30 * DAY_MS,
        Precision::Season => 91 * DAY_MS,
        Precision::Year => 365 * DAY_MS,
        Precision::Decade => 3_652 * DAY_MS,
        Precision::Century => 36_524 * DAY_MS,
        Precision::Millennium => 365_242 * DAY_MS,
    }
}
