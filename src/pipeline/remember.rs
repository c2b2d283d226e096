//! What of a catalog the memory does not know yet.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::{CatalogFile, CatalogSegment, CatalogUnit, Origin, SubState};
use crate::memory::{Context, Digest, Direction, Pair, State};
use crate::unit::Fragment;

/// The translations of a post that are new, compared with its catalog of the last run, and those of
/// people that are in it no more.
pub fn new_pairs(
    file: &CatalogFile,
    old: Option<&CatalogFile>,
    direction: &Arc<Direction>,
) -> Vec<Pair> {
    let known: HashSet<_> = old.into_iter().flat_map(segments).map(identity).collect();
    let kept: HashSet<_> = segments(file).map(identity).collect();
    let all: Vec<&CatalogSegment> = segments(file).collect();
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
        pair(segment, vec![context], direction)
    });
    let gone = old.into_iter().flat_map(segments);
    let gone = gone.filter(|segment| segment.is_persons() && !kept.contains(&identity(segment)));
    let gone = gone.filter_map(|segment| pair(segment, Vec::new(), direction));
    new.chain(gone).collect()
}

fn segments(file: &CatalogFile) -> impl Iterator<Item = &CatalogSegment> {
    file.units.iter().flat_map(CatalogUnit::segments)
}

/// What makes a translation another one to the memory.
fn identity(segment: &CatalogSegment) -> (&Fragment, Option<&Fragment>, bool) {
    let target = segment.target.as_ref();
    (&segment.source, target, segment.is_persons())
}

fn pair(
    segment: &CatalogSegment,
    contexts: Vec<Context>,
    direction: &Arc<Direction>,
) -> Option<Pair> {
    // What a person wrote for another source is no translation of this one.
    let is_stale = segment.sub_state == Some(SubState::Stale);
    let target = segment.target.as_ref().filter(|_| !is_stale)?;
    let origin = match segment.true_origin()? {
        Origin::Backend { name, .. } => name,
        Origin::Memory { .. } => "memory".to_owned(),
        Origin::Person => "person".to_owned(),
        Origin::Adopted => "adopted".to_owned(),
        Origin::Repetition => "repetition".to_owned(),
    };
    Some(Pair {
        direction: Arc::clone(direction),
        source: segment.source.clone(),
        target: target.clone(),
        state: if segment.is_persons() {
            State::Reviewed
        } else {
            State::Machine
        },
        origin,
        note: String::new(),
        contexts,
    })
}
