//! What a data file was when a session was saved, and whether it still is.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest as _, Sha256};

use super::SessionFile;
use crate::formats::Progress;

const PIECE_BYTES: usize = 256 * 1024;

/// How a file compares to what a session says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same bytes.
    Same,
    /// Other bytes.
    Changed,
    /// The session does not say, or the file cannot be read.
    Unknown,
}

/// The length of a file in bytes and the SHA-256 of its content in lower-case hexadecimal (FIPS 180-4).
///
/// Errors: those of the system; `Interrupted` where it was told to stop; `InvalidInput` for what is no plain file, which could go on for ever.
pub fn sha256_of(path: &Path, progress: &dyn Progress) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let data = file.metadata()?;
    if !data.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"));
    }
    let (mut sum, mut bytes) = (Sha256::new(), 0);
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        if progress.cancelled() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let read = match file.read(&mut piece) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if read == 0 {
            break;
        }
        sum.update(&piece[..read]);
        bytes += read as u64;
        progress.at(bytes, data.len(), 0);
    }
    let digits = b"0123456789abcdef";
    let hex = sum.finalize().iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(digits[usize::from(half)])).collect();
    Ok((bytes, hex))
}

/// A time of the system in milliseconds since 1970; `None` beyond what has a number.
pub fn since_1970_ms(time: SystemTime) -> Option<i64> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).ok(),
        Err(before) => i64::try_from(before.duration().as_millis()).ok().map(|ms| -ms),
    }
}

impl SessionFile {
    /// Compares a file to what the session says: by its length, and where that is the same by its content, or by its time where no digest is known.
    pub fn verdict(&self, path: &Path, progress: &dyn Progress) -> Verdict {
        let Ok(data) = std::fs::metadata(path) else { return Verdict::Unknown };
        if self.bytes.is_some_and(|bytes| bytes != data.len()) {
            return Verdict::Changed;
        }
        let Some(known) = &self.sha256 else {
            let times = self.modified_ms.zip(data.modified().ok().and_then(since_1970_ms));
            return match times {
                Some((then_ms, now_ms)) if then_ms == now_ms => Verdict::Same,
                Some(_) => Verdict::Changed,
                None => Verdict::Unknown,
            };
        };
        match sha256_of(path, progress) {
            Ok((_, found)) if found.eq_ignore_ascii_case(known) => Verdict::Same,
            Ok(_) => Verdict::Changed,
            Err(_) => Verdict::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Silent;

    #[test]
    fn the_digest_is_that_of_the_standard() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc");
        std::fs::write(&path, "abc").unwrap();
        // FIPS 180-4's own example.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_of(&path, &Silent).unwrap(), (3, abc.to_owned()));
        assert!(sha256_of(folder.path(), &Silent).is_err());
        let said = |bytes, sha256: Option<&str>| SessionFile {
            path: "abc".to_owned(),
            bytes,
            sha256: sha256.map(str::to_owned),
            modified_ms: None,
        };
        assert_eq!(said(Some(3), Some(abc)).verdict(&path, &Silent), Verdict::Same);
        assert_eq!(said(Some(4), Some(abc)).verdict(&path, &Silent), Verdict::Changed);
        assert_eq!(said(None, Some(&abc.replace("ba", "bb"))).verdict(&path, &Silent), Verdict::Changed);
        assert_eq!(said(Some(3), None).verdict(&path, &Silent), Verdict::Unknown);
        let now_ms = std::fs::metadata(&path).unwrap().modified().ok().and_then(since_1970_ms);
        let timed = |modified_ms| SessionFile { modified_ms, ..said(Some(3), None) };
        assert_eq!(timed(now_ms).verdict(&path, &Silent), Verdict::Same);
        assert_eq!(timed(now_ms.map(|ms| ms - 1)).verdict(&path, &Silent), Verdict::Changed);
    }
}
