//! The arguments of `render`: a picture and all that may be asked of it.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::super::CliError;
use super::{Common, GroupArg};
use crate::render::picture::{Furniture, Length, Line, PictureOptions, Preset, Range};
use crate::style::Theme;
use crate::view::HitsShown;

/// Arguments of `render`.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each flag is given or not by itself")]
pub struct RenderArgs {
    /// Files or folders.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The picture to write; its ending (.png, .svg, .pdf, .html) says what it is. May be given several times.
    #[arg(short, long, value_name = "OUT", required = true)]
    pub output: Vec<PathBuf>,
    /// How to read the files.
    #[command(flatten)]
    pub common: Common,
    /// A size with the colours and furniture that suit it; what else is given goes before it.
    #[arg(long, value_name = "NAME")]
    pub preset: Option<Preset>,
    /// Draws only what this query lets through.
    #[arg(long, value_name = "QUERY")]
    pub filter: Option<String>,
    /// The first time to draw.
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// The last time to draw, all of it included.
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// What makes a lane; actors, or kinds where no event names an actor, unless given.
    #[arg(long, value_name = "BY")]
    pub group: Option<GroupArg>,
    /// Draws this lane; may be given several times, all lanes unless given.
    #[arg(long = "lane", value_name = "NAME")]
    pub lanes: Vec<String>,
    /// Width in pixels, or with a unit (280mm, 28cm); 1600 unless given.
    #[arg(long, value_name = "LENGTH", value_parser = width)]
    pub width: Option<Length>,
    /// Height in pixels, with a unit, or "auto" to fit the lanes.
    #[arg(long, value_name = "LENGTH", value_parser = height)]
    pub height: Option<HeightArg>,
    /// Empty room at every side.
    #[arg(long, value_name = "LENGTH", value_parser = margin)]
    pub margin: Option<Length>,
    /// Pixels of a PNG for each pixel of the picture.
    #[arg(long, value_parser = scale, conflicts_with = "dpi")]
    pub scale: Option<f32>,
    /// The same as dots per inch of the picture on paper.
    #[arg(long, value_parser = dpi)]
    pub dpi: Option<f32>,
    /// The colours; light unless given.
    #[arg(long)]
    pub theme: Option<ThemeArg>,
    /// What stands around the lanes, as a list of title, subtitle, legend, source, citations, footer; or all, or none.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub furniture: Option<Vec<String>>,
    /// A heading; the file's own title unless given, none if empty.
    #[arg(long)]
    pub title: Option<String>,
    /// Words under the heading.
    #[arg(long)]
    pub subtitle: Option<String>,
    /// Words on where the events are from, instead of the list of their sources.
    #[arg(long)]
    pub source: Option<String>,
    /// Explains kinds and signs under the lanes.
    #[arg(long)]
    pub legend: bool,
    /// Numbers the events and lists their evidence.
    #[arg(long)]
    pub citations: bool,
    /// Draws all events and lets those that the filter lets through stand out.
    #[arg(long)]
    pub highlight: bool,
    /// Folds long stretches of time in which nothing happens into narrow breaks.
    #[arg(long)]
    pub fold_empty: bool,
    /// Where lanes of a PDF that do not fit go.
    #[arg(long, value_name = "HOW")]
    pub pages: Option<PagesArg>,
    /// The whole range, or the dense part on which the window opens; the whole unless given, of a saved view what it shows.
    #[arg(long)]
    pub view: Option<ViewArg>,
    /// Opens what was written with the system's program for it.
    #[arg(long)]
    pub open: bool,
}

/// The height of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HeightArg {
    /// As tall as the lanes need.
    Auto,
    /// So tall.
    Fixed(Length),
}

impl ValueEnum for Preset {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.label()))
    }
}

/// What becomes of lanes that do not fit on a page of a PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PagesArg {
    /// They are counted in the last row
    One,
    /// They go on more pages
    Many,
}

/// The colours of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThemeArg {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// For paper.
    Print,
}

/// The part of the axis that a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ViewArg {
    /// The whole range.
    All,
    /// The dense part.
    Dense,
}

fn length(text: &str, least_px: f32) -> Result<Length, String> {
    let most_px = PictureOptions::SIDES_PX.1;
    match Length::parse(text) {
        Some(length) if (least_px..=most_px).contains(&length.in_px()) => Ok(length),
        _ => Err(format!("give a number of pixels from {least_px} to {most_px}, or a length such as 280mm")),
    }
}

fn width(text: &str) -> Result<Length, String> {
    length(text, PictureOptions::WIDTH_LEAST_PX)
}

fn height(text: &str) -> Result<HeightArg, String> {
    if text.eq_ignore_ascii_case("auto") {
        return Ok(HeightArg::Auto);
    }
    length(text, PictureOptions::SIDES_PX.0).map(HeightArg::Fixed).map_err(|words| words + ", or auto")
}

fn margin(text: &str) -> Result<Length, String> {
    length(text, 0.0)
}

fn scale(text: &str) -> Result<f32, String> {
    let (low, high) = PictureOptions::SCALES;
    match text.parse::<f32>() {
        Ok(scale) if (low..=high).contains(&scale) => Ok(scale),
        _ => Err(format!("give a number from {low} to {high}")),
    }
}

fn dpi(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(dpi) if (10.0..=1536.0).contains(&dpi) => Ok(dpi),
        _ => Err("give a number from 10 to 1536".to_owned()),
    }
}

impl RenderArgs {
    /// What the arguments ask for.
    pub fn options(&self) -> Result<PictureOptions, CliError> {
        let mut options = PictureOptions::default();
        if let Some(preset) = self.preset {
            preset.apply(&mut options);
        }
        options.range = match self.view {
            None | Some(ViewArg::All) => Range::Whole,
            Some(ViewArg::Dense) => Range::Dense,
        };
        options.from = self.from.clone().unwrap_or_default();
        options.to = self.to.clone().unwrap_or_default();
        options.lanes = (!self.lanes.is_empty()).then(|| self.lanes.clone());
        options.filter = self.filter.clone().unwrap_or_default();
        options.fold_empty = self.fold_empty;
        if self.highlight {
            options.hits = HitsShown::AmongAll;
        }
        options.group = self.group.map(GroupArg::group);
        options.width = self.width.unwrap_or(options.width);
        options.height = match self.height {
            Some(HeightArg::Auto) => None,
            Some(HeightArg::Fixed(height)) => Some(height),
            None => options.height,
        };
        options.margin = self.margin.unwrap_or(options.margin);
        options.scale = self.scale.or(self.dpi.map(|dpi| dpi / 96.0)).unwrap_or(options.scale);
        if let Some(theme) = self.theme {
            options.theme = match theme {
                ThemeArg::Light => Theme::Light,
                ThemeArg::Dark => Theme::Dark,
                ThemeArg::Print => Theme::Print,
            };
        }
        if let Some(names) = &self.furniture {
            let chosen = Furniture::of_names(names.iter().map(String::as_str));
            options.furniture = chosen.map_err(|name| CliError::Furniture(name.to_owned()))?;
        }
        let own = |line: &mut Line, words: &Option<String>| match words {
            Some(words) if words.trim().is_empty() => *line = Line::Off,
            Some(words) => *line = Line::Own(words.clone()),
            None => {}
        };
        own(&mut options.furniture.title, &self.title);
        own(&mut options.furniture.subtitle, &self.subtitle);
        own(&mut options.furniture.source, &self.source);
        options.furniture.legend |= self.legend;
        options.furniture.citations |= self.citations;
        options.pages = self.pages != Some(PagesArg::One);
        Ok(options)
    }
}
