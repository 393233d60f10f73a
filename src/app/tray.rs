//! The tray: events without a place on the axis, counted always, listed when it is open. They follow the search and can be selected like any other.

use std::ops::Range;

use egui::{Align, EventFilter, Key, Layout, Modifiers, RichText, ScrollArea, Ui, vec2};

use super::commands::Command;
use super::document::Document;
use super::{Facts, Intent};
use crate::render::paint::{color32, font};
use crate::scene::{Weight, grouped};
use crate::store::{EventId, EventStore};
use crate::style::TEXT_PX;
use crate::view::Action;

/// Height of a row, in pixels.
const ROW_PX: f32 = 22.0;
/// Rows that a page key goes on by.
const PAGE: usize = 8;

/// Which events are listed: all that are undated, or those of them that match.
enum Listed {
    All(Range<u32>),
    Some(Vec<EventId>),
}

impl Listed {
    fn of(document: &Document) -> Self {
        let range = document.store.dated() as u32..document.store.len() as u32;
        match &document.matching {
            None => Self::All(range),
            Some(matching) => Self::Some(range.map(EventId).filter(|event| matching.has(*event)).collect()),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::All(range) => range.len(),
            Self::Some(events) => events.len(),
        }
    }

    fn get(&self, at: usize) -> Option<EventId> {
        match self {
            Self::All(range) => range.clone().nth(at).map(EventId),
            Self::Some(events) => events.get(at).copied(),
        }
    }

    fn place_of(&self, event: EventId) -> Option<usize> {
        match self {
            Self::All(range) => range.contains(&event.0).then(|| (event.0 - range.start) as usize),
            Self::Some(events) => events.binary_search(&event).ok(),
        }
    }
}

/// The tray's list, put together once for each search.
#[derive(Default)]
pub(super) struct Tray {
    listed: Option<(u64, Listed)>,
}

impl Tray {
    fn keep_up(&mut self, document: &Document) {
        if self.listed.as_ref().is_none_or(|(generation, _)| *generation != document.generation) {
            self.listed = Some((document.generation, Listed::of(document)));
        }
    }

    /// Whether there is anything to show for a document.
    pub fn is_wanted(document: &Document) -> bool {
        document.store.len() > document.store.dated()
    }

    /// Shows the line with the number, and the list under it where the tray is open.
    pub fn show(&mut self, ui: &mut Ui, facts: Facts<'_>, intents: &mut Vec<Intent>) {
        self.keep_up(facts.document);
        let Some((_, listed)) = &self.listed else { return };
        let all = facts.document.store.len() - facts.document.store.dated();
        let count = match listed.len() {
            shown if shown == all => grouped(all),
            shown => format!("{} of {}", grouped(shown), grouped(all)),
        };
        ui.horizontal(|ui| {
            ui.label(RichText::new(format!("Undated events: {count}")).font(font(TEXT_PX, Weight::SemiBold)));
            let label = if facts.view.tray_open { "Close tray" } else { "Show tray" };
            if ui.button(label).on_hover_text("F7").clicked() {
                intents.push(Intent::Command(Command::Tray));
            }
            if facts.view.tray_open {
                let hint = "No place on the axis: the date is missing or could not be read. Problems (F8) say why.";
                ui.add(egui::Label::new(RichText::new(hint).color(color32(facts.style.text_quiet))).truncate());
            }
        });
        if facts.view.tray_open {
            list(ui, facts, listed, intents);
        }
    }
}

/// The list, which has the keyboard while it is used.
pub(super) fn list_id() -> egui::Id {
    egui::Id::unique("undated events")
}

/// The rows that can be seen; the arrow keys move the selection while the list has them.
fn list(ui: &mut Ui, facts: Facts<'_>, listed: &Listed, intents: &mut Vec<Intent>) {
    let id = list_id();
    let selected = facts.view.selected.and_then(|event| listed.place_of(event));
    let mut area = ScrollArea::vertical().id_salt("tray").auto_shrink(false);
    let mut wanted = None;
    if ui.memory(|memory| memory.has_focus(id)) {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        wanted = moved(ui, selected, listed.len());
        if let Some(at) = wanted {
            let middle = at as f32 * ROW_PX - (ui.available_height() - ROW_PX) / 2.0;
            area = area.vertical_scroll_offset(middle.max(0.0));
        }
    }
    let outer = ui.available_rect_before_wrap();
    let focus = ui.interact(outer, id, egui::Sense::focusable_noninteractive());
    focus.widget_info(|| egui::WidgetInfo::labeled(egui::Role::List, true, "Undated events"));
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, ROW_PX, listed.len(), |ui, range| {
        for at in range {
            let Some(event) = listed.get(at) else { continue };
            let is_selected = facts.view.selected == Some(event);
            let words = words(&facts.document.store, event);
            let button = egui::Button::selectable(is_selected, words).truncate().min_size(vec2(0.0, ROW_PX));
            let row = ui.with_layout(Layout::top_down_justified(Align::Min), |ui| ui.add(button)).inner;
            if row.clicked() {
                wanted = Some(at);
                ui.memory_mut(|memory| memory.request_focus(id));
            }
        }
    });
    if let Some(event) = wanted.and_then(|at| listed.get(at)) {
        intents.push(Intent::View(Action::Select(Some(event))));
    }
}

/// The row to which a key of this frame goes.
fn moved(ui: &Ui, selected: Option<usize>, len: usize) -> Option<usize> {
    let last = len.checked_sub(1)?;
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let at = selected.unwrap_or(0);
    if pressed(Key::ArrowDown) {
        Some(selected.map_or(0, |at| (at + 1).min(last)))
    } else if pressed(Key::ArrowUp) {
        Some(at.saturating_sub(1))
    } else if pressed(Key::PageDown) {
        Some((at + PAGE).min(last))
    } else if pressed(Key::PageUp) {
        Some(at.saturating_sub(PAGE))
    } else if pressed(Key::Home) {
        Some(0)
    } else if pressed(Key::End) {
        Some(last)
    } else {
        None
    }
}

/// A row in words: the date as written, the title, who.
fn words(store: &EventStore, event: EventId) -> String {
    let record = store.record(event);
    let written = record.when.as_ref().map_or(record.when_text.as_ref(), |when| when.text.as_ref()).trim();
    let date = if written.is_empty() { "no date".to_owned() } else { format!("“{written}”") };
    let names: Vec<&str> = record.actors.iter().map(|actor| actor.name.as_ref()).take(4).collect();
    let who = if names.is_empty() { String::new() } else { format!("   {}", names.join("; ")) };
    let words = format!("{date}   {}{who}", record.title);
    words.chars().take(300).map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
