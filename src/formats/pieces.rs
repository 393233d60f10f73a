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

use std::io::Read as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::input::TextReader;
use super::{Context, FormatError, Input, Progress, ReadOptions};
use crate::model::{FileLedger, PartSink};

/// Bytes of a piece.
const PIECE: usize = 4 * 1024 * 1024;

/// Where a piece may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// After any line; a lone carriage return ends none.
    Lines,
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
    if input.len() < 2 * PIECE as u64 || context.part().is_none() {
        return Ok(false);
    }
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let seeds: Vec<Box<dyn PartSink>> = (0..cores).filter_map(|_| context.part()).collect();
    let Some(text) = input.plain_reader(context)? else { return Ok(false) };
    let cutter = Mutex::new(Cutter { input, text, left_over: Vec::new(), line: 1, number: 0, longest_line, cut, ended: false });
    let watch =
        Watch { whole: context.progress, rows: AtomicU64::new(0), failed: AtomicBool::new(false), bytes_total: context.bytes_total() };
    let (options, file) = (context.options, context.file().to_owned());
    let outcomes: Vec<Result<Option<Vec<Done>>, FormatError>> = thread::scope(|scope| {
        let (cutter, watch, file) = (&cutter, &watch, file.as_str());
        let worker = |seed: Box<dyn PartSink>| {
            scope.spawn(move || {
                let done = Worker { cutter, watch, options, file, seed }.run(work);
                watch.failed.fetch_or(!matches!(done, Ok(Some(_))), Ordering::Relaxed);
                done
            })
        };
        let workers: Vec<_> = seeds.into_iter().map(worker).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let mut done = Vec::new();
    let (mut stopped, mut ill_cut) = (None, false);
    for outcome in outcomes {
        match outcome {
            Ok(Some(pieces)) => done.extend(pieces),
            Ok(None) => ill_cut = true,
            // Workers that only stopped because another failed say that they were cancelled: the other's reason counts.
            Err(error) if matches!(stopped, None | Some(FormatError::Cancelled { .. })) => stopped = Some(error),
            Err(_) => {}
        }
    }
    if ill_cut && !context.progress.cancelled() {
        return Ok(false);
    }
    if let Some(error) = stopped {
        return Err(error);
    }
    done.sort_unstable_by_key(|piece| piece.number);
    context.append(done.into_iter().map(|piece| (piece.ledger, piece.part)).collect());
    Ok(true)
}

/// A piece that was read: its place in the file, what became of its rows, its events.
struct Done {
    number: usize,
    ledger: FileLedger,
    part: Box<dyn PartSink>,
}

/// A piece to be read: its bytes are the first of the worker's own buffer.
struct Piece {
    number: usize,
    bytes: usize,
    first_line: u64,
    bytes_done: u64,
}

/// Cuts the file into pieces, in order.
struct Cutter<'i, 'a, 'r> {
    input: &'i Input<'a>,
    text: TextReader<'r>,
    /// The beginning of a line whose end has not been read.
    left_over: Vec<u8>,
    line: u64,
    number: usize,
    longest_line: usize,
    cut: Cut,
    ended: bool,
}

impl Cutter<'_, '_, '_> {
    /// Puts the next piece at the beginning of a buffer, which only grows, so that its memory is touched once; `None` at the end of the file.
    fn next(&mut self, buffer: &mut Vec<u8>) -> Result<Option<Piece>, FormatError> {
        let mut filled = self.left_over.len();
        if buffer.len() < filled {
            buffer.resize(filled, 0);
        }
        buffer[..filled].copy_from_slice(&self.left_over);
        self.left_over.clear();
        while !self.ended {
            let (known, wanted) = (filled, filled + PIECE);
            if buffer.len() < wanted {
                buffer.resize(wanted, 0);
            }
            while filled < wanted && !self.ended {
                let count = self.text.read(&mut buffer[filled..wanted]).map_err(|error| self.input.failed(error))?;
                self.ended = count == 0;
                filled += count;
            }
            if self.ended {
                break;
            }
            let text = &buffer[..filled];
            let end = match self.cut {
                Cut::Lines => memchr::memrchr(b'\n', &text[known..]).map(|end| known + end + 1),
                Cut::Quoted => last_outside_quotes(text),
            };
            if let Some(end) = end {
                self.left_over.extend_from_slice(&text[end..]);
                filled = end;
                break;
            }
            if filled > self.longest_line {
                let (file, bytes, limit) = (self.input.name().to_owned(), filled as u64, self.longest_line as u64);
                return Err(FormatError::TooLarge { file, bytes, limit });
            }
        }
        if filled == 0 {
            return Ok(None);
        }
        let first_line = self.line;
        let text = &buffer[..filled];
        self.line += memchr::memchr_iter(b'\n', text).count() as u64;
        if self.cut == Cut::Quoted {
            self.line += memchr::memchr_iter(b'\r', text).filter(|at| text.get(at + 1) != Some(&b'\n')).count() as u64;
        }
        self.number += 1;
        Ok(Some(Piece { number: self.number, bytes: filled, first_line, bytes_done: self.text.bytes_done() }))
    }
}

/// Behind the last line end with an even number of quotation marks before it.
fn last_outside_quotes(text: &[u8]) -> Option<usize> {
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
struct Worker<'w, 'i, 'a, 'r> {
    cutter: &'w Mutex<Cutter<'i, 'a, 'r>>,
    watch: &'w Watch<'w>,
    options: &'w ReadOptions,
    file: &'w str,
    seed: Box<dyn PartSink>,
}

impl Worker<'_, '_, '_, '_> {
    fn run(self, work: &OfPiece<'_>) -> Result<Option<Vec<Done>>, FormatError> {
        let mut done = Vec::new();
        let mut buffer = Vec::new();
        loop {
            let next = self.cutter.lock().unwrap_or_else(PoisonError::into_inner).next(&mut buffer)?;
            let Some(piece) = next else { return Ok(Some(done)) };
            // Only the beginning of the file was looked at: where the rest is in another encoding, the file is read from its beginning, with its encoding found.
            let Ok(text) = std::str::from_utf8(&buffer[..piece.bytes]) else { return Ok(None) };
            let mut ledger = FileLedger::new(self.file, "");
            let mut part = self.seed.another(piece.bytes);
            let mut context = Context::new(self.options, &mut ledger, part.as_mut(), self.watch, 0);
            if !work(&mut context, text, piece.first_line)? {
                return Ok(None);
            }
            let rows = self.watch.rows.fetch_add(ledger.rows, Ordering::Relaxed) + ledger.rows;
            self.watch.whole.at(piece.bytes_done, self.watch.bytes_total, rows);
            done.push(Done { number: piece.number, ledger, part });
        }
    }
}
