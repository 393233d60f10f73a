//! What became of every row of files, without keeping the events: what `check` needs, in little memory.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::load::{LoadError, complete, named_files};
use super::{Loaded, load};
use crate::formats::{FormatError, Progress, ReadOptions, read_file};
use crate::model::Ledger;
use crate::store::Survey;

/// What became of the rows of files.
#[derive(Clone, Debug, Default)]
pub struct Surveyed {
    /// That of every file that was read.
    pub ledger: Ledger,
    /// Files of several that could not be read; the others were.
    pub unread: Vec<String>,
}

/// Stops once nothing more can be learned.
struct Until<'p> {
    whole: &'p dyn Progress,
    is_enough: &'p AtomicBool,
}

impl Progress for Until<'_> {
    fn at(&self, bytes_done: u64, bytes_total: u64, events: u64) {
        self.whole.at(bytes_done, bytes_total, events);
    }

    fn cancelled(&self) -> bool {
        self.is_enough.load(Ordering::Relaxed) || self.whole.cancelled()
    }
}

/// Reads files and folders as [`load`] does, and says what loading them would say. Where only a store can tell what that is, they are loaded.
pub fn survey(paths: &[PathBuf], options: &ReadOptions, progress: &dyn Progress) -> Result<Surveyed, LoadError> {
    // Another zone than UTC has something to say of times that its clocks showed twice or never.
    if options.zone.is_utc()
        && let Some(surveyed) = without_store(paths, options, progress)?
    {
        return Ok(surveyed);
    }
    let Loaded { store, unread, .. } = load(paths, options, None, progress)?;
    Ok(Surveyed { ledger: store.ledger().clone(), unread })
}

/// Surveys files without a store; `None` where only a store can tell.
fn without_store(paths: &[PathBuf], options: &ReadOptions, progress: &dyn Progress) -> Result<Option<Surveyed>, LoadError> {
    let (files, mut unread) = named_files(paths)?;
    let (mut survey, mut ledger, mut read) = (Survey::default(), Ledger::default(), Vec::new());
    let needs_store = survey.needs_store();
    let until = Until { whole: progress, is_enough: &needs_store };
    for path in &files {
        survey.begin_file();
        match read_file(path, options, &mut survey, &until) {
            Ok(file) => {
                ledger.files.push(file);
                read.push(path.as_path());
            }
            Err(FormatError::Cancelled { .. }) if progress.cancelled() => return Err(LoadError::Cancelled),
            Err(FormatError::Cancelled { .. }) => return Ok(None),
            Err(error @ FormatError::UnknownFormat { .. }) => return Err(LoadError::BadOption(error)),
            Err(error) => {
                survey.drop_file();
                unread.push(error.to_string());
            }
        }
    }
    if needs_store.load(Ordering::Relaxed) {
        return Ok(None);
    }
    if ledger.files.is_empty() {
        return Err(LoadError::Unread(unread));
    }
    complete(&mut ledger, &unread);
    match survey.repeats(ledger) {
        Err(ledger) => Ok(Some(Surveyed { ledger, unread })),
        Ok(repeats) => Ok(with_repeats(repeats, &read, options, progress)?.map(|ledger| Surveyed { ledger, unread })),
    }
}

/// Notes the ids that stand more than once; `None` where only a store can tell.
fn with_repeats(
    mut repeats: crate::store::Repeats,
    files: &[&Path],
    options: &ReadOptions,
    progress: &dyn Progress,
) -> Result<Option<Ledger>, LoadError> {
    for (at, path) in files.iter().enumerate() {
        repeats.begin_file(at);
        match read_file(path, options, &mut repeats, progress) {
            Ok(_) => {}
            Err(FormatError::Cancelled { .. }) => return Err(LoadError::Cancelled),
            Err(_) => return Ok(None),
        }
    }
    Ok(repeats.into_ledger())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::formats::Silent;

    /// What a survey says is what loading says, with everything in the files that a ledger tells of.
    #[test]
    fn a_survey_says_what_loading_says() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
        };
        let mut large = String::new();
        for row in 0..130_000 {
            let id = if row % 1_000 == 3 { "same".to_owned() } else { format!("e{row}") };
            let end = if row % 5_000 == 9 { "" } else { "}" };
            let when = if row % 700 == 0 { "someday" } else { "2023-08" };
            let _ = writeln!(large, "{{\"id\":\"{id}\",\"when\":\"{when}\",\"title\":\"Something of some length happened\"{end}");
        }
        file("large.jsonl", &large);
        file("small.csv", "when,id,title\n2023,same,a\n04/05/2021,b,b\n2023-02-30,b,c\n");
        file("bad.json", "{\"chronolane\": 1, \"events\": [");
        let paths = [folder.path().to_path_buf(), folder.path().join("bad.json")];
        let same = |paths: &[PathBuf]| {
            let surveyed = survey(paths, &ReadOptions::default(), &Silent).unwrap();
            let loaded = load(paths, &ReadOptions::default(), None, &Silent).unwrap();
            assert_eq!((&surveyed.ledger, &surveyed.unread), (loaded.store.ledger(), &loaded.unread));
            (without_store(paths, &ReadOptions::default(), &Silent).unwrap().is_some(), surveyed)
        };
        let (alone, surveyed) = same(&paths);
        assert!(alone && surveyed.unread.len() == 2, "{:?}", surveyed.unread);
        assert!(
            surveyed.ledger.files.iter().all(|file| file.problems.iter().any(|problem| problem.message.contains("stands more than once")))
        );
        file(
            "links.jsonl",
            "{\"id\":\"x\",\"when\":\"2023-08-29\",\"links\":[{\"to\":\"y\",\"relation\":\"follows\"}]}\n{\"id\":\"y\",\"when\":\"2023-08-30\"}\n",
        );
        let (alone, surveyed) = same(&[folder.path().join("links.jsonl")]);
        assert!(!alone && surveyed.ledger.files[0].problems.iter().any(|problem| problem.message.contains("cannot be so")));
    }

    #[test]
    fn what_all_files_of_a_folder_share_is_said_once() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..6 {
            std::fs::write(folder.path().join(format!("{number}.csv")), format!("date,what\n2023-08-0{},Talks\n", number + 1)).unwrap();
        }
        let paths = [folder.path().to_path_buf()];
        let ledger = survey(&paths, &ReadOptions::default(), &Silent).unwrap().ledger;
        assert_eq!((ledger.rows(), ledger.problems_total()), (6, 1), "{:?}", ledger.files[1].problems);
        assert!(ledger.files[0].problems[0].message.ends_with("(The same of 5 more files.)"));
        assert_eq!(&ledger, load(&paths, &ReadOptions::default(), None, &Silent).unwrap().store.ledger());
    }

    #[test]
    fn a_survey_that_is_stopped_says_so() {
        struct Stopped;
        impl Progress for Stopped {
            fn at(&self, _: u64, _: u64, _: u64) {}
            fn cancelled(&self) -> bool {
                true
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.csv");
        std::fs::write(&path, "when,title\n2023,a\n".repeat(2_000)).unwrap();
        assert!(matches!(survey(&[path], &ReadOptions::default(), &Stopped), Err(LoadError::Cancelled)));
    }
}
