//! What of a post's catalog still holds when the post has changed.
//!
//! 1. Units that are the same keep their id; one that is like a unit that is gone gets its id.
//! 2. A segment that stood anywhere in the post keeps its translation, wherever it stands now.
//! 3. A segment that is like one that is gone is translated anew, with the old pair beside it;
//!    where the old translation is a person's, that one stays, and is marked.
//! 4. What is not used any more is given back, for the memory.

mod carry;
mod fit;
mod pair;
mod propose;
mod segments;
mod units;

use super::model::{Candidate, CatalogFile, CatalogUnit};

pub use propose::Proposal;

/// What is to be done for a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Nothing: its target holds.
    Keep,
    /// Its source changed, and the target is a person's: a proposal is wanted beside it. Where the
    /// codes of the old target do not fit the new source, the segment has no target until then;
    /// the person's is its first candidate.
    Stale,
    /// A translation is wanted. Where something like it was translated before, that is its first
    /// candidate.
    Translate,
}

/// The units of a post with what holds of their translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The post; see [`CatalogFile::original`].
    pub original: String,
    /// The units, in their new order.
    pub units: Vec<CatalogUnit>,
    /// What is to be done for the segments of each unit, in order.
    pub decisions: Vec<Vec<Decision>>,
    /// Translations that no segment uses any more. They may go into the memory; those of people
    /// stand nowhere else.
    pub removed: Vec<Candidate>,
}

/// Joins the catalog of the last run with the units of a post as they are now.
///
/// `original` names the post, and `new` are its units as [`CatalogUnit::new`] makes them. The
/// result depends on nothing but the arguments, and the time it takes grows with their size.
///
/// No word of a person is lost: it is in a target, in a candidate, or in [`Merged::removed`].
pub fn merge(original: &str, old: Option<&CatalogFile>, new: Vec<CatalogUnit>) -> Merged {
    let old = old.map_or(&[][..], |old| &old.units[..]);
    let before = units::pair(old, &new);
    let new = units::with_ids(old, new, &before);
    let olds = segments::flatten(old);
    let found = segments::find(&olds, &new, &before);
    let mut carrier = carry::Carrier::new(&olds);
    let mut found = found.into_iter();
    let (units, decisions) = new
        .into_iter()
        .map(|unit| carrier.carry(unit, &mut found))
        .unzip();
    Merged {
        original: original.to_owned(),
        units,
        decisions,
        removed: carrier.removed(),
    }
}
