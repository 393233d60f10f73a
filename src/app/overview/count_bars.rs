//! Bars of a plot in one mesh: a chart that makes a shape of each takes longer to draw than all lanes together.

use std::ops::RangeInclusive;

use egui::epaint::Mesh;
use egui::{Color32, Rect, Shape, Ui};
use egui_plot::{PlotBounds, PlotGeometry, PlotItem, PlotItemBase, PlotPoint, PlotTransform};

/// A bar from the ground up, in the plot's units; a pixel is left free before the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PlainBar {
    pub from: f64,
    pub to: f64,
    pub height: f64,
}

/// Bars of one colour that do not answer to the pointer.
pub(super) struct PlainBars {
    base: PlotItemBase,
    bars: Vec<PlainBar>,
    fill: Color32,
}

impl PlainBars {
    pub fn new(name: &str, bars: Vec<PlainBar>, fill: Color32) -> Self {
        Self { base: PlotItemBase::new(name.to_owned()), bars, fill }
    }
}

impl PlotItem for PlainBars {
    fn shapes(&self, ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let px = 1.0 / ui.pixels_per_point();
        let whole = |at: f32| (at / px).round() * px;
        let mut mesh = Mesh::default();
        mesh.reserve_vertices(4 * self.bars.len());
        mesh.reserve_triangles(2 * self.bars.len());
        for bar in &self.bars {
            let top = transform.position_from_point(&PlotPoint::new(bar.from, bar.height));
            let ground = transform.position_from_point(&PlotPoint::new(bar.to, 0.0));
            let left = whole(top.x);
            let right = (whole(ground.x) - px).max(left + px);
            let bottom = whole(ground.y);
            mesh.add_colored_rect(Rect::from_x_y_ranges(left..=right, whole(top.y).min(bottom - px)..=bottom), self.fill);
        }
        shapes.push(Shape::mesh(mesh));
    }

    fn initialize(&mut self, _x_range: RangeInclusive<f64>) {}

    fn color(&self) -> Color32 {
        self.fill
    }

    fn allow_hover(&self) -> bool {
        false
    }

    fn geometry(&self) -> PlotGeometry<'_> {
        PlotGeometry::None
    }

    fn bounds(&self) -> PlotBounds {
        self.bars.iter().fold(PlotBounds::NOTHING, |mut bounds, bar| {
            bounds.extend_with(&PlotPoint::new(bar.from, 0.0));
            bounds.extend_with(&PlotPoint::new(bar.to, bar.height));
            bounds
        })
    }

    fn base(&self) -> &PlotItemBase {
        &self.base
    }

    fn base_mut(&mut self) -> &mut PlotItemBase {
        &mut self.base
    }
}
