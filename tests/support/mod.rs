//! What tests of the window share: dialogs that answer by themselves, and a window that is stepped until its work is done.
#![allow(dead_code, reason = "each test uses some of it")]

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use chronolane::app::{App, Dialogs};
use chronolane::formats::ReadOptions;
use egui::Vec2;
use egui_kittest::Harness;

/// Dialogs that answer with paths given beforehand.
#[derive(Clone, Default)]
pub struct Given {
    pub open: Arc<Mutex<Vec<PathBuf>>>,
    pub save: Arc<Mutex<Option<PathBuf>>>,
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

    fn save_file(&self, _name: &str, _ending: &str, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        answer(self.save.lock().expect("no test thread has failed").take());
    }
}

/// A window with these files open.
pub fn with_files(paths: Vec<PathBuf>) -> (Harness<'static, App>, Given) {
    let given = Given::default();
    let dialogs = given.clone();
    let mut harness = Harness::builder().with_size(Vec2::new(1400.0, 900.0)).build_eframe(move |creation| {
        let mut app = App::new(creation, ReadOptions::default(), Box::new(dialogs));
        app.open(&creation.egui_ctx, paths);
        app
    });
    settle(&mut harness);
    (harness, given)
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
