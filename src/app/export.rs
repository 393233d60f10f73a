//! Exporting the picture: what and in which form, the work apart from the window, and a word when it is done.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Align2, ColorImage, Context, Key, Modifiers, Window};

use super::Intent;
use super::document::Document;
use super::notices::Notice;
use crate::jobs::{Job, Outcome};
use crate::render::{png, save_whole, svg};
use crate::scene::{self, Height, Hits, KindLooks, SceneRequest};
use crate::store::{EventId, EventSet, EventStore, LaneIndex};
use crate::style::Style;
use crate::view::{LaneRows, Span, ViewState};

/// A form of picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum PictureFormat {
    #[default]
    Png,
    Svg,
}

impl PictureFormat {
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// The form that a file's ending asks for.
    fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        [Self::Png, Self::Svg].into_iter().find(|format| format.ending() == ending)
    }
}

/// What to export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub format: PictureFormat,
    /// The whole range instead of what is shown.
    pub whole: bool,
}

/// How many pixels of a PNG for each of the picture.
const PNG_SCALE: f32 = 2.0;
/// The narrowest exported picture.
const LEAST_WIDTH_PX: f32 = 1200.0;

/// All that a picture needs, held while the window goes on.
struct Material {
    store: Arc<EventStore>,
    lanes: Arc<LaneIndex>,
    rows: Arc<LaneRows>,
    kinds: Arc<KindLooks>,
    style: Style,
    window: Span,
    selected: Option<EventId>,
    /// The hits of a search that stand out among all events.
    hits: Option<(Arc<EventSet>, Arc<LaneIndex>)>,
}

impl Material {
    fn of(document: &Document, view: &ViewState, style: Style, whole: bool) -> Self {
        let window = match document.store.span_ms().filter(|_| whole) {
            Some((from_ms, to_ms)) => Span::between(from_ms, to_ms).widened(0.02),
            None => view.window,
        };
        Self {
            store: Arc::clone(&document.store),
            lanes: Arc::clone(&document.lanes),
            rows: Arc::clone(&document.rows),
            kinds: Arc::clone(&document.kinds),
            style,
            window,
            selected: view.selected,
            hits: document.hits_to_stand_out(),
        }
    }

    fn scene(&self, width_px: f32) -> scene::Scene {
        scene::build(&SceneRequest {
            names: true,
            store: &self.store,
            lanes: &self.lanes,
            rows: &self.rows,
            kinds: &self.kinds,
            style: &self.style,
            window: self.window,
            width_px: width_px.max(LEAST_WIDTH_PX),
            height: Height::Auto,
            title: self.store.title(),
            selected: self.selected,
            hits: self.hits.as_ref().map(|(events, lanes)| Hits { events, lanes }),
        })
    }

    fn name(&self) -> &str {
        self.store.title().unwrap_or("Timeline")
    }
}

/// The choice being made, and the exports under way.
#[derive(Default)]
pub(super) struct Exports {
    choice: Choice,
    choosing: bool,
    saving: Option<Job<Result<PathBuf, String>>>,
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
        let lanes = document.rows.len();
        Window::new("Export picture").collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO).show(ctx, |ui| {
            ui.set_min_width(320.0);
            ui.label("Time");
            ui.radio_value(&mut self.choice.whole, false, "What is shown");
            ui.radio_value(&mut self.choice.whole, true, "The whole range");
            ui.add_space(6.0);
            ui.label("Form");
            ui.radio_value(&mut self.choice.format, PictureFormat::Png, "PNG, for pages and slides");
            ui.radio_value(&mut self.choice.format, PictureFormat::Svg, "SVG, for print and for editing");
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
        let material = Material::of(document, view, style, choice.whole);
        let (format, path) = if let Some(format) = PictureFormat::of(&path) {
            (format, path)
        } else {
            let mut name = path.into_os_string();
            name.push(".");
            name.push(choice.format.ending());
            (choice.format, PathBuf::from(name))
        };
        let width = ctx.content_rect().width();
        let wake = ctx.clone();
        self.saving = Some(Job::start(move |_| draw(&material, format, width, &path).map(|()| path), move || wake.request_repaint()));
    }

    /// Starts drawing the picture for the clipboard.
    pub fn copy(&mut self, ctx: &Context, document: &Document, view: &ViewState, style: Style) {
        let material = Material::of(document, view, style, false);
        let width = ctx.content_rect().width();
        let wake = ctx.clone();
        self.copying = Some(Job::start(
            move |_| {
                let drawn = png::picture(&material.scene(width), material.name(), PNG_SCALE).map_err(|error| error.to_string())?;
                Ok(ColorImage::from_rgba_premultiplied([drawn.width(), drawn.height()], drawn.rgba()))
            },
            move || wake.request_repaint(),
        ));
    }

    /// What has been finished since the last time, in words.
    pub fn take_finished(&mut self, ctx: &Context) -> Vec<Notice> {
        let mut notices = Vec::new();
        if let Some(job) = &self.saving {
            match job.poll() {
                Outcome::Working => {}
                Outcome::Done(Ok(path)) => {
                    self.saving = None;
                    notices.push(Notice { words: format!("Picture saved: {}", path.display()), is_warning: false });
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

fn draw(material: &Material, format: PictureFormat, width_px: f32, path: &Path) -> Result<(), String> {
    let scene = material.scene(width_px);
    let bytes = match format {
        PictureFormat::Svg => svg::svg(&scene, material.name()).into_bytes(),
        PictureFormat::Png => {
            png::picture(&scene, material.name(), PNG_SCALE).and_then(|drawn| drawn.png()).map_err(|error| error.to_string())?
        }
    };
    save_whole(path, &bytes).map_err(|error| error.to_string())
}
