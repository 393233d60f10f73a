//! What has been read of large files so far, to be shown while the rest is read.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::load::Loaded;
use crate::formats::{Input, ReadOptions, Silent, read_input};
use crate::model::{Event, EventSink, FileLedger, Ledger, PartSink, PieceText, Tables};
use crate::store::{GroupBy, Stop, StoreBuilder};
use crate::time::Zone;

/// Takes the events of one file for a builder, and shows what there is each time that it has doubled, though not too often.
pub(super) struct Growing<'g, 's> {
    pub builder: &'g mut StoreBuilder,
    /// What became of the files before this one.
    pub before: &'g [FileLedger],
    pub shown: Option<&'g mut Shown<'s>>,
    pub paths: &'g [PathBuf],
}

/// What was shown last, and to whom.
pub(super) struct Shown<'g> {
    show: &'g mut dyn FnMut(Loaded),
    zone: Zone,
    group: Option<GroupBy>,
    stop: Stop<'g>,
    events: usize,
    at: Instant,
}

/// Between two pictures of a growing file.
const PAUSE: Duration = Duration::from_millis(700);

impl<'g> Shown<'g> {
    pub(super) fn new(show: &'g mut dyn FnMut(Loaded), zone: Zone, group: Option<GroupBy>, stop: Stop<'g>) -> Self {
        Self { show, zone, group, stop, events: 0, at: Instant::now() }
    }

    /// Shows the beginning of a large file of lines at once, however long it takes to tell how its dates are written: what that leaves open stays undated until the file is read.
    pub(super) fn show_beginning(&mut self, path: &Path, options: &ReadOptions, paths: &[PathBuf]) {
        let name = path.display().to_string();
        let Ok(input) = Input::open(&name, path) else { return };
        let Ok(Some(sample)) = input.beginning() else { return };
        let mut builder = StoreBuilder::default();
        builder.begin_file(path.to_owned());
        // Whatever is wrong with the file is said when it is read whole.
        if let Ok(ledger) = read_input(&Input::from_bytes(&name, sample.as_bytes()), options, &mut builder, &Silent) {
            self.show(builder, vec![ledger], paths);
        }
    }

    fn show(&mut self, builder: StoreBuilder, files: Vec<FileLedger>, paths: &[PathBuf]) {
        if builder.is_empty() {
            return;
        }
        self.events = builder.len();
        let store = builder.finish_unless(Ledger { files }, self.stop);
        let Some(loaded) = store.and_then(|store| Loaded::of(store, self.zone, self.group, paths, true, self.stop)) else { return };
        self.group = Some(loaded.lanes.group());
        (self.show)(loaded);
        self.at = Instant::now();
    }
}

impl EventSink for Growing<'_, '_> {
    fn event(&mut self, event: &Event<'_>, line: u32) {
        self.builder.event(event, line);
    }

    fn tables(&mut self, tables: Tables) {
        self.builder.tables(tables);
    }

    fn part(&self) -> Option<Box<dyn PartSink>> {
        self.builder.part()
    }

    fn expect(&mut self, bytes: u64) {
        self.builder.expect(bytes);
    }

    fn append(&mut self, part: Box<dyn PartSink>, text: PieceText, so_far: &FileLedger) {
        self.builder.append(part, text, so_far);
        if let Some(shown) = &mut self.shown
            && self.builder.len() >= 2 * shown.events
            && shown.at.elapsed() >= PAUSE
        {
            let files = self.before.iter().chain([so_far]).cloned().collect();
            shown.show(self.builder.clone(), files, self.paths);
        }
    }

    fn start_over(&mut self) {
        self.builder.start_over();
    }
}
