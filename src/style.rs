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
    /// Edges of fields, boxes to tick and buttons.
    pub edge: Rgba,
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
    Rgba::hex(0x5a_45_b0),
    Rgba::hex(0x8a_6d_00),
    Rgba::hex(0x4d_6a_7d),
    Rgba::hex(0x7a_4b_2a),
    Rgba::hex(0x1f_78_88),
    Rgba::hex(0xc4_2b_6e),
    Rgba::hex(0x5f_94_26),
];

/// The same hues on dark ground.
const KINDS_DARK: [Rgba; 12] = [
    Rgba::hex(0x4c_a6_e0),
    Rgba::hex(0xd9_82_c2),
    Rgba::hex(0x35_b8_92),
    Rgba::hex(0xe8_8a_3c),
    Rgba::hex(0xe0_74_70),
    Rgba::hex(0xb9_ad_ff),
    Rgba::hex(0xcf_b0_3e),
    Rgba::hex(0x93_ab_bb),
    Rgba::hex(0xc7_9a_78),
    Rgba::hex(0x5b_bc_cc),
    Rgba::hex(0xe8_56_9a),
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
                edge: Rgba::hex(0x83_8e_9d),
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
                edge: Rgba::hex(0x7a_86_97),
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
                edge: Rgba::hex(0x8a_8a_8a),
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

    /// Behind what is chosen in a list or a table, laid over its ground.
    pub fn selection(&self) -> Rgba {
        self.accent.faded(0.22)
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

    /// The symbol of the kind at a place in the order of kinds: out of step with the colours, so that as many kinds as there are pairs of both look different.
    pub fn at(place: usize) -> Self {
        Self::ALL[(place + place / Self::ALL.len()) % Self::ALL.len()]
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
    fn what_is_chosen_and_where_the_keyboard_is_can_be_seen() {
        for theme in [Theme::Light, Theme::Dark] {
            let style = Style::of(theme);
            for ground in [style.panel, style.lane, style.lane_other, style.field, style.field_hover] {
                assert!(style.text.contrast(style.selection().over(ground)) >= 4.5, "{theme:?} chosen text on {ground:?}");
                // The ring around what has the keyboard and the edges of controls, by WCAG 2.1, 1.4.11.
                assert!(style.accent.contrast(ground) >= 3.0, "{theme:?} ring on {ground:?}");
                assert!(style.text_quiet.contrast(ground) >= 4.5, "{theme:?} quiet text on {ground:?}");
                for kind in 0..12 {
                    assert!(style.kind_color(kind).contrast(ground) >= 2.5, "{theme:?} kind {kind} on {ground:?}");
                }
            }
            for ground in [style.panel, style.field] {
                assert!(style.edge.contrast(ground) >= 3.0, "{theme:?} edge on {ground:?}");
            }
            for kind in 0..12 {
                for ground in [style.lane, style.lane_other, style.panel] {
                    assert!(style.kind_color(kind).contrast(ground) >= 3.0, "{theme:?} kind {kind} on {ground:?}");
                }
            }
        }
    }

    /// Red, green and blue as they reach the eye without one of its three kinds of cones, in linear light (Machado, Oliveira and Fernandes 2009, severity 1).
    const SIGHTS: [(&str, [[f32; 3]; 3]); 4] = [
        ("full", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        ("protan", [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]]),
        ("deutan", [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]]),
        ("tritan", [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]]),
    ];

    /// A colour in Oklab (Ottosson 2020) as a sight sees it; the distance of two is how different they look.
    fn seen(color: Rgba, sight: &[[f32; 3]; 3]) -> [f32; 3] {
        let linear = [color.0, color.1, color.2].map(|byte| {
            let share = f32::from(byte) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        let times = |rows: &[[f32; 3]; 3], of: [f32; 3]| rows.map(|row| row[0] * of[0] + row[1] * of[1] + row[2] * of[2]);
        let seen = times(sight, linear).map(|channel| channel.clamp(0.0, 1.0));
        let to_cones =
            [[0.412_221_5, 0.536_332_5, 0.051_445_99], [0.211_903_5, 0.680_699_5, 0.107_396_96], [0.088_302_46, 0.281_718_85, 0.629_978_7]];
        let to_lab = [
            [0.210_454_26, 0.793_617_8, -0.004_072_05],
            [1.977_998_5, -2.428_592_2, 0.450_593_7],
            [0.025_904_04, 0.782_771_77, -0.808_675_77],
        ];
        times(&to_lab, times(&to_cones, seen).map(f32::cbrt))
    }

    #[test]
    fn kinds_are_told_apart_by_shape_and_where_shapes_are_alike_by_colour_in_every_sight() {
        use Symbol::{Circle, Diamond, Flag, Hexagon, Pentagon, Shield, Square, Triangle};
        // Shapes that a quick look could take for one another at twelve pixels.
        let alike = [[Circle, Hexagon, Pentagon, Shield].as_slice(), &[Diamond, Square], &[Triangle, Flag]];
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let style = Style::of(theme);
            for one in 0..12 {
                for other in one + 1..12 {
                    let shapes = [Symbol::at(one), Symbol::at(other)];
                    assert_ne!(shapes[0], shapes[1], "kinds {one} and {other}");
                    if !alike.iter().any(|group| shapes.iter().all(|shape| group.contains(shape))) {
                        continue;
                    }
                    for (name, sight) in &SIGHTS {
                        let [a, b] = [one, other].map(|kind| seen(style.kind_color(kind), sight));
                        let apart = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt();
                        assert!(apart >= 0.05, "{theme:?}: {shapes:?} are {apart} apart to {name} sight");
                    }
                }
            }
        }
        let looks: std::collections::BTreeSet<_> = (0..144).map(|kind| (kind % 12, Symbol::at(kind).name())).collect();
        assert_eq!(looks.len(), 144, "no two of many kinds look the same");
    }

    #[test]
    fn colours_of_files_are_read() {
        assert_eq!(Rgba::parse("#ff8000"), Some(Rgba(255, 128, 0, 255)));
        assert_eq!(Rgba::parse("red"), None);
        assert_eq!(Rgba::parse("#ééé"), None);
    }
}
