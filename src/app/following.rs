//! What follows: work that a changed view asks for, and what finished work changes.

use egui::Context;

use super::{App, Document, theme};
use crate::jobs::Outcome;
use crate::store::Query;
use crate::view::ViewState;

impl App {
    /// Follows up a changed view: theme, filter, grouping, what is kept of it.
    pub(super) fn settle(&mut self, ctx: &Context, before: &ViewState) {
        if self.view != *before {
            self.working.has_changed(ctx);
        }
        if self.view.theme != before.theme {
            theme::choose(ctx, self.view.theme);
            self.recent.theme = self.view.theme;
        }
        if self.view.query != before.query || self.view.group != before.group || self.view.actor_names != before.actor_names {
            self.start_filter(ctx);
        } else if let Some(document) = &mut self.document
            && document.is_arranged_otherwise(&self.view)
            && !document.arrange(&self.view)
            && self.filtering.is_none()
        {
            self.start_filter(ctx);
        }
        if self.view.hits != before.hits
            && let Some(document) = &mut self.document
        {
            document.stand_out(&self.view);
        }
        self.fold_empty(ctx, before);
        self.follow_zone(ctx);
    }

    /// Folds empty stretches away where the view wants it and they are not, or the other way round.
    fn fold_empty(&mut self, ctx: &Context, before: &ViewState) {
        let Some(document) = &mut self.document else { return };
        let wanted = self.view.empty_folded;
        if wanted == document.wanted.fold_empty {
            if self.view.opened != before.opened {
                document.choose_gaps(&self.view.opened);
            }
        } else if !wanted {
            document.unfold();
        } else if self.filtering.is_none() {
            self.start_filter(ctx);
            // With a search that cannot be read the last one stays.
            if let (Some(document), None) = (&self.document, &self.filtering) {
                self.filtering = Some(document.filter(ctx, &self.view, document.query.clone()));
            }
        }
    }

    pub(super) fn start_filter(&mut self, ctx: &Context) {
        let Some(document) = &self.document else { return };
        match Query::parse(&self.view.query) {
            Ok(query) => {
                self.query_error = None;
                self.filtering = Some(document.filter(ctx, &self.view, query));
            }
            Err(error) => {
                self.query_error = Some(error);
                self.filtering = None;
            }
        }
    }

    /// Takes what jobs have done since the last frame.
    pub(super) fn take_finished(&mut self, ctx: &Context) {
        self.take_sessions(ctx);
        self.take_loaded(ctx);
        self.take_zoned(ctx);
        self.take_heading();
        if let Some(job) = &self.filtering {
            match job.poll() {
                Outcome::Working => {}
                Outcome::Done(filtered) => {
                    self.filtering = None;
                    if let Some(document) = &mut self.document {
                        document.take(filtered, &self.view);
                    }
                    self.choose_session_lane();
                }
                Outcome::Lost => self.filtering = None,
            }
        }
        if let Some(lost) = self.document.as_mut().and_then(Document::newly_lost) {
            self.notices.warn(lost.to_string());
        }
        for notice in self.export.take_finished(ctx) {
            self.notices.push(notice);
        }
        if self.screenshots.has_come() {
            let name = self.document.as_ref().map_or_else(|| "window.png".to_owned(), |document| document.file_name("window.png"));
            self.picking.save_screenshot(ctx, self.dialogs.as_ref(), &name);
        }
        if let Some(notice) = self.screenshots.take_finished() {
            self.notices.push(notice);
        }
        self.take_saved();
        self.take_rows();
        self.watching.take_finished();
        self.contexts.take_finished();
        if let Some(picked) = self.picking.take() {
            self.picked(ctx, picked);
        }
    }
}
