//! Saving the records as a file: which format and which events, where, and a word when it is done. Never over an open file without asking.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Align2, Context, Key, Modifiers, ProgressBar, Window};

use super::document::Document;
use super::notices::Notice;
use super::{App, Intent};
use crate::jobs::{Job, Outcome, SaveEventsError, Saved, is_same_file, save_events};
use crate::scene::grouped;
use crate::writers::{self, Writer};

/// What to save.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// Which of [`writers::all`].
    format: usize,
    /// Only the events that match the search.
    only_matching: bool,
}

impl Choice {
    fn writer(self) -> &'static dyn Writer {
        writers::all().get(self.format).copied().unwrap_or(writers::all()[0])
    }

    pub fn label(self) -> &'static str {
        self.writer().label()
    }

    pub fn ending(self) -> &'static str {
        self.writer().ending()
    }
}

/// A step that the user asks for.
#[derive(Debug)]
pub(super) enum Step {
    /// Asks where.
    Pick(Choice),
    /// Goes on although a file is replaced.
    Replace,
    /// Stops, at whatever step it is.
    Stop,
}

/// Lines about what a format has no place for that a notice shows.
const LOST_LINES: usize = 6;

/// The choice being made, the question being asked, the work under way.
#[derive(Default)]
pub(super) struct Saves {
    choice: Choice,
    choosing: bool,
    /// A place that waits for an answer, and why it is asked.
    asking: Option<(PathBuf, Choice, String)>,
    saving: Option<Job<Result<Saved, SaveEventsError>>>,
}

impl Saves {
    pub fn open_choice(&mut self) {
        self.choosing = true;
    }

    /// Whether it waits for the user.
    pub fn is_open(&self) -> bool {
        self.choosing || self.asking.is_some()
    }

    pub fn is_busy(&self) -> bool {
        self.saving.is_some()
    }

    /// Shows whatever is open: the choice, the question, or how far the work is.
    pub fn show(&mut self, ctx: &Context, document: &Document, intents: &mut Vec<Intent>) {
        if self.choosing {
            self.show_choice(ctx, document, intents);
        }
        if let Some((_, _, words)) = &self.asking {
            show_question(ctx, words, intents);
        }
        if let Some(job) = &self.saving {
            // Told again as it goes on; nothing else wakes the window meanwhile.
            ctx.request_repaint_after_secs(0.1);
            let share = job.progress().share();
            Window::new("Saving").title_bar(false).resizable(false).anchor(Align2::RIGHT_BOTTOM, [-16.0, -52.0]).show(ctx, |ui| {
                ui.horizontal(|ui| {
                    ui.label("Saving records");
                    ui.add(ProgressBar::new(share).desired_width(120.0).text(format!("{:.0} %", share * 100.0)));
                    if ui.button("Stop saving").clicked() {
                        intents.push(Intent::Save(Step::Stop));
                    }
                });
            });
        }
    }

    fn show_choice(&mut self, ctx: &Context, document: &Document, intents: &mut Vec<Intent>) {
        let mut go = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let mut close = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let all = document.store.len();
        let matching = document.matching.as_ref().map(|set| set.count());
        Window::new("Save records").collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO).show(ctx, |ui| {
            ui.set_min_width(320.0);
            ui.label("Format");
            for (at, writer) in writers::all().iter().enumerate() {
                ui.radio_value(&mut self.choice.format, at, format!("{} .{}", writer.label(), writer.ending()));
            }
            ui.add_space(6.0);
            if let Some(matching) = matching {
                ui.label("Events");
                ui.radio_value(&mut self.choice.only_matching, false, format!("All {}", grouped(all)));
                ui.radio_value(&mut self.choice.only_matching, true, format!("The {} that match the search", grouped(matching)));
                ui.add_space(6.0);
            }
            ui.set_max_width(360.0);
            ui.weak(if self.choice.format == 0 {
                "Keeps every field, and the tables of actors, kinds and sources."
            } else {
                "What this format has no place for is counted and told when it is saved."
            });
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                go |= ui.button("Choose a place…").clicked();
                close |= ui.button("Cancel saving").clicked();
            });
        });
        if go {
            let choice = Choice { only_matching: self.choice.only_matching && matching.is_some(), ..self.choice };
            intents.push(Intent::Save(Step::Pick(choice)));
        }
        if go || close {
            self.choosing = false;
        }
    }

    /// Takes the place that was chosen: asks where a file of the document, or one that the dialog has not asked about, would be replaced.
    fn take_place(&mut self, ctx: &Context, document: &Document, path: PathBuf, choice: Choice) {
        let (path, choice, was_completed) = completed(path, choice);
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        if document.store.files().iter().any(|file| is_same_file(file, &path)) {
            let words = format!(
                "{name} is open. Saving replaces the file on disk by what is saved now. Its fields that have no place in this format are then gone."
            );
            self.asking = Some((path, choice, words));
        } else if was_completed && path.exists() {
            self.asking = Some((path, choice, format!("{name} is there already. Saving replaces it.")));
        } else {
            self.start(ctx, document, path, choice);
        }
    }

    fn start(&mut self, ctx: &Context, document: &Document, path: PathBuf, choice: Choice) {
        let store = Arc::clone(&document.store);
        let matching = document.matching.clone().filter(|_| choice.only_matching);
        let wake = ctx.clone();
        let work = move |shared: &crate::jobs::Shared| save_events(&store, matching.as_deref(), choice.writer(), &path, shared);
        self.saving = Some(Job::start(work, move || wake.request_repaint()));
    }

    /// What has been finished since the last time, in words, with the file that was written.
    fn take_finished(&mut self) -> Option<(Notice, Option<PathBuf>)> {
        match self.saving.as_ref()?.poll() {
            Outcome::Working => None,
            Outcome::Done(Ok(saved)) => {
                self.saving = None;
                Some((Notice { words: words(&saved), is_warning: saved.lost.left_out() > 0, file: None }, Some(saved.path)))
            }
            Outcome::Done(Err(error)) => {
                self.saving = None;
                Some((Notice::warning(format!("The records were not saved. {error}")), None))
            }
            Outcome::Lost => {
                self.saving = None;
                None
            }
        }
    }
}

/// A path with the ending of its format; an ending that is another format's own chooses that one.
fn completed(path: PathBuf, choice: Choice) -> (PathBuf, Choice, bool) {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    if ending.as_deref() == Some(choice.ending()) {
        return (path, choice, false);
    }
    let named = writers::for_path(Path::new(&path));
    if let Some(format) = named.and_then(|named| writers::all().iter().position(|writer| writer.name() == named.name())) {
        return (path, Choice { format, ..choice }, false);
    }
    let mut name = path.into_os_string();
    name.push(".");
    name.push(choice.ending());
    (PathBuf::from(name), choice, true)
}

fn show_question(ctx: &Context, words: &str, intents: &mut Vec<Intent>) {
    let close = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if close {
        intents.push(Intent::Save(Step::Stop));
    }
    Window::new("Replace the file?").collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO).show(ctx, |ui| {
        ui.set_max_width(380.0);
        ui.label(words);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button("Replace the file").clicked() {
                intents.push(Intent::Save(Step::Replace));
            }
            if ui.button("Keep the file").clicked() {
                intents.push(Intent::Save(Step::Stop));
            }
        });
    });
}

/// What was saved, where, and what the format had no place for.
fn words(saved: &Saved) -> String {
    let events = if saved.events == 1 { "1 event".to_owned() } else { format!("{} events", grouped(saved.events as usize)) };
    let mut words = format!("{events} saved: {}", saved.path.display());
    let lost = saved.lost.words();
    for line in lost.iter().take(LOST_LINES) {
        words.push('\n');
        words.push_str(line);
    }
    if lost.len() > LOST_LINES {
        let _ = write!(words, "\nand {} more", lost.len() - LOST_LINES);
    }
    words
}

impl App {
    /// Opens the choice of a format, unless the file is still being read.
    pub(super) fn choose_save(&mut self) {
        match &self.document {
            Some(document) if document.partial => {
                self.notices.warn("The file is still being read. Save it when all of it is there.".to_owned());
            }
            Some(_) => self.saves.open_choice(),
            None => {}
        }
    }

    /// Goes a step on, or stops.
    pub(super) fn save_step(&mut self, ctx: &Context, step: &Step) {
        let Some(document) = &self.document else { return };
        match *step {
            Step::Pick(choice) => {
                let name = document.file_name(choice.ending());
                self.picking.save_records(ctx, self.dialogs.as_ref(), &name, choice);
            }
            Step::Replace => {
                if let Some((path, choice, _)) = self.saves.asking.take() {
                    self.saves.start(ctx, document, path, choice);
                }
            }
            Step::Stop => {
                self.saves.asking = None;
                // Dropping the work cancels it; nothing is left of what it wrote.
                if self.saves.saving.take().is_some() {
                    self.notices.warn(SaveEventsError::Cancelled.to_string());
                }
            }
        }
    }

    /// Saves at the place that the user chose.
    pub(super) fn save_at(&mut self, ctx: &Context, path: PathBuf, choice: Choice) {
        if let Some(document) = &self.document {
            self.saves.take_place(ctx, document, path, choice);
        }
    }

    /// Says what has become of a save.
    pub(super) fn take_saved(&mut self) {
        if let Some((notice, _path)) = self.saves.take_finished() {
            self.notices.push(notice);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gets_its_ending_and_another_formats_ending_chooses_it() {
        let choice = Choice::default();
        assert_eq!(completed("a.json".into(), choice), ("a.json".into(), choice, false));
        assert_eq!(completed("a.JSON".into(), choice), ("a.JSON".into(), choice, false));
        assert_eq!(completed("a".into(), choice), ("a.json".into(), choice, true));
        assert_eq!(completed("a.v2".into(), choice), ("a.v2.json".into(), choice, true));
        let (path, other, _) = completed("a.csv".into(), choice);
        assert_eq!((path, other.ending()), ("a.csv".into(), "csv"));
    }
}
