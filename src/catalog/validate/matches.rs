//! Translation candidates.

use std::collections::HashSet;

use crate::catalog::xml::{Element, namespace};

use super::codes::Scope;
use super::unit::{Part, part};
use super::{Constraint, Findings, Ids, check_metadata, codes, hints};

pub(super) fn check(unit: &Element, parts: &[Part<'_>], found: &mut Findings) {
    let spans: HashSet<&str> = parts
        .iter()
        .filter(|part| part.element.is(namespace::CORE, "segment"))
        .flat_map(|part| {
            let target = part.target.iter().flatten();
            let inside = part.source.iter().chain(target).copied();
            inside.chain([part.element])
        })
        .filter_map(|element| element.get("id"))
        .collect();
    for matches in unit.all(namespace::MATCHES, "matches") {
        let mut ids = Ids::default();
        for element in matches.all(namespace::MATCHES, "match") {
            ids.add(element, found);
            check_match(element, &spans, found);
        }
    }
}

fn check_match(element: &Element, spans: &HashSet<&str>, found: &mut Findings) {
    let reference = element.get("ref").unwrap_or_default();
    let leads = spans.contains(reference.rsplit('#').next().unwrap_or(reference));
    let is_typed = element.get("subType").is_none() || element.get("type").is_some();
    found.check(leads && is_typed, element, Constraint::Match, reference);
    check_metadata(element, found);
    // A candidate is a scope of its own.
    let parts = [part(element)];
    let scope = Scope::of(element, &parts);
    codes::check(&scope, found);
    hints::check(&scope, found);
    let mut ids = Ids::default();
    for one in &parts[0].source {
        ids.add(one, found);
    }
}
