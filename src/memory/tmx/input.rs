//! The bytes of a file as UTF-8, with the line that is read, and no more at once than is sound.

use std::io::{BufRead, Error, ErrorKind, Read, Result};

const CHUNK: usize = 1 << 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    LittleEndian,
    BigEndian,
}

/// Reads UTF-8 as it is, and UTF-16 as UTF-8: with a byte order mark, or where its first character
/// can be no other.
#[derive(Debug)]
pub(super) struct Input<R> {
    source: R,
    encoding: Option<Encoding>,
    raw: Vec<u8>,
    /// Bytes of UTF-16 that are half a character.
    rest: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    line: u64,
    bytes: u64,
    /// So many bytes may be taken before [`Input::allow`] is called.
    left: usize,
}

impl<R: Read> Input<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            encoding: None,
            raw: vec![0; CHUNK],
            rest: Vec::new(),
            text: Vec::new(),
            at: 0,
            line: 1,
            bytes: 0,
            left: 0,
        }
    }

    /// The line that is read, counted from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes of the file were read.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes
    }

    /// From here on, so many bytes may be taken.
    pub(super) fn allow(&mut self, bytes: usize) {
        self.left = bytes;
    }

    /// Whether more was wanted than is allowed.
    pub(super) fn is_exhausted(&self) -> bool {
        self.left == 0
    }

    fn fill(&mut self) -> Result<()> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() {
            let read = self.source.read(&mut self.raw)?;
            self.bytes += read as u64;
            self.rest.extend_from_slice(&self.raw[..read]);
            if self.encoding.is_none() {
                // Two bytes tell it; a file of one byte is no UTF-16.
                if read > 0 && self.rest.len() < 2 {
                    continue;
                }
                self.encoding = Some(encoding(&self.rest));
            } else if read == 0 && !self.rest.is_empty() {
                return Err(half_a_character());
            }
            self.decode()?;
            if read == 0 {
                break;
            }
        }
        Ok(())
    }

    fn decode(&mut self) -> Result<()> {
        let units: Vec<u16> = match self.encoding {
            Some(Encoding::LittleEndian) => self
                .rest
                .as_chunks()
                .0
                .iter()
                .copied()
                .map(u16::from_le_bytes)
                .collect(),
            Some(Encoding::BigEndian) => self
                .rest
                .as_chunks()
                .0
                .iter()
                .copied()
                .map(u16::from_be_bytes)
                .collect(),
            _ => {
                std::mem::swap(&mut self.text, &mut self.rest);
                return Ok(());
            }
        };
        let ends_half = units
            .last()
            .is_some_and(|unit| (0xd800..0xdc00).contains(unit));
        let whole = units.len() - usize::from(ends_half);
        let mut utf8 = [0; 4];
        for c in char::decode_utf16(units[..whole].iter().copied()) {
            let c = c.map_err(|_| half_a_character())?;
            self.text
                .extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
        }
        self.rest.drain(..whole * 2);
        Ok(())
    }
}

fn half_a_character() -> Error {
    Error::new(ErrorKind::InvalidData, "half a character of UTF-16")
}

fn encoding(start: &[u8]) -> Encoding {
    match start {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => Encoding::LittleEndian,
        [0xfe, 0xff, ..] | [0, b'<', ..] => Encoding::BigEndian,
        _ => Encoding::Utf8,
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let text = self.fill_buf()?;
        let len = text.len().min(out.len());
        out[..len].copy_from_slice(&text[..len]);
        self.consume(len);
        Ok(len)
    }
}

impl<R: Read> BufRead for Input<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.at == self.text.len() {
            self.fill()?;
        }
        let rest = &self.text[self.at..];
        if self.left == 0 && !rest.is_empty() {
            return Err(Error::new(ErrorKind::InvalidData, "too large"));
        }
        Ok(&rest[..rest.len().min(self.left)])
    }

    fn consume(&mut self, len: usize) {
        let end = (self.at + len).min(self.text.len());
        let lines = memchr::memchr_iter(b'\n', &self.text[self.at..end]).count();
        self.line += lines as u64;
        self.left = self.left.saturating_sub(len);
        self.at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives no more than so many bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, out: &mut [u8]) -> Result<usize> {
            let len = self.1.min(out.len()).min(self.0.len());
            out[..len].copy_from_slice(&self.0[..len]);
            self.0 = &self.0[len..];
            Ok(len)
        }
    }

    fn read(bytes: &[u8], step: usize) -> Result<(String, u64)> {
        let mut input = Input::new(Slow(bytes, step));
        input.allow(1000);
        let mut text = String::new();
        input.read_to_string(&mut text)?;
        assert_eq!(input.bytes_read(), bytes.len() as u64);
        Ok((text, input.line()))
    }

    #[test]
    fn every_encoding_of_tmx_is_read_in_whatever_pieces_it_comes() {
        let text = "<a>\nÄ€😀</a>\n";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for step in 1..9 {
            for bytes in [text.as_bytes(), &little, &big] {
                let found = read(bytes, step).expect("text");
                assert_eq!(found, (text.to_owned(), 3), "{step}");
            }
            let marked = [&[0xff, 0xfe][..], &little].concat();
            let found = read(&marked, step).expect("text");
            assert_eq!(found.0, format!("\u{feff}{text}"));
            assert!(read(&little[..little.len() - 1], step).is_err());
            assert!(read(&[b'<', 0, 0x3d, 0xd8, b'a', 0], step).is_err());
        }
        assert_eq!(read(b"", 1).expect("nothing"), (String::new(), 1));
        assert_eq!(read(b"<", 1).expect("one"), ("<".to_owned(), 1));
    }

    #[test]
    fn no_more_is_given_than_is_allowed() {
        let mut input = Input::new(&b"12345"[..]);
        input.allow(3);
        let mut text = String::new();
        assert!(input.read_to_string(&mut text).is_err());
        assert!(input.is_exhausted());
        input.allow(9);
        input.read_to_string(&mut text).expect("the rest");
    }
}
