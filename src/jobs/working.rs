//! The working session as a file: what is open and how it is looked at, kept while one works so that no crash and no kill loses it.
//!
//! Each process has a file of its own in one folder, beside it a lock that the system gives back when the process ends, however it ends. A file whose lock
//! is free was left over by a process that did not end well. A file is replaced as a whole, so that a kill at any moment leaves the last one that was complete.
//! When it is written, and what is offered to the user, is not decided here.

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::FileStamp;
use super::session::{chosen_tables, name_of, name_on_disk, read_session};
use crate::formats::TableChoice;
use crate::jobs::SessionSources;
use crate::render::{SaveError, save_whole};
use crate::session::{ENDING, Session, SessionFile, since_1970_ms};

/// The ending of a lock's name.
const LOCK: &str = "lock";
/// Names that are tried for a file of one's own.
const TRIES: u32 = 100;
/// The name under which the last session is kept.
const LAST: &str = "last.chronoview";
/// After so long nobody writes any more what is half written.
const HALF_LIVES: Duration = Duration::from_hours(1);

/// Why what is worked on could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The folder cannot be made, or holds no locks.
    #[error("{}: what is open is not kept against a crash, as this folder cannot be used ({error}). Save the view (Ctrl+S) to keep it", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The system's words.
        error: io::Error,
    },
    /// The file could not be written.
    #[error("What is open is not kept against a crash. {0}")]
    Save(#[from] SaveError),
}

/// A file of the folder with its lock: nobody else takes it as long as this lives.
#[derive(Debug)]
pub struct WorkingFile {
    path: PathBuf,
    lock_path: PathBuf,
    _lock: File,
}

impl WorkingFile {
    /// Takes a name that no other process has. The file itself is there once something is kept in it.
    fn create(folder: &Path) -> io::Result<Self> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            // The names of files are nobody else's business.
            builder.mode(0o700);
        }
        builder.create(folder)?;
        let start_ms = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        for number in 0..TRIES {
            let path = folder.join(format!("{}-{start_ms}-{number}.{ENDING}", std::process::id()));
            let lock_path = path.with_extension(LOCK);
            match locked(&lock_path)? {
                // One who clears the folder may have taken the lock away in between.
                Some(lock) if lock_path.exists() && !path.exists() => return Ok(Self { path, lock_path, _lock: lock }),
                _ => {}
            }
        }
        Err(io::Error::new(io::ErrorKind::AlreadyExists, "every name is taken"))
    }

    /// Takes the file of a process that is gone; `None` where that process lives, or another took it.
    fn take(path: PathBuf) -> Option<Self> {
        let lock_path = path.with_extension(LOCK);
        let lock = locked(&lock_path).ok()??;
        // Its last owner may have dropped it just before.
        (path.is_file() && lock_path.exists()).then_some(Self { path, lock_path, _lock: lock })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Drops what is kept: it was saved, it is open again, or nobody wants it. What cannot be removed will be offered again.
    pub fn remove(&self) {
        let _ = std::fs::remove_file(&self.path);
        let _ = std::fs::remove_file(&self.lock_path);
    }
}

/// A lock, if it is free.
fn locked(path: &Path) -> io::Result<Option<File>> {
    let file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// What was kept.
#[derive(Debug)]
pub struct Kept {
    /// The file, to be written again.
    pub file: Arc<WorkingFile>,
    /// What was chosen for the tables among the files.
    pub tables: BTreeMap<String, TableChoice>,
}

/// What is kept of a session: the view, and files by their whole paths, lengths and times. Digests of large files take too long for it.
fn as_working(mut session: Session, sources: &SessionSources, tables: BTreeMap<String, TableChoice>) -> Session {
    let stamp_of = |file: &PathBuf| sources.stamps.iter().find(|stamp| stamp.path == *file).cloned().or_else(|| FileStamp::of(file));
    session.files.clear();
    for file in &name_on_disk(&mut session, &sources.files) {
        let whole = std::path::absolute(file).unwrap_or_else(|_| file.clone());
        // A name that is not Unicode cannot be written down; the file is asked for when the session is opened.
        let path = whole.to_string_lossy().into_owned();
        let stamp = stamp_of(file);
        session.files.push(SessionFile {
            path,
            bytes: stamp.as_ref().map(FileStamp::bytes),
            sha256: None,
            modified_ms: stamp.and_then(|stamp| stamp.modified()).and_then(since_1970_ms),
        });
    }
    session.reading.tables = tables;
    session
}

/// Keeps a session in the file of this process, which is made where there is none yet. `tables` is what was chosen for the tables among its files, where that is known.
pub fn keep_working(
    session: Session,
    sources: &SessionSources,
    tables: Option<BTreeMap<String, TableChoice>>,
    file: Option<Arc<WorkingFile>>,
    folder: &Path,
) -> Result<Kept, KeepError> {
    let file = match file {
        Some(file) => file,
        None => Arc::new(WorkingFile::create(folder).map_err(|error| KeepError::Folder { folder: folder.to_owned(), error })?),
    };
    let tables = tables.unwrap_or_else(|| chosen_tables(&sources.files, &sources.options));
    save_whole(&file.path, as_working(session, sources, tables.clone()).to_json().as_bytes())?;
    Ok(Kept { file, tables })
}

/// Where the last session is kept.
pub fn last_session(folder: &Path) -> PathBuf {
    folder.join(LAST)
}

/// Keeps a session as the last one, for the next start.
pub fn keep_last(
    session: Session,
    sources: &SessionSources,
    tables: Option<BTreeMap<String, TableChoice>>,
    folder: &Path,
) -> Result<(), SaveError> {
    // Where nothing was kept yet the folder may not be there; if it cannot be made, saving says so.
    let _ = std::fs::create_dir_all(folder);
    let tables = tables.unwrap_or_else(|| chosen_tables(&sources.files, &sources.options));
    save_whole(&last_session(folder), as_working(session, sources, tables).to_json().as_bytes())
}

/// What a process left over that did not end well. Nobody else is offered it as long as this lives.
#[derive(Debug)]
pub struct Leftover {
    file: WorkingFile,
    /// When it was kept, where the system says.
    pub kept: Option<SystemTime>,
    /// The names of its data files; none where it cannot be read.
    pub names: Vec<String>,
}

impl Leftover {
    /// The file, to be opened.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Drops it.
    pub fn remove(&self) {
        self.file.remove();
    }
}

/// What processes left over that did not end well, the newest first. Clears away locks that belong to nothing, and halves of files that a kill has left.
pub fn leftovers(folder: &Path) -> Vec<Leftover> {
    let paths: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    let has_ending = |path: &&PathBuf, wanted: &str| path.extension().is_some_and(|ending| ending == wanted);
    for lock_path in paths.iter().filter(|path| has_ending(path, LOCK) && !path.with_extension(ENDING).exists()) {
        if let Ok(Some(_lock)) = locked(lock_path)
            && !lock_path.with_extension(ENDING).exists()
        {
            let _ = std::fs::remove_file(lock_path);
        }
    }
    // What is young may be on its way to its place.
    for half in paths.iter().filter(|path| has_ending(path, "part")) {
        let age = std::fs::metadata(half).and_then(|data| data.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > HALF_LIVES) {
            let _ = std::fs::remove_file(half);
        }
    }
    let kept = paths.iter().filter(|path| has_ending(path, ENDING) && path.file_name().is_some_and(|name| name != LAST));
    let mut found: Vec<Leftover> = kept
        .filter_map(|path| {
            let file = WorkingFile::take(path.clone())?;
            let names = read_session(path).map(|parsed| parsed.session.files.iter().map(|file| name_of(Path::new(&file.path))).collect());
            let kept = std::fs::metadata(path).and_then(|data| data.modified()).ok();
            Some(Leftover { file, kept, names: names.unwrap_or_default() })
        })
        .collect();
    found.sort_by(|one, other| other.kept.cmp(&one.kept).then_with(|| one.path().cmp(other.path())));
    found
}

#[cfg(test)]
#[path = "working/tests.rs"]
mod tests;
