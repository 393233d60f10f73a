//! The detail pane: what, when and why so, who in which role, how sure, the sentence itself, where it stands, what else happened then.

mod contexts;
mod evidence;
mod related;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, CornerRadius, Frame, Layout, Margin, RichText, ScrollArea, Stroke, Ui};

pub(super) use contexts::Contexts;

use super::commands::Command;
use super::reasons::{Reason, reasons};
use super::{Facts, Intent};
use crate::model::{Event, TextLost};
use crate::render::paint::{color32, font};
use crate::scene::{Weight, text_width};
use crate::store::EventId;
use crate::style::{SMALL_PX, StatusLook, Style, TEXT_PX};
use crate::time::{self, Shape};

/// Letters of a further field that are shown at once.
const FURTHER_SHOWN: usize = 600;

/// The frame of the pane.
pub(super) fn frame(style: &Style) -> Frame {
    Frame::new().fill(color32(style.panel)).inner_margin(Margin { left: 14, right: 12, top: 6, bottom: 4 })
}

/// Shows the pane.
pub(super) fn show(ui: &mut Ui, facts: Facts<'_>, contexts: &mut Contexts, intents: &mut Vec<Intent>) {
    let Some(id) = facts.view.selected else {
        nothing_selected(ui, facts);
        return;
    };
    contexts.update(ui.ctx(), facts, id);
    let store = &facts.document.store;
    let event = store.record(id);
    ui.add_space(6.0);
    head(ui, facts, id, &event, intents);
    ScrollArea::vertical().id_salt("detail").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        ui.add(egui::Label::new(RichText::new(event.title.as_ref()).heading()).wrap());
        ui.add_space(2.0);
        when(ui, facts, &event, intents);
        actors(ui, facts, &event, intents);
        standing(ui, facts, &event);
        heading(ui, facts, "Evidence");
        if let Some(text) = store.lost_text_of(id) {
            lost(ui, facts, &text, intents);
        } else {
            if event.evidence.is_empty() {
                quiet(ui, facts, "The file gives no sentence for this event.");
            }
            for (at, evidence) in event.evidence.iter().enumerate() {
                evidence::show(ui, facts, id, evidence, contexts.of(store, id, at), intents);
            }
        }
        rest(ui, facts, &event);
        related::links(ui, facts, &event, intents);
        if !passes_by(ui) {
            if let Some(related) = contexts.related(store, id) {
                related::shared(ui, facts, related, intents);
            }
            related::around(ui, facts, id, intents);
        }
        origin(ui, facts, id, &event);
        ui.add_space(12.0);
    });
}

/// Whether the events pass by, since something outside the pane is being dragged: what leads on from one of them is for when the mouse is let go.
fn passes_by(ui: &Ui) -> bool {
    let pressed = ui.input(|input| input.pointer.press_origin().filter(|_| input.pointer.is_decidedly_dragging()));
    pressed.is_some_and(|at| !ui.clip_rect().contains(at))
}

fn nothing_selected(ui: &mut Ui, facts: Facts<'_>) {
    ui.add_space(12.0);
    if let Some(title) = facts.document.store.title() {
        ui.add(egui::Label::new(RichText::new(title).heading()).wrap());
    }
    let tables = facts.document.store.tables();
    if let Some(description) = tables.iter().map(|tables| tables.description.as_str()).find(|text| !text.is_empty()) {
        ui.add(egui::Label::new(description).wrap());
    }
    ui.add_space(10.0);
    quiet(
        ui,
        facts,
        "Select an event to read the sentence that supports it: click a mark, drag along the ruler, or press the right arrow.",
    );
}

fn heading(ui: &mut Ui, facts: Facts<'_>, words: &str) {
    ui.add_space(8.0);
    ui.label(RichText::new(words).font(font(SMALL_PX + 1.0, Weight::SemiBold)).color(color32(facts.style.text_quiet)));
}

fn quiet(ui: &mut Ui, facts: Facts<'_>, words: &str) {
    ui.add(egui::Label::new(RichText::new(words).color(color32(facts.style.text_quiet))).wrap());
}

/// Says that the sentences are not at hand, and what to do about it.
fn lost(ui: &mut Ui, facts: Facts<'_>, text: &TextLost, intents: &mut Vec<Intent>) {
    card(color32(facts.style.field)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(egui::Label::new(RichText::new(text.to_string()).color(color32(facts.style.warning))).wrap());
        if ui.button("Read again").clicked() {
            intents.push(Intent::Command(Command::Reload));
        }
    });
}

fn head(ui: &mut Ui, facts: Facts<'_>, id: EventId, event: &Event<'_>, intents: &mut Vec<Intent>) {
    let store = &facts.document.store;
    ui.horizontal(|ui| {
        let color = facts.document.kinds.look(store.kind(id)).color(facts.style);
        if event.kind.is_empty() {
            ui.label(RichText::new("EVENT").small().color(color32(facts.style.text_quiet)));
        } else {
            let label = store.kind(id).map_or("", |kind| store.kind_label(kind)).to_uppercase();
            ui.add(egui::Label::new(RichText::new(label).font(font(SMALL_PX, Weight::SemiBold)).color(color32(color))).truncate());
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.small_button("›").on_hover_text("Next event (Right)").accessible_name("Next event").clicked() {
                intents.push(Intent::Command(Command::Next));
            }
            if let Some(all) = facts.document.lanes.all() {
                let place = all.by_start().binary_search(&id).map_or_else(|_| "–".to_owned(), |at| (at + 1).to_string());
                ui.label(RichText::new(format!("{place} of {}", all.len())).small().color(color32(facts.style.text_quiet)));
            }
            if ui.small_button("‹").on_hover_text("Previous event (Left)").accessible_name("Previous event").clicked() {
                intents.push(Intent::Command(Command::Previous));
            }
        });
    });
}

fn card(fill: Color32) -> Frame {
    Frame::new().fill(fill).corner_radius(CornerRadius::same(6)).inner_margin(Margin::symmetric(10, 8))
}

fn when(ui: &mut Ui, facts: Facts<'_>, event: &Event<'_>, intents: &mut Vec<Intent>) {
    let Some(when) = &event.when else {
        ui.label(RichText::new("No date").font(font(TEXT_PX, Weight::SemiBold)).color(color32(facts.style.warning)));
        if !event.when_text.is_empty() {
            quiet(ui, facts, &format!("Written as \"{}\", which could not be read as a date.", event.when_text));
        }
        let reasons = reasons_of(facts, event);
        if !reasons.is_empty() {
            card(color32(facts.style.field)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                show_reasons(ui, facts, &reasons, intents);
            });
        }
        return;
    };
    let words = facts.document.store.wording(when);
    let mut letters = words.chars();
    let words = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    ui.add(egui::Label::new(RichText::new(words).font(font(TEXT_PX, Weight::SemiBold))).wrap());
    let reading = when.reading;
    let (earliest, latest) = time::listed_bounds(&reading);
    let shape = if reading.shape == Shape::Duration { "lasted" } else { "happened at one time" };
    let bounds = match (earliest, latest) {
        (Some(from), Some(to)) if from == to => format!("{shape}, {from}"),
        (Some(from), Some(to)) => format!("{shape}, {from} at the earliest, {to} at the latest"),
        (Some(from), None) => format!("{shape}, from {from} at the earliest, no end known"),
        (None, Some(to)) => format!("{shape}, to {to} at the latest, no start known"),
        (None, None) => shape.to_owned(),
    };
    quiet(ui, facts, &bounds);
    let reasons = reasons_of(facts, event);
    let written = when.text.trim();
    card(color32(facts.style.field)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new("WHY THIS DATE").font(font(SMALL_PX - 1.0, Weight::SemiBold)).color(color32(facts.style.text_quiet)));
        show_reasons(ui, facts, &reasons, intents);
        quiet(ui, facts, &format!("Written in the file as {written}"));
    });
}

/// What the phrases of an event's evidence say about its date.
fn reasons_of(facts: Facts<'_>, event: &Event<'_>) -> Vec<Reason> {
    reasons(event, |evidence| {
        if evidence.published.is_empty() {
            facts.document.store.source(&evidence.source).published.clone()
        } else {
            evidence.published.to_string()
        }
    })
}

fn show_reasons(ui: &mut Ui, facts: Facts<'_>, reasons: &[Reason], intents: &mut Vec<Intent>) {
    for reason in reasons {
        match reason {
            Reason::Supports(words) => {
                ui.add(egui::Label::new(words).wrap());
            }
            Reason::Contradicts(words) => {
                ui.add(egui::Label::new(RichText::new(words).color(color32(facts.style.warning))).wrap());
            }
            Reason::Offers { reasoning, edtf } => {
                ui.add(egui::Label::new(format!("It could be dated by its evidence: {reasoning}")).wrap());
                let words = RichText::new(format!("Copy {edtf}")).small().color(color32(facts.style.accent));
                if ui.add(egui::Button::new(words).frame(false)).on_hover_text("The date, to be written into the file").clicked() {
                    intents.push(Intent::CopyText(edtf.clone()));
                }
            }
        }
    }
}

fn actors(ui: &mut Ui, facts: Facts<'_>, event: &Event<'_>, intents: &mut Vec<Intent>) {
    if event.actors.is_empty() {
        return;
    }
    heading(ui, facts, "Actors");
    ui.horizontal_wrapped(|ui| {
        let whole_px = ui.available_width();
        for actor in &event.actors {
            let name_px = text_width(&actor.name, TEXT_PX, Weight::Regular);
            let role_px = text_width(&actor.role, SMALL_PX, Weight::Regular);
            let wanted_px = (name_px + 2.0 * ui.spacing().button_padding.x).max(role_px) * 1.05;
            // Only a name that is wider than the pane is broken.
            let left_px = ui.available_size_before_wrap().x;
            if left_px < whole_px.min(wanted_px) {
                ui.end_row();
            }
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                if ui.button(actor.name.as_ref()).on_hover_text("Go to this lane").clicked() {
                    intents.push(Intent::GoToLane(actor.name.to_string()));
                }
                if !actor.role.is_empty() {
                    ui.label(RichText::new(actor.role.as_ref()).small().color(color32(facts.style.text_quiet)));
                }
            });
        }
    });
}

fn standing(ui: &mut Ui, facts: Facts<'_>, event: &Event<'_>) {
    let label = |ui: &mut Ui, words: &str| {
        ui.label(RichText::new(words).font(font(SMALL_PX + 1.0, Weight::SemiBold)).color(color32(facts.style.text_quiet)))
    };
    ui.add_space(4.0);
    if !event.place.is_empty() {
        ui.horizontal_wrapped(|ui| {
            label(ui, "Place");
            ui.label(event.place.as_ref());
        });
    }
    ui.horizontal_wrapped(|ui| {
        if let Some(status) = event.status {
            label(ui, "Status");
            let look = StatusLook::of(Some(status));
            let stroke = if look.hollow { Stroke::new(1.0, color32(facts.style.text_quiet)) } else { Stroke::NONE };
            Frame::new()
                .fill(color32(facts.style.field_hover))
                .stroke(stroke)
                .corner_radius(CornerRadius::same(9))
                .inner_margin(Margin::symmetric(8, 2))
                .show(ui, |ui| {
                    ui.label(RichText::new(status.name()).small());
                });
        }
        let mut sources: Vec<&str> =
            event.evidence.iter().map(|evidence| evidence.source.as_ref()).filter(|source| !source.is_empty()).collect();
        sources.sort_unstable();
        sources.dedup();
        let words = match sources.len() {
            0 => "no source named".to_owned(),
            1 => "1 source".to_owned(),
            more => format!("{more} sources"),
        };
        ui.label(RichText::new(words).small().color(color32(facts.style.text_quiet)));
    });
    if !event.tags.is_empty() {
        ui.horizontal_wrapped(|ui| {
            label(ui, "Tags");
            ui.label(event.tags.join(", "));
        });
    }
}

fn rest(ui: &mut Ui, facts: Facts<'_>, event: &Event<'_>) {
    if !event.note.is_empty() {
        heading(ui, facts, "Note");
        ui.add(egui::Label::new(event.note.as_ref()).wrap());
    }
    if !event.further.is_empty() {
        heading(ui, facts, "Further fields");
        for (at, further) in event.further.iter().enumerate() {
            let text = further.value.as_text();
            let (shown, more) = text.char_indices().nth(FURTHER_SHOWN).map_or((text, ""), |(end, _)| (&text[..end], "…"));
            // One text: beside a label of its own a long word would run out of the pane.
            let mut job = LayoutJob::default();
            let format = |size_px: f32, color| TextFormat::simple(font(size_px, Weight::Regular), color32(color));
            job.append(&further.name, 0.0, format(SMALL_PX, facts.style.text_quiet));
            job.append(shown, 8.0, format(TEXT_PX, facts.style.text));
            job.append(more, 0.0, format(TEXT_PX, facts.style.text));
            ui.add(egui::Label::new(job).wrap());
            if text.chars().nth(FURTHER_SHOWN).is_some() {
                egui::CollapsingHeader::new(format!("All of {}", further.name)).id_salt(("further", at)).show(ui, |ui| {
                    ui.add(egui::Label::new(text).wrap());
                });
            }
        }
    }
}

/// Where the event stands.
fn origin(ui: &mut Ui, facts: Facts<'_>, id: EventId, event: &Event<'_>) {
    let store = &facts.document.store;
    let origin = store.origin(id);
    let file = store
        .files()
        .get(origin.file as usize)
        .and_then(|path| path.file_name())
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    ui.add_space(6.0);
    ui.label(RichText::new(format!("{file}, line {} · id {}", origin.line, event.id)).small().color(color32(facts.style.text_quiet)));
}
