//! The window: takes in finished work, runs commands, lays out panels, paints the scene.
//!
//! Each panel is a file of its own that draws from [`Facts`] and answers with [`Intent`]s. What it wants is carried out in `acting`, a frame laid out in `layout`; panels change nothing.

mod acting;
pub mod bench;
mod bookmarks;
mod canvas;
mod comfort;
pub mod commands;
mod detail;
mod dialogs;
mod document;
mod export;
mod facets;
mod floating;
mod focus;
mod following;
mod go_date;
mod help;
mod hints;
mod lanes;
mod layout;
mod loading;
mod mapping;
mod menu;
mod naming;
mod notices;
mod now;
mod opening;
mod overview;
mod palette;
mod places;
mod placing;
mod problems;
mod reasons;
mod recent;
mod rows;
mod saving;
mod screenshot;
mod search;
mod sessions;
mod signs;
mod span_card;
mod status;
mod table;
mod telling;
mod theme;
mod tray;
mod watching;
mod welcome;
mod words;
mod working;
mod zone;

use std::path::PathBuf;

use egui::{Context, ViewportCommand};

pub use dialogs::{Dialogs, SystemDialogs};

use crate::formats::ReadOptions;
use crate::jobs::Job;
use crate::render::icon;
use crate::store::QueryError;
use crate::style::Style;
use crate::time::Zone;
use crate::view::{Action, History, Span, ViewState, World, reduce};
use commands::Command;
use document::Document;

/// What a window starts with.
#[derive(Debug, Default)]
pub struct Start {
    /// Files or folders to open; without any, the last session where the user wants that.
    pub files: Vec<PathBuf>,
    /// How they are read.
    pub options: ReadOptions,
    /// The zone in which instants are shown; without one, that of the last time.
    pub zone: Option<Zone>,
    /// Whether nothing is read of what was remembered, and nothing written.
    pub private: bool,
    /// Whether it closes once the first complete picture was shown.
    pub exit_when_shown: bool,
}

/// The name under which the system knows the program, and which its folder has.
const APP_ID: &str = "chronolane";

/// Opens the window and runs it until it is closed.
pub fn run(start: Start) -> eframe::Result {
    let icon = icon::for_window().map(|(rgba, width, height)| egui::IconData { rgba, width, height });
    let viewport = egui::ViewportBuilder::default()
        .with_icon(icon.unwrap_or_default())
        .with_title("Chronolane")
        .with_app_id(APP_ID)
        .with_inner_size([1320.0, 840.0])
        .with_min_inner_size([640.0, 400.0]);
    // A file without a name is never read and never written.
    let persistence_path = start.private.then(PathBuf::new);
    let native = eframe::NativeOptions { viewport, persist_window: !start.private, persistence_path, ..eframe::NativeOptions::default() };
    eframe::run_native(
        "Chronolane",
        native,
        Box::new(move |creation| {
            let ctx = &creation.egui_ctx;
            let mut app = App::new(creation, start.options, Box::new(SystemDialogs));
            app.exit_when_shown = start.exit_when_shown;
            app.system_motion = comfort::Motion::of_system();
            app.recent.comfort.apply(ctx, app.system_motion);
            if start.private {
                app.begin_private();
            } else if let Some(folder) = eframe::storage_dir(APP_ID) {
                app.keep_in(ctx, folder.join("working"));
            }
            if let Some(zone) = start.zone {
                app.show_in(zone);
            }
            if start.files.is_empty() {
                app.open_last(ctx);
            } else {
                app.open(ctx, start.files);
            }
            Ok(Box::new(app))
        }),
    )
}

/// What a panel may read.
#[derive(Clone, Copy)]
struct Facts<'a> {
    document: &'a Document,
    view: &'a ViewState,
    style: &'a Style,
    query_error: Option<&'a QueryError>,
    filtering: bool,
}

/// What a panel wants to happen.
#[derive(Debug)]
enum Intent {
    View(Action),
    Command(Command),
    /// Puts the lane with this name into view.
    GoToLane(String),
    /// Puts a lane of the selected event into view.
    BringLane,
    OpenUrl(String),
    CopyText(String),
    /// Copies the chosen rows of the table.
    CopyRow,
    Say(notices::Notice),
    OpenFiles(Vec<PathBuf>),
    Forget(PathBuf),
    ForgetAll,
    /// Remembers nothing from now on, or does again.
    SetPrivate(bool),
    /// Opens the last session at the start from now on, or does not.
    SetRestoreLast(bool),
    Working(working::Step),
    DismissHints,
    /// Asks where to save a picture.
    StartExport(Box<export::Choice>),
    /// Saves it there, whatever is there.
    SaveExport(PathBuf, Box<export::Choice>),
    CancelExport,
    /// Opens a file that this program wrote.
    OpenSaved(PathBuf),
    /// Shows it in its folder.
    Reveal(PathBuf),
    Save(saving::Step),
    Session(sessions::Step),
    Mapping(mapping::Step),
    GoToProblem(problems::ProblemAt),
    ShowRow(problems::ProblemAt),
    SaveRejected,
    EndRun,
}

/// The whole program in a window.
pub struct App {
    document: Option<Document>,
    view: ViewState,
    history: History,
    options: ReadOptions,
    dialogs: Box<dyn Dialogs>,
    picking: dialogs::Picking,
    loading: Option<loading::Loading>,
    /// What was open before the first part of the files being loaded was shown.
    set_aside: Option<(Document, ViewState)>,
    /// The window on which the document opened.
    opened_on: Span,
    filtering: Option<Job<crate::jobs::Filtered>>,
    query_error: Option<QueryError>,
    export: export::Exports,
    screenshots: screenshot::Screenshots,
    saves: saving::Saves,
    sessions: sessions::Sessions,
    mapping: Option<mapping::Mapping>,
    heading: Option<mapping::Heading>,
    naming: Option<naming::Naming>,
    words: Option<words::Words>,
    working: working::Working,
    hints: hints::Hints,
    problems: problems::Problems,
    raw_rows: rows::RawRows,
    tray: tray::Tray,
    watching: watching::Watching,
    /// The event that was selected before the files were read again, until it is found.
    sought: Option<watching::Sought>,
    notices: notices::Notices,
    recent: recent::Recent,
    canvas: canvas::Canvas,
    overview: overview::Overview,
    search: search::SearchBox,
    facets: facets::Facets,
    contexts: detail::Contexts,
    table: table::Table,
    zones: zone::Zones,
    focus: focus::Focus,
    menus: menu::Bar,
    system_motion: comfort::Motion,
    help_open: bool,
    signs_open: bool,
    palette: palette::Palette,
    go_date: go_date::GoDate,
    places: places::Places,
    bookmarks: bookmarks::BookmarkList,
    span_card: span_card::SpanCard,
    title: String,
    exit_when_shown: bool,
    stage: Stage,
}

/// Where the window is between its opening and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Before its first frame.
    Opening,
    Open,
    /// It is to close: no frame will be seen.
    Closing,
}

impl App {
    /// The program before any file is open.
    pub fn new(creation: &eframe::CreationContext<'_>, options: ReadOptions, dialogs: Box<dyn Dialogs>) -> Self {
        let recent = creation.storage.map(recent::Recent::read).unwrap_or_default();
        let mut app = Self::within(&creation.egui_ctx, recent, options, dialogs);
        app.export = export::Exports::new(creation.storage.map(export::Kept::read).unwrap_or_default());
        // Where nothing can be remembered, hints would come back for ever.
        app.hints.wanted = creation.storage.is_some();
        app
    }

    /// Remembers nothing as long as it runs.
    pub fn begin_private(&mut self) {
        self.recent.private = true;
        self.recent.sealed = true;
        self.hints.wanted = true;
    }

    /// The program in any context, with or without a window around it.
    fn within(ctx: &Context, recent: recent::Recent, options: ReadOptions, dialogs: Box<dyn Dialogs>) -> Self {
        theme::install(ctx);
        let view = ViewState { theme: recent.theme, zone: recent.zone, ..ViewState::default() };
        let options = ReadOptions { zone: recent.zone, ..options };
        theme::choose(ctx, view.theme);
        recent.comfort.apply(ctx, comfort::Motion::default());
        let options = ReadOptions { remembered: recent.remembered(), ..options };
        Self {
            document: None,
            view,
            history: History::default(),
            options,
            dialogs,
            picking: dialogs::Picking::default(),
            loading: None,
            set_aside: None,
            opened_on: Span::default(),
            filtering: None,
            query_error: None,
            export: export::Exports::default(),
            screenshots: screenshot::Screenshots::default(),
            saves: saving::Saves::default(),
            sessions: sessions::Sessions::default(),
            mapping: None,
            heading: None,
            naming: None,
            words: None,
            working: working::Working::default(),
            hints: hints::Hints::default(),
            problems: problems::Problems::default(),
            raw_rows: rows::RawRows::default(),
            tray: tray::Tray::default(),
            watching: watching::Watching::default(),
            sought: None,
            notices: notices::Notices::default(),
            recent,
            canvas: canvas::Canvas::default(),
            overview: overview::Overview::default(),
            search: search::SearchBox::default(),
            facets: facets::Facets::default(),
            contexts: detail::Contexts::default(),
            table: table::Table::default(),
            zones: zone::Zones::default(),
            focus: focus::Focus::default(),
            menus: menu::Bar::default(),
            system_motion: comfort::Motion::default(),
            help_open: false,
            signs_open: false,
            palette: palette::Palette::default(),
            go_date: go_date::GoDate::default(),
            places: places::Places::default(),
            bookmarks: bookmarks::BookmarkList::default(),
            span_card: span_card::SpanCard::default(),
            title: String::new(),
            exit_when_shown: false,
            stage: Stage::Opening,
        }
    }

    /// Starts loading files, or the files of a session; what is open stays until they are there.
    pub fn open(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        if paths.is_empty() {
            return;
        }
        self.stop_loading();
        let files = self.files_or_session(ctx, paths);
        if !files.is_empty() {
            self.loading = Some(loading::Loading::start(ctx, files, &self.options_for_load()));
        }
    }

    fn act(&mut self, action: &Action) {
        let Some(document) = &self.document else {
            match action {
                Action::SetTheme(theme) => self.view.theme = *theme,
                Action::SetZone(zone) => self.view.zone = *zone,
                _ => {}
            }
            return;
        };
        let axis = self.canvas.axis(document);
        let world = World { store: &document.store, lanes: &document.lanes, rows: &document.rows, axis };
        let next = reduce(&self.view, action, world);
        if next != self.view {
            let before = std::mem::replace(&mut self.view, next);
            let (left, now) = (places::Place::of(&before), places::Place::of(&self.view));
            if left.window != now.window && !(action.is_gradual() && self.history.is_in_run()) && !matches!(action, Action::Visit { .. }) {
                self.places.leave(left);
            }
            self.history.keep(before, action.is_gradual());
        }
    }

    fn take_dropped(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> = ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        let paths: Vec<PathBuf> = dropped.into_iter().filter(|path| !path.as_os_str().is_empty()).collect();
        if !paths.is_empty() {
            let also = ctx.input(|input| input.modifiers.shift);
            self.picked(ctx, if also { dialogs::Picked::OpenAlso(paths) } else { dialogs::Picked::Open(paths) });
        }
    }

    fn say_title(&mut self, ctx: &Context) {
        let title = self.open_name().map_or_else(|| "Chronolane".to_owned(), |name| format!("{name} — Chronolane"));
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        if self.stage == Stage::Opening {
            placing::bring_on_screen(ctx, frame);
        }
        self.begin(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        // The frame in which the window closes is seen by nobody.
        if self.stage != Stage::Closing {
            self.lay_out(ui);
        }
    }

    fn persist_egui_memory(&self) -> bool {
        !self.recent.private
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        if self.recent.private {
            return;
        }
        self.recent.write(storage);
        self.export.kept().write(storage);
    }

    #[cfg(target_os = "linux")]
    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.close_well();
    }

    #[cfg(not(target_os = "linux"))]
    fn on_exit(&mut self) {
        self.close_well();
    }
}

impl App {
    /// The part of a frame before anything is laid out: takes in what is finished.
    fn begin(&mut self, ctx: &Context) {
        let before = self.view.clone();
        self.take_finished(ctx);
        if self.stage == Stage::Opening {
            self.stage = Stage::Open;
        }
        self.take_dropped(ctx);
        self.say_title(ctx);
        self.settle(ctx, &before);
        self.keep_working(ctx);
    }
}
