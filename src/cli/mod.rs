//! The command line: what became of every row, the events in order, pictures; all without a window.

mod args;
mod check;
mod convert;
mod date;
mod formats;
mod list;
mod order;
mod render;
mod sessions;

use std::io::{self, Write as _};
use std::path::PathBuf;

pub use args::{Arguments, BenchArgs, Command, Common};

use crate::formats::{FormatError, ReadOptions, Silent};
use crate::jobs::{self, LoadError, Loaded, PictureError};
use crate::model::TextLost;
use crate::render::picture::Furniture;
use crate::session::SessionError;
use crate::store::{GroupBy, QueryError};
use crate::time::DateError;

/// How the program ended, as its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// All well; notes leave it so.
    Well = 0,
    /// Done, but a row was undated, rejected or doubtful, or one of several files could not be read.
    Troubled = 1,
    /// The command was used wrongly.
    Usage = 2,
    /// Nothing could be read or written.
    Failed = 3,
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Nothing could be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A session that cannot be opened.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The search of a session cannot be read.
    #[error("the search that the saved view holds cannot be used: {0}")]
    SessionFilter(QueryError),
    /// The filter cannot be read.
    #[error("--filter, {0}")]
    Filter(#[from] QueryError),
    /// A column map or format that cannot be used.
    #[error("{0}")]
    Option(FormatError),
    /// A date option that cannot be read.
    #[error("--{option}: {error}")]
    Date {
        /// Which option.
        option: &'static str,
        /// Why.
        error: DateError,
    },
    /// A date or phrase that cannot be read.
    #[error("\"{text}\": {error}")]
    Unread {
        /// The text.
        text: String,
        /// Why.
        error: DateError,
    },
    /// An event that no file has.
    #[error("no event has the id \"{0}\"; `chronolane list` shows their ids with --json")]
    NoSuchEvent(String),
    /// An event that has no place on the axis.
    #[error("the event \"{0}\" has no date that can be compared; `chronolane check` says why")]
    NoDate(String),
    /// A part of a picture that there is not.
    #[error("--furniture: there is no \"{0}\"; there are {all}, all and none", all = Furniture::NAMES.join(", "))]
    Furniture(String),
    /// `--to` names none that there is.
    #[error("there is no format named \"{name}\" to write; there are: {known}")]
    UnknownWriter {
        /// What was asked for.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// A name whose ending says nothing of a format.
    #[error("{name}: its ending names no format that is written; give one by --to: {known}")]
    NoWriter {
        /// The output's name.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// The output is one of the files that are read.
    #[error("{0}: this is one of the files that are read, and would be replaced; give another name")]
    OverInput(String),
    /// A command that a build without a window does not have.
    #[error("this build has no window to measure")]
    NeedsWindow,
    /// A large file was changed while the command went on.
    #[error(transparent)]
    Changed(#[from] TextLost),
    /// The picture could not be made or saved.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The file could not be saved.
    #[error(transparent)]
    Save(#[from] crate::render::SaveError),
    /// The events could not be saved.
    #[error(transparent)]
    SaveEvents(#[from] jobs::SaveEventsError),
    /// Output could not be written.
    #[error("the output could not be written ({0})")]
    Output(#[from] io::Error),
}

impl CliError {
    fn exit(&self) -> Exit {
        match self {
            Self::Filter(_)
            | Self::Option(_)
            | Self::Date { .. }
            | Self::Furniture(_)
            | Self::UnknownWriter { .. }
            | Self::NoWriter { .. }
            | Self::OverInput(_)
            | Self::NoSuchEvent(_)
            | Self::NeedsWindow
            | Self::Load(LoadError::BadOption(_) | LoadError::NoFile) => Exit::Usage,
            Self::Picture(error) if error.is_usage() => Exit::Usage,
            _ => Exit::Failed,
        }
    }
}

/// Carries out a command; problems go to stderr.
pub fn run(command: &Command) -> Exit {
    let done = match command {
        Command::Check(args) => check::run(args),
        Command::List(args) => list::run(args),
        Command::Convert(args) => convert::run(args),
        Command::Render(args) => render::run(args),
        Command::Date(args) => date::run(args),
        Command::Order(args) => order::run(args),
        Command::Formats => formats::run(),
        // It drives the window's own code, which this layer does not know: the program calls it before it comes here.
        Command::Bench(_) => Err(CliError::NeedsWindow),
    };
    match done {
        Ok(exit) => exit,
        Err(CliError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Well,
        Err(error) => {
            complain(&format!("chronolane: {error}"));
            error.exit()
        }
    }
}

/// Says something on stderr; a stderr that is gone is nobody's loss.
fn complain(words: &str) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}

/// Loads what a command names, saying which of several files were left out. Sessions stand for their data files.
fn load(files: &[PathBuf], options: &ReadOptions, group: Option<GroupBy>) -> Result<Loaded, CliError> {
    let named = sessions::named(files)?;
    let options = sessions::options(options, &named, true)?;
    load_named(&named, &options, group)
}

/// Loads files after sessions among them were opened out.
fn load_named(named: &sessions::Named, options: &ReadOptions, group: Option<GroupBy>) -> Result<Loaded, CliError> {
    let mut loaded = jobs::load(&named.files, options, group, &Silent)?;
    for message in &loaded.unread {
        complain(&format!("chronolane: {message}"));
    }
    loaded.troubled |= named.troubled;
    Ok(loaded)
}

/// Refuses a result that lacks the text of a file that was changed meanwhile.
fn whole(loaded: &Loaded) -> Result<(), CliError> {
    loaded.store.lost_text().map_or(Ok(()), |lost| Err(lost.into()))
}

/// The exit for what was loaded.
fn exit_of(loaded: &Loaded) -> Exit {
    if loaded.store.ledger().is_troubled() || !loaded.unread.is_empty() || loaded.troubled { Exit::Troubled } else { Exit::Well }
}
