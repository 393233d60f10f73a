//! Which events are written, and in which order.

use std::io;

use super::{WriteError, Writer};
use crate::formats::Progress;
use crate::model::Event;
use crate::store::{EventId, EventSet, EventStore};
use crate::time::{self, DateError, Dialect};

/// Events of a store to be written, in order.
pub struct Selection<'s> {
    /// Where they are.
    pub store: &'s EventStore,
    events: Vec<EventId>,
    /// Whether some date among them can be read two ways, so that another's could decide it.
    pub(super) has_ambiguous: bool,
}

/// How often the watcher is asked, in events.
const BEAT: usize = 1024;

impl<'s> Selection<'s> {
    /// All events, or those of a set, in the order that a writer wants.
    pub fn of(store: &'s EventStore, matching: Option<&EventSet>, writer: &dyn Writer) -> Self {
        let mut events: Vec<EventId> =
            (0..store.len() as u32).map(EventId).filter(|event| matching.is_none_or(|set| set.has(*event))).collect();
        if !writer.is_by_time() {
            events.sort_by_cached_key(|event| {
                let origin = store.origin(*event);
                (origin.file, origin.line, *event)
            });
        }
        let is_ambiguous = |event: &EventId| {
            event.0 as usize >= store.dated()
                && matches!(time::read(&store.record(*event).when_text, &Dialect::default()), Err(DateError::Ambiguous { .. }))
        };
        let has_ambiguous = events.iter().any(is_ambiguous);
        Self { store, events, has_ambiguous }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Takes each event in order, as one of several passes over them (which, of how many).
    pub(super) fn each(
        &self,
        progress: &dyn Progress,
        (pass, passes): (usize, usize),
        mut take: impl FnMut(EventId, &Event<'_>) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let (before, total) = (self.events.len() * pass, self.events.len() * passes);
        let (mut done, mut result) = (0_usize, Ok(()));
        self.store.each_record(&self.events, |id, event| {
            if done.is_multiple_of(BEAT) {
                progress.at((before + done) as u64, total as u64, done as u64);
                if progress.cancelled() {
                    result = Err(WriteError::Cancelled);
                    return false;
                }
            }
            done += 1;
            result = take(id, event).map_err(WriteError::Output);
            result.is_ok()
        });
        result?;
        self.store.lost_text().map_or(Ok(()), |lost| Err(lost.into()))
    }
}
