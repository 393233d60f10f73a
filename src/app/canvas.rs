//! The lanes: paints the scene, and turns what the mouse does on it into intents.

pub(super) mod headers;
mod playhead;
mod pointer;
mod reading;

use egui::{CursorIcon, EventFilter, Id, Popup, Pos2, Rect as ScreenRect, Response, Role, Sense, SetOpenCommand, Ui, WidgetInfo, pos2};

use super::commands::{Command, Standing};
use super::document::Document;
use super::{Facts, Intent, menu};
use crate::render::paint::{Brush, color32, paint, paint_prims, screen_rect};
use crate::scene::{self, Height, Hit, Placing, Point, Prim, Rect, Scene, SceneRequest, Stroke, Weight, placing};
use crate::store::{EventId, LaneIndex};
use crate::style::{HEADER_WIDTH_PX, RULER_HEIGHT_PX, SMALL_PX, SYMBOL_RADIUS_PX, Theme};
use crate::time;
use crate::view::{Action, Axis, Gaps, LaneAction, LaneRows, Span, TimeScale, ViewState};

/// Which part of the lanes has the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeysOf {
    /// The lanes as a whole.
    Lanes,
    /// The name of a lane.
    Header,
    /// The playhead on the ruler.
    Playhead,
}

/// What the picture was made from.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    generation: u64,
    window: Span,
    size: (u32, u32),
    scroll: u32,
    theme: Theme,
}

/// What a drag that is under way does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Drag {
    Pan,
    Scrub,
    Mark { from_ms: i64, also: bool },
}

/// The canvas's own state: the picture last made, and the drag under way.
#[derive(Default)]
pub(super) struct Canvas {
    scene: Option<(Key, Scene)>,
    brush: Brush,
    joined_for: Option<EventId>,
    drag: Option<Drag>,
    headers: headers::Headers,
    reading: reading::Reading,
    /// The nodes of the lanes and of the playhead.
    ids: Option<(Id, Id)>,
    marked: Option<Span>,
    pub wants_focus: bool,
    /// The menu that a right click opened.
    menu: &'static [Command],
    pointer_ms: Option<i64>,
    painted: bool,
    rect: Option<ScreenRect>,
    /// How often the picture was made.
    scenes_made: u64,
}

impl Canvas {
    /// Drops the picture: another file is open.
    pub fn forget(&mut self) {
        *self = Self { rect: self.rect, scenes_made: self.scenes_made, ..Self::default() };
    }

    /// How often the picture was made: not at all in a frame in which nothing changed.
    pub fn scenes_made(&self) -> u64 {
        self.scenes_made
    }

    /// Whether the picture joins the marks of an event.
    pub fn joins(&self, event: EventId) -> bool {
        self.scene.as_ref().is_some_and(|(_, scene)| scene.connectors.iter().any(|connector| connector.event == event))
    }

    /// Nodes that marks and counts had in the last frame: none where nobody listens.
    pub fn nodes(&self) -> usize {
        self.reading.nodes
    }

    /// Which part of the lanes a widget is; `None` for any other.
    pub fn keys_of(&self, focused: Id) -> Option<KeysOf> {
        match self.ids {
            Some((canvas, _)) if canvas == focused => Some(KeysOf::Lanes),
            Some((_, playhead)) if playhead == focused => Some(KeysOf::Playhead),
            _ => self.headers.is_focus(focused).then_some(KeysOf::Header),
        }
    }

    /// The time so many lines of the ruler from the playhead.
    pub fn stepped(&self, gaps: &Gaps, view: &ViewState, steps: i64) -> Option<i64> {
        let (_, scene) = self.scene.as_ref()?;
        playhead::stepped(&TimeScale::new(view.window, gaps, scene.scale.left_px, scene.scale.width_px), view.playhead_ms, steps)
    }

    /// Whether the playhead is being dragged.
    pub fn is_scrubbing(&self) -> bool {
        self.drag == Some(Drag::Scrub)
    }

    /// Whether a complete picture has been shown.
    pub fn has_painted(&self) -> bool {
        self.painted
    }

    /// Distinct events and marks in view, as the picture counts them.
    pub fn in_view(&self) -> Option<(usize, usize)> {
        self.scene.as_ref().map(|(_, scene)| (scene.events_in_view, scene.marks_in_view()))
    }

    /// The time under the pointer, and how many milliseconds a pixel spans.
    pub fn pointer(&self) -> Option<(i64, f64)> {
        let (_, scene) = self.scene.as_ref()?;
        Some((self.pointer_ms?, scene.scale.ms_per_px()))
    }

    /// Where the lanes are on screen.
    pub fn room(&self) -> Option<ScreenRect> {
        self.rect
    }

    /// How many milliseconds a pixel spans.
    pub fn ms_per_px(&self) -> f64 {
        self.scene.as_ref().map_or(f64::from(u32::MAX), |(_, scene)| scene.scale.ms_per_px())
    }

    /// The axis as the window shows it.
    pub fn axis<'d>(&self, document: &'d Document) -> Axis<'d> {
        Axis { gaps: &document.gaps, plot_px: self.rect.map_or(1_000.0, |rect| rect.width() - HEADER_WIDTH_PX).max(60.0) }
    }

    /// Where rows stand in the window.
    pub fn placing(&self, rows: &LaneRows) -> Placing {
        placing(rows, self.rect.map_or(600.0, |rect| rect.height()) - RULER_HEIGHT_PX)
    }

    /// The scroll that brings some lane of an event into view; `None` where one is in view already.
    pub fn scroll_for(&self, document: &Document, event: EventId, scroll_px: f32) -> Option<f32> {
        let rows = &document.rows;
        let placed = self.placing(rows);
        let holds = |row: &usize| rows.lane(*row, &document.lanes).is_some_and(|lane| lane.by_start().binary_search(&event).is_ok());
        let is_seen = |row: &usize| (placed.scroll_to(rows, *row, scroll_px) - scroll_px).abs() < 1.0;
        if (0..placed.pinned).chain(placed.seen(rows, scroll_px)).filter(is_seen).any(|row| holds(&row)) {
            return None;
        }
        (0..rows.len()).find(holds).map(|row| placed.scroll_to_middle(rows, row))
    }

    /// Shows the lanes and answers to the mouse.
    pub fn show(&mut self, ui: &mut Ui, facts: Facts<'_>, standing: &Standing, intents: &mut Vec<Intent>) {
        let rect = ui.available_rect_before_wrap();
        self.rect = Some(rect);
        if rect.width() < 40.0 || rect.height() < 40.0 {
            return;
        }
        let id = ui.scope_id().with("canvas");
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let lanes_in_all = facts.document.rows.len();
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, format!("Timeline, {lanes_in_all} lanes")));
        self.hold_focus(ui, &response);
        self.ids = Some((id, playhead::id(ui)));
        self.update(facts, rect);
        let Some((_, scene)) = self.scene.take() else { return };
        let origin = rect.min;
        let painter = ui.painter_at(rect);
        paint(&scene, &painter, origin, &mut self.brush);
        if self.brush.waits() {
            ui.ctx().request_repaint();
        }
        // The nodes of marks lie over the canvas: the pointer is on both.
        let over = ui.input(|input| input.pointer.hover_pos()).filter(|_| response.contains_pointer() || response.dragged());
        let hovered = over.map(|at| scene.hit(local(at, origin)));
        self.pointer_ms = over.filter(|at| at.x - origin.x >= scene.plot.x).map(|at| scene.scale.ms_at(at.x - origin.x));
        self.drags(ui, &response, &scene, origin, facts, intents);
        pointer::wheel(ui, &response, &scene, origin, facts, intents);
        breaks(ui, &scene, origin, rect, intents);
        self.context_menu(&response, hovered, standing, &facts.view.marked, intents);
        playhead::slider(ui, &scene, origin, facts, intents);
        self.lanes(ui, &response, &scene, facts, standing, intents);
        if response.clicked() {
            response.request_focus();
            let at = response.interact_pointer_pos().map(|at| scene.hit(local(at, origin)));
            pointer::click(at.unwrap_or(Hit::Nothing), &scene, response.interact_pointer_pos(), origin, intents);
        }
        if response.double_clicked()
            && let Some(at) = response.interact_pointer_pos()
        {
            match scene.hit(local(at, origin)) {
                Hit::Event(event, _) => intents.push(Intent::View(Action::ZoomToEvent(event))),
                Hit::Fold(_, span, _) => intents.push(Intent::View(Action::Show(span.widened(0.3)))),
                _ => {}
            }
        }
        self.overlay(&scene, facts, hovered, &painter, origin);
        tip(&response, &scene, hovered, origin, facts);
        if scene.lanes.iter().all(|lane| lane.total == 0) {
            empty_words(ui, &scene, facts, origin, intents);
        }
        let more = scene.lanes_height > scene.scrolled.h + 1.0;
        if more {
            scroll_bar(ui, &scene, origin, facts, intents);
        }
        let key = Self::key(facts, rect);
        self.scene = Some((key, scene));
        self.painted |= !self.brush.waits();
    }

    /// The names of the lanes, and what each lane tells a screen reader, lane by lane.
    fn lanes(&mut self, ui: &mut Ui, canvas: &Response, scene: &Scene, facts: Facts<'_>, standing: &Standing, intents: &mut Vec<Intent>) {
        let (rect, origin) = (canvas.rect, canvas.rect.min);
        self.reading.update(canvas, scene, facts);
        let column = ScreenRect::from_min_max(pos2(origin.x, origin.y + scene.plot.y), pos2(origin.x + scene.plot.x, rect.bottom()));
        let shown = headers::Shown { scene, origin, facts, standing, column, root: canvas.id };
        self.headers.follow(ui, shown);
        let mut nodes = 0;
        for (at, lane) in scene.lanes.iter().enumerate() {
            let Some(told) = self.reading.lane(at) else {
                self.headers.header(ui, shown, lane, intents);
                continue;
            };
            let group = reading::group(ui, canvas.id, told, screen_rect(lane.seen, origin).intersect(rect));
            self.headers.header(&group, shown, lane, intents);
            nodes += reading::nodes(&group, canvas, told, origin, facts, intents);
        }
        self.reading.nodes = nodes;
        if canvas.has_focus()
            && let Some(mark) = self.reading.selected_node(canvas.id, facts.view.selected, facts.view.selected_lane)
        {
            ui.ctx().accesskit_node_builder(canvas.id, |node| node.set_active_descendant(mark.accesskit_id()));
        }
        headers::show(ui, shown, intents);
    }

    fn hold_focus(&mut self, ui: &Ui, response: &Response) {
        if self.wants_focus {
            response.request_focus();
            self.wants_focus = false;
        }
        if response.has_focus() {
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
    }

    fn key(facts: Facts<'_>, rect: ScreenRect) -> Key {
        Key {
            generation: facts.document.generation,
            window: facts.view.window,
            size: (rect.width().to_bits(), rect.height().to_bits()),
            scroll: facts.view.scroll_px.to_bits(),
            theme: facts.style.theme,
        }
    }

    /// Makes the picture anew if anything that it is made from has changed.
    fn update(&mut self, facts: Facts<'_>, rect: ScreenRect) {
        let key = Self::key(facts, rect);
        let (document, selected) = (facts.document, facts.view.selected);
        let request = SceneRequest {
            names: false,
            store: &document.store,
            lanes: &document.lanes,
            rows: &document.rows,
            kinds: &document.kinds,
            style: facts.style,
            window: facts.view.window,
            gaps: &document.gaps,
            width_px: rect.width(),
            height: Height::Scrolled { height_px: rect.height(), scroll_px: facts.view.scroll_px },
            paper: None,
            selected,
            hits: document.standing_out(),
        };
        match self.scene.as_mut().filter(|(old, _)| *old == key) {
            Some((_, scene)) if self.joined_for != selected => scene::rejoin(scene, &request),
            Some(_) => {}
            None => {
                self.scenes_made += 1;
                self.reading.forget();
                self.brush.forget_scene();
                self.scene = Some((key, scene::build(&request)));
            }
        }
        self.joined_for = selected;
    }

    fn drags(&mut self, ui: &Ui, response: &Response, scene: &Scene, origin: Pos2, facts: Facts<'_>, intents: &mut Vec<Intent>) {
        if response.drag_started() {
            response.request_focus();
            let press = ui.input(|input| input.pointer.press_origin()).unwrap_or(origin);
            let at = local(press, origin);
            let (shift, also) = ui.input(|input| (input.modifiers.shift, input.modifiers.command));
            self.drag = Some(match scene.hit(at) {
                Hit::Ruler => Drag::Scrub,
                _ if shift => Drag::Mark { from_ms: scene.scale.ms_at(at.x), also },
                _ => Drag::Pan,
            });
        }
        let Some(at) = response.interact_pointer_pos().map(|at| local(at, origin)) else {
            if self.drag.take() == Some(Drag::Scrub) {
                intents.push(Intent::BringLane);
            }
            return;
        };
        match self.drag {
            Some(Drag::Scrub) if response.dragged() => intents.push(Intent::View(Action::Scrub { at_ms: scene.scale.ms_at(at.x) })),
            Some(Drag::Pan) if response.dragged() => {
                let moved = response.drag_delta();
                if moved.x != 0.0 {
                    intents.push(Intent::View(Action::Pan { share: f64::from(-moved.x / scene.plot.w) }));
                }
                if moved.y != 0.0 && scene.lanes_height > scene.scrolled.h {
                    let most = scene.lanes_height - scene.scrolled.h;
                    intents.push(Intent::View(Action::ScrollTo((facts.view.scroll_px - moved.y).clamp(0.0, most))));
                }
                ui.set_cursor_icon(CursorIcon::Grabbing);
            }
            Some(Drag::Mark { from_ms, .. }) => {
                self.marked = Some(Span::between(from_ms, scene.scale.ms_at(at.x)));
            }
            _ => {}
        }
        if response.drag_stopped() {
            if self.is_scrubbing() {
                intents.push(Intent::BringLane);
            }
            if let (Some(span), Some(Drag::Mark { also, .. })) = (self.marked.take(), self.drag) {
                intents.push(Intent::View(Action::Mark { span, also }));
            }
            self.drag = None;
        }
    }

    /// The menu of what is under the pointer; headers have their own.
    fn context_menu(&mut self, response: &Response, hovered: Option<Hit>, standing: &Standing, marked: &[Span], intents: &mut Vec<Intent>) {
        let (opens, closes) = response.ctx.input(|input| (input.pointer.secondary_clicked(), input.pointer.primary_clicked()));
        let hit = hovered.filter(|hit| !matches!(hit, Hit::Header(_) | Hit::FoldButton(_) | Hit::Hidden | Hit::Nothing));
        let opens = hit.filter(|_| opens);
        if let Some(hit) = opens {
            self.menu = pointer::choose_for_menu(hit, self.pointer_ms, marked, intents);
        }
        let change = if opens.is_some() {
            Some(SetOpenCommand::Bool(true))
        } else {
            (closes && hovered.is_some()).then_some(SetOpenCommand::Bool(false))
        };
        Popup::menu(response).open_memory(change).at_pointer_fixed().show(|ui| menu::command_rows(ui, self.menu, standing, intents));
    }

    /// What changes with every move of the pointer: playhead, selection, hover, the span being marked.
    fn overlay(&self, scene: &Scene, facts: Facts<'_>, hovered: Option<Hit>, painter: &egui::Painter, origin: Pos2) {
        let style = facts.style;
        let plot = screen_rect(scene.plot, origin);
        let clipped = painter.with_clip_rect(plot);
        for span in facts.view.marked.iter().copied().chain(self.marked) {
            let area = Rect::between(scene.scale.x_of(span.from_ms), scene.plot.y, scene.scale.x_of(span.to_ms), scene.plot.bottom());
            let shape = Prim::Box { rect: area, radius: 0.0, fill: Some(style.accent.faded(0.14)), stroke: None };
            let edge = |x: f32| scene::upright(scene, x, area.y, area.bottom(), Stroke::solid(1.0, style.accent));
            paint_prims(edge(area.x).iter().chain(&edge(area.right())).chain([&shape]), &clipped, origin);
        }
        if let Some(span) = self.marked.map(|span| span.to_days()) {
            let count = facts.document.lanes.all().map_or(0, |all| all.count(&facts.document.store, span.from_ms, span.to_ms));
            let words = format!("{} · {} events", time::span_text(span.from_ms, span.to_ms), scene::grouped(count));
            let at = Point { x: scene.scale.x_of(span.from_ms).max(scene.plot.x) + 6.0, y: scene.plot.y + 12.0 };
            let rect = Rect { x: at.x - 4.0, y: at.y - 9.0, w: scene::text_width(&words, SMALL_PX, Weight::SemiBold) + 8.0, h: 18.0 };
            let label = Prim::Text(scene::Text {
                at,
                align: scene::Align::Start,
                size_px: SMALL_PX,
                weight: Weight::SemiBold,
                color: style.on_accent,
                text: words,
            });
            paint_prims([&Prim::Box { rect, radius: 4.0, fill: Some(style.accent), stroke: None }, &label], &clipped, origin);
        }
        let hovered = if let Some(Hit::Event(event, _)) = hovered { Some(event) } else { None };
        let document = facts.document;
        let joined = hovered.and_then(|event| scene::connector_of(scene, &document.store, &document.kinds, style, event));
        if let Some(connector) = joined {
            paint_prims(&connector.shapes, &clipped, origin);
        }
        for lane in &scene.lanes {
            for mark in &lane.marks {
                let is_selected = facts.view.selected == Some(mark.event);
                if !is_selected && hovered != Some(mark.event) {
                    continue;
                }
                let width = if is_selected { 2.0 } else { 1.2 };
                let stroke = Some(Stroke::solid(width, style.accent));
                let is_bar = mark.hit.w > 4.0 * SYMBOL_RADIUS_PX && mark.handle.x <= mark.hit.x + 8.0;
                let middle = Point { x: mark.handle.x.clamp(scene.plot.x, scene.plot.right()), y: mark.handle.y };
                let ring = if is_bar {
                    Prim::Box { rect: mark.hit.grown(1.0), radius: 5.0, fill: None, stroke }
                } else {
                    Prim::Circle { middle, radius: SYMBOL_RADIUS_PX + 4.5, fill: None, stroke }
                };
                paint_prims([&ring], &painter.with_clip_rect(screen_rect(lane.seen, origin).intersect(plot)), origin);
            }
        }
        if let Some(at_ms) = facts.view.playhead_ms.filter(|at_ms| scene.window.holds(*at_ms)) {
            playhead::show(scene, at_ms, style, painter, origin);
        }
    }
}

fn local(at: Pos2, origin: Pos2) -> Point {
    Point { x: at.x - origin.x, y: at.y - origin.y }
}

/// The breaks that stand for stretches folded away: a click opens one.
fn breaks(ui: &Ui, scene: &Scene, origin: Pos2, rect: ScreenRect, intents: &mut Vec<Intent>) {
    let plot = screen_rect(scene.plot, origin).intersect(rect);
    for (at, found) in scene.breaks.iter().enumerate() {
        let place = screen_rect(found.rect, origin).intersect(plot);
        if place.is_positive() {
            let node = ui.interact(place, ui.scope_id().with(("break", at)), Sense::click());
            let times = time::span_text(found.span.from_ms, found.span.to_ms);
            // Its length is said already.
            let words = format!("{}, {}", found.words, times.split(" · ").next().unwrap_or_default());
            node.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{words}, folded away")));
            if node.clicked() {
                intents.push(Intent::View(Action::OpenGap(found.span)));
            }
            node.on_hover_cursor(CursorIcon::PointingHand).on_hover_text_at_pointer(format!("{words}\nClick to show it"));
        }
    }
}

fn tip(response: &Response, scene: &Scene, hovered: Option<Hit>, origin: Pos2, facts: Facts<'_>) {
    let Some(at) = response.hover_pos().map(|at| local(at, origin)) else { return };
    let words = match hovered {
        Some(Hit::Fold(..)) => scene.lanes.iter().flat_map(|lane| &lane.folds).find(|fold| fold.hit.holds(at)).map(scene::Fold::name),
        Some(Hit::Event(event, _)) => Some(scene::spoken(&facts.document.store, event)),
        _ => None,
    };
    if let Some(words) = words
        && response.hovered()
    {
        response.clone().on_hover_text_at_pointer(words);
    }
}

/// Nothing in view: says why, and offers the way back.
fn empty_words(ui: &mut Ui, scene: &Scene, facts: Facts<'_>, origin: Pos2, intents: &mut Vec<Intent>) {
    let plot = screen_rect(scene.plot, origin);
    let lanes: &LaneIndex = &facts.document.lanes;
    let (words, button) = if facts.document.rows.is_empty() && scene.hidden_lanes > 0 {
        ("All lanes are hidden.", "Show all lanes")
    } else if facts.document.store.dated() == 0 {
        ("No event of this file has a date that can be drawn. The problems list says why.", "Show problems")
    } else if lanes.matching_dated() == 0 && lanes.matching() > 0 {
        ("Only events without a date match the search.", "Show undated events")
    } else if lanes.matching_dated() == 0 {
        ("No event matches the search.", "Clear the search")
    } else {
        ("No event in this span.", "Show the whole range")
    };
    let area = ScreenRect::from_center_size(plot.center(), egui::vec2(360.0, 70.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(area), |ui| {
        ui.vertical_centered(|ui| {
            ui.label(words);
            if ui.button(button).clicked() {
                intents.push(Intent::View(match button {
                    "Show problems" => Action::ShowProblems(true),
                    "Show all lanes" => Action::Lanes(LaneAction::ShowAll),
                    "Show undated events" => Action::ShowTray(true),
                    "Clear the search" => Action::SetQuery(String::new()),
                    _ => Action::FitAll,
                }));
            }
        });
    });
}

/// A bar at the right that shows which of the lanes are in view and can be dragged.
fn scroll_bar(ui: &Ui, scene: &Scene, origin: Pos2, facts: Facts<'_>, intents: &mut Vec<Intent>) {
    let plot = screen_rect(scene.scrolled, origin);
    let track = ScreenRect::from_min_max(pos2(plot.right() - 9.0, plot.top()), plot.max);
    let most = scene.lanes_height - scene.scrolled.h;
    let share = scene.scrolled.h / scene.lanes_height;
    let tall = (track.height() * share).max(28.0);
    let top = track.top() + (track.height() - tall) * (facts.view.scroll_px / most).clamp(0.0, 1.0);
    let handle = ScreenRect::from_min_size(pos2(track.left() + 1.0, top), egui::vec2(6.0, tall));
    let response = ui.interact(track, ui.scope_id().with("lanes bar"), Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Lanes"));
    let strength = if response.hovered() || response.dragged() { 0.9 } else { 0.45 };
    ui.painter_at(track).rect_filled(handle, 3.0, color32(facts.style.text_quiet.faded(strength)));
    if response.dragged() {
        let by = response.drag_delta().y * most / (track.height() - tall).max(1.0);
        intents.push(Intent::View(Action::ScrollTo((facts.view.scroll_px + by).clamp(0.0, most))));
    }
}
