//! What a format had no place for, counted.

/// What was lost in writing, in the order in which it was first met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    entries: Vec<(&'static str, u64)>,
    /// Events that were not written at all.
    left_out: u64,
}

impl Lost {
    /// Counts things of a kind; none changes nothing.
    pub(super) fn add(&mut self, what: &'static str, count: usize) {
        if count == 0 {
            return;
        }
        match self.entries.iter_mut().find(|(known, _)| *known == what) {
            Some((_, sum)) => *sum += count as u64,
            None => self.entries.push((what, count as u64)),
        }
    }

    /// Counts a thing of a kind where it is there.
    pub(super) fn add_if(&mut self, is_there: bool, what: &'static str) {
        self.add(what, usize::from(is_there));
    }

    /// Counts an event that is not written at all, and why.
    pub(super) fn leave_out(&mut self, why: &'static str) {
        self.left_out += 1;
        self.add(why, 1);
    }

    /// Events that were not written at all.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Whether all was written.
    pub fn is_nothing(&self) -> bool {
        self.entries.is_empty()
    }

    /// Each kind with how many there were: "links to other events: 12".
    pub fn words(&self) -> Vec<String> {
        self.entries.iter().map(|(what, count)| format!("{what}: {count}")).collect()
    }
}
