//! XML, read safely and written so that a diff reads well.

mod escape;
mod read;

pub(super) use escape::{attribute, content, is_xml_char, text_only};
pub(super) use read::{Element, Node, parse};
pub use read::{XmlError, decode};

/// Namespaces that mean something here.
pub(super) mod namespace {
    /// XLIFF 2: core.
    pub(crate) const CORE: &str = "urn:oasis:names:tc:xliff:document:2.0";
    /// XLIFF 2: translation candidates.
    pub(crate) const MATCHES: &str = "urn:oasis:names:tc:xliff:matches:2.0";
    /// XLIFF 2: metadata.
    pub(crate) const METADATA: &str = "urn:oasis:names:tc:xliff:metadata:2.0";
    /// XLIFF 2: size and length restriction.
    pub(crate) const SIZE: &str = "urn:oasis:names:tc:xliff:sizerestriction:2.0";
    /// XLIFF 1.2.
    pub(crate) const XLIFF_1_2: &str = "urn:oasis:names:tc:xliff:document:1.2";
    /// Attributes like `xml:lang`.
    pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";
    /// Anything else.
    pub(crate) const OTHER: &str = "other";

    /// The constant for a namespace.
    pub(super) fn known(name: &str) -> &'static str {
        let all = [CORE, MATCHES, METADATA, SIZE, XLIFF_1_2, XML];
        all.into_iter().find(|own| *own == name).unwrap_or(OTHER)
    }
}
