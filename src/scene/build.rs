//! Putting the scene together.

use super::{Align, Hits, KindLooks, MoreLanes, Point, Prim, Rect, Scene, SceneLane, Stroke, Text, Weight, connect, elided, lane, ruler};
use crate::store::{EventId, EventStore, LaneId, LaneIndex};
use crate::style::{HEADER_WIDTH_PX, HEADING_PX, LANE_HEIGHT_MOST_PX, LANE_HEIGHT_PX, RULER_HEIGHT_PX, SMALL_PX, Style, TEXT_PX};
use crate::view::{Span, TimeScale};

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
    /// The looks of their kinds.
    pub kinds: &'a KindLooks,
    /// The colours.
    pub style: &'a Style,
    /// The part of the axis to draw.
    pub window: Span,
    /// The width in pixels.
    pub width_px: f32,
    /// The height.
    pub height: Height,
    /// A heading over the ruler; none on screen.
    pub title: Option<&'a str>,
    /// The selected event: its marks are joined whatever else is in view.
    pub selected: Option<EventId>,
    /// The events that match a search, where the others are drawn too and faded; `None` where all that is drawn matches.
    pub hits: Option<Hits<'a>>,
}

/// The height of each lane when so many share `room_px` pixels.
pub fn lane_height_px(lanes: usize, room_px: f32) -> f32 {
    (room_px / lanes.max(1) as f32).floor().clamp(LANE_HEIGHT_PX, LANE_HEIGHT_MOST_PX)
}

/// The height of a lane in a picture that grows with its lanes.
const AUTO_LANE_PX: f32 = 76.0;
/// The height of the row that counts lanes without room.
const MORE_PX: f32 = 30.0;
/// The height of a heading.
const TITLE_PX: f32 = 40.0;

/// Builds the scene. Cost follows the lanes in view and their pixels.
pub fn build(request: &SceneRequest<'_>) -> Scene {
    let style = request.style;
    let count = request.lanes.lanes().len();
    let title_px = if request.title.is_some() { TITLE_PX } else { 0.0 };
    let head_px = title_px + RULER_HEIGHT_PX;
    let width = request.width_px.max(HEADER_WIDTH_PX + 60.0);
    let (height, lane_px, scroll_px) = match request.height {
        Height::Scrolled { height_px, scroll_px } => {
            let lane_px = lane_height_px(count, height_px - head_px);
            let most = (lane_px * count as f32 - (height_px - head_px)).max(0.0);
            (height_px.max(head_px + 10.0), lane_px, scroll_px.clamp(0.0, most))
        }
        Height::Fixed(height_px) => (height_px.max(head_px + MORE_PX), lane_height_px(count, height_px - head_px), 0.0),
        Height::Auto => (head_px + AUTO_LANE_PX * count as f32 + 8.0, AUTO_LANE_PX, 0.0),
    };
    let plot = Rect::between(HEADER_WIDTH_PX, head_px, width, height);
    let scale = TimeScale { span: request.window, left_px: plot.x, width_px: plot.w };
    let room = plot.h;
    let (first, last) = match request.height {
        Height::Scrolled { .. } => {
            let first = (scroll_px / lane_px).floor() as usize;
            (first.min(count), ((scroll_px + room) / lane_px).ceil() as usize)
        }
        Height::Fixed(_) if lane_px * count as f32 > room => (0, ((room - MORE_PX) / lane_px).floor().max(0.0) as usize),
        Height::Fixed(_) | Height::Auto => (0, count),
    };
    let last = last.min(count);
    let rect_of = |at: usize| Rect { x: 0.0, y: head_px + at as f32 * lane_px - scroll_px, w: width, h: lane_px };
    let lanes: Vec<SceneLane> = (first..last).map(|at| lane::lane(request, LaneId(at as u32), rect_of(at), &scale, at % 2 == 1)).collect();

    let lines = ruler::ruler(&scale, title_px, plot, style);
    let mut backdrop = grounds(&lanes, style, Rect { x: 0.0, y: 0.0, w: width, h: height });
    backdrop.extend(lines.grid);
    backdrop.extend(lane_lines(&lanes, style, width));
    let mut frame = heading(request.title, style, width, head_px);
    frame.extend(lines.frame);
    let connectors = connect::connectors(request.store, request.kinds, style, &lanes, plot, request.selected);
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
        lanes,
        connectors,
        frame,
        more_lanes,
        lanes_height: lane_px * count as f32,
        events_in_view,
    }
}

fn filled(rect: Rect, fill: crate::style::Rgba) -> Prim {
    Prim::Box { rect, radius: 0.0, fill: Some(fill), stroke: None }
}

fn grounds(lanes: &[SceneLane], style: &Style, whole: Rect) -> Vec<Prim> {
    let mut out = vec![filled(whole, style.panel)];
    for lane in lanes {
        let fill = if lane.lane.0 % 2 == 1 { style.lane_other } else { style.lane };
        out.push(filled(Rect::between(HEADER_WIDTH_PX, lane.rect.y, whole.w, lane.rect.bottom()), fill));
    }
    out
}

fn lane_lines(lanes: &[SceneLane], style: &Style, width: f32) -> Vec<Prim> {
    let across = |y: f32| {
        let y = y.floor() + 0.5;
        Prim::Line { from: Point { x: 0.0, y }, to: Point { x: width, y }, stroke: Stroke::solid(1.0, style.line_minor) }
    };
    lanes.iter().map(|lane| across(lane.rect.bottom() - 1.0)).collect()
}

/// The ground of the ruler, with a heading over it where there is one.
fn heading(title: Option<&str>, style: &Style, width: f32, head_px: f32) -> Vec<Prim> {
    let mut out = vec![filled(Rect { x: 0.0, y: 0.0, w: width, h: head_px }, style.panel)];
    let line = |from: (f32, f32), to: (f32, f32)| Prim::Line {
        from: Point { x: from.0, y: from.1 },
        to: Point { x: to.0, y: to.1 },
        stroke: Stroke::solid(1.0, style.line_major),
    };
    out.push(line((0.0, head_px - 0.5), (width, head_px - 0.5)));
    if let Some(title) = title {
        out.push(Prim::Text(Text {
            at: Point { x: 14.0, y: TITLE_PX / 2.0 + 2.0 },
            align: Align::Start,
            size_px: HEADING_PX,
            weight: Weight::SemiBold,
            color: style.text,
            text: elided(title, HEADING_PX, Weight::SemiBold, width - 28.0),
        }));
    }
    out
}

/// The row that says how many lanes are left out, and how many marks they have in the window.
fn more(request: &SceneRequest<'_>, shown: usize, y: f32, width: f32, height: f32) -> Option<MoreLanes> {
    let rest = &request.lanes.lanes()[shown..];
    if rest.is_empty() {
        return None;
    }
    let marks = rest.iter().map(|lane| lane.count(request.store, request.window.from_ms, request.window.to_ms)).sum();
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
