//! What the catalog of a post has of its segments, and the catalog that comes of it.

use crate::catalog::{
    self, CatalogFile, CatalogUnit, Decision, Merged, Method, Part, Proposal, SubState,
    check_target, digest_of_text,
};
use crate::translate::{Failure, Origin, Outcome, Way};
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
                if *decision != Decision::Keep {
                    return None;
                }
                // Whatever was done to the file, the codes are those of the source.
                Some(match check_target(&segment.source, target) {
                    Ok(()) => kept(target.clone()),
                    Err(error) => Outcome::failed(Failure::Markup(error)),
                })
            })
        })
    }

    /// The catalog of this run; `outcomes` of segments whose targets are a person's become theirs.
    pub(super) fn close(self, outcomes: &mut [Outcome], starts: &[usize]) -> CatalogFile {
        let at = |unit: usize, segment: usize| Some(starts.get(unit)? + segment);
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
                    *outcome = kept(target.clone());
                }
            }
            unit.output = Some(digest_of_output(&text_of(unit)));
        }
        file
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

/// Whether a localized post says what its catalog says that was written: nobody edited its text.
///
/// `settings` are those of the run that wrote it. Units that the catalog does not know, such as
/// those that were in the target's language all along, may stand between.
pub fn is_as_written(
    output: String,
    format: Format,
    settings: &Settings,
    known: &CatalogFile,
) -> bool {
    let Ok(prepared) = prepare(output, format, &reading_back(settings)) else {
        return false;
    };
    let mut found = prepared
        .units()
        .iter()
        .map(|unit| digest_of_output(unit.unit.source.text()));
    let mut written = known.units.iter().filter_map(|unit| unit.output.as_deref());
    written.all(|digest| found.any(|own| own == digest))
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
