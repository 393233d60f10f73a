//! The way of a scene to the screen, without one: shapes, then triangles.

use std::sync::Arc;

use chronolane::render::paint::{Brush, SEMIBOLD_FAMILY, paint as paint_scene};
use chronolane::scene::{self, Scene};
use chronolane::style::{FONT_REGULAR, FONT_SEMIBOLD};
use criterion::{BatchSize, BenchmarkId, Criterion};
use egui::{Context, FontData, FontDefinitions, FontFamily, FullOutput, Pos2, RawInput, Rect, vec2};

use crate::input::{Drawable, SIZES, Shown};

/// A context with the program's fonts and no window.
fn context() -> Context {
    let mut fonts = FontDefinitions::empty();
    fonts.font_data.insert("regular".to_owned(), Arc::new(FontData::from_static(FONT_REGULAR)));
    fonts.font_data.insert("semibold".to_owned(), Arc::new(FontData::from_static(FONT_SEMIBOLD)));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["regular".to_owned()]);
    }
    fonts.families.insert(FontFamily::Name(SEMIBOLD_FAMILY.into()), vec!["semibold".to_owned()]);
    let ctx = Context::default();
    ctx.set_fonts(fonts);
    ctx
}

/// One frame in which nothing but the scene is painted, as if it were another than before. No screen takes its textures, and egui wants that said.
fn frame(ctx: &Context, scene: &Scene, brush: &mut Brush) -> FullOutput {
    brush.forget_scene();
    let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(scene.width, scene.height)));
    let mut output = ctx.run_ui(RawInput { screen_rect, ..RawInput::default() }, |ui| paint_scene(scene, ui.painter(), Pos2::ZERO, brush));
    output.textures_delta.clear();
    output
}

pub fn paint(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("paint");
    for events in SIZES {
        let drawable = Drawable::of(events);
        for shown in [Shown::Dense, Shown::Detailed] {
            let scene = scene::build(&drawable.request(shown, false));
            let ctx = context();
            let mut brush = Brush::default();
            // Texts are laid out once, and not all in one frame.
            let mut output = frame(&ctx, &scene, &mut brush);
            while brush.waits() {
                output = frame(&ctx, &scene, &mut brush);
            }
            let id = |what: &str| BenchmarkId::new(format!("{what}, {}", shown.name()), events);
            group.bench_function(id("shapes"), |bencher| bencher.iter_with_large_drop(|| frame(&ctx, &scene, &mut brush)));
            group.bench_function(id("triangles"), |bencher| {
                bencher.iter_batched(
                    || output.shapes.clone(),
                    |shapes| ctx.tessellate(shapes, output.pixels_per_point),
                    BatchSize::LargeInput,
                );
            });
        }
    }
}
