//! Links whose dates make them impossible: "follows", where the event can only have begun before the one that it names.
//!
//! Only events with links are looked at, so a load without links pays nothing.

use super::{EventId, EventStore};
use crate::model::Severity;
use crate::time::{self, LinkOrder};

impl EventStore {
    /// Warns of links among `linked` that cannot be, in the ledger of their file.
    pub(super) fn note_impossible_links(&mut self, linked: &[EventId]) {
        let mut found = Vec::new();
        for event in linked {
            let Some(extent) = self.extent(*event) else { continue };
            let record = self.record(*event);
            for link in &record.links {
                let Some(order) = LinkOrder::of(&link.relation) else { continue };
                let Some(named) = self.find_id(&link.to) else { continue };
                if self.extent(named).is_none_or(|other| order.is_possible(&extent, &other)) {
                    continue;
                }
                let said = |id: EventId| self.record(id).when.as_ref().map(time::wording_short).unwrap_or_default();
                let (this, that) = (format!("\"{}\" ({})", record.id, said(*event)), format!("\"{}\" ({})", link.to, said(named)));
                let message = format!(
                    "\"{}\" cannot be so: {this} can only have begun {} {that}. Check both dates and the link",
                    link.relation,
                    if order == LinkOrder::Follows { "before" } else { "after" }
                );
                found.push((self.origin(*event), message, link.to.to_string()));
            }
        }
        for (origin, message, text) in found {
            if let Some(file) = self.ledger.files.get_mut(origin.file as usize) {
                file.problem(Severity::Warning, origin.line, 0, "links", message, &text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Event, EventSink as _, FileLedger, Ledger, Link};
    use crate::store::StoreBuilder;
    use crate::time::{Dialect, read};

    #[test]
    fn a_link_that_its_dates_forbid_is_a_warning() {
        let mut builder = StoreBuilder::default();
        builder.begin_file("links.json".into());
        let event = |id: &'static str, when: &'static str, links: &[(&'static str, &'static str)]| Event {
            id: id.into(),
            when: read(when, &Dialect::EDTF).ok(),
            links: links.iter().map(|(to, relation)| Link { to: (*to).into(), relation: (*relation).into() }).collect(),
            ..Event::default()
        };
        builder.event(&event("early", "2023-08-29", &[("visit", "follows"), ("answer", ""), ("nobody", "follows")]), 4);
        builder.event(&event("visit", "2023-08-30", &[]), 2);
        builder.event(&event("answer", "2023-08", &[("visit", "answers")]), 3);
        let store = builder.finish(Ledger { files: vec![FileLedger::new("links.json", "native")] });
        let problems = &store.ledger().files[0].problems;
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].message.starts_with("\"follows\" cannot be so: \"early\" (29 Aug 2023)"), "{problems:?}");
        assert_eq!((problems[0].line, problems[0].field.as_str()), (4, "links"));
    }
}
