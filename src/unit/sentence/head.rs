//! How a sentence that may begin at a place looks there.

use super::border::char_at;
use super::character::{Mark, continues_sentence, is_lower, mark_of};

/// How many characters that are no letters may stand before the first word.
const LEAD_CHARS: usize = 24;
/// How much of the first word is looked at.
const WORD_CHARS: usize = 32;

/// How the first word begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// In upper case, or in a script without case.
    Capital,
    /// With a digit.
    Number,
    /// In lower case, but in a way in which sentences begin: `iPad`,
    /// `https://…`, `b) …`.
    Special,
    /// In lower case.
    Lower,
}

/// The first word of what may be a sentence.
#[derive(Debug)]
pub(super) struct Head<'a> {
    /// How the word begins.
    pub(super) start: Start,
    /// The word: letters, digits and what is joined to them.
    pub(super) word: &'a str,
    /// What follows the word.
    pub(super) rest: &'a str,
}

/// The first word at or after `offset`, behind opening quotes, brackets,
/// dashes and symbols; none if the text goes on with a mark or a comma.
pub(super) fn read_head(text: &str, offset: usize) -> Option<Head<'_>> {
    if char_at(text, offset).is_some_and(continues_sentence) {
        return None;
    }
    let rest = text.get(offset..)?;
    let mut is_word = false;
    let (skipped, _) = rest
        .char_indices()
        .take(LEAD_CHARS)
        .find(|&(_, character)| {
            is_word = character.is_alphanumeric();
            is_word || matches!(mark_of(character), Some(Mark::Strong | Mark::Full))
        })?;
    if !is_word {
        return None;
    }
    let rest = &rest[skipped..];
    let length = rest
        .chars()
        .take(WORD_CHARS)
        .take_while(|character| character.is_alphanumeric())
        .map(char::len_utf8)
        .sum();
    let (word, behind) = rest.split_at(length);
    Some(Head {
        start: classify(word, behind),
        word,
        rest: behind,
    })
}

fn classify(word: &str, rest: &str) -> Start {
    let first = word.chars().next().unwrap_or_default();
    if first.is_numeric() {
        return Start::Number;
    }
    if !is_lower(first) {
        return Start::Capital;
    }
    let is_address = matches!(word, "http" | "https") && rest.starts_with("://")
        || word == "www" && rest.starts_with('.');
    let is_item = word.chars().nth(1).is_none() && rest.starts_with(')');
    let is_mixed_case = word.chars().any(char::is_uppercase);
    if is_address || is_item || is_mixed_case {
        Start::Special
    } else {
        Start::Lower
    }
}
