//! The scene as PNG, drawn by resvg from its SVG.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::svg;
use crate::scene::{Prim, Scene, font_covers};
use crate::style::{FONT_REGULAR, FONT_SEMIBOLD};

/// A picture that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// Too many pixels for one picture.
    #[error("a picture of {width} by {height} pixels is too large; choose a smaller width, height or scale (at most {most} pixels in all)")]
    TooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
        /// Pixels in all that are allowed.
        most: u64,
    },
    /// The picture could not be drawn.
    #[error("the picture could not be drawn ({0}); export it as SVG instead")]
    NotDrawn(String),
}

/// Most pixels of a picture: a gibibyte of memory.
const MOST_PIXELS: u64 = 1 << 28;

/// A drawn picture.
pub struct Picture(Pixmap);

impl Picture {
    /// Its width in pixels.
    pub fn width(&self) -> usize {
        self.0.width() as usize
    }

    /// Its height in pixels.
    pub fn height(&self) -> usize {
        self.0.height() as usize
    }

    /// Its pixels, row by row, red, green, blue, opacity; opaque throughout.
    pub fn rgba(&self) -> &[u8] {
        self.0.data()
    }

    /// The bytes of its PNG file.
    pub fn png(&self) -> Result<Vec<u8>, PngError> {
        self.0.encode_png().map_err(|error| PngError::NotDrawn(error.to_string()))
    }
}

/// Draws the scene at `scale` pixels a scene pixel.
pub fn picture(scene: &Scene, title: &str, scale: f32) -> Result<Picture, PngError> {
    let (width, height) = ((scene.width * scale).round().max(1.0) as u64, (scene.height * scale).round().max(1.0) as u64);
    let too_large = || PngError::TooLarge { width, height, most: MOST_PIXELS };
    if width * height > MOST_PIXELS {
        return Err(too_large());
    }
    let options = Options { fontdb: fonts(needs_system_fonts(scene)), font_family: "Inter".to_owned(), ..Options::default() };
    let tree = Tree::from_str(&svg::svg(scene, title), &options).map_err(|error| PngError::NotDrawn(error.to_string()))?;
    let mut pixels = Pixmap::new(width as u32, height as u32).ok_or_else(too_large)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    Ok(Picture(pixels))
}

/// Whether some text needs letters that the program's own font lacks.
fn needs_system_fonts(scene: &Scene) -> bool {
    super::layers(scene).any(|(prim, _)| matches!(prim, Prim::Text(text) if !font_covers(&text.text)))
}

/// The program's own fonts, and where needed the system's; each set is loaded once.
fn fonts(with_system: bool) -> Arc<fontdb::Database> {
    static OWN: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    static ALL: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = |with_system: bool| {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(FONT_REGULAR.to_vec());
        fonts.load_font_data(FONT_SEMIBOLD.to_vec());
        if with_system {
            fonts.load_system_fonts();
        }
        Arc::new(fonts)
    };
    let kept = if with_system { &ALL } else { &OWN };
    Arc::clone(kept.get_or_init(|| load(with_system)))
}
