//! PO files of GNU gettext, for tools that know no XLIFF.
//!
//! An entry is a segment. Its context (`msgctxt`) is the id of the post, that of the unit and that
//! of the segment, with slashes. Codes stand in the text as `<g1>…</g1>` and `<x2/>`, so `&`, `<`
//! and `>` of the text are written as in XML. `fuzzy` is on what needs review; where a person
//! takes it away, they approved of the target.
//!
//! What is lost, on the way there or back:
//! - the bytes of codes, whether they may be reordered, and what protected spans show: comments
//!   tell them, but nothing reads these;
//! - whether a translation is `translated`, `reviewed` or `final`: comments tell; what comes back
//!   can only take `fuzzy` away;
//! - sub-states but that something needs review, provenance and digests;
//! - what stands between segments, and length limits, which comments tell;
//! - ids, categories, sides and priorities of notes: their text is a comment;
//! - candidates, but the source of the first as the previous `msgid`, and the targets as comments.
//!
//! None of that is lost in the catalog: an import only changes targets and states, and adds notes.

mod read;
mod write;

pub use read::import;
pub use write::write;
