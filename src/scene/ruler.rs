//! The two-level ruler, its grid lines and the days of rest.

use super::{Align, Point, Prim, Rect, Stroke, Text, Weight, elided, text_width};
use crate::style::{RULER_HEIGHT_PX, SMALL_PX, Style, TEXT_PX};
use crate::time::ticks;
use crate::view::TimeScale;

/// The ruler's next line after a time, or the one before it; `None` at the axis's ends.
pub fn next_line(scale: &TimeScale, at_ms: i64, forward: bool) -> Option<i64> {
    let measure = |label: &str| text_width(label, SMALL_PX, Weight::Regular);
    ticks::next_line(scale.span.from_ms, scale.span.to_ms, scale.width_px, &measure, at_ms, forward)
}

/// Shapes of the ruler, and of the grid that it lays over the lanes.
pub(super) struct RulerShapes {
    /// Behind the lanes' marks.
    pub grid: Vec<Prim>,
    /// The ruler itself.
    pub frame: Vec<Prim>,
}

/// Draws the ruler at `top` and its grid over `plot`, with the name of the zone beside it where one matters.
pub(super) fn ruler(scale: &TimeScale, top: f32, plot: Rect, style: &Style, zone: Option<&str>) -> RulerShapes {
    let measure = |label: &str| text_width(label, SMALL_PX, Weight::Regular);
    let span = scale.span;
    let marks = ticks::ruler(span.from_ms, span.to_ms, scale.width_px, &measure);
    let (mut grid, mut frame) = (Vec::new(), Vec::new());
    for (from_ms, to_ms) in marks.shaded {
        let rect = Rect::between(scale.x_of(from_ms).max(plot.x), plot.y, scale.x_of(to_ms).min(plot.right()), plot.bottom());
        grid.push(Prim::Box { rect, radius: 0.0, fill: Some(style.weekend), stroke: None });
    }
    let bottom = top + RULER_HEIGHT_PX;
    let upright = |x: f32, from: f32, to: f32, color| {
        let x = x.floor() + 0.5;
        Prim::Line { from: Point { x, y: from }, to: Point { x, y: to }, stroke: Stroke::solid(1.0, color) }
    };
    let in_plot = |x: f32| x >= plot.x && x <= plot.right();
    for tick in &marks.minor {
        let x = scale.x_of(tick.at_ms);
        if in_plot(x) {
            grid.push(upright(x, plot.y, plot.bottom(), style.line_minor));
        }
        let width = measure(&tick.label);
        // Weeks begin shortly before a month: their label gives way to the line between the months.
        let next = marks.major.partition_point(|major| major.at_ms <= tick.at_ms);
        let in_way = marks.major.get(next).is_some_and(|major| scale.x_of(major.at_ms) < x + 4.0 + width);
        if !in_way && x + 4.0 >= plot.x && x + 4.0 + width <= plot.right() - 2.0 {
            frame.push(Prim::Text(Text {
                at: Point { x: x + 4.0, y: bottom - 11.0 },
                align: Align::Start,
                size_px: SMALL_PX,
                weight: Weight::Regular,
                color: style.text_quiet,
                text: tick.label.clone(),
            }));
        }
    }
    if let Some(zone) = zone {
        frame.push(Prim::Text(Text {
            at: Point { x: plot.x - 12.0, y: bottom - 11.0 },
            align: Align::End,
            size_px: SMALL_PX,
            weight: Weight::Regular,
            color: style.text_quiet,
            text: elided(zone, SMALL_PX, Weight::Regular, plot.x - 26.0),
        }));
    }
    for (at, tick) in marks.major.iter().enumerate() {
        let x = scale.x_of(tick.at_ms);
        if in_plot(x) {
            grid.push(upright(x, plot.y, plot.bottom(), style.line_major));
            frame.push(upright(x, top + 6.0, bottom, style.line_major));
        }
        let left = x.max(plot.x) + 5.0;
        let next = marks.major.get(at + 1).map_or(plot.right(), |next| scale.x_of(next.at_ms)).min(plot.right());
        if left + text_width(&tick.label, TEXT_PX, Weight::SemiBold) <= next - 4.0 {
            frame.push(Prim::Text(Text {
                at: Point { x: left, y: top + 14.0 },
                align: Align::Start,
                size_px: TEXT_PX,
                weight: Weight::SemiBold,
                color: style.text,
                text: tick.label.clone(),
            }));
        }
    }
    RulerShapes { grid, frame }
}
