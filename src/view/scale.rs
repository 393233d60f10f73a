//! From times to pixels and back.

use super::Span;

/// A linear scale from a span of time to a stretch of pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeScale {
    /// The span.
    pub span: Span,
    /// The x of its start.
    pub left_px: f32,
    /// How many pixels it takes.
    pub width_px: f32,
}

/// How far outside its stretch a place may lie, in pixels: enough for any line to leave the picture, little enough for `f32`.
const OUTSIDE_PX: f64 = 4_000.0;

impl TimeScale {
    /// The x of a time, at most a few thousand pixels outside the stretch.
    pub fn x_of(&self, at_ms: i64) -> f32 {
        let into_ms = i128::from(at_ms) - i128::from(self.span.from_ms);
        let x = into_ms as f64 / self.span.length_ms() as f64 * f64::from(self.width_px);
        self.left_px + x.clamp(-OUTSIDE_PX, f64::from(self.width_px) + OUTSIDE_PX) as f32
    }

    /// The time at an x.
    pub fn ms_at(&self, x_px: f32) -> i64 {
        let share = f64::from(x_px - self.left_px) / f64::from(self.width_px.max(1.0));
        self.span.from_ms.saturating_add((share * self.span.length_ms() as f64).floor() as i64)
    }

    /// How many milliseconds one pixel spans.
    pub fn ms_per_px(&self) -> f64 {
        self.span.length_ms() as f64 / f64::from(self.width_px.max(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let scale = TimeScale { span: Span::between(-500_000, 500_000), left_px: 200.0, width_px: 1_000.0 };
        assert!((scale.x_of(0) - 700.0).abs() < 1e-3);
        assert_eq!(scale.ms_at(700.0), 0);
        assert!(scale.x_of(i64::MIN) < 0.0 && scale.x_of(i64::MAX) > 1_200.0);
    }
}
