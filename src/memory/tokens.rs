//! A segment as tokens: what the measure of likeness counts.

use crate::unit::{Fragment, Item, Mark, MarkKind};

use super::hash::hash_of;
use super::words::for_each_piece;

/// What a word counts; everything else counts 1.
pub(super) const WORD: u32 = 4;

/// A word, a mark of punctuation, a symbol or a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// Tells it from all others.
    exact: u64,
    /// The same in whatever case it is written.
    folded: u64,
    is_word: bool,
}

impl Token {
    fn word(word: &str) -> Self {
        let hash = |word: &[u8]| hash_of(&[b"word", word]);
        let exact = hash(word.as_bytes());
        let folded = if word.bytes().all(|b| b.is_ascii_lowercase()) {
            exact
        } else {
            hash(word.to_lowercase().as_bytes())
        };
        Self {
            exact,
            folded,
            is_word: true,
        }
    }

    fn light(kind: &[u8], text: &str) -> Self {
        let exact = hash_of(&[kind, text.as_bytes()]);
        Self {
            exact,
            folded: exact,
            is_word: false,
        }
    }

    fn code(fragment: &Fragment, mark: &Mark) -> Self {
        let kind: &[u8] = match mark.kind {
            MarkKind::Open => b"open",
            MarkKind::Close => b"close",
            MarkKind::Standalone => b"standalone",
            MarkKind::Lone => b"lone",
            MarkKind::Protected { .. } => b"protected",
        };
        Self::light(kind, &fragment.text()[mark.at..mark.end()])
    }

    /// What it costs to insert or delete it.
    pub(super) fn weight(self) -> u32 {
        if self.is_word { WORD } else { 1 }
    }

    /// What it costs to put one for the other; none where that is not done.
    pub(super) fn substitution(self, other: Self) -> Option<u32> {
        match (self.is_word, other.is_word) {
            _ if self.exact == other.exact => Some(0),
            (true, true) if self.folded == other.folded => Some(1),
            (true, true) => Some(WORD),
            (false, false) => Some(1),
            _ => None,
        }
    }

    pub(super) fn is_same(self, other: Self) -> bool {
        self.exact == other.exact
    }
}

/// The tokens of a segment, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tokens {
    pub(super) all: Vec<Token>,
    /// What they count together.
    pub(super) weight: u32,
}

impl Tokens {
    /// Words and marks are those of [`for_each_piece`]; white space is no token.
    /// A code is one, a protected span with its text.
    pub(super) fn of(fragment: &Fragment) -> Self {
        Self::read(fragment, true)
    }

    /// The same without codes.
    pub(super) fn without_codes(fragment: &Fragment) -> Self {
        Self::read(fragment, false)
    }

    fn read(fragment: &Fragment, with_codes: bool) -> Self {
        let mut all = Vec::with_capacity(fragment.text().len() / 5);
        for item in fragment.items() {
            match item {
                Item::Text(range) => read_text(&fragment.text()[range], &mut all),
                Item::Mark(mark) if with_codes => all.push(Token::code(fragment, &mark)),
                Item::Mark(_) => {}
            }
        }
        let weight = all.iter().map(|token| token.weight()).sum();
        Self { all, weight }
    }

    /// The words in whatever case, each with how often it stands here.
    pub(super) fn words(&self) -> Vec<(u64, u32)> {
        let mut words: Vec<u64> = self
            .all
            .iter()
            .filter(|token| token.is_word)
            .map(|token| token.folded)
            .collect();
        words.sort_unstable();
        words
            .chunk_by(|one, other| one == other)
            .filter_map(|chunk| Some((*chunk.first()?, u32::try_from(chunk.len()).ok()?)))
            .collect()
    }
}

fn read_text(text: &str, out: &mut Vec<Token>) {
    for_each_piece(text, |piece| {
        out.push(if piece.contains(char::is_alphanumeric) {
            Token::word(piece)
        } else {
            Token::light(b"mark", piece)
        });
    });
}
