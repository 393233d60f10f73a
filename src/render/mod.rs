//! From a scene to a picture: SVG text, PNG pixels, PDF pages, and shapes on screen; and what a picture for a page has around its lanes.
//!
//! Each painter draws the scene's plain shapes in the scene's order ([`layers`]) and decides nothing.

mod fonts;
pub mod icon;
pub mod page;
#[cfg(feature = "gui")]
pub mod paint;
pub mod pdf;
pub mod picture;
pub mod png;
pub mod save;
pub mod svg;
mod webfont;

pub use fonts::MissingLetters;
pub use png::PngError;
pub use save::{SaveError, save_whole, save_with, with_ending};

use crate::scene::{Prim, Rect, Scene};

/// The shapes of a scene from back to front: what lies behind the lanes, the connectors, the lanes' marks and then their labels (all grounds before all words: no label lies on
/// another), and the frame over all.
/// With each comes what it is clipped to, if it is.
pub fn layers(scene: &Scene) -> impl Iterator<Item = (&Prim, Option<Rect>)> {
    behind(scene).chain(joining(scene)).chain(before(scene))
}

/// What lies behind the connectors.
fn behind(scene: &Scene) -> impl Iterator<Item = (&Prim, Option<Rect>)> {
    scene.backdrop.iter().map(|prim| (prim, None))
}

/// The connectors.
fn joining(scene: &Scene) -> impl Iterator<Item = (&Prim, Option<Rect>)> {
    scene.connectors.iter().flat_map(|connector| &connector.shapes).map(|prim| (prim, Some(scene.plot)))
}

/// What lies before the connectors.
fn before(scene: &Scene) -> impl Iterator<Item = (&Prim, Option<Rect>)> {
    let parts = [true, false].into_iter().flat_map(move |pinned| lanes_of(scene, pinned));
    let more = scene.more_lanes.iter().flat_map(|more| &more.shapes).map(|prim| (prim, None));
    let frame = scene.frame.iter().map(|prim| (prim, None));
    parts.chain(more).chain(frame)
}

/// The shapes of the lanes that stay, or of those that are scrolled below them.
fn lanes_of(scene: &Scene, staying: bool) -> impl Iterator<Item = (&Prim, Option<Rect>)> {
    let staying_count = scene.lanes.iter().take_while(|lane| lane.rect.y < scene.scrolled.y && lane.row.pinned).count();
    let (above, below) = scene.lanes.split_at(staying_count);
    let top = Rect::between(scene.plot.x, scene.plot.y, scene.plot.right(), scene.scrolled.y);
    let (lanes, clip) = if staying { (above, top) } else { (below, scene.scrolled) };
    let header_clip = (staying_count > 0).then_some(Rect { x: 0.0, w: scene.width, ..clip });
    let headers = lanes.iter().flat_map(|lane| &lane.header).map(move |prim| (prim, header_clip));
    let marks = lanes.iter().flat_map(|lane| {
        let folds = lane.folds.iter().flat_map(|fold| &fold.shapes);
        folds.chain(lane.marks.iter().flat_map(|mark| &mark.shapes)).chain(&lane.remarks)
    });
    let labels = move |words: bool| {
        lanes
            .iter()
            .flat_map(|lane| lane.marks.iter().flat_map(|mark| &mark.label))
            .filter(move |prim| matches!(prim, Prim::Text(_)) == words)
    };
    headers.chain(marks.chain(labels(false)).chain(labels(true)).map(move |prim| (prim, Some(clip))))
}
