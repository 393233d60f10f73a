//! Sessions in the window: the view saved and opened again, its data files found and compared. Records are saved elsewhere ([`super::saving`]).

mod finding;

use std::fmt::Write as _;
use std::path::PathBuf;

use egui::Context;

use super::loading::Loading;
use super::notices::Notice;
use super::{App, document::Document};
use crate::formats::ReadOptions;
use crate::jobs::{
    FileStamp, Job, OpenedSession, Outcome, SaveSessionError, SavedSession, SessionSources, open_session, save_session, verify_session,
};
use crate::render::with_ending;
use crate::session::{ENDING, SavedEvent, Session, SessionError, is_session};
use crate::view::{Span, ViewState};
pub(super) use finding::Step;

/// A session whose files are being loaded.
struct Pending {
    opened: OpenedSession,
    is_working: bool,
    options: ReadOptions,
    /// Whether the view is shown already, over the beginning of a large file.
    shown: bool,
}

/// The session that is open, and the work on sessions under way.
#[derive(Default)]
pub(super) struct Sessions {
    /// The file to which the view is saved.
    path: Option<PathBuf>,
    /// Whether what is being opened is what was kept while someone worked, not a view that was saved.
    is_working: bool,
    /// What the open files were when they were read.
    stamps: Vec<FileStamp>,
    opening: Option<Job<Result<OpenedSession, SessionError>>>,
    finding: Option<finding::Finding>,
    pending: Option<Pending>,
    verifying: Option<Job<Vec<String>>>,
    saving: Option<Job<Result<SavedSession, SaveSessionError>>>,
    /// How files were read before the session said otherwise.
    usual: Option<ReadOptions>,
    /// Whether what is being loaded is what is open, perhaps with more files.
    goes_on: bool,
    /// The lane to choose when lanes are there.
    lane: Option<String>,
}

impl Sessions {
    /// Whether work is under way that ends by itself.
    pub fn is_busy(&self) -> bool {
        self.opening.is_some()
            || self.verifying.is_some()
            || self.saving.is_some()
            || self.finding.as_ref().is_some_and(finding::Finding::is_busy)
    }

    /// Whether it waits for the user.
    pub fn is_asking(&self) -> bool {
        self.finding.is_some()
    }

    /// Whether a session is being opened.
    pub fn is_under_way(&self) -> bool {
        self.opening.is_some() || self.finding.is_some() || self.pending.is_some()
    }

    /// Whether what is being loaded is what is open, perhaps with more files.
    pub fn goes_on(&self) -> bool {
        self.goes_on
    }

    /// The name of the open session.
    pub fn name(&self) -> Option<String> {
        self.path.as_ref()?.file_name().map(|name| name.to_string_lossy().into_owned())
    }

    /// Ends the opening of a session that is not shown yet.
    pub fn stop(&mut self) {
        (self.opening, self.finding, self.pending, self.verifying) = (None, None, None, None);
    }
}

impl App {
    /// Starts to open a session where one is named alone, and answers with the files that are to be loaded as such.
    pub(super) fn files_or_session(&mut self, ctx: &Context, paths: Vec<PathBuf>) -> Vec<PathBuf> {
        self.sessions.goes_on = self.document.as_ref().is_some_and(|open| paths.starts_with(&open.paths));
        if let [path] = paths.as_slice()
            && is_session(path)
        {
            self.start_opening(ctx, path.clone(), false);
            return Vec::new();
        }
        let (sessions, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_session(path));
        for path in &sessions {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            self.notices.warn(format!("{name} is a saved view and was left out. Open it by itself (Ctrl+O)."));
        }
        files
    }

    fn start_opening(&mut self, ctx: &Context, path: PathBuf, is_working: bool) {
        let wake = ctx.clone();
        self.sessions.is_working = is_working;
        self.sessions.opening = Some(Job::start(move |shared| open_session(&path, shared), move || wake.request_repaint()));
    }

    /// Opens what was kept while someone worked.
    pub(super) fn open_working(&mut self, ctx: &Context, path: PathBuf) {
        self.stop_loading();
        self.start_opening(ctx, path, true);
    }

    /// How files are read that are not those of the open session.
    pub(super) fn options_for_load(&self) -> ReadOptions {
        match &self.sessions.usual {
            Some(usual) if !self.sessions.goes_on => {
                ReadOptions { zone: self.options.zone, remembered: self.options.remembered.clone(), ..usual.clone() }
            }
            _ => self.options.clone(),
        }
    }

    /// Takes what work on sessions has given.
    pub(super) fn take_sessions(&mut self, ctx: &Context) {
        if let Some(done) = taken(&mut self.sessions.opening) {
            match done {
                Ok(opened) if opened.missing().is_empty() => self.load_session(ctx, opened),
                Ok(opened) => self.sessions.finding = Some(finding::Finding::new(opened, self.sessions.is_working)),
                Err(error) => self.notices.warn(error.to_string()),
            }
        }
        if let Some(changed) = taken(&mut self.sessions.verifying) {
            for words in changed {
                self.notices.warn(words);
            }
        }
        match taken(&mut self.sessions.saving) {
            Some(Ok(saved)) => {
                let mut words = format!("View saved: {}", saved.path.display());
                for name in &saved.changed {
                    let _ = write!(words, "\n{name} was changed on disk since it was read; the view goes with what it is now.");
                }
                self.notices.push(if saved.changed.is_empty() { Notice::good(words) } else { Notice::warning(words) });
                self.remember_files(std::slice::from_ref(&saved.path));
                self.sessions.path = Some(saved.path);
                // Where the view is saved is kept, too.
                self.working.has_changed(ctx);
            }
            Some(Err(error)) => self.notices.warn(format!("The view was not saved. {error}")),
            None => {}
        }
        self.take_found(ctx);
    }

    /// Loads the files of a session; its view is shown when they are there.
    fn load_session(&mut self, ctx: &Context, opened: OpenedSession) {
        self.stop_loading();
        self.sessions.goes_on = false;
        let usual = self.options_for_load();
        let options = match opened.session.reading.apply(&usual) {
            Ok(options) => ReadOptions { zone: opened.session.view.zone, ..options },
            Err(error) => {
                self.notices.warn(error.to_string());
                return;
            }
        };
        self.sessions.usual = Some(usual);
        self.loading = Some(Loading::start(ctx, opened.paths(), &options));
        self.sessions.pending = Some(Pending { opened, is_working: self.sessions.is_working, options, shown: false });
    }

    /// Shows the view of the session whose files were loaded: over the beginning of a large file, and with the selection over the whole.
    pub(super) fn take_session_view(&mut self, ctx: &Context, is_whole: bool) {
        let Some(pending) = &mut self.sessions.pending else { return };
        if !pending.shown {
            pending.shown = true;
            self.view = ViewState { selected: None, selected_lane: None, ..pending.opened.session.view.clone() };
            // Not the window on which it opened by itself: it does not move when more is read.
            self.opened_on = Span::between(i64::MIN, i64::MIN);
            self.history.clear();
            self.start_filter(ctx);
        }
        if !is_whole {
            return;
        }
        let Some(Pending { opened, is_working, options, .. }) = self.sessions.pending.take() else { return };
        self.options = options;
        let Some(document) = &self.document else { return };
        self.view.selected = opened.selected_in(&document.store);
        if let Some(saved) = opened.session.selected.as_ref().filter(|_| self.view.selected.is_none()) {
            self.notices.warn(format!("The event that was selected, \"{}\", is no longer in the data.", saved.title));
        }
        for note in &opened.notes {
            self.notices.warn(note.clone());
        }
        let (pairs, wake) = (opened.pairs(), ctx.clone());
        self.sessions.verifying = Some(Job::start(move |shared| verify_session(&pairs, shared), move || wake.request_repaint()));
        self.sessions.path = if is_working { opened.session.view_file.map(PathBuf::from) } else { Some(opened.path) };
        self.sessions.lane = opened.session.lane;
        if self.filtering.is_none() {
            self.choose_session_lane();
        }
    }

    /// Remembers what was loaded, and leaves the session where other files than its own are open.
    pub(super) fn files_loaded(&mut self, paths: &[PathBuf], stamps: &[FileStamp]) {
        self.sessions.stamps = stamps.to_vec();
        if let Some(pending) = &self.sessions.pending {
            if pending.is_working {
                // It was remembered when it was opened first.
                return;
            }
            let path = pending.opened.path.clone();
            self.remember_files(&[path]);
            return;
        }
        if !self.sessions.goes_on {
            if self.sessions.usual.is_some() {
                self.options = self.options_for_load();
            }
            (self.sessions.usual, self.sessions.path, self.sessions.lane) = (None, None, None);
        }
        self.remember_files(paths);
    }

    /// Puts files at the front of those last opened.
    fn remember_files(&mut self, paths: &[PathBuf]) {
        self.recent.remember(paths);
    }

    /// Chooses the lane of the session once its lanes are there.
    pub(super) fn choose_session_lane(&mut self) {
        let Some(name) = self.sessions.lane.take() else { return };
        self.view.selected_lane = self.document.as_ref().and_then(|document| document.lanes.find(&name));
    }

    /// The view as a session, with what it is saved from.
    pub(super) fn as_session(&self) -> Option<(Session, SessionSources)> {
        let document = self.document.as_ref().filter(|document| !document.partial)?;
        let lane = self.chosen_lane().map(|lane| document.lanes.lanes()[lane.0 as usize].name().to_string());
        let session = Session {
            view_file: self.sessions.path.as_ref().and_then(|path| Some(path.to_str()?.to_owned())),
            view: ViewState { selected: None, selected_lane: None, ..self.view.clone() },
            selected: self.view.selected.map(|event| SavedEvent::of(&document.store, event)),
            lane,
            ..Session::default()
        };
        let sources =
            SessionSources { files: document.store.files().to_vec(), stamps: self.sessions.stamps.clone(), options: self.options.clone() };
        let reading = crate::session::Reading::of(&self.options);
        Some((Session { reading, ..session }, sources))
    }

    /// Saves the view where it was saved before, or asks where.
    pub(super) fn save_view(&mut self, ctx: &Context, ask: bool) {
        match &self.document {
            None => {}
            Some(document) if document.partial => {
                self.notices.warn("The file is still being read. Save the view when all of it is there.".to_owned());
            }
            Some(document) => {
                if let Some(path) = self.sessions.path.clone().filter(|_| !ask) {
                    self.save_view_to(ctx, path);
                } else {
                    let name = self.sessions.name().unwrap_or_else(|| document.file_name(ENDING));
                    self.picking.save_view(ctx, self.dialogs.as_ref(), &name);
                }
            }
        }
    }

    /// Saves the view at the place that the user chose.
    pub(super) fn save_view_at(&mut self, ctx: &Context, path: PathBuf) {
        let (path, is_completed) = with_ending(path, ENDING);
        if is_completed && path.exists() {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            self.notices.warn(format!("{name} is there already. Choose it by this name to replace it."));
            return;
        }
        self.save_view_to(ctx, path);
    }

    fn save_view_to(&mut self, ctx: &Context, path: PathBuf) {
        let Some((session, sources)) = self.as_session() else { return };
        let wake = ctx.clone();
        let work = move |shared: &crate::jobs::Shared| save_session(session, &sources, &path, shared);
        self.sessions.saving = Some(Job::start(work, move || wake.request_repaint()));
    }

    /// The name of what is open, for the window's title.
    pub(super) fn open_name(&self) -> Option<String> {
        self.sessions.name().or_else(|| self.document.as_ref().map(Document::name))
    }
}

/// The result of a job that is done; a job that was lost is forgotten.
fn taken<T: Send + 'static>(job: &mut Option<Job<T>>) -> Option<T> {
    match job.as_ref()?.poll() {
        Outcome::Working => None,
        Outcome::Done(done) => {
            *job = None;
            Some(done)
        }
        Outcome::Lost => {
            *job = None;
            None
        }
    }
}
