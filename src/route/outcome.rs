//! What becomes of a value, and why.

use std::ops::Range;

use super::address::slice;

/// Which content links follow to the target locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LinkPolicy {
    /// All that are on the site.
    All,
    /// Those to posts that are localized.
    #[default]
    Translated,
    /// None.
    Keep,
}

/// What the place of a link says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LinkContext {
    /// The element or one that holds it is excluded from translation.
    pub is_excluded: bool,
    /// The element has a `hreflang` attribute, so it names the language of what it links to.
    pub has_hreflang: bool,
}

/// What becomes of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It stays as it is.
    Keep(KeepReason),
    /// These ranges of it are replaced: ascending, apart from each other, at least one.
    Rewrite(Vec<Edit>),
}

/// A range of a value and what replaces it. The new text needs no percent-encoding, and no escaping
/// in HTML, XML or JSON: it holds only unreserved URL characters (RFC 3986), `%` and `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The range in bytes of the value; empty for an insertion.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// Why a link is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeepReason {
    /// Source and target have the same locale or the same prefix.
    SamePrefix,
    /// The policy is to keep all links.
    Policy,
    /// A browser repairs this address before it follows it.
    Unclear,
    /// Rule 1: the document itself.
    SameDocument,
    /// Rule 2: another scheme than http and https.
    OtherScheme,
    /// Rule 3: another host.
    ForeignHost,
    /// Rule 4: relative to the document, so that it breaks where the document moves. Reported.
    Relative,
    /// Rule 5: outside of the site's home path.
    OutsideHome,
    /// Rule 6: a part of WordPress, not of the site's content.
    Reserved,
    /// Rule 7: a file.
    File,
    /// Rule 8: a feed.
    Feed,
    /// Rule 9: excluded from translation, or with `hreflang`.
    Excluded,
    /// Rule 10: under the target's prefix already.
    TargetLocale,
    /// Rule 10: under the prefix of another locale.
    OtherLocale,
    /// Rule 11: names a post by its id.
    PostId,
    /// Rule 12: to a post that is not localized. Reported.
    NotLocalized,
    /// An API address without the prefix that the source has: the API of this site has none.
    Unprefixed,
}

impl KeepReason {
    /// Whether the user should hear of it.
    pub fn is_reported(self) -> bool {
        matches!(self, Self::Relative | Self::NotLocalized)
    }
}

impl Outcome {
    /// The new value, or `None` when it stays.
    pub fn apply(&self, value: &str) -> Option<String> {
        match self {
            Self::Keep(_) => None,
            Self::Rewrite(edits) => Some(apply_edits(value, edits)),
        }
    }
}

/// Replaces ascending ranges of `value`; an edit that does not fit in the value is left out.
pub fn apply_edits(value: &str, edits: &[Edit]) -> String {
    let mut result = String::with_capacity(value.len() + 16);
    let mut done = 0;
    for edit in edits {
        if let (Some(before), Some(_)) = (
            value.get(done..edit.range.start),
            value.get(edit.range.clone()),
        ) {
            result.push_str(before);
            result.push_str(&edit.text);
            done = edit.range.end;
        }
    }
    result.push_str(slice(value, done..value.len()));
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_that_do_not_fit_are_left_out() {
        let edit = |range| Edit {
            range,
            text: "x".into(),
        };
        assert_eq!(apply_edits("aäb", &[edit(1..2), edit(3..4)]), "aäx");
        assert_eq!(
            apply_edits("ab", &[edit(1..2), edit(0..1), edit(9..9)]),
            "ax"
        );
    }
}
