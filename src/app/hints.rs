//! What a newcomer is shown once: how to scrub, to zoom, to export. It goes away when each was done, or when it is dismissed, and does not come back.

use egui::{Panel, RichText, Ui};
use serde::{Deserialize, Serialize};

use super::commands::Command;
use super::{App, Intent, menu};
use crate::render::paint::{color32, font};
use crate::scene::Weight;
use crate::style::{Style, TEXT_PX};
use crate::view::Action;

/// What of it was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(clippy::struct_excessive_bools, reason = "each is learned by itself")]
pub(super) struct Learned {
    scrubbed: bool,
    zoomed: bool,
    exported: bool,
    dismissed: bool,
}

impl Learned {
    fn is_all(self) -> bool {
        self.dismissed || self.scrubbed && self.zoomed && self.exported
    }

    /// Takes in what the user does.
    pub fn saw(&mut self, intent: &Intent) {
        match intent {
            Intent::View(Action::Scrub { .. }) => self.scrubbed = true,
            Intent::View(Action::Zoom { .. }) | Intent::Command(Command::ZoomIn | Command::ZoomOut) => self.zoomed = true,
            Intent::StartExport(_) | Intent::SaveExport(..) | Intent::Command(Command::CopyPicture) => self.exported = true,
            Intent::DismissHints => self.dismissed = true,
            _ => {}
        }
    }
}

/// Whether hints are shown at all.
#[derive(Debug, Default)]
pub(super) struct Hints {
    pub wanted: bool,
    /// Whether they were on screen in the frame before.
    shown: bool,
}

impl App {
    /// Shows the hints, where something of them is still new.
    pub(super) fn show_hints(&mut self, ui: &mut Ui, style: &Style, intents: &mut Vec<Intent>) {
        let learned = self.recent.learned;
        let is_new = self.hints.wanted && self.document.as_ref().is_some_and(|document| document.store.dated() > 0) && !learned.is_all();
        // Nothing moves under a pointer that is held down.
        let stays = self.hints.shown && ui.input(|input| input.pointer.any_down());
        self.hints.shown = is_new || stays;
        if !self.hints.shown {
            return;
        }
        let export = ui.ctx().format_shortcut(&egui::KeyboardShortcut::new(egui::Modifiers::COMMAND, egui::Key::E));
        let zoom = if ui.ctx().os().is_mac() { "Cmd+wheel" } else { "Ctrl+wheel" };
        let narrow = ui.available_width() < 860.0;
        let hints = [
            (learned.scrubbed, "Scrub", "drag along the dates".to_owned()),
            (learned.zoomed, "Zoom", if narrow { zoom.to_owned() } else { format!("{zoom}, or W and S") }),
            (learned.exported, "Export a picture", export),
        ];
        Panel::top("hints").frame(menu::bar_frame(style)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                for (done, what, how) in hints {
                    let quiet = color32(style.text_quiet);
                    if done {
                        ui.label(RichText::new("✓").color(color32(style.accent))).on_hover_text("Done");
                        ui.label(RichText::new(what).color(quiet));
                    } else {
                        ui.label(RichText::new(format!("{what}:")).font(font(TEXT_PX, Weight::SemiBold)));
                        ui.label(RichText::new(how).color(quiet));
                    }
                    ui.add_space(16.0);
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let tip = "They do not come back. F1 lists all keys and what the mouse does";
                    if ui.small_button("×").on_hover_text(tip).accessible_name("Dismiss hints").clicked() {
                        intents.push(Intent::DismissHints);
                    }
                });
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_go_when_each_was_done_or_all_are_dismissed() {
        let mut learned = Learned::default();
        for (intent, is_all) in [
            (Intent::View(Action::FitAll), false),
            (Intent::View(Action::Scrub { at_ms: 0 }), false),
            (Intent::Command(Command::CopyPicture), false),
            (Intent::View(Action::Zoom { about_ms: 0, factor: 2.0 }), true),
        ] {
            learned.saw(&intent);
            assert_eq!(learned.is_all(), is_all, "{intent:?}");
        }
        let mut other = Learned::default();
        other.saw(&Intent::DismissHints);
        assert!(other.is_all());
        let kept: Learned = serde_json::from_str(&serde_json::to_string(&learned).unwrap()).unwrap();
        assert!(kept.is_all(), "and so they stay");
    }
}
