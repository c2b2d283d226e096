//! How `SentencePiece` normalises text, with the way back: for every byte of the normalised text
//! the bytes of the text that it comes from.
//!
//! The engine normalises by itself and tells only the result; what is worked out here counts only
//! where it is the same.

use std::ops::Range;

const SPACE: &[u8] = "\u{2581}".as_bytes();

/// The rules of a vocabulary.
#[derive(Debug)]
pub(super) struct Normaliser {
    /// Units of a double array (Darts) over the bytes that are replaced.
    trie: Vec<u32>,
    /// What replaces them, each ended by NUL.
    texts: Vec<u8>,
    pub(super) adds_prefix: bool,
    pub(super) removes_spaces: bool,
    pub(super) escapes_spaces: bool,
}

impl Default for Normaliser {
    fn default() -> Self {
        Self {
            trie: Vec::new(),
            texts: Vec::new(),
            adds_prefix: true,
            removes_spaces: true,
            escapes_spaces: true,
        }
    }
}

/// A normalised text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Normalised {
    bytes: Vec<u8>,
    /// For each of the bytes, the bytes of the text that it comes from.
    origins: Vec<Range<usize>>,
}

impl Normalised {
    fn push(&mut self, bytes: &[u8], origin: &Range<usize>) {
        self.bytes.extend(bytes);
        self.origins
            .extend(std::iter::repeat_n(origin.clone(), bytes.len()));
    }

    /// Whether the normalised text is this.
    pub(super) fn is(&self, text: &str) -> bool {
        self.bytes == text.as_bytes()
    }

    /// What a stretch of the normalised text comes from; nothing for what comes from nothing.
    pub(super) fn origin(&self, range: Range<usize>) -> Option<Range<usize>> {
        let origins = self.origins.get(range)?;
        let start = origins.iter().find(|one| !one.is_empty())?.start;
        let end = origins.iter().rev().find(|one| !one.is_empty())?.end;
        Some(start..end.max(start))
    }
}

impl Normaliser {
    /// Reads a compiled map of characters: the length of the double array, the array, the texts.
    ///
    /// # Errors
    /// Where the lengths don't fit.
    pub(super) fn read_map(&mut self, map: &[u8]) -> Result<(), String> {
        if map.is_empty() {
            return Ok(());
        }
        let wrong = || "the map of characters is cut short".to_owned();
        let (len, rest) = map.split_first_chunk().ok_or_else(wrong)?;
        let len = usize::try_from(u32::from_le_bytes(*len)).map_err(|_| wrong())?;
        let (units, texts) = rest.split_at_checked(len).ok_or_else(wrong)?;
        self.trie = units
            .chunks_exact(4)
            .map(|unit| u32::from_le_bytes([unit[0], unit[1], unit[2], unit[3]]))
            .collect();
        self.texts = texts.to_vec();
        Ok(())
    }

    /// The longest rule for the start of `input`: what replaces it, and how many bytes it is for.
    fn rule(&self, input: &[u8]) -> Option<(&[u8], usize)> {
        let offset = |unit: u32| ((unit >> 10) << ((unit & 0x200) >> 6)) as usize;
        let mut place = offset(*self.trie.first()?);
        let mut found = None;
        for (index, byte) in input.iter().enumerate() {
            place ^= usize::from(*byte);
            let Some(unit) = self.trie.get(place) else {
                // The engine finds nothing then, not even a shorter rule.
                return None;
            };
            if unit & 0x8000_00ff != u32::from(*byte) {
                break;
            }
            place ^= offset(*unit);
            if unit >> 8 & 1 == 1 {
                found = Some((self.trie.get(place)? & 0x7fff_ffff, index + 1));
            }
        }
        let (start, len) = found?;
        let text = self.texts.get(start as usize..)?;
        let end = text.iter().position(|byte| *byte == 0);
        Some((&text[..end.unwrap_or(text.len())], len))
    }

    /// What the start of `text` becomes, and how many bytes of it.
    fn step<'t>(&'t self, text: &'t str) -> (&'t [u8], usize) {
        self.rule(text.as_bytes()).unwrap_or_else(|| {
            let len = text.chars().next().map_or(0, char::len_utf8);
            (&text.as_bytes()[..len], len)
        })
    }

    pub(super) fn normalise(&self, text: &str) -> Normalised {
        let mut out = Normalised::default();
        let mut at = 0;
        if self.removes_spaces {
            while at < text.len() {
                let (piece, len) = self.step_at(text, at);
                if piece != b" " {
                    break;
                }
                at += len;
            }
        }
        if at >= text.len() {
            return out;
        }
        let space = if self.escapes_spaces { SPACE } else { b" " };
        if self.adds_prefix {
            out.push(space, &(at..at));
        }
        let mut after_space = self.removes_spaces;
        while at < text.len() {
            let (mut piece, len) = self.step_at(text, at);
            let origin = at..at + len;
            while after_space && let Some(rest) = piece.strip_prefix(b" ") {
                piece = rest;
            }
            for byte in piece {
                if *byte == b' ' {
                    out.push(space, &origin);
                } else {
                    out.push(&[*byte], &origin);
                }
            }
            if let Some(last) = piece.last() {
                after_space = *last == b' ';
            }
            after_space &= self.removes_spaces;
            at += len;
        }
        if self.removes_spaces {
            while out.bytes.ends_with(space) {
                let len = out.bytes.len() - space.len();
                out.bytes.truncate(len);
                out.origins.truncate(len);
            }
        }
        out
    }

    /// A rule may end inside a character; then the rest of it is bytes that stand for themselves.
    fn step_at<'t>(&'t self, text: &'t str, at: usize) -> (&'t [u8], usize) {
        match text.get(at..) {
            Some(rest) => self.step(rest),
            None => ("\u{fffd}".as_bytes(), 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(text: &str) -> (String, Normalised) {
        let normalised = Normaliser::default().normalise(text);
        (
            String::from_utf8(normalised.bytes.clone()).expect("UTF-8"),
            normalised,
        )
    }

    #[test]
    fn spaces_are_marked_and_those_at_the_edges_are_gone() {
        let (text, normalised) = origins("  a  b ");
        assert_eq!(text, "▁a▁b");
        assert_eq!(normalised.origin(0..3), None);
        assert_eq!(normalised.origin(0..4), Some(2..3));
        assert_eq!(normalised.origin(4..8), Some(3..6));
        assert_eq!(origins("   ").0, "");
    }
}
