//! Exporting pictures: the lanes that are asked for under the filter that is asked for, drawn and saved, all apart from the window.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::{FileStamp, Filtered, Job, LanesWanted, filtered};
use crate::formats::Progress;
use crate::model::TextLost;
use crate::render::picture::{
    Checksum, DIGITS_SHOWN, DrawError, Drawn, Form, HitsDrawn, Length, Material, NamedFile, PictureOptions, Range, compose, draw,
};
use crate::render::png::{self, Picture};
use crate::render::{SaveError, save_whole};
use crate::scene::KindLooks;
use crate::store::{EventId, EventStore, Lane, LaneId, LaneIndex, Query, QueryError, dense_window};
use crate::time::{self, DateError};
use crate::view::{HitsShown, LaneRows, Span};

/// All that a picture is made from, held while the window goes on.
#[derive(Clone, Debug)]
pub struct PictureRequest {
    /// The events.
    pub store: Arc<EventStore>,
    /// The lanes of all events, without a filter.
    pub lanes: Arc<LaneIndex>,
    /// How lanes are arranged where there is a window.
    pub wanted: LanesWanted,
    /// The looks of the kinds.
    pub kinds: Arc<KindLooks>,
    /// The files, as they were when they were read.
    pub files: Arc<[FileStamp]>,
    /// What is wanted.
    pub options: PictureOptions,
    /// What a window shows, where there is one.
    pub shown: Option<Span>,
    /// The event that is selected there.
    pub selected: Option<EventId>,
}

/// A picture that was not made or not saved.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// A name without a picture's ending.
    #[error("{}: a picture's name ends in .png, .svg, .pdf or .html", .0.display())]
    Ending(PathBuf),
    /// The filter cannot be read.
    #[error("the filter cannot be read: {0}")]
    Filter(#[from] QueryError),
    /// The first or the last time cannot be read.
    #[error("\"{text}\" cannot be read as the {which} time of the picture: {error}")]
    Date {
        /// "first" or "last".
        which: &'static str,
        /// As written.
        text: String,
        /// Why.
        error: DateError,
    },
    /// The last time lies before the first.
    #[error("the picture would end ({to}) before it begins ({from}); give an earlier first or a later last time")]
    Backwards {
        /// The first time, as written or in words.
        from: String,
        /// The last.
        to: String,
    },
    /// A lane that there is not.
    #[error("there is no lane \"{name}\"; there are {some}")]
    NoSuchLane {
        /// The name.
        name: String,
        /// Some of those that there are.
        some: String,
    },
    /// No event has a date.
    #[error("no event has a date that could be drawn; `chronolane check` says what became of each row")]
    NothingDated,
    /// A large file was changed while the picture was made.
    #[error(transparent)]
    Changed(#[from] TextLost),
    /// It could not be drawn.
    #[error(transparent)]
    Draw(#[from] DrawError),
    /// It could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl PictureError {
    /// Whether what was asked for cannot be done with any file.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Ending(_) | Self::Filter(_) | Self::Date { .. } | Self::Backwards { .. } | Self::NoSuchLane { .. })
    }
}

/// A picture that was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedPicture {
    /// Where.
    pub path: PathBuf,
    /// What should be said about it.
    pub notes: Vec<String>,
}

/// Pictures being drawn and saved.
pub type PictureJob = Job<Result<Vec<SavedPicture>, PictureError>>;

/// A small picture of what would be exported.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// Its pixels: the first page.
    pub picture: Picture,
    /// The size of the export in words.
    pub about: String,
    /// What should be said about it.
    pub notes: Vec<String>,
}

/// Draws the first page of an export so small that it fits into so many pixels across and down. Files are not read for their checksums.
pub fn preview(request: &PictureRequest, form: Form, room_px: [f32; 2], progress: &dyn Progress) -> Result<Preview, PictureError> {
    let material = without_checksums(request, progress)?;
    let options = request.options.clone().bounded();
    let composed = compose(&material, &options, form == Form::Pdf, progress)?;
    let pages = composed.sheets.len();
    let sheet = composed.sheets.into_iter().next().ok_or(PictureError::NothingDated)?;
    let scale = (room_px[0] / sheet.width).min(room_px[1] / sheet.height).clamp(0.02, 2.0);
    let (width, height) = (sheet.width, sheet.height);
    let about = match form {
        Form::Png => format!("{:.0} × {:.0} pixels", width * options.scale, height * options.scale),
        Form::Pdf if pages > 1 => format!("{pages} pages of {:.0} × {:.0} mm", width / Length::PX_PER_MM, height / Length::PX_PER_MM),
        Form::Pdf => format!("a page of {:.0} × {:.0} mm", width / Length::PX_PER_MM, height / Length::PX_PER_MM),
        Form::Svg => format!("{width:.0} × {height:.0} pixels, as vectors"),
        Form::Html => "a page for a browser, with the events in a table".to_owned(),
    };
    Ok(Preview { picture: png::sheet(&sheet, scale, progress)?, about, notes: composed.notes })
}

/// Draws a picture for each path, by its ending, and saves it whole. All endings are looked at before anything is drawn.
pub fn save_pictures(request: &PictureRequest, paths: &[PathBuf], progress: &dyn Progress) -> Result<Vec<SavedPicture>, PictureError> {
    let mut wanted = Vec::with_capacity(paths.len());
    for path in paths {
        wanted.push((path, Form::of_name(path).ok_or_else(|| PictureError::Ending(path.clone()))?));
    }
    let material = material(request, progress)?;
    let save = |(path, form): (&PathBuf, Form)| {
        let Drawn { bytes, notes } = draw(&material, &request.options, form, progress)?;
        // A large file's text is read as it is needed: nothing incomplete is saved.
        request.store.lost_text().map_or(Ok(()), Err)?;
        if progress.cancelled() {
            return Err(DrawError::Cancelled.into());
        }
        save_whole(path, &bytes)?;
        Ok(SavedPicture { path: path.clone(), notes })
    };
    wanted.into_iter().map(save).collect()
}

/// Filters, groups and chooses what a picture is made from.
pub fn material(request: &PictureRequest, progress: &dyn Progress) -> Result<Material, PictureError> {
    let material = without_checksums(request, progress)?;
    let files = request.files.iter().map(|file| named(file, progress)).collect();
    if progress.cancelled() {
        return Err(DrawError::Cancelled.into());
    }
    Ok(Material { files, ..material })
}

/// The same without reading the files again.
fn without_checksums(request: &PictureRequest, progress: &dyn Progress) -> Result<Material, PictureError> {
    let (store, options) = (&request.store, &request.options);
    let query = Query::parse(&options.filter)?;
    let wanted = match options.group {
        Some(group) if group != request.wanted.group => {
            LanesWanted { group, names: Arc::clone(&request.wanted.names), ..LanesWanted::default() }
        }
        _ => request.wanted.clone(),
    };
    let Filtered { wanted, lanes: hits, rows, whole, matching, .. } = filtered(store, &request.lanes, query, wanted);
    let stand_out = matching.filter(|_| options.hits == HitsShown::AmongAll);
    let (lanes, rows) = match stand_out {
        Some(_) => (Arc::clone(&whole), Arc::new(wanted.rows(&whole))),
        None => (Arc::clone(&hits), rows),
    };
    let rows = match &options.lanes {
        None => rows,
        Some(names) => Arc::new(rows.chosen(&lanes, &chosen(&lanes, names)?)),
    };
    let hits = stand_out.map(|events| HitsDrawn { events, together: together(store, &rows, &hits), lanes: hits });
    let window = window(request, &lanes)?;
    if progress.cancelled() {
        return Err(DrawError::Cancelled.into());
    }
    let files = request.files.iter().map(|file| NamedFile { name: file_name(&file.path), checksum: Checksum::Unknown }).collect();
    Ok(Material {
        store: Arc::clone(store),
        together: together(store, &rows, &lanes),
        lanes,
        hits,
        rows,
        kinds: Arc::clone(&request.kinds),
        window,
        selected: request.selected,
        files,
        zone: store.zone_name(),
    })
}

/// The distinct events of the rows that are drawn; `None` where no lane is left out.
fn together(store: &EventStore, rows: &LaneRows, lanes: &LaneIndex) -> Option<Arc<Lane>> {
    let drawn = (0..rows.len()).filter_map(|row| rows.lane(row, lanes));
    (rows.hidden() > 0).then(|| lanes.together(store, drawn)).flatten().map(Arc::new)
}

/// The lanes with these names, in the order of the names: to the letter, else whatever the case.
fn chosen(lanes: &LaneIndex, names: &[String]) -> Result<Vec<LaneId>, PictureError> {
    let mut out: Vec<LaneId> = Vec::new();
    for name in names {
        let same = |other: &str| other.to_lowercase() == name.trim().to_lowercase();
        let loose = || lanes.lanes().iter().position(|lane| same(lane.name())).map(|at| LaneId(at as u32));
        let Some(id) = lanes.find(name).or_else(loose) else {
            let all = lanes.lanes();
            let some: Vec<&str> = all.iter().take(12).map(|lane| &**lane.name()).collect();
            let more = all.len().saturating_sub(some.len());
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            return Err(PictureError::NoSuchLane { name: name.clone(), some: format!("{}{more}", some.join(", ")) });
        };
        if !out.contains(&id) {
            out.push(id);
        }
    }
    Ok(out)
}

/// The part of the axis that the options ask for.
fn window(request: &PictureRequest, lanes: &LaneIndex) -> Result<Span, PictureError> {
    let options = &request.options;
    let (low, high) = request.store.span_ms().ok_or(PictureError::NothingDated)?;
    let whole = Span::between(low, high).widened(0.02);
    let base = match options.range {
        Range::Whole => whole,
        Range::Dense => dense_window(&request.store, lanes).map_or(whole, |(from_ms, to_ms)| Span::between(from_ms, to_ms)),
        Range::Shown => request.shown.unwrap_or(whole),
    };
    let extent = |which: &'static str, text: &str| {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let read = time::read(text, &time::Dialect::default());
        let placed = |when: time::When<'_>| request.store.placed(when.canonical()).unwrap_or(when.reading).extent;
        read.map(|when| Some(placed(when))).map_err(|error| PictureError::Date { which, text: text.to_owned(), error })
    };
    let from_ms = extent("first", &options.from)?.map(|extent| extent.earliest_start).filter(|&ms| ms != i64::MIN);
    let to_ms = extent("last", &options.to)?.map(|extent| extent.latest_end).filter(|&ms| ms != i64::MAX);
    let (from, to) = (from_ms.unwrap_or(base.from_ms), to_ms.unwrap_or(base.to_ms));
    if from < to {
        return Ok(Span::between(from, to));
    }
    let words = |given: &str, ms: i64| if given.trim().is_empty() { time::day_text(ms) } else { given.trim().to_owned() };
    Err(PictureError::Backwards { from: words(&options.from, from), to: words(&options.to, to) })
}

/// The name of a file with its checksum, if it still is what it was when it was read.
fn named(file: &FileStamp, progress: &dyn Progress) -> NamedFile {
    let name = file_name(&file.path);
    let checksum = if is_current(file) {
        match digest(&file.path, progress).filter(|_| is_current(file)) {
            Some(digits) => Checksum::Known(digits),
            None => Checksum::Unknown,
        }
    } else {
        Checksum::Changed
    };
    NamedFile { name, checksum }
}

/// Whether a file still is what it was when it was read.
fn is_current(file: &FileStamp) -> bool {
    FileStamp::of(&file.path).as_ref() == Some(file)
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| "a file".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The first digits of a file's SHA-256; `None` where it cannot be read or nobody wants it any more.
fn digest(path: &Path, progress: &dyn Progress) -> Option<String> {
    let mut file = std::fs::File::open(path).ok()?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 18];
    loop {
        match file.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => hasher.update(&piece[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
        if progress.cancelled() {
            return None;
        }
    }
    let mut hex = String::with_capacity(64);
    for byte in hasher.finalize() {
        let _ = write!(hex, "{byte:02x}");
    }
    hex.truncate(DIGITS_SHOWN);
    Some(hex)
}
