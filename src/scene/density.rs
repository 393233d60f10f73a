//! A lane as counts: one column for each few pixels.

use super::{Fold, Prim, Rect, SceneRequest, found};
use crate::store::{EventStore, Lane};
use crate::view::{LaneRow, Span, TimeScale};

/// Width of a column with its gap, in pixels.
const COLUMN_PX: f32 = 4.0;
/// The lowest column.
const LEAST_PX: f32 = 2.0;

/// Draws a lane as columns whose area grows with the square root of their counts, so that one event beside thousands still shows.
pub(super) fn columns(request: &SceneRequest<'_>, row: LaneRow, scale: &TimeScale, lane_rect: Rect, out: &mut Vec<Fold>) {
    let lane = request.lanes.shown(row.lane, row.folded);
    let buckets = (scale.width_px / COLUMN_PX).floor().max(1.0) as usize;
    let mut counts = Vec::with_capacity(buckets);
    let window = scale.span;
    count(request.store, lane, scale, buckets, &mut counts);
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f32;
    let (top, bottom) = (lane_rect.y + 6.0, lane_rect.bottom() - 5.0);
    let pitch = scale.width_px / buckets as f32;
    let edges = if scale.is_straight() { Vec::new() } else { scale.edges(buckets) };
    let mut columns: Vec<(usize, Fold)> = Vec::new();
    for (at, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
        let tall = ((count as f32 / most).sqrt() * (bottom - top)).max(LEAST_PX);
        let left = scale.left_px + pitch * at as f32;
        let rect = Rect::between(left, bottom - tall, left + pitch - 1.0, bottom);
        let edge = |at: usize| match edges.get(at) {
            Some(edge_ms) => *edge_ms,
            None => (i128::from(window.from_ms) + i128::from(window.length_ms()) * at as i128 / buckets as i128) as i64,
        };
        let span = Span::between(edge(at), edge(at + 1));
        let fold = Fold {
            count: count as usize,
            span,
            beside_others: false,
            hit: Rect::between(left, top, left + pitch, bottom),
            shapes: vec![Prim::Box { rect, radius: 0.0, fill: Some(request.style.density), stroke: None }],
        };
        columns.push((at, fold));
    }
    found::lay_over(request, row, scale, &mut columns, buckets);
    out.extend(columns.into_iter().map(|(_, fold)| fold));
}

/// Counts the events of a lane in so many columns of equal width, whatever is folded away between them.
pub(super) fn count(store: &EventStore, lane: &Lane, scale: &TimeScale, columns: usize, out: &mut Vec<u32>) {
    if scale.is_straight() {
        lane.buckets(store, scale.span.from_ms, scale.span.to_ms, columns, out);
    } else {
        lane.buckets_between(store, &scale.edges(columns), out);
    }
}
