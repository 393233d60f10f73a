//! A window without a display for tests: opened on a file, stepped until no work is under way.
#![allow(dead_code, clippy::unwrap_used, reason = "each test uses its part of it, and a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

use chronolane::app::{App, Dialogs};
use chronolane::formats::ReadOptions;
use egui::Vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

/// Dialogs that nobody answers.
struct Silent;

impl Dialogs for Silent {
    fn open_files(&self, answer: Box<dyn FnOnce(Vec<PathBuf>) + Send>) {
        answer(Vec::new());
    }

    fn save_file(&self, _name: &str, _ending: &str, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        answer(None);
    }
}

/// The sample of the sources.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data").join("dprk_russia_2023.json")
}

/// A window on a file, ready.
pub fn open(path: PathBuf) -> Harness<'static, App> {
    let mut harness = Harness::builder().with_size(Vec2::new(1400.0, 900.0)).build_eframe(move |creation| {
        let mut app = App::new(creation, ReadOptions::default(), Box::new(Silent));
        app.open(&creation.egui_ctx, vec![path]);
        app
    });
    settle(&mut harness);
    harness
}

/// Steps until no work is under way and the picture stands.
pub fn settle(harness: &mut Harness<'_, App>) {
    for _ in 0..20_000 {
        harness.step();
        if !harness.state().is_busy() {
            break;
        }
        std::thread::yield_now();
    }
    assert!(!harness.state().is_busy(), "the work never ended");
    harness.run_steps(4);
}

/// Whether some node says these words.
pub fn says(harness: &Harness<'_, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}
