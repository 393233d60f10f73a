//! One lane: its events as marks with labels, or as counts.

use std::borrow::Cow;
use std::sync::Arc;

use super::figure::{Figure, MarkLook};
use super::mark::Outline;
use super::rows::{self, LABEL_PX, Sides, Words};
use super::{AUTO_LANE_PX, Align, Fold, Mark, Point, Prim, Rect, SceneLane, SceneRequest, Stroke, Text, Weight, density, header};
use crate::model::Status;
use crate::store::{EventId, EventStore, Lane};
use crate::style::{BAR_PX, ROW_MOST_PX, ROW_PX, SMALL_PX, SYMBOL_RADIUS_PX, StatusLook, Style, Theme};
use crate::time::{self, Dialect, Qualities};
use crate::view::{LaneRow, Span, TimeScale};

/// A mark needs at least so many pixels of a row; a lane with more events than that is drawn as counts without looking at each.
const MARK_PX: f32 = 9.0;
/// The least height of a lane in a picture, and what its rows leave free.
pub(super) const LANE_LEAST_PX: f32 = 40.0;
const LANE_PAD_PX: f32 = 10.0;
/// A lane with more events than this has the usual height.
const FITTED_MOST: usize = 300;
/// The most rows of a lane: a lone lane in a tall window would be searched for room longer than a frame may take.
const ROWS_MOST: usize = 24;
/// What the rows of a lane leave free above and below where there is room.
const ROWS_PAD_PX: f32 = 28.0;

/// Builds one lane with its box at `rect` (header included), of which `seen` can be seen.
pub(super) fn lane(request: &SceneRequest<'_>, row: LaneRow, rect: Rect, seen: Rect, scale: &TimeScale, striped: bool) -> SceneLane {
    let (store, style) = (request.store, request.style);
    let lane = request.lanes.shown(row.lane, row.folded);
    let window = scale.span;
    let total = lane.count(store, window.from_ms, window.to_ms);
    let earlier = lane.ended_by(request.store, window.from_ms);
    let later = lane.len().saturating_sub(lane.starting_before(store, window.to_ms));
    let mut scene = SceneLane {
        lane: row.lane,
        row,
        striped,
        name: Arc::clone(lane.name()),
        rect,
        seen,
        fold_box: None,
        total,
        earlier,
        later,
        header: Vec::new(),
        marks: Vec::new(),
        folds: Vec::new(),
        remarks: Vec::new(),
    };
    header::header(&mut scene, lane.is_rest(), request);
    let ground = if striped { style.lane_other } else { style.lane };
    let rows = (((rect.h - 2.0) / ROW_PX).floor() as usize).clamp(1, ROWS_MOST);
    let room = (scale.width_px / MARK_PX) as usize * rows;
    let mut events = Vec::new();
    let fits = total <= room && lane.events(store, window.from_ms, window.to_ms, room, &mut events);
    if !(fits && marks(&mut scene, request, &events, scale, rows, ground)) {
        scene.marks.clear();
        scene.folds.clear();
        density::columns(request, row, scale, rect, &mut scene.folds);
    }
    if total == 0 && earlier + later > 0 {
        outside(&mut scene, scale, request);
    }
    scene
}

/// Says in an empty lane that its events lie before or after the window.
fn outside(scene: &mut SceneLane, scale: &TimeScale, request: &SceneRequest<'_>) {
    let y = scene.rect.y + scene.rect.h / 2.0;
    let sides = [
        (scene.earlier, Align::Start, scale.left_px + 10.0, format!("← {} earlier", grouped(scene.earlier))),
        (scene.later, Align::End, scale.left_px + scale.width_px - 10.0, format!("{} later →", grouped(scene.later))),
    ];
    for (count, align, x, text) in sides {
        if count > 0 {
            let color = request.style.text_quiet;
            scene.remarks.push(Prim::Text(Text { at: Point { x, y }, align, size_px: SMALL_PX, weight: Weight::Regular, color, text }));
        }
    }
}

/// A number with its thousands set apart.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Draws events one by one with chips for those that find no room; false where more than half would be folded, so that counts tell more.
fn marks(
    scene: &mut SceneLane,
    request: &SceneRequest<'_>,
    events: &[EventId],
    scale: &TimeScale,
    rows: usize,
    ground: crate::style::Rgba,
) -> bool {
    let store = request.store;
    let outlines: Vec<Outline> = events.iter().filter_map(|event| Outline::of(store, *event, scale)).collect();
    let sides = sides(request, scale);
    let signs = sides.bar_signs;
    let Some(packed) = pack(request, &outlines, rows, sides) else { return false };
    let middle = scene.rect.y + scene.rect.h / 2.0;
    let used = packed.used.max(1) as f32;
    // Rows stand further apart where the lane has room for it.
    let pitch = ((scene.rect.h - ROWS_PAD_PX) / used).clamp(ROW_PX, ROW_MOST_PX);
    let row_y = |row: usize| middle + (row as f32 - (used - 1.0) / 2.0) * pitch;
    for placed in &packed.placed {
        let outline = &outlines[placed.at];
        let y = row_y(placed.row);
        let kind = request.kinds.look(outline.brief.kind);
        let color = kind.color(request.style);
        let status = StatusLook::of(outline.brief.status);
        let mut shapes = Vec::new();
        outline.figure.shapes(
            y,
            MarkLook { color, shape: kind.symbol, ground, on: signs.then(|| request.style.text_on(color)), status },
            &mut shapes,
        );
        let (left, right) = outline.figure.taken();
        // At the plot's sides a sliver is left to be met, narrower than the gap between neighbours.
        let (left, right) = (left.clamp(sides.left, sides.right - 2.5), right.clamp(sides.left + 2.5, sides.right));
        // Less than a row, so that neighbours never share a place.
        let hit = Rect::between(left, y - BAR_PX / 2.0 - 1.5, right, y + BAR_PX / 2.0 + 1.5);
        let (mut label_box, mut label_shapes) = (None, Vec::new());
        if let Some(label) = &placed.label {
            let label_y = label.led_to.map_or(y, row_y);
            let rect = rows::label_rect(label, label_y);
            if label.led_to.is_some() {
                label_shapes.extend(leader(
                    Point { x: outline.figure.handle(), y },
                    Point { x: label.left - 2.0, y: label_y },
                    request.style,
                ));
            }
            let inside = label.side == rows::Side::Inside;
            let on_bar = inside && !status.hollow;
            if !inside
                && label.led_to.is_none()
                && let Some(plate) = plate(rect.grown(1.0), outline.figure.pale())
            {
                label_shapes.push(Prim::Box { rect: plate, radius: 3.0, fill: Some(ground.faded(0.72)), stroke: None });
            }
            let color = if on_bar { request.style.text_on(color) } else { request.style.text };
            let at = Point { x: label.left, y: label_y };
            let text = label.text.clone();
            label_shapes.push(Prim::Text(Text { at, align: Align::Start, size_px: LABEL_PX, weight: Weight::Regular, color, text }));
            label_box = Some(rect);
        }
        let mut mark = Mark {
            event: outline.event,
            id: if request.names { store.id_text(outline.event).to_owned() } else { String::new() },
            name: if request.names { spoken(store, outline.event) } else { String::new() },
            handle: Point { x: outline.figure.handle(), y },
            hit,
            shapes,
            label_box,
            label: label_shapes,
        };
        if let Some(hits) = &request.hits {
            hits.show(&mut mark);
        }
        scene.marks.push(mark);
    }
    for chip in &packed.chips {
        let y = row_y(chip.row);
        let starts = chip.marks.iter().map(|at| outlines[*at].brief.start_ms.max(scale.span.from_ms));
        let (low, high) = starts.fold((i64::MAX, i64::MIN), |(low, high), start_ms| (low.min(start_ms), high.max(start_ms)));
        let span = Span::between(low, high.saturating_add(1));
        let rect = Rect { x: chip.left, y: y - 7.5, w: chip.width, h: 15.0 };
        let style = request.style;
        let text = Text {
            at: Point { x: chip.left + chip.width / 2.0, y },
            align: Align::Middle,
            size_px: SMALL_PX,
            weight: Weight::SemiBold,
            color: style.text,
            text: format!("+{}", chip.marks.len()),
        };
        // A chip says by its edge that hits are among what it counts.
        let holds_hit = request.hits.is_some_and(|hits| chip.marks.iter().any(|at| hits.has(outlines[*at].event)));
        let stroke = Some(if holds_hit { Stroke::solid(1.5, style.accent) } else { Stroke::solid(1.0, style.line_major) });
        scene.folds.push(Fold {
            count: chip.marks.len(),
            span,
            beside_others: true,
            hit: rect,
            shapes: vec![Prim::Box { rect, radius: 7.5, fill: Some(style.field), stroke }, Prim::Text(text)],
        });
    }
    true
}

/// The line from a mark to its label in another row: up or down from the symbol, then to the words.
fn leader(from: Point, to: Point, style: &Style) -> [Prim; 2] {
    let down = if to.y > from.y { 1.0 } else { -1.0 };
    let corner = Point { x: from.x, y: to.y };
    let stroke = Stroke::solid(0.8, style.text_quiet);
    let begin = Point { x: from.x, y: from.y + down * (SYMBOL_RADIUS_PX + 1.5) };
    [Prim::Line { from: begin, to: corner, stroke }, Prim::Line { from: corner, to, stroke }]
}

/// How much an event's label matters: the selected one's most, then those with more evidence.
fn importance(request: &SceneRequest<'_>, event: EventId) -> u32 {
    if request.selected == Some(event) { u32::MAX } else { request.store.record(event).evidence.len() as u32 }
}

/// The height that a lane needs in a picture to draw its events one by one, each with its label, `most_px` at most; a usual one where it has too many.
pub(super) fn needed_px(request: &SceneRequest<'_>, lane: &Lane, scale: &TimeScale, most_px: f32) -> f32 {
    let rows = (((most_px - LANE_PAD_PX) / ROW_PX).floor() as usize).min(ROWS_MOST);
    let mut events = Vec::new();
    let window = scale.span;
    if !lane.events(request.store, window.from_ms, window.to_ms, FITTED_MOST, &mut events) {
        return AUTO_LANE_PX;
    }
    let outlines: Vec<Outline> = events.iter().filter_map(|event| Outline::of(request.store, *event, scale)).collect();
    let Some(packed) = pack(request, &outlines, rows, sides(request, scale)) else { return AUTO_LANE_PX };
    (packed.used as f32 * ROW_PX + LANE_PAD_PX).clamp(LANE_LEAST_PX, most_px.max(LANE_LEAST_PX))
}

/// Where marks and labels may stand.
fn sides(request: &SceneRequest<'_>, scale: &TimeScale) -> Sides {
    Sides { left: scale.left_px, right: scale.left_px + scale.width_px, bar_signs: request.style.theme == Theme::Print }
}

/// Packs the marks of a lane with their labels; `None` where counts tell more.
fn pack(request: &SceneRequest<'_>, outlines: &[Outline], rows: usize, sides: Sides) -> Option<rows::Rows> {
    let number = |event: EventId| request.paper.and_then(|paper| paper.numbers.get(&event).copied());
    let words = |at: usize| Words { text: label(request, &outlines[at]), number: number(outlines[at].event) };
    let care: Option<Vec<u32>> = request.paper.map(|_| outlines.iter().map(|outline| importance(request, outline.event)).collect());
    let figures: Vec<&Figure> = outlines.iter().map(|outline| &outline.figure).collect();
    rows::pack(&figures, words, rows, sides, care.as_deref())
}

/// The part of a label's box that needs a ground of its own: what does not lie on the event's own band.
fn plate(rect: Rect, pale: Option<(f32, f32)>) -> Option<Rect> {
    let Some((from, to)) = pale else { return Some(rect) };
    let left = if rect.x >= from { rect.x.max(to) } else { rect.x };
    let right = if rect.right() <= to { rect.right().min(from.max(left)) } else { rect.right() };
    (right - left > 1.0).then(|| Rect::between(left, rect.y, right, rect.bottom()))
}

/// The words beside a mark: its title, with what its date leaves open.
fn label<'s>(request: &SceneRequest<'s>, outline: &Outline) -> Cow<'s, str> {
    let store = request.store;
    let title = store.title_text(outline.event);
    let qualities = outline.brief.qualities;
    let short = || time::read(store.canonical(outline.event), &Dialect::EDTF).map(|when| store.wording_short(&when)).unwrap_or_default();
    if outline.figure.cut_left && (!outline.figure.cut_right || outline.brief.end_ms == i64::MAX) {
        return Cow::Owned(format!("← {title} ({})", short()));
    }
    if qualities.has(Qualities::APPROXIMATE) {
        return Cow::Owned(format!("{title} ({})", short()));
    }
    if qualities.has(Qualities::UNCERTAIN) {
        return Cow::Owned(format!("{title} ?"));
    }
    Cow::Borrowed(title)
}

/// Actors whom a reader is told by name.
const NAMED_ACTORS: usize = 8;

/// An event as a screen reader or a tip says it, in one line: "30 August 2023, statement, John Kirby: title". A contested status is said behind the kind.
pub fn spoken(store: &EventStore, event: EventId) -> String {
    let names = store.names();
    let mut out = time::read(store.canonical(event), &Dialect::EDTF).map(|when| store.wording(&when)).unwrap_or_default();
    if out.is_empty() {
        out.push_str("No date");
    }
    let kind = store.kind(event).map_or("", |kind| names.kinds.get(kind));
    let status = store.status(event).filter(|status| status.is_contested()).map_or("", Status::name);
    let actors = store.actors(event);
    let mut parts = vec![kind, status];
    parts.extend(actors.iter().take(NAMED_ACTORS).map(|actor| names.actors.get(*actor)));
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        out.push_str(", ");
        out.push_str(part);
    }
    if actors.len() > NAMED_ACTORS {
        out.push_str(" and ");
        out.push_str(&grouped(actors.len() - NAMED_ACTORS));
        out.push_str(" more");
    }
    let title = store.title_text(event);
    if !title.is_empty() {
        out.push_str(": ");
        out.push_str(title);
    }
    out
}
