//! Finds which parts of a unit are which segments of the catalog, by what they translate.

use std::ops::Range;

use crate::catalog::check_target;
use crate::catalog::inline::{Atom, Token, atoms_of};
use crate::catalog::model::{CatalogUnit, Part};
use crate::unit::{Fragment, MarkKind, sentence_breaks};

use super::ImportedPart;

/// Parts of a unit in the catalog, and parts of a file that cover the same text; by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) own: Range<usize>,
    pub(super) other: Range<usize>,
}

/// The smallest groups that cover the same text; none where the texts of the units differ.
pub(super) fn align(unit: &CatalogUnit, parts: &[ImportedPart]) -> Option<Vec<Group>> {
    let own = unit.parts.iter().map(|part| atoms_of(part.source()));
    let own: Vec<Vec<Atom>> = own.collect();
    let other = parts.iter().map(|part| part.source.atoms());
    let other: Vec<Vec<Atom>> = other.collect();
    if own == other {
        let groups = (0..own.len()).map(|at| Group {
            own: at..at + 1,
            other: at..at + 1,
        });
        return Some(groups.collect());
    }
    if own.concat() != other.concat() {
        return None;
    }
    let mut groups: Vec<Group> = Vec::new();
    let (mut start, mut other_start) = (0, 0);
    let (mut at, mut other_at) = (0, 0);
    let (mut length, mut other_length) = (0, 0);
    while at < own.len() || other_at < other.len() {
        if at < own.len() && (length <= other_length || other_at == other.len()) {
            length += own[at].len();
            at += 1;
        } else {
            other_length += other[other_at].len();
            other_at += 1;
        }
        if length == other_length && at > start && other_at > other_start {
            groups.push(Group {
                own: start..at,
                other: other_start..other_at,
            });
            (start, other_start) = (at, other_at);
        }
    }
    if let Some(last) = groups.last_mut() {
        // White space at the end of one side has no partner.
        last.own.end = own.len();
        last.other.end = other.len();
    }
    Some(groups)
}

/// The target of parts that a tool cut from one segment: their targets with what stands between.
/// None where a part has none.
pub(super) fn joined(parts: &[ImportedPart]) -> Option<Vec<Token>> {
    let first = parts.iter().position(|part| part.is_segment)?;
    let last = parts.iter().rposition(|part| part.is_segment)?;
    let mut out = Vec::new();
    for part in &parts[first..=last] {
        match &part.target {
            Some(target) if !target.tokens().is_empty() => out.extend_from_slice(target.tokens()),
            _ if part.is_segment => return None,
            _ => out.extend_from_slice(part.source.tokens()),
        }
    }
    Some(out)
}

/// The targets of segments that a tool joined: the sentences of its target, where there are as
/// many and each has the codes of its segment.
pub(super) fn cut(target: &Fragment, sources: &[&Fragment], locale: &str) -> Option<Vec<Fragment>> {
    let text = target.text();
    let mut borders: Vec<usize> = sentence_breaks(text, locale)
        .into_iter()
        .filter(|border| (1..text.len()).contains(border))
        .collect();
    if borders.len() + 1 != sources.len() {
        return None;
    }
    borders.push(text.len());
    let marks = target.marks();
    let (mut start, mut first) = (0, 0);
    let mut targets = Vec::new();
    for (border, source) in borders.into_iter().zip(sources) {
        let end = text[start..border].trim_end().len() + start;
        let mut last = first;
        // A tag between two sentences closes the first or opens the second.
        while marks.get(last).is_some_and(|mark| {
            mark.at < border && mark.at <= end && !(mark.at == end && mark.kind == MarkKind::Open)
                || border == text.len()
        }) {
            last += 1;
        }
        if marks.get(first).is_some_and(|mark| mark.at < start)
            || marks[first..last].iter().any(|mark| mark.end() > end)
        {
            return None;
        }
        let piece = target.slice(start..end, first..last);
        check_target(source, &piece).ok()?;
        targets.push(piece);
        (start, first) = (border, last);
    }
    Some(targets)
}

/// The segments of a group, by index.
pub(super) fn segments(unit: &CatalogUnit, group: &Group) -> Vec<usize> {
    let is_segment = |at: &usize| matches!(unit.parts.get(*at), Some(Part::Segment(_)));
    group.own.clone().filter(is_segment).collect()
}
