//! What a glossary says for one pair of languages, concept by concept.

use crate::unit::Locale;

use super::{Case, Concept, PartOfSpeech, Status, Term};

/// What a concept says for a pair of languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// The terms of the source language.
    pub sources: Vec<String>,
    /// The terms that may stand for them, the preferred one first; empty where it is only said
    /// which not to use, and for what is not translated.
    pub targets: Vec<String>,
    /// Terms that may not.
    pub forbidden: Vec<String>,
    /// Whether it stays as it is.
    pub do_not_translate: bool,
    /// What part of speech the terms are.
    pub part_of_speech: Option<PartOfSpeech>,
}

impl Rule {
    /// The rule of a concept, if it has one for these languages.
    ///
    /// Terms of the language itself come first: for `de-AT` those of `de-AT`, else of `de`, else
    /// of another German. What is forbidden in one of them is forbidden, unless a term that was
    /// chosen is the same.
    pub(super) fn of(concept: &Concept, source: &Locale, target: &Locale) -> Option<Self> {
        let own = |term: &&Term| source.is_same_language(&term.locale);
        let sources = distinct(concept.terms.iter().filter(own));
        let is_wanted = |term: &&Term| term.status != Status::Forbidden;
        let mut targets = Vec::new();
        if !concept.do_not_translate {
            let wanted = concept.terms.iter().filter(is_wanted);
            let nearest = wanted
                .clone()
                .filter_map(|term| distance(target, term))
                .min();
            let mut chosen: Vec<&Term> = wanted
                .filter(|term| nearest.is_some() && distance(target, term) == nearest)
                .collect();
            // A region of its own is no reason to mix with another: that of the first stays.
            if let Some(first) = chosen.first().map(|term| term.locale.clone()) {
                chosen.retain(|term| term.locale == first);
            }
            chosen.sort_by_key(|term| term.status);
            targets = distinct(chosen);
        }
        let forbidden = concept.terms.iter().filter(|term| {
            term.status == Status::Forbidden
                && distance(target, term).is_some()
                && !targets.contains(&term.text)
        });
        let forbidden = distinct(forbidden);
        let says_nothing = targets.is_empty() && forbidden.is_empty() && !concept.do_not_translate;
        (!sources.is_empty() && !says_nothing).then_some(Self {
            sources,
            targets,
            forbidden,
            do_not_translate: concept.do_not_translate,
            part_of_speech: concept.part_of_speech,
        })
    }
}

/// How far the language of a term is from the one that is wanted: the same, a more general one by
/// the number of subtags that it lacks, another region; none for another language.
fn distance(wanted: &Locale, term: &Term) -> Option<usize> {
    const OTHER_REGION: usize = 100;
    if !wanted.is_same_language(&term.locale) {
        return None;
    }
    let rest = wanted.tag().strip_prefix(term.locale.tag());
    match rest {
        Some("") => Some(0),
        Some(rest) if rest.starts_with('-') => Some(rest.matches('-').count()),
        _ => Some(OTHER_REGION),
    }
}

fn distinct<'t>(terms: impl IntoIterator<Item = &'t Term>) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for term in terms {
        if !texts.contains(&term.text) {
            texts.push(term.text.clone());
        }
    }
    texts
}

/// Whether the case of a concept's terms matters: that of what is not translated does, unless
/// something else is said.
pub(super) fn case_of(concept: &Concept) -> Case {
    match concept.case {
        Case::Auto if concept.do_not_translate => Case::Sensitive,
        case => case,
    }
}
