//! The search box: the filter language, counted as one types, completed from the file's own names, with errors that point at the character.

use std::sync::{Arc, Weak};

use egui::text::CCursor;
use egui::text_edit::TextEditOutput;
use egui::{Align, CompletionPopup, Context, Id, Key, Layout, Modifiers, RectAlign, Response, RichText, Stroke, Suggestion, TextEdit, Ui};

use super::commands::Command;
use super::document::Document;
use super::{Facts, Intent};
use crate::jobs::{Job, Outcome};
use crate::render::paint::color32;
use crate::scene::grouped;
use crate::store::{Completion, EventStore, completions};
use crate::style::Style;
use crate::view::{Action, HitsShown};

/// Completions that are offered at once.
const OFFERED: usize = 9;
/// Up to so many names are looked through at once; more are looked through off the UI thread.
const NAMES_AT_ONCE: usize = 3_000;

/// The box's own state.
#[derive(Default)]
pub(super) struct SearchBox {
    pub wants_focus: bool,
    counting: Option<Job<()>>,
    /// Of which store, the text before the cursor, and what it could become.
    offered: (Weak<EventStore>, String, Vec<Completion>),
    completing: Option<(Weak<EventStore>, String, Job<Vec<Completion>>)>,
    /// Whether the list was open in the last frame.
    list_open: bool,
    /// Whether the arrows moved through the list since the text last changed.
    moved: bool,
}

impl SearchBox {
    /// Whether names are being counted or looked through.
    pub fn is_busy(&self) -> bool {
        self.counting.is_some() || self.completing.is_some()
    }

    /// Shows the box in the middle of the bar and, at its right, what was found.
    pub fn show(&mut self, ui: &mut Ui, facts: Facts<'_>, intents: &mut Vec<Intent>) {
        let wide = ui.available_width();
        ui.add_space(if wide > 700.0 { 16.0 } else { 4.0 });
        let facets =
            ui.selectable_label(facts.view.facets_open, "Facets").on_hover_text("Kinds, actors, places, … with counts (Ctrl+Shift+F)");
        if facets.clicked() {
            intents.push(Intent::Command(Command::Facets));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if wide > 560.0 {
                let link = RichText::new("Export picture").color(color32(facts.style.accent));
                if ui.add(egui::Button::new(link).frame(false)).on_hover_text("Ctrl+E").clicked() {
                    intents.push(Intent::Command(Command::Export));
                }
                ui.add_space(8.0);
            }
            let most = ui.available_width();
            // What was found takes what it needs at the right; the box takes the rest, the same whether anything was typed or not.
            let room = if most > 620.0 { 330.0 } else { most * 0.5 };
            ui.allocate_ui_with_layout(egui::vec2(room, ui.available_height()), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(room);
                found(ui, facts, room, intents);
            });
            let width = ui.available_width().clamp(80.0, 560.0);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| self.edit(ui, facts, width, intents));
        });
    }

    fn edit(&mut self, ui: &mut Ui, facts: Facts<'_>, width: f32, intents: &mut Vec<Intent>) {
        let id = Id::unique("search box");
        self.take_finished();
        if ui.memory(|memory| memory.has_focus(id)) {
            self.count_names(ui.ctx(), facts.document);
            self.moved |= self.list_open && ui.input(|input| input.key_pressed(Key::ArrowDown) || input.key_pressed(Key::ArrowUp));
            let accepts = self.list_open && self.moved;
            if ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::Enter)) {
                intents.push(Intent::Command(Command::PreviousHit));
            } else if !accepts && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
                intents.push(Intent::Command(Command::NextHit));
            }
        }
        let mut text = facts.view.query.clone();
        let keys = if self.moved { vec![Key::Tab, Key::Enter] } else { vec![Key::Tab] };
        let edit =
            TextEdit::singleline(&mut text).desired_width(width).hint_text("Search, or actor:putin kind:letters,visit after:2023-07");
        // The whole text before the cursor is completed: what a name begins with may hold blanks.
        let popup = CompletionPopup::new(id).word_boundary(|_| false).align(RectAlign::BOTTOM_START).max_height(260.0).accept_keys(keys);
        let ctx = ui.ctx().clone();
        let output = popup.show(ui, edit, |query| self.suggestions(ctx, facts.document, query.word));
        self.list_open = output.is_open;
        let response = output.text_edit.response.response.clone().accessible_name("Search events");
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            text.clear();
        }
        if text != facts.view.query {
            self.moved = false;
            intents.push(Intent::View(Action::SetQuery(text)));
        }
        if response.lost_focus() {
            intents.push(Intent::EndRun);
        }
        if let Some(error) = facts.query_error {
            point_at(ui, facts.style, &output.text_edit, error.at());
            if !output.is_open && (response.has_focus() || response.hovered()) {
                say(&response, facts.style, &error.to_string());
            }
        }
    }

    /// What the text before the cursor could become.
    fn suggestions(&mut self, ctx: Context, document: &Document, before: &str) -> Vec<Suggestion> {
        let Some(counts) = document.store.name_counts() else { return Vec::new() };
        if !is_known(&self.offered.0, &self.offered.1, document, before) {
            let names = document.store.names();
            let in_all = names.actors.len() + names.kinds.len() + names.places.len() + names.sources.len() + names.tags.len();
            if in_all <= NAMES_AT_ONCE {
                self.offered = (Arc::downgrade(&document.store), before.to_owned(), completions(&document.store, counts, before, OFFERED));
            } else if !self.completing.as_ref().is_some_and(|(store, text, _)| is_known(store, text, document, before)) {
                let (store, text) = (Arc::clone(&document.store), before.to_owned());
                let work = move |_: &_| completions(&store, store.count_names(), &text, OFFERED);
                let job = Job::start(work, move || ctx.request_repaint());
                self.completing = Some((Arc::downgrade(&document.store), before.to_owned(), job));
            }
        }
        if !is_known(&self.offered.0, &self.offered.1, document, before) {
            return Vec::new();
        }
        let suggestion = |completion: &Completion| {
            let suggestion = Suggestion::new(&completion.text).content(completion.label.clone());
            match completion.count {
                Some(count) => suggestion.description(grouped(count as usize)),
                None => suggestion,
            }
        };
        self.offered.2.iter().map(suggestion).collect()
    }

    /// Counts the names of the open file once someone is in the box, unless that was done behind its first picture.
    fn count_names(&mut self, ctx: &Context, document: &Document) {
        if document.store.name_counts().is_none() && self.counting.is_none() {
            let (store, ctx) = (Arc::clone(&document.store), ctx.clone());
            let work = move |_: &_| {
                store.count_names();
            };
            self.counting = Some(Job::start(work, move || ctx.request_repaint()));
        }
    }

    fn take_finished(&mut self) {
        if self.counting.as_ref().is_some_and(|job| !matches!(job.poll(), Outcome::Working)) {
            self.counting = None;
        }
        if let Some((store, before, job)) = self.completing.take() {
            match job.poll() {
                Outcome::Done(list) => self.offered = (store, before, list),
                Outcome::Working => self.completing = Some((store, before, job)),
                Outcome::Lost => {}
            }
        }
    }
}

/// Whether something was made of the events that are open, and of this text.
fn is_known(store: &Weak<EventStore>, text: &str, document: &Document, before: &str) -> bool {
    std::ptr::eq(store.as_ptr(), Arc::as_ptr(&document.store)) && text == before
}

/// What was found, and how to go through it.
fn found(ui: &mut Ui, facts: Facts<'_>, room: f32, intents: &mut Vec<Intent>) {
    let style = facts.style;
    if let Some(error) = facts.query_error {
        ui.label(RichText::new(format!("At character {}", error.at())).color(color32(style.warning))).on_hover_text(error.to_string());
    }
    if facts.view.query.is_empty() {
        return;
    }
    if facts.query_error.is_none() {
        let (matching, all) = (facts.document.hits.matching(), facts.document.store.len());
        let undated = matching - facts.document.hits.matching_dated();
        let words = RichText::new(format!("{} of {}", grouped(matching), grouped(all))).color(color32(style.text_quiet));
        let place = facts.view.selected.zip(facts.document.hits.all()).and_then(|(event, all)| all.by_start().binary_search(&event).ok());
        let place = place.map_or_else(String::new, |at| format!("Selected: hit {}. ", grouped(at + 1)));
        ui.add(egui::Label::new(words).truncate())
            .on_hover_text(format!("{place}Of the hits {} have no date on the axis", grouped(undated)));
        if room > 200.0 {
            if ui.small_button("‹").on_hover_text("Previous hit (Shift+F3, Shift+Enter)").accessible_name("Previous hit").clicked() {
                intents.push(Intent::Command(Command::PreviousHit));
            }
            if ui.small_button("›").on_hover_text("Next hit (F3, Enter)").accessible_name("Next hit").clicked() {
                intents.push(Intent::Command(Command::NextHit));
            }
        }
    }
    if ui.small_button("Clear").on_hover_text("Take the search away (Esc)").clicked() {
        intents.extend([Intent::EndRun, Intent::View(Action::SetQuery(String::new()))]);
    }
    if room > 260.0 {
        let tip = "Show all events and let those found stand out, instead of showing them alone (Ctrl+H)";
        if ui.selectable_label(facts.view.hits == HitsShown::AmongAll, "Highlight").on_hover_text(tip).clicked() {
            intents.push(Intent::Command(Command::Highlight));
        }
    }
    if facts.filtering {
        ui.spinner();
    }
}

/// Underlines the character that an error is about.
fn point_at(ui: &Ui, style: &Style, output: &TextEditOutput, at: usize) {
    let place = |at: usize| output.galley.pos_from_cursor(CCursor::new(at)).translate(output.galley_pos.to_vec2());
    let (from, to) = (place(at.saturating_sub(1)), place(at));
    let right = to.left().max(from.left() + 6.0);
    let y = from.bottom() + 1.0;
    let clip = output.text_clip_rect.expand(3.0);
    ui.painter_at(clip).hline(from.left()..=right, y, Stroke::new(2.0, color32(style.warning)));
}

/// Says below the box what is wrong.
fn say(response: &Response, style: &Style, words: &str) {
    let width = response.rect.width().max(280.0);
    egui::Popup::from_response(response).open(true).show(|ui| {
        ui.set_max_width(width);
        ui.label(RichText::new(words).color(color32(style.warning)));
    });
}
