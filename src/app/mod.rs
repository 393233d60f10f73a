//! The window: takes in finished work, runs commands, lays out panels, paints the scene.
//!
//! Each panel is a file of its own that draws from [`Facts`] and answers with [`Intent`]s; only this module changes anything.

pub mod bench;
mod bookmarks;
mod canvas;
pub mod commands;
mod detail;
mod dialogs;
mod document;
mod export;
mod facets;
mod floating;
mod go_date;
mod help;
mod lanes;
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
mod theme;
mod tray;
mod watching;
mod welcome;
mod zone;

use std::path::PathBuf;

use egui::{CentralPanel, Context, Panel, ViewportCommand};

pub use dialogs::{Dialogs, SystemDialogs};

use crate::formats::ReadOptions;
use crate::jobs::{Job, LoadError, Outcome};
use crate::render::icon;
use crate::store::{EventId, Query, QueryError};
use crate::style::Style;
use crate::time::Zone;
use crate::view::{Action, BookmarkAction, Direction, History, Span, TableShown, ViewState, World, reduce, step_event};
use commands::Command;
use document::Document;

/// Opens the window and runs it until it is closed.
///
/// Instants are shown in `zone`; without one, in that of the last time.
pub fn run(files: Vec<PathBuf>, options: ReadOptions, zone: Option<Zone>, exit_when_shown: bool) -> eframe::Result {
    let icon = icon::for_window().map(|(rgba, width, height)| egui::IconData { rgba, width, height });
    let viewport = egui::ViewportBuilder::default()
        .with_icon(icon.unwrap_or_default())
        .with_title("Chronolane")
        .with_app_id("chronolane")
        .with_inner_size([1320.0, 840.0])
        .with_min_inner_size([640.0, 400.0]);
    let native = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    eframe::run_native(
        "Chronolane",
        native,
        Box::new(move |creation| {
            let mut app = App::new(creation, options, Box::new(SystemDialogs));
            app.exit_when_shown = exit_when_shown;
            if let Some(zone) = zone {
                app.show_in(zone);
            }
            if !files.is_empty() {
                app.open(&creation.egui_ctx, files);
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
    OpenUrl(String),
    CopyText(String),
    /// Copies the selected row of the table.
    CopyRow,
    Say(notices::Notice),
    OpenFiles(Vec<PathBuf>),
    Forget(PathBuf),
    ForgetAll,
    /// Remembers nothing from now on, or does again.
    SetPrivate(bool),
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
    naming: Option<naming::Naming>,
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
        app
    }

    /// The program in any context, with or without a window around it.
    fn within(ctx: &Context, recent: recent::Recent, options: ReadOptions, dialogs: Box<dyn Dialogs>) -> Self {
        theme::install(ctx);
        let view = ViewState { theme: recent.theme, zone: recent.zone, ..ViewState::default() };
        let options = ReadOptions { zone: recent.zone, ..options };
        theme::choose(ctx, view.theme);
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
            naming: None,
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

    /// The view, for tests.
    pub fn view(&self) -> &ViewState {
        &self.view
    }

    /// How often the lanes' picture was made, for tests.
    pub fn scenes_made(&self) -> u64 {
        self.canvas.scenes_made()
    }

    /// How many cells of the table were made, for tests.
    pub fn cells_made(&self) -> u64 {
        self.table.cells_made()
    }

    /// The selected event's title, for tests.
    pub fn selected_title(&self) -> Option<&str> {
        let document = self.document.as_ref()?;
        Some(document.store.title_text(self.view.selected?))
    }

    /// Whether any work is under way.
    pub fn is_busy(&self) -> bool {
        self.loading.is_some()
            || self.filtering.is_some()
            || self.zones.is_busy()
            || self.export.is_busy()
            || self.screenshots.is_busy()
            || self.saves.is_busy()
            || self.sessions.is_busy()
            || self.raw_rows.is_busy()
            || self.picking.is_open()
            || self.search.is_busy()
            || self.facets.is_busy()
            || self.table.is_busy()
            || self.contexts.is_busy()
            || self.palette.is_busy()
            || self.span_card.is_busy()
    }

    /// The words of the notices on screen, for tests.
    pub fn notices(&self) -> Vec<&str> {
        self.notices.words()
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
        let next = reduce(&self.view, action, World { store: &document.store, lanes: &document.lanes, rows: &document.rows });
        if next != self.view {
            let before = std::mem::replace(&mut self.view, next);
            let (left, now) = (places::Place::of(&before), places::Place::of(&self.view));
            if left.window != now.window && !(action.is_gradual() && self.history.is_in_run()) && !matches!(action, Action::Visit { .. }) {
                self.places.leave(left);
            }
            self.history.keep(before, action.is_gradual());
        }
    }

    /// Follows up a changed view: theme, filter, grouping.
    fn settle(&mut self, ctx: &Context, before: &ViewState) {
        if self.view.theme != before.theme {
            theme::choose(ctx, self.view.theme);
            self.recent.theme = self.view.theme;
        }
        if self.view.query != before.query || self.view.group != before.group || self.view.actor_names != before.actor_names {
            self.start_filter(ctx);
        } else if let Some(document) = &mut self.document
            && document.is_arranged_otherwise(&self.view)
            && !document.arrange(&self.view)
            && self.filtering.is_none()
        {
            self.start_filter(ctx);
        }
        if self.view.hits != before.hits
            && let Some(document) = &mut self.document
        {
            document.stand_out(self.view.hits);
        }
        self.follow_zone(ctx);
    }

    fn start_filter(&mut self, ctx: &Context) {
        let Some(document) = &self.document else { return };
        match Query::parse(&self.view.query) {
            Ok(query) => {
                self.query_error = None;
                self.filtering = Some(document.filter(ctx, &self.view, query));
            }
            Err(error) => {
                self.query_error = Some(error);
                self.filtering = None;
            }
        }
    }

    fn take_finished(&mut self, ctx: &Context) {
        self.take_sessions(ctx);
        self.take_loaded(ctx);
        self.take_zoned(ctx);
        if let Some(job) = &self.filtering {
            match job.poll() {
                Outcome::Working => {}
                Outcome::Done(filtered) => {
                    self.filtering = None;
                    if let Some(document) = &mut self.document {
                        document.take(filtered, self.view.hits);
                    }
                    self.choose_session_lane();
                }
                Outcome::Lost => self.filtering = None,
            }
        }
        if let Some(lost) = self.document.as_mut().and_then(Document::newly_lost) {
            self.notices.warn(lost.to_string());
        }
        for notice in self.export.take_finished(ctx) {
            self.notices.push(notice);
        }
        if self.screenshots.has_come() {
            let name = self.document.as_ref().map_or_else(|| "window.png".to_owned(), |document| document.file_name("window.png"));
            self.picking.save_screenshot(ctx, self.dialogs.as_ref(), &name);
        }
        if let Some(notice) = self.screenshots.take_finished() {
            self.notices.push(notice);
        }
        self.take_saved();
        self.take_rows();
        self.watching.take_finished();
        if let Some(picked) = self.picking.take() {
            self.picked(ctx, picked);
        }
    }

    fn picked(&mut self, ctx: &Context, picked: dialogs::Picked) {
        match picked {
            dialogs::Picked::Open(paths) => self.open(ctx, paths),
            dialogs::Picked::OpenAlso(paths) => {
                let mut all = self.document.as_ref().map(|document| document.paths.clone()).unwrap_or_default();
                all.extend(paths);
                self.open(ctx, all);
            }
            dialogs::Picked::SaveAs(path, choice) => {
                if let Some(document) = &self.document {
                    self.export.start(ctx, document, &self.view, *choice, path);
                }
            }
            dialogs::Picked::SaveScreenshot(path) => self.screenshots.save(ctx, path),
            dialogs::Picked::SaveRecords(path, choice) => self.save_at(ctx, path, choice),
            dialogs::Picked::SaveRejected(path) => self.save_rejected_at(ctx, path),
            dialogs::Picked::SaveMap(path) => self.save_map_at(path),
            dialogs::Picked::SaveView(path) => self.save_view_at(ctx, path),
            dialogs::Picked::Found(path) => self.session_file_shown(ctx, path),
            dialogs::Picked::Nothing => {}
        }
    }

    fn run_command(&mut self, ctx: &Context, command: Command) {
        let zoom_middle = self.view.playhead_ms.filter(|at| self.view.window.holds(*at)).unwrap_or(self.view.window.middle_ms());
        let step = |direction, same_lane| Action::Step { direction, same_lane };
        match command {
            Command::Open => self.picking.open(ctx, self.dialogs.as_ref(), false),
            Command::OpenAlso => self.picking.open(ctx, self.dialogs.as_ref(), self.document.is_some()),
            Command::OpenSample => match document::sample_file() {
                Ok(path) => self.open(ctx, vec![path]),
                Err(words) => self.notices.warn(words),
            },
            Command::Reload => {
                let paths = self.document.as_ref().map(|document| document.paths.clone()).unwrap_or_default();
                self.open(ctx, paths);
            }
            Command::NameActor => self.open_naming(),
            Command::Columns => self.open_mapping(),
            Command::SaveAs => self.choose_save(),
            Command::SaveView | Command::SaveViewAs => self.save_view(ctx, command == Command::SaveViewAs),
            Command::Export => self.export.open_choice(&self.view),
            Command::Screenshot => self.screenshots.take(ctx),
            Command::CopyPicture => {
                if let Some(document) = &self.document {
                    self.export.copy(ctx, document, &self.view, theme::style_of(ctx));
                }
            }
            Command::Find => self.search.wants_focus = true,
            Command::PreviousHit => self.go_to_hit(Direction::Back),
            Command::NextHit => self.go_to_hit(Direction::Forward),
            Command::Highlight => self.act(&Action::ShowHits(self.view.hits.other())),
            Command::Table => self.toggle_table(),
            Command::Facets => self.act(&Action::ShowFacets(!self.view.facets_open)),
            Command::Undo => {
                if let Some(view) = self.history.undo(self.view.clone()) {
                    self.view = view;
                }
            }
            Command::Redo => {
                if let Some(view) = self.history.redo(self.view.clone()) {
                    self.view = view;
                }
            }
            Command::ZoomIn => self.act(&Action::Zoom { about_ms: zoom_middle, factor: 1.5 }),
            Command::ZoomOut => self.act(&Action::Zoom { about_ms: zoom_middle, factor: 1.0 / 1.5 }),
            Command::PanBack => self.act(&Action::Pan { share: -0.2 }),
            Command::PanForward => self.act(&Action::Pan { share: 0.2 }),
            Command::FitAll => self.act(&Action::FitAll),
            Command::FitDense => self.act(&Action::FitDense),
            Command::Previous => self.act(&step(Direction::Back, false)),
            Command::Next => self.act(&step(Direction::Forward, false)),
            Command::PreviousInLane => self.act(&step(Direction::Back, true)),
            Command::NextInLane => self.act(&step(Direction::Forward, true)),
            Command::ZoomToSelected => {
                if let Some(event) = self.view.selected {
                    self.act(&Action::ZoomToEvent(event));
                }
            }
            Command::Palette => self.palette.open(palette::Among::All),
            Command::GoToLane => self.palette.open(palette::Among::Lanes),
            Command::GoToDate => self.go_date.open(),
            Command::Back | Command::Forward => {
                let now = places::Place::of(&self.view);
                let found = if command == Command::Back { self.places.back(now) } else { self.places.forward(now) };
                if let Some(place) = found {
                    self.act(&Action::Visit { window: place.window, scroll_px: place.scroll_px });
                }
            }
            Command::AddBookmark => {
                self.act(&Action::Bookmark(BookmarkAction::Add));
                self.bookmarks.open = true;
            }
            Command::Bookmarks => self.bookmarks.open = !self.bookmarks.open,
            Command::Now => self.act(&Action::ShowNow(!self.view.now_open)),
            Command::ZoomToSpan => self.act(&Action::ZoomToMarked),
            Command::FilterToSpan => self.act(&Action::FilterToMarked),
            Command::CopySpan => self.copy_span(ctx),
            Command::ClearSpan => self.act(&Action::ClearMarked),
            Command::LaneAbove
            | Command::LaneBelow
            | Command::MoveLaneUp
            | Command::MoveLaneDown
            | Command::FoldLane
            | Command::FoldAllLanes
            | Command::UnfoldAllLanes
            | Command::PinLane
            | Command::HideLane
            | Command::SoloLane
            | Command::ShowAllLanes
            | Command::ResetLanes => self.run_lane_command(command, &self.standing()),
            Command::Detail => self.act(&Action::ShowDetail(!self.view.detail_open)),
            Command::Tray => self.act(&Action::ShowTray(!self.view.tray_open)),
            Command::Problems => self.act(&Action::ShowProblems(!self.view.problems_open)),
            Command::Help => self.help_open = !self.help_open,
            Command::Zone => self.zones.open_choice(),
            Command::Signs => self.signs_open = !self.signs_open,
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    fn run_intent(&mut self, ctx: &Context, intent: Intent) {
        match intent {
            Intent::View(action) => {
                let follows = matches!(action, Action::Step { .. } | Action::Select(Some(_)) | Action::Scrub { .. });
                self.act(&action);
                if follows {
                    self.bring_lane_into_view();
                }
            }
            Intent::Command(command) => self.run_command(ctx, command),
            Intent::GoToLane(name) => {
                if let Some(lane) = self.document.as_ref().and_then(|document| {
                    let shown = document.store.shown_actor_of(&name);
                    document.lanes.find(&name).or_else(|| document.lanes.find(&shown))
                }) {
                    self.go_to_lane(lane);
                }
            }
            Intent::OpenUrl(url) => {
                if is_web(&url) {
                    ctx.open_url(egui::OpenUrl::new_tab(url));
                }
            }
            Intent::CopyText(text) => ctx.copy_text(text),
            Intent::CopyRow => {
                if let (Some(document), Some(event)) = (&self.document, self.view.selected) {
                    self.table.copy_row(ctx, document, &self.view.table, event);
                }
            }
            Intent::Say(notice) => self.notices.push(notice),
            Intent::OpenFiles(paths) => self.open(ctx, paths),
            Intent::Forget(path) => self.recent.forget(&path),
            Intent::ForgetAll => self.recent.forget_all(),
            Intent::SetPrivate(private) => self.recent.private = private,
            Intent::StartExport(choice) => {
                if let Some(document) = &self.document {
                    self.picking.save(ctx, self.dialogs.as_ref(), &document.picture_name(choice.form), choice);
                }
            }
            Intent::SaveExport(path, choice) => {
                if let Some(document) = &self.document {
                    self.export.start(ctx, document, &self.view, *choice, path);
                }
            }
            Intent::GoToProblem(at) => self.go_to_problem(ctx, at),
            Intent::ShowRow(at) => self.show_row(ctx, at),
            Intent::SaveRejected => self.choose_rejected(ctx),
            Intent::Mapping(step) => self.mapping_step(ctx, &step),
            Intent::Save(step) => self.save_step(ctx, &step),
            Intent::Session(step) => self.session_step(ctx, step),
            Intent::CancelExport => self.export.cancel(),
            Intent::OpenSaved(path) => self.hand_over(crate::jobs::open_with_system(&path), &path),
            Intent::Reveal(path) => self.hand_over(crate::jobs::reveal_in_folder(&path), &path),
            Intent::EndRun => self.history.end_run(),
        }
    }

    /// Shows the table below the lanes, or takes it away.
    fn toggle_table(&mut self) {
        let shown = if self.view.table.shown == TableShown::Hidden { TableShown::Below } else { TableShown::Hidden };
        self.act(&Action::SetTable(self.view.table.standing(shown)));
        self.table.wants_focus = shown != TableShown::Hidden;
        self.canvas.wants_focus = shown == TableShown::Hidden;
    }

    /// Selects the next or previous event that matches the search; behind the last comes the first.
    fn go_to_hit(&mut self, direction: Direction) {
        let Some(document) = &self.document else { return };
        let world = World { store: &document.store, lanes: &document.hits, rows: &document.rows };
        let hits = document.hits.all().map_or(&[][..], |all| all.by_start());
        let around = match direction {
            Direction::Forward => hits.first(),
            Direction::Back => hits.last(),
        };
        if let Some(event) = step_event(&self.view, direction, false, world).or(around.copied()) {
            self.act(&Action::Select(Some(event)));
            self.bring_lane_into_view();
        }
    }

    /// Says where the system did not take a file.
    fn hand_over(&mut self, done: std::io::Result<()>, path: &std::path::Path) {
        if let Err(error) = done {
            self.notices.warn(format!("{} could not be opened ({error})", path.display()));
        }
    }

    /// Scrolls so that the selected event's first lane can be seen.
    fn bring_lane_into_view(&mut self) {
        let (Some(document), Some(event)) = (&self.document, self.view.selected) else { return };
        if let Some(offset) = self.canvas.scroll_for(document, event, self.view.scroll_px) {
            self.view.scroll_px = offset;
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
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
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
        self.recent.write(storage);
        self.export.kept().write(storage);
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
    }

    /// The rest of a frame: commands, panels, the scene, and what they ask for.
    fn lay_out(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        let before = self.view.clone();
        let style = theme::style_of(&ctx);
        let mut intents: Vec<Intent> = Vec::new();
        let standing = self.standing();
        if self.view.table.shown != TableShown::Hidden && !self.is_asking() {
            self.table.take_keys(&ctx);
        }
        if !self.is_asking()
            && let Some(command) = commands::pressed(&ctx, &standing)
        {
            let follows = matches!(command, Command::Next | Command::Previous | Command::NextInLane | Command::PreviousInLane);
            self.run_command(&ctx, command);
            if follows {
                self.bring_lane_into_view();
            }
        }
        if ctx.input(|input| input.pointer.any_released()) {
            intents.push(Intent::EndRun);
        }
        Panel::top("bar").frame(menu::bar_frame(&style)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.scope(|ui| {
                    menu::flat(ui);
                    menu::show(ui, &self.view, &self.recent, &standing, &mut intents);
                });
                if let Some(document) = &self.document {
                    let facts = Facts {
                        document,
                        view: &self.view,
                        style: &style,
                        query_error: self.query_error.as_ref(),
                        filtering: self.filtering.is_some(),
                    };
                    self.search.show(ui, facts, &mut intents);
                }
            });
        });
        self.watching.show(ui, &style, &mut intents);
        let mut cancelled = false;
        if let Some(loading) = &self.loading {
            Panel::top("loading").show(ui, |ui| {
                cancelled = loading.show(ui);
            });
        }
        if cancelled {
            self.stop_loading();
            self.notices.warn(LoadError::Cancelled.to_string());
        }
        self.panels(ui, &style, &standing, &mut intents);
        self.show_windows(&ctx, &style, &mut intents);
        self.show_floating(&ctx, &style, &standing, &mut intents);
        self.notices.show(&ctx, &style, &mut intents);
        for intent in intents {
            self.run_intent(&ctx, intent);
        }
        self.settle(&ctx, &before);
        if self.view != before {
            ctx.request_repaint();
        }
        if self.exit_when_shown && !self.is_busy() && self.document.is_some() && self.canvas.has_painted() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
            self.stage = Stage::Closing;
        }
    }

    /// The panels around the lanes, and the lanes; the welcome screen where nothing is open.
    fn panels(&mut self, ui: &mut egui::Ui, style: &Style, standing: &commands::Standing, intents: &mut Vec<Intent>) {
        if let Some(document) = &self.document {
            let facts =
                Facts { document, view: &self.view, style, query_error: self.query_error.as_ref(), filtering: self.filtering.is_some() };
            Panel::bottom("status").frame(menu::bar_frame(style)).show(ui, |ui| status::show(ui, facts, &self.canvas, intents));
            if self.view.facets_open {
                let most = (ui.available_width() * 0.3).max(180.0);
                Panel::left("facets")
                    .frame(detail::frame(style))
                    .default_size(236.0_f32.min(most))
                    .size_range(170.0..=most)
                    .resizable(true)
                    .show(ui, |ui| {
                        self.facets.show(ui, facts, intents);
                    });
            }
            if self.view.problems_open {
                Panel::bottom("problems").default_size(240.0).resizable(true).show(ui, |ui| self.problems.show(ui, facts, intents));
            }
            if self.view.detail_open {
                let most = (ui.available_width() * 0.45).max(260.0);
                Panel::right("detail")
                    .frame(detail::frame(style))
                    .default_size(342.0_f32.min(most))
                    .size_range(260.0..=most)
                    .resizable(true)
                    .show(ui, |ui| {
                        detail::show(ui, facts, &mut self.contexts, intents);
                    });
            }
            Panel::bottom("overview")
                .frame(overview::frame(style))
                .exact_size(overview::HEIGHT_PX)
                .show(ui, |ui| self.overview.show(ui, facts, intents));
            now::panel(ui, facts, self.canvas.ms_per_px(), intents);
            if tray::Tray::is_wanted(document) {
                let tray = Panel::bottom(if self.view.tray_open { "tray" } else { "tray line" }).frame(menu::bar_frame(style));
                let tray = if self.view.tray_open { tray.default_size(170.0).resizable(true) } else { tray.resizable(false) };
                tray.show(ui, |ui| self.tray.show(ui, facts, intents));
            }
            if self.view.table.shown == TableShown::Below {
                let most = (ui.available_height() - 160.0).max(120.0);
                Panel::bottom("table")
                    .frame(table::frame(style))
                    .default_size(280.0_f32.min(most))
                    .size_range(90.0..=most)
                    .resizable(true)
                    .show(ui, |ui| self.table.show(ui, facts, intents));
            }
            let is_table = self.view.table.shown == TableShown::Alone;
            CentralPanel::default()
                .frame(egui::Frame::NONE)
                .show(ui, |ui| if is_table { self.table.show(ui, facts, intents) } else { self.canvas.show(ui, facts, standing, intents) });
        } else {
            CentralPanel::default().show(ui, |ui| welcome::show(ui, &self.recent, style, self.loading.is_some(), intents));
        }
    }
}

impl App {
    /// Whether a window waits for the user, so that keys are its own.
    fn is_asking(&self) -> bool {
        self.export.choice_open()
            || self.zones.choice_open()
            || self.saves.is_open()
            || self.sessions.is_asking()
            || self.raw_rows.is_open()
            || self.mapping.is_some()
            || self.naming.is_some()
            || self.help_open
            || self.signs_open
            || self.palette.is_open()
            || self.go_date.is_open()
    }

    /// Shows the windows over the lanes.
    fn show_windows(&mut self, ctx: &Context, style: &Style, intents: &mut Vec<Intent>) {
        if let Some(document) = &self.document {
            self.export.show_choice(ctx, document, &self.view, intents);
            self.saves.show(ctx, document, intents);
        }
        self.show_finding(ctx, style, intents);
        self.raw_rows.show(ctx, style, intents);
        self.show_mapping(ctx, style, intents);
        self.show_naming(ctx, intents);
        self.export.show_progress(ctx, intents);
        self.zones.show_choice(ctx, self.view.zone, style, intents);
        help::show(ctx, &mut self.help_open);
        signs::show(ctx, &mut self.signs_open, style);
    }
}

/// Whether an address leads to the web and nowhere else: a file could name anything.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

impl App {
    /// The selected event.
    pub fn selected(&self) -> Option<EventId> {
        self.view.selected
    }

    /// The window in view.
    pub fn window(&self) -> Span {
        self.view.window
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_opened() {
        assert!(is_web("https://example.org/a") && is_web("http://example.org"));
        for other in ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org", " https://example.org", "example.org", ""] {
            assert!(!is_web(other), "{other}");
        }
    }
}
