//! The words of a text with what they may have in common with those of another language.

use std::ops::Range;

use super::super::token::{Token, tokens_of};
use super::chunk::{is_kana, join_unspaced};
use super::lexicon::{Class, Entry, words_of};
use super::sound::{Sound, fold, sound_of};

/// A word, a number or a mark.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Where it is, in bytes.
    pub(super) range: Range<usize>,
    /// For a mark, its class.
    pub(super) mark: Option<char>,
    /// What it is good for.
    pub(super) role: Role,
    /// The text in lower case without accents.
    pub(super) plain: String,
    /// What it sounds like.
    pub(super) sound: Sound,
    /// Its consonants, as Japanese hears them.
    pub(super) skeleton: Sound,
    /// Whether it is written in the letters in which Japanese writes foreign words.
    pub(super) is_kana: bool,
    /// For a number, its digits without separators.
    pub(super) number: Option<String>,
    /// What the lexicon has about it.
    pub(super) entry: Option<&'static Entry>,
    /// Whether it begins with a capital though no sentence begins there.
    pub(super) is_name: bool,
    /// Whether it owns what follows (`Anna's`).
    pub(super) is_owner: bool,
    /// Whether it is part of a protected span.
    pub(super) is_protected: bool,
    /// Length in characters.
    pub(super) len: usize,
}

impl Word {
    /// Whether it is a word of a class: one that serves others and says little by itself.
    pub(super) fn is(&self, class: Class) -> bool {
        self.entry.is_some_and(|entry| entry.is(class))
    }

    /// Whether it serves others.
    pub(super) fn is_function(&self) -> bool {
        self.role == Role::Function
    }

    /// Whether it says something by itself.
    pub(super) fn is_content(&self) -> bool {
        self.role == Role::Content
    }
}

/// What a word is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is no word.
    Mark,
    /// It serves others: an article, a preposition and the like.
    Function,
    /// It says something by itself.
    Content,
}

fn role_of(token: &Token, entry: Option<&Entry>) -> Role {
    let classes = [
        Class::Determiner,
        Class::Preposition,
        Class::Conjunction,
        Class::Pronoun,
        Class::Auxiliary,
    ];
    if token.mark.is_some() {
        Role::Mark
    } else if entry.is_some_and(|entry| classes.into_iter().any(|class| entry.is(class))) {
        Role::Function
    } else {
        Role::Content
    }
}

/// The words and marks of `text`, which is in `language`.
pub(super) fn words_in(text: &str, language: &str) -> Vec<Word> {
    let lexicon = words_of(language);
    let tokens = tokens_of(text, &[]);
    let tokens = join_numbers(text, join_unspaced(text, tokens));
    let mut words: Vec<Word> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let shown = &text[token.range.clone()];
        let whole = fold(shown);
        let owner = (language == "en").then(|| owner_of(&whole)).flatten();
        let plain = owner.unwrap_or(&whole).to_owned();
        let entry = lexicon.and_then(|words| words.get(plain.trim_matches(is_apostrophe)));
        let is_first = match words.last() {
            None => true,
            Some(last) => matches!(last.mark, Some('.' | '!' | '?' | ':' | '"' | '…')),
        };
        let sound = sound_of(&plain);
        words.push(Word {
            skeleton: sound.skeleton(),
            sound,
            role: role_of(&token, entry),
            number: number_of(&plain),
            entry: entry.filter(|_| token.mark.is_none()),
            is_name: !is_first && shown.starts_with(char::is_uppercase),
            is_protected: false,
            is_owner: owner.is_some(),
            is_kana: shown.starts_with(is_kana),
            len: shown.chars().count(),
            range: token.range,
            mark: token.mark,
            plain,
        });
    }
    words
}

/// Who owns something, if the word says that.
fn owner_of(plain: &str) -> Option<&str> {
    let owner = plain.strip_suffix('s')?.strip_suffix(is_apostrophe)?;
    // `it's` and the like are a verb.
    let is_pronoun = matches!(
        owner,
        "it" | "he" | "she" | "that" | "there" | "what" | "let"
    );
    (!owner.is_empty() && !is_pronoun).then_some(owner)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Joins the digits of a number that are parted by spaces (`10 000`).
fn join_numbers(text: &str, tokens: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // Length of the first digits of the number that is joined.
    let mut head = 0;
    for token in tokens {
        let shown = &text[token.range.clone()];
        if let Some(last) = joined.last_mut() {
            let gap = &text[last.range.end..token.range.start];
            let is_space = matches!(gap, " " | "\u{a0}" | "\u{202f}" | "\u{2009}");
            if is_space && (1..=3).contains(&head) && shown.len() == 3 && is_digits(shown) {
                last.range.end = token.range.end;
                continue;
            }
        }
        head = if is_digits(shown) { shown.len() } else { 0 };
        joined.push(token);
    }
    joined
}

/// The digits of a number without its separators, whatever letters follow (`1st`, `3月`).
fn number_of(plain: &str) -> Option<String> {
    if !plain.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_part = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".,'’".contains(c);
    let digits = plain.split(|c| !is_part(c)).next().unwrap_or_default();
    Some(digits.chars().filter(char::is_ascii_digit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
        words_in(text, language)
            .into_iter()
            .map(|word| &text[word.range])
            .collect()
    }

    #[test]
    fn digits_with_spaces_between_are_one_number() {
        assert_eq!(
            shown("plus de 10\u{a0}000 mots", "fr"),
            ["plus", "de", "10\u{a0}000", "mots"]
        );
        assert_eq!(shown("in 2019 100 men", "en"), ["in", "2019", "100", "men"]);
    }

    #[test]
    fn numbers_are_compared_without_separators() {
        assert_eq!(number_of("1,234.5"), number_of("1.234,5"));
        assert_eq!(number_of("1st").as_deref(), Some("1"));
        assert_eq!(number_of("h2o"), None);
    }

    #[test]
    fn a_capital_is_a_name_only_inside_a_sentence() {
        let names: Vec<bool> = words_in("The house. In Berlin", "en")
            .into_iter()
            .map(|word| word.is_name)
            .collect();
        assert_eq!(names, [false, false, false, false, true]);
    }
}
