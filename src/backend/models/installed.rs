//! Models that are installed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::fetch::FILE_MAX;
use super::manifest::{self, Manifest};
use super::{ModelError, ModelPair, role, sha256};

/// A model that is installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// Its name.
    pub pair: ModelPair,
    /// Its length in bytes.
    pub bytes: u64,
    /// What was noted when it was installed; nothing where somebody has put it there.
    pub manifest: Option<Manifest>,
    pub(in super::super) model: PathBuf,
    pub(in super::super) source_vocabulary: PathBuf,
    pub(in super::super) target_vocabulary: PathBuf,
}

/// The models that lead from one language to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    legs: Vec<Installed>,
}

impl Route {
    /// By one model.
    pub fn direct(model: Installed) -> Self {
        Self { legs: vec![model] }
    }

    /// By two, one after the other.
    pub(super) fn by(first: Installed, second: Installed) -> Self {
        Self {
            legs: vec![first, second],
        }
    }

    /// The models, in the order in which a text goes through them.
    pub fn legs(&self) -> impl Iterator<Item = &Installed> {
        self.legs.iter()
    }
}

impl Installed {
    pub(super) fn find(folder: &Path, pair: &ModelPair) -> Result<Self, ModelError> {
        let broken = |path: &Path, detail: String| ModelError::broken(pair, path, detail);
        let manifest = read_manifest(folder, pair)?;
        let names: BTreeSet<String> = match &manifest {
            Some(manifest) => manifest
                .files
                .iter()
                .map(|file| file.name.clone())
                .collect(),
            None => fs::read_dir(folder)
                .map_err(|error| ModelError::io(folder, &error))?
                .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
                .collect(),
        };
        let mut bytes = 0;
        let mut file_of = |wanted: &str| {
            let mut of_role = names.iter().filter(|name| role(name) == Some(wanted));
            let Some(name) = of_role.next() else {
                return Ok(None);
            };
            if let Some(other) = of_role.next() {
                let detail = format!("{name} and {other} are both there");
                return Err(broken(folder, detail));
            }
            let path = folder.join(name);
            let file = fs::metadata(&path).map_err(|error| broken(&path, error.to_string()))?;
            bytes += file.len();
            Ok(Some(path))
        };
        let model = file_of("model")?;
        let model = model.ok_or_else(|| broken(folder, "there is no model.*".to_owned()))?;
        let (source_vocabulary, target_vocabulary) = match file_of("vocab")? {
            Some(shared) => (shared.clone(), shared),
            None => match (file_of("srcvocab")?, file_of("trgvocab")?) {
                (Some(source), Some(target)) => (source, target),
                _ => return Err(broken(folder, "there is no vocab.*".to_owned())),
            },
        };
        Ok(Self {
            pair: pair.clone(),
            bytes,
            manifest,
            model,
            source_vocabulary,
            target_vocabulary,
        })
    }

    /// Reads one of its files, and holds it to the manifest.
    pub(in super::super) fn read(&self, path: &Path) -> Result<Vec<u8>, ModelError> {
        let broken = |detail: String| ModelError::broken(&self.pair, path, detail);
        let size = fs::metadata(path)
            .map_err(|error| broken(error.to_string()))?
            .len();
        if size > FILE_MAX {
            return Err(broken("the file is too large".to_owned()));
        }
        let bytes = fs::read(path).map_err(|error| broken(error.to_string()))?;
        if bytes.is_empty() {
            return Err(broken("the file is empty".to_owned()));
        }
        let name = path.file_name().unwrap_or_default();
        let noted = self.manifest.iter().flat_map(|manifest| &manifest.files);
        for file in noted.filter(|file| *file.name == *name) {
            if file.size != bytes.len() as u64 || file.sha256 != sha256(&bytes) {
                return Err(broken(
                    "the file has changed since it was fetched".to_owned(),
                ));
            }
        }
        Ok(bytes)
    }

    pub(super) fn paths(&self) -> BTreeSet<&Path> {
        [
            &self.model,
            &self.source_vocabulary,
            &self.target_vocabulary,
        ]
        .into_iter()
        .map(PathBuf::as_path)
        .collect()
    }
}

fn read_manifest(folder: &Path, pair: &ModelPair) -> Result<Option<Manifest>, ModelError> {
    let path = folder.join(manifest::FILE_NAME);
    let Ok(text) = fs::read_to_string(&path) else {
        return Ok(None);
    };
    let broken = |detail: String| ModelError::broken(pair, &path, detail);
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
    if manifest
        .files
        .iter()
        .any(|file| !super::is_model_file(&file.name))
    {
        return Err(broken("a file in it has a strange name".to_owned()));
    }
    Ok(Some(manifest))
}
