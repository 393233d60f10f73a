//! The legend: each sign once, drawn by the code that draws the marks, with what it says.

use super::figure::{Figure, Form, MarkLook, Member, Open};
use super::mark::Outline;
use super::{Align, Point, Prim, Rect, Scene, Stroke, Text, Weight};
use crate::model::Status;
use crate::store::EventStore;
use crate::style::{ROW_PX, Rgba, SMALL_PX, SYMBOL_RADIUS_PX, StatusLook, Style, Symbol};

/// The width of an example.
const SIGN_PX: f32 = 112.0;
/// The height of a row.
const LINE_PX: f32 = ROW_PX + 8.0;

/// A sign and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendRow {
    /// The example, in a box of [`LegendRow::WIDTH_PX`] by [`LegendRow::HEIGHT_PX`] from 0, 0.
    pub sign: Vec<Prim>,
    /// What it says.
    pub words: &'static str,
}

impl LegendRow {
    /// The width of an example's box.
    pub const WIDTH_PX: f32 = SIGN_PX;
    /// The height of an example's box.
    pub const HEIGHT_PX: f32 = LINE_PX;
}

/// What an example shows.
struct Example {
    figure: Figure,
    status: Option<Status>,
    words: &'static str,
}

/// A figure from `left` to `right` without anything special.
fn figure(form: Form, left: f32, right: f32, anchor: f32) -> Figure {
    Figure { form, left, right, anchor, cut_left: false, cut_right: false, outlined: false, feather: (0.0, 0.0), ghosts: Vec::new() }
}

fn bar(soft: f32, open: Open) -> Form {
    Form::Bar { soft_in: soft, soft_out: soft, open }
}

fn members(all: bool) -> Form {
    let member = |x: f32| Member { x, left: x, right: x };
    Form::Members { members: vec![member(20.0), member(62.0), member(92.0)], all }
}

/// Every sign of a date, in the order of how it is known.
fn examples() -> Vec<Example> {
    let middle = SIGN_PX / 2.0;
    let beside = |x: f32| (x - SYMBOL_RADIUS_PX - 1.0, x + SYMBOL_RADIUS_PX + 1.0);
    let lone = |x: f32| figure(Form::Symbol, beside(x).0, beside(x).1, x);
    let band = |left: f32, right: f32| figure(Form::Band { open: Open::default() }, left, right, f32::midpoint(left, right));
    let closed = Open::default();
    let plain = |figure: Figure, words| Example { figure, status: None, words };
    vec![
        plain(lone(middle), "happened then: known more closely than the symbol is wide"),
        plain(band(14.0, 98.0), "happened at one time, somewhere in the band"),
        plain(figure(bar(0.0, closed), 14.0, 98.0, 14.0), "lasted from here to there"),
        plain(figure(bar(26.0, closed), 6.0, 106.0, 6.0), "lasted: certainly where it is solid, possibly where it is soft"),
        plain(figure(bar(0.0, Open { start: false, end: true }), 14.0, 106.0, 14.0), "goes on, or its end is not known"),
        plain(Figure { feather: (26.0, 26.0), ..band(34.0, 78.0) }, "about then (c.), or in doubt (?): the edges reach one unit further"),
        plain(figure(members(false), 14.0, 98.0, 20.0), "on one of these dates"),
        plain(figure(members(true), 14.0, 98.0, 20.0), "on all of these dates: one event"),
        plain(Figure { ghosts: vec![86.0], ..lone(30.0) }, "another source gives the other date; not counted"),
        Example { figure: lone(middle), status: Some(Status::Denied), words: "denied, disputed or false" },
        Example {
            figure: Figure { outlined: true, ..figure(bar(0.0, closed), 14.0, 98.0, 14.0) },
            status: Some(Status::Disputed),
            words: "denied, disputed or false, and lasted",
        },
    ]
}

/// The legend in the colours of a theme; `ground` is what it lies on.
pub fn legend(style: &Style, ground: Rgba) -> Vec<LegendRow> {
    let row = |example: Example| {
        let status = StatusLook::of(example.status);
        let look = MarkLook { color: style.kind_color(0), shape: Symbol::Circle, ground, on: None, status };
        let mut sign = Vec::new();
        example.figure.shapes(LINE_PX / 2.0, look, &mut sign);
        LegendRow { sign, words: example.words }
    };
    examples().into_iter().map(row).collect()
}

/// The rows of the legend that a picture needs: those of the signs that occur in it, in the legend's order, and of what its lanes count or join.
pub fn legend_of(scene: &Scene, store: &EventStore, style: &Style, ground: Rgba) -> Vec<LegendRow> {
    let mut used = vec![false; examples().len()];
    for mark in scene.lanes.iter().flat_map(|lane| &lane.marks) {
        if let Some(outline) = Outline::of(store, mark.event, &scene.scale) {
            signs_of(&outline, |sign| used[sign] = true);
        }
    }
    let mut rows: Vec<LegendRow> = legend(style, ground).into_iter().zip(used).filter_map(|(row, used)| used.then_some(row)).collect();
    let folds = || scene.lanes.iter().flat_map(|lane| &lane.folds);
    if folds().any(|fold| fold.beside_others) {
        rows.push(LegendRow { sign: chip_sign(style), words: "so many more events at this place" });
    }
    if folds().any(|fold| !fold.beside_others) {
        rows.push(LegendRow {
            sign: columns_sign(style),
            words: "many events: how many begin in each stretch (the height grows with the root)",
        });
    }
    if !scene.breaks.is_empty() {
        rows.push(LegendRow { sign: super::breaks::sign(style), words: "time in which nothing happens, folded away" });
    }
    if !scene.connectors.is_empty() {
        rows.push(LegendRow { sign: connector_sign(style), words: "one event in several lanes; an arrow where one acts on another" });
    }
    rows
}

/// Tells the places in [`examples`] of the signs that an event is drawn with.
fn signs_of(outline: &Outline, mut tell: impl FnMut(usize)) {
    let figure = &outline.figure;
    let feathered = figure.feather.0 > 0.0 || figure.feather.1 > 0.0;
    let lasted = matches!(figure.form, Form::Bar { .. });
    match &figure.form {
        Form::Symbol => tell(0),
        Form::Band { .. } => tell(1),
        Form::Bar { soft_in, soft_out, open } => {
            if *soft_in > 0.0 || *soft_out > 0.0 {
                tell(3);
            } else if !(open.start || open.end) {
                tell(2);
            }
        }
        Form::Members { all, .. } => tell(if *all { 7 } else { 6 }),
    }
    if matches!(figure.form, Form::Bar { open, .. } | Form::Band { open } if open.start || open.end) {
        tell(4);
    }
    if feathered {
        tell(5);
    }
    if !figure.ghosts.is_empty() {
        tell(8);
    }
    if figure.outlined {
        tell(if lasted { 10 } else { 9 });
    }
}

fn chip_sign(style: &Style) -> Vec<Prim> {
    let (middle, y) = (SIGN_PX / 2.0, LINE_PX / 2.0);
    let rect = Rect { x: middle - 13.0, y: y - 7.5, w: 26.0, h: 15.0 };
    let text = Text {
        at: Point { x: middle, y },
        align: Align::Middle,
        size_px: SMALL_PX,
        weight: Weight::SemiBold,
        color: style.text,
        text: "+3".to_owned(),
    };
    vec![Prim::Box { rect, radius: 7.5, fill: Some(style.field), stroke: Some(Stroke::solid(1.0, style.line_major)) }, Prim::Text(text)]
}

fn columns_sign(style: &Style) -> Vec<Prim> {
    let heights = [4.0, 7.0, 13.0, 18.0, 11.0, 15.0, 6.0, 3.0];
    let bottom = LINE_PX / 2.0 + 9.0;
    let column = |(at, tall): (usize, f32)| {
        let left = SIGN_PX / 2.0 - 16.0 + 4.0 * at as f32;
        let rect = Rect::between(left, bottom - tall, left + 3.0, bottom);
        Prim::Box { rect, radius: 0.0, fill: Some(style.density), stroke: None }
    };
    heights.into_iter().enumerate().map(column).collect()
}

fn connector_sign(style: &Style) -> Vec<Prim> {
    let x = SIGN_PX / 2.0;
    let color = style.kind_color(0);
    let end = |y: f32| Prim::Circle { middle: Point { x, y }, radius: 4.0, fill: Some(color), stroke: None };
    let (from, to) = (Point { x, y: 9.0 }, Point { x, y: LINE_PX - 5.0 });
    vec![end(5.0), Prim::Line { from, to, stroke: Stroke::solid(1.1, color) }, end(LINE_PX - 5.0)]
}

/// A shape moved by so many pixels.
#[must_use]
pub fn moved(prim: Prim, dx: f32, dy: f32) -> Prim {
    let point = |at: Point| Point { x: at.x + dx, y: at.y + dy };
    let within = |rect: Rect| Rect { x: rect.x + dx, y: rect.y + dy, ..rect };
    match prim {
        Prim::Box { rect, radius, fill, stroke } => Prim::Box { rect: within(rect), radius, fill, stroke },
        Prim::Fade { rect, color, fade_in, fade_out } => Prim::Fade { rect: within(rect), color, fade_in, fade_out },
        Prim::Line { from, to, stroke } => Prim::Line { from: point(from), to: point(to), stroke },
        Prim::Symbol { shape, middle, radius, look } => Prim::Symbol { shape, middle: point(middle), radius, look },
        Prim::Polygon { corners, fill, stroke } => Prim::Polygon { corners: corners.into_iter().map(point).collect(), fill, stroke },
        Prim::Circle { middle, radius, fill, stroke } => Prim::Circle { middle: point(middle), radius, fill, stroke },
        Prim::Text(text) => Prim::Text(Text { at: point(text.at), ..text }),
    }
}
