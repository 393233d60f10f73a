//! The table twin: the events of the timeline as rows, under the same filter, with the same selection. The accessible reading of the timeline.
//!
//! Only the rows in view are looked up and drawn. The place of the first is a number of rows, not of pixels, so that the last of a hundred million is found as
//! exactly as the first. Orders other than that of time, and those of a filter, are made off the UI thread; the old rows stay until the new ones are there.

mod chosen;
mod grid;
mod head;

use std::sync::{Arc, Weak};

use egui::{Context, Frame, Key, Modifiers, Ui};

use super::document::Document;
use super::notices::Notice;
use super::{Facts, Intent};
use crate::formats::Progress as _;
use crate::jobs::{Job, Outcome, Shared};
use crate::render::paint::color32;
use crate::scene::grouped;
use crate::store::{Column, EventId, EventStore, further_names, ordered, tab_separated};
use crate::style::Style;
use crate::view::{Action, TableView};
use chosen::Chosen;
use grid::Cells;

/// Rows that are copied at most: what a clipboard and a spreadsheet take.
const COPIED: usize = 100_000;

/// The frame of the table.
pub(super) fn frame(style: &Style) -> Frame {
    Frame::new().fill(color32(style.panel))
}

/// The events of the table in their order.
#[derive(Clone, Debug)]
enum Rows {
    /// All events of the store in the order of time.
    All(u32),
    /// These.
    Listed(Arc<Vec<EventId>>),
}

impl Rows {
    fn len(&self) -> usize {
        match self {
            Self::All(count) => *count as usize,
            Self::Listed(list) => list.len(),
        }
    }

    fn get(&self, at: usize) -> Option<EventId> {
        match self {
            Self::All(count) => u32::try_from(at).ok().filter(|at| at < count).map(EventId),
            Self::Listed(list) => list.get(at).copied(),
        }
    }

    /// The row of an event. Takes time linear in the rows where they are in another order than that of time.
    fn find(&self, event: EventId) -> Option<usize> {
        match self {
            Self::All(count) => (event.0 < *count).then_some(event.0 as usize),
            Self::Listed(list) => list.iter().position(|own| *own == event),
        }
    }
}

/// What the rows depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RowsKey {
    generation: u64,
    sort: Column,
    descending: bool,
}

/// The table's own state.
pub(super) struct Table {
    key: Option<RowsKey>,
    rows: Rows,
    /// Counts the rows' changes.
    rows_made: u64,
    sorting: Option<Job<Option<Vec<EventId>>>>,
    copying: Option<(Job<Option<String>>, usize, usize)>,
    /// The first row in view; a part of a row is scrolled by.
    top: f64,
    /// How far the columns are scrolled, in points.
    left_px: f32,
    /// The selection that was last brought into view, in which rows, and where it stands.
    followed: Option<(EventId, u64)>,
    chosen: Chosen,
    /// The selection that the table itself has asked for: any other comes from elsewhere, and is then the only row that is chosen.
    asked: Option<EventId>,
    /// The events that the rows are of.
    store: Weak<EventStore>,
    /// The names of further fields, of the events of which store, once someone has asked for them.
    fields: Option<(Weak<EventStore>, FieldNames)>,
    finding: Option<(Weak<EventStore>, Job<Option<FieldNames>>)>,
    /// The row to bring into view.
    bring: Option<usize>,
    cells: Cells,
    keys: Keys,
    pub wants_focus: bool,
}

/// Names of further fields with the number of their values.
type FieldNames = Vec<(Arc<str>, usize)>;

/// The keys that were pressed for the table in this frame.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each key is pressed by itself")]
struct Keys {
    /// Whether the table had the focus in the frame before.
    focused: bool,
    rows: i64,
    pages: i64,
    home: bool,
    end: bool,
    /// Whether Shift was held: then what is chosen goes up to the row.
    extends: bool,
    all: bool,
    one: bool,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            key: None,
            rows: Rows::All(0),
            rows_made: 0,
            sorting: None,
            copying: None,
            top: 0.0,
            left_px: 0.0,
            followed: None,
            chosen: Chosen::default(),
            asked: None,
            store: Weak::new(),
            fields: None,
            finding: None,
            bring: None,
            cells: Cells::default(),
            keys: Keys::default(),
            wants_focus: false,
        }
    }
}

impl Table {
    /// Whether rows are being put in order or copied.
    pub fn is_busy(&self) -> bool {
        self.sorting.is_some() || self.copying.is_some() || self.finding.is_some()
    }

    /// How many cells were made so far: those of the rows that came into view, whatever the table holds.
    pub fn cells_made(&self) -> u64 {
        self.cells.made
    }

    /// Takes the keys that are the table's while it has the focus, before a command takes them.
    pub fn take_keys(&mut self, ctx: &Context) {
        if !self.keys.focused {
            return;
        }
        let pressed = |modifiers, key| ctx.input_mut(|input| input.count_and_consume_key(modifiers, key)) as i64;
        let moves = |modifiers| Keys {
            rows: pressed(modifiers, Key::ArrowDown) - pressed(modifiers, Key::ArrowUp),
            pages: pressed(modifiers, Key::PageDown) - pressed(modifiers, Key::PageUp),
            home: pressed(modifiers, Key::Home) > 0,
            end: pressed(modifiers, Key::End) > 0,
            ..Keys::default()
        };
        // What is pressed without Shift would be found with it, too: first what needs it.
        let (long, plain) = (moves(Modifiers::SHIFT), moves(Modifiers::NONE));
        let extends = long.rows != 0 || long.pages != 0 || long.home || long.end;
        self.keys = Keys {
            focused: true,
            extends,
            all: pressed(Modifiers::COMMAND, Key::A) > 0,
            one: self.chosen.len() > 1 && pressed(Modifiers::NONE, Key::Escape) > 0,
            ..if extends { long } else { plain }
        };
    }

    /// Whether the rows have the keyboard.
    pub fn has_keys(&self) -> bool {
        self.keys.focused
    }

    /// Forgets the rows: another file is open.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Shows the table.
    pub fn show(&mut self, ui: &mut Ui, facts: Facts<'_>, intents: &mut Vec<Intent>) {
        self.update(ui, facts);
        self.take_copied(intents);
        let known = self.fields.as_ref().filter(|(store, _)| is_of(store, facts.document)).map(|(_, names)| names.as_slice());
        let state = head::State {
            rows: self.rows.len(),
            chosen: self.chosen.len(),
            sorting: self.sorting.is_some(),
            copying: self.copying.is_some(),
            fields: known,
        };
        match head::show(ui, facts, state, intents) {
            Some(head::Wish::CopyAll) => {
                let events = (0..self.rows.len().min(COPIED)).filter_map(|at| self.rows.get(at)).collect();
                self.copy(ui.ctx(), facts.document, &facts.view.table, events, self.rows.len());
            }
            Some(head::Wish::CopyChosen) => intents.push(Intent::CopyRow),
            Some(head::Wish::FindFields) => self.find_fields(ui.ctx(), facts.document),
            None => {}
        }
        self.grid(ui, facts, intents);
    }

    /// Puts the rows in order anew where they are of something else, and takes those that are in order.
    fn update(&mut self, ui: &Ui, facts: Facts<'_>) {
        let (document, table) = (facts.document, &facts.view.table);
        let key = RowsKey { generation: document.generation, sort: table.sort.clone(), descending: table.descending };
        let selected = facts.view.selected;
        if self.key.as_ref() != Some(&key) {
            self.key = Some(key.clone());
            self.sorting = None;
            // Where hits stand out among all events, all are rows.
            let among = if document.hits_to_stand_out().is_some() { None } else { document.matching.clone() };
            if among.is_none() && table.sort == Column::When && !table.descending {
                self.take_rows(Rows::All(document.store.len() as u32), document, selected);
            } else {
                let (store, ctx) = (Arc::clone(&document.store), ui.ctx().clone());
                let work = move |shared: &Shared| ordered(&store, among.as_deref(), &key.sort, key.descending, &|| shared.cancelled());
                self.sorting = Some(Job::start(work, move || ctx.request_repaint()));
            }
        }
        match self.sorting.as_ref().map(Job::poll) {
            Some(Outcome::Done(order)) => {
                self.sorting = None;
                if let Some(order) = order {
                    self.take_rows(Rows::Listed(Arc::new(order)), document, selected);
                }
            }
            Some(Outcome::Lost) => self.sorting = None,
            Some(Outcome::Working) | None => {}
        }
        self.take_fields();
        let followed = selected.map(|event| (event, self.rows_made));
        if self.followed != followed {
            self.followed = followed;
            let leads = self.chosen.lead().and_then(|row| self.rows.get(row)) == selected;
            if !leads && (selected != self.asked || self.chosen.len() < 2) {
                self.chosen = selected.and_then(|event| self.rows.find(event)).map_or_else(Chosen::default, Chosen::one);
            }
            self.asked = selected;
            self.bring = self.chosen.lead();
        }
    }

    /// Takes rows in another order, or others; of what was chosen stays what is among them.
    fn take_rows(&mut self, rows: Rows, document: &Document, selected: Option<EventId>) {
        if self.chosen.len() > 1 {
            self.chosen = if is_of(&self.store, document) {
                let mut is_chosen = vec![0_u64; document.store.len().div_ceil(64)];
                for event in self.chosen.rows().filter_map(|row| self.rows.get(row)) {
                    is_chosen[event.0 as usize / 64] |= 1 << (event.0 % 64);
                }
                let holds = |event: EventId| is_chosen[event.0 as usize / 64] >> (event.0 % 64) & 1 == 1;
                let lead = selected.filter(|event| holds(*event)).and_then(|event| rows.find(event));
                Chosen::of((0..rows.len()).filter(|row| rows.get(*row).is_some_and(holds)), lead)
            } else {
                Chosen::default()
            };
        }
        self.store = Arc::downgrade(&document.store);
        self.rows = rows;
        self.rows_made += 1;
        self.cells.forget();
    }

    /// Chooses rows, and selects the one that leads.
    fn choose(&mut self, chosen: Chosen, intents: &mut Vec<Intent>) {
        let lead = chosen.lead().and_then(|row| self.rows.get(row));
        self.chosen = chosen;
        if lead == self.asked {
            self.bring = self.chosen.lead();
        } else {
            self.asked = lead;
            intents.push(Intent::View(Action::Select(lead)));
        }
    }

    /// Looks which further fields the records have, apart from the window.
    fn find_fields(&mut self, ctx: &Context, document: &Document) {
        if self.finding.as_ref().is_some_and(|(store, _)| is_of(store, document)) {
            return;
        }
        let (store, ctx) = (Arc::clone(&document.store), ctx.clone());
        let work = move |shared: &Shared| further_names(&store, &|| shared.cancelled());
        self.finding = Some((Arc::downgrade(&document.store), Job::start(work, move || ctx.request_repaint())));
    }

    fn take_fields(&mut self) {
        let Some((store, job)) = self.finding.take() else { return };
        match job.poll() {
            Outcome::Working => self.finding = Some((store, job)),
            Outcome::Done(names) => self.fields = Some((store, names.unwrap_or_default())),
            Outcome::Lost => self.fields = Some((store, FieldNames::new())),
        }
    }

    /// Starts copying rows; `in_all` are there.
    fn copy(&mut self, ctx: &Context, document: &Document, table: &TableView, events: Vec<EventId>, in_all: usize) {
        let (store, ctx) = (Arc::clone(&document.store), ctx.clone());
        let columns: Vec<Column> = table.columns.iter().map(|own| own.column.clone()).collect();
        let count = events.len();
        let work = move |shared: &Shared| tab_separated(&store, &events, &columns, &|| shared.cancelled());
        self.copying = Some((Job::start(work, move || ctx.request_repaint()), count, in_all));
    }

    /// Copies the chosen rows in the order in which they stand.
    pub fn copy_chosen(&mut self, ctx: &Context, document: &Document, table: &TableView) {
        let in_all = self.chosen.len();
        if in_all > 0 && is_of(&self.store, document) {
            let events = self.chosen.rows().take(COPIED).filter_map(|row| self.rows.get(row)).collect();
            self.copy(ctx, document, table, events, in_all);
        }
    }

    fn take_copied(&mut self, intents: &mut Vec<Intent>) {
        let Some((job, count, in_all)) = &self.copying else { return };
        let words = match job.poll() {
            Outcome::Working => return,
            Outcome::Done(Some(text)) => {
                intents.push(Intent::CopyText(text));
                let rows = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{} rows", grouped(count)) };
                if count < in_all {
                    let left = format!(
                        "The first {} of {} are copied: a clipboard takes no more. Narrow them down by a search",
                        rows(*count),
                        rows(*in_all)
                    );
                    Intent::Say(Notice::warning(left))
                } else {
                    Intent::Say(Notice::good(format!("{} copied, with tabs between the cells", rows(*count))))
                }
            }
            Outcome::Done(None) | Outcome::Lost => Intent::Say(Notice::warning("The rows could not be copied".to_owned())),
        };
        intents.push(words);
        self.copying = None;
    }
}

/// Whether something is of the events that are open.
fn is_of(store: &Weak<EventStore>, document: &Document) -> bool {
    std::ptr::eq(store.as_ptr(), Arc::as_ptr(&document.store))
}
