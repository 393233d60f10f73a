//! From a load to an open document: shown when it is read, or growing while it is; taken back where the load is cancelled.

use std::time::Duration;

use egui::Context;

use super::document::Document;
use super::watching::Sought;
use super::{App, Stage};
use crate::jobs::{LoadError, Loaded, Outcome};
use crate::view::{Action, ViewState};

impl App {
    /// Takes what a load has given: files that are read, the part of them that is, or why they can't be.
    pub(super) fn take_loaded(&mut self, ctx: &Context) {
        let Some(loading) = &self.loading else { return };
        let so_far = loading.so_far();
        match loading.poll(self.stage == Stage::Opening) {
            Outcome::Working => {
                ctx.request_repaint_after(Duration::from_millis(80));
                if let Some(loaded) = so_far {
                    self.show_loaded(ctx, loaded);
                    self.take_session_view(ctx, false);
                }
            }
            Outcome::Done(Ok(loaded)) => {
                self.loading = None;
                for message in &loaded.unread {
                    self.notices.warn(message.clone());
                }
                self.files_loaded(&loaded.paths, &loaded.stamps);
                let stamps = loaded.stamps.clone();
                self.show_loaded(ctx, loaded);
                self.sought = None;
                self.take_session_view(ctx, true);
                self.working.has_loaded(ctx);
                let paths = self.document.as_ref().map(|open| open.paths.clone()).unwrap_or_default();
                self.watching.start(ctx, stamps, &paths);
                self.set_aside = None;
            }
            Outcome::Done(Err(error)) => {
                let paths = loading.paths.clone();
                self.stop_loading();
                let words = error.to_string();
                if matches!(error, LoadError::Unread(_)) {
                    self.offer_mapping(ctx, &paths, words);
                } else {
                    self.notices.warn(words);
                }
            }
            Outcome::Lost => self.stop_loading(),
        }
    }

    /// Shows what was loaded: as a document of its own, or as more of the one that is growing.
    fn show_loaded(&mut self, ctx: &Context, loaded: Loaded) {
        let document = Document::new(loaded);
        if self.document.as_ref().is_some_and(|open| open.partial) {
            self.grow_document(ctx, document);
        } else {
            self.show_document(ctx, document);
        }
    }

    /// Ends a load that gives nothing, and takes back what was open before its first part was shown.
    pub(super) fn stop_loading(&mut self) {
        self.loading = None;
        self.sessions.stop();
        if self.document.as_ref().is_some_and(|open| open.partial) {
            self.document = None;
            self.sought = None;
            self.forget_pictures();
            if let Some((document, view)) = self.set_aside.take() {
                self.document = Some(document);
                self.view = view;
            }
        }
    }

    /// Drops what panels keep of the document, and all that could be undone.
    fn forget_pictures(&mut self) {
        self.canvas.forget();
        self.overview.forget();
        self.table.forget();
        self.contexts.forget();
        self.raw_rows.forget();
        self.naming = None;
        self.words = None;
        self.query_error = None;
        self.filtering = None;
        self.zones.stop();
        self.history.clear();
    }

    /// Shows a document on its dense part; the same files again, where they were left.
    pub(super) fn show_document(&mut self, ctx: &Context, document: Document) {
        // More files beside those that are open belong to the same view.
        let (title, description) =
            if self.sessions.goes_on() { (self.view.title.clone(), self.view.description.clone()) } else { Default::default() };
        let kept = ViewState {
            theme: self.view.theme,
            zone: self.view.zone,
            detail_open: self.view.detail_open,
            facets_open: self.view.facets_open,
            table: self.view.table.for_any_file(),
            group: document.lanes.group(),
            title,
            description,
            ..ViewState::default()
        };
        let same_files = self.document.as_ref().is_some_and(|open| open.paths == document.paths);
        self.sought = match (&self.document, self.view.selected) {
            (Some(open), Some(event)) if same_files => Some(Sought::of(&open.store, event)),
            _ => None,
        };
        let usual = document.lanes.group();
        let before = std::mem::replace(&mut self.view, kept);
        self.forget_pictures();
        let is_beginning = document.partial;
        let replaced = self.document.replace(document);
        if let Some(lost) = replaced.as_ref().and_then(|open| open.store.lost_text()) {
            self.notices.withdraw(&lost.to_string());
        }
        if is_beginning {
            self.set_aside = replaced.map(|open| (open, before.clone()));
        }
        self.act(&Action::FitDense);
        self.opened_on = self.view.window;
        if same_files {
            self.view = ViewState { selected: None, selected_lane: None, ..before };
            self.select_sought();
            if !self.view.query.is_empty() || self.view.group != usual || !self.view.actor_names.is_empty() {
                self.start_filter(ctx);
            }
        }
        self.history.clear();
        self.canvas.wants_focus = true;
    }

    /// Puts a document in the place of its own beginning. The user's window, filter and selection stay; a window that nobody has moved opens on the dense part anew. Lanes
    /// keep their places while it grows, and after it too where the user has begun to work.
    fn grow_document(&mut self, ctx: &Context, document: Document) {
        let untouched = self.view.window == self.opened_on;
        if let (Some(open), Some(event)) = (&self.document, self.view.selected) {
            self.sought = Some(Sought::of(&open.store, event));
        }
        let is_other = !self.view.query.is_empty() || !self.view.actor_names.is_empty() || self.view.group != document.lanes.group();
        let seen = !untouched || self.view.selected.is_some() || self.view.scroll_px > 0.0;
        let mut document = document;
        if let Some(open) = self.document.as_ref().filter(|_| document.partial || seen) {
            document.keep_order(open, &self.view);
        }
        self.document = Some(document);
        (self.view.selected, self.view.selected_lane) = (None, None);
        self.select_sought();
        if untouched {
            self.act(&Action::FitDense);
            self.opened_on = self.view.window;
        }
        // What could be undone speaks of events by the numbers that they had.
        self.history.clear();
        self.filtering = None;
        if is_other {
            self.start_filter(ctx);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SystemDialogs, recent};
    use super::*;
    use crate::formats::{ReadOptions, Silent};
    use crate::jobs::load;
    use crate::store::EventId;

    /// A file of so many events, one a day, as it is loaded.
    fn days(folder: &std::path::Path, name: &str, count: i64) -> Loaded {
        let day = |at: i64| crate::time::day_text((19_000 + at) * crate::time::DAY_MS);
        let rows: Vec<String> = (0..count).map(|at| format!("e{at},{},event {at},Actor {}", day(at), at % 3)).collect();
        let path = folder.join(name);
        std::fs::write(&path, format!("id,when,title,actors\n{}\n", rows.join("\n"))).unwrap();
        load(&[path], &ReadOptions::default(), None, &Silent).unwrap()
    }

    fn app(ctx: &Context) -> App {
        App::within(ctx, recent::Recent::default(), ReadOptions::default(), Box::new(SystemDialogs))
    }

    #[test]
    fn a_load_that_is_cancelled_gives_back_what_was_open() {
        let folder = tempfile::tempdir().unwrap();
        let ctx = Context::default();
        let mut app = app(&ctx);
        app.show_loaded(&ctx, days(folder.path(), "open.csv", 30));
        app.act(&Action::Select(Some(EventId(7))));
        let view = app.view.clone();
        app.show_loaded(&ctx, Loaded { partial: true, ..days(folder.path(), "large.csv", 90) });
        assert_eq!(app.document.as_ref().map(Document::name).as_deref(), Some("large.csv"));
        app.stop_loading();
        assert_eq!(app.document.as_ref().map(Document::name).as_deref(), Some("open.csv"));
        assert_eq!((app.view.clone(), app.selected_title()), (view, Some("event 7")));
        assert!(!app.is_busy());
    }

    #[test]
    fn a_large_file_that_is_read_again_stays_where_it_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let ctx = Context::default();
        let mut app = app(&ctx);
        app.show_loaded(&ctx, days(folder.path(), "large.csv", 90));
        app.act(&Action::Zoom { about_ms: app.view.window.middle_ms(), factor: 3.0 });
        let window = app.view.window;
        app.show_loaded(&ctx, Loaded { partial: true, ..days(folder.path(), "large.csv", 40) });
        app.show_loaded(&ctx, days(folder.path(), "large.csv", 90));
        assert_eq!(app.view.window, window);
    }

    #[test]
    fn files_that_are_read_again_keep_the_search_and_the_selection() {
        let folder = tempfile::tempdir().unwrap();
        let ctx = Context::default();
        for has_ids in [true, false] {
            let path = folder.path().join("log.csv");
            let write = |first: &str, count: usize| {
                let id = |at: usize| if has_ids { format!("e{at}") } else { String::new() };
                let rows: Vec<String> = (0..count).map(|at| format!("{},2023-01-{:02},event {at},Ana", id(at), at % 28 + 1)).collect();
                std::fs::write(&path, format!("id,when,title,actors\n{first}{}\n", rows.join("\n"))).unwrap();
                load(std::slice::from_ref(&path), &ReadOptions::default(), None, &Silent).unwrap()
            };
            let mut app = app(&ctx);
            app.show_loaded(&ctx, write("", 40));
            let event =
                app.document.as_ref().and_then(|open| (0..40).map(EventId).find(|event| open.store.title_text(*event) == "event 12"));
            app.act(&Action::Select(event));
            app.act(&Action::SetQuery("event".to_owned()));
            app.act(&Action::ShowTray(true));
            let view = app.view.clone();
            // Another row before all others gives each line another number.
            let row = "x,2023-01-13,a row before,Ben\n";
            app.show_loaded(&ctx, Loaded { partial: true, ..write(row, 5) });
            assert_eq!(app.selected_title(), None);
            app.show_loaded(&ctx, write(row, 40));
            assert_eq!(app.selected_title(), Some("event 12"), "with ids: {has_ids}");
            assert_eq!((&app.view.query, app.view.window, app.view.tray_open), (&view.query, view.window, true));
        }
    }

    /// It is said once that a large file was changed, and no more when it is read again.
    #[test]
    fn a_changed_file_is_said_until_it_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.csv");
        let long = "and so on ".repeat(300);
        let rows: Vec<String> = (0..3_000).map(|at| format!("e{at},20{:02}-05,event {at},{at} {long}", at % 30)).collect();
        std::fs::write(&path, format!("id,when,title,sentence\n{}\n", rows.join("\n"))).unwrap();
        let loaded = || load(std::slice::from_ref(&path), &ReadOptions { keep_bytes: 0, ..ReadOptions::default() }, None, &Silent).unwrap();
        let ctx = Context::default();
        let mut app = app(&ctx);
        app.show_loaded(&ctx, loaded());
        app.take_finished(&ctx);
        assert!(app.notices().is_empty());
        std::fs::write(&path, "id,when,title,sentence\n").unwrap();
        let document = app.document.as_ref().unwrap();
        assert!(document.store.record(EventId(5)).evidence.iter().all(|evidence| evidence.quote.is_empty()));
        for _ in 0..2 {
            app.take_finished(&ctx);
            assert_eq!(app.notices().len(), 1);
            assert!(app.notices()[0].starts_with("large.csv was changed"));
        }
        std::fs::write(&path, format!("id,when,title,sentence\n{}\n", rows.join("\n"))).unwrap();
        app.show_loaded(&ctx, loaded());
        app.take_finished(&ctx);
        assert!(app.notices().is_empty());
    }

    #[test]
    fn a_first_load_that_is_cancelled_leaves_nothing_open() {
        let folder = tempfile::tempdir().unwrap();
        let ctx = Context::default();
        let mut app = app(&ctx);
        app.show_loaded(&ctx, Loaded { partial: true, ..days(folder.path(), "large.csv", 90) });
        app.stop_loading();
        assert!(app.document.is_none());
    }

    #[test]
    fn a_selection_stays_where_the_zone_is_changed_while_a_file_grows() {
        let folder = tempfile::tempdir().unwrap();
        let ctx = Context::default();
        let mut app = app(&ctx);
        let path = folder.path().join("instants.csv");
        let rows: Vec<String> = (0..40).map(|at| format!("e{at},2023-08-{:02}T22:30:00Z,event {at}", at % 28 + 1)).collect();
        std::fs::write(&path, format!("id,when,title\n{}\n", rows.join("\n"))).unwrap();
        let tokyo = crate::time::Zone::parse("Asia/Tokyo").unwrap();
        let loaded = |zone| load(std::slice::from_ref(&path), &ReadOptions { zone, ..ReadOptions::default() }, None, &Silent).unwrap();
        app.show_loaded(&ctx, Loaded { partial: true, ..loaded(tokyo) });
        app.act(&Action::Select(Some(EventId(7))));
        let title = app.selected_title().map(str::to_owned);
        app.show_loaded(&ctx, loaded(crate::time::Zone::UTC));
        assert!(title.is_some() && app.selected_title() == title.as_deref());
    }

    #[test]
    fn what_the_user_has_done_stays_while_a_file_grows() {
        let folder = tempfile::tempdir().unwrap();
        let ctx = Context::default();
        let mut app = app(&ctx);
        app.show_loaded(&ctx, Loaded { partial: true, ..days(folder.path(), "large.csv", 40) });
        let opened_on = app.view.window;
        app.show_loaded(&ctx, Loaded { partial: true, ..days(folder.path(), "large.csv", 60) });
        assert_ne!(app.view.window, opened_on, "a window that nobody moved opens on more");
        app.act(&Action::Select(Some(EventId(25))));
        app.act(&Action::Zoom { about_ms: app.view.window.middle_ms(), factor: 2.0 });
        let window = app.view.window;
        app.show_loaded(&ctx, days(folder.path(), "large.csv", 400));
        assert_eq!((app.view.window, app.selected_title()), (window, Some("event 25")));
        assert!(app.document.as_ref().is_some_and(|document| !document.partial && document.store.len() == 400));
    }
}
