//! What is open, kept while one works: written shortly after changes settle, offered again after an end without a farewell, opened again at the start where that is wished.
//!
//! Files, locks and their format are those of `jobs::working`. Nothing is kept while the user wants it private, nor where there is no folder for it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use egui::{Context, Panel, RichText, Ui};

use super::{App, Intent, menu};
use crate::formats::TableChoice;
use crate::jobs::{Job, KeepError, Kept, Leftover, Outcome, WorkingFile, keep_last, keep_working, last_session, leftovers};
use crate::render::paint::color32;
use crate::scene::grouped;
use crate::style::Style;

/// What a change waits for others to follow, in seconds.
const SETTLES_S: f64 = 0.7;
/// What a run of changes waits at most.
const LONGEST_S: f64 = 4.0;

/// A step that the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Opens what was left over.
    Restore,
    /// Drops it.
    Dismiss,
}

/// Changes that are not kept yet, by the clock of the window.
#[derive(Clone, Copy, Debug)]
struct Unkept {
    first_s: f64,
    last_s: f64,
}

/// The work on it.
#[derive(Default)]
pub(super) struct Working {
    /// Where it is kept; nowhere without.
    folder: Option<PathBuf>,
    file: Option<Arc<WorkingFile>>,
    /// What was chosen for the tables that are open, once it was looked up.
    tables: Option<BTreeMap<String, TableChoice>>,
    unkept: Option<Unkept>,
    keeping: Option<Job<Result<Kept, KeepError>>>,
    /// Whether the user was told that nothing can be kept.
    told: bool,
    looking: Option<Job<Vec<Leftover>>>,
    /// What was left over, the newest first.
    leftovers: Vec<Leftover>,
    /// What is being opened again.
    restoring: Option<Leftover>,
    /// What is open again, until it is kept anew.
    restored: Vec<Leftover>,
}

impl Working {
    /// Takes in that the view has changed.
    pub fn has_changed(&mut self, ctx: &Context) {
        let now_s = ctx.input(|input| input.time);
        self.unkept = Some(Unkept { first_s: self.unkept.map_or(now_s, |unkept| unkept.first_s), last_s: now_s });
    }

    /// Takes in that files were read: those of what was left over, if that was asked for.
    pub fn has_loaded(&mut self, ctx: &Context) {
        self.tables = None;
        self.restored.extend(self.restoring.take());
        self.has_changed(ctx);
    }

    /// When what has changed is to be kept, by the clock of the window.
    fn due_s(&self) -> Option<f64> {
        self.unkept.map(|unkept| (unkept.last_s + SETTLES_S).min(unkept.first_s + LONGEST_S))
    }

    /// Drops what this process has kept, and what it has opened again.
    fn drop_kept(&mut self) {
        if let Some(job) = self.keeping.take()
            && let Some(Ok(kept)) = job.wait()
        {
            self.file = Some(kept.file);
        }
        if let Some(file) = self.file.take() {
            file.remove();
        }
        for leftover in self.restored.drain(..) {
            leftover.remove();
        }
        self.unkept = None;
    }
}

impl App {
    /// Keeps in this folder what is worked on, and looks there for what others left over.
    pub fn keep_in(&mut self, ctx: &Context, folder: PathBuf) {
        let (place, wake) = (folder.clone(), ctx.clone());
        self.working.folder = Some(folder);
        self.working.looking = Some(Job::start(move |_| leftovers(&place), move || wake.request_repaint()));
    }

    /// Whether all that was done is kept, and what others left over is known.
    pub fn is_kept(&self) -> bool {
        self.working.unkept.is_none() && self.working.keeping.is_none() && self.working.looking.is_none()
    }

    /// The folder, while something may be kept there.
    fn keeping_folder(&self) -> Option<&Path> {
        self.working.folder.as_deref().filter(|_| !self.recent.private)
    }

    /// Opens the last session, where that is wished and there is one.
    pub fn open_last(&mut self, ctx: &Context) {
        let last = self.keeping_folder().filter(|_| self.recent.restore_last).map(last_session);
        if let Some(path) = last.filter(|path| path.is_file()) {
            self.open_working(ctx, path);
        }
    }

    /// Ends well: what is open is the last session, and nothing is left over.
    pub fn close_well(&mut self) {
        if self.recent.restore_last
            && let Some(folder) = self.keeping_folder().map(Path::to_owned)
            && let Some((session, sources)) = self.as_session()
        {
            // The window is gone: nobody can be told that the disk is full, and the last session is then the one before.
            let _ = keep_last(session, &sources, self.working.tables.clone(), &folder);
        }
        self.working.drop_kept();
    }

    /// Remembers nothing from now on and drops what is kept of what is open, or begins to keep it.
    pub(super) fn set_private(&mut self, ctx: &Context, private: bool) {
        if self.recent.sealed {
            return;
        }
        self.recent.private = private;
        if private {
            self.working.drop_kept();
        } else {
            self.working.has_changed(ctx);
        }
    }

    /// Opens the last session at the start from now on, or does not.
    pub(super) fn set_restore_last(&mut self, wanted: bool) {
        self.recent.restore_last = wanted;
        if !wanted {
            self.forget_last();
        }
    }

    /// Forgets the last session.
    pub(super) fn forget_last(&self) {
        if let Some(folder) = self.keeping_folder() {
            // Where there is none, there is nothing to forget.
            let _ = std::fs::remove_file(last_session(folder));
        }
    }

    /// Goes on with what is left over.
    pub(super) fn working_step(&mut self, ctx: &Context, step: Step) {
        if self.working.leftovers.is_empty() {
            return;
        }
        let leftover = self.working.leftovers.remove(0);
        match step {
            Step::Restore => {
                self.open_working(ctx, leftover.path().to_owned());
                self.working.restoring = Some(leftover);
            }
            Step::Dismiss => leftover.remove(),
        }
    }

    /// Keeps what has changed, once it has settled; takes what work on it has given.
    pub(super) fn keep_working(&mut self, ctx: &Context) {
        let working = &mut self.working;
        match working.looking.as_ref().map(Job::poll) {
            Some(Outcome::Done(found)) => {
                working.looking = None;
                working.leftovers.extend(found);
            }
            Some(Outcome::Lost) => working.looking = None,
            Some(Outcome::Working) | None => {}
        }
        match working.keeping.as_ref().map(Job::poll) {
            Some(Outcome::Done(Ok(kept))) => {
                (working.keeping, working.told) = (None, false);
                (working.file, working.tables) = (Some(kept.file), Some(kept.tables));
                for leftover in working.restored.drain(..) {
                    leftover.remove();
                }
            }
            Some(Outcome::Done(Err(error))) => {
                working.keeping = None;
                if !std::mem::replace(&mut working.told, true) {
                    self.notices.warn(error.to_string());
                }
            }
            Some(Outcome::Lost) => working.keeping = None,
            Some(Outcome::Working) | None => {}
        }
        // What could not be opened again is offered as before.
        if self.working.restoring.is_some() && !self.sessions.is_under_way() {
            let again = self.working.restoring.take();
            self.working.leftovers.splice(0..0, again);
        }
        self.start_keeping(ctx);
    }

    fn start_keeping(&mut self, ctx: &Context) {
        let Some(due_s) = self.working.due_s().filter(|_| self.working.keeping.is_none()) else { return };
        let Some(folder) = self.keeping_folder().map(Path::to_owned) else {
            self.working.unkept = None;
            return;
        };
        let left_s = due_s - ctx.input(|input| input.time);
        if left_s > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left_s + 0.01));
            return;
        }
        // Of a file that is still being read there is nothing whole to keep; its end is a change.
        let is_loading = self.loading.is_some();
        self.working.unkept = None;
        let Some((session, sources)) = self.as_session().filter(|_| !is_loading) else { return };
        let (tables, file, wake) = (self.working.tables.clone(), self.working.file.clone(), ctx.clone());
        let work = move |_: &_| keep_working(session, &sources, tables, file, &folder);
        self.working.keeping = Some(Job::start(work, move || wake.request_repaint()));
    }

    /// Says that something was left over, where something was, and offers to open it.
    pub(super) fn show_leftover(&self, ui: &mut Ui, style: &Style, intents: &mut Vec<Intent>) {
        let Some(leftover) = self.working.leftovers.first().filter(|_| self.working.restoring.is_none()) else { return };
        let more = self.working.leftovers.len() - 1;
        Panel::top("left over").frame(menu::bar_frame(style)).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let words = left_over(&leftover.names, leftover.kept, SystemTime::now());
                ui.label(RichText::new(words).color(color32(style.text)));
                if ui.button("Restore").on_hover_text("Opens it as it was, in the place of what is open").clicked() {
                    intents.push(Intent::Working(Step::Restore));
                }
                if ui.button("Dismiss").on_hover_text("Forgets it").clicked() {
                    intents.push(Intent::Working(Step::Dismiss));
                }
                if more > 0 {
                    ui.weak(format!("and {} more", grouped(more)));
                }
            });
        });
    }
}

/// "Chronolane ended unexpectedly 5 minutes ago with a.csv and 2 more files open."
fn left_over(names: &[String], kept: Option<SystemTime>, now: SystemTime) -> String {
    let files = match names {
        [] => "something".to_owned(),
        [name] => name.clone(),
        [first, rest @ ..] => format!("{first} and {} more", grouped(rest.len())),
    };
    let ago = kept.and_then(|kept| now.duration_since(kept).ok()).map_or_else(String::new, |since| format!(" {}", ago(since)));
    format!("Chronolane ended unexpectedly{ago} with {files} open.")
}

fn ago(since: Duration) -> String {
    let minutes = since.as_secs() / 60;
    let (count, unit) = match minutes {
        0 => return "less than a minute ago".to_owned(),
        1..=119 => (minutes, "minute"),
        120..=2_879 => (minutes / 60, "hour"),
        _ => (minutes / 1_440, "day"),
    };
    format!("{} {unit}{} ago", grouped(count as usize), if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_over_is_said_as_a_person_would() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(10_000_000);
        let said = |names: &[&str], seconds| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            left_over(&names, Some(now - Duration::from_secs(seconds)), now)
        };
        assert_eq!(said(&["a.csv"], 20), "Chronolane ended unexpectedly less than a minute ago with a.csv open.");
        assert_eq!(said(&["a.csv", "b.csv"], 61), "Chronolane ended unexpectedly 1 minute ago with a.csv and 1 more open.");
        assert_eq!(said(&["a.csv"], 7_200), "Chronolane ended unexpectedly 2 hours ago with a.csv open.");
        assert_eq!(said(&[], 900_000), "Chronolane ended unexpectedly 10 days ago with something open.");
        let later = now + Duration::from_mins(1);
        assert_eq!(left_over(&[], Some(later), now), "Chronolane ended unexpectedly with something open.", "a clock that was put back");
    }
}
