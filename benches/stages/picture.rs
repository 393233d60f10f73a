//! Pictures: the scene as plain data, and its text as SVG.

use chronolane::render::svg;
use chronolane::scene;
use criterion::{BenchmarkId, Criterion, Throughput};

use crate::input::{Drawable, SIZES, Shown};

pub fn scene(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("scene");
    for events in SIZES {
        let drawable = Drawable::of(events);
        for shown in [Shown::Dense, Shown::Detailed] {
            let request = drawable.request(shown, false);
            group.bench_function(BenchmarkId::new(shown.name(), events), |bencher| {
                bencher.iter_with_large_drop(|| scene::build(&request));
            });
        }
    }
}

pub fn svg(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("svg");
    for events in SIZES {
        let drawable = Drawable::of(events);
        for shown in [Shown::Dense, Shown::Detailed] {
            let scene = scene::build(&drawable.request(shown, true));
            group.throughput(Throughput::Bytes(svg::svg(&scene, "Made up").len() as u64));
            group.bench_function(BenchmarkId::new(shown.name(), events), |bencher| {
                bencher.iter_with_large_drop(|| svg::svg(&scene, "Made up"));
            });
        }
    }
}
