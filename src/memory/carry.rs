//! The codes of a translation, brought over to the segment that it was found for.

use std::collections::HashMap;

use crate::unit::{CodeId, Fragment, Item, Mark, MarkKind, check_codes, project_by_estimate};

use super::measure::distance;
use super::pair::{Codes, Direction};
use super::tokens::Tokens;

/// A fragment with other numbers for its codes, and other texts for its protected spans; what
/// `change` has none for stays.
pub(super) fn with_codes<'t>(
    fragment: &Fragment,
    change: impl Fn(&Mark) -> Option<(CodeId, &'t str)>,
) -> Fragment {
    let mut out = Fragment::default();
    for item in fragment.items() {
        match item {
            Item::Text(range) => out.push_text(&fragment.text()[range]),
            Item::Mark(mark) => {
                let own = &fragment.text()[mark.at..mark.end()];
                let (code, text) = change(&mark).unwrap_or((mark.code, own));
                match mark.kind {
                    MarkKind::Protected { .. } => out.push_protected(code, text),
                    kind => out.push_mark(kind, code),
                }
            }
        }
    }
    out
}

/// The numbers of codes, counted from 1 in the order in which they stand.
pub(super) fn numbers(fragment: &Fragment) -> HashMap<CodeId, CodeId> {
    let mut numbers = HashMap::new();
    for mark in fragment.marks() {
        let next = CodeId::try_from(numbers.len() + 1).unwrap_or(CodeId::MAX);
        numbers.entry(mark.code).or_insert(next);
    }
    numbers
}

/// The same fragment with these numbers for its codes.
pub(super) fn renumbered(fragment: &Fragment, numbers: &HashMap<CodeId, CodeId>) -> Fragment {
    if fragment.marks().is_empty() {
        return fragment.clone();
    }
    with_codes(fragment, |mark| {
        let own = &fragment.text()[mark.at..mark.end()];
        Some((*numbers.get(&mark.code)?, own))
    })
}

/// Makes `target`, a translation of `source`, a target of `query`, a similar segment.
///
/// Where the codes of both are the same, in the same order at the same words, those of the target
/// become those of the query, with its protected texts. Else they are put in anew by an estimate
/// of the alignment; where that is of no use, they are missing.
pub(super) fn carried(
    query: &Fragment,
    source: &Fragment,
    target: &Fragment,
    direction: &Direction,
) -> (Fragment, Codes) {
    if let Some(target) = moved(query, source, target) {
        return (target, Codes::Kept);
    }
    let plain = Fragment::plain(target.text());
    if query.marks().is_empty() {
        return (plain, Codes::Kept);
    }
    let (from, to) = (&direction.source, &direction.target);
    match project_by_estimate(query, target.text(), from, to) {
        Some(placed) if check_codes(query, &placed.target).is_ok() => {
            (placed.target, Codes::Estimated)
        }
        _ => (plain, Codes::Missing),
    }
}

/// The target with the codes of the query; none where they are not those of its source.
fn moved(query: &Fragment, source: &Fragment, target: &Fragment) -> Option<Fragment> {
    let marks = || query.marks().iter().zip(source.marks());
    let kind = |mark: &Mark| match mark.kind {
        MarkKind::Protected { .. } => MarkKind::Protected { len: 0 },
        kind => kind,
    };
    let is_alike = query.marks().len() == source.marks().len()
        && marks().all(|(own, other)| kind(own) == kind(other));
    if !is_alike || !stand_at_same_words(query, source) {
        return None;
    }
    let mut own_of = HashMap::new();
    for (own, other) in marks() {
        // A pair in one may be the tags of two in the other.
        if *own_of.entry(other.code).or_insert(own.code) != own.code {
            return None;
        }
    }
    let texts: HashMap<CodeId, &str> = query
        .marks()
        .iter()
        .map(|mark| (mark.code, &query.text()[mark.at..mark.end()]))
        .collect();
    let moved = with_codes(target, |mark| {
        let own = *own_of.get(&mark.code)?;
        Some((own, *texts.get(&own)?))
    });
    check_codes(query, &moved).is_ok().then_some(moved)
}

/// Whether a cheapest way between two segments leaves all codes in their places. Then they cost
/// nothing, but for protected spans with other texts.
fn stand_at_same_words(one: &Fragment, other: &Fragment) -> bool {
    let shown = |fragment: &Fragment, mark: &Mark| fragment.text()[mark.at..mark.end()].to_owned();
    let marks = one.marks().iter().zip(other.marks());
    let changed = marks
        .filter(|(own, theirs)| shown(one, own) != shown(other, theirs))
        .count();
    let cost = |one: &Tokens, other: &Tokens| distance(&one.all, &other.all, u32::MAX - 1);
    let whole = cost(&Tokens::of(one), &Tokens::of(other));
    let without = cost(&Tokens::without_codes(one), &Tokens::without_codes(other));
    match (whole, without) {
        (Some(whole), Some(without)) => whole as usize == without as usize + changed,
        _ => false,
    }
}
