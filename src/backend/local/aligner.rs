//! Alignments for the translations of other backends, by Firefox's models.

use crate::unit::Alignment;

use super::super::models::{Installed, Store};
use super::super::{Aligner, BackendFuture, Pair};
use super::LocalOptions;
use super::aligning::Aligning;

/// Firefox's translation models, asked which words of a translation that somebody else has made
/// stand for which of the source.
///
/// Only a model of its own serves a pair: by way of English there is no text between that the
/// translation could be held against. A model is loaded when it is asked for the first time; one
/// that can't be used has no alignment for anything, which is no error.
#[derive(Debug)]
pub struct LocalAligner {
    aligning: Aligning,
    models: Vec<(Pair, Installed)>,
}

impl LocalAligner {
    /// Finds the models of these pairs, without loading them. None where no pair has a model of
    /// its own, and where the engine can't run at all.
    pub fn open(pairs: &[Pair], options: &LocalOptions) -> Option<Self> {
        let aligning = Aligning::new(options.threads)?;
        let store = Store::locate(options.folder.as_deref()).ok()?;
        let direct = |pair: &Pair| {
            let route = store.route(pair).ok()?;
            let mut legs = route.legs();
            let model = legs.next()?.clone();
            legs.next().is_none().then(|| (pair.clone(), model))
        };
        let models: Vec<_> = pairs.iter().filter_map(direct).collect();
        (!models.is_empty()).then_some(Self { aligning, models })
    }
}

impl Aligner for LocalAligner {
    /// None of a pair that was not opened, of a text or translation that is blank, of texts too
    /// long for the model that can't be cut into parts that stand for each other, and of a
    /// translation that is too far from what the model would expect. Dropping the future cancels
    /// what is not begun.
    fn align<'a>(
        &'a self,
        pair: &'a Pair,
        texts: &'a [(&'a str, &'a str)],
    ) -> BackendFuture<'a, Vec<Option<Alignment>>> {
        Box::pin(async move {
            match self.models.iter().find(|(one, _)| one == pair) {
                Some((_, model)) => self.aligning.align(model, texts).await,
                None => vec![None; texts.len()],
            }
        })
    }
}
