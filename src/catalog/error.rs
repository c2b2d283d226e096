//! Why a file is not read.

use crate::unit::LocaleError;

use super::xml::XmlError;

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is no XML that is read.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// Its root is not that of the format.
    #[error("line {line}: this is `{found}`, not {wanted}")]
    Format {
        /// Where, counted from 1.
        line: usize,
        /// The root element.
        found: String,
        /// The format that was expected.
        wanted: &'static str,
    },
    /// It is broken.
    #[error("line {line}: {detail}")]
    Malformed {
        /// Where, counted from 1.
        line: usize,
        /// What is wrong.
        detail: String,
    },
    /// It does not say from or into which language it is.
    #[error("line {line}: no language is named: {name}")]
    NoLanguage {
        /// Where, counted from 1.
        line: usize,
        /// The attribute or header that is missing.
        name: &'static str,
    },
    /// A language is no language tag.
    #[error("line {line}: {error}")]
    Language {
        /// Where, counted from 1.
        line: usize,
        /// What is wrong with it.
        error: LocaleError,
    },
}
