//! The playhead: the line and its date on screen, and the slider that it is to the keyboard and to a screen reader.

use egui::accesskit::{Action as Asked, ActionData};
use egui::{EventFilter, Id, Key, Modifiers, Painter, Pos2, Rect as ScreenRect, Response, Role, Sense, Ui, WidgetInfo, pos2};

use super::super::{Facts, Intent};
use crate::render::paint::paint_prims;
use crate::scene::{self, Align, Point, Prim, Rect, Scene, Stroke, Text, Weight};
use crate::style::{RULER_HEIGHT_PX, SMALL_PX, Style};
use crate::time;
use crate::view::{Action, TimeScale};

/// Lines that one frame's requests may move it by.
const STEPS_MOST: usize = 100;

/// The slider's node.
pub(super) fn id(ui: &Ui) -> Id {
    ui.scope_id().with("playhead")
}

/// Lays the slider over the ruler: with the focus, Left and Right move the playhead by a line of the ruler, Home and End to the window's ends.
pub(super) fn slider(ui: &Ui, scene: &Scene, origin: Pos2, facts: Facts<'_>, intents: &mut Vec<Intent>) -> Response {
    let left = origin.x + scene.plot.x;
    let place = ScreenRect::from_min_max(pos2(left, origin.y), pos2(origin.x + scene.plot.right(), origin.y + RULER_HEIGHT_PX));
    // Not for the mouse: a drag on the ruler is the lanes' own.
    let response = ui.interact(place, id(ui), Sense::focusable_noninteractive());
    let at_ms = facts.view.playhead_ms;
    let window = scene.window;
    response.widget_info(|| WidgetInfo {
        label: Some("Playhead".to_owned()),
        value: Some(at_ms.unwrap_or(window.middle_ms()) as f64),
        current_text_value: Some(at_ms.map_or_else(|| "not set".to_owned(), |at_ms| worded(at_ms, scene, facts))),
        ..WidgetInfo::new(Role::Slider)
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(window.from_ms as f64);
        node.set_max_numeric_value(window.to_ms as f64);
        for action in [Asked::Increment, Asked::Decrement, Asked::SetValue] {
            node.add_action(action);
        }
    });
    if let Some(to_ms) = wanted(ui, &response, at_ms, &scene.scale) {
        intents.push(Intent::View(Action::MovePlayhead { at_ms: to_ms }));
    }
    response
}

/// The time of the playhead as it is said: "16 August 2023".
fn worded(at_ms: i64, scene: &Scene, facts: Facts<'_>) -> String {
    let store = &facts.document.store;
    time::pointer_text(at_ms, scene.scale.ms_per_px(), store.has_instants().then(|| store.zone()))
}

/// Where keys and a screen reader's requests want the playhead; `None` where they say nothing.
fn wanted(ui: &Ui, response: &Response, at_ms: Option<i64>, scale: &TimeScale) -> Option<i64> {
    let asked = ui.input(|input| {
        let set = input.accesskit_action_requests(response.id, Asked::SetValue).filter_map(|request| match request.data {
            Some(ActionData::NumericValue(at_ms)) => Some(at_ms as i64),
            _ => None,
        });
        let steps = |action| input.num_accesskit_action_requests(response.id, action) as i64;
        (set.last(), steps(Asked::Increment) - steps(Asked::Decrement))
    });
    let (set_ms, mut steps) = asked;
    let mut to_ms = set_ms;
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as i64;
        steps += pressed(Key::ArrowRight) - pressed(Key::ArrowLeft);
        if pressed(Key::Home) > 0 {
            to_ms = Some(scale.span.from_ms);
        }
        if pressed(Key::End) > 0 {
            to_ms = Some(scale.span.to_ms - 1);
        }
    }
    let from_ms = to_ms.or(at_ms);
    if steps == 0 { to_ms } else { stepped(scale, from_ms, steps) }
}

/// The time so many lines of the ruler away; from the middle of the window where there is no playhead.
pub(super) fn stepped(scale: &TimeScale, at_ms: Option<i64>, steps: i64) -> Option<i64> {
    let from_ms = at_ms.unwrap_or(scale.span.middle_ms());
    let count = (steps.unsigned_abs() as usize).min(STEPS_MOST);
    let line = |at_ms: &i64| scene::next_line(scale, *at_ms, steps > 0);
    std::iter::successors(Some(from_ms), line).take(count + 1).last().filter(|to_ms| *to_ms != from_ms)
}

/// Draws the line and its date.
pub(super) fn show(scene: &Scene, at_ms: i64, style: &Style, painter: &Painter, origin: Pos2) {
    let x = scene.scale.x_of(at_ms);
    let text = time::playhead_text(at_ms, scene.scale.ms_per_px());
    let width = scene::text_width(&text, SMALL_PX, Weight::SemiBold) + 16.0;
    let left = (x - width / 2.0).clamp(scene.plot.x + 1.0, (scene.plot.right() - width - 1.0).max(scene.plot.x + 1.0));
    let plate = Rect { x: left, y: 5.0, w: width, h: 19.0 };
    let line = scene::upright(scene, x, plate.bottom(), scene.plot.bottom(), Stroke::solid(1.5, style.accent));
    let label = Prim::Text(Text {
        at: Point { x: left + width / 2.0, y: plate.y + plate.h / 2.0 },
        align: Align::Middle,
        size_px: SMALL_PX,
        weight: Weight::SemiBold,
        color: style.on_accent,
        text,
    });
    // Words of the ruler that the plate would cut through are covered whole.
    for prim in &scene.frame {
        if let Prim::Text(words) = prim
            && words.at.y < plate.bottom() + 2.0
        {
            let wide = scene::text_width(&words.text, words.size_px, words.weight);
            let covered = Rect { x: words.at.x, y: 2.0, w: wide, h: 25.0 };
            if covered.overlaps(&plate) {
                paint_prims([&Prim::Box { rect: covered, radius: 0.0, fill: Some(style.panel), stroke: None }], painter, origin);
            }
        }
    }
    let ground = Prim::Box { rect: plate, radius: 9.5, fill: Some(style.accent), stroke: None };
    paint_prims(line.iter().chain([&ground, &label]), painter, origin);
}
