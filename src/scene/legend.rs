//! The legend: each sign once, drawn by the code that draws the marks, with what it says.

use super::figure::{Figure, Form, MarkLook, Member, Open};
use super::{Align, Point, Prim, Rect, Scene, Stroke, Text, Weight, text_width};
use crate::model::Status;
use crate::style::{ROW_PX, Rgba, SMALL_PX, SYMBOL_RADIUS_PX, StatusLook, Style, Symbol, TEXT_PX};

/// The width of an example.
const SIGN_PX: f32 = 112.0;
/// The height of a row.
const LINE_PX: f32 = ROW_PX + 8.0;
/// Empty pixels between an example and its words, and between columns.
const GAP_PX: f32 = 14.0;
/// Empty pixels about a legend under a picture.
const MARGIN_PX: f32 = 14.0;

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
        let look = MarkLook { color: style.kind_color(0), shape: Symbol::Circle, ground, status };
        let mut sign = Vec::new();
        example.figure.shapes(LINE_PX / 2.0, look, &mut sign);
        LegendRow { sign, words: example.words }
    };
    examples().into_iter().map(row).collect()
}

/// The same picture, made taller by a legend under its lanes.
#[must_use]
pub fn with_legend(mut scene: Scene, style: &Style) -> Scene {
    let rows = legend(style, style.panel);
    let widest = rows.iter().map(|row| text_width(row.words, TEXT_PX, Weight::Regular)).fold(0.0, f32::max);
    let column_px = SIGN_PX + GAP_PX + widest + 2.0 * GAP_PX;
    let columns = (((scene.width - 2.0 * MARGIN_PX) / column_px).floor() as usize).clamp(1, 4);
    let lines = rows.len().div_ceil(columns);
    let top = scene.height;
    let head_px = TEXT_PX + MARGIN_PX;
    let height = MARGIN_PX + head_px + lines as f32 * LINE_PX + MARGIN_PX;
    let rect = Rect { x: 0.0, y: top, w: scene.width, h: height };
    scene.frame.push(Prim::Box { rect, radius: 0.0, fill: Some(style.panel), stroke: None });
    let (from, to) = (Point { x: 0.0, y: top + 0.5 }, Point { x: scene.width, y: top + 0.5 });
    scene.frame.push(Prim::Line { from, to, stroke: Stroke::solid(1.0, style.line_major) });
    let text = |x: f32, y: f32, weight, color, text: &str| {
        Prim::Text(Text { at: Point { x, y }, align: Align::Start, size_px: TEXT_PX, weight, color, text: text.to_owned() })
    };
    scene.frame.push(text(MARGIN_PX, top + MARGIN_PX + SMALL_PX / 2.0, Weight::SemiBold, style.text, "Signs"));
    for (at, row) in rows.into_iter().enumerate() {
        let x = MARGIN_PX + (at / lines) as f32 * column_px;
        let y = top + MARGIN_PX + head_px + (at % lines) as f32 * LINE_PX;
        scene.frame.extend(row.sign.into_iter().map(|prim| moved(prim, x, y)));
        scene.frame.push(text(x + SIGN_PX + GAP_PX, y + LINE_PX / 2.0, Weight::Regular, style.text, row.words));
    }
    scene.height += height;
    scene
}

/// A shape moved by so many pixels.
fn moved(prim: Prim, dx: f32, dy: f32) -> Prim {
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
