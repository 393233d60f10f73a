//! Where the data files of a session lie: as paths from its folder, and found again when it is opened.

use std::path::{Component, Path, PathBuf};

use super::{SessionFile, Verdict};
use crate::formats::Progress;

/// A data file of a session that is being opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is where the session says.
    There(PathBuf),
    /// It is not there; the same bytes lie beside the session.
    Moved(PathBuf),
    /// It is not there.
    Missing {
        /// A file of the same name beside the session, which is not known to be the same.
        other: Option<PathBuf>,
    },
}

impl Found {
    /// Where it is, if it is known.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::There(path) | Self::Moved(path) => Some(path),
            Self::Missing { .. } => None,
        }
    }
}

/// The folder of a file, without links where the system tells.
pub fn folder_of(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().map_or_else(|| path.clone(), Path::to_owned);
    // Windows would put a prefix before it that no path in a session can follow.
    if cfg!(windows) { folder } else { folder.canonicalize().unwrap_or(folder) }
}

/// A file as a session in `folder` (as [`folder_of`] gives it) names it: from there with `/` between names, or whole where no way leads from the one to the other.
/// `None` where the name is not Unicode.
pub fn path_text(file: &Path, folder: &Path) -> Option<String> {
    let file = folder_of(file).join(file.file_name()?);
    let (own, base): (Vec<_>, Vec<_>) = (file.components().collect(), folder.components().collect());
    let common = own.iter().zip(&base).take_while(|(one, other)| one == other).count();
    if common == 0 {
        return file.to_str().map(str::to_owned);
    }
    let up = base[common..].iter().map(|_| Some(".."));
    let down = own[common..].iter().map(|part| part.as_os_str().to_str());
    up.chain(down).collect::<Option<Vec<_>>>().map(|parts| parts.join("/"))
}

/// Whether a path would lead to another computer: a session from a stranger must not.
pub(super) fn leads_away(path: &str) -> bool {
    path.starts_with("//") || path.starts_with("\\\\")
}

/// Looks for a data file: where the session says, then by its name beside the session. What lies there is taken only where it is known to be the same.
pub fn locate(file: &SessionFile, folder: &Path, progress: &dyn Progress) -> Found {
    let place = tidy(&folder.join(&file.path));
    if place.is_file() {
        return Found::There(place);
    }
    let beside = folder.join(file.name());
    if !beside.is_file() {
        return Found::Missing { other: None };
    }
    match file.verdict(&beside, progress) {
        Verdict::Same => Found::Moved(beside),
        Verdict::Changed | Verdict::Unknown => Found::Missing { other: Some(beside) },
    }
}

/// A path without `.` and `..`.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Silent;
    use crate::session::sha256_of;

    #[test]
    fn paths_lead_from_the_session_to_its_files_and_back() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("stories/2023")).unwrap();
        std::fs::create_dir_all(root.join("data")).unwrap();
        for (name, text) in [("data/a b.csv", "../../data/a b.csv"), ("stories/2023/b.csv", "b.csv"), ("stories/c.csv", "../c.csv")] {
            let path = root.join(name);
            std::fs::write(&path, "x").unwrap();
            let base = folder_of(&root.join("stories/2023/story.chronoview"));
            assert_eq!(path_text(&path, &base).as_deref(), Some(text));
            let file = SessionFile { path: text.to_owned(), bytes: None, sha256: None, modified_ms: None };
            assert_eq!(locate(&file, &base, &Silent), Found::There(path));
        }
    }

    #[test]
    fn a_file_beside_the_session_is_taken_only_where_it_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder_of(&folder.path().join("x.chronoview"));
        let beside = base.join("a.csv");
        std::fs::write(&beside, "when,title\n").unwrap();
        let (bytes, sha256) = sha256_of(&beside, &Silent).unwrap();
        let gone = SessionFile { path: "elsewhere/a.csv".to_owned(), bytes: Some(bytes), sha256: Some(sha256), modified_ms: None };
        assert_eq!(locate(&gone, &base, &Silent), Found::Moved(beside.clone()));
        let unknown = SessionFile { sha256: None, ..gone.clone() };
        assert_eq!(locate(&unknown, &base, &Silent), Found::Missing { other: Some(beside.clone()) });
        std::fs::write(&beside, "when,tilte\n").unwrap();
        assert_eq!(locate(&gone, &base, &Silent), Found::Missing { other: Some(beside.clone()) });
        std::fs::remove_file(&beside).unwrap();
        assert_eq!(locate(&gone, &base, &Silent), Found::Missing { other: None });
    }
}
