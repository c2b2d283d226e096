//! What is wrong with models, in words.

use super::Message;
use super::errors::{or_none, said};
use crate::backend::models::ModelError;

/// Names, or `none`.
fn listed(names: &[String], separator: &str) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(separator)
    }
}

/// Why there is no model, or none that can be used.
pub fn model_error(error: &ModelError) -> Message {
    match error {
        ModelError::Missing {
            from,
            to,
            get,
            installed,
        } => Message::new("error-model-missing")
            .with("from", from.as_str())
            .with("to", to.as_str())
            .with("get", listed(get, " "))
            .with("installed", listed(installed, ", ")),
        ModelError::Broken { pair, path, detail } => Message::new("error-model-broken")
            .with("pair", pair.as_str())
            .with("path", path.display().to_string())
            .with("detail", said(detail)),
        ModelError::Io { path, detail } => Message::new("error-model-io")
            .with("path", path.display().to_string())
            .with("detail", said(detail)),
        ModelError::NoFolder => Message::new("error-model-folder"),
        ModelError::NotInstalled { pair } => {
            Message::new("error-model-not-installed").with("pair", pair.as_str())
        }
        ModelError::Name { name } => Message::new("error-model-name").with("name", name.as_str()),
        ModelError::NoSource => Message::new("error-model-source-missing"),
        ModelError::Address { address } => {
            Message::new("error-model-address").with("address", address.as_str())
        }
        ModelError::Source {
            address,
            status,
            detail,
        } => Message::new("error-model-source")
            .with("address", address.as_str())
            .with("status", or_none(*status))
            .with("detail", said(detail)),
        ModelError::Index { address, detail } => Message::new("error-model-index")
            .with("address", address.as_str())
            .with("detail", said(detail)),
        ModelError::NotOffered { pair, offered } => Message::new("error-model-not-offered")
            .with("pair", pair.as_str())
            .with("offered", listed(offered, ", ")),
        ModelError::Mismatch { address, detail } => Message::new("error-model-mismatch")
            .with("address", address.as_str())
            .with("detail", said(detail)),
    }
}
