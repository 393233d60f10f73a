//! The arguments, as clap reads them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::CliError;
use crate::formats::{ColumnMap, FormatError, ReadOptions, TableChoice};
use crate::render::picture::{Furniture, Length, Line, PictureOptions, Preset, Range};
use crate::store::GroupBy;
use crate::style::Theme;
use crate::time::{DateOrder, Dialect, Zone};
use crate::view::HitsShown;

const EXAMPLES: &str = "Examples:
  chronolane                                   open the window
  chronolane events.csv                        open it on a file
  chronolane check events.csv                  say what became of every row
  chronolane list events.jsonl --json          the events in order of time
  chronolane convert events.csv -o events.json  write them in another format
  chronolane render events.csv -o story.svg    draw the timeline
  chronolane render story.chronoview -o x.png  draw the view that the window saved
  chronolane render events.csv -o story.png --view dense --filter 'kind:visit after:2023-07'
  chronolane render events.csv -o story.pdf -o story.png --preset a4 --citations

Exit codes: 0 all well; 1 done, but some row was undated, rejected or doubtful, or a file was left out;
2 wrong usage; 3 nothing could be read or written.";

/// A timeline for chronologies that must stand up to questions.
#[derive(Debug, Parser)]
#[command(name = "chronolane", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// What to do instead of opening the window.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Files or folders to open in the window, as one timeline.
    pub files: Vec<PathBuf>,
    /// How to read them.
    #[command(flatten)]
    pub common: Common,
    /// Remembers nothing of this window and reads nothing that was remembered: no files, settings, sizes, no view kept against a crash.
    #[arg(long)]
    pub private: bool,
    /// Opens the window, shows the first complete picture, and exits.
    #[arg(long, hide = true)]
    pub exit_when_shown: bool,
}

/// A command that needs no window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Says what became of every row.
    Check(CheckArgs),
    /// Lists the events in order of time.
    List(ListArgs),
    /// Writes the events in another format, and says what that has no place for.
    Convert(ConvertArgs),
    /// Draws the timeline as a picture.
    Render(Box<RenderArgs>),
    /// Says what a date or a phrase means, with its bounds.
    Date(DateArgs),
    /// Says which of two events came first, as far as their dates tell.
    Order(OrderArgs),
    /// Lists what is read and written.
    Formats,
    /// Measures loading, frames, filter and search on a scripted path.
    #[command(hide = true)]
    Bench(BenchArgs),
}

/// How files are read.
#[derive(Clone, Debug, Default, Args)]
pub struct Common {
    /// Reads every file as this format, whatever it looks like (native, jsonl, csv, …).
    #[arg(long, value_name = "NAME")]
    pub format: Option<String>,
    /// Says which columns of a table mean what: when=COL,end=COL,title=COL,actors=COL+COL2,… or a FILE.map.json that the window saved
    #[arg(long, value_name = "MAP")]
    pub map: Option<String>,
    /// Reads this sheet of a spreadsheet, by its name or its number from 1, instead of the first with a table.
    #[arg(long, value_name = "NAME|N")]
    pub sheet: Option<String>,
    /// How dates such as 04/05/2021 are written.
    #[arg(long, value_name = "ORDER")]
    pub date_order: Option<OrderArg>,
    /// Which forms of dates are read: any, or strictly EDTF.
    #[arg(long, value_name = "FORMS", default_value = "any")]
    pub dates: DatesArg,
    /// The zone whose clocks showed the times that are written without one: utc, local, or a name such as Europe/Berlin. Unless said, they belong to no zone.
    #[arg(long, value_name = "ZONE", value_parser = Zone::parse)]
    pub assume_zone: Option<Zone>,
    /// The zone in which times that were written with one are shown: utc, local, or a name such as Europe/Berlin.
    #[arg(long, value_name = "ZONE", value_parser = Zone::parse)]
    pub zone: Option<Zone>,
}

/// The order of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OrderArg {
    /// 2021-05-04
    Ymd,
    /// 04/05/2021 is the 4th of May
    Dmy,
    /// 04/05/2021 is the 5th of April
    Mdy,
}

impl OrderArg {
    /// The order that it names.
    const fn order(self) -> DateOrder {
        match self {
            Self::Ymd => DateOrder::Ymd,
            Self::Dmy => DateOrder::Dmy,
            Self::Mdy => DateOrder::Mdy,
        }
    }
}

/// Which forms of dates are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DatesArg {
    /// EDTF and the forms that people write.
    #[default]
    Any,
    /// Only EDTF and timestamps.
    Edtf,
}

/// What makes a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GroupArg {
    /// Who took part.
    Actor,
    /// The kind of event.
    Kind,
    /// Where.
    Place,
    /// Which source.
    Source,
    /// How sure the file is of it.
    Status,
    /// Which tag.
    Tag,
    /// One lane for all.
    None,
}

impl GroupArg {
    /// The grouping that it names.
    pub const fn group(self) -> GroupBy {
        match self {
            Self::Actor => GroupBy::Actor,
            Self::Kind => GroupBy::Kind,
            Self::Place => GroupBy::Place,
            Self::Source => GroupBy::Source,
            Self::Status => GroupBy::Status,
            Self::Tag => GroupBy::Tag,
            Self::None => GroupBy::None,
        }
    }
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Files or folders.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// How to read them.
    #[command(flatten)]
    pub common: Common,
    /// Prints one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Files or folders.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// How to read them.
    #[command(flatten)]
    pub common: Common,
    /// Lists only what this query lets through.
    #[arg(long, value_name = "QUERY", default_value = "")]
    pub filter: String,
    /// Prints one JSON object a line.
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Prints CSV.
    #[arg(long)]
    pub csv: bool,
}

/// Arguments of `convert`.
#[derive(Debug, Args)]
pub struct ConvertArgs {
    /// Files or folders.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The file to write; its ending (.json, .jsonl, .csv, .tsv, .ics, .md) says the format unless --to does.
    #[arg(short, long, value_name = "OUT", required = true)]
    pub output: PathBuf,
    /// The format to write (chronolane, jsonl, csv, tsv, ics, markdown, timelinejs, vis).
    #[arg(long, value_name = "NAME")]
    pub to: Option<String>,
    /// How to read the files.
    #[command(flatten)]
    pub common: Common,
    /// Writes only what this query lets through.
    #[arg(long, value_name = "QUERY", default_value = "")]
    pub filter: String,
}

/// Arguments of `date`.
#[derive(Debug, Args)]
pub struct DateArgs {
    /// The date, in any form that is read, or a phrase such as "earlier this month".
    #[arg(required = true, allow_negative_numbers = true)]
    pub text: Vec<String>,
    /// The day on which the phrase was said or published.
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// How dates such as 04/05/2021 are written.
    #[arg(long, value_name = "ORDER")]
    pub date_order: Option<OrderArg>,
    /// Which forms of dates are read: any, or strictly EDTF.
    #[arg(long, value_name = "FORMS", default_value = "any")]
    pub dates: DatesArg,
    /// Prints one JSON object a reading.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `order`.
#[derive(Debug, Args)]
pub struct OrderArgs {
    /// The id of the one event.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// Files or folders.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// How to read them.
    #[command(flatten)]
    pub common: Common,
    /// Prints one JSON object.
    #[arg(long)]
    pub json: bool,
}

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
    pub preset: Option<PresetArg>,
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

/// Arguments of `bench`.
#[derive(Debug, Args)]
pub struct BenchArgs {
    /// Files or folders.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// How to read them.
    #[command(flatten)]
    pub common: Common,
    /// How many frames the scripted path takes.
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(60..=100_000))]
    pub frames: u32,
    /// Prints one JSON object.
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Prints CSV.
    #[arg(long)]
    pub csv: bool,
}

/// The height of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HeightArg {
    /// As tall as the lanes need.
    Auto,
    /// So tall.
    Fixed(Length),
}

/// A size with what suits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PresetArg {
    /// 1600 pixels wide, as tall as the lanes need
    Screen,
    /// A4 paper, landscape, for print
    A4,
    /// Letter paper, landscape, for print
    Letter,
    /// 16:9
    Slide,
    /// For posts
    Square,
    /// 3:1
    Banner,
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
            match preset {
                PresetArg::Screen => Preset::Screen,
                PresetArg::A4 => Preset::A4,
                PresetArg::Letter => Preset::Letter,
                PresetArg::Slide => Preset::Slide,
                PresetArg::Square => Preset::Square,
                PresetArg::Banner => Preset::Banner,
            }
            .apply(&mut options);
        }
        options.range = match self.view {
            None | Some(ViewArg::All) => Range::Whole,
            Some(ViewArg::Dense) => Range::Dense,
        };
        options.from = self.from.clone().unwrap_or_default();
        options.to = self.to.clone().unwrap_or_default();
        options.lanes = (!self.lanes.is_empty()).then(|| self.lanes.clone());
        options.filter = self.filter.clone().unwrap_or_default();
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

impl Common {
    /// The options for the readers.
    pub fn options(&self) -> Result<ReadOptions, CliError> {
        let options = ReadOptions {
            format: self.format.clone(),
            sheet: self.sheet.clone(),
            dialect: dialect(self.dates, None),
            zone: self.zone.unwrap_or_default(),
            ..ReadOptions::default()
        };
        let mut options = match self.map.as_deref() {
            Some(path) if path.trim().to_lowercase().ends_with(".json") => {
                map_of_file(path.trim()).and_then(|choice| choice.apply(&options))
            }
            Some(text) => ColumnMap::parse(text).map(|map| ReadOptions { map, ..options }),
            None => Ok(options),
        }
        .map_err(CliError::Option)?;
        options.dialect.order = self.date_order.map(OrderArg::order).or(options.dialect.order);
        options.dialect.zone = self.assume_zone.or(options.dialect.zone);
        if self.sheet.is_some() {
            options.sheet.clone_from(&self.sheet);
        }
        Ok(options)
    }
}

impl DateArgs {
    /// How the text is read.
    pub fn dialect(&self) -> Dialect {
        dialect(self.dates, self.date_order)
    }
}

/// The choice in a file that the mapping dialog saved.
fn map_of_file(path: &str) -> Result<TableChoice, FormatError> {
    let text =
        std::fs::read_to_string(path).map_err(|error| FormatError::BadMap { message: format!("{path} could not be read: {error}.") })?;
    TableChoice::from_json(&text)
}

/// The dialect that the two date options name.
fn dialect(dates: DatesArg, order: Option<OrderArg>) -> Dialect {
    Dialect { human: dates == DatesArg::Any, order: order.map(OrderArg::order), ..Dialect::default() }
}
