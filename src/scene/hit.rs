//! What lies under the pointer.

use super::{Point, Scene};
use crate::store::{EventId, LaneId};
use crate::view::Span;

/// What a place in the picture belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hit {
    /// The mark of an event in a lane.
    Event(EventId, LaneId),
    /// Events counted together: how many, and when.
    Fold(usize, Span, LaneId),
    /// An empty stretch that is folded away.
    Break(Span),
    /// A lane's header.
    Header(LaneId),
    /// Where a lane is folded, or shows what is folded into it.
    FoldButton(LaneId),
    /// The words over the headers that tell how many lanes are hidden.
    Hidden,
    /// A lane, but nothing in it.
    Lane(LaneId),
    /// The ruler.
    Ruler,
    /// Nothing.
    Nothing,
}

impl Scene {
    /// What lies at a place. Of marks that share it, the one whose symbol is nearest.
    pub fn hit(&self, at: Point) -> Hit {
        if at.y < self.plot.y {
            return match (at.x >= self.plot.x, at.y >= 0.0) {
                (true, true) => Hit::Ruler,
                (false, true) if self.hidden_lanes > 0 => Hit::Hidden,
                _ => Hit::Nothing,
            };
        }
        let Some(lane) = self.lanes.iter().find(|lane| lane.seen.holds(at)) else { return Hit::Nothing };
        if at.x < self.plot.x {
            let on_button = lane.fold_box.is_some_and(|rect| rect.holds(at));
            return if on_button { Hit::FoldButton(lane.lane) } else { Hit::Header(lane.lane) };
        }
        let on_label = |mark: &super::Mark| mark.label_box.is_some_and(|rect| rect.holds(at));
        let marks = lane.marks.iter().filter(|mark| mark.hit.holds(at) || on_label(mark));
        let nearest = marks.min_by(|a, b| (a.handle.x - at.x).abs().total_cmp(&(b.handle.x - at.x).abs()));
        if let Some(mark) = nearest {
            return Hit::Event(mark.event, lane.lane);
        }
        match lane.folds.iter().find(|fold| fold.hit.holds(at)) {
            Some(fold) => Hit::Fold(fold.count, fold.span, lane.lane),
            None => match self.breaks.iter().find(|found| found.rect.holds(at)) {
                Some(found) => Hit::Break(found.span),
                None => Hit::Lane(lane.lane),
            },
        }
    }
}
