//! Measures the program without a window: loads files, then drives the real [`App`] along a scripted path, frame by frame, tessellation included.
//!
//! A frame is measured in the time that its own thread works, so that what else the machine does does not count; loading, filter and search in time that passes.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase, Vec2, pos2, vec2};

use super::document::Document;
use super::{App, SystemDialogs, recent};
use crate::formats::{Progress, ReadOptions, Silent};
use crate::jobs::{LoadError, load, load_shown};
use crate::view::Action;

/// The size of the window that is not there, in points.
const SIZE: Vec2 = vec2(1600.0, 900.0);

/// How long a screen shows a frame: while something is waited for, the window is drawn no oftener than this.
const FRAME: Duration = Duration::from_micros(16_667);

/// What was measured. Times are milliseconds, sizes bytes unless their name says otherwise.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Events, dated and undated.
    pub events: usize,
    /// Lanes of the first picture.
    pub lanes: usize,
    /// Bytes of the files.
    pub bytes: u64,
    /// From the call to the beginning of a large file, ready to be drawn; `None` where a file is so small that its first picture is of all of it.
    pub first_part_ms: Option<f64>,
    /// From the call to everything that the picture of the whole needs.
    pub load_ms: f64,
    /// The first frame with the events in it.
    pub first_frame_ms: f64,
    /// Every frame of the path, in order.
    pub frames_ms: Vec<f64>,
    /// The slowest frame in which only the pointer moved.
    pub hover_ms: f64,
    /// The slowest of several filters by field, from its choice to its lanes.
    pub filter_ms: f64,
    /// The slowest letter of several typed words, from the key to its lanes.
    pub search_ms: f64,
    /// From the first picture to a finished search index.
    pub index_ms: f64,
    /// Size of the search index.
    pub index_bytes: usize,
    /// Size of the text that the store keeps.
    pub text_bytes: usize,
    /// The most memory that the process had, in MB (10^6 bytes); `None` where the system does not say.
    pub peak_rss_mb: Option<f64>,
}

impl Figures {
    /// The frame time below which a share of all frames lies.
    pub fn frame_at(&self, share: f64) -> f64 {
        let mut sorted = self.frames_ms.clone();
        sorted.sort_by(f64::total_cmp);
        let at = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
        sorted.get(at).copied().unwrap_or(0.0)
    }

    fn columns(&self) -> Vec<(&'static str, f64)> {
        vec![
            ("events", self.events as f64),
            ("lanes", self.lanes as f64),
            ("bytes", self.bytes as f64),
            ("first_part_ms", self.first_part_ms.unwrap_or(f64::NAN)),
            ("load_ms", self.load_ms),
            ("first_frame_ms", self.first_frame_ms),
            ("frame_p50_ms", self.frame_at(0.50)),
            ("frame_p95_ms", self.frame_at(0.95)),
            ("frame_p99_ms", self.frame_at(0.99)),
            ("frame_max_ms", self.frame_at(1.0)),
            ("hover_ms", self.hover_ms),
            ("filter_ms", self.filter_ms),
            ("search_ms", self.search_ms),
            ("index_ms", self.index_ms),
            ("index_mb", self.index_bytes as f64 / 1e6),
            ("text_mb", self.text_bytes as f64 / 1e6),
            ("peak_rss_mb", self.peak_rss_mb.unwrap_or(0.0)),
        ]
    }

    /// One JSON object.
    pub fn to_json(&self) -> String {
        let ms = |value: f64| (value * 1e3).round() / 1e3;
        serde_json::json!({
            "events": self.events,
            "lanes": self.lanes,
            "bytes": self.bytes,
            "first_part_ms": self.first_part_ms.map(ms),
            "load_ms": ms(self.load_ms),
            "first_frame_ms": ms(self.first_frame_ms),
            "frame_ms": {
                "p50": ms(self.frame_at(0.50)),
                "p95": ms(self.frame_at(0.95)),
                "p99": ms(self.frame_at(0.99)),
                "max": ms(self.frame_at(1.0)),
            },
            "hover_ms": ms(self.hover_ms),
            "filter_ms": ms(self.filter_ms),
            "search_ms": ms(self.search_ms),
            "index_ms": ms(self.index_ms),
            "index_mb": ms(self.index_bytes as f64 / 1e6),
            "text_mb": ms(self.text_bytes as f64 / 1e6),
            "peak_rss_mb": self.peak_rss_mb.map(ms),
        })
        .to_string()
    }

    /// A line of names and a line of figures.
    pub fn to_csv(&self) -> String {
        let columns = self.columns();
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let values: Vec<String> = columns.iter().map(|(_, value)| format!("{value:.3}")).collect();
        format!("{}\n{}", names.join(","), values.join(","))
    }

    /// One figure a line, for people.
    pub fn to_words(&self) -> String {
        self.columns().into_iter().fold(String::new(), |mut words, (name, value)| {
            let _ = writeln!(words, "{name:16} {value:14.3}");
            words
        })
    }
}

/// Loads the files and measures `frames` frames along the path.
pub fn measure(files: &[PathBuf], options: &ReadOptions, frames: usize) -> Result<Figures, LoadError> {
    let first_part_ms = first_part_ms(files, options);
    let started = Instant::now();
    let loaded = load(files, options, None, &Silent)?;
    let mut figures = Figures { first_part_ms, load_ms: millis(started.elapsed()), ..Figures::default() };
    let sizes = loaded.store.files().iter().filter_map(|path| std::fs::metadata(path).ok());
    figures.bytes = sizes.map(|data| data.len()).sum();
    figures.events = loaded.store.len();
    figures.lanes = loaded.lanes.lanes().len();
    figures.text_bytes = loaded.store.text_bytes();

    let ctx = egui::Context::default();
    let app = App::within(&ctx, recent::Recent::default(), options.clone(), Box::new(SystemDialogs));
    let woken = wakes(&ctx);
    let mut driver = Driver { ctx, app, woken, at_s: 0.0, pointer: pos2(900.0, 400.0), frames_ms: Vec::new() };
    let started = Instant::now();
    let ctx = driver.ctx.clone();
    driver.app.show_document(&ctx, Document::new(loaded));
    driver.frame(vec![]);
    figures.first_frame_ms = driver.frames_ms.pop().unwrap_or(0.0);
    if let Some(document) = &driver.app.document {
        document.wait_for_index();
        figures.index_ms = millis(started.elapsed());
        figures.index_bytes = document.store.words().map_or(0, crate::store::WordIndex::bytes);
    }
    // Fonts and layouts of the first frames are made once.
    driver.rest(3);
    driver.frames_ms.clear();
    driver.path(frames, &mut figures);
    figures.frames_ms.clone_from(&driver.frames_ms);
    driver.filters(&mut figures);
    driver.typing(&mut figures);
    figures.peak_rss_mb = peak_rss_mb();
    Ok(figures)
}

/// Loads files until their beginning could be shown, and stops there.
fn first_part_ms(files: &[PathBuf], options: &ReadOptions) -> Option<f64> {
    /// Stops a load once its beginning was shown.
    struct Until(AtomicBool);

    impl Progress for Until {
        fn at(&self, _bytes_done: u64, _bytes_total: u64, _events: u64) {}

        fn cancelled(&self) -> bool {
            self.0.load(Ordering::Relaxed)
        }
    }

    let until = Until(AtomicBool::new(false));
    let (began, mut shown_ms) = (Instant::now(), None);
    // What it comes to does not matter: it is stopped, or the files are small.
    let _ = load_shown(files, options, &until, &mut |_| {
        shown_ms.get_or_insert(millis(began.elapsed()));
        until.0.store(true, Ordering::Relaxed);
    });
    shown_ms
}

/// Tells of each frame that another thread asks for.
fn wakes(ctx: &egui::Context) -> Receiver<()> {
    let (asks, woken) = channel();
    let own = std::thread::current().id();
    ctx.set_repaint_observer(move |_| {
        if std::thread::current().id() != own {
            // Nobody may be waiting any more.
            let _ = asks.send(());
        }
    });
    woken
}

/// The program, its input and the times of its frames.
struct Driver {
    ctx: egui::Context,
    app: App,
    /// Told when finished work asks for a frame.
    woken: Receiver<()>,
    at_s: f64,
    pointer: Pos2,
    frames_ms: Vec<f64>,
}

impl Driver {
    /// One frame with this input.
    fn frame(&mut self, events: Vec<Event>) {
        self.at_s += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.at_s),
            focused: true,
            events,
            ..RawInput::default()
        };
        let began = working_time();
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| {
            app.begin(&ui.ctx().clone());
            app.lay_out(ui);
        });
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        // There is nothing to upload them to.
        output.textures_delta.clear();
        self.frames_ms.push(millis(working_time().saturating_sub(began)));
    }

    fn rest(&mut self, frames: usize) {
        (0..frames).for_each(|_| self.frame(vec![]));
    }

    fn moved(&mut self, to: Pos2) -> Event {
        self.pointer = to;
        Event::PointerMoved(to)
    }

    fn button(&self, pressed: bool) -> Event {
        Event::PointerButton { pos: self.pointer, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
    }

    /// Drags from one place to another in so many frames.
    fn drag(&mut self, from: Pos2, by: Vec2, frames: usize) {
        let event = self.moved(from);
        self.frame(vec![event]);
        let press = self.button(true);
        self.frame(vec![press]);
        for step in 1..=frames {
            let event = self.moved(from + by * (step as f32 / frames as f32));
            self.frame(vec![event]);
        }
        let release = self.button(false);
        self.frame(vec![release]);
    }

    /// Fits all, zooms to a day, pans over three busy stretches, scrolls the lanes, scrubs, hovers.
    fn path(&mut self, frames: usize, figures: &mut Figures) {
        let part = frames / 10;
        self.app.act(&Action::FitAll);
        self.frame(vec![]);
        let middle = pos2(800.0, 400.0);
        let event = self.moved(middle);
        self.frame(vec![event]);
        let steps = (part * 2).max(60);
        let day_share = 86_400_000.0 / self.app.window().length_ms().max(1) as f64;
        let factor = (1.0 / day_share).powf(1.0 / steps as f64).max(1.0) as f32;
        for step in 0..steps {
            self.frame(vec![Event::Zoom(factor)]);
            // Three stretches on the way in are panned over as they are met.
            if step % (steps / 3).max(1) == steps / 6 {
                self.drag(middle, vec2(-500.0, 0.0), part);
            }
        }
        self.app.act(&Action::FitDense);
        self.frame(vec![]);
        let event = self.moved(middle);
        self.frame(vec![event]);
        for _ in 0..part {
            let (unit, phase) = (MouseWheelUnit::Point, TouchPhase::Move);
            self.frame(vec![Event::MouseWheel {
                unit,
                delta: vec2(0.0, -160.0),
                modifiers: Modifiers::NONE,
                phase,
                source: MouseWheelSource::Wheel,
            }]);
        }
        self.rest(2);
        self.drag(pos2(500.0, 60.0), vec2(700.0, 0.0), part);
        self.rest(2);
        let first = self.frames_ms.len();
        for step in 0..part * 2 {
            let event = self.moved(pos2(400.0 + 20.0 * (step % 40) as f32, 150.0 + 12.0 * (step % 37) as f32));
            self.frame(vec![event]);
        }
        figures.hover_ms = self.frames_ms[first..].iter().copied().fold(0.0, f64::max);
    }

    /// Waits for a filter, drawing frames as a window would: when work is finished, and while its sign of waiting turns; gives the time that passed.
    fn filtered(&mut self, began: Instant) -> f64 {
        while self.app.filtering.is_some() {
            let _ = self.woken.recv_timeout(FRAME);
            self.frame(vec![]);
        }
        millis(began.elapsed())
    }

    fn filters(&mut self, figures: &mut Figures) {
        let Some(document) = &self.app.document else { return };
        let names = document.store.names();
        let first = |names: &crate::store::Names| names.iter().nth(1).or(names.iter().next()).map(|(_, name)| name.replace('"', ""));
        let fields = [("kind", first(&names.kinds)), ("actor", first(&names.actors)), ("source", first(&names.sources))];
        let mut queries: Vec<String> =
            fields.into_iter().filter_map(|(field, name)| name.map(|name| format!("{field}:\"{name}\""))).collect();
        let window = self.app.window();
        queries.push(format!("after:{}", crate::time::day_text(window.middle_ms())));
        queries.push(format!("-{}", queries[0]));
        for query in queries {
            let began = Instant::now();
            self.app.act(&Action::SetQuery(query));
            self.app.start_filter(&self.ctx.clone());
            figures.filter_ms = figures.filter_ms.max(self.filtered(began));
        }
        self.clear_search();
    }

    /// Types words into the search box, one letter after the other.
    fn typing(&mut self, figures: &mut Figures) {
        self.frame(vec![key(Key::F, Modifiers::COMMAND)]);
        self.rest(2);
        for word in ["missile", "statement", "white house", "e1234"] {
            for letter in word.chars() {
                let began = Instant::now();
                self.frame(vec![Event::Text(letter.to_string())]);
                figures.search_ms = figures.search_ms.max(self.filtered(began));
            }
            self.clear_search();
        }
    }

    fn clear_search(&mut self) {
        self.app.act(&Action::SetQuery(String::new()));
        self.app.start_filter(&self.ctx.clone());
        self.filtered(Instant::now());
    }
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// How long this thread has worked.
#[cfg(unix)]
fn working_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// How long this thread has worked: where the system does not say, how long it has lived.
#[cfg(not(unix))]
fn working_time() -> Duration {
    static BEGAN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed()
}

/// The most memory that the process had, in MB, where the system tells it as Linux does.
fn peak_rss_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}
