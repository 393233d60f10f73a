//! Other events that lead on from the selected one: those it is linked to, those of the same actors before and after, those of the same source, those around its time. Each is a click.

use egui::{Button, RichText, Ui, vec2};

use super::super::{Facts, Intent};
use super::heading;
use crate::model::Event;
use crate::render::paint::{color32, paint_prims};
use crate::scene::{Point, SymbolLook, symbol};
use crate::store::{EventId, Related};
use crate::style::StatusLook;
use crate::time;
use crate::view::Action;

/// How many events before and after are offered.
const AROUND: usize = 3;

/// The events that an event names.
pub(super) fn links(ui: &mut Ui, facts: Facts<'_>, event: &Event<'_>, intents: &mut Vec<Intent>) {
    if event.links.is_empty() {
        return;
    }
    heading(ui, facts, "Linked events");
    for link in &event.links {
        if let Some(other) = facts.document.store.find_id(&link.to) {
            row(ui, facts, other, &link.relation, intents);
        } else {
            let relation = if link.relation.is_empty() { String::new() } else { format!("{} ", link.relation) };
            ui.label(format!("{relation}{} (not in this file)", link.to));
        }
    }
}

/// The events of the same actors and of the same source.
pub(super) fn shared(ui: &mut Ui, facts: Facts<'_>, related: &Related, intents: &mut Vec<Intent>) {
    if !related.before.is_empty() || !related.after.is_empty() {
        heading(ui, facts, "Same actors");
        let before = related.before.iter().map(|event| (event, "before"));
        for (event, relation) in before.chain(related.after.iter().map(|event| (event, "after"))) {
            row(ui, facts, *event, relation, intents);
        }
    }
    if !related.same_source.is_empty() {
        heading(ui, facts, "Same source");
        for event in &related.same_source {
            row(ui, facts, *event, "", intents);
        }
    }
}

/// The events just before and after in time.
pub(super) fn around(ui: &mut Ui, facts: Facts<'_>, id: EventId, intents: &mut Vec<Intent>) {
    let Some(all) = facts.document.lanes.all() else { return };
    let events = all.by_start();
    let Ok(at) = events.binary_search(&id) else { return };
    let (from, to) = (at.saturating_sub(AROUND), (at + AROUND + 1).min(events.len()));
    if to - from <= 1 {
        return;
    }
    heading(ui, facts, "Around this time");
    for &other in events[from..to].iter().filter(|other| **other != id) {
        row(ui, facts, other, "", intents);
    }
}

/// An event in one line: what it is to the selected one, its symbol, its date, its title.
fn row(ui: &mut Ui, facts: Facts<'_>, event: EventId, relation: &str, intents: &mut Vec<Intent>) {
    let store = &facts.document.store;
    ui.horizontal(|ui| {
        if !relation.is_empty() {
            ui.label(RichText::new(relation).small().color(color32(facts.style.text_quiet)));
        }
        let look = facts.document.kinds.look(store.kind(event));
        let (place, _) = ui.allocate_exact_size(vec2(14.0, 16.0), egui::Sense::hover());
        let look_of_symbol = SymbolLook {
            color: look.color(facts.style),
            solid: !StatusLook::of(store.status(event)).hollow,
            dashed: false,
            ground: facts.style.panel,
        };
        paint_prims([&symbol(look.symbol, Point { x: 7.0, y: 8.0 }, 0.8, look_of_symbol)], ui.painter(), place.min);
        let date = time::read(store.canonical(event), &time::Dialect::EDTF).map(|when| store.wording_short(&when));
        let date = date.unwrap_or_else(|_| "no date".to_owned());
        ui.label(RichText::new(date).small().color(color32(facts.style.text_quiet)));
        let title = Button::new(RichText::new(store.title_text(event))).frame(false).truncate();
        if ui.add(title).on_hover_text(store.title_text(event)).clicked() {
            intents.push(Intent::View(Action::Select(Some(event))));
        }
    });
}
