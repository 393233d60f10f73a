//! What the stages are fed with: files in memory and the stores that they give.

use std::path::PathBuf;

use chronolane::formats::{Input, ReadOptions, Silent, read_input};
use chronolane::model::{EventSink, FileLedger, Ledger};
use chronolane::scene::{Height, KindLooks, SceneRequest};
use chronolane::store::{EventStore, GroupBy, LaneIndex, StoreBuilder};
use chronolane::style::{Style, Theme};
use chronolane::time::DAY_MS;
use chronolane::view::{LaneRows, Span};

use crate::made::{self, Made, Written};

/// The sizes over which a stage is seen to grow, in events.
pub const SIZES: [u64; 3] = [1_000, 10_000, 100_000];

/// Lanes of every made-up file.
const LANES: usize = 1_000;

/// A made-up file.
pub fn file(written: Written, events: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    made::write(written, Made { events, lanes: LANES, seed: 7 }, &mut bytes).expect("memory takes what is written to it");
    bytes
}

/// Reads a file in memory, recognised by its content and its name's ending. Every row must stand on the axis, or the figures would be of something else.
pub fn read(ending: &str, bytes: &[u8], sink: &mut dyn EventSink) -> FileLedger {
    let name = format!("made.{ending}");
    let ledger =
        read_input(&Input::from_bytes(&name, bytes), &ReadOptions::default(), sink, &Silent).expect("the made-up file is readable");
    assert_eq!(ledger.rows, ledger.plotted, "a made-up row is not on the axis");
    ledger
}

/// A builder that holds so many made-up events.
pub fn builder(events: u64) -> (StoreBuilder, Ledger) {
    let mut builder = StoreBuilder::default();
    builder.begin_file(PathBuf::from("made.jsonl"));
    let ledger = read("jsonl", &file(Written::Lines, events), &mut builder);
    (builder, Ledger { files: vec![ledger] })
}

/// A store of so many made-up events.
pub fn store(events: u64) -> EventStore {
    let (builder, ledger) = builder(events);
    builder.finish(ledger)
}

/// A store with all that a picture of it needs.
pub struct Drawable {
    store: EventStore,
    lanes: LaneIndex,
    rows: LaneRows,
    kinds: KindLooks,
    style: Style,
}

/// How much a picture shows.
#[derive(Clone, Copy, Debug)]
pub enum Shown {
    /// The whole range: lanes as counts, where they hold much.
    Dense,
    /// So short a span that lanes show their events one by one with their labels.
    Detailed,
}

impl Shown {
    /// Its name among the figures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dense => "dense",
            Self::Detailed => "detailed",
        }
    }
}

impl Drawable {
    /// A store of so many made-up events, by actor.
    pub fn of(events: u64) -> Self {
        let store = store(events);
        let lanes = LaneIndex::build(&store, GroupBy::Actor, None);
        let kinds = KindLooks::of(&store);
        let rows = LaneRows::plain(&lanes);
        Self { store, lanes, rows, kinds, style: Style::of(Theme::Light) }
    }

    /// A request for a window of 1600 by 900 pixels.
    pub fn request(&self, shown: Shown, names: bool) -> SceneRequest<'_> {
        let (from_ms, to_ms) = self.store.span_ms().expect("the store holds dated events");
        let window = match shown {
            Shown::Dense => Span::between(from_ms, to_ms),
            Shown::Detailed => {
                // About 4,000 events, which the lanes in view share.
                let length = (i128::from(to_ms - from_ms) * 4_000 / self.store.len().max(4_000) as i128) as i64;
                Span::between(from_ms + (to_ms - from_ms) / 2, from_ms + (to_ms - from_ms) / 2 + length.max(DAY_MS))
            }
        };
        SceneRequest {
            names,
            store: &self.store,
            lanes: &self.lanes,
            rows: &self.rows,
            kinds: &self.kinds,
            style: &self.style,
            window,
            width_px: 1600.0,
            height: Height::Scrolled { height_px: 900.0, scroll_px: 0.0 },
            gaps: chronolane::view::Gaps::none(),
            paper: None,
            selected: None,
            hits: None,
        }
    }
}
