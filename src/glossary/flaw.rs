//! What is wrong with a glossary that can be read.

use std::collections::HashMap;

use crate::unit::Locale;

use super::stem::Stemmer;
use super::words::words_of;
use super::{Concept, Glossary, Place, Status, Term};

/// Something that is wrong with a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Where the concept stands.
    pub place: Place,
    /// What is wrong.
    pub kind: FlawKind,
}

/// What is wrong with a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlawKind {
    /// It has no term.
    NoTerm,
    /// It has terms of one language only, and says nothing else of them.
    Alone {
        /// Its first term.
        term: String,
        /// The language.
        locale: Locale,
    },
    /// A term has neither a letter nor a digit, so that it is found nowhere.
    NoWord {
        /// The term.
        term: String,
    },
    /// Another concept says the same.
    Duplicate {
        /// The term that both have.
        term: String,
        /// Where the other one stands.
        other: Place,
    },
    /// Another concept has the same term with another translation, and nothing tells them apart.
    Conflict {
        /// The term that both have.
        term: String,
        /// The language of the translations.
        locale: Locale,
        /// What this one prefers.
        own: String,
        /// What the other one prefers.
        others: String,
        /// Where the other one stands.
        other: Place,
    },
    /// A term is forbidden, and it is preferred or admitted.
    Contradiction {
        /// The term.
        term: String,
        /// Its language.
        locale: Locale,
    },
    /// It is not translated, and has another term in another language.
    Translated {
        /// The term that is not translated.
        term: String,
        /// The other one.
        other: String,
    },
}

impl FlawKind {
    /// Its name, for programs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoTerm => "no-term",
            Self::Alone { .. } => "alone",
            Self::NoWord { .. } => "no-word",
            Self::Duplicate { .. } => "duplicate",
            Self::Conflict { .. } => "conflict",
            Self::Contradiction { .. } => "contradiction",
            Self::Translated { .. } => "translated",
        }
    }
}

/// The concepts seen so far, by a term of the language that is translated from.
type Known<'g> = HashMap<(&'g str, String), Vec<&'g Concept>>;

impl Glossary {
    /// What is wrong with it, in the order of its concepts. `source` is the language that is
    /// translated from: two words of that may well have one translation. Without it, the first
    /// language of each concept counts.
    pub fn flaws(&self, source: Option<&Locale>) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let mut known = Known::new();
        for concept in &self.concepts {
            let mut kinds = flaws_in(concept);
            kinds.extend(flaws_among(concept, source, &mut known));
            flaws.extend(kinds.into_iter().map(|kind| Flaw {
                place: concept.place.clone(),
                kind,
            }));
        }
        flaws
    }
}

/// What is wrong with a concept, whatever the others say.
fn flaws_in(concept: &Concept) -> Vec<FlawKind> {
    let Some(first) = concept.terms.first() else {
        return vec![FlawKind::NoTerm];
    };
    let mut flaws = Vec::new();
    let mut others = concept
        .terms
        .iter()
        .filter(|term| term.locale != first.locale);
    if concept.do_not_translate {
        if let Some(other) = others.find(|term| term.text != first.text) {
            flaws.push(FlawKind::Translated {
                term: first.text.clone(),
                other: other.text.clone(),
            });
        }
    } else if others.next().is_none() {
        flaws.push(FlawKind::Alone {
            term: first.text.clone(),
            locale: first.locale.clone(),
        });
    }
    for term in &concept.terms {
        if words_of(&term.text, Stemmer::default()).is_empty() {
            flaws.push(FlawKind::NoWord {
                term: term.text.clone(),
            });
        }
    }
    flaws.extend(contradictions(concept, concept));
    flaws
}

/// The terms that one concept wants and the other forbids.
fn contradictions<'c>(
    wants: &'c Concept,
    forbids: &'c Concept,
) -> impl Iterator<Item = FlawKind> + 'c {
    let forbidden = |term: &&Term| {
        let mut all = forbids.terms.iter();
        term.status != Status::Forbidden
            && all.any(|other| {
                other.status == Status::Forbidden
                    && other.locale == term.locale
                    && other.text == term.text
            })
    };
    wants
        .terms
        .iter()
        .filter(forbidden)
        .map(|term| FlawKind::Contradiction {
            term: term.text.clone(),
            locale: term.locale.clone(),
        })
}

/// What is wrong with a concept beside those before it, of which it becomes one.
fn flaws_among<'g>(
    concept: &'g Concept,
    source: Option<&Locale>,
    known: &mut Known<'g>,
) -> Vec<FlawKind> {
    let Some(first) = concept.terms.first() else {
        return Vec::new();
    };
    let source = source.unwrap_or(&first.locale);
    let mut flaws = Vec::new();
    for term in concept
        .terms
        .iter()
        .filter(|term| source.is_same_language(&term.locale))
    {
        // The case is a difference only where both say so, as `us` and `US` do.
        let key = (term.locale.tag(), term.text.to_lowercase());
        let others = known.entry(key).or_default();
        for other in others.iter().filter(|other| are_alike(concept, other)) {
            flaws.extend(flaws_between(concept, other, term));
        }
        if !others.iter().any(|other| std::ptr::eq(*other, concept)) {
            others.push(concept);
        }
    }
    flaws.dedup();
    flaws
}

/// Whether nothing tells two concepts apart that have the same term.
fn are_alike(one: &Concept, other: &Concept) -> bool {
    let is_same_part = match (one.part_of_speech, other.part_of_speech) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    is_same_part && !std::ptr::eq(one, other)
}

fn flaws_between(concept: &Concept, other: &Concept, shared: &Term) -> Vec<FlawKind> {
    let mut flaws: Vec<FlawKind> = contradictions(concept, other)
        .chain(contradictions(other, concept))
        .collect();
    let preferred = |concept: &'_ Concept, locale: &Locale| {
        let mut terms = concept.terms.iter();
        let found = terms.find(|term| term.locale == *locale && term.status == Status::Preferred);
        found.map(|term| term.text.clone())
    };
    let mut says_the_same = concept.do_not_translate == other.do_not_translate;
    let mut locales: Vec<&Locale> = Vec::new();
    for term in &concept.terms {
        if term.locale != shared.locale && !locales.contains(&&term.locale) {
            locales.push(&term.locale);
        }
    }
    for locale in locales {
        match (preferred(concept, locale), preferred(other, locale)) {
            (Some(own), Some(others)) if own != others => {
                says_the_same = false;
                flaws.push(FlawKind::Conflict {
                    term: shared.text.clone(),
                    locale: locale.clone(),
                    own,
                    others,
                    other: other.place.clone(),
                });
            }
            (own, others) => says_the_same &= own == others,
        }
    }
    if says_the_same && flaws.is_empty() {
        flaws.push(FlawKind::Duplicate {
            term: shared.text.clone(),
            other: other.place.clone(),
        });
    }
    flaws
}
