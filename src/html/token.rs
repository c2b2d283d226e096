//! Tokens of HTML with their places in the source.

use std::ops::Range;

use ego_tree::NodeId;

use super::names::Class;

/// A place in the source, in bytes. Fields of 4 GiB and more are refused before tokenizing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && u32::try_from(end).is_ok(), "{start}..{end}");
        #[expect(clippy::cast_possible_truncation, reason = "see the type's limit")]
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// How character references and tags are read in a text token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextMode {
    /// Ordinary content.
    Data,
    /// `<title>`, `<textarea>`: character references, no tags.
    Rcdata,
    /// `<script>`, `<style>` and others: neither.
    Raw,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Text(TextMode),
    Start,
    End,
    Comment,
    Doctype,
}

/// One token and what the tree made of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: TokenKind,
    /// For tags: how the element behaves in text.
    pub(super) class: Class,
    /// For tags: length of the name, which follows `<` or `</`.
    name_len: u32,
    /// For start tags: its attributes in [`super::parse::Parsed::attributes`].
    pub(super) attributes: (u32, u32),
    /// For start tags: whether an attribute may hold text, a link or a language.
    pub(super) has_sites: bool,
    /// The node of a start tag or of a text with more than white space. The tree ignores some.
    pub(super) node: Option<NodeId>,
}

impl Token {
    pub(super) fn text(span: Span, mode: TextMode) -> Self {
        Self::bare(span, TokenKind::Text(mode))
    }

    pub(super) fn bare(span: Span, kind: TokenKind) -> Self {
        Self {
            span,
            kind,
            class: Class::Inline,
            name_len: 0,
            attributes: (0, 0),
            has_sites: false,
            node: None,
        }
    }

    pub(super) fn tag(span: Span, kind: TokenKind, class: Class, name_len: usize) -> Self {
        Self {
            class,
            name_len: u32::try_from(name_len).unwrap_or_default(),
            ..Self::bare(span, kind)
        }
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, TokenKind::Text(_))
    }

    /// Length in bytes of a tag's name.
    pub(super) fn name_len(&self) -> u32 {
        self.name_len
    }

    /// The name of a tag as the source spells it.
    pub(super) fn name<'a>(&self, source: &'a str) -> &'a str {
        let start = self.span.start as usize
            + match self.kind {
                TokenKind::End => 2,
                _ => 1,
            };
        source
            .get(start..start + self.name_len as usize)
            .unwrap_or_default()
    }
}

/// An attribute of a start tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute {
    pub(crate) name: Span,
    /// Without its quotes; empty where there is no value.
    pub(crate) value: Span,
    /// Its number among those that may hold text, a link or a language.
    pub(crate) site: Option<u8>,
}
