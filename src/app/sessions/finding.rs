//! Data files of a session that are not where it says: the user shows where they are, or goes on without them. Another file than the one that was there is never taken without a word.

use std::path::PathBuf;

use egui::{Align2, Context, Key, Modifiers, RichText, ScrollArea, Window};

use super::super::{App, Intent};
use super::taken;
use crate::jobs::{Job, OpenedSession};
use crate::render::paint::color32;
use crate::session::{Found, Verdict};
use crate::style::Style;

/// A step that the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Step {
    /// Asks where a file of the session is, by its number.
    Find(usize),
    /// Takes the file that was shown although it is another.
    TakeAnyway,
    /// Opens what is there.
    Without,
    /// Opens nothing.
    Cancel,
}

/// A session that waits for files.
pub(super) struct Finding {
    opened: OpenedSession,
    is_working: bool,
    /// The file that a dialog asks for.
    asked: Option<usize>,
    /// A file that the user has shown, being compared.
    comparing: Option<(usize, PathBuf, Job<Verdict>)>,
    /// A file that the user has shown and that is not known to be the same.
    doubtful: Option<(usize, PathBuf, Verdict)>,
}

impl Finding {
    pub fn new(opened: OpenedSession, is_working: bool) -> Self {
        Self { opened, is_working, asked: None, comparing: None, doubtful: None }
    }

    pub fn is_busy(&self) -> bool {
        self.comparing.is_some()
    }

    fn show(&self, ctx: &Context, style: &Style, intents: &mut Vec<Intent>) {
        let mut step = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)).then_some(Step::Cancel);
        let name = self.opened.path.file_name().unwrap_or_default().to_string_lossy();
        let words = if self.is_working {
            "Data that was open at the end is not where it was then.".to_owned()
        } else {
            format!("{name} shows data that is not where it was when the view was saved.")
        };
        Window::new("Data files are missing").collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO).show(
            ctx,
            |ui| {
                ui.set_width(440.0_f32.min(ctx.content_rect().width() - 60.0));
                ui.label(words);
                ui.add_space(6.0);
                ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
                    let pairs = self.opened.session.files.iter().zip(&self.opened.found).enumerate();
                    for (at, (file, found)) in pairs {
                        let Found::Missing { other } = found else { continue };
                        ui.horizontal_wrapped(|ui| {
                            let find = ui.button("Find…");
                            if find.on_hover_text(format!("Shows where {} is now", file.name())).clicked() {
                                step = Some(Step::Find(at));
                            }
                            ui.label(file.name()).on_hover_text(file.path.as_str());
                            if other.is_some() {
                                ui.label(RichText::new("another file of this name lies beside the view").color(color32(style.text_quiet)));
                            }
                        });
                    }
                });
                if self.comparing.is_some() {
                    ui.horizontal(|ui| {
                        ui.spinner();
                        ui.label("Comparing it to what it was");
                    });
                }
                if let Some((_, path, verdict)) = &self.doubtful {
                    ui.add_space(6.0);
                    ui.label(RichText::new(doubt(path, *verdict)).color(color32(style.warning)));
                    if ui.button("Take it anyway").clicked() {
                        step = Some(Step::TakeAnyway);
                    }
                }
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    if self.opened.found.iter().any(|found| found.path().is_some()) && ui.button("Open without them").clicked() {
                        step = Some(Step::Without);
                    }
                    if ui.button("Cancel opening").clicked() {
                        step = Some(Step::Cancel);
                    }
                });
            },
        );
        intents.extend(step.map(Intent::Session));
    }
}

fn doubt(path: &std::path::Path, verdict: Verdict) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match verdict {
        Verdict::Changed => format!("{name} is not the file that it was when the view was saved."),
        _ => format!("It is not known whether {name} is the file that it was: the view does not say, or it cannot be read."),
    }
}

impl App {
    /// Shows which data files are missing, while some are.
    pub(in crate::app) fn show_finding(&self, ctx: &Context, style: &Style, intents: &mut Vec<Intent>) {
        if let Some(finding) = &self.sessions.finding {
            finding.show(ctx, style, intents);
        }
    }

    /// Goes a step on with missing files.
    pub(in crate::app) fn session_step(&mut self, ctx: &Context, step: Step) {
        let Some(finding) = &mut self.sessions.finding else { return };
        match step {
            Step::Find(at) => {
                finding.asked = Some(at);
                finding.doubtful = None;
                self.picking.find_file(ctx, self.dialogs.as_ref());
            }
            Step::TakeAnyway => {
                if let Some((at, path, _)) = finding.doubtful.take() {
                    self.session_file_is_at(ctx, at, path);
                }
            }
            Step::Without => {
                if let Some(finding) = self.sessions.finding.take() {
                    let mut opened = finding.opened;
                    opened.notes.extend(opened.missing().into_iter().map(|words| format!("left out: {words}")));
                    self.load_session(ctx, opened);
                }
            }
            Step::Cancel => self.sessions.finding = None,
        }
    }

    /// Compares the file that the user has shown to what it was.
    pub(in crate::app) fn session_file_shown(&mut self, ctx: &Context, path: PathBuf) {
        let Some(finding) = &mut self.sessions.finding else { return };
        let Some(at) = finding.asked.take() else { return };
        let Some(file) = finding.opened.session.files.get(at).cloned() else { return };
        let (shown, wake) = (path.clone(), ctx.clone());
        finding.comparing = Some((at, path, Job::start(move |shared| file.verdict(&shown, shared), move || wake.request_repaint())));
    }

    /// Takes the file that was compared where it is the same.
    pub(super) fn take_found(&mut self, ctx: &Context) {
        let Some(finding) = &mut self.sessions.finding else { return };
        let Some((at, path, job)) = finding.comparing.take() else { return };
        let mut job = Some(job);
        match taken(&mut job) {
            Some(Verdict::Same) => self.session_file_is_at(ctx, at, path),
            Some(verdict) => finding.doubtful = Some((at, path, verdict)),
            None => finding.comparing = job.map(|job| (at, path, job)),
        }
    }

    /// Takes a place as that of a file, and loads the session when none is missing any more.
    fn session_file_is_at(&mut self, ctx: &Context, at: usize, path: PathBuf) {
        let Some(mut finding) = self.sessions.finding.take() else { return };
        if let Some(found) = finding.opened.found.get_mut(at) {
            *found = Found::There(path);
        }
        if finding.opened.missing().is_empty() {
            self.load_session(ctx, finding.opened);
        } else {
            self.sessions.finding = Some(finding);
        }
    }
}
