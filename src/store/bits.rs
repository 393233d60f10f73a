//! A set of events as a bitmap: what a filter lets through.

use super::EventId;

/// A set of events of one store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventSet {
    words: Vec<u64>,
    count: usize,
}

impl EventSet {
    /// Makes a set from its 64-bit words; bits past `events` are cleared.
    pub fn from_words(mut words: Vec<u64>, events: usize) -> Self {
        words.resize(events.div_ceil(64), 0);
        if let (Some(last), rest) = (words.last_mut(), events % 64)
            && rest > 0
        {
            *last &= (1 << rest) - 1;
        }
        let count = words.iter().map(|word| word.count_ones() as usize).sum();
        Self { words, count }
    }

    /// Whether the event is in the set.
    pub fn has(&self, event: EventId) -> bool {
        self.words.get(event.0 as usize / 64).is_some_and(|word| word >> (event.0 % 64) & 1 == 1)
    }

    /// How many events are in the set.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many events with a number below `bound` are in the set.
    pub fn count_below(&self, bound: u32) -> usize {
        let full = (bound / 64) as usize;
        let whole: usize = self.words.iter().take(full).map(|word| word.count_ones() as usize).sum();
        let part = self.words.get(full).map_or(0, |word| (word & ((1 << (bound % 64)) - 1)).count_ones() as usize);
        whole + part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_past_the_end_do_not_count() {
        let set = EventSet::from_words(vec![u64::MAX, u64::MAX], 70);
        assert_eq!(set.count(), 70);
        assert!(set.has(EventId(69)) && !set.has(EventId(70)));
        assert_eq!((set.count_below(0), set.count_below(64), set.count_below(66), set.count_below(70)), (0, 64, 66, 70));
    }
}
