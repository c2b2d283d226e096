//! What can go wrong with models.

use std::path::{Path, PathBuf};

use super::ModelPair;

/// Why there is no model, or none that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// No model is installed for a pair of languages.
    #[error("no model is installed for {from} to {to}")]
    Missing {
        /// Source language.
        from: String,
        /// Target language.
        to: String,
        /// The models that would serve, as `polypost models get` wants them.
        get: Vec<String>,
        /// Those that are installed.
        installed: Vec<String>,
    },
    /// A file of a model is not what it should be.
    #[error("{}: {detail}", path.display())]
    Broken {
        /// The model.
        pair: String,
        /// The file, or the folder where one is missing.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// A file or folder can't be read or written.
    #[error("{}: {detail}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// The words of the system.
        detail: String,
    },
    /// Nothing says where models are kept, and there is no home folder.
    #[error("there is no folder for models")]
    NoFolder,
    /// There is no model of that name here.
    #[error("the model {pair} is not installed")]
    NotInstalled {
        /// Its name.
        pair: String,
    },
    /// A text does not name a pair of languages.
    #[error("`{name}` is not the name of a model")]
    Name {
        /// The text.
        name: String,
    },
    /// Nothing says where to get models from.
    #[error("no source of models is configured")]
    NoSource,
    /// A text is not an address that models may come from.
    #[error("models can't come from `{address}`")]
    Address {
        /// The text.
        address: String,
    },
    /// A source can't be reached, or answers with an error.
    #[error("{address}: {detail}")]
    Source {
        /// Address of what was asked for.
        address: String,
        /// HTTP status, where there was one.
        status: Option<u16>,
        /// The words of the server or of the transport.
        detail: String,
    },
    /// What a source says about its models makes no sense.
    #[error("{address}: {detail}")]
    Index {
        /// Address of the index.
        address: String,
        /// What is wrong with it.
        detail: String,
    },
    /// A source does not have a model.
    #[error("{pair} is not offered")]
    NotOffered {
        /// The model.
        pair: String,
        /// Those that it has.
        offered: Vec<String>,
    },
    /// What was fetched is not what the source says.
    #[error("{address} is not what the index says: {detail}")]
    Mismatch {
        /// Address of the file.
        address: String,
        /// What is different.
        detail: String,
    },
}

impl ModelError {
    pub(in super::super) fn broken(
        pair: &ModelPair,
        path: &Path,
        detail: impl Into<String>,
    ) -> Self {
        Self::Broken {
            pair: pair.to_string(),
            path: path.to_owned(),
            detail: detail.into(),
        }
    }

    pub(super) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            detail: error.to_string(),
        }
    }
}
