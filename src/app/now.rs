//! What is going on at the playhead: for each lane what meets that time, what came just before and what comes next.
//!
//! Only the rows on screen are asked, each by a few searches, so a million events and ten thousand lanes cost what a few do.

use egui::{Panel, RichText, ScrollArea, Ui, vec2};

use super::focus::{Focus, Pane};
use super::{Facts, Intent};
use crate::render::paint::{color32, font};
use crate::scene::{Weight, grouped};
use crate::store::{EventId, EventStore, Lane};
use crate::style::{SMALL_PX, TEXT_PX};
use crate::time::{self, Dialect};
use crate::view::Action;

/// Events at one time that are told by title.
const MOST_TOLD: usize = 3;
const NAME_PX: f32 = 180.0;
const ROW_PX: f32 = 22.0;

/// Shows the panel over the overview while it is open.
pub(super) fn panel(ui: &mut Ui, focus: &mut Focus, facts: Facts<'_>, ms_per_px: f64, intents: &mut Vec<Intent>) {
    if !facts.view.now_open {
        return;
    }
    let most = (ui.available_height() * 0.5).max(90.0);
    let panel = Panel::bottom("now").default_size(150.0_f32.min(most)).size_range(70.0..=most).resizable(true);
    panel.show(ui, |ui| {
        focus.pane(ui, Pane::Now);
        show(ui, facts, ms_per_px, intents);
    });
}

fn show(ui: &mut Ui, facts: Facts<'_>, ms_per_px: f64, intents: &mut Vec<Intent>) {
    let (document, view) = (facts.document, facts.view);
    let store = &*document.store;
    let at_ms = view.playhead_ms.unwrap_or(view.window.middle_ms());
    let going_on = document.lanes.all().map_or(0, |all| all.count(store, at_ms, at_ms.saturating_add(1)));
    ui.horizontal(|ui| {
        let time = time::pointer_text(at_ms, ms_per_px, store.has_instants().then(|| store.zone()));
        ui.label(RichText::new(format!("At {time}")).font(font(TEXT_PX, Weight::SemiBold)));
        let words =
            if going_on == 1 { "1 event can be going on".to_owned() } else { format!("{} events can be going on", grouped(going_on)) };
        ui.weak(words);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Close").on_hover_text("Close what is going on at the playhead").clicked() {
                intents.push(Intent::View(Action::ShowNow(false)));
            }
        });
    });
    let wide = ui.available_width();
    let rest = (wide - NAME_PX - 40.0).max(150.0);
    let widths = [NAME_PX, rest * 0.42, rest * 0.29, rest * 0.29];
    let small = |words: &str| RichText::new(words).size(SMALL_PX).color(color32(facts.style.text_quiet));
    ui.horizontal(|ui| {
        for (width, words) in widths.into_iter().zip(["Lane", "Going on", "Just before", "Next"]) {
            left(ui, width, 14.0, |ui| ui.label(small(words)));
        }
    });
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW_PX, document.rows.len(), |ui, shown| {
        for row in shown {
            let Some(lane) = document.rows.lane(row, &document.lanes) else { continue };
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                let name = egui::Button::new(lane.name().to_string()).frame(false).truncate();
                if left(ui, widths[0], ROW_PX - 2.0, |ui| ui.add(name)).on_hover_text("Go to this lane").clicked() {
                    intents.push(Intent::GoToLane(lane.name().to_string()));
                }
                let around = Around::of(store, lane, at_ms);
                cell(ui, store, widths[1], &around.going_on, around.more, intents);
                cell(ui, store, widths[2], around.before.as_slice(), 0, intents);
                cell(ui, store, widths[3], around.after.as_slice(), 0, intents);
            });
        }
    });
}

/// What a lane has about a time.
struct Around {
    going_on: Vec<EventId>,
    /// How many more are going on.
    more: usize,
    before: Option<EventId>,
    after: Option<EventId>,
}

impl Around {
    fn of(store: &EventStore, lane: &Lane, at_ms: i64) -> Self {
        let to_ms = at_ms.saturating_add(1);
        let mut going_on = Vec::new();
        lane.events(store, at_ms, to_ms, MOST_TOLD, &mut going_on);
        let more = lane.count(store, at_ms, to_ms).saturating_sub(going_on.len());
        Self {
            going_on,
            more,
            before: lane.last_ended(store, at_ms),
            after: lane.by_start().get(lane.starting_before(store, to_ms)).copied(),
        }
    }
}

/// Lays something out from the left in so much room, whether it fills it or not.
fn left<R>(ui: &mut Ui, width: f32, height: f32, show: impl FnOnce(&mut Ui) -> R) -> R {
    ui.allocate_ui_with_layout(vec2(width, height), egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.set_min_width(width);
        ui.set_max_width(width);
        show(ui)
    })
    .inner
}

fn cell(ui: &mut Ui, store: &EventStore, width: f32, events: &[EventId], more: usize, intents: &mut Vec<Intent>) {
    left(ui, width, ROW_PX - 2.0, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding.x = 4.0;
        let more_px = if more > 0 { 40.0 } else { 0.0 };
        let each = (width - more_px) / events.len().max(1) as f32;
        for event in events {
            let date = time::read(store.canonical(*event), &Dialect::EDTF).map(|when| store.wording_short(&when)).unwrap_or_default();
            let words = format!("{} ({date})", store.title_text(*event));
            let button = egui::Button::new(RichText::new(&words).size(SMALL_PX)).frame(false).truncate();
            if left(ui, each - 4.0, ROW_PX - 4.0, |ui| ui.add(button)).on_hover_text(words).clicked() {
                intents.push(Intent::View(Action::Select(Some(*event))));
            }
        }
        if more > 0 {
            ui.weak(RichText::new(format!("+{}", grouped(more))).size(SMALL_PX));
        }
    });
}
