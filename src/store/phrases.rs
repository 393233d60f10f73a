//! Phrases that contradict the date of their event: "last week", said on a day whose last week the event does not lie in.
//!
//! Judged while events are taken, on all cores, where the row itself says when its source was published; where a table of sources says so, when all are
//! there. Events without a phrase cost one look.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{EventId, EventStore};
use crate::model::{Event, Evidence, FileLedger, Severity};
use crate::time::{self, Dialect, Extent, PhraseReading, When};

/// What a phrase said on a day can mean, with the extents of its readings; only of phrases that can be held to that day.
#[derive(Debug)]
struct Meaning {
    readings: Vec<PhraseReading>,
    extents: Vec<Extent>,
}

/// Phrases that were read, by phrase and day: a file says the same ones many times.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrases {
    known: HashMap<String, Option<Arc<Meaning>>>,
    key: String,
}

/// What a look at an event's phrases came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    /// Nothing to be said against them.
    Fine,
    /// One of them cannot be true of its date.
    Contradiction,
    /// One of them stands in a source whose day of publication the event does not give.
    NeedsSource,
}

impl Phrases {
    /// Readings that are kept; then they are forgotten.
    const KEPT: usize = 16 * 1024;

    fn meaning(&mut self, phrase: &str, published: &str) -> Option<Arc<Meaning>> {
        self.key.clear();
        for part in [phrase, "\n", published] {
            self.key.push_str(part);
        }
        if let Some(known) = self.known.get(&self.key) {
            return known.clone();
        }
        let readings = if time::hangs_on_story(phrase) { None } else { time::phrase(phrase, published, &Dialect::default()).ok() };
        let meaning = readings.map(|readings| {
            let extent = |reading: &PhraseReading| time::read(&reading.edtf, &Dialect::EDTF).ok().map(|when| when.reading.extent);
            Arc::new(Meaning { extents: readings.iter().filter_map(extent).collect(), readings })
        });
        if self.known.len() >= Self::KEPT {
            self.known.clear();
        }
        self.known.insert(self.key.clone(), meaning.clone());
        meaning
    }

    /// The meaning of an evidence's phrase and the date that it contradicts; nothing where it can be true.
    fn contradiction<'e>(
        &mut self,
        event: &'e Event<'_>,
        evidence: &'e Evidence<'_>,
        published: &str,
    ) -> Option<(Arc<Meaning>, &'e When<'e>)> {
        // A source that gives another date than the event's is held to its own.
        let when = evidence.when.as_ref().or(event.when.as_ref())?;
        let meaning = self.meaning(evidence.phrase.trim(), published)?;
        let date = time::in_any_zone(&when.reading);
        let fits = meaning.extents.iter().any(|extent| time::agrees(extent, &date));
        (!fits).then_some((meaning, when))
    }

    /// Judges the phrases of an event by what its own row says.
    pub(super) fn judge(&mut self, event: &Event<'_>) -> Judgement {
        let mut judgement = Judgement::Fine;
        for evidence in event.evidence.iter().filter(|evidence| !evidence.phrase.trim().is_empty()) {
            if evidence.published.is_empty() {
                if !evidence.source.is_empty() && judgement == Judgement::Fine {
                    judgement = Judgement::NeedsSource;
                }
            } else if self.contradiction(event, evidence, &evidence.published).is_some() {
                judgement = Judgement::Contradiction;
            }
        }
        judgement
    }
}

/// What contradicts what, in words: "'last week', said on 30 August 2023: 21 to 27 August 2023, but the event is dated 3 May 2021".
fn words(meaning: &Meaning, when: &When<'_>, is_sources: bool) -> String {
    let mut readings = meaning.readings.iter();
    let first = readings.next().map_or("", |reading| reading.reasoning.as_str());
    let others: Vec<String> = readings
        .filter_map(|reading| time::read(&reading.edtf, &Dialect::EDTF).ok())
        .map(|when| format!(" (or {})", time::wording_short(&when)))
        .collect();
    let whose = if is_sources { "its source dates it" } else { "the event is dated" };
    let date = time::wording_short(when);
    format!("{first}{}, but {whose} {date}. Check the date, the words, and the day on which they were published", others.concat())
}

impl EventStore {
    /// Warns of contradicting phrases, in the ledger of their file: those of `contradicted`, and those of `unsourced` that contradict what the tables say of their source.
    pub(super) fn note_contradictions(&mut self, contradicted: &[EventId], unsourced: &[EventId]) {
        // Of many in a file only the first are told in words.
        let mut in_file = vec![0_usize; self.ledger.files.len()];
        let mut first = |event: &&EventId| {
            let count = in_file.get_mut(self.origin(**event).file as usize);
            count.is_some_and(|count| {
                *count += 1;
                *count <= FileLedger::PROBLEMS_KEPT
            })
        };
        let told: Vec<EventId> = contradicted.iter().filter(|event| first(event)).copied().collect();
        let found: Vec<(u32, u32, String, String)> = {
            let sources = self.tables.iter().flat_map(|tables| &tables.sources);
            let mut published: HashMap<&str, &str> = HashMap::new();
            for source in sources.filter(|source| !source.published.is_empty()) {
                published.entry(source.id.as_str()).or_insert(source.published.as_str());
            }
            let unsourced: &[EventId] = if published.is_empty() { &[] } else { unsourced };
            let said = |phrases: &mut Phrases, id: &EventId| -> Vec<(u32, u32, String, String)> {
                let (event, origin) = (self.record(*id), self.origin(*id));
                let phrased = event.evidence.iter().filter(|evidence| !evidence.phrase.trim().is_empty());
                let judged = phrased.filter_map(|evidence| {
                    let own = evidence.published.as_ref();
                    let day = if own.is_empty() { published.get(evidence.source.as_ref()).copied()? } else { own };
                    let (meaning, when) = phrases.contradiction(&event, evidence, day)?;
                    Some((origin.file, origin.line, words(&meaning, when, evidence.when.is_some()), evidence.phrase.to_string()))
                });
                judged.collect()
            };
            told.par_iter().chain(unsourced).map_init(Phrases::default, said).flatten().collect()
        };
        for (file, line, message, phrase) in found {
            if let Some(file) = self.ledger.files.get_mut(file as usize) {
                file.problem(Severity::Warning, line, 0, "phrase", message, &phrase);
            }
        }
        for (file, count) in self.ledger.files.iter_mut().zip(in_file) {
            let untold = count.saturating_sub(FileLedger::PROBLEMS_KEPT) as u64;
            file.problems_total += untold;
            file.serious_total += untold;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventSink as _, Ledger, Source, Tables};
    use crate::store::StoreBuilder;
    use crate::time::read;

    fn event(when: &'static str, evidence: Evidence<'static>) -> Event<'static> {
        Event { when: read(when, &Dialect::EDTF).ok(), evidence: vec![evidence], ..Event::default() }
    }

    fn said(phrase: &'static str, published: &'static str) -> Evidence<'static> {
        Evidence { phrase: phrase.into(), published: published.into(), ..Evidence::default() }
    }

    fn problems(events: &[Event<'_>], tables: Tables) -> Vec<(u32, String)> {
        let mut builder = StoreBuilder::default();
        builder.begin_file("phrases.json".into());
        for (at, event) in events.iter().enumerate() {
            builder.event(event, at as u32 + 1);
        }
        builder.tables(tables);
        let store = builder.finish(Ledger { files: vec![FileLedger::new("phrases.json", "native")] });
        let file = &store.ledger().files[0];
        assert_eq!(file.problems_total, file.serious_total);
        file.problems.iter().map(|problem| (problem.line, problem.message.clone())).collect()
    }

    #[test]
    fn a_phrase_that_cannot_be_true_of_the_date_is_a_warning_with_both() {
        let found = problems(
            &[
                event("2023-08-25", said("last week", "2023-08-30")),
                event("2021-05-03", said("last week", "2023-08-30")),
                event("2023-08", said("last week", "30 August 2023")),
                event("2021-05-03", said("in due course", "2023-08-30")),
                event("2021-05-03", said("last week", "")),
                event("2022-11", said("in the same month", "2023-08-30")),
                event("no date", said("last week", "2023-08-30")),
            ],
            Tables::default(),
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, 2);
        let words = "'last week', said on 30 August 2023: 21 to 27 August 2023 (weeks run from Monday to Sunday), but the event is dated 3 May 2021. ";
        assert!(found[0].1.starts_with(words), "{}", found[0].1);
    }

    #[test]
    fn the_table_of_sources_says_when_a_phrase_was_said() {
        let of = |source: &'static str| Evidence { phrase: "yesterday".into(), source: source.into(), ..Evidence::default() };
        let row = Source { id: "wire".into(), published: "2023-08-30".into(), ..Source::default() };
        let tables = Tables { sources: vec![row], ..Tables::default() };
        let found = problems(&[event("2023-08-29", of("wire")), event("2023-08-28", of("wire")), event("2023-08-28", of("other"))], tables);
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn an_instant_is_held_to_no_zone() {
        let none = problems(&[event("2023-08-30T03:00:00Z", said("yesterday", "2023-08-30"))], Tables::default());
        assert_eq!(none, [], "it was still the 29th in America");
        let found = problems(&[event("2023-08-31T03:00:00Z", said("yesterday", "2023-08-30"))], Tables::default());
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_source_with_its_own_date_is_held_to_that() {
        let evidence = Evidence { when: read("2023-08-29", &Dialect::EDTF).ok(), ..said("yesterday", "2023-08-30") };
        assert_eq!(problems(&[event("2021", evidence)], Tables::default()), []);
        let evidence = Evidence { when: read("2021", &Dialect::EDTF).ok(), ..said("yesterday", "2023-08-30") };
        let found = problems(&[event("2023-08-29", evidence)], Tables::default());
        assert!(found.len() == 1 && found[0].1.contains("but its source dates it 2021"), "{found:?}");
    }

    #[test]
    fn every_contradiction_is_counted_and_the_first_are_told() {
        let events: Vec<Event<'_>> = (0..FileLedger::PROBLEMS_KEPT + 50).map(|_| event("2021", said("yesterday", "2023-08-30"))).collect();
        let mut builder = StoreBuilder::default();
        builder.begin_file("phrases.jsonl".into());
        for (at, event) in events.iter().enumerate() {
            builder.event(event, at as u32 + 1);
        }
        let store = builder.finish(Ledger { files: vec![FileLedger::new("phrases.jsonl", "jsonl")] });
        let file = &store.ledger().files[0];
        assert_eq!((file.problems.len(), file.problems_total), (FileLedger::PROBLEMS_KEPT, events.len() as u64));
        assert!(file.problems.iter().all(|problem| !problem.message.is_empty()));
    }
}
