//! Errors as the user sees them: what happened, where, and what to do next.

use std::path::Path;

use crate::backend::models::ModelError;
use crate::backend::{BackendError, backend_names};
use crate::memory::MemoryError;
use crate::message::{self, Message};
use crate::translate::TranslateError;

use super::exit::Exit;

/// An error that ends the program.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CliError {
    /// What happened.
    pub(super) message: Message,
    /// Where or why, from the outside in.
    pub(super) causes: Vec<Message>,
    /// What to do next.
    pub(super) hint: Option<Message>,
    pub(super) exit: Exit,
}

impl CliError {
    pub(super) fn new(exit: Exit, message: Message) -> Self {
        Self {
            message,
            causes: Vec::new(),
            hint: None,
            exit,
        }
    }

    pub(super) fn usage(message: Message) -> Self {
        Self::new(Exit::Usage, message)
    }

    pub(super) fn because(mut self, cause: Message) -> Self {
        self.causes.push(cause);
        self
    }

    pub(super) fn hint(mut self, hint: Message) -> Self {
        self.hint = Some(hint);
        self
    }

    /// A file that could not be read or written.
    pub(super) fn file(id: &'static str, path: &Path, cause: Message) -> Self {
        Self::new(
            Exit::Files,
            Message::new(id).with("path", path.display().to_string()),
        )
        .because(cause)
    }

    pub(super) fn io(path: impl AsRef<Path>, error: &std::io::Error) -> Self {
        let cause = Message::new("error-io").with("detail", error.to_string());
        Self::file("error-file", path.as_ref(), cause)
    }
}

impl From<BackendError> for CliError {
    fn from(error: BackendError) -> Self {
        let exit = match error {
            BackendError::File { .. } => Exit::Files,
            BackendError::Refused { .. }
            | BackendError::NoKey { .. }
            | BackendError::KeyCommand { .. }
            | BackendError::Service { .. }
            | BackendError::Busy { .. }
            | BackendError::TooLarge { .. }
            | BackendError::Rejected { .. }
            | BackendError::Program { .. } => Exit::Refused,
            BackendError::Unknown { .. }
            | BackendError::Argument { .. }
            | BackendError::Address { .. }
            | BackendError::MissingOption { .. }
            | BackendError::Option { .. }
            | BackendError::Glossary { .. }
            | BackendError::NotInstalled { .. }
            | BackendError::UnsupportedPair { .. }
            | BackendError::NotBuilt { .. }
            | BackendError::Processor { .. } => Exit::Usage,
            BackendError::Models(ref error) => exit_of(error),
        };
        let hint = match &error {
            BackendError::Unknown { name } => Some(suggested_backend(name)),
            BackendError::Argument { .. } => Some(Message::new("hint-backends")),
            BackendError::NoKey { backend, .. } => {
                Some(Message::new("hint-key").with("backend", backend.as_str()))
            }
            BackendError::MissingOption { backend, key } => Some(
                Message::new("hint-option")
                    .with("backend", backend.as_str())
                    .with("key", *key),
            ),
            BackendError::Address { .. } => Some(Message::new("hint-address")),
            BackendError::Glossary { .. } => Some(Message::new("hint-backend-glossary")),
            BackendError::UnsupportedPair { backend, .. } if backend != "apertium" => {
                Some(Message::new("hint-backends"))
            }
            BackendError::Models(error) => hint_for(error),
            BackendError::NotInstalled { .. }
            | BackendError::UnsupportedPair { .. }
            | BackendError::NotBuilt { .. }
            | BackendError::Processor { .. } => Some(Message::new("hint-backend-choices")),
            _ => None,
        };
        Self {
            hint,
            ..Self::new(exit, message::backend_error(&error))
        }
    }
}

impl From<MemoryError> for CliError {
    fn from(error: MemoryError) -> Self {
        let cause = Message::new("error-io").with("detail", error.detail);
        Self::file("error-memory", Path::new(&error.path), cause).hint(Message::new("hint-memory"))
    }
}

impl From<TranslateError> for CliError {
    fn from(error: TranslateError) -> Self {
        match error {
            TranslateError::Backend(error) => error.into(),
            TranslateError::Memory(error) => error.into(),
        }
    }
}

impl From<ModelError> for CliError {
    fn from(error: ModelError) -> Self {
        BackendError::from(error).into()
    }
}

/// How a run ends that could not use a model.
pub(super) fn exit_of(error: &ModelError) -> Exit {
    match error {
        ModelError::Broken { .. } | ModelError::Io { .. } => Exit::Files,
        ModelError::Source { .. } | ModelError::Mismatch { .. } => Exit::Incomplete,
        _ => Exit::Usage,
    }
}

fn hint_for(error: &ModelError) -> Option<Message> {
    let hint = match error {
        ModelError::Missing { .. } => Message::new("hint-backend-choices"),
        ModelError::Broken { pair, .. } => {
            Message::new("hint-model-broken").with("pair", pair.as_str())
        }
        ModelError::NotInstalled { .. } => Message::new("hint-model-list"),
        ModelError::Name { .. } => Message::new("hint-model-name"),
        ModelError::NoSource => Message::new("hint-model-source"),
        ModelError::Address { .. } => Message::new("hint-model-address"),
        ModelError::NoFolder => Message::new("hint-model-folder"),
        ModelError::Source { .. } => Message::new("hint-model-again"),
        _ => return None,
    };
    Some(hint)
}

fn suggested_backend(name: &str) -> Message {
    let names: Vec<_> = backend_names().collect();
    match nearest(name, names) {
        Some(near) => Message::new("hint-did-you-mean").with("name", near),
        None => Message::new("hint-backends"),
    }
}

/// The name that was perhaps meant.
pub(super) fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    names
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .filter(|(distance, known)| *distance <= 1 + known.len() / 4)
        .min()
        .map(|(_, known)| known)
}
