//! The problems list: each doubtful, undated or rejected row with its line, field, text and reason. It can be read and copied.

use std::fmt::Write as _;

use egui::{RichText, ScrollArea, Ui};

use super::{Facts, Intent};
use crate::model::{Ledger, Problem, Severity};
use crate::render::paint::{color32, font};
use crate::scene::Weight;
use crate::style::TEXT_PX;
use crate::view::Action;

/// Height of a row of the list, in pixels.
const ROW_PX: f32 = 20.0;

/// Shows the list.
pub(super) fn show(ui: &mut Ui, facts: Facts<'_>, intents: &mut Vec<Intent>) {
    let ledger = facts.document.store.ledger();
    let total = ledger.problems_total();
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new("Problems").font(font(TEXT_PX, Weight::SemiBold)));
        ui.label(RichText::new(format!("{total} remarks on {} rows", ledger.rows())).color(color32(facts.style.text_quiet)));
        if total > 0 && ui.button("Copy all").clicked() {
            intents.push(Intent::CopyText(as_text(ledger)));
        }
        if ui.button("Close problems").clicked() {
            intents.push(Intent::View(Action::ShowProblems(false)));
        }
    });
    let rows: Vec<(&str, &Problem)> =
        ledger.files.iter().flat_map(|file| file.problems.iter().map(|problem| (file.path.as_str(), problem))).collect();
    if rows.is_empty() {
        ui.label("Nothing to report: every row is on the axis.");
        return;
    }
    let several = ledger.files.len() > 1;
    ScrollArea::both().auto_shrink(false).show_rows(ui, ROW_PX, rows.len(), |ui, range| {
        for (path, problem) in &rows[range] {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 10.0;
                let color = if problem.severity == Severity::Note { facts.style.text_quiet } else { facts.style.warning };
                ui.label(RichText::new(problem.severity.name()).color(color32(color)));
                if several {
                    ui.label(RichText::new(*path).color(color32(facts.style.text_quiet)));
                }
                ui.label(place(problem));
                ui.add(egui::Label::new(&problem.message).extend());
                if !problem.text.is_empty() {
                    let text = RichText::new(problem.text.replace(['\n', '\r', '\t'], " ")).color(color32(facts.style.text_quiet));
                    ui.add(egui::Label::new(text).extend());
                }
            });
        }
    });
}

fn place(problem: &Problem) -> String {
    match (problem.line, problem.field.is_empty()) {
        (0, _) => "file".to_owned(),
        (line, true) => format!("line {line}"),
        (line, false) => format!("line {line}, {}", problem.field),
    }
}

/// All problems as lines with tabs between their parts.
fn as_text(ledger: &Ledger) -> String {
    let mut out = String::from("file\tline\tfield\tseverity\tmessage\ttext\n");
    for file in &ledger.files {
        for problem in &file.problems {
            let text = problem.text.replace(['\t', '\n', '\r'], " ");
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{text}",
                file.path,
                problem.line,
                problem.field,
                problem.severity.name(),
                problem.message
            );
        }
    }
    out
}
