//! A screenshot of the window as it is: asked of the window system, then saved like any picture.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{ColorImage, Context};

use super::notices::Notice;
use crate::jobs::{Job, Outcome};
use crate::render::png::Picture;
use crate::render::save_whole;

/// The screenshot that is being taken or saved.
#[derive(Default)]
pub(super) struct Screenshots {
    waiting: Option<Receiver<Arc<ColorImage>>>,
    taken: Option<Arc<ColorImage>>,
    saving: Option<Job<Result<PathBuf, String>>>,
}

impl Screenshots {
    /// Asks for the pixels of the window as its next frame is drawn.
    pub fn take(&mut self, ctx: &Context) {
        let (sender, waiting) = channel();
        self.waiting = Some(waiting);
        let wake = ctx.clone();
        ctx.request_screenshot(move |image| {
            // The window may have asked for another by now.
            let _ = sender.send(image);
            wake.request_repaint();
        });
        ctx.request_repaint();
    }

    /// Whether pixels have come for which a place is to be chosen; once for each.
    pub fn has_come(&mut self) -> bool {
        match self.waiting.as_ref().map(Receiver::try_recv) {
            Some(Ok(image)) => {
                self.taken = Some(image);
                self.waiting = None;
                true
            }
            Some(Err(TryRecvError::Disconnected)) => {
                self.waiting = None;
                false
            }
            Some(Err(TryRecvError::Empty)) | None => false,
        }
    }

    /// Starts saving the pixels that came.
    pub fn save(&mut self, ctx: &Context, path: PathBuf) {
        let Some(image) = self.taken.take() else { return };
        let path = if path.extension().is_some() { path } else { path.with_extension("png") };
        let wake = ctx.clone();
        self.saving = Some(Job::start(move |_| write(&image, &path).map(|()| path), move || wake.request_repaint()));
    }

    pub fn is_busy(&self) -> bool {
        self.saving.is_some()
    }

    /// What has been finished since the last time.
    pub fn take_finished(&mut self) -> Option<Notice> {
        let outcome = self.saving.as_ref()?.poll();
        if !matches!(outcome, Outcome::Working) {
            self.saving = None;
        }
        match outcome {
            Outcome::Done(Ok(path)) => Some(Notice::saved(path)),
            Outcome::Done(Err(words)) => Some(Notice::warning(format!("The screenshot was not saved. {words}"))),
            Outcome::Working | Outcome::Lost => None,
        }
    }
}

fn write(image: &ColorImage, path: &Path) -> Result<(), String> {
    let pixels: Vec<u8> = image.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b(), 255]).collect();
    let [width, height] = image.size.map(|side| side as u32);
    let bytes = Picture::of_pixels(width, height, pixels).and_then(|picture| picture.png()).map_err(|error| error.to_string())?;
    save_whole(path, &bytes).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pixels_of_the_window_become_a_png() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("window.png");
        let image = ColorImage::filled([3, 2], egui::Color32::from_rgb(10, 20, 30));
        write(&image, &path).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.starts_with(b"\x89PNG") && bytes[16..24] == [0, 0, 0, 3, 0, 0, 0, 2]);
        assert!(write(&image, &folder.path().join("no").join("x.png")).unwrap_err().contains("folder"));
    }
}
