//! Earlier translations, looked up before any backend is asked, and what backends answered.
//!
//! - A [`Pair`] is a segment with its translation. It is found again for the same text, first in
//!   the same context and then anywhere, and for similar texts: by a [`similarity`], from an index
//!   of words that finds all that a look through the whole memory would.
//! - An [`Answer`] is kept as it came, under a key of everything that it depends on. So a run that
//!   was killed, or one that failed later on, pays for nothing twice.
//!
//! [`Sqlite`] keeps both in a file; [`tmx`] exchanges pairs with other programs.

mod carry;
mod hash;
mod measure;
mod pair;
mod sqlite;
pub mod tmx;
mod tokens;
mod words;

use sha2::{Digest as _, Sha256};

use crate::unit::Alignment;

pub use measure::similarity;
pub use pair::{
    Codes, Context, Digest, DigestError, Direction, Exact, Found, Match, Pair, Query, Snapshot,
    State, Wanted,
};
pub use sqlite::{Count, Fault, FaultKind, Prune, Sqlite, Stats};

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

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
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

/// Keeps answers and translations from run to run.
///
/// All calls are synchronous and may come from several threads.
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

    /// The memory as it is now, for the look-ups of a run.
    ///
    /// # Errors
    /// [`MemoryError`] where it can't be read.
    fn snapshot(&self) -> Result<Snapshot, MemoryError>;

    /// Looks segments up; what is found is in their order.
    ///
    /// An exact translation has the same text, with codes of the same kinds in the same places.
    /// The one from the same context comes first, then one that a person saw, then the one that
    /// was stored last. Where there is none, similar texts are looked for: all whose
    /// [`similarity`] reaches the threshold, the best of them up to the limit; each text once, with
    /// the best of its translations.
    ///
    /// # Errors
    /// [`MemoryError`] where the memory can't be read.
    fn look_up(
        &self,
        at: Snapshot,
        direction: &Direction,
        queries: &[Query<'_>],
        wanted: Wanted,
    ) -> Result<Vec<Found>, MemoryError>;

    /// Stores translations, and tells how many of them brought something new. When this returns,
    /// they outlive the program. With nothing new, nothing is written.
    ///
    /// In a context, the last translation counts, but what a person saw is not replaced by what
    /// nobody has looked at: that is left out. A target whose codes break law 3 is kept without
    /// codes; it is found as a similar one.
    ///
    /// # Errors
    /// [`MemoryError`] where they can't be written; then none is stored.
    fn store(&self, pairs: &[Pair]) -> Result<usize, MemoryError>;
}
