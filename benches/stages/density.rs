//! Exact counts in buckets: what they cost must follow the buckets, hardly the events.

use chronolane::store::{GroupBy, LaneIndex};
use criterion::{BenchmarkId, Criterion, Throughput};

use crate::input::{self, SIZES};

/// Buckets of a lane, as many as a wide window has columns.
const BUCKETS: usize = 350;

pub fn density(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("density");
    group.throughput(Throughput::Elements(BUCKETS as u64));
    for events in SIZES {
        let store = input::store(events);
        let lanes = LaneIndex::build(&store, GroupBy::Actor, None);
        let (from_ms, to_ms) = store.span_ms().expect("the store holds dated events");
        let length_ms = to_ms - from_ms;
        let largest = &lanes.lanes()[0];
        let mut counts = Vec::with_capacity(BUCKETS);
        for (name, span_ms) in [("whole range", (from_ms, to_ms)), ("a tenth", (from_ms + length_ms / 2, from_ms + length_ms * 6 / 10))] {
            group.bench_function(BenchmarkId::new(name, events), |bencher| {
                bencher.iter(|| largest.buckets(&store, span_ms.0, span_ms.1, BUCKETS, &mut counts));
            });
        }
        group.bench_function(BenchmarkId::new("whole range, every lane's total", events), |bencher| {
            bencher.iter(|| lanes.lanes().iter().map(|lane| lane.count(&store, from_ms, to_ms)).sum::<usize>());
        });
    }
}
