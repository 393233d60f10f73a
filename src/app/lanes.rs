//! What commands do with lanes, and what the window has by which commands can be chosen.

use super::App;
use super::commands::{Command, Needs, Standing};
use crate::store::LaneId;
use crate::view::{Action, LaneAction};

impl App {
    /// What there is at present for commands to work on.
    pub(super) fn standing(&self) -> Standing {
        let mut standing = Standing::default();
        if self.recent.comfort.is_still(self.system_motion) {
            standing.on.push(Command::Still);
        }
        let Some(document) = &self.document else { return standing };
        let mut has = |needs, there: bool| {
            if there {
                standing.has.push(needs);
            }
        };
        let lane = self.chosen_lane();
        let own = lane.map(|lane| &document.lanes.lanes()[lane.0 as usize]);
        has(Needs::File, true);
        has(Needs::Selection, self.view.selected.is_some());
        has(Needs::Undo, self.history.can_undo());
        has(Needs::Redo, self.history.can_redo());
        has(Needs::Lane, lane.is_some());
        has(Needs::Family, own.is_some_and(crate::store::Lane::has_members));
        has(Needs::Span, !self.view.marked.is_empty());
        has(Needs::Behind, self.places.can_go_back());
        has(Needs::Ahead, self.places.can_go_forward());
        has(Needs::HiddenLanes, document.rows.hidden() > 0);
        let mut on = |command, is_on: bool| {
            if is_on {
                standing.on.push(command);
            }
        };
        on(Command::Now, self.view.now_open);
        on(Command::FoldEmpty, self.view.empty_folded);
        on(Command::Detail, self.view.detail_open);
        on(Command::Problems, self.view.problems_open);
        if let (Some(arrangement), Some(own)) = (self.view.arrangement(), own) {
            on(Command::FoldLane, arrangement.folded.contains(own.name()));
            on(Command::PinLane, arrangement.pinned.contains(own.name()));
            on(Command::SoloLane, arrangement.solo.contains(own.name()));
        }
        standing
    }

    /// The chosen lane, where it is one of the present lanes.
    pub(super) fn chosen_lane(&self) -> Option<LaneId> {
        let lanes = self.document.as_ref()?.lanes.lanes();
        self.view.selected_lane.filter(|lane| (lane.0 as usize) < lanes.len())
    }

    /// Runs a command that arranges lanes.
    pub(super) fn run_lane_command(&mut self, command: Command, standing: &Standing) {
        let is_on = standing.on.contains(&command);
        match command {
            Command::LaneAbove | Command::LaneBelow => {
                self.act(&Action::StepLane { up: command == Command::LaneAbove });
                self.bring_chosen_lane_into_view();
                return;
            }
            Command::FoldAllLanes => return self.act(&Action::Lanes(LaneAction::FoldAll(true))),
            Command::UnfoldAllLanes => return self.act(&Action::Lanes(LaneAction::FoldAll(false))),
            Command::ShowAllLanes => return self.act(&Action::Lanes(LaneAction::ShowAll)),
            Command::ResetLanes => return self.act(&Action::Lanes(LaneAction::Reset)),
            _ => {}
        }
        let Some(lane) = self.chosen_lane() else { return };
        let action = match command {
            Command::FoldLane => LaneAction::Fold(lane, !is_on),
            Command::PinLane => LaneAction::Pin(lane, !is_on),
            Command::HideLane => LaneAction::Hide(lane),
            Command::SoloLane => LaneAction::Solo(lane, !is_on),
            Command::MoveLaneUp | Command::MoveLaneDown => LaneAction::Shift { lane, up: command == Command::MoveLaneUp },
            _ => return,
        };
        self.act(&Action::Lanes(action));
        if let Some(document) = &mut self.document {
            document.arrange(&self.view);
        }
        if command != Command::HideLane {
            self.bring_chosen_lane_into_view();
        }
    }

    /// Scrolls as little as needed for the chosen lane to be seen.
    pub(super) fn bring_chosen_lane_into_view(&mut self) {
        let (Some(document), Some(lane)) = (&self.document, self.chosen_lane()) else { return };
        if let Some(row) = document.rows.row_showing(lane, &document.lanes) {
            self.view.scroll_px = self.canvas.placing(&document.rows).scroll_to(&document.rows, row, self.view.scroll_px);
        }
    }

    /// Chooses a lane and puts it into the middle, bringing it back where it is hidden.
    pub(super) fn go_to_lane(&mut self, lane: LaneId) {
        let Some(document) = &self.document else { return };
        if document.rows.row_showing(lane, &document.lanes).is_none() {
            let lanes = document.lanes.lanes();
            let above = std::iter::successors(Some(lane), |lane| lanes[lane.0 as usize].parent());
            let names: Vec<_> = above.map(|lane| std::sync::Arc::clone(lanes[lane.0 as usize].name())).collect();
            self.act(&Action::Lanes(LaneAction::Solo(lane, false)));
            for name in names {
                self.act(&Action::Lanes(LaneAction::Unhide(name)));
            }
            if let Some(document) = &mut self.document {
                document.arrange(&self.view);
            }
        }
        self.act(&Action::ChooseLane(Some(lane)));
        let Some(document) = &self.document else { return };
        if let Some(row) = document.rows.row_showing(lane, &document.lanes) {
            let scroll_px = self.canvas.placing(&document.rows).scroll_to_middle(&document.rows, row);
            self.act(&Action::ScrollTo(scroll_px));
        }
    }
}
