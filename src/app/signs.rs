//! What the signs mean, in a window of its own.

use egui::{Context, Key, Modifiers, ScrollArea, Sense, Window, vec2};

use crate::render::paint::paint_prims;
use crate::scene::{LegendRow, legend};
use crate::style::Style;

/// Shows the legend while it is open; Escape, its key or its button close it.
pub(super) fn show(ctx: &Context, open: &mut bool, style: &Style) {
    if !*open {
        return;
    }
    let mut close = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape) || input.consume_key(Modifiers::NONE, Key::F2));
    let rows = legend(style, style.panel);
    Window::new("Signs").collapsible(false).resizable(false).anchor(egui::Align2::CENTER_CENTER, egui::Vec2::ZERO).show(ctx, |ui| {
        ScrollArea::vertical().max_height((ctx.content_rect().height() - 160.0).max(120.0)).show(ui, |ui| {
            for row in &rows {
                ui.horizontal(|ui| {
                    let (place, _) = ui.allocate_exact_size(vec2(LegendRow::WIDTH_PX, LegendRow::HEIGHT_PX), Sense::hover());
                    paint_prims(&row.sign, ui.painter(), place.min);
                    ui.label(row.words);
                });
            }
        });
        ui.add_space(6.0);
        close |= ui.button("Close signs").clicked();
    });
    if close {
        *open = false;
    }
}
