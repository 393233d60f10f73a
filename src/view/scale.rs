//! From times to pixels and back.
//!
//! Without folds the scale is one straight line. With empty stretches folded away it is straight in pieces:
//!
//! ```text
//! px |                  ___/      an empty stretch that would be wider than a fold takes a fold's width,
//!    |            ____/           all else has the same milliseconds to a pixel
//!    |       ___/
//!    |  /---
//!    +-------------------- time
//! ```
//!
//! The width of an empty stretch is the lesser of its own and a fold's: zooming in, it grows until it is a fold and stays one. Nothing jumps.

use super::{Gaps, Span};
use crate::store::Gap;

/// A scale from a span of time to a stretch of pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeScale {
    /// The span.
    pub span: Span,
    /// The x of its start.
    pub left_px: f32,
    /// How many pixels it takes.
    pub width_px: f32,
    /// Where the line bends, from the span's start to its end; empty where it is straight.
    bends: Vec<Bend>,
    /// What is folded away between each second and third bend.
    folded: Vec<Gap>,
    /// Milliseconds to a pixel of what is not folded away.
    ms_per_px: f64,
}

/// A time and its place, in pixels from the left.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bend {
    ms: i64,
    px: f64,
}

/// A piece of a scale that is straight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Its time.
    pub span: Span,
    /// The x of its start.
    pub left_px: f32,
    /// The x of its end.
    pub right_px: f32,
    /// What is folded away in it, where something is.
    pub gap: Option<Gap>,
}

/// How far outside its stretch a place may lie, in pixels: enough for any line to leave the picture, little enough for `f32`.
const OUTSIDE_PX: f64 = 4_000.0;
/// The width of an empty stretch that is folded away: room for its length in words.
const FOLD_PX: f64 = 88.0;
/// The share of a narrow picture that a fold takes at most.
const FOLD_SHARE: f64 = 0.08;

/// The width of a fold in a plot of this width, in pixels.
pub(super) fn fold_px(plot_px: f64) -> f64 {
    FOLD_PX.min(plot_px * FOLD_SHARE)
}

impl TimeScale {
    /// A straight scale.
    pub fn straight(span: Span, left_px: f32, width_px: f32) -> Self {
        let ms_per_px = span.length_ms() as f64 / f64::from(width_px.max(1.0));
        Self { span, left_px, width_px, bends: Vec::new(), folded: Vec::new(), ms_per_px }
    }

    /// A scale with empty stretches folded away, as far as they are wider than a fold. One that holds the whole span is not.
    pub fn new(span: Span, gaps: &Gaps, left_px: f32, width_px: f32) -> Self {
        let straight = Self::straight(span, left_px, width_px);
        let meeting = gaps.meeting(span);
        if meeting.is_empty() || width_px < 1.0 {
            return straight;
        }
        let (plot_px, fold) = (f64::from(width_px), fold_px(f64::from(width_px)));
        let inside = |gap: &Gap| (gap.from_ms.max(span.from_ms), gap.to_ms.min(span.to_ms));
        let share = |gap: &Gap| (inside(gap).1 - inside(gap).0) as f64 / gap.length_ms().max(1) as f64;
        // The longest are folded first, until the next is no wider than a fold.
        let mut order: Vec<&Gap> = meeting.iter().collect();
        order.sort_by_key(|gap| std::cmp::Reverse(gap.length_ms()));
        let (mut left_ms, mut left_of_plot_px) = (span.length_ms() as f64, plot_px);
        let mut ms_per_px = left_ms / left_of_plot_px;
        let mut least_ms = i64::MAX;
        for gap in order {
            if gap.length_ms() as f64 <= fold * ms_per_px {
                break;
            }
            left_ms -= (inside(gap).1 - inside(gap).0) as f64;
            left_of_plot_px -= fold * share(gap);
            ms_per_px = left_ms / left_of_plot_px;
            least_ms = gap.length_ms();
        }
        let can_be = left_ms >= 1.0 && left_of_plot_px >= 1.0 && ms_per_px.is_finite();
        if least_ms == i64::MAX || !can_be {
            return straight;
        }
        let folded: Vec<Gap> = meeting.iter().filter(|gap| gap.length_ms() >= least_ms).copied().collect();
        let mut bends = Vec::with_capacity(2 * folded.len() + 2);
        let mut last = Bend { ms: span.from_ms, px: 0.0 };
        bends.push(last);
        for gap in &folded {
            let (from_ms, to_ms) = inside(gap);
            let px = last.px + (from_ms - last.ms) as f64 / ms_per_px;
            bends.push(Bend { ms: from_ms, px });
            last = Bend { ms: to_ms, px: px + fold * share(gap) };
            bends.push(last);
        }
        bends.push(Bend { ms: span.to_ms, px: plot_px });
        Self { bends, folded, ms_per_px, ..straight }
    }

    /// The same scale with its start at another x.
    #[must_use]
    pub fn moved_to(&self, left_px: f32) -> Self {
        Self { left_px, ..self.clone() }
    }

    /// Whether nothing is folded away.
    pub fn is_straight(&self) -> bool {
        self.bends.is_empty()
    }

    /// Its straight pieces, from left to right.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> {
        let x = |px: f64| self.left_px + px as f32;
        let whole = Piece { span: self.span, left_px: self.left_px, right_px: self.left_px + self.width_px, gap: None };
        let bent = self.bends.windows(2).enumerate().filter(|(_, pair)| pair[0].ms < pair[1].ms).map(move |(at, pair)| Piece {
            span: Span { from_ms: pair[0].ms, to_ms: pair[1].ms },
            left_px: x(pair[0].px),
            right_px: x(pair[1].px),
            gap: (at % 2 == 1).then(|| self.folded.get(at / 2).copied()).flatten(),
        });
        self.is_straight().then_some(whole).into_iter().chain(bent)
    }

    /// The x of a time, at most a few thousand pixels outside the stretch.
    pub fn x_of(&self, at_ms: i64) -> f32 {
        self.left_px + self.place_px(at_ms).clamp(-OUTSIDE_PX, f64::from(self.width_px) + OUTSIDE_PX) as f32
    }

    /// How far a time lies from the left, in pixels.
    pub(super) fn place_px(&self, at_ms: i64) -> f64 {
        let since = |ms: i64| (i128::from(at_ms) - i128::from(ms)) as f64;
        let (Some(first), Some(last)) = (self.bends.first(), self.bends.last()) else {
            return since(self.span.from_ms) / self.span.length_ms() as f64 * f64::from(self.width_px);
        };
        if at_ms <= first.ms {
            return since(first.ms) / self.ms_per_px;
        }
        if at_ms >= last.ms {
            return last.px + since(last.ms) / self.ms_per_px;
        }
        let next = self.bends.partition_point(|bend| bend.ms <= at_ms);
        let (one, other) = (self.bends[next - 1], self.bends[next]);
        one.px + since(one.ms) / (other.ms - one.ms) as f64 * (other.px - one.px)
    }

    /// The time at an x.
    pub fn ms_at(&self, x_px: f32) -> i64 {
        let (Some(first), Some(last)) = (self.bends.first(), self.bends.last()) else {
            let share = f64::from(x_px - self.left_px) / f64::from(self.width_px.max(1.0));
            return self.span.from_ms.saturating_add((share * self.span.length_ms() as f64).floor() as i64);
        };
        let px = f64::from(x_px - self.left_px);
        if px <= first.px {
            return first.ms.saturating_add((px * self.ms_per_px).floor() as i64);
        }
        if px >= last.px {
            return last.ms.saturating_add(((px - last.px) * self.ms_per_px).floor() as i64);
        }
        let next = self.bends.partition_point(|bend| bend.px <= px);
        let (one, other) = (self.bends[next - 1], self.bends[next]);
        let into = (px - one.px) / (other.px - one.px) * (other.ms - one.ms) as f64;
        one.ms.saturating_add(into.floor() as i64).min(other.ms)
    }

    /// How many milliseconds one pixel spans, where nothing is folded away.
    pub fn ms_per_px(&self) -> f64 {
        self.ms_per_px
    }

    /// The edges of so many columns of equal width, from the span's start to its end: in a straight scale equal parts of it.
    pub fn edges(&self, columns: usize) -> Vec<i64> {
        let pitch = f64::from(self.width_px) / columns.max(1) as f64;
        let mut last_ms = self.span.from_ms;
        let mut edge = |at: usize| {
            let at_ms = match at {
                0 => self.span.from_ms,
                _ if at == columns => self.span.to_ms,
                _ => self.ms_at(self.left_px + (pitch * at as f64) as f32),
            };
            last_ms = at_ms.clamp(last_ms, self.span.to_ms);
            last_ms
        };
        (0..=columns).map(&mut edge).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::DAY_MS;

    #[test]
    fn there_and_back() {
        let scale = TimeScale::straight(Span::between(-500_000, 500_000), 200.0, 1_000.0);
        assert!((scale.x_of(0) - 700.0).abs() < 1e-3);
        assert_eq!(scale.ms_at(700.0), 0);
        assert!(scale.x_of(i64::MIN) < 0.0 && scale.x_of(i64::MAX) > 1_200.0);
    }

    fn gap(from_ms: i64, to_ms: i64) -> Gap {
        Gap { from_ms, to_ms, open: 0 }
    }

    #[test]
    fn an_empty_stretch_takes_the_width_of_a_fold_and_no_more() {
        let gaps = Gaps::new(vec![gap(10 * DAY_MS, 4_000 * DAY_MS)], false);
        let scale = TimeScale::new(Span::between(0, 4_010 * DAY_MS), &gaps, 0.0, 1_100.0);
        assert!((scale.x_of(10 * DAY_MS) - 506.0).abs() < 1e-3 && (scale.x_of(4_000 * DAY_MS) - 594.0).abs() < 1e-3);
        assert!((scale.ms_per_px() - DAY_MS as f64 / 50.6).abs() < 1e-6);
        let pieces: Vec<Piece> = scale.pieces().collect();
        assert_eq!(pieces.iter().map(|piece| piece.gap.is_some()).collect::<Vec<_>>(), [false, true, false]);
        // From far away it is narrower than a fold, and from within it is not folded.
        assert!(TimeScale::new(Span::between(-400_000 * DAY_MS, 400_000 * DAY_MS), &gaps, 0.0, 1_100.0).is_straight());
        assert!(TimeScale::new(Span::between(20 * DAY_MS, 30 * DAY_MS), &gaps, 0.0, 1_100.0).is_straight());
        // Half of it in view is half a fold.
        let half = TimeScale::new(Span::between(0, 2_005 * DAY_MS), &gaps, 0.0, 1_100.0);
        assert!((half.x_of(10 * DAY_MS) - 1_056.0).abs() < 1e-2, "{}", half.x_of(10 * DAY_MS));
    }

    proptest! {
        #[test]
        fn there_and_back_over_folds(
            cuts in prop::collection::vec(1_i64..4_000 * DAY_MS, 2..80),
            from in -1_000 * DAY_MS..100_000 * DAY_MS,
            long in 20_i64..80_000 * DAY_MS,
            left_px in 0.0_f32..400.0,
            width_px in 1.0_f32..4_000.0,
            shares in prop::collection::vec(0.0_f64..1.0, 1..20),
        ) {
            let mut at = 0;
            let mut list = Vec::new();
            for pair in cuts.chunks_exact(2) {
                list.push(gap(at + pair[0], at + pair[0] + pair[1]));
                at += pair[0] + pair[1];
            }
            let span = Span::between(from, from + long);
            let scale = TimeScale::new(span, &Gaps::new(list, false), left_px, width_px);
            prop_assert!((scale.x_of(span.from_ms) - left_px).abs() < 0.01);
            prop_assert!((scale.x_of(span.to_ms) - left_px - width_px).abs() < 0.01);
            let mut times: Vec<i64> = shares.iter().map(|share| from + (long as f64 * share) as i64).collect();
            times.extend([i64::MIN, from - 1, span.to_ms + 1, i64::MAX]);
            times.sort_unstable();
            let places: Vec<f32> = times.iter().map(|at_ms| scale.x_of(*at_ms)).collect();
            prop_assert!(places.windows(2).all(|pair| pair[0] <= pair[1]), "{places:?}");
            let mut columns: Vec<f32> = shares.iter().map(|share| left_px + width_px * *share as f32).collect();
            columns.sort_by(f32::total_cmp);
            let found: Vec<i64> = columns.iter().map(|x| scale.ms_at(*x)).collect();
            prop_assert!(found.windows(2).all(|pair| pair[0] <= pair[1]), "{found:?}");
            for (x, at_ms) in columns.iter().zip(found) {
                // A pixel that spans less than a millisecond cannot be found again by milliseconds.
                let coarse = (1.0 / scale.ms_per_px()) as f32;
                prop_assert!((scale.x_of(at_ms) - x).abs() <= 0.02 + coarse, "{x} is {at_ms} is {}", scale.x_of(at_ms));
            }
            let edges = scale.edges(37);
            prop_assert_eq!((edges.len(), edges[0], edges[37]), (38, span.from_ms, span.to_ms));
            prop_assert!(edges.windows(2).all(|pair| pair[0] <= pair[1]));
            let pieces: Vec<Piece> = scale.pieces().collect();
            prop_assert!(pieces.windows(2).all(|pair| pair[0].span.to_ms == pair[1].span.from_ms));
            prop_assert_eq!((pieces[0].span.from_ms, pieces[pieces.len() - 1].span.to_ms), (span.from_ms, span.to_ms));
        }
    }
}
