//! Where to open: the dense part of a file.

use super::{EventId, EventStore, LaneIndex};
use crate::time::Shape;

/// The shares of all events that a dense part may hold, largest first.
const SHARES: [f64; 6] = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];

/// How much denser than the whole a part must be before the window opens on it.
const LEAST_GAIN: f64 = 2.0;

/// How many starts are looked at; beyond that, every n-th.
const SAMPLE: usize = 200_000;

/// The part of the axis on which a window should open, `[from_ms, to_ms)` with some room at its sides; `None` where nothing is dated.
///
/// For several shares of the events, the shortest span that holds that share is found. A share is worth the more the more events it holds and the
/// shorter its span is beside the whole: `sqrt(share) * ln(whole / span)`. Where no part gains enough, the whole is the answer.
pub fn dense_window(store: &EventStore, lanes: &LaneIndex) -> Option<(i64, i64)> {
    let (whole_from, whole_to) = store.span_ms()?;
    let whole = whole_to as f64 - whole_from as f64;
    let events = lanes.all()?.by_start();
    let step = events.len().div_ceil(SAMPLE).max(1);
    let starts: Vec<i64> =
        events.iter().step_by(step).filter_map(|&event| store.start_ms(event)).filter(|&start_ms| start_ms != i64::MIN).collect();
    let shortest_ms = shortest(store, events, step);
    let mut best: Option<(f64, i64, i64)> = None;
    for share in SHARES {
        let needed = (starts.len() as f64 * share).ceil() as usize;
        if needed < 4 || needed > starts.len() {
            continue;
        }
        let spans = starts.windows(needed).map(|run| (run[needed - 1].saturating_sub(run[0]), run[0], run[needed - 1]));
        let Some((length, from_ms, to_ms)) = spans.min() else { continue };
        let length = (length as f64).max(shortest_ms as f64).max(1.0);
        let gain = share.sqrt() * (whole / length).ln();
        if gain > best.map_or(LEAST_GAIN, |(gain, ..)| gain) {
            best = Some((gain, from_ms, to_ms));
        }
    }
    let (from_ms, to_ms) = best.map_or((whole_from, whole_to), |(_, from_ms, to_ms)| {
        // The end of what begins last in the part belongs to the picture where it is near.
        let length = to_ms - from_ms;
        let last_end = events
            .iter()
            .filter_map(|&event| store.brief(event))
            .filter(|brief| brief.start_ms >= from_ms && brief.start_ms <= to_ms && brief.end_ms != i64::MAX)
            .map(|brief| brief.end_ms)
            .filter(|&end_ms| end_ms <= to_ms.saturating_add(length / 4).saturating_add(crate::time::DAY_MS))
            .max();
        (from_ms, last_end.unwrap_or(to_ms).max(to_ms))
    });
    let lacking = shortest_ms.min(whole as i64).saturating_sub(to_ms.saturating_sub(from_ms)).max(0) / 2;
    let (low_ms, high_ms) = (from_ms.saturating_sub(lacking).max(whole_from), to_ms.saturating_add(lacking).min(whole_to));
    Some(with_room(low_ms.min(from_ms), high_ms.max(to_ms)))
}

/// The shortest part worth opening on: twelve times the extent to which half of the moments are known, so that a day with many events does not fill the window.
fn shortest(store: &EventStore, events: &[EventId], step: usize) -> i64 {
    let moments = events.iter().step_by(step).filter_map(|&event| store.brief(event)).filter(|brief| brief.shape == Shape::Moment);
    let mut extents: Vec<i64> = moments.map(|brief| brief.end_ms.saturating_sub(brief.start_ms)).collect();
    extents.sort_unstable();
    extents.get(extents.len() / 2).map_or(0, |extent_ms| extent_ms.saturating_mul(12))
}

/// A span widened by a twentieth at either side, and to at least a second.
fn with_room(from_ms: i64, to_ms: i64) -> (i64, i64) {
    let room = ((to_ms.saturating_sub(from_ms)) / 20).max(500);
    (from_ms.saturating_sub(room), to_ms.saturating_add(room))
}
