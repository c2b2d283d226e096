//! Editing Hints of XLIFF 2.1: what may be reordered, copied and deleted.

use std::collections::HashSet;

use crate::catalog::xml::Element;

use super::codes::{Scope, is_code, is_isolated};
use super::unit::Part;
use super::{Constraint, Findings};

/// What a code is known by: an end code by the code that it ends.
type Name<'e> = (bool, &'e str);

fn name(element: &Element) -> Name<'_> {
    let ends = element.name == "ec" && !is_isolated(element);
    let id = element.get(if ends { "startRef" } else { "id" });
    (ends, id.unwrap_or_default())
}

pub(super) fn check(scope: &Scope<'_>, found: &mut Findings) {
    for element in scope.elements().filter(|one| is_code(one)) {
        let is_fixed = matches!(element.get("canReorder"), Some("no" | "firstNo"));
        let is_kept = ["canCopy", "canDelete"]
            .iter()
            .all(|hint| element.get(hint) == Some("no"));
        found.check(
            !is_fixed || is_kept,
            element,
            Constraint::Hints,
            name(element).1,
        );
    }
    for part in scope.parts {
        let sequences = sequences(&part.source, found);
        if let Some(target) = &part.target {
            self::sequences(target, found);
            check_kept(part, &sequences, target, found);
        }
    }
}

/// The sequences that are not reordered. One begins with `firstNo` and goes on with `no`.
fn sequences<'e>(content: &[&'e Element], found: &mut Findings) -> Vec<Vec<&'e Element>> {
    let mut sequences: Vec<Vec<&Element>> = Vec::new();
    let mut is_open = false;
    for element in content.iter().filter(|element| is_code(element)) {
        match element.get("canReorder") {
            Some("firstNo") => {
                sequences.push(vec![element]);
                is_open = true;
            }
            Some("no") => match sequences.last_mut().filter(|_| is_open) {
                Some(sequence) => sequence.push(element),
                None => found.add(element, Constraint::Sequence, name(element).1),
            },
            _ => is_open = false,
        }
    }
    sequences
}

/// Checks that the target has the sequences of the source, and what may not be deleted.
fn check_kept(
    part: &Part<'_>,
    sequences: &[Vec<&Element>],
    target: &[&Element],
    found: &mut Findings,
) {
    let names: Vec<Name<'_>> = target
        .iter()
        .filter(|element| is_code(element))
        .map(|element| name(element))
        .collect();
    for sequence in sequences {
        let wanted: Vec<Name<'_>> = sequence.iter().map(|element| name(element)).collect();
        let mut rest = names.iter().skip_while(|name| **name != wanted[0]);
        let is_there = names.contains(&wanted[0]);
        let is_kept = wanted.iter().all(|name| rest.next() == Some(name));
        found.check(
            !is_there || is_kept,
            sequence[0],
            Constraint::Sequence,
            wanted[0].1,
        );
    }
    if part.is_final {
        let there: HashSet<Name<'_>> = names.into_iter().collect();
        let codes = part.source.iter().filter(|element| is_code(element));
        for code in codes.filter(|code| code.get("canDelete") == Some("no")) {
            let is_there = there.contains(&name(code));
            found.check(is_there, code, Constraint::Deleted, name(code).1);
        }
    }
}
