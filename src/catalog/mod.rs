//! The bilingual file of a post and a locale: what people review and edit.
//!
//! 1. [`Catalog`] is what is in it: per post its units, per unit its segments, with state,
//!    provenance and what tells a person's edit from ours.
//! 2. [`xliff21`] writes and reads it as XLIFF 2.1, one line for each source and each target.
//!
//! Nothing here reads or writes files, and what came from outside is never trusted: XML is read
//! without entities and within bounds, and a target whose codes are not those of its source is
//! refused, not the file that it stands in.

mod codes;
mod digest;
mod inline;
mod model;
pub mod xliff21;
mod xml;

pub use codes::check_target;
pub use digest::{digest_of_target, digest_of_text};
pub use model::{
    Candidate, Catalog, CatalogFile, CatalogSegment, CatalogUnit, Method, Note, Origin, Part, Side,
    State, SubState,
};
pub use xml::{XmlError, decode};
