//! A file of lines read in pieces by all cores: each takes the next piece, cut at the end of a line, and reads its records into a part of its own.
//!
//! ```text
//! file  ▕ piece 1 ▏ piece 2 ▏ piece 3 ▏ …     read in order, by whoever is free
//!           │         │         │
//!         part 1    part 2    part 3            names, columns and ledger of its own
//!           └─────────┴────┬────┘
//!                        append                 in the order of the file
//! ```
//!
//! The result is that of reading line by line, whatever the number of cores; a test compares the two.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::context::line_number;
use super::input::TextReader;
use super::json::Span;
use super::{Context, FormatError, Input, Progress, ReadOptions};
use crate::model::{FileLedger, PartSink, PieceText, RawText, TextFile};

/// Bytes of a piece.
const PIECE: usize = 4 * 1024 * 1024;

/// Where a piece may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// After any line; a lone carriage return ends none.
    Lines,
    /// After any line of a table without quotation marks, in which a lone carriage return ends a line as well.
    Records,
    /// After a line with an even number of quotation marks before it in its piece. Marks that stand within a cell can deceive it; the reader of the piece sees that.
    Quoted,
}

/// Reads the records of one piece, whose first line has the given number, from 1; false where the piece does not end with a record.
pub(super) type OfPiece<'w> = dyn Fn(&mut Context<'_>, &str, u64) -> Result<bool, FormatError> + Sync + 'w;

/// Reads a file in pieces; false, with nothing done, where it is smaller than two pieces, its sink takes events one by one only, or a piece did not end with a record.
///
/// A first piece begins with a record. Where it also ends with one, so does the second begin, and so on: what is read is what reading from the beginning gives.
pub(super) fn in_parallel(
    input: &Input<'_>,
    context: &mut Context<'_>,
    cut: Cut,
    longest_line: usize,
    work: &OfPiece<'_>,
) -> Result<bool, FormatError> {
    if input.likely_len() < 2 * PIECE as u64 || context.part().is_none() {
        return Ok(false);
    }
    let of_piece = |context: &mut Context<'_>, piece: &Piece<u64>| {
        // Only the beginning of the file was looked at: where the rest is in another encoding, the file is read from its beginning, with its encoding found.
        let Ok(text) = std::str::from_utf8(piece.raw.bytes()) else { return Ok(false) };
        work(context, text, piece.what)
    };
    let mut file = input.text_file(context.options);
    loop {
        let Some(text) = input.plain_reader(context)? else { return Ok(false) };
        context.expect(input.likely_len());
        let spare = Spare::default();
        let cutter = Mutex::new(Cutter::new(input, text, cut, longest_line, file.as_ref(), &spare));
        let next = || cutter.lock().unwrap_or_else(PoisonError::into_inner).next();
        let done = on_all_cores(context, &next, &of_piece, &spare)?;
        match file.take() {
            // It was written to meanwhile, as a log is: what is read of it now has to be kept.
            Some(file) if done && !file.is_unchanged() => context.start_over(),
            _ => return Ok(done),
        }
    }
}

/// Reads some items of a document, each with its line.
pub(super) type OfItems<'w> = dyn Fn(&mut Context<'_>, &mut dyn Iterator<Item = (&str, u32)>) -> Result<(), FormatError> + Sync + 'w;

/// Reads the items of a document that is in memory as a whole, of which each is given by where it begins and ends, on all cores; false, with nothing done, where
/// it is small or its sink takes events one by one only.
pub(super) fn of_document(
    context: &mut Context<'_>,
    document: &Arc<RawText>,
    items: &[Span],
    work: &OfItems<'_>,
) -> Result<bool, FormatError> {
    if document.bytes().len() < 2 * PIECE || context.part().is_none() {
        return Ok(false);
    }
    let Ok(text) = std::str::from_utf8(document.bytes()) else { return Ok(false) };
    context.expect(document.bytes().len() as u64);
    let dealt = Mutex::new((items, LineCounter::new(text), 0));
    let next = || {
        let (left, lines, number) = &mut *dealt.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(first) = left.first().map(|item| item.range().start) else { return Ok(None) };
        let count = left.partition_point(|item| item.range().end <= first + PIECE).max(1);
        let (now, later) = left.split_at(count);
        *left = later;
        *number += 1;
        // Counted once by whoever takes the piece; the reader counts on from here.
        let first_line = lines.line_at(first);
        let bytes_done = now.last().map_or(0, |item| item.range().end);
        let bytes = bytes_done - first;
        let raw = Arc::clone(document);
        Ok(Some(Piece { number: *number, raw, again: None, what: (now, first_line), bytes, bytes_done: bytes_done as u64 }))
    };
    let of_piece = |context: &mut Context<'_>, piece: &Piece<(&[Span], u64)>| {
        let (items, first_line) = piece.what;
        let mut lines = LineCounter::from(text, items.first().map_or(0, |item| item.range().start), first_line);
        work(
            context,
            &mut items.iter().map(|item| (text.get(item.range()).unwrap_or_default(), line_number(lines.line_at(item.range().start)))),
        )?;
        Ok(true)
    };
    on_all_cores(context, &next, &of_piece, &Spare::default())
}

/// Counts the lines of a text up to places that are asked for in their order.
pub(super) struct LineCounter<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl<'t> LineCounter<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self::from(text, 0, 1)
    }

    /// Counts on from a place whose line is known.
    fn from(text: &'t str, at: usize, line: u64) -> Self {
        Self { text, at, line }
    }

    /// The line, from 1, of a place in the text.
    pub(super) fn line_at(&mut self, offset: usize) -> u64 {
        let offset = offset.min(self.text.len());
        if offset > self.at {
            let passed = &self.text.as_bytes()[self.at..offset];
            let feeds = memchr::memchr_iter(b'\n', passed).count();
            self.line += if feeds == 0 { memchr::memchr_iter(b'\r', passed).count() } else { feeds } as u64;
            self.at = offset;
        }
        self.line
    }

    /// The line, from 1, of a part of the same text.
    pub(super) fn line_of(&mut self, part: &str) -> u32 {
        line_number(self.line_at((part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)))
    }
}

/// Reads pieces on all cores and passes their events on in order, as they come; false, with nothing done, where a piece did not end with a record.
fn on_all_cores<W: Send>(context: &mut Context<'_>, next: &Next<'_, W>, work: &Work<'_, W>, spare: &Spare) -> Result<bool, FormatError> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let seeds: Vec<Box<dyn PartSink>> = (0..cores).filter_map(|_| context.part()).collect();
    let watch =
        Watch { whole: context.progress, rows: AtomicU64::new(0), failed: AtomicBool::new(false), bytes_total: context.bytes_total() };
    let (options, file) = (context.options, context.file().to_owned());
    let (sender, done) = channel::<Done>();
    let outcomes: Vec<Result<bool, FormatError>> = thread::scope(|scope| {
        let (watch, file) = (&watch, file.as_str());
        let worker = |seed: Box<dyn PartSink>| {
            let sender = sender.clone();
            scope.spawn(move || {
                let done = Worker { next, watch, options, file, seed, sender, spare }.run(work);
                watch.failed.fetch_or(!matches!(done, Ok(true)), Ordering::Relaxed);
                done
            })
        };
        let workers: Vec<_> = seeds.into_iter().map(worker).collect();
        drop(sender);
        // Pieces come as they are done; each is passed on when all before it were.
        let (mut early, mut wanted) = (BTreeMap::new(), 1);
        for piece in done {
            early.insert(piece.number, piece);
            while let Some(piece) = early.remove(&wanted) {
                context.append(piece.ledger, piece.part, piece.text);
                wanted += 1;
            }
        }
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let (mut stopped, mut ill_cut) = (None, false);
    for outcome in outcomes {
        match outcome {
            Ok(well_cut) => ill_cut |= !well_cut,
            // Workers that only stopped because another failed say that they were cancelled: the other's reason counts.
            Err(error) if matches!(stopped, None | Some(FormatError::Cancelled { .. })) => stopped = Some(error),
            Err(_) => {}
        }
    }
    if ill_cut && !context.progress.cancelled() {
        context.start_over();
        return Ok(false);
    }
    stopped.map_or(Ok(true), Err)
}

/// A piece that was read: its place in the file, what became of its rows, its events.
struct Done {
    number: usize,
    ledger: FileLedger,
    part: Box<dyn PartSink>,
    text: PieceText,
}

/// Memory of pieces that were read and are not kept: memory that was used is quicker than new.
#[derive(Default)]
struct Spare(Mutex<Vec<RawText>>);

impl Spare {
    fn put(&self, raw: RawText) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(raw);
    }

    fn with_room(&self, bytes: usize) -> RawText {
        let spare = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let Some(mut raw) = spare else { return RawText::with_room(bytes) };
        raw.empty(bytes);
        raw
    }
}

/// A piece to be read.
struct Piece<W> {
    /// From 1.
    number: usize,
    raw: Arc<RawText>,
    /// Where its text can be read again; `None` where it is kept.
    again: Option<(Arc<TextFile>, u64)>,
    /// What of it is to be read, or what has to be known of it.
    what: W,
    bytes: usize,
    bytes_done: u64,
}

/// Gives the next piece; `None` after the last.
type Next<'n, W> = dyn Fn() -> Result<Option<Piece<W>>, FormatError> + Sync + 'n;

/// Reads a piece; false where it does not end with a record.
type Work<'w, W> = dyn Fn(&mut Context<'_>, &Piece<W>) -> Result<bool, FormatError> + Sync + 'w;

/// Cuts the file into pieces, in order.
struct Cutter<'i, 'a, 'r> {
    input: &'i Input<'a>,
    text: TextReader<'r>,
    /// Where pieces can be read again; `None` where they are kept.
    file: Option<&'i Arc<TextFile>>,
    /// Where the next piece begins in the file, in bytes.
    offset: u64,
    spare: &'i Spare,
    /// The beginning of a line whose end has not been read.
    left_over: Vec<u8>,
    line: u64,
    number: usize,
    longest_line: usize,
    cut: Cut,
    ended: bool,
}

impl<'i, 'a, 'r> Cutter<'i, 'a, 'r> {
    fn new(
        input: &'i Input<'a>,
        text: TextReader<'r>,
        cut: Cut,
        longest_line: usize,
        file: Option<&'i Arc<TextFile>>,
        spare: &'i Spare,
    ) -> Self {
        let offset = text.bytes_done();
        Self { input, text, file, offset, spare, left_over: Vec::new(), line: 1, number: 0, longest_line, cut, ended: false }
    }

    /// The next piece with the number of its first line; `None` at the end of the file.
    fn next(&mut self) -> Result<Option<Piece<u64>>, FormatError> {
        let left = if self.input.is_packed() { PIECE } else { self.input.len().saturating_sub(self.text.bytes_done()) as usize };
        let left = left + self.left_over.len() + 1;
        let mut raw = self.spare.with_room(PIECE.min(left).max(self.left_over.len() + 1));
        raw.push(&self.left_over);
        self.left_over.clear();
        while !self.ended {
            let known = raw.bytes().len();
            if known > 0 && raw.room() == known {
                raw.grow(known + PIECE);
            }
            self.ended = raw.fill(|into| self.text.read(into)).map_err(|error| self.input.failed(error))?;
            if self.ended {
                break;
            }
            let text = raw.bytes();
            let end = match self.cut {
                Cut::Lines | Cut::Records => memchr::memrchr(b'\n', &text[known..]).map(|end| known + end + 1),
                Cut::Quoted => last_outside_quotes(text),
            };
            if let Some(end) = end {
                self.left_over.extend_from_slice(&text[end..]);
                raw.truncate(end);
                break;
            }
            if text.len() > self.longest_line {
                let (file, bytes, limit) = (self.input.name().to_owned(), text.len() as u64, self.longest_line as u64);
                return Err(FormatError::TooLarge { file, bytes, limit });
            }
        }
        let text = raw.bytes();
        if text.is_empty() {
            return Ok(None);
        }
        let first_line = self.line;
        self.line += memchr::memchr_iter(b'\n', text).count() as u64;
        if self.cut != Cut::Lines {
            self.line += memchr::memchr_iter(b'\r', text).filter(|at| text.get(at + 1) != Some(&b'\n')).count() as u64;
        }
        self.number += 1;
        let (bytes, bytes_done) = (text.len(), self.text.bytes_done());
        let again = self.file.map(|file| (Arc::clone(file), self.offset));
        self.offset += bytes as u64;
        Ok(Some(Piece { number: self.number, raw: Arc::new(raw), again, what: first_line, bytes, bytes_done }))
    }
}

/// Behind the last line end with an even number of quotation marks before it.
pub(super) fn last_outside_quotes(text: &[u8]) -> Option<usize> {
    let mut inside = memchr::memchr_iter(b'"', text).count() % 2 == 1;
    let mut to = text.len();
    while let Some(at) = memchr::memrchr2(b'"', b'\n', &text[..to]) {
        if text[at] == b'"' {
            inside = !inside;
        } else if !inside {
            return Some(at + 1);
        }
        to = at;
    }
    None
}

/// Tells the watcher of the whole file how far all workers are; stops all where one has failed.
struct Watch<'w> {
    whole: &'w dyn Progress,
    rows: AtomicU64,
    failed: AtomicBool,
    bytes_total: u64,
}

impl Progress for Watch<'_> {
    /// A worker's own place says nothing of the whole; what is read is told when a piece is done.
    fn at(&self, _bytes_done: u64, _bytes_total: u64, _events: u64) {}

    fn cancelled(&self) -> bool {
        self.failed.load(Ordering::Relaxed) || self.whole.cancelled()
    }
}

/// One that reads piece after piece.
struct Worker<'w, W> {
    next: &'w Next<'w, W>,
    watch: &'w Watch<'w>,
    options: &'w ReadOptions,
    file: &'w str,
    seed: Box<dyn PartSink>,
    sender: Sender<Done>,
    spare: &'w Spare,
}

impl<W> Worker<'_, W> {
    /// Reads until no piece is left; false where one did not end with a record.
    fn run(self, work: &Work<'_, W>) -> Result<bool, FormatError> {
        loop {
            if self.watch.cancelled() {
                return Err(FormatError::Cancelled { file: self.file.to_owned() });
            }
            let Some(piece) = (self.next)()? else { return Ok(true) };
            let mut ledger = FileLedger::new(self.file, "");
            let mut part = self.seed.of_text(&piece.raw, piece.bytes, piece.again.is_none());
            let mut context = Context::new(self.options, &mut ledger, part.as_mut(), self.watch, 0);
            if !work(&mut context, &piece)? {
                return Ok(false);
            }
            let rows = self.watch.rows.fetch_add(ledger.rows, Ordering::Relaxed) + ledger.rows;
            self.watch.whole.at(piece.bytes_done, self.watch.bytes_total, rows);
            let text = match piece.again {
                None => PieceText::Kept(piece.raw),
                Some((file, offset)) => {
                    if let Some(raw) = Arc::into_inner(piece.raw) {
                        self.spare.put(raw);
                    }
                    PieceText::InFile { file, offset }
                }
            };
            // Nobody takes it where another worker has failed.
            let _ = self.sender.send(Done { number: piece.number, ledger, part, text });
        }
    }
}
