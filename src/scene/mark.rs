//! An event against a scale: which figure it is drawn as, and where on the axis.

use super::figure::{Figure, Form, Member, Open};
use crate::store::{Brief, EventId, EventStore};
use crate::style::{SOFT_FROM_PX, SYMBOL_RADIUS_PX, StatusLook};
use crate::time::{self, DAY_MS, Extent, Precision, Qualities, Shape};
use crate::view::TimeScale;

/// The shortest bar, so that something that lasted never looks like a moment.
const BAR_LEAST_PX: f32 = 9.0;
/// How far outside the plot a symbol or a ghost still stands, so that none is seen cut in half where it is not.
const OUTSIDE_PX: f32 = 16.0;

/// An event and its figure.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    pub event: EventId,
    pub brief: Brief,
    pub figure: Figure,
}

impl Outline {
    /// Measures an event against a scale. `None` for an undated event.
    pub fn of(store: &EventStore, event: EventId, scale: &TimeScale) -> Option<Self> {
        let brief = store.brief(event)?;
        let (plot_left, plot_right) = (scale.left_px, scale.left_px + scale.width_px);
        let (from, to) = (scale.x_of(brief.start_ms), scale.x_of(brief.end_ms));
        let open = Open { start: brief.start_ms == i64::MIN, end: brief.end_ms == i64::MAX };
        let clip = |x: f32| x.clamp(plot_left, plot_right);
        let middle = scale.x_of(middle_ms(brief.start_ms, brief.end_ms));
        let (form, anchor, left, right) = match brief.shape {
            Shape::Duration => {
                let form = bar_form(store, event, open, scale);
                (form, from, clip(from), clip(to.max(from + BAR_LEAST_PX)))
            }
            Shape::Moment if brief.qualities.has(Qualities::ONE_OF) || brief.qualities.has(Qualities::ALL_OF) => {
                let members: Vec<Member> =
                    time::members(store.canonical(event), store.zone()).iter().map(|extent| member(extent, scale)).collect();
                let first = members.iter().map(|member| member.x).reduce(f32::min).unwrap_or(middle);
                let last = members.iter().map(|member| member.x).reduce(f32::max).unwrap_or(middle);
                let near = |member: &Member| member.right > plot_left - OUTSIDE_PX && member.left < plot_right + OUTSIDE_PX;
                let mut members: Vec<Member> = members.into_iter().filter(near).collect();
                members.sort_by(|one, other| one.x.total_cmp(&other.x));
                let form = Form::Members { members, all: brief.qualities.has(Qualities::ALL_OF) };
                (form, first, clip(from.min(first - SYMBOL_RADIUS_PX)), clip(to.max(last + SYMBOL_RADIUS_PX)))
            }
            Shape::Moment if to - from < SOFT_FROM_PX => {
                (Form::Symbol, middle, middle - SYMBOL_RADIUS_PX - 1.0, middle + SYMBOL_RADIUS_PX + 1.0)
            }
            Shape::Moment => {
                // Without a bound there is no middle: the symbol keeps to the bound that is known.
                let inside = 2.0 * SYMBOL_RADIUS_PX;
                let anchor = match (open.start, open.end) {
                    (true, false) => to - inside,
                    (false, true) => from + inside,
                    _ => middle,
                };
                (Form::Band { open }, anchor, clip(from), clip(to))
            }
        };
        Some(Self {
            event,
            brief,
            figure: Figure {
                form,
                left,
                right,
                anchor,
                cut_left: from < plot_left,
                cut_right: to > plot_right,
                outlined: StatusLook::of(brief.status).hollow,
                feather: feather(store, event, &brief, scale),
                ghosts: ghosts(store, event, &brief, scale),
            },
        })
    }
}

/// Where other sources put an event; those outside the plot just outside it, so that their line leaves the picture.
fn ghosts(store: &EventStore, event: EventId, brief: &Brief, scale: &TimeScale) -> Vec<f32> {
    if !brief.competing {
        return Vec::new();
    }
    let (low, high) = (scale.left_px - OUTSIDE_PX, scale.left_px + scale.width_px + OUTSIDE_PX);
    store
        .competing_dates(event)
        .filter_map(|text| store.placed(text))
        .map(|reading| handle_of(&reading.extent, reading.shape, scale).clamp(low, high))
        .collect()
}

/// Where the symbol of a date, or the start of its bar, stands.
fn handle_of(extent: &Extent, shape: Shape, scale: &TimeScale) -> f32 {
    match (shape, extent.earliest_start == i64::MIN) {
        (Shape::Duration, false) => scale.x_of(extent.earliest_start),
        (Shape::Duration, true) => scale.x_of(extent.latest_end),
        (Shape::Moment, _) => member(extent, scale).x,
    }
}

/// One date of several; without a bound on one side it stands at the other.
fn member(extent: &Extent, scale: &TimeScale) -> Member {
    let (left, right) = (scale.x_of(extent.earliest_start), scale.x_of(extent.latest_end));
    let x = match (extent.earliest_start == i64::MIN, extent.latest_end == i64::MAX) {
        (true, false) => right,
        (false, true) => left,
        _ => scale.x_of(middle_ms(extent.earliest_start, extent.latest_end)),
    };
    Member { x, left, right }
}

/// How far doubt reaches past the bounds of an approximate or uncertain date: one unit of the precision of the side that is in doubt.
fn feather(store: &EventStore, event: EventId, brief: &Brief, scale: &TimeScale) -> (f32, f32) {
    if !brief.qualities.has(Qualities::APPROXIMATE) && !brief.qualities.has(Qualities::UNCERTAIN) {
        return (0.0, 0.0);
    }
    let width = |precision: Precision| (unit_ms(precision) as f64 / scale.ms_per_px()).min(f64::from(scale.width_px)) as f32;
    match brief.shape {
        Shape::Moment => (width(brief.precision), width(brief.precision)),
        Shape::Duration => {
            let [start, end] = time::doubtful_ends(store.canonical(event));
            (start.map_or(0.0, width), end.map_or(0.0, width))
        }
    }
}

fn bar_form(store: &EventStore, event: EventId, open: Open, scale: &TimeScale) -> Form {
    let Some(extent) = store.extent(event) else { return Form::Bar { soft_in: 0.0, soft_out: 0.0, open } };
    let px = |from_ms: i64, to_ms: i64| scale.x_of(to_ms) - scale.x_of(from_ms);
    // Ends known to less than a symbol's width are drawn hard, as such a moment is drawn solid.
    let soft = |width: f32| if width >= SOFT_FROM_PX { width } else { 0.0 };
    let (left, right) = (scale.left_px, scale.left_px + scale.width_px);
    // Of a soft end that lies partly outside the plot only the part inside is left.
    let inside_in = (scale.x_of(extent.latest_start) - scale.x_of(extent.earliest_start).max(left)).max(0.0);
    let inside_out = (scale.x_of(extent.latest_end).min(right) - scale.x_of(extent.earliest_end)).max(0.0);
    let soft_in = if open.start { 0.0 } else { soft(px(extent.earliest_start, extent.latest_start)).min(inside_in) };
    let soft_out = if open.end { 0.0 } else { soft(px(extent.earliest_end, extent.latest_end)).min(inside_out) };
    Form::Bar { soft_in, soft_out, open }
}

fn middle_ms(from_ms: i64, to_ms: i64) -> i64 {
    i128::midpoint(i128::from(from_ms), i128::from(to_ms)) as i64
}

/// The length of a unit, in milliseconds.
const fn unit_ms(precision: Precision) -> i64 {
    match precision {
        Precision::Subsecond => 1,
        Precision::Second => 1_000,
        Precision::Minute => 60_000,
        Precision::Hour => 3_600_000,
        Precision::Day => DAY_MS,
        Precision::Month => 30 * DAY_MS,
        Precision::Season => 91 * DAY_MS,
        Precision::Year => 365 * DAY_MS,
        Precision::Decade => 3_652 * DAY_MS,
        Precision::Century => 36_524 * DAY_MS,
        Precision::Millennium => 365_242 * DAY_MS,
    }
}
