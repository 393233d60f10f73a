//! Where the keyboard is: a ring around the control that has it, and going from part to part of the window (F6).
//!
//! The ring is drawn once for every kind of control, over whatever the control draws itself, and only for those who use the keyboard: a click takes it away. Each part of
//! the window is a landmark for screen readers.

use egui::accesskit::{Action, ActionRequest, Role, TreeId};
use egui::{Context, Event, Id, Key, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use crate::render::paint::color32;
use crate::style::Style;

/// Width of the ring, in points.
const RING_PX: f32 = 2.0;

/// A part of the window, in the order in which F6 goes through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pane {
    Bar,
    Facets,
    Lanes,
    Table,
    Detail,
    Tray,
    Now,
    Overview,
    Problems,
    Status,
}

impl Pane {
    /// As a screen reader names it.
    const fn name(self) -> &'static str {
        match self {
            Self::Bar => "Menus and search",
            Self::Facets => "Facets panel",
            Self::Lanes => "Lanes panel",
            Self::Table => "Table panel",
            Self::Detail => "Event in detail",
            Self::Tray => "Tray panel",
            Self::Now => "At the playhead",
            Self::Overview => "Overview strip",
            Self::Problems => "Problems panel",
            Self::Status => "Status line",
        }
    }
}

/// What a part that is asked for has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    /// It takes the keyboard itself.
    TakeKeys,
}

/// The window's focus.
#[derive(Default)]
pub(super) struct Focus {
    /// Whether the keyboard is in use.
    ringed: bool,
    /// The parts on screen and their places, in this frame.
    panes: Vec<(Pane, Rect)>,
    wants: Option<Pane>,
    /// Where the ring was drawn in the last frame.
    ring: Option<Rect>,
    /// What had the keyboard in the last frame.
    last: Option<Id>,
}

impl Focus {
    /// Where the ring is.
    pub fn ring(&self) -> Option<Rect> {
        self.ring
    }

    /// Notices whether keys or the mouse are in use. Comes first in a frame.
    pub fn listen(&mut self, ctx: &Context) {
        let menu_open = egui::Popup::is_any_open(ctx);
        ctx.input(|input| {
            for event in &input.events {
                match event {
                    Event::Key { key: Key::Tab | Key::F6 | Key::F10, pressed: true, .. } => self.ringed = true,
                    Event::Key { key: Key::ArrowDown | Key::ArrowUp, pressed: true, .. } if menu_open => self.ringed = true,
                    Event::AccessKitActionRequest(request) if request.action == Action::Focus => self.ringed = true,
                    Event::PointerButton { pressed: true, .. } => self.ringed = false,
                    _ => {}
                }
            }
        });
        self.bring_into_view(ctx);
    }

    /// Has what came to the keyboard scrolled to, where the part that it is in cuts it off: asked for as a screen reader asks.
    fn bring_into_view(&mut self, ctx: &Context) {
        let focused = ctx.memory(egui::Memory::focused);
        if focused == self.last {
            return;
        }
        self.last = focused;
        let found = focused.filter(|_| self.ringed).and_then(|id| Some((id, ctx.read_response(id)?)));
        if let Some((id, response)) = found
            && response.interact_rect.height() + 1.0 < response.rect.height()
        {
            let request =
                ActionRequest { action: Action::ScrollIntoView, target_tree: TreeId::ROOT, target_node: id.accesskit_id(), data: None };
            ctx.input_mut(|input| input.events.push(Event::AccessKitActionRequest(request)));
            ctx.request_repaint();
        }
    }

    /// Goes to the part after the one that has the keyboard, or to the one before it.
    pub fn go(&mut self, ctx: &Context, forward: bool) {
        let mut panes = self.panes.clone();
        panes.sort_by_key(|(pane, _)| *pane);
        let focused = ctx.memory(egui::Memory::focused).and_then(|id| ctx.read_response(id)).map(|response| response.rect.center());
        let now = focused.and_then(|at| panes.iter().position(|(_, rect)| rect.contains(at)));
        let next = match (now, forward) {
            (Some(now), true) => (now + 1) % panes.len(),
            (Some(now), false) => (now + panes.len() - 1) % panes.len(),
            (None, true) => panes.iter().position(|(pane, _)| *pane == Pane::Lanes).unwrap_or(0),
            (None, false) => panes.len().saturating_sub(1),
        };
        self.wants = panes.get(next).map(|(pane, _)| *pane);
        self.ringed = true;
    }

    /// Begins the parts of a frame.
    pub fn begin(&mut self) {
        self.panes.clear();
    }

    /// Marks a part of the window, before anything in it. Where it is asked for, it has the keyboard; Tab goes on to what is in it.
    pub fn pane(&mut self, ui: &Ui, pane: Pane) -> Asked {
        let rect = ui.max_rect();
        self.panes.push((pane, rect));
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::Region);
            node.set_label(pane.name());
        });
        let wanted = self.wants == Some(pane);
        if wanted {
            self.wants = None;
        }
        if wanted && matches!(pane, Pane::Bar | Pane::Lanes | Pane::Table | Pane::Overview) {
            return Asked::TakeKeys;
        }
        let id = Id::unique("pane").with(pane as u8);
        let holds = ui.memory(|memory| memory.has_focus(id));
        if wanted || holds {
            // No stop for Tab but while it has the keyboard.
            let node = ui.interact(rect, id, Sense::focusable_noninteractive());
            node.widget_info(|| WidgetInfo::labeled(Role::Group, true, pane.name()));
            if wanted {
                node.request_focus();
            }
        }
        Asked::Nothing
    }

    /// Draws the ring. Comes last in a frame.
    pub fn show(&mut self, ctx: &Context, style: &Style) {
        self.ring = None;
        let focused = ctx.memory(egui::Memory::focused).filter(|_| self.ringed);
        let Some(response) = focused.and_then(|id| ctx.read_response(id)) else { return };
        if focused != self.last {
            // It is looked at in the next frame whether all of it can be seen.
            ctx.request_repaint();
        }
        let rect = response.interact_rect.expand(RING_PX).intersect(ctx.content_rect().shrink(RING_PX / 2.0));
        if !rect.is_positive() {
            return;
        }
        let painter = ctx.layer_painter(response.layer_id);
        painter.rect_stroke(rect, 4.0, Stroke::new(RING_PX, color32(style.accent)), StrokeKind::Inside);
        self.ring = Some(rect);
    }
}
