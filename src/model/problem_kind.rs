//! What kind of problem a row has, so that a thousand of the same are one line.

use super::Severity;

/// A kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ProblemKind {
    /// A row that is no record.
    NotARecord,
    /// A row without a date.
    NoDate,
    /// A date in no form that is read.
    UnreadDate,
    /// A date that no calendar has.
    NoSuchDate,
    /// A date that can be read in two ways.
    AmbiguousDate,
    /// An end before its start.
    Backwards,
    /// A date without a place on the axis.
    OffAxis,
    /// An end that was left out.
    EndLeftOut,
    /// A reading that someone may want to look at.
    DoubtfulDate,
    /// Dates or links that contradict each other.
    Contradiction,
    /// A row with more or fewer cells than the header.
    Cells,
    /// A field of the wrong shape.
    Shape,
    /// An id that stands twice.
    RepeatedId,
    /// Anything else about a row.
    Row,
    /// Something about the file as a whole.
    File,
}

impl ProblemKind {
    /// Every kind, the gravest first.
    pub const ALL: [Self; 15] = [
        Self::NotARecord,
        Self::NoDate,
        Self::UnreadDate,
        Self::NoSuchDate,
        Self::AmbiguousDate,
        Self::Backwards,
        Self::OffAxis,
        Self::EndLeftOut,
        Self::DoubtfulDate,
        Self::Contradiction,
        Self::Cells,
        Self::Shape,
        Self::RepeatedId,
        Self::Row,
        Self::File,
    ];

    /// Tells the kind of a problem by its words, which are the program's own.
    pub(super) fn of(severity: Severity, line: u32, message: &str) -> Self {
        const WORDS: [(&str, ProblemKind); 17] = [
            ("no date.", ProblemKind::NoDate),
            ("The end was left out", ProblemKind::EndLeftOut),
            ("ot read as a date", ProblemKind::UnreadDate),
            ("does not exist:", ProblemKind::NoSuchDate),
            ("an be read as ", ProblemKind::AmbiguousDate),
            ("before it begins", ProblemKind::Backwards),
            ("outside the time axis", ProblemKind::OffAxis),
            ("no place on the axis", ProblemKind::OffAxis),
            ("this is read as", ProblemKind::DoubtfulDate),
            ("weekday that is written", ProblemKind::DoubtfulDate),
            ("contradict", ProblemKind::Contradiction),
            ("cannot be so", ProblemKind::Contradiction),
            ("cells, the header", ProblemKind::Cells),
            ("may never have been closed", ProblemKind::Cells),
            ("kept as it stands", ProblemKind::Shape),
            ("stands more than once", ProblemKind::RepeatedId),
            ("date is given", ProblemKind::NoDate),
        ];
        if line == 0 {
            return Self::File;
        }
        let known = WORDS.iter().find(|(words, _)| message.contains(words)).map(|(_, kind)| *kind);
        known.unwrap_or(if severity == Severity::Error { Self::UnreadDate } else { Self::Row })
    }

    /// The kind as a heading: what so many rows have in common.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotARecord => "Rows that are no record",
            Self::NoDate => "Rows without a date",
            Self::UnreadDate => "Dates that could not be read",
            Self::NoSuchDate => "Dates that no calendar has",
            Self::AmbiguousDate => "Dates that can be read in two ways",
            Self::Backwards => "Ends before their beginning",
            Self::OffAxis => "Dates without a place on the axis",
            Self::EndLeftOut => "Ends that could not be read",
            Self::DoubtfulDate => "Dates to look at",
            Self::Contradiction => "Dates that contradict each other",
            Self::Cells => "Rows with more or fewer cells than the header",
            Self::Shape => "Fields of the wrong shape",
            Self::RepeatedId => "Ids that stand more than once",
            Self::Row => "Other remarks on rows",
            Self::File => "About the file",
        }
    }

    /// What became of such a row, and what to do about it.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::NotARecord => "Rejected. Save these rows, mend them, and open that file as well.",
            Self::NoDate => "Undated: kept in the tray. Give a date, or leave it so.",
            Self::UnreadDate => "Undated: kept in the tray. Write it like 2023-08-30, 2023-08 or 2023-07-25/2023-07-27.",
            Self::NoSuchDate => "Undated: kept in the tray. Check it against the source.",
            Self::AmbiguousDate => "Undated: kept in the tray. Say whether the day or the month comes first (--date-order).",
            Self::Backwards => "Undated: kept in the tray. Check both ends against the source.",
            Self::OffAxis => "Undated: kept in the tray. Give at least one bound within 292 million years.",
            Self::EndLeftOut => "On the axis at the start alone. Check the end.",
            Self::DoubtfulDate => "On the axis, as read. Check that it was meant so.",
            Self::Contradiction => "On the axis, as written. One of the two is wrong: check both.",
            Self::Cells => "Read, with what there was. Check for a delimiter or a quotation mark that is not quoted.",
            Self::Shape => "Read without that field, which is kept as it stands.",
            Self::RepeatedId => "On the axis under a new id.",
            Self::Row | Self::File => "Worth knowing.",
        }
    }

    /// The name in `check --json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotARecord => "not-a-record",
            Self::NoDate => "no-date",
            Self::UnreadDate => "unread-date",
            Self::NoSuchDate => "no-such-date",
            Self::AmbiguousDate => "ambiguous-date",
            Self::Backwards => "backwards",
            Self::OffAxis => "off-axis",
            Self::EndLeftOut => "end-left-out",
            Self::DoubtfulDate => "doubtful-date",
            Self::Contradiction => "contradiction",
            Self::Cells => "cells",
            Self::Shape => "shape",
            Self::RepeatedId => "repeated-id",
            Self::Row => "row",
            Self::File => "file",
        }
    }
}

/// How many problems there are of each kind, kept or only counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KindCounts([u64; ProblemKind::ALL.len()]);

impl KindCounts {
    /// One more of a kind.
    pub(super) fn count(&mut self, kind: ProblemKind) {
        self.0[kind as usize] += 1;
    }

    /// One less of a kind.
    pub(super) fn uncount(&mut self, kind: ProblemKind) {
        let count = &mut self.0[kind as usize];
        *count = count.saturating_sub(1);
    }

    /// Those of another file or piece as well.
    pub fn add(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own += other;
        }
    }

    /// How many of a kind.
    pub const fn of(&self, kind: ProblemKind) -> u64 {
        self.0[kind as usize]
    }

    /// Each kind of which there are any, the gravest first.
    pub fn iter(&self) -> impl Iterator<Item = (ProblemKind, u64)> {
        ProblemKind::ALL.into_iter().map(|kind| (kind, self.of(kind))).filter(|(_, count)| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{self, DateError, Dialect};

    #[test]
    fn the_programs_own_words_are_told_apart() {
        let of = |message: &str| ProblemKind::of(Severity::Error, 3, message);
        let of_date = |text: &str| of(&time::read(text, &Dialect::default()).unwrap_err().to_string());
        assert_eq!(of_date("someday"), ProblemKind::UnreadDate);
        assert_eq!(of_date("2023-02-30"), ProblemKind::NoSuchDate);
        assert_eq!(of_date("04/05/2021"), ProblemKind::AmbiguousDate);
        assert_eq!(of_date("2023/2021"), ProblemKind::Backwards);
        assert_eq!(of_date("../.."), ProblemKind::OffAxis);
        assert_eq!(of(&DateError::Empty.to_string()), ProblemKind::NoDate);
        assert_eq!(of("The row has no date. It is kept among the undated."), ProblemKind::NoDate);
        assert_eq!(ProblemKind::of(Severity::Note, 0, "Read as UTF-16."), ProblemKind::File);
        for (at, kind) in ProblemKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, at, "{}", kind.name());
        }
    }
}
