//! The line above the rows: how many there are, which columns, what to copy, where the table stands.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Layout, PopupCloseBehavior, RichText, Ui};

use super::super::{Facts, Intent, menu};
use crate::render::paint::{color32, font};
use crate::scene::{Weight, grouped};
use crate::store::Column;
use crate::style::TEXT_PX;
use crate::view::{Action, TableShown};

/// What the line says.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub rows: usize,
    pub sorting: bool,
    pub copying: bool,
}

/// What was asked for.
pub(super) enum Wish {
    CopyAll,
    CopySelected,
}

/// Shows the line.
pub(super) fn show(ui: &mut Ui, facts: Facts<'_>, state: State, intents: &mut Vec<Intent>) -> Option<Wish> {
    let table = &facts.view.table;
    let mut wish = None;
    let wide = ui.available_width();
    ui.add_space(5.0);
    ui.horizontal(|ui| {
        ui.add_space(14.0);
        ui.label(RichText::new("Table").font(font(TEXT_PX, Weight::SemiBold)));
        let undated = facts.document.hits.matching() - facts.document.hits.matching_dated();
        let rows = if state.rows == 1 { "1 row".to_owned() } else { format!("{} rows", grouped(state.rows)) };
        let words = if undated > 0 { format!("{rows}, {} without a date", grouped(undated)) } else { rows };
        ui.label(RichText::new(words).color(color32(facts.style.text_quiet)));
        if state.sorting || state.copying {
            ui.spinner();
        }
        // Several are chosen one after the other.
        let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        MenuButton::new("Columns").config(stays).ui(ui, |ui| {
            menu::edged(ui);
            for column in Column::ALL {
                let mut shown = table.columns.iter().any(|own| own.column == column);
                if ui.checkbox(&mut shown, column.heading()).changed() {
                    intents.push(Intent::View(Action::SetTable(table.with_column(column, shown))));
                }
            }
        });
        // In little room the words beside it need theirs.
        let copies = wide > 400.0;
        ui.add_enabled_ui(copies && !state.copying && state.rows > 0, |ui| {
            let tip = "All rows under the search, with tabs between the cells, as a spreadsheet takes them";
            if copies && ui.button("Copy rows").on_hover_text(tip).clicked() {
                wish = Some(Wish::CopyAll);
            }
        });
        // Where there is no room for it, Ctrl+C and the row's own menu copy too.
        if wide > 640.0 && facts.view.selected.is_some() && ui.button("Copy selected row").on_hover_text("Ctrl+C in the table").clicked() {
            wish = Some(Wish::CopySelected);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(10.0);
            if ui.small_button("×").on_hover_text("Close (Ctrl+T)").accessible_name("Close table").clicked() {
                intents.push(Intent::View(Action::SetTable(table.standing(TableShown::Hidden))));
            }
            let (words, place) = match table.shown {
                TableShown::Alone => ("With the lanes", TableShown::Below),
                TableShown::Hidden | TableShown::Below => (if wide > 520.0 { "Instead of the lanes" } else { "Alone" }, TableShown::Alone),
            };
            if ui.button(words).clicked() {
                intents.push(Intent::View(Action::SetTable(table.standing(place))));
            }
        });
    });
    ui.add_space(4.0);
    wish
}
