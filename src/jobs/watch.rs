//! Watching what is loaded: a thread that asks now and then for the lengths and times of files and for the names in folders, and wakes the window only when something has changed.
//!
//! The system's own notices of changes were not taken: they differ by system and do not reach network drives; a question every two seconds costs nothing that can be measured.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};

use crate::formats::{is_taken, listed};

/// What a file was when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileStamp {
    /// The file.
    pub path: PathBuf,
    len: u64,
    modified: Option<SystemTime>,
}

impl FileStamp {
    /// What a file is now; of a file in an archive, what the archive is. `None` where it is not there.
    pub fn of(path: &Path) -> Option<Self> {
        let around = || {
            path.ancestors().skip(1).find_map(|around| Some((around, std::fs::metadata(around).ok().filter(std::fs::Metadata::is_file)?)))
        };
        let (path, data) = std::fs::metadata(path).ok().map(|data| (path, data)).or_else(around)?;
        Some(Self { path: path.to_owned(), len: data.len(), modified: data.modified().ok() })
    }

    /// Its length in bytes.
    pub fn bytes(&self) -> u64 {
        self.len
    }

    /// When it was last changed, where the system says.
    pub fn modified(&self) -> Option<SystemTime> {
        self.modified
    }

    /// Whether the file is there and is another than it was. One that is gone may be about to be replaced.
    pub fn is_changed(&self) -> bool {
        Self::of(&self.path).is_some_and(|now| now != *self)
    }
}

/// What has become of something that is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A file is another than it was.
    File(PathBuf),
    /// A folder has a file that was not in it.
    Added(PathBuf),
    /// A file of a folder is gone.
    Removed(PathBuf),
}

/// A folder that was loaded, with the names that were in it.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    known: BTreeSet<PathBuf>,
    /// Those of them that were read.
    read: BTreeSet<PathBuf>,
    /// A name that was new, or gone, at the last look: a copy may not be whole yet, a file about to be replaced.
    in_doubt: Option<(PathBuf, Option<FileStamp>)>,
}

impl Folder {
    fn of(path: &Path, files: &[FileStamp]) -> Option<Self> {
        let known = listed(path)?;
        let read = files.iter().map(|file| file.path.clone()).filter(|file| known.contains(file)).collect();
        Some(Self { path: path.to_owned(), known, read, in_doubt: None })
    }

    /// What has become of its files, once it is the same at two looks.
    fn change(&mut self) -> Option<Change> {
        let now = listed(&self.path)?;
        if let Some(gone) = self.read.iter().find(|file| !now.contains(*file)) {
            let seen = Some((gone.clone(), None));
            let is_sure = self.in_doubt == seen;
            self.in_doubt = seen;
            return is_sure.then(|| Change::Removed(gone.clone()));
        }
        loop {
            let Some(new) = now.iter().find(|file| !self.known.contains(*file)) else {
                self.in_doubt = None;
                return None;
            };
            let seen = Some((new.clone(), FileStamp::of(new)));
            if self.in_doubt != seen {
                self.in_doubt = seen;
                return None;
            }
            if is_taken(new) {
                return Some(Change::Added(new.clone()));
            }
            self.known.insert(new.clone());
        }
    }
}

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(2);

/// Watches files and folders until something has changed, or until it is dropped.
#[derive(Debug)]
pub struct Watch {
    changed: Receiver<Change>,
    /// Dropped with the watch: then the thread ends.
    _stop: Sender<()>,
}

impl Watch {
    /// Watches files, and those of these paths that are folders; `wake` is called when something has changed.
    pub fn start(files: Vec<FileStamp>, paths: &[PathBuf], wake: impl FnOnce() + Send + 'static) -> Self {
        // Thousands of files are asked less often.
        let pause = PAUSE.max(Duration::from_millis(files.len() as u64));
        Self::start_every(pause, files, paths.to_vec(), wake)
    }

    fn start_every(pause: Duration, files: Vec<FileStamp>, paths: Vec<PathBuf>, wake: impl FnOnce() + Send + 'static) -> Self {
        let (sender, changed) = channel();
        let (stop, stopped) = channel::<()>();
        let watch = move || {
            let mut folders: Vec<Folder> = paths.iter().filter_map(|path| Folder::of(path, &files)).collect();
            while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                let file = files.iter().find(|file| file.is_changed()).map(|file| Change::File(file.path.clone()));
                if let Some(change) = file.or_else(|| folders.iter_mut().find_map(Folder::change)) {
                    // Nobody waits for it where the window is gone.
                    let _ = sender.send(change);
                    wake();
                    return;
                }
            }
        };
        // Without a thread nothing is watched, and the user reads files again by hand.
        drop(std::thread::Builder::new().name("chronolane watch".to_owned()).spawn(watch));
        Self { changed, _stop: stop }
    }

    /// What has changed, once.
    pub fn changed(&self) -> Option<Change> {
        self.changed.try_recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_wakes_once_and_a_file_that_is_gone_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "when,title\n").unwrap();
        let stamp = FileStamp::of(&path).unwrap();
        assert!(!stamp.is_changed());
        let (woken, awake) = channel();
        let watch = Watch::start_every(Duration::from_millis(1), vec![stamp.clone()], vec![path.clone()], move || {
            let _ = woken.send(());
        });
        std::fs::remove_file(&path).unwrap();
        assert!(!stamp.is_changed());
        std::fs::write(&path, "when,title\n2023,x\n").unwrap();
        awake.recv().unwrap();
        assert_eq!(watch.changed(), Some(Change::File(path)));
        assert!(awake.recv().is_err(), "its thread has ended");
        assert_eq!(watch.changed(), None);
    }

    #[test]
    fn files_that_come_into_a_folder_or_go_are_told_once_they_stand() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.csv"), "when,title\n2023,x\n").unwrap();
        let stamps = [FileStamp::of(&at("a.csv")).unwrap()];
        let mut watched = Folder::of(folder.path(), &stamps).unwrap();
        std::fs::write(at("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0").unwrap();
        std::fs::write(at(".hidden.csv"), "when,title\n2023,x\n").unwrap();
        assert_eq!((watched.change(), watched.change(), watched.change()), (None, None, None), "nothing that is read");
        std::fs::create_dir(at("in")).unwrap();
        std::fs::write(at("in/b.csv"), "when,title\n").unwrap();
        assert_eq!(watched.change(), None, "it may not be whole yet");
        std::fs::write(at("in/b.csv"), "when,title\n2023,x\n").unwrap();
        assert_eq!(watched.change(), None, "it has grown since");
        assert_eq!(watched.change(), Some(Change::Added(at("in/b.csv"))));
        let mut watched = Folder::of(folder.path(), &stamps).unwrap();
        std::fs::rename(at("a.csv"), at("a.bak")).unwrap();
        assert_eq!(watched.change(), None, "it may be about to be replaced");
        assert_eq!(watched.change(), Some(Change::Removed(at("a.csv"))));
        assert!(Folder::of(&at("in/b.csv"), &stamps).is_none());
    }

    #[test]
    fn a_watch_that_is_dropped_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "x").unwrap();
        let (woken, awake) = channel::<()>();
        let stamps = FileStamp::of(&path).into_iter().collect();
        let watch = Watch::start_every(Duration::from_hours(1), stamps, Vec::new(), move || drop(woken));
        drop(watch);
        assert!(awake.recv().is_err(), "its thread has ended without a word");
    }
}
