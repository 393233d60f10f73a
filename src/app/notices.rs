//! Short words about what happened: an export with its path, a file that could not be read and why. They stay until they are closed, or a while if all is well.

use std::path::PathBuf;

use egui::{Align2, Area, Context, Frame, Order, RichText, vec2};

use super::Intent;
use crate::render::paint::color32;
use crate::style::Style;

/// One notice.
#[derive(Clone, Debug)]
pub(super) struct Notice {
    pub words: String,
    pub is_warning: bool,
    /// A file that was written, to be opened or shown in its folder.
    pub file: Option<PathBuf>,
}

impl Notice {
    /// Good news.
    pub fn good(words: String) -> Self {
        Self { words, is_warning: false, file: None }
    }

    /// Something to be looked at.
    pub fn warning(words: String) -> Self {
        Self { words, is_warning: true, file: None }
    }

    /// A picture that was written.
    pub fn saved(path: PathBuf) -> Self {
        Self { words: format!("Picture saved: {}", path.display()), is_warning: false, file: Some(path) }
    }
}

/// The notices on screen, newest last.
#[derive(Default)]
pub(super) struct Notices {
    list: Vec<(Notice, Option<f64>)>,
}

/// Seconds for which good news stays.
const STAY_S: f64 = 12.0;
const MOST: usize = 5;

impl Notices {
    pub fn push(&mut self, notice: Notice) {
        self.list.push((notice, None));
        if self.list.len() > MOST {
            self.list.remove(0);
        }
    }

    pub fn warn(&mut self, words: String) {
        self.push(Notice::warning(words));
    }

    /// Takes back what does not hold any more.
    pub fn withdraw(&mut self, words: &str) {
        self.list.retain(|(notice, _)| notice.words != words);
    }

    pub fn words(&self) -> Vec<&str> {
        self.list.iter().map(|(notice, _)| notice.words.as_str()).collect()
    }

    pub fn show(&mut self, ctx: &Context, style: &Style, intents: &mut Vec<Intent>) {
        if self.list.is_empty() {
            return;
        }
        let now = ctx.input(|input| input.time);
        for (notice, until) in &mut self.list {
            let until = *until.get_or_insert(now + STAY_S);
            if !notice.is_warning {
                ctx.request_repaint_after_secs((until - now).max(0.05) as f32);
            }
        }
        self.list.retain(|(notice, until)| notice.is_warning || until.is_none_or(|until| now < until));
        let mut closed = None;
        Area::new(egui::Id::unique("notices")).order(Order::Foreground).anchor(Align2::LEFT_BOTTOM, vec2(14.0, -52.0)).show(ctx, |ui| {
            for (at, (notice, _)) in self.list.iter().enumerate() {
                Frame::popup(ui.style()).show(ui, |ui| {
                    ui.set_max_width(560.0);
                    ui.horizontal_top(|ui| {
                        let color = if notice.is_warning { style.warning } else { style.text };
                        let shown = RichText::new(&notice.words).color(color32(color));
                        ui.add(egui::Label::new(shown).wrap());
                        if let Some(file) = &notice.file {
                            if ui.button("Open").clicked() {
                                intents.push(Intent::OpenSaved(file.clone()));
                            }
                            if ui.button("Show in folder").clicked() {
                                intents.push(Intent::Reveal(file.clone()));
                            }
                        }
                        if ui.button("Close").clicked() {
                            closed = Some(at);
                        }
                    });
                });
            }
        });
        if let Some(at) = closed {
            self.list.remove(at);
        }
    }
}
