//! The start without a file: what the program does, and two things to do.

use egui::{RichText, Ui, vec2};

use super::Intent;
use super::commands::Command;
use super::recent::Recent;
use crate::render::paint::{color32, font};
use crate::scene::Weight;
use crate::style::{HEADING_PX, SMALL_PX, Style, TEXT_PX};

/// Shows the screen.
pub(super) fn show(ui: &mut Ui, recent: &Recent, style: &Style, loading: bool, intents: &mut Vec<Intent>) {
    let quiet = color32(style.text_quiet);
    let room = (ui.available_height() - 380.0).max(24.0);
    ui.add_space(room * 0.45);
    ui.vertical_centered(|ui| {
        ui.set_max_width(700.0);
        ui.label(RichText::new("Chronolane").font(font(HEADING_PX * 1.8, Weight::SemiBold)));
        ui.label(RichText::new("Who did what, when, and the sentence that says so.").size(TEXT_PX + 1.0).color(quiet));
        ui.add_space(18.0);
        let accent =
            egui::Button::new(RichText::new("Open a file…").color(color32(style.on_accent)).font(font(TEXT_PX + 1.0, Weight::SemiBold)))
                .fill(color32(style.accent))
                .min_size(vec2(220.0, 36.0));
        if ui.add_enabled(!loading, accent).on_hover_text("Ctrl+O").clicked() {
            intents.push(Intent::Command(Command::Open));
        }
        ui.add_space(4.0);
        let sample = egui::Button::new(RichText::new("Open the sample").size(TEXT_PX + 1.0)).min_size(vec2(220.0, 36.0));
        if ui.add_enabled(!loading, sample).on_hover_text("The arms talks of North Korea and Russia in the summer of 2023").clicked() {
            intents.push(Intent::Command(Command::OpenSample));
        }
        ui.add_space(14.0);
        ui.label(
            RichText::new("or drop files and folders here: tables, JSON, Markdown, the files of other timeline programs").color(quiet),
        );
        if !recent.files.is_empty() {
            ui.add_space(20.0);
            ui.label(RichText::new("Recent").font(font(TEXT_PX, Weight::SemiBold)));
            for path in recent.files.iter().take(6) {
                let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
                let link = RichText::new(name).color(color32(style.accent));
                if ui.add(egui::Button::new(link).frame(false)).on_hover_text(path.display().to_string()).clicked() {
                    intents.push(Intent::OpenFiles(vec![path.clone()]));
                }
            }
        }
        ui.add_space(24.0);
        let hint =
            "Drag the ruler to scrub. Ctrl+wheel zooms, arrows step from event to event, Ctrl+E exports the picture. F1 lists all keys.";
        ui.add(egui::Label::new(RichText::new(hint).size(SMALL_PX).color(quiet)).wrap());
    });
}
