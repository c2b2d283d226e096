//! Reads a `SentencePiece` vocabulary: its pieces, and how it normalises text.
//!
//! The engine reads it too, without ever finding a fault, and keeps to itself which piece is what.

use super::normal::Normaliser;

const CUT_SHORT: &str = "the vocabulary is cut short";
const PIECES_MAX: usize = 10_000_000;

/// A piece, as it shows in a translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text, with spaces for `▁`.
    Text(Box<str>),
    /// One byte of a character.
    Byte(u8),
    /// Nothing: the end of a text, or an unknown character.
    Silent,
}

/// A vocabulary.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Every piece by its number.
    pub(super) pieces: Vec<Piece>,
    /// How text is normalised before it is cut into pieces.
    pub(super) normaliser: Normaliser,
}

impl Vocabulary {
    /// # Errors
    /// What is wrong with the file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut normaliser = Normaliser::default();
        let mut has_end = false;
        for field in Fields(bytes) {
            match field? {
                (1, Value::Bytes(message)) => {
                    let (text, piece) = read_piece(message)?;
                    has_end |= text == "</s>";
                    pieces.push(piece);
                }
                (3, Value::Bytes(message)) => normaliser = read_normaliser(message)?,
                _ => {}
            }
        }
        if pieces.is_empty() || !has_end {
            return Err("this is not a SentencePiece vocabulary with an end of text".to_owned());
        }
        if pieces.len() > PIECES_MAX {
            return Err("the vocabulary is too large".to_owned());
        }
        Ok(Self { pieces, normaliser })
    }
}

fn read_piece(message: &[u8]) -> Result<(&str, Piece), String> {
    let (mut text, mut kind) = ("", 1);
    for field in Fields(message) {
        match field? {
            (1, Value::Bytes(bytes)) => {
                text = std::str::from_utf8(bytes).map_err(|_| "a piece is not UTF-8")?;
            }
            (3, Value::Number(number)) => kind = number,
            _ => {}
        }
    }
    let byte = || u8::from_str_radix(text.strip_prefix("<0x")?.strip_suffix('>')?, 16).ok();
    let piece = match kind {
        2 | 3 => Piece::Silent,
        6 => byte().map_or(Piece::Silent, Piece::Byte),
        _ => Piece::Text(text.replace('\u{2581}', " ").into()),
    };
    Ok((text, piece))
}

fn read_normaliser(message: &[u8]) -> Result<Normaliser, String> {
    let mut normaliser = Normaliser::default();
    for field in Fields(message) {
        match field? {
            (2, Value::Bytes(map)) => normaliser.read_map(map)?,
            (3, Value::Number(flag)) => normaliser.adds_prefix = flag != 0,
            (4, Value::Number(flag)) => normaliser.removes_spaces = flag != 0,
            (5, Value::Number(flag)) => normaliser.escapes_spaces = flag != 0,
            _ => {}
        }
    }
    Ok(normaliser)
}

enum Value<'m> {
    Number(u64),
    Bytes(&'m [u8]),
    Fixed,
}

/// The fields of a message in the form of Protocol Buffers.
struct Fields<'m>(&'m [u8]);

impl<'m> Fields<'m> {
    fn varint(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn take(&mut self, len: u64) -> Option<&'m [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(len).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn field(&mut self) -> Option<(u64, Value<'m>)> {
        let key = self.varint()?;
        let value = match key & 7 {
            0 => Value::Number(self.varint()?),
            1 => self.take(8).map(|_| Value::Fixed)?,
            2 => {
                let len = self.varint()?;
                Value::Bytes(self.take(len)?)
            }
            5 => self.take(4).map(|_| Value::Fixed)?,
            _ => return None,
        };
        Some((key >> 3, value))
    }
}

impl<'m> Iterator for Fields<'m> {
    type Item = Result<(u64, Value<'m>), String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field().ok_or_else(|| CUT_SHORT.to_owned());
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_vocabulary_is_an_error() {
        for bytes in [
            &b""[..],
            b"\x0a",
            b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
            b"\x12\x00",
            b"\x0a\x03\x0a\x01a",
        ] {
            assert!(Vocabulary::read(bytes).is_err(), "{bytes:?}");
        }
        let read = Vocabulary::read(b"\x0a\x08\x0a\x04</s>\x18\x03").expect("a vocabulary");
        assert_eq!(read.pieces, [Piece::Silent]);
    }
}
