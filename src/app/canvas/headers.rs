//! The lane headers on screen: chosen, folded, dragged to another place, made higher, and what can be done with each.

use egui::{CursorIcon, EventFilter, Id, Key, Pos2, Rect as ScreenRect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::commands::{self, LANE_MENU, Standing};
use super::super::{Facts, Intent, menu};
use crate::render::paint::{color32, screen_rect};
use crate::scene::{Placing, Scene, SceneLane, grouped, placing};
use crate::store::{GroupBy, LaneId};
use crate::style::{HEADER_WIDTH_PX, RULER_HEIGHT_PX};
use crate::view::{Action, LaneAction, LaneSort};

/// How near to the lower edge of a header the pointer takes hold of it, in pixels.
const EDGE_PX: f32 = 3.0;

/// The headers' own state.
#[derive(Default)]
pub(super) struct Headers {
    /// The lane being dragged to another place.
    moving: Option<LaneId>,
    /// The header that had the keyboard last.
    focus: Option<(LaneId, Id)>,
}

/// What the headers of one frame are made from.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub scene: &'a Scene,
    pub origin: Pos2,
    pub facts: Facts<'a>,
    pub standing: &'a Standing,
    /// The column of the headers on screen, below the ruler.
    pub column: ScreenRect,
    /// The node of the lanes as a whole.
    pub root: Id,
}

impl Headers {
    /// Whether a widget is the header that has the keyboard.
    pub fn is_focus(&self, focused: Id) -> bool {
        self.focus.is_some_and(|(_, id)| id == focused)
    }

    /// Gives the keyboard from the header that has it to that of the chosen lane.
    pub fn follow(&mut self, ui: &Ui, shown: Shown<'_>) {
        let Some((lane, id)) = self.focus else { return };
        if !ui.memory(|memory| memory.has_focus(id)) {
            self.focus = None;
            return;
        }
        let chosen = shown.facts.view.selected_lane.filter(|chosen| *chosen != lane);
        if let Some(chosen) = chosen.filter(|chosen| shown.scene.lanes.iter().any(|lane| lane.lane == *chosen)) {
            let id = shown.header_id(chosen);
            ui.memory_mut(|memory| memory.request_focus(id));
            self.focus = Some((chosen, id));
        }
    }

    /// Shows what can be done with a lane. Of all headers one is reached by Tab, that of the chosen lane or the first; Up and Down go on from there.
    pub fn header(&mut self, ui: &Ui, shown: Shown<'_>, lane: &SceneLane, intents: &mut Vec<Intent>) {
        let facts = shown.facts;
        let place = screen_rect(lane.seen, shown.origin).intersect(shown.column);
        if !place.is_positive() {
            return;
        }
        let chosen = facts.view.selected_lane == Some(lane.lane);
        let is_stop = match shown.chosen_in_view() {
            Some(chosen) => chosen == lane.lane,
            None => shown.scene.lanes.first().is_some_and(|first| first.lane == lane.lane),
        };
        let sense = Sense::CLICK | Sense::DRAG | if is_stop { Sense::FOCUSABLE } else { Sense::empty() };
        let node = ui.interact(place, shown.header_id(lane.lane), sense);
        node.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, name_of(lane)));
        let on_button = |at: Pos2| {
            let at = at - shown.origin;
            lane.fold_box.is_some_and(|rect| rect.holds(crate::scene::Point { x: at.x, y: at.y }))
        };
        let fold = || Intent::View(Action::Lanes(LaneAction::Fold(lane.lane, !lane.row.folded)));
        if node.clicked() && node.interact_pointer_pos().is_some_and(on_button) || node.double_clicked() && lane.row.has_members {
            intents.push(fold());
        } else if node.clicked() || node.secondary_clicked() {
            intents.push(Intent::View(Action::ChooseLane(Some(lane.lane))));
        }
        let painter = ui.painter_at(shown.column);
        if chosen {
            let bar = ScreenRect::from_min_size(place.min, vec2(3.0, place.height()));
            painter.rect_filled(bar, 0.0, color32(facts.style.accent));
        }
        if node.has_focus() {
            self.focus = Some((lane.lane, node.id));
            if node.gained_focus() && !chosen {
                intents.push(Intent::View(Action::ChooseLane(Some(lane.lane))));
            }
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(node.id, filter));
            let (right, left) = ui.input(|input| (input.key_pressed(Key::ArrowRight), input.key_pressed(Key::ArrowLeft)));
            if lane.row.has_members && (right && lane.row.folded || left && !lane.row.folded) {
                intents.push(fold());
            }
        }
        if node.drag_started() {
            self.moving = Some(lane.lane);
        }
        if self.moving == Some(lane.lane)
            && let Some(at) = node.interact_pointer_pos()
        {
            self.moved(ui, shown, &node, at, lane.lane, intents);
        }
        let node = node.on_hover_ui(|ui| {
            ui.set_max_width(320.0);
            ui.label(name_of(lane));
            let outside = |count: usize, word: &str| (count > 0).then(|| format!("{} {word}", grouped(count)));
            let outside: Vec<String> = [outside(lane.earlier, "earlier"), outside(lane.later, "later")].into_iter().flatten().collect();
            if !outside.is_empty() {
                ui.weak(format!("Outside the window: {}", outside.join(", ")));
            }
            ui.weak("Drag to move it, right click for more");
        });
        node.context_menu(|ui| menu::command_rows(ui, LANE_MENU, shown.standing, intents));
    }

    /// Shows where the lane would come to stand, and puts it there when it is let go.
    fn moved(&mut self, ui: &Ui, shown: Shown<'_>, node: &egui::Response, at: Pos2, lane: LaneId, intents: &mut Vec<Intent>) {
        let rows = &shown.facts.document.rows;
        let placed = shown.placed();
        let y_px = at.y - shown.origin.y - RULER_HEIGHT_PX;
        let near = placed.row_near(rows, y_px.clamp(0.0, shown.scene.plot.h - 1.0), shown.scroll_px());
        if let Some((row, after)) = near {
            let beside = rows.rows()[row].lane;
            if node.drag_stopped() {
                if beside != lane {
                    intents.push(Intent::View(Action::Lanes(LaneAction::Put { lane, beside, after })));
                }
            } else if beside != lane {
                let top = placed.top_px(rows, row, shown.scroll_px());
                let y = shown.column.top() + top + if after { rows.height_px(row, placed.share_px) } else { 0.0 };
                let line = egui::Stroke::new(2.5, color32(shown.facts.style.accent));
                let across = shown.column.left()..=shown.origin.x + shown.scene.plot.right();
                ui.painter().hline(across, y.clamp(shown.column.top() + 1.0, shown.column.bottom() - 1.0), line);
                ui.set_cursor_icon(CursorIcon::Grabbing);
            }
        }
        if node.drag_stopped() {
            self.moving = None;
        }
    }
}

impl Shown<'_> {
    fn placed(&self) -> Placing {
        placing(&self.facts.document.rows, self.scene.plot.h)
    }

    /// The node of a lane's header.
    fn header_id(&self, lane: LaneId) -> Id {
        self.root.with(("lane header", lane.0))
    }

    /// The chosen lane, where its header can be seen.
    fn chosen_in_view(&self) -> Option<LaneId> {
        self.facts.view.selected_lane.filter(|chosen| self.scene.lanes.iter().any(|lane| lane.lane == *chosen))
    }

    fn scroll_px(&self) -> f32 {
        self.facts.view.scroll_px.clamp(0.0, self.placed().most_scroll_px())
    }
}

/// Shows what lies over the headers: their lower edges, and the corner above them.
pub(super) fn show(ui: &mut Ui, shown: Shown<'_>, intents: &mut Vec<Intent>) {
    for lane in &shown.scene.lanes {
        edge(ui, shown, lane, intents);
    }
    corner(ui, shown, intents);
}

fn name_of(lane: &SceneLane) -> String {
    let events = if lane.total == 1 { "1 event".to_owned() } else { format!("{} events", grouped(lane.total)) };
    let mut out = format!("Lane {}, {events}", lane.name);
    if lane.row.has_members {
        out.push_str(if lane.row.folded { ", folded" } else { ", unfolded" });
    }
    if lane.row.pinned && lane.row.depth == 0 {
        out.push_str(", pinned");
    }
    out
}

/// The lower edge of a header: dragged, it makes the lane higher or lower; a double click gives it its share again.
fn edge(ui: &Ui, shown: Shown<'_>, lane: &SceneLane, intents: &mut Vec<Intent>) {
    let rect = screen_rect(lane.rect, shown.origin);
    let y = rect.bottom() - 1.0;
    let place =
        ScreenRect::from_min_max(pos2(shown.column.left(), y - EDGE_PX), pos2(shown.column.right(), y + EDGE_PX)).intersect(shown.column);
    if !place.is_positive() || y < screen_rect(lane.seen, shown.origin).top() {
        return;
    }
    let node = ui.interact(place, ui.scope_id().with(("lane edge", lane.lane.0)), Sense::CLICK | Sense::DRAG);
    if node.hovered() || node.dragged() {
        ui.set_cursor_icon(CursorIcon::ResizeVertical);
    }
    if node.double_clicked() {
        intents.push(Intent::View(Action::Lanes(LaneAction::SetHeight(lane.lane, None))));
    } else if node.dragged()
        && let Some(at) = node.interact_pointer_pos()
    {
        let height_px = (at.y - rect.top()).clamp(0.0, f32::from(u16::MAX)) as u16;
        intents.push(Intent::View(Action::Lanes(LaneAction::SetHeight(lane.lane, Some(height_px)))));
    }
}

/// Over the headers: what makes a lane, in which order, and which lanes are hidden.
fn corner(ui: &mut Ui, shown: Shown<'_>, intents: &mut Vec<Intent>) {
    let area = ScreenRect::from_min_size(shown.origin + vec2(4.0, 2.0), vec2(HEADER_WIDTH_PX - 8.0, RULER_HEIGHT_PX - 4.0));
    let view = shown.facts.view;
    ui.scope_builder(egui::UiBuilder::new().max_rect(area), |ui| {
        menu::flat(ui);
        ui.spacing_mut().button_padding = vec2(8.0, 1.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        let words = if view.group == GroupBy::None { "All in one lane".to_owned() } else { format!("Lanes by {}", view.group.name()) };
        ui.menu_button(words, |ui| {
            grouping(ui, view.group, intents);
            ui.separator();
            order(ui, view.arrangement().map_or(LaneSort::File, |arrangement| arrangement.sort), intents);
        });
        let hidden = shown.scene.hidden_lanes;
        if hidden > 0 {
            let words = if hidden == 1 { "1 lane hidden".to_owned() } else { format!("{} lanes hidden", grouped(hidden)) };
            let words = egui::RichText::new(words).small().color(color32(shown.facts.style.accent));
            ui.menu_button(words, |ui| hidden_lanes(ui, shown, intents));
        }
    });
}

/// What makes a lane, to choose from.
pub(in super::super) fn grouping(ui: &mut Ui, group: GroupBy, intents: &mut Vec<Intent>) {
    menu::edged(ui);
    for other in GroupBy::ALL {
        let name = if other == GroupBy::None { "all in one" } else { other.name() };
        if ui.radio(group == other, name).clicked() {
            intents.push(Intent::View(Action::SetGroup(other)));
            ui.close();
        }
    }
}

/// The orders of lanes, to choose from.
pub(in super::super) fn order(ui: &mut Ui, sort: LaneSort, intents: &mut Vec<Intent>) {
    menu::edged(ui);
    for other in LaneSort::ALL {
        if ui.radio(sort == other, other.name()).clicked() {
            intents.push(Intent::View(Action::Lanes(LaneAction::Sort(other))));
            ui.close();
        }
    }
}

/// The hidden lanes, each to be brought back.
fn hidden_lanes(ui: &mut Ui, shown: Shown<'_>, intents: &mut Vec<Intent>) {
    let Some(arrangement) = shown.facts.view.arrangement() else { return };
    if let Some(row) = commands::row_of(commands::Command::ShowAllLanes)
        && menu::command_button(ui, row, shown.standing).clicked()
    {
        intents.push(Intent::Command(row.command));
        ui.close();
    }
    if arrangement.hidden.is_empty() {
        return;
    }
    ui.separator();
    egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        // So many that nobody reads them are not laid out.
        for name in arrangement.hidden.iter().take(200) {
            if ui.button(format!("Show {name}")).clicked() {
                intents.push(Intent::View(Action::Lanes(LaneAction::Unhide(std::sync::Arc::clone(name)))));
                ui.close();
            }
        }
        if arrangement.hidden.len() > 200 {
            ui.weak(format!("and {} more", grouped(arrangement.hidden.len() - 200)));
        }
    });
}
