//! The menu bar, made from the table of commands.

use egui::{Button, EventFilter, Frame, Key, Margin, Modifiers, Popup, Response, RichText, ScrollArea, Ui};

use super::canvas::headers;
use super::commands::{COMFORT_MENU, COMMANDS, Command, CommandRow, Menu, Standing};
use super::recent::Recent;
use super::{Intent, commands};
use crate::render::paint::color32;
use crate::style::Style;
use crate::view::{Action, LaneSort, ThemeChoice, ViewState};

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

/// Gives boxes to tick their edges back, which menus take off everything in them.
pub(super) fn edged(ui: &mut Ui) {
    let edge = ui.ctx().global_style().visuals.widgets.inactive.bg_stroke;
    let widgets = &mut ui.visuals_mut().widgets;
    for widget in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
        widget.bg_stroke = edge;
    }
}

/// The menu bar's own state.
#[derive(Default)]
pub(super) struct Bar {
    /// Whether the first menu is to have the keyboard.
    pub wants_focus: bool,
    /// The menu that was opened by a key, until its first row has the keyboard.
    entered: Option<Menu>,
}

impl Bar {
    /// Gives the keyboard to the first menu where it is wanted, and opens a menu whose name has the keyboard on Down.
    fn answer_keys(&mut self, ui: &Ui, menu: Menu, button: &Response) {
        if menu == Menu::File && std::mem::take(&mut self.wants_focus) {
            button.request_focus();
        }
        let popup = Popup::default_response_id(button);
        let is_open = Popup::is_id_open(ui.ctx(), popup);
        if !button.has_focus() {
            return;
        }
        // Open, the menu itself answers the arrows.
        let filter = EventFilter { vertical_arrows: !is_open, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(button.id, filter));
        if !is_open && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown)) {
            Popup::open_id(ui.ctx(), popup);
            self.entered = Some(menu);
            ui.request_repaint();
        }
    }
}

/// Shows the menus.
pub(super) fn show(ui: &mut Ui, bar: &mut Bar, view: &ViewState, recent: &Recent, standing: &Standing, intents: &mut Vec<Intent>) {
    // A window too low for a menu scrolls it.
    let room = (ui.ctx().content_rect().height() - 60.0).max(80.0);
    for (menu, name) in [(Menu::File, "File"), (Menu::View, "View"), (Menu::Lanes, "Lanes"), (Menu::Go, "Go"), (Menu::Help, "Help")] {
        let mut entering = bar.entered == Some(menu);
        let button = ui.menu_button(name, |ui| {
            ui.set_min_width(240.0);
            ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
                let first = rows(ui, menu, standing, intents);
                // Before, its size is being found and nothing in it takes the keyboard.
                if entering
                    && !ui.is_sizing_pass()
                    && let Some(first) = first
                {
                    first.request_focus();
                    entering = false;
                }
                match menu {
                    Menu::File => recent_rows(ui, recent, standing, intents),
                    Menu::View => {
                        ui.separator();
                        ui.menu_button("Text and motion", |ui| command_rows(ui, COMFORT_MENU, standing, intents));
                        ui.menu_button("Colours", |ui| {
                            edged(ui);
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
                    Menu::Lanes => {
                        ui.separator();
                        ui.menu_button("Lanes by", |ui| headers::grouping(ui, view.group, intents));
                        let sort = view.arrangement().map_or(LaneSort::File, |arrangement| arrangement.sort);
                        ui.menu_button("Order of lanes", |ui| headers::order(ui, sort, intents));
                    }
                    Menu::Go | Menu::Help => {}
                }
            });
        });
        if bar.entered == Some(menu) && !entering {
            bar.entered = None;
        }
        bar.answer_keys(ui, menu, &button.response);
    }
}

/// A row of the table as a button with its key.
pub(super) fn command_button(ui: &mut Ui, row: &CommandRow, standing: &Standing) -> Response {
    let mut button = Button::new(row.label).selected(standing.on.contains(&row.command));
    if let Some(shortcut) = row.shortcut {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    }
    ui.add_enabled(standing.allows(row.needs), button)
}

/// A row of the table as a small button, its key in the tip.
pub(super) fn plain_button(ui: &mut Ui, row: &CommandRow, standing: &Standing) -> Response {
    let response = ui.add_enabled(standing.allows(row.needs), Button::new(row.label));
    match row.shortcut {
        Some(shortcut) => {
            let keys = ui.ctx().format_shortcut(&shortcut);
            response.on_hover_text(keys)
        }
        None => response,
    }
}

/// Some commands of the table, one below the other: what a context menu shows. Those that cannot be chosen are left out.
pub(super) fn command_rows(ui: &mut Ui, list: &[Command], standing: &Standing, intents: &mut Vec<Intent>) {
    ui.set_min_width(200.0);
    for row in list.iter().filter_map(|command| commands::row_of(*command)).filter(|row| standing.allows(row.needs)) {
        if command_button(ui, row, standing).clicked() {
            intents.push(Intent::Command(row.command));
            ui.close();
        }
    }
}

/// The commands of a menu. In the table a key with more modifiers comes first; here the plainer command does.
pub(super) fn in_order(menu: Menu) -> Vec<&'static CommandRow> {
    let mut rows: Vec<_> = COMMANDS.iter().filter(|row| row.menu == menu).collect();
    rows.sort_by_key(|row| match row.command {
        Command::Open | Command::Undo => 0,
        Command::OpenAlso | Command::Redo => 1,
        command if COMFORT_MENU.contains(&command) => 3,
        _ => 2,
    });
    rows
}

/// The rows of a menu; the first that can be chosen.
fn rows(ui: &mut Ui, menu: Menu, standing: &Standing, intents: &mut Vec<Intent>) -> Option<Response> {
    let own = |row: &&CommandRow| row.command != Command::Quit && !COMFORT_MENU.contains(&row.command);
    let mut first = None;
    for row in in_order(menu).into_iter().filter(own) {
        let button = command_button(ui, row, standing);
        if button.clicked() {
            intents.push(Intent::Command(row.command));
            ui.close();
        }
        if button.enabled() {
            first.get_or_insert(button);
        }
    }
    first
}

fn recent_rows(ui: &mut Ui, recent: &Recent, standing: &Standing, intents: &mut Vec<Intent>) {
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
        if ui.button("Forget all").clicked() {
            intents.push(Intent::ForgetAll);
        }
    }
    ui.separator();
    let (mut private, mut restore) = (recent.private, recent.restore_last);
    let tip = "Opens the files that were open at the end, as they were looked at, unless others are named";
    ui.scope(|ui| {
        edged(ui);
        if ui.add_enabled(!private, egui::Checkbox::new(&mut restore, "Open the last session at the start")).on_hover_text(tip).changed() {
            intents.push(Intent::SetRestoreLast(restore));
        }
        let words = if recent.sealed { "Private since the start: remember nothing" } else { "Private: remember nothing" };
        if ui.add_enabled(!recent.sealed, egui::Checkbox::new(&mut private, words)).changed() {
            intents.push(Intent::SetPrivate(private));
        }
    });
    ui.separator();
    if let Some(row) = commands::row_of(Command::Quit)
        && command_button(ui, row, standing).clicked()
    {
        intents.push(Intent::Command(Command::Quit));
    }
}
