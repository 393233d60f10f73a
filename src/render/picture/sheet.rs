//! A sheet: a scene in its place, and shapes and links around it.

use crate::scene::{Point, Prim, Rect, Scene, moved};
use crate::style::Rgba;

/// A place that leads to an address.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where.
    pub rect: Rect,
    /// The address, of the web.
    pub url: String,
}

/// One page of a picture, or the whole of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its width in pixels.
    pub width: f32,
    /// Its height in pixels.
    pub height: f32,
    /// What it lies on.
    pub ground: Rgba,
    /// The lanes, and where their top left corner is.
    pub scene: Option<(Scene, Point)>,
    /// What stands around them.
    pub shapes: Vec<Prim>,
    /// Addresses.
    pub links: Vec<Link>,
}

impl Sheet {
    /// A sheet that holds a scene and nothing else.
    pub fn of_scene(scene: Scene, ground: Rgba) -> Self {
        let (width, height) = (scene.width, scene.height);
        Self { width, height, ground, scene: Some((scene, Point::default())), shapes: Vec::new(), links: Vec::new() }
    }

    /// Every text on it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let of_scene = self.scene.iter().flat_map(|(scene, _)| crate::render::layers(scene).map(|(prim, _)| prim));
        of_scene.chain(&self.shapes).filter_map(|prim| if let Prim::Text(text) = prim { Some(text.text.as_str()) } else { None })
    }

    /// Puts a block where its top left corner is `at`.
    pub(super) fn put(&mut self, block: Block, at: Point) {
        self.shapes.extend(block.shapes.into_iter().map(|prim| moved(prim, at.x, at.y)));
        let within = |rect: Rect| Rect { x: rect.x + at.x, y: rect.y + at.y, ..rect };
        self.links.extend(block.links.into_iter().map(|link| Link { rect: within(link.rect), url: link.url }));
    }
}

/// Something that stands above or below the lanes, in pixels from its own top left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    pub height: f32,
    pub shapes: Vec<Prim>,
    pub links: Vec<Link>,
}
