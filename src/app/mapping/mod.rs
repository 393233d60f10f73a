//! The columns of a table: what each is taken for and why, with the first rows as they would be read, and all of it changeable. What is chosen is kept for files with the same header.
//!
//! The table's beginning is taken from its file by a job; then every choice is tried on it at once.

mod dialog;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::App;
use crate::formats::{
    ColumnMap, Field, Input, PreviewLayout, Progress as _, ReadOptions, TableChoice, TableHead, TableLayout, TablePreview, expand, mapped,
    recognised,
};
use crate::jobs::{Job, Outcome, Shared};
use crate::render::save_whole;
use crate::style::Style;

/// Columns that are shown. Of a table with more, those that are taken for something are among them; the others are chosen by `--map`.
const COLUMNS_SHOWN: usize = 150;

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

/// A file with the name of its format.
type Table = (PathBuf, &'static str);

/// The beginning of one of some tables.
struct Found {
    tables: Vec<Table>,
    at: usize,
    head: TableHead,
}

/// A table whose beginning is being taken from its file.
pub(super) struct Heading {
    /// All files that are read when the choice is made.
    paths: Vec<PathBuf>,
    /// What to say instead where there is nothing to choose: why the file could not be read.
    otherwise: Option<String>,
    job: Job<Result<Found, String>>,
}

/// What the own reader of a known program takes columns for.
struct Own {
    columns: BTreeMap<String, Vec<String>>,
    /// What is lost where the columns alone are read.
    lost: &'static str,
}

/// The dialog over one of some tables.
pub(super) struct Mapping {
    /// The tables that can be chosen among.
    tables: Vec<Table>,
    at: usize,
    paths: Vec<PathBuf>,
    name: String,
    head: TableHead,
    choice: TableChoice,
    shown: Result<TablePreview, String>,
    /// In which order the columns stand in the dialog, as long as they are the same.
    order: Vec<usize>,
    /// What the own reader of a known program does.
    own: Option<Own>,
    remember: bool,
    /// What was typed to find a zone.
    zone_text: String,
}

impl Heading {
    /// Begins to read the beginning of a table.
    fn start(ctx: &Context, (tables, at): (Vec<Table>, usize), paths: Vec<PathBuf>, options: &ReadOptions) -> Self {
        let options = options.clone();
        let wake = ctx.clone();
        let job = Job::start(
            move |shared| {
                let (path, format) = tables.get(at).ok_or("the file is no longer there")?;
                let head = head_of(path, format, &options, shared)?;
                Ok(Found { tables, at, head })
            },
            move || wake.request_repaint(),
        );
        Self { paths, otherwise: None, job }
    }

    /// Begins to look among files that could not be read for tables of which it is not known what their columns are, and to read the beginning of the first.
    fn seek(ctx: &Context, paths: Vec<PathBuf>, options: &ReadOptions, otherwise: String) -> Self {
        let (options, named) = (options.clone(), paths.clone());
        let wake = ctx.clone();
        let job = Job::start(
            move |shared| {
                let files = expand(&named).map_err(|error| error.to_string())?;
                let format = |path: &PathBuf| if shared.cancelled() { None } else { recognised(path).and_then(mapped) };
                let tables: Vec<Table> = files.into_iter().filter_map(|path| format(&path).map(|format| (path, format))).collect();
                let first = tables.iter().enumerate().find_map(|(at, (path, format))| {
                    let head = head_of(path, format, &options, shared).ok()?;
                    is_open_question(&head, &options).then_some((at, head))
                });
                let (at, head) = first.ok_or("no table among the files has columns to choose")?;
                Ok(Found { tables, at, head })
            },
            move || wake.request_repaint(),
        );
        Self { paths, otherwise: Some(otherwise), job }
    }
}

/// Reads the beginning of a table.
fn head_of(path: &Path, format: &str, options: &ReadOptions, shared: &Shared) -> Result<TableHead, String> {
    let name = path.display().to_string();
    let input = Input::open(&name, path).map_err(|error| error.to_string())?;
    TableHead::of(&input, format, options, shared).map_err(|error| error.to_string())
}

/// Whether a table cannot be read as it is found, and a choice of columns can help.
fn is_open_question(head: &TableHead, options: &ReadOptions) -> bool {
    head.preview(options).is_ok_and(|shown| shown.error.is_some() && shown.columns.len().max(shown.rows.len()) > 1)
}

/// Whether two previews have the same columns.
fn has_columns_of(shown: &TablePreview, before: &Result<TablePreview, String>) -> bool {
    let is_same =
        |before: &TablePreview| before.columns.iter().map(|column| &column.name).eq(shown.columns.iter().map(|column| &column.name));
    before.as_ref().is_ok_and(is_same)
}

/// Whether a column that is taken for something is out of sight in an order.
fn hides_any(shown: &TablePreview, order: &[usize]) -> bool {
    order.iter().skip(COLUMNS_SHOWN).any(|at| shown.columns.get(*at).is_some_and(|column| !column.fields.is_empty()))
}

/// The columns as they stand side by side: those of a table as it has them. Fields of objects have no order, and of many columns not all are in sight: there those that are taken for something come first.
fn order_of(shown: &TablePreview) -> Vec<usize> {
    let mut order: Vec<usize> = (0..shown.columns.len()).collect();
    if shown.layout == PreviewLayout::Objects || order.len() > COLUMNS_SHOWN {
        order.sort_by_key(|at| shown.columns[*at].fields.is_empty());
    }
    order
}

impl Mapping {
    /// The dialog over a table. An error where it is no table.
    fn of(Found { tables, at, head }: Found, paths: Vec<PathBuf>, options: &ReadOptions) -> Result<Self, String> {
        let name = tables.get(at).map(|(path, _)| path.display().to_string()).unwrap_or_default();
        let roles = head.roles();
        if roles.is_none() && head.is_known() {
            return Err("The beginning of this file has no header, or no fields, by whose names columns could be chosen.".to_owned());
        }
        let as_found = ReadOptions { map: ColumnMap::default(), layout: TableLayout::default(), sheet: None, ..options.clone() };
        let first = head.preview(options).or_else(|_| head.preview(&as_found)).map_err(|error| error.to_string())?;
        let own = roles.as_ref().map(|(choice, lost)| Own { columns: choice.columns.clone(), lost });
        let known = |(own, _): (TableChoice, _)| if options.map.is_empty() { own } else { TableChoice::said(options) };
        let begun = roles.map_or_else(|| TableChoice::said(options), known);
        let choice =
            options.remembered.get(&first.key).filter(|choice| !choice.columns.is_empty() || own.is_none()).cloned().unwrap_or(begun);
        let mut mapping = Self {
            tables,
            at,
            paths,
            name,
            head,
            choice,
            shown: Ok(first),
            order: Vec::new(),
            own,
            remember: true,
            zone_text: String::new(),
        };
        mapping.keep_up(options);
        mapping.order = mapping.shown.as_ref().map(order_of).unwrap_or_default();
        Ok(mapping)
    }

    /// Whether a field has the columns that the own reader of a known program takes for it.
    fn is_own(&self, field: Field) -> bool {
        let own = self.own.as_ref().and_then(|own| own.columns.get(field.name()));
        own.is_some() && self.choice.columns.get(field.name()) == own
    }

    /// Tries what is chosen.
    fn keep_up(&mut self, options: &ReadOptions) {
        let chosen = self.choice.apply(options);
        let shown = chosen.and_then(|options| self.head.preview(&options));
        if let Ok(shown) = &shown
            && (!has_columns_of(shown, &self.shown) || hides_any(shown, &self.order))
        {
            self.order = order_of(shown);
        }
        match (shown, &self.shown) {
            (Ok(shown), _) => self.shown = Ok(shown),
            // The columns stay, so that what is wrong can be taken back.
            (Err(error), Ok(before)) => self.shown = Ok(TablePreview { error: Some(error.to_string()), ..before.clone() }),
            (Err(error), Err(_)) => self.shown = Err(error.to_string()),
        }
    }
}

impl App {
    /// Opens the dialog on the tables that are open.
    pub(super) fn open_mapping(&mut self, ctx: &Context) {
        let Some(document) = &self.document else { return };
        let files = document.store.ledger().files.iter();
        let table = |file: &crate::model::FileLedger| Some((PathBuf::from(&file.path), mapped(&file.format)?));
        let tables: Vec<Table> = files.filter_map(table).collect();
        if tables.is_empty() {
            let words =
                "Only tables (CSV, TSV and the like, spreadsheets, lists of JSON objects) have columns to choose, and none is open.";
            self.notices.warn(words.to_owned());
            return;
        }
        self.heading = Some(Heading::start(ctx, (tables, 0), document.paths.clone(), &self.options));
    }

    /// Looks whether files could not be read because the columns of a table were not recognised, and opens the dialog then; says `otherwise` where that is not so.
    pub(super) fn offer_mapping(&mut self, ctx: &Context, paths: &[PathBuf], otherwise: String) {
        self.heading = Some(Heading::seek(ctx, paths.to_vec(), &self.options, otherwise));
    }

    /// Opens the dialog when the table's beginning is there.
    pub(super) fn take_heading(&mut self) {
        let Some(heading) = &self.heading else { return };
        let found = match heading.job.poll() {
            Outcome::Working => return,
            Outcome::Done(found) => found,
            Outcome::Lost => Err("the file could not be read".to_owned()),
        };
        let Some(Heading { paths, otherwise, .. }) = self.heading.take() else { return };
        match found.and_then(|found| Mapping::of(found, paths, &self.options)) {
            Ok(mapping) => self.mapping = Some(mapping),
            Err(words) => self.notices.warn(otherwise.unwrap_or(words)),
        }
    }

    pub(super) fn show_mapping(&mut self, ctx: &Context, style: &Style, intents: &mut Vec<super::Intent>) {
        if let Some(mapping) = &mut self.mapping {
            dialog::show(mapping, ctx, style, &self.options, intents);
        }
    }

    /// Goes a step on.
    pub(super) fn mapping_step(&mut self, ctx: &Context, step: &Step) {
        match step {
            Step::Close => self.mapping = None,
            Step::Other(at) => {
                if let Some(Mapping { tables, paths, .. }) = self.mapping.take() {
                    self.heading = Some(Heading::start(ctx, (tables, *at), paths, &self.options));
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
                self.options =
                    ReadOptions { map: ColumnMap::default(), layout: TableLayout::default(), sheet: None, ..self.options.clone() };
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
