//! The folder of models.

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use super::super::local::NAME;
use super::super::{BackendError, Pair};
use super::installed::{Installed, Route};
use super::pair::{BETWEEN, codes, wanted};
use super::{ModelError, ModelPair};

/// The environment variable that says where models are.
const VARIABLE: &str = "POLYPOST_MODELS";
/// Where models are while they are fetched, in the folder of models.
pub(super) const STAGING: &str = ".part";

/// A model that is here, or what it lacks.
pub type Found = (ModelPair, Result<Installed, ModelError>);

/// A folder of models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// The store in `folder`, else where the environment says (`POLYPOST_MODELS`), else in the
    /// user's folder for data.
    ///
    /// # Errors
    /// [`ModelError::NoFolder`] where there is none of these.
    pub fn locate(folder: Option<&Path>) -> Result<Self, ModelError> {
        if let Some(folder) = folder {
            return Ok(Self::at(folder));
        }
        if let Some(folder) = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
            return Ok(Self::at(folder));
        }
        let strategy =
            etcetera::base_strategy::choose_native_strategy().map_err(|_| ModelError::NoFolder)?;
        Ok(Self::at(strategy.data_dir().join("polypost/models")))
    }

    /// The store in a folder, which need not exist.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn folder(&self, pair: &ModelPair) -> PathBuf {
        self.root.join(pair.to_string())
    }

    /// The models that are here, by name; those that lack something with what they lack.
    ///
    /// # Errors
    /// [`ModelError::Io`] where the folder can't be read.
    pub fn installed(&self) -> Result<Vec<Found>, ModelError> {
        let entries = match fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(ModelError::io(&self.root, &error)),
        };
        let mut pairs: Vec<ModelPair> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().is_dir())
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .collect();
        pairs.sort();
        Ok(pairs
            .into_iter()
            .map(|pair| {
                let found = Installed::find(&self.folder(&pair), &pair);
                (pair, found)
            })
            .collect())
    }

    /// A model that is here.
    ///
    /// # Errors
    /// [`ModelError::NotInstalled`], or what it lacks.
    pub fn find(&self, pair: &ModelPair) -> Result<Installed, ModelError> {
        let folder = self.folder(pair);
        if !folder.is_dir() {
            return Err(ModelError::NotInstalled {
                pair: pair.to_string(),
            });
        }
        Installed::find(&folder, pair)
    }

    /// The first of these models that is here.
    fn first(
        &self,
        sources: &[String],
        targets: &[String],
    ) -> Result<Option<Installed>, ModelError> {
        for source in sources {
            for target in targets {
                let Ok(pair) = ModelPair::new(source, target) else {
                    continue;
                };
                match self.find(&pair) {
                    Err(ModelError::NotInstalled { .. }) => {}
                    found => return found.map(Some),
                }
            }
        }
        Ok(None)
    }

    /// The models for a pair of languages: one of its own, or two by way of English.
    ///
    /// # Errors
    /// [`ModelError::Missing`] where there are none, [`BackendError::UnsupportedPair`] where there
    /// can't be.
    pub fn route(&self, pair: &Pair) -> Result<Route, BackendError> {
        let installed = || -> Result<Vec<String>, ModelError> {
            let installed = self.installed()?.into_iter();
            Ok(installed.map(|(pair, _)| pair.to_string()).collect())
        };
        if pair.source.language() == pair.target.language()
            && pair.source.likely_script() == pair.target.likely_script()
        {
            return Err(BackendError::UnsupportedPair {
                backend: NAME.to_owned(),
                from: pair.source.to_string(),
                to: pair.target.to_string(),
                supported: installed()?,
            });
        }
        let (sources, targets) = (codes(&pair.source), codes(&pair.target));
        if let Some(direct) = self.first(&sources, &targets)? {
            return Ok(Route::direct(direct));
        }
        let between = [BETWEEN.to_owned()];
        if let (Some(first), Some(second)) = (
            self.first(&sources, &between)?,
            self.first(&between, &targets)?,
        ) {
            return Ok(Route::by(first, second));
        }
        let mut get = wanted(pair);
        get.retain(|pair| !self.folder(pair).is_dir());
        Err(ModelError::Missing {
            from: pair.source.to_string(),
            to: pair.target.to_string(),
            get: get.iter().map(ToString::to_string).collect(),
            installed: installed()?,
        }
        .into())
    }

    /// Checks the files of a model against what was noted when they came; tells whether anything
    /// was.
    ///
    /// # Errors
    /// [`ModelError::NotInstalled`], or [`ModelError::Broken`] with the file that has changed.
    pub fn verify(&self, pair: &ModelPair) -> Result<bool, ModelError> {
        let installed = self.find(pair)?;
        for path in installed.paths() {
            installed.read(path)?;
        }
        Ok(installed.manifest.is_some())
    }

    /// Removes a model, and what has come of one that was not fetched to its end.
    ///
    /// # Errors
    /// [`ModelError::NotInstalled`], or [`ModelError::Io`].
    pub fn remove(&self, pair: &ModelPair) -> Result<(), ModelError> {
        let part = self.staging(pair);
        let had_part = part.is_dir();
        if had_part {
            fs::remove_dir_all(&part).map_err(|error| ModelError::io(&part, &error))?;
            // It stays while something else is in it.
            drop(fs::remove_dir(self.root.join(STAGING)));
        }
        let folder = self.folder(pair);
        if folder.is_dir() {
            return self.discard(pair, &folder);
        }
        if had_part {
            return Ok(());
        }
        Err(ModelError::NotInstalled {
            pair: pair.to_string(),
        })
    }

    /// Takes a folder away at once, then removes it.
    pub(super) fn discard(&self, pair: &ModelPair, folder: &Path) -> Result<(), ModelError> {
        let old = self
            .root
            .join(format!(".old-{pair}-{}", std::process::id()));
        fs::rename(folder, &old).map_err(|error| ModelError::io(folder, &error))?;
        fs::remove_dir_all(&old).map_err(|error| ModelError::io(&old, &error))
    }

    pub(super) fn staging(&self, pair: &ModelPair) -> PathBuf {
        self.root.join(STAGING).join(pair.to_string())
    }
}
