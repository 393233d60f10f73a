//! What makes the window easier on a reader: the size of everything in it, and whether anything moves by itself.
//!
//! The size is that of text and of all around it together, so that nothing is cut; it is kept from run to run. Pictures have sizes of their own.

use std::path::{Path, PathBuf};

use egui::style::ScrollAnimation;
use egui::{Context, Style};
use serde::{Deserialize, Serialize};

/// The sizes that can be chosen, in percent of the usual one.
const SIZES: [u16; 12] = [70, 80, 90, 100, 110, 125, 150, 175, 200, 225, 250, 300];

/// What the desktop says of things that move by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Motion {
    /// Nothing, or that they may.
    #[default]
    Free,
    /// That none is wanted.
    Unwanted,
}

impl Motion {
    /// What the desktop's settings files say: those of GTK, which most desktops write, and KDE's.
    pub fn of_system() -> Self {
        let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".config"));
        let Some(folder) = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).or_else(home) else { return Self::Free };
        let is_still = |name: &str| std::fs::read_to_string(folder.join(name)).is_ok_and(|text| says_still(&text));
        let files = ["gtk-4.0/settings.ini", "gtk-3.0/settings.ini", "kdeglobals"];
        if files.into_iter().any(is_still) { Self::Unwanted } else { Self::Free }
    }
}

/// What the reader has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Comfort {
    /// The size of everything, in percent.
    pub size_percent: u16,
    /// Whether nothing moves by itself; as the system says where nothing was chosen.
    pub still: Option<bool>,
}

impl Default for Comfort {
    fn default() -> Self {
        Self { size_percent: 100, still: None }
    }
}

impl Comfort {
    /// The next size up or down; the same at either end.
    #[must_use]
    pub fn resized(self, larger: bool) -> Self {
        let next = if larger {
            SIZES.into_iter().find(|size| *size > self.size_percent)
        } else {
            SIZES.into_iter().rev().find(|size| *size < self.size_percent)
        };
        Self { size_percent: next.unwrap_or(self.size_percent), ..self }
    }

    /// Whether nothing is to move by itself.
    pub fn is_still(self, system: Motion) -> bool {
        self.still.unwrap_or(system == Motion::Unwanted)
    }

    /// Gives the window this size, and takes its motion away or gives it back.
    pub fn apply(self, ctx: &Context, system: Motion) {
        let [least, most] = [SIZES.iter().min(), SIZES.iter().max()].map(|size| size.copied().unwrap_or(100));
        ctx.set_zoom_factor(f32::from(self.size_percent.clamp(least, most)) / 100.0);
        let usual = Style::default();
        let still = self.is_still(system);
        ctx.all_styles_mut(|style| {
            style.animation_time = if still { 0.0 } else { usual.animation_time };
            style.scroll_animation = if still { ScrollAnimation::none() } else { usual.scroll_animation };
            style.visuals.text_cursor.blink = !still;
        });
    }
}

/// Whether a settings file turns animations off.
fn says_still(text: &str) -> bool {
    text.lines().filter_map(|line| line.split_once('=')).any(|(name, value)| match name.trim() {
        "gtk-enable-animations" => matches!(value.trim(), "0" | "false"),
        "AnimationDurationFactor" => value.trim().parse::<f64>() == Ok(0.0),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_go_up_and_down_and_stay_at_the_ends() {
        let usual = Comfort::default();
        assert_eq!(usual.resized(true).size_percent, 110);
        assert_eq!(usual.resized(true).resized(false), usual);
        let largest = (0..40).fold(usual, |comfort, _| comfort.resized(true));
        assert_eq!((largest.size_percent, largest.resized(true)), (300, largest));
        let smallest = (0..40).fold(usual, |comfort, _| comfort.resized(false));
        assert_eq!((smallest.size_percent, smallest.resized(false)), (70, smallest));
    }

    #[test]
    fn a_still_window_animates_nothing() {
        let ctx = Context::default();
        Comfort { still: Some(true), ..Comfort::default() }.apply(&ctx, Motion::Free);
        let style = ctx.global_style();
        assert!(style.animation_time.abs() < f32::EPSILON && style.scroll_animation == ScrollAnimation::none());
        assert!(!style.visuals.text_cursor.blink);
        Comfort::default().apply(&ctx, Motion::Free);
        assert!(ctx.global_style().animation_time > 0.0);
    }

    #[test]
    fn the_desktop_is_asked_unless_the_reader_has_chosen() {
        assert!(says_still("[Settings]\ngtk-enable-animations = false\n") && says_still("gtk-enable-animations=0"));
        assert!(says_still("[KDE]\nAnimationDurationFactor=0\n"));
        for text in ["", "gtk-enable-animations=true", "AnimationDurationFactor=0.5", "other=false", "gtk-enable-animations"] {
            assert!(!says_still(text), "{text}");
        }
        let chosen = Comfort { still: Some(false), ..Comfort::default() };
        assert!(Comfort::default().is_still(Motion::Unwanted) && !chosen.is_still(Motion::Unwanted));
    }
}
