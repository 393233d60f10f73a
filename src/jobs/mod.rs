//! Work off the UI thread: loading, filtering, exporting. Each job tells how far it is, can be cancelled, and gives its result once.

mod facets;
mod filter;
mod growing;
mod load;
mod picture;
mod rejected;
mod save;
mod session;
mod source;
mod summary;
mod survey;
mod system;
mod titles;
mod watch;
mod working;
mod zone;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::Duration;

pub use facets::facet_rows;
pub use filter::{Filtered, FoundGaps, LanesWanted, filtered};
pub use load::{LoadError, Loaded, load, load_shown};
pub use picture::{PictureError, PictureJob, PictureRequest, Preview, SavedPicture, material, preview, save_pictures};
pub use rejected::{SaveRowsError, SavedRows, save_rejected};
pub use save::{SaveEventsError, Saved, is_same_file, save_events};
pub use session::{OpenedSession, SaveSessionError, SavedSession, SessionSources, open_session, save_session, verify_session};
pub use source::{QuoteContext, SourceTextError, quote_contexts, source_text};
pub use summary::{SpanSummary, span_summary};
pub use survey::{Surveyed, survey};
pub use system::{open_with_system, reveal_in_folder};
pub use titles::best_titles;
pub use watch::{Change, FileStamp, Watch};
pub use working::{KeepError, Kept, Leftover, WorkingFile, keep_last, keep_working, last_session, leftovers};
pub use zone::{Zoned, in_zone};

use crate::formats::Progress;

/// How far a job is, shared between the one who works and the one who watches.
#[derive(Debug, Default)]
pub struct Shared {
    bytes_done: AtomicU64,
    bytes_total: AtomicU64,
    events: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress for Shared {
    fn at(&self, bytes_done: u64, bytes_total: u64, events: u64) {
        self.bytes_done.store(bytes_done, Ordering::Relaxed);
        self.bytes_total.store(bytes_total, Ordering::Relaxed);
        self.events.store(events, Ordering::Relaxed);
    }

    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// A job under way. Dropping it cancels it.
#[derive(Debug)]
pub struct Job<T> {
    shared: Arc<Shared>,
    result: Receiver<T>,
}

/// What has become of a job.
#[derive(Debug)]
pub enum Outcome<T> {
    /// It goes on.
    Working,
    /// It is done.
    Done(T),
    /// It ended without a result: it was cancelled, or it failed in a way that it could not say.
    Lost,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Bytes that were read.
    pub bytes_done: u64,
    /// Bytes that there are to read; 0 where it is not known yet.
    pub bytes_total: u64,
    /// Events that were found.
    pub events: u64,
}

impl Reached {
    /// The share of the work that is done, 0 to 1.
    pub fn share(&self) -> f32 {
        (self.bytes_done as f64 / self.bytes_total.max(1) as f64).clamp(0.0, 1.0) as f32
    }
}

impl<T: Send + 'static> Job<T> {
    /// Starts work on a thread of its own; `wake` is called when the result is there.
    pub fn start(work: impl FnOnce(&Shared) -> T + Send + 'static, wake: impl FnOnce() + Send + 'static) -> Self {
        let shared = Arc::new(Shared::default());
        let (sender, result) = channel();
        let theirs = Arc::clone(&shared);
        let spawned = std::thread::Builder::new().name("chronolane job".to_owned()).spawn(move || {
            // The watcher may be gone; then nobody wants the result.
            let _ = sender.send(work(&theirs));
            wake();
        });
        // Without a thread the sender is dropped with the closure, and the job is seen as lost.
        drop(spawned);
        Self { shared, result }
    }

    /// The result, if it is there.
    pub fn poll(&self) -> Outcome<T> {
        match self.result.try_recv() {
            Ok(result) => Outcome::Done(result),
            Err(TryRecvError::Empty) => Outcome::Working,
            Err(TryRecvError::Disconnected) => Outcome::Lost,
        }
    }

    /// The result, if it is there within a time.
    pub fn poll_within(&self, longest: Duration) -> Outcome<T> {
        match self.result.recv_timeout(longest) {
            Ok(result) => Outcome::Done(result),
            Err(RecvTimeoutError::Timeout) => Outcome::Working,
            Err(RecvTimeoutError::Disconnected) => Outcome::Lost,
        }
    }

    /// Waits for the result; `None` where the job was lost.
    pub fn wait(&self) -> Option<T> {
        self.result.recv().ok()
    }

    /// How far it is.
    pub fn progress(&self) -> Reached {
        Reached {
            bytes_done: self.shared.bytes_done.load(Ordering::Relaxed),
            bytes_total: self.shared.bytes_total.load(Ordering::Relaxed),
            events: self.shared.events.load(Ordering::Relaxed),
        }
    }
}

impl<T> Job<T> {
    /// Asks it to stop.
    pub fn cancel(&self) {
        self.shared.cancelled.store(true, Ordering::Relaxed);
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_gives_its_result_once() {
        let (woken, awake) = channel();
        let job = Job::start(
            |shared| {
                shared.at(5, 10, 2);
                42
            },
            move || {
                let _ = woken.send(());
            },
        );
        awake.recv().unwrap();
        assert!(matches!(job.poll(), Outcome::Done(42)));
        assert_eq!(job.progress(), Reached { bytes_done: 5, bytes_total: 10, events: 2 });
        assert!((job.progress().share() - 0.5).abs() < 1e-6);
        assert_eq!(job.wait(), None, "there is no second result");
    }

    #[test]
    fn dropping_a_job_cancels_it() {
        let (seen, was_seen) = channel();
        let job = Job::start(
            move |shared| {
                while !shared.cancelled() {
                    std::thread::yield_now();
                }
                let _ = seen.send(());
            },
            || {},
        );
        drop(job);
        assert!(was_seen.recv().is_ok());
    }
}
