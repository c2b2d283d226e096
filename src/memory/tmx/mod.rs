//! TMX 1.4b, the form in which programs exchange translations: levels 1 (text) and 2 (codes).
//!
//! [`Reader`] takes what other programs write, [`Writer`] writes what the DTD allows. What TMX has
//! no element for is in properties: `x-state` (`machine` or `reviewed`), `x-origin`, and for each
//! context an `x-context` with the digests of the segment before, the one behind and the unit, `-`
//! where one is not known.
//!
//! Codes are written as `bpt` and `ept` (pairs) and `ph` (all others) with what a translator sees
//! of them as content, `<g1>` or `<x2/>`; `type` tells a protected span (`x-protected`, its content
//! is its text) and a tag without partner (`x-lone`).

mod import;
mod input;
mod parse;
mod read;
mod segment;
mod write;

pub use import::{ImportError, Imported, import};
pub use read::{Languages, Options, Reader, Tally};
pub use write::Writer;

const STATE: &str = "x-state";
const ORIGIN: &str = "x-origin";
const CONTEXT: &str = "x-context";
const PROTECTED: &str = "x-protected";
const LONE: &str = "x-lone";

/// Why a file can't be read as TMX, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct TmxError {
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong there.
    pub kind: TmxErrorKind,
}

/// What can be wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TmxErrorKind {
    /// It can't be read, in the words of the system.
    #[error("{0}")]
    Io(String),
    /// It is neither in UTF-8 nor in UTF-16.
    #[error("the encoding {0} is not one of TMX")]
    Encoding(String),
    /// It is no well-formed XML.
    #[error("{0}")]
    Xml(String),
    /// Its root is not `tmx`.
    #[error("the root is `{0}` and not `tmx`")]
    Root(String),
    /// Its document type has declarations of its own, which could be anything.
    #[error("the document type has declarations of its own")]
    Declarations,
    /// An entity that XML itself does not have.
    #[error("the entity `{0}` is not known")]
    Entity(String),
    /// Elements are nested too deep.
    #[error("elements are nested deeper than {0}")]
    TooDeep(usize),
    /// A unit, or what stands between units, is too large.
    #[error("a unit is larger than {0} bytes")]
    TooLarge(usize),
    /// It ends in the middle.
    #[error("the file ends too early")]
    Unfinished,
}
