//! Words of closed classes in six languages, and which of them may stand for each other.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The table; its head explains it.
const TABLE: &str = include_str!("lexicon.txt");

/// The languages of the columns, in their order.
const LANGUAGES: [&str; 6] = ["en", "de", "es", "fr", "ja", "zh"];

/// What kind of word a row of the table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// An article, a possessive, a quantity.
    Determiner,
    /// A preposition, or a particle of Japanese that does its work.
    Preposition,
    /// What joins clauses or words.
    Conjunction,
    /// A pronoun or a question word.
    Pronoun,
    /// An auxiliary or modal verb, or the copula.
    Auxiliary,
    /// A negation or a common adverb.
    Particle,
    /// Anything else: a number, a day, a month.
    Other,
}

/// What the table has about a word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The rows with the word, in their order, with their classes.
    rows: Vec<(u16, Class)>,
}

impl Entry {
    /// Whether the word may be of this class.
    pub(super) fn is(&self, class: Class) -> bool {
        self.rows.iter().any(|row| row.1 == class)
    }

    /// Whether two words may stand for each other.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let (mut one, mut two) = (self.rows.iter().peekable(), other.rows.iter().peekable());
        while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
            match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => drop(one.next()),
                std::cmp::Ordering::Greater => drop(two.next()),
                std::cmp::Ordering::Equal => return true,
            }
        }
        false
    }
}

/// The words of one language.
pub(super) type Words = HashMap<&'static str, Entry>;

static WORDS: LazyLock<[Words; LANGUAGES.len()]> = LazyLock::new(read);

/// The words of a language; none for a language without a column.
pub(super) fn words_of(language: &str) -> Option<&'static Words> {
    let column = LANGUAGES.iter().position(|known| *known == language)?;
    Some(&WORDS[column])
}

fn read() -> [Words; LANGUAGES.len()] {
    let mut words: [Words; LANGUAGES.len()] = Default::default();
    let rows = TABLE.lines().filter_map(|line| {
        let (class, forms) = line.split_once('|')?;
        Some((class_of(class.trim())?, forms))
    });
    for (row, (class, forms)) in (0..).zip(rows) {
        for (column, forms) in words.iter_mut().zip(forms.split('|')) {
            for form in forms.split_whitespace() {
                column.entry(form).or_default().rows.push((row, class));
            }
        }
    }
    words
}

fn class_of(letter: &str) -> Option<Class> {
    Some(match letter {
        "d" => Class::Determiner,
        "p" => Class::Preposition,
        "c" => Class::Conjunction,
        "n" => Class::Pronoun,
        "v" => Class::Auxiliary,
        "x" => Class::Particle,
        "w" => Class::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_class_and_no_more_columns_than_languages() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('|').collect();
            assert!(
                line.is_empty() || cells.len() <= 1 + LANGUAGES.len(),
                "{line}"
            );
            assert!(
                line.is_empty() || class_of(cells[0].trim()).is_some(),
                "{line}"
            );
        }
    }

    #[test]
    fn words_of_one_row_meet() {
        let (english, german) = (words_of("en").expect("en"), words_of("de").expect("de"));
        assert!(english["the"].meets(&german["der"]));
        assert!(english["who"].meets(&german["der"]));
        assert!(!english["and"].meets(&german["oder"]));
        assert!(english["the"].is(Class::Determiner));
        assert_eq!(words_of("xx"), None);
    }
}
