//! The models of the built-in engine: where they are kept, and where they come from.
//!
//! A model is a folder `<root>/<pair>` (`en-de`) with files as Firefox names them, and a manifest
//! with their hashes where polypost has fetched them. `index` and `mozilla` read what others
//! offer, `fetch` brings it here, `store` keeps it.

mod error;
mod fetch;
mod index;
mod install;
mod installed;
mod manifest;
mod mozilla;
mod origin;
mod pair;
mod store;

pub use error::ModelError;
pub use fetch::Fetched;
pub use install::Got;
pub use installed::{Installed, Route};
pub use manifest::{Manifest, ManifestFile};
pub use origin::{Compression, Offer, OfferedFile, Origin, Place};
pub use pair::ModelPair;
pub use store::{Found, Store};

use sha2::{Digest, Sha256};

/// The SHA-256 of bytes, in lower-case hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}

/// Whether a name is that of a file that a model consists of.
fn is_model_file(name: &str) -> bool {
    let is_plain = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    // What is not all here yet has this name.
    let is_part = std::path::Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "part");
    is_plain && name.len() <= 128 && !is_part && role(name).is_some()
}

/// What a file is for, by the first part of its name.
fn role(name: &str) -> Option<&str> {
    let role = name.split('.').next().unwrap_or_default();
    ["model", "vocab", "srcvocab", "trgvocab"]
        .into_iter()
        .find(|one| *one == role)
}
