//! A small picture of what would be exported, drawn apart from the window and again when the choice changes.

use egui::{ColorImage, Context, TextureHandle, TextureOptions, Ui, vec2};

use super::{Choice, request};
use crate::app::document::Document;
use crate::jobs::{Job, Outcome, Preview as Drawn, preview};
use crate::view::{Span, ViewState};

/// Room for the preview, in pixels of the screen.
pub(super) const ROOM_PX: [f32; 2] = [400.0, 300.0];

/// What a preview was made of; another is made when any of it changes.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    choice: Choice,
    window: Span,
    generation: u64,
}

/// The preview, and the work on it.
#[derive(Default)]
pub(super) struct Preview {
    job: Option<(Key, Job<Result<Drawn, String>>)>,
    shown: Option<(Key, Result<Shown, String>)>,
    ready: Option<(Key, Result<Drawn, String>)>,
}

struct Shown {
    texture: TextureHandle,
    about: String,
    notes: Vec<String>,
}

impl Preview {
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// Drops everything, when the choice is closed.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes in a preview that is done.
    pub fn take_finished(&mut self, ctx: &Context) {
        if let Some((key, job)) = &self.job {
            match job.poll() {
                Outcome::Working => {}
                Outcome::Done(done) => {
                    self.ready = Some((key.clone(), done));
                    self.job = None;
                }
                Outcome::Lost => {
                    self.ready = Some((key.clone(), Err("the preview could not be drawn".to_owned())));
                    self.job = None;
                }
            }
        }
        if let Some((key, done)) = self.ready.take() {
            self.shown = Some((key, done.map(|drawn| shown(ctx, &drawn))));
        }
    }

    /// Draws the preview, and asks for another where the choice has changed.
    pub fn show(&mut self, ui: &mut Ui, document: &Document, view: &ViewState, choice: &Choice) {
        let key = Key { choice: choice.clone(), window: view.window, generation: document.generation };
        let current = self.shown.as_ref().is_some_and(|(of, _)| *of == key);
        let asked = self.job.as_ref().is_some_and(|(of, _)| *of == key);
        if !current && !asked {
            // The job before is dropped, which stops it.
            let asked = request(document, view, choice.options.clone());
            let (form, wake) = (choice.form, ui.ctx().clone());
            let pixels = [ROOM_PX[0] * 2.0, ROOM_PX[1] * 2.0];
            let work = move |shared: &crate::jobs::Shared| preview(&asked, form, pixels, shared).map_err(|error| error.to_string());
            self.job = Some((key, Job::start(work, move || wake.request_repaint())));
        }
        let room = vec2(ROOM_PX[0], ROOM_PX[1]);
        match &self.shown {
            Some((_, Ok(shown))) => {
                let size = shown.texture.size_vec2();
                let fit = (room / size).min_elem().min(1.0);
                let image = egui::Image::new(&shown.texture).fit_to_exact_size(size * fit);
                ui.add(image.alt_text(format!("Preview: {}", shown.about)));
                ui.weak(&shown.about);
                for note in &shown.notes {
                    ui.label(egui::RichText::new(note).color(ui.visuals().warn_fg_color));
                }
            }
            Some((_, Err(words))) => {
                ui.set_min_size(room);
                ui.label(egui::RichText::new(words).color(ui.visuals().warn_fg_color));
            }
            None => {
                ui.allocate_space(room);
            }
        }
    }
}

fn shown(ctx: &Context, drawn: &Drawn) -> Shown {
    let picture = &drawn.picture;
    let image = ColorImage::from_rgba_premultiplied([picture.width(), picture.height()], picture.rgba());
    let texture = ctx.load_texture("chronolane preview", image, TextureOptions::LINEAR);
    Shown { texture, about: drawn.about.clone(), notes: drawn.notes.clone() }
}
