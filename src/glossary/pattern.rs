//! A term as it is looked for: the stems of its words, what stands between them, and their case.

use std::ops::Range;

use super::stem::Stemmer;
use super::words::{Word, gap, words_of};

/// What a term says of upper and lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// Words of unusual case are compared by case.
    Usual,
    /// All words are.
    Exact,
    /// None is.
    Any,
}

/// A term, ready to be found.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    words: Vec<PatternWord>,
    /// What stands before the first word: the full stop of `.NET`.
    lead: String,
    /// What stands behind the last word: `++` of `C++`.
    trail: String,
}

#[derive(Debug, Clone)]
struct PatternWord {
    /// What stands between it and the word before.
    gap: String,
    text: String,
    stem: String,
    /// The letters in lower case, where other forms of the word don't count.
    form: Option<String>,
    is_exact: bool,
    /// Whether it has to begin in upper case, as nouns do in German.
    is_noun: bool,
    /// Whether an ending may follow.
    is_open: bool,
}

impl Pattern {
    /// The pattern of a term; none where it has no word. `is_noun` says that it is a noun.
    pub(super) fn new(
        text: &str,
        stemmer: Stemmer,
        letters: Letters,
        is_noun: bool,
    ) -> Option<Self> {
        let words = words_of(text, stemmer);
        let (first, last) = (words.first()?, words.last()?);
        let mut end = first.range.start;
        let lead = gap(text[..first.range.start].trim());
        let trail = gap(text[last.range.end..].trim());
        let words = words
            .iter()
            .map(|word| {
                let own = &text[word.range.clone()];
                let between = std::mem::replace(&mut end, word.range.end);
                PatternWord {
                    gap: gap(&text[between..word.range.start]),
                    is_exact: match letters {
                        Letters::Exact => true,
                        Letters::Any => false,
                        Letters::Usual => has_unusual_case(own),
                    },
                    is_noun: is_noun
                        && stemmer.is_german
                        && letters != Letters::Any
                        && own.starts_with(char::is_uppercase),
                    text: own.to_owned(),
                    stem: word.stem.clone(),
                    form: None,
                    is_open: false,
                }
            })
            .collect();
        Some(Self { words, lead, trail })
    }

    /// The same, but with endings behind its words: what will do for inflected forms where there
    /// is no stemmer.
    pub(super) fn open_ended(mut self) -> Self {
        for word in &mut self.words {
            word.is_open = true;
        }
        self
    }

    /// The same, but found only as it is written where the stems do not tell it from one of
    /// these, as `computador` from `computadora`.
    pub(super) fn distinct_from(mut self, others: &[Self]) -> Self {
        let stems = |pattern: &Self| -> Vec<String> {
            pattern.words.iter().map(|word| word.stem.clone()).collect()
        };
        let own = stems(&self);
        if others.iter().any(|other| stems(other) == own) {
            for word in &mut self.words {
                word.form = Some(word.text.to_lowercase());
            }
        }
        self
    }

    /// The stem that the first word of every match has.
    pub(super) fn first_stem(&self) -> &str {
        self.words.first().map_or("", |word| &word.stem)
    }

    /// Which part of `text` is the term, if it begins with the word of that number.
    pub(super) fn match_at(&self, text: &str, words: &[Word], at: usize) -> Option<Range<usize>> {
        let found = words.get(at..at + self.words.len())?;
        let (first, last) = (found.first()?, found.last()?);
        let mut end = first.range.start;
        for (own, word) in self.words.iter().zip(found) {
            let between = std::mem::replace(&mut end, word.range.end);
            let has_stem = own.stem == word.stem || own.is_open && word.stem.starts_with(&own.stem);
            if !has_stem
                || own.form.as_ref().is_some_and(|form| *form != word.folded)
                || !own.has_case_of(&text[word.range.clone()])
                || own.gap != gap(&text[between..word.range.start])
            {
                return None;
            }
        }
        let start = ending(&text[..first.range.start], &self.lead)?;
        let rest = beginning(&text[last.range.end..], &self.trail)?;
        Some(start..last.range.end + rest)
    }

    /// Where `text` has the term first.
    pub(super) fn find(&self, text: &str, words: &[Word]) -> Option<Range<usize>> {
        (0..words.len()).find_map(|at| self.match_at(text, words, at))
    }

    /// Whether a longer word of `text` begins or ends with the term, as compounds do.
    pub(super) fn is_in_compound(&self, words: &[Word]) -> bool {
        /// Shorter words begin many others by chance.
        const SHORTEST: usize = 3;
        let [own] = self.words.as_slice() else {
            return false;
        };
        let folded = own.text.to_lowercase();
        let parts = [own.stem.as_str(), folded.as_str()];
        words.iter().any(|word| {
            parts.iter().any(|part| {
                part.chars().count() >= SHORTEST
                    && (word.folded.starts_with(part)
                        || word.folded.ends_with(part)
                        || word.stem.ends_with(part))
            })
        })
    }
}

impl PatternWord {
    /// Whether a word with the same stem is written in the right case: as far as both have the
    /// same letters, and at the beginning of a noun.
    fn has_case_of(&self, word: &str) -> bool {
        if self.is_noun && !word.starts_with(char::is_uppercase) {
            return false;
        }
        if !self.is_exact {
            return true;
        }
        let mut pairs = self.text.chars().zip(word.chars());
        let is_same_letter = |(one, other): &(char, char)| {
            one == other || one.to_lowercase().eq(other.to_lowercase())
        };
        pairs
            .by_ref()
            .take_while(is_same_letter)
            .all(|(one, other)| one == other)
    }
}

/// Whether a word is all in upper case, or has an upper-case letter behind the first one.
fn has_unusual_case(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    let is_single = first.is_some_and(char::is_uppercase) && letters.as_str().is_empty();
    is_single || letters.any(char::is_uppercase)
}

/// Where the end of `text` that reads as `wanted` begins; spaces may stand behind it.
fn ending(text: &str, wanted: &str) -> Option<usize> {
    if wanted.is_empty() {
        return Some(text.len());
    }
    let trimmed = text.trim_end();
    let starts = trimmed.char_indices().rev().map(|(at, _)| at);
    starts
        .take(wanted.len())
        .find(|at| gap(&trimmed[*at..]) == wanted)
}

/// Where the beginning of `text` that reads as `wanted` ends.
fn beginning(text: &str, wanted: &str) -> Option<usize> {
    if wanted.is_empty() {
        return Some(0);
    }
    let spaces = text.len() - text.trim_start().len();
    let rest = &text[spaces..];
    let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.take(wanted.len())
        .find(|end| gap(&rest[..*end]) == wanted)
        .map(|end| spaces + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(term: &str, text: &'t str, tag: &str, letters: Letters) -> Option<&'t str> {
        let stemmer = Stemmer::of(&tag.parse().expect("a tag"));
        let pattern = Pattern::new(term, stemmer, letters, true).expect("a word");
        let range = pattern.find(text, &words_of(text, stemmer))?;
        Some(&text[range])
    }

    #[test]
    fn a_term_is_found_in_its_forms() {
        for (tag, term, text, part) in [
            (
                "en",
                "privacy policy",
                "Our Privacy Policies apply.",
                "Privacy Policies",
            ),
            ("en", "check-in", "the check in desk", "check in"),
            ("en", "C++", "in C++, too", "C++"),
            ("en", ".NET", "the .NET world", ".NET"),
            ("en", "user", "the user’s name", "user"),
            ("en", "Land's End", "to Land’s End!", "Land’s End"),
            ("en", "API", "all APIs", "APIs"),
            ("de", "Konto", "Ihr Konto, bitte", "Konto"),
            (
                "de",
                "Datenschutz",
                "Daten\u{ad}schutz!",
                "Daten\u{ad}schutz",
            ),
            (
                "de",
                "personenbezogene Daten",
                "von personenbezogenen Daten",
                "personenbezogenen Daten",
            ),
            ("es", "cookie", "¿Qué cookies?", "cookies"),
            ("fr", "application", "L’application", "application"),
            ("ja", "アカウント", "ユーザーアカウント設定", "アカウント"),
        ] {
            assert_eq!(found(term, text, tag, Letters::Usual), Some(part), "{term}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_not_found() {
        for (tag, term, text) in [
            ("en", "privacy policy", "privacy, policy"),
            ("en", "C++", "the C language"),
            ("en", ".NET", "a net"),
            ("en", "API", "the api"),
            ("en", "WordPress", "wordpress"),
            ("en", "IT", "Its end"),
            ("en", "account", "accountant-free"),
            ("de", "Essen", "sie essen"),
            ("de", "Konto", "Kontonummer"),
        ] {
            assert_eq!(found(term, text, tag, Letters::Usual), None, "{term}");
        }
    }

    #[test]
    fn case_matters_as_it_is_said_to() {
        assert_eq!(found("Web", "the web", "en", Letters::Usual), Some("web"));
        assert_eq!(found("Web", "the web", "en", Letters::Exact), None);
        assert_eq!(found("API", "the apis", "en", Letters::Any), Some("apis"));
        assert_eq!(found("Essen", "essen", "de", Letters::Any), Some("essen"));
    }

    #[test]
    fn a_term_without_a_word_is_none() {
        assert!(Pattern::new("→ !", Stemmer::default(), Letters::Usual, false).is_none());
    }

    #[test]
    fn compounds_have_their_parts() {
        let stemmer = Stemmer::of(&"de".parse().expect("a tag"));
        let konto = Pattern::new("Konto", stemmer, Letters::Usual, true).expect("a word");
        for (text, is_in) in [
            ("die Kontoeinstellungen", true),
            ("Ihr Benutzerkonto", true),
            ("die Kosten", false),
        ] {
            assert_eq!(
                konto.is_in_compound(&words_of(text, stemmer)),
                is_in,
                "{text}"
            );
        }
    }
}
