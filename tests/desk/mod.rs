//! The window without a display, for tests that walk it by accessible names.

use std::path::{Path, PathBuf};

use chronolane::app::{App, Dialogs};
use chronolane::formats::ReadOptions;
use egui::Vec2;
use egui_kittest::Harness;

/// Dialogs that nobody answers.
struct Unanswered;

impl Dialogs for Unanswered {
    fn open_files(&self, _answer: Box<dyn FnOnce(Vec<PathBuf>) + Send>) {}

    fn save_file(&self, _name: &str, _ending: &str, _answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {}
}

/// The sample.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data").join("dprk_russia_2023.json")
}

/// A window with a file open.
pub fn with_file(path: PathBuf) -> Harness<'static, App> {
    let mut harness = Harness::builder().with_size(Vec2::new(1400.0, 900.0)).build_eframe(move |creation| {
        let mut app = App::new(creation, ReadOptions::default(), Box::new(Unanswered));
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
