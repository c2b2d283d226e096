//! The bilingual file of a post and a locale: what people review and edit.
//!
//! 1. [`Catalog`] is what is in it: per post its units, per unit its segments, with state,
//!    provenance and what tells a person's edit from ours.
//! 2. [`xliff21`] writes and reads it as XLIFF 2.1, one line for each source and each target.
//! 3. [`merge()`] says what of it still holds when the post has changed.
//! 4. [`xliff21`], [`xliff12`] and [`po`] write it for people who work elsewhere, and read what
//!    comes back; [`Catalog::apply`] takes that in.
//! 5. [`validate()`] checks a file for what the schemas of the standard can't say.
//!
//! Nothing here reads or writes files, and what came from outside is never trusted: XML is read
//! without entities and within bounds, and a target whose codes are not those of its source is
//! refused, not the file that it stands in.

mod codes;
mod digest;
mod error;
mod export;
mod foreign;
mod import;
mod inline;
mod merge;
mod model;
pub mod po;
mod state;
mod validate;
pub mod xliff12;
pub mod xliff21;
mod xml;

pub use codes::check_target;
pub use digest::{digest_of_target, digest_of_text};
pub use error::ReadError;
pub use export::Context;
pub use import::{Applied, Change, Imported, OtherLanguages, Place, Reason, Refused, Taken};
pub use merge::{Decision, Merged, Proposal, merge};
pub use model::{Candidate, Catalog, CatalogFile, CatalogSegment, CatalogUnit, Note, Part, Side};
pub use state::{Method, Origin, State, SubState};
pub use validate::{Constraint, Violation, validate};
pub use xml::{XmlError, decode};
