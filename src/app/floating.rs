//! The small windows over the timeline: palette, date, bookmarks, marked span.

use egui::Context;

use super::commands::Standing;
use super::{App, Facts, Intent, span_card};
use crate::style::Style;

impl App {
    /// Shows them.
    pub(super) fn show_floating(&mut self, ctx: &Context, style: &Style, standing: &Standing, intents: &mut Vec<Intent>) {
        let facts = self.document.as_ref().map(|document| Facts {
            document,
            view: &self.view,
            style,
            query_error: self.query_error.as_ref(),
            filtering: self.filtering.is_some(),
        });
        self.palette.show(ctx, facts, standing, intents);
        self.go_date.show(ctx, style, intents);
        self.bookmarks.show(ctx, &self.view.bookmarks, intents);
        if let Some(facts) = facts {
            let room = self.canvas.room().unwrap_or_else(|| ctx.content_rect());
            self.span_card.show(ctx, facts, standing, room, intents);
        }
    }

    /// Copies what lies in the marked spans.
    pub(super) fn copy_span(&self, ctx: &Context) {
        if let Some(words) = span_card::copied(self.span_card.sums()) {
            ctx.copy_text(words);
        }
    }
}
