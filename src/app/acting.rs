//! What is done on a command, on a panel's wish, on a dialog's answer. It decides nothing that the reducer can decide.

use egui::{Context, ViewportCommand};

use super::comfort::Comfort;
use super::commands::Command;
use super::{App, Intent, dialogs, document, palette, places, theme};
use crate::view::{Action, BookmarkAction, Direction, TableShown, World, span_ends, step_event};

impl App {
    pub(super) fn picked(&mut self, ctx: &Context, picked: dialogs::Picked) {
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

    #[allow(clippy::too_many_lines, reason = "an arm for each command, so that none is forgotten")]
    pub(super) fn run_command(&mut self, ctx: &Context, command: Command) {
        self.recent.learned.saw(&Intent::Command(command));
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
            Command::Columns => self.open_mapping(ctx),
            Command::SaveAs => self.choose_save(),
            Command::Describe => self.open_words(),
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
            Command::FoldEmpty => self.act(&Action::FoldEmpty(!self.view.empty_folded)),
            Command::MarkWindow
            | Command::ZoomToSpan
            | Command::FilterToSpan
            | Command::CopySpan
            | Command::CompareSpan
            | Command::ExportSpan
            | Command::ClearSpan => self.run_span_command(ctx, command),
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
            Command::PlayheadBack
            | Command::PlayheadForward
            | Command::NextPane
            | Command::PreviousPane
            | Command::Menus
            | Command::Larger
            | Command::Smaller
            | Command::UsualSize
            | Command::Still => self.run_reader_command(ctx, command),
            Command::Help => self.help_open = !self.help_open,
            Command::Zone => self.zones.open_choice(),
            Command::Signs => self.signs_open = !self.signs_open,
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    /// Runs a command by which a reader goes about the window without a mouse, or makes it easier to read.
    fn run_reader_command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::PlayheadBack | Command::PlayheadForward => {
                let steps = if command == Command::PlayheadForward { 1 } else { -1 };
                let stepped = self.document.as_ref().and_then(|document| self.canvas.stepped(&document.gaps, &self.view, steps));
                if let Some(at_ms) = stepped {
                    self.act(&Action::MovePlayhead { at_ms });
                    self.bring_lane_into_view();
                }
            }
            Command::NextPane | Command::PreviousPane => self.focus.go(ctx, command == Command::NextPane),
            Command::Menus => self.menus.wants_focus = true,
            Command::Larger | Command::Smaller => self.set_comfort(ctx, self.recent.comfort.resized(command == Command::Larger)),
            Command::UsualSize => self.set_comfort(ctx, Comfort { size_percent: Comfort::default().size_percent, ..self.recent.comfort }),
            Command::Still => {
                let still = !self.recent.comfort.is_still(self.system_motion);
                self.set_comfort(ctx, Comfort { still: Some(still), ..self.recent.comfort });
            }
            _ => {}
        }
    }

    /// Gives the window another size or motion, and remembers it.
    pub(super) fn set_comfort(&mut self, ctx: &Context, comfort: Comfort) {
        self.recent.comfort = comfort;
        comfort.apply(ctx, self.system_motion);
    }

    /// Runs a command that works on the marked span.
    fn run_span_command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::MarkWindow => self.act(&Action::Mark { span: self.view.window, also: false }),
            Command::ZoomToSpan => self.act(&Action::ZoomToMarked),
            Command::FilterToSpan => self.act(&Action::FilterToMarked),
            Command::CopySpan => self.copy_span(ctx),
            Command::CompareSpan => self.act(&Action::CompareBefore),
            Command::ExportSpan => {
                if let Some(span) = self.view.marked.last() {
                    self.export.open_choice_of(&self.view, span_ends(*span));
                }
            }
            Command::ClearSpan => self.act(&Action::ClearMarked),
            _ => {}
        }
    }

    pub(super) fn run_intent(&mut self, ctx: &Context, intent: Intent) {
        self.recent.learned.saw(&intent);
        match intent {
            Intent::View(action) => {
                let follows = match action {
                    Action::Step { .. } | Action::Select(Some(_)) | Action::MovePlayhead { .. } => true,
                    // Lanes stand still under a drag.
                    Action::Scrub { .. } => !self.canvas.is_scrubbing(),
                    _ => false,
                };
                self.act(&action);
                if follows {
                    self.bring_lane_into_view();
                }
            }
            Intent::BringLane => self.bring_lane_into_view(),
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
                if let Some(document) = &self.document {
                    self.table.copy_chosen(ctx, document, &self.view.table);
                }
            }
            Intent::Say(notice) => self.notices.push(notice),
            Intent::OpenFiles(paths) => self.open(ctx, paths),
            Intent::Forget(path) => self.recent.forget(&path),
            Intent::ForgetAll => {
                self.recent.forget_all();
                self.forget_last();
            }
            Intent::SetPrivate(private) => self.set_private(ctx, private),
            Intent::SetRestoreLast(wanted) => self.set_restore_last(wanted),
            Intent::Working(step) => self.working_step(ctx, step),
            Intent::DismissHints => {}
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
    pub(super) fn toggle_table(&mut self) {
        let shown = if self.view.table.shown == TableShown::Hidden { TableShown::Below } else { TableShown::Hidden };
        self.act(&Action::SetTable(self.view.table.standing(shown)));
        self.table.wants_focus = shown != TableShown::Hidden;
        self.canvas.wants_focus = shown == TableShown::Hidden;
    }

    /// Selects the next or previous event that matches the search; behind the last comes the first.
    pub(super) fn go_to_hit(&mut self, direction: Direction) {
        let Some(document) = &self.document else { return };
        let world = World { store: &document.store, lanes: &document.hits, rows: &document.rows, axis: self.canvas.axis(document) };
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
    pub(super) fn hand_over(&mut self, done: std::io::Result<()>, path: &std::path::Path) {
        if let Err(error) = done {
            self.notices.warn(format!("{} could not be opened ({error})", path.display()));
        }
    }

    /// Scrolls so that the selected event's first lane can be seen.
    pub(super) fn bring_lane_into_view(&mut self) {
        let (Some(document), Some(event)) = (&self.document, self.view.selected) else { return };
        if let Some(offset) = self.canvas.scroll_for(document, event, self.view.scroll_px) {
            self.view.scroll_px = offset;
        }
    }
}

/// Whether an address leads to the web and nowhere else: a file could name anything.
pub(super) fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
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
