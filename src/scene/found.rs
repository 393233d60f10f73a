//! Hits that stand out among all events: what does not match is drawn faded, counts show their share of hits.

use super::{Connector, Fold, Mark, Prim, Rect, SceneRequest, density};
use crate::store::{EventId, EventSet, Lane, LaneIndex};
use crate::style::Rgba;
use crate::view::{LaneRow, TimeScale};

/// The events that match a search, while the others are drawn too.
#[derive(Clone, Copy, Debug)]
pub struct Hits<'a> {
    /// Which events.
    pub events: &'a EventSet,
    /// The drawn lanes with only these, in the same order.
    pub lanes: &'a LaneIndex,
}

/// How strong what does not match is drawn.
const FADED: f32 = 0.28;

impl Hits<'_> {
    /// Whether an event stands out.
    pub(super) fn has(&self, event: EventId) -> bool {
        self.events.has(event)
    }

    /// Fades a mark that is no hit.
    pub(super) fn show(&self, mark: &mut Mark) {
        if !self.has(mark.event) {
            mark.shapes.iter_mut().chain(&mut mark.label).for_each(|shape| fade(shape, FADED));
        }
    }

    /// Fades the line between marks that are no hits.
    pub(super) fn show_connector(&self, connector: &mut Connector) {
        if !self.has(connector.event) {
            connector.shapes.iter_mut().for_each(|shape| fade(shape, FADED));
        }
    }
}

fn faded_stroke(stroke: &mut super::Stroke, share: f32) {
    stroke.color = stroke.color.faded(share);
}

/// Draws a shape at a share of its strength.
fn fade(prim: &mut Prim, share: f32) {
    match prim {
        Prim::Box { fill, stroke, .. } | Prim::Polygon { fill, stroke, .. } | Prim::Circle { fill, stroke, .. } => {
            *fill = fill.map(|color| color.faded(share));
            if let Some(stroke) = stroke {
                faded_stroke(stroke, share);
            }
        }
        Prim::Fade { color, .. } => *color = color.faded(share),
        Prim::Line { stroke, .. } => faded_stroke(stroke, share),
        Prim::Symbol { look, .. } => {
            look.color = look.color.faded(share);
        }
        Prim::Text(text) => text.color = text.color.faded(share.max(0.45)),
    }
}

/// Fades the columns of a lane and lays the hits' part of each over it, to the same scale.
pub(super) fn lay_over(request: &SceneRequest<'_>, row: LaneRow, scale: &TimeScale, columns: &mut [(usize, Fold)], buckets: usize) {
    let Some(hits) = &request.hits else { return };
    let counts = counts_of(request, hits.lanes.shown(row.lane, row.folded), scale, buckets);
    for (at, fold) in columns {
        let share = (f64::from(counts.get(*at).copied().unwrap_or_default()) / fold.count.max(1) as f64).clamp(0.0, 1.0);
        let Some(Prim::Box { rect, .. }) = fold.shapes.first() else { continue };
        let part = part_of(*rect, share);
        fold.shapes.iter_mut().for_each(|shape| fade(shape, FADED));
        if let Some(rect) = part {
            fold.shapes.push(column(rect, request.style.accent));
        }
    }
}

fn counts_of(request: &SceneRequest<'_>, lane: &Lane, scale: &TimeScale, buckets: usize) -> Vec<u32> {
    let mut counts = Vec::with_capacity(buckets);
    density::count(request.store, lane, scale, buckets, &mut counts);
    counts
}

/// The lower part of a column whose height shows the square root of its count: the root of the share of it, two pixels at least.
fn part_of(rect: Rect, share: f64) -> Option<Rect> {
    (share > 0.0).then(|| {
        let tall = (rect.h * share.sqrt() as f32).max(2.0).min(rect.h.max(2.0));
        Rect::between(rect.x, rect.bottom() - tall, rect.right(), rect.bottom())
    })
}

fn column(rect: Rect, fill: Rgba) -> Prim {
    Prim::Box { rect, radius: 0.0, fill: Some(fill), stroke: None }
}
