//! Files being loaded: a bar that tells how far, and a way to stop.

use std::path::PathBuf;

use egui::{Context, ProgressBar, Ui};

use crate::formats::ReadOptions;
use crate::jobs::{Job, LoadError, Loaded, load};

/// A load under way.
pub(super) struct Loading {
    pub job: Job<Result<Loaded, LoadError>>,
    name: String,
}

impl Loading {
    pub fn start(ctx: &Context, paths: Vec<PathBuf>, options: &ReadOptions) -> Self {
        let name = paths.last().and_then(|path| path.file_name()).map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let (ctx, options) = (ctx.clone(), options.clone());
        let job = Job::start(move |shared| load(&paths, &options, None, shared), move || ctx.request_repaint());
        Self { job, name }
    }

    /// Shows how far it is; true when the user wants it stopped.
    pub fn show(&self, ui: &mut Ui) -> bool {
        let (share, events) = self.job.progress();
        ui.horizontal(|ui| {
            ui.label(format!("Loading {}", self.name));
            ui.add(ProgressBar::new(share).desired_width(220.0).text(format!("{:.0} %, {events} rows", share * 100.0)));
            ui.button("Cancel loading").clicked()
        })
        .inner
    }
}
