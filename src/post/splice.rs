//! Texts put together from ranges of a source and new text.
//!
//! A value may be wrapped several times: text in an attribute, in HTML, in a JSON string. Each
//! wrapping has its own way of spelling characters. A change made inside is carried outwards one
//! wrapping at a time ([`Decoded::lift`]); what was not changed keeps its bytes at every level.

use std::borrow::Cow;
use std::ops::Range;

/// A piece of a spliced text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// These bytes of the source.
    Source(Range<usize>),
    /// New bytes.
    New(String),
}

/// A text made of parts, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Splice {
    parts: Vec<Part>,
}

impl Splice {
    /// The parts, in order; neighbouring ranges are joined, none is empty.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Appends a range of the source.
    pub fn push_source(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        if let Some(Part::Source(last)) = self.parts.last_mut()
            && last.end == range.start
        {
            last.end = range.end;
        } else {
            self.parts.push(Part::Source(range));
        }
    }

    /// Appends new text.
    pub fn push_new(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(Part::New(last)) = self.parts.last_mut() {
            last.push_str(text);
        } else {
            self.parts.push(Part::New(text.to_owned()));
        }
    }

    /// Whether the result is the source itself, `len` bytes long.
    pub fn is_identity(&self, len: usize) -> bool {
        match self.parts.as_slice() {
            [] => len == 0,
            [Part::Source(range)] => *range == (0..len),
            _ => false,
        }
    }

    /// The spliced text. Ranges must lie in `source`, on character boundaries.
    pub fn apply(&self, source: &str) -> String {
        let mut out = String::with_capacity(source.len());
        for part in &self.parts {
            match part {
                Part::Source(range) => out.push_str(&source[range.clone()]),
                Part::New(text) => out.push_str(text),
            }
        }
        out
    }
}

/// Where decoded text and its raw spelling part: an atom, such as an escape sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Atom {
    decoded: (usize, usize),
    raw: (usize, usize),
}

/// Text decoded from a raw spelling, with the way back.
///
/// Offsets are in bytes. Outside atoms decoded and raw bytes are the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decoded<'a> {
    text: Cow<'a, str>,
    atoms: Vec<Atom>,
    raw_len: usize,
}

impl<'a> Decoded<'a> {
    /// A text that is spelled as it is.
    pub fn verbatim(text: &'a str) -> Self {
        Self {
            raw_len: text.len(),
            text: Cow::Borrowed(text),
            atoms: Vec::new(),
        }
    }

    /// The same, owning its text.
    pub fn into_owned(self) -> Decoded<'static> {
        Decoded {
            text: Cow::Owned(self.text.into_owned()),
            atoms: self.atoms,
            raw_len: self.raw_len,
        }
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Appends raw bytes that mean themselves.
    pub(crate) fn push_verbatim(&mut self, text: &str) {
        self.text.to_mut().push_str(text);
        self.raw_len += text.len();
    }

    /// Appends an atom: `raw_len` raw bytes that mean `text`.
    pub(crate) fn push_atom(&mut self, raw_len: usize, text: &str) {
        let decoded = self.text.len();
        self.atoms.push(Atom {
            decoded: (decoded, decoded + text.len()),
            raw: (self.raw_len, self.raw_len + raw_len),
        });
        self.text.to_mut().push_str(text);
        self.raw_len += raw_len;
    }

    /// Carries a splice of the decoded text over to the raw text: source ranges become ranges of
    /// the raw text (counted from its own start), new text is spelled by `encode`.
    pub fn lift(&self, splice: &Splice, encode: impl Fn(&str) -> String) -> Splice {
        let mut out = Splice::default();
        for part in splice.parts() {
            match part {
                Part::New(text) => out.push_new(&encode(text)),
                Part::Source(range) => self.lift_range(range.clone(), &encode, &mut out),
            }
        }
        out
    }

    fn lift_range(&self, range: Range<usize>, encode: impl Fn(&str) -> String, out: &mut Splice) {
        let (mut start, mut end) = (range.start, range.end);
        // A range that cuts an atom takes the part of it that it holds as new text.
        let head = self.atom_around(start);
        if let Some(atom) = head {
            let cut = atom.decoded.1.min(end);
            out.push_new(&encode(&self.text[start..cut]));
            start = cut;
        }
        let tail = self.atom_around(end).filter(|atom| atom.decoded.0 >= start);
        let cut = end;
        if let Some(atom) = tail {
            end = atom.decoded.0;
        }
        if start < end {
            out.push_source(self.raw_at(start)..self.raw_at(end));
        }
        if tail.is_some() {
            out.push_new(&encode(&self.text[end..cut]));
        }
    }

    /// The atom that `at` lies strictly inside of.
    fn atom_around(&self, at: usize) -> Option<Atom> {
        let next = self.atoms.partition_point(|atom| atom.decoded.0 < at);
        let atom = *self.atoms.get(next.checked_sub(1)?)?;
        (at < atom.decoded.1).then_some(atom)
    }

    /// The raw place of a decoded offset that cuts no atom.
    fn raw_at(&self, at: usize) -> usize {
        let before = self.atoms.partition_point(|atom| atom.decoded.1 <= at);
        match before.checked_sub(1).and_then(|last| self.atoms.get(last)) {
            Some(atom) => atom.raw.1 + (at - atom.decoded.1),
            None => at,
        }
    }

    /// The raw range of a range of the decoded text that cuts no atom.
    pub fn raw_range(&self, range: Range<usize>) -> Range<usize> {
        self.raw_at(range.start)..self.raw_at(range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a\u00e9b\/` decoded.
    fn sample() -> Decoded<'static> {
        let mut decoded = Decoded::default();
        decoded.push_verbatim("a");
        decoded.push_atom(6, "é");
        decoded.push_verbatim("b");
        decoded.push_atom(2, "/");
        decoded
    }

    #[test]
    fn unchanged_ranges_keep_their_raw_bytes() {
        let mut splice = Splice::default();
        splice.push_source(0..3);
        splice.push_new("x");
        splice.push_source(3..5);
        let lifted = sample().lift(&splice, str::to_uppercase);
        assert_eq!(lifted.apply("a\\u00e9b\\/"), "a\\u00e9Xb\\/");
    }

    #[test]
    fn the_whole_text_lifts_to_the_whole_raw_text() {
        let mut splice = Splice::default();
        splice.push_source(0..5);
        assert!(sample().lift(&splice, str::to_owned).is_identity(10));
    }

    #[test]
    fn a_range_that_cuts_an_atom_spells_its_share_anew() {
        let mut decoded = Decoded::default();
        decoded.push_atom(8, "ab");
        let mut splice = Splice::default();
        splice.push_source(1..2);
        splice.push_source(0..1);
        let lifted = decoded.lift(&splice, str::to_uppercase);
        assert_eq!(lifted.apply("&twoabc;"), "BA");
    }
}
