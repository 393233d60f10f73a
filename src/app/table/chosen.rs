//! Which rows of the table are chosen: runs of row numbers, so that a million rows are chosen as cheaply as one. The row that leads is the event that is selected everywhere.

use std::ops::Range;

/// The chosen rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    /// In order, apart, none empty.
    runs: Vec<Range<usize>>,
    /// Rows in them.
    count: usize,
    /// Where a run begins that Shift makes longer or shorter.
    anchor: usize,
    /// The row that was chosen last.
    lead: usize,
}

impl Chosen {
    fn new(runs: Vec<Range<usize>>, anchor: usize, lead: usize) -> Self {
        Self { count: runs.iter().map(ExactSizeIterator::len).sum(), runs, anchor, lead }
    }

    /// One row.
    pub fn one(row: usize) -> Self {
        Self::new(vec![run_of(row)], row, row)
    }

    /// How many rows are chosen.
    pub fn len(&self) -> usize {
        self.count
    }

    /// The row that leads; `None` where none is chosen.
    pub fn lead(&self) -> Option<usize> {
        self.holds(self.lead).then_some(self.lead)
    }

    /// Whether a row is chosen.
    pub fn holds(&self, row: usize) -> bool {
        let after = self.runs.partition_point(|run| run.start <= row);
        after.checked_sub(1).is_some_and(|at| self.runs[at].contains(&row))
    }

    /// The chosen rows in order.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.runs.iter().flat_map(Clone::clone)
    }

    /// All of `count` rows; the lead stays.
    #[must_use]
    pub fn all(&self, count: usize) -> Self {
        let lead = self.lead.min(count.saturating_sub(1));
        Self::new((count > 0).then_some(0..count).into_iter().collect(), lead, lead)
    }

    /// From the anchor to a row, beside what is chosen where `also` says so.
    #[must_use]
    pub fn up_to(&self, row: usize, also: bool) -> Self {
        let run = self.anchor.min(row)..self.anchor.max(row) + 1;
        let kept = if also { self.runs.clone() } else { Vec::new() };
        Self::new(joined(kept.into_iter().chain([run]).collect()), self.anchor, row)
    }

    /// With a row that was not chosen, or without one that was; then the nearest that is left leads.
    #[must_use]
    pub fn toggled(&self, row: usize) -> Self {
        if !self.holds(row) {
            return Self::new(joined(self.runs.iter().cloned().chain([run_of(row)]).collect()), row, row);
        }
        let split = |run: &Range<usize>| if run.contains(&row) { [run.start..row, row + 1..run.end] } else { [run.clone(), 0..0] };
        let runs: Vec<Range<usize>> = self.runs.iter().flat_map(split).filter(|run| !run.is_empty()).collect();
        let near = runs.iter().map(|run| row.clamp(run.start, run.end - 1)).min_by_key(|other| other.abs_diff(row));
        Self::new(runs, row, near.unwrap_or(row))
    }

    /// Of rows in order, as they stand now. `lead` is the one that leads.
    pub fn of(rows: impl Iterator<Item = usize>, lead: Option<usize>) -> Self {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for row in rows {
            match runs.last_mut() {
                Some(last) if last.end == row => last.end += 1,
                _ => runs.push(run_of(row)),
            }
        }
        let lead = lead.or_else(|| runs.first().map(|run| run.start)).unwrap_or(0);
        Self::new(runs, lead, lead)
    }
}

/// The run of one row.
fn run_of(row: usize) -> Range<usize> {
    row..row + 1
}

/// Runs in order and apart.
fn joined(mut runs: Vec<Range<usize>>) -> Vec<Range<usize>> {
    runs.sort_unstable_by_key(|run| run.start);
    let mut out: Vec<Range<usize>> = Vec::with_capacity(runs.len());
    for run in runs {
        match out.last_mut() {
            Some(last) if run.start <= last.end => last.end = last.end.max(run.end),
            _ => out.push(run),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever is clicked, the runs hold the same rows as a set does, in order and apart, and the lead is one of them.
        #[test]
        fn runs_hold_what_a_set_would(steps in prop::collection::vec((0..5_u8, 0..40_usize), 0..30)) {
            let (mut chosen, mut set, mut anchor) = (Chosen::default(), BTreeSet::new(), 0);
            for (step, row) in steps {
                match step {
                    0 => (chosen, set, anchor) = (Chosen::one(row), BTreeSet::from([row]), row),
                    1 | 2 => {
                        let run = anchor.min(row)..=anchor.max(row);
                        if step == 1 {
                            set.clear();
                        }
                        chosen = chosen.up_to(row, step == 2);
                        set.extend(run);
                    }
                    3 => {
                        chosen = chosen.toggled(row);
                        anchor = row;
                        if !set.remove(&row) {
                            set.insert(row);
                        }
                    }
                    _ => {
                        chosen = chosen.all(40);
                        anchor = chosen.anchor;
                        set = (0..40).collect();
                    }
                }
                prop_assert_eq!(chosen.rows().collect::<Vec<_>>(), set.iter().copied().collect::<Vec<_>>());
                prop_assert_eq!(chosen.len(), set.len());
                prop_assert!((0..41).all(|row| chosen.holds(row) == set.contains(&row)));
                prop_assert_eq!(chosen.lead().is_some(), !set.is_empty());
                let again = Chosen::of(chosen.rows(), chosen.lead());
                prop_assert_eq!((again.runs, again.lead), (joined(chosen.runs.clone()), if set.is_empty() { 0 } else { chosen.lead }));
            }
        }
    }

    #[test]
    fn a_row_that_is_let_go_hands_the_lead_to_its_neighbour() {
        let chosen = Chosen::one(3).up_to(7, false).toggled(5);
        assert_eq!((chosen.rows().collect::<Vec<_>>(), chosen.lead()), (vec![3, 4, 6, 7], Some(4)));
        assert_eq!(Chosen::one(3).toggled(3).lead(), None);
        assert_eq!(Chosen::default().all(0).len(), 0);
    }
}
