//! The menu bar, made from the table of commands.

use egui::{Button, Frame, Margin, RichText, Ui};

use super::commands::{COMMANDS, Command, Menu, Needs};
use super::recent::Recent;
use super::{Intent, commands};
use crate::render::paint::color32;
use crate::store::GroupBy;
use crate::style::Style;
use crate::view::{Action, ThemeChoice, ViewState};

/// The frame of the bars at the top and bottom.
pub(super) fn bar_frame(style: &Style) -> Frame {
    Frame::new().fill(color32(style.panel)).inner_margin(Margin::symmetric(12, 6))
}

/// Takes the frames off the buttons of a bar.
pub(super) fn flat(ui: &mut Ui) {
    let widgets = &mut ui.visuals_mut().widgets;
    widgets.inactive.weak_bg_fill = egui::Color32::TRANSPARENT;
    for widget in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active, &mut widgets.open] {
        widget.bg_stroke = egui::Stroke::NONE;
    }
}

/// Shows the menus. `allowed`: whether a file is open, and whether an event is selected; `history`: whether there is anything to undo and redo.
pub(super) fn show(
    ui: &mut Ui,
    view: &ViewState,
    recent: &Recent,
    allowed: (bool, bool),
    history: (bool, bool),
    intents: &mut Vec<Intent>,
) {
    for (menu, name) in [(Menu::File, "File"), (Menu::View, "View"), (Menu::Go, "Go"), (Menu::Help, "Help")] {
        ui.menu_button(name, |ui| {
            ui.set_min_width(240.0);
            rows(ui, menu, allowed, history, intents);
            match menu {
                Menu::File => recent_rows(ui, recent, intents),
                Menu::View => {
                    ui.separator();
                    ui.menu_button("Lanes by", |ui| {
                        for group in GroupBy::ALL {
                            if ui.radio(view.group == group, group.name()).clicked() {
                                intents.push(Intent::View(Action::SetGroup(group)));
                                ui.close();
                            }
                        }
                    });
                    ui.menu_button("Colours", |ui| {
                        for (theme, name) in
                            [(ThemeChoice::System, "Those of the system"), (ThemeChoice::Light, "Light"), (ThemeChoice::Dark, "Dark")]
                        {
                            if ui.radio(view.theme == theme, name).clicked() {
                                intents.push(Intent::View(Action::SetTheme(theme)));
                                ui.close();
                            }
                        }
                    });
                }
                Menu::Go | Menu::Help => {}
            }
        });
    }
}

fn rows(ui: &mut Ui, menu: Menu, (file, selection): (bool, bool), (undo, redo): (bool, bool), intents: &mut Vec<Intent>) {
    let mut rows: Vec<_> = COMMANDS.iter().filter(|row| row.menu == menu).collect();
    // In the table a key with more modifiers comes first; in the menu the plainer command does.
    rows.sort_by_key(|row| match row.command {
        Command::Open | Command::Undo => 0,
        Command::OpenAlso | Command::Redo => 1,
        _ => 2,
    });
    for row in rows {
        if row.command == Command::Quit {
            continue;
        }
        let enabled = match row.needs {
            Needs::Nothing => true,
            Needs::File => file,
            Needs::Selection => selection && file,
        } && match row.command {
            Command::Undo => undo,
            Command::Redo => redo,
            _ => true,
        };
        let mut button = Button::new(row.label);
        if let Some(shortcut) = row.shortcut {
            button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
        }
        if ui.add_enabled(enabled, button).clicked() {
            intents.push(Intent::Command(row.command));
            ui.close();
        }
    }
}

fn recent_rows(ui: &mut Ui, recent: &Recent, intents: &mut Vec<Intent>) {
    if !recent.files.is_empty() {
        ui.separator();
        ui.label(RichText::new("Recent").small().weak());
        for path in &recent.files {
            let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
            ui.horizontal(|ui| {
                if ui.button(&name).on_hover_text(path.display().to_string()).clicked() {
                    intents.push(Intent::OpenFiles(vec![path.clone()]));
                    ui.close();
                }
                if ui.small_button("Forget").on_hover_text(format!("Forget {name}")).clicked() {
                    intents.push(Intent::Forget(path.clone()));
                }
            });
        }
    }
    ui.separator();
    if let Some(row) = commands::row_of(Command::Quit) {
        let mut button = Button::new(row.label);
        if let Some(shortcut) = row.shortcut {
            button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
        }
        if ui.add(button).clicked() {
            intents.push(Intent::Command(Command::Quit));
        }
    }
}
