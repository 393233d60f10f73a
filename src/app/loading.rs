//! Files being loaded: a bar that tells how far, and a way to stop.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use egui::{Context, ProgressBar, Ui};

use crate::formats::ReadOptions;
use crate::jobs::{Job, LoadError, Loaded, Outcome, Reached, Shared, load_shown};
use crate::scene::grouped;

/// A load under way.
pub(super) struct Loading {
    job: Job<Result<Loaded, LoadError>>,
    so_far: Receiver<Loaded>,
    pub paths: Vec<PathBuf>,
    name: String,
    began: Instant,
    /// How long the first frame of a window may wait for it, so that a small file is there when the window is: a frame without it would take longer.
    patience: Duration,
}

/// Bytes of files that are loaded within a few hundredths of a second.
const SMALL: u64 = 2 * 1024 * 1024;

impl Loading {
    pub fn start(ctx: &Context, paths: Vec<PathBuf>, options: &ReadOptions) -> Self {
        let name = paths.last().and_then(|path| path.file_name()).map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let size = |path: &PathBuf| std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map_or(u64::MAX, |data| data.len());
        let bytes = paths.iter().map(size).fold(0, u64::saturating_add);
        let patience = if bytes <= SMALL { Duration::from_millis(100) } else { Duration::ZERO };
        let (sender, so_far) = channel();
        let (woken, options, asked) = (ctx.clone(), options.clone(), paths.clone());
        let ctx = ctx.clone();
        let work = move |shared: &Shared| {
            let mut show = |loaded| {
                // Nobody waits for it where the load was cancelled.
                let _ = sender.send(loaded);
                ctx.request_repaint();
            };
            load_shown(&paths, &options, shared, &mut show)
        };
        Self { job: Job::start(work, move || woken.request_repaint()), so_far, paths: asked, name, began: Instant::now(), patience }
    }

    /// What has become of it; the first frame of a window waits a little for a small file.
    pub fn poll(&self, is_first_frame: bool) -> Outcome<Result<Loaded, LoadError>> {
        if is_first_frame { self.job.poll_within(self.patience) } else { self.job.poll() }
    }

    /// The newest of what was read so far, once.
    pub fn so_far(&self) -> Option<Loaded> {
        self.so_far.try_iter().last()
    }

    /// Shows how far it is; true when the user wants it stopped.
    pub fn show(&self, ui: &mut Ui) -> bool {
        let reached = self.job.progress();
        ui.horizontal_wrapped(|ui| {
            ui.label(format!("Loading {}", self.name));
            let share = reached.share();
            ui.add(ProgressBar::new(share).desired_width(180.0).text(format!("{:.0} %", share * 100.0)));
            let stop = ui.button("Cancel loading").clicked();
            ui.label(words(reached, self.began.elapsed().as_secs_f64()));
            stop
        })
        .inner
    }
}

/// How much was read, and about how long the rest takes: "1.2 of 3.9 GB, 3,100,000 rows, about 8 s left".
fn words(reached: Reached, seconds: f64) -> String {
    if reached.bytes_total == 0 {
        return "opening it".to_owned();
    }
    let share = f64::from(reached.share());
    let read = format!("{}, {} rows", sizes(reached.bytes_done, reached.bytes_total), grouped(reached.events as usize));
    if share >= 1.0 {
        return format!("{read}, putting them in order");
    }
    if share < 0.02 || seconds < 0.5 {
        return read;
    }
    let left = (seconds * (1.0 - share) / share).ceil();
    if left < 100.0 { format!("{read}, about {left} s left") } else { format!("{read}, about {:.0} min left", left / 60.0) }
}

/// A part of a size in the unit of the whole.
fn sizes(done: u64, total: u64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    match units.into_iter().find(|(unit, _)| total as f64 >= *unit) {
        Some((unit, name)) => format!("{:.1} of {:.1} {name}", done as f64 / unit, total as f64 / unit),
        None => format!("{done} of {total} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_says_how_far_it_is_and_how_long_it_will_take() {
        let reached = |bytes_done| Reached { bytes_done, bytes_total: 4_000_000_000, events: 3_100_000 };
        assert_eq!(words(reached(1_000_000_000), 4.0), "1.0 of 4.0 GB, 3,100,000 rows, about 12 s left");
        assert_eq!(words(reached(1_000_000_000), 0.1), "1.0 of 4.0 GB, 3,100,000 rows");
        assert_eq!(words(reached(100_000_000), 10.0), "0.1 of 4.0 GB, 3,100,000 rows, about 6 min left");
        assert_eq!(words(reached(4_000_000_000), 14.0), "4.0 of 4.0 GB, 3,100,000 rows, putting them in order");
        assert_eq!(words(Reached::default(), 4.0), "opening it");
        assert_eq!(sizes(5, 900), "5 of 900 bytes");
    }
}
