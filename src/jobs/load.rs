//! Loading files into a store, with the lanes and looks that the first picture needs.

use std::path::PathBuf;
use std::sync::Arc;

use super::FileStamp;
use super::growing::{Growing, Shown};
use crate::formats::{FormatError, Progress, ReadOptions, expand, read_file};
use crate::model::{Ledger, Severity};
use crate::scene::KindLooks;
use crate::store::{EventStore, GroupBy, LaneIndex, Stop, StoreBuilder};
use crate::time::Zone;
use crate::view::LaneRows;

/// Files that are loaded and ready to be drawn.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The events.
    pub store: Arc<EventStore>,
    /// Their lanes, without a filter.
    pub lanes: Arc<LaneIndex>,
    /// The lanes as they are shown: all, in the order of the file.
    pub rows: Arc<LaneRows>,
    /// The looks of their kinds.
    pub kinds: Arc<KindLooks>,
    /// What was asked for.
    pub paths: Vec<PathBuf>,
    /// Files of several that could not be read; the others were.
    pub unread: Vec<String>,
    /// Whether something beside its files is not as it should be: a session that names them does not hold in all.
    pub troubled: bool,
    /// Whether this is only what was read so far.
    pub partial: bool,
    /// What the files were before they were read; none where this is only a part.
    pub stamps: Vec<FileStamp>,
}

impl Loaded {
    /// A store with its lanes and looks; `None` where it was stopped.
    pub(super) fn of(
        store: EventStore,
        zone: Zone,
        group: Option<GroupBy>,
        paths: &[PathBuf],
        partial: bool,
        stop: Stop<'_>,
    ) -> Option<Self> {
        let store = if zone.is_utc() { store } else { store.in_zone(zone) };
        let lanes = Arc::new(LaneIndex::whole(&store, group.unwrap_or_else(|| GroupBy::usual(&store)), stop)?);
        let rows = Arc::new(LaneRows::plain(&lanes));
        let kinds = Arc::new(KindLooks::of(&store));
        Some(Self {
            store: Arc::new(store),
            lanes,
            rows,
            kinds,
            paths: paths.to_vec(),
            unread: Vec::new(),
            troubled: false,
            partial,
            stamps: Vec::new(),
        })
    }
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
    load_files(paths, options, group, progress, None)
}

/// Loads files as [`load`] does, and gives `show` what there is so far of large ones: their beginning at once, then more as it is read.
pub fn load_shown(
    paths: &[PathBuf],
    options: &ReadOptions,
    progress: &dyn Progress,
    show: &mut dyn FnMut(Loaded),
) -> Result<Loaded, LoadError> {
    load_files(paths, options, None, progress, Some(&mut Shown::new(show, options.zone, None, &|| progress.cancelled())))
}

/// The files that paths stand for, and why others of them stand for none.
pub(super) fn named_files(paths: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<String>), LoadError> {
    if paths.is_empty() {
        return Err(LoadError::NoFile);
    }
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        match expand(std::slice::from_ref(path)) {
            Ok(found) => files.extend(found),
            Err(error) => unread.push(error.to_string()),
        }
    }
    Ok((files, unread))
}

/// Says once what many files share, and notes in the first ledger which files were left out.
pub(super) fn complete(ledger: &mut Ledger, unread: &[String]) {
    ledger.join_notes();
    let Some(first) = ledger.files.first_mut() else { return };
    for message in unread {
        first.problem(Severity::Warning, 0, 0, "", format!("another file was left out: {message}"), "");
    }
}

fn load_files(
    paths: &[PathBuf],
    options: &ReadOptions,
    group: Option<GroupBy>,
    progress: &dyn Progress,
    mut shown: Option<&mut Shown<'_>>,
) -> Result<Loaded, LoadError> {
    let (files, mut unread) = named_files(paths)?;
    let mut stamps: Vec<FileStamp> = files.iter().filter_map(|path| FileStamp::of(path)).collect();
    // The files of one archive have the archive's.
    stamps.dedup();
    let size = |path: &PathBuf| std::fs::metadata(path).map_or(0, |data| data.len());
    let total_bytes = files.iter().map(size).sum();
    let mut builder = StoreBuilder::default();
    let mut ledger = Ledger::default();
    let (mut before_bytes, mut before_events) = (0, 0);
    for path in &files {
        let part = Part { whole: progress, before_bytes, total_bytes, before_events };
        let mark = builder.mark();
        if builder.is_empty()
            && let Some(shown) = &mut shown
        {
            shown.show_beginning(path, options, paths);
        }
        builder.begin_file(path.clone());
        let mut sink = Growing { builder: &mut builder, before: &ledger.files, shown: shown.as_deref_mut(), paths };
        match read_file(path, options, &mut sink, &part) {
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
    complete(&mut ledger, &unread);
    let stop: Stop<'_> = &|| progress.cancelled();
    let store = builder.finish_unless(ledger, stop).ok_or(LoadError::Cancelled)?;
    let loaded = Loaded::of(store, options.zone, group, paths, false, stop).ok_or(LoadError::Cancelled)?;
    Ok(Loaded { unread, stamps, ..loaded })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::store::EventId;

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
    fn what_is_made_of_read_events_is_stopped_at_any_step() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("few.csv");
        std::fs::write(&path, "when,title,actors\n2023-01-01,one,A\n2023-01-02,two,B\n2023,three,A\n,four,B\n").unwrap();
        let made = |most: usize| {
            let asked = AtomicUsize::new(0);
            let stop: Stop<'_> = &|| asked.fetch_add(1, Ordering::SeqCst) >= most;
            let mut builder = StoreBuilder::default();
            builder.begin_file(path.clone());
            let ledger = read_file(&path, &ReadOptions::default(), &mut builder, &crate::formats::Silent).unwrap();
            let store = builder.finish_unless(Ledger { files: vec![ledger] }, stop)?;
            Loaded::of(store, Zone::UTC, None, std::slice::from_ref(&path), false, stop)
        };
        let stopped = (0..100).take_while(|most| made(*most).is_none()).count();
        assert!((6..100).contains(&stopped), "sorting, ids, lanes and all ask: {stopped} times");
        assert_eq!(made(100).unwrap().store.len(), 4);
    }

    /// A table of more than eight million bytes whose dates settle their order only at its end.
    fn large_table(folder: &std::path::Path) -> PathBuf {
        let mut text = String::from("when,title,actors\n");
        for row in 0..150_000 {
            let (day, month, year) = (row % 12 + 1, row % 11 + 1, row % 20);
            let date = if row % 3 == 0 { format!("20{year:02}-{month:02}-{day:02}") } else { format!("{day:02}/{month:02}/20{year:02}") };
            let _ = writeln!(text, "{date},something happened at place number {row},Actor {}", row % 7);
        }
        text.push_str("2021-05-03,a date in another form,B\n25/07/2021,the last,A\n");
        let path = folder.join("large.csv");
        std::fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn the_beginning_of_a_large_file_is_shown_first_and_nothing_in_it_moves_later() {
        let folder = tempfile::tempdir().unwrap();
        let path = large_table(folder.path());
        let mut shown = Vec::new();
        let whole = load_shown(&[path], &ReadOptions::default(), &crate::formats::Silent, &mut |loaded| shown.push(loaded)).unwrap();
        let first = &shown[0];
        assert!(first.partial && !whole.partial);
        assert!(first.store.len() > 1000 && first.store.len() < whole.store.len());
        let (so_far, all) = (first.store.ledger(), whole.store.ledger());
        assert_eq!(so_far.rows(), so_far.plotted() + so_far.undated() + so_far.rejected());
        assert_eq!((so_far.plotted(), all.plotted(), all.rows()), (so_far.rows() - so_far.undated(), 150_002, 150_002));
        assert!(
            so_far.plotted() > 0 && so_far.undated() > 0,
            "what the order of day and month leaves open is not drawn before it is settled"
        );
        for event in (0..first.store.dated() as u32).map(EventId) {
            let start_ms = first.store.start_ms(event).unwrap();
            assert!(whole.store.find_at(start_ms, first.store.id_text(event)).is_some(), "{}", first.store.id_text(event));
        }
    }

    #[test]
    fn a_small_file_is_shown_once_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("small.csv");
        std::fs::write(&path, "when,title,actors\n2023-01-01,one,A\n").unwrap();
        let whole =
            load_shown(&[path], &ReadOptions::default(), &crate::formats::Silent, &mut |_| panic!("nothing to show before")).unwrap();
        assert_eq!(whole.store.len(), 1);
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
