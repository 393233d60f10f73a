//! The axis as a window shows it: moved and zoomed by what a pixel spans, with empty stretches folded away where that is wished.
//!
//! Without anything folded away every movement is that of [`Span`]. With it, a window is moved by walking over the axis: an open stretch takes its length, a folded one its narrow width.

use super::scale::fold_px;
use super::{Span, TimeScale};
use crate::store::Gap;

/// Empty stretches that are folded away, in order of time; no two of them meet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    list: Vec<Gap>,
    /// Whether events are left out of count because a search does not match them.
    pub searched: bool,
}

impl Gaps {
    /// None: nothing is folded away.
    pub fn none() -> &'static Self {
        static NONE: Gaps = Gaps { list: Vec::new(), searched: false };
        &NONE
    }

    /// These stretches, in order of time; `searched` where only what matches a search was looked at.
    pub fn new(list: Vec<Gap>, searched: bool) -> Self {
        Self { list, searched }
    }

    /// Whether nothing is folded away.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The stretches, in order of time.
    pub fn list(&self) -> &[Gap] {
        &self.list
    }

    /// The same without those that are opened: a stretch is open where its middle lies in one that was opened, or the other way round, so that it stays open when a little more or less is empty.
    #[must_use]
    pub fn without(&self, opened: &[Span]) -> Self {
        let is_open = |gap: &Gap| {
            let holds = |from_ms: i64, to_ms: i64, at_ms: i64| at_ms >= from_ms && at_ms < to_ms;
            opened.iter().any(|span| span.holds(gap.middle_ms()) || holds(gap.from_ms, gap.to_ms, span.middle_ms()))
        };
        Self { list: self.list.iter().filter(|gap| !is_open(gap)).copied().collect(), searched: self.searched }
    }

    /// The stretch that holds a time.
    pub fn holding(&self, at_ms: i64) -> Option<Gap> {
        let at = self.list.partition_point(|gap| gap.to_ms <= at_ms);
        self.list.get(at).copied().filter(|gap| gap.from_ms <= at_ms)
    }

    /// The stretch that holds all of a span.
    pub fn around(&self, span: Span) -> Option<Gap> {
        self.holding(span.from_ms).filter(|gap| gap.to_ms >= span.to_ms)
    }

    /// The stretches that meet a span.
    pub(super) fn meeting(&self, span: Span) -> &[Gap] {
        let first = self.list.partition_point(|gap| gap.to_ms <= span.from_ms);
        let last = self.list.partition_point(|gap| gap.from_ms < span.to_ms);
        self.list.get(first..last).unwrap_or_default()
    }
}

/// What is folded away, and how many pixels a window takes.
#[derive(Clone, Copy, Debug)]
pub struct Axis<'a> {
    /// The stretches that are folded away.
    pub gaps: &'a Gaps,
    /// The width of the lanes, in pixels.
    pub plot_px: f32,
}

impl Axis<'_> {
    /// The axis with nothing folded away.
    pub fn plain() -> Self {
        Self { gaps: Gaps::none(), plot_px: 1_000.0 }
    }

    fn scale(&self, window: Span) -> TimeScale {
        TimeScale::new(window, self.gaps, 0.0, self.plot_px)
    }

    /// The window `factor` times closer, with a time staying where it is in it.
    pub fn zoomed(&self, window: Span, about_ms: i64, factor: f64) -> Span {
        if self.gaps.is_empty() || !factor.is_finite() || factor <= 0.0 {
            return window.zoomed(about_ms, factor);
        }
        let (scale, width_px) = (self.scale(window), f64::from(self.plot_px.max(1.0)));
        let (least, most) = (Span::SHORTEST_MS as f64 / width_px, Span::WIDEST_MS as f64 / width_px);
        let ms_per_px = (scale.ms_per_px() / factor).clamp(least, most);
        self.spread(about_ms, scale.place_px(about_ms).clamp(0.0, width_px), ms_per_px)
    }

    /// The window moved by a share of its width, positive to later times.
    pub fn panned(&self, window: Span, share: f64) -> Span {
        if self.gaps.is_empty() || !share.is_finite() {
            return window.moved((window.length_ms() as f64 * share) as i64);
        }
        let ms_per_px = self.scale(window).ms_per_px();
        let by_px = share.abs() * f64::from(self.plot_px);
        let from_ms = if share < 0.0 { self.back(window.from_ms, by_px, ms_per_px) } else { self.forth(window.from_ms, by_px, ms_per_px) };
        self.spread(from_ms, 0.0, ms_per_px)
    }

    /// The window moved so that a time stands at a share of its width, as close as before.
    pub fn with_at(&self, window: Span, at_ms: i64, share: f64) -> Span {
        if self.gaps.is_empty() {
            let into_ms = (window.length_ms() as f64 * share) as i64;
            return window.moved(at_ms.saturating_sub(into_ms).saturating_sub(window.from_ms));
        }
        self.spread(at_ms, share * f64::from(self.plot_px), self.scale(window).ms_per_px())
    }

    /// The window moved as little as needed so that it holds `[from_ms, to_ms)` or, where that is longer, its start.
    pub fn brought_to(&self, window: Span, from_ms: i64, to_ms: i64) -> Span {
        if self.gaps.is_empty() {
            return window.brought_to(from_ms, to_ms);
        }
        if !window.holds(from_ms) {
            return self.with_at(window, from_ms, 1.0 / 3.0);
        }
        let (scale, width_px) = (self.scale(window), f64::from(self.plot_px.max(1.0)));
        let margin_px = width_px / 20.0;
        let room_px = (scale.place_px(from_ms) - margin_px).max(0.0);
        let beyond_px = (scale.place_px(to_ms) + margin_px - width_px).max(0.0);
        self.panned(window, beyond_px.min(room_px) / width_px)
    }

    /// The window that shows a span with a share of its width free at either side.
    pub fn around(&self, span: Span, share: f64) -> Span {
        if self.gaps.is_empty() {
            return span.widened(share);
        }
        let inner_px = self.plot_px / (1.0 + 2.0 * share as f32);
        let inner = TimeScale::new(span, self.gaps, 0.0, inner_px);
        self.spread(span.from_ms, f64::from(self.plot_px - inner_px) / 2.0, inner.ms_per_px())
    }

    /// The window in which a time stands so many pixels from the left, with so many milliseconds to a pixel of what is not folded away.
    fn spread(&self, at_ms: i64, x_px: f64, ms_per_px: f64) -> Span {
        let from_ms = self.back(at_ms, x_px, ms_per_px);
        let to_ms = self.forth(at_ms, f64::from(self.plot_px) - x_px, ms_per_px);
        Span::between(from_ms, to_ms.max(from_ms.saturating_add(1)))
    }

    /// The time so many pixels later.
    fn forth(&self, at_ms: i64, by_px: f64, ms_per_px: f64) -> i64 {
        let (mut at_ms, mut left_px) = (at_ms, by_px);
        let first = self.gaps.list.partition_point(|gap| gap.to_ms <= at_ms);
        for gap in &self.gaps.list[first..] {
            let open_px = length(at_ms, gap.from_ms) / ms_per_px;
            if open_px >= left_px {
                break;
            }
            left_px -= open_px;
            at_ms = at_ms.max(gap.from_ms);
            let px_per_ms = self.width_of(gap, ms_per_px) / gap.length_ms() as f64;
            let rest_px = length(at_ms, gap.to_ms) * px_per_ms;
            if rest_px >= left_px {
                return at_ms.saturating_add((left_px / px_per_ms) as i64);
            }
            left_px -= rest_px;
            at_ms = gap.to_ms;
        }
        at_ms.saturating_add((left_px * ms_per_px).round() as i64)
    }

    /// The time so many pixels earlier.
    fn back(&self, at_ms: i64, by_px: f64, ms_per_px: f64) -> i64 {
        let (mut at_ms, mut left_px) = (at_ms, by_px);
        let last = self.gaps.list.partition_point(|gap| gap.from_ms < at_ms);
        for gap in self.gaps.list[..last].iter().rev() {
            let open_px = length(gap.to_ms, at_ms) / ms_per_px;
            if open_px >= left_px {
                break;
            }
            left_px -= open_px;
            at_ms = at_ms.min(gap.to_ms);
            let px_per_ms = self.width_of(gap, ms_per_px) / gap.length_ms() as f64;
            let rest_px = length(gap.from_ms, at_ms) * px_per_ms;
            if rest_px >= left_px {
                return at_ms.saturating_sub((left_px / px_per_ms) as i64);
            }
            left_px -= rest_px;
            at_ms = gap.from_ms;
        }
        at_ms.saturating_sub((left_px * ms_per_px).round() as i64)
    }

    /// The width of a stretch where a pixel spans so much: its own, or that of a fold.
    fn width_of(&self, gap: &Gap, ms_per_px: f64) -> f64 {
        (gap.length_ms() as f64 / ms_per_px).min(fold_px(f64::from(self.plot_px)))
    }
}

/// The milliseconds from one time to a later one; none where it is not later.
fn length(from_ms: i64, to_ms: i64) -> f64 {
    (i128::from(to_ms) - i128::from(from_ms)).max(0) as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::DAY_MS;

    const DECADE_MS: i64 = 3_653 * DAY_MS;

    fn gap(from_ms: i64, to_ms: i64) -> Gap {
        Gap { from_ms, to_ms, open: 0 }
    }

    #[test]
    fn a_gap_is_found_by_time_and_left_out_when_it_is_opened() {
        let gaps = Gaps::new(vec![gap(100, 200), gap(300, 500)], false);
        assert_eq!(gaps.holding(100), Some(gap(100, 200)));
        assert!(gaps.holding(200).is_none() && gaps.holding(99).is_none());
        assert_eq!(gaps.around(Span::between(310, 400)), Some(gap(300, 500)));
        assert!(gaps.around(Span::between(290, 400)).is_none());
        assert_eq!(gaps.without(&[Span::between(310, 520)]).list(), [gap(100, 200)]);
        // A little less is empty now: what was opened stays open.
        assert_eq!(gaps.without(&[Span::between(90, 230)]).list(), [gap(300, 500)]);
        assert_eq!(gaps.without(&[]), gaps);
    }

    #[test]
    fn a_window_over_a_fold_is_panned_by_pixels() {
        let gaps = Gaps::new(vec![gap(DAY_MS * 10, DAY_MS * 10 + DECADE_MS)], false);
        let axis = Axis { gaps: &gaps, plot_px: 1_000.0 };
        let window = axis.around(Span::between(0, DAY_MS * 20 + DECADE_MS), 0.1);
        let scale = axis.scale(window);
        assert!((scale.x_of(0) - 83.3).abs() < 0.5, "{}", scale.x_of(0));
        let later = axis.panned(window, 0.2);
        assert!((axis.scale(later).x_of(0) - (83.3 - 200.0)).abs() < 0.7, "{}", axis.scale(later).x_of(0));
        let back = axis.panned(later, -0.2);
        assert!(back.from_ms.abs_diff(window.from_ms) < 60_000, "{back:?} {window:?}");
        let at = axis.with_at(window, DAY_MS * 5, 0.5);
        assert!((axis.scale(at).x_of(DAY_MS * 5) - 500.0).abs() < 0.1);
    }

    proptest! {
        #[test]
        fn zooming_and_panning_keep_what_they_promise(
            cuts in prop::collection::vec(1_i64..4_000 * DAY_MS, 2..40),
            plot_px in 120.0_f32..4_000.0,
            from in -1_000 * DAY_MS..100_000 * DAY_MS,
            long in 1_000_000_i64..60_000 * DAY_MS,
            share in 0.0_f64..1.0,
            factor in 0.05_f64..20.0,
        ) {
            let mut at = 0;
            let mut list = Vec::new();
            for pair in cuts.chunks_exact(2) {
                list.push(gap(at + pair[0], at + pair[0] + pair[1]));
                at += pair[0] + pair[1];
            }
            let gaps = Gaps::new(list, false);
            let axis = Axis { gaps: &gaps, plot_px };
            let window = Span::between(from, from + long);
            prop_assume!(gaps.around(window).is_none());
            let scale = axis.scale(window);
            // Some hours at least are not folded away: else a millisecond is wider than a pixel.
            prop_assume!(scale.ms_per_px() > 1_000.0);
            let x = (f64::from(plot_px) * share) as f32;
            let about_ms = scale.ms_at(x);
            let closer = axis.zoomed(window, about_ms, factor);
            let after = axis.scale(closer);
            prop_assert!((after.x_of(about_ms) - scale.x_of(about_ms)).abs() < 1.0, "{} {}", after.x_of(about_ms), scale.x_of(about_ms));
            prop_assert!((after.ms_per_px() * factor / scale.ms_per_px() - 1.0).abs() < 1e-3);
            let moved = axis.panned(window, share - 0.5);
            prop_assume!(gaps.around(moved).is_none());
            let after = axis.scale(moved);
            prop_assert!((after.ms_per_px() / scale.ms_per_px() - 1.0).abs() < 1e-3, "{} {}", after.ms_per_px(), scale.ms_per_px());
        }
    }
}
