//! From what a model looked at to an alignment.
//!
//! For every token that a model puts out it tells how much it looked at each token of the source.
//! That becomes links: to the word that it looked at most, and to others that are not far behind.

use std::ops::Range;

use fxtranslate::engine::{Aligned, Token};

use crate::unit::{Alignment, Link};

use super::normal::Normaliser;
use super::vocabulary::Piece;

/// A word that gets less than this is not what a token stands for.
const MASS_MIN: f32 = 0.1;
/// From so much on a word is linked beside the one that gets most.
const MASS_ALSO: f32 = 0.3;
/// So much of the mass of a word's best token makes another token of the word count as well.
const SHARE_OF_BEST: f32 = 0.5;

/// The text of a translation, and where each of its tokens stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) ranges: Vec<Range<usize>>,
}

/// Puts pieces together. Bytes become the characters that they are the bytes of; what is none
/// becomes U+FFFD.
pub(super) fn decode(pieces: &[Piece], ids: impl IntoIterator<Item = u32>) -> Decoded {
    let mut out = Decoded::default();
    // Bytes that wait for more of their character, and from which token on.
    let mut bytes: Vec<u8> = Vec::new();
    let mut first = 0;
    for id in ids {
        let piece = pieces.get(id as usize).unwrap_or(&Piece::Silent);
        if let Piece::Byte(byte) = piece {
            if bytes.is_empty() {
                first = out.ranges.len();
            }
            bytes.push(*byte);
            out.ranges.push(0..0);
            continue;
        }
        flush(&mut out, &mut bytes, first);
        let start = out.text.len();
        if let Piece::Text(text) = piece {
            let text: &str = text;
            out.text
                .push_str(if start == 0 { text.trim_start() } else { text });
        }
        out.ranges.push(start..out.text.len());
    }
    flush(&mut out, &mut bytes, first);
    let len = out.text.trim_end().len();
    out.text.truncate(len);
    for range in &mut out.ranges {
        *range = range.start.min(len)..range.end.min(len);
    }
    out
}

/// Writes the characters that bytes stand for; every token gets those that its byte is part of.
fn flush(out: &mut Decoded, bytes: &mut Vec<u8>, mut token: usize) {
    for chunk in bytes.utf8_chunks() {
        let invalid = (!chunk.invalid().is_empty()).then_some((chunk.invalid().len(), '\u{fffd}'));
        let valid = chunk.valid().chars().map(|c| (c.len_utf8(), c));
        for (count, c) in valid.chain(invalid) {
            let start = out.text.len();
            match c {
                '\n' | '\r' | '\t' => out.text.push(' '),
                c if c.is_control() => {}
                c => out.text.push(c),
            }
            let end = out.text.len();
            for range in &mut out.ranges[token..token + count] {
                *range = start..end;
            }
            token += count;
        }
    }
    bytes.clear();
}

/// The alignment of a translation with its source, in bytes of the two texts; empty where it
/// can't be told what the model saw of the source.
pub(super) fn links(
    output: &Aligned,
    source: &str,
    normaliser: &Normaliser,
    target: &Decoded,
) -> Alignment {
    let offsets = utf16_offsets(&output.source_normalized);
    let at = |unit: usize| offsets.get(unit).copied().unwrap_or_default();
    let tokens = output
        .source_tokens
        .iter()
        .map(|token: &Token| at(token.begin)..at(token.end));
    let Some(spans) = origins(source, normaliser, &output.source_normalized, tokens) else {
        return Alignment::new();
    };
    let rows = output.alignments.iter().map(Vec::as_slice);
    linked(
        source,
        &spans,
        &target.text,
        target.ranges.iter().cloned().zip(rows),
    )
}

/// Where tokens stand in a text, without the space at their edges, by where they stand in what it
/// was normalised to; none where it can't be told how that came about.
pub(super) fn origins(
    text: &str,
    normaliser: &Normaliser,
    outcome: &str,
    tokens: impl Iterator<Item = Range<usize>>,
) -> Option<Vec<Range<usize>>> {
    let seen = normaliser.normalise(text);
    seen.is(outcome).then(|| {
        tokens
            .map(|token| {
                seen.origin(token)
                    .map(|range| trimmed(text, range))
                    .unwrap_or_default()
            })
            .collect()
    })
}

/// Links what tokens of the target looked at: each stands somewhere and has a row with how much
/// it looked at each token of the source.
pub(super) fn linked<'r>(
    source: &str,
    spans: &[Range<usize>],
    target: &str,
    tokens: impl Iterator<Item = (Range<usize>, &'r [f32])>,
) -> Alignment {
    let words = words(source, spans);
    let mut alignment = Alignment::with_capacity(tokens.size_hint().0);
    let mut masses = Vec::new();
    for (range, row) in tokens {
        let range = trimmed(target, range);
        if range.is_empty() || row.len() != spans.len() {
            continue;
        }
        masses.clear();
        masses.extend(
            words
                .iter()
                .map(|word| row[word.clone()].iter().sum::<f32>()),
        );
        let most = masses.iter().copied().fold(0.0, f32::max);
        if most < MASS_MIN {
            continue;
        }
        let mut is_best_taken = false;
        for (word, mass) in words.iter().zip(&masses) {
            let is_best = !is_best_taken && *mass >= most;
            is_best_taken |= is_best;
            if is_best || *mass >= MASS_ALSO {
                link_word(
                    &row[word.clone()],
                    &spans[word.clone()],
                    &range,
                    &mut alignment,
                );
            }
        }
    }
    alignment
}

/// Links the tokens of a word that are looked at most, each span once.
fn link_word(row: &[f32], spans: &[Range<usize>], target: &Range<usize>, out: &mut Alignment) {
    let best = row.iter().copied().fold(0.0, f32::max);
    let start = out.len();
    for (mass, span) in row.iter().zip(spans) {
        let is_new = out[start..].last().is_none_or(|last| last.source != *span);
        if *mass >= best * SHARE_OF_BEST && is_new {
            out.push(Link {
                source: span.clone(),
                target: target.clone(),
            });
        }
    }
}

/// Byte offsets by UTF-16 units, with that of the end.
fn utf16_offsets(text: &str) -> Vec<usize> {
    let mut offsets = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        offsets.extend(std::iter::repeat_n(at, c.len_utf16()));
    }
    offsets.push(text.len());
    offsets
}

/// A range without the space at its edges; empty if it cuts characters.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else {
        return 0..0;
    };
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

/// Tokens that are parts of one word, as ranges of tokens; those without text are left out.
fn words(source: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for (token, span) in spans.iter().enumerate() {
        if span.is_empty() {
            continue;
        }
        let joins = words.last().is_some_and(|word| {
            let before = &spans[word.end - 1];
            word.end == token && (before == span || is_inside_word(source, before, span))
        });
        match words.last_mut() {
            Some(word) if joins => word.end = token + 1,
            _ => words.push(token..token + 1),
        }
    }
    words
}

/// Whether one span goes on where another ends, within a word.
fn is_inside_word(source: &str, before: &Range<usize>, span: &Range<usize>) -> bool {
    let last = source
        .get(before.clone())
        .and_then(|s| s.chars().next_back());
    let first = source.get(span.clone()).and_then(|s| s.chars().next());
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
    before.end == span.start && is_part(last) && is_part(first)
}

/// Whether a character is of a script that puts no spaces between words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The alignment by way of a text between: what stands for what stands for the same.
pub(super) fn composed(mut first: Alignment, second: &[Link]) -> Alignment {
    first.sort_by_key(|link| (link.target.start, link.target.end));
    let mut out = Alignment::new();
    for link in second {
        let between = &link.source;
        let end = first.partition_point(|one| one.target.start < between.end);
        // Tokens tile a text, so that their ends are in order as well.
        let start = first.partition_point(|one| one.target.end <= between.start);
        for one in first.get(start..end).unwrap_or_default() {
            out.push(Link {
                source: one.source.clone(),
                target: link.target.clone(),
            });
        }
    }
    out.sort_by_key(|link| {
        let Link { source, target } = link;
        (target.start, target.end, source.start, source.end)
    });
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.into())
    }

    #[test]
    fn bytes_become_characters() {
        let pieces = [
            text(" a"),
            Piece::Byte(0xe2),
            Piece::Byte(0x9f),
            Piece::Byte(0xa6),
            text("<0xE2>"),
            Piece::Silent,
            Piece::Byte(b'\n'),
            Piece::Byte(0),
        ];
        let decoded = decode(&pieces, [0, 1, 2, 3, 0, 5]);
        assert_eq!(decoded.text, "a⟦ a");
        assert_eq!(decoded.ranges, [0..1, 1..4, 1..4, 1..4, 4..6, 6..6]);
        assert_eq!(decode(&pieces, [1, 2, 0]).text, "\u{fffd} a");
        assert_eq!(decode(&pieces, [0, 4]).text, "a<0xE2>");
        assert_eq!(decode(&pieces, [0, 6, 7, 0, 6]).text, "a  a");
        assert_eq!(decode(&pieces, [99]).text, "");
    }

    #[test]
    fn alignments_meet_in_the_text_between() {
        let link = |source, target| Link { source, target };
        let first = vec![link(4..7, 0..3), link(0..3, 4..9), link(4..7, 4..9)];
        let second = [link(4..9, 0..2), link(0..1, 3..5), link(9..9, 5..6)];
        assert_eq!(
            composed(first, &second),
            [link(0..3, 0..2), link(4..7, 0..2), link(4..7, 3..5)]
        );
    }

    #[test]
    fn tokens_of_a_word_belong_together_unless_the_script_has_no_spaces() {
        let source = "houses, 猫が";
        let spans = [0..5, 5..6, 6..7, 8..11, 11..14, 0..0];
        assert_eq!(words(source, &spans), [0..2, 2..3, 3..4, 4..5]);
    }
}
