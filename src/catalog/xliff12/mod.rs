//! XLIFF 1.2 (OASIS Standard, 1 February 2008), for tools that know no other.
//!
//! | what | where |
//! | --- | --- |
//! | post | `file`, with its name in `original` |
//! | unit | `group`, with the field in `resname`, if it has one |
//! | segment | `trans-unit`; its `id` is that of the unit, a slash, and its own |
//! | codes | `bpt` and `ept`, `ph`, and `it` for a tag whose partner is not in the segment; their content is the code's bytes |
//! | state | `state` of the target, `approved` of the `trans-unit` |
//! | earlier translations | `alt-trans` |
//! | notes | `note`, with the category in `from` |
//!
//! What is lost: what stands between segments, what may be reordered, sub-states but that
//! something needs review, digests, and characters that XML does not allow, which become U+FFFD.

mod read;
mod write;

pub use read::import;
pub use write::write;
