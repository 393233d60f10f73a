//! What is remembered from one run to the next: the files last opened, the choice of colours, of the size of text and of the display zone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::comfort::Comfort;
use super::hints::Learned;
use crate::formats::{Remembered, TableChoice};
use crate::time::Zone;
use crate::view::ThemeChoice;

const KEY: &str = "chronolane.recent";
const MOST: usize = 10;
/// Tables whose columns are remembered.
const CHOICES_MOST: usize = 300;

/// The remembered things.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Recent {
    version: u32,
    pub files: Vec<PathBuf>,
    pub theme: ThemeChoice,
    pub zone: Zone,
    pub comfort: Comfort,
    /// Whether nothing is remembered from now on; what was remembered before stays.
    #[serde(skip)]
    pub private: bool,
    /// Whether it was started so, and stays so.
    #[serde(skip)]
    pub sealed: bool,
    /// Whether the last session is opened at the start.
    pub restore_last: bool,
    /// What the user has done of what a newcomer is shown.
    pub learned: Learned,
    /// What was chosen for tables, by their header, the newest last.
    choices: Vec<(String, TableChoice)>,
}

impl Recent {
    /// Reads what was kept; nothing where there is nothing or it is not readable.
    pub fn read(storage: &dyn eframe::Storage) -> Self {
        storage.get_string(KEY).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    pub fn write(&self, storage: &mut dyn eframe::Storage) {
        if self.private {
            return;
        }
        let kept = Self { version: 1, ..self.clone() };
        if let Ok(text) = serde_json::to_string(&kept) {
            storage.set_string(KEY, text);
        }
    }

    /// Puts files at the front.
    pub fn remember(&mut self, paths: &[PathBuf]) {
        if self.private {
            return;
        }
        for path in paths.iter().rev() {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            self.files.retain(|other| *other != path);
            self.files.insert(0, path);
        }
        self.files.truncate(MOST);
    }

    /// What was chosen for tables.
    pub fn remembered(&self) -> Arc<Remembered> {
        Arc::new(self.choices.iter().cloned().collect())
    }

    /// Remembers what was chosen for a header.
    pub fn keep_choice(&mut self, key: String, choice: TableChoice) {
        if self.private {
            return;
        }
        self.forget_choice(&key);
        self.choices.push((key, choice));
        let many = self.choices.len().saturating_sub(CHOICES_MOST);
        self.choices.drain(..many);
    }

    pub fn forget_choice(&mut self, key: &str) {
        self.choices.retain(|(own, _)| own != key);
    }

    /// Forgets every file.
    pub fn forget_all(&mut self) {
        self.files.clear();
    }

    pub fn forget(&mut self, path: &Path) {
        self.files.retain(|other| other != path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_none_twice() {
        let mut recent = Recent::default();
        recent.remember(&["/a".into(), "/b".into()]);
        recent.remember(&["/b".into()]);
        assert_eq!(recent.files, [PathBuf::from("/b"), PathBuf::from("/a")]);
        for number in 0..20 {
            recent.remember(&[format!("/{number}").into()]);
        }
        assert_eq!(recent.files.len(), MOST);
    }

    #[test]
    fn private_remembers_nothing_new_and_all_can_be_forgotten() {
        let mut recent = Recent::default();
        recent.remember(&["/a".into()]);
        recent.private = true;
        recent.remember(&["/b".into()]);
        recent.keep_choice("key".to_owned(), TableChoice::default());
        assert_eq!((recent.files.as_slice(), recent.remembered().len()), ([PathBuf::from("/a")].as_slice(), 0));
        recent.forget_all();
        assert!(recent.files.is_empty());
    }

    #[test]
    fn what_an_older_version_kept_is_still_read() {
        let old: Recent = serde_json::from_str(r#"{"files":["/a"]}"#).unwrap();
        assert_eq!(old.files.len(), 1);
        assert_eq!((old.theme, old.restore_last, old.learned), (ThemeChoice::System, false, Learned::default()));
    }
}
