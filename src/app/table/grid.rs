//! The rows themselves: headings that sort and widen, the rows in view, the keyboard.

use std::collections::VecDeque;

use egui::{Align2, CursorIcon, EventFilter, Id, Key, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::commands::Command;
use super::super::{Facts, Intent};
use super::chosen::Chosen;
use super::{Keys, Table};
use crate::render::paint::{color32, font};
use crate::scene::{self, Weight, elided, grouped};
use crate::store::{Column, EventId, EventStore};
use crate::style::{SMALL_PX, TEXT_PX};
use crate::view::{Action, ShownColumn, TableShown};

/// Height of a row, in points.
const ROW_PX: f32 = 22.0;
/// Height of the headings.
const HEAD_PX: f32 = 24.0;
/// Between a column's edge and its text.
const INSET_PX: f32 = 8.0;
/// How near to a column's edge the pointer takes hold of it.
const EDGE_PX: f32 = 5.0;
/// Letters of a text that a cell looks at.
const LETTERS: usize = 400;
/// Rows whose cells are kept.
const KEPT: usize = 256;
/// Width of the bars at the right and below.
const BAR_PX: f32 = 10.0;

/// The cells of the rows that were seen last, cut to their columns.
#[derive(Default)]
pub(super) struct Cells {
    columns: Vec<ShownColumn>,
    rows: VecDeque<(EventId, Vec<String>, String)>,
    pub made: u64,
}

impl Cells {
    pub fn forget(&mut self) {
        self.rows.clear();
    }

    /// The texts of a row, and the row as a screen reader says it.
    fn of(&mut self, store: &EventStore, columns: &[ShownColumn], event: EventId) -> (&[String], &str) {
        if self.columns != columns {
            self.columns = columns.to_vec();
            self.rows.clear();
        }
        let known = self.rows.iter().position(|(own, ..)| *own == event);
        let at = known.unwrap_or_else(|| {
            let record = store.record(event);
            let cell = |own: &ShownColumn| {
                let text: String = own
                    .column
                    .text(store, event, &record)
                    .chars()
                    .take(LETTERS)
                    .map(|letter| if letter.is_control() { ' ' } else { letter })
                    .collect();
                elided(&text, TEXT_PX, Weight::Regular, own.width_px - 2.0 * INSET_PX)
            };
            let spoken = scene::spoken(store, event);
            self.made += columns.len() as u64;
            self.rows.push_back((event, columns.iter().map(cell).collect(), spoken));
            if self.rows.len() > KEPT {
                self.rows.pop_front();
            }
            self.rows.len() - 1
        });
        self.rows.get(at).map_or((&[], ""), |(_, cells, spoken)| (cells, spoken))
    }
}

/// Where everything stands.
struct Layout {
    area: Rect,
    /// The rows, without headings and bars.
    body: Rect,
    /// Rows that fit, a part of one among them.
    fit: f64,
    /// The width of all columns.
    wide_px: f32,
    id: Id,
}

/// By how much the arrow keys widen a column whose edge has the keyboard, in points.
fn widened_px(ui: &Ui, grip: &Response) -> f32 {
    if !grip.has_focus() {
        return 0.0;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(grip.id, filter));
    let pressed = |key| ui.input(|input| input.num_presses(key)) as f32;
    10.0 * (pressed(Key::ArrowRight) - pressed(Key::ArrowLeft))
}

impl Table {
    /// Shows headings and rows, and answers to mouse and keyboard.
    pub(super) fn grid(&mut self, ui: &mut Ui, facts: Facts<'_>, intents: &mut Vec<Intent>) {
        let area = ui.available_rect_before_wrap();
        if area.width() < 40.0 || area.height() < HEAD_PX + ROW_PX {
            return;
        }
        let columns = facts.view.table.columns.clone();
        let wide_px = columns.iter().map(|own| own.width_px).sum::<f32>();
        // The bar below the columns takes room only where they do not all fit.
        let below_px = if wide_px > area.width() - BAR_PX + 0.5 { BAR_PX } else { 0.0 };
        let body = Rect::from_min_max(pos2(area.left(), area.top() + HEAD_PX), pos2(area.right() - BAR_PX, area.bottom() - below_px));
        let layout = Layout { area, body, fit: f64::from(body.height() / ROW_PX), wide_px, id: ui.scope_id().with("rows") };
        ui.painter().rect_filled(area, 0.0, color32(facts.style.lane));
        let response = ui.interact(body, layout.id, Sense::click());
        let rows = self.rows.len();
        response.widget_info(|| WidgetInfo::labeled(Role::Table, true, format!("Events as a table, {} rows", grouped(rows))));
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if response.clicked() {
            response.request_focus();
        }
        if response.has_focus() {
            // Escape is the table's own while there are several rows to let go.
            let escape = self.chosen.len() > 1;
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            self.answer_keys(ui, &layout, intents);
        }
        self.keys = Keys { focused: response.has_focus(), ..Keys::default() };
        self.scroll(ui, &response, &layout);
        self.headings(ui, facts, &layout, &columns, intents);
        self.rows(ui, facts, &layout, &columns, intents);
        self.bars(ui, facts, &layout);
        if rows == 0 {
            let words = if self.sorting.is_some() { "The rows are being put in order" } else { "No event matches the search." };
            ui.painter().text(body.center(), Align2::CENTER_CENTER, words, font(TEXT_PX, Weight::Regular), color32(facts.style.text_quiet));
            // With the lanes beside it, those offer the same.
            if self.sorting.is_none() && facts.view.table.shown == TableShown::Alone {
                let place = Rect::from_center_size(body.center() + vec2(0.0, 28.0), vec2(140.0, 26.0));
                if ui.put(place, egui::Button::new("Clear the search")).clicked() {
                    intents.push(Intent::View(Action::SetQuery(String::new())));
                }
            }
        }
        if response.has_focus() {
            ui.painter().rect_stroke(body, 0.0, (1.5, color32(facts.style.accent)), egui::StrokeKind::Inside);
        }
        ui.advance_cursor_after_rect(area);
    }

    /// Moves the selection by the keyboard, and copies it.
    fn answer_keys(&mut self, ui: &Ui, layout: &Layout, intents: &mut Vec<Intent>) {
        let page = (layout.fit.floor() as i64 - 1).max(1);
        let count = self.rows.len() as i64;
        let mut by = self.keys.rows + page * self.keys.pages;
        if self.keys.home {
            by = -count;
        }
        if self.keys.end {
            by = count;
        }
        if by != 0 && count > 0 {
            let now = self.chosen.lead().map_or(self.top as i64 - i64::from(by > 0), |row| row as i64);
            let next = (now + by).clamp(0, count - 1) as usize;
            let chosen = if self.keys.extends && self.chosen.len() > 0 { self.chosen.up_to(next, false) } else { Chosen::one(next) };
            self.choose(chosen, intents);
        }
        if self.keys.all {
            self.choose(self.chosen.all(count as usize), intents);
            self.bring = None;
        }
        if self.keys.one
            && let Some(lead) = self.chosen.lead()
        {
            self.choose(Chosen::one(lead), intents);
        }
        let copies = ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Copy)));
        if copies && self.chosen.len() > 0 {
            intents.push(Intent::CopyRow);
        }
    }

    /// Follows the wheel and the selection; keeps the rows within the table.
    fn scroll(&mut self, ui: &Ui, response: &Response, layout: &Layout) {
        if let Some(row) = self.bring.take() {
            let row = row as f64;
            if row < self.top {
                self.top = row;
            } else if row + 1.0 > self.top + layout.fit {
                self.top = row + 1.0 - layout.fit;
            }
        }
        if response.contains_pointer() {
            let (scroll, shift) = ui.input(|input| (input.smooth_scroll_delta(), input.modifiers.shift));
            let sideways = if shift && scroll.x == 0.0 { scroll.y } else { scroll.x };
            self.left_px -= sideways;
            if !shift {
                self.top -= f64::from(scroll.y / ROW_PX);
            }
        }
        self.top = self.top.min(self.rows.len() as f64 - layout.fit).max(0.0);
        self.left_px = self.left_px.min(layout.wide_px - layout.body.width()).max(0.0);
    }

    fn headings(&mut self, ui: &Ui, facts: Facts<'_>, layout: &Layout, columns: &[ShownColumn], intents: &mut Vec<Intent>) {
        let (style, table) = (facts.style, &facts.view.table);
        let strip = Rect::from_min_size(layout.area.min, vec2(layout.area.width(), HEAD_PX));
        let painter = ui.painter_at(strip);
        painter.rect_filled(strip, 0.0, color32(style.panel));
        let mut left = strip.left() - self.left_px;
        for own in columns {
            let cell = Rect::from_min_size(pos2(left, strip.top()), vec2(own.width_px, HEAD_PX));
            left = cell.right();
            let seen = cell.intersect(strip);
            if !seen.is_positive() {
                continue;
            }
            let id = layout.id.with(("heading", &own.column));
            let heading = ui.interact(Rect::from_min_max(seen.min, pos2(seen.right() - EDGE_PX, seen.bottom())), id, Sense::click());
            let is_sorted = table.sort == own.column;
            let order = match (is_sorted, table.descending) {
                (false, _) => "",
                (true, false) => ", ascending",
                (true, true) => ", descending",
            };
            heading.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, format!("Sort by {}{order}", own.column.heading())));
            if heading.clicked() {
                intents.push(Intent::View(Action::SetTable(table.sorted_by(&own.column))));
            }
            let color = if heading.hovered() || is_sorted { style.text } else { style.text_quiet };
            let arrow = match (is_sorted, table.descending) {
                (false, _) => "",
                (true, false) => " ↑",
                (true, true) => " ↓",
            };
            let words = elided(&format!("{}{arrow}", own.column.heading()), SMALL_PX, Weight::SemiBold, own.width_px - 2.0 * INSET_PX);
            let place = pos2(cell.left() + INSET_PX, cell.center().y);
            painter.text(place, Align2::LEFT_CENTER, words, font(SMALL_PX, Weight::SemiBold), color32(color));
            painter.vline(cell.right() - 0.5, cell.y_range().shrink(4.0), (1.0, color32(style.line_major)));
            let edge = Rect::from_center_size(pos2(cell.right(), cell.center().y), vec2(2.0 * EDGE_PX, HEAD_PX)).intersect(strip);
            if !edge.is_positive() {
                continue;
            }
            let grip = ui.interact(edge, id.with("edge"), Sense::drag());
            grip.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, format!("Width of {}", own.column.heading())));
            if grip.hovered() || grip.dragged() {
                ui.set_cursor_icon(CursorIcon::ResizeColumn);
            }
            let by_px = if grip.dragged() { grip.drag_delta().x } else { widened_px(ui, &grip) };
            if by_px != 0.0 {
                intents.push(Intent::View(Action::SetTable(table.with_width(&own.column, own.width_px + by_px))));
            }
        }
        painter.hline(strip.x_range(), strip.bottom() - 0.5, (1.0, color32(style.line_major)));
    }

    fn rows(&mut self, ui: &Ui, facts: Facts<'_>, layout: &Layout, columns: &[ShownColumn], intents: &mut Vec<Intent>) {
        let (style, store) = (facts.style, &facts.document.store);
        let body = layout.body;
        let painter = ui.painter_at(body);
        let first = self.top.floor() as usize;
        let last = ((self.top + layout.fit).ceil() as usize).min(self.rows.len());
        let standing_out = facts.document.standing_out();
        let several = self.chosen.len() > 1;
        let (mut clicked, mut copies) = (None, false);
        for at in first..last {
            let Some(event) = self.rows.get(at) else { break };
            let y = body.top() + ((at as f64 - self.top) * f64::from(ROW_PX)) as f32;
            let row = Rect::from_min_size(pos2(body.left(), y), vec2(body.width(), ROW_PX));
            // The rows are reached by the arrows, not one by one by Tab.
            let response = ui.interact(row.intersect(body), layout.id.with(("row", event.0)), Sense::CLICK);
            let is_selected = facts.view.selected == Some(event);
            let is_chosen = self.chosen.holds(at);
            let fill = match (is_chosen, response.hovered(), at % 2) {
                // Of several, the one that is selected everywhere stands out.
                (true, ..) if several && !is_selected => Some(style.accent.faded(0.14)),
                (true, ..) => Some(style.selection()),
                (false, true, _) => Some(style.field_hover),
                (false, false, 1) => Some(style.lane_other),
                _ => None,
            };
            if let Some(fill) = fill {
                painter.rect_filled(row, 0.0, color32(fill));
            }
            let is_hit = standing_out.is_none_or(|hits| hits.events.has(event));
            let rows = self.rows.len();
            let (cells, spoken) = self.cells.of(store, columns, event);
            response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_chosen, format!("Row {} of {}: {spoken}", at + 1, rows)));
            if is_selected {
                ui.ctx().accesskit_node_builder(layout.id, |table| table.set_active_descendant(response.id.accesskit_id()));
            }
            let mut left = row.left() - self.left_px;
            for (own, text) in columns.iter().zip(cells) {
                let cell = Rect::from_min_size(pos2(left, y), vec2(own.width_px, ROW_PX));
                left = cell.right();
                if cell.right() < body.left() || cell.left() > body.right() || text.is_empty() {
                    continue;
                }
                let quiet = !is_selected && (!is_hit || own.column != Column::Title && own.column != Column::When);
                let color = if quiet { style.text_quiet } else { style.text };
                let clipped = painter.with_clip_rect(cell.shrink2(vec2(INSET_PX / 2.0, 0.0)).intersect(body));
                let color = if is_hit { color } else { color.faded(0.7) };
                clipped.text(
                    pos2(cell.left() + INSET_PX, cell.center().y),
                    Align2::LEFT_CENTER,
                    text,
                    font(TEXT_PX, Weight::Regular),
                    color32(color),
                );
            }
            if response.double_clicked() {
                intents.push(Intent::View(Action::ZoomToEvent(event)));
            } else if response.clicked() {
                let (extends, beside) = ui.input(|input| (input.modifiers.shift, input.modifiers.command));
                clicked = Some(match (extends, beside) {
                    (true, also) if several || self.chosen.len() > 0 => self.chosen.up_to(at, also),
                    (false, true) => self.chosen.toggled(at),
                    _ => Chosen::one(at),
                });
                self.wants_focus = true;
            }
            let copied = if is_chosen && several { format!("Copy {} rows", grouped(self.chosen.len())) } else { "Copy row".to_owned() };
            response.context_menu(|ui| {
                if ui.button(copied).clicked() {
                    if !is_chosen {
                        clicked = Some(Chosen::one(at));
                    }
                    copies = true;
                    ui.close();
                }
                if ui.button("Zoom to the event").clicked() {
                    intents.push(Intent::View(Action::ZoomToEvent(event)));
                    ui.close();
                }
                if ui.button("Show in the lanes alone").clicked() {
                    intents.extend([Intent::View(Action::Select(Some(event))), Intent::Command(Command::Table)]);
                    ui.close();
                }
            });
        }
        if let Some(chosen) = clicked {
            self.choose(chosen, intents);
        }
        if copies {
            intents.push(Intent::CopyRow);
        }
    }

    /// The bars that show which rows and columns are in view.
    fn bars(&mut self, ui: &Ui, facts: Facts<'_>, layout: &Layout) {
        let rows = self.rows.len() as f64;
        let body = layout.body;
        if rows > layout.fit {
            let track = Rect::from_min_max(pos2(body.right(), body.top()), pos2(layout.area.right(), body.bottom()));
            let tall = ((layout.fit / rows) as f32 * track.height()).max(24.0);
            let most = rows - layout.fit;
            let top = track.top() + (self.top / most) as f32 * (track.height() - tall);
            let response = ui.interact(track, layout.id.with("bar"), Sense::CLICK | Sense::DRAG);
            response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Rows"));
            let strength = if response.hovered() || response.dragged() { 0.9 } else { 0.45 };
            let handle = Rect::from_min_size(pos2(track.left() + 2.0, top), vec2(BAR_PX - 4.0, tall));
            ui.painter().rect_filled(handle, 3.0, color32(facts.style.text_quiet.faded(strength)));
            if let Some(at) = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked()) {
                let share = (at.y - track.top() - tall / 2.0) / (track.height() - tall).max(1.0);
                self.top = f64::from(share.clamp(0.0, 1.0)) * most;
                ui.ctx().request_repaint();
            }
        }
        if layout.wide_px > body.width() + 0.5 {
            let track = Rect::from_min_max(pos2(body.left(), body.bottom()), pos2(body.right(), layout.area.bottom()));
            let long = (body.width() / layout.wide_px * track.width()).max(24.0);
            let most = layout.wide_px - body.width();
            let left = track.left() + self.left_px / most * (track.width() - long);
            let response = ui.interact(track, layout.id.with("bar below"), Sense::CLICK | Sense::DRAG);
            response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Columns in view"));
            let strength = if response.hovered() || response.dragged() { 0.9 } else { 0.45 };
            let handle = Rect::from_min_size(pos2(left, track.top() + 2.0), vec2(long, BAR_PX - 4.0));
            ui.painter().rect_filled(handle, 3.0, color32(facts.style.text_quiet.faded(strength)));
            if let Some(at) = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked()) {
                let share = (at.x - track.left() - long / 2.0) / (track.width() - long).max(1.0);
                self.left_px = share.clamp(0.0, 1.0) * most;
                ui.ctx().request_repaint();
            }
        }
    }
}
