//! Tokens: words and marks of a text, by the word bounds of UAX #29.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Endings that English joins to a word with an apostrophe: what follows other apostrophes is a
/// word of its own (`l’eau`).
const ENDINGS: &[&str] = &["s", "t", "d", "m", "n", "ll", "re", "ve", "em", "clock"];

/// A word, a punctuation mark or symbol, or a protected span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it is, in bytes.
    pub(super) range: Range<usize>,
    /// For a mark or symbol, what it has in common with those of other scripts and languages.
    pub(super) mark: Option<char>,
    /// For a protected span that stands in both texts, its index among the marks of the source.
    pub(super) fixed: Option<usize>,
}

impl Token {
    /// Whether it says something: a word, a number, a protected span.
    pub(super) fn is_word(&self) -> bool {
        self.mark.is_none()
    }
}

/// A stretch of text that is one token, whatever it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    /// Where it is, in bytes.
    pub(super) range: Range<usize>,
    /// See [`Token::fixed`].
    pub(super) fixed: Option<usize>,
}

/// The tokens of `text`, in order; white space is none.
///
/// `atoms` are sorted, disjoint and on character boundaries.
pub(super) fn tokens_of(text: &str, atoms: &[Atom]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for atom in atoms {
        push_tokens(text, at..atom.range.start, &mut tokens);
        tokens.push(Token {
            range: atom.range.clone(),
            mark: None,
            fixed: atom.fixed,
        });
        at = atom.range.end;
    }
    push_tokens(text, at..text.len(), &mut tokens);
    tokens
}

fn push_tokens(text: &str, range: Range<usize>, tokens: &mut Vec<Token>) {
    let start = range.start;
    let Some(part) = text.get(range) else { return };
    for (offset, piece) in part.split_word_bound_indices() {
        if piece.chars().all(char::is_whitespace) {
            continue;
        }
        let mark = match piece.chars().next() {
            Some(first) if !piece.contains(char::is_alphanumeric) => Some(mark_class(first)),
            _ => None,
        };
        let from = start + offset;
        let cut = elision(piece).map(|len| from + len);
        for (from, to) in [(from, cut), (cut.unwrap_or(from), Some(from + piece.len()))] {
            if let Some(to) = to {
                tokens.push(Token {
                    range: from..to,
                    mark,
                    fixed: None,
                });
            }
        }
    }
}

/// Length of the elided word at the start of `word`, with its apostrophe.
fn elision(word: &str) -> Option<usize> {
    let (at, apostrophe) = word.char_indices().find(|(_, c)| matches!(c, '\'' | '’'))?;
    let len = at + apostrophe.len_utf8();
    let rest = &word[len..];
    let is_word =
        rest.starts_with(char::is_alphabetic) && !ENDINGS.contains(&rest.to_lowercase().as_str());
    (at > 0 && is_word).then_some(len)
}

/// One character for marks that say the same.
fn mark_class(mark: char) -> char {
    match mark {
        '。' | '．' | '｡' | '।' => '.',
        '，' | '、' | '､' | '،' => ',',
        '！' | '¡' => '!',
        '？' | '¿' | '؟' => '?',
        '：' => ':',
        '；' | '؛' => ';',
        '（' => '(',
        '）' => ')',
        '［' | '【' => '[',
        '］' | '】' => ']',
        '％' | '٪' => '%',
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' => '-',
        '⋯' => '…',
        '\'' | '‘' | '’' | '‚' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '「' | '」' | '『'
        | '』' | '《' | '》' | '＂' => '"',
        other => other,
    }
}

/// Whether a character is of a script that is written without spaces between words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The tokens that overlap a byte range, as a range of indices; empty for an empty range.
pub(super) fn overlapped(tokens: &[Token], range: &Range<usize>) -> Range<usize> {
    if range.is_empty() {
        let at = tokens.partition_point(|token| token.range.start < range.start);
        return at..at;
    }
    let first = tokens.partition_point(|token| token.range.end <= range.start);
    let end = tokens.partition_point(|token| token.range.start < range.end);
    first..end.max(first)
}

/// Cuts tokens at the given offsets, which are on character boundaries.
pub(super) fn cut_tokens(tokens: Vec<Token>, mut cuts: Vec<usize>) -> Vec<Token> {
    cuts.sort_unstable();
    let mut out = Vec::with_capacity(tokens.len() + cuts.len());
    for token in tokens {
        let first = cuts.partition_point(|cut| *cut <= token.range.start);
        let mut start = token.range.start;
        let inside = cuts[first..].iter().take_while(|c| **c < token.range.end);
        for end in inside.chain([&token.range.end]) {
            if start < *end {
                let range = start..*end;
                out.push(Token { range, ..token });
            }
            start = *end;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        tokens_of(text, &[])
            .into_iter()
            .map(|token| &text[token.range])
            .collect()
    }

    #[test]
    fn white_space_is_no_token() {
        assert_eq!(shown(" One,  two. "), ["One", ",", "two", "."]);
    }

    #[test]
    fn an_elided_word_is_a_token_and_an_english_ending_is_not() {
        assert_eq!(shown("l'eau"), ["l'", "eau"]);
        assert_eq!(shown("d’un"), ["d’", "un"]);
        assert_eq!(shown("John's don't we'll"), ["John's", "don't", "we'll"]);
    }

    #[test]
    fn an_atom_is_one_token() {
        let atom = Atom {
            range: 4..9,
            fixed: Some(3),
        };
        let tokens = tokens_of("Run ls -l, now", &[atom]);
        let ranges: Vec<_> = tokens.iter().map(|token| token.range.clone()).collect();
        assert_eq!(ranges, [0..3, 4..9, 9..10, 11..14]);
    }
}
