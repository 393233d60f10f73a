//! Each format from bytes in memory to events, and the store and the lanes that are made of them.

use std::hint::black_box;

use chronolane::model::{Event, EventSink, Tables};
use chronolane::store::{GroupBy, LaneIndex, StoreBuilder};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};

use crate::input::{self, SIZES};
use crate::made::Written;

/// Drops what it gets, one by one: what is measured is the reader, on one core.
struct Dropped;

impl EventSink for Dropped {
    fn event(&mut self, event: &Event<'_>, line: u32) {
        black_box((event, line));
    }

    fn tables(&mut self, tables: Tables) {
        black_box(tables);
    }
}

const FORMATS: [(&str, &str, Written); 6] = [
    ("native", "json", Written::Native),
    ("lines", "jsonl", Written::Lines),
    ("lines, other names", "jsonl", Written::OtherLines),
    ("list", "json", Written::List),
    ("csv", "csv", Written::Csv),
    ("tsv", "tsv", Written::Tsv),
];

pub fn parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    for (name, ending, written) in FORMATS {
        for events in SIZES {
            let bytes = input::file(written, events);
            group.throughput(Throughput::Bytes(bytes.len() as u64));
            group.bench_function(BenchmarkId::new(name, events), |bencher| bencher.iter(|| input::read(ending, &bytes, &mut Dropped)));
        }
    }
}

pub fn build(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build");
    for events in SIZES {
        group.throughput(Throughput::Elements(events));
        let bytes = input::file(Written::Lines, events);
        group.bench_function(BenchmarkId::new("read into a builder, all cores", events), |bencher| {
            bencher.iter_with_large_drop(|| {
                let mut builder = StoreBuilder::default();
                builder.begin_file("made.jsonl".into());
                input::read("jsonl", &bytes, &mut builder);
                builder
            });
        });
        group.bench_function(BenchmarkId::new("finish", events), |bencher| {
            bencher.iter_batched(|| input::builder(events), |(builder, ledger)| builder.finish(ledger), BatchSize::PerIteration);
        });
        let store = input::store(events);
        group.bench_function(BenchmarkId::new("lanes by actor", events), |bencher| {
            bencher.iter_with_large_drop(|| LaneIndex::build(&store, GroupBy::Actor, None));
        });
        let zone = chronolane::time::Zone::parse("Europe/Berlin").expect("a zone of the database");
        group.bench_function(BenchmarkId::new("in another zone", events), |bencher| {
            bencher.iter_with_large_drop(|| store.in_zone(zone));
        });
        let whole = LaneIndex::build(&store, GroupBy::Actor, None);
        let half = chronolane::store::Query::parse("kind:visit,letter,launch,drill,arrest,report").expect("a query").run(&store);
        group.bench_function(BenchmarkId::new("lanes under a filter", events), |bencher| {
            bencher.iter_with_large_drop(|| whole.filtered(&store, &half));
        });
    }
}
