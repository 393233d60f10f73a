//! Putting the scene together.

use std::collections::BTreeMap;

use super::place::{Placing, placing};
use super::{Align, Hits, KindLooks, MoreLanes, Point, Prim, Rect, Scene, SceneLane, Stroke, Text, Weight, breaks, connect, lane, ruler};
use crate::store::{EventId, EventStore, Lane, LaneIndex};
use crate::style::{HEADER_WIDTH_PX, RULER_HEIGHT_PX, SMALL_PX, Style, TEXT_PX};
use crate::view::{Gaps, LaneRows, Span, TimeScale};

/// How tall a picture is, and what becomes of lanes that do not fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Height {
    /// A window of this height, its lanes scrolled down by so many pixels.
    Scrolled {
        /// The height.
        height_px: f32,
        /// How far down.
        scroll_px: f32,
    },
    /// A picture of this height; lanes that do not fit become one counted row.
    Fixed(f32),
    /// As tall as the lanes need.
    Auto,
}

/// All that a scene is made from.
#[derive(Clone, Copy)]
pub struct SceneRequest<'a> {
    /// Whether marks carry their names; a window makes them for the few that are asked for ([`spoken`](super::spoken)).
    pub names: bool,
    /// The events.
    pub store: &'a EventStore,
    /// Their lanes, under the filter.
    pub lanes: &'a LaneIndex,
    /// The lanes as they are shown.
    pub rows: &'a LaneRows,
    /// The looks of their kinds.
    pub kinds: &'a KindLooks,
    /// The colours.
    pub style: &'a Style,
    /// The part of the axis to draw.
    pub window: Span,
    /// The empty stretches that are folded away.
    pub gaps: &'a Gaps,
    /// The width in pixels.
    pub width_px: f32,
    /// The height.
    pub height: Height,
    /// What only a picture for paper has; nothing on screen.
    pub paper: Option<&'a Paper>,
    /// The selected event: its marks are joined whatever else is in view.
    pub selected: Option<EventId>,
    /// The events that match a search, where the others are drawn too and faded; `None` where all that is drawn matches.
    pub hits: Option<Hits<'a>>,
}

/// What a picture for paper has beside what the screen has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// The numbers under which the evidence of events is listed.
    pub numbers: BTreeMap<EventId, u32>,
}

/// The height of a lane in a picture that grows with its lanes.
pub const AUTO_LANE_PX: f32 = 76.0;
/// The height of the row that counts lanes without room.
pub const MORE_PX: f32 = 30.0;

/// Builds the scene. Cost follows the lanes in view and their pixels.
pub fn build(request: &SceneRequest<'_>) -> Scene {
    let (style, rows) = (request.style, request.rows);
    let head_px = RULER_HEIGHT_PX;
    let width = request.width_px.max(HEADER_WIDTH_PX + 60.0);
    let (height, placed, scroll_px) = match request.height {
        Height::Scrolled { height_px, scroll_px } => {
            let placed = placing(rows, height_px - head_px);
            (height_px.max(head_px + 10.0), placed, scroll_px.clamp(0.0, placed.most_scroll_px()))
        }
        Height::Fixed(height_px) => {
            let share_px = placing(rows, height_px - head_px).share_px;
            (height_px.max(head_px + MORE_PX), all_placed(rows, share_px), 0.0)
        }
        Height::Auto => {
            let placed = all_placed(rows, AUTO_LANE_PX);
            (head_px + placed.others_px + 8.0, placed, 0.0)
        }
    };
    let plot = Rect::between(HEADER_WIDTH_PX, head_px, width, height);
    let scale = TimeScale::new(request.window, request.gaps, plot.x, plot.w);
    let shown = match request.height {
        Height::Scrolled { .. } => placed.seen(rows, scroll_px),
        Height::Fixed(_) if placed.others_px > plot.h => 0..rows.row_at(f64::from(plot.h - MORE_PX), placed.share_px),
        Height::Fixed(_) | Height::Auto => 0..rows.len(),
    };
    let scrolled = Rect::between(plot.x, head_px + placed.pinned_px, plot.right(), plot.bottom());
    let rect_of = |row: usize| {
        let y = head_px + placed.top_px(rows, row, scroll_px);
        Rect { x: 0.0, y, w: width, h: rows.height_px(row, placed.share_px) }
    };
    let last = shown.end;
    let lanes: Vec<SceneLane> = (0..placed.pinned)
        .chain(shown)
        .filter_map(|at| {
            let row = rows.rows().get(at)?;
            let rect = rect_of(at);
            let top = if at < placed.pinned { head_px } else { scrolled.y };
            let seen = Rect::between(0.0, rect.y.max(top), width, rect.bottom().min(plot.bottom()));
            Some(lane::lane(request, *row, rect, seen, &scale, at % 2 == 1))
        })
        .collect();

    // Without any date there is no time to measure.
    let lines = if request.store.dated() == 0 {
        ruler::RulerShapes::default()
    } else {
        ruler::ruler(&scale, 0.0, plot, style, request.store.zone_name(), request.gaps.searched)
    };
    let mut backdrop = grounds(&lanes, style, Rect { x: 0.0, y: 0.0, w: width, h: height });
    backdrop.extend(lines.grid);
    backdrop.extend(lane_lines(&lanes, style, width));
    let mut frame = ruler_ground(style, width, head_px);
    frame.extend(lines.frame);
    if placed.pinned > 0 && placed.pinned < rows.len() {
        frame.push(across(scrolled.y - 1.0, width, Stroke::solid(1.0, style.text_quiet)));
    }
    // A window shows them as a button of its own.
    if rows.hidden() > 0 && !matches!(request.height, Height::Scrolled { .. }) {
        frame.push(hidden_words(rows.hidden(), style, head_px));
    }
    let breaks = breaks::breaks(&scale, request.gaps, plot, style);
    let connectors = connect::connectors(request, &lanes, plot);
    let more_lanes = matches!(request.height, Height::Fixed(_)).then(|| more(request, last, rect_of(last).y, width, height)).flatten();
    let events_in_view = request.lanes.all().map_or(0, |all| all.count(request.store, request.window.from_ms, request.window.to_ms));
    Scene {
        width,
        height,
        theme: style.theme,
        window: request.window,
        scale,
        plot,
        backdrop,
        breaks,
        lanes,
        connectors,
        frame,
        more_lanes,
        lanes_height: placed.others_px,
        scrolled,
        hidden_lanes: rows.hidden(),
        events_in_view,
    }
}

/// Rows of which none stays where it is: a picture is not scrolled.
fn all_placed(rows: &LaneRows, share_px: f32) -> Placing {
    let others_px = rows.top_px(rows.len(), share_px) as f32;
    Placing { share_px, pinned: 0, pinned_px: 0.0, others_px, room_px: others_px }
}

/// How many lanes were left out by choice, over the headers.
fn hidden_words(hidden: usize, style: &Style, head_px: f32) -> Prim {
    let text = if hidden == 1 { "1 lane hidden".to_owned() } else { format!("{} lanes hidden", lane::grouped(hidden)) };
    Prim::Text(Text {
        at: Point { x: 14.0, y: head_px - 13.0 },
        align: Align::Start,
        size_px: SMALL_PX,
        weight: Weight::Regular,
        color: style.text_quiet,
        text,
    })
}

fn filled(rect: Rect, fill: crate::style::Rgba) -> Prim {
    Prim::Box { rect, radius: 0.0, fill: Some(fill), stroke: None }
}

fn grounds(lanes: &[SceneLane], style: &Style, whole: Rect) -> Vec<Prim> {
    let mut out = vec![filled(whole, style.panel)];
    for lane in lanes {
        let fill = if lane.striped { style.lane_other } else { style.lane };
        out.push(filled(Rect::between(HEADER_WIDTH_PX, lane.seen.y, whole.w, lane.seen.bottom()), fill));
    }
    out
}

fn across(y: f32, width: f32, stroke: Stroke) -> Prim {
    let y = y.floor() + 0.5;
    Prim::Line { from: Point { x: 0.0, y }, to: Point { x: width, y }, stroke }
}

fn lane_lines(lanes: &[SceneLane], style: &Style, width: f32) -> Vec<Prim> {
    let seen = lanes.iter().filter(|lane| lane.seen.bottom() >= lane.rect.bottom());
    seen.map(|lane| across(lane.rect.bottom() - 1.0, width, Stroke::solid(1.0, style.line_minor))).collect()
}

/// The ground of the ruler.
fn ruler_ground(style: &Style, width: f32, head_px: f32) -> Vec<Prim> {
    let (from, to) = (Point { x: 0.0, y: head_px - 0.5 }, Point { x: width, y: head_px - 0.5 });
    let line = Prim::Line { from, to, stroke: Stroke::solid(1.0, style.line_major) };
    vec![filled(Rect { x: 0.0, y: 0.0, w: width, h: head_px }, style.panel), line]
}

/// The row that says how many lanes are left out, and how many marks they have in the window.
fn more(request: &SceneRequest<'_>, shown: usize, y: f32, width: f32, height: f32) -> Option<MoreLanes> {
    let rest = shown..request.rows.len();
    if rest.is_empty() {
        return None;
    }
    let count = |lane: &Lane| lane.count(request.store, request.window.from_ms, request.window.to_ms);
    let marks = rest.clone().filter_map(|row| request.rows.lane(row, request.lanes)).map(count).sum();
    let words = format!("and {} more lanes, with {} marks in this span", lane::grouped(rest.len()), lane::grouped(marks));
    let rect = Rect { x: 0.0, y, w: width, h: (height - y).max(MORE_PX) };
    let text = Text {
        at: Point { x: 14.0, y: y + MORE_PX / 2.0 },
        align: Align::Start,
        size_px: if width > 500.0 { TEXT_PX } else { SMALL_PX },
        weight: Weight::Regular,
        color: request.style.text_quiet,
        text: words,
    };
    Some(MoreLanes { lanes: rest.len(), marks, shapes: vec![filled(rect, request.style.panel), Prim::Text(text)] })
}
