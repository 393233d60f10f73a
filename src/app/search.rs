//! The search box: the filter language, counted as one types, with errors that point at the character.

use egui::{Align, Key, Layout, RichText, TextEdit, Ui};

use super::commands::Command;
use super::{Facts, Intent};
use crate::render::paint::color32;
use crate::scene::grouped;
use crate::view::Action;

/// The box's own state.
#[derive(Default)]
pub(super) struct SearchBox {
    pub wants_focus: bool,
}

impl SearchBox {
    /// Shows the box in the middle of the bar and the export link at its right.
    pub fn show(&mut self, ui: &mut Ui, facts: Facts<'_>, intents: &mut Vec<Intent>) {
        let style = facts.style;
        ui.add_space(24.0);
        let width = (ui.available_width() - 330.0).clamp(140.0, 460.0);
        let mut text = facts.view.query.clone();
        let edit =
            TextEdit::singleline(&mut text).desired_width(width).hint_text("Search, or actor:putin kind:letters,visit after:2023-07");
        let response = ui.add(edit).accessible_name("Search events");
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if response.has_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            text.clear();
        }
        if text != facts.view.query {
            intents.push(Intent::View(Action::SetQuery(text)));
        }
        if response.lost_focus() {
            intents.push(Intent::EndRun);
        }
        if let Some(error) = facts.query_error {
            ui.label(RichText::new(format!("At character {}", error.at())).color(color32(style.warning))).on_hover_text(error.to_string());
            egui::Popup::from_response(&response).open(true).show(|ui| {
                ui.set_max_width(width.max(280.0));
                ui.label(RichText::new(error.to_string()).color(color32(style.warning)));
            });
        } else if !facts.view.query.is_empty() {
            let (matching, all) = (facts.document.lanes.matching(), facts.document.store.len());
            ui.label(RichText::new(format!("{} of {}", grouped(matching), grouped(all))).color(color32(style.text_quiet)));
            if ui.button("Clear").clicked() {
                intents.push(Intent::View(Action::SetQuery(String::new())));
            }
        }
        if facts.filtering {
            ui.spinner();
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let link = RichText::new("Export picture").color(color32(style.accent));
            if ui.add(egui::Button::new(link).frame(false)).on_hover_text("Ctrl+E").clicked() {
                intents.push(Intent::Command(Command::Export));
            }
        });
    }
}
