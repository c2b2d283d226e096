//! A glossary for one pair of languages, indexed by the stem with which its terms begin.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::unit::{Fragment, Locale, MarkKind};

use super::pattern::{Letters, Pattern};
use super::rule::case_of;
use super::stem::Stemmer;
use super::words::{Word, words_of};
use super::{Case, Glossary, PartOfSpeech, Rule};

/// What a glossary says for one pair of languages, ready to be looked up.
///
/// ```
/// use polypost::glossary::{Context, Format, Glossary, Lookup};
///
/// let table = "en,de,de:forbidden\naccount,Konto,Account\nWordPress,,\n";
/// let glossary = Glossary::read(table.as_bytes(), Format::Csv, &Context::default())?;
/// let lookup = Lookup::new(&glossary, &"en".parse()?, &"de-AT".parse()?);
/// let hits = lookup.find("Two accounts");
/// assert_eq!(hits[0].rule.targets, ["Konto"]);
/// assert_eq!(lookup.check("Two accounts", "Zwei Accounts").len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Lookup {
    pub(super) rules: Vec<Compiled>,
    /// The terms of the source language by the stem of their first word.
    index: HashMap<String, Vec<Source>>,
    source: Stemmer,
    pub(super) target: Stemmer,
}

/// A rule, and its terms of the target language ready to be found.
pub(super) struct Compiled {
    pub(super) rule: Rule,
    pub(super) targets: Vec<Pattern>,
    /// In the order of [`Rule::forbidden`], but for those that have no word.
    pub(super) forbidden: Vec<(usize, Pattern)>,
    /// For what is not translated: its terms as the target has them, by their numbers.
    pub(super) kept: Vec<Option<Pattern>>,
}

/// A term of the source language.
struct Source {
    pattern: Pattern,
    /// The number of its rule.
    rule: usize,
    /// Its number among the terms of the rule.
    number: usize,
}

/// A term in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'l> {
    /// What the glossary says.
    pub rule: &'l Rule,
    /// The term, as the glossary writes it.
    pub term: &'l str,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The number of the rule, and that of the term in it.
    pub(super) numbers: (usize, usize),
}

impl std::fmt::Debug for Lookup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lookup")
            .field("rules", &self.rules.len())
            .finish_non_exhaustive()
    }
}

impl Lookup {
    /// What a glossary says for texts in `source` that are translated to `target`.
    pub fn new(glossary: &Glossary, source: &Locale, target: &Locale) -> Self {
        let mut lookup = Self {
            source: Stemmer::of(source),
            target: Stemmer::of(target),
            ..Self::default()
        };
        for concept in &glossary.concepts {
            if let Some(rule) = Rule::of(concept, source, target) {
                lookup.add(rule, case_of(concept));
            }
        }
        lookup
    }

    fn add(&mut self, rule: Rule, case: Case) {
        let letters = match case {
            Case::Auto => Letters::Usual,
            Case::Sensitive => Letters::Exact,
            Case::Insensitive => Letters::Any,
        };
        let is_noun = rule.part_of_speech == Some(PartOfSpeech::Noun);
        for (number, text) in rule.sources.iter().enumerate() {
            if let Some(pattern) = Pattern::new(text, self.source, letters, is_noun) {
                let stem = pattern.first_stem().to_owned();
                self.index.entry(stem).or_default().push(Source {
                    pattern,
                    rule: self.rules.len(),
                    number,
                });
            }
        }
        let target = self.target;
        // A translation may begin a sentence, or stand in a heading that is all in upper case.
        let wanted = |text: &String| {
            let pattern = Pattern::new(text, target, Letters::Any, false)?;
            Some(if target.finds_forms() {
                pattern
            } else {
                pattern.open_ended()
            })
        };
        let targets: Vec<Pattern> = rule.targets.iter().filter_map(wanted).collect();
        let forbidden = |(number, text): (usize, &String)| {
            let pattern = Pattern::new(text, target, letters, is_noun)?;
            Some((number, pattern.distinct_from(&targets)))
        };
        let kept = |text: &String| Pattern::new(text, target, letters, false);
        self.rules.push(Compiled {
            forbidden: rule
                .forbidden
                .iter()
                .enumerate()
                .filter_map(forbidden)
                .collect(),
            targets,
            kept: if rule.do_not_translate {
                rule.sources.iter().map(kept).collect()
            } else {
                Vec::new()
            },
            rule,
        });
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What it says, concept by concept.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().map(|one| &one.rule)
    }

    /// The terms that a text has, in its order. Of terms that overlap, the longest counts; where
    /// several concepts have the same, all of them do. The order of the glossary does not matter.
    pub fn find(&self, text: &str) -> Vec<Hit<'_>> {
        if self.index.is_empty() {
            return Vec::new();
        }
        self.find_in(text, &words_of(text, self.source))
    }

    fn find_in(&self, text: &str, words: &[Word]) -> Vec<Hit<'_>> {
        let mut all: Vec<Hit<'_>> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            for source in self.index.get(&word.stem).into_iter().flatten() {
                if let Some(range) = source.pattern.match_at(text, words, at) {
                    let rule = &self.rules[source.rule].rule;
                    all.push(Hit {
                        rule,
                        term: &rule.sources[source.number],
                        range,
                        numbers: (source.rule, source.number),
                    });
                }
            }
        }
        all.sort_by(|one, other| {
            let longest = other.range.len().cmp(&one.range.len());
            longest
                .then_with(|| one.range.start.cmp(&other.range.start))
                .then_with(|| one.term.cmp(other.term))
                .then_with(|| one.rule.cmp(other.rule))
        });
        let mut hits: Vec<Hit<'_>> = Vec::new();
        for hit in all {
            let is_free = hits.iter().all(|other| {
                let is_same = other.range == hit.range && other.rule != hit.rule;
                is_same || other.range.end <= hit.range.start || hit.range.end <= other.range.start
            });
            if is_free {
                hits.push(hit);
            }
        }
        hits.sort_by_key(|hit| hit.range.start);
        hits
    }

    /// Pairs of terms for a service that has glossaries, in the order of the glossary: each term
    /// with the one that is preferred for it, what is not translated with itself. A term with
    /// several translations, as a noun and as a verb, is left to the service.
    pub fn entries(&self) -> Vec<(&str, &str)> {
        let mut entries: Vec<(&str, &str)> = Vec::new();
        let mut translations: HashMap<&str, Option<&str>> = HashMap::new();
        for rule in self.rules() {
            for source in &rule.sources {
                let target = if rule.do_not_translate {
                    Some(source)
                } else {
                    rule.targets.first()
                };
                let Some(target) = target.map(String::as_str) else {
                    continue;
                };
                match translations.get_mut(source.as_str()) {
                    None => {
                        translations.insert(source, Some(target));
                        entries.push((source, target));
                    }
                    Some(known) if *known != Some(target) => *known = None,
                    Some(_) => {}
                }
            }
        }
        entries.retain(|(source, _)| translations.get(source).is_some_and(Option::is_some));
        entries
    }
}

/// The text of a fragment in which terms are looked for: what stands in protected spans is no
/// language, and becomes a sign for an object of the same length or less.
pub fn searchable(fragment: &Fragment) -> Cow<'_, str> {
    let is_protected = |kind| matches!(kind, MarkKind::Protected { .. });
    if !fragment.marks().iter().any(|mark| is_protected(mark.kind)) {
        return Cow::Borrowed(fragment.text());
    }
    let mut text = String::new();
    let mut at = 0;
    for mark in fragment
        .marks()
        .iter()
        .filter(|mark| is_protected(mark.kind))
    {
        if let Some(before) = fragment.text().get(at..mark.at) {
            text.push_str(before);
            text.push('\u{fffc}');
        }
        at = mark.end();
    }
    text.push_str(fragment.text().get(at..).unwrap_or_default());
    Cow::Owned(text)
}
