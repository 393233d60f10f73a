//! All that can be chosen about a picture, as one value that the command line's flags, the window's dialog and sessions share.
//!
//! It names no file and holds no event: the same options give the same picture of the same files.

use serde::{Deserialize, Serialize};

use crate::store::GroupBy;
use crate::style::Theme;
use crate::view::HitsShown;

/// The unit of a length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Pixels, 96 to the inch.
    #[default]
    Px,
    /// Millimetres.
    Mm,
}

/// A width, height or margin.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Length {
    /// How many.
    pub value: f32,
    /// Of what.
    pub unit: Unit,
}

impl Length {
    /// Pixels of a picture, 96 to the inch, in a millimetre.
    pub const PX_PER_MM: f32 = 96.0 / 25.4;

    /// So many pixels.
    pub const fn px(value: f32) -> Self {
        Self { value, unit: Unit::Px }
    }

    /// So many millimetres.
    pub const fn mm(value: f32) -> Self {
        Self { value, unit: Unit::Mm }
    }

    /// The length in the picture's own pixels, 96 to the inch.
    pub fn in_px(self) -> f32 {
        match self.unit {
            Unit::Px => self.value,
            Unit::Mm => self.value * Self::PX_PER_MM,
        }
    }

    /// Reads "1600", "1600px", "28cm" or "280mm".
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let number = |digits: &str| digits.trim().parse::<f32>().ok().filter(|value| value.is_finite());
        if let Some(digits) = text.strip_suffix("mm") {
            return number(digits).map(Self::mm);
        }
        if let Some(digits) = text.strip_suffix("cm") {
            return number(digits).map(|value| Self::mm(value * 10.0));
        }
        number(text.strip_suffix("px").unwrap_or(&text)).map(Self::px)
    }
}

/// The part of the axis that a picture shows, where no date says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Range {
    /// From the first event to the last.
    #[default]
    Whole,
    /// Where most events are close together.
    Dense,
    /// What the window shows; the whole where there is no window.
    Shown,
}

/// A line of words that a picture can have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Line {
    /// Without it.
    #[default]
    Off,
    /// What the file says.
    OfFile,
    /// These words.
    Own(String),
}

impl Line {
    /// Whether the picture has room for it.
    pub fn is_on(&self) -> bool {
        *self != Self::Off
    }
}

/// What stands around the lanes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Furniture {
    /// The heading: the file's title.
    pub title: Line,
    /// The words under the heading: the file's description.
    pub subtitle: Line,
    /// The kinds and the signs that occur.
    pub legend: bool,
    /// Where the events are from: the names of their sources.
    pub source: Line,
    /// A number on each event that has evidence, and the evidence in a list.
    pub citations: bool,
    /// What was drawn from what: file, checksum, counts, range, zone, version.
    pub footer: bool,
}

impl Default for Furniture {
    fn default() -> Self {
        Self { title: Line::OfFile, subtitle: Line::Off, legend: false, source: Line::Off, citations: false, footer: true }
    }
}

impl Furniture {
    /// The parts by the names under which they can be asked for.
    pub const NAMES: [&'static str; 6] = ["title", "subtitle", "legend", "source", "citations", "footer"];

    /// With all that fits on a page of its own.
    fn editorial() -> Self {
        Self { title: Line::OfFile, subtitle: Line::OfFile, legend: true, source: Line::OfFile, citations: false, footer: true }
    }

    /// With nothing but the lanes.
    pub fn none() -> Self {
        Self { title: Line::Off, subtitle: Line::Off, legend: false, source: Line::Off, citations: false, footer: false }
    }

    /// Puts a view's own title and description where those of the file would stand; empty words leave those.
    pub fn say_own(&mut self, title: &str, description: &str) {
        for (line, words) in [(&mut self.title, title), (&mut self.subtitle, description)] {
            if *line == Line::OfFile && !words.trim().is_empty() {
                *line = Line::Own(words.to_owned());
            }
        }
    }

    /// With these parts and no others; the first name that is not one of them where there is one. `all` and `none` are names too.
    pub fn of_names<'t>(names: impl IntoIterator<Item = &'t str>) -> Result<Self, &'t str> {
        let mut out = Self::none();
        for name in names {
            match name.trim() {
                "title" => out.title = Line::OfFile,
                "subtitle" => out.subtitle = Line::OfFile,
                "legend" => out.legend = true,
                "source" => out.source = Line::OfFile,
                "citations" => out.citations = true,
                "footer" => out.footer = true,
                "all" => out = Self { citations: true, ..Self::editorial() },
                "none" | "" => {}
                _ => return Err(name),
            }
        }
        Ok(out)
    }
}

/// A size with what suits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Preset {
    /// For a page on screen: 1600 pixels wide, as tall as the lanes need.
    Screen,
    /// A4 paper, landscape, for print.
    A4,
    /// Letter paper, landscape, for print.
    Letter,
    /// A slide of 16 to 9.
    Slide,
    /// A square for posts.
    Square,
    /// A banner of 3 to 1.
    Banner,
}

impl Preset {
    /// Every preset, in the order of the list.
    pub const ALL: [Self; 6] = [Self::Screen, Self::A4, Self::Letter, Self::Slide, Self::Square, Self::Banner];

    /// The word for it on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::A4 => "a4",
            Self::Letter => "letter",
            Self::Slide => "slide",
            Self::Square => "square",
            Self::Banner => "banner",
        }
    }

    /// The words for it in the window.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Screen => "Screen, 1600 pixels wide",
            Self::A4 => "A4, landscape",
            Self::Letter => "Letter, landscape",
            Self::Slide => "Slide, 16:9",
            Self::Square => "Square",
            Self::Banner => "Wide banner, 3:1",
        }
    }

    /// Gives a picture the size of this preset, and the colours and the furniture that suit it.
    pub fn apply(self, options: &mut PictureOptions) {
        let defaults = PictureOptions::default();
        options.preset = Some(self);
        (options.width, options.height, options.margin, options.scale) = match self {
            Self::Screen => (defaults.width, None, defaults.margin, 2.0),
            Self::A4 => (Length::mm(297.0), Some(Length::mm(210.0)), Length::mm(10.0), 300.0 / 96.0),
            Self::Letter => (Length::mm(279.4), Some(Length::mm(215.9)), Length::mm(10.0), 300.0 / 96.0),
            Self::Slide => (Length::px(1280.0), Some(Length::px(720.0)), Length::px(18.0), 1.5),
            Self::Square => (Length::px(1080.0), Some(Length::px(1080.0)), Length::px(18.0), 2.0),
            Self::Banner => (Length::px(1500.0), Some(Length::px(500.0)), Length::px(12.0), 2.0),
        };
        options.theme = if matches!(self, Self::A4 | Self::Letter) { Theme::Print } else { Theme::Light };
        options.furniture = match self {
            Self::Screen => Furniture { legend: true, source: Line::OfFile, ..Furniture::default() },
            Self::A4 | Self::Letter | Self::Square => Furniture::editorial(),
            Self::Slide => Furniture { source: Line::OfFile, ..Furniture::default() },
            Self::Banner => Furniture { footer: true, ..Furniture::default() },
        };
    }
}

/// All that can be chosen about a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureOptions {
    /// What the size, the colours and the furniture were last set to together.
    pub preset: Option<Preset>,
    /// The part of the axis.
    pub range: Range,
    /// The first time to draw, as written; empty for that of the range.
    pub from: String,
    /// The last time to draw, all of it included, as written; empty for that of the range.
    pub to: String,
    /// The names of the lanes to draw; `None` for all.
    pub lanes: Option<Vec<String>>,
    /// Draws only what this query lets through, or lets it stand out.
    pub filter: String,
    /// Whether what the query lets through is drawn alone, or stands out among all events.
    pub hits: HitsShown,
    /// What makes a lane; `None` for what is usual for the file.
    pub group: Option<GroupBy>,
    /// The width of the picture.
    pub width: Length,
    /// Its height; `None` for as tall as the lanes need.
    pub height: Option<Length>,
    /// Empty room at every side.
    pub margin: Length,
    /// Pixels of a PNG for each of the picture's: dots per inch over 96.
    pub scale: f32,
    /// The colours.
    pub theme: Theme,
    /// What stands around the lanes.
    pub furniture: Furniture,
    /// Whether lanes that do not fit go on more pages where the form has pages.
    pub pages: bool,
}

impl Default for PictureOptions {
    fn default() -> Self {
        Self {
            preset: None,
            range: Range::Whole,
            from: String::new(),
            to: String::new(),
            lanes: None,
            filter: String::new(),
            hits: HitsShown::Alone,
            group: None,
            width: Length::px(1600.0),
            height: None,
            margin: Length::px(0.0),
            scale: 1.0,
            theme: Theme::Light,
            furniture: Furniture::default(),
            pages: true,
        }
    }
}

impl PictureOptions {
    /// The least and the greatest height, and the greatest width, in the picture's pixels.
    pub const SIDES_PX: (f32, f32) = (100.0, 65_536.0);
    /// The least width: the names of lanes, and a little to the right of them.
    pub const WIDTH_LEAST_PX: f32 = 320.0;
    /// What margins leave of the width at least.
    const INNER_LEAST_PX: f32 = 280.0;
    /// The least and the greatest scale.
    pub const SCALES: (f32, f32) = (0.1, 16.0);

    /// The same with lengths and scale inside their limits: an old session or a slip of the keyboard asks for no picture that cannot be made.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        let within = |length: Length, low: f32, high: f32| {
            let px = length.in_px();
            if px.is_finite() && (low..=high).contains(&px) { length } else { Length::px(if px > high { high } else { low }) }
        };
        let (low, high) = Self::SIDES_PX;
        self.width = within(self.width, Self::WIDTH_LEAST_PX, high);
        self.height = self.height.map(|height| within(height, low, high));
        self.margin = within(self.margin, 0.0, (self.width.in_px() - Self::INNER_LEAST_PX) / 2.0);
        if let Some(height) = self.height {
            self.margin = within(self.margin, 0.0, height.in_px() / 4.0);
        }
        self.scale = if self.scale.is_finite() { self.scale.clamp(Self::SCALES.0, Self::SCALES.1) } else { 1.0 };
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_with_their_units() {
        assert_eq!(Length::parse("1600"), Some(Length::px(1600.0)));
        assert_eq!(Length::parse(" 1600 PX"), Some(Length::px(1600.0)));
        assert_eq!(Length::parse("28cm"), Some(Length::mm(280.0)));
        assert!((Length::mm(25.4).in_px() - 96.0).abs() < 0.001);
        for wrong in ["", "mm", "wide", "1e99", "nan", "12 furlongs"] {
            assert_eq!(Length::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn options_survive_being_kept_and_old_ones_are_read() {
        for preset in Preset::ALL {
            let mut options = PictureOptions::default();
            preset.apply(&mut options);
            options.lanes = Some(vec!["A".to_owned()]);
            let kept = serde_json::to_string(&options).unwrap();
            assert_eq!(serde_json::from_str::<PictureOptions>(&kept).unwrap(), options);
            assert_eq!(options.clone().bounded(), options, "{preset:?}");
        }
        let old: PictureOptions = serde_json::from_str(r#"{"filter":"kind:visit","of_the_future":1}"#).unwrap();
        assert_eq!(old, PictureOptions { filter: "kind:visit".to_owned(), ..PictureOptions::default() });
    }

    #[test]
    fn no_length_is_out_of_bounds() {
        for value in [-1.0, 0.0, f32::NAN, f32::INFINITY, 1e30] {
            let wild = PictureOptions {
                width: Length::mm(value),
                height: Some(Length::px(value)),
                margin: Length::px(value),
                scale: value,
                ..PictureOptions::default()
            };
            let bounded = wild.bounded();
            assert!((320.0..=65_536.0).contains(&bounded.width.in_px()), "{bounded:?}");
            assert!(bounded.height.is_some_and(|height| (100.0..=65_536.0).contains(&height.in_px())));
            assert!(bounded.width.in_px() - 2.0 * bounded.margin.in_px() >= 279.9 && (0.1..=16.0).contains(&bounded.scale));
        }
    }

    #[test]
    fn furniture_is_chosen_by_name() {
        assert_eq!(Furniture::of_names(["legend", " footer"]), Ok(Furniture { legend: true, footer: true, ..Furniture::none() }));
        assert_eq!(Furniture::of_names(["none"]), Ok(Furniture::none()));
        assert_eq!(Furniture::of_names(["legend", "legends"]), Err("legends"));
        assert!(Furniture::of_names(Furniture::NAMES).is_ok_and(|all| all == Furniture::of_names(["all"]).unwrap()));
    }
}
