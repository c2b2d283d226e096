//! Codes of segments: a segment may hold one tag of a pair whose other tag is elsewhere.

use std::collections::{HashMap, HashSet};

use crate::unit::{
    Code, CodeId, CodeKind, Fragment, Item, Mark, MarkKind, MarkupError, check_codes,
};

/// Checks law 3 for a segment of a catalog: `target` has the codes of `source`, each once, in the
/// order that their nesting wants. A tag whose partner is in another part of the unit is taken as
/// if the pair began or ended at the segment's edge.
///
/// # Errors
/// The first breach found.
pub fn check_target(source: &Fragment, target: &Fragment) -> Result<(), MarkupError> {
    let edges = Edges::of(source);
    if edges.is_empty() {
        return check_codes(source, target);
    }
    check_codes(&edges.complete(source), &edges.complete(target))
}

/// The tags that a fragment lacks: opening ones before it, closing ones behind it.
#[derive(Debug, Default)]
pub(super) struct Edges {
    pub(super) before: Vec<CodeId>,
    pub(super) after: Vec<CodeId>,
}

impl Edges {
    pub(super) fn of(source: &Fragment) -> Self {
        let mut before = Vec::new();
        let mut open: Vec<CodeId> = Vec::new();
        for mark in source.marks() {
            match mark.kind {
                MarkKind::Open => open.push(mark.code),
                MarkKind::Close => match open.iter().rposition(|code| *code == mark.code) {
                    Some(at) => {
                        open.remove(at);
                    }
                    None => before.push(mark.code),
                },
                _ => {}
            }
        }
        // The innermost pair is closed first, so it was opened last, and the other way round.
        before.reverse();
        open.reverse();
        Self {
            before,
            after: open,
        }
    }

    fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// The fragment with the tags that it lacks.
    pub(super) fn complete(&self, fragment: &Fragment) -> Fragment {
        let mut out = Fragment::default();
        for code in &self.before {
            out.push_mark(MarkKind::Open, *code);
        }
        append(fragment, &mut out);
        for code in &self.after {
            out.push_mark(MarkKind::Close, *code);
        }
        out
    }

    /// Takes the tags away again that [`Edges::complete`] put in.
    pub(super) fn strip(&self, fragment: &Fragment) -> Fragment {
        let end = fragment.marks().len().saturating_sub(self.after.len());
        let start = self.before.len().min(end);
        fragment.slice(0..fragment.text().len(), start..end)
    }
}

/// Appends a fragment to another.
pub(super) fn append(from: &Fragment, out: &mut Fragment) {
    changed(from, |mark| Some((mark.kind, mark.code)), out);
}

/// Appends a fragment, each mark as `change` wants it, or without it.
fn changed(
    from: &Fragment,
    change: impl Fn(&Mark) -> Option<(MarkKind, CodeId)>,
    out: &mut Fragment,
) {
    for item in from.items() {
        match item {
            Item::Text(range) => out.push_text(&from.text()[range]),
            Item::Mark(mark) => match change(&mark) {
                Some((MarkKind::Protected { .. }, code)) => {
                    out.push_protected(code, &from.text()[mark.at..mark.end()]);
                }
                Some((kind, code)) => out.push_mark(kind, code),
                None => out.push_text(&from.text()[mark.at..mark.end()]),
            },
        }
    }
}

/// The fragment with every tag whose partner is not in it turned into one without partner, and
/// the codes that go with it.
pub(super) fn standing_alone(fragment: &Fragment, codes: &[Code]) -> (Fragment, Vec<Code>) {
    let edges = Edges::of(fragment);
    let is_alone = |mark: &Mark| match mark.kind {
        MarkKind::Open => edges.after.contains(&mark.code),
        MarkKind::Close => edges.before.contains(&mark.code),
        _ => false,
    };
    let mut out = Fragment::default();
    let kind_of = |mark: &Mark| {
        let kind = if is_alone(mark) {
            MarkKind::Lone
        } else {
            mark.kind
        };
        Some((kind, mark.code))
    };
    changed(fragment, kind_of, &mut out);
    let alone = fragment.marks().iter().map(is_alone);
    let codes = codes.iter().zip(alone).map(|(code, is_alone)| Code {
        kind: if is_alone {
            CodeKind::Standalone
        } else {
            code.kind
        },
        ..code.clone()
    });
    (out, codes.collect())
}

/// New numbers for codes.
pub(super) type Numbers = HashMap<CodeId, CodeId>;

/// The fragment with its codes numbered from 1 in the order in which they stand, and which number
/// each had. Fragments that differ in the numbers alone come out equal.
pub(super) fn canonical(fragment: &Fragment) -> (Fragment, Numbers) {
    let mut numbers = Numbers::new();
    for mark in fragment.marks() {
        let next = CodeId::try_from(numbers.len() + 1).unwrap_or(CodeId::MAX);
        numbers.entry(mark.code).or_insert(next);
    }
    let out = renumbered(fragment, &numbers);
    (out, numbers)
}

/// The fragment with other numbers for its codes; a code without a new number keeps its own.
pub(super) fn renumbered(fragment: &Fragment, numbers: &Numbers) -> Fragment {
    let number = |mark: &Mark| {
        let code = numbers.get(&mark.code).copied().unwrap_or(mark.code);
        Some((mark.kind, code))
    };
    let mut out = Fragment::default();
    changed(fragment, number, &mut out);
    out
}

/// Which marks are the tags of pairs that are nested properly within the fragment, so that an
/// element can hold what is between them.
pub(super) fn nested_pairs(fragment: &Fragment) -> HashSet<usize> {
    let marks = fragment.marks();
    let mut open: Vec<usize> = Vec::new();
    let mut nested = HashSet::new();
    for (index, mark) in marks.iter().enumerate() {
        match mark.kind {
            MarkKind::Open => open.push(index),
            MarkKind::Close => {
                let innermost = open.last().copied();
                if let Some(start) = innermost.filter(|start| marks[*start].code == mark.code) {
                    open.pop();
                    nested.extend([start, index]);
                }
            }
            _ => {}
        }
    }
    nested
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice(closes: CodeId, text: &str) -> Fragment {
        let mut fragment = Fragment::plain(text);
        fragment.push_mark(MarkKind::Close, closes);
        fragment
    }

    #[test]
    fn a_pair_may_begin_before_the_segment() {
        let source = slice(1, "one");
        assert_eq!(check_target(&source, &slice(1, "eins")), Ok(()));
        let missing = check_target(&source, &Fragment::plain("eins"));
        assert_eq!(missing, Err(MarkupError::Missing(1)));
        let mut open = Fragment::plain("eins");
        open.push_mark(MarkKind::Open, 1);
        assert!(check_target(&source, &open).is_err());
    }

    #[test]
    fn fragments_that_differ_in_numbers_are_alike() {
        let (first, _) = canonical(&slice(4, "one"));
        let (second, numbers) = canonical(&slice(7, "one"));
        assert_eq!(first, second);
        assert_eq!(numbers[&7], 1);
    }

    #[test]
    fn tags_without_their_partner_stand_alone() {
        let (alone, _) = standing_alone(&slice(1, "one"), &[]);
        assert_eq!(alone.to_tagged(), "one<x1/>");
    }
}
