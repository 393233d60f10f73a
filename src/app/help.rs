//! The list of keys and of what the mouse does, made from the table of commands.

use egui::{Context, Grid, Key, ScrollArea, Ui, Window};

use super::commands::{MOUSE, Menu};
use super::menu::in_order;
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
            ui.set_min_width((ctx.content_rect().width() - 90.0).min(1_080.0));
            ScrollArea::both().max_height((ctx.content_rect().height() - 160.0).max(120.0)).show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 30.0;
                    for menus in [
                        &[(Menu::File, "File"), (Menu::View, "View")][..],
                        &[(Menu::Lanes, "Lanes"), (Menu::Go, "Go"), (Menu::Help, "Help")],
                    ] {
                        ui.vertical(|ui| menus.iter().for_each(|(menu, name)| keys(ui, *menu, name)));
                    }
                    ui.vertical(mouse);
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

/// The keys of one menu.
fn keys(ui: &mut Ui, menu: Menu, name: &str) {
    ui.label(strong(name));
    Grid::new(("keys", name)).num_columns(2).spacing([16.0, 3.0]).show(ui, |ui| {
        for row in in_order(menu) {
            if let Some(shortcut) = row.shortcut {
                ui.label(ui.ctx().format_shortcut(&shortcut));
                ui.label(row.label);
                ui.end_row();
            }
        }
    });
    ui.add_space(8.0);
}

/// What the mouse does.
fn mouse(ui: &mut Ui) {
    ui.label(strong("Mouse"));
    Grid::new("mouse").num_columns(2).spacing([16.0, 3.0]).show(ui, |ui| {
        for (what, does) in MOUSE {
            ui.label(*what);
            ui.label(*does);
            ui.end_row();
        }
    });
}
