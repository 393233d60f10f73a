//! Zip archives as folders: the files in one are read where they lie, each unpacked as it is asked for.
//!
//! A file in an archive has the archive's path and its own behind it, `events.zip/2023/a.csv`. Nothing is written to disk. An archive within an archive is not opened, nor one that
//! was made to fill the memory: whose files together unpack to far more than text does, or share their bytes.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use zip::ZipArchive;
use zip::read::ZipFile;

use super::FormatError;
use super::raw::{UNPACKED_EACH, UNPACKED_FREE};

/// How a zip file begins.
const MAGIC: &[u8] = b"PK\x03\x04";
/// Files of an archive that are looked at.
const FILES_MOST: usize = 20_000;

/// Where a file lies in an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Where its bytes begin.
    pub start: u64,
    /// How many there are, packed.
    pub packed_bytes: u64,
    /// Whether they are packed; else they stand as they are.
    pub is_packed: bool,
}

/// Whether a file is an archive to be taken as a folder: a zip file that is not a document of some program, as workbooks are.
pub(super) fn is_archive(path: &Path) -> bool {
    let mut begin = Vec::new();
    let read = File::open(path).and_then(|file| file.take(512).read_to_end(&mut begin));
    let is_document = || {
        let holds = |name: &[u8]| memchr::memmem::find(&begin, name).is_some();
        let is_named =
            path.extension().is_some_and(|ending| ["xlsx", "xlsm", "ods"].iter().any(|known| ending.eq_ignore_ascii_case(known)));
        is_named || holds(b"[Content_Types].xml") || holds(b"mimetypeapplication/")
    };
    read.is_ok() && begin.starts_with(MAGIC) && !is_document()
}

/// The files in an archive, each with its path behind the archive's, in the order of their names. Hidden files are passed over.
pub(super) fn files(path: &Path) -> Result<Vec<PathBuf>, FormatError> {
    let mut archive = open(path)?;
    let mut found = Vec::new();
    let (mut unpacked, mut packed) = (0_u64, 0_u64);
    for number in 0..archive.len() {
        let Ok(entry) = archive.by_index_raw(number) else { continue };
        unpacked = unpacked.saturating_add(entry.size());
        packed = packed.saturating_add(entry.compressed_size());
        if entry.is_file()
            && let Some(name) = path_in(&entry)
        {
            found.push(path.join(name));
        }
    }
    let bytes = std::fs::metadata(path).map_or(0, |data| data.len());
    if unpacked > UNPACKED_FREE.saturating_add(bytes.saturating_mul(UNPACKED_EACH)) || packed > bytes {
        let message = "the archive's files unpack to far more than text packed to its size does. Unpack it yourself if you trust it";
        return Err(refused(path, message));
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The archive and the place in it of a path that goes through one; `None` where it does not.
pub(super) fn member(path: &Path) -> Result<Option<(PathBuf, Member)>, FormatError> {
    let Some(around) = path.ancestors().skip(1).find(|around| around.is_file()) else { return Ok(None) };
    let Ok(inner) = path.strip_prefix(around) else { return Ok(None) };
    if !is_archive(around) {
        return Ok(None);
    }
    match members(around)?.get(inner) {
        Some(Ok(member)) => Ok(Some((around.to_owned(), *member))),
        Some(Err(message)) => Err(refused(path, message)),
        None => Err(FormatError::NotFound { file: path.display().to_string() }),
    }
}

/// The files of an archive by their paths in it; why one cannot be read in place of where it lies.
type Members = HashMap<PathBuf, Result<Member, String>>;

/// The archive that was asked for last, with what told it from others: each of its files is opened by itself, and its list would be read for each anew.
static LAST: Mutex<Option<Listed>> = Mutex::new(None);

/// An archive with its files.
struct Listed {
    path: PathBuf,
    bytes: u64,
    modified: Option<SystemTime>,
    members: Arc<Members>,
}

/// The files of an archive.
fn members(path: &Path) -> Result<Arc<Members>, FormatError> {
    let data = std::fs::metadata(path).map_err(|error| FormatError::from_io(&path.display().to_string(), error))?;
    let (bytes, modified) = (data.len(), data.modified().ok());
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = &*last
        && (known.path.as_path(), known.bytes, known.modified) == (path, bytes, modified)
    {
        return Ok(Arc::clone(&known.members));
    }
    let mut archive = open(path)?;
    let mut members = Members::new();
    for number in 0..archive.len() {
        let Ok(entry) = archive.by_index_raw(number) else { continue };
        let Some(name) = path_in(&entry).filter(|_| entry.is_file()) else { continue };
        let place = if entry.encrypted() {
            Err("it is protected by a password. Unpack the archive yourself".to_owned())
        } else {
            let is_packed = match entry.compression() {
                zip::CompressionMethod::Stored => Ok(false),
                zip::CompressionMethod::Deflated => Ok(true),
                other => Err(format!("it is packed by a method that is not read ({other}). Unpack the archive yourself")),
            };
            let Some(start) = entry.data_start() else { continue };
            is_packed.map(|is_packed| Member { start, packed_bytes: entry.compressed_size(), is_packed })
        };
        members.entry(name).or_insert(place);
    }
    let members = Arc::new(members);
    *last = Some(Listed { path: path.to_owned(), bytes, modified, members: Arc::clone(&members) });
    Ok(members)
}

/// Opens an archive for its list of files.
fn open(path: &Path) -> Result<ZipArchive<BufReader<File>>, FormatError> {
    let file = File::open(path).map_err(|error| FormatError::from_io(&path.display().to_string(), error))?;
    let archive = ZipArchive::new(BufReader::new(file)).map_err(|error| {
        refused(path, &format!("the archive is damaged or was cut off ({error}). Fetch it again, or unpack what is whole of it"))
    })?;
    if archive.len() > FILES_MOST {
        return Err(refused(
            path,
            &format!("the archive holds {} files, and at most {FILES_MOST} are looked at. Unpack it into folders", archive.len()),
        ));
    }
    Ok(archive)
}

/// The path of an entry; `None` where it is no path that is read.
fn path_in<R: std::io::Read>(entry: &ZipFile<'_, R>) -> Option<PathBuf> {
    inner_path(&entry.name().ok()?)
}

/// The path of a file in an archive: without what would lead out of it, and `None` for hidden files.
fn inner_path(name: &str) -> Option<PathBuf> {
    let name = name.replace('\\', "/");
    let mut path = PathBuf::new();
    for part in Path::new(&name).components() {
        match part {
            Component::Normal(part) if part.as_encoded_bytes().starts_with(b".") || part == "__MACOSX" => return None,
            Component::Normal(part) => path.push(part),
            Component::RootDir | Component::CurDir => {}
            Component::ParentDir | Component::Prefix(_) => return None,
        }
    }
    (!path.as_os_str().is_empty()).then_some(path)
}

fn refused(path: &Path, message: &str) -> FormatError {
    FormatError::BadArchive { file: path.display().to_string(), message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::formats::{ReadOptions, Silent, expand, read_file};
    use crate::model::Ledger;
    use crate::store::StoreBuilder;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (number, (name, bytes)) in files.iter().enumerate() {
            let method = if number % 2 == 0 { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn in_file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    fn read(path: &Path) -> Result<(u64, String), FormatError> {
        let mut builder = StoreBuilder::default();
        builder.begin_file(path.to_owned());
        let ledger = read_file(path, &ReadOptions::default(), &mut builder, &Silent)?;
        let (rows, format) = (ledger.rows, ledger.format.clone());
        assert_eq!(builder.finish(Ledger { files: vec![ledger] }).len() as u64, rows);
        Ok((rows, format))
    }

    #[test]
    fn an_archive_is_a_folder_of_the_files_that_can_be_read() {
        let large = "when,title\n2023-08-30,a title of some length\n".to_owned() + &"2023-08-31,another title\n".repeat(2_000);
        let files: [(&str, &[u8]); 6] = [
            ("b.csv", large.as_bytes()),
            ("in/a.jsonl", b"{\"when\":\"2023\",\"title\":\"x\"}\n"),
            ("../out.csv", b"when,title\n2023,x\n"),
            (".hidden.csv", b"when,title\n2023,x\n"),
            ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0"),
            ("empty.csv", b""),
        ];
        let (folder, path) = in_file("all.zip", &zipped(&files));
        for asked in [path.clone(), folder.path().to_owned()] {
            let found = expand(&[asked]).unwrap();
            let names: Vec<String> =
                found.iter().map(|found| found.strip_prefix(&path).unwrap().display().to_string().replace('\\', "/")).collect();
            assert_eq!(names, ["b.csv", "in/a.jsonl"]);
            assert_eq!(read(&found[0]).unwrap(), (2_001, "csv".to_owned()));
            assert_eq!(read(&found[1]).unwrap(), (1, "jsonl".to_owned()));
        }
        assert!(matches!(read(&path.join("none.csv")), Err(FormatError::NotFound { .. })));
        assert!(matches!(read(&folder.path().join("no.zip/none.csv")), Err(FormatError::NotFound { .. })));
    }

    #[test]
    fn an_archive_that_is_replaced_is_read_anew() {
        let (_folder, path) = in_file("all.zip", &zipped(&[("a.csv", b"when,title\n2023,x\n")]));
        assert_eq!(read(&path.join("a.csv")).unwrap().0, 1);
        std::fs::write(&path, zipped(&[("b.csv", b"when,title\n2023,x\n2024,y\n")])).unwrap();
        assert!(matches!(read(&path.join("a.csv")), Err(FormatError::NotFound { .. })));
        assert_eq!(read(&path.join("b.csv")).unwrap().0, 2);
    }

    #[test]
    fn an_archive_within_an_archive_is_refused_in_words() {
        let inner = zipped(&[("a.csv", b"when,title\n2023,x\n")]);
        let (_folder, path) = in_file("outer.zip", &zipped(&[("inner.zip", &inner), ("a.csv", b"when,title\n2023,x\n")]));
        let found = expand(std::slice::from_ref(&path)).unwrap();
        assert_eq!(found.len(), 2);
        let words = read(&path.join("inner.zip")).unwrap_err().to_string();
        assert!(words.contains("archive within an archive") && words.contains("inner.zip"), "{words}");
    }

    #[test]
    fn archives_made_to_fill_the_memory_and_damaged_ones_are_refused() {
        let bomb = zipped(&[("a.csv", &vec![b'x'; UNPACKED_FREE as usize + 30_000_000])]);
        let (_folder, path) = in_file("bomb.zip", &bomb);
        assert!(expand(&[path]).unwrap_err().to_string().contains("unpack to far more"));
        let whole = zipped(&[("a.csv", "when,title\n2023,x\n".repeat(500).as_bytes())]);
        for cut in (4..whole.len()).step_by(7) {
            let (_folder, path) = in_file("cut.zip", &whole[..cut]);
            assert!(expand(&[path]).unwrap_err().to_string().contains("cut.zip"));
        }
        for at in (0..whole.len()).step_by(5) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            let (_folder, path) = in_file("flipped.zip", &bytes);
            for file in expand(&[path]).unwrap_or_default() {
                if let Err(error) = read(&file) {
                    assert!(error.to_string().contains("flipped.zip"), "{error}");
                }
            }
        }
    }
}
