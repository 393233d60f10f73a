//! Saving the rows that were rejected, as files that can be mended and loaded.

use std::io;
use std::path::{Path, PathBuf};

use crate::formats::{FormatError, Progress, ReadOptions, rejected_rows};
use crate::render::{SaveError, save_with};

/// Rows that were saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedRows {
    /// Where.
    pub path: PathBuf,
    /// How many.
    pub rows: u64,
    /// How many more there are, too many to be held.
    pub more: u64,
}

/// Why rejected rows could not be saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveRowsError {
    /// A file could not be read again.
    #[error(transparent)]
    Read(#[from] FormatError),
    /// A file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The files have no rejected row any more.
    #[error("no row is rejected any more: the file was changed since it was opened. Read it again")]
    None,
}

/// Saves the rejected rows of files: those of the first at `path`, with the ending of their format; those of further files beside it, under a name that nothing has.
pub fn save_rejected(
    files: &[PathBuf],
    options: &ReadOptions,
    path: &Path,
    progress: &dyn Progress,
) -> Result<Vec<SavedRows>, SaveRowsError> {
    let mut saved: Vec<SavedRows> = Vec::new();
    for file in files {
        let rejected = rejected_rows(file, options, progress)?;
        if rejected.rows.is_empty() {
            continue;
        }
        let place = if saved.is_empty() { with_ending(path, &rejected.ending) } else { free_beside(path, &rejected.ending) };
        save_with(&place, |out| -> io::Result<()> {
            for row in rejected.header.iter().chain(&rejected.rows) {
                out.write_all(row.as_bytes())?;
                out.write_all(b"\n")?;
            }
            Ok(())
        })?;
        saved.push(SavedRows { path: place, rows: rejected.rows.len() as u64, more: rejected.more });
    }
    if saved.is_empty() { Err(SaveRowsError::None) } else { Ok(saved) }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    if path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending)) {
        return path.to_owned();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// A name like this one with a number, which no file has.
fn free_beside(path: &Path, ending: &str) -> PathBuf {
    let stem = path.with_extension("");
    let numbered = |number: u32| PathBuf::from(format!("{}-{number}.{ending}", stem.display()));
    (2..10_000).map(numbered).find(|place| !place.exists()).unwrap_or_else(|| numbered(1))
}
