//! The list of keys and of what the mouse does, made from the table of commands.

use egui::{Context, Grid, Key, ScrollArea, Window};

use super::commands::{COMMANDS, MOUSE};

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
                Grid::new("keys").num_columns(2).spacing([28.0, 4.0]).show(ui, |ui| {
                    for row in COMMANDS {
                        if let Some(shortcut) = row.shortcut {
                            ui.strong(ctx.format_shortcut(&shortcut));
                            ui.label(row.label);
                            ui.end_row();
                        }
                    }
                    for (what, does) in MOUSE {
                        ui.strong(*what);
                        ui.label(*does);
                        ui.end_row();
                    }
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
