//! Search: words through all text and through the index, filters by field, and the making of the index.

use chronolane::store::Query;
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};

use crate::input::{self, SIZES};

/// A word that many events hold, one that few do, a phrase, and a part of a word.
const TEXTS: [(&str, &str); 4] =
    [("common word", "missile"), ("rare word", "gogeban"), ("phrase", "\"of the\""), ("part of a word", "obad")];
const FIELDS: [(&str, &str); 4] = [
    ("kind", "kind:visit,letter"),
    ("actor", "actor:\"actor 3\""),
    ("after", "after:2012-06"),
    ("all but a source", "-source:\"wire 12\""),
];

pub fn search(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("search");
    for events in SIZES {
        group.throughput(Throughput::Elements(events));
        let plain = input::store(events);
        let indexed = input::store(events);
        indexed.index_words(&|| false);
        for (name, text) in TEXTS.into_iter().chain(FIELDS) {
            let query = Query::parse(text).expect("a query");
            let found = query.run(&plain);
            assert!(found.count() > 0 && found == query.run(&indexed), "{text} finds nothing, or not the same by the index");
            group.bench_function(BenchmarkId::new(format!("{name}, no index"), events), |bencher| bencher.iter(|| query.run(&plain)));
            group.bench_function(BenchmarkId::new(format!("{name}, index"), events), |bencher| bencher.iter(|| query.run(&indexed)));
        }
        group.bench_function(BenchmarkId::new("making the index", events), |bencher| {
            bencher.iter_batched(
                || input::store(events),
                |store| {
                    store.index_words(&|| false);
                    store
                },
                BatchSize::PerIteration,
            );
        });
    }
}
