//! What lies in a span of time: how much, in which lanes, of which kinds, and how that compares with the rest.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::store::{EventStore, LaneIndex};
use crate::view::{LaneRows, Span};

/// What lies in a span.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanSummary {
    /// The span.
    pub span: Span,
    /// Distinct events that match the filter and whose possible extent meets it.
    pub events: usize,
    /// How many of them can have begun in it.
    pub beginning: usize,
    /// The lanes with most events in it, most first, each with its number.
    pub by_lane: Vec<(Arc<str>, usize)>,
    /// How many shown lanes have any.
    pub lanes: usize,
    /// Its kinds, most first; empty for events without one.
    pub by_kind: Vec<(String, usize)>,
    /// Beginnings a month within it.
    pub a_month: f64,
    /// Beginnings a month in the rest of the whole range; `None` where there is no rest.
    pub rest_a_month: Option<f64>,
    /// Events by equal parts of the span, each at the later of its earliest start and the span's.
    pub parts: Vec<u32>,
}

/// How many lanes and kinds are told by name.
const MOST_TOLD: usize = 8;
/// Parts of a span that are counted.
const PARTS: usize = 60;
/// A mean month.
const MONTH_MS: f64 = 31_556_952_000.0 / 12.0;

/// Sums up a span. Takes time linear in the lanes and in the events of the span: work for a job.
pub fn span_summary(store: &EventStore, lanes: &LaneIndex, rows: &LaneRows, span: Span) -> SpanSummary {
    let (from_ms, to_ms) = (span.from_ms, span.to_ms);
    let shown = (0..rows.len()).filter_map(|row| rows.lane(row, lanes));
    let mut by_lane: Vec<(Arc<str>, usize)> =
        shown.map(|lane| (Arc::clone(lane.name()), lane.count(store, from_ms, to_ms))).filter(|(_, count)| *count > 0).collect();
    let lanes_with = by_lane.len();
    by_lane.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    by_lane.truncate(MOST_TOLD);
    let mut summary = SpanSummary {
        span,
        events: 0,
        beginning: 0,
        by_lane,
        lanes: lanes_with,
        by_kind: Vec::new(),
        a_month: 0.0,
        rest_a_month: None,
        parts: Vec::new(),
    };
    let Some(all) = lanes.all() else { return summary };
    summary.events = all.count(store, from_ms, to_ms);
    summary.beginning = all.starting_before(store, to_ms) - all.starting_before(store, from_ms);
    all.buckets(store, from_ms, to_ms, PARTS, &mut summary.parts);
    let mut events = Vec::new();
    all.events(store, from_ms, to_ms, usize::MAX, &mut events);
    let mut kinds: BTreeMap<_, usize> = BTreeMap::new();
    for event in &events {
        *kinds.entry(store.kind(*event)).or_default() += 1;
    }
    let label = |kind: Option<_>| kind.map_or_else(String::new, |kind| store.kind_label(kind).to_owned());
    summary.by_kind = kinds.into_iter().map(|(kind, count)| (label(kind), count)).collect();
    summary.by_kind.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    summary.by_kind.truncate(MOST_TOLD);
    let months = |length_ms: f64| length_ms / MONTH_MS;
    summary.a_month = summary.beginning as f64 / months(span.length_ms() as f64);
    if let Some((low_ms, high_ms)) = store.span_ms() {
        let inside_ms = (to_ms.min(high_ms) as f64 - from_ms.max(low_ms) as f64).max(0.0);
        let rest_ms = high_ms as f64 - low_ms as f64 - inside_ms;
        // What began at an unknown time before all others has no place in a rate.
        let rest = all.len() - summary.beginning - all.starting_before(store, i64::MIN + 1);
        summary.rest_a_month = (rest_ms > MONTH_MS / 31.0).then(|| rest as f64 / months(rest_ms));
    }
    summary
}
