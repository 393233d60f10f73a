//! The choice of a picture: form, size, time, lanes, colours, what stands around; with a live preview beside.

use egui::{Align2, CollapsingHeader, ComboBox, Context, DragValue, Key, Modifiers, ScrollArea, TextEdit, Ui, Window};

use super::{Choice, Exports, lanes, preview};
use crate::app::Intent;
use crate::app::document::Document;
use crate::render::picture::{Form, Length, Line, PictureOptions, Preset, Range, Unit};
use crate::style::Theme;
use crate::view::{HitsShown, ViewState};

/// The width of the controls.
const CONTROLS_PX: f32 = 330.0;
/// A window narrower than this has no room for the preview.
const NARROW_PX: f32 = 860.0;

impl Exports {
    /// Shows the choice; Enter goes on to the save dialog, Escape closes it.
    pub fn show_choice(&mut self, ctx: &Context, document: &Document, view: &ViewState, intents: &mut Vec<Intent>) {
        self.show_taken(ctx, intents);
        if !self.choosing {
            return;
        }
        let mut go = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let mut close = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let mut copy = false;
        let screen = ctx.content_rect();
        // Menus, bars at the top and the status line leave it less than the window; its title and buttons take some of that.
        let room = (screen.height() - 270.0).max(160.0);
        let wide = screen.width() >= NARROW_PX;
        Window::new("Export picture").collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO).show(ctx, |ui| {
            ui.horizontal_top(|ui| {
                ScrollArea::vertical().id_salt("export controls").max_height(room).show(ui, |ui| {
                    ui.vertical(|ui| {
                        ui.set_width(CONTROLS_PX);
                        controls(ui, &mut self.choice, document, view, &mut self.lane_search);
                    });
                });
                if wide {
                    ui.add_space(14.0);
                    ui.vertical(|ui| {
                        ui.set_width(preview::ROOM_PX[0]);
                        self.preview.show(ui, document, view, &self.choice);
                    });
                }
            });
            ui.separator();
            ui.horizontal(|ui| {
                go |= ui.button("Save as…").clicked();
                copy |= ui.button("Copy as image").clicked();
                close |= ui.button("Cancel export").clicked();
                ui.weak("Enter saves, Escape closes");
            });
        });
        if go {
            intents.push(Intent::StartExport(Box::new(self.choice.clone())));
        }
        if copy {
            self.copy_with(ctx, document, view, self.choice.options.clone());
        }
        if go || close {
            self.choosing = false;
            self.preview.clear();
        }
    }

    /// Asks before a file is replaced whose name the system's dialog did not see.
    fn show_taken(&mut self, ctx: &Context, intents: &mut Vec<Intent>) {
        let Some((path, _)) = &self.taken else { return };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (mut replace, mut other) = (false, ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)));
        Window::new("Replace the file?").collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO).show(
            ctx,
            |ui| {
                ui.label(format!("There is a file {name} already."));
                ui.horizontal(|ui| {
                    replace = ui.button("Replace it").clicked();
                    other |= ui.button("Choose another name").clicked();
                });
            },
        );
        if (replace || other)
            && let Some((path, choice)) = self.taken.take()
        {
            intents.push(if replace { Intent::SaveExport(path, Box::new(choice)) } else { Intent::StartExport(Box::new(choice)) });
        }
    }
}

fn controls(ui: &mut Ui, choice: &mut Choice, document: &Document, view: &ViewState, lane_search: &mut String) {
    form(ui, choice);
    ui.add_space(6.0);
    size(ui, choice);
    ui.add_space(6.0);
    colours(ui, &mut choice.options);
    ui.add_space(6.0);
    time(ui, &mut choice.options);
    ui.add_space(6.0);
    ui.label("Lanes");
    lanes::show(ui, &document.lanes, choice, lane_search);
    if !choice.options.filter.is_empty() {
        ui.weak(format!("The search: {}", choice.options.filter));
        ui.horizontal_wrapped(|ui| {
            for (hits, name) in [(HitsShown::Alone, "Hits alone"), (HitsShown::AmongAll, "Hits among all events")] {
                ui.radio_value(&mut choice.options.hits, hits, name);
            }
        });
    }
    ui.add_space(6.0);
    around(ui, choice, view);
}

fn form(ui: &mut Ui, choice: &mut Choice) {
    ui.label("Form");
    ui.horizontal_wrapped(|ui| {
        for (form, name, about) in [
            (Form::Png, "PNG", "Pixels, for slides and posts"),
            (Form::Svg, "SVG", "Vectors, for the web and for editing"),
            (Form::Pdf, "PDF", "Vectors on pages, for print"),
            (Form::Html, "Web page", "One file with the picture, the sentences and a search"),
        ] {
            ui.radio_value(&mut choice.form, form, name).on_hover_text(about);
        }
    });
}

fn size(ui: &mut Ui, choice: &mut Choice) {
    ui.label("Size");
    let options = &mut choice.options;
    let shown = options.preset.map_or("Own size", Preset::label);
    let combo = ComboBox::from_id_salt("export size").selected_text(shown).width(220.0).show_ui(ui, |ui| {
        for preset in Preset::ALL {
            if ui.selectable_label(options.preset == Some(preset), preset.label()).clicked() {
                let (range, theme, screen) =
                    (options.range, options.theme, matches!(preset, Preset::Screen | Preset::Slide | Preset::Square | Preset::Banner));
                preset.apply(options);
                options.range = range;
                // Paper is white; on screens the colours that were chosen stay.
                if screen && theme != Theme::Print {
                    options.theme = theme;
                }
            }
        }
    });
    combo.response.accessible_name("Size of the picture");
    let before = (options.width, options.height, options.scale);
    ui.horizontal(|ui| {
        length(ui, &mut options.width, "Width");
        let mut fitted = options.height.is_none();
        if let Some(height) = &mut options.height {
            ui.label("×");
            length(ui, height, "Height");
        }
        ui.checkbox(&mut fitted, "as tall as needed");
        match (fitted, options.height) {
            (true, Some(_)) => options.height = None,
            (false, None) => options.height = Some(Length { value: (options.width.value * 0.6).round(), ..options.width }),
            _ => {}
        }
    });
    if choice.form == Form::Png {
        ui.horizontal(|ui| {
            let mut dpi = options.scale * 96.0;
            ui.label("Sharpness");
            let changed = ui
                .add(DragValue::new(&mut dpi).range(48.0..=1200.0).speed(4.0).fixed_decimals(0).suffix(" dpi"))
                .accessible_name("Dots per inch");
            if changed.changed() {
                options.scale = dpi / 96.0;
            }
            ui.weak(format!("{:.0} pixels wide", options.width.in_px() * options.scale));
        });
    }
    if (options.width, options.height, options.scale) != before {
        options.preset = None;
    }
    if choice.form == Form::Pdf && options.height.is_some() {
        ui.checkbox(&mut options.pages, "more pages for lanes that do not fit");
    }
}

fn length(ui: &mut Ui, length: &mut Length, name: &str) {
    let (suffix, range) = match length.unit {
        Unit::Px => (" px", 320.0..=32_768.0),
        Unit::Mm => (" mm", 85.0..=3_000.0),
    };
    ui.add(DragValue::new(&mut length.value).range(range).speed(2.0).fixed_decimals(0).suffix(suffix)).accessible_name(name);
}

fn colours(ui: &mut Ui, options: &mut PictureOptions) {
    ui.label("Colours");
    ui.horizontal(|ui| {
        for (theme, name) in [(Theme::Light, "Light"), (Theme::Dark, "Dark"), (Theme::Print, "For print")] {
            ui.radio_value(&mut options.theme, theme, name);
        }
    });
}

fn time(ui: &mut Ui, options: &mut PictureOptions) {
    ui.label("Time");
    ui.horizontal_wrapped(|ui| {
        for (range, name) in [(Range::Shown, "What is shown"), (Range::Whole, "The whole range"), (Range::Dense, "The dense part")] {
            ui.radio_value(&mut options.range, range, name);
        }
    });
    ui.horizontal(|ui| {
        for (text, name) in [(&mut options.from, "from"), (&mut options.to, "to")] {
            ui.label(name);
            let edit = TextEdit::singleline(text).desired_width(118.0).hint_text("any date");
            ui.add(edit).accessible_name(format!("Picture {name}"));
        }
    });
    ui.checkbox(&mut options.fold_empty, "Fold empty stretches away");
}

fn around(ui: &mut Ui, choice: &mut Choice, view: &ViewState) {
    let furniture = &mut choice.options.furniture;
    CollapsingHeader::new("Around the lanes").default_open(true).show(ui, |ui| {
        for (line, name, own) in [
            (&mut furniture.title, "Title", view.title.as_str()),
            (&mut furniture.subtitle, "Subtitle", view.description.as_str()),
            (&mut furniture.source, "Sources", ""),
        ] {
            ui.horizontal(|ui| {
                let mut on = line.is_on();
                if ui.checkbox(&mut on, name).changed() {
                    *line = if on { Line::OfFile } else { Line::Off };
                }
                if line.is_on() {
                    let mut words = if let Line::Own(words) = &*line { words.clone() } else { String::new() };
                    let edit = TextEdit::singleline(&mut words).desired_width(190.0).hint_text(if own.is_empty() {
                        "the file's own"
                    } else {
                        own
                    });
                    if ui.add(edit).accessible_name(format!("Words of the {}", name.to_lowercase())).changed() {
                        *line = if words.is_empty() { Line::OfFile } else { Line::Own(words) };
                    }
                }
            });
        }
        for (on, name) in [
            (&mut furniture.legend, "Legend of kinds and signs"),
            (&mut furniture.citations, "Numbered evidence"),
            (&mut furniture.footer, "Footer: file, counts, span, version"),
        ] {
            ui.checkbox(on, name);
        }
    });
}
