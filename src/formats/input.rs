//! A file as readers see it: its first bytes, its bytes, its text.

use std::cell::OnceCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use encoding_rs::Encoding;

use super::archive::{self, Member};
use super::delimited::{self, delimiter};
use super::encoding::{self, BLOCK, Detected, Transcoder};
use super::error::Stopped;
use super::raw::Raw;
use super::{Context, FormatError, Progress, ReadOptions, pieces};
use crate::model::{RawText, Severity, TextFile};

/// Bytes of a file's beginning by which it is recognised.
pub const HEAD_BYTES: usize = 64 * 1024;
/// Bytes of text that a reader of whole documents takes.
pub const DOCUMENT_LIMIT: u64 = 2 * 1024 * 1024 * 1024;

/// The mark that some programs put before UTF-8.
const MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// Bytes of a large file by which its columns are told.
const SAMPLE_BYTES: u64 = 2 * 1024 * 1024;

/// A file to be read.
pub struct Input<'a> {
    name: &'a str,
    body: Body<'a>,
    /// The archive that it is in.
    archive: Option<PathBuf>,
    bytes: u64,
    detected: OnceLock<Detected>,
    /// The encoding that the user chose, and what that makes of the file.
    forced: OnceLock<&'static Encoding>,
    as_forced: OnceLock<Detected>,
}

/// Where the bytes are.
#[derive(Clone, Copy)]
enum Body<'a> {
    /// In a file.
    File(&'a Path),
    /// In a gzip file.
    Packed(&'a Path),
    /// In an archive.
    Member(Member),
    /// In memory, unpacked from another.
    Memory(&'a [u8]),
}

/// The beginning of a file, by which formats are told apart.
pub struct Head<'a> {
    /// The file's name without its folders, in lower case.
    pub name: &'a str,
    /// Its first bytes.
    pub bytes: &'a [u8],
    /// The same as text, if it is text; what is cut off or broken at its end is left out.
    pub text: &'a str,
    /// Whether that is the whole file.
    pub whole: bool,
    /// What it is as a table, found when the first format asks.
    delimiter: OnceCell<Option<delimiter::Found>>,
    header: OnceCell<Vec<String>>,
}

impl<'h> Head<'h> {
    /// The beginning of a file under its name in lower case.
    pub(super) fn new(name: &'h str, bytes: &'h [u8], text: &'h str, whole: bool) -> Self {
        Self { name, bytes, text, whole, delimiter: OnceCell::new(), header: OnceCell::new() }
    }

    /// What divides its cells, were it a table.
    pub(super) fn delimiter(&self) -> Option<delimiter::Found> {
        *self.delimiter.get_or_init(|| delimiter::find(self.text))
    }

    /// The names of its columns in lower case, were it a table.
    pub(super) fn header(&self) -> &[String] {
        let delimiter = || self.delimiter().map_or(b',', |found| found.delimiter);
        self.header.get_or_init(|| delimited::header_of(self.text, delimiter()))
    }

    /// Whether the name ends so; endings come without their dot.
    pub fn ends(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.name.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.')))
    }
}

impl<'a> Input<'a> {
    /// A file on disk, which must be a plain file with something in it.
    pub fn open(name: &'a str, path: &'a Path) -> Result<Self, FormatError> {
        let meta = match std::fs::metadata(path) {
            Ok(meta) => meta,
            Err(error) => return Self::in_archive(name, path)?.ok_or_else(|| FormatError::from_io(name, error)),
        };
        if !meta.is_file() {
            return Err(FormatError::NotAFile { file: name.to_owned() });
        }
        if meta.len() == 0 {
            return Err(FormatError::IsEmpty { file: name.to_owned() });
        }
        let packed = Raw::is_packed(path).map_err(|error| FormatError::from_io(name, error))?;
        let body = if packed { Body::Packed(path) } else { Body::File(path) };
        Ok(Self::of(name, body, None, meta.len()))
    }

    /// A file in an archive; `None` where the path leads through none.
    fn in_archive(name: &'a str, path: &Path) -> Result<Option<Self>, FormatError> {
        let Some((archive, member)) = archive::member(path)? else { return Ok(None) };
        if member.packed_bytes == 0 {
            return Err(FormatError::IsEmpty { file: name.to_owned() });
        }
        let input = Self::of(name, Body::Member(member), Some(archive), member.packed_bytes);
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) && input.head_bytes()?.starts_with(b"PK") {
            let message = "an archive within an archive is not opened. Unpack the outer one".to_owned();
            return Err(FormatError::BadArchive { file: name.to_owned(), message });
        }
        Ok(Some(input))
    }

    /// An input of which nothing is known but where it is.
    fn of(name: &'a str, body: Body<'a>, archive: Option<PathBuf>, bytes: u64) -> Self {
        Self { name, body, archive, bytes, detected: OnceLock::new(), forced: OnceLock::new(), as_forced: OnceLock::new() }
    }

    /// Bytes in memory, under the name of the file that they came from.
    pub fn from_bytes(name: &'a str, bytes: &'a [u8]) -> Self {
        Self::of(name, Body::Memory(bytes), None, bytes.len() as u64)
    }

    /// The file, as the user named it.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// How many bytes it has, packed where it is packed.
    pub fn len(&self) -> u64 {
        self.bytes
    }

    /// About how many bytes it has unpacked.
    pub(super) fn likely_len(&self) -> u64 {
        if self.is_packed() { self.bytes.saturating_mul(5) } else { self.bytes }
    }

    /// Whether it is unpacked as it is read.
    pub(super) fn is_packed(&self) -> bool {
        matches!(self.body, Body::Packed(_) | Body::Member(_))
    }

    /// Whether its first bytes are all that there are.
    pub(super) fn is_whole(&self, head: &[u8]) -> bool {
        if self.is_packed() { head.len() < HEAD_BYTES } else { head.len() as u64 >= self.bytes }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// The file, where its text is to be read again instead of kept: a large one that is not packed.
    pub(super) fn text_file(&self, options: &ReadOptions) -> Option<Arc<TextFile>> {
        let Body::File(path) = self.body else { return None };
        // Whatever is wrong with it is said by whoever reads it now.
        (self.bytes > options.keep_bytes).then(|| TextFile::open(path).ok().map(Arc::new)).flatten()
    }

    /// The first bytes, up to [`HEAD_BYTES`].
    pub fn head_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let mut head = Vec::new();
        self.raw()?.take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(|error| self.failed(error))?;
        Ok(head)
    }

    /// The bytes from the beginning on.
    fn raw(&self) -> Result<Raw<'a>, FormatError> {
        let raw = match self.body {
            Body::File(path) => File::open(path).map(Raw::File),
            Body::Packed(path) => Raw::unpacking(path, self.bytes),
            Body::Member(member) => Raw::of_member(self.archive.as_deref().unwrap_or(Path::new("")), member),
            Body::Memory(bytes) => Ok(Raw::Memory(bytes)),
        };
        raw.map_err(|error| self.failed(error))
    }

    /// All bytes, where they are at most `limit`.
    pub fn bytes(&self, limit: u64) -> Result<Vec<u8>, FormatError> {
        let too_large = |bytes| FormatError::TooLarge { file: self.name.to_owned(), bytes, limit };
        if self.bytes > limit {
            return Err(too_large(self.bytes));
        }
        let mut all = Vec::with_capacity(self.bytes as usize + 1);
        self.raw()?.take(limit + 1).read_to_end(&mut all).map_err(|error| self.failed(error))?;
        // It may have grown since its length was asked.
        if all.len() as u64 > limit { Err(too_large(all.len() as u64)) } else { Ok(all) }
    }

    /// The encoding; what is odd about it is noted once.
    fn detected(&self, context: &mut Context<'_>) -> Result<Detected, FormatError> {
        if let Some(encoding) = self.forced.get() {
            return self.detected_as(encoding, context);
        }
        if let Some(detected) = self.detected.get() {
            return Ok(*detected);
        }
        let mut raw = Watched { from: self.raw()?, done: 0, progress: context.progress };
        let detected = encoding::detect(&mut raw)
            .map_err(|error| self.failed(error))?
            .map_err(|at| FormatError::NotText { file: self.name.to_owned(), at })?;
        if detected.guessed {
            context.note(format!(
                "Read as {}: it is not UTF-8, and its letters suggest this. Check names with accents.",
                detected.encoding.name()
            ));
        } else if detected.encoding != encoding_rs::UTF_8 {
            context.note(format!("Read as {}.", detected.encoding.name()));
        } else if detected.damaged > 0 {
            let message = format!("{} places are not valid UTF-8; each is shown as \u{FFFD}.", detected.damaged);
            context.ledger.problem(Severity::Warning, 0, 0, "", message, "");
        }
        Ok(*self.detected.get_or_init(|| detected))
    }

    /// Has it read in an encoding, whatever it looks like.
    pub(super) fn force_encoding(&self, encoding: &'static Encoding) {
        // The first word counts; nobody says two.
        let _ = self.forced.set(encoding);
    }

    /// The name of the encoding that it was read in.
    pub(super) fn encoding_name(&self) -> &'static str {
        let found = self.as_forced.get().or(self.detected.get());
        found.map_or(encoding_rs::UTF_8, |detected| detected.encoding).name()
    }

    /// What a chosen encoding makes of the file.
    fn detected_as(&self, encoding: &'static Encoding, context: &mut Context<'_>) -> Result<Detected, FormatError> {
        if let Some(detected) = self.as_forced.get() {
            return Ok(*detected);
        }
        let head = self.head_bytes()?;
        let mark = Encoding::for_bom(&head).filter(|(own, _)| *own == encoding).map_or(0, |(_, mark)| mark);
        let mut detected = Detected { encoding, mark, damaged: 0, guessed: false };
        if encoding == encoding_rs::UTF_8 {
            let mut raw = Watched { from: self.raw()?, done: 0, progress: context.progress };
            let found = encoding::detect(&mut raw).map_err(|error| self.failed(error))?;
            // Text that is not UTF-8 all through has to be decoded, with signs in place of what is broken.
            detected.damaged = found.map_or(1, |found| if found.encoding == encoding { found.damaged } else { 1 });
        }
        context.note(format!("Read as {}, as you chose.", encoding.name()));
        Ok(*self.as_forced.get_or_init(|| detected))
    }

    /// The text as UTF-8 from its beginning on, without a mark; may be called again.
    pub fn text_reader<'r, 'p: 'r>(&self, context: &mut Context<'p>) -> Result<TextReader<'r>, FormatError>
    where
        'a: 'r,
    {
        let detected = self.detected(context)?;
        let mut watched = Watched { from: self.raw()?, done: 0, progress: context.progress };
        let mut mark = [0; 3];
        watched.read_exact(&mut mark[..detected.mark]).map_err(|error| self.failed(error))?;
        Ok(if detected.is_plain() {
            TextReader::Plain(watched)
        } else {
            TextReader::Other(Box::new(Transcoder::new(watched, detected.encoding)))
        })
    }

    /// How many bytes the mark takes where the beginning of the file is UTF-8; `None` where it is not, or the file is known not to be.
    fn plain_mark(&self) -> Result<Option<usize>, FormatError> {
        match self.as_forced.get().or(self.detected.get()) {
            _ if self.forced.get().is_some_and(|encoding| *encoding != encoding_rs::UTF_8) => Ok(None),
            Some(detected) if detected.is_plain() => Ok(Some(detected.mark)),
            Some(_) => Ok(None),
            None => {
                let head = self.head_bytes()?;
                let is_cut_letter = |error: std::str::Utf8Error| error.error_len().is_none();
                if head.contains(&0) || !std::str::from_utf8(&head).map_or_else(is_cut_letter, |_| true) {
                    return Ok(None);
                }
                Ok(Some(if head.starts_with(MARK) { MARK.len() } else { 0 }))
            }
        }
    }

    /// The bytes behind a mark where the beginning of the file is UTF-8, without a look at the rest; `None` where it is not, or is known not to be.
    pub(super) fn plain_reader<'r, 'p: 'r>(&self, context: &Context<'p>) -> Result<Option<TextReader<'r>>, FormatError>
    where
        'a: 'r,
    {
        let Some(mark) = self.plain_mark()? else { return Ok(None) };
        let mut watched = Watched { from: self.raw()?, done: 0, progress: context.progress };
        watched.read_exact(&mut [0; 3][..mark]).map_err(|error| self.failed(error))?;
        Ok(Some(TextReader::Plain(watched)))
    }

    /// The first bytes of a file of lines, cut behind one.
    pub(super) fn first_lines(&self) -> Result<Vec<u8>, FormatError> {
        let mut head = self.head_bytes()?;
        if head.len() >= HEAD_BYTES
            && let Some(end) = memchr::memrchr2(b'\n', b'\r', &head)
        {
            // The second byte of a line end in UTF-16 stays with it.
            head.truncate((end + 1 + usize::from(head.get(end + 1) == Some(&0))).min(head.len()));
        }
        Ok(head)
    }

    /// The beginning of a large file of lines, cut behind a line with an even number of quotation marks before it, where it is plain UTF-8: enough to tell what its columns
    /// are, and to show something, without reading all of it for its encoding. `None` for a small file, whose whole is as quickly read.
    pub fn beginning(&self) -> Result<Option<String>, FormatError> {
        if self.likely_len() < 4 * SAMPLE_BYTES || self.plain_mark()?.is_none() {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(SAMPLE_BYTES as usize);
        self.raw()?.take(SAMPLE_BYTES).read_to_end(&mut bytes).map_err(|error| self.failed(error))?;
        let begin = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let Some(end) = pieces::last_outside_quotes(&bytes) else { return Ok(None) };
        Ok(std::str::from_utf8(&bytes[begin..end]).ok().map(str::to_owned))
    }

    /// The whole text in memory, as UTF-8 and without a mark.
    pub(super) fn document(&self, context: &mut Context<'_>) -> Result<Arc<RawText>, FormatError> {
        if self.detected.get().is_none() && self.bytes <= DOCUMENT_LIMIT {
            let mut watched = Watched { from: self.raw()?, done: 0, progress: context.progress };
            let mut raw = RawText::with_room(self.bytes as usize + 1);
            let whole = raw.fill(|into| watched.read(into)).map_err(|error| self.failed(error))?;
            let bytes = raw.bytes();
            // Nearly every file is plain UTF-8, and then nothing is to be found out.
            if whole && !bytes.starts_with(MARK) && memchr::memchr(0, bytes).is_none() && std::str::from_utf8(bytes).is_ok() {
                return Ok(Arc::new(raw));
            }
        }
        Ok(Arc::new(RawText::from(self.text(context)?.into_bytes())))
    }

    /// The whole text as UTF-8, without a mark.
    fn text(&self, context: &mut Context<'_>) -> Result<String, FormatError> {
        let detected = self.detected(context)?;
        let mut bytes = self.bytes(DOCUMENT_LIMIT)?;
        bytes.drain(..detected.mark.min(bytes.len()));
        match String::from_utf8(bytes) {
            Ok(text) if detected.encoding == encoding_rs::UTF_8 => Ok(text),
            Ok(text) => Ok(detected.encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()),
            Err(error) => Ok(detected.encoding.decode_without_bom_handling(error.as_bytes()).0.into_owned()),
        }
    }

    /// Words an error of the system for this file.
    pub(crate) fn failed(&self, error: io::Error) -> FormatError {
        FormatError::from_io(self.name, error)
    }
}

/// Reads bytes, counts them, and stops where the user wants it.
pub struct Watched<'p> {
    from: Raw<'p>,
    done: u64,
    progress: &'p dyn Progress,
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.progress.cancelled() {
            return Err(Stopped::as_io());
        }
        let limit = into.len().min(16 * BLOCK);
        let count = self.from.read(&mut into[..limit])?;
        self.done = self.from.taken().unwrap_or(self.done + count as u64);
        Ok(count)
    }
}

/// Reads a file's text as UTF-8.
pub enum TextReader<'p> {
    /// UTF-8 as it stands.
    Plain(Watched<'p>),
    /// Another encoding.
    Other(Box<Transcoder<Watched<'p>>>),
}

impl TextReader<'_> {
    /// Bytes of the file read so far.
    pub fn bytes_done(&self) -> u64 {
        match self {
            Self::Plain(watched) => watched.done,
            Self::Other(transcoder) => transcoder.inner().done,
        }
    }
}

impl Read for TextReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(watched) => watched.read(into),
            Self::Other(transcoder) => transcoder.read(into),
        }
    }
}

/// The text of a head, in whatever encoding it is; empty where it is none.
pub(crate) fn head_text(bytes: &[u8]) -> String {
    let Ok(Ok(detected)) = encoding::detect(&mut &*bytes) else { return String::new() };
    let body = &bytes[detected.mark..];
    if detected.encoding == encoding_rs::UTF_8 || detected.guessed {
        // The cut may go through a letter, which then looks like another encoding.
        if let Err(error) = std::str::from_utf8(body)
            && body.len() - error.valid_up_to() < 4
        {
            return String::from_utf8_lossy(&body[..error.valid_up_to()]).into_owned();
        }
    }
    detected.encoding.decode_without_bom_handling(body).0.into_owned()
}
