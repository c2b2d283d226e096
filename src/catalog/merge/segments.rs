//! Segments and what they were before.

use std::collections::{HashMap, HashSet};

use crate::catalog::codes::{canonical, standing_alone};
use crate::catalog::model::{Candidate, CatalogSegment, CatalogUnit, Part};
use crate::unit::{Code, Fragment};

use super::pair::{Item, NOWHERE, pair_like, pair_same};
use super::units::Numbers;

/// A segment of the old catalog.
#[derive(Debug, Clone, Copy)]
pub(super) struct Old<'o> {
    /// The index of its unit.
    pub(super) unit: usize,
    pub(super) segment: &'o CatalogSegment,
    /// The codes of its source.
    pub(super) codes: &'o [Code],
}

/// What is known of a new segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) content: Content,
    /// The old segment of the same unit whose id it keeps.
    pub(super) place: Option<usize>,
}

/// Where its translation comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing like it was there.
    Nothing,
    /// The old segment with the same source.
    Same(usize),
    /// A candidate of an old segment, by its index there, has the same source.
    Candidate(usize, usize),
    /// An old segment with a source that is like it: so much of 100.
    Like(usize, u8),
}

/// The segments of the old catalog, in order.
pub(super) fn flatten(units: &[CatalogUnit]) -> Vec<Old<'_>> {
    let mut out = Vec::new();
    for (number, unit) in units.iter().enumerate() {
        for (part, codes) in unit.parts.iter().zip(unit.codes_of_parts()) {
            if let Part::Segment(segment) = part {
                out.push(Old {
                    unit: number,
                    segment,
                    codes,
                });
            }
        }
    }
    out
}

/// Finds what each new segment was, in order. `before` has the old unit of each new one.
pub(super) fn find(olds: &[Old<'_>], new: &[CatalogUnit], before: &[Option<usize>]) -> Vec<Found> {
    let mut keys = Numbers::new();
    let mut key = |source: &Fragment| keys.of(canonical(source).0);
    let old_items: Vec<Item<'_>> = olds
        .iter()
        .map(|old| item(&old.segment.source, old.unit, &mut key))
        .collect();
    let homes = new.iter().zip(before);
    let new_items: Vec<Item<'_>> = homes
        .flat_map(|(unit, before)| unit.segments().map(|segment| (segment, *before)))
        .map(|(segment, before)| item(&segment.source, before.unwrap_or(NOWHERE), &mut key))
        .collect();
    let same = pair_same(&old_items, &new_items);
    let known = Known::of(olds, &old_items);
    let sources = new.iter().flat_map(CatalogUnit::segments);
    let contents: Vec<Content> = sources
        .zip(new_items.iter().zip(&same))
        .map(|(segment, (item, same))| known.content(olds, &segment.source, item.key, *same))
        .collect();

    let used: HashSet<usize> = same.iter().flatten().copied().collect();
    let is_open_old = |at: usize| {
        let old = olds[at].segment;
        !used.contains(&at) && (old.target.is_some() || !old.candidates.is_empty())
    };
    let is_open_new = |at: usize| same[at].is_none() && !matches!(contents[at], Content::Same(_));
    let like = pair_like(&old_items, &new_items, &same, &is_open_old, &is_open_new);
    (0..contents.len())
        .map(|at| {
            let place = same[at].or(like[at].map(|like| like.at));
            let is_at_home = |place: &usize| olds[*place].unit == new_items[at].home;
            Found {
                content: match (contents[at], like[at]) {
                    (Content::Nothing, Some(like)) => Content::Like(like.at, like.similarity),
                    (content, _) => content,
                },
                place: place.filter(is_at_home),
            }
        })
        .collect()
}

fn item<'s>(
    source: &'s Fragment,
    home: usize,
    key: &mut impl FnMut(&Fragment) -> usize,
) -> Item<'s> {
    Item {
        key: key(source),
        scope: 0,
        home,
        text: source.text(),
    }
}

/// Translations by what was translated.
struct Known {
    /// The best old segment for each key that has a target.
    segments: HashMap<usize, usize>,
    /// What people made of earlier sources: old segment and candidate.
    candidates: HashMap<Fragment, (usize, usize)>,
}

impl Known {
    fn of(olds: &[Old<'_>], items: &[Item<'_>]) -> Self {
        let mut known = Self {
            segments: HashMap::new(),
            candidates: HashMap::new(),
        };
        for (at, (old, item)) in olds.iter().zip(items).enumerate() {
            if old.segment.target.is_some() {
                let best = known.segments.entry(item.key).or_insert(at);
                if old.segment.is_persons() && !olds[*best].segment.is_persons() {
                    *best = at;
                }
            }
            let candidates = old.segment.candidates.iter().enumerate();
            for (number, candidate) in candidates.filter(|(_, one)| is_usable(one)) {
                let key = canonical(&candidate.source).0;
                known.candidates.entry(key).or_insert((at, number));
            }
        }
        known
    }

    fn content(
        &self,
        olds: &[Old<'_>],
        source: &Fragment,
        key: usize,
        same: Option<usize>,
    ) -> Content {
        let own = same.map(|at| (at, olds[at].segment));
        match own {
            // Words that were refused wait there for a person.
            Some((at, own)) if own.target.is_some() || !own.candidates.is_empty() => {
                return Content::Same(at);
            }
            _ => {}
        }
        if let Some(at) = self.segments.get(&key) {
            return Content::Same(*at);
        }
        let alone = canonical(&standing_alone(source, &[]).0).0;
        match (self.candidates.get(&alone), own) {
            (Some((at, number)), _) => Content::Candidate(*at, *number),
            (None, Some((at, _))) => Content::Same(at),
            (None, None) => Content::Nothing,
        }
    }
}

/// Whether a candidate is a person's translation, with its codes.
fn is_usable(candidate: &Candidate) -> bool {
    candidate.is_persons() && crate::unit::check_codes(&candidate.source, &candidate.target).is_ok()
}
