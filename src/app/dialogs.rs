//! The system's file dialogs, off the UI thread. A dialog that is closed without a choice changes nothing.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use egui::Context;

use super::export::Choice;
use super::saving;

/// What came of a dialog.
#[derive(Debug)]
pub(super) enum Picked {
    Open(Vec<PathBuf>),
    OpenAlso(Vec<PathBuf>),
    SaveAs(PathBuf, Box<Choice>),
    SaveScreenshot(PathBuf),
    SaveRecords(PathBuf, saving::Choice),
    SaveRejected(PathBuf),
    SaveMap(PathBuf),
    SaveView(PathBuf),
    /// Where a data file of a session is.
    Found(PathBuf),
    Nothing,
}

/// Asks the user for files. Answers may come at any later time; none means that the user chose nothing.
pub trait Dialogs {
    /// Asks which files to open.
    fn open_files(&self, answer: Box<dyn FnOnce(Vec<PathBuf>) + Send>);
    /// Asks where to save, offering a name.
    fn save_file(&self, name: &str, ending: &str, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>);
    /// Asks where to save records in a format, offering a name; as for any file, unless a dialog can say more.
    fn save_records(&self, name: &str, _format: &str, ending: &str, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        self.save_file(name, ending, answer);
    }
}

/// The dialogs of the system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDialogs;

fn wait_apart(work: impl FnOnce() + Send + 'static) {
    // Without a thread the answer never comes, which is the same as a dialog that was closed.
    drop(std::thread::Builder::new().name("chronolane dialog".to_owned()).spawn(work));
}

impl Dialogs for SystemDialogs {
    fn open_files(&self, answer: Box<dyn FnOnce(Vec<PathBuf>) + Send>) {
        let asked = rfd::AsyncFileDialog::new()
            .set_title("Open event records")
            .add_filter("Event records", &["json", "jsonl", "ndjson", "csv", "tsv", "tab", "txt", "chronoview"])
            .add_filter("All files", &["*"])
            .pick_files();
        wait_apart(move || {
            let files = pollster::block_on(asked).unwrap_or_default();
            answer(files.into_iter().map(|file| file.path().to_owned()).collect());
        });
    }

    fn save_file(&self, name: &str, ending: &str, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        let asked =
            rfd::AsyncFileDialog::new().set_title("Export picture").set_file_name(name).add_filter("Picture", &[ending]).save_file();
        wait_apart(move || answer(pollster::block_on(asked).map(|file| file.path().to_owned())));
    }

    fn save_records(&self, name: &str, format: &str, ending: &str, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        let asked = rfd::AsyncFileDialog::new()
            .set_title(if ending == crate::session::ENDING { "Save view as" } else { "Save records as" })
            .set_file_name(name)
            .add_filter(format, &[ending])
            .save_file();
        wait_apart(move || answer(pollster::block_on(asked).map(|file| file.path().to_owned())));
    }
}

/// The dialog that is open, if any. One at a time.
#[derive(Default)]
pub(super) struct Picking {
    waiting: Option<Receiver<Picked>>,
}

impl Picking {
    pub fn is_open(&self) -> bool {
        self.waiting.is_some()
    }

    fn begin(&mut self, ctx: &Context) -> Option<(Sender<Picked>, Context)> {
        if self.is_open() {
            return None;
        }
        let (sender, waiting) = channel();
        self.waiting = Some(waiting);
        Some((sender, ctx.clone()))
    }

    pub fn open(&mut self, ctx: &Context, dialogs: &dyn Dialogs, also: bool) {
        let Some((sender, ctx)) = self.begin(ctx) else { return };
        dialogs.open_files(Box::new(move |paths| {
            let picked = match (paths.is_empty(), also) {
                (true, _) => Picked::Nothing,
                (false, true) => Picked::OpenAlso(paths),
                (false, false) => Picked::Open(paths),
            };
            // The window may be gone by now.
            let _ = sender.send(picked);
            ctx.request_repaint();
        }));
    }

    pub fn save(&mut self, ctx: &Context, dialogs: &dyn Dialogs, name: &str, choice: Box<Choice>) {
        let Some((sender, ctx)) = self.begin(ctx) else { return };
        let ending = choice.form.ending();
        dialogs.save_file(
            name,
            ending,
            Box::new(move |path| {
                let picked = path.map_or(Picked::Nothing, |path| Picked::SaveAs(path, choice));
                let _ = sender.send(picked);
                ctx.request_repaint();
            }),
        );
    }

    pub fn save_screenshot(&mut self, ctx: &Context, dialogs: &dyn Dialogs, name: &str) {
        let Some((sender, ctx)) = self.begin(ctx) else { return };
        dialogs.save_file(
            name,
            "png",
            Box::new(move |path| {
                // The window may be gone by now.
                let _ = sender.send(path.map_or(Picked::Nothing, Picked::SaveScreenshot));
                ctx.request_repaint();
            }),
        );
    }

    pub fn save_records(&mut self, ctx: &Context, dialogs: &dyn Dialogs, name: &str, choice: saving::Choice) {
        let Some((sender, ctx)) = self.begin(ctx) else { return };
        let answer = move |path: Option<PathBuf>| {
            let _ = sender.send(path.map_or(Picked::Nothing, |path| Picked::SaveRecords(path, choice)));
            ctx.request_repaint();
        };
        dialogs.save_records(name, choice.label(), choice.ending(), Box::new(answer));
    }

    pub fn save_rejected(&mut self, ctx: &Context, dialogs: &dyn Dialogs, name: &str, ending: &str) {
        let Some((sender, ctx)) = self.begin(ctx) else { return };
        let answer = move |path: Option<PathBuf>| {
            let _ = sender.send(path.map_or(Picked::Nothing, Picked::SaveRejected));
            ctx.request_repaint();
        };
        dialogs.save_records(name, "Rejected rows", ending, Box::new(answer));
    }

    pub fn save_map(&mut self, ctx: &Context, dialogs: &dyn Dialogs, name: &str) {
        let Some((sender, ctx)) = self.begin(ctx) else { return };
        let answer = move |path: Option<PathBuf>| {
            let _ = sender.send(path.map_or(Picked::Nothing, Picked::SaveMap));
            ctx.request_repaint();
        };
        dialogs.save_records(name, "Map of columns", "json", Box::new(answer));
    }

    pub fn save_view(&mut self, ctx: &Context, dialogs: &dyn Dialogs, name: &str) {
        let Some((sender, ctx)) = self.begin(ctx) else { return };
        let answer = move |path: Option<PathBuf>| {
            let _ = sender.send(path.map_or(Picked::Nothing, Picked::SaveView));
            ctx.request_repaint();
        };
        dialogs.save_records(name, "View", crate::session::ENDING, Box::new(answer));
    }

    pub fn find_file(&mut self, ctx: &Context, dialogs: &dyn Dialogs) {
        let Some((sender, ctx)) = self.begin(ctx) else { return };
        dialogs.open_files(Box::new(move |paths| {
            let _ = sender.send(paths.into_iter().next().map_or(Picked::Nothing, Picked::Found));
            ctx.request_repaint();
        }));
    }

    pub fn take(&mut self) -> Option<Picked> {
        match self.waiting.as_ref()?.try_recv() {
            Ok(picked) => {
                self.waiting = None;
                Some(picked)
            }
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                self.waiting = None;
                None
            }
        }
    }
}
