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
    use crate::formats::ReadOptions;
    use crate::jobs;

    #[test]
    fn a_link_that_its_dates_forbid_is_a_warning() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("links.json");
        let text = r#"{"chronolane":1,"events":[
            {"id":"visit","when":"2023-08-30","title":"Visit"},
            {"id":"answer","when":"2023-08","title":"Answer","links":[{"to":"visit","relation":"answers"}]},
            {"id":"early","when":"2023-08-29","title":"Too early","links":[{"to":"visit","relation":"follows"}, "answer", {"to":"nobody","relation":"follows"}]}
        ]}"#;
        std::fs::write(&path, text).unwrap();
        let loaded = jobs::load(&[path], &ReadOptions::default(), None, &crate::formats::Silent).unwrap();
        let problems = &loaded.store.ledger().files[0].problems;
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].message.starts_with("\"follows\" cannot be so: \"early\" (29 Aug 2023)"), "{problems:?}");
        assert_eq!((problems[0].line, problems[0].field.as_str()), (4, "links"));
    }
}
