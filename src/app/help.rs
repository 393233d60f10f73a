//! The list of keys and of what the mouse does, made from the table of commands.

use egui::{Context, Grid, Key, ScrollArea, Window};

use super::commands::{COMMANDS, MOUSE};
use crate::render::paint::font;
use crate::scene::Weight;
use crate::style::TEXT_PX;

fn strong(words: &str) -> egui::RichText {
    egui::RichText::new(words).font(font(TEXT_PX, Weight::SemiBold))
}

/// Shows the list while it is open; Escape, F1 or its button close it.
pub(super) fn show(ctx: &Context, open: &mut bool) {
    if !*open {
        return;
    }
    let mut close =
        ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape) || input.consume_key(egui::Modifiers::NONE, Key::F1));
    Window::new("Keys and mouse").collapsible(false).resizable(false).anchor(egui::Align2::CENTER_CENTER, egui::Vec2::ZERO).show(
        ctx,
        |ui| {
            ScrollArea::vertical().max_height((ctx.content_rect().height() - 160.0).max(120.0)).show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 36.0;
                    Grid::new("keys").num_columns(2).spacing([20.0, 4.0]).show(ui, |ui| {
                        for row in COMMANDS {
                            if let Some(shortcut) = row.shortcut {
                                ui.label(strong(&ctx.format_shortcut(&shortcut)));
                                ui.label(row.label);
                                ui.end_row();
                            }
                        }
                    });
                    Grid::new("mouse").num_columns(2).spacing([20.0, 4.0]).show(ui, |ui| {
                        for (what, does) in MOUSE {
                            ui.label(strong(what));
                            ui.label(*does);
                            ui.end_row();
                        }
                    });
                });
            });
            ui.add_space(6.0);
            close |= ui.button("Close keys").clicked();
        },
    );
    if close {
        *open = false;
    }
}
