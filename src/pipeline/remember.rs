//! What of a catalog the memory does not know yet.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::{Candidate, CatalogFile, CatalogSegment, CatalogUnit, merge};
use crate::memory::{Context, Digest, Direction, Pair, State};
use crate::unit::Fragment;

use super::recall::Catalogued;

/// The translations of a post that are new, compared with its catalog of the last run, and those of
/// segments that are gone.
pub fn new_pairs(
    catalogued: &Catalogued,
    old: Option<&CatalogFile>,
    direction: &Arc<Direction>,
) -> Vec<Pair> {
    let known: HashSet<_> = old.into_iter().flat_map(segments).map(identity).collect();
    let all: Vec<&CatalogSegment> = segments(&catalogued.file).collect();
    let new = all.iter().enumerate().filter_map(|(at, segment)| {
        if known.contains(&identity(segment)) {
            return None;
        }
        let text = |at: Option<usize>| {
            let text = all.get(at?)?.source.text();
            (!text.is_empty()).then(|| Digest::of(text))
        };
        let context = Context {
            before: text(at.checked_sub(1)),
            after: text(Some(at + 1)),
            unit: None,
        };
        pair(segment, context, direction)
    });
    let removed = catalogued.removed.iter();
    new.chain(removed.map(|gone| pair_of_candidate(gone, direction)))
        .collect()
}

/// The translations of a post that is gone.
pub fn pairs_of_gone(old: &CatalogFile, direction: &Arc<Direction>) -> Vec<Pair> {
    let merged = merge(&old.original, Some(old), Vec::new());
    let removed = merged.removed.iter();
    removed
        .map(|gone| pair_of_candidate(gone, direction))
        .collect()
}

fn segments(file: &CatalogFile) -> impl Iterator<Item = &CatalogSegment> {
    file.units.iter().flat_map(CatalogUnit::segments)
}

/// What makes a translation another one to the memory.
fn identity(segment: &CatalogSegment) -> (&Fragment, Option<&Fragment>, bool, bool) {
    let target = segment.target.as_ref();
    (
        &segment.source,
        target,
        segment.is_persons(),
        segment.is_for_another_source(),
    )
}

fn pair(segment: &CatalogSegment, context: Context, direction: &Arc<Direction>) -> Option<Pair> {
    let target = segment.target.as_ref();
    let target = target.filter(|_| !segment.is_for_another_source())?;
    Some(Pair {
        direction: Arc::clone(direction),
        source: segment.source.clone(),
        target: target.clone(),
        state: state_of(segment.is_persons()),
        origin: segment.true_origin()?.name().to_owned(),
        note: String::new(),
        contexts: vec![context],
    })
}

fn pair_of_candidate(gone: &Candidate, direction: &Arc<Direction>) -> Pair {
    Pair {
        direction: Arc::clone(direction),
        source: gone.source.clone(),
        target: gone.target.clone(),
        state: state_of(gone.is_persons()),
        origin: gone.origin.name().to_owned(),
        note: String::new(),
        contexts: Vec::new(),
    }
}

fn state_of(is_persons: bool) -> State {
    if is_persons {
        State::Reviewed
    } else {
        State::Machine
    }
}
