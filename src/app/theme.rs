//! The window's fonts and widget colours, made from `style.rs`.

use std::sync::Arc;

use egui::epaint::Shadow;
use egui::{Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle, Visuals};

use crate::render::paint::{SEMIBOLD_FAMILY, color32};
use crate::style::{FONT_REGULAR, FONT_SEMIBOLD, HEADING_PX, SMALL_PX, Style, TEXT_PX, Theme};
use crate::view::ThemeChoice;

/// Gives the window its fonts and the looks of both themes.
pub(super) fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::empty();
    fonts.font_data.insert("regular".to_owned(), Arc::new(FontData::from_static(FONT_REGULAR)));
    fonts.font_data.insert("semibold".to_owned(), Arc::new(FontData::from_static(FONT_SEMIBOLD)));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["regular".to_owned()]);
    }
    fonts.families.insert(FontFamily::Name(SEMIBOLD_FAMILY.into()), vec!["semibold".to_owned(), "regular".to_owned()]);
    ctx.set_fonts(fonts);
    // The size of text is a command of the table, and remembered.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    for (theme, of_egui) in [(Theme::Light, egui::Theme::Light), (Theme::Dark, egui::Theme::Dark)] {
        let mut style = egui::Style { visuals: visuals(&Style::of(theme), of_egui), ..egui::Style::default() };
        style.text_styles = [
            (TextStyle::Small, FontId::proportional(SMALL_PX)),
            (TextStyle::Body, FontId::proportional(TEXT_PX)),
            (TextStyle::Monospace, FontId::proportional(TEXT_PX)),
            (TextStyle::Button, FontId::proportional(TEXT_PX)),
            (TextStyle::Heading, FontId::new(HEADING_PX, FontFamily::Name(SEMIBOLD_FAMILY.into()))),
        ]
        .into();
        style.spacing.item_spacing = egui::vec2(8.0, 6.0);
        style.spacing.button_padding = egui::vec2(10.0, 4.0);
        style.interaction.selectable_labels = true;
        ctx.set_style_of(of_egui, style);
    }
}

/// Follows the user's choice of colours.
pub(super) fn choose(ctx: &egui::Context, choice: ThemeChoice) {
    ctx.set_theme(match choice {
        ThemeChoice::System => egui::ThemePreference::System,
        ThemeChoice::Light => egui::ThemePreference::Light,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
    });
}

/// The style in use.
pub(super) fn style_of(ctx: &egui::Context) -> Style {
    Style::of(if ctx.theme() == egui::Theme::Dark { Theme::Dark } else { Theme::Light })
}

fn visuals(style: &Style, of_egui: egui::Theme) -> Visuals {
    let mut out = of_egui.default_visuals();
    let (text, quiet, accent) = (color32(style.text), color32(style.text_quiet), color32(style.accent));
    out.override_text_color = None;
    out.panel_fill = color32(style.panel);
    out.window_fill = color32(style.panel);
    out.window_stroke = Stroke::new(1.0, color32(style.line_major));
    out.extreme_bg_color = color32(style.field);
    out.text_edit_bg_color = Some(color32(style.field));
    out.faint_bg_color = color32(style.lane_other);
    out.hyperlink_color = accent;
    out.warn_fg_color = color32(style.warning);
    out.error_fg_color = color32(style.warning);
    out.weak_text_color = Some(quiet);
    out.selection.bg_fill = color32(style.selection());
    out.selection.stroke = Stroke::new(1.0, text);
    out.window_shadow = Shadow { offset: [0, 6], blur: 18, spread: 0, color: Color32::from_black_alpha(50) };
    out.popup_shadow = out.window_shadow;
    let edge = color32(style.edge);
    let radius = CornerRadius::same(5);
    let widgets = &mut out.widgets;
    for (widget, fill, edge) in [
        (&mut widgets.noninteractive, color32(style.panel), color32(style.line_minor)),
        (&mut widgets.inactive, color32(style.field), edge),
        (&mut widgets.hovered, color32(style.field_hover), edge),
        (&mut widgets.active, color32(style.field_hover), accent),
        (&mut widgets.open, color32(style.field_hover), edge),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, edge);
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
    out
}
