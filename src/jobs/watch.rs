//! Watching loaded files: a thread that asks now and then for their lengths and times, and wakes the window only when one has changed.
//!
//! The system's own notices of changes were not taken: they differ by system and do not reach network drives; a question every two seconds costs nothing that can be measured.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};

/// What a file was when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileStamp {
    /// The file.
    pub path: PathBuf,
    len: u64,
    modified: Option<SystemTime>,
}

impl FileStamp {
    /// What a file is now; `None` where it is not there.
    pub fn of(path: &Path) -> Option<Self> {
        let data = std::fs::metadata(path).ok()?;
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

/// Between two looks at the files.
const PAUSE: Duration = Duration::from_secs(2);

/// Watches files until one of them has changed, or until it is dropped.
#[derive(Debug)]
pub struct Watch {
    changed: Receiver<PathBuf>,
    /// Dropped with the watch: then the thread ends.
    _stop: Sender<()>,
}

impl Watch {
    /// Watches files; `wake` is called when one has changed.
    pub fn start(files: Vec<FileStamp>, wake: impl FnOnce() + Send + 'static) -> Self {
        // Thousands of files are asked less often.
        let pause = PAUSE.max(Duration::from_millis(files.len() as u64));
        Self::start_every(pause, files, wake)
    }

    fn start_every(pause: Duration, files: Vec<FileStamp>, wake: impl FnOnce() + Send + 'static) -> Self {
        let (sender, changed) = channel();
        let (stop, stopped) = channel::<()>();
        let watch = move || {
            while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                if let Some(file) = files.iter().find(|file| file.is_changed()) {
                    // Nobody waits for it where the window is gone.
                    let _ = sender.send(file.path.clone());
                    wake();
                    return;
                }
            }
        };
        // Without a thread nothing is watched, and the user reads files again by hand.
        drop(std::thread::Builder::new().name("chronolane watch".to_owned()).spawn(watch));
        Self { changed, _stop: stop }
    }

    /// The file that has changed, once.
    pub fn changed(&self) -> Option<PathBuf> {
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
        let watch = Watch::start_every(Duration::from_millis(1), vec![stamp.clone()], move || {
            let _ = woken.send(());
        });
        std::fs::remove_file(&path).unwrap();
        assert!(!stamp.is_changed());
        std::fs::write(&path, "when,title\n2023,x\n").unwrap();
        awake.recv().unwrap();
        assert_eq!(watch.changed(), Some(path));
        assert!(awake.recv().is_err(), "its thread has ended");
        assert_eq!(watch.changed(), None);
    }

    #[test]
    fn a_watch_that_is_dropped_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "x").unwrap();
        let (woken, awake) = channel::<()>();
        let watch = Watch::start_every(Duration::from_hours(1), FileStamp::of(&path).into_iter().collect(), move || drop(woken));
        drop(watch);
        assert!(awake.recv().is_err(), "its thread has ended without a word");
    }
}
