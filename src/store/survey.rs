//! What loading files would say of their rows, without keeping their events: for who wants the ledger alone.
//!
//! The files are read once, and of an event is kept the hash of its id where the file gives one. Only where two of these are the same are the files read again, for the ids in
//! question ([`Repeats`]). Links and phrases that have to be held against other events need a store: [`Survey::needs_store`] says so as soon as one was seen.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ahash::RandomState;
use rayon::slice::ParallelSliceMut as _;

use super::build::is_made_id;
use super::phrases::{Judgement, Phrases};
use super::{RepeatedId, note_repeated};
use crate::model::{Event, EventSink, FileLedger, Ledger, Origin, PartSink, PieceText, RawText, Tables};
use crate::time::LinkOrder;

/// Takes events and keeps no more of them than the ledger may still need.
#[derive(Debug, Default)]
pub struct Survey {
    /// Of the ids that the files give.
    id_hashes: Vec<u64>,
    hasher: RandomState,
    phrases: Phrases,
    /// Where the file being read begins in `id_hashes`.
    file_began: usize,
    needs_store: Arc<AtomicBool>,
}

impl Survey {
    /// Begins a file; every event that follows belongs to it.
    pub fn begin_file(&mut self) {
        self.file_began = self.id_hashes.len();
    }

    /// Drops what was taken of the file that was begun last, which turned out to be unreadable.
    pub fn drop_file(&mut self) {
        self.id_hashes.truncate(self.file_began);
    }

    /// Whether something was seen of which only a store can tell what is to be said. What was taken is then of no use.
    pub fn needs_store(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.needs_store)
    }

    /// What has to read the files again, in the same order, to note which ids stand more than once; `None` where none does.
    pub fn repeats(mut self, ledger: Ledger) -> Result<Repeats, Ledger> {
        self.id_hashes.par_sort_unstable();
        let mut suspects: Vec<u64> = self.id_hashes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        suspects.dedup();
        if suspects.is_empty() {
            return Err(ledger);
        }
        let suspects = Suspects { hashes: Arc::new(suspects), hasher: self.hasher };
        Ok(Repeats { suspects, seen: HashMap::default(), ledger, file: 0, in_file: 0, is_torn: false })
    }

    fn look_at(&mut self, event: &Event<'_>) {
        let is_held_to_others = event.links.iter().any(|link| LinkOrder::of(&link.relation).is_some())
            || (event.evidence.iter().any(|evidence| !evidence.phrase.is_empty()) && self.phrases.judge(event) != Judgement::Fine)
            || is_made_id(&event.id);
        if is_held_to_others {
            self.needs_store.store(true, Ordering::Relaxed);
        }
    }
}

impl EventSink for Survey {
    fn event(&mut self, event: &Event<'_>, _line: u32) {
        self.look_at(event);
        if !event.id.is_empty() {
            self.id_hashes.push(self.hasher.hash_one(event.id.as_ref()));
        }
    }

    fn tables(&mut self, _tables: Tables) {}

    fn part(&self) -> Option<Box<dyn PartSink>> {
        Some(Box::new(Self { hasher: self.hasher.clone(), needs_store: Arc::clone(&self.needs_store), ..Self::default() }))
    }

    fn append(&mut self, part: Box<dyn PartSink>, _text: PieceText, _so_far: &FileLedger) {
        let Ok(part) = part.into_any().downcast::<Self>() else { return };
        self.id_hashes.extend_from_slice(&part.id_hashes);
    }

    fn start_over(&mut self) {
        self.drop_file();
    }
}

impl PartSink for Survey {
    fn of_text(&self, _raw: &RawText, _bytes: usize, _kept: bool) -> Box<dyn PartSink> {
        Box::new(Self { hasher: self.hasher.clone(), needs_store: Arc::clone(&self.needs_store), ..Self::default() })
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

/// The ids that may stand more than once, by their hashes.
#[derive(Clone, Debug)]
struct Suspects {
    /// In order.
    hashes: Arc<Vec<u64>>,
    hasher: RandomState,
}

impl Suspects {
    /// Whether an id may be that of another event too, or be the one that another is given in place of its own.
    fn may_repeat(&self, id: &str) -> bool {
        !id.is_empty() && (numbered(id).is_some() || self.hashes.binary_search(&self.hasher.hash_one(id)).is_ok())
    }
}

/// The parts of an id such as those that repeated ones are given: `name~2`.
fn numbered(id: &str) -> Option<(&str, u32)> {
    let (base, digits) = id.rsplit_once('~')?;
    let number: u32 = digits.parse().ok()?;
    (number >= 2 && !digits.starts_with(['0', '+'])).then_some((base, number))
}

/// Takes the events of files once more, and notes in their ledgers which ids stand more than once, as a store would.
#[derive(Debug)]
pub struct Repeats {
    suspects: Suspects,
    /// Ids that were seen, with the number that the next of the same is given.
    seen: HashMap<Box<str>, u32, RandomState>,
    ledger: Ledger,
    file: u32,
    /// Ids looked at in the file being read.
    in_file: u64,
    /// Whether a file was begun anew after ids of it had been looked at: then what is noted is of no use.
    is_torn: bool,
}

impl Repeats {
    /// Begins a file, by its place among those that have a ledger.
    pub fn begin_file(&mut self, file: usize) {
        (self.file, self.in_file) = (file as u32, 0);
    }

    /// The ledger with all notes; `None` where a file had to be read from its beginning again, and only a store can tell.
    pub fn into_ledger(self) -> Option<Ledger> {
        (!self.is_torn).then_some(self.ledger)
    }

    /// Whether an event before has this id: its own, or one that it was given.
    fn is_taken(&self, id: &str) -> bool {
        let is_given = |(base, number): (&str, u32)| self.seen.get(base).is_some_and(|next| number < *next);
        self.seen.contains_key(id) || numbered(id).is_some_and(is_given)
    }

    fn take(&mut self, id: &str, line: u32) {
        self.in_file += 1;
        if !self.is_taken(id) {
            self.seen.insert(id.into(), 2);
            return;
        }
        let mut number = self.seen.get(id).copied().unwrap_or(2);
        let now = loop {
            let now = format!("{id}~{number}");
            let is_free = !self.seen.contains_key(now.as_str());
            number += 1;
            if is_free {
                break now;
            }
        };
        self.seen.insert(id.into(), number);
        note_repeated(&mut self.ledger, &RepeatedId { origin: Origin { file: self.file, line }, id: id.to_owned(), now });
    }
}

impl EventSink for Repeats {
    fn event(&mut self, event: &Event<'_>, line: u32) {
        if self.suspects.may_repeat(&event.id) {
            self.take(&event.id, line);
        }
    }

    fn tables(&mut self, _tables: Tables) {}

    fn part(&self) -> Option<Box<dyn PartSink>> {
        Some(Box::new(Suspected { suspects: self.suspects.clone(), ids: String::new(), found: Vec::new() }))
    }

    fn append(&mut self, part: Box<dyn PartSink>, _text: PieceText, _so_far: &FileLedger) {
        let Ok(part) = part.into_any().downcast::<Suspected>() else { return };
        let mut from = 0;
        for &(line, to) in &part.found {
            self.take(&part.ids[from..to], line);
            from = to;
        }
    }

    fn start_over(&mut self) {
        self.is_torn |= self.in_file > 0;
    }
}

/// The ids in question of a piece of a file.
#[derive(Debug)]
struct Suspected {
    suspects: Suspects,
    /// One behind the other.
    ids: String,
    /// Of each its line and where it ends.
    found: Vec<(u32, usize)>,
}

impl EventSink for Suspected {
    fn event(&mut self, event: &Event<'_>, line: u32) {
        if self.suspects.may_repeat(&event.id) {
            self.ids.push_str(&event.id);
            self.found.push((line, self.ids.len()));
        }
    }

    fn tables(&mut self, _tables: Tables) {}
}

impl PartSink for Suspected {
    fn of_text(&self, _raw: &RawText, _bytes: usize, _kept: bool) -> Box<dyn PartSink> {
        Box::new(Self { suspects: self.suspects.clone(), ids: String::new(), found: Vec::new() })
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::StoreBuilder;

    /// What both ways of reading say of events with these ids, in two files.
    fn said(ids: &[String]) -> [Option<Ledger>; 2] {
        let ledger = || Ledger { files: vec![FileLedger::new("a.json", "json"), FileLedger::new("b.json", "json")] };
        let halves: Vec<&[String]> = vec![&ids[..ids.len() / 2], &ids[ids.len() / 2..]];
        let each = |half: &[String], sink: &mut dyn EventSink| {
            for (line, id) in (1..).zip(half) {
                sink.event(&Event { id: id.into(), ..Event::default() }, line);
            }
        };
        let (mut builder, mut survey) = (StoreBuilder::default(), Survey::default());
        for half in &halves {
            builder.begin_file("x.json".into());
            survey.begin_file();
            each(half, &mut builder);
            each(half, &mut survey);
        }
        let stored = builder.finish(ledger()).ledger().clone();
        if survey.needs_store().load(Ordering::Relaxed) {
            return [Some(stored), None];
        }
        let surveyed = survey.repeats(ledger()).map_or_else(
            |ledger| ledger,
            |mut repeats| {
                for (at, half) in halves.iter().enumerate() {
                    repeats.begin_file(at);
                    each(half, &mut repeats);
                }
                repeats.into_ledger().expect("nothing was read anew")
            },
        );
        [Some(stored), Some(surveyed)]
    }

    #[test]
    fn what_only_a_store_can_tell_is_seen() {
        let link = |relation: &'static str| crate::model::Link { to: "a".into(), relation: relation.into() };
        for (event, needs) in [
            (Event { id: "line-7".into(), ..Event::default() }, true),
            (Event { id: "2:17".into(), ..Event::default() }, true),
            (Event { links: vec![link("part of")], ..Event::default() }, false),
            (Event { links: vec![link("follows")], ..Event::default() }, true),
            (Event { id: "e7".into(), ..Event::default() }, false),
        ] {
            let mut survey = Survey::default();
            let mut part = survey.part().unwrap().of_text(&RawText::from(Vec::new()), 0, true);
            part.event(&event, 1);
            survey.append(part, PieceText::default(), &FileLedger::default());
            assert_eq!(survey.needs_store().load(Ordering::Relaxed), needs, "{event:?}");
        }
    }

    #[test]
    fn a_file_that_is_begun_anew_is_left_to_a_store() {
        let mut survey = Survey::default();
        let event = Event { id: "same".into(), ..Event::default() };
        (0..2).for_each(|line| survey.event(&event, line));
        let mut repeats = survey.repeats(Ledger::default()).unwrap();
        repeats.begin_file(0);
        repeats.start_over();
        assert!(!repeats.is_torn, "nothing was taken yet");
        repeats.event(&event, 1);
        repeats.start_over();
        assert_eq!(repeats.into_ledger(), None);
    }

    proptest! {
        /// Which ids stand more than once, and what they become, is said as a store says it.
        #[test]
        fn repeated_ids_are_noted_as_a_store_notes_them(ids in prop::collection::vec("(a|b|a~2|a~3|b~2|a~2~2|a~02|a~1|~2||c~4294967295)", 0..40)) {
            let [stored, surveyed] = said(&ids);
            prop_assert_eq!(stored, surveyed);
        }
    }
}
