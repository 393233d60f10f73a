//! Saving and opening sessions: digests of data files, where the files lie now, and whether they are what they were.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::FileStamp;
use crate::formats::{Input, Progress, ReadOptions, Silent, TableChoice, TableHead, mapped, recognised};
use crate::render::{SaveError, save_whole};
use crate::session::{Found, LARGEST_BYTES, Parsed, Session, SessionError, SessionFile, Verdict, folder_of, locate, path_text, sha256_of};
use crate::store::{EventId, EventStore};

/// A session that was saved.
#[derive(Clone, Debug)]
pub struct SavedSession {
    /// Where.
    pub path: PathBuf,
    /// Names of data files that were changed on disk since they were read: the session goes with what they are now.
    pub changed: Vec<String>,
}

/// Why a session could not be saved; what was there before is untouched.
#[derive(Debug, thiserror::Error)]
pub enum SaveSessionError {
    /// A data file cannot be read any more.
    #[error("{name}: this data file could not be read ({error}); put it back where it was, or open it where it is now")]
    Data {
        /// Its name.
        name: String,
        /// The system's words.
        error: io::Error,
    },
    /// A path that JSON cannot hold.
    #[error("{name}: this data file or a folder above it has a name that is not Unicode; rename it")]
    Name {
        /// The name as far as it can be shown.
        name: String,
    },
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// What a session is made of, beside the view that it already holds.
#[derive(Clone, Debug)]
pub struct SessionSources {
    /// The data files.
    pub files: Vec<PathBuf>,
    /// What they were when they were read.
    pub stamps: Vec<FileStamp>,
    /// How they were read.
    pub options: ReadOptions,
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Saves a session as a whole file or not at all, with the paths and digests of its files as they are now.
pub fn save_session(
    mut session: Session,
    sources: &SessionSources,
    path: &Path,
    progress: &dyn Progress,
) -> Result<SavedSession, SaveSessionError> {
    let folder = folder_of(path);
    session.files.clear();
    session.view_file = None;
    for file in &name_on_disk(&mut session, &sources.files) {
        let (bytes, sha256) = sha256_of(file, progress).map_err(|error| SaveSessionError::Data { name: name_of(file), error })?;
        let path = path_text(file, &folder).ok_or_else(|| SaveSessionError::Name { name: name_of(file) })?;
        session.files.push(SessionFile { path, bytes: Some(bytes), sha256: Some(sha256), modified_ms: None });
    }
    session.reading.tables = chosen_tables(&sources.files, &sources.options);
    save_whole(path, session.to_json().as_bytes())?;
    let changed = sources.stamps.iter().filter(|stamp| stamp.is_changed()).map(|stamp| name_of(&stamp.path)).collect();
    Ok(SavedSession { path: path.to_owned(), changed })
}

/// The files that a session can name: those on disk, an archive in the place of all that was read from it. Makes the selected event's file the number of one of these.
pub(super) fn name_on_disk(session: &mut Session, files: &[PathBuf]) -> Vec<PathBuf> {
    let mut named: Vec<PathBuf> = Vec::new();
    let mut numbers = Vec::with_capacity(files.len());
    for file in files {
        // What lies in an archive has the archive's path before its own.
        let outer = file.ancestors().find(|path| path.is_file()).unwrap_or(file);
        if named.last().is_none_or(|last| last != outer) {
            named.push(outer.to_owned());
        }
        numbers.push(named.len() - 1);
    }
    if let Some(selected) = &mut session.selected {
        selected.file = numbers.get(selected.file).copied().unwrap_or(selected.file);
    }
    named
}

/// What was chosen for those of the files that are tables, by the keys of their headers. Reads the beginning of each where anything was chosen at all.
pub(super) fn chosen_tables(files: &[PathBuf], options: &ReadOptions) -> BTreeMap<String, TableChoice> {
    let mut tables = BTreeMap::new();
    for file in files.iter().filter(|_| !options.remembered.is_empty()) {
        let format = options.format.as_deref().or_else(|| recognised(file)).unwrap_or_default();
        if mapped(format).is_none() {
            continue;
        }
        let head = Input::open(&name_of(file), file).and_then(|input| TableHead::of(&input, format, options, &Silent));
        let Ok(preview) = head.and_then(|head| head.preview(options)) else { continue };
        if let Some(choice) = options.remembered.get(&preview.key) {
            tables.insert(preview.key, choice.clone());
        }
    }
    tables
}

/// A session whose files were looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedSession {
    /// Its file.
    pub path: PathBuf,
    /// What it holds.
    pub session: Session,
    /// Where each of its files is.
    pub found: Vec<Found>,
    /// What could not be used, and what was found elsewhere, in words.
    pub notes: Vec<String>,
}

impl OpenedSession {
    /// The places of its files that are there, in order.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.found.iter().filter_map(|found| found.path().map(Path::to_owned)).collect()
    }

    /// The files that are there, each with its place.
    pub fn pairs(&self) -> Vec<(SessionFile, PathBuf)> {
        let pairs = self.session.files.iter().zip(&self.found);
        pairs.filter_map(|(file, found)| Some((file.clone(), found.path()?.to_owned()))).collect()
    }

    /// The selected event in a store of its files, if it is there.
    pub fn selected_in(&self, store: &EventStore) -> Option<EventId> {
        let selected = self.session.selected.as_ref()?;
        selected.find(store, self.found.get(selected.file)?.path()?)
    }

    /// One line for each file that is not there.
    pub fn missing(&self) -> Vec<String> {
        let pairs = self.session.files.iter().zip(&self.found);
        let words = pairs.filter_map(|(file, found)| match found {
            Found::Missing { other: None } => Some(format!("{} is neither at {} nor beside the session", file.name(), file.path)),
            Found::Missing { other: Some(_) } => {
                Some(format!("{} is not at {}; a file of this name beside the session is not the same", file.name(), file.path))
            }
            Found::There(_) | Found::Moved(_) => None,
        });
        words.collect()
    }
}

/// Reads the file of a session, and of nothing else.
pub(super) fn read_session(path: &Path) -> Result<Parsed, SessionError> {
    let name = name_of(path);
    let unread = |error: &io::Error| SessionError::Unread { name: name.clone(), words: error.to_string() };
    let data = std::fs::metadata(path).map_err(|error| unread(&error))?;
    if !data.is_file() {
        return Err(unread(&io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LARGEST_BYTES + 1).read_to_end(&mut bytes)).map_err(|error| unread(&error))?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(SessionError::TooLarge { name });
    }
    Session::from_json(&String::from_utf8_lossy(&bytes), &name)
}

/// Reads a session and looks for its files. Nothing of them is read but what is needed to tell whether one that moved is the same.
pub fn open_session(path: &Path, progress: &dyn Progress) -> Result<OpenedSession, SessionError> {
    let name = name_of(path);
    let Parsed { session, notes } = read_session(path)?;
    let mut notes: Vec<String> = notes.into_iter().map(|note| format!("{name}: {note}")).collect();
    let folder = folder_of(path);
    let found: Vec<Found> = session.files.iter().map(|file| locate(file, &folder, progress)).collect();
    if progress.cancelled() {
        return Err(SessionError::Cancelled);
    }
    for (file, found) in session.files.iter().zip(&found) {
        if matches!(found, Found::Moved(_)) {
            notes.push(format!("{} is no longer at {}; the same file was found beside the session", file.name(), file.path));
        }
    }
    Ok(OpenedSession { path: path.to_owned(), session, found, notes })
}

/// Compares data files to what their session says, and gives a line for each that is another or cannot be compared.
pub fn verify_session(pairs: &[(SessionFile, PathBuf)], progress: &dyn Progress) -> Vec<String> {
    let words = pairs.iter().filter_map(|(file, path)| match file.verdict(path, progress) {
        Verdict::Same => None,
        Verdict::Changed => {
            Some(format!("{} was changed since the view was saved. Check what the view shows, and save it again", name_of(path)))
        }
        Verdict::Unknown => {
            Some(format!("{} cannot be compared to what it was: the session has no digest of it, or it could not be read", name_of(path)))
        }
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[&Path]) -> SessionSources {
        let files: Vec<PathBuf> = files.iter().map(|path| (*path).to_owned()).collect();
        let stamps = files.iter().filter_map(|path| FileStamp::of(path)).collect();
        SessionSources { files, stamps, options: ReadOptions::default() }
    }

    #[test]
    fn a_saved_session_finds_its_files_and_says_which_were_changed_or_moved() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("data")).unwrap();
        let (one, two) = (root.join("data/one.csv"), root.join("data/two.csv"));
        std::fs::write(&one, "when,title\n2023,a\n").unwrap();
        std::fs::write(&two, "when,title\n2024,b\n").unwrap();
        let path = root.join("story.chronoview");
        let saved = save_session(Session::default(), &sources(&[&one, &two]), &path, &Silent).unwrap();
        assert!(saved.changed.is_empty());
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("\"data/one.csv\"") && !text.contains(root.to_str().unwrap()), "{text}");
        let opened = open_session(&path, &Silent).unwrap();
        assert_eq!((opened.paths(), opened.notes.len()), (vec![one.clone(), two.clone()], 0));
        assert!(verify_session(&opened.pairs(), &Silent).is_empty());
        // The same length, another content; and a file that was moved beside the session.
        std::fs::write(&one, "when,title\n2023,x\n").unwrap();
        std::fs::rename(&two, root.join("two.csv")).unwrap();
        let opened = open_session(&path, &Silent).unwrap();
        assert_eq!(opened.paths(), [one.clone(), root.join("two.csv")]);
        assert!(opened.notes.len() == 1 && opened.notes[0].contains("two.csv"), "{:?}", opened.notes);
        let changed = verify_session(&opened.pairs(), &Silent);
        assert!(changed.len() == 1 && changed[0].starts_with("one.csv was changed"), "{changed:?}");
        std::fs::write(root.join("two.csv"), "another file").unwrap();
        let opened = open_session(&path, &Silent).unwrap();
        assert_eq!((opened.paths(), opened.missing().len()), (vec![one], 1));
    }

    #[test]
    fn a_file_that_changed_since_it_was_read_is_said_and_one_that_is_gone_saves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("a.csv");
        std::fs::write(&data, "when,title\n2023,a\n").unwrap();
        let sources = sources(&[&data]);
        std::fs::write(&data, "when,title\n2023,a\n2024,b\n").unwrap();
        let path = folder.path().join("x.chronoview");
        assert_eq!(save_session(Session::default(), &sources, &path, &Silent).unwrap().changed, ["a.csv"]);
        let before = std::fs::read(&path).unwrap();
        std::fs::remove_file(&data).unwrap();
        let error = save_session(Session::default(), &sources, &path, &Silent).unwrap_err();
        assert!(error.to_string().starts_with("a.csv: "), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn what_lies_in_an_archive_is_named_by_the_archive() {
        let folder = tempfile::tempdir().unwrap();
        let (zip, csv) = (folder.path().join("a.zip"), folder.path().join("b.csv"));
        std::fs::write(&zip, "x").unwrap();
        std::fs::write(&csv, "x").unwrap();
        let selected = Some(crate::session::SavedEvent { file: 2, ..crate::session::SavedEvent::default() });
        let mut session = Session { selected, ..Session::default() };
        let files = [zip.join("2023/one.csv"), zip.join("two.csv"), csv.clone()];
        assert_eq!(name_on_disk(&mut session, &files), [zip, csv]);
        assert_eq!(session.selected.map(|event| event.file), Some(1));
    }

    #[test]
    fn what_is_no_session_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            open_session(&path, &Silent)
        };
        assert!(matches!(at("bytes.chronoview", b"\xff\xfe\x00\x01"), Err(SessionError::Damaged { .. })));
        assert!(matches!(at("large.chronoview", &vec![b' '; LARGEST_BYTES as usize + 1]), Err(SessionError::TooLarge { .. })));
        assert!(matches!(open_session(&folder.path().join("no.chronoview"), &Silent), Err(SessionError::Unread { .. })));
        assert!(matches!(open_session(folder.path(), &Silent), Err(SessionError::Unread { .. })));
    }
}
