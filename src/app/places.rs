//! The places visited: back and forward through them, as through pages.

use crate::view::{Span, ViewState};

/// Where the window was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub window: Span,
    pub scroll_px: f32,
}

impl Place {
    pub fn of(view: &ViewState) -> Self {
        Self { window: view.window, scroll_px: view.scroll_px }
    }
}

/// Places behind and before the present one.
#[derive(Default)]
pub(super) struct Places {
    behind: Vec<Place>,
    before: Vec<Place>,
}

const MOST: usize = 100;

impl Places {
    /// Remembers a place that is being left for another.
    pub fn leave(&mut self, place: Place) {
        self.before.clear();
        if self.behind.last() != Some(&place) {
            self.behind.push(place);
        }
        if self.behind.len() > MOST {
            self.behind.remove(0);
        }
    }

    /// The place before this one in time of visit.
    pub fn back(&mut self, now: Place) -> Option<Place> {
        Self::step(&mut self.behind, &mut self.before, now)
    }

    /// The place that was left by going back.
    pub fn forward(&mut self, now: Place) -> Option<Place> {
        Self::step(&mut self.before, &mut self.behind, now)
    }

    fn step(from: &mut Vec<Place>, to: &mut Vec<Place>, now: Place) -> Option<Place> {
        // A place that is the present one is no step.
        while from.last() == Some(&now) {
            from.pop();
        }
        let place = from.pop()?;
        to.push(now);
        Some(place)
    }

    pub fn can_go_back(&self) -> bool {
        !self.behind.is_empty()
    }

    pub fn can_go_forward(&self) -> bool {
        !self.before.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(day: i64) -> Place {
        Place { window: Span::between(day * crate::time::DAY_MS, (day + 1) * crate::time::DAY_MS), scroll_px: 0.0 }
    }

    #[test]
    fn back_and_forward_lead_through_places_in_order() {
        let mut places = Places::default();
        places.leave(place(1));
        places.leave(place(2));
        assert_eq!(places.back(place(3)), Some(place(2)));
        assert_eq!(places.back(place(2)), Some(place(1)));
        assert_eq!(places.back(place(1)), None);
        assert_eq!(places.forward(place(1)), Some(place(2)));
        assert_eq!(places.forward(place(2)), Some(place(3)));
        places.back(place(3));
        places.leave(place(2));
        assert!(!places.can_go_forward(), "a new way forgets the one not taken");
    }
}
