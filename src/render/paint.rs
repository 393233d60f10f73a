//! The scene on screen: its plain shapes as egui's.

use egui::epaint::{CircleShape, Mesh, PathShape, PathStroke, RectShape};
use egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Painter, Pos2, Rect as ScreenRect, Shape, Stroke as ScreenStroke, StrokeKind, Vec2,
    pos2,
};

use super::layers;
use crate::scene::{Align, Point, Prim, Rect, Scene, Stroke, Text, Weight};
use crate::style::Rgba;

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

/// Paints a scene with its top left corner at `origin`. All fills of a run go into one mesh or one list; texts are laid out once by egui's own cache.
pub fn paint(scene: &Scene, painter: &Painter, origin: Pos2) {
    let plot = screen_rect(scene.plot, origin);
    let clipped = painter.with_clip_rect(plot.intersect(painter.clip_rect()));
    let mut run: Vec<Shape> = Vec::with_capacity(256);
    let mut run_clipped = false;
    for (prim, clip) in layers(scene) {
        if clip != run_clipped && !run.is_empty() {
            (if run_clipped { &clipped } else { painter }).extend(run.drain(..));
        }
        run_clipped = clip;
        push(prim, painter, origin, &mut run);
    }
    (if run_clipped { &clipped } else { painter }).extend(run);
}

/// Paints shapes that are not part of a scene, such as what follows the pointer.
pub fn paint_prims<'a>(prims: impl IntoIterator<Item = &'a Prim>, painter: &Painter, origin: Pos2) {
    let mut shapes = Vec::new();
    for prim in prims {
        push(prim, painter, origin, &mut shapes);
    }
    painter.extend(shapes);
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

fn push(prim: &Prim, painter: &Painter, origin: Pos2, out: &mut Vec<Shape>) {
    match prim {
        Prim::Box { rect, radius, fill, stroke } => {
            let rect = screen_rect(*rect, origin);
            let dash = stroke.and_then(|stroke| stroke.dash.map(|dash| (stroke, dash)));
            let plain = if dash.is_some() { None } else { *stroke };
            let radius = CornerRadius::same(radius.min(rect.height() / 2.0).round() as u8);
            out.push(Shape::Rect(RectShape::new(rect, radius, fill_of(*fill), screen_stroke(plain), StrokeKind::Middle)));
            if let Some((stroke, dash)) = dash {
                let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
                dashed(&corners, stroke, dash, painter, out);
            }
        }
        Prim::Fade { rect, color, fade_in, fade_out } => {
            out.push(Shape::mesh(fade(screen_rect(*rect, origin), *color, *fade_in, *fade_out)));
        }
        Prim::Line { from, to, stroke } => {
            let ends = [place(*from, origin), place(*to, origin)];
            match stroke.dash {
                Some(dash) => dashed(&ends, *stroke, dash, painter, out),
                None => out.push(Shape::line_segment(ends, screen_stroke(Some(*stroke)))),
            }
        }
        Prim::Polygon { corners, fill, stroke } => {
            let mut points: Vec<Pos2> = corners.iter().map(|corner| place(*corner, origin)).collect();
            polygon(&mut points, *fill, *stroke, painter, out);
        }
        Prim::Circle { middle, radius, fill, stroke } => {
            let center = place(*middle, origin);
            match stroke.and_then(|stroke| stroke.dash.map(|dash| (stroke, dash))) {
                Some((stroke, dash)) => {
                    out.push(Shape::circle_filled(center, *radius, fill_of(*fill)));
                    let around: Vec<Pos2> = (0..=24)
                        .map(|step| {
                            let angle = std::f32::consts::TAU * step as f32 / 24.0;
                            center + Vec2::angled(angle) * *radius
                        })
                        .collect();
                    dashed(&around, stroke, dash, painter, out);
                }
                // A disc with a rim of its own colour is a larger disc, which egui has ready.
                None if fill.is_some() && stroke.is_some_and(|stroke| Some(stroke.color) == *fill) => {
                    let rim = stroke.map_or(0.0, |stroke| stroke.width / 2.0);
                    out.push(Shape::circle_filled(center, *radius + rim, fill_of(*fill)));
                }
                None => {
                    out.push(Shape::Circle(CircleShape { center, radius: *radius, fill: fill_of(*fill), stroke: screen_stroke(*stroke) }));
                }
            }
        }
        Prim::Text(text) => out.push(text_shape(text, painter, origin)),
    }
}

fn dashed(points: &[Pos2], stroke: Stroke, (dash, gap): (f32, f32), painter: &Painter, out: &mut Vec<Shape>) {
    // Dashes far outside the window would be made for nothing.
    let seen = painter.clip_rect().expand(20.0);
    let points: Vec<Pos2> = points.iter().map(|at| pos2(at.x.clamp(seen.left(), seen.right()), at.y)).collect();
    out.extend(Shape::dashed_line(&points, screen_stroke(Some(stroke)), dash, gap));
}

fn polygon(points: &mut Vec<Pos2>, fill: Option<Rgba>, stroke: Option<Stroke>, painter: &Painter, out: &mut Vec<Shape>) {
    if fill.is_some() {
        fan(points, fill_of(fill), out);
    }
    let Some(stroke) = stroke else { return };
    match stroke.dash {
        Some(dash) => {
            points.extend(points.first().copied());
            dashed(points, stroke, dash, painter, out);
        }
        None => out.push(Shape::Path(PathShape {
            points: std::mem::take(points),
            closed: true,
            fill: Color32::TRANSPARENT,
            stroke: PathStroke::new(stroke.width, color32(stroke.color)),
        })),
    }
}

/// Fills any star-shaped outline (all symbols are) from its middle; egui's own fill is for convex outlines only.
fn fan(points: &[Pos2], fill: Color32, out: &mut Vec<Shape>) {
    if points.len() < 3 {
        return;
    }
    let sum = points.iter().fold(Vec2::ZERO, |sum, at| sum + at.to_vec2());
    let mut mesh = Mesh::default();
    mesh.colored_vertex((sum / points.len() as f32).to_pos2(), fill);
    for at in points {
        mesh.colored_vertex(*at, fill);
    }
    let last = points.len() as u32;
    for at in 1..=last {
        mesh.add_triangle(0, at, if at == last { 1 } else { at + 1 });
    }
    out.push(Shape::mesh(mesh));
}

fn fade(rect: ScreenRect, color: Rgba, fade_in: f32, fade_out: f32) -> Mesh {
    let full = color32(color);
    let none = Color32::TRANSPARENT;
    let from = (rect.left() + fade_in).min(rect.right());
    let to = (rect.right() - fade_out).max(from);
    let mut mesh = Mesh::default();
    let mut column = |x: f32, color: Color32| {
        mesh.colored_vertex(pos2(x, rect.top()), color);
        mesh.colored_vertex(pos2(x, rect.bottom()), color);
    };
    column(rect.left(), if fade_in > 0.0 { none } else { full });
    column(from, full);
    column(to, full);
    column(rect.right(), if fade_out > 0.0 { none } else { full });
    for at in [0_u32, 2, 4] {
        mesh.add_triangle(at, at + 1, at + 2);
        mesh.add_triangle(at + 1, at + 2, at + 3);
    }
    mesh
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
