//! Which encoding a file is in, and its text as UTF-8, block by block.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that are read at a time.
pub(crate) const BLOCK: usize = 64 * 1024;
/// Bytes on which a guess between the encodings of one byte a letter rests.
const GUESS_BYTES: usize = 4 * 1024 * 1024;

/// The encoding of a file, and how it was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Detected {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// Bytes of the mark at the file's beginning.
    pub mark: usize,
    /// Broken sequences of bytes in a file that is otherwise UTF-8.
    pub damaged: u64,
    /// Whether the encoding is a guess from the letters.
    pub guessed: bool,
}

impl Detected {
    /// Whether the bytes after the mark are UTF-8 as they stand.
    pub(crate) fn is_plain(&self) -> bool {
        self.encoding == UTF_8 && self.damaged == 0
    }
}

/// Finds the encoding of all that `from` gives: by its mark, by the zeros of UTF-16, by being UTF-8, else by its letters.
///
/// The inner error is the offset of a byte that no text has.
pub(crate) fn detect(from: &mut dyn Read) -> io::Result<Result<Detected, u64>> {
    let mut block = vec![0; BLOCK];
    let mut filled = fill(from, &mut block)?;
    let head = &block[..filled];
    if let Some((encoding, mark)) = Encoding::for_bom(head)
        && encoding != UTF_8
    {
        return Ok(Ok(Detected { encoding, mark, damaged: 0, guessed: false }));
    }
    if let Some(encoding) = utf16_by_zeros(head) {
        return Ok(Ok(Detected { encoding, mark: 0, damaged: 0, guessed: false }));
    }
    if let Some(at) = not_text(head) {
        return Ok(Err(at));
    }
    let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut tally = Tally::default();
    let mut detector: Option<chardetng::EncodingDetector> = None;
    let (mut carried, mut fed) = (0, 0);
    loop {
        let is_last = filled < block.len();
        let before = tally.broken;
        let rest = tally.take(&block[..filled], is_last);
        // The guess reads from the first block that is not UTF-8 on: what came before is ASCII or speaks for UTF-8.
        if (tally.broken > before || detector.is_some()) && fed < GUESS_BYTES {
            let detector = detector.get_or_insert_with(|| chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny));
            detector.feed(&block[carried..filled], is_last);
            fed += filled - carried;
        }
        if is_last {
            break;
        }
        block.copy_within(filled - rest..filled, 0);
        carried = rest;
        filled = rest + fill(from, &mut block[rest..])?;
    }
    Ok(Ok(match detector {
        // A few broken bytes among many good letters are damage, not another encoding.
        Some(_) if tally.letters > 4 * tally.broken => Detected { encoding: UTF_8, mark, damaged: tally.broken, guessed: false },
        Some(detector) => {
            let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
            Detected { encoding, mark, damaged: 0, guessed: true }
        }
        None => Detected { encoding: UTF_8, mark, damaged: 0, guessed: false },
    }))
}

/// What UTF-8 made of the bytes so far.
#[derive(Default)]
struct Tally {
    /// Letters of more than one byte.
    letters: u64,
    /// Sequences that are not UTF-8.
    broken: u64,
}

impl Tally {
    /// Counts a block; gives the number of bytes at its end that may be the beginning of a letter.
    fn take(&mut self, block: &[u8], is_last: bool) -> usize {
        let mut rest = block;
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.count(text);
                    return 0;
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    self.count(std::str::from_utf8(good).unwrap_or_default());
                    match error.error_len() {
                        Some(length) => {
                            self.broken += 1;
                            rest = &bad[length..];
                        }
                        None if is_last => {
                            self.broken += 1;
                            return 0;
                        }
                        None => return bad.len(),
                    }
                }
            }
        }
    }

    /// Counts the letters of more than one byte.
    fn count(&mut self, text: &str) {
        if !text.is_ascii() {
            self.letters += text.bytes().filter(|byte| *byte >= 0xC0).count() as u64;
        }
    }
}

/// Reads until the block is full or the input ends.
fn fill(from: &mut dyn Read, block: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < block.len() {
        match from.read(&mut block[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Recognises UTF-16 without a mark: nearly every second byte of Latin text is zero, and none of the others.
fn utf16_by_zeros(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(4096) & !1];
    if head.len() < 4 {
        return None;
    }
    let even = head.iter().step_by(2).filter(|byte| **byte == 0).count();
    let odd = head.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
    let half = head.len() / 2;
    if odd * 10 > half * 6 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 6 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The offset of the first control byte, where there are more of them than text has.
fn not_text(head: &[u8]) -> Option<u64> {
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    let controls = head.iter().filter(|byte| is_control(byte)).count();
    if controls * 50 > head.len() { head.iter().position(is_control).map(|at| at as u64) } else { None }
}

/// Gives text in another encoding as UTF-8.
pub struct Transcoder<R> {
    from: R,
    decoder: Decoder,
    input: Vec<u8>,
    input_start: usize,
    input_end: usize,
    at_end: bool,
    finished: bool,
    output: Vec<u8>,
    output_start: usize,
}

impl<R: Read> Transcoder<R> {
    /// Decodes what `from` gives; a mark at its beginning must have been taken off.
    pub(crate) fn new(from: R, encoding: &'static Encoding) -> Self {
        Self {
            from,
            decoder: encoding.new_decoder_without_bom_handling(),
            input: vec![0; BLOCK],
            input_start: 0,
            input_end: 0,
            at_end: false,
            finished: false,
            output: Vec::new(),
            output_start: 0,
        }
    }

    /// Where the bytes come from.
    pub(crate) fn inner(&self) -> &R {
        &self.from
    }

    /// Decodes the next block into `output`.
    fn decode(&mut self) -> io::Result<()> {
        if self.input_start == self.input_end && !self.at_end {
            self.input_start = 0;
            self.input_end = fill(&mut self.from, &mut self.input)?;
            self.at_end = self.input_end < self.input.len();
        }
        self.output.resize(2 * BLOCK, 0);
        self.output_start = 0;
        let (result, read, written, _) =
            self.decoder.decode_to_utf8(&self.input[self.input_start..self.input_end], &mut self.output, self.at_end);
        self.input_start += read;
        self.output.truncate(written);
        self.finished = self.at_end && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.output_start == self.output.len() {
            if self.finished {
                return Ok(0);
            }
            self.decode()?;
        }
        let count = into.len().min(self.output.len() - self.output_start);
        into[..count].copy_from_slice(&self.output[self.output_start..self.output_start + count]);
        self.output_start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(mut bytes: &[u8]) -> Detected {
        detect(&mut bytes).unwrap().unwrap()
    }

    fn text(bytes: &[u8]) -> String {
        let detected = found(bytes);
        let mut out = String::new();
        Transcoder::new(&bytes[detected.mark..], detected.encoding).read_to_string(&mut out).unwrap();
        out
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let row = "date,title\n2023-08-30,Gespräche über Munition\n".repeat(20);
        assert!(found(row.as_bytes()).is_plain());
        assert_eq!(text(row.as_bytes()), row);
        assert_eq!(text(format!("\u{FEFF}{row}").as_bytes()), row);
        for little in [true, false] {
            assert_eq!(text(&utf16(&row, little)), row);
            assert_eq!(text(&utf16(&format!("\u{FEFF}{row}"), little)), row);
        }
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&row);
        assert!(found(&latin).guessed);
        assert_eq!(text(&latin), row);
    }

    #[test]
    fn a_letter_across_two_blocks_is_whole() {
        let long = format!("{}é{}", "x".repeat(BLOCK - 1), "y".repeat(BLOCK));
        assert!(found(long.as_bytes()).is_plain());
        let wide = utf16(&format!("\u{FEFF}{}", "ab😀".repeat(BLOCK)), true);
        assert_eq!(text(&wide), "ab😀".repeat(BLOCK));
    }

    #[test]
    fn one_broken_byte_does_not_change_the_encoding() {
        let mut bytes = "née à Évreux, décédée à Orléans".repeat(30).into_bytes();
        bytes[100] = 0xFF;
        let detected = found(&bytes);
        assert_eq!((detected.encoding, detected.damaged > 0, detected.guessed), (UTF_8, true, false));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(detect(&mut [0_u8; 1000].as_slice()).unwrap().unwrap_err(), 0);
        let noise: Vec<u8> = (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(detect(&mut noise.as_slice()).unwrap().is_err());
    }
}
