//! A file whose text is read again where someone looks at it, as long as the file is what it was.

use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

/// An open file with what it was when it was opened. It stays readable when it is renamed, deleted or replaced; when it is written to, nothing more is read from it.
#[derive(Debug)]
pub struct TextFile {
    file: File,
    path: PathBuf,
    len: u64,
    modified: Option<SystemTime>,
    lost: AtomicBool,
}

impl TextFile {
    /// Opens a file. An error of the system where it cannot.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let data = file.metadata()?;
        Ok(Self { path: path.to_owned(), len: data.len(), modified: data.modified().ok(), file, lost: AtomicBool::new(false) })
    }

    /// Where it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes that it has.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether a read found it changed, or could not be done. From then on all are refused.
    pub fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// Asks the system whether it still has the length and the time of its last change that it had.
    pub fn is_unchanged(&self) -> bool {
        self.is_unchanged_by(self.file.metadata())
    }

    /// Fills `into` from `offset` on; false, with nothing to rely on, where the file was changed or cannot be read.
    pub fn read_at(&self, into: &mut [u8], offset: u64) -> bool {
        let mut done = 0;
        while done < into.len() {
            match read_some(&self.file, &mut into[done..], offset + done as u64) {
                Ok(0) => break,
                Ok(count) => done += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        // Asked after reading: what was read before a change is what was there.
        let whole = done == into.len() && self.is_unchanged();
        if !whole {
            self.lost.store(true, Ordering::Relaxed);
        }
        whole && !self.is_lost()
    }

    fn is_unchanged_by(&self, data: io::Result<Metadata>) -> bool {
        data.is_ok_and(|data| data.len() == self.len && data.modified().ok() == self.modified)
    }
}

/// The text of a file is no longer at hand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{file} was changed or taken away after it was opened, so that its sentences cannot be read from it any more. Read it again to see what it holds now."
)]
pub struct TextLost {
    /// The file's name.
    pub file: String,
}

impl TextLost {
    /// That of a file.
    pub fn of(path: &Path) -> Self {
        Self { file: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned() }
    }
}

#[cfg(unix)]
fn read_some(file: &File, into: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, offset)
}

#[cfg(windows)]
fn read_some(file: &File, into: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, offset)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_file_is_read_as_long_as_it_is_what_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text");
        std::fs::write(&path, "one two three").unwrap();
        let text = TextFile::open(&path).unwrap();
        let mut into = [0; 3];
        assert!(text.read_at(&mut into, 4) && &into == b"two");
        // Another file in its place leaves this one as it is.
        std::fs::rename(&path, folder.path().join("elsewhere")).unwrap();
        std::fs::write(&path, "something else").unwrap();
        assert!(text.read_at(&mut into, 0) && &into == b"one" && !text.is_lost());
        File::options().append(true).open(folder.path().join("elsewhere")).unwrap().write_all(b" four").unwrap();
        assert!(!text.is_unchanged());
        assert!(!text.read_at(&mut into, 4) && text.is_lost());
    }

    #[test]
    fn what_is_not_there_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text");
        std::fs::write(&path, "short").unwrap();
        let text = TextFile::open(&path).unwrap();
        assert!(!text.read_at(&mut [0; 4], 3) && text.is_lost());
        assert!(TextFile::open(&folder.path().join("missing")).is_err());
    }
}
