//! Folders and zip archives among the given paths, opened out into the files in them that can be read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{FormatError, Input, archive, confidence_of};

/// How deep folders are followed.
const DEEPEST: usize = 32;

/// Puts in place of each folder, and of each zip archive, every file in it, and in the folders in it, that some format knows, sorted by name.
///
/// Hidden files and folders, links to folders and sessions, which only name data, are passed over. A path that is not there stays as it is: reading it says so.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, FormatError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = files.len();
            walk(path, 0, &mut files)?;
            if files.len() == before {
                return Err(FormatError::NothingInFolder { file: path.display().to_string() });
            }
        } else if archive::is_archive(path) {
            let before = files.len();
            files.extend(archive::files(path)?.into_iter().filter(|inner| is_readable(inner)));
            if files.len() == before {
                return Err(FormatError::NothingInFolder { file: path.display().to_string() });
            }
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// Adds the readable files of one folder, in the order of their names.
fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), FormatError> {
    if depth > DEEPEST {
        return Ok(());
    }
    let failed = |error| FormatError::from_io(&folder.display().to_string(), error);
    let mut entries = fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            // A folder within that may not be entered does not spoil the rest.
            let _ = walk(&path, depth + 1, files);
        } else if path.is_file() && archive::is_archive(&path) {
            // One that cannot be opened says so when it is read.
            match archive::files(&path) {
                Ok(inner) => files.extend(inner.into_iter().filter(|inner| is_readable(inner))),
                Err(_) => files.push(path),
            }
        } else if path.is_file() && !is_session(&path) && is_readable(&path) {
            files.push(path);
        }
    }
    Ok(())
}

/// Names in a folder beyond which it is not watched.
const NAMES_MOST: usize = 20_000;

/// All files in a folder and in the folders in it that are not hidden, whatever they hold; `None` where it is no folder, or one of more than twenty thousand files.
pub fn listed(folder: &Path) -> Option<BTreeSet<PathBuf>> {
    let mut names = BTreeSet::new();
    let mut folders = vec![(folder.to_owned(), 0)];
    fs::read_dir(folder).ok()?;
    while let Some((folder, depth)) = folders.pop() {
        for entry in fs::read_dir(&folder).ok().into_iter().flatten().flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            if kind.is_dir() && depth < DEEPEST {
                folders.push((entry.path(), depth + 1));
            } else if !kind.is_dir() {
                names.insert(entry.path());
            }
        }
        if names.len() > NAMES_MOST {
            return None;
        }
    }
    Some(names)
}

/// Whether a file in a folder would be read with it.
pub fn is_taken(path: &Path) -> bool {
    path.is_file() && !is_session(path) && (archive::is_archive(path) || is_readable(path))
}

fn is_session(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("chronoview"))
}

/// Whether some format knows the file, or there is something to say about it.
fn is_readable(path: &Path) -> bool {
    let name = path.display().to_string();
    match Input::open(&name, path) {
        Ok(input) => confidence_of(&input).is_ok_and(|(confidence, _)| confidence > super::Confidence::No),
        Err(error) => matches!(error, FormatError::BadArchive { .. }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_every_readable_file_in_it_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("inner/.hidden")).unwrap();
        let row = "{\"when\":\"2023\",\"title\":\"x\"}\n";
        for name in ["b.jsonl", "a.jsonl", "inner/c.jsonl", ".d.jsonl", "inner/.hidden/e.jsonl"] {
            fs::write(at(name), row).unwrap();
        }
        fs::write(at("story.chronoview"), "[{\"when\":\"2023\",\"title\":\"x\"}]").unwrap();
        fs::write(at("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0").unwrap();
        let names: Vec<String> = expand(&[folder.path().to_owned()])
            .unwrap()
            .iter()
            .map(|p| p.strip_prefix(folder.path()).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["a.jsonl", "b.jsonl", "inner/c.jsonl"]);
    }

    #[test]
    fn a_folder_without_any_is_an_error_and_a_missing_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(expand(&[folder.path().to_owned()]), Err(FormatError::NothingInFolder { .. })));
        let missing = folder.path().join("no.csv");
        assert_eq!(expand(std::slice::from_ref(&missing)).unwrap(), [missing]);
    }
}
