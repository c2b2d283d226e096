//! A segment as plain text for a server, and what comes back.

use std::ops::Range;

use crate::backend::apertium::is_invisible;
use crate::unit::{Alignment, Fragment, Link, MarkKind};

/// Most characters of one request. A server cuts longer texts wherever it gets to, and drops what
/// is beyond the tenth piece.
const LONGEST: usize = 1000;

/// Words that no dictionary has; the first that a segment lacks stands for its protected spans.
const PLACEHOLDERS: [&str; 3] = ["Xzqv", "Wqxz", "Qzvk"];

/// Characters that a server drops, and those that stand for them on the way: `*` marks unknown
/// words, `~` starts a rule about sounds.
const STAND_INS: [(char, char); 2] = [('*', '\u{2217}'), ('~', '\u{223c}')];

/// A segment whose protected spans are placeholders.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    source: &'a str,
    core: Range<usize>,
    /// Placeholder and span of each protected span.
    protected: Vec<(String, Range<usize>)>,
    stand_ins: Vec<(char, char)>,
    /// What is sent, without white space at its edges.
    pub(super) sent: String,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(fragment: &'a Fragment) -> Self {
        let source = fragment.text();
        let trimmed = source.trim();
        let start = source.len() - source.trim_start().len();
        let core = start..start + trimmed.len();
        let word = PLACEHOLDERS
            .iter()
            .find(|word| !source.contains(**word))
            .unwrap_or(&PLACEHOLDERS[0]);
        let protected: Vec<_> = fragment
            .marks()
            .iter()
            .filter(|mark| matches!(mark.kind, MarkKind::Protected { .. }))
            .map(|mark| mark.at.clamp(core.start, core.end)..mark.end().clamp(core.start, core.end))
            .filter(|span| !span.is_empty())
            .enumerate()
            .map(|(index, span)| (format!("{word}{}", letters(index)), span))
            .collect();
        let stand_ins: Vec<_> = STAND_INS
            .into_iter()
            .filter(|(_, other)| !source.contains(*other))
            .collect();
        let mut sent = String::with_capacity(core.len());
        let mut at = core.start;
        for (placeholder, span) in &protected {
            push_text(&source[at..span.start.max(at)], &stand_ins, &mut sent);
            sent.push_str(placeholder);
            at = span.end.max(at);
        }
        push_text(&source[at..core.end], &stand_ins, &mut sent);
        Self {
            source,
            core,
            protected,
            stand_ins,
            sent,
        }
    }

    /// Whether the segment begins with a protected span.
    pub(super) fn begins_protected(&self) -> bool {
        self.protected
            .first()
            .is_some_and(|(_, span)| span.start == self.core.start)
    }

    /// The target text with its protected spans and the white space of the source's edges, and
    /// the links of the protected spans.
    ///
    /// # Errors
    /// A protected span is missing or doubled.
    pub(super) fn restore(&self, translated: &str) -> Result<(String, Alignment), String> {
        let mut found = Vec::with_capacity(self.protected.len());
        for (placeholder, span) in &self.protected {
            let places: Vec<_> = translated.match_indices(placeholder.as_str()).collect();
            let [(at, _)] = places.as_slice() else {
                return Err(format!(
                    "`{}` came back {} times",
                    &self.source[span.clone()],
                    places.len()
                ));
            };
            found.push((*at, placeholder.len(), span));
        }
        found.sort_unstable_by_key(|(at, ..)| *at);
        let mut text = self.source[..self.core.start].to_owned();
        let mut alignment = Alignment::new();
        let mut at = 0;
        for (place, length, span) in found {
            self.push_translated(&translated[at..place], &mut text);
            let start = text.len();
            text.push_str(&self.source[span.clone()]);
            alignment.push(Link {
                source: span.clone(),
                target: start..text.len(),
            });
            at = place + length;
        }
        self.push_translated(&translated[at..], &mut text);
        text.push_str(&self.source[self.core.end..]);
        Ok((text, alignment))
    }

    /// Appends text of the answer. Where the engine drops a word, both of its spaces stay: one
    /// goes, unless the source has such spaces itself.
    fn push_translated(&self, translated: &str, text: &mut String) {
        let keeps_spaces = self.source.contains("  ");
        for c in translated.chars() {
            if c == ' ' && !keeps_spaces && text.ends_with(' ') {
                continue;
            }
            let original = self.stand_ins.iter().find(|(_, other)| *other == c);
            text.push(original.map_or(c, |(original, _)| *original));
        }
    }
}

fn push_text(text: &str, stand_ins: &[(char, char)], sent: &mut String) {
    sent.extend(text.chars().filter(|c| !is_invisible(*c)).map(|c| {
        stand_ins
            .iter()
            .find(|(original, _)| *original == c)
            .map_or(c, |(_, other)| *other)
    }));
}

/// A number in letters, each with an end of its own so that none begins another: `a`, `b`, …,
/// `z`, `Aa`.
fn letters(number: usize) -> String {
    let mut rest = number / 26;
    let mut text = String::new();
    while rest > 0 {
        text.insert(0, letter(b'A', rest % 26));
        rest /= 26;
    }
    text.push(letter(b'a', number % 26));
    text
}

fn letter(first: u8, index: usize) -> char {
    char::from(first + u8::try_from(index).unwrap_or_default())
}

/// Cuts a text into pieces of at most [`LONGEST`] characters, each with the white space behind it:
/// at the last end of a sentence in the second half, else at the last white space, else in a word.
pub(super) fn split_text(text: &str) -> Vec<(&str, &str)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((limit, _)) = rest.char_indices().nth(LONGEST) {
        let window = &rest[..limit];
        let middle = window
            .char_indices()
            .nth(LONGEST / 2)
            .map_or(0, |(at, _)| at);
        let blanks = || {
            window
                .char_indices()
                .rev()
                .filter(|(at, c)| *at > 0 && c.is_whitespace())
        };
        let cut = blanks()
            .take_while(|(at, _)| *at > middle)
            .find(|(at, _)| window[..*at].ends_with(['.', '!', '?', '…']))
            .or_else(|| blanks().next())
            .map_or(limit, |(at, _)| at);
        let after = rest[cut..].trim_start();
        pieces.push((
            rest[..cut].trim_end(),
            &rest[rest[..cut].trim_end().len()..rest.len() - after.len()],
        ));
        rest = after;
    }
    pieces.push((rest, ""));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_sentences_and_loses_nothing() {
        let text = "One sentence follows the other.  ".repeat(100) + &"x".repeat(2500);
        let pieces = split_text(&text);
        assert!(
            pieces
                .iter()
                .all(|(piece, _)| piece.chars().count() <= LONGEST)
        );
        assert!(pieces[0].0.ends_with('.'));
        assert_eq!(
            pieces
                .iter()
                .flat_map(|(piece, blank)| [*piece, *blank])
                .collect::<String>(),
            text
        );
    }

    #[test]
    fn protected_spans_come_back_where_their_placeholders_are() {
        let mut fragment = Fragment::plain(" Run ");
        fragment.push_protected(1, "ls *");
        fragment.push_text(" or ");
        fragment.push_protected(2, "pwd");
        fragment.push_text(" *now* ");
        let prepared = Prepared::new(&fragment);
        assert_eq!(prepared.sent, "Run Xzqva or Xzqvb \u{2217}now\u{2217}");
        let (text, alignment) = prepared
            .restore("Xzqvb  o Xzqva \u{2217}ahora\u{2217}")
            .expect("both");
        assert_eq!(text, " pwd o ls * *ahora* ");
        assert_eq!(alignment[0].source, 13..16);
        assert_eq!(&text[alignment[1].target.clone()], "ls *");
    }

    #[test]
    fn a_lost_or_doubled_protected_span_is_an_error() {
        let mut fragment = Fragment::plain("Run ");
        fragment.push_protected(1, "ls");
        let prepared = Prepared::new(&fragment);
        assert!(prepared.restore("nada").is_err());
        assert!(prepared.restore("Xzqva y Xzqva").is_err());
    }

    #[test]
    fn no_placeholder_begins_another() {
        let all: Vec<_> = (0..2000).map(letters).collect();
        for one in &all {
            assert_eq!(
                all.iter()
                    .filter(|other| other.starts_with(one.as_str()))
                    .count(),
                1,
                "{one}"
            );
        }
    }
}
