//! The columns of a table: what each is taken for and why, with the first rows as they would be read, and all of it changeable. What is chosen is kept for files with the same header.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{ComboBox, Context, DragValue, Grid, Key, Modifiers, RichText, ScrollArea, Ui, Window};

use super::{App, Intent};
use crate::formats::{
    ColumnMap, Field, Input, ORDERS, ReadOptions, TableChoice, TableLayout, TablePreview, encodings, preview_table, recognised, table_head,
};
use crate::render::paint::{color32, font};
use crate::render::save_whole;
use crate::scene::Weight;
use crate::style::{Style, TEXT_PX};

/// Characters of a cell that are shown.
const CELL_SHOWN: usize = 40;
/// Columns that are shown; a table with more is mapped by its first, or by `--map`.
const COLUMNS_SHOWN: usize = 60;

/// What a step of the dialog asks for.
#[derive(Debug)]
pub(super) enum Step {
    /// Reads the files with what was chosen.
    Read,
    /// Asks where to save the choice as a file.
    Save,
    /// Shows another of the open tables.
    Other(usize),
    /// Closes it.
    Close,
}

/// The dialog over one of some tables.
pub(super) struct Mapping {
    /// The tables that can be chosen among.
    tables: Vec<PathBuf>,
    at: usize,
    /// All files that are read when the choice is made.
    paths: Vec<PathBuf>,
    name: String,
    head: Vec<u8>,
    choice: TableChoice,
    shown: Result<TablePreview, String>,
    remember: bool,
}

impl Mapping {
    /// The dialog over a table. An error where the file cannot be read or is no table.
    fn of(tables: Vec<PathBuf>, at: usize, paths: Vec<PathBuf>, options: &ReadOptions) -> Result<Self, String> {
        let path = tables.get(at).ok_or_else(|| "no table is open".to_owned())?;
        let name = path.display().to_string();
        let head = Input::open(&name, path).and_then(|input| table_head(&input)).map_err(|error| error.to_string())?;
        let first = preview_table(&name, &head, options).map_err(|error| error.to_string())?;
        let choice = options.remembered.get(&first.key).cloned().unwrap_or_else(|| said(options));
        let mut mapping = Self { tables, at, paths, name, head, choice, shown: Ok(first), remember: true };
        mapping.keep_up(options);
        Ok(mapping)
    }

    fn keep_up(&mut self, options: &ReadOptions) {
        let chosen = self.choice.apply(options);
        let shown = chosen.and_then(|options| preview_table(&self.name, &self.head, &options));
        match (shown, &self.shown) {
            (Ok(shown), _) => self.shown = Ok(shown),
            // The columns stay, so that what is wrong can be taken back.
            (Err(error), Ok(before)) => self.shown = Ok(TablePreview { error: Some(error.to_string()), ..before.clone() }),
            (Err(error), Err(_)) => self.shown = Err(error.to_string()),
        }
    }

    fn show(&mut self, ctx: &Context, style: &Style, options: &ReadOptions, intents: &mut Vec<Intent>) {
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            intents.push(Intent::Mapping(Step::Close));
        }
        let before = self.choice.clone();
        let room = ctx.content_rect();
        let file = Path::new(&self.name).file_name().map_or_else(|| self.name.clone(), |name| name.to_string_lossy().into_owned());
        Window::new(format!("Columns of {file}"))
            .id(egui::Id::unique("mapping"))
            .collapsible(false)
            .default_size([(room.width() - 80.0).min(1000.0), (room.height() - 120.0).min(560.0)])
            .default_pos([room.center().x - (room.width() - 80.0).min(1000.0) / 2.0, room.top() + 50.0])
            .show(ctx, |ui| {
                if self.tables.len() > 1 {
                    self.choose_table(ui, intents);
                }
                self.layout(ui);
                ui.add_space(4.0);
                self.say_error(ui, style);
                let height = (ui.available_height() - 64.0).max(120.0);
                ScrollArea::both().auto_shrink([false, true]).max_height(height).show(ui, |ui| self.table(ui, style));
                ui.separator();
                ui.checkbox(&mut self.remember, "Remember this for files with the same header");
                ui.horizontal(|ui| {
                    let is_fine = self.shown.as_ref().is_ok_and(|shown| shown.error.is_none());
                    if ui.add_enabled(is_fine, egui::Button::new("Read the file so")).clicked() {
                        intents.push(Intent::Mapping(Step::Read));
                    }
                    if ui.button("Save as .map.json…").on_hover_text("A file that the command line takes: --map FILE.map.json").clicked()
                    {
                        intents.push(Intent::Mapping(Step::Save));
                    }
                    if ui.button("As it was found").on_hover_text("Takes back what was chosen here").clicked() {
                        self.choice = TableChoice::default();
                    }
                    if ui.button("Cancel mapping").clicked() {
                        intents.push(Intent::Mapping(Step::Close));
                    }
                });
            });
        if self.choice != before {
            self.keep_up(options);
        }
    }

    fn choose_table(&self, ui: &mut Ui, intents: &mut Vec<Intent>) {
        let name = |at: usize| self.tables.get(at).and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy().into_owned();
        ComboBox::from_label("Table").selected_text(name(self.at)).show_ui(ui, |ui| {
            for at in 0..self.tables.len() {
                if ui.selectable_label(at == self.at, name(at)).clicked() && at != self.at {
                    intents.push(Intent::Mapping(Step::Other(at)));
                }
            }
        });
    }

    /// The delimiter, the header, the encoding and the order of dates.
    fn layout(&mut self, ui: &mut Ui) {
        let Ok(shown) = &self.shown else { return };
        let choice = &mut self.choice;
        ui.horizontal_wrapped(|ui| {
            let delimiter = |delimiter| match delimiter {
                ',' => "comma ,",
                ';' => "semicolon ;",
                '\t' => "tab",
                '|' => "bar |",
                _ => "other",
            };
            ComboBox::from_label("between cells").selected_text(delimiter(shown.delimiter)).show_ui(ui, |ui| {
                for own in [',', ';', '\t', '|'] {
                    if ui.selectable_label(own == shown.delimiter, delimiter(own)).clicked() {
                        choice.delimiter = Some(own);
                    }
                }
            });
            let mut has_header = shown.header_line > 0;
            if ui.checkbox(&mut has_header, "header").changed() {
                choice.header_line = Some(u32::from(has_header));
            }
            if has_header {
                let mut line = shown.header_line.max(1);
                ui.label("in line");
                let drag = ui.add(DragValue::new(&mut line).range(1..=500)).accessible_name("Line of the header");
                if drag.changed() {
                    choice.header_line = Some(line);
                }
            }
            ComboBox::from_label("encoding").selected_text(shown.encoding).show_ui(ui, |ui| {
                for own in encodings() {
                    if ui.selectable_label(own.name() == shown.encoding, own.name()).clicked() {
                        choice.encoding = Some(own.name().to_owned());
                    }
                }
            });
            let order = choice.date_order.clone();
            let words =
                ORDERS.iter().find(|(own, _)| Some(own.name()) == order.as_deref()).map_or("as the column settles it", |(_, words)| words);
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
        });
    }

    fn say_error(&self, ui: &mut Ui, style: &Style) {
        let error = match &self.shown {
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
    fn table(&mut self, ui: &mut Ui, style: &Style) {
        let Ok(shown) = &self.shown else { return };
        let quiet = color32(style.text_quiet);
        let bold = font(TEXT_PX, Weight::SemiBold);
        let columns = &shown.columns[..shown.columns.len().min(COLUMNS_SHOWN)];
        let mut chosen: Option<(usize, Option<Field>)> = None;
        Grid::new("mapping columns").striped(true).spacing([14.0, 4.0]).show(ui, |ui| {
            ui.label(RichText::new("Read as").font(bold.clone()));
            for column in columns {
                ui.label(RichText::new(cut(&column.name)).font(bold.clone()));
            }
            ui.end_row();
            ui.label("");
            for (at, column) in columns.iter().enumerate() {
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
            for column in columns {
                ui.label(RichText::new(&column.reason).small().color(quiet));
            }
            ui.end_row();
            for row in &shown.rows {
                match &row.date {
                    Ok(words) => ui.label(words),
                    Err(words) if words.is_empty() => ui.label(""),
                    Err(words) => ui.label(RichText::new("undated").color(color32(style.warning))).on_hover_text(words),
                };
                for cell in row.cells.iter().take(columns.len()) {
                    ui.label(RichText::new(cut(cell)).color(quiet));
                }
                ui.end_row();
            }
        });
        if shown.columns.len() > COLUMNS_SHOWN {
            ui.weak(format!("and {} more columns, which are kept with the event", shown.columns.len() - COLUMNS_SHOWN));
        }
        if let Some((at, field)) = chosen {
            self.choice.columns = rechosen(shown, &self.choice.columns, at, field);
        }
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

/// What the command line said already.
fn said(options: &ReadOptions) -> TableChoice {
    let columns = options.map.entries().map(|(field, columns)| (field.name().to_owned(), columns.to_vec())).collect();
    let layout = options.layout;
    TableChoice {
        columns,
        date_order: options.dialect.order.map(|order| order.name().to_owned()),
        delimiter: layout.delimiter.map(char::from),
        header_line: layout.header_line,
        encoding: layout.encoding.map(|encoding| encoding.name().to_owned()),
        ..TableChoice::default()
    }
}

fn cut(text: &str) -> String {
    let mut out: String = text.chars().take(CELL_SHOWN).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if text.chars().nth(CELL_SHOWN).is_some() {
        out.push('…');
    }
    out
}

impl App {
    /// Opens the dialog on the tables that are open.
    pub(super) fn open_mapping(&mut self) {
        let Some(document) = &self.document else { return };
        let is_table = |file: &&crate::model::FileLedger| file.format == "csv";
        let tables: Vec<PathBuf> = document.store.ledger().files.iter().filter(is_table).map(|file| PathBuf::from(&file.path)).collect();
        if tables.is_empty() {
            self.notices.warn("Only tables of text (CSV, TSV and the like) have columns to choose, and none is open.".to_owned());
            return;
        }
        match Mapping::of(tables, 0, document.paths.clone(), &self.options) {
            Ok(mapping) => self.mapping = Some(mapping),
            Err(words) => self.notices.warn(words),
        }
    }

    /// Opens the dialog where a file could not be read because its columns were not recognised; true where it did.
    pub(super) fn offer_mapping(&mut self, paths: &[PathBuf]) -> bool {
        let [path] = paths else { return false };
        if recognised(path) != Some("csv") {
            return false;
        }
        match Mapping::of(vec![path.clone()], 0, paths.to_vec(), &self.options) {
            Ok(mapping) if mapping.shown.as_ref().is_ok_and(|shown| shown.error.is_some() && shown.columns.len() > 1) => {
                self.mapping = Some(mapping);
                true
            }
            _ => false,
        }
    }

    pub(super) fn show_mapping(&mut self, ctx: &Context, style: &Style, intents: &mut Vec<Intent>) {
        if let Some(mapping) = &mut self.mapping {
            mapping.show(ctx, style, &self.options, intents);
        }
    }

    /// Goes a step on.
    pub(super) fn mapping_step(&mut self, ctx: &Context, step: &Step) {
        match step {
            Step::Close => self.mapping = None,
            Step::Other(at) => {
                if let Some(Mapping { tables, paths, .. }) = self.mapping.take() {
                    match Mapping::of(tables, *at, paths, &self.options) {
                        Ok(mapping) => self.mapping = Some(mapping),
                        Err(words) => self.notices.warn(words),
                    }
                }
            }
            Step::Save => {
                if let Some(mapping) = &self.mapping {
                    let stem = Path::new(&mapping.name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
                    self.picking.save_map(ctx, self.dialogs.as_ref(), &format!("{stem}.map.json"));
                }
            }
            Step::Read => {
                let Some(mapping) = self.mapping.take() else { return };
                let Ok(shown) = mapping.shown else { return };
                // The user's word here is newer than that of the command line, which would stand before it.
                self.options = ReadOptions { map: ColumnMap::default(), layout: TableLayout::default(), ..self.options.clone() };
                let mut remembered = (*self.options.remembered).clone();
                remembered.insert(shown.key.clone(), mapping.choice.clone());
                self.options.remembered = Arc::new(remembered);
                if mapping.remember {
                    self.recent.keep_choice(shown.key, mapping.choice);
                } else {
                    self.recent.forget_choice(&shown.key);
                }
                self.open(ctx, mapping.paths);
            }
        }
    }

    /// Saves the choice as a file for the command line.
    pub(super) fn save_map_at(&mut self, path: PathBuf) {
        let Some(mapping) = &self.mapping else { return };
        let path = if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            path
        } else {
            let mut name = path.into_os_string();
            name.push(".map.json");
            name.into()
        };
        match save_whole(&path, format!("{}\n", mapping.choice.to_json()).as_bytes()) {
            Ok(()) => self.notices.push(super::notices::Notice::good(format!("Map saved: {}", path.display()))),
            Err(error) => self.notices.warn(format!("The map was not saved. {error}")),
        }
    }
}
