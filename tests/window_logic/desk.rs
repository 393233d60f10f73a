//! The window without a display, for tests that walk it by accessible names: opened on files, with dialogs that answer by themselves, stepped until its work is done.

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

/// A window whose user opened a file by the dialog.
pub fn by_dialog(path: PathBuf) -> (Harness<'static, App>, Given) {
    let given = Given { open: Arc::new(Mutex::new(vec![path])), ..Given::default() };
    let mut harness = empty(&given);
    harness.step();
    harness.get_by_label("Open a file…").click();
    harness.step();
    settle(&mut harness);
    (harness, given)
}

/// A window with these files open, and its dialogs.
pub fn with_files(paths: Vec<PathBuf>) -> (Harness<'static, App>, Given) {
    let given = Given::default();
    let mut harness = with_given(paths, &given);
    settle(&mut harness);
    (harness, given)
}

fn with_given(paths: Vec<PathBuf>, given: &Given) -> Harness<'static, App> {
    started(given, None, move |app, ctx| app.open(ctx, paths))
}

/// A window with settings that were kept before, started as `start` says.
pub fn started(given: &Given, kept: Option<&Kept>, start: impl FnOnce(&mut App, &egui::Context) + 'static) -> Harness<'static, App> {
    let dialogs = given.clone();
    // The harness asks for settings that outlive it.
    let kept: Option<&'static Kept> = kept.map(|kept| &*Box::leak(Box::new(kept.clone())));
    Harness::builder().with_size(Vec2::new(1400.0, 900.0)).build_eframe(move |creation| {
        creation.storage = kept.map(|kept| kept as &dyn eframe::Storage);
        let mut app = App::new(creation, ReadOptions::default(), Box::new(dialogs));
        start(&mut app, &creation.egui_ctx);
        app
    })
}

/// Settings as they are kept between two runs.
#[derive(Clone, Default)]
pub struct Kept(pub std::collections::BTreeMap<String, String>);

impl eframe::Storage for Kept {
    fn get_string(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }

    fn set_string(&mut self, key: &str, value: String) {
        self.0.insert(key.to_owned(), value);
    }

    fn remove_string(&mut self, key: &str) {
        self.0.remove(key);
    }

    fn flush(&mut self) {}
}

/// Steps until all that was done is kept.
pub fn keep(harness: &mut Harness<'_, App>) {
    for _ in 0..20_000 {
        harness.step();
        if !harness.state().is_busy() && harness.state().is_kept() {
            harness.run_steps(2);
            return;
        }
        std::thread::yield_now();
    }
    panic!("what was done is never kept");
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
