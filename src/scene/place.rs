//! Where the rows of lanes stand in a window or a picture.
//!
//! ```text
//! +--------------------+
//! | ruler              |
//! +--------------------+
//! | pinned lanes       |  stay
//! +--------------------+
//! | other lanes        |  move with the scroll
//! +--------------------+
//! ```

use crate::style::LANE_HEIGHT_PX;
use crate::view::LaneRows;

/// The share of the room that pinned lanes may take; those beyond it are scrolled with the others.
const PINNED_SHARE: f32 = 0.6;

/// Rows in a room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placing {
    /// The height of a row that has none of its own.
    pub share_px: f32,
    /// How many rows at the top stay where they are.
    pub pinned: usize,
    /// Their height together.
    pub pinned_px: f32,
    /// The height of all others together.
    pub others_px: f32,
    /// The room that the others have.
    pub room_px: f32,
}

/// Places rows in a room of so many pixels, below the ruler.
pub fn placing(rows: &LaneRows, room_px: f32) -> Placing {
    let share_px = rows.share_px(room_px, LANE_HEIGHT_PX, room_px.max(LANE_HEIGHT_PX));
    let most_px = f64::from(room_px * PINNED_SHARE);
    let pinned = (0..=rows.pinned()).rev().find(|&row| rows.top_px(row, share_px) <= most_px).unwrap_or(0);
    let pinned_px = rows.top_px(pinned, share_px);
    let others_px = rows.top_px(rows.len(), share_px) - pinned_px;
    Placing { share_px, pinned, pinned_px: pinned_px as f32, others_px: others_px as f32, room_px: room_px - pinned_px as f32 }
}

impl Placing {
    /// The furthest that the rows can be scrolled.
    pub fn most_scroll_px(&self) -> f32 {
        (self.others_px - self.room_px).max(0.0)
    }

    /// The top of a row below the ruler.
    pub fn top_px(&self, rows: &LaneRows, row: usize, scroll_px: f32) -> f32 {
        let top_px = rows.top_px(row, self.share_px);
        if row < self.pinned { top_px as f32 } else { (top_px - f64::from(scroll_px)) as f32 }
    }

    /// The rows that can be seen, apart from those that stay.
    pub fn seen(&self, rows: &LaneRows, scroll_px: f32) -> std::ops::Range<usize> {
        let from_px = f64::from(self.pinned_px) + f64::from(scroll_px);
        let first = rows.row_at(from_px, self.share_px).max(self.pinned);
        let last = rows.row_at(from_px + f64::from(self.room_px) - 1e-3, self.share_px);
        first..(last + 1).clamp(first, rows.len().max(first))
    }

    /// The scroll that brings a row into view with as little movement as possible; the present one where it can be seen.
    pub fn scroll_to(&self, rows: &LaneRows, row: usize, scroll_px: f32) -> f32 {
        if row < self.pinned {
            return scroll_px;
        }
        let top_px = (rows.top_px(row, self.share_px) - f64::from(self.pinned_px)) as f32;
        let height_px = rows.height_px(row, self.share_px).min(self.room_px);
        let scroll_px = scroll_px.clamp(0.0, self.most_scroll_px());
        if top_px < scroll_px - 0.5 {
            top_px
        } else if top_px + height_px > scroll_px + self.room_px + 0.5 {
            top_px + height_px - self.room_px
        } else {
            scroll_px
        }
    }

    /// The scroll that puts a row into the middle.
    pub fn scroll_to_middle(&self, rows: &LaneRows, row: usize) -> f32 {
        let middle_px = rows.top_px(row, self.share_px) + f64::from(rows.height_px(row, self.share_px)) / 2.0 - f64::from(self.pinned_px);
        (middle_px as f32 - self.room_px / 2.0).clamp(0.0, self.most_scroll_px())
    }

    /// The row nearest to a height below the ruler, and whether the lower half of it; `None` where there is no row.
    pub fn row_near(&self, rows: &LaneRows, y_px: f32, scroll_px: f32) -> Option<(usize, bool)> {
        let last = rows.len().checked_sub(1)?;
        let y_px = if y_px < self.pinned_px { f64::from(y_px) } else { f64::from(y_px) + f64::from(scroll_px) };
        let row = rows.row_at(y_px.max(0.0), self.share_px).min(last);
        let middle_px = rows.top_px(row, self.share_px) + f64::from(rows.height_px(row, self.share_px)) / 2.0;
        Some((row, y_px > middle_px))
    }
}
