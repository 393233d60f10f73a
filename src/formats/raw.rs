//! The bytes of a file as they stand, or as a gzip file or a file in an archive unpacks to, one after the other: nothing is unpacked before it is asked for.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::DeflateDecoder;
use flate2::read::MultiGzDecoder;

use super::archive::Member;

/// How a gzip file begins.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];
/// What a packed file may unpack to: so many bytes, and so many more for each of its own. Text packs to a tenth, logs of one line repeated to a hundredth; what packs better was
/// made to fill the memory.
pub(super) const UNPACKED_FREE: u64 = 64 * 1024 * 1024;
pub(super) const UNPACKED_EACH: u64 = 200;

/// A source of bytes.
pub(super) enum Raw<'a> {
    /// A file as it stands.
    File(File),
    /// Bytes in memory.
    Memory(&'a [u8]),
    /// A gzip file, or a file in an archive.
    Packed(Box<Unpacking>),
}

/// Unpacks a gzip file of one or several members, or a file in an archive.
pub(super) struct Unpacking {
    decoder: Box<dyn Read + Send>,
    /// Bytes of the packed file that were read.
    taken: Arc<AtomicU64>,
    given: u64,
    limit: u64,
}

/// A file that unpacks to more than it should.
#[derive(Debug, thiserror::Error)]
#[error("it unpacks to more than {limit} bytes, far more than text packed to its size does; unpack it yourself if you trust it")]
struct TooMuch {
    limit: u64,
}

/// Counts what is read of a file.
struct Counted {
    file: File,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Raw<'_> {
    /// Whether a file is packed, by its first bytes.
    pub(super) fn is_packed(path: &Path) -> io::Result<bool> {
        let mut begin = Vec::new();
        File::open(path)?.take(MAGIC.len() as u64).read_to_end(&mut begin)?;
        Ok(begin == MAGIC)
    }

    /// Unpacks a file of so many bytes.
    pub(super) fn unpacking(path: &Path, bytes: u64) -> io::Result<Self> {
        let taken = Arc::new(AtomicU64::new(0));
        let counted = Counted { file: File::open(path)?, taken: Arc::clone(&taken) };
        let decoder = MultiGzDecoder::new(BufReader::with_capacity(64 * 1024, counted));
        Ok(Self::Packed(Box::new(Unpacking { decoder: Box::new(decoder), taken, given: 0, limit: limit_of(bytes) })))
    }

    /// Unpacks a file in an archive.
    pub(super) fn of_member(archive: &Path, member: Member) -> io::Result<Self> {
        let taken = Arc::new(AtomicU64::new(0));
        let mut file = File::open(archive)?;
        file.seek(io::SeekFrom::Start(member.start))?;
        let counted = Counted { file, taken: Arc::clone(&taken) }.take(member.packed_bytes);
        let decoder: Box<dyn Read + Send> =
            if member.is_packed { Box::new(DeflateDecoder::new(BufReader::with_capacity(64 * 1024, counted))) } else { Box::new(counted) };
        Ok(Self::Packed(Box::new(Unpacking { decoder, taken, given: 0, limit: limit_of(member.packed_bytes) })))
    }

    /// Bytes of a packed file that were read; `None` for one that is not packed.
    pub(super) fn taken(&self) -> Option<u64> {
        match self {
            Self::Packed(unpacking) => Some(unpacking.taken.load(Ordering::Relaxed)),
            Self::File(_) | Self::Memory(_) => None,
        }
    }
}

/// What a packed file of so many bytes may unpack to.
fn limit_of(bytes: u64) -> u64 {
    UNPACKED_FREE.saturating_add(bytes.saturating_mul(UNPACKED_EACH))
}

impl Read for Raw<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(into),
            Self::Memory(bytes) => bytes.read(into),
            Self::Packed(unpacking) => {
                let count = unpacking.decoder.read(into).map_err(|error| match error.kind() {
                    io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => io::Error::other(
                        "the packed file is damaged or was cut off; fetch it again, or unpack what is whole of it yourself",
                    ),
                    _ => error,
                })?;
                unpacking.given += count as u64;
                if unpacking.given > unpacking.limit {
                    return Err(io::Error::other(TooMuch { limit: unpacking.limit }));
                }
                Ok(count)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;
    use crate::formats::{FormatError, ReadOptions, Silent, read_file};
    use crate::model::Ledger;
    use crate::store::{EventId, EventStore, StoreBuilder};

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn read(name: &str, bytes: &[u8]) -> Result<EventStore, FormatError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut builder = StoreBuilder::default();
        builder.begin_file(path.clone());
        let ledger = read_file(&path, &ReadOptions::default(), &mut builder, &Silent)?;
        Ok(builder.finish(Ledger { files: vec![ledger] }))
    }

    #[test]
    fn a_packed_file_is_read_as_what_is_in_it() {
        let small = "when,title,actors\n2023-08-30,one,A\n2023-08-31,two,B\n";
        let store = read("x.csv.gz", &packed(small.as_bytes())).unwrap();
        assert_eq!((store.len(), store.ledger().files[0].format.as_str()), (2, "csv"));
        let native = "{\"chronolane\":1,\"events\":[{\"when\":\"2023\",\"title\":\"x\"}]}";
        assert_eq!(read("x.json.gz", &packed(native.as_bytes())).unwrap().title_text(EventId(0)), "x");
    }

    #[test]
    fn a_large_packed_file_gives_what_it_gives_unpacked() {
        use std::fmt::Write as _;
        let mut text = String::new();
        for row in 0..120_000_u64 {
            let number = row.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let _ = writeln!(
                text,
                "{{\"id\":\"e{row}\",\"when\":\"20{:02}-03-05\",\"title\":\"{number:x} {:x}\",\"actors\":[\"A{}\"]}}",
                row % 20,
                number.rotate_left(17),
                row % 9
            );
        }
        // Two members, as tools make them that pack in pieces.
        let (first, second) = text.as_bytes().split_at(text.len() / 2);
        let (plain, unpacked) =
            (read("x.jsonl", text.as_bytes()).unwrap(), read("x.jsonl.gz", &[packed(first), packed(second)].concat()).unwrap());
        assert_eq!((plain.len(), unpacked.len()), (120_000, 120_000));
        for event in [0, 1, 60_000, 119_999].map(EventId) {
            assert_eq!((plain.record(event), plain.origin(event)), (unpacked.record(event), unpacked.origin(event)));
        }
    }

    #[test]
    fn what_is_damaged_or_made_to_fill_the_memory_says_so() {
        let whole = packed("when,title\n2023,x\n".repeat(500).as_bytes());
        let failure = |bytes: &[u8]| read("x.csv.gz", bytes).map(|store| store.len()).unwrap_err().to_string();
        let words = failure(&whole[..whole.len() / 2]);
        assert!(words.contains("damaged") && words.contains("x.csv.gz"), "{words}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bomb.gz");
        std::fs::write(&path, packed(&vec![b'x'; UNPACKED_FREE as usize + 1_000_000])).unwrap();
        let stopped = io::copy(&mut Raw::unpacking(&path, 1_000).unwrap(), &mut io::sink()).map_err(|error| error.to_string());
        assert!(stopped.as_ref().is_err_and(|words| words.contains("unpacks to more than")), "{stopped:?}");
    }
}
