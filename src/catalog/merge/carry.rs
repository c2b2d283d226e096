//! Carries translations over from the old catalog, and keeps account of what was carried.

use std::collections::HashSet;

use crate::catalog::codes::standing_alone;
use crate::catalog::digest::digest_of_target;
use crate::catalog::model::{Candidate, CatalogSegment, CatalogUnit, Part};
use crate::catalog::state::{Origin, State, SubState};
use crate::unit::Code;

use super::Decision;
use super::fit::{fitted, like_codes, same_codes};
use super::segments::{Content, Found, Old};

/// Carries translations to one unit after the other.
pub(super) struct Carrier<'o> {
    olds: &'o [Old<'o>],
    /// Which old segments have their translation, and their candidates, in a new one.
    is_used: Vec<bool>,
    /// Which candidates of the others do: old segment and index.
    used_candidates: HashSet<(usize, usize)>,
    /// What was used, but superseded.
    removed: Vec<Candidate>,
}

impl<'o> Carrier<'o> {
    pub(super) fn new(olds: &'o [Old<'o>]) -> Self {
        Self {
            olds,
            is_used: vec![false; olds.len()],
            used_candidates: HashSet::new(),
            removed: Vec::new(),
        }
    }

    /// Fills the segments of a unit. `found` gives what is known of them, in order.
    pub(super) fn carry(
        &mut self,
        mut unit: CatalogUnit,
        found: &mut impl Iterator<Item = Found>,
    ) -> (CatalogUnit, Vec<Decision>) {
        let found: Vec<Found> = found.take(unit.segments().count()).collect();
        self.set_ids(&mut unit, &found);
        let codes: Vec<Vec<Code>> = unit
            .codes_of_parts()
            .into_iter()
            .map(<[Code]>::to_vec)
            .collect();
        let mut found = found.into_iter();
        let mut decisions = Vec::new();
        for (part, codes) in unit.parts.iter_mut().zip(&codes) {
            if let Part::Segment(segment) = part
                && let Some(found) = found.next()
            {
                decisions.push(self.fill(segment, codes, found.content));
            }
        }
        (unit, decisions)
    }

    /// Segments keep their ids; a new one gets a number that none had.
    fn set_ids(&self, unit: &mut CatalogUnit, found: &[Found]) {
        let place = found.iter().find_map(|found| found.place);
        let old_unit = place.map(|place| self.olds[place].unit);
        // The segments of a unit stand together.
        let first = self.olds.partition_point(|old| Some(old.unit) < old_unit);
        let mut next = self.olds[first..]
            .iter()
            .take_while(|old| Some(old.unit) == old_unit)
            .filter_map(|old| old.segment.id.strip_prefix('s')?.parse::<u32>().ok())
            .max()
            .map_or(0, u64::from);
        let mut taken = HashSet::new();
        for (segment, found) in unit.segments_mut().zip(found) {
            let old = found.place.map(|place| &self.olds[place].segment.id);
            segment.id = if let Some(id) = old.filter(|id| taken.insert(id.as_str())) {
                id.clone()
            } else {
                next += 1;
                format!("s{next}")
            };
        }
    }

    fn fill(&mut self, segment: &mut CatalogSegment, codes: &[Code], content: Content) -> Decision {
        match content {
            Content::Nothing => Decision::Translate,
            Content::Same(at) => self.fill_same(segment, at),
            Content::Candidate(at, number) => self.fill_candidate(segment, at, number),
            Content::Like(at, similarity) => self.fill_like(segment, codes, at, similarity),
        }
    }

    fn fill_same(&mut self, segment: &mut CatalogSegment, at: usize) -> Decision {
        let old = self.olds[at].segment;
        let target = old.target.as_ref().and_then(|target| {
            fitted(
                target,
                &same_codes(&old.source, &segment.source),
                &segment.source,
            )
        });
        // What does not fit is given back with all that is not used.
        let is_carried = target.is_some() || old.target.is_none();
        if is_carried && !std::mem::replace(&mut self.is_used[at], true) {
            segment.candidates.clone_from(&old.candidates);
        }
        let Some(target) = target else {
            segment.sub_state = old.sub_state.clone().filter(SubState::is_about_persons);
            return Decision::Translate;
        };
        segment.digest = if old.is_edited() {
            old.digest.clone()
        } else {
            Some(digest_of_target(&target))
        };
        segment.target = Some(target);
        segment.state = old.state.max(State::Translated);
        segment.sub_state.clone_from(&old.sub_state);
        segment.origin.clone_from(&old.origin);
        if lacks_proposal(old) {
            Decision::Stale
        } else {
            Decision::Keep
        }
    }

    fn fill_candidate(
        &mut self,
        segment: &mut CatalogSegment,
        at: usize,
        number: usize,
    ) -> Decision {
        let candidate = &self.olds[at].segment.candidates[number];
        let codes = same_codes(&candidate.source, &segment.source);
        let Some(target) = fitted(&candidate.target, &codes, &segment.source) else {
            return Decision::Translate;
        };
        self.used_candidates.insert((at, number));
        segment.target = Some(target);
        segment.state = State::Translated;
        segment.origin = Some(candidate.origin.clone());
        Decision::Keep
    }

    fn fill_like(
        &mut self,
        segment: &mut CatalogSegment,
        codes: &[Code],
        at: usize,
        similarity: u8,
    ) -> Decision {
        self.is_used[at] = true;
        let Old {
            segment: old,
            codes: old_codes,
            ..
        } = self.olds[at];
        segment.candidates = Self::candidates_of(&self.olds[at], similarity);
        if old.state >= State::Reviewed {
            // A later look settled what stood beside it.
            let settled = old.candidates.iter().filter(|one| one.is_persons());
            self.removed.extend(settled.cloned());
        }
        if !old.is_persons() {
            segment.sub_state = old.sub_state.clone().filter(SubState::is_about_persons);
            return Decision::Translate;
        }
        let codes = like_codes((&old.source, old_codes), (&segment.source, codes));
        segment.target = old
            .target
            .as_ref()
            .and_then(|target| fitted(target, &codes, &segment.source));
        if segment.target.is_some() {
            segment.state = State::Translated;
            segment.origin.clone_from(&old.origin);
        }
        // Without the digest of a target of ours it is a person's, though no longer approved.
        segment.sub_state = Some(SubState::Stale);
        Decision::Stale
    }

    /// The pair of a segment whose source changed, and what people made of earlier sources.
    fn candidates_of(old: &Old<'_>, similarity: u8) -> Vec<Candidate> {
        let segment = old.segment;
        let own = segment.target.as_ref().map(|target| {
            let origin = origin_of(segment);
            Candidate::new(&segment.source, target, old.codes, similarity, origin)
        });
        let mut candidates: Vec<Candidate> = own.into_iter().collect();
        let open = segment.candidates.iter();
        for candidate in open.filter(|one| one.is_persons() && segment.state < State::Reviewed) {
            // Of the same words for two sources, the older one tells what they were made for.
            candidates.retain(|one| one.target != candidate.target);
            candidates.push(candidate.clone());
        }
        candidates
    }

    /// What no new segment has.
    pub(super) fn removed(self) -> Vec<Candidate> {
        let mut removed = self.removed;
        for (at, old) in self.olds.iter().enumerate() {
            if self.is_used[at] {
                continue;
            }
            let segment = old.segment;
            if let Some(target) = &segment.target {
                let origin = origin_of(segment);
                removed.push(Candidate::new(
                    &segment.source,
                    target,
                    old.codes,
                    100,
                    origin,
                ));
            }
            for (number, candidate) in segment.candidates.iter().enumerate() {
                if candidate.is_persons() && !self.used_candidates.contains(&(at, number)) {
                    removed.push(candidate.clone());
                }
            }
        }
        removed
    }
}

/// Whether a person's target still waits for a proposal for the source that it has by now.
fn lacks_proposal(segment: &CatalogSegment) -> bool {
    let source = standing_alone(&segment.source, &[]).0;
    segment.sub_state == Some(SubState::Stale)
        && segment.state < State::Reviewed
        && segment.is_edited()
        && segment.candidates.iter().all(|one| one.source != source)
}

/// Where a target is from, as a candidate: what a person approved is theirs.
fn origin_of(segment: &CatalogSegment) -> Origin {
    match segment.true_origin() {
        Some(Origin::Adopted) => Origin::Adopted,
        _ if segment.is_persons() => Origin::Person,
        Some(origin) => origin,
        // Ours by its digest, and from nowhere that is named: it was known.
        None => Origin::Memory { score: 100 },
    }
}
