//! What the detail pane looks up behind the frame: each quote in its source's text, and events that have to do with the selected one.
//!
//! Looked up once for each selection; files are read off the UI thread, one selection at a time, so that scrubbing does not pile up reads.

use std::sync::{Arc, Weak};

use egui::Context;

use super::super::Facts;
use crate::jobs::{Job, Outcome, QuoteContext, quote_contexts};
use crate::store::{EventId, EventStore, Related, related};

/// An event of one store.
#[derive(Clone)]
struct Asked {
    store: Weak<EventStore>,
    event: EventId,
}

impl Asked {
    fn is(&self, store: &Arc<EventStore>, event: EventId) -> bool {
        self.event == event && std::ptr::eq(self.store.as_ptr(), Arc::as_ptr(store))
    }
}

/// The pane's own state.
#[derive(Default)]
pub(in crate::app) struct Contexts {
    /// The document, by its generation, and the event that `related` is of.
    related_of: Option<(u64, EventId)>,
    related: Related,
    /// The event whose quotes are being looked up.
    asked: Option<Asked>,
    looking: Option<Job<Vec<Option<QuoteContext>>>>,
    /// The event whose quotes were looked up, and what was found of each.
    found: Option<(Asked, Vec<Option<QuoteContext>>)>,
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

    /// Looks up what belongs to an event, unless it is known or another is being looked up.
    pub(super) fn update(&mut self, ctx: &Context, facts: Facts<'_>, event: EventId) {
        let document = facts.document;
        let of = Some((document.generation, event));
        if self.related_of != of {
            self.related_of = of;
            let among = if document.standing_out().is_some() { None } else { document.matching.as_deref() };
            self.related = related(&document.store, event, among);
        }
        match self.looking.as_ref().map(Job::poll) {
            Some(Outcome::Done(contexts)) => {
                self.found = self.asked.clone().map(|asked| (asked, contexts));
                self.looking = None;
            }
            Some(Outcome::Lost) => self.looking = None,
            Some(Outcome::Working) | None => {}
        }
        if self.looking.is_none() && !self.asked.as_ref().is_some_and(|asked| asked.is(&document.store, event)) {
            self.asked = Some(Asked { store: Arc::downgrade(&document.store), event });
            let (store, ctx) = (Arc::clone(&document.store), ctx.clone());
            self.looking = Some(Job::start(move |_| quote_contexts(&store, event), move || ctx.request_repaint()));
        }
    }

    pub(super) fn related(&self) -> &Related {
        &self.related
    }

    /// What was found of a quote of an event.
    pub(super) fn of(&self, store: &Arc<EventStore>, event: EventId, evidence: usize) -> Option<&QuoteContext> {
        self.found.as_ref().filter(|(of, _)| of.is(store, event)).and_then(|(_, contexts)| contexts.get(evidence)?.as_ref())
    }
}
