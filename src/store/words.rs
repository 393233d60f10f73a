//! The search index: which words stand in which events.
//!
//! Events are taken in segments of [`SEGMENT`], so that segments are made and asked in parallel and an event within one is a `u16`. A segment keeps each
//! distinct folded word once, in one text, the most frequent first; a word in many events keeps them as bits, any other as a list:
//!
//! ```text
//! vocabulary   the · of · talks · e17 · …      one text, words parted by NUL, found by substring
//! dense        bits  bits                      for the first words
//! lists                    3 9 40  17  …       for the others, by offsets
//! ```
//!
//! The index of a segment takes at most half of what its text does ([`most_bytes`]): where words are so many and so short that it would take more, the segment keeps none, and
//! its events are looked through one by one.
//!
//! A word is a run of letters and digits of the folded text. What is looked for within one word is answered exactly; anything longer is narrowed down
//! here and then looked up in the text ([`WordIndex::candidates`]). The index answers what a scan of all text would; a property test compares the two.

use std::collections::HashMap;

use ahash::RandomState;
use memchr::memmem::Finder;
use rayon::prelude::*;

use super::traits::Traits;
use super::unpack::{self, NameField};
use super::{EventId, EventSet, EventStore, fold_text};

/// Events of one segment.
const SEGMENT: usize = 1 << 16;
/// 64-bit words of a segment's bitmap.
const SEGMENT_WORDS: usize = SEGMENT / 64;
/// A word in more events of a segment than this keeps bits: then they are smaller than the list.
const DENSE: usize = SEGMENT / 16;

/// Which words stand in which events of a store.
#[derive(Debug, Default)]
pub struct WordIndex {
    segments: Vec<Segment>,
}

#[derive(Debug, Default)]
struct Segment {
    vocabulary: Vec<u8>,
    /// Where each word begins in the vocabulary, and one more for its end.
    starts: Vec<u32>,
    /// Bits of the first words, `SEGMENT_WORDS` each.
    dense: Vec<u64>,
    /// Where the list of each further word begins, and one more for the end.
    list_starts: Vec<u32>,
    lists: Vec<u16>,
    /// Places, tags and sources, by [`NAMED`].
    named: [NameLists; 3],
    /// What each of its events has.
    traits: Vec<Traits>,
    /// Whether it keeps no words: any event may hold any.
    left_out: bool,
}

/// What the words of a segment may take beside so many bytes of text; below a size at which it does not matter there is no limit.
const fn most_bytes(text_bytes: usize) -> usize {
    64 * 1024 + text_bytes / 2
}

/// The fields whose names have lists of their own.
const NAMED: [NameField; 3] = [NameField::Place, NameField::Tag, NameField::Source];

/// Which events of a segment bear which names of one field.
#[derive(Debug, Default)]
struct NameLists {
    /// The numbers of the names that occur, in order.
    names: Vec<u32>,
    /// Where the list of each begins, and one more for the end.
    starts: Vec<u32>,
    lists: Vec<u16>,
}

/// What the index knows of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidates {
    /// A bit for each event that may hold the text.
    pub words: Vec<u64>,
    /// Whether all of these do hold it.
    pub exact: bool,
}

impl WordIndex {
    /// Makes the index of a store on all cores; `None` where `stop` said so before it was done.
    pub(super) fn build(store: &EventStore, stop: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let names = Folded::of(store);
        let segments = (0..store.len().div_ceil(SEGMENT))
            .into_par_iter()
            .map(|at| (!stop()).then(|| Segment::build(store, &names, at * SEGMENT, ((at + 1) * SEGMENT).min(store.len()))))
            .collect::<Option<Vec<_>>>()?;
        Some(Self { segments })
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        self.segments.iter().map(Segment::bytes).sum()
    }

    /// A bit for each event that bears one of the names of a field that pass.
    pub(super) fn named(&self, field: NameField, passing: &[bool]) -> Vec<u64> {
        let at = NAMED.iter().position(|&own| own == field).unwrap_or_default();
        self.segments.par_iter().flat_map_iter(|segment| segment.named[at].events(passing)).collect()
    }

    /// Adds to `counts`, by the name's number, how many events of `among` (of all, without it) bear each name of a field.
    pub(super) fn named_counts(&self, field: NameField, among: Option<&EventSet>, counts: &mut [u32]) {
        let of_field = NAMED.iter().position(|&own| own == field).unwrap_or_default();
        for (at, segment) in self.segments.iter().enumerate() {
            let lists = &segment.named[of_field];
            for (place, &name) in lists.names.iter().enumerate() {
                let list = &lists.lists[lists.starts[place] as usize..lists.starts[place + 1] as usize];
                let count = among.map_or(list.len(), |among| {
                    let first = (at * SEGMENT) as u32;
                    list.iter().filter(|&&event| among.has(EventId(first + u32::from(event)))).count()
                });
                if let Some(sum) = counts.get_mut(name as usize) {
                    *sum += count as u32;
                }
            }
        }
    }

    /// What an event has.
    pub(super) fn traits(&self, event: EventId) -> Option<Traits> {
        let at = event.0 as usize;
        self.segments.get(at / SEGMENT)?.traits.get(at % SEGMENT).copied()
    }

    /// The events that may hold a folded text in some text or name; `None` where it has no letter or digit to go by.
    pub(super) fn candidates(&self, folded: &str) -> Option<Candidates> {
        let pieces: Vec<&str> = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|piece| !piece.is_empty()).collect();
        let exact = pieces.len() == 1 && pieces[0].len() == folded.len() && !self.segments.iter().any(|segment| segment.left_out);
        if pieces.is_empty() {
            return None;
        }
        let finders: Vec<Finder<'_>> = pieces.iter().map(|piece| Finder::new(piece.as_bytes())).collect();
        let words = self
            .segments
            .par_iter()
            .flat_map_iter(|segment| {
                let mut common: Option<Vec<u64>> = None;
                for finder in &finders {
                    let found = segment.holding(finder);
                    match &mut common {
                        None => common = Some(found),
                        Some(common) => common.iter_mut().zip(found).for_each(|(word, other)| *word &= other),
                    }
                }
                common.unwrap_or_default()
            })
            .collect();
        Some(Candidates { words, exact })
    }
}

/// The folded names of a store, so that each is folded once.
struct Folded {
    actors: Vec<String>,
    kinds: Vec<String>,
    places: Vec<String>,
    tags: Vec<String>,
    sources: Vec<String>,
}

impl Folded {
    fn of(store: &EventStore) -> Self {
        let plain = |names: &super::Names| names.iter().map(|(_, name)| fold_text(name).into_owned()).collect();
        let names = store.names();
        Self {
            actors: plain(&names.actors),
            kinds: names.kinds.iter().map(|(id, name)| fold_text(&format!("{name}\n{}", store.kind_label(id))).into_owned()).collect(),
            places: plain(&names.places),
            tags: plain(&names.tags),
            sources: names
                .sources
                .iter()
                .map(|(_, name)| {
                    let source = store.source(name);
                    fold_text(&[name, &source.title, &source.publisher, &source.author].join("\n")).into_owned()
                })
                .collect(),
        }
    }
}

/// The words of a segment as they are gathered.
#[derive(Default)]
struct Gathered {
    ids: HashMap<Box<[u8]>, u32, RandomState>,
    /// For each word: in how many events it stands, and the last of these, counted from 1.
    counts: Vec<(u32, u32)>,
    /// Every word of every event, once, in the order of events.
    pairs: Vec<(u32, u16)>,
    /// Bytes of the texts that words were taken from.
    text_bytes: usize,
}

impl Gathered {
    fn word(&mut self, word: &[u8], event: u16) {
        let id = if let Some(&id) = self.ids.get(word) {
            id
        } else {
            let id = self.counts.len() as u32;
            self.ids.insert(word.into(), id);
            self.counts.push((0, 0));
            id
        };
        let (count, last) = &mut self.counts[id as usize];
        if *last != u32::from(event) + 1 {
            *last = u32::from(event) + 1;
            *count += 1;
            self.pairs.push((id, event));
        }
    }

    /// Takes the words of a text that is folded already.
    fn folded(&mut self, text: &str, event: u16) {
        self.text_bytes += text.len();
        if text.is_ascii() {
            for word in text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
                self.word(word, event);
            }
        } else {
            for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
                self.word(word.as_bytes(), event);
            }
        }
    }
}

impl NameLists {
    /// Lays out pairs of a name and an event.
    fn of(mut pairs: Vec<(u32, u16)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut out = Self { lists: Vec::with_capacity(pairs.len()), ..Self::default() };
        for (name, event) in pairs {
            if out.names.last() != Some(&name) {
                out.names.push(name);
                out.starts.push(out.lists.len() as u32);
            }
            out.lists.push(event);
        }
        out.starts.push(out.lists.len() as u32);
        out
    }

    fn events(&self, passing: &[bool]) -> Vec<u64> {
        let mut bits = vec![0_u64; SEGMENT_WORDS];
        for (at, _) in self.names.iter().enumerate().filter(|(_, name)| passing.get(**name as usize).is_some_and(|passes| *passes)) {
            for &event in &self.lists[self.starts[at] as usize..self.starts[at + 1] as usize] {
                bits[usize::from(event) / 64] |= 1 << (event % 64);
            }
        }
        bits
    }

    fn bytes(&self) -> usize {
        4 * (self.names.len() + self.starts.len()) + 2 * self.lists.len()
    }
}

impl Segment {
    fn build(store: &EventStore, names: &Folded, from: usize, to: usize) -> Self {
        let mut gathered = Gathered::default();
        let mut named: [Vec<(u32, u16)>; 3] = Default::default();
        let mut reader = store.reader();
        let mut traits = Vec::with_capacity(to - from);
        for at in from..to {
            let (event, within) = (EventId(at as u32), (at - from) as u16);
            traits.push(Traits::of(store.packed(event)));
            for text in unpack::texts_in(reader.record(store.place(event))) {
                gathered.folded(&fold_text(text), within);
            }
            for actor in store.actors(event) {
                gathered.folded(&names.actors[actor.0 as usize], within);
            }
            if let Some(kind) = store.kind(event) {
                gathered.folded(&names.kinds[kind.0 as usize], within);
            }
            for ((field, folded), pairs) in NAMED.into_iter().zip([&names.places, &names.tags, &names.sources]).zip(&mut named) {
                for name in unpack::names_in(store.packed(event), field) {
                    gathered.folded(&folded[name.0 as usize], within);
                    pairs.push((name.0, within));
                }
            }
        }
        let words = Self::laid_out(&gathered);
        let kept = if words.bytes() > most_bytes(gathered.text_bytes) { Self { left_out: true, ..Self::default() } } else { words };
        Self { named: named.map(NameLists::of), traits, ..kept }
    }

    /// Orders the words by how often they stand, the most frequent first, and lays out their events.
    fn laid_out(gathered: &Gathered) -> Self {
        let mut words: Vec<(&[u8], u32)> = gathered.ids.iter().map(|(word, &id)| (&**word, id)).collect();
        words.sort_unstable_by_key(|&(_, id)| (std::cmp::Reverse(gathered.counts[id as usize].0), id));
        let mut segment = Self::default();
        segment.starts.reserve_exact(words.len() + 1);
        segment.vocabulary.reserve_exact(words.iter().map(|(word, _)| word.len() + 1).sum());
        // For each word: where its next event goes.
        let mut next = vec![0_u32; words.len()];
        let mut dense = 0_u32;
        let mut listed = 0_u32;
        for &(word, id) in &words {
            segment.starts.push(segment.vocabulary.len() as u32);
            segment.vocabulary.extend_from_slice(word);
            segment.vocabulary.push(0);
            let count = gathered.counts[id as usize].0;
            if count as usize > DENSE {
                next[id as usize] = dense;
                dense += 1;
            } else {
                next[id as usize] = listed;
                segment.list_starts.push(listed);
                listed += count;
            }
        }
        segment.starts.push(segment.vocabulary.len() as u32);
        segment.list_starts.push(listed);
        segment.list_starts.shrink_to_fit();
        segment.dense = vec![0; dense as usize * SEGMENT_WORDS];
        segment.lists = vec![0; listed as usize];
        for &(id, event) in &gathered.pairs {
            let place = &mut next[id as usize];
            if gathered.counts[id as usize].0 as usize > DENSE {
                segment.dense[*place as usize * SEGMENT_WORDS + usize::from(event) / 64] |= 1 << (event % 64);
            } else {
                segment.lists[*place as usize] = event;
                *place += 1;
            }
        }
        segment
    }

    fn bytes(&self) -> usize {
        let named: usize = self.named.iter().map(NameLists::bytes).sum();
        self.vocabulary.len()
            + 4 * (self.starts.len() + self.list_starts.len())
            + 8 * self.dense.len()
            + 2 * (self.lists.len() + self.traits.len())
            + named
    }

    /// Bits of the events with a word that holds what is looked for.
    fn holding(&self, finder: &Finder<'_>) -> Vec<u64> {
        if self.left_out {
            return vec![u64::MAX; SEGMENT_WORDS];
        }
        let mut bits = vec![0_u64; SEGMENT_WORDS];
        let dense = self.dense.len() / SEGMENT_WORDS;
        let (mut from, mut word, mut since) = (0, 0, 0);
        while let Some(at) = finder.find(&self.vocabulary[from..]) {
            let at = (from + at) as u32;
            // The next word that holds it is mostly near: steps first, halves only where it is far.
            let near = self.starts.len().min(word + 9);
            word += if self.starts[near - 1] > at {
                self.starts[word..near].iter().take_while(|&&start| start <= at).count() - 1
            } else {
                self.starts[word..].partition_point(|&start| start <= at) - 1
            };
            from = self.starts[word + 1] as usize;
            if word < dense {
                let own = &self.dense[word * SEGMENT_WORDS..(word + 1) * SEGMENT_WORDS];
                bits.iter_mut().zip(own).for_each(|(bits, own)| *bits |= own);
            } else {
                let list = word - dense;
                for &event in &self.lists[self.list_starts[list] as usize..self.list_starts[list + 1] as usize] {
                    bits[usize::from(event) / 64] |= 1 << (event % 64);
                }
            }
            word += 1;
            since += 1;
            // The most frequent words come first: all events may be found before all words are seen.
            if since % 64 == 0 && bits.iter().all(|word| *word == u64::MAX) {
                break;
            }
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::most_bytes;
    use crate::model::{Event, EventSink as _, Evidence, Ledger, Participant};
    use crate::store::{EventId, EventStore, Query, StoreBuilder};

    fn store_of(rows: &[(String, String, String)]) -> EventStore {
        let mut builder = StoreBuilder::default();
        builder.begin_file("made.jsonl".into());
        for (line, (title, actor, quote)) in rows.iter().enumerate() {
            let event = Event {
                title: title.into(),
                actors: vec![Participant { name: actor.into(), role: "".into() }],
                evidence: vec![Evidence { quote: quote.into(), source: "The Wire".into(), ..Evidence::default() }],
                ..Event::default()
            };
            builder.event(&event, line as u32 + 1);
        }
        builder.finish(Ledger::default())
    }

    fn found(store: &EventStore, text: &str) -> Vec<bool> {
        let query = Query::parse(text).unwrap();
        let set = query.run(store);
        (0..store.len() as u32).map(|event| set.has(EventId(event))).collect()
    }

    #[test]
    fn a_word_in_most_events_and_a_word_in_one_are_found() {
        let rows: Vec<(String, String, String)> =
            (0..70_000).map(|at| ("the talks".to_owned(), format!("Actor {}", at % 9), format!("number n{at}x"))).collect();
        let store = store_of(&rows);
        store.index_words(&|| false);
        let count = |text: &str| found(&store, text).into_iter().filter(|hit| *hit).count();
        assert_eq!((count("talks"), count("n69999x"), count("N7x"), count("sentence:n7x"), count("title:n7x")), (70_000, 1, 1, 1, 0));
        assert_eq!(count("\"the talks\""), 70_000);
        assert_eq!(count("\"talks the\""), 0, "both words are there, the phrase is not");
    }

    #[test]
    fn words_too_many_and_too_short_are_not_kept_and_still_found() {
        let rows: Vec<(String, String, String)> = (0..70_000).map(|at| (format!("{at:x}"), "A".to_owned(), String::new())).collect();
        let store = store_of(&rows);
        let scanned = found(&store, "1ab");
        store.index_words(&|| false);
        let index = store.words().unwrap();
        assert!(index.segments[0].left_out, "{} bytes for {}", index.bytes(), store.text_bytes());
        assert!(index.bytes() <= most_bytes(store.text_bytes()));
        assert_eq!(found(&store, "1ab"), scanned);
        assert!(scanned.iter().filter(|hit| **hit).count() > 10);
        let common: Vec<(String, String, String)> =
            (0..70_000).map(|_| ("the same few words".to_owned(), "A".to_owned(), String::new())).collect();
        let store = store_of(&common);
        store.index_words(&|| false);
        assert!(!store.words().unwrap().segments[0].left_out);
    }

    #[test]
    fn an_index_that_is_stopped_is_not_kept() {
        let store = store_of(&[("a".to_owned(), "b".to_owned(), "c".to_owned())]);
        store.index_words(&|| true);
        assert!(store.words().is_none());
    }

    proptest! {
        /// The index finds what a scan of all text finds, whatever is looked for and in whatever script.
        #[test]
        fn the_index_answers_as_a_scan_does(
            rows in proptest::collection::vec(("[abÉé한국 .-]{0,8}", "[abAB п]{0,5}", "\\PC{0,10}"), 1..40),
            needle in "[abeé한국п .-]{1,4}",
            field in prop_oneof![Just(""), Just("title:"), Just("sentence:"), Just("source:"), Just("actor:"), Just("-")],
        ) {
            prop_assume!(!needle.trim().is_empty());
            let text = format!("{field}\"{needle}\"");
            let store = store_of(&rows);
            let scanned = found(&store, &text);
            store.index_words(&|| false);
            prop_assert!(store.words().is_some());
            prop_assert_eq!(found(&store, &text), scanned);
        }
    }
}
