//! What a click, a right click and the wheel on the lanes ask for.

use egui::{Pos2, Response, Ui};

use super::super::commands::{CANVAS_MENU, Command, EVENT_MENU, SPAN_MENU};
use super::super::{Facts, Intent};
use super::local;
use crate::scene::{Hit, Scene};
use crate::view::{Action, Span};

/// Does what a click on something asks for.
pub(super) fn click(hit: Hit, scene: &Scene, at: Option<Pos2>, origin: Pos2, intents: &mut Vec<Intent>) {
    match hit {
        Hit::Event(event, lane) => intents.push(Intent::View(Action::Pick(event, lane))),
        Hit::Fold(_, span, _) => intents.push(Intent::View(Action::Show(span.widened(0.3)))),
        Hit::Ruler => {
            if let Some(at) = at {
                intents.push(Intent::View(Action::Scrub { at_ms: scene.scale.ms_at(at.x - origin.x) }));
            }
        }
        Hit::Break(span) => intents.push(Intent::View(Action::OpenGap(span))),
        Hit::Lane(_) => intents.push(Intent::View(Action::Select(None))),
        Hit::Header(_) | Hit::FoldButton(_) | Hit::Hidden | Hit::Nothing => {}
    }
}

/// Chooses what a right click is on, for its menu.
pub(super) fn choose_for_menu(hit: Hit, at_ms: Option<i64>, marked: &[Span], intents: &mut Vec<Intent>) -> &'static [Command] {
    let in_marked = at_ms.and_then(|at_ms| marked.iter().rposition(|span| span.holds(at_ms)));
    match hit {
        Hit::Event(event, lane) => {
            intents.push(Intent::View(Action::Pick(event, lane)));
            EVENT_MENU
        }
        Hit::Fold(_, span, _) => {
            intents.push(Intent::View(Action::Mark { span, also: false }));
            SPAN_MENU
        }
        _ => match in_marked {
            Some(at) => {
                if at + 1 < marked.len() {
                    intents.push(Intent::View(Action::ChooseMarked(at)));
                }
                SPAN_MENU
            }
            None => CANVAS_MENU,
        },
    }
}

/// Zooms, pans or scrolls by the wheel.
pub(super) fn wheel(ui: &Ui, response: &Response, scene: &Scene, origin: Pos2, facts: Facts<'_>, intents: &mut Vec<Intent>) {
    if !response.contains_pointer() {
        return;
    }
    let (zoom, scroll, pointer, shift) =
        ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta(), input.pointer.hover_pos(), input.modifiers.shift));
    let Some(at) = pointer.map(|at| local(at, origin)) else { return };
    if (zoom - 1.0).abs() > 1e-4 {
        let about_ms = scene.scale.ms_at(at.x.clamp(scene.plot.x, scene.plot.right()));
        intents.push(Intent::View(Action::Zoom { about_ms, factor: f64::from(zoom) }));
        return;
    }
    let sideways = if shift && scroll.x == 0.0 { scroll.y } else { scroll.x };
    if sideways != 0.0 {
        intents.push(Intent::View(Action::Pan { share: f64::from(-sideways / scene.plot.w) }));
    }
    if !shift && scroll.y != 0.0 && scene.lanes_height > scene.scrolled.h {
        let most = scene.lanes_height - scene.scrolled.h;
        intents.push(Intent::View(Action::ScrollTo((facts.view.scroll_px - scroll.y).clamp(0.0, most))));
    }
}
