//! The program's icon: drawn by hand as SVG, kept as PNG in the sizes that desktops want (`cargo run --example icons` draws them anew).

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// The icon as it was drawn.
pub const SVG: &str = include_str!("../../assets/icon/chronolane.svg");
/// The sizes in which it is kept, in pixels.
pub const SIZES: [u32; 7] = [16, 24, 32, 48, 64, 128, 256];

const FOR_WINDOWS: &[u8] = include_bytes!("../../assets/icon/chronolane-128.png");

/// The PNG file of the icon at so many pixels across; `None` where the drawing is damaged.
pub fn png(size_px: u32) -> Option<Vec<u8>> {
    let tree = Tree::from_str(SVG, &Options::default()).ok()?;
    let mut pixels = Pixmap::new(size_px, size_px)?;
    let scale = size_px as f32 / tree.size().width();
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().ok()
}

/// The icon for the window's frame: its pixels row by row (red, green, blue, opacity; colours not multiplied by it), its width and its height.
pub fn for_window() -> Option<(Vec<u8>, u32, u32)> {
    let pixels = Pixmap::decode_png(FOR_WINDOWS).ok()?;
    let (width, height) = (pixels.width(), pixels.height());
    let plain = pixels.pixels().iter().map(|pixel| (*pixel).demultiply());
    Some((plain.flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]).collect(), width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_pictures_are_those_of_the_drawing() {
        for size in SIZES {
            let path = format!("{}/assets/icon/chronolane-{size}.png", env!("CARGO_MANIFEST_DIR"));
            let kept = Pixmap::decode_png(&std::fs::read(&path).unwrap()).unwrap();
            let drawn = Pixmap::decode_png(&png(size).unwrap()).unwrap();
            assert_eq!((kept.width(), kept.height()), (size, size));
            let apart = kept.data().iter().zip(drawn.data()).map(|(one, other)| one.abs_diff(*other)).max();
            assert!(apart <= Some(2), "{path} is not what the SVG shows: run `cargo run --example icons`");
        }
    }

    #[test]
    fn the_window_has_its_icon() {
        let (pixels, width, height) = for_window().unwrap();
        assert_eq!((pixels.len(), width, height), (128 * 128 * 4, 128, 128));
        assert_eq!(&pixels[..4], [0, 0, 0, 0]);
        assert!(pixels.chunks(4).any(|pixel| pixel == [255, 255, 255, 255]));
    }
}
