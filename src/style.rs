//! Every colour, size and font of the program: light, dark and print.
//!
//! Plain numbers without a window, so that the screen and the files take theirs from the same place. Nothing else names a colour.

use crate::model::Status;

/// The text font, as bytes: the same for the window, for measuring and for pictures.
pub const FONT_REGULAR: &[u8] = include_bytes!("../assets/fonts/Inter-Regular.otf");
/// The font of names and headings.
pub const FONT_SEMIBOLD: &[u8] = include_bytes!("../assets/fonts/Inter-SemiBold.otf");
/// The family that pictures name, with what to fall back on.
pub const FONT_FAMILY: &str = "Inter, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

/// Text size of content, in pixels.
pub const TEXT_PX: f32 = 13.0;
/// Text size of support.
pub const SMALL_PX: f32 = 11.0;
/// Text size of headings.
pub const HEADING_PX: f32 = 17.0;
/// Width of the lane headers.
pub const HEADER_WIDTH_PX: f32 = 206.0;
/// Height of the ruler.
pub const RULER_HEIGHT_PX: f32 = 44.0;
/// Height of a lane where there are many.
pub const LANE_HEIGHT_PX: f32 = 56.0;
/// Height to which a lane may grow in a picture that is as tall as its lanes need.
pub const LANE_HEIGHT_MOST_PX: f32 = 236.0;
/// Height of one row of marks within a lane.
pub const ROW_PX: f32 = 18.0;
/// The height of a row where a lane has more room than its rows need.
pub const ROW_MOST_PX: f32 = 26.0;
/// Half the size of a symbol.
pub const SYMBOL_RADIUS_PX: f32 = 6.0;
/// Height of a bar or band.
pub const BAR_PX: f32 = 14.0;
/// An extent narrower than this is drawn as a solid symbol.
pub const SOFT_FROM_PX: f32 = 24.0;

/// A colour: red, green, blue, opacity, each of 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgba(pub u8, pub u8, pub u8, pub u8);

impl Rgba {
    /// An opaque colour from `0xRRGGBB`.
    pub const fn hex(rgb: u32) -> Self {
        Self((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8, 255)
    }

    /// The same colour at a share of full opacity.
    #[must_use]
    pub fn faded(self, share: f32) -> Self {
        Self(self.0, self.1, self.2, (f32::from(self.3) * share.clamp(0.0, 1.0)).round() as u8)
    }

    /// Relative luminance after WCAG 2.1, opacity left out.
    pub fn luminance(self) -> f32 {
        let channel = |byte: u8| {
            let share = f32::from(byte) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(self.0) + 0.7152 * channel(self.1) + 0.0722 * channel(self.2)
    }

    /// Contrast ratio after WCAG 2.1, 1 to 21.
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// This colour laid over an opaque one.
    #[must_use]
    pub fn over(self, under: Self) -> Self {
        let share = f32::from(self.3) / 255.0;
        let mix = |top: u8, low: u8| (f32::from(top) * share + f32::from(low) * (1.0 - share)).round() as u8;
        Self(mix(self.0, under.0), mix(self.1, under.1), mix(self.2, under.2), 255)
    }

    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        (digits.len() == 6 && digits.is_ascii()).then(|| u32::from_str_radix(digits, 16).ok()).flatten().map(Self::hex)
    }
}

/// The themes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Theme {
    /// Dark text on light ground.
    #[default]
    Light,
    /// Light text on dark ground.
    Dark,
    /// White, for paper: no fills where a line will do.
    Print,
}

/// The colours of a theme, by what they are for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Which theme it is.
    pub theme: Theme,
    /// The ground of panels, headers and the ruler.
    pub panel: Rgba,
    /// The ground of every other lane.
    pub lane: Rgba,
    /// The ground of the lanes between.
    pub lane_other: Rgba,
    /// Days of rest.
    pub weekend: Rgba,
    /// Lines between the ruler's upper units.
    pub line_major: Rgba,
    /// Lines between its lower units, and between lanes.
    pub line_minor: Rgba,
    /// Text.
    pub text: Rgba,
    /// Supporting text.
    pub text_quiet: Rgba,
    /// The one accent: playhead, selection, links.
    pub accent: Rgba,
    /// Text on the accent.
    pub on_accent: Rgba,
    /// Fields, chips and cards.
    pub field: Rgba,
    /// Behind a field under the pointer.
    pub field_hover: Rgba,
    /// Behind the supporting sentence.
    pub highlight: Rgba,
    /// Trouble that a person should look at.
    pub warning: Rgba,
    /// Density columns and the overview.
    pub density: Rgba,
    kinds: &'static [Rgba; 12],
}

/// Colours of kinds on light ground: hues that stay apart for colour-blind eyes (after Okabe and Ito), darkened to 3:1 on white.
const KINDS_LIGHT: [Rgba; 12] = [
    Rgba::hex(0x00_72_b2),
    Rgba::hex(0xb0_4a_96),
    Rgba::hex(0x00_87_66),
    Rgba::hex(0xc2_57_00),
    Rgba::hex(0xa3_2d_2d),
    Rgba::hex(0x6b_5f_c7),
    Rgba::hex(0x8a_6d_00),
    Rgba::hex(0x4d_6a_7d),
    Rgba::hex(0x7a_4b_2a),
    Rgba::hex(0x1f_78_88),
    Rgba::hex(0xc4_2b_6e),
    Rgba::hex(0x4a_75_1f),
];

/// The same hues on dark ground.
const KINDS_DARK: [Rgba; 12] = [
    Rgba::hex(0x4c_a6_e0),
    Rgba::hex(0xd9_82_c2),
    Rgba::hex(0x35_b8_92),
    Rgba::hex(0xe8_8a_3c),
    Rgba::hex(0xe0_74_70),
    Rgba::hex(0x9d_95_ec),
    Rgba::hex(0xcf_b0_3e),
    Rgba::hex(0x93_ab_bb),
    Rgba::hex(0xc7_9a_78),
    Rgba::hex(0x5b_bc_cc),
    Rgba::hex(0xf0_7a_ae),
    Rgba::hex(0x9c_c7_65),
];

impl Style {
    /// The colours of a theme.
    pub const fn of(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self {
                theme,
                panel: Rgba::hex(0xf6_f8_fa),
                lane: Rgba::hex(0xff_ff_ff),
                lane_other: Rgba::hex(0xf8_f9_fb),
                weekend: Rgba(0x1b, 0x2b, 0x45, 8),
                line_major: Rgba::hex(0xd3_d9_e1),
                line_minor: Rgba::hex(0xe9_ed_f2),
                text: Rgba::hex(0x16_1c_26),
                text_quiet: Rgba::hex(0x56_61_70),
                accent: Rgba::hex(0x1f_55_d6),
                on_accent: Rgba::hex(0xff_ff_ff),
                field: Rgba::hex(0xff_ff_ff),
                field_hover: Rgba::hex(0xe4_ea_f3),
                highlight: Rgba::hex(0xff_ef_b8),
                warning: Rgba::hex(0xa3_46_00),
                density: Rgba::hex(0x7d_8b_9e),
                kinds: &KINDS_LIGHT,
            },
            Theme::Dark => Self {
                theme,
                panel: Rgba::hex(0x1b_1f_27),
                lane: Rgba::hex(0x13_17_1d),
                lane_other: Rgba::hex(0x16_1b_22),
                weekend: Rgba(0xff, 0xff, 0xff, 6),
                line_major: Rgba::hex(0x39_42_50),
                line_minor: Rgba::hex(0x25_2c_36),
                text: Rgba::hex(0xe8_ec_f2),
                text_quiet: Rgba::hex(0x9d_a8_b7),
                accent: Rgba::hex(0x7c_a2_ff),
                on_accent: Rgba::hex(0x0c_12_20),
                field: Rgba::hex(0x26_2c_37),
                field_hover: Rgba::hex(0x33_3b_49),
                highlight: Rgba::hex(0x4f_43_12),
                warning: Rgba::hex(0xf2_b1_5c),
                density: Rgba::hex(0x74_83_97),
                kinds: &KINDS_DARK,
            },
            Theme::Print => Self {
                theme,
                panel: Rgba::hex(0xff_ff_ff),
                lane: Rgba::hex(0xff_ff_ff),
                lane_other: Rgba::hex(0xff_ff_ff),
                weekend: Rgba(0, 0, 0, 0),
                line_major: Rgba::hex(0xa8_a8_a8),
                line_minor: Rgba::hex(0xdc_dc_dc),
                text: Rgba::hex(0x00_00_00),
                text_quiet: Rgba::hex(0x4a_4a_4a),
                accent: Rgba::hex(0x1f_4f_b8),
                on_accent: Rgba::hex(0xff_ff_ff),
                field: Rgba::hex(0xff_ff_ff),
                field_hover: Rgba::hex(0xee_ee_ee),
                highlight: Rgba::hex(0xf2_f2_f2),
                warning: Rgba::hex(0x8a_3b_00),
                density: Rgba::hex(0x6a_6a_6a),
                kinds: &KINDS_LIGHT,
            },
        }
    }

    /// The colour of the kind at a place in the order of kinds.
    pub fn kind_color(&self, at: usize) -> Rgba {
        self.kinds[at % self.kinds.len()]
    }

    /// Whether the ground is dark.
    pub const fn is_dark(&self) -> bool {
        matches!(self.theme, Theme::Dark)
    }

    /// The colour for text on a fill: the one of light and dark that stands out more.
    pub fn text_on(&self, fill: Rgba) -> Rgba {
        let (light, dark) = (Rgba::hex(0xff_ff_ff), Rgba::hex(0x0c_12_1c));
        if fill.contrast(light) >= fill.contrast(dark) { light } else { dark }
    }
}

/// The symbols of kinds, in the order in which kinds take them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Symbol {
    /// ●
    Circle,
    /// ◆
    Diamond,
    /// A speech bubble.
    Bubble,
    /// ■
    Square,
    /// ▲
    Triangle,
    /// A six-cornered shape.
    Hexagon,
    /// A star.
    Star,
    /// A five-cornered shape.
    Pentagon,
    /// ▼
    TriangleDown,
    /// A cross with thick arms.
    Cross,
    /// A shield.
    Shield,
    /// ▶
    Flag,
}

impl Symbol {
    /// Every symbol, each at its own number: tables of symbols are asked by it.
    pub const ALL: [Self; 12] = [
        Self::Circle,
        Self::Diamond,
        Self::Bubble,
        Self::Square,
        Self::Triangle,
        Self::Hexagon,
        Self::Star,
        Self::Pentagon,
        Self::TriangleDown,
        Self::Cross,
        Self::Shield,
        Self::Flag,
    ];

    /// The name by which a file can ask for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Diamond => "diamond",
            Self::Bubble => "bubble",
            Self::Square => "square",
            Self::Triangle => "triangle",
            Self::TriangleDown => "triangle-down",
            Self::Pentagon => "pentagon",
            Self::Hexagon => "hexagon",
            Self::Star => "star",
            Self::Cross => "cross",
            Self::Shield => "shield",
            Self::Flag => "flag",
        }
    }

    /// The symbol of the kind at a place in the order of kinds.
    pub fn at(place: usize) -> Self {
        Self::ALL[place % Self::ALL.len()]
    }

    /// The symbol that a file asks for by name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|symbol| symbol.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// How a status is drawn, beside its kind's colour: never by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusLook {
    /// Outline only.
    pub hollow: bool,
    /// Dashed.
    pub dashed: bool,
}

impl StatusLook {
    /// The look of a status.
    pub const fn of(status: Option<Status>) -> Self {
        let contested = match status {
            Some(status) => status.is_contested(),
            None => false,
        };
        Self { hollow: contested, dashed: contested }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_marks_stand_out_in_every_theme() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let style = Style::of(theme);
            for ground in [style.panel, style.lane, style.lane_other, style.field] {
                assert!(style.text.contrast(ground) >= 7.0, "{theme:?} text");
                assert!(style.text_quiet.contrast(ground) >= 4.5, "{theme:?} quiet text on {ground:?}");
                assert!(style.accent.contrast(ground) >= 4.5, "{theme:?} accent on {ground:?}");
                assert!(style.warning.contrast(ground) >= 4.5, "{theme:?} warning on {ground:?}");
            }
            assert!(style.text.contrast(style.highlight) >= 7.0, "{theme:?} sentence");
            assert!(style.on_accent.contrast(style.accent) >= 4.5, "{theme:?} on accent");
            assert!(style.density.contrast(style.lane) >= 3.0, "{theme:?} density");
            for kind in 0..12 {
                let color = style.kind_color(kind);
                assert!(color.contrast(style.lane) >= 3.0, "{theme:?} kind {kind}");
                assert!(style.text_on(color).contrast(color) >= 4.5, "{theme:?} text on kind {kind}");
            }
        }
    }

    #[test]
    fn colours_of_files_are_read() {
        assert_eq!(Rgba::parse("#ff8000"), Some(Rgba(255, 128, 0, 255)));
        assert_eq!(Rgba::parse("red"), None);
        assert_eq!(Rgba::parse("#ééé"), None);
    }
}
