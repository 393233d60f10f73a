//! What a reader is given besides its input: the options, the ledger, the sink, the watcher.

use super::encoding::BLOCK;
use super::{FormatError, Progress, ReadOptions};
use crate::model::{Event, EventSink, FileLedger, PartSink, PieceText, Room, Severity, Tables};

/// All that a reader reports to. Each event passes through here, so that no ledger is out by one.
pub struct Context<'a> {
    /// How to read.
    pub options: &'a ReadOptions,
    /// What becomes of the rows.
    pub ledger: &'a mut FileLedger,
    /// Watches; also asks whether to stop.
    pub progress: &'a dyn Progress,
    sink: &'a mut dyn EventSink,
    bytes_total: u64,
    told_at: u64,
    events_since: u32,
    /// For readers that make one event after the other.
    pub(super) room: Room,
}

impl<'a> Context<'a> {
    /// A context for one file of `bytes_total` bytes.
    pub fn new(
        options: &'a ReadOptions,
        ledger: &'a mut FileLedger,
        sink: &'a mut dyn EventSink,
        progress: &'a dyn Progress,
        bytes_total: u64,
    ) -> Self {
        Self { options, ledger, progress, sink, bytes_total, told_at: 0, events_since: 0, room: Room::default() }
    }

    /// The same with other options.
    pub(super) fn with_options<'b>(&'b mut self, options: &'b ReadOptions) -> Context<'b> {
        Context {
            options,
            ledger: &mut *self.ledger,
            progress: self.progress,
            sink: &mut *self.sink,
            bytes_total: self.bytes_total,
            told_at: self.told_at,
            events_since: self.events_since,
            room: Room::default(),
        }
    }

    /// The file, as the user named it.
    pub fn file(&self) -> &str {
        &self.ledger.path
    }

    /// Counts a record of the file, which may give several events or none.
    pub fn count_record(&mut self) {
        self.ledger.records += 1;
    }

    /// Counts an event as plotted or undated, and passes it on.
    pub fn deliver(&mut self, event: &Event<'_>, line: u32) {
        if event.stands_on_axis() {
            self.ledger.count_plotted();
        } else {
            self.ledger.count_undated();
        }
        self.sink.event(event, line);
    }

    /// Passes on what the file says of itself.
    pub fn tables(&mut self, tables: Tables) {
        self.sink.tables(tables);
    }

    /// A sink for a piece of the file; `None` where all events must come one by one.
    pub(super) fn part(&self) -> Option<Box<dyn PartSink>> {
        self.sink.part()
    }

    /// Says that the file comes in pieces, of so many bytes in all.
    pub(super) fn expect(&mut self, bytes: u64) {
        self.sink.expect(bytes);
    }

    /// Takes the next piece of the file: what became of its rows, its events, the text that they were read from.
    pub(super) fn append(&mut self, ledger: FileLedger, part: Box<dyn PartSink>, text: PieceText) {
        self.ledger.append(ledger);
        self.sink.append(part, text, self.ledger);
    }

    /// Forgets what became of rows so far, and their events; what was noted of the file as a whole stays.
    pub(super) fn start_over(&mut self) {
        self.ledger.start_over();
        self.sink.start_over();
    }

    /// How many bytes the file has.
    pub(super) fn bytes_total(&self) -> u64 {
        self.bytes_total
    }

    /// Notes something about the file as a whole.
    pub fn note(&mut self, message: impl Into<String>) {
        self.ledger.problem(Severity::Note, 0, 0, "", message, "");
    }

    /// Tells the watcher how far the reader is, and stops where the user wants it; cheap enough for every row.
    pub fn beat(&mut self, bytes_done: u64) -> Result<(), FormatError> {
        self.events_since += 1;
        if bytes_done.saturating_sub(self.told_at) < BLOCK as u64 && self.events_since < 1024 {
            return Ok(());
        }
        self.told_at = bytes_done;
        self.events_since = 0;
        self.progress.at(bytes_done, self.bytes_total, self.ledger.rows);
        if self.progress.cancelled() { Err(FormatError::Cancelled { file: self.file().to_owned() }) } else { Ok(()) }
    }
}

/// A line's number as a record keeps it.
pub(crate) fn line_number(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}
