//! What backends answered before: kept before a run goes on, and looked up before one is asked.
//!
//! An answer is kept as it came, under a key of everything that it depends on. So a run that was
//! killed, or one that failed later on, pays for nothing twice.

mod sqlite;

use sha2::{Digest as _, Sha256};

use crate::unit::Alignment;

pub use sqlite::Sqlite;

/// What an answer depends on, as a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key([u8; 16]);

impl Key {
    /// The key of an answer that depends on these texts, in this order.
    pub fn of(parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            // The length first: parts can't run into each other.
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        Self(key)
    }
}

/// What a backend made of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Text with codes, as it came.
    Tagged(String),
    /// Text without codes, and which words stand for which of the source.
    Plain {
        /// The text.
        text: String,
        /// Links between the plain texts, in bytes; empty where unknown.
        alignment: Alignment,
    },
}

/// An answer to keep, with what tells a person where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is found by.
    pub key: Key,
    /// Language tag of the source.
    pub source_locale: String,
    /// Language tag of the target.
    pub target_locale: String,
    /// The backend that gave it.
    pub backend: String,
    /// The source, with its codes.
    pub source: String,
    /// The answer.
    pub answer: Answer,
}

/// Why the memory can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the memory {path} can't be used: {detail}")]
pub struct MemoryError {
    /// Its file.
    pub path: String,
    /// The words of the database.
    pub detail: String,
}

/// Keeps answers from run to run.
pub trait Memory: Send + Sync {
    /// The answers under these keys, in their order.
    ///
    /// # Errors
    /// [`MemoryError`] where they can't be read.
    fn find(&self, keys: &[Key]) -> Result<Vec<Option<Answer>>, MemoryError>;

    /// Keeps answers; when this returns, they outlive the program. What is there already stays.
    ///
    /// # Errors
    /// [`MemoryError`] where they can't be written; then none is kept.
    fn keep(&self, entries: &[Entry]) -> Result<(), MemoryError>;
}
