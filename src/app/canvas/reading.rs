//! What a screen reader finds in the lanes: a list for each lane in view, in it the marks and counts in the order of time, and what it may do with them.
//!
//! Made from the scene in words ([`scene::reading`]), once for each scene, and only while someone listens: the lanes themselves answer the mouse and the keyboard, and
//! without a listener nothing here is made. The canvas keeps the focus and names the selected mark as its active descendant, as a list names its chosen row.

use egui::accesskit::{Action as Asked, NodeId, Role};
use egui::{Event, Id, Pos2, Rect as ScreenRect, Response, Sense, Ui, UiBuilder, vec2};

use super::super::{Facts, Intent};
use crate::render::paint::screen_rect;
use crate::scene::{self, Scene, ToldLane, ToldWhat};
use crate::store::{EventId, LaneId};
use crate::time;
use crate::view::Action;

/// Marks and counts of all lanes that get a node in a frame.
pub(super) const MOST_NODES: usize = 400;

/// The scene in words, as long as someone listens.
#[derive(Default)]
pub(super) struct Reading {
    lanes: Option<Vec<ToldLane>>,
    /// The selected event when they were made: of a lane that is cut, the part about it is told.
    about: Option<EventId>,
    /// The nodes made in the last frame.
    pub nodes: usize,
}

impl Reading {
    /// Drops the words: the scene is made anew.
    pub fn forget(&mut self) {
        self.lanes = None;
    }

    /// Describes the lanes as a whole and puts the scene into words, where someone listens.
    pub fn update(&mut self, canvas: &Response, scene: &Scene, facts: Facts<'_>) {
        self.nodes = 0;
        let describe = |node: &mut egui::accesskit::Node| node.set_description(described(scene));
        if canvas.ctx.accesskit_node_builder(canvas.id, describe).is_none() {
            self.lanes = None;
        } else if self.lanes.is_none() || self.about != facts.view.selected {
            self.about = facts.view.selected;
            self.lanes = Some(scene::reading(scene, &facts.document.store, facts.view.selected, MOST_NODES));
        }
    }

    /// The lane at a place in the scene, in words.
    pub fn lane(&self, at: usize) -> Option<&ToldLane> {
        self.lanes.as_ref()?.get(at)
    }

    /// The node of the mark that stands for the selection: the one in the chosen lane, or else the first.
    pub fn selected_node(&self, root: Id, selected: Option<EventId>, lane: Option<LaneId>) -> Option<Id> {
        let event = selected?;
        let holds = |own: &&ToldLane| own.told.iter().any(|told| told.what == ToldWhat::Event(event));
        let mut lanes = self.lanes.iter().flatten().filter(holds);
        let first = lanes.next()?;
        let own = if Some(first.lane) == lane { first } else { lanes.find(|own| Some(own.lane) == lane).unwrap_or(first) };
        Some(node_id(root, own.lane, ToldWhat::Event(event), 0))
    }
}

/// The window and what is in it, in words.
fn described(scene: &Scene) -> String {
    let window = time::span_text(scene.window.from_ms, scene.window.to_ms);
    let (events, marks) = (scene::grouped(scene.events_in_view), scene::grouped(scene.marks_in_view()));
    format!(
        "{window}. {events} events in view, {marks} marks in these lanes. Left and Right step from event to event, Up and Down from lane to lane."
    )
}

fn node_id(root: Id, lane: LaneId, what: ToldWhat, at: usize) -> Id {
    match what {
        ToldWhat::Event(event) => root.with(("told", lane.0, event.0)),
        ToldWhat::Count(..) => root.with(("told count", lane.0, at)),
    }
}

/// A part of the tree for one lane, over its place on screen.
pub(super) fn group(ui: &mut Ui, canvas: Id, told: &ToldLane, place: ScreenRect) -> Ui {
    let builder = UiBuilder::new()
        .scope_id(canvas.with(("told lane", told.lane.0)))
        .max_rect(place)
        .accessibility_parent(canvas)
        .accessibility_role(Role::List)
        .accessibility_label(told.name.clone());
    let group = ui.new_child(builder);
    ui.ctx().accesskit_node_builder(group.unique_id(), |node| node.set_bounds(bounds(place)));
    group
}

fn bounds(place: ScreenRect) -> egui::accesskit::Rect {
    let [x0, y0, x1, y1] = [place.left(), place.top(), place.right(), place.bottom()].map(f64::from);
    egui::accesskit::Rect { x0, y0, x1, y1 }
}

/// Names the marks and counts of a lane, and does what was asked of them.
pub(super) fn nodes(group: &Ui, canvas: &Response, told: &ToldLane, origin: Pos2, facts: Facts<'_>, intents: &mut Vec<Intent>) -> usize {
    let asked = requests(group);
    for (at, own) in told.told.iter().enumerate() {
        let id = node_id(canvas.id, told.lane, own.what, at);
        let place = screen_rect(own.place, origin);
        let place = ScreenRect::from_min_size(place.min, place.size().max(vec2(1.0, 1.0)));
        group.interact(place, id, Sense::hover());
        group.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::ListItem);
            node.set_label(own.name.as_str());
            node.set_bounds(bounds(place));
            node.set_position_in_set(at + 1);
            node.set_size_of_set(told.told.len());
            node.add_action(Asked::Click);
            if let ToldWhat::Event(event) = own.what {
                node.add_action(Asked::Focus);
                node.set_selected(facts.view.selected == Some(event));
            }
        });
        if let Some((_, action)) = asked.iter().find(|(node, _)| *node == id.accesskit_id()) {
            match own.what {
                ToldWhat::Event(event) => intents.push(Intent::View(Action::Pick(event, told.lane))),
                ToldWhat::Count(_, span) if *action == Asked::Click => intents.push(Intent::View(Action::Show(span.widened(0.3)))),
                ToldWhat::Count(..) => {}
            }
            canvas.request_focus();
        }
    }
    told.told.len()
}

/// What a screen reader asks for in this frame: mostly nothing.
fn requests(ui: &Ui) -> Vec<(NodeId, Asked)> {
    ui.input(|input| {
        let asked = input.events.iter().filter_map(|event| match event {
            Event::AccessKitActionRequest(request) => Some((request.target_node, request.action)),
            _ => None,
        });
        asked.filter(|(_, action)| matches!(action, Asked::Click | Asked::Focus)).collect()
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use egui::{Context, Pos2, RawInput, Rect, vec2};

    use super::super::super::document::Document;
    use super::super::super::{App, SystemDialogs, recent};
    use super::MOST_NODES;
    use crate::formats::{ReadOptions, Silent};
    use crate::jobs::load;

    #[test]
    fn without_a_listener_no_node_is_made_and_with_one_a_bounded_number() {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data").join("dprk_russia_2023.json");
        let loaded = load(&[sample], &ReadOptions::default(), None, &Silent).unwrap();
        let ctx = Context::default();
        let mut app = App::within(&ctx, recent::Recent::default(), ReadOptions::default(), Box::new(SystemDialogs));
        app.show_document(&ctx, Document::new(loaded));
        let mut frame = |ctx: &Context| {
            let input = RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1200.0, 800.0))), ..RawInput::default() };
            let mut output = ctx.run_ui(input, |ui| {
                app.begin(&ui.ctx().clone());
                app.lay_out(ui);
            });
            // There is nothing to upload them to.
            output.textures_delta.clear();
            app.nodes_made()
        };
        assert_eq!([frame(&ctx), frame(&ctx)], [0, 0]);
        ctx.enable_accesskit();
        let nodes = [frame(&ctx), frame(&ctx)];
        assert!(nodes[0] > 0 && nodes[0] == nodes[1] && nodes[0] <= MOST_NODES, "{nodes:?}");
        ctx.disable_accesskit();
        assert_eq!(frame(&ctx), 0);
    }
}
