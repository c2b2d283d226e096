//! What a language adds to the rules: its abbreviations and function words.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a word tells about the full stop after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// The sentence goes on: `Dr.`, `e.g.`
    Inner,
    /// The sentence goes on if a number follows, else this is a plain word: `No.`
    BeforeNumber,
    /// The sentence may end here, but a capital letter doesn't prove it: `Inc.`
    Either,
    /// The sentence ends here unless a day, month or time zone follows: `p.m.`
    Time,
}

/// The facts of one language.
pub(super) struct Language {
    abbreviations: HashMap<&'static str, Abbreviation>,
    /// Ends of compounds that are abbreviations: the `str` of `Gartenstr. 5`.
    endings: Vec<(&'static str, Abbreviation)>,
    /// Function words as they stand at the beginning of a sentence. After a
    /// full stop that may belong to an abbreviation they tell that a new
    /// sentence begins; a name would not.
    starters: HashSet<&'static str>,
    /// Verbs that follow the speaker after direct speech.
    speech_verbs: HashSet<&'static str>,
    /// Days and months that begin in upper case anywhere.
    calendar: HashSet<&'static str>,
    /// Words that stand before an amount, and so never before an ordinal.
    amounts: HashSet<&'static str>,
    /// Whether numbers followed by a full stop are ordinals and nouns begin in
    /// upper case, so that neither a stop nor a capital shows a border.
    pub(super) has_dotted_ordinals: bool,
}

const COMMON: &str = include_str!("abbreviations/common.txt");

static ENGLISH: LazyLock<Language> =
    LazyLock::new(|| Language::parse(&[COMMON, include_str!("abbreviations/en.txt")]));
static GERMAN: LazyLock<Language> = LazyLock::new(|| Language {
    has_dotted_ordinals: true,
    ..Language::parse(&[COMMON, include_str!("abbreviations/de.txt")])
});
static SPANISH: LazyLock<Language> =
    LazyLock::new(|| Language::parse(&[COMMON, include_str!("abbreviations/es.txt")]));
static FRENCH: LazyLock<Language> =
    LazyLock::new(|| Language::parse(&[COMMON, include_str!("abbreviations/fr.txt")]));
static NEUTRAL: LazyLock<Language> = LazyLock::new(|| Language::parse(&[COMMON]));

impl Language {
    /// The language of a BCP 47 tag; of one that is not known here, what most
    /// languages share.
    pub(super) fn of_locale(locale: &str) -> &'static Self {
        let primary = locale.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" => &ENGLISH,
            "de" => &GERMAN,
            "es" => &SPANISH,
            "fr" => &FRENCH,
            _ => &NEUTRAL,
        }
    }

    /// Reads lists of words, separated by white space, each under the heading
    /// that `add` knows. `#` begins a comment; a word that begins with `-` is
    /// an ending.
    fn parse(files: &[&'static str]) -> Self {
        let mut language = Self {
            abbreviations: HashMap::new(),
            endings: Vec::new(),
            starters: HashSet::new(),
            speech_verbs: HashSet::new(),
            calendar: HashSet::new(),
            amounts: HashSet::new(),
            has_dotted_ordinals: false,
        };
        for file in files {
            let mut heading = "";
            for line in file.lines().filter(|line| !line.starts_with('#')) {
                if line.starts_with('[') {
                    heading = line;
                    continue;
                }
                for word in line.split_whitespace() {
                    language.add(heading, word);
                }
            }
        }
        language
    }

    fn add(&mut self, heading: &str, word: &'static str) {
        let set = match heading {
            "[inner]" => return self.add_abbreviation(word, Abbreviation::Inner),
            "[before-number]" => return self.add_abbreviation(word, Abbreviation::BeforeNumber),
            "[either]" => return self.add_abbreviation(word, Abbreviation::Either),
            "[time]" => return self.add_abbreviation(word, Abbreviation::Time),
            "[starters]" => &mut self.starters,
            "[speech]" => &mut self.speech_verbs,
            "[calendar]" => &mut self.calendar,
            "[amounts]" => &mut self.amounts,
            other => unreachable!("no such heading: {other}"),
        };
        set.insert(word);
    }

    fn add_abbreviation(&mut self, word: &'static str, kind: Abbreviation) {
        match word.strip_prefix('-') {
            Some(ending) => self.endings.push((ending, kind)),
            None => _ = self.abbreviations.insert(word, kind),
        }
    }

    /// What is known of `word`, written without its last full stop.
    pub(super) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        self.abbreviations.get(word).copied().or_else(|| {
            let ending = self.endings.iter().find(|(end, _)| word.ends_with(end));
            ending.map(|&(_, kind)| kind)
        })
    }

    /// Whether `word` is a function word at the beginning of a sentence.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        self.starters.contains(word)
    }

    /// Whether the function words of the language are known.
    pub(super) fn has_starters(&self) -> bool {
        !self.starters.is_empty()
    }

    /// Whether `word` says that somebody speaks.
    pub(super) fn is_speech_verb(&self, word: &str) -> bool {
        self.speech_verbs.contains(word)
    }

    /// Whether `word` is a day or month.
    pub(super) fn is_calendar(&self, word: &str) -> bool {
        self.calendar.contains(word)
    }

    /// Whether the number after `word` says how much or when, not which.
    pub(super) fn is_amount(&self, word: &str) -> bool {
        self.amounts.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::{Abbreviation, Language};

    #[test]
    fn every_language_has_words_of_its_own() {
        for (locale, word, kind) in [
            ("en-GB", "e.g", Abbreviation::Inner),
            ("DE", "z.B", Abbreviation::Inner),
            ("es-419", "p.m", Abbreviation::Time),
            ("fr_CA", "art", Abbreviation::BeforeNumber),
            ("tlh", "Inc", Abbreviation::Either),
            ("", "Dr", Abbreviation::Inner),
        ] {
            assert_eq!(
                Language::of_locale(locale).abbreviation(word),
                Some(kind),
                "{locale}"
            );
        }
    }
}
