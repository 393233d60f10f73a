//! Where the calendar's lines fall: a ruler of two levels for a window of the axis.
//!
//! Minor ticks stand at the finest calendar unit whose labels fit with a gap; major ticks at the natural unit above it. All is
//! computed from the window alone and costs as many ticks as there is room for, at any place of the axis. Nothing is drawn here.

mod units;

use super::DAY_MS;
use super::calendar::weekday;
use units::Unit;

/// One line of the calendar with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Where it stands, in milliseconds on the axis.
    pub at_ms: i64,
    /// Its label.
    pub label: String,
}

/// A ruler for a window of the axis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruler {
    /// The upper level, in ascending order. The first holds the window's start and may stand before it;
    /// it is pinned to the edge, and its label is empty where the second leaves it no room.
    pub major: Vec<Tick>,
    /// The lower level, in ascending order, all within the window; no two labels closer than [`GAP_PX`].
    pub minor: Vec<Tick>,
    /// Weekends that meet the window, start and end (exclusive) in milliseconds, where a day is wide enough to be seen.
    pub shaded: Vec<(i64, i64)>,
}

/// The least gap between two labels, in pixels.
pub const GAP_PX: f32 = 14.0;
/// The least room that a tick takes, in pixels.
const TICK_PX: f32 = 8.0;
/// A day narrower than this, in pixels, shows no weekends.
const SHADED_DAY_PX: f64 = 4.0;

/// Lays a ruler over `[from_ms, to_ms)`, drawn `width_px` wide; `text_width` measures a label in pixels.
///
/// Gives an empty ruler where the window is empty or has no width.
pub fn ruler(from_ms: i64, to_ms: i64, width_px: f32, text_width: &dyn Fn(&str) -> f32) -> Ruler {
    let has_room = width_px.is_finite() && width_px >= TICK_PX && from_ms < to_ms;
    if !has_room {
        return Ruler::default();
    }
    let window = Window { from_ms, to_ms, width_px: f64::from(width_px), text_width };
    let (minor_unit, minor) = window.finest();
    let major = window.major(minor_unit.above());
    Ruler { major, minor, shaded: window.weekends() }
}

/// The first line after `at_ms`, or the last before it, of the unit whose lines the ruler of this window draws lowest; `at_ms` may lie outside the window.
///
/// `None` where the window is empty or has no width, or beyond the last line of the axis.
pub fn next_line(from_ms: i64, to_ms: i64, width_px: f32, text_width: &dyn Fn(&str) -> f32, at_ms: i64, forward: bool) -> Option<i64> {
    if !width_px.is_finite() || width_px < TICK_PX || from_ms >= to_ms {
        return None;
    }
    let (unit, _) = Window { from_ms, to_ms, width_px: f64::from(width_px), text_width }.finest();
    if forward { unit.after(at_ms) } else { unit.at_or_before(at_ms.checked_sub(1)?) }
}

/// A window of the axis, and how wide it is drawn.
struct Window<'a> {
    from_ms: i64,
    to_ms: i64,
    width_px: f64,
    text_width: &'a dyn Fn(&str) -> f32,
}

impl Window<'_> {
    fn ms_per_px(&self) -> f64 {
        (i128::from(self.to_ms) - i128::from(self.from_ms)) as f64 / self.width_px
    }

    /// The most ticks that have room.
    fn most(&self) -> usize {
        (self.width_px / f64::from(TICK_PX)) as usize
    }

    fn label_px(&self, label: &str) -> f64 {
        f64::from((self.text_width)(label)).max(0.0)
    }

    /// Where a time stands, in pixels from the window's start.
    fn x_px(&self, at_ms: i64) -> f64 {
        (i128::from(at_ms) - i128::from(self.from_ms)) as f64 / self.ms_per_px()
    }

    /// The finest unit whose labels fit side by side, with its ticks.
    fn finest(&self) -> (Unit, Vec<Tick>) {
        Unit::ALL.into_iter().find_map(|unit| self.minor(unit).map(|ticks| (unit, ticks))).unwrap_or((Unit::COARSEST, Vec::new()))
    }

    /// The ticks of a unit, where their labels fit side by side.
    fn minor(&self, unit: Unit) -> Option<Vec<Tick>> {
        let widest_px = unit.widest_labels(self.from_ms, self.to_ms).iter().map(|label| self.label_px(label)).fold(0.0, f64::max);
        if unit.least_ms() / self.ms_per_px() < widest_px + f64::from(GAP_PX) {
            return None;
        }
        // Parts of a second say nothing without their second: its label must have room above them.
        if matches!(unit, Unit::Clock(..1000)) {
            let second = unit.above();
            if second.least_ms() / self.ms_per_px() < self.label_px(&second.full_label(self.from_ms)) + f64::from(GAP_PX) {
                return None;
            }
        }
        let mut ticks: Vec<Tick> = Vec::new();
        let mut free_from_px = f64::NEG_INFINITY;
        let mut at = unit.at_or_after(self.from_ms);
        while let Some(at_ms) = at.filter(|at_ms| *at_ms < self.to_ms && ticks.len() < self.most()) {
            let label = unit.label(at_ms);
            let x_px = self.x_px(at_ms);
            // Lines stand closer than their unit where the eras meet.
            if x_px >= free_from_px {
                free_from_px = x_px + self.label_px(&label) + f64::from(GAP_PX);
                ticks.push(Tick { at_ms, label });
            }
            at = unit.after(at_ms);
        }
        Some(ticks)
    }

    /// The ticks of the level above, from the one that holds the window's start; of the next level where their labels would meet.
    fn major(&self, unit: Unit) -> Vec<Tick> {
        let first_ms = unit.at_or_before(self.from_ms).unwrap_or(i64::MIN);
        let mut ticks = vec![Tick { at_ms: first_ms, label: unit.full_label(first_ms) }];
        let mut free_from_px = f64::NEG_INFINITY;
        let mut at = unit.after(self.from_ms);
        while let Some(at_ms) = at.filter(|at_ms| *at_ms < self.to_ms && ticks.len() < self.most()) {
            let label = unit.full_label(at_ms);
            let x_px = self.x_px(at_ms);
            if x_px < free_from_px && unit != Unit::Era {
                return self.major(unit.above());
            }
            free_from_px = x_px + self.label_px(&label) + f64::from(GAP_PX);
            ticks.push(Tick { at_ms, label });
            at = unit.after(at_ms);
        }
        self.make_room_for_second(&mut ticks);
        ticks
    }

    /// Takes the label from a first tick that, pinned to the edge, would run into the second.
    fn make_room_for_second(&self, ticks: &mut [Tick]) {
        if let [first, second, ..] = ticks
            && self.x_px(second.at_ms) < self.label_px(&first.label) + f64::from(GAP_PX)
        {
            first.label.clear();
        }
    }

    /// The weekends that meet the window.
    fn weekends(&self) -> Vec<(i64, i64)> {
        if DAY_MS as f64 / self.ms_per_px() < SHADED_DAY_PX {
            return Vec::new();
        }
        let mut shaded = Vec::new();
        let first_day = self.from_ms.div_euclid(DAY_MS);
        // Back to the Saturday on or before the first day.
        let since_saturday = i64::from((weekday(first_day).num_days_from_monday() + 2) % 7);
        let mut saturday = first_day - since_saturday;
        loop {
            let (start_ms, end_ms) = (saturday.saturating_mul(DAY_MS), (saturday + 2).saturating_mul(DAY_MS));
            if start_ms >= self.to_ms {
                return shaded;
            }
            if end_ms > self.from_ms && start_ms < end_ms {
                shaded.push((start_ms, end_ms));
            }
            saturday += 7;
        }
    }
}

#[cfg(test)]
mod tests;
