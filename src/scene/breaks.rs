//! Where empty stretches are folded away: a torn band across the lanes, on the ruler the length of what is left out in words, and the date of what stands alone between two bands.

use super::{Align, LegendRow, Point, Prim, Rect, Stroke, Text, Weight, text_width};
use crate::store::Gap;
use crate::style::{SMALL_PX, Style};
use crate::time;
use crate::view::{Gaps, Piece, Span, TimeScale};

/// Free pixels at either side of a band, so that marks at its edges are seen whole.
const CLEAR_PX: f32 = 10.0;
/// How deep and how tall the teeth of its edges are.
const TOOTH_PX: (f32, f32) = (2.5, 7.0);

/// A little less than a year: what is longer is named by its year.
const YEAR_MS: f64 = 360.0 * time::DAY_MS as f64;

/// A break in the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// What is folded away.
    pub span: Span,
    /// Its length, and what can be going on in it: "7 years without events".
    pub words: String,
    /// The band across the lanes.
    pub rect: Rect,
    /// Its shapes.
    pub shapes: Vec<Prim>,
}

/// What is left out, in words.
fn words(gap: &Gap, searched: bool) -> String {
    let length = time::length_text(gap.length_ms());
    match (gap.open, searched) {
        (0, false) => format!("{length} without events"),
        (0, true) => format!("{length} without hits"),
        (1, _) => format!("{length} with only 1 event that has no known end"),
        (open, _) => format!("{length} with only {open} events that have no known end"),
    }
}

/// The breaks of a scale across the plot.
pub(super) fn breaks(scale: &TimeScale, gaps: &Gaps, plot: Rect, style: &Style) -> Vec<Break> {
    let folded = scale.pieces().filter_map(|piece| Some((piece, piece.gap?)));
    folded.map(|(piece, gap)| drawn(piece, &gap, gaps.searched, plot, style)).collect()
}

fn drawn(piece: Piece, gap: &Gap, searched: bool, plot: Rect, style: &Style) -> Break {
    let (left, right) = (piece.left_px.max(plot.x), piece.right_px.min(plot.right()));
    // A side that is cut off by the plot's goes on behind it.
    let begin = if piece.span.from_ms > gap.from_ms { left } else { (left + CLEAR_PX).min(right) };
    let end = if piece.span.to_ms < gap.to_ms { right } else { (right - CLEAR_PX).max(begin) };
    let rect = Rect::between(begin, plot.y, end, plot.bottom());
    let said = words(gap, searched);
    let mut shapes = vec![Prim::Box { rect, radius: 0.0, fill: Some(style.panel), stroke: None }];
    let torn = Stroke::solid(1.0, style.text_quiet.faded(0.6));
    shapes.push(Prim::Polygon { corners: torn_outline(rect), fill: None, stroke: Some(torn) });
    Break { span: Span { from_ms: gap.from_ms, to_ms: gap.to_ms }, words: said, rect, shapes }
}

/// The sign of a break for the legend.
pub(super) fn sign(style: &Style) -> Vec<Prim> {
    let middle = LegendRow::WIDTH_PX / 2.0;
    let rect = Rect::between(middle - 16.0, 5.0, middle + 16.0, LegendRow::HEIGHT_PX - 5.0);
    let edge = |x: f32| {
        let corner =
            move |step: usize| Point { x: x + if step.is_multiple_of(2) { -2.0 } else { 2.0 }, y: rect.y + rect.h / 4.0 * step as f32 };
        (0..4).map(move |step| Prim::Line { from: corner(step), to: corner(step + 1), stroke: Stroke::solid(1.0, style.text_quiet) })
    };
    edge(rect.x).chain(edge(rect.right())).collect()
}

/// Both edges of a band with teeth, as one closed line that leaves the plot above and below.
fn torn_outline(rect: Rect) -> Vec<Point> {
    let (deep, tall) = TOOTH_PX;
    let steps = (rect.h / tall).ceil() as usize + 2;
    let corner =
        |x: f32, step: usize| Point { x: x + if step.is_multiple_of(2) { -deep } else { deep }, y: rect.y - tall + tall * step as f32 };
    let down = (0..=steps).map(|step| corner(rect.x, step));
    let up = (0..=steps).rev().map(|step| corner(rect.right(), step));
    down.chain(up).collect()
}

/// What the ruler says over a break: its length, and under it, where there is room, that nothing happens in it.
pub(super) fn ruler_words(
    piece: Piece,
    gap: &Gap,
    searched: bool,
    plot: Rect,
    (upper_y, lower_y): (f32, Option<f32>),
    style: &Style,
) -> Vec<Prim> {
    let (left, right) = (piece.left_px.max(plot.x), piece.right_px.min(plot.right()));
    let under = match (gap.open, searched) {
        (0, false) => "without events".to_owned(),
        (0, true) => "without hits".to_owned(),
        (1, _) => "1 goes on".to_owned(),
        (open, _) => format!("{open} go on"),
    };
    let lines = [(Some(upper_y), time::length_text(gap.length_ms()), Weight::SemiBold), (lower_y, under, Weight::Regular)];
    let line = |(y, text, weight): (Option<f32>, String, Weight)| {
        let at = Point { x: f32::midpoint(left, right), y: y? };
        let fits = text_width(&text, SMALL_PX, weight) <= right - left - 2.0;
        fits.then_some(Prim::Text(Text { at, align: Align::Middle, size_px: SMALL_PX, weight, color: style.text_quiet, text }))
    };
    lines.into_iter().filter_map(line).collect()
}

/// Where the date of a piece that is too narrow for the ruler stands: at its only end, or its start, as near to its middle as the room beside it allows; `None` where it has no room.
pub(super) fn lone_date(piece: Piece, is_first: bool, room: (f32, f32), y: f32, style: &Style) -> Option<Prim> {
    let at_ms = if is_first { piece.span.to_ms - 1 } else { piece.span.from_ms };
    // The pointer's words are rounded to ten years and more; a date that stands for events is not.
    let text = time::playhead_text(at_ms, (piece.span.length_ms() as f64).min(YEAR_MS));
    let half = text_width(&text, SMALL_PX, Weight::Regular) / 2.0 + 2.0;
    let fits = room.1 - room.0 >= 2.0 * half;
    let x = f32::midpoint(piece.left_px, piece.right_px).min(room.1 - half).max(room.0 + half);
    let (at, color) = (Point { x, y }, style.text_quiet);
    fits.then_some(Prim::Text(Text { at, align: Align::Middle, size_px: SMALL_PX, weight: Weight::Regular, color, text }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Theme;
    use crate::time::DAY_MS;

    #[test]
    fn a_break_says_how_long_it_is_and_what_goes_on() {
        let gap = |open| Gap { from_ms: 0, to_ms: 2_557 * DAY_MS, open };
        assert_eq!(words(&gap(0), false), "7 years without events");
        assert_eq!(words(&gap(0), true), "7 years without hits");
        assert_eq!(words(&gap(2), false), "7 years with only 2 events that have no known end");
    }

    #[test]
    fn a_lone_date_is_never_rounded_past_its_year() {
        let said = |from_day: i64, days: i64| {
            let span = Span::between(from_day * DAY_MS, (from_day + days) * DAY_MS);
            let piece = Piece { span, left_px: 300.0, right_px: 310.0, gap: None };
            match lone_date(piece, false, (200.0, 400.0), 33.0, &Style::of(Theme::Light)) {
                Some(Prim::Text(text)) => text.text,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(said(-8_034, 1), "3 Jan 1948");
        assert_eq!(said(-8_034, 20), "Jan 1948");
        assert_eq!(said(-8_034, 200), "1948");
        assert_eq!(said(-8_034, 4_000), "1948");
    }

    #[test]
    fn its_band_keeps_clear_of_what_is_beside_and_its_words_stand_over_it() {
        let gaps = Gaps::new(vec![Gap { from_ms: 10 * DAY_MS, to_ms: 2_567 * DAY_MS, open: 0 }], false);
        let plot = Rect { x: 206.0, y: 44.0, w: 1_000.0, h: 400.0 };
        let scale = TimeScale::new(Span::between(0, 2_577 * DAY_MS), &gaps, plot.x, plot.w);
        let style = Style::of(Theme::Light);
        let found = breaks(&scale, &gaps, plot, &style);
        assert_eq!(found.len(), 1);
        let rect = found[0].rect;
        let (left, right) = (scale.x_of(10 * DAY_MS), scale.x_of(2_567 * DAY_MS));
        assert!(rect.x >= left + 9.0 && rect.right() <= right - 9.0, "{rect:?}");
        let piece = scale.pieces().find(|piece| piece.gap.is_some()).unwrap();
        let said = ruler_words(piece, &gaps.list()[0], false, plot, (14.0, Some(33.0)), &style);
        let texts: Vec<&Text> = said.iter().filter_map(|prim| if let Prim::Text(text) = prim { Some(text) } else { None }).collect();
        assert_eq!(texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>(), ["7 years", "without events"]);
        assert!(texts.iter().all(|text| text_width(&text.text, text.size_px, text.weight) <= right - left));
        // Beside a lone date only the length is said.
        assert_eq!(ruler_words(piece, &gaps.list()[0], false, plot, (14.0, None), &style).len(), 1);
    }
}
