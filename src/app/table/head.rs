//! The line above the rows: how many there are, which columns, what to copy, where the table stands.

use std::fmt::Write as _;
use std::sync::Arc;

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Layout, PopupCloseBehavior, RichText, ScrollArea, Ui};

use super::super::{Facts, Intent, menu};
use crate::render::paint::{color32, font};
use crate::scene::{Weight, grouped};
use crate::store::Column;
use crate::style::TEXT_PX;
use crate::view::{Action, TableShown, TableView};

/// What the line says.
#[derive(Clone, Copy)]
pub(super) struct State<'a> {
    pub rows: usize,
    /// How many rows are chosen.
    pub chosen: usize,
    pub sorting: bool,
    pub copying: bool,
    /// The names of further fields, once they are known.
    pub fields: Option<&'a [(Arc<str>, usize)]>,
}

/// What was asked for.
pub(super) enum Wish {
    CopyAll,
    CopyChosen,
    /// Looks which further fields there are.
    FindFields,
}

/// Names of further fields that are offered.
const FIELDS_OFFERED: usize = 200;

/// Shows the line.
pub(super) fn show(ui: &mut Ui, facts: Facts<'_>, state: State<'_>, intents: &mut Vec<Intent>) -> Option<Wish> {
    let table = &facts.view.table;
    let mut wish = None;
    let wide = ui.available_width();
    ui.add_space(5.0);
    ui.horizontal(|ui| {
        ui.add_space(14.0);
        ui.label(RichText::new("Table").font(font(TEXT_PX, Weight::SemiBold)));
        let undated = facts.document.hits.matching() - facts.document.hits.matching_dated();
        let rows = if state.rows == 1 { "1 row".to_owned() } else { format!("{} rows", grouped(state.rows)) };
        let mut words = if undated > 0 { format!("{rows}, {} without a date", grouped(undated)) } else { rows };
        if state.chosen > 1 {
            let _ = write!(words, ", {} chosen", grouped(state.chosen));
        }
        ui.label(RichText::new(words).color(color32(facts.style.text_quiet)));
        if state.sorting || state.copying {
            ui.spinner();
        }
        // Several are chosen one after the other.
        let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        MenuButton::new("Columns").config(stays).ui(ui, |ui| {
            menu::edged(ui);
            // As high as the window lets it be, wherever the button stands: the menu moves up for it.
            let most = (ui.ctx().content_rect().height() - 60.0).max(120.0);
            ScrollArea::vertical().max_height(most).min_scrolled_height(most).show(ui, |ui| {
                for column in &Column::ALL {
                    choice(ui, table, column, column.heading(), intents);
                }
                let Some(fields) = state.fields else {
                    wish = Some(Wish::FindFields);
                    ui.separator();
                    ui.weak("Looking for further fields");
                    return;
                };
                further(ui, table, fields, intents);
            });
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
        let copy = if state.chosen > 1 { format!("Copy {} chosen rows", grouped(state.chosen)) } else { "Copy selected row".to_owned() };
        let tip = "Ctrl+C in the table. Shift and Ctrl with a click choose more rows, Ctrl+A all";
        if wide > 640.0 && state.chosen > 0 && !state.copying && ui.button(copy).on_hover_text(tip).clicked() {
            wish = Some(Wish::CopyChosen);
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

/// A column to choose.
fn choice(ui: &mut Ui, table: &TableView, column: &Column, words: &str, intents: &mut Vec<Intent>) {
    let mut shown = table.columns.iter().any(|own| own.column == *column);
    if ui.checkbox(&mut shown, words).changed() {
        intents.push(Intent::View(Action::SetTable(table.with_column(column, shown))));
    }
}

/// The fields that the records keep under their own names, with the number of their values; first those that are shown and not there.
fn further(ui: &mut Ui, table: &TableView, fields: &[(Arc<str>, usize)], intents: &mut Vec<Intent>) {
    let is_there = |column: &Column| matches!(column, Column::Field(name) if fields.iter().any(|(own, _)| own == name));
    let gone = table.columns.iter().map(|own| &own.column).filter(|column| matches!(column, Column::Field(_)) && !is_there(column));
    let gone: Vec<&Column> = gone.collect();
    ui.separator();
    if fields.is_empty() && gone.is_empty() {
        ui.weak("No further fields");
        return;
    }
    ui.label(RichText::new("Further fields").font(font(TEXT_PX, Weight::SemiBold)));
    for column in gone {
        choice(ui, table, column, column.heading(), intents);
    }
    for (name, count) in fields.iter().take(FIELDS_OFFERED) {
        let short: String = name.chars().take(40).collect();
        choice(ui, table, &Column::Field(Arc::clone(name)), &format!("{short} ({})", grouped(*count)), intents);
    }
    if fields.len() > FIELDS_OFFERED {
        ui.weak(format!("and {} that are rarer", grouped(fields.len() - FIELDS_OFFERED)));
    }
}
