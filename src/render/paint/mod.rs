//! The scene on screen: its plain shapes as egui's.

mod fills;

use egui::epaint::{CircleShape, PathShape, PathStroke, RectShape};
use egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Painter, Pos2, Rect as ScreenRect, Shape, Stroke as ScreenStroke, StrokeKind, Vec2,
    pos2,
};

use super::layers;
use crate::scene::{Align, Point, Prim, Rect, Scene, Stroke, Text, Weight, corners};
use crate::style::Rgba;
use fills::Fills;

/// The name of the semi-bold family among the window's fonts.
pub const SEMIBOLD_FAMILY: &str = "semibold";

/// A colour as egui has it.
pub fn color32(color: Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(color.0, color.1, color.2, color.3)
}

/// The font of a size and weight.
pub fn font(size_px: f32, weight: Weight) -> FontId {
    match weight {
        Weight::Regular => FontId::new(size_px, FontFamily::Proportional),
        Weight::SemiBold => FontId::new(size_px, FontFamily::Name(SEMIBOLD_FAMILY.into())),
    }
}

/// Paints a scene with its top left corner at `origin`. All fills of a run go into one mesh; texts are laid out once by egui's own cache.
pub fn paint(scene: &Scene, painter: &Painter, origin: Pos2) {
    let clipped = |clip: Option<Rect>| match clip {
        Some(rect) => painter.with_clip_rect(screen_rect(rect, origin).intersect(painter.clip_rect())),
        None => painter.clone(),
    };
    let mut run = Run::new(painter, origin);
    let mut run_clip = None;
    for (prim, clip) in layers(scene) {
        if clip != run_clip {
            run.paint(&clipped(run_clip));
        }
        run_clip = clip;
        run.push(prim);
    }
    run.paint(&clipped(run_clip));
}

/// Paints shapes that are not part of a scene, such as what follows the pointer.
pub fn paint_prims<'a>(prims: impl IntoIterator<Item = &'a Prim>, painter: &Painter, origin: Pos2) {
    let mut run = Run::new(painter, origin);
    prims.into_iter().for_each(|prim| run.push(prim));
    run.paint(painter);
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

fn fill_of(fill: Option<Rgba>) -> Color32 {
    fill.map_or(Color32::TRANSPARENT, color32)
}

/// Shapes under the same clip, as they are gathered: fills in a mesh, what lies over them as shapes.
struct Run<'p> {
    painter: &'p Painter,
    origin: Pos2,
    fills: Fills,
    shapes: Vec<Shape>,
}

impl<'p> Run<'p> {
    fn new(painter: &'p Painter, origin: Pos2) -> Self {
        Self { painter, origin, fills: Fills::new(painter.pixels_per_point()), shapes: Vec::with_capacity(256) }
    }

    /// Paints what was gathered.
    fn paint(&mut self, painter: &Painter) {
        self.close_fills();
        painter.extend(self.shapes.drain(..));
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
                let shape = text_shape(text, self.painter, origin);
                self.over(shape);
            }
        }
    }
}

fn text_shape(text: &Text, painter: &Painter, origin: Pos2) -> Shape {
    let color = color32(text.color);
    let galley = painter.layout_no_wrap(text.text.clone(), font(text.size_px, text.weight), color);
    let anchor = match text.align {
        Align::Start => Align2::LEFT_CENTER,
        Align::Middle => Align2::CENTER_CENTER,
        Align::End => Align2::RIGHT_CENTER,
    };
    let rect = anchor.anchor_size(place(text.at, origin), galley.size());
    Shape::galley(rect.min, galley, color)
}
