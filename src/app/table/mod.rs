//! The table twin: the events of the timeline as rows, under the same filter, with the same selection. The accessible reading of the timeline.
//!
//! Only the rows in view are looked up and drawn. The place of the first is a number of rows, not of pixels, so that the last of a hundred million is found as
//! exactly as the first. Orders other than that of time, and those of a filter, are made off the UI thread; the old rows stay until the new ones are there.

mod grid;
mod head;

use std::sync::Arc;

use egui::{Context, Frame, Key, Modifiers, Ui};

use super::document::Document;
use super::notices::Notice;
use super::{Facts, Intent};
use crate::formats::Progress as _;
use crate::jobs::{Job, Outcome, Shared};
use crate::render::paint::color32;
use crate::scene::grouped;
use crate::store::{Column, EventId, ordered, tab_separated};
use crate::style::Style;
use crate::view::TableView;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    selected_row: Option<usize>,
    /// The row to bring into view.
    bring: Option<usize>,
    cells: Cells,
    keys: Keys,
    pub wants_focus: bool,
}

/// The keys that were pressed for the table in this frame.
#[derive(Clone, Copy, Debug, Default)]
struct Keys {
    /// Whether the table had the focus in the frame before.
    focused: bool,
    rows: i64,
    pages: i64,
    home: bool,
    end: bool,
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
            selected_row: None,
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
        self.sorting.is_some() || self.copying.is_some()
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
        let pressed = |key| ctx.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as i64;
        self.keys = Keys {
            focused: true,
            rows: pressed(Key::ArrowDown) - pressed(Key::ArrowUp),
            pages: pressed(Key::PageDown) - pressed(Key::PageUp),
            home: pressed(Key::Home) > 0,
            end: pressed(Key::End) > 0,
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
        let state = head::State { rows: self.rows.len(), sorting: self.sorting.is_some(), copying: self.copying.is_some() };
        match head::show(ui, facts, state, intents) {
            Some(head::Wish::CopyAll) => {
                let events = (0..self.rows.len().min(COPIED)).filter_map(|at| self.rows.get(at)).collect();
                self.copy(ui.ctx(), facts.document, &facts.view.table, events, self.rows.len());
            }
            Some(head::Wish::CopySelected) => intents.push(Intent::CopyRow),
            None => {}
        }
        self.grid(ui, facts, intents);
    }

    /// Puts the rows in order anew where they are of something else, and takes those that are in order.
    fn update(&mut self, ui: &Ui, facts: Facts<'_>) {
        let (document, table) = (facts.document, &facts.view.table);
        let key = RowsKey { generation: document.generation, sort: table.sort, descending: table.descending };
        if self.key != Some(key) {
            self.key = Some(key);
            self.sorting = None;
            // Where hits stand out among all events, all are rows.
            let among = if document.hits_to_stand_out().is_some() { None } else { document.matching.clone() };
            if among.is_none() && table.sort == Column::When && !table.descending {
                self.take_rows(Rows::All(document.store.len() as u32));
            } else {
                let (store, ctx) = (Arc::clone(&document.store), ui.ctx().clone());
                let work = move |shared: &Shared| ordered(&store, among.as_deref(), key.sort, key.descending, &|| shared.cancelled());
                self.sorting = Some(Job::start(work, move || ctx.request_repaint()));
            }
        }
        match self.sorting.as_ref().map(Job::poll) {
            Some(Outcome::Done(order)) => {
                self.sorting = None;
                if let Some(order) = order {
                    self.take_rows(Rows::Listed(Arc::new(order)));
                }
            }
            Some(Outcome::Lost) => self.sorting = None,
            Some(Outcome::Working) | None => {}
        }
        let followed = facts.view.selected.map(|event| (event, self.rows_made));
        if self.followed != followed {
            self.followed = followed;
            self.selected_row = facts.view.selected.and_then(|event| self.rows.find(event));
            self.bring = self.selected_row;
        }
    }

    fn take_rows(&mut self, rows: Rows) {
        self.rows = rows;
        self.rows_made += 1;
        self.cells.forget();
    }

    /// Starts copying rows; `in_all` are there.
    fn copy(&mut self, ctx: &Context, document: &Document, table: &TableView, events: Vec<EventId>, in_all: usize) {
        let (store, ctx) = (Arc::clone(&document.store), ctx.clone());
        let columns: Vec<Column> = table.columns.iter().map(|own| own.column).collect();
        let count = events.len();
        let work = move |shared: &Shared| tab_separated(&store, &events, &columns, &|| shared.cancelled());
        self.copying = Some((Job::start(work, move || ctx.request_repaint()), count, in_all));
    }

    /// Copies one row.
    pub fn copy_row(&mut self, ctx: &Context, document: &Document, table: &TableView, event: EventId) {
        self.copy(ctx, document, table, vec![event], 1);
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
