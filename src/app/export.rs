//! Exporting the picture: what and in which form, the work apart from the window, and a word when it is done.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Align2, ColorImage, Context, Key, Modifiers, Window};

use super::Intent;
use super::document::Document;
use super::notices::Notice;
use crate::jobs::{Job, Outcome, PictureError, PictureRequest, Saved, Shared, material, save_pictures};
use crate::render::picture::{Form, Length, PictureOptions, Range, compose};
use crate::render::png;
use crate::style::Style;
use crate::view::ViewState;

/// What to export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub form: Form,
    /// The whole range instead of what is shown.
    pub whole: bool,
}

/// How many pixels of a PNG for each of the picture.
const PNG_SCALE: f32 = 2.0;
/// The narrowest exported picture.
const LEAST_WIDTH_PX: f32 = 1200.0;

/// The request for a picture of what is open.
fn request(document: &Document, view: &ViewState, style: &Style, width_px: f32, whole: bool) -> PictureRequest {
    let options = PictureOptions {
        range: if whole { Range::Whole } else { Range::Shown },
        filter: view.query.clone(),
        group: Some(view.group),
        width: Length::px(width_px.max(LEAST_WIDTH_PX)),
        scale: PNG_SCALE,
        theme: style.theme,
        ..PictureOptions::default()
    };
    PictureRequest {
        store: Arc::clone(&document.store),
        lanes: Arc::clone(&document.whole),
        kinds: Arc::clone(&document.kinds),
        files: Arc::clone(&document.files),
        options,
        shown: Some(view.window),
        selected: view.selected,
    }
}

/// The choice being made, and the exports under way.
#[derive(Default)]
pub(super) struct Exports {
    choice: Choice,
    choosing: bool,
    saving: Option<Job<Result<Vec<Saved>, String>>>,
    copying: Option<Job<Result<ColorImage, String>>>,
}

impl Exports {
    pub fn open_choice(&mut self) {
        self.choosing = true;
    }

    pub fn choice_open(&self) -> bool {
        self.choosing
    }

    pub fn is_busy(&self) -> bool {
        self.saving.is_some() || self.copying.is_some()
    }

    pub fn cancel(&mut self) {
        self.saving = None;
        self.copying = None;
    }

    /// Shows the choice; Enter goes on to the save dialog, Escape closes it.
    pub fn show_choice(&mut self, ctx: &Context, document: &Document, intents: &mut Vec<Intent>) {
        if !self.choosing {
            return;
        }
        let mut go = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let mut close = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let lanes = document.lanes.lanes().len();
        Window::new("Export picture").collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO).show(ctx, |ui| {
            ui.set_min_width(320.0);
            ui.label("Time");
            ui.radio_value(&mut self.choice.whole, false, "What is shown");
            ui.radio_value(&mut self.choice.whole, true, "The whole range");
            ui.add_space(6.0);
            ui.label("Form");
            ui.radio_value(&mut self.choice.form, Form::Png, "PNG, for pages and slides");
            ui.radio_value(&mut self.choice.form, Form::Svg, "SVG, for the web and for editing");
            ui.radio_value(&mut self.choice.form, Form::Pdf, "PDF, for print");
            ui.add_space(6.0);
            let lanes = if lanes == 1 { "The lane".to_owned() } else { format!("All {lanes} lanes") };
            ui.weak(format!("{lanes} under the present search, in the colours of the window."));
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                go |= ui.button("Save as…").clicked();
                close |= ui.button("Cancel export").clicked();
            });
        });
        if go {
            intents.push(Intent::StartExport(self.choice));
        }
        if go || close {
            self.choosing = false;
        }
    }

    /// Shows that an export is under way.
    pub fn show_progress(&self, ctx: &Context, intents: &mut Vec<Intent>) {
        if !self.is_busy() {
            return;
        }
        Window::new("Exporting").title_bar(false).resizable(false).anchor(Align2::RIGHT_BOTTOM, [-16.0, -52.0]).show(ctx, |ui| {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label("Drawing the picture");
                if ui.button("Stop").clicked() {
                    intents.push(Intent::CancelExport);
                }
            });
        });
    }

    /// Starts drawing and saving a picture. A path without a picture's ending gets the chosen one.
    pub fn start(&mut self, ctx: &Context, document: &Document, view: &ViewState, style: Style, choice: Choice, path: PathBuf) {
        let request = request(document, view, &style, ctx.content_rect().width(), choice.whole);
        let path = if Form::of_name(&path).is_some() {
            path
        } else {
            let mut name = path.into_os_string();
            name.push(".");
            name.push(choice.form.ending());
            PathBuf::from(name)
        };
        let wake = ctx.clone();
        self.saving = Some(Job::start(
            move |shared| save_pictures(&request, &[path], shared).map_err(|error| error.to_string()),
            move || wake.request_repaint(),
        ));
    }

    /// Starts drawing the picture for the clipboard.
    pub fn copy(&mut self, ctx: &Context, document: &Document, view: &ViewState, style: Style) {
        let request = request(document, view, &style, ctx.content_rect().width(), false);
        let wake = ctx.clone();
        self.copying = Some(Job::start(move |shared| pixels(&request, shared), move || wake.request_repaint()));
    }

    /// What has been finished since the last time, in words.
    pub fn take_finished(&mut self, ctx: &Context) -> Vec<Notice> {
        let mut notices = Vec::new();
        if let Some(job) = &self.saving {
            match job.poll() {
                Outcome::Working => {}
                Outcome::Done(Ok(saved)) => {
                    self.saving = None;
                    for picture in saved {
                        notices.push(Notice { words: format!("Picture saved: {}", picture.path.display()), is_warning: false });
                        notices.extend(picture.notes.into_iter().map(|words| Notice { words, is_warning: true }));
                    }
                }
                Outcome::Done(Err(words)) => {
                    self.saving = None;
                    notices.push(Notice { words: format!("The picture was not saved. {words}"), is_warning: true });
                }
                Outcome::Lost => self.saving = None,
            }
        }
        if let Some(job) = &self.copying {
            match job.poll() {
                Outcome::Working => {}
                Outcome::Done(Ok(image)) => {
                    self.copying = None;
                    ctx.copy_image(image);
                    notices.push(Notice { words: "Picture copied to the clipboard".to_owned(), is_warning: false });
                }
                Outcome::Done(Err(words)) => {
                    self.copying = None;
                    notices.push(Notice { words: format!("The picture was not copied. {words}"), is_warning: true });
                }
                Outcome::Lost => self.copying = None,
            }
        }
        notices
    }
}

/// The pixels of a picture, for the clipboard.
fn pixels(request: &PictureRequest, shared: &Shared) -> Result<ColorImage, String> {
    let drawn = || {
        let material = material(request, shared)?;
        let composed = compose(&material, &request.options, false, shared)?;
        let Some(sheet) = composed.sheets.first() else { return Ok(None) };
        Ok::<_, PictureError>(Some(png::sheet(sheet, request.options.scale, shared)?))
    };
    let picture = drawn().map_err(|error| error.to_string())?.ok_or_else(|| "there is nothing to draw".to_owned())?;
    Ok(ColorImage::from_rgba_premultiplied([picture.width(), picture.height()], picture.rgba()))
}
