//! Saving events as a file in any format that is written.

use std::io;
use std::path::{Path, PathBuf};

use crate::formats::Progress;
use crate::model::TextLost;
use crate::render::{SaveError, save_with};
use crate::store::{EventSet, EventStore};
use crate::writers::{Lost, Selection, WriteError, Writer};

/// Events that were saved.
#[derive(Clone, Debug)]
pub struct Saved {
    /// Where.
    pub path: PathBuf,
    /// How many were written.
    pub events: u64,
    /// What the format had no place for.
    pub lost: Lost,
}

/// Why events could not be saved; what was there before is untouched.
#[derive(Debug, thiserror::Error)]
pub enum SaveEventsError {
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The user stopped it.
    #[error("saving was cancelled; nothing was written")]
    Cancelled,
    /// A large file was changed while its text was read again.
    #[error(transparent)]
    Changed(#[from] TextLost),
}

/// Saves the events of a store, or those that a filter lets through, as a whole file or not at all.
pub fn save_events(
    store: &EventStore,
    matching: Option<&EventSet>,
    writer: &dyn Writer,
    path: &Path,
    progress: &dyn Progress,
) -> Result<Saved, SaveEventsError> {
    let selection = Selection::of(store, matching, writer);
    let mut stopped = None;
    let written = save_with(path, |out| match writer.write(&selection, out, progress) {
        Ok(lost) => Ok(lost),
        Err(WriteError::Output(error)) => Err(error),
        Err(other) => {
            stopped = Some(other);
            Err(io::Error::other("stopped"))
        }
    });
    match (written, stopped) {
        (_, Some(WriteError::Changed(lost))) => Err(lost.into()),
        (_, Some(_)) => Err(SaveEventsError::Cancelled),
        (Ok(lost), None) => {
            let events = (selection.len() as u64).saturating_sub(lost.left_out());
            Ok(Saved { path: path.to_owned(), events, lost })
        }
        (Err(error), None) => Err(error.into()),
    }
}

/// Whether two paths lead to the same file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
