//! Takes in what a translator says to the segments that are not kept.

use crate::catalog::model::{Candidate, CatalogFile, CatalogSegment, Part};
use crate::catalog::state::{Origin, SubState};
use crate::unit::{Code, Fragment};

use super::{Decision, Merged};

/// What a translator says to a segment that is [`Decision::Stale`] or [`Decision::Translate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposal {
    /// A translation, ready for its unit.
    Target {
        /// The translation.
        target: Fragment,
        /// Where it is from.
        origin: Origin,
        /// Why a person should look at it.
        sub_state: Option<SubState>,
    },
    /// It failed: the source stays.
    Failed,
}

impl Merged {
    /// Asks for segments that are kept as well: a machine's target will be replaced, and a
    /// person's that is marked [`SubState::Stale`] gets another proposal. Any other target of a
    /// person stays, whatever is wanted.
    pub fn ask_again(&mut self, is_wanted: impl Fn(&CatalogSegment) -> bool) {
        for (unit, decisions) in self.units.iter().zip(&mut self.decisions) {
            for (segment, decision) in unit.segments().zip(decisions) {
                if *decision == Decision::Keep && is_wanted(segment) {
                    *decision = match (segment.is_persons(), &segment.sub_state) {
                        (false, _) => Decision::Translate,
                        (true, Some(SubState::Stale)) if segment.needs_review() => Decision::Stale,
                        (true, _) => Decision::Keep,
                    };
                }
            }
        }
    }

    /// The catalog, with what a translator says to the segments that are not kept.
    ///
    /// `propose` gets the indices of unit and segment; where it says nothing, the segment stays
    /// as it is. A proposal for a segment that has a person's target becomes a candidate.
    pub fn with_proposals(
        mut self,
        mut propose: impl FnMut(usize, usize) -> Option<Proposal>,
    ) -> CatalogFile {
        for (at, (unit, decisions)) in self.units.iter_mut().zip(&self.decisions).enumerate() {
            let codes: Vec<Vec<Code>> = unit
                .codes_of_parts()
                .into_iter()
                .map(<[Code]>::to_vec)
                .collect();
            let mut decisions = decisions.iter().enumerate();
            for (part, codes) in unit.parts.iter_mut().zip(&codes) {
                let Part::Segment(segment) = part else {
                    continue;
                };
                if let Some((number, decision)) = decisions.next()
                    && *decision != Decision::Keep
                    && let Some(proposal) = propose(at, number)
                {
                    take(segment, codes, proposal);
                }
            }
        }
        CatalogFile {
            original: self.original,
            units: self.units,
        }
    }
}

fn take(segment: &mut CatalogSegment, codes: &[Code], proposal: Proposal) {
    match proposal {
        Proposal::Target { target, origin, .. } if segment.is_persons() => {
            let candidate = Candidate::new(&segment.source, &target, codes, 100, origin);
            // It takes the place of an earlier proposal for the same source.
            let is_earlier = |one: &Candidate| !one.is_persons() && one.source == candidate.source;
            segment.candidates.retain(|one| !is_earlier(one));
            segment.candidates.push(candidate);
        }
        Proposal::Target {
            target,
            origin,
            sub_state,
        } => {
            let is_persons = matches!(origin, Origin::Memory { .. });
            segment.set_own_target(target, origin);
            if is_persons {
                // What a person wrote elsewhere is a person's here as well.
                segment.digest = None;
            }
            let held = segment.sub_state.take();
            segment.sub_state = held.filter(SubState::is_about_persons).or(sub_state);
        }
        // What is there is better than nothing.
        Proposal::Failed if segment.target.is_some() => {}
        Proposal::Failed => {
            segment.sub_state.get_or_insert(SubState::Failed);
        }
    }
}
