//! A part of the time axis.

use serde::{Deserialize, Serialize};

use crate::time::DAY_MS;

/// A part of the axis in milliseconds, end exclusive; never empty, never wider than [`Span::WIDEST_MS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub struct Span {
    /// Its first millisecond.
    pub from_ms: i64,
    /// One past its last millisecond.
    pub to_ms: i64,
}

/// A span as it may stand in a file: with its ends anywhere.
#[derive(Deserialize)]
struct Kept {
    from_ms: i64,
    to_ms: i64,
}

impl From<Kept> for Span {
    fn from(kept: Kept) -> Self {
        Self::between(kept.from_ms, kept.to_ms)
    }
}

impl Default for Span {
    fn default() -> Self {
        Self { from_ms: 0, to_ms: DAY_MS }
    }
}

impl Span {
    /// The shortest window: 20 milliseconds.
    pub const SHORTEST_MS: i64 = 20;
    /// The widest window: about 274 million years, a little less than its length can be told in milliseconds.
    pub const WIDEST_MS: i64 = i64::MAX / 16 * 15;
    /// The limits of the axis on which windows move.
    pub(super) const LIMIT_MS: i64 = i64::MAX / 64 * 63;

    /// A span between two times in either order, made at least [`Span::SHORTEST_MS`] long.
    pub fn between(one_ms: i64, other_ms: i64) -> Self {
        let from_ms = one_ms.min(other_ms).clamp(-Self::LIMIT_MS, Self::LIMIT_MS);
        let to_ms = one_ms.max(other_ms).clamp(-Self::LIMIT_MS, Self::LIMIT_MS);
        let length = to_ms.saturating_sub(from_ms).clamp(Self::SHORTEST_MS, Self::WIDEST_MS);
        Self { from_ms, to_ms: from_ms + length }
    }

    /// Its length in milliseconds.
    pub const fn length_ms(&self) -> i64 {
        self.to_ms.saturating_sub(self.from_ms)
    }

    /// The time in its middle.
    pub const fn middle_ms(&self) -> i64 {
        self.from_ms + self.length_ms() / 2
    }

    /// Whether it holds this time.
    pub const fn holds(&self, at_ms: i64) -> bool {
        at_ms >= self.from_ms && at_ms < self.to_ms
    }

    /// The span moved by a number of milliseconds, stopping at the limits of the axis.
    #[must_use]
    pub fn moved(&self, by_ms: i64) -> Self {
        let length = self.length_ms();
        let from_ms = self.from_ms.saturating_add(by_ms).clamp(-Self::LIMIT_MS, Self::LIMIT_MS - length.min(Self::LIMIT_MS));
        Self { from_ms, to_ms: from_ms + length }
    }

    /// The span `factor` times closer, with `about_ms` staying where it is within it.
    #[must_use]
    pub fn zoomed(&self, about_ms: i64, factor: f64) -> Self {
        if !factor.is_finite() || factor <= 0.0 {
            return *self;
        }
        let length = self.length_ms() as f64;
        let wanted = (length / factor).clamp(Self::SHORTEST_MS as f64, Self::WIDEST_MS as f64);
        let share = ((about_ms as f64 - self.from_ms as f64) / length).clamp(0.0, 1.0);
        let from_ms = (about_ms as f64 - wanted * share) as i64;
        Self::between(from_ms, from_ms.saturating_add(wanted as i64))
    }

    /// The span with a share of its length added at either side.
    #[must_use]
    pub fn widened(&self, share: f64) -> Self {
        let room = (self.length_ms() as f64 * share) as i64;
        Self::between(self.from_ms.saturating_sub(room), self.to_ms.saturating_add(room))
    }

    /// The span with its ends at the beginnings of days, where it is longer than four: a hand cannot mean hours there.
    #[must_use]
    pub fn to_days(&self) -> Self {
        if self.length_ms() < 4 * DAY_MS {
            return *self;
        }
        let nearest = |at_ms: i64| at_ms.saturating_add(DAY_MS / 2).div_euclid(DAY_MS) * DAY_MS;
        Self::between(nearest(self.from_ms), nearest(self.to_ms))
    }

    /// The span moved as little as needed so that it holds `[from_ms, to_ms)` or, where that is longer, its start.
    #[must_use]
    pub fn brought_to(&self, from_ms: i64, to_ms: i64) -> Self {
        let margin = self.length_ms() / 20;
        if from_ms < self.from_ms || from_ms >= self.to_ms {
            return self.moved(from_ms.saturating_sub(self.length_ms() / 3).saturating_sub(self.from_ms));
        }
        let room = from_ms.saturating_sub(self.from_ms).saturating_sub(margin).max(0);
        let beyond = to_ms.saturating_add(margin).saturating_sub(self.to_ms).max(0);
        self.moved(beyond.min(room))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn zoom_keeps_the_time_under_the_pointer() {
        let span = Span::between(1_000_000, 2_000_000);
        let closer = span.zoomed(1_250_000, 4.0);
        assert_eq!(closer, Span { from_ms: 1_187_500, to_ms: 1_437_500 });
    }

    #[test]
    fn the_whole_range_of_a_file_with_deep_time_reaches_today() {
        let year_ms = 31_556_952_000;
        let (from_ms, to_ms) = (-200_000_000 * year_ms, 60 * year_ms);
        let whole = Span::between(from_ms, to_ms).widened(0.03);
        assert!(whole.from_ms < from_ms && whole.to_ms > to_ms, "{whole:?}");
    }

    proptest! {
        #[test]
        fn spans_stay_whole(a in any::<i64>(), b in any::<i64>(), by in any::<i64>(), about in any::<i64>(), factor in -1.0..1e12_f64) {
            let span = Span::between(a, b);
            for next in [span, span.moved(by), span.zoomed(about, factor), span.widened(0.5), span.brought_to(about, about.saturating_add(5))] {
                prop_assert!(next.from_ms < next.to_ms);
                prop_assert!(next.length_ms() >= Span::SHORTEST_MS);
                prop_assert!(next.length_ms() <= Span::WIDEST_MS + 1);
            }
        }
    }
}
