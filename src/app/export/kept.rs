//! What is remembered of the last export: form, size, colours, furniture. Not the filter, the lanes and the dates, which belong to a file.

use serde::{Deserialize, Serialize};

use super::Choice;
use crate::render::picture::{Form, Line, PictureOptions, Range};

const KEY: &str = "chronolane.picture";

/// The remembered choice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::app) struct Kept {
    version: u32,
    choice: Option<(Form, PictureOptions)>,
}

impl Kept {
    pub(super) fn of(choice: &Choice) -> Self {
        let mut options = choice.options.clone();
        let defaults = PictureOptions::default();
        (options.filter, options.hits) = (defaults.filter, defaults.hits);
        options.lanes = None;
        options.group = None;
        options.from = defaults.from;
        options.to = defaults.to;
        // Words of one's own are about one file, too.
        for line in [&mut options.furniture.title, &mut options.furniture.subtitle, &mut options.furniture.source] {
            if matches!(line, Line::Own(_)) {
                *line = Line::OfFile;
            }
        }
        Self { version: 1, choice: Some((choice.form, options)) }
    }

    pub(super) fn choice(self) -> Choice {
        let Some((form, options)) = self.choice else { return Choice::default() };
        Choice {
            form,
            options: PictureOptions {
                range: if options.range == Range::Dense { Range::Shown } else { options.range },
                ..options.bounded()
            },
        }
    }

    /// Reads what was kept; nothing where there is nothing or it is not readable.
    pub fn read(storage: &dyn eframe::Storage) -> Self {
        storage.get_string(KEY).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    pub fn write(&self, storage: &mut dyn eframe::Storage) {
        if let Ok(text) = serde_json::to_string(self) {
            storage.set_string(KEY, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::picture::Preset;

    #[test]
    fn the_last_choice_comes_back_without_what_belongs_to_a_file() {
        let mut choice = Choice { form: Form::Pdf, ..Choice::default() };
        Preset::A4.apply(&mut choice.options);
        choice.options.filter = "kind:visit".to_owned();
        choice.options.lanes = Some(vec!["A".to_owned()]);
        choice.options.furniture.title = Line::Own("Mine".to_owned());
        let text = serde_json::to_string(&Kept::of(&choice)).unwrap();
        let back = serde_json::from_str::<Kept>(&text).unwrap().choice();
        assert_eq!(back.form, Form::Pdf);
        assert_eq!(back.options.preset, Some(Preset::A4));
        assert_eq!((back.options.filter.as_str(), back.options.lanes, back.options.furniture.title), ("", None, Line::OfFile));
        assert_eq!(serde_json::from_str::<Kept>("{}").unwrap().choice(), Choice::default());
    }
}
