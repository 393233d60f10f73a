//! Another name for an actor in this view, or two actors as one. The file is never touched; undo takes it back.

use std::sync::Arc;

use egui::{Align2, Context, Key, Modifiers, TextEdit, Window};

use super::{App, Intent};
use crate::store::{GroupBy, fold_text};
use crate::view::Action;

/// Other actors that are offered.
const OFFERED: usize = 8;

/// The dialog, while it is open.
pub(super) struct Naming {
    lane: Arc<str>,
    text: String,
    is_new: bool,
}

impl Naming {
    /// Shows the dialog; true when it is done.
    fn show(&mut self, ctx: &Context, others: &[Arc<str>], intents: &mut Vec<Intent>) -> bool {
        let mut done = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let mut chosen: Option<String> = None;
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            chosen = Some(self.text.clone());
        }
        Window::new("Rename or merge").collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO).show(
            ctx,
            |ui| {
                ui.set_width(360.0);
                ui.label(format!("Show \"{}\" as", self.lane));
                let field = ui.add(TextEdit::singleline(&mut self.text).desired_width(f32::INFINITY)).accessible_name("Name of the actor");
                if std::mem::take(&mut self.is_new) {
                    field.request_focus();
                }
                ui.add_space(4.0);
                let wanted = fold_text(self.text.trim()).into_owned();
                let is_own = self.text == *self.lane;
                let fits = |name: &&Arc<str>| **name != self.lane && (is_own || fold_text(name).contains(&wanted));
                let offered: Vec<&Arc<str>> = others.iter().filter(fits).take(OFFERED).collect();
                if !offered.is_empty() {
                    ui.weak("or as one with another actor:");
                }
                for name in offered {
                    if ui.button(format!("Merge into {name}")).clicked() {
                        chosen = Some(name.to_string());
                    }
                }
                ui.add_space(4.0);
                ui.weak("In this view only: the file stays as it is, and undo takes it back.");
                ui.add_space(6.0);
                ui.horizontal(|ui| {
                    if ui.button("Show it so").clicked() {
                        chosen = Some(self.text.clone());
                    }
                    if ui.button("As in the file").clicked() {
                        chosen = Some(String::new());
                    }
                    done |= ui.button("Cancel renaming").clicked();
                });
            },
        );
        if let Some(to) = chosen {
            intents.push(Intent::View(Action::NameActor { from: self.lane.to_string(), to: to.trim().to_owned() }));
            done = true;
        }
        done
    }
}

impl App {
    /// Opens the dialog for the chosen lane.
    pub(super) fn open_naming(&mut self) {
        let (Some(document), Some(lane)) = (&self.document, self.chosen_lane()) else { return };
        let lane = &document.lanes.lanes()[lane.0 as usize];
        if document.lanes.group() != GroupBy::Actor || lane.is_rest() {
            self.notices.warn("Only actors can be renamed and merged: choose Lanes by actor.".to_owned());
            return;
        }
        let name = Arc::clone(lane.name());
        self.naming = Some(Naming { text: name.to_string(), lane: name, is_new: true });
    }

    pub(super) fn show_naming(&mut self, ctx: &Context, intents: &mut Vec<Intent>) {
        let (Some(naming), Some(document)) = (&mut self.naming, &self.document) else { return };
        let others: Vec<Arc<str>> = if naming.text == *naming.lane {
            document.lanes.lanes().iter().filter(|lane| !lane.is_rest()).take(OFFERED + 1).map(|lane| Arc::clone(lane.name())).collect()
        } else {
            document.lanes.lanes().iter().filter(|lane| !lane.is_rest()).map(|lane| Arc::clone(lane.name())).collect()
        };
        if naming.show(ctx, &others, intents) {
            self.naming = None;
        }
    }
}
