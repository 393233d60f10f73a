//! Saving whole files: what was there stays until what replaces it is complete.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that could not be saved; what was there before is untouched.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The folder does not exist.
    #[error("{}: the folder does not exist; choose another place", path.display())]
    NoFolder {
        /// The file.
        path: PathBuf,
    },
    /// The place may not be written to.
    #[error("{}: this place cannot be written to; choose another folder", path.display())]
    NotAllowed {
        /// The file.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("{}: the disk is full; free some space or choose another disk", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The name is longer than the system takes.
    #[error("{}: the system takes no name as long as this; choose a shorter name", path.display())]
    NameTooLong {
        /// The file.
        path: PathBuf,
    },
    /// Anything else that the system says.
    #[error("{}: could not be saved ({error})", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// The system's words.
        error: io::Error,
    },
}

impl SaveError {
    fn of(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => Self::NoFolder { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::NotAllowed { path },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::InvalidFilename => Self::NameTooLong { path },
            _ => Self::Other { path, error },
        }
    }
}

/// Writes a file beside its place and moves it there when it is complete.
pub fn save_whole(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    save_with(path, |out| out.write_all(bytes))
}

/// Writes a file piece by piece beside its place, and moves it there when all of it is written; where `write` fails, nothing is left.
pub fn save_with<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> Result<T, SaveError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let save = || -> io::Result<T> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".chronolane-").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o644));
        }
        let mut file = builder.tempfile_in(folder)?;
        let mut out = io::BufWriter::with_capacity(256 * 1024, &mut file);
        let written = write(&mut out)?;
        out.flush()?;
        drop(out);
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(written)
    };
    save().map_err(|error| SaveError::of(path, error))
}

/// A path with an ending, and whether it had to be given one.
pub fn with_ending(path: PathBuf, ending: &str) -> (PathBuf, bool) {
    if path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending)) {
        return (path, false);
    }
    let mut name = path.into_os_string();
    name.push(".");
    name.push(ending);
    (PathBuf::from(name), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_save_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("no").join("such").join("x.svg");
        assert!(matches!(save_whole(&missing, b"x"), Err(SaveError::NoFolder { .. })));
        let taken = folder.path().join("taken");
        std::fs::create_dir(&taken).unwrap();
        assert!(save_whole(&taken, b"x").is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_fails_half_way_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.csv");
        std::fs::write(&path, b"old").unwrap();
        let failed = save_with(&path, |out| {
            out.write_all(&vec![b'x'; 1_000_000])?;
            Err::<(), _>(io::Error::from(io::ErrorKind::StorageFull))
        });
        assert!(matches!(failed, Err(SaveError::DiskFull { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_save_replaces_the_whole_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.svg");
        save_whole(&path, b"a longer first text").unwrap();
        save_whole(&path, b"second").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"second");
    }
}
