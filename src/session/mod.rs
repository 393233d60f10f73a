//! A session: what is looked at and how, as a file (`.chronoview`) that can be kept and handed on.
//!
//! It names its data files by paths relative to itself, with the SHA-256 of each, and holds the whole view. It holds no records. Nothing here opens a
//! window or reads a data file but to compare it; reading, saving and checking sessions is work for `jobs`.

mod digest;
mod file;
mod place;
mod reading;
mod selected;

use std::io::Read as _;
use std::path::Path;

pub use digest::{Verdict, sha256_of, since_1970_ms};
pub use file::{Parsed, Session, SessionFile};
pub use place::{Found, folder_of, locate, path_text};
pub use reading::Reading;
pub use selected::SavedEvent;

/// The ending of sessions' names.
pub const ENDING: &str = "chronoview";
/// The version of the form that is written.
pub const VERSION: u64 = 1;
/// The largest session that is read, in bytes; one of ten thousand lanes arranged by hand has about one million.
pub const LARGEST_BYTES: u64 = 16 * 1024 * 1024;

/// Why a session cannot be opened. The name is that of its file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// The system does not give the file.
    #[error("{name}: the session could not be read ({words}). Check that it is there and may be read")]
    Unread {
        /// The session.
        name: String,
        /// The system's words.
        words: String,
    },
    /// More bytes than any session has.
    #[error("{name}: this file is larger than any session. If it holds records, give it another ending than .chronoview")]
    TooLarge {
        /// The session.
        name: String,
    },
    /// Not JSON.
    #[error("{name}: this session is damaged, line {line}, column {column}: {words}. Open its data files instead, and save the view again")]
    Damaged {
        /// The session.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        words: String,
    },
    /// JSON, but not of this form.
    #[error("{name}: this is not a session: {words}")]
    NotOne {
        /// The session.
        name: String,
        /// What is missing.
        words: String,
    },
    /// Written by a later version.
    #[error(
        "{name}: this session is of version {version}, and this program reads up to {known}. Use a newer Chronolane, or open its data files instead",
        known = VERSION
    )]
    Newer {
        /// The session.
        name: String,
        /// Its version.
        version: u64,
    },
    /// None of its data files is there.
    #[error("{name}: none of its data files was found:\n{words}")]
    NothingFound {
        /// The session.
        name: String,
        /// One line a file.
        words: String,
    },
    /// The user stopped it.
    #[error("opening the session was cancelled; what was open is as it was")]
    Cancelled,
}

/// Whether a file is a session: by its ending, or because it begins with the mark of one.
pub fn is_session(path: &Path) -> bool {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING)) {
        return true;
    }
    let may_be = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) && path.is_file();
    let mut head = [0; 64];
    let read = if may_be { std::fs::File::open(path).and_then(|mut file| file.read(&mut head)).unwrap_or(0) } else { 0 };
    let text = String::from_utf8_lossy(&head[..read]);
    let inside = text.trim_start_matches('\u{feff}').trim_start().strip_prefix('{');
    inside.is_some_and(|inside| inside.trim_start().starts_with("\"chronoview\""))
}
