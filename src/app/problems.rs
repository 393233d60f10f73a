//! The problems: rows of the same trouble together, each with its line, field, text and reason. From here one goes to the event or to the raw row, and saves the rows that were rejected.

use std::fmt::Write as _;
use std::sync::{Arc, Weak};

use egui::{Button, RichText, ScrollArea, Sense, Ui};

use super::{Facts, Intent};
use crate::model::{FileLedger, Ledger, Problem, ProblemKind, Severity};
use crate::render::paint::{color32, font};
use crate::scene::{Weight, grouped};
use crate::store::EventStore;
use crate::style::TEXT_PX;
use crate::view::Action;

/// Height of a line of the list, in pixels.
const LINE_PX: f32 = 22.0;
/// Width from which on a reason stands beside the text that it is about, in pixels; else it has a line of its own.
const BESIDE_FROM_PX: f32 = 1300.0;

/// A problem that is kept: which file's, and which of its problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ProblemAt {
    pub file: usize,
    pub at: usize,
}

/// Problems of one kind.
struct Group {
    kind: ProblemKind,
    count: u64,
    kept: Vec<ProblemAt>,
    is_open: bool,
}

/// A line of the list.
#[derive(Clone, Copy)]
enum Line {
    Head(usize),
    Row(ProblemAt),
    /// The reason of the row above, where the list is narrow.
    Reason(ProblemAt),
    /// So many of the group are only counted.
    More(u64),
}

/// The list, put together once for each document and each change of what is open.
#[derive(Default)]
pub(super) struct Problems {
    of: Weak<EventStore>,
    groups: Vec<Group>,
    lines: Vec<Line>,
    /// Whether reasons have lines of their own.
    is_narrow: bool,
}

impl Problems {
    /// Puts the list together anew where the document is another one.
    fn keep_up(&mut self, store: &Arc<EventStore>) {
        if std::ptr::eq(self.of.as_ptr(), Arc::as_ptr(store)) {
            return;
        }
        self.of = Arc::downgrade(store);
        let open: Vec<ProblemKind> = self.groups.iter().filter(|group| group.is_open).map(|group| group.kind).collect();
        self.groups = groups(store.ledger());
        let is_short = self.groups.iter().map(|group| group.kept.len()).sum::<usize>() <= 12;
        for group in &mut self.groups {
            group.is_open = is_short || open.contains(&group.kind);
        }
        self.lay_out();
    }

    fn lay_out(&mut self) {
        self.lines.clear();
        for (at, group) in self.groups.iter().enumerate() {
            self.lines.push(Line::Head(at));
            if group.is_open {
                let reason = |problem: ProblemAt| self.is_narrow.then_some(Line::Reason(problem));
                self.lines.extend(group.kept.iter().flat_map(|problem| [Some(Line::Row(*problem)), reason(*problem)]).flatten());
                let more = group.count.saturating_sub(group.kept.len() as u64);
                if more > 0 {
                    self.lines.push(Line::More(more));
                }
            }
        }
    }

    /// Shows the list.
    pub fn show(&mut self, ui: &mut Ui, facts: Facts<'_>, intents: &mut Vec<Intent>) {
        self.keep_up(&facts.document.store);
        let is_narrow = ui.available_width() < BESIDE_FROM_PX;
        if is_narrow != self.is_narrow {
            self.is_narrow = is_narrow;
            self.lay_out();
        }
        let ledger = facts.document.store.ledger();
        ui.add_space(4.0);
        head(ui, facts, ledger, intents);
        if self.lines.is_empty() {
            ui.label("Nothing to report: every row is on the axis.");
            return;
        }
        let mut turned = None;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, LINE_PX, self.lines.len(), |ui, range| {
            for line in &self.lines[range] {
                ui.horizontal(|ui| {
                    ui.set_height(LINE_PX - ui.spacing().item_spacing.y);
                    match *line {
                        Line::Head(at) => {
                            if self.groups.get(at).is_some_and(|group| group_head(ui, facts, group, intents)) {
                                turned = Some(at);
                            }
                        }
                        Line::Row(problem) => row(ui, facts, ledger, (problem, is_narrow), intents),
                        Line::Reason(problem) => {
                            if let Some((_, problem)) = problem_at(ledger, problem) {
                                ui.add_space(26.0);
                                reason(ui, facts, problem);
                            }
                        }
                        Line::More(count) => {
                            ui.add_space(26.0);
                            ui.label(format!("and {} more, which are counted only", grouped(count as usize)));
                        }
                    }
                });
            }
        });
        if let Some(group) = turned.and_then(|at| self.groups.get_mut(at)) {
            group.is_open = !group.is_open;
            self.lay_out();
        }
    }
}

/// The problems of all files by kind, the gravest first.
fn groups(ledger: &Ledger) -> Vec<Group> {
    let mut groups: Vec<Group> =
        ledger.kinds().iter().map(|(kind, count)| Group { kind, count, kept: Vec::new(), is_open: false }).collect();
    for (file, of_file) in ledger.files.iter().enumerate() {
        for (at, problem) in of_file.problems.iter().enumerate() {
            if let Some(group) = groups.iter_mut().find(|group| group.kind == problem.kind) {
                group.kept.push(ProblemAt { file, at });
            }
        }
    }
    groups
}

fn head(ui: &mut Ui, facts: Facts<'_>, ledger: &Ledger, intents: &mut Vec<Intent>) {
    let total = ledger.problems_total();
    ui.horizontal(|ui| {
        ui.label(RichText::new("Problems").font(font(TEXT_PX, Weight::SemiBold)));
        let remarks = if total == 1 { "1 remark".to_owned() } else { format!("{} remarks", grouped(total as usize)) };
        ui.label(RichText::new(format!("{remarks} on {} rows", grouped(ledger.rows() as usize))).color(color32(facts.style.text_quiet)));
        if total > 0 && ui.button("Copy all").clicked() {
            intents.push(Intent::CopyText(as_text(ledger)));
        }
        if ledger.rejected() > 0 && ui.button("Save rejected rows…").clicked() {
            intents.push(Intent::SaveRejected);
        }
        if ui.button("Close problems").clicked() {
            intents.push(Intent::View(Action::ShowProblems(false)));
        }
    });
}

/// The head of a group; true when it is to be opened or closed.
fn group_head(ui: &mut Ui, facts: Facts<'_>, group: &Group, intents: &mut Vec<Intent>) -> bool {
    ui.spacing_mut().item_spacing.x = 10.0;
    let sign = if group.is_open { "−" } else { "+" };
    let is_note = matches!(group.kind, ProblemKind::File | ProblemKind::Row | ProblemKind::RepeatedId);
    let color = color32(if is_note { facts.style.text } else { facts.style.warning });
    let words = format!("{sign} {}: {}", group.kind.label(), grouped(group.count as usize));
    let turned = ui.add(Button::new(RichText::new(words).font(font(TEXT_PX, Weight::SemiBold)).color(color)).frame(false)).clicked();
    if group.kind == ProblemKind::NotARecord && ui.small_button("Save these rows…").clicked() {
        intents.push(Intent::SaveRejected);
    }
    ui.add(egui::Label::new(RichText::new(group.kind.advice()).color(color32(facts.style.text_quiet))).truncate());
    turned
}

/// Where a problem is and what stands there; its reason too, unless the list is narrow.
fn row(ui: &mut Ui, facts: Facts<'_>, ledger: &Ledger, (at, is_narrow): (ProblemAt, bool), intents: &mut Vec<Intent>) {
    let Some((file, problem)) = problem_at(ledger, at) else { return };
    let quiet = color32(facts.style.text_quiet);
    ui.spacing_mut().item_spacing.x = 10.0;
    ui.add_space(16.0);
    if problem.line > 0 {
        let line = grouped(problem.line as usize);
        if problem.kind != ProblemKind::NotARecord
            && ui
                .small_button("Event")
                .on_hover_text("Select the event of this row")
                .accessible_name(format!("Event of line {line}"))
                .clicked()
        {
            intents.push(Intent::GoToProblem(at));
        }
        if ui
            .small_button("Row")
            .on_hover_text("Show the row as it stands in the file")
            .accessible_name(format!("Row at line {line}"))
            .clicked()
        {
            intents.push(Intent::ShowRow(at));
        }
    }
    if ledger.files.len() > 1 {
        ui.label(RichText::new(file_name(file)).color(quiet)).on_hover_text(&file.path);
    }
    ui.label(RichText::new(place(problem)).color(quiet));
    if !problem.text.is_empty() {
        let text = RichText::new(one_line(&problem.text)).color(color32(facts.style.text));
        ui.add(egui::Label::new(text).truncate().sense(Sense::hover())).on_hover_text(&problem.text);
    }
    if !is_narrow {
        reason(ui, facts, problem);
    }
}

/// Why there is a problem; where it is cut off, the pointer shows all of it.
fn reason(ui: &mut Ui, facts: Facts<'_>, problem: &Problem) {
    let color = if problem.severity == Severity::Note { facts.style.text_quiet } else { facts.style.text };
    ui.add(egui::Label::new(RichText::new(&problem.message).color(color32(color))).truncate());
}

/// A problem with its file.
pub(super) fn problem_at(ledger: &Ledger, at: ProblemAt) -> Option<(&FileLedger, &Problem)> {
    let file = ledger.files.get(at.file)?;
    Some((file, file.problems.get(at.at)?))
}

/// The file's name without its folders.
pub(super) fn file_name(file: &FileLedger) -> &str {
    file.path.rsplit(['/', '\\']).next().unwrap_or(&file.path)
}

fn one_line(text: &str) -> String {
    text.chars().take(80).map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

fn place(problem: &Problem) -> String {
    match (problem.line, problem.field.is_empty()) {
        (0, _) => "file".to_owned(),
        (line, true) => format!("line {}", grouped(line as usize)),
        (line, false) => format!("line {}, {}", grouped(line as usize), problem.field),
    }
}

/// All problems as lines with tabs between their parts.
fn as_text(ledger: &Ledger) -> String {
    let mut out = String::from("file\tline\tfield\tseverity\tkind\tmessage\ttext\n");
    for file in &ledger.files {
        for problem in &file.problems {
            let text = problem.text.replace(['\t', '\n', '\r'], " ");
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}\t{text}",
                file.path,
                problem.line,
                problem.field,
                problem.severity.name(),
                problem.kind.name(),
                problem.message
            );
        }
    }
    out
}
