//! The views that went before, for undo and redo.

use super::ViewState;
use crate::store::EventId;

/// A stack of views. A run of gradual changes is kept as one.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<ViewState>,
    future: Vec<ViewState>,
    in_run: bool,
}

impl History {
    /// How many views are kept.
    const KEPT: usize = 200;

    /// Keeps the view that a change replaced. Within a run of gradual changes only the view before the first is kept.
    pub fn keep(&mut self, before: ViewState, gradual: bool) {
        self.future.clear();
        if !(gradual && self.in_run) {
            self.past.push(before);
            if self.past.len() > Self::KEPT {
                self.past.remove(0);
            }
        }
        self.in_run = gradual;
    }

    /// Whether the last change was one of a run that may go on.
    pub fn is_in_run(&self) -> bool {
        self.in_run
    }

    /// Ends a run of gradual changes: the mouse was let go, the typing paused.
    pub fn end_run(&mut self) {
        self.in_run = false;
    }

    /// Goes one step back; `now` becomes the next redo.
    pub fn undo(&mut self, now: ViewState) -> Option<ViewState> {
        let before = self.past.pop()?;
        self.future.push(now);
        self.in_run = false;
        Some(before)
    }

    /// Goes one step forward again.
    pub fn redo(&mut self, now: ViewState) -> Option<ViewState> {
        let after = self.future.pop()?;
        self.past.push(now);
        self.in_run = false;
        Some(after)
    }

    /// Gives every selected event the number that it has now.
    pub fn renumber(&mut self, number_of: impl Fn(EventId) -> Option<EventId>) {
        for view in self.past.iter_mut().chain(&mut self.future) {
            view.selected = view.selected.and_then(&number_of);
        }
    }

    /// Whether there is anything to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is anything to do again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Forgets everything: another file was opened.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(scroll_px: f32) -> ViewState {
        ViewState { scroll_px, ..ViewState::default() }
    }

    #[test]
    fn a_drag_is_one_step() {
        let mut history = History::default();
        for step in 0..10 {
            history.keep(view(step as f32), true);
        }
        history.end_run();
        history.keep(view(10.0), true);
        assert_eq!(history.undo(view(11.0)), Some(view(10.0)));
        assert_eq!(history.undo(view(10.0)), Some(view(0.0)));
        assert!(!history.can_undo());
        assert_eq!(history.redo(view(0.0)), Some(view(10.0)));
        assert_eq!(history.redo(view(10.0)), Some(view(11.0)));
    }
}
