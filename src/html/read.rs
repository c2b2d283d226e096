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

/// How a byte of text has to be looked at.
#[derive(Debug, Clone, Copy)]
enum Look {
    /// Not at all.
    Plain,
    /// It may begin something to protect.
    Span,
    /// It may not mean itself.
    Odd,
}

static LOOKS: [Look; 256] = {
    let mut looks = [Look::Plain; 256];
    let mut byte = 0;
    while byte <= b' ' as usize {
        looks[byte] = Look::Odd;
        byte += 1;
    }
    looks[b'<' as usize] = Look::Odd;
    looks[0x7f] = Look::Odd;
    let mut at = 0;
    while at < BEGIN_SPANS.len() {
        looks[BEGIN_SPANS[at] as usize] = Look::Span;
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
        if self.has_markup
            && memchr::memchr(b'<', raw.as_bytes()).is_some()
            && raw.contains("<![CDATA[")
        {
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

    /// Cuts out what does not mean itself: white space that collapses, control characters, and
    /// the `</>` that tokenizers skip.
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
        while let Some(byte) = bytes.get(at) {
            let after = bytes.get(at + 1).copied();
            match LOOKS[usize::from(*byte)] {
                Look::Plain => {
                    at += 1;
                    continue;
                }
                Look::Span => {
                    let before = at.checked_sub(1).map(|at| bytes[at]);
                    if watches && may_begin_span(*byte, before, after) {
                        return false;
                    }
                    at += 1;
                    continue;
                }
                // One space between words, which is what most of them are.
                Look::Odd if *byte == b' ' && after.is_some_and(|after| after > b' ') => {
                    at += 1;
                    continue;
                }
                Look::Odd => {}
            }
            let (len, kind) = self.odd(&bytes[at..]);
            if let Some(kind) = kind {
                push(start..at, ElementKind::Verbatim);
                push(at..at + len, kind);
                start = at + len;
            }
            at += len;
        }
        push(start..at, ElementKind::Verbatim);
        true
    }

    /// What may not mean itself: its length, and what it is unless it does.
    fn odd(&self, rest: &[u8]) -> (usize, Option<ElementKind<'s>>) {
        if chars::is_space(char::from(rest[0])) {
            self.space(rest)
        } else if rest[0] != b'<' {
            (1, Some(ElementKind::Standalone))
        } else if self.has_markup && rest.starts_with(b"</>") {
            (3, Some(ElementKind::Standalone))
        } else {
            (1, None)
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
