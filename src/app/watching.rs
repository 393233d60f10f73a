//! Files that change on disk while they are open, and files that come into an open folder or go: offered to be read again, with the view, the search and the selection kept.

use std::path::{Path, PathBuf};

use egui::{Context, Panel, RichText, Ui};

use super::commands::Command;
use super::{App, Intent, menu};
use crate::jobs::{Change, FileStamp, Watch};
use crate::render::paint::color32;
use crate::store::{EventId, EventStore};
use crate::style::Style;

/// Watches what is open.
#[derive(Default)]
pub(super) struct Watching {
    watch: Option<Watch>,
    changed: Option<Change>,
}

impl Watching {
    /// Watches these files, and the folders among the paths that were asked for, in place of others.
    pub fn start(&mut self, ctx: &Context, files: Vec<FileStamp>, paths: &[PathBuf]) {
        self.changed = None;
        let wake = ctx.clone();
        self.watch = (!files.is_empty()).then(|| Watch::start(files, paths, move || wake.request_repaint()));
    }

    pub fn take_finished(&mut self) {
        if let Some(change) = self.watch.as_ref().and_then(Watch::changed) {
            self.changed = Some(change);
            self.watch = None;
        }
    }

    /// Says that a file was changed, where one was.
    pub fn show(&mut self, ui: &mut Ui, style: &Style, intents: &mut Vec<Intent>) {
        let Some(change) = &self.changed else { return };
        let name = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let words = match change {
            Change::File(path) => format!("{} was changed on disk.", name(path)),
            Change::Added(path) => format!("{} is new in the folder.", name(path)),
            Change::Removed(path) => format!("{} is no more in the folder.", name(path)),
        };
        let mut close = false;
        Panel::top("changed on disk").frame(menu::bar_frame(style)).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(words).color(color32(style.warning)));
                if ui.button("Read it again").on_hover_text("Keeps the window, the search and the selection (F5)").clicked() {
                    intents.push(Intent::Command(Command::Reload));
                    close = true;
                }
                close |= ui.button("Not now").clicked();
            });
        });
        if close {
            self.changed = None;
        }
    }
}

/// An event by what is said of it, to be found again in another reading of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sought {
    id: String,
    title: String,
    canonical: String,
    start_ms: Option<i64>,
}

impl Sought {
    pub fn of(store: &EventStore, event: EventId) -> Self {
        Self {
            id: store.id_text(event).to_owned(),
            title: store.title_text(event).to_owned(),
            canonical: store.canonical(event).to_owned(),
            start_ms: store.start_ms(event),
        }
    }

    /// The event: by its id where that also says the same date or title, else by title and date together, else by an id that the file gives.
    pub fn find(&self, store: &EventStore) -> Option<EventId> {
        // In another zone it may begin elsewhere.
        let placed = |start_ms| store.placed(&self.canonical).map_or(start_ms, |reading| reading.extent.earliest_start);
        let start_ms = self.start_ms.map(placed);
        let by_id = match start_ms.and_then(|start_ms| store.find_at(start_ms, &self.id)) {
            Some(event) => Some(event),
            None => store.find_id(&self.id),
        };
        let same_title = |event: &EventId| store.title_text(*event) == self.title;
        let same_date = |event: &EventId| store.canonical(*event) == self.canonical;
        let is_made = self.id.starts_with("line-") || self.id.split(':').all(|part| part.parse::<u32>().is_ok());
        if let Some(event) = by_id
            && (!is_made || same_title(&event) && same_date(&event))
        {
            return Some(event);
        }
        let range = match start_ms {
            Some(start_ms) => store.starting_at(start_ms),
            None => store.dated() as u32..store.len() as u32,
        };
        range.map(EventId).find(|event| same_title(event) && same_date(event))
    }
}

impl App {
    /// Selects the event that is sought, if it is there.
    pub(super) fn select_sought(&mut self) {
        let (Some(document), Some(sought)) = (&self.document, &self.sought) else { return };
        if let Some(event) = sought.find(&document.store) {
            (self.view.selected, self.view.selected_lane) = (Some(event), None);
            self.sought = None;
        }
    }
}
