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
    /// For a number, its value, as digits and a power of ten.
    pub(super) number: Option<Number>,
    /// … and that with the word behind it (`20 million`).
    pub(super) scaled: Option<Number>,
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

    /// Whether it is written in the letters in which Japanese writes foreign words.
    pub(super) fn is_foreign(&self) -> bool {
        self.plain.starts_with(is_kana)
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
            scaled: None,
            is_protected: false,
            is_owner: owner.is_some(),
            len: shown.chars().count(),
            range: token.range,
            mark: token.mark,
            plain,
        });
    }
    for at in 1..words.len() {
        if let Some(power) = power_of(&words[at].plain) {
            words[at - 1].scaled = words[at - 1].number.clone().map(|number| Number {
                power: number.power + power,
                ..number
            });
        }
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

/// The value of a number: digits without zeros at their ends, and the power of ten of the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    digits: String,
    power: i32,
}

/// Words and signs that multiply the number before them, as a power of ten.
fn power_of(word: &str) -> Option<i32> {
    Some(match word {
        "千" | "thousand" | "tausend" | "mil" | "mille" => 3,
        "万" => 4,
        "million" | "millions" | "millionen" | "millon" | "millones" => 6,
        "億" => 8,
        "billion" | "billions" | "milliarde" | "milliarden" | "milliard" | "milliards" => 9,
        _ => return None,
    })
}

fn power_of_len(digits: usize) -> i32 {
    i32::try_from(digits)
        .unwrap_or(i32::MAX / 4)
        .min(i32::MAX / 4)
}

/// The value that a word begins with, whatever letters follow (`1st`, `3月`).
///
/// A point or comma with three digits behind it parts thousands, any other the decimals.
fn number_of(plain: &str) -> Option<Number> {
    if !plain.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_part = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".,'’".contains(c);
    let len = plain.find(|c| !is_part(c)).unwrap_or(plain.len());
    let (shown, unit) = plain.split_at(len);
    let shown = shown.trim_end_matches(|c: char| !c.is_ascii_digit());
    let decimals = match shown.rsplit_once(['.', ',']) {
        Some((whole, rest)) if rest.len() != 3 || whole == "0" => rest.len(),
        _ => 0,
    };
    let sign = unit.chars().next().map(String::from).unwrap_or_default();
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    let kept = digits.trim_end_matches('0');
    let power = power_of(&sign).unwrap_or(0) + power_of_len(digits.len() - kept.len());
    Some(Number {
        digits: kept.trim_start_matches('0').to_owned(),
        power: power - power_of_len(decimals),
    })
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
    fn numbers_are_compared_by_value() {
        assert_eq!(number_of("1,234.5"), number_of("1.234,5"));
        assert_eq!(number_of("1,500"), number_of("1500"));
        assert_eq!(number_of("12.50"), number_of("12,5"));
        assert_eq!(number_of("0.125"), number_of("0,125"));
        assert_eq!(number_of("2000万"), number_of("20 000 000"));
        assert_eq!(number_of("1st"), number_of("1"));
        assert_ne!(number_of("10"), number_of("1"));
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
