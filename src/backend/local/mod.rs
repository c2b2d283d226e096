//! The built-in engine: Firefox's translation models, run inside the program.
//!
//! 1. [`super::models`] finds the files of a pair, or of two by way of English.
//! 2. `files` reads them with suspicion (`check`, `vocabulary`), `engine` loads them and tries
//!    them out.
//! 3. `owner` is the thread that they live on (a `desk`); it deals segments out to all cores
//!    (`work`).
//! 4. `cut` keeps texts within what a model takes at once; `links` turns what the model looked at
//!    into an alignment with the text as it was, by the map that `normal` makes.
//! 5. `aligner` does so for the translations of others: on a thread of its own (`aligning`) a
//!    `guide` holds a model against them (`forced`) and says nothing where it can't be trusted
//!    (`trust`).

mod aligner;
#[cfg_attr(not(feature = "local"), path = "absent_aligning.rs")]
mod aligning;
#[cfg(feature = "local")]
mod check;
#[cfg(feature = "local")]
mod cut;
#[cfg(feature = "local")]
mod desk;
#[cfg(feature = "local")]
mod engine;
#[cfg(feature = "local")]
mod files;
#[cfg(feature = "local")]
mod forced;
#[cfg(feature = "local")]
mod guide;
#[cfg(feature = "local")]
mod links;
#[cfg(feature = "local")]
mod normal;
#[cfg_attr(not(feature = "local"), path = "absent.rs")]
mod owner;
#[cfg(feature = "local")]
mod trust;
#[cfg(feature = "local")]
mod vocabulary;
#[cfg(feature = "local")]
mod work;

use std::path::PathBuf;

use super::models::{Installed, Route, Store};
use super::{Backend, BackendError, BackendFuture, Limits, Pair, ReplySink, Request};

use owner::Owner;

pub use aligner::LocalAligner;

pub(super) const NAME: &str = "local";

/// How the built-in engine is to run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocalOptions {
    /// The folder of the models, instead of the usual one.
    pub folder: Option<PathBuf>,
    /// How many threads translate; all that the machine has if none are given.
    pub threads: Option<usize>,
}

/// Firefox's translation models.
#[derive(Debug)]
pub struct Local {
    owner: Owner,
    pairs: Vec<Pair>,
}

impl Local {
    /// Loads the models of these pairs: a model of its own for each, or two by way of English.
    ///
    /// # Errors
    /// [`BackendError::Models`] for the first pair without a model and for a model that can't be
    /// used, [`BackendError::NotBuilt`] and [`BackendError::Processor`] where the engine can't run
    /// at all.
    pub async fn open(pairs: &[Pair], options: &LocalOptions) -> Result<Self, BackendError> {
        let store = Store::locate(options.folder.as_deref())?;
        let routes = pairs
            .iter()
            .map(|pair| store.route(pair))
            .collect::<Result<Vec<Route>, _>>()?;
        Ok(Self {
            owner: Owner::start(routes, options.threads).await?,
            pairs: pairs.to_vec(),
        })
    }

    /// Loads a model and tries it out.
    ///
    /// # Errors
    /// As for [`Local::open`].
    pub async fn try_out(installed: Installed) -> Result<(), BackendError> {
        Owner::start(vec![Route::direct(installed)], Some(1))
            .await
            .map(drop)
    }
}

impl Backend for Local {
    fn name(&self) -> &'static str {
        NAME
    }

    /// A call is spread over all cores; more at once would only be in each other's way.
    fn limits(&self) -> Limits {
        Limits::LOCAL
    }

    fn translate<'a>(
        &'a self,
        pair: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            let Some(route) = self.pairs.iter().position(|one| one == pair) else {
                return Err(BackendError::UnsupportedPair {
                    backend: NAME.to_owned(),
                    from: pair.source.to_string(),
                    to: pair.target.to_string(),
                    supported: self
                        .pairs
                        .iter()
                        .map(|pair| format!("{}-{}", pair.source, pair.target))
                        .collect(),
                });
            };
            self.owner.translate(route, requests, replies).await
        })
    }
}
