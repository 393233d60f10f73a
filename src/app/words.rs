//! A view's own title and description, set in the window: the heading of its pictures and of the saved view. The data is not touched.

use egui::{Align2, Context, Key, Modifiers, TextEdit, Window};

use super::document::Document;
use super::{App, Intent};
use crate::view::Action;

/// The dialog, while it is open.
pub(super) struct Words {
    title: String,
    description: String,
    is_new: bool,
}

/// Letters of a file's own words that are shown in place of those that are not given.
const HINT_LETTERS: usize = 200;

fn short(text: &str) -> String {
    text.chars().take(HINT_LETTERS).collect()
}

impl Words {
    /// Shows the dialog; true when it is done.
    fn show(&mut self, ctx: &Context, document: &Document, intents: &mut Vec<Intent>) -> bool {
        let mut done = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let mut keep = ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let (title, description) = (document.store.title().unwrap_or_default(), document.store.description().unwrap_or_default());
        let hint = |own: &str, none: &str| if own.is_empty() { none.to_owned() } else { short(own) };
        Window::new("Title and description").collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO).show(
            ctx,
            |ui| {
                ui.set_width(420.0_f32.min(ctx.content_rect().width() - 60.0));
                ui.label("Title");
                let edit = TextEdit::singleline(&mut self.title).desired_width(f32::INFINITY).hint_text(hint(title, "the file has none"));
                let field = ui.add(edit).accessible_name("Title of the view");
                if std::mem::take(&mut self.is_new) {
                    field.request_focus();
                }
                keep |= field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                ui.add_space(6.0);
                ui.label("Description");
                let edit = TextEdit::multiline(&mut self.description)
                    .desired_rows(4)
                    .desired_width(f32::INFINITY)
                    .hint_text(hint(description, "the file has none"));
                ui.add(edit).accessible_name("Description of the view");
                ui.add_space(4.0);
                ui.weak("They stand over exported pictures, as title and subtitle, and are saved with the view. Left empty, those of the file do.");
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    keep |= ui.button("Keep words").on_hover_text("Ctrl+Enter").clicked();
                    if ui.button("As in the file").clicked() {
                        (self.title, self.description) = (String::new(), String::new());
                        keep = true;
                    }
                    done |= ui.button("Cancel words").clicked();
                });
            },
        );
        if keep {
            let (title, description) = (self.title.trim().to_owned(), self.description.trim().to_owned());
            intents.push(Intent::View(Action::Describe { title, description }));
        }
        done || keep
    }
}

impl App {
    /// Opens the dialog.
    pub(super) fn open_words(&mut self) {
        if self.document.is_some() {
            self.words = Some(Words { title: self.view.title.clone(), description: self.view.description.clone(), is_new: true });
        }
    }

    pub(super) fn show_words(&mut self, ctx: &Context, intents: &mut Vec<Intent>) {
        let (Some(words), Some(document)) = (&mut self.words, &self.document) else { return };
        if words.show(ctx, document, intents) {
            self.words = None;
        }
    }
}
