//! Why a file could not be read, in words that say what to do next.

use std::io;

/// A file that gave no events. Every variant names the file as the user did.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// There is nothing at that path.
    #[error("{file}: there is no such file. Check the name and the folder.")]
    NotFound {
        /// The file, as the user named it.
        file: String,
    },
    /// The system does not let this user read it.
    #[error("{file}: the system does not allow reading it. Check its permissions, or copy it to a folder of your own.")]
    NotAllowed {
        /// The file, as the user named it.
        file: String,
    },
    /// It is a folder, a device or a pipe where a file was wanted.
    #[error("{file}: this is not a file. Give a file, or a folder that holds files.")]
    NotAFile {
        /// The path, as the user named it.
        file: String,
    },
    /// A folder without a single file that any format knows.
    #[error("{file}: no file in this folder is of a kind that can be read. `chronolane formats` lists them.")]
    NothingInFolder {
        /// The folder, as the user named it.
        file: String,
    },
    /// It holds no bytes, or nothing but blanks.
    #[error("{file}: the file is empty.")]
    IsEmpty {
        /// The file, as the user named it.
        file: String,
    },
    /// It is larger than a reader of whole documents takes.
    #[error(
        "{file}: the file has {bytes} bytes, and at most {limit} can be read in this format. Split it, or save it as JSON Lines or CSV."
    )]
    TooLarge {
        /// The file, as the user named it.
        file: String,
        /// What it holds, unpacked where it is packed.
        bytes: u64,
        /// What can be read.
        limit: u64,
    },
    /// It is not text in any encoding.
    #[error(
        "{file}: this is not a text file (byte {at} is none that text has). If a program made it, export it from there as CSV or JSON."
    )]
    NotText {
        /// The file, as the user named it.
        file: String,
        /// The offset of the first byte that gives it away.
        at: u64,
    },
    /// An archive or a workbook that is damaged, protected, or made to fill the memory.
    #[error("{file}: {message}.")]
    BadArchive {
        /// The file, as the user named it.
        file: String,
        /// What is wrong with it and what to do.
        message: String,
    },
    /// No format knows it.
    #[error("{file}: not recognised as any format that can be read.{hints} `chronolane formats` lists them, `--format NAME` names one.")]
    NotRecognised {
        /// The file, as the user named it.
        file: String,
        /// What it looked like, each a sentence with a blank before it.
        hints: String,
    },
    /// A document (JSON, XML, …) is broken in its syntax, so that what follows can't be trusted.
    #[error(
        "{file}, line {line}, character {column}: the {format} breaks off or is broken here: {message}. Mend that place and load it again."
    )]
    BrokenDocument {
        /// The file, as the user named it.
        file: String,
        /// The format's name.
        format: &'static str,
        /// From 1.
        line: u64,
        /// From 1.
        column: u64,
        /// What the parser said.
        message: String,
    },
    /// A table without a column that could be the date.
    #[error(
        "{file}, line {line}: no column was recognised as the date. The columns are: {columns}. Name the date's column, such as: --map \"{example}\""
    )]
    NoDateColumn {
        /// The file, as the user named it.
        file: String,
        /// The line of the header.
        line: u64,
        /// The columns' names, with commas between.
        columns: String,
        /// A `--map` that could be right.
        example: String,
    },
    /// A whole file whose records hold nothing that makes an event of them.
    #[error("{file}: {message}")]
    NoRecords {
        /// The file, as the user named it.
        file: String,
        /// What was looked for and not found.
        message: String,
    },
    /// `--format` names none that there is.
    #[error("There is no format named {name:?}. There are: {known}.")]
    UnknownFormat {
        /// What was asked for.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// `--map` can't be understood, or names a column that the file does not have.
    #[error("--map: {message}")]
    BadMap {
        /// What is wrong with it and what would be right.
        message: String,
    },
    /// The user stopped it.
    #[error("{file}: reading was cancelled.")]
    Cancelled {
        /// The file, as the user named it.
        file: String,
    },
    /// The system failed while reading.
    #[error("{file}: the system could not read it: {error}.")]
    Io {
        /// The file, as the user named it.
        file: String,
        /// What the system said.
        error: io::Error,
    },
}

impl FormatError {
    /// Words an error of the system for the file it befell.
    pub fn from_io(file: &str, error: io::Error) -> Self {
        let file = file.to_owned();
        if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Stopped>) {
            return Self::Cancelled { file };
        }
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound { file },
            io::ErrorKind::PermissionDenied => Self::NotAllowed { file },
            io::ErrorKind::IsADirectory => Self::NotAFile { file },
            _ => Self::Io { file, error },
        }
    }
}

/// Carries a cancellation through the readers of the standard library.
#[derive(Debug, thiserror::Error)]
#[error("cancelled")]
pub(crate) struct Stopped;

impl Stopped {
    /// The cancellation as an error of the system.
    pub(crate) fn as_io() -> io::Error {
        io::Error::other(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_system_name_the_file_and_the_way_out() {
        let missing = FormatError::from_io("a.csv", io::Error::from(io::ErrorKind::NotFound));
        assert!(matches!(missing, FormatError::NotFound { .. }));
        assert!(missing.to_string().contains("a.csv"));
        assert!(matches!(FormatError::from_io("a.csv", io::ErrorKind::PermissionDenied.into()), FormatError::NotAllowed { .. }));
        assert!(matches!(FormatError::from_io("a.csv", Stopped::as_io()), FormatError::Cancelled { .. }));
        assert!(matches!(FormatError::from_io("a.csv", io::Error::other("disk")), FormatError::Io { .. }));
    }
}
