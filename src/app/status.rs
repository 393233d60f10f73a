//! The status line: what became of every row, what is in view, the time under the pointer.

use egui::{Align, Layout, RichText, Ui};

use super::canvas::Canvas;
use super::commands::Command;
use super::problems::file_name;
use super::{Facts, Intent};
use crate::render::paint::{color32, font};
use crate::scene::{Weight, grouped};
use crate::style::TEXT_PX;
use crate::time;

/// Files whose totals the tip names.
const FILES_SHOWN: usize = 20;

/// What became of so many rows, in words.
fn sum(rows: u64, plotted: u64, undated: u64, rejected: u64) -> String {
    let [rows, plotted, undated, rejected] = [rows, plotted, undated, rejected].map(|count| grouped(count as usize));
    let what = if rows == "1" { "row" } else { "rows" };
    format!("{rows} {what} = {plotted} plotted + {undated} undated + {rejected} rejected")
}

/// Shows the line.
pub(super) fn show(ui: &mut Ui, facts: Facts<'_>, canvas: &Canvas, intents: &mut Vec<Intent>) {
    let ledger = facts.document.store.ledger();
    let quiet = color32(facts.style.text_quiet);
    let wide = ui.available_width();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        let name = RichText::new(facts.document.name()).font(font(TEXT_PX, Weight::SemiBold));
        ui.add(egui::Label::new(name).truncate())
            .on_hover_text(facts.document.paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("\n"));
        let rows = sum(ledger.rows(), ledger.plotted(), ledger.undated(), ledger.rejected());
        let rows = if facts.document.partial { format!("So far {rows}") } else { rows };
        let troubled = ledger.is_troubled();
        let color = if troubled { color32(facts.style.warning) } else { quiet };
        let hint = match ledger.problems_total() {
            0 => "Every row is on the axis, and none gave cause for doubt".to_owned(),
            problems => format!("{} remarks about rows: click to read them", grouped(problems as usize)),
        };
        let totals = egui::Button::new(RichText::new(rows).color(color)).frame(false);
        let by_file = |ui: &mut Ui| {
            ui.label(hint);
            for file in ledger.files.iter().take(FILES_SHOWN).filter(|_| ledger.files.len() > 1) {
                ui.label(format!("{}: {}", file_name(file), sum(file.rows, file.plotted, file.undated, file.rejected)));
            }
            if ledger.files.len() > FILES_SHOWN {
                ui.label(format!("and {} more files", grouped(ledger.files.len() - FILES_SHOWN)));
            }
        };
        if ui.add(totals).on_hover_ui(by_file).clicked() {
            intents.push(Intent::Command(Command::Problems));
        }
        if wide > 800.0
            && let Some((events, marks)) = canvas.in_view()
        {
            let counted = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{} {one}s", grouped(count)) };
            let words = format!("In view: {}, {} in these lanes", counted(events, "event"), counted(marks, "mark"));
            ui.label(RichText::new(words).color(quiet));
        }
        if wide > 1000.0 && facts.document.store.dated() > 0 {
            let window = facts.view.window;
            ui.label(RichText::new(time::span_text(window.from_ms, window.to_ms)).color(quiet));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some((at_ms, ms_per_px)) = canvas.pointer() {
                let zone = facts.document.store.has_instants().then(|| facts.document.store.zone());
                let words = time::pointer_text(at_ms, ms_per_px, zone);
                ui.add(egui::Label::new(RichText::new(words).color(quiet)).truncate());
            } else {
                let zone = facts.view.zone.name();
                let hint = format!("Times with a zone are shown by the clocks in {zone}; dates without one stand as written");
                let name = egui::Button::new(RichText::new(zone).color(quiet)).frame(false);
                if ui.add(name).on_hover_text(hint).clicked() {
                    intents.push(Intent::Command(Command::Zone));
                }
            }
        });
    });
}
