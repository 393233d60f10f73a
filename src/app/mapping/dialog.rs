//! The mapping dialog as it is drawn: how the table is laid out, its columns with their fields, its first rows as they would be read.

use std::collections::BTreeMap;
use std::path::Path;

use egui::{ComboBox, Context, DragValue, Grid, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui, Window};

use super::super::Intent;
use super::{COLUMNS_SHOWN, Mapping, Step};
use crate::formats::{Field, ORDERS, PreviewLayout, ReadOptions, TableChoice, TablePreview, encodings};
use crate::render::paint::{color32, font};
use crate::scene::Weight;
use crate::style::{Style, TEXT_PX};
use crate::time::Zone;

/// Characters of a cell that are shown.
const CELL_SHOWN: usize = 40;
/// Zones that the list shows.
const ZONES_SHOWN: usize = 12;

/// Shows the dialog; what is chosen is followed by the preview at once.
pub(super) fn show(mapping: &mut Mapping, ctx: &Context, style: &Style, options: &ReadOptions, intents: &mut Vec<Intent>) {
    if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        intents.push(Intent::Mapping(Step::Close));
    }
    let before = mapping.choice.clone();
    let room = ctx.content_rect();
    let wide = (room.width() - 80.0).min(1000.0);
    let file = Path::new(&mapping.name).file_name().map_or_else(|| mapping.name.clone(), |name| name.to_string_lossy().into_owned());
    Window::new(format!("Columns of {file}"))
        .id(egui::Id::unique("mapping"))
        .collapsible(false)
        .default_size([wide, (room.height() - 120.0).min(560.0)])
        .default_pos([room.center().x - wide / 2.0, room.top() + 50.0])
        .show(ctx, |ui| {
            if mapping.tables.len() > 1 {
                choose_table(mapping, ui, intents);
            }
            layout(mapping, ui);
            ui.add_space(4.0);
            say_error(mapping, ui, style);
            if let Some(own) = &mapping.own {
                let is_given_back = mapping.choice.columns.is_empty();
                let words = if is_given_back { "Nothing is chosen: the file is read by the reader of its own program." } else { own.lost };
                ui.add(egui::Label::new(RichText::new(words).color(color32(style.text_quiet))).wrap());
            }
            let height = (ui.available_height() - 64.0).max(120.0);
            ScrollArea::both().auto_shrink([false, true]).max_height(height).show(ui, |ui| table(mapping, ui, style));
            ui.separator();
            ui.checkbox(&mut mapping.remember, "Remember this for files with the same header");
            buttons(mapping, ui, intents);
        });
    if mapping.choice != before {
        mapping.keep_up(options);
    }
}

fn buttons(mapping: &mut Mapping, ui: &mut Ui, intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        let is_fine = mapping.shown.as_ref().is_ok_and(|shown| shown.error.is_none());
        if ui.add_enabled(is_fine, egui::Button::new("Read the file so")).clicked() {
            intents.push(Intent::Mapping(Step::Read));
        }
        if ui.button("Save as .map.json…").on_hover_text("A file that the command line takes: --map FILE.map.json").clicked() {
            intents.push(Intent::Mapping(Step::Save));
        }
        if ui.button("As it was found").on_hover_text("Takes back what was chosen here").clicked() {
            mapping.choice = TableChoice::default();
        }
        if ui.button("Cancel mapping").clicked() {
            intents.push(Intent::Mapping(Step::Close));
        }
    });
}

fn choose_table(mapping: &Mapping, ui: &mut Ui, intents: &mut Vec<Intent>) {
    let name = |at: usize| {
        let path = mapping.tables.get(at).map(|(path, _)| path.as_path());
        path.and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned()
    };
    ComboBox::from_label("Table").selected_text(name(mapping.at)).show_ui(ui, |ui| {
        for at in 0..mapping.tables.len() {
            if ui.selectable_label(at == mapping.at, name(at)).clicked() && at != mapping.at {
                intents.push(Intent::Mapping(Step::Other(at)));
            }
        }
    });
}

/// What lays the table out, the order of dates, and the zone of times without one.
fn layout(mapping: &mut Mapping, ui: &mut Ui) {
    let Ok(shown) = &mapping.shown else { return };
    let choice = &mut mapping.choice;
    ui.horizontal_wrapped(|ui| {
        match &shown.layout {
            PreviewLayout::Text { delimiter, encoding } => {
                delimiter_of(*delimiter, choice, ui);
                header_of(shown, "in line", choice, ui);
                ComboBox::from_label("encoding").selected_text(*encoding).show_ui(ui, |ui| {
                    for own in encodings() {
                        if ui.selectable_label(own.name() == *encoding, own.name()).clicked() {
                            choice.encoding = Some(own.name().to_owned());
                        }
                    }
                });
            }
            PreviewLayout::Sheet { names, at } => {
                let name = |at: usize| names.get(at).map(|name| cut(name)).unwrap_or_default();
                ComboBox::from_label("sheet").selected_text(name(*at)).show_ui(ui, |ui| {
                    for own in 0..names.len() {
                        if ui.selectable_label(own == *at, name(own)).clicked() {
                            choice.sheet = names.get(own).cloned();
                            // Another sheet has its header elsewhere, and other columns.
                            choice.header_line = None;
                            choice.columns.clear();
                        }
                    }
                });
                header_of(shown, "in row", choice, ui);
            }
            PreviewLayout::Objects => {}
        }
        order_of(choice, ui);
        zone_of(&mut mapping.zone_text, choice, ui);
    });
}

fn delimiter_of(delimiter: char, choice: &mut TableChoice, ui: &mut Ui) {
    let said = |delimiter| match delimiter {
        ',' => "comma ,",
        ';' => "semicolon ;",
        '\t' => "tab",
        '|' => "bar |",
        _ => "other",
    };
    ComboBox::from_label("between cells").selected_text(said(delimiter)).show_ui(ui, |ui| {
        for own in [',', ';', '\t', '|'] {
            if ui.selectable_label(own == delimiter, said(own)).clicked() {
                choice.delimiter = Some(own);
            }
        }
    });
}

fn header_of(shown: &TablePreview, where_it_is: &str, choice: &mut TableChoice, ui: &mut Ui) {
    let mut has_header = shown.header_line > 0;
    if ui.checkbox(&mut has_header, "header").changed() {
        choice.header_line = Some(u32::from(has_header));
    }
    if has_header {
        let mut line = shown.header_line.max(1);
        ui.label(where_it_is);
        let drag = ui.add(DragValue::new(&mut line).range(1..=500)).accessible_name("Line of the header");
        if drag.changed() {
            choice.header_line = Some(line);
        }
    }
}

fn order_of(choice: &mut TableChoice, ui: &mut Ui) {
    let order = choice.date_order.clone();
    let words = ORDERS.iter().find(|(own, _)| Some(own.name()) == order.as_deref()).map_or("as the column settles it", |(_, words)| words);
    ComboBox::from_label("dates").selected_text(words).width(190.0).show_ui(ui, |ui| {
        if ui.selectable_label(order.is_none(), "as the column settles it").clicked() {
            choice.date_order = None;
        }
        for (own, words) in ORDERS {
            if ui.selectable_label(order.as_deref() == Some(own.name()), words).clicked() {
                choice.date_order = Some(own.name().to_owned());
            }
        }
    });
}

/// Whose clocks showed the times that are written without a zone.
fn zone_of(text: &mut String, choice: &mut TableChoice, ui: &mut Ui) {
    let said = |zone: Zone| if zone.is_local() { format!("local: {}", zone.name()) } else { zone.name().replace('_', " ") };
    let chosen = choice.zone.as_deref().and_then(|zone| Zone::parse(zone).ok());
    let words = chosen.map_or_else(|| "no zone: as written".to_owned(), said);
    let combo = ComboBox::from_label("times without a zone").selected_text(words).width(150.0);
    // A click into the field would close the list.
    let combo = combo.close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    combo.show_ui(ui, |ui| {
        let mut taken = None;
        let edit = TextEdit::singleline(text).hint_text("A city, a continent").desired_width(200.0);
        ui.add(edit).accessible_name("Search zones of times");
        if ui.selectable_label(chosen.is_none(), "no zone: as written").clicked() {
            taken = Some(None);
        }
        let first = [Some(Zone::UTC), Zone::local().ok()].into_iter().flatten().filter(|_| text.trim().is_empty());
        for zone in first.chain(Zone::search(text, ZONES_SHOWN)) {
            if ui.selectable_label(chosen == Some(zone), said(zone)).clicked() {
                taken = Some(Some(zone.choice().to_owned()));
            }
        }
        if let Some(zone) = taken {
            choice.zone = zone;
            text.clear();
            ui.close();
        }
    });
}

fn say_error(mapping: &Mapping, ui: &mut Ui, style: &Style) {
    let error = match &mapping.shown {
        Ok(shown) => shown.error.as_deref(),
        Err(words) => Some(words.as_str()),
    };
    let color = color32(if error.is_some() { style.warning } else { style.text_quiet });
    let words = match error {
        Some(words) if words.contains("no column was recognised as the date") => {
            "No column was recognised as the date: choose which it is."
        }
        Some(words) => words,
        None => "What each column is taken for, and the first rows as they are read. Columns without a field are kept with the event.",
    };
    ui.add(egui::Label::new(RichText::new(words).color(color)).wrap());
}

/// The columns with their fields, and the first rows under them.
fn table(mapping: &mut Mapping, ui: &mut Ui, style: &Style) {
    let Ok(shown) = &mapping.shown else { return };
    let quiet = color32(style.text_quiet);
    let bold = font(TEXT_PX, Weight::SemiBold);
    let columns = || mapping.order.iter().take(COLUMNS_SHOWN).filter_map(|at| Some((*at, shown.columns.get(*at)?)));
    let mut chosen: Option<(usize, Option<Field>)> = None;
    Grid::new("mapping columns").striped(true).spacing([14.0, 4.0]).show(ui, |ui| {
        ui.label(RichText::new("Read as").font(bold.clone()));
        for (_, column) in columns() {
            ui.label(RichText::new(cut(&column.name)).font(bold.clone()));
        }
        ui.end_row();
        ui.label("");
        for (at, column) in columns() {
            let field = column.fields.first().copied();
            let combo = ComboBox::from_id_salt(("field", at)).selected_text(field.map_or("—", Field::name)).width(96.0);
            let response = combo.show_ui(ui, |ui| {
                if ui.selectable_label(field.is_none(), "—").clicked() {
                    chosen = Some((at, None));
                }
                for own in Field::ALL {
                    if ui.selectable_label(field == Some(own), own.name()).clicked() {
                        chosen = Some((at, Some(own)));
                    }
                }
            });
            response.response.accessible_name(format!("Field of {}", column.name));
        }
        ui.end_row();
        ui.label("");
        for (_, column) in columns() {
            let is_own = column.fields.iter().all(|field| mapping.is_own(*field)) && !column.fields.is_empty();
            let reason = if is_own { "as its own reader takes it" } else { &column.reason };
            ui.label(RichText::new(reason).small().color(quiet));
        }
        ui.end_row();
        for row in &shown.rows {
            match &row.date {
                Ok(words) => ui.label(words),
                Err(words) if words.is_empty() => ui.label(""),
                Err(words) => ui.label(RichText::new("undated").color(color32(style.warning))).on_hover_text(words),
            };
            for cell in columns().filter_map(|(at, _)| row.cells.get(at)) {
                ui.label(RichText::new(cut(cell)).color(quiet));
            }
            ui.end_row();
        }
    });
    if shown.columns.len() > COLUMNS_SHOWN {
        ui.weak(format!("and {} more columns, which are kept with the event", shown.columns.len() - COLUMNS_SHOWN));
    }
    if let Some((at, field)) = chosen {
        mapping.choice.columns = rechosen(shown, &mapping.choice.columns, at, field);
    }
}

/// The columns of each field after one column was given another. What the user has not touched stays as it is found.
fn rechosen(
    shown: &TablePreview,
    columns: &BTreeMap<String, Vec<String>>,
    at: usize,
    field: Option<Field>,
) -> BTreeMap<String, Vec<String>> {
    let mut columns = columns.clone();
    let Some(column) = shown.columns.get(at) else { return columns };
    let found = |field: Field| -> Vec<String> {
        shown.columns.iter().filter(|column| column.fields.contains(&field)).map(|column| column.name.clone()).collect()
    };
    for own in &column.fields {
        let rest = columns.entry(own.name().to_owned()).or_insert_with(|| found(*own));
        rest.retain(|name| *name != column.name);
    }
    if let Some(field) = field {
        let entry = columns.entry(field.name().to_owned()).or_insert_with(|| found(field));
        if !field.takes_several() {
            entry.clear();
        }
        if !entry.contains(&column.name) {
            entry.push(column.name.clone());
        }
    }
    columns
}

fn cut(text: &str) -> String {
    let mut out: String = text.chars().take(CELL_SHOWN).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if text.chars().nth(CELL_SHOWN).is_some() {
        out.push('…');
    }
    out
}
