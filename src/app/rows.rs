//! From a problem to what it is about: its event on the canvas, its row as it stands in the file, and the rejected rows as a file of their own.

use std::path::PathBuf;

use egui::{Align2, Context, Key, Modifiers, RichText, ScrollArea, Window};

use super::notices::Notice;
use super::problems::{ProblemAt, file_name, problem_at};
use super::{App, Intent};
use crate::formats::{FormatError, rows_around};
use crate::jobs::{Job, Outcome, SaveRowsError, SavedRows, save_rejected};
use crate::model::Problem;
use crate::render::paint::color32;
use crate::scene::grouped;
use crate::store::{EventId, EventStore};
use crate::style::Style;
use crate::view::Action;

/// Lines behind a row that are shown with it.
const LINES_AFTER: u32 = 10;

/// Lines of a file, each with its number.
type Lines = Vec<(u32, String)>;

/// A row being looked at.
struct Looked {
    file: String,
    line: u32,
    job: Option<Job<Result<Lines, FormatError>>>,
    found: Result<Lines, String>,
}

/// The row on show, and rejected rows being saved.
#[derive(Default)]
pub(super) struct RawRows {
    looked: Option<Looked>,
    saving: Option<Job<Result<Vec<SavedRows>, SaveRowsError>>>,
}

impl RawRows {
    pub fn is_open(&self) -> bool {
        self.looked.is_some()
    }

    pub fn is_busy(&self) -> bool {
        self.saving.is_some() || self.looked.as_ref().is_some_and(|looked| looked.job.is_some())
    }

    pub fn forget(&mut self) {
        self.looked = None;
    }

    fn take_finished(&mut self) -> Option<Notice> {
        if let Some(looked) = &mut self.looked
            && let Some(job) = &looked.job
        {
            match job.poll() {
                Outcome::Working => {}
                Outcome::Done(found) => (looked.found, looked.job) = (found.map_err(|error| error.to_string()), None),
                Outcome::Lost => looked.job = None,
            }
        }
        let (words, is_warning) = match self.saving.as_ref()?.poll() {
            Outcome::Working => return None,
            Outcome::Done(Ok(saved)) => (saved.iter().map(words).collect::<Vec<_>>().join("\n"), saved.iter().any(|rows| rows.more > 0)),
            Outcome::Done(Err(error)) => (format!("The rejected rows were not saved. {error}"), true),
            Outcome::Lost => ("The rejected rows were not saved.".to_owned(), true),
        };
        self.saving = None;
        Some(Notice { words, is_warning, file: None })
    }

    /// Shows the row with the lines around it.
    pub fn show(&mut self, ctx: &Context, style: &Style, intents: &mut Vec<Intent>) {
        let Some(looked) = &self.looked else { return };
        let mut close = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let title = format!("Line {} of {}", grouped(looked.line as usize), looked.file);
        Window::new(title)
            .id(egui::Id::unique("raw row"))
            .collapsible(false)
            .default_size([720.0, 260.0])
            .pivot(Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .show(ctx, |ui| {
                match &looked.found {
                    Ok(_) if looked.job.is_some() => {
                        ui.spinner();
                    }
                    Ok(rows) => {
                        ScrollArea::both().auto_shrink([false, true]).max_height(320.0).show(ui, |ui| {
                            for (line, text) in rows {
                                let is_it = *line == looked.line;
                                let color = color32(if is_it { style.text } else { style.text_quiet });
                                let text = RichText::new(format!("{line:>6}  {text}")).monospace().color(color);
                                ui.add(egui::Label::new(if is_it { text.strong() } else { text }).extend());
                            }
                            if rows.is_empty() {
                                ui.label("The file has no such line any more. Read it again.");
                            }
                        });
                    }
                    Err(words) => {
                        ui.add(egui::Label::new(RichText::new(words).color(color32(style.warning))).wrap());
                    }
                }
                ui.horizontal(|ui| {
                    if let Ok(rows) = &looked.found
                        && ui.button("Copy the row").clicked()
                    {
                        let text = rows.iter().find(|(line, _)| *line == looked.line).map(|(_, text)| text.clone());
                        intents.push(Intent::CopyText(text.unwrap_or_default()));
                    }
                    close |= ui.button("Close row").clicked();
                });
            });
        if close {
            self.looked = None;
        }
    }
}

/// What was saved and where.
fn words(saved: &SavedRows) -> String {
    let rows = if saved.rows == 1 { "1 rejected row".to_owned() } else { format!("{} rejected rows", grouped(saved.rows as usize)) };
    let more = if saved.more > 0 { format!("; {} more were too many to hold", grouped(saved.more as usize)) } else { String::new() };
    format!("{rows} saved: {}{more}. Mend them and open the file as well.", saved.path.display())
}

/// The event that a problem is about: of those on its line, the one with its text.
fn event_of(store: &EventStore, file: usize, problem: &Problem) -> Option<EventId> {
    let here = |event: &EventId| {
        let origin = store.origin(*event);
        origin.file as usize == file && origin.line == problem.line
    };
    let on_line: Vec<EventId> = (0..store.len() as u32).map(EventId).filter(here).collect();
    let bears_it = |event: &&EventId| {
        let record = store.record(**event);
        let text = problem.text.trim_end_matches('…');
        let when = record.when.as_ref().map_or(record.when_text.as_ref(), |when| when.text.as_ref());
        !text.is_empty() && (when.starts_with(text) || store.id_text(**event).starts_with(text))
    };
    on_line.iter().find(bears_it).or(on_line.first()).copied()
}

impl App {
    /// Selects the event of a problem; shows its row where it gave none.
    pub(super) fn go_to_problem(&mut self, ctx: &Context, at: ProblemAt) {
        let Some(document) = &self.document else { return };
        let Some((_, problem)) = problem_at(document.store.ledger(), at) else { return };
        match event_of(&document.store, at.file, problem) {
            Some(event) => {
                self.act(&Action::Select(Some(event)));
                self.act(&Action::ShowDetail(true));
                self.bring_lane_into_view();
            }
            None => self.show_row(ctx, at),
        }
    }

    /// Shows the row of a problem as it stands in its file.
    pub(super) fn show_row(&mut self, ctx: &Context, at: ProblemAt) {
        let Some(document) = &self.document else { return };
        let Some((file, problem)) = problem_at(document.store.ledger(), at) else { return };
        let (path, line, wake) = (PathBuf::from(&file.path), problem.line, ctx.clone());
        let job = Job::start(move |shared| rows_around(&path, line, LINES_AFTER, shared), move || wake.request_repaint());
        self.raw_rows.looked = Some(Looked { file: file_name(file).to_owned(), line, job: Some(job), found: Ok(Vec::new()) });
    }

    /// Asks where to save the rejected rows.
    pub(super) fn choose_rejected(&mut self, ctx: &Context) {
        let Some(document) = &self.document else { return };
        let ledger = document.store.ledger();
        let Some(first) = ledger.files.iter().find(|file| file.rejected > 0) else { return };
        let ending = if ["jsonl", "json", "chronolane"].contains(&first.format.as_str()) {
            "jsonl"
        } else {
            first.path.rsplit_once('.').map_or("txt", |(_, ending)| ending)
        };
        let stem =
            std::path::Path::new(&first.path).file_stem().map_or_else(|| "rows".to_owned(), |stem| stem.to_string_lossy().into_owned());
        self.picking.save_rejected(ctx, self.dialogs.as_ref(), &format!("{stem}-rejected.{ending}"), ending);
    }

    /// Saves the rejected rows at the place that the user chose.
    pub(super) fn save_rejected_at(&mut self, ctx: &Context, path: PathBuf) {
        let Some(document) = &self.document else { return };
        if document.store.files().iter().any(|file| crate::jobs::is_same_file(file, &path)) {
            self.notices.warn("The rejected rows were not saved: that file is open. Choose another name.".to_owned());
            return;
        }
        let rejected = document.store.ledger().files.iter().filter(|file| file.rejected > 0);
        let files: Vec<PathBuf> = rejected.map(|file| PathBuf::from(&file.path)).collect();
        let (options, wake) = (self.options.clone(), ctx.clone());
        self.raw_rows.saving =
            Some(Job::start(move |shared| save_rejected(&files, &options, &path, shared), move || wake.request_repaint()));
    }

    /// Takes what has become of rows that were asked for.
    pub(super) fn take_rows(&mut self) {
        if let Some(notice) = self.raw_rows.take_finished() {
            self.notices.push(notice);
        }
    }
}
