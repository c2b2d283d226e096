//! From pieces of a source to the text of a unit, and the way back.
//!
//! A unit is tiled by its texts and codes: every byte from its first to its last belongs to
//! exactly one tile. A text tile either means itself, byte for byte, or is an atom that is only
//! copied whole: a character reference, a run of white space that counts as one space.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::chars::{self, Atom, Place};
use super::protect::{Protected, protected_spans};
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
struct Element {
    raw: Span,
    kind: ElementKind,
}

#[derive(Debug, Clone)]
enum ElementKind {
    /// Text that means itself.
    Verbatim,
    /// An atom and what it means.
    Spelled(String),
    Open {
        partner: Option<usize>,
    },
    Close {
        partner: Option<usize>,
    },
    Standalone,
    Protected {
        shown: String,
        is_shortcode: bool,
    },
}

/// Builds the unit of a run of pieces; none where there is no letter to translate.
///
/// `closed` are the shortcodes that are closed somewhere in the field.
pub(super) fn build_unit(
    source: &str,
    pieces: Vec<Piece>,
    closed: &HashSet<&str>,
) -> Option<Built> {
    let may_have_letters = |piece: &Piece| {
        matches!(piece.kind, PieceKind::Text { .. })
            && source[piece.span.range()]
                .bytes()
                .any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii() || byte == b'&')
    };
    if !pieces.iter().any(may_have_letters) {
        return None;
    }
    let mut elements = Vec::with_capacity(pieces.len() + 8);
    let mut end = None;
    for piece in pieces {
        // What the tokenizer skips, such as `</>`, belongs to no token.
        if let Some(end) = end
            && end < piece.span.start
        {
            elements.push(Element {
                raw: Span {
                    start: end,
                    end: piece.span.start,
                },
                kind: ElementKind::Standalone,
            });
        }
        end = Some(piece.span.end);
        let kind = match piece.kind {
            PieceKind::Text { mode, preserve } => {
                TextReader::new(source, mode, preserve).read(piece.span, closed, &mut elements);
                continue;
            }
            PieceKind::Open => ElementKind::Open { partner: None },
            PieceKind::Close => ElementKind::Close { partner: None },
            PieceKind::Standalone => ElementKind::Standalone,
            PieceKind::Protected(shown) => ElementKind::Protected {
                shown,
                is_shortcode: false,
            },
        };
        elements.push(Element {
            raw: piece.span,
            kind,
        });
    }
    pair_tags(source, &mut elements);
    let kept = trim(source, &mut elements)?;
    Some(assemble(source, &elements, kept))
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
    };
    let mut elements = Vec::new();
    reader.read(span, closed, &mut elements);
    let kept = trim(source, &mut elements)?;
    Some(assemble(source, &elements, kept))
}

/// Reads the text of one piece into elements.
struct TextReader<'s> {
    source: &'s str,
    place: Place,
    preserve: bool,
    has_markup: bool,
}

impl<'s> TextReader<'s> {
    fn new(source: &'s str, mode: TextMode, preserve: bool) -> Self {
        Self {
            source,
            place: match mode {
                TextMode::Data | TextMode::Rcdata => Place::Text,
                TextMode::Raw => Place::Plain,
            },
            preserve,
            has_markup: mode == TextMode::Data,
        }
    }

    fn read(&self, span: Span, closed: &HashSet<&str>, out: &mut Vec<Element>) {
        let raw = &self.source[span.range()];
        if self.has_markup && raw.contains("<![CDATA[") {
            // In foreign content only; its text knows no references, so none can be written.
            out.push(Element {
                raw: span,
                kind: ElementKind::Protected {
                    shown: raw.to_owned(),
                    is_shortcode: false,
                },
            });
            return;
        }
        let decoded = chars::decode(raw, self.place);
        let mut protected = protected_spans(decoded.text(), closed)
            .into_iter()
            .peekable();
        let (mut at, mut meant) = (span.start as usize, 0);
        let mut open: Option<(usize, Protected)> = None;
        for atom in chars::atoms(raw, self.place) {
            let (mut raw_len, mut meaning) = match &atom {
                Atom::Verbatim(text) => (text.len(), *text),
                Atom::Spelled(raw, meaning) => (raw.len(), &**meaning),
            };
            // Protected spans cut what means itself; an atom belongs to the span it begins in.
            while raw_len > 0 {
                if open.is_none()
                    && let Some(next) = protected.next_if(|next| next.range.start <= meant)
                {
                    open = Some((at, next));
                }
                let border = match (&open, protected.peek()) {
                    (Some((_, span)), _) => span.range.end,
                    (None, Some(next)) => next.range.start,
                    (None, None) => usize::MAX,
                };
                let step = match &atom {
                    Atom::Verbatim(_) => raw_len.min(border.saturating_sub(meant)),
                    Atom::Spelled(..) => raw_len,
                };
                let means = meaning.len().min(match &atom {
                    Atom::Verbatim(_) => step,
                    Atom::Spelled(..) => usize::MAX,
                });
                if open.is_none() {
                    self.text(&atom, Span::new(at, at + step), &meaning[..means], out);
                }
                at += step;
                raw_len -= step;
                meant += means;
                meaning = &meaning[means..];
                if let Some((start, span)) = open.take_if(|(_, span)| span.range.end <= meant)
                    && start < at
                {
                    out.push(Element {
                        raw: Span::new(start, at),
                        kind: ElementKind::Protected {
                            shown: decoded.text()[span.range].to_owned(),
                            is_shortcode: span.is_shortcode,
                        },
                    });
                }
            }
        }
    }

    fn text(&self, atom: &Atom<'_>, raw: Span, meaning: &str, out: &mut Vec<Element>) {
        match atom {
            Atom::Spelled(..) => out.push(Element {
                raw,
                kind: ElementKind::Spelled(meaning.to_owned()),
            }),
            Atom::Verbatim(_) => self.verbatim(raw, out),
        }
    }

    /// Cuts out what does not mean itself: white space that collapses, control characters, and
    /// the `</>` that tokenizers skip.
    fn verbatim(&self, raw: Span, out: &mut Vec<Element>) {
        let text = &self.source[raw.range()];
        let base = raw.start as usize;
        let mut push = |range: Range<usize>, kind: ElementKind| {
            if !range.is_empty() {
                out.push(Element {
                    raw: Span::new(base + range.start, base + range.end),
                    kind,
                });
            }
        };
        let bytes = text.as_bytes();
        let (mut start, mut at) = (0, 0);
        while at < bytes.len() {
            let byte = bytes[at];
            if byte > b' ' && byte != b'<' && byte != 0x7f {
                at += 1;
                continue;
            }
            let rest = &bytes[at..];
            let (len, kind) = if chars::is_space(char::from(byte)) {
                self.space(rest)
            } else if byte == b'<' {
                let is_empty_end = self.has_markup && rest.starts_with(b"</>");
                (
                    if is_empty_end { 3 } else { 1 },
                    is_empty_end.then_some(ElementKind::Standalone),
                )
            } else {
                (1, Some(ElementKind::Standalone))
            };
            if let Some(kind) = kind {
                push(start..at, ElementKind::Verbatim);
                push(at..at + len, kind);
                start = at + len;
            }
            at += len;
        }
        push(start..at, ElementKind::Verbatim);
    }

    /// A run of white space: its length, and what it is unless it means itself.
    fn space(&self, rest: &[u8]) -> (usize, Option<ElementKind>) {
        if self.preserve {
            return match rest {
                [b'\r', b'\n', ..] => (2, Some(ElementKind::Spelled("\n".to_owned()))),
                [b'\r', ..] => (1, Some(ElementKind::Spelled("\n".to_owned()))),
                _ => (1, None),
            };
        }
        let len = rest
            .iter()
            .take_while(|byte| chars::is_space(char::from(**byte)))
            .count();
        if len == 1 && rest[0] == b' ' {
            (1, None)
        } else {
            (len, Some(ElementKind::Spelled(" ".to_owned())))
        }
    }
}

/// Ties opening to closing tags, by name and properly nested. What has no partner stays alone.
fn pair_tags(source: &str, elements: &mut [Element]) {
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut open_of_name: HashMap<String, usize> = HashMap::new();
    for index in 0..elements.len() {
        match elements[index].kind {
            ElementKind::Open { .. } => {
                let name = tag_name(&source[elements[index].raw.range()]);
                *open_of_name.entry(name.clone()).or_default() += 1;
                open.push((index, name));
            }
            ElementKind::Close { .. } => {
                let name = tag_name(&source[elements[index].raw.range()]);
                if open_of_name.get(&name).is_none_or(|count| *count == 0) {
                    continue;
                }
                // Amortized: each opening tag is popped once.
                while let Some((opened, open_name)) = open.pop() {
                    if let Some(count) = open_of_name.get_mut(&open_name) {
                        *count -= 1;
                    }
                    if open_name == name {
                        elements[opened].kind = ElementKind::Open {
                            partner: Some(index),
                        };
                        elements[index].kind = ElementKind::Close {
                            partner: Some(opened),
                        };
                        break;
                    }
                }
            }
            _ => {}
        }
    }
}

/// The name of a tag, in lower case.
fn tag_name(tag: &str) -> String {
    tag.trim_start_matches(['<', '/'])
        .split(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

/// Cuts white space, standalone codes and pairs around everything off both ends.
///
/// Returns the range of elements that stay, or none where no letter is left. A verbatim element
/// at an end is shortened.
fn trim(source: &str, elements: &mut [Element]) -> Option<Range<usize>> {
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

fn is_space_element(source: &str, element: &Element) -> bool {
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

fn is_trimmed_at_start(source: &str, elements: &[Element], at: usize, end: usize) -> bool {
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

fn is_trimmed_at_end(source: &str, elements: &[Element], start: usize, end: usize) -> bool {
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

/// Numbers the codes and lays out text and tiles.
fn assemble(source: &str, elements: &[Element], kept: Range<usize>) -> Built {
    let span = Span {
        start: elements[kept.start].raw.start,
        end: elements[kept.end - 1].raw.end,
    };
    let mut built = Built {
        span,
        fragment: Fragment::default(),
        codes: Vec::new(),
        code_spans: Vec::new(),
        tiles: Vec::new(),
    };
    let mut ids: HashMap<usize, CodeId> = HashMap::new();
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
        let id = match partner.and_then(|partner| ids.get(&partner)) {
            Some(id) => *id,
            None => {
                next_id += 1;
                ids.insert(index, next_id);
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
