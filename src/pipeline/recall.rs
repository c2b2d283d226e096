//! What the catalog of a post has of its segments, and the catalog that comes of it.

use crate::catalog::{
    self, Candidate, CatalogFile, CatalogUnit, Decision, Merged, Method, Part, Proposal, SubState,
    digest_of_text,
};
use crate::translate::{Origin, Outcome, Way};
use crate::unit::{Fragment, Locale};

use super::{Format, Prepared, Settings, prepare};

/// Which segments of a catalog are asked for although they are translated. What a person wrote or
/// approved stays in any case; where its source changed, it gets another proposal beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Retranslate {
    /// None.
    #[default]
    Nothing,
    /// What a machine translated.
    Machine,
    /// What a person wrote for a source that changed.
    Stale,
    /// Both.
    All,
}

/// What is to be kept of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogued {
    /// Its catalog.
    pub file: CatalogFile,
    /// Translations of segments that are gone.
    pub removed: Vec<Candidate>,
}

/// What still holds of the catalog of a post.
pub(super) struct Recalled {
    merged: Merged,
}

impl std::fmt::Debug for Recalled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.merged.fmt(f)
    }
}

impl Recalled {
    /// Compares a post with its catalog of the last run.
    pub(super) fn new(
        prepared: &Prepared,
        original: &str,
        old: Option<&CatalogFile>,
        retranslate: Retranslate,
    ) -> Self {
        let units = prepared
            .units()
            .iter()
            .map(|unit| CatalogUnit::new(&unit.unit, prepared.field_path(unit), &unit.segments));
        let mut merged = catalog::merge(original, old, units.collect());
        merged.ask_again(|segment| match retranslate {
            Retranslate::Nothing => false,
            Retranslate::Machine => !segment.is_persons(),
            Retranslate::Stale => segment.sub_state == Some(SubState::Stale),
            Retranslate::All => true,
        });
        Self { merged }
    }

    /// The segments in the order of the post: those that need not be translated with what became
    /// of them.
    pub(super) fn outcomes(&self) -> impl Iterator<Item = Option<Outcome>> {
        let units = self.merged.units.iter().zip(&self.merged.decisions);
        units.flat_map(|(unit, decisions)| {
            unit.segments().zip(decisions).map(|(segment, decision)| {
                let target = segment.target.as_ref()?;
                (*decision == Decision::Keep).then(|| kept(target.clone()))
            })
        })
    }

    /// The catalog of this run; `outcomes` of segments that keep another target become that. Where
    /// that is because a new one failed, they still say why.
    pub(super) fn close(mut self, outcomes: &mut [Outcome], starts: &[usize]) -> Catalogued {
        let at = |unit: usize, segment: usize| Some(starts.get(unit)? + segment);
        let removed = std::mem::take(&mut self.merged.removed);
        let mut file = self.merged.with_proposals(|unit, segment| {
            let outcome = outcomes.get(at(unit, segment)?)?;
            Some(proposal(outcome))
        });
        for (unit_at, unit) in file.units.iter_mut().enumerate() {
            for (segment_at, segment) in unit.segments().enumerate() {
                let outcome = at(unit_at, segment_at).and_then(|at| outcomes.get_mut(at));
                if let (Some(outcome), Some(target)) = (outcome, &segment.target)
                    && outcome.target.as_ref() != Some(target)
                {
                    let has_failed = outcome.target.is_none();
                    let failure = outcome.failure.take().filter(|_| has_failed);
                    *outcome = Outcome {
                        failure,
                        ..kept(target.clone())
                    };
                }
            }
            unit.output = Some(digest_of_output(&text_of(unit)));
        }
        Catalogued { file, removed }
    }
}

fn kept(target: Fragment) -> Outcome {
    Outcome {
        target: Some(target),
        way: Way::Direct,
        failure: None,
        origin: Some(Origin::Catalog),
    }
}

fn proposal(outcome: &Outcome) -> Proposal {
    let Some(target) = &outcome.target else {
        return Proposal::Failed;
    };
    let name = match outcome.origin {
        Some(Origin::Backend { name, .. }) => name,
        Some(Origin::Memory) => {
            return Proposal::Target {
                target: target.clone(),
                origin: catalog::Origin::Memory { score: 100 },
                sub_state: None,
            };
        }
        Some(Origin::Catalog) | None => return Proposal::Failed,
    };
    let (method, sub_state) = match outcome.way {
        Way::Direct | Way::Source => (Method::Direct, None),
        Way::Retried => (Method::Retried, None),
        Way::Projected => (Method::Projected, None),
        Way::Estimated => (Method::Estimated, Some(SubState::Estimated)),
        Way::Pieces => (Method::Pieces, Some(SubState::Pieces)),
    };
    Proposal::Target {
        target: target.clone(),
        origin: catalog::Origin::Backend {
            name: name.to_owned(),
            method,
        },
        sub_state,
    }
}

/// The text that is written for a unit.
fn text_of(unit: &CatalogUnit) -> String {
    let mut text = String::new();
    for part in &unit.parts {
        text.push_str(match part {
            Part::Segment(segment) => segment.target.as_ref().unwrap_or(&segment.source).text(),
            Part::Ignorable(source) => source.text(),
        });
    }
    text
}

/// The digest of a unit's text as a reader sees it: white space is a space, or nothing at the edges.
fn digest_of_output(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    digest_of_text(&words.join(" "))
}

/// Whether the text of a localized post is what its catalog says that was written, and no more.
///
/// `settings` are those of the run that wrote it. What `source`, the post that it was made of, has
/// in the target's language all along may stand between. Only text is compared: who changed nothing
/// but markup is not found out.
pub fn is_as_written(
    output: String,
    source: Option<String>,
    format: Format,
    settings: &Settings,
    known: &CatalogFile,
) -> bool {
    let settings = reading_back(settings);
    let digests = |text: String| -> Option<Vec<String>> {
        let prepared = prepare(text, format, &settings).ok()?;
        let units = prepared.units().iter();
        Some(
            units
                .map(|unit| digest_of_output(unit.unit.source.text()))
                .collect(),
        )
    };
    let Some(found) = digests(output) else {
        return false;
    };
    let others = source.and_then(digests).unwrap_or_default();
    let mut written = known
        .units
        .iter()
        .filter_map(|unit| unit.output.as_ref())
        .peekable();
    let is_known = found
        .iter()
        .all(|own| written.next_if(|next| *next == own).is_some() || others.contains(own));
    is_known && written.peek().is_none()
}

/// The settings to read a localized post with, as if it were a source.
fn reading_back(settings: &Settings) -> Settings {
    let target: Locale = settings.target.clone();
    Settings {
        policy: settings.policy.clone().for_source(target.clone()),
        source: target.clone(),
        target,
        ..settings.clone()
    }
}
