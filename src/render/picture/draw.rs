//! From sheets to the bytes of a file.

use super::{Composed, DrawError, Material, PictureOptions, Sheet, compose, words};
use crate::formats::Progress;
use crate::render::fonts::MissingLetters;
use crate::render::svg::{Detail, sheet_svg};
use crate::render::{page, pdf, png};

/// What a picture is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Form {
    /// Pixels.
    #[default]
    Png,
    /// Vectors for the web and for editing.
    Svg,
    /// Vectors on pages.
    Pdf,
    /// A page for a browser: the picture with its events, their sentences, and a search.
    Html,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Png, Self::Svg, Self::Pdf, Self::Html];

    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }

    /// The form that the ending of a file's name asks for.
    pub fn of_name(path: &std::path::Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|form| form.ending() == ending)
    }
}

/// A picture that is ready to be saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// What should be said about it.
    pub notes: Vec<String>,
}

/// Draws a picture. The same material and options give the same bytes.
pub fn draw(material: &Material, options: &PictureOptions, form: Form, progress: &dyn Progress) -> Result<Drawn, DrawError> {
    if form == Form::Html {
        let (text, notes) = page::page(material, options, progress)?;
        return Ok(Drawn { bytes: text.into_bytes(), notes });
    }
    let Composed { sheets, mut notes } = compose(material, options, form == Form::Pdf, progress)?;
    if progress.cancelled() {
        return Err(DrawError::Cancelled);
    }
    let title = words::name(material, &options.furniture);
    let description = words::description(material, options);
    if form != Form::Svg {
        notes.extend(MissingLetters::of(sheets.iter().flat_map(Sheet::texts)).note());
    }
    let bytes = match (form, sheets.first()) {
        (_, None) => Vec::new(),
        (Form::Svg | Form::Html, Some(sheet)) => sheet_svg(sheet, &title, &description, Detail::Full).into_bytes(),
        (Form::Png, Some(sheet)) => png::sheet(sheet, options.clone().bounded().scale, progress)?.png()?,
        (Form::Pdf, Some(_)) => pdf::pdf(&sheets, &title, &description, progress)?,
    };
    Ok(Drawn { bytes, notes })
}
