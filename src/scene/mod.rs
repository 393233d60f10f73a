//! The scene: everything that is drawn, as plain data.
//!
//! One [`Scene`] is made from the store, the view, a style and a size, and every output (window, SVG, PNG, hit test, accessibility tree) reads it. It is bounded
//! by pixels: a lane that holds more events than it has room for is drawn as counts, found by search and not by looping over its events.
//!
//! In every lane: marks + counts of folds = `total`, the events of the lane that match the filter and meet the window.
//!
//! ```text
//! +----------+--------------------------------------+
//! |          | ruler                                |
//! +----------+--------------------------------------+
//! | header   | lane: marks, labels, chips           |
//! | header   | lane: density columns                |
//! +----------+--------------------------------------+
//! ```

mod breaks;
mod build;
mod clear;
mod connect;
mod density;
mod figure;
mod fitted;
mod found;
mod header;
mod hit;
mod kinds;
mod lane;
mod legend;
mod mark;
mod place;
mod prim;
mod reading;
mod rows;
mod ruler;
mod symbols;
mod text;

use std::sync::Arc;

pub use breaks::Break;
pub use build::{AUTO_LANE_PX, Height, MORE_PX, Paper, SceneRequest, build};
pub use clear::upright;
pub use connect::{connector_of, rejoin};
pub use fitted::fitted;
pub use found::Hits;
pub use hit::Hit;
pub use kinds::{KindLook, KindLooks};
pub use lane::{grouped, spoken};
pub use legend::{LegendRow, legend, legend_of, moved};
pub use place::{Placing, placing};
pub use prim::{Align, Point, Prim, Rect, Stroke, Text, Weight};
pub use reading::{Told, ToldLane, ToldWhat, reading};
pub use ruler::next_line;
pub use symbols::{CIRCLE, SymbolLook, corners, symbol};
pub use text::{elided, font_covers, text_width, wrapped};

use crate::store::{EventId, LaneId};
use crate::style::Theme;
use crate::view::{LaneRow, Span, TimeScale};

/// A complete picture of a timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Its size in pixels.
    pub width: f32,
    /// Its height in pixels.
    pub height: f32,
    /// The colours that it was made with.
    pub theme: Theme,
    /// The span of time drawn.
    pub window: Span,
    /// From times to x.
    pub scale: TimeScale,
    /// The area of the lanes' marks, right of the headers and below the ruler.
    pub plot: Rect,
    /// Grounds and grid lines, drawn first.
    pub backdrop: Vec<Prim>,
    /// Where empty stretches are folded away, drawn over the grounds.
    pub breaks: Vec<Break>,
    /// The lanes in view, pinned ones first.
    pub lanes: Vec<SceneLane>,
    /// Lines that join the marks of one event, drawn between lanes' grounds and marks, broken where they would run through words.
    pub connectors: Vec<Connector>,
    /// The ruler and the heading, drawn over the lanes.
    pub frame: Vec<Prim>,
    /// The row that counts lanes for which there was no room.
    pub more_lanes: Option<MoreLanes>,
    /// The height of all lanes that are not pinned together, in view or not.
    pub lanes_height: f32,
    /// The part of the plot in which lanes are scrolled, below those that are pinned.
    pub scrolled: Rect,
    /// Lanes that the user has left out.
    pub hidden_lanes: usize,
    /// Distinct events that match the filter and meet the window.
    pub events_in_view: usize,
}

/// A lane in the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneLane {
    /// Which lane it is.
    pub lane: LaneId,
    /// How it is shown.
    pub row: LaneRow,
    /// Whether it has the ground of every other lane.
    pub striped: bool,
    /// Its name.
    pub name: Arc<str>,
    /// Its box, header included.
    pub rect: Rect,
    /// The part of its box that can be seen: pinned lanes and the ruler lie over those that are scrolled.
    pub seen: Rect,
    /// Where a click folds it or shows what is folded into it; `None` where nothing stands under it.
    pub fold_box: Option<Rect>,
    /// Distinct events of the lane that match the filter and meet the window.
    pub total: usize,
    /// Events before the window.
    pub earlier: usize,
    /// Events after the window.
    pub later: usize,
    /// The header's shapes.
    pub header: Vec<Prim>,
    /// Events drawn by themselves.
    pub marks: Vec<Mark>,
    /// Events counted together.
    pub folds: Vec<Fold>,
    /// Words about the lane as a whole ("4 earlier").
    pub remarks: Vec<Prim>,
}

/// An event drawn by itself in one lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Which event.
    pub event: EventId,
    /// The event's identifier; empty where marks carry no names.
    pub id: String,
    /// Date, title and actors, for a reader who cannot see it; empty where marks carry no names.
    pub name: String,
    /// Where its symbol stands, or its bar's nearest visible place.
    pub handle: Point,
    /// The box that a click meets.
    pub hit: Rect,
    /// Its shapes.
    pub shapes: Vec<Prim>,
    /// Its label's box, where it has one.
    pub label_box: Option<Rect>,
    /// Its label's shapes.
    pub label: Vec<Prim>,
}

/// Several events drawn as their number.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// How many events.
    pub count: usize,
    /// The span in which they begin, or the window's start where they began before it.
    pub span: Span,
    /// Whether it stands beside events drawn one by one.
    pub beside_others: bool,
    /// The box that a click meets.
    pub hit: Rect,
    /// Its shapes.
    pub shapes: Vec<Prim>,
}

impl Fold {
    /// What it says to the pointer: made when asked for, since a picture may have thousands.
    pub fn name(&self) -> String {
        counted(self.count, self.beside_others, self.span)
    }
}

/// So many events in a span, in words.
fn counted(count: usize, beside_others: bool, span: Span) -> String {
    let words = match (beside_others, count) {
        (true, 1) => "more event",
        (true, _) => "more events",
        (false, 1) => "event",
        (false, _) => "events",
    };
    format!("{} {words}, {}", grouped(count), crate::time::span_text(span.from_ms, span.to_ms))
}

/// A line that joins the marks of one event in several lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct Connector {
    /// Which event.
    pub event: EventId,
    /// Its shapes.
    pub shapes: Vec<Prim>,
}

/// Lanes for which a picture of fixed height had no room.
#[derive(Clone, Debug, PartialEq)]
pub struct MoreLanes {
    /// How many lanes.
    pub lanes: usize,
    /// How many marks they would have.
    pub marks: usize,
    /// Its shapes.
    pub shapes: Vec<Prim>,
}

impl Scene {
    /// Marks and folded counts of all lanes in view.
    pub fn marks_in_view(&self) -> usize {
        self.lanes.iter().map(|lane| lane.total).sum()
    }
}
