//! A sheet as pixels, drawn by resvg from its SVG in strips on all cores, and as PNG.

use rayon::prelude::*;
use resvg::tiny_skia::{PixmapMut, Transform};
use resvg::usvg::Tree;

use super::fonts;
use super::picture::{DrawError, Sheet};
use super::svg::{Detail, sheet_svg};
use crate::formats::Progress;
use crate::scene::Scene;

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
/// Strips are about so tall: few enough that what is drawn twice at their sides costs little, enough for all cores and for stopping between them.
const STRIP_PX: u64 = 540;
/// From so many pixels on a file is packed less tightly, which takes a tenth of the time.
const QUICK_FROM_PIXELS: u64 = 1 << 22;

/// A drawn picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    width: u32,
    height: u32,
    /// Pixels of it for each of the sheet's.
    scale: f32,
    pixels: Vec<u8>,
}

impl Picture {
    /// A picture of pixels that are there already: row by row, red, green, blue, opacity.
    pub fn of_pixels(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, PngError> {
        if pixels.len() as u64 == u64::from(width) * u64::from(height) * 4 {
            Ok(Self { width, height, scale: 1.0, pixels })
        } else {
            Err(PngError::NotDrawn("its pixels are not of its size".to_owned()))
        }
    }

    /// Its width in pixels.
    pub fn width(&self) -> usize {
        self.width as usize
    }

    /// Its height in pixels.
    pub fn height(&self) -> usize {
        self.height as usize
    }

    /// Its pixels, row by row, red, green, blue, opacity; opaque throughout.
    pub fn rgba(&self) -> &[u8] {
        &self.pixels
    }

    /// The bytes of its PNG file, with its size on paper.
    pub fn png(&self) -> Result<Vec<u8>, PngError> {
        let failed = |error: png::EncodingError| PngError::NotDrawn(error.to_string());
        let opaque: Vec<u8> = self.pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        let mut out = Vec::with_capacity(opaque.len() / 16);
        let mut encoder = png::Encoder::new(&mut out, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let per_metre = (96.0 * self.scale / 0.0254).round() as u32;
        encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
        let quick = u64::from(self.width) * u64::from(self.height) >= QUICK_FROM_PIXELS;
        encoder.set_compression(if quick { png::Compression::Fast } else { png::Compression::Balanced });
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&opaque).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(out)
    }
}

/// Draws a scene at `scale` pixels a scene pixel.
pub fn picture(scene: &Scene, scale: f32) -> Result<Picture, PngError> {
    let ground = crate::style::Style::of(scene.theme).panel;
    sheet(&Sheet::of_scene(scene.clone(), ground), scale, &crate::formats::Silent).map_err(|error| match error {
        DrawError::Png(error) => error,
        other => PngError::NotDrawn(other.to_string()),
    })
}

/// Draws a sheet at `scale` pixels for each of its own.
pub fn sheet(sheet: &Sheet, scale: f32, progress: &dyn Progress) -> Result<Picture, DrawError> {
    let (width, height) = ((sheet.width * scale).round().max(1.0) as u64, (sheet.height * scale).round().max(1.0) as u64);
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(PngError::TooLarge { width, height, most: MOST_PIXELS }.into());
    }
    let text = sheet_svg(sheet, "", "", Detail::Plain);
    let tree = Tree::from_str(&text, &fonts::options(sheet.texts())).map_err(|error| PngError::NotDrawn(error.to_string()))?;
    drop(text);
    let mut pixels = vec![0; (width * height * 4) as usize];
    let rows = height.div_ceil(height.div_ceil(STRIP_PX));
    let strips: Vec<(usize, &mut [u8])> = pixels.chunks_mut((rows * width * 4) as usize).enumerate().collect();
    let total = strips.len() as u64;
    let done = std::sync::atomic::AtomicU64::new(0);
    let whole = strips.into_par_iter().all(|(at, strip)| {
        if progress.cancelled() {
            return false;
        }
        let strip_rows = (strip.len() as u64 / (width * 4)) as u32;
        let Some(mut pixmap) = PixmapMut::from_bytes(strip, width as u32, strip_rows) else { return false };
        let down_px = -((at as u64 * rows) as f32);
        resvg::render(&tree, Transform::from_row(scale, 0.0, 0.0, scale, 0.0, down_px), &mut pixmap);
        progress.at(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total + 1, 0);
        true
    });
    match whole {
        true => Ok(Picture { width: width as u32, height: height as u32, scale, pixels }),
        false if progress.cancelled() => Err(DrawError::Cancelled),
        false => Err(PngError::NotDrawn("a part of it has no pixels".to_owned()).into()),
    }
}
