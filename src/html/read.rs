//! Reads running text into the elements of a unit.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::build::{Element, ElementKind};
use super::chars::{self, Atom, Place};
use super::protect::{
    BEGIN_SPANS, Protected, may_begin_span, protected_spans, reference_may_matter,
};
use super::token::{Span, TextMode};

/// It may not mean itself.
const ODD: u8 = 1;
/// It may begin something to protect.
const SPAN: u8 = 2;
/// It is white space, of which one space between words means itself.
const SPACE: u8 = 4;

/// How each byte of text has to be looked at.
static LOOKS: [u8; 256] = {
    let mut looks = [0; 256];
    let mut byte = 0;
    while byte < b' ' as usize {
        looks[byte] = ODD;
        byte += 1;
    }
    looks[b'\t' as usize] = ODD | SPACE;
    looks[b'\n' as usize] = ODD | SPACE;
    looks[b'\r' as usize] = ODD | SPACE;
    looks[b'\x0c' as usize] = ODD | SPACE;
    looks[b' ' as usize] = SPACE;
    looks[0x7f] = ODD;
    let mut at = 0;
    while at < BEGIN_SPANS.len() {
        looks[BEGIN_SPANS[at] as usize] = SPAN;
        at += 1;
    }
    looks
};

/// Reads the text of one piece into elements.
pub(super) struct TextReader<'s, 'c> {
    pub(super) source: &'s str,
    pub(super) place: Place,
    /// White space is shown as it stands.
    pub(super) preserve: bool,
    pub(super) has_markup: bool,
    /// The shortcodes that are closed somewhere in the field.
    pub(super) closed: &'c HashSet<&'c str>,
}

impl<'s, 'c> TextReader<'s, 'c> {
    pub(super) fn new(
        source: &'s str,
        mode: TextMode,
        preserve: bool,
        closed: &'c HashSet<&'c str>,
    ) -> Self {
        Self {
            source,
            place: match mode {
                TextMode::Data | TextMode::Rcdata => Place::Text,
                TextMode::Raw => Place::Plain,
            },
            preserve,
            has_markup: mode == TextMode::Data,
            closed,
        }
    }

    pub(super) fn read(&self, span: Span, out: &mut Vec<Element<'s>>) {
        let raw = &self.source[span.range()];
        if self.has_markup && raw.starts_with("<![CDATA[") {
            // In foreign content only; its text knows no references, so none can be written.
            out.push(Element {
                raw: span,
                kind: ElementKind::Protected {
                    shown: Cow::Borrowed(raw),
                    is_shortcode: false,
                },
            });
            return;
        }
        let before = out.len();
        if !self.read_plainly(span, out) {
            out.truncate(before);
            self.read_protecting(span, out);
        }
    }

    /// Reads what holds nothing to protect; tells whether that was so.
    fn read_plainly(&self, span: Span, out: &mut Vec<Element<'s>>) -> bool {
        let mut at = span.start as usize;
        for atom in chars::atoms(&self.source[span.range()], self.place) {
            match atom {
                Atom::Verbatim(text) => {
                    if !self.verbatim(Span::new(at, at + text.len()), true, out) {
                        return false;
                    }
                    at += text.len();
                }
                Atom::Spelled(raw, meaning) => {
                    if reference_may_matter(&meaning) {
                        return false;
                    }
                    out.push(Element {
                        raw: Span::new(at, at + raw.len()),
                        kind: ElementKind::Spelled(meaning),
                    });
                    at += raw.len();
                }
            }
        }
        true
    }

    /// Reads text and cuts out what is protected.
    fn read_protecting(&self, span: Span, out: &mut Vec<Element<'s>>) {
        let raw = &self.source[span.range()];
        let decoded = chars::meaning(raw, self.place);
        let mut protected = protected_spans(&decoded, self.closed)
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
                let taken = meaning.len().min(match &atom {
                    Atom::Verbatim(_) => step,
                    Atom::Spelled(..) => usize::MAX,
                });
                if open.is_none() {
                    self.text(&atom, Span::new(at, at + step), out);
                }
                at += step;
                raw_len -= step;
                meant += taken;
                meaning = &meaning[taken..];
                if let Some((start, span)) = open.take_if(|(_, span)| span.range.end <= meant)
                    && start < at
                {
                    out.push(Element {
                        raw: Span::new(start, at),
                        kind: ElementKind::Protected {
                            shown: Cow::Owned(decoded[span.range].to_owned()),
                            is_shortcode: span.is_shortcode,
                        },
                    });
                }
            }
        }
    }

    fn text(&self, atom: &Atom<'s>, raw: Span, out: &mut Vec<Element<'s>>) {
        match atom {
            Atom::Spelled(_, meaning) => out.push(Element {
                raw,
                kind: ElementKind::Spelled(meaning.clone()),
            }),
            Atom::Verbatim(_) => {
                self.verbatim(raw, false, out);
            }
        }
    }

    /// Cuts out what does not mean itself: white space that collapses, and control characters.
    ///
    /// If it `watches`, it stops at what may have to be protected; tells whether it came to the end.
    fn verbatim(&self, raw: Span, watches: bool, out: &mut Vec<Element<'s>>) -> bool {
        let bytes = self.source[raw.range()].as_bytes();
        let base = raw.start as usize;
        let mut push = |range: Range<usize>, kind: ElementKind<'s>| {
            if !range.is_empty() {
                out.push(Element {
                    raw: Span::new(base + range.start, base + range.end),
                    kind,
                });
            }
        };
        let (mut start, mut at) = (0, 0);
        let mut before = 0;
        while let Some(byte) = bytes.get(at) {
            let look = LOOKS[usize::from(*byte)];
            // One test for all, since most bytes pass it and spaces are many.
            if look & (ODD | SPAN) == 0 && look & before & SPACE == 0 {
                before = look;
                at += 1;
                continue;
            }
            if look & SPAN != 0 {
                let neighbour = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied();
                if watches
                    && may_begin_span(*byte, neighbour(at.checked_sub(1)), neighbour(Some(at + 1)))
                {
                    return false;
                }
                before = look;
                at += 1;
                continue;
            }
            // A run of white space may have begun with a space that passed.
            at -= usize::from(look & before & SPACE != 0);
            let (len, kind) = self.odd(&bytes[at..]);
            if let Some(kind) = kind {
                push(start..at, ElementKind::Verbatim);
                push(at..at + len, kind);
                start = at + len;
            }
            at += len;
            before = 0;
        }
        push(start..at, ElementKind::Verbatim);
        true
    }

    /// What may not mean itself: its length, and what it is unless it does.
    fn odd(&self, rest: &[u8]) -> (usize, Option<ElementKind<'s>>) {
        if chars::is_space(char::from(rest[0])) {
            self.space(rest)
        } else {
            (1, Some(ElementKind::Standalone))
        }
    }

    /// A run of white space: its length, and what it is unless it means itself.
    fn space(&self, rest: &[u8]) -> (usize, Option<ElementKind<'s>>) {
        if self.preserve {
            return match rest {
                [b'\r', b'\n', ..] => (2, Some(ElementKind::Spelled(Cow::Borrowed("\n")))),
                [b'\r', ..] => (1, Some(ElementKind::Spelled(Cow::Borrowed("\n")))),
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
            (len, Some(ElementKind::Spelled(Cow::Borrowed(" "))))
        }
    }
}
