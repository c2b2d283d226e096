//! Which words of a translation stand for which words of its source.

use std::ops::Range;

/// A pair of spans that say the same, in bytes of the two plain texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// Span of the source's plain text.
    pub source: Range<usize>,
    /// Span of the target's plain text.
    pub target: Range<usize>,
}

/// A word alignment: links in any order; words without a link are unaligned.
pub type Alignment = Vec<Link>;
