//! Going to a date by typing it, in EDTF or as people write dates.

use egui::{Align2, Context, Key, Modifiers, RichText, TextEdit, Window};

use super::Intent;
use crate::render::paint::color32;
use crate::style::Style;
use crate::time::{self, Dialect};
use crate::view::Action;

/// The field, while it is open.
#[derive(Default)]
pub(super) struct GoDate {
    open: bool,
    text: String,
    focus: bool,
}

impl GoDate {
    /// Opens the field, with what was typed last to be typed over.
    pub fn open(&mut self) {
        *self = Self { open: true, focus: true, text: std::mem::take(&mut self.text) };
    }

    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Shows the field; Enter goes, Escape closes.
    pub fn show(&mut self, ctx: &Context, style: &Style, intents: &mut Vec<Intent>) {
        if !self.open {
            return;
        }
        let mut close = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let enter = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        Window::new("Go to a date").collapsible(false).resizable(false).anchor(Align2::CENTER_TOP, [0.0, 90.0]).show(ctx, |ui| {
            ui.set_width(340.0);
            let edit =
                TextEdit::singleline(&mut self.text).desired_width(f32::INFINITY).hint_text("30 August 2023, 2023-08, spring 1968, 44 BCE");
            let field = ui.add(edit).accessible_name("Date to go to");
            if std::mem::take(&mut self.focus) {
                field.request_focus();
                let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), egui::text::CCursor::new(self.text.chars().count()));
                if let Some(mut state) = TextEdit::load_state(ctx, field.id) {
                    state.cursor.set_char_range(Some(all));
                    state.store(ctx, field.id);
                }
            }
            let read = target(&self.text);
            match &read {
                Ok(Some((_, words))) => ui.label(RichText::new(words).color(color32(style.text_quiet))),
                Ok(None) => ui.label(RichText::new("EDTF, or as people write dates").color(color32(style.text_quiet))),
                Err(words) => ui.add(egui::Label::new(RichText::new(words).color(color32(style.warning))).wrap()),
            };
            ui.horizontal(|ui| {
                let go = ui.add_enabled(matches!(read, Ok(Some(_))), egui::Button::new("Go there")).clicked();
                if let (true, Ok(Some(((from_ms, to_ms), _)))) = (go || enter, &read) {
                    intents.push(Intent::View(Action::GoTo { from_ms: *from_ms, to_ms: *to_ms }));
                    close = true;
                }
                close |= ui.button("Close").clicked();
            });
        });
        if close {
            self.open = false;
        }
    }
}

/// A date to go to: its possible extent in milliseconds, and its words.
type Target = ((i64, i64), String);

/// What was typed: its possible extent and its words; `None` for nothing, or why it cannot be gone to.
fn target(text: &str) -> Result<Option<Target>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let when = time::read(text, &Dialect::default()).map_err(|error| error.to_string())?;
    let extent = when.reading.extent;
    let (from_ms, to_ms) = match (extent.earliest_start == i64::MIN, extent.latest_end == i64::MAX) {
        (true, true) => return Err("This date has no bound on either side: there is no place to go to.".to_owned()),
        (true, false) => (extent.latest_end - 1, extent.latest_end),
        (false, true) => (extent.earliest_start, extent.earliest_start + 1),
        (false, false) => (extent.earliest_start, extent.latest_end),
    };
    Ok(Some(((from_ms, to_ms), time::wording(&when))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_either_form_and_refused_in_words() {
        assert_eq!(target("30 August 2023").unwrap(), target("2023-08-30").unwrap());
        assert_eq!(target("  ").unwrap(), None);
        assert!(target("someday").is_err() && target("../..").is_err());
        let ((from_ms, to_ms), _) = target("2023-08/..").unwrap().unwrap();
        assert_eq!(to_ms - from_ms, 1);
    }
}
