//! Which of two events came first, as far as their dates can tell.
//!
//! Pure: two extents in, one answer out. "Before" is Allen's: the one has ended before the other begins.

use super::Extent;

/// Whether something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chance {
    /// In every case that the dates allow.
    Certain,
    /// In some.
    Possible,
    /// In none.
    Impossible,
}

/// How two events lie to each other in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    /// Whether the first has ended before the second begins.
    pub before: Chance,
    /// Whether the second has ended before the first begins.
    pub after: Chance,
}

/// Compares the possible extents of two events.
///
/// ```text
///    A  |####~~~~|                        A  |####~~~~|
///    B              |~~~~####|            B        |~~~~####|
///       definitely before                    possibly before, cannot be after
/// ```
pub const fn order(one: &Extent, other: &Extent) -> Order {
    Order { before: precedes(one, other), after: precedes(other, one) }
}

/// Whether the one has ended before the other begins.
const fn precedes(one: &Extent, other: &Extent) -> Chance {
    if one.latest_end <= other.earliest_start {
        Chance::Certain
    } else if one.earliest_end < other.latest_start {
        Chance::Possible
    } else {
        Chance::Impossible
    }
}

/// Whether the one can have begun no later than the other: what "answers" and "follows" ask of the other way round.
const fn can_begin_before(one: &Extent, other: &Extent) -> bool {
    one.earliest_start < other.latest_start
}

impl Order {
    /// The answer as a sentence about the two, without its full stop.
    pub fn sentence(self, one: &str, other: &str) -> String {
        match (self.before, self.after) {
            (Chance::Certain, _) => format!("{one} is definitely before {other}"),
            (_, Chance::Certain) => format!("{one} is definitely after {other}, and cannot be before"),
            (Chance::Possible, Chance::Possible) => {
                format!("{one} is possibly before {other}, and possibly after: their dates do not tell")
            }
            (Chance::Possible, Chance::Impossible) => format!("{one} is possibly before {other}, and cannot be after"),
            (Chance::Impossible, Chance::Possible) => format!("{one} cannot be before {other}, and is possibly after"),
            (Chance::Impossible, Chance::Impossible) => format!("{one} is neither before nor after {other}: both went on at the same time"),
        }
    }

    /// The answer in one word for programs.
    pub const fn name(self) -> &'static str {
        match (self.before, self.after) {
            (Chance::Certain, _) => "definitely-before",
            (_, Chance::Certain) => "definitely-after",
            (Chance::Possible, _) => "possibly-before",
            (Chance::Impossible, Chance::Possible) => "cannot-be-before",
            (Chance::Impossible, Chance::Impossible) => "overlap",
        }
    }
}

/// What a link's relation says of the order of its two events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkOrder {
    /// The event comes after the one that it names: it follows, answers, results from it.
    Follows,
    /// The event comes before the one that it names: it precedes, causes it.
    Precedes,
}

impl LinkOrder {
    /// What a relation's word says; nothing where it says nothing of order.
    pub fn of(relation: &str) -> Option<Self> {
        const FOLLOWS: [&str; 14] = [
            "follows",
            "answers",
            "after",
            "replies to",
            "reply to",
            "responds to",
            "response to",
            "results from",
            "caused by",
            "because of",
            "follows from",
            "succeeds",
            "retaliates for",
            "denies",
        ];
        const PRECEDES: [&str; 7] = ["precedes", "before", "leads to", "causes", "announces", "prepares", "is followed by"];
        let word = relation.trim().replace(['_', '-'], " ");
        let is = |list: &[&str]| list.iter().any(|one| one.eq_ignore_ascii_case(&word));
        if is(&FOLLOWS) {
            Some(Self::Follows)
        } else if is(&PRECEDES) {
            Some(Self::Precedes)
        } else {
            None
        }
    }

    /// Whether the dates leave it possible: the later one can have begun after the earlier one began.
    pub const fn is_possible(self, event: &Extent, named: &Extent) -> bool {
        match self {
            Self::Follows => can_begin_before(named, event),
            Self::Precedes => can_begin_before(event, named),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Dialect, read};
    use proptest::prelude::*;

    fn extent(text: &str) -> Extent {
        read(text, &Dialect::EDTF).unwrap().reading.extent
    }

    fn name(one: &str, other: &str) -> &'static str {
        order(&extent(one), &extent(other)).name()
    }

    #[test]
    fn pairs() {
        for (one, other, wanted) in [
            ("2023-07-27", "2023-07-28", "definitely-before"),
            ("2023-07-28", "2023-07-27", "definitely-after"),
            ("2023-07-28", "2023-07-28", "possibly-before"),
            ("2023-07", "2023-07-28", "possibly-before"),
            ("2023-08", "2023-07-28", "definitely-after"),
            ("1914/1918", "1918", "possibly-before"),
            ("1914/1918", "1916", "overlap"),
            ("1914/1918", "1914", "cannot-be-before"),
            ("1914/1918-11-11", "1915/1916", "overlap"),
            ("2022/..", "2023-01-01", "overlap"),
            ("2022/", "2023-01-01", "possibly-before"),
            ("../1996", "1997", "definitely-before"),
            ("[2023-07-28..2023-08-30]", "2023-08-30T12:00:00Z", "possibly-before"),
            ("2023-08-30T12:00:01Z", "2023-08-30T12:00:00Z", "definitely-after"),
        ] {
            assert_eq!(name(one, other), wanted, "{one} and {other}");
        }
        assert_eq!(order(&extent("1914/1918"), &extent("1918")).sentence("A", "B"), "A is possibly before B, and cannot be after");
    }

    #[test]
    fn links_that_dates_forbid() {
        let possible = |relation, event, named| LinkOrder::of(relation).unwrap().is_possible(&extent(event), &extent(named));
        assert!(possible("follows", "2023-08-30", "2023-08-29"));
        assert!(possible("follows", "2023-08", "2023-08-29"));
        assert!(possible("Follows", "2023-08-29", "2023-08-29"));
        assert!(!possible("follows", "2023-08-28", "2023-08-29"));
        assert!(!possible("caused_by", "2022", "2023-08-29"));
        assert!(!possible("precedes", "2023-08-30", "2023-08-29"));
        assert_eq!(LinkOrder::of("see also"), None);
        assert_eq!(LinkOrder::of(""), None);
    }

    fn bounds() -> impl Strategy<Value = Extent> {
        (0_i64..100, 1_i64..30, 0_i64..50, 1_i64..30, any::<bool>()).prop_map(|(start, width, length, end_width, is_moment)| {
            if is_moment {
                return Extent::moment(start, start + width);
            }
            Extent {
                earliest_start: start,
                latest_start: start + width,
                earliest_end: start + length,
                latest_end: start + length.max(width) + end_width,
            }
        })
    }

    proptest! {
        #[test]
        fn the_one_way_round_is_the_other_way_round(one in bounds(), other in bounds()) {
            let (there, back) = (order(&one, &other), order(&other, &one));
            prop_assert_eq!((there.before, there.after), (back.after, back.before));
            prop_assert!(!(there.before == Chance::Certain && there.after != Chance::Impossible));
        }

        #[test]
        fn the_answer_is_that_of_all_cases(a in 0_i64..12, aw in 1_i64..6, b in 0_i64..12, bw in 1_i64..6) {
            let answer = order(&Extent::moment(a, a + aw), &Extent::moment(b, b + bw));
            let cases = || (a..a + aw).flat_map(move |one| (b..b + bw).map(move |other| (one, other)));
            let every = cases().all(|(one, other)| one < other);
            prop_assert_eq!(answer.before == Chance::Certain, every);
            if cases().any(|(one, other)| one < other) {
                prop_assert!(answer.before != Chance::Impossible);
            }
        }
    }
}
