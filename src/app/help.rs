//! The list of keys and of what the mouse does, made from the table of commands.

use egui::{Context, Grid, Key, ScrollArea, Ui, Window};

use super::commands::{MOUSE, Menu};
use super::menu::in_order;
use crate::render::paint::font;
use crate::scene::Weight;
use crate::style::TEXT_PX;

/// Widths from which two and three columns have room.
const TWO_COLUMNS_PX: f32 = 560.0;
const THREE_COLUMNS_PX: f32 = 1_040.0;

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
            let wide = (ctx.content_rect().width() - 90.0).min(1_080.0);
            ui.set_width(wide);
            let high = (ctx.content_rect().height() - 190.0).max(100.0);
            ScrollArea::vertical().max_height(high).min_scrolled_height(high).show(ui, |ui| {
                let first = &[(Menu::File, "File"), (Menu::View, "View")][..];
                let second = &[(Menu::Lanes, "Lanes"), (Menu::Go, "Go"), (Menu::Help, "Help")];
                let column = |ui: &mut Ui, menus: &[(Menu, &str)]| {
                    ui.vertical(|ui| menus.iter().for_each(|(menu, name)| keys(ui, *menu, name)));
                };
                ui.spacing_mut().item_spacing.x = 30.0;
                // What has no room beside the others stands below them.
                if wide < TWO_COLUMNS_PX {
                    column(ui, first);
                    column(ui, second);
                    mouse(ui);
                } else {
                    ui.horizontal_top(|ui| {
                        column(ui, first);
                        column(ui, second);
                        if wide >= THREE_COLUMNS_PX {
                            ui.vertical(mouse);
                        }
                    });
                    if wide < THREE_COLUMNS_PX {
                        mouse(ui);
                    }
                }
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
            ui.add(egui::Label::new(*does).wrap());
            ui.end_row();
        }
    });
}
