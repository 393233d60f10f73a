//! The strip below the lanes: the whole range as counts, with the window on it, which can be moved and resized.

mod count_bars;

use egui::accesskit::Action as Asked;
use egui::{CursorIcon, EventFilter, Frame, Key, Modifiers, Rect, Response, RichText, Role, Sense, Ui, WidgetInfo, pos2};
use egui_plot::Plot;

use super::{Facts, Intent};
use crate::render::paint::{color32, font};
use crate::scene::{Weight, grouped, text_width};
use crate::style::{HEADER_WIDTH_PX, SMALL_PX, Style, TEXT_PX};
use crate::time::{self, ticks};
use crate::view::{Action, Axis, Span, TimeScale};
use count_bars::{PlainBar, PlainBars};

/// The height of the strip.
pub(super) const HEIGHT_PX: f32 = 84.0;
const BARS: usize = 240;
/// How near to an edge of the window the pointer takes hold of it, in pixels.
const EDGE_PX: f32 = 6.0;

/// The frame of the strip.
pub(super) fn frame(style: &Style) -> Frame {
    Frame::new().fill(color32(style.panel))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grip {
    From,
    To,
    Middle,
}

/// One bar: its place among all, how many events begin in it, and how many of them match the search.
struct CountBar {
    at: usize,
    count: u32,
    hits: u32,
}

/// The bars of the whole range under one filter.
struct Bars {
    /// The document and the filter that they were made from.
    generation: u64,
    /// The whole range over the strip, which begins at 0; the same stretches as in the lanes are folded away.
    scale: TimeScale,
    list: Vec<CountBar>,
}

/// The strip's own state: its bars, made once for each filter, and what the drag holds.
#[derive(Default)]
pub(super) struct Overview {
    bars: Option<Bars>,
    grip: Option<Grip>,
    pub wants_focus: bool,
}

impl Overview {
    /// Drops the bars: another file is open.
    pub fn forget(&mut self) {
        self.bars = None;
    }

    /// The whole range and its bars, made anew for another filter or another width in pixels.
    fn bars(&mut self, facts: Facts<'_>, width_px: f32) -> Option<&Bars> {
        let document = facts.document;
        let generation = document.generation;
        let is_old = |bars: &Bars| bars.generation != generation || (bars.scale.width_px - width_px).abs() > 0.5;
        if self.bars.as_ref().is_none_or(is_old) {
            let (low, high) = document.store.span_ms()?;
            let whole = Axis { gaps: &document.gaps, plot_px: width_px }.around(Span::between(low, high), 0.03);
            let scale = TimeScale::new(whole, &document.gaps, 0.0, width_px);
            let edges = scale.edges(BARS);
            let (mut counts, mut hits) = (Vec::new(), Vec::new());
            document.whole.all()?.buckets_between(&document.store, &edges, &mut counts);
            document.hits.all()?.buckets_between(&document.store, &edges, &mut hits);
            let filled = counts.iter().zip(&hits).enumerate().filter(|(_, (count, _))| **count > 0);
            let list = filled.map(|(at, (count, hits))| CountBar { at, count: *count, hits: *hits });
            self.bars = Some(Bars { generation, scale, list: list.collect() });
        }
        self.bars.as_ref()
    }

    /// Shows the strip.
    pub fn show(&mut self, ui: &mut Ui, facts: Facts<'_>, intents: &mut Vec<Intent>) {
        let style = facts.style;
        let area = ui.available_rect_before_wrap();
        let matching = facts.document.hits.matching_dated();
        let strip =
            Rect::from_min_max(pos2(area.left() + HEADER_WIDTH_PX, area.top() + 8.0), pos2(area.right() - 12.0, area.bottom() - 20.0));
        let Some(bars) = self.bars(facts, strip.width()) else {
            ui.horizontal_centered(|ui| {
                ui.add_space(14.0);
                ui.label(RichText::new("No dated event to show").color(color32(style.text_quiet)));
            });
            return;
        };
        let head = pos2(area.left() + 14.0, area.top());
        let painter = ui.painter();
        let range = facts.document.store.span_ms().map_or_else(String::new, |(low, high)| time::year_range_text(low, high));
        painter.text(
            head + egui::vec2(0.0, 24.0),
            egui::Align2::LEFT_CENTER,
            range,
            font(SMALL_PX, Weight::Regular),
            color32(style.text_quiet),
        );
        let words = if matching == 1 { "1 event".to_owned() } else { format!("{} events", grouped(matching)) };
        painter.text(head + egui::vec2(0.0, 42.0), egui::Align2::LEFT_CENTER, words, font(TEXT_PX, Weight::SemiBold), color32(style.text));
        painter.hline(area.x_range(), area.top(), egui::Stroke::new(1.0, color32(style.line_major)));

        if strip.width() < 30.0 {
            return;
        }
        let scale = bars.scale.moved_to(strip.left());
        let most = bars.list.iter().map(|bar| bar.count).max().unwrap_or(1).max(1);
        let searching = facts.document.matching.is_some();
        let height = |count: u32| (f64::from(count) / f64::from(most)).sqrt();
        let bar = |bar: &CountBar, height: f64| PlainBar { from: bar.at as f64, to: (bar.at + 1) as f64, height };
        let ground = if searching { style.density.faded(0.35) } else { style.density };
        let chart = bars.list.iter().map(|own| bar(own, height(own.count))).collect();
        // Hits stand before the whole to the same scale; one of them can be seen.
        let hits = bars.list.iter().filter(|own| searching && own.hits > 0).map(|own| bar(own, height(own.hits).max(0.08))).collect();
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(strip));
        Plot::new("overview")
            .width(strip.width())
            .height(strip.height())
            .show_axes(false)
            .show_grid(false)
            .show_x(false)
            .show_y(false)
            .show_background(false)
            .show_crosshair(false)
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .set_margin_fraction(egui::Vec2::ZERO)
            .sense(Sense::hover())
            .show(&mut inner, |plot| {
                plot.set_plot_bounds_x(0.0..=BARS as f64);
                plot.set_plot_bounds_y(0.0..=1.08);
                plot.add(PlainBars::new("events", chart, color32(ground)));
                plot.add(PlainBars::new("hits", hits, color32(style.accent)));
            });
        let strip = Strip { area: strip, scale };
        strip.breaks(ui, style);
        strip.labels(ui, style);
        let response = strip.window(ui, facts, &mut self.grip, intents);
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        keys(ui, &response, facts.view.window, intents);
    }
}

/// The strip on screen, with its scale.
struct Strip {
    area: Rect,
    scale: TimeScale,
}

impl Strip {
    fn x_of(&self, at_ms: i64) -> f32 {
        self.scale.x_of(at_ms)
    }

    fn ms_at(&self, x: f32) -> i64 {
        self.scale.ms_at(x)
    }

    /// Where empty stretches are folded away.
    fn breaks(&self, ui: &Ui, style: &Style) {
        let stroke = egui::Stroke::new(1.0, color32(style.line_major));
        for piece in self.scale.pieces().filter(|piece| piece.gap.is_some()) {
            let middle = f32::midpoint(piece.left_px, piece.right_px);
            for x in [middle - 3.0, middle + 3.0] {
                let ends = [pos2(x + 3.0, self.area.bottom() - 11.0), pos2(x - 3.0, self.area.bottom() + 2.0)];
                ui.painter().line_segment(ends, stroke);
            }
        }
    }

    /// The years or days below the bars.
    fn labels(&self, ui: &Ui, style: &Style) {
        let strip = self.area;
        let measure = |text: &str| text_width(text, SMALL_PX, Weight::Regular);
        let painter = ui.painter();
        let mut free_from = strip.left();
        let open = self.scale.pieces().filter(|piece| piece.gap.is_none());
        let ticks =
            open.flat_map(|piece| ticks::ruler(piece.span.from_ms, piece.span.to_ms, piece.right_px - piece.left_px, &measure).minor);
        for tick in ticks {
            let x = self.x_of(tick.at_ms);
            let width = measure(&tick.label);
            if tick.label.is_empty() || x - width / 2.0 < free_from || x + width / 2.0 > strip.right() {
                continue;
            }
            free_from = x + width / 2.0 + 10.0;
            painter.text(
                pos2(x, strip.bottom() + 10.0),
                egui::Align2::CENTER_CENTER,
                &tick.label,
                font(SMALL_PX, Weight::Regular),
                color32(style.text_quiet),
            );
        }
    }

    /// The window on the strip: shown, moved, resized.
    fn window(&self, ui: &Ui, facts: Facts<'_>, held: &mut Option<Grip>, intents: &mut Vec<Intent>) -> Response {
        let (strip, style, window) = (self.area, facts.style, facts.view.window);
        let painter = ui.painter();
        let left = self.x_of(window.from_ms).clamp(strip.left() - 2.0, strip.right());
        let right = self.x_of(window.to_ms).clamp(strip.left(), strip.right() + 2.0);
        let shown = Rect::from_min_max(pos2(left.min(right - 3.0), strip.top() - 2.0), pos2(right.max(left + 3.0), strip.bottom() + 1.0));
        painter.rect(
            shown,
            4.0,
            color32(style.accent.faded(0.16)),
            egui::Stroke::new(1.5, color32(style.accent)),
            egui::StrokeKind::Inside,
        );

        let response = ui.interact(strip.expand2(egui::vec2(4.0, 2.0)), ui.scope_id().with("window"), Sense::click_and_drag());
        response.widget_info(|| {
            let words = format!("Window in the whole range: {}", time::span_text(window.from_ms, window.to_ms));
            WidgetInfo { value: Some(window.middle_ms() as f64), ..WidgetInfo::labeled(Role::Slider, true, words) }
        });
        let grip_at = |x: f32| {
            if (x - shown.left()).abs() <= EDGE_PX && shown.width() > 3.0 * EDGE_PX {
                Some(Grip::From)
            } else if (x - shown.right()).abs() <= EDGE_PX && shown.width() > 3.0 * EDGE_PX {
                Some(Grip::To)
            } else {
                shown.expand(4.0).x_range().contains(x).then_some(Grip::Middle)
            }
        };
        if let Some(at) = response.hover_pos() {
            match grip_at(at.x) {
                Some(Grip::From | Grip::To) => ui.set_cursor_icon(CursorIcon::ResizeHorizontal),
                Some(Grip::Middle) => ui.set_cursor_icon(CursorIcon::Grab),
                None => {}
            }
        }
        let axis = Axis { gaps: &facts.document.gaps, plot_px: self.scale.width_px };
        let centre_at = |x: f32| Action::Show(axis.with_at(window, self.ms_at(x), 0.5));
        if response.drag_started()
            && let Some(press) = ui.input(|input| input.pointer.press_origin())
        {
            *held = grip_at(press.x);
            if held.is_none() {
                *held = Some(Grip::Middle);
                intents.push(Intent::View(centre_at(press.x)));
            }
        }
        if response.dragged()
            && let (Some(grip), Some(at)) = (*held, response.interact_pointer_pos())
        {
            let by_px = response.drag_delta().x;
            let moved = if axis.gaps.is_empty() {
                window.moved((f64::from(by_px) * self.scale.ms_per_px()) as i64)
            } else {
                axis.with_at(window, self.ms_at(self.x_of(window.from_ms) + by_px), 0.0)
            };
            intents.push(Intent::View(match grip {
                Grip::Middle => Action::Show(moved),
                Grip::From => Action::Show(Span::between(self.ms_at(at.x).min(window.to_ms - Span::SHORTEST_MS), window.to_ms)),
                Grip::To => Action::Show(Span::between(window.from_ms, self.ms_at(at.x).max(window.from_ms + Span::SHORTEST_MS))),
            }));
        }
        if response.drag_stopped() {
            *held = None;
        }
        if response.clicked()
            && let Some(at) = response.interact_pointer_pos()
        {
            intents.push(Intent::View(centre_at(at.x)));
        }
        response
    }
}

/// With the keyboard, Left and Right move the window by a fifth of itself, Up and Down make it narrower and wider; a screen reader asks for the same.
fn keys(ui: &Ui, response: &Response, window: Span, intents: &mut Vec<Intent>) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.add_action(Asked::Increment);
        node.add_action(Asked::Decrement);
    });
    let steps = |action| ui.input(|input| input.num_accesskit_action_requests(response.id, action)) as i32;
    let mut across = steps(Asked::Increment) - steps(Asked::Decrement);
    let mut closer = 0;
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as i32;
        across += pressed(Key::ArrowRight) - pressed(Key::ArrowLeft);
        closer = pressed(Key::ArrowUp) - pressed(Key::ArrowDown);
    }
    if across != 0 {
        intents.push(Intent::View(Action::Pan { share: 0.2 * f64::from(across) }));
    }
    if closer != 0 {
        intents.push(Intent::View(Action::Zoom { about_ms: window.middle_ms(), factor: 1.5_f64.powi(closer) }));
    }
}
