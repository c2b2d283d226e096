//! What glossaries say, in the terms of backends.

use std::collections::HashMap;

use crate::backend::{Pair, Term, Terms};
use crate::glossary::{Hit, Lookup, PartOfSpeech, searchable};
use crate::unit::Fragment;

/// What glossaries say, for each pair of languages of a run.
pub type Glossaries = HashMap<Pair, Lookup>;

/// The terms for services that keep glossaries themselves, in the order of the pairs.
pub fn kept_terms(glossaries: &Glossaries, pairs: &[Pair]) -> Vec<Terms> {
    let owned = |(source, target): (&str, &str)| (source.to_owned(), target.to_owned());
    pairs
        .iter()
        .filter_map(|pair| {
            let entries = glossaries.get(pair)?.entries();
            Some(Terms {
                pair: pair.clone(),
                entries: entries.into_iter().map(owned).collect(),
            })
        })
        .collect()
}

/// The terms that a text has, each once.
pub(super) fn terms_of(lookup: &Lookup, source: &Fragment) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for hit in lookup.find(&searchable(source)) {
        let term = term_of(&hit);
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

fn term_of(hit: &Hit<'_>) -> Term {
    let target = if hit.rule.do_not_translate {
        hit.term
    } else {
        hit.rule.targets.first().map_or("", String::as_str)
    };
    Term {
        source: hit.term.to_owned(),
        target: target.to_owned(),
        forbidden: hit.rule.forbidden.clone(),
        part_of_speech: hit.rule.part_of_speech.map(PartOfSpeech::name),
    }
}
