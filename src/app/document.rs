//! What is open: the events, their lanes under the filter, and the names of its files.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use egui::Context;

use crate::formats::Progress as _;
use crate::jobs::{FileStamp, Filtered, FoundGaps, Job, LanesWanted, Loaded, Shared, Zoned, filtered, in_zone};
use crate::model::TextLost;
use crate::render::picture::Form;
use crate::scene::{Hits, KindLooks};
use crate::store::{EventSet, EventStore, LaneIndex, Query};
use crate::view::{Arrangement, Gaps, HitsShown, LaneRows, Span, ViewState};

/// The open files.
pub(super) struct Document {
    pub store: Arc<EventStore>,
    /// The lanes that are shown: those of the hits, or of all events where hits only stand out.
    pub lanes: Arc<LaneIndex>,
    /// The lanes with only the events that match the query.
    pub hits: Arc<LaneIndex>,
    /// The lanes as they are shown.
    pub rows: Arc<LaneRows>,
    /// How they were wanted.
    pub wanted: LanesWanted,
    /// The lanes of all events under the same grouping, from which a filter takes its own.
    pub whole: Arc<LaneIndex>,
    /// The empty stretches that are folded away.
    pub gaps: Gaps,
    /// All that were found.
    found: Option<FoundGaps>,
    pub kinds: Arc<KindLooks>,
    /// The files as they were when they were read.
    pub files: Arc<[FileStamp]>,
    pub paths: Vec<PathBuf>,
    pub matching: Option<Arc<EventSet>>,
    /// The query that made them.
    pub query: Query,
    /// Different for every document and with every change of its lanes, so that pictures made of them know when they are old.
    pub generation: u64,
    /// Whether more of it is being read.
    pub partial: bool,
    /// Whether it was said that a file of it was changed.
    told_lost: bool,
    /// Makes the search index; stops when the document is closed.
    indexing: Option<Job<()>>,
}

/// So many lanes are arranged within a frame.
const MOST_ARRANGED_AT_ONCE: usize = 20_000;

/// Makes the search index, and by it counts the names that a search may be completed by.
fn index(store: &EventStore, shared: &Shared) {
    store.index_words(&|| shared.cancelled());
    if !shared.cancelled() {
        store.count_names();
    }
}

/// A number that no document has had.
fn next_generation() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Document {
    /// Takes what was loaded, and starts the search index behind the first picture of the whole.
    pub fn new(loaded: Loaded) -> Self {
        let store = Arc::clone(&loaded.store);
        let indexing = (!loaded.partial).then(|| Job::start(move |shared| index(&store, shared), || {}));
        Self {
            store: loaded.store,
            whole: Arc::clone(&loaded.lanes),
            hits: Arc::clone(&loaded.lanes),
            query: Query::default(),
            rows: loaded.rows,
            wanted: LanesWanted { group: loaded.lanes.group(), ..LanesWanted::default() },
            lanes: loaded.lanes,
            gaps: Gaps::default(),
            found: None,
            kinds: loaded.kinds,
            files: Arc::from(loaded.stamps),
            paths: loaded.paths,
            matching: None,
            generation: next_generation(),
            partial: loaded.partial,
            told_lost: false,
            indexing,
        }
    }

    /// That a file was changed since it was opened, the first time that it is asked for after someone found out.
    pub fn newly_lost(&mut self) -> Option<TextLost> {
        let lost = self.store.lost_text().filter(|_| !self.told_lost)?;
        self.told_lost = true;
        Some(lost)
    }

    /// Waits until the search index is made.
    pub fn wait_for_index(&self) {
        if let Some(indexing) = &self.indexing {
            indexing.wait();
        }
    }

    /// Starts a filter; the lanes stay as they are until it is done.
    pub fn filter(&self, ctx: &Context, view: &ViewState, query: Query) -> Job<Filtered> {
        let (store, whole) = (Arc::clone(&self.store), Arc::clone(&self.whole));
        let wanted = self.wanted_by(view);
        let ctx = ctx.clone();
        Job::start(move |_| filtered(&store, &whole, query, wanted), move || ctx.request_repaint())
    }

    fn wanted_by(&self, view: &ViewState) -> LanesWanted {
        let kept = if view.group == self.wanted.group { Arc::clone(&self.wanted.kept) } else { Arc::default() };
        LanesWanted {
            group: view.group,
            arrangement: view.arrangement().cloned(),
            kept,
            names: Arc::clone(&view.actor_names),
            fold_empty: view.empty_folded,
        }
    }

    /// Whether its lanes are arranged otherwise than the view wants them; lanes of another grouping are still to come.
    pub fn is_arranged_otherwise(&self, view: &ViewState) -> bool {
        view.group == self.wanted.group && view.arrangement() != self.wanted.arrangement.as_ref()
    }

    /// Arranges the lanes as the view wants them, unless they are so many that it takes longer than a frame: then `false`, and a job has to.
    pub fn arrange(&mut self, view: &ViewState) -> bool {
        if self.lanes.lanes().len() > MOST_ARRANGED_AT_ONCE {
            return false;
        }
        self.wanted = LanesWanted { fold_empty: self.wanted.fold_empty, ..self.wanted_by(view) };
        self.rows = Arc::new(self.wanted.rows(&self.lanes));
        self.generation = next_generation();
        true
    }

    /// Keeps the lanes in the order in which another part of the same file was shown: those that are new follow.
    pub fn keep_order(&mut self, shown: &Self, view: &ViewState) {
        if self.lanes.lanes().len() > MOST_ARRANGED_AT_ONCE || shown.lanes.group() != self.lanes.group() {
            return;
        }
        let order = LaneRows::order(&shown.lanes, &Arrangement::default(), shown.rows.kept_order());
        self.wanted.kept = order.into_iter().map(|lane| Arc::clone(shown.lanes.lanes()[lane.0 as usize].name())).collect();
        self.arrange(view);
    }

    /// Takes the lanes that a filter has made.
    pub fn take(&mut self, filtered: Filtered, view: &ViewState) {
        self.hits = filtered.lanes;
        self.rows = filtered.rows;
        self.wanted = filtered.wanted;
        self.whole = filtered.whole;
        self.matching = filtered.matching;
        self.query = filtered.query;
        self.found = filtered.gaps;
        if view.hits == HitsShown::AmongAll {
            self.stand_out(view);
        } else {
            self.lanes = Arc::clone(&self.hits);
            self.choose_gaps(&view.opened);
        }
    }

    /// Shows all events with the hits standing out, or the hits alone.
    pub fn stand_out(&mut self, view: &ViewState) {
        self.lanes = Arc::clone(match view.hits {
            HitsShown::Alone => &self.hits,
            HitsShown::AmongAll => &self.whole,
        });
        // Rows name lanes by their places, which hits and all events share; only an order by number may be that of the others.
        if self.lanes.lanes().len() <= MOST_ARRANGED_AT_ONCE {
            self.rows = Arc::new(self.wanted.rows(&self.lanes));
        }
        self.choose_gaps(&view.opened);
    }

    /// Folds away the empty stretches that were found between the events that are shown, but for those that are opened.
    pub fn choose_gaps(&mut self, opened: &[Span]) {
        let among_all = !Arc::ptr_eq(&self.lanes, &self.hits);
        let found = self.found.as_ref().map(|found| if among_all { &found.whole } else { &found.hits });
        self.gaps = found.map_or_else(Gaps::default, |gaps| gaps.without(opened));
        self.generation = next_generation();
    }

    /// Shows the axis as it is.
    pub fn unfold(&mut self) {
        self.wanted.fold_empty = false;
        self.found = None;
        self.choose_gaps(&[]);
    }

    /// The hits, where they stand out among all events.
    pub fn hits_to_stand_out(&self) -> Option<(Arc<EventSet>, Arc<LaneIndex>)> {
        let matching = self.matching.as_ref()?;
        let among_all = !Arc::ptr_eq(&self.lanes, &self.hits);
        among_all.then(|| (Arc::clone(matching), Arc::clone(&self.hits)))
    }

    /// The same for the picture.
    pub fn standing_out(&self) -> Option<Hits<'_>> {
        let events = self.matching.as_deref()?;
        (!Arc::ptr_eq(&self.lanes, &self.hits)).then_some(Hits { events, lanes: &self.hits })
    }

    /// Starts to put its events into the zone of the view; they stay where they are until that is done.
    pub fn in_zone(&self, ctx: &Context, view: &ViewState, query: Query) -> Job<Zoned> {
        let store = Arc::clone(&self.store);
        let (zone, wanted) = (view.zone, self.wanted_by(view));
        let ctx = ctx.clone();
        Job::start(move |_| in_zone(&store, zone, query, wanted), move || ctx.request_repaint())
    }

    /// Takes its events as they stand in another zone, and makes the search index anew: their numbers changed.
    pub fn take_zoned(&mut self, zoned: Zoned, view: &ViewState) {
        self.store = Arc::clone(&zoned.store);
        self.take(zoned.filtered, view);
        if !self.partial {
            self.indexing = Some(Job::start(move |shared| index(&zoned.store, shared), || {}));
        }
    }

    /// The name for the window's title.
    pub fn name(&self) -> String {
        let first = self
            .paths
            .first()
            .and_then(|path| path.file_name())
            .map_or_else(|| "untitled".to_owned(), |name| name.to_string_lossy().into_owned());
        match self.paths.len() {
            0 | 1 => first,
            more => format!("{first} and {} more", more - 1),
        }
    }

    /// A name for a picture of it.
    pub fn picture_name(&self, form: Form) -> String {
        self.file_name(form.ending())
    }

    /// A name for a file made of it.
    pub fn file_name(&self, ending: &str) -> String {
        let stem = self
            .paths
            .first()
            .and_then(|path| path.file_stem())
            .map_or_else(|| "timeline".to_owned(), |stem| stem.to_string_lossy().into_owned());
        format!("{stem}.{ending}")
    }
}

/// The sample's records, part of the program so that it can be opened from anywhere.
const SAMPLE: &str = include_str!("../../sample_data/dprk_russia_2023.json");
const SAMPLE_NAME: &str = "dprk_russia_2023.json";

/// A file that holds the sample: the one in the folder `sample_data` where the program is run, else a copy in the system's folder for temporary files.
pub(super) fn sample_file() -> Result<PathBuf, String> {
    let near = PathBuf::from("sample_data").join(SAMPLE_NAME);
    if near.is_file() {
        return Ok(near);
    }
    let folder = std::env::temp_dir().join("chronolane-sample");
    let path = folder.join(SAMPLE_NAME);
    let words = |error: &dyn std::fmt::Display| format!("the sample could not be put into the folder for temporary files ({error})");
    std::fs::create_dir_all(&folder).map_err(|error| words(&error))?;
    crate::render::save_whole(&path, SAMPLE.as_bytes()).map_err(|error| words(&error))?;
    Ok(path)
}
