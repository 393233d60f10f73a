//! From a scene to a picture: SVG text, PNG pixels, and shapes on screen.
//!
//! Each painter draws the scene's plain shapes in the scene's order ([`layers`]) and decides nothing.

pub mod icon;
#[cfg(feature = "gui")]
pub mod paint;
pub mod png;
pub mod save;
pub mod svg;

pub use png::PngError;
pub use save::{SaveError, save_whole};

use crate::scene::{Prim, Scene, SceneLane};

/// The shapes of a scene from back to front: what lies behind the lanes, the connectors, the lanes' marks and then their labels (all grounds before all words: no label lies on
/// another), and the frame over all.
/// The flag says whether the shapes are clipped to the plot.
pub fn layers<'s>(scene: &'s Scene) -> impl Iterator<Item = (&'s Prim, bool)> {
    let back = scene.backdrop.iter().map(|prim| (prim, false));
    let joined = scene.connectors.iter().flat_map(|connector| &connector.shapes).map(|prim| (prim, true));
    let headers = scene.lanes.iter().flat_map(|lane| &lane.header).map(|prim| (prim, false));
    let marks = scene.lanes.iter().flat_map(|lane| {
        let folds = lane.folds.iter().flat_map(|fold| &fold.shapes);
        folds.chain(lane.marks.iter().flat_map(|mark| &mark.shapes)).chain(&lane.remarks)
    });
    let labels = |words: bool| {
        let of_lane = move |lane: &'s SceneLane| lane.marks.iter().flat_map(|mark| &mark.label);
        scene.lanes.iter().flat_map(of_lane).filter(move |prim| matches!(prim, Prim::Text(_)) == words)
    };
    let more = scene.more_lanes.iter().flat_map(|more| &more.shapes).map(|prim| (prim, false));
    let frame = scene.frame.iter().map(|prim| (prim, false));
    back.chain(joined)
        .chain(headers)
        .chain(marks.chain(labels(false)).chain(labels(true)).map(|prim| (prim, true)))
        .chain(more)
        .chain(frame)
}
