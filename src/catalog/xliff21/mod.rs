//! XLIFF 2.1 (OASIS Standard, 13 February 2018).
//!
//! | what | where |
//! | --- | --- |
//! | post | `file`, with its name in `original` |
//! | unit | `unit`: the field in `name`, kind and element in `type` |
//! | codes | `pc`; `sc` and `ec` where a pair crosses segments or a tag has no partner; `ph`. Their bytes are in `originalData`; what a protected span shows is in `equiv` |
//! | segment | `segment` with `state` and `subState`, `ignorable` for what stands between |
//! | earlier translations | Translation Candidates module |
//! | digests, provenance | Metadata module, as segments may hold no other attributes |
//! | length limits | Size and Length Restriction module |
//!
//! Every source and every target has a line of its own, and no line depends on where its unit
//! stands: a paragraph that is inserted adds its own lines and changes no other.

mod content;
mod import;
mod mark;
mod read;
mod write;

pub use import::import;
pub use read::{Read, read};
pub use write::{write, write_for_exchange};

/// Names of ours in attributes whose values want a prefix.
const PREFIX: &str = "polypost";
/// Where a segment's digest and provenance stand.
const TARGET: &str = "polypost:target";
/// Where a unit's digest stands.
const OUTPUT: &str = "polypost:output";
