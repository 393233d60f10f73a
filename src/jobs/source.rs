//! The text of a source, read from a file beside the data file: never from outside its folder, never larger than a text is.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use crate::model::{Passage, passage};
use crate::store::{EventId, EventStore};

/// Bytes of a source's text at most.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Why the text of a source is not at hand.
#[derive(Debug, thiserror::Error)]
pub enum SourceTextError {
    /// The path leads out of the folder.
    #[error("{path} is not read: it leads out of the folder of the data file. Put a copy of the text beside the data file")]
    Outside {
        /// The path as written.
        path: String,
    },
    /// There is no such file.
    #[error("{path} is not there. Put the source's text beside the data file under this name")]
    Missing {
        /// The path as written.
        path: String,
    },
    /// It is no text.
    #[error("{path} is not a text file. Save its text as a .txt file and name that")]
    NotText {
        /// The path as written.
        path: String,
    },
    /// It is too large.
    #[error("{path} is larger than {megabytes} MB and is not read")]
    TooLarge {
        /// The path as written.
        path: String,
        /// How large a text may be.
        megabytes: u64,
    },
    /// The system does not let it be read.
    #[error("{path} could not be read ({error})")]
    Unreadable {
        /// The path as written.
        path: String,
        /// What the system says.
        error: io::Error,
    },
}

/// Where a quote stands in the text of its source.
#[derive(Debug)]
pub enum QuoteContext {
    /// There, between these sentences.
    Found(Passage),
    /// The text is at hand, and the quote does not stand in it; the name of the file, or empty where the text stands in the record.
    Absent(String),
    /// The text is not at hand, and why.
    Unreadable(SourceTextError),
}

/// Looks up each quote of an event in its source's text; `None` where the source has none. Reads files: not for the UI thread.
pub fn quote_contexts(store: &EventStore, event: EventId) -> Vec<Option<QuoteContext>> {
    let record = store.record(event);
    let data_file = store.files().get(store.origin(event).file as usize).cloned().unwrap_or_default();
    // The quotes of an event mostly stand in one file.
    let mut read: Option<(String, String)> = None;
    let mut contexts = Vec::with_capacity(record.evidence.len());
    for evidence in &record.evidence {
        let source = store.source(&evidence.source);
        let context = if evidence.quote.trim().is_empty() {
            None
        } else if !source.text.is_empty() {
            Some(passage(&source.text, &evidence.quote).map_or_else(|| QuoteContext::Absent(String::new()), QuoteContext::Found))
        } else if source.path.is_empty() {
            None
        } else {
            let known = read.take().filter(|(path, _)| *path == source.path);
            let text = known.map_or_else(|| source_text(&data_file, &source.path), |(_, text)| Ok(text));
            Some(match text {
                Ok(text) => {
                    let found = passage(&text, &evidence.quote);
                    read = Some((source.path.clone(), text));
                    found.map_or_else(|| QuoteContext::Absent(source.path.clone()), QuoteContext::Found)
                }
                Err(error) => QuoteContext::Unreadable(error),
            })
        };
        contexts.push(context);
    }
    contexts
}

/// Reads the text of a source that a data file names by a path relative to its own folder.
pub fn source_text(data_file: &Path, path: &str) -> Result<String, SourceTextError> {
    let said = || path.to_owned();
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SourceTextError::Missing { path: said() },
        _ => SourceTextError::Unreadable { path: said(), error },
    };
    let relative = Path::new(path);
    if relative.is_absolute() || relative.has_root() {
        return Err(SourceTextError::Outside { path: said() });
    }
    let folder = data_file.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    let folder = fs::canonicalize(folder).map_err(failed)?;
    // What leads out is not even looked for.
    let depth = relative.components().try_fold(0_usize, |depth, part| match part {
        Component::ParentDir => depth.checked_sub(1),
        Component::Normal(_) => Some(depth + 1),
        _ => Some(depth),
    });
    if depth.is_none() {
        return Err(SourceTextError::Outside { path: said() });
    }
    // With all links followed: what counts is where it ends.
    let file = fs::canonicalize(folder.join(relative)).map_err(failed)?;
    if !file.starts_with(&folder) {
        return Err(SourceTextError::Outside { path: said() });
    }
    let data = fs::metadata(&file).map_err(failed)?;
    if !data.is_file() {
        return Err(SourceTextError::NotText { path: said() });
    }
    let too_large = || SourceTextError::TooLarge { path: said(), megabytes: MOST_BYTES / (1024 * 1024) };
    if data.len() > MOST_BYTES {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    File::open(&file).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large());
    }
    decoded(&bytes).ok_or_else(|| SourceTextError::NotText { path: said() })
}

/// The bytes as text: UTF-8, UTF-16 with its mark, else as the language's usual encoding; `None` for what is no text.
fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!broken).then(|| text.into_owned());
    }
    if bytes.contains(&0) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let (text, _, broken) = detector.guess(None, chardetng::Utf8Detection::Deny).decode(bytes);
    (!broken).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_beside_the_data_is_read_and_none_outside() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("case");
        fs::create_dir_all(folder.join("texts")).unwrap();
        fs::write(folder.join("texts").join("log.txt"), "Gate opened.").unwrap();
        fs::write(folder.join("latin.txt"), b"Caf\xe9 ferm\xe9 \xe0 midi.").unwrap();
        fs::write(folder.join("picture.png"), [0x89, b'P', 0, 1, 2]).unwrap();
        fs::write(outer.path().join("secret.txt"), "secret").unwrap();
        let data = folder.join("events.json");
        let read = |path: &str| source_text(&data, path);
        assert_eq!(read("texts/log.txt").unwrap(), "Gate opened.");
        assert_eq!(read("./texts/../texts/log.txt").unwrap(), "Gate opened.");
        assert_eq!(read("latin.txt").unwrap(), "Café fermé à midi.");
        let absolute = outer.path().join("secret.txt");
        for outside in ["../secret.txt", "texts/../../secret.txt", "../nothing.txt", absolute.to_str().unwrap()] {
            assert!(matches!(read(outside), Err(SourceTextError::Outside { .. })), "{outside}: {:?}", read(outside));
        }
        assert!(matches!(read("none.txt"), Err(SourceTextError::Missing { .. })));
        assert!(matches!(read("picture.png"), Err(SourceTextError::NotText { .. })));
        assert!(matches!(read("texts"), Err(SourceTextError::NotText { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_not_followed() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("case");
        fs::create_dir_all(&folder).unwrap();
        fs::write(outer.path().join("secret.txt"), "secret").unwrap();
        std::os::unix::fs::symlink(outer.path().join("secret.txt"), folder.join("inside.txt")).unwrap();
        assert!(matches!(source_text(&folder.join("events.json"), "inside.txt"), Err(SourceTextError::Outside { .. })));
    }
}
