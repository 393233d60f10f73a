//! How high the lanes of a picture are: those with more to write are higher. Only for pictures: it lays out every lane once more than a frame may.

use super::lane::{LANE_LEAST_PX, needed_px};
use super::{Height, SceneRequest};
use crate::style::{HEADER_WIDTH_PX, LANE_HEIGHT_MOST_PX, RULER_HEIGHT_PX};
use crate::view::{LaneRows, TimeScale};

/// The rows of a request with the heights that suit their labels; heights that were given by hand stay.
///
/// A picture that grows gives each lane what it needs; one of fixed height shares out what is left over, or takes from each in proportion. `None` where lanes share too little room for
/// that.
pub fn fitted(request: &SceneRequest<'_>) -> Option<LaneRows> {
    let rows = request.rows;
    let width_px = request.width_px.max(HEADER_WIDTH_PX + 60.0) - HEADER_WIDTH_PX;
    let scale = TimeScale { span: request.window, left_px: HEADER_WIDTH_PX, width_px };
    let room_px = match request.height {
        Height::Auto => None,
        Height::Fixed(height_px) => Some(height_px - RULER_HEIGHT_PX),
        Height::Scrolled { .. } => return None,
    };
    if rows.is_empty() || room_px.is_some_and(|room_px| LANE_LEAST_PX * rows.len() as f32 > room_px) {
        return None;
    }
    // Where the height is given, a few lanes may use all of it.
    let most_px = room_px.map_or(LANE_HEIGHT_MOST_PX, |room_px| (room_px / rows.len() as f32).max(LANE_HEIGHT_MOST_PX));
    let of_row = |at: usize| {
        let own = rows.rows().get(at).and_then(|row| row.height_px);
        let lane = rows.lane(at, request.lanes);
        own.map_or_else(|| lane.map_or(LANE_LEAST_PX, |lane| needed_px(request, lane, &scale, most_px)), f32::from)
    };
    let needed: Vec<f32> = (0..rows.len()).map(of_row).collect();
    let (all, count) = (needed.iter().sum::<f32>(), needed.len() as f32);
    let height = |needed: f32| match room_px {
        None => needed,
        Some(room_px) if room_px >= all => needed + (room_px - all) / count,
        Some(room_px) => {
            let (least, over) = (LANE_LEAST_PX.min(needed), (all - LANE_LEAST_PX * count).max(1.0));
            least + (needed - least) * ((room_px - LANE_LEAST_PX * count) / over).clamp(0.0, 1.0)
        }
    };
    let heights_px: Vec<u16> = needed.into_iter().map(|needed| height(needed).floor() as u16).collect();
    Some(rows.with_heights(&heights_px))
}
