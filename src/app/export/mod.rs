//! Exporting the picture: the choice with its preview, the work apart from the window, and a word when it is done.

mod dialog;
mod kept;
mod lanes;
mod preview;

use std::path::PathBuf;
use std::sync::Arc;

use egui::{ColorImage, Context, ProgressBar, Window};

use super::Intent;
use super::document::Document;
use super::notices::Notice;
use crate::jobs::{Job, Outcome, PictureError, PictureJob, PictureRequest, Shared, material, save_pictures};
use crate::render::picture::{Form, Length, PictureOptions, Preset, Range, compose};
use crate::render::png;
use crate::style::Style;
use crate::view::ViewState;

pub(super) use kept::Kept;

/// What is to be exported.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    pub form: Form,
    pub options: PictureOptions,
}

impl Default for Choice {
    fn default() -> Self {
        let mut options = PictureOptions { range: Range::Shown, scale: 2.0, ..PictureOptions::default() };
        options.preset = Some(Preset::Screen);
        Self { form: Form::Png, options }
    }
}

/// The narrowest picture for the clipboard.
const LEAST_WIDTH_PX: f32 = 1200.0;
/// How many pixels of a picture for the clipboard for each of the screen's.
const COPY_SCALE: f32 = 2.0;

/// The request for a picture of what is open.
fn request(document: &Document, view: &ViewState, mut options: PictureOptions) -> PictureRequest {
    options.furniture.say_own(&view.title, &view.description);
    PictureRequest {
        store: Arc::clone(&document.store),
        lanes: Arc::clone(&document.whole),
        wanted: document.wanted.clone(),
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
    /// The lanes whose names hold this are offered.
    lane_search: String,
    preview: preview::Preview,
    /// A path that was completed with an ending and is taken.
    taken: Option<(PathBuf, Choice)>,
    saving: Option<PictureJob>,
    copying: Option<Job<Result<ColorImage, String>>>,
}

impl Exports {
    /// With what was chosen the last time.
    pub fn new(kept: Kept) -> Self {
        Self { choice: kept.choice(), ..Self::default() }
    }

    /// What should be remembered.
    pub fn kept(&self) -> Kept {
        Kept::of(&self.choice)
    }

    /// Opens the choice on a span alone, given by its first and its last time as written.
    pub fn open_choice_of(&mut self, view: &ViewState, [from, to]: [String; 2]) {
        self.open_choice(view);
        (self.choice.options.from, self.choice.options.to) = (from, to);
    }

    /// Opens the choice on what is shown, under its filter and grouping; size, form, colours and furniture are those of the last time.
    pub fn open_choice(&mut self, view: &ViewState) {
        self.choosing = true;
        let options = &mut self.choice.options;
        options.filter.clone_from(&view.query);
        options.hits = view.hits;
        options.group = Some(view.group);
        options.lanes = None;
        options.from.clear();
        options.to.clear();
        self.lane_search.clear();
    }

    pub fn choice_open(&self) -> bool {
        self.choosing || self.taken.is_some()
    }

    pub fn is_busy(&self) -> bool {
        self.saving.is_some() || self.copying.is_some() || self.preview.is_busy()
    }

    pub fn cancel(&mut self) {
        self.saving = None;
        self.copying = None;
    }

    /// Shows how far an export is.
    pub fn show_progress(&self, ctx: &Context, intents: &mut Vec<Intent>) {
        let share = match (&self.saving, &self.copying) {
            (Some(job), _) => job.progress().share(),
            (_, Some(job)) => job.progress().share(),
            _ => return,
        };
        // Asked again now and then: a job wakes the window only when it is done.
        ctx.request_repaint_after_secs(0.1);
        Window::new("Exporting").title_bar(false).resizable(false).anchor(egui::Align2::RIGHT_BOTTOM, [-16.0, -52.0]).show(ctx, |ui| {
            ui.horizontal(|ui| {
                ui.label("Drawing the picture");
                ui.add(ProgressBar::new(share).desired_width(120.0)).accessible_name("Progress of the export");
                if ui.button("Stop").clicked() {
                    intents.push(Intent::CancelExport);
                }
            });
        });
    }

    /// Starts drawing and saving a picture. A path without a picture's ending gets the chosen one; where a file is there under the completed name, the user is asked first, since
    /// the system's dialog has asked only for what was typed.
    pub fn start(&mut self, ctx: &Context, document: &Document, view: &ViewState, choice: Choice, path: PathBuf) {
        if Form::of_name(&path).is_some() {
            return self.save(ctx, document, view, choice, path);
        }
        let mut name = path.into_os_string();
        name.push(".");
        name.push(choice.form.ending());
        let path = PathBuf::from(name);
        if path.exists() {
            self.taken = Some((path, choice));
        } else {
            self.save(ctx, document, view, choice, path);
        }
    }

    fn save(&mut self, ctx: &Context, document: &Document, view: &ViewState, choice: Choice, path: PathBuf) {
        let request = request(document, view, choice.options);
        let wake = ctx.clone();
        self.saving = Some(Job::start(move |shared| save_pictures(&request, &[path], shared), move || wake.request_repaint()));
    }

    /// Starts drawing what is shown for the clipboard, in the colours of the window.
    pub fn copy(&mut self, ctx: &Context, document: &Document, view: &ViewState, style: Style) {
        let options = PictureOptions {
            range: Range::Shown,
            filter: view.query.clone(),
            hits: view.hits,
            group: Some(view.group),
            width: Length::px(ctx.content_rect().width().max(LEAST_WIDTH_PX)),
            scale: COPY_SCALE,
            theme: style.theme,
            ..PictureOptions::default()
        };
        self.copy_with(ctx, document, view, options);
    }

    /// Starts drawing a picture for the clipboard.
    fn copy_with(&mut self, ctx: &Context, document: &Document, view: &ViewState, options: PictureOptions) {
        let request = request(document, view, options);
        let wake = ctx.clone();
        self.copying = Some(Job::start(move |shared| pixels(&request, shared), move || wake.request_repaint()));
    }

    /// What has been finished since the last time, in words.
    pub fn take_finished(&mut self, ctx: &Context) -> Vec<Notice> {
        self.preview.take_finished(ctx);
        let mut notices = Vec::new();
        if let Some(job) = &self.saving {
            match job.poll() {
                Outcome::Working => {}
                Outcome::Done(Ok(saved)) => {
                    self.saving = None;
                    for picture in saved {
                        notices
                            .extend(picture.notes.into_iter().map(|words| Notice::warning(format!("The picture was saved, but {words}."))));
                        notices.push(Notice::saved(picture.path));
                    }
                }
                Outcome::Done(Err(error)) => {
                    self.saving = None;
                    notices.push(Notice::warning(format!("The picture was not saved. {error}")));
                }
                Outcome::Lost => {
                    self.saving = None;
                    notices.push(Notice::warning("The picture was not saved: its drawing failed. Nothing was overwritten.".to_owned()));
                }
            }
        }
        if let Some(job) = &self.copying {
            match job.poll() {
                Outcome::Working => {}
                Outcome::Done(Ok(image)) => {
                    self.copying = None;
                    ctx.copy_image(image);
                    notices.push(Notice::good("Picture copied to the clipboard".to_owned()));
                }
                Outcome::Done(Err(words)) => {
                    self.copying = None;
                    notices.push(Notice::warning(format!("The picture was not copied. {words}")));
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
