//! A view from a file, brought within the bounds that every view made in the window keeps.

use std::sync::Arc;

use super::reduce::MOST_OPENED;
use super::{Arrangement, Span, ViewState};

impl ViewState {
    /// The view with each number within its bounds; one that a user has made is not changed.
    #[must_use]
    pub fn sound(mut self) -> Self {
        self.window = Span::between(self.window.from_ms, self.window.to_ms);
        self.opened.truncate(MOST_OPENED);
        self.playhead_ms = self.playhead_ms.map(|at_ms| at_ms.clamp(-Span::LIMIT_MS, Span::LIMIT_MS));
        // Further down than ten thousand lanes at their highest is nowhere.
        self.scroll_px = if self.scroll_px.is_finite() { self.scroll_px.clamp(0.0, 1e7) } else { 0.0 };
        self.table = self.table.sound();
        for arrangement in self.arrangements.values_mut() {
            let bounds = Arrangement::LEAST_PX..=Arrangement::MOST_PX;
            if arrangement.heights_px.values().any(|px| !bounds.contains(px)) {
                let heights = Arc::make_mut(arrangement).heights_px.values_mut();
                heights.for_each(|px| *px = (*px).clamp(Arrangement::LEAST_PX, Arrangement::MOST_PX));
            }
        }
        self
    }
}
