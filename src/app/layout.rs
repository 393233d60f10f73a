//! A frame laid out: keys to commands, the panels around the lanes, the windows over them; then what they ask for is done.

use egui::{CentralPanel, Context, Panel, ViewportCommand};

use super::canvas::KeysOf;
use super::commands::{self, Command, Holder};
use super::focus::{Asked, Pane};
use super::{App, Facts, Intent, Stage, detail, help, menu, now, overview, signs, status, table, theme, tray, welcome};
use crate::jobs::LoadError;
use crate::style::Style;
use crate::view::TableShown;

impl App {
    /// The rest of a frame: commands, panels, the scene, and what they ask for.
    pub(super) fn lay_out(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        let before = self.view.clone();
        let style = theme::style_of(&ctx);
        let mut intents: Vec<Intent> = Vec::new();
        let standing = self.standing();
        if self.view.table.shown != TableShown::Hidden && !self.is_asking() {
            self.table.take_keys(&ctx);
        }
        self.focus.listen(&ctx);
        let holder = self.holder(&ctx);
        if !self.is_asking()
            && let Some(command) = commands::pressed(&ctx, &standing, holder)
        {
            let follows = matches!(command, Command::Next | Command::Previous | Command::NextInLane | Command::PreviousInLane);
            self.run_command(&ctx, command);
            if follows {
                self.bring_lane_into_view();
            }
        }
        if ctx.input(|input| input.pointer.any_released()) {
            intents.push(Intent::EndRun);
        }
        self.focus.begin();
        Panel::top("bar").frame(menu::bar_frame(&style)).show(ui, |ui| {
            self.menus.wants_focus |= self.focus.pane(ui, Pane::Bar) == Asked::TakeKeys;
            ui.horizontal(|ui| {
                ui.scope(|ui| {
                    menu::flat(ui);
                    menu::show(ui, &mut self.menus, &self.view, &self.recent, &standing, &mut intents);
                });
                if let Some(document) = &self.document {
                    let facts = Facts {
                        document,
                        view: &self.view,
                        style: &style,
                        query_error: self.query_error.as_ref(),
                        filtering: self.filtering.is_some(),
                    };
                    self.search.show(ui, facts, &mut intents);
                }
            });
        });
        self.show_leftover(ui, &style, &mut intents);
        self.watching.show(ui, &style, &mut intents);
        let mut cancelled = false;
        if let Some(loading) = &self.loading {
            Panel::top("loading").frame(menu::bar_frame(&style)).show(ui, |ui| {
                cancelled = loading.show(ui);
            });
        }
        if cancelled {
            self.stop_loading();
            self.notices.warn(LoadError::Cancelled.to_string());
        }
        self.show_hints(ui, &style, &mut intents);
        self.panels(ui, &style, &standing, &mut intents);
        self.show_windows(&ctx, &style, &mut intents);
        self.show_floating(&ctx, &style, &standing, &mut intents);
        self.notices.show(&ctx, &style, &mut intents);
        self.focus.show(&ctx, &style);
        for intent in intents {
            self.run_intent(&ctx, intent);
        }
        self.settle(&ctx, &before);
        if self.view != before {
            ctx.request_repaint();
        }
        if self.exit_when_shown && !self.is_busy() && self.document.is_some() && self.canvas.has_painted() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
            self.stage = Stage::Closing;
        }
    }

    /// Who has the keyboard.
    fn holder(&self, ctx: &Context) -> Holder {
        if ctx.text_edit_focused() {
            return Holder::Text;
        }
        if egui::Popup::is_any_open(ctx) {
            return Holder::Menu;
        }
        let Some(focused) = ctx.memory(egui::Memory::focused) else { return Holder::Lanes };
        match self.canvas.keys_of(focused) {
            Some(KeysOf::Lanes) => Holder::Lanes,
            Some(KeysOf::Header) => Holder::Header,
            Some(KeysOf::Playhead) => Holder::Playhead,
            // The table takes Up and Down for itself before; Left and Right go on through time.
            None if self.table.has_keys() => Holder::Lanes,
            None => Holder::Other,
        }
    }

    /// The panels around the lanes, and the lanes; the welcome screen where nothing is open.
    pub(super) fn panels(&mut self, ui: &mut egui::Ui, style: &Style, standing: &commands::Standing, intents: &mut Vec<Intent>) {
        if let Some(document) = &self.document {
            let facts =
                Facts { document, view: &self.view, style, query_error: self.query_error.as_ref(), filtering: self.filtering.is_some() };
            Panel::bottom("status").frame(menu::bar_frame(style)).show(ui, |ui| {
                self.focus.pane(ui, Pane::Status);
                status::show(ui, facts, &self.canvas, intents);
            });
            if self.view.facets_open {
                let most = (ui.available_width() * 0.3).max(180.0);
                Panel::left("facets")
                    .frame(detail::frame(style))
                    .default_size(236.0_f32.min(most))
                    .size_range(170.0..=most)
                    .resizable(true)
                    .show(ui, |ui| {
                        self.focus.pane(ui, Pane::Facets);
                        self.facets.show(ui, facts, intents);
                    });
            }
            if self.view.problems_open {
                Panel::bottom("problems").default_size(240.0).resizable(true).show(ui, |ui| {
                    self.focus.pane(ui, Pane::Problems);
                    self.problems.show(ui, facts, intents);
                });
            }
            if self.view.detail_open {
                let most = (ui.available_width() * 0.45).max(260.0);
                Panel::right("detail")
                    .frame(detail::frame(style))
                    .default_size(342.0_f32.min(most))
                    .size_range(260.0..=most)
                    .resizable(true)
                    .show(ui, |ui| {
                        self.focus.pane(ui, Pane::Detail);
                        detail::show(ui, facts, &mut self.contexts, intents);
                    });
            }
            Panel::bottom("overview").frame(overview::frame(style)).exact_size(overview::HEIGHT_PX).show(ui, |ui| {
                self.overview.wants_focus |= self.focus.pane(ui, Pane::Overview) == Asked::TakeKeys;
                self.overview.show(ui, facts, intents);
            });
            now::panel(ui, &mut self.focus, facts, self.canvas.ms_per_px(), intents);
            if tray::Tray::is_wanted(document) {
                let tray = Panel::bottom(if self.view.tray_open { "tray" } else { "tray line" }).frame(menu::bar_frame(style));
                let tray = if self.view.tray_open { tray.default_size(170.0).resizable(true) } else { tray.resizable(false) };
                tray.show(ui, |ui| {
                    self.focus.pane(ui, Pane::Tray);
                    self.tray.show(ui, facts, intents);
                });
            }
            if self.view.table.shown == TableShown::Below {
                let most = (ui.available_height() - 160.0).max(120.0);
                Panel::bottom("table")
                    .frame(table::frame(style))
                    .default_size(280.0_f32.min(most))
                    .size_range(90.0..=most)
                    .resizable(true)
                    .show(ui, |ui| {
                        self.table.wants_focus |= self.focus.pane(ui, Pane::Table) == Asked::TakeKeys;
                        self.table.show(ui, facts, intents);
                    });
            }
            let is_table = self.view.table.shown == TableShown::Alone;
            CentralPanel::default().frame(egui::Frame::NONE).show(ui, |ui| {
                let asked = self.focus.pane(ui, if is_table { Pane::Table } else { Pane::Lanes }) == Asked::TakeKeys;
                if is_table {
                    self.table.wants_focus |= asked;
                    self.table.show(ui, facts, intents);
                } else {
                    self.canvas.wants_focus |= asked;
                    self.canvas.show(ui, facts, standing, intents);
                }
            });
        } else {
            CentralPanel::default().show(ui, |ui| welcome::show(ui, &self.recent, style, self.loading.is_some(), intents));
        }
    }

    /// Whether a window waits for the user, so that keys are its own.
    pub(super) fn is_asking(&self) -> bool {
        self.export.choice_open()
            || self.zones.choice_open()
            || self.saves.is_open()
            || self.sessions.is_asking()
            || self.raw_rows.is_open()
            || self.mapping.is_some()
            || self.naming.is_some()
            || self.words.is_some()
            || self.help_open
            || self.signs_open
            || self.palette.is_open()
            || self.go_date.is_open()
    }

    /// Shows the windows over the lanes.
    pub(super) fn show_windows(&mut self, ctx: &Context, style: &Style, intents: &mut Vec<Intent>) {
        if let Some(document) = &self.document {
            self.export.show_choice(ctx, document, &self.view, intents);
            self.saves.show(ctx, document, intents);
        }
        self.show_finding(ctx, style, intents);
        self.raw_rows.show(ctx, style, intents);
        self.show_mapping(ctx, style, intents);
        self.show_naming(ctx, intents);
        self.show_words(ctx, intents);
        self.export.show_progress(ctx, intents);
        self.zones.show_choice(ctx, self.view.zone, style, intents);
        help::show(ctx, &mut self.help_open);
        signs::show(ctx, &mut self.signs_open, style);
    }
}
