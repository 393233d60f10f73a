//! Loading files into a store, with the lanes and looks that the first picture needs.

use std::path::PathBuf;
use std::sync::Arc;

use crate::formats::{FormatError, Progress, ReadOptions, expand, read_file};
use crate::model::{Ledger, Severity};
use crate::scene::KindLooks;
use crate::store::{EventStore, GroupBy, LaneIndex, StoreBuilder};

/// Files that are loaded and ready to be drawn.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The events.
    pub store: Arc<EventStore>,
    /// Their lanes, without a filter.
    pub lanes: Arc<LaneIndex>,
    /// The looks of their kinds.
    pub kinds: Arc<KindLooks>,
    /// What was asked for.
    pub paths: Vec<PathBuf>,
    /// Files of several that could not be read; the others were.
    pub unread: Vec<String>,
}

/// Nothing could be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No file was named.
    #[error("no file was named; give a file or a folder")]
    NoFile,
    /// None of the files could be read: why, one line a file.
    #[error("{}", .0.join("\n"))]
    Unread(Vec<String>),
    /// What was asked for cannot be done with any file.
    #[error("{0}")]
    BadOption(FormatError),
    /// The user stopped it.
    #[error("loading was cancelled; what was open is as it was")]
    Cancelled,
}

/// The progress of one file among several, told in bytes of all.
struct Part<'a> {
    whole: &'a dyn Progress,
    before_bytes: u64,
    total_bytes: u64,
    before_events: u64,
}

impl Progress for Part<'_> {
    fn at(&self, bytes_done: u64, _bytes_total: u64, events: u64) {
        self.whole.at(self.before_bytes + bytes_done, self.total_bytes, self.before_events + events);
    }

    fn cancelled(&self) -> bool {
        self.whole.cancelled()
    }
}

/// Loads files and folders as one timeline, in lanes by `group` or, without one, by [`GroupBy::usual`]. A file among several that cannot be read is left out and said.
pub fn load(paths: &[PathBuf], options: &ReadOptions, group: Option<GroupBy>, progress: &dyn Progress) -> Result<Loaded, LoadError> {
    if paths.is_empty() {
        return Err(LoadError::NoFile);
    }
    let mut files = Vec::new();
    let mut unread = Vec::new();
    for path in paths {
        match expand(std::slice::from_ref(path)) {
            Ok(found) => files.extend(found),
            Err(error) => unread.push(error.to_string()),
        }
    }
    let size = |path: &PathBuf| std::fs::metadata(path).map_or(0, |data| data.len());
    let total_bytes = files.iter().map(size).sum();
    let mut builder = StoreBuilder::default();
    let mut ledger = Ledger::default();
    let (mut before_bytes, mut before_events) = (0, 0);
    for path in &files {
        let part = Part { whole: progress, before_bytes, total_bytes, before_events };
        let mark = builder.mark();
        builder.begin_file(path.clone());
        match read_file(path, options, &mut builder, &part) {
            Ok(file) => {
                before_events += file.rows;
                ledger.files.push(file);
            }
            Err(FormatError::Cancelled { .. }) => return Err(LoadError::Cancelled),
            Err(error @ FormatError::UnknownFormat { .. }) => return Err(LoadError::BadOption(error)),
            Err(error) => {
                builder.back_to(mark);
                unread.push(error.to_string());
            }
        }
        before_bytes += size(path);
    }
    if ledger.files.is_empty() {
        return Err(LoadError::Unread(unread));
    }
    for message in &unread {
        ledger.files[0].problem(Severity::Warning, 0, 0, "", format!("another file was left out: {message}"), "");
    }
    let store = Arc::new(builder.finish(ledger));
    let lanes = Arc::new(LaneIndex::build(&store, group.unwrap_or_else(|| GroupBy::usual(&store)), None));
    let kinds = Arc::new(KindLooks::of(&store));
    Ok(Loaded { store, lanes, kinds, paths: paths.to_vec(), unread })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// Wants to stop once it has been told of progress.
    #[derive(Default)]
    struct Impatient(std::sync::atomic::AtomicBool);

    impl Progress for Impatient {
        fn at(&self, _bytes_done: u64, _bytes_total: u64, _events: u64) {
            self.0.store(true, std::sync::atomic::Ordering::Relaxed);
        }

        fn cancelled(&self) -> bool {
            self.0.load(std::sync::atomic::Ordering::Relaxed)
        }
    }

    #[test]
    fn a_cancelled_load_gives_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("many.csv");
        let mut text = String::from("when,title,actors\n");
        for day in 0..200_000 {
            let _ = writeln!(text, "20{:02}-01-{:02},something happened,A", day % 20 + 1, day % 28 + 1);
        }
        std::fs::write(&path, text).unwrap();
        let stopped = load(std::slice::from_ref(&path), &ReadOptions::default(), None, &Impatient::default());
        assert!(matches!(stopped, Err(LoadError::Cancelled)));
        let whole = load(&[path], &ReadOptions::default(), None, &crate::formats::Silent).unwrap();
        assert_eq!(whole.store.len(), 200_000);
    }

    #[test]
    fn a_file_among_several_that_cannot_be_read_is_left_out_and_said() {
        let folder = tempfile::tempdir().unwrap();
        let good = folder.path().join("good.csv");
        let broken = folder.path().join("broken.json");
        std::fs::write(&good, "when,title,actors\n2023-01-01,one,A\n").unwrap();
        std::fs::write(&broken, "{\"chronolane\": 1, \"events\": [{\"when\": \"2023\", \"title\": \"x\"},").unwrap();
        let loaded = load(&[broken.clone(), good], &ReadOptions::default(), None, &crate::formats::Silent).unwrap();
        assert_eq!(loaded.store.len(), 1);
        assert!(loaded.unread[0].contains("broken.json"));
        assert!(loaded.store.ledger().is_troubled());
        assert!(matches!(load(&[broken], &ReadOptions::default(), None, &crate::formats::Silent), Err(LoadError::Unread(_))));
    }
}
