//! A model that aligns translations that others have made.

use fxtranslate::spm::SpmVocab;
use fxtranslate::weights::Weights;

use crate::unit::Alignment;

use super::super::BackendError;
use super::super::models::{Installed, ModelError};
use super::cut::{TOKENS_MAX, cut_both, moved};
use super::engine::{TRIAL, guarded};
use super::files::Files;
use super::forced::{Network, Side};
use super::links::linked;
use super::trust::{has_own_row, is_trusted};

/// A model of one pair of languages, loaded to look at translations.
///
/// The engine keeps to itself what this needs, so that its numbers are held a second time where
/// the same model translates as well.
pub(super) struct Guide {
    network: Network,
    source: Side,
    target: Side,
}

impl Guide {
    /// Loads a model and tries it out.
    ///
    /// # Errors
    /// As for [`Files::read`], and [`ModelError::Broken`] where it does not work.
    pub(super) fn load(installed: &Installed) -> Result<Self, BackendError> {
        let files = Files::read(installed)?;
        let loaded = guarded(|| {
            let guide = Self {
                network: Network::new(Weights::from_bytes(&files.model)?),
                source: Side {
                    vocabulary: SpmVocab::from_bytes(&files.source_bytes),
                    normaliser: files.source.normaliser,
                },
                target: Side {
                    vocabulary: SpmVocab::from_bytes(&files.target_bytes),
                    normaliser: files.target.normaliser,
                },
            };
            guide.try_out().map(|()| guide)
        });
        let loaded = loaded.and_then(|loaded| loaded);
        loaded
            .map_err(|detail| ModelError::broken(&installed.pair, &installed.model, detail).into())
    }

    /// Uses every tensor once.
    fn try_out(&self) -> Result<(), String> {
        let tokens = self.source.tokens(TRIAL).zip(self.target.tokens(TRIAL));
        let (source, target) = tokens.ok_or("the vocabulary does not take a text apart")?;
        let forced = self.network.force(&source.ids, &target.ids);
        let forced = forced.ok_or("the model lacks something")?;
        let mut numbers = forced.rows.iter().flatten().chain(&forced.log_probs);
        if numbers.any(|number| number.is_nan()) {
            return Err("the weights are no numbers".to_owned());
        }
        Ok(())
    }

    /// The alignment of a translation with its source, in bytes of the two texts; none where
    /// there is no telling.
    ///
    /// What is too long for the model is cut into parts that stand for each other; one that can't
    /// be trusted makes the cuts as doubtful as itself.
    pub(super) fn align(&self, source: &str, target: &str) -> Option<Alignment> {
        let parts = cut_both(source, target, &|source, target| self.fits(source, target))?;
        let mut alignment = Alignment::new();
        for (from, to) in parts {
            let links = self.align_part(&source[from.clone()], &target[to.clone()])?;
            let links = links.iter();
            alignment.extend(links.map(|link| moved(link, from.start, to.start)));
        }
        (!alignment.is_empty()).then_some(alignment)
    }

    fn fits(&self, source: &str, target: &str) -> bool {
        let fits = |side: &Side, text: &str| side.count(text) <= TOKENS_MAX;
        fits(&self.source, source) && fits(&self.target, target)
    }

    fn align_part(&self, source: &str, target: &str) -> Option<Alignment> {
        let (seen, given) = (self.source.tokens(source)?, self.target.tokens(target)?);
        let forced = self.network.force(&seen.ids, &given.ids)?;
        if !is_trusted(&forced.log_probs) {
            return None;
        }
        let rows = forced.rows.iter().map(Vec::as_slice);
        let tokens = given.spans.iter().cloned().zip(rows).enumerate();
        let trusted = tokens
            .filter(|(token, _)| has_own_row(&forced, &given.ids, *token))
            .map(|(_, token)| token);
        Some(linked(source, &seen.spans, target, trusted))
    }
}
