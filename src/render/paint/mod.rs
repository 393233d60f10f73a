//! The scene on screen: its plain shapes as egui's.

mod fills;
mod laid;

use std::sync::{Arc, LazyLock};

use egui::epaint::{CircleShape, PathShape, PathStroke, RectShape};
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Painter, Pos2, Rect as ScreenRect, Shape, Stroke as ScreenStroke, StrokeKind, Vec2, pos2,
    vec2,
};

use crate::scene::{Point, Prim, Rect, Scene, Stroke, Weight, corners};
use crate::style::Rgba;
use fills::Fills;
use laid::Laid;

/// The name of the semi-bold family among the window's fonts.
pub const SEMIBOLD_FAMILY: &str = "semibold";

/// A colour as egui has it.
pub fn color32(color: Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(color.0, color.1, color.2, color.3)
}

/// The font of a size and weight.
pub fn font(size_px: f32, weight: Weight) -> FontId {
    static SEMIBOLD: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from(SEMIBOLD_FAMILY));
    match weight {
        Weight::Regular => FontId::new(size_px, FontFamily::Proportional),
        Weight::SemiBold => FontId::new(size_px, FontFamily::Name(Arc::clone(&SEMIBOLD))),
    }
}

/// Paints a scene with its top left corner at `origin`.
pub fn paint(scene: &Scene, painter: &Painter, origin: Pos2, brush: &mut Brush) {
    let anew = brush.laid.begin(painter);
    let at = (origin, painter.pixels_per_point());
    if anew || brush.laid.waits() || brush.at != Some(at) {
        brush.sides = None;
    }
    brush.at = Some(at);
    let laid = &mut brush.laid;
    let [behind, before] = brush.sides.get_or_insert_with(|| {
        laid.begin_new();
        [runs(super::behind(scene), painter, origin, laid), runs(super::before(scene), painter, origin, laid)]
    });
    let show = |runs: &[ClippedRun]| {
        for (clip, shapes) in runs {
            clipped(painter, *clip, origin).extend(shapes.iter().cloned());
        }
    };
    show(behind);
    // These follow the selection from frame to frame.
    show(&runs(super::joining(scene), painter, origin, laid));
    show(before);
}

/// Shapes under one clip.
type ClippedRun = (Option<Rect>, Vec<Shape>);

/// What the painter of scenes keeps from frame to frame: texts as they were laid out, and the shapes of a scene that has not changed. All fills of a run go into one mesh;
/// where many texts are new at once, some of them are painted a frame later.
#[derive(Default)]
pub struct Brush {
    laid: Laid,
    /// Where the kept shapes stand, and how many pixels a point had.
    at: Option<(Pos2, f32)>,
    /// What lies behind the connectors, and what lies before them.
    sides: Option<[Vec<ClippedRun>; 2]>,
}

impl Brush {
    /// The scene is another one.
    pub fn forget_scene(&mut self) {
        self.sides = None;
    }

    /// Whether words wait for the next frame.
    pub fn waits(&self) -> bool {
        self.laid.waits()
    }
}

fn clipped(painter: &Painter, clip: Option<Rect>, origin: Pos2) -> Painter {
    match clip {
        Some(rect) => painter.with_clip_rect(screen_rect(rect, origin).intersect(painter.clip_rect())),
        None => painter.clone(),
    }
}

/// Shapes of a scene, gathered by what they are clipped to.
fn runs<'s>(prims: impl Iterator<Item = (&'s Prim, Option<Rect>)>, painter: &Painter, origin: Pos2, laid: &mut Laid) -> Vec<ClippedRun> {
    let mut run = Run::new(painter, origin, Some(laid));
    let (mut runs, mut run_clip) = (Vec::new(), None);
    for (prim, clip) in prims {
        if clip != run_clip {
            runs.push((run_clip, run.take()));
        }
        run_clip = clip;
        run.may_wait = clip.is_some();
        run.push(prim);
    }
    runs.push((run_clip, run.take()));
    runs.retain(|(_, shapes)| !shapes.is_empty());
    runs
}

/// Paints shapes that are not part of a scene, such as what follows the pointer.
pub fn paint_prims<'a>(prims: impl IntoIterator<Item = &'a Prim>, painter: &Painter, origin: Pos2) {
    let mut run = Run::new(painter, origin, None);
    prims.into_iter().for_each(|prim| run.push(prim));
    painter.extend(run.take());
}

fn place(at: Point, origin: Pos2) -> Pos2 {
    pos2(origin.x + at.x, origin.y + at.y)
}

/// A box of the scene on screen.
pub fn screen_rect(rect: Rect, origin: Pos2) -> ScreenRect {
    ScreenRect::from_min_size(pos2(origin.x + rect.x, origin.y + rect.y), Vec2::new(rect.w, rect.h))
}

fn screen_stroke(stroke: Option<Stroke>) -> ScreenStroke {
    stroke.map_or(ScreenStroke::NONE, |stroke| ScreenStroke::new(stroke.width, color32(stroke.color)))
}

fn is_upright(from: Point, to: Point) -> bool {
    (from.x - to.x).abs() < 0.01
}

fn is_level(from: Point, to: Point) -> bool {
    (from.y - to.y).abs() < 0.01
}

fn fill_of(fill: Option<Rgba>) -> Color32 {
    fill.map_or(Color32::TRANSPARENT, color32)
}

/// Shapes under the same clip, as they are gathered: fills in a mesh, what lies over them as shapes.
struct Run<'p> {
    painter: &'p Painter,
    origin: Pos2,
    fills: Fills,
    shapes: Vec<Shape>,
    laid: Option<&'p mut Laid>,
    /// Whether texts that are new may be left for a later frame.
    may_wait: bool,
}

impl<'p> Run<'p> {
    fn new(painter: &'p Painter, origin: Pos2, laid: Option<&'p mut Laid>) -> Self {
        let fills = Fills::new(painter.pixels_per_point());
        Self { painter, origin, fills, shapes: Vec::new(), laid, may_wait: false }
    }

    /// What was gathered; leaves nothing.
    fn take(&mut self) -> Vec<Shape> {
        self.close_fills();
        std::mem::take(&mut self.shapes)
    }

    fn close_fills(&mut self) {
        if let Some(mesh) = self.fills.take() {
            self.shapes.push(Shape::mesh(mesh));
        }
    }

    /// Adds a shape over all that was added before.
    fn over(&mut self, shape: Shape) {
        self.close_fills();
        self.shapes.push(shape);
    }

    fn dashed(&mut self, points: &[Pos2], stroke: Stroke, (dash, gap): (f32, f32)) {
        // Dashes far outside the window would be made for nothing.
        let seen = self.painter.clip_rect().expand(20.0);
        let points: Vec<Pos2> = points.iter().map(|at| pos2(at.x.clamp(seen.left(), seen.right()), at.y)).collect();
        self.close_fills();
        self.shapes.extend(Shape::dashed_line(&points, screen_stroke(Some(stroke)), dash, gap));
    }

    /// A closed outline.
    fn closed(&mut self, mut points: Vec<Pos2>, stroke: Stroke) {
        match stroke.dash {
            Some(dash) => {
                points.extend(points.first().copied());
                self.dashed(&points, stroke, dash);
            }
            None => self.over(Shape::Path(PathShape {
                points,
                closed: true,
                fill: Color32::TRANSPARENT,
                stroke: PathStroke::new(stroke.width, color32(stroke.color)),
            })),
        }
    }

    fn push(&mut self, prim: &Prim) {
        let origin = self.origin;
        match prim {
            Prim::Box { rect, radius, fill: Some(fill), stroke: None } => {
                let (rect, color) = (screen_rect(*rect, origin), color32(*fill));
                if *radius == 0.0 { self.fills.sharp_box(rect, color) } else { self.fills.soft_box(rect, *radius, color) }
            }
            Prim::Box { rect, radius, fill, stroke } => {
                let rect = screen_rect(*rect, origin);
                let dash = stroke.and_then(|stroke| stroke.dash.map(|dash| (stroke, dash)));
                let plain = if dash.is_some() { None } else { *stroke };
                let radius = CornerRadius::same(radius.min(rect.height() / 2.0).round() as u8);
                self.over(Shape::Rect(RectShape::new(rect, radius, fill_of(*fill), screen_stroke(plain), StrokeKind::Middle)));
                if let Some((stroke, dash)) = dash {
                    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
                    self.dashed(&corners, stroke, dash);
                }
            }
            Prim::Fade { rect, color, fade_in, fade_out } => {
                self.fills.fade(screen_rect(*rect, origin), color32(*color), *fade_in, *fade_out);
            }
            Prim::Line { from, to, stroke } => {
                let ends = [place(*from, origin), place(*to, origin)];
                match stroke.dash {
                    Some(dash) => self.dashed(&ends, *stroke, dash),
                    None if is_upright(*from, *to) || is_level(*from, *to) => {
                        let half = stroke.width / 2.0;
                        let grown = if is_upright(*from, *to) { vec2(half, 0.0) } else { vec2(0.0, half) };
                        self.fills.sharp_box(ScreenRect::from_two_pos(ends[0], ends[1]).expand2(grown), color32(stroke.color));
                    }
                    None => self.over(Shape::line_segment(ends, screen_stroke(Some(*stroke)))),
                }
            }
            Prim::Symbol { shape, middle, radius, look } => {
                let middle = place(*middle, origin);
                if look.dashed {
                    self.fills.symbol_ground(*shape, middle, *radius, color32(look.fill()));
                    let points = corners(*shape).iter().map(|(x, y)| middle + Vec2::new(*x, *y) * *radius).collect();
                    self.closed(points, look.stroke());
                } else {
                    self.fills.symbol(*shape, middle, *radius, *look);
                }
            }
            Prim::Polygon { corners, fill, stroke } => {
                let points: Vec<Pos2> = corners.iter().map(|corner| place(*corner, origin)).collect();
                if fill.is_some() {
                    self.over(Shape::convex_polygon(points.clone(), fill_of(*fill), ScreenStroke::NONE));
                }
                if let Some(stroke) = stroke {
                    self.closed(points, *stroke);
                }
            }
            Prim::Circle { middle, radius, fill, stroke } => {
                let center = place(*middle, origin);
                self.over(Shape::Circle(CircleShape { center, radius: *radius, fill: fill_of(*fill), stroke: screen_stroke(*stroke) }));
            }
            Prim::Text(text) => {
                let shape = match &mut self.laid {
                    Some(laid) => laid.shape(text, self.may_wait, self.painter, origin),
                    None => Some(laid::shape_once(text, self.painter, origin)),
                };
                if let Some(shape) = shape {
                    self.over(shape);
                }
            }
        }
    }
}
