//! The window without a display, for tests that walk it by accessible names: opened on files, with dialogs that answer by themselves, stepped until its work is done.
#![allow(dead_code, reason = "each test uses its part of it")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chronolane::app::{App, Dialogs};
use chronolane::formats::ReadOptions;
use egui::Vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

/// Dialogs that answer with paths given beforehand, as if closed where there is none, and remember the name that was offered.
#[derive(Clone, Default)]
pub struct Given {
    pub open: Arc<Mutex<Vec<PathBuf>>>,
    pub save: Arc<Mutex<Option<PathBuf>>>,
    pub offered: Arc<Mutex<String>>,
}

impl Given {
    /// Answers the next question where to save.
    pub fn save_at(&self, path: PathBuf) {
        *self.save.lock().expect("no test thread has failed") = Some(path);
    }
}

impl Dialogs for Given {
    fn open_files(&self, answer: Box<dyn FnOnce(Vec<PathBuf>) + Send>) {
        answer(std::mem::take(&mut *self.open.lock().expect("no test thread has failed")));
    }

    fn save_file(&self, name: &str, _ending: &str, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        name.clone_into(&mut self.offered.lock().expect("no test thread has failed"));
        answer(self.save.lock().expect("no test thread has failed").take());
    }
}

/// The sample.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data").join("dprk_russia_2023.json")
}

/// A window with nothing open.
pub fn empty(given: &Given) -> Harness<'static, App> {
    with_given(Vec::new(), given)
}

/// A window with a file open.
pub fn with_file(path: PathBuf) -> Harness<'static, App> {
    with_files(vec![path]).0
}

/// A window with these files open, and its dialogs.
pub fn with_files(paths: Vec<PathBuf>) -> (Harness<'static, App>, Given) {
    let given = Given::default();
    let mut harness = with_given(paths, &given);
    settle(&mut harness);
    (harness, given)
}

fn with_given(paths: Vec<PathBuf>, given: &Given) -> Harness<'static, App> {
    let dialogs = given.clone();
    Harness::builder().with_size(Vec2::new(1400.0, 900.0)).build_eframe(move |creation| {
        let mut app = App::new(creation, ReadOptions::default(), Box::new(dialogs));
        app.open(&creation.egui_ctx, paths);
        app
    })
}

/// Steps until no work is under way and the picture stands.
pub fn settle(harness: &mut Harness<'_, App>) {
    finish(harness, "the window");
    harness.run_steps(4);
}

/// Steps until no work is under way; `state` says of what.
pub fn finish(harness: &mut Harness<'_, App>, state: &str) {
    for _ in 0..20_000 {
        harness.step();
        if !harness.state().is_busy() {
            return;
        }
        std::thread::yield_now();
    }
    panic!("{state}: the work never ended");
}

/// Whether some node says these words.
pub fn says(harness: &Harness<'_, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}
