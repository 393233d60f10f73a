//! The view: all that a user can change, as one value, and the one function that changes it.
//!
//! Panels return [`Action`]s; [`reduce`] applies them; [`History`] keeps the views that went before. Nothing here draws, waits or reads a
//! file, so every rule of behaviour is tested without a window.

mod arrangement;
mod axis;
mod history;
mod marks;
mod reduce;
mod rows;
mod scale;
mod sound;
mod span;
mod table;

pub use arrangement::{Arrangement, LaneAction, LaneSort};
pub use axis::{Axis, Gaps};
pub use history::History;
pub use marks::{Bookmark, BookmarkAction, span_ends};
pub use reduce::{World, nearest_event, reduce, step_event};
pub use rows::{LaneRow, LaneRows};
pub use scale::{Piece, TimeScale};
pub use span::Span;
pub use table::{ShownColumn, TableShown, TableView};

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::store::{ActorNames, EventId, GroupBy, LaneId};
use crate::time::Zone;

/// Which colours the user asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// Those of the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How the events that match a query are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HitsShown {
    /// The others are hidden.
    #[default]
    Alone,
    /// The others are dimmed.
    AmongAll,
}

impl HitsShown {
    /// The other way.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Alone => Self::AmongAll,
            Self::AmongAll => Self::Alone,
        }
    }
}

/// All that a user can change about what is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(clippy::struct_excessive_bools, reason = "each panel is open or not by itself")]
pub struct ViewState {
    /// The part of the axis in view.
    pub window: Span,
    /// How far the lanes are scrolled down, in pixels.
    pub scroll_px: f32,
    /// What makes a lane.
    pub group: GroupBy,
    /// How the lanes of each grouping are arranged, where they are.
    pub arrangements: BTreeMap<GroupBy, Arc<Arrangement>>,
    /// The filter as typed.
    pub query: String,
    /// The event in the detail pane.
    #[serde(skip)]
    pub selected: Option<EventId>,
    /// The chosen lane: the one in which the event was selected, or whose header was.
    #[serde(skip)]
    pub selected_lane: Option<LaneId>,
    /// The playhead.
    pub playhead_ms: Option<i64>,
    /// The colours.
    pub theme: ThemeChoice,
    /// Spans that are marked: one, or two to compare.
    pub marked: Vec<Span>,
    /// Places to come back to.
    pub bookmarks: Vec<Bookmark>,
    /// Whether long empty stretches are folded away.
    pub empty_folded: bool,
    /// Empty stretches that are shown nevertheless.
    pub opened: Vec<Span>,
    /// Whether it is shown what is going on at the playhead.
    pub now_open: bool,
    /// The zone in which instants are shown.
    pub zone: Zone,
    /// Whether the detail pane is open.
    pub detail_open: bool,
    /// Whether the problems list is open.
    pub problems_open: bool,
    /// How the events that match the query are shown.
    pub hits: HitsShown,
    /// Whether the facets are open.
    pub facets_open: bool,
    /// The table of events.
    pub table: TableView,
    /// Whether the tray of undated events is open.
    pub tray_open: bool,
    /// Names that actors are given here, by the name under which the file shows them; the file is not touched.
    pub actor_names: Arc<ActorNames>,
    /// A heading of one's own for pictures; empty for that of the file. Sessions keep it beside the view.
    #[serde(skip)]
    pub title: String,
    /// The words under the heading; empty for those of the file.
    #[serde(skip)]
    pub description: String,
}

impl Default for ViewState {
    fn default() -> Self {
        Self {
            window: Span::default(),
            scroll_px: 0.0,
            group: GroupBy::Actor,
            arrangements: BTreeMap::new(),
            query: String::new(),
            selected: None,
            selected_lane: None,
            playhead_ms: None,
            theme: ThemeChoice::System,
            marked: Vec::new(),
            bookmarks: Vec::new(),
            empty_folded: false,
            opened: Vec::new(),
            now_open: false,
            zone: Zone::UTC,
            detail_open: true,
            problems_open: false,
            hits: HitsShown::Alone,
            facets_open: false,
            table: TableView::default(),
            tray_open: false,
            actor_names: Arc::default(),
            title: String::new(),
            description: String::new(),
        }
    }
}

impl ViewState {
    /// How the lanes of the present grouping are arranged; `None` where nothing was done to them.
    pub fn arrangement(&self) -> Option<&Arc<Arrangement>> {
        self.arrangements.get(&self.group)
    }
}

/// A direction in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Earlier.
    Back,
    /// Later.
    Forward,
}

/// One change that a user can make to the view.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Shows this part of the axis.
    Show(Span),
    /// Zooms so that the time under the pointer stays where it is; a factor above 1 comes closer.
    Zoom {
        /// The time that stays in place.
        about_ms: i64,
        /// How much closer.
        factor: f64,
    },
    /// Moves the window by a share of its own length, positive to later times.
    Pan {
        /// The share.
        share: f64,
    },
    /// Shows everything.
    FitAll,
    /// Shows the dense part, as at the opening.
    FitDense,
    /// Puts the playhead here and selects the event nearest in time.
    Scrub {
        /// Where.
        at_ms: i64,
    },
    /// Puts the playhead here as [`Action::Scrub`] does, and brings the window along.
    MovePlayhead {
        /// Where.
        at_ms: i64,
    },
    /// Takes the playhead away.
    ClearPlayhead,
    /// Selects an event, bringing it into view, or selects none.
    Select(Option<EventId>),
    /// Selects an event by its mark in a lane, moving nothing.
    Pick(EventId, LaneId),
    /// Selects the previous or next event in time.
    Step {
        /// Which way.
        direction: Direction,
        /// Whether to stay in the lane of the selected event.
        same_lane: bool,
    },
    /// Zooms to the extent of an event.
    ZoomToEvent(EventId),
    /// Scrolls the lanes to this offset, in pixels.
    ScrollTo(f32),
    /// Filters.
    SetQuery(String),
    /// Groups.
    SetGroup(GroupBy),
    /// Chooses a lane, or none.
    ChooseLane(Option<LaneId>),
    /// Chooses the lane above or below the chosen one; without one, the first or the last.
    StepLane {
        /// Whether the one above.
        up: bool,
    },
    /// Arranges the lanes.
    Lanes(LaneAction),
    /// Goes to a date, given by its possible extent.
    GoTo {
        /// Its first millisecond.
        from_ms: i64,
        /// One past its last.
        to_ms: i64,
    },
    /// Goes to a place that was visited before.
    Visit {
        /// The part of the axis.
        window: Span,
        /// How far the lanes are scrolled down.
        scroll_px: f32,
    },
    /// Marks a span, beside the one that is marked where `also` says so.
    Mark {
        /// The span.
        span: Span,
        /// Whether to compare it with the one that is marked.
        also: bool,
    },
    /// Of two marked spans, makes the one at this place the one that is worked on: the last.
    ChooseMarked(usize),
    /// Marks the span of the same length just before the marked one beside it, to compare.
    CompareBefore,
    /// Takes the marks of spans away.
    ClearMarked,
    /// Zooms to the marked spans.
    ZoomToMarked,
    /// Filters to what meets the marked span, beside what is filtered already.
    FilterToMarked,
    /// Changes bookmarks.
    Bookmark(BookmarkAction),
    /// Folds long empty stretches away, all of them, or shows the axis as it is.
    FoldEmpty(bool),
    /// Shows an empty stretch that is folded away.
    OpenGap(Span),
    /// Shows what is going on at the playhead, or not.
    ShowNow(bool),
    /// Chooses the colours.
    SetTheme(ThemeChoice),
    /// Shows instants in a zone.
    SetZone(Zone),
    /// Opens or closes the detail pane.
    ShowDetail(bool),
    /// Opens or closes the problems list.
    ShowProblems(bool),
    /// Lets hits stand out among all events, or shows them alone.
    ShowHits(HitsShown),
    /// Changes the table of events: where it stands, its columns, its order.
    SetTable(TableView),
    /// Opens or closes the facets.
    ShowFacets(bool),
    /// Shows an actor under another name; under that of another actor, both are one. An empty name takes back what the actor was given.
    NameActor {
        /// The name under which it is shown.
        from: String,
        /// The name that it is to have.
        to: String,
    },
    /// Opens or closes the tray of undated events.
    ShowTray(bool),
    /// Gives the view a title and a description of its own; empty for those of the file.
    Describe {
        /// The heading.
        title: String,
        /// The words under it.
        description: String,
    },
}

impl Action {
    /// Whether the change comes in a run of small ones (a drag, a wheel, typing) that undo takes back together.
    pub const fn is_gradual(&self) -> bool {
        matches!(
            self,
            Self::Zoom { .. }
                | Self::Pan { .. }
                | Self::Scrub { .. }
                | Self::MovePlayhead { .. }
                | Self::ScrollTo(_)
                | Self::SetQuery(_)
                | Self::SetTable(_)
                | Self::Show(_)
                | Self::Lanes(LaneAction::SetHeight(..))
        )
    }
}
