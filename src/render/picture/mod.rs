//! A picture for a page: the lanes with what stands around them, on one sheet or several, from the same scene as the window's.
//!
//! [`PictureOptions`] say what is wanted, [`Material`] is what it is made from, [`compose`] puts [`Sheet`]s together, [`draw`] gives their bytes. Nothing here waits, writes a file
//! or runs a filter: `jobs::picture` does.

mod blocks;
mod citations;
mod compose;
mod draw;
mod options;
mod sheet;
pub(super) mod words;

use std::sync::Arc;

pub(super) use citations::is_web;
pub use compose::{Composed, compose};
pub use draw::{Drawn, Form, draw};
pub use options::{Furniture, Length, Line, PictureOptions, Preset, Range, Unit};
pub use sheet::{Link, Sheet};

use crate::scene::{Hits, KindLooks};
use crate::store::{EventId, EventSet, EventStore, Lane, LaneIndex};
use crate::view::{LaneRows, Span};

/// What a picture is made from.
#[derive(Clone, Debug)]
pub struct Material {
    /// The events.
    pub store: Arc<EventStore>,
    /// The lanes, under the filter; of all events where its hits only stand out.
    pub lanes: Arc<LaneIndex>,
    /// The hits, where they stand out among all events.
    pub hits: Option<HitsDrawn>,
    /// Those that are drawn, in order.
    pub rows: Arc<LaneRows>,
    /// The distinct events of the lanes that are drawn; `None` where those are all.
    pub together: Option<Arc<Lane>>,
    /// The looks of the kinds.
    pub kinds: Arc<KindLooks>,
    /// The part of the axis.
    pub window: Span,
    /// The event that is marked in the window.
    pub selected: Option<EventId>,
    /// The files, without their folders.
    pub files: Vec<NamedFile>,
    /// The zone in which instants are shown; `None` where there are none.
    pub zone: Option<&'static str>,
}

impl Material {
    /// The dated events of the lanes that are drawn, each once.
    pub fn all(&self) -> Option<&Lane> {
        self.together.as_deref().or_else(|| self.lanes.all())
    }
}

/// Hits that stand out in a picture of all events.
#[derive(Clone, Debug)]
pub struct HitsDrawn {
    /// Which events.
    pub events: Arc<EventSet>,
    /// The lanes with only these.
    pub lanes: Arc<LaneIndex>,
    /// Those in the lanes that are drawn, each once; `None` where those are all lanes.
    pub together: Option<Arc<Lane>>,
}

impl HitsDrawn {
    /// The same for a scene.
    pub fn standing_out(&self) -> Hits<'_> {
        Hits { events: &self.events, lanes: &self.lanes }
    }

    /// How many of them meet a span, in the lanes that are drawn.
    pub fn count(&self, store: &EventStore, span: Span) -> usize {
        self.together.as_deref().or_else(|| self.lanes.all()).map_or(0, |all| all.count(store, span.from_ms, span.to_ms))
    }
}

/// A file as a picture names it: never by its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// Its name.
    pub name: String,
    /// The beginning of its SHA-256.
    pub checksum: Checksum,
}

/// The beginning of a file's SHA-256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// In hexadecimal.
    Known(String),
    /// The file is not what it was when it was read.
    Changed,
    /// It cannot be read by itself, as what stands inside another file.
    Unknown,
}

/// Hexadecimal digits of a checksum that a picture shows.
pub const DIGITS_SHOWN: usize = 12;

/// A picture that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// Too many pixels, or resvg refused.
    #[error(transparent)]
    Png(#[from] super::PngError),
    /// A sheet of a PDF that is larger than the format allows.
    #[error(
        "a page of {width:.0} by {height:.0} pixels is larger than a PDF can be (19,200 on a side); give a height, so that lanes go on pages, or fewer lanes"
    )]
    PageTooLarge {
        /// Its width in the picture's pixels.
        width: f32,
        /// Its height.
        height: f32,
    },
    /// The PDF could not be put together.
    #[error("the PDF could not be made ({0}); export the picture as SVG instead")]
    Pdf(String),
    /// It was stopped.
    #[error("the export was cancelled")]
    Cancelled,
}
