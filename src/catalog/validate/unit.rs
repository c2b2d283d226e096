//! Units: their parts, states and notes.

use std::collections::HashSet;

use crate::catalog::xml::{Element, namespace};

use super::codes::{Scope, inline_elements};
use super::{Constraint, File, Findings, Ids, check_metadata, codes, hints, matches};

/// A segment or ignorable.
pub(super) struct Part<'e> {
    pub(super) element: &'e Element,
    pub(super) source: Vec<&'e Element>,
    pub(super) target: Option<Vec<&'e Element>>,
    pub(super) is_final: bool,
}

pub(super) fn check(unit: &Element, file: &File<'_>, found: &mut Findings) {
    let id = unit.get("id").unwrap_or_default();
    let has_segment = unit.first(namespace::CORE, "segment").is_some();
    found.check(has_segment, unit, Constraint::Segment, id);
    check_notes(unit, found);
    check_metadata(unit, found);
    let elements: Vec<&Element> = unit.elements().filter(|one| is_part(one)).collect();
    for element in &elements {
        check_state(element, found);
        check_languages(element, file, found);
    }
    check_order(&elements, found);
    let parts: Vec<Part<'_>> = elements.into_iter().map(part).collect();
    let scope = Scope::of(unit, &parts);
    codes::check(&scope, found);
    hints::check(&scope, found);
    for element in scope.elements() {
        check_sub_flows(element, file, found);
        check_comment(unit, element, found);
    }
    check_ids(&parts, found);
    matches::check(unit, &parts, found);
}

fn is_part(element: &Element) -> bool {
    element.is(namespace::CORE, "segment") || element.is(namespace::CORE, "ignorable")
}

pub(super) fn part(element: &Element) -> Part<'_> {
    let source = element.first(namespace::CORE, "source");
    let target = element.first(namespace::CORE, "target");
    Part {
        element,
        source: source.map(inline_elements).unwrap_or_default(),
        target: target.map(inline_elements),
        is_final: element.get("state") == Some("final"),
    }
}

/// Segments, ignorables and what is in their sources share one scope.
fn check_ids(parts: &[Part<'_>], found: &mut Findings) {
    let mut ids = Ids::default();
    for part in parts {
        ids.add(part.element, found);
        for element in &part.source {
            ids.add(element, found);
        }
    }
}

pub(super) fn check_notes(parent: &Element, found: &mut Findings) {
    for notes in parent.all(namespace::CORE, "notes") {
        let mut ids = Ids::default();
        for note in notes.all(namespace::CORE, "note") {
            ids.add(note, found);
        }
    }
}

fn check_state(part: &Element, found: &mut Findings) {
    let has_target = part.first(namespace::CORE, "target").is_some();
    let state = part.get("state");
    if let Some(state) = state.filter(|state| *state != "initial") {
        found.check(has_target, part, Constraint::StateTarget, state);
    }
    if let Some(sub_state) = part.get("subState") {
        let is_value = is_user_defined(sub_state);
        let holds = state.is_some() && is_value;
        found.check(holds, part, Constraint::SubState, sub_state);
    }
}

/// A prefix, a colon and a value, without white space and without another colon.
fn is_user_defined(value: &str) -> bool {
    let mut parts = value.split(':');
    let mut is_name = || {
        let part = parts.next();
        part.is_some_and(|part| !part.is_empty() && !part.contains(char::is_whitespace))
    };
    is_name() && is_name() && parts.next().is_none()
}

fn check_languages(part: &Element, file: &File<'_>, found: &mut Findings) {
    if let Some(target) = part.first(namespace::CORE, "target") {
        let language = file.languages.target;
        found.check(language.is_some(), target, Constraint::TargetLanguage, "");
        check_language(target, language.unwrap_or_default(), found);
    }
    if let Some(source) = part.first(namespace::CORE, "source") {
        check_language(source, file.languages.source, found);
    }
}

/// `xml:lang` may be more precise than the language of the document.
fn check_language(content: &Element, wanted: &str, found: &mut Findings) {
    let Some(own) = content.get_of(namespace::XML, "lang") else {
        return;
    };
    let is_same = own
        .get(..wanted.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(wanted))
        && matches!(own.as_bytes().get(wanted.len()), None | Some(b'-'));
    found.check(is_same, content, Constraint::Language, own);
}

fn check_order(parts: &[&Element], found: &mut Findings) {
    let targets: Vec<(usize, &Element, usize)> = parts
        .iter()
        .enumerate()
        .filter_map(|(at, part)| {
            let target = part.first(namespace::CORE, "target")?;
            Some((at + 1, target, target.get("order")?.parse().unwrap_or(0)))
        })
        .collect();
    let taken: HashSet<usize> = targets.iter().map(|(_, _, order)| *order).collect();
    let mut seen = HashSet::new();
    for (place, target, order) in &targets {
        let is_place = (1..=parts.len()).contains(order);
        // Who moves leaves a place that another has to take.
        let holds = is_place && seen.insert(order) && taken.contains(place);
        found.check(holds, target, Constraint::Order, &order.to_string());
    }
}

fn check_sub_flows(element: &Element, file: &File<'_>, found: &mut Findings) {
    for name in ["subFlows", "subFlowsStart", "subFlowsEnd"] {
        let flows = element.get(name).unwrap_or_default();
        for flow in flows.split_ascii_whitespace() {
            let is_known = file.units.contains(flow);
            found.check(is_known, element, Constraint::SubFlows, flow);
        }
    }
}

fn check_comment(unit: &Element, element: &Element, found: &mut Findings) {
    let is_marker = element.is(namespace::CORE, "mrk") || element.is(namespace::CORE, "sm");
    if !is_marker || element.get("type") != Some("comment") {
        return;
    }
    let reference = element.get("ref");
    let has_one = reference.is_some() != element.get("value").is_some();
    let leads = reference.is_none_or(|reference| {
        let id = reference.rsplit("n=").next();
        let notes = unit.all(namespace::CORE, "notes");
        let mut notes = notes.flat_map(|notes| notes.all(namespace::CORE, "note"));
        notes.any(|note| note.get("id") == id)
    });
    let value = reference.unwrap_or_default();
    found.check(has_one && leads, element, Constraint::Comment, value);
}
