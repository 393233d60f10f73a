//! What the window tells those who drive it: the bench, and tests.

use super::App;
use crate::store::EventId;
use crate::view::{Span, ViewState};

impl App {
    /// The view, for tests.
    pub fn view(&self) -> &ViewState {
        &self.view
    }

    /// The selected event.
    pub fn selected(&self) -> Option<EventId> {
        self.view.selected
    }

    /// The window in view.
    pub fn window(&self) -> Span {
        self.view.window
    }

    /// The time under the pointer, in milliseconds, for tests.
    pub fn time_under_pointer(&self) -> Option<i64> {
        self.canvas.pointer().map(|(at_ms, _)| at_ms)
    }

    /// How many milliseconds a pixel spans, for tests.
    pub fn ms_per_px(&self) -> f64 {
        self.canvas.ms_per_px()
    }

    /// How often the lanes' picture was made, for tests.
    pub fn scenes_made(&self) -> u64 {
        self.canvas.scenes_made()
    }

    /// Whether the lanes' picture joins the marks of the selected event, for tests.
    pub fn joins_selected(&self) -> bool {
        self.view.selected.is_some_and(|event| self.canvas.joins(event))
    }

    /// Nodes that marks and counts had for a screen reader in the last frame, for tests.
    pub fn nodes_made(&self) -> usize {
        self.canvas.nodes()
    }

    /// Where the ring around the control that has the keyboard was drawn, for tests.
    pub fn focus_ring(&self) -> Option<egui::Rect> {
        self.focus.ring()
    }

    /// How many cells of the table were made, for tests.
    pub fn cells_made(&self) -> u64 {
        self.table.cells_made()
    }

    /// The selected event's title, for tests.
    pub fn selected_title(&self) -> Option<&str> {
        let document = self.document.as_ref()?;
        Some(document.store.title_text(self.view.selected?))
    }

    /// Whether any work is under way.
    pub fn is_busy(&self) -> bool {
        self.loading.is_some()
            || self.filtering.is_some()
            || self.zones.is_busy()
            || self.heading.is_some()
            || self.export.is_busy()
            || self.screenshots.is_busy()
            || self.saves.is_busy()
            || self.sessions.is_busy()
            || self.raw_rows.is_busy()
            || self.picking.is_open()
            || self.search.is_busy()
            || self.facets.is_busy()
            || self.table.is_busy()
            || self.contexts.is_busy()
            || self.palette.is_busy()
            || self.span_card.is_busy()
    }

    /// The formats by which the open files were read, for tests.
    pub fn formats_read(&self) -> Vec<&str> {
        let files = self.document.iter().flat_map(|document| &document.store.ledger().files);
        files.map(|file| file.format.as_str()).collect()
    }

    /// The words of the notices on screen, for tests.
    pub fn notices(&self) -> Vec<&str> {
        self.notices.words()
    }
}
