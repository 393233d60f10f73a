//! The arguments, as clap reads them.

mod picture;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use picture::RenderArgs;

use super::CliError;
use crate::formats::{ColumnMap, FormatError, ReadOptions, TableChoice};
use crate::store::GroupBy;
use crate::time::{DateOrder, Dialect, Zone};

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
