//! Draws the program's icon anew in all its sizes, from its SVG.
//!
//!     cargo run --example icons

use std::io;
use std::path::Path;

use chronolane::render::icon;

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/icon");
    for size in icon::SIZES {
        let png = icon::png(size).ok_or_else(|| io::Error::other("the SVG could not be drawn"))?;
        std::fs::write(folder.join(format!("chronolane-{size}.png")), png)?;
    }
    Ok(())
}
