//! Sheets as a PDF: vectors, text that can be selected and searched, fonts embedded, addresses as links. Its properties name the picture and the program, no path, no user and no time.

use krilla::Document;
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::geom::{Rect, Size};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};
use resvg::usvg::Tree;

use super::fonts;
use super::picture::{DrawError, Sheet};
use super::svg::{Detail, sheet_svg};
use crate::formats::Progress;

/// Points of a PDF in a pixel of the picture.
const PT_PER_PX: f32 = 0.75;
/// The longest side that a page can have, in points.
const MOST_PT: f32 = 14_400.0;

/// The bytes of a PDF with a page a sheet.
pub fn pdf(sheets: &[Sheet], title: &str, description: &str, progress: &dyn Progress) -> Result<Vec<u8>, DrawError> {
    let mut document = Document::new();
    let creator = format!("Chronolane {}", env!("CARGO_PKG_VERSION"));
    document.set_metadata(Metadata::new().title(title.to_owned()).description(description.to_owned()).creator(creator));
    let options = fonts::options(sheets.iter().flat_map(Sheet::texts));
    for (at, sheet) in sheets.iter().enumerate() {
        if progress.cancelled() {
            return Err(DrawError::Cancelled);
        }
        progress.at(at as u64, sheets.len() as u64 + 1, 0);
        let (width, height) = (sheet.width * PT_PER_PX, sheet.height * PT_PER_PX);
        let too_large = || DrawError::PageTooLarge { width: sheet.width, height: sheet.height };
        if width > MOST_PT || height > MOST_PT {
            return Err(too_large());
        }
        let tree =
            Tree::from_str(&sheet_svg(sheet, title, "", Detail::Plain), &options).map_err(|error| DrawError::Pdf(error.to_string()))?;
        let mut page = document.start_page_with(PageSettings::from_wh(width, height).ok_or_else(too_large)?);
        let mut surface = page.surface();
        let size = Size::from_wh(width, height).ok_or_else(too_large)?;
        surface.draw_svg(&tree, size, SvgSettings::default());
        surface.finish();
        for link in &sheet.links {
            let rect = link.rect;
            let place = Rect::from_ltrb(rect.x * PT_PER_PX, rect.y * PT_PER_PX, rect.right() * PT_PER_PX, rect.bottom() * PT_PER_PX);
            if let Some(place) = place {
                let target = Target::Action(LinkAction::new(link.url.clone()).into());
                page.add_annotation(Annotation::new_link(LinkAnnotation::new(place, target), Some(link.url.clone())));
            }
        }
        page.finish();
    }
    document.finish().map_err(|error| DrawError::Pdf(error.to_string()))
}
