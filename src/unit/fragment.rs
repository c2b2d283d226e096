//! Text with codes: the content of a unit or of a segment.

use std::fmt::Write as _;
use std::ops::Range;

/// The number of a code, unique in its unit, counted from 1 in the order of the source.
///
/// The opening and the closing tag of a pair share one number.
pub type CodeId = u32;

/// What a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// The opening tag of a pair.
    Open,
    /// The closing tag of a pair.
    Close,
    /// A code that may stand anywhere: `<br>`, an image.
    Standalone,
    /// A tag whose partner is in another unit or missing. It keeps its order among its likes,
    /// because a stray `</i>` before its `<i>` would change what the page shows.
    Lone,
    /// A protected span; its `len` bytes of text are part of the fragment's text.
    Protected {
        /// Length in bytes of the text that the span covers.
        len: usize,
    },
}

/// The place of a code in a fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// Byte offset into the fragment's text.
    pub at: usize,
    /// Which code.
    pub code: CodeId,
    /// What it does there.
    pub kind: MarkKind,
}

impl Mark {
    /// Where the mark ends: `at`, but for a protected span the end of its text.
    pub fn end(&self) -> usize {
        match self.kind {
            MarkKind::Protected { len } => self.at + len,
            _ => self.at,
        }
    }
}

/// Text with codes at byte offsets.
///
/// `text` is what a reader sees, the text of protected spans included. `marks` are in the order
/// in which they stand; several may share an offset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Fragment {
    text: String,
    marks: Vec<Mark>,
}

impl Fragment {
    /// A fragment without codes.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            marks: Vec::new(),
        }
    }

    /// An empty fragment with room for so many bytes of text and so many codes.
    pub(crate) fn with_capacity(text: usize, marks: usize) -> Self {
        Self {
            text: String::with_capacity(text),
            marks: Vec::with_capacity(marks),
        }
    }

    /// The text, with that of protected spans, without codes.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The codes, in the order in which they stand.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Whether any of the codes is a protected span.
    pub fn has_protected(&self) -> bool {
        let mut marks = self.marks.iter();
        marks.any(|mark| matches!(mark.kind, MarkKind::Protected { .. }))
    }

    /// Whether there is neither text nor code.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.marks.is_empty()
    }

    /// Appends text.
    pub fn push_text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends one character.
    pub fn push_char(&mut self, c: char) {
        self.text.push(c);
    }

    /// Appends a code that covers no text.
    pub fn push_mark(&mut self, kind: MarkKind, code: CodeId) {
        self.marks.push(Mark {
            at: self.text.len(),
            code,
            kind,
        });
    }

    /// Appends a protected span together with the text that it covers.
    pub fn push_protected(&mut self, code: CodeId, text: &str) {
        self.push_mark(MarkKind::Protected { len: text.len() }, code);
        self.text.push_str(text);
    }

    /// The items in the order in which they stand: runs of text, and codes.
    pub fn items(&self) -> Items<'_> {
        Items {
            fragment: self,
            at: 0,
            mark: 0,
        }
    }

    /// The fragment as an XML fragment: pairs as `<g1>…</g1>`, everything else as `<x2/>`,
    /// `&`, `<` and `>` of the text escaped. A protected span shows as its code alone.
    ///
    /// ```
    /// use polypost::unit::{Fragment, MarkKind};
    ///
    /// let mut fragment = Fragment::plain("a < ");
    /// fragment.push_mark(MarkKind::Open, 1);
    /// fragment.push_text("b");
    /// fragment.push_mark(MarkKind::Close, 1);
    /// assert_eq!(fragment.to_tagged(), "a &lt; <g1>b</g1>");
    /// ```
    pub fn to_tagged(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + self.marks.len() * 6);
        for item in self.items() {
            match item {
                Item::Text(range) => escape_xml(&self.text[range], &mut out),
                Item::Mark(mark) => {
                    let written = match mark.kind {
                        MarkKind::Open => write!(out, "<g{}>", mark.code),
                        MarkKind::Close => write!(out, "</g{}>", mark.code),
                        MarkKind::Standalone | MarkKind::Lone | MarkKind::Protected { .. } => {
                            write!(out, "<x{}/>", mark.code)
                        }
                    };
                    debug_assert!(written.is_ok(), "writing to a String cannot fail");
                }
            }
        }
        out
    }

    /// Copies the items whose indices are in `marks` and whose text is in `text`.
    ///
    /// Marks that stand in `text` but not in `marks` are left out. Both ranges must be in bounds,
    /// `text` on character boundaries, and the marks chosen must lie within `text`.
    #[must_use]
    pub fn slice(&self, text: Range<usize>, marks: Range<usize>) -> Self {
        Self {
            marks: self.marks[marks]
                .iter()
                .map(|mark| Mark {
                    at: mark.at - text.start,
                    ..*mark
                })
                .collect(),
            text: self.text[text].to_owned(),
        }
    }
}

/// Appends `text` to `out` with `&`, `<` and `>` escaped, as XML text wants it.
fn escape_xml(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}

/// One item of a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A run of text, as a byte range; never empty, never the text of a protected span.
    Text(Range<usize>),
    /// A code.
    Mark(Mark),
}

/// Iterator over the items of a fragment; see [`Fragment::items`].
#[derive(Debug, Clone)]
pub struct Items<'a> {
    fragment: &'a Fragment,
    at: usize,
    mark: usize,
}

impl Iterator for Items<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        match self.fragment.marks.get(self.mark) {
            Some(mark) if mark.at <= self.at => {
                self.mark += 1;
                self.at = mark.end().max(self.at);
                Some(Item::Mark(*mark))
            }
            next => {
                let end = next.map_or(self.fragment.text.len(), |mark| mark.at);
                let start = std::mem::replace(&mut self.at, end);
                (start < end).then_some(Item::Text(start..end))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Fragment {
        let mut fragment = Fragment::plain("See ");
        fragment.push_mark(MarkKind::Open, 1);
        fragment.push_protected(2, "ls -l");
        fragment.push_mark(MarkKind::Close, 1);
        fragment.push_mark(MarkKind::Standalone, 3);
        fragment.push_text(" & <more>");
        fragment
    }

    #[test]
    fn the_tagged_form_is_well_formed_xml() {
        assert_eq!(
            sample().to_tagged(),
            "See <g1><x2/></g1><x3/> &amp; &lt;more&gt;"
        );
    }

    #[test]
    fn the_plain_text_shows_what_a_protected_span_shows() {
        assert_eq!(sample().text(), "See ls -l & <more>");
    }

    #[test]
    fn items_tile_the_text_but_for_protected_spans() {
        let fragment = sample();
        let texts: Vec<_> = fragment
            .items()
            .filter_map(|item| match item {
                Item::Text(range) => Some(&fragment.text()[range]),
                Item::Mark(_) => None,
            })
            .collect();
        assert_eq!(texts, ["See ", " & <more>"]);
        assert_eq!(fragment.items().count(), 6);
    }
}
