//! Holds a translation against the glossary.

use super::lookup::{Compiled, Hit};
use super::words::{Word, words_of};
use super::{Lookup, Rule};

/// Where a translation departs from a glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Departure {
    /// The source has a term, and the translation none of those that stand for it.
    Missing {
        /// The term, as the glossary writes it.
        term: String,
        /// What may stand for it, the preferred one first.
        wanted: Vec<String>,
    },
    /// The translation has a term that is forbidden for one of the source.
    Forbidden {
        /// The term of the source, as the glossary writes it.
        term: String,
        /// The forbidden one, as the glossary writes it.
        found: String,
        /// What is preferred, if anything is.
        instead: Option<String>,
    },
    /// The source has something that is not translated, and the translation doesn't have it.
    Changed {
        /// As the glossary writes it.
        term: String,
    },
}

impl Lookup {
    /// Where the translation of a text departs from the glossary, in the order of the text; each
    /// departure once.
    ///
    /// A term that stands several times has to be there once. In languages that write compounds
    /// as one word, a part of one will do. Where several concepts have the same term, one of them
    /// has to be right.
    pub fn check(&self, source: &str, target: &str) -> Vec<Departure> {
        let hits = self.find(source);
        if hits.is_empty() {
            return Vec::new();
        }
        let translation = Translation {
            text: target,
            words: words_of(target, self.target),
            is_compounding: self.target.is_compounding,
        };
        let mut departures = Vec::new();
        for same in hits.chunk_by(|one, next| one.range == next.range) {
            let lacks = |hit: &Hit<'_>| self.lacks(hit, &translation);
            if same.iter().all(|hit| lacks(hit).is_some()) {
                departures.extend(same.first().and_then(lacks));
            }
            for hit in same {
                let rule = &self.rules[hit.numbers.0];
                departures.extend(translation.forbidden(rule, hit.term));
            }
        }
        let mut distinct: Vec<Departure> = Vec::new();
        for departure in departures {
            if !distinct.contains(&departure) {
                distinct.push(departure);
            }
        }
        distinct
    }

    fn lacks(&self, hit: &Hit<'_>, translation: &Translation<'_>) -> Option<Departure> {
        let (rule, number) = hit.numbers;
        let compiled = &self.rules[rule];
        if compiled.rule.do_not_translate {
            let pattern = compiled.kept.get(number)?.as_ref()?;
            let is_there = pattern.find(translation.text, &translation.words).is_some();
            return (!is_there).then(|| Departure::Changed {
                term: hit.term.to_owned(),
            });
        }
        // Terms without a word can't be looked for.
        let is_there = compiled.targets.len() < compiled.rule.targets.len()
            || compiled.targets.is_empty()
            || compiled.targets.iter().any(|pattern| {
                pattern.find(translation.text, &translation.words).is_some()
                    || translation.is_compounding && pattern.is_in_compound(&translation.words)
            });
        (!is_there).then(|| Departure::Missing {
            term: hit.term.to_owned(),
            wanted: compiled.rule.targets.clone(),
        })
    }
}

struct Translation<'t> {
    text: &'t str,
    words: Vec<Word>,
    is_compounding: bool,
}

impl Translation<'_> {
    /// The forbidden terms that it has, unless they are a part of a term that is not: `account`
    /// may be forbidden where `account manager` is wanted.
    fn forbidden<'r>(
        &'r self,
        compiled: &'r Compiled,
        term: &'r str,
    ) -> impl Iterator<Item = Departure> + 'r {
        let Rule {
            forbidden, targets, ..
        } = &compiled.rule;
        let is_used = |at: usize, pattern: &super::pattern::Pattern| {
            let range = pattern.match_at(self.text, &self.words, at)?;
            let starts = 0..self.words.len();
            let mut wanted = starts.filter_map(|start| {
                let mut targets = compiled.targets.iter();
                targets.find_map(|one| one.match_at(self.text, &self.words, start))
            });
            let is_part = wanted.any(|one| {
                one.len() > range.len() && one.start <= range.start && range.end <= one.end
            });
            (!is_part).then_some(range)
        };
        compiled
            .forbidden
            .iter()
            .filter(move |(_, pattern)| {
                (0..self.words.len()).any(|at| is_used(at, pattern).is_some())
            })
            .map(move |(number, _)| Departure::Forbidden {
                term: term.to_owned(),
                found: forbidden[*number].clone(),
                instead: targets.first().cloned(),
            })
    }
}
