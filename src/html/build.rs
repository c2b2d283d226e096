//! From pieces of a source to the text of a unit, and the way back.
//!
//! A unit is tiled by its texts and codes: every byte from its first to its last belongs to
//! exactly one tile. A text tile either means itself, byte for byte, or is an atom that is only
//! copied whole: a character reference, a run of white space that counts as one space.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::chars::{self, Place};
use super::protect::closed_shortcodes;
use super::read::TextReader;
use super::token::{Span, TextMode};
use crate::unit::{Code, CodeId, CodeKind, Fragment, MarkKind};

/// A piece of running text as the tokens have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) kind: PieceKind,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PieceKind {
    Text {
        mode: TextMode,
        /// White space is shown as it stands.
        preserve: bool,
    },
    Open,
    Close,
    Standalone,
    /// An element that is left alone, and what it shows.
    Protected(String),
}

/// Text of a unit and where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tile {
    pub(super) raw: Span,
    /// Range of the unit's text.
    pub(super) text: Span,
    /// Whether any part of it may be copied, or only the whole.
    pub(super) is_verbatim: bool,
}

/// A unit as it was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Built {
    /// From its first byte to its last.
    pub(super) span: Span,
    pub(super) fragment: Fragment,
    /// One for each mark.
    pub(super) codes: Vec<Code>,
    /// Where each code stands in the source.
    pub(super) code_spans: Vec<Span>,
    /// The text tiles, in order; protected spans have none.
    pub(super) tiles: Vec<Tile>,
}

/// Something that stands in a unit, before codes are numbered.
#[derive(Debug, Clone)]
pub(super) struct Element<'s> {
    pub(super) raw: Span,
    pub(super) kind: ElementKind<'s>,
}

#[derive(Debug, Clone)]
pub(super) enum ElementKind<'s> {
    /// Text that means itself.
    Verbatim,
    /// An atom and what it means.
    Spelled(Cow<'s, str>),
    Open {
        partner: Option<usize>,
    },
    Close {
        partner: Option<usize>,
    },
    Standalone,
    Protected {
        shown: Cow<'s, str>,
        is_shortcode: bool,
    },
}

/// Builds units, one after the other.
#[derive(Debug)]
pub(super) struct UnitBuilder<'s> {
    source: &'s str,
    /// The shortcodes that are closed somewhere in the field.
    closed: HashSet<&'s str>,
    /// Empty between units; kept for its memory.
    elements: Vec<Element<'s>>,
    ids: Vec<CodeId>,
}

impl<'s> UnitBuilder<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self {
            source,
            closed: closed_shortcodes(source),
            elements: Vec::new(),
            ids: Vec::new(),
        }
    }

    /// Builds the unit of a run of pieces, which it takes out; none where there is no letter to
    /// translate.
    pub(super) fn build(&mut self, pieces: &mut Vec<Piece>) -> Option<Built> {
        if !pieces.iter().any(|piece| self.may_have_letters(piece)) {
            pieces.clear();
            return None;
        }
        self.elements.clear();
        let mut end = None;
        for piece in pieces.drain(..) {
            // What the tokenizer skips, such as `</>`, belongs to no token.
            if let Some(start) = end.filter(|end| *end < piece.span.start) {
                let end = piece.span.start;
                self.push(Span { start, end }, ElementKind::Standalone);
            }
            end = Some(piece.span.end);
            self.add(piece);
        }
        pair_tags(self.source, &mut self.elements);
        let kept = trim(self.source, &mut self.elements)?;
        Some(assemble(self.source, &self.elements, kept, &mut self.ids))
    }

    fn may_have_letters(&self, piece: &Piece) -> bool {
        matches!(piece.kind, PieceKind::Text { .. })
            && self.source[piece.span.range()]
                .bytes()
                .any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii() || byte == b'&')
    }

    fn add(&mut self, piece: Piece) {
        let kind = match piece.kind {
            PieceKind::Text { mode, preserve } => {
                let reader = TextReader::new(self.source, mode, preserve, &self.closed);
                reader.read(piece.span, &mut self.elements);
                return;
            }
            PieceKind::Open => ElementKind::Open { partner: None },
            PieceKind::Close => ElementKind::Close { partner: None },
            PieceKind::Standalone => ElementKind::Standalone,
            PieceKind::Protected(shown) => ElementKind::Protected {
                shown: Cow::Owned(shown),
                is_shortcode: false,
            },
        };
        self.push(piece.span, kind);
    }

    fn push(&mut self, raw: Span, kind: ElementKind<'s>) {
        self.elements.push(Element { raw, kind });
    }
}

/// Builds the unit of a text without tags: an attribute's value, or a plain text.
pub(super) fn build_text(
    source: &str,
    span: Span,
    place: Place,
    closed: &HashSet<&str>,
) -> Option<Built> {
    let reader = TextReader {
        source,
        place,
        preserve: place == Place::Plain,
        has_markup: false,
        closed,
    };
    let mut elements = Vec::new();
    reader.read(span, &mut elements);
    let kept = trim(source, &mut elements)?;
    Some(assemble(source, &elements, kept, &mut Vec::new()))
}

/// Opening tags that wait for their closing tags.
#[derive(Default)]
struct OpenTags<'s> {
    /// Element and name, the innermost last.
    stack: Vec<(usize, &'s str)>,
    /// How many of each name are open; counted from the first closing tag on that is not that of
    /// the innermost, which most texts don't have.
    counts: Option<HashMap<String, usize>>,
}

impl<'s> OpenTags<'s> {
    fn open(&mut self, element: usize, name: &'s str) {
        self.stack.push((element, name));
        if let Some(counts) = &mut self.counts {
            *counts.entry(name.to_ascii_lowercase()).or_default() += 1;
        }
    }

    /// Takes out the innermost open tag of a name, and those inside it.
    fn close(&mut self, name: &str) -> Option<usize> {
        let (innermost, its_name) = *self.stack.last()?;
        if self.counts.is_none() && its_name.eq_ignore_ascii_case(name) {
            self.stack.pop();
            return Some(innermost);
        }
        let stack = &self.stack;
        let counts = self.counts.get_or_insert_with(|| {
            let mut counts = HashMap::new();
            for (_, name) in stack {
                *counts.entry(name.to_ascii_lowercase()).or_default() += 1;
            }
            counts
        });
        if counts.get(&name.to_ascii_lowercase()).copied().unwrap_or(0) == 0 {
            return None;
        }
        // Amortized: each opening tag is popped once.
        while let Some((element, open_name)) = self.stack.pop() {
            if let Some(count) = counts.get_mut(&open_name.to_ascii_lowercase()) {
                *count -= 1;
            }
            if open_name.eq_ignore_ascii_case(name) {
                return Some(element);
            }
        }
        None
    }
}

/// Ties opening to closing tags, by name and properly nested. What has no partner stays alone.
fn pair_tags(source: &str, elements: &mut [Element<'_>]) {
    let mut open = OpenTags::default();
    for index in 0..elements.len() {
        let name = || tag_name(&source[elements[index].raw.range()]);
        match elements[index].kind {
            ElementKind::Open { .. } => open.open(index, name()),
            ElementKind::Close { .. } => {
                if let Some(opened) = open.close(name()) {
                    elements[opened].kind = ElementKind::Open {
                        partner: Some(index),
                    };
                    elements[index].kind = ElementKind::Close {
                        partner: Some(opened),
                    };
                }
            }
            _ => {}
        }
    }
}

/// The name of a tag, as it is spelled.
fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name
        .bytes()
        .position(|byte| byte.is_ascii_whitespace() || byte == b'/' || byte == b'>');
    &name[..end.unwrap_or(name.len())]
}

/// Cuts white space, standalone codes and pairs around everything off both ends.
///
/// Returns the range of elements that stay, or none where no letter is left. A verbatim element
/// at an end is shortened.
fn trim(source: &str, elements: &mut [Element<'_>]) -> Option<Range<usize>> {
    let (mut start, mut end) = (0, elements.len());
    loop {
        let before = (start, end);
        while start < end && is_trimmed_at_start(source, elements, start, end) {
            start += 1;
        }
        while start < end && is_trimmed_at_end(source, elements, start, end) {
            end -= 1;
        }
        if start + 1 < end
            && let ElementKind::Open { partner } = elements[start].kind
            && partner == Some(end - 1)
        {
            start += 1;
            end -= 1;
        }
        if before == (start, end) {
            break;
        }
    }
    let kept = &mut elements[start..end];
    let has_letters = kept.iter().any(|element| match &element.kind {
        ElementKind::Verbatim => source[element.raw.range()].chars().any(char::is_alphabetic),
        ElementKind::Spelled(text) => text.chars().any(char::is_alphabetic),
        _ => false,
    });
    if !has_letters {
        return None;
    }
    if let Some(first) = kept.first_mut()
        && matches!(first.kind, ElementKind::Verbatim)
    {
        let text = &source[first.raw.range()];
        let cut = text.len() - text.trim_start_matches(chars::is_edge_space).len();
        first.raw = Span::new(first.raw.start as usize + cut, first.raw.end as usize);
    }
    if let Some(last) = kept.last_mut()
        && matches!(last.kind, ElementKind::Verbatim)
    {
        let text = &source[last.raw.range()];
        let len = text.trim_end_matches(chars::is_edge_space).len();
        last.raw = Span::new(last.raw.start as usize, last.raw.start as usize + len);
    }
    Some(start..end)
}

fn is_space_element(source: &str, element: &Element<'_>) -> bool {
    match &element.kind {
        ElementKind::Verbatim => source[element.raw.range()]
            .chars()
            .all(chars::is_edge_space),
        ElementKind::Spelled(text) => text.chars().all(chars::is_edge_space),
        ElementKind::Standalone => true,
        ElementKind::Protected { is_shortcode, .. } => *is_shortcode,
        ElementKind::Open { .. } | ElementKind::Close { .. } => false,
    }
}

fn is_trimmed_at_start(source: &str, elements: &[Element<'_>], at: usize, end: usize) -> bool {
    match elements[at].kind {
        // Its closing tag is beyond the end, or it encloses nothing.
        ElementKind::Open { partner } => partner.is_none_or(|partner| {
            partner >= end
                || partner - at <= MAX_EMPTY
                    && elements[at + 1..partner]
                        .iter()
                        .all(|element| is_space_element(source, element))
        }),
        // What it closes was cut off.
        ElementKind::Close { partner } => partner.is_none_or(|partner| partner < at),
        _ => is_space_element(source, &elements[at]),
    }
}

fn is_trimmed_at_end(source: &str, elements: &[Element<'_>], start: usize, end: usize) -> bool {
    let at = end - 1;
    match elements[at].kind {
        ElementKind::Close { partner } => partner.is_none_or(|partner| {
            partner < start
                || at - partner <= MAX_EMPTY
                    && elements[partner + 1..at]
                        .iter()
                        .all(|element| is_space_element(source, element))
        }),
        ElementKind::Open { partner } => partner.is_none_or(|partner| partner >= end),
        _ => is_space_element(source, &elements[at]),
    }
}

/// How far an element is searched for text to find out whether it is empty; keeps trimming linear.
const MAX_EMPTY: usize = 8;

/// Numbers the codes and lays out text and tiles. `ids` lends its memory.
fn assemble(
    source: &str,
    elements: &[Element<'_>],
    kept: Range<usize>,
    ids: &mut Vec<CodeId>,
) -> Built {
    let span = Span {
        start: elements[kept.start].raw.start,
        end: elements[kept.end - 1].raw.end,
    };
    let is_text =
        |kind: &ElementKind<'_>| matches!(kind, ElementKind::Verbatim | ElementKind::Spelled(_));
    let texts = elements[kept.clone()]
        .iter()
        .filter(|element| is_text(&element.kind))
        .count();
    let marks = kept.len() - texts;
    let mut built = Built {
        span,
        fragment: Fragment::with_capacity(span.range().len(), marks),
        codes: Vec::with_capacity(marks),
        code_spans: Vec::with_capacity(marks),
        tiles: Vec::with_capacity(texts),
    };
    // The number of each opening tag, for its closing tag.
    ids.clear();
    ids.resize(if marks == 0 { 0 } else { kept.len() }, 0);
    let mut next_id: CodeId = 0;
    for index in kept.clone() {
        let element = &elements[index];
        let partner = match element.kind {
            ElementKind::Open { partner } | ElementKind::Close { partner } => {
                partner.filter(|partner| kept.contains(partner))
            }
            _ => None,
        };
        let (mark, code) = match &element.kind {
            ElementKind::Verbatim => {
                built.push_text(element.raw, &source[element.raw.range()], true);
                continue;
            }
            ElementKind::Spelled(text) => {
                built.push_text(element.raw, text, false);
                continue;
            }
            ElementKind::Open { .. } if partner.is_some() => (MarkKind::Open, CodeKind::Open),
            ElementKind::Close { .. } if partner.is_some() => (MarkKind::Close, CodeKind::Close),
            ElementKind::Open { .. } | ElementKind::Close { .. } => {
                (MarkKind::Lone, CodeKind::Standalone)
            }
            ElementKind::Standalone => (MarkKind::Standalone, CodeKind::Standalone),
            ElementKind::Protected { shown, .. } => (
                MarkKind::Protected { len: shown.len() },
                CodeKind::Protected,
            ),
        };
        let id = match partner {
            Some(opened) if opened < index => ids[opened - kept.start],
            _ => {
                next_id += 1;
                ids[index - kept.start] = next_id;
                next_id
            }
        };
        if let ElementKind::Protected { shown, .. } = &element.kind {
            built.fragment.push_protected(id, shown);
        } else {
            built.fragment.push_mark(mark, id);
        }
        built.codes.push(Code {
            id,
            kind: code,
            raw: source[element.raw.range()].to_owned(),
        });
        built.code_spans.push(element.raw);
    }
    built
}

impl Built {
    fn push_text(&mut self, raw: Span, text: &str, is_verbatim: bool) {
        let start = self.fragment.text().len();
        self.fragment.push_text(text);
        self.tiles.push(Tile {
            raw,
            text: Span::new(start, start + text.len()),
            is_verbatim,
        });
    }
}
