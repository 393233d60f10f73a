//! What the detail pane looks up behind the frame: each quote in its source's text, and events that have to do with the selected one.
//!
//! Looked up once for each selection, off the UI thread, one selection at a time, so that scrubbing does not pile up work.

use std::sync::{Arc, Weak};

use egui::Context;

use super::super::Facts;
use crate::jobs::{Job, Outcome, QuoteContext, Shared, quote_contexts};
use crate::store::{EventId, EventStore, Related, related};

/// An event of one store, under one filter.
#[derive(Clone)]
struct Asked {
    store: Weak<EventStore>,
    /// The document's generation: another one has other events that match.
    generation: u64,
    event: EventId,
}

impl Asked {
    fn is(&self, facts: Facts<'_>, event: EventId) -> bool {
        self.generation == facts.document.generation && self.is_of(&facts.document.store, event)
    }

    fn is_of(&self, store: &Arc<EventStore>, event: EventId) -> bool {
        self.event == event && std::ptr::eq(self.store.as_ptr(), Arc::as_ptr(store))
    }
}

/// What was looked up for an event.
#[derive(Default)]
struct Found {
    /// What was found of each of its quotes.
    quotes: Vec<Option<QuoteContext>>,
    related: Related,
}

/// The pane's own state.
#[derive(Default)]
pub(in crate::app) struct Contexts {
    /// The event that is being looked up.
    asked: Option<Asked>,
    looking: Option<Job<Found>>,
    /// The event that was looked up, and what was found.
    found: Option<(Asked, Found)>,
}

impl Contexts {
    /// Whether files are being read.
    pub fn is_busy(&self) -> bool {
        self.looking.is_some()
    }

    /// Forgets everything: another file is open.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Takes what was looked up, whether or not the pane is there to show it.
    pub fn take_finished(&mut self) {
        match self.looking.as_ref().map(Job::poll) {
            Some(Outcome::Done(found)) => {
                self.found = self.asked.clone().map(|asked| (asked, found));
                self.looking = None;
            }
            Some(Outcome::Lost) => self.looking = None,
            Some(Outcome::Working) | None => {}
        }
    }

    /// Looks up what belongs to an event, unless it is known or another is being looked up.
    pub(super) fn update(&mut self, ctx: &Context, facts: Facts<'_>, event: EventId) {
        let document = facts.document;
        if self.looking.is_none() && !self.asked.as_ref().is_some_and(|asked| asked.is(facts, event)) {
            self.asked = Some(Asked { store: Arc::downgrade(&document.store), generation: document.generation, event });
            let among = if document.standing_out().is_some() { None } else { document.matching.clone() };
            let (store, ctx) = (Arc::clone(&document.store), ctx.clone());
            let work = move |_: &Shared| Found { related: related(&store, event, among.as_deref()), quotes: quote_contexts(&store, event) };
            self.looking = Some(Job::start(work, move || ctx.request_repaint()));
        }
    }

    /// The events that have to do with an event; `None` while they are looked up.
    pub(super) fn related(&self, store: &Arc<EventStore>, event: EventId) -> Option<&Related> {
        self.found.as_ref().filter(|(of, _)| of.is_of(store, event)).map(|(_, found)| &found.related)
    }

    /// What was found of a quote of an event.
    pub(super) fn of(&self, store: &Arc<EventStore>, event: EventId, evidence: usize) -> Option<&QuoteContext> {
        self.found.as_ref().filter(|(of, _)| of.is_of(store, event)).and_then(|(_, found)| found.quotes.get(evidence)?.as_ref())
    }
}
