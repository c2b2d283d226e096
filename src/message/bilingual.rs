//! Catalogs, in words.

use super::Message;
use super::errors::locale_error;
use crate::catalog::{ReadError, XmlError};

/// Why a file is no XML that is read.
pub fn xml_error(error: &XmlError) -> Message {
    match error {
        XmlError::Malformed { line, detail } => Message::new("xml-malformed")
            .with("line", *line)
            .with("detail", detail.as_str()),
        XmlError::DocType { line } => Message::new("xml-doctype").with("line", *line),
        XmlError::Entity { line, name } => Message::new("xml-entity")
            .with("line", *line)
            .with("name", name.as_str()),
        XmlError::TooLarge { line } => Message::new("xml-too-large").with("line", *line),
        XmlError::Encoding => Message::new("xml-encoding"),
    }
}

/// Why a catalog is not read.
pub fn catalog_error(error: &ReadError) -> Message {
    match error {
        ReadError::Xml(error) => xml_error(error),
        ReadError::Format {
            line,
            found,
            wanted,
        } => Message::new("catalog-format")
            .with("line", *line)
            .with("found", found.as_str())
            .with("wanted", *wanted),
        ReadError::Malformed { line, detail } => Message::new("in-line")
            .with("line", *line)
            .with("message", detail.as_str()),
        ReadError::NoLanguage { line, name } => Message::new("catalog-no-language")
            .with("line", *line)
            .with("name", *name),
        ReadError::Language { line, error } => Message::new("in-line")
            .with("line", *line)
            .with("message", locale_error(error)),
    }
}
