//! The list of bookmarks: gone to, renamed, dropped.

use egui::{Context, Key, Modifiers, ScrollArea, TextEdit, Window};

use super::Intent;
use crate::view::{Action, Bookmark, BookmarkAction};

/// The list's own state: whether it is open, and the name being typed.
#[derive(Default)]
pub(super) struct BookmarkList {
    pub open: bool,
    renaming: Option<(usize, String)>,
}

impl BookmarkList {
    /// Shows the list; Escape closes it.
    pub fn show(&mut self, ctx: &Context, bookmarks: &[Bookmark], intents: &mut Vec<Intent>) {
        if !self.open {
            return;
        }
        let mut open = true;
        Window::new("Bookmarks").open(&mut open).collapsible(false).resizable(true).default_width(380.0).default_pos([240.0, 120.0]).show(
            ctx,
            |ui| {
                if bookmarks.is_empty() {
                    ui.weak("None yet. Ctrl+D keeps the place in view.");
                    return;
                }
                ScrollArea::vertical().max_height((ctx.content_rect().height() - 200.0).max(120.0)).show(ui, |ui| {
                    for (at, bookmark) in bookmarks.iter().enumerate() {
                        ui.horizontal(|ui| self.row(ui, at, bookmark, intents));
                    }
                });
            },
        );
        if !open || self.renaming.is_none() && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            *self = Self::default();
        }
    }

    fn row(&mut self, ui: &mut egui::Ui, at: usize, bookmark: &Bookmark, intents: &mut Vec<Intent>) {
        let told = |action| Intent::View(Action::Bookmark(action));
        if let Some((_, name)) = self.renaming.as_mut().filter(|(renamed, _)| *renamed == at) {
            let field = ui.add(TextEdit::singleline(name).desired_width(220.0)).accessible_name("Name of the bookmark");
            if !field.has_focus() && !field.lost_focus() {
                field.request_focus();
            }
            let kept = ui.button("Keep name").clicked() || field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if kept {
                intents.push(told(BookmarkAction::Rename(at, name.trim().to_owned())));
            }
            if kept || ui.button("Cancel").clicked() || ui.input(|input| input.key_pressed(Key::Escape)) {
                self.renaming = None;
            }
            return;
        }
        let go = egui::Button::new(&bookmark.name).truncate();
        if ui.add_sized([220.0, 22.0], go).on_hover_text(&bookmark.name).clicked() {
            intents.push(told(BookmarkAction::Visit(at)));
        }
        if ui.button("Rename").clicked() {
            self.renaming = Some((at, bookmark.name.clone()));
        }
        if ui.button("Drop").clicked() {
            intents.push(told(BookmarkAction::Remove(at)));
        }
    }
}
