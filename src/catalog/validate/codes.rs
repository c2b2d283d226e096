//! Inline elements: references, pairs and annotations.

use std::collections::{HashMap, HashSet};

use crate::catalog::xml::{Element, is_xml_char, namespace};

use super::unit::Part;
use super::{Constraint, Findings, Ids};

/// The inline elements of content, in order, those inside others too.
pub(super) fn inline_elements(content: &Element) -> Vec<&Element> {
    let mut out = Vec::new();
    collect(content, &mut out);
    out
}

fn collect<'e>(parent: &'e Element, out: &mut Vec<&'e Element>) {
    for element in parent.elements() {
        if element.namespace == namespace::CORE {
            out.push(element);
        }
        collect(element, out);
    }
}

/// A unit or a translation candidate: where references of codes have to lead.
pub(super) struct Scope<'e> {
    pub(super) parts: &'e [Part<'e>],
    /// The elements of all sources, and those of all targets.
    sides: [Vec<&'e Element>; 2],
    data: HashSet<&'e str>,
    originals: Vec<&'e Element>,
}

impl<'e> Scope<'e> {
    /// `parent` has the original data.
    pub(super) fn of(parent: &'e Element, parts: &'e [Part<'e>]) -> Self {
        let originals: Vec<&Element> = parent
            .all(namespace::CORE, "originalData")
            .flat_map(|data| data.all(namespace::CORE, "data"))
            .collect();
        let sources = parts.iter().flat_map(|part| &part.source).copied();
        let targets = parts.iter().filter_map(|part| part.target.as_ref());
        Self {
            parts,
            sides: [sources.collect(), targets.flatten().copied().collect()],
            data: originals.iter().filter_map(|data| data.get("id")).collect(),
            originals,
        }
    }

    /// The elements of both sides.
    pub(super) fn elements(&self) -> impl Iterator<Item = &'e Element> {
        let [sources, targets] = &self.sides;
        sources.iter().chain(targets).copied()
    }
}

/// Whether an element is a code, and no annotation or character.
pub(super) fn is_code(element: &Element) -> bool {
    matches!(element.name.as_str(), "ph" | "pc" | "sc" | "ec")
}

pub(super) fn is_isolated(element: &Element) -> bool {
    element.get("isolated") == Some("yes")
}

pub(super) fn check(scope: &Scope<'_>, found: &mut Findings) {
    let mut ids = Ids::default();
    for data in &scope.originals {
        ids.add(data, found);
        for element in inline_elements(data) {
            check_code_point(element, found);
        }
    }
    for element in scope.elements() {
        check_code_point(element, found);
        check_references(scope, element, found);
        check_pairs_of_attributes(element, found);
        check_sub_type(element, found);
        check_end_code(element, found);
    }
    for side in &scope.sides {
        check_pairs(side, found);
        check_annotations(side, found);
    }
    check_copies(scope, found);
    check_target_ids(scope, found);
}

fn check_code_point(element: &Element, found: &mut Findings) {
    if element.name == "cp" {
        let hex = element.get("hex").unwrap_or_default();
        let code = u32::from_str_radix(hex, 16).ok();
        // Surrogates are no characters, and XML does not allow them either.
        let holds = code.is_some_and(|code| {
            code <= 0x10_ffff && char::from_u32(code).is_none_or(is_needless_in_xml)
        });
        found.check(holds, element, Constraint::CodePoint, hex);
    }
}

/// Whether a character may be written as `cp`: what XML forbids, or discourages (2.2 of XML).
fn is_needless_in_xml(c: char) -> bool {
    !is_xml_char(c) || matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
}

fn check_references(scope: &Scope<'_>, element: &Element, found: &mut Findings) {
    for name in ["dataRef", "dataRefStart", "dataRefEnd"] {
        if let Some(id) = element.get(name) {
            let is_known = scope.data.contains(id);
            found.check(is_known, element, Constraint::DataRef, id);
        }
    }
}

fn check_pairs_of_attributes(element: &Element, found: &mut Findings) {
    for name in ["dataRef", "equiv", "subFlows"] {
        let both = ["Start", "End"].map(|end| element.get(&format!("{name}{end}")).is_some());
        let holds = both[0] == both[1];
        found.check(holds, element, Constraint::AttributePair, name);
    }
}

fn check_sub_type(element: &Element, found: &mut Findings) {
    let Some(sub_type) = element.get("subType") else {
        return;
    };
    let holds = match (element.get("type"), sub_type.strip_prefix("xlf:")) {
        (Some(kind), Some("b" | "i" | "u" | "lb" | "pb")) => kind == "fmt",
        (Some(kind), Some("var")) => kind == "ui",
        (Some(_), None) => true,
        (Some(_), Some(_)) | (None, _) => false,
    };
    found.check(holds, element, Constraint::SubType, sub_type);
}

fn check_end_code(element: &Element, found: &mut Findings) {
    if element.name != "ec" {
        return;
    }
    let has_id = element.get("id").is_some();
    let has_start = element.get("startRef").is_some();
    let holds = if is_isolated(element) {
        has_id && !has_start
    } else {
        has_start && !has_id && element.get("dir").is_none()
    };
    let value = element.get("id").or_else(|| element.get("startRef"));
    let value = value.unwrap_or_default();
    found.check(holds, element, Constraint::EndCode, value);
}

/// Checks `sc` and `ec` of one side.
fn check_pairs(side: &[&Element], found: &mut Findings) {
    let mut ends: HashMap<&str, Vec<(usize, &Element)>> = HashMap::new();
    let mut starts: HashMap<&str, usize> = HashMap::new();
    for (at, element) in side.iter().enumerate() {
        match (element.name.as_str(), element.get("startRef")) {
            ("ec", Some(start)) if !is_isolated(element) => {
                ends.entry(start).or_default().push((at, element));
            }
            ("sc", _) if !is_isolated(element) => {
                starts.insert(element.get("id").unwrap_or_default(), at);
            }
            _ => {}
        }
    }
    for (at, start) in side.iter().enumerate().filter(|(_, one)| one.name == "sc") {
        let id = start.get("id").unwrap_or_default();
        let ends = ends.get(id).map(Vec::as_slice).unwrap_or_default();
        if is_isolated(start) {
            found.check(ends.is_empty(), start, Constraint::Isolated, id);
            continue;
        }
        match ends {
            [(end, element)] if *end > at => {
                let holds = has_same_hints(start, element);
                found.check(holds, start, Constraint::PairHints, id);
            }
            _ => found.add(start, Constraint::Unpaired, id),
        }
    }
    for (at, end) in side.iter().enumerate().filter(|(_, one)| one.name == "ec") {
        if let Some(id) = end.get("startRef").filter(|_| !is_isolated(end)) {
            let is_opened = starts.get(id).is_some_and(|start| *start < at);
            found.check(is_opened, end, Constraint::Unpaired, id);
        }
    }
}

fn has_same_hints(start: &Element, end: &Element) -> bool {
    let hint = |element: &Element, name: &str| element.get(name).unwrap_or("yes").to_owned();
    let order = match hint(start, "canReorder").as_str() {
        "firstNo" => "no".to_owned(),
        order => order.to_owned(),
    };
    order == hint(end, "canReorder")
        && ["canCopy", "canDelete", "canOverlap"]
            .iter()
            .all(|name| hint(start, name) == hint(end, name))
}

/// Checks `sm` and `em` of one side.
fn check_annotations(side: &[&Element], found: &mut Findings) {
    let mut open: HashMap<&str, &Element> = HashMap::new();
    for element in side {
        match element.name.as_str() {
            "sm" => {
                open.insert(element.get("id").unwrap_or_default(), element);
            }
            "em" => {
                let start = element.get("startRef").unwrap_or_default();
                let was_open = open.remove(start).is_some();
                found.check(was_open, element, Constraint::Annotation, start);
            }
            _ => {}
        }
    }
    let mut left: Vec<_> = open.into_iter().collect();
    left.sort_unstable_by_key(|(id, element)| (element.line, *id));
    for (id, element) in left {
        found.add(element, Constraint::Annotation, id);
    }
}

fn check_copies(scope: &Scope<'_>, found: &mut Findings) {
    let has_data = |element: &Element| {
        let names = ["dataRef", "dataRefStart", "dataRefEnd"];
        names.iter().any(|name| element.get(name).is_some())
    };
    let codes: HashMap<&str, &Element> = scope
        .elements()
        .filter_map(|element| Some((element.get("id")?, element)))
        .collect();
    for copy in scope.elements() {
        if let Some(base) = copy.get("copyOf") {
            let base_allows = codes
                .get(base)
                .is_some_and(|element| !has_data(element) && element.get("canCopy") != Some("no"));
            let holds = base_allows && !has_data(copy);
            found.check(holds, copy, Constraint::CopyOf, base);
        }
    }
}

/// An id of a target is that of an element of the same name in its own source, or nobody's.
fn check_target_ids(scope: &Scope<'_>, found: &mut Findings) {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for element in scope.elements() {
        if let Some(id) = element.get("id") {
            *count.entry(id).or_default() += 1;
        }
    }
    let parts = scope.parts.iter().filter_map(|part| part.element.get("id"));
    for id in parts {
        *count.entry(id).or_default() += 1;
    }
    for part in scope.parts {
        let own: HashSet<(&str, &str)> = part
            .source
            .iter()
            .filter_map(|element| Some((element.name.as_str(), element.get("id")?)))
            .collect();
        for element in part.target.iter().flatten() {
            let Some(id) = element.get("id") else {
                continue;
            };
            let is_own = own.contains(&(element.name.as_str(), id)) && count[id] == 2;
            let holds = is_own || count[id] == 1;
            found.check(holds, element, Constraint::TargetId, id);
        }
    }
}
