//! Errors, in words.

use super::{Argument, Message};
use crate::backend::BackendError;
use crate::html::HtmlError;
use crate::post::{FieldPatternError, ReadError};
use crate::route::{OutputError, PatternError, SiteError};
use crate::translate::Failure;
use crate::unit::{LocaleError, MarkupError};

/// A value that may be missing, for a message that has a form for `none`.
pub(super) fn or_none<T: ToString>(value: Option<T>) -> Argument {
    value
        .map_or_else(|| "none".to_owned(), |value| value.to_string())
        .into()
}

/// What a backend said: `none` if it is nothing, and several lines below the message, indented.
pub(super) fn said(detail: &str) -> Argument {
    let lines: Vec<&str> = detail
        .lines()
        // Of a progress bar that was drawn over and over, only the last one counts.
        .map(|line| line.trim_end().rsplit('\r').next().unwrap_or_default())
        .filter(|line| !line.trim().is_empty())
        .collect();
    match lines.as_slice() {
        [] => "none".into(),
        [line] => line.trim().into(),
        lines => format!("\n    {}", lines.join("\n    ")).into(),
    }
}

/// What is wrong with the settings of a backend.
fn setting_error(error: &BackendError) -> Message {
    match error {
        BackendError::NoKey { backend, variables } => Message::new("error-backend-no-key")
            .with("backend", backend.as_str())
            .with("variables", variables.join(", ")),
        BackendError::KeyCommand { backend, detail } => Message::new("error-backend-key-command")
            .with("backend", backend.as_str())
            .with("detail", said(detail)),
        BackendError::Address { backend, url } => Message::new("error-backend-address")
            .with("backend", backend.as_str())
            .with("url", url.as_str()),
        BackendError::File {
            backend,
            path,
            detail,
        } => Message::new("error-backend-file")
            .with("backend", backend.as_str())
            .with("path", path.as_str())
            .with("detail", said(detail)),
        BackendError::MissingOption { backend, key } => {
            Message::new("error-backend-option-missing")
                .with("backend", backend.as_str())
                .with("key", *key)
        }
        BackendError::Option {
            backend,
            key,
            value,
            valid,
        } => {
            let valid = (!valid.is_empty()).then(|| valid.join(", "));
            Message::new("error-value")
                .with("argument", format!("backends.{backend}.{key}"))
                .with("value", value.as_str())
                .with("valid", or_none(valid))
        }
        // The others are worded by who knows them.
        other => Message::new("error-io").with("detail", other.to_string()),
    }
}

/// What stopped a backend.
pub fn backend_error(error: &BackendError) -> Message {
    match error {
        BackendError::Unknown { name } => {
            Message::new("error-backend-unknown").with("name", name.as_str())
        }
        BackendError::Argument { name, argument } if argument.is_empty() => {
            Message::new("error-backend-argument-missing").with("name", name.as_str())
        }
        BackendError::Argument { name, argument } => Message::new("error-backend-argument")
            .with("name", name.as_str())
            .with("argument", argument.as_str()),
        BackendError::NotInstalled { program } => {
            Message::new("error-backend-not-installed").with("program", program.as_str())
        }
        BackendError::UnsupportedPair {
            backend,
            from,
            to,
            supported,
        } => {
            let message = if supported.is_empty() {
                Message::new("error-backend-no-pairs")
            } else {
                Message::new("error-backend-pair").with("supported", supported.join(", "))
            };
            message
                .with("backend", backend.as_str())
                .with("from", from.as_str())
                .with("to", to.as_str())
        }
        BackendError::Refused { backend, detail } => Message::new("error-backend-refused")
            .with("backend", backend.as_str())
            .with("detail", said(detail)),
        BackendError::NoKey { .. }
        | BackendError::KeyCommand { .. }
        | BackendError::Address { .. }
        | BackendError::MissingOption { .. }
        | BackendError::Option { .. }
        | BackendError::File { .. } => setting_error(error),
        BackendError::TooLarge { backend, detail }
        | BackendError::Rejected {
            backend, detail, ..
        } => Message::new("error-backend-rejected")
            .with("backend", backend.as_str())
            .with("detail", said(detail)),
        BackendError::Glossary {
            backend,
            from,
            to,
            detail,
        } => Message::new("error-backend-glossary")
            .with("backend", backend.as_str())
            .with("from", from.as_str())
            .with("to", to.as_str())
            .with("detail", said(detail)),
        BackendError::Busy {
            backend,
            status,
            detail,
            ..
        }
        | BackendError::Service {
            backend,
            status,
            detail,
        } => Message::new("error-backend-service")
            .with("backend", backend.as_str())
            .with("status", or_none(*status))
            .with("detail", said(detail)),
        BackendError::Program {
            program,
            code,
            detail,
        } => Message::new("error-backend-program")
            .with("program", program.as_str())
            .with("code", or_none(*code))
            .with("detail", said(detail)),
        BackendError::Models(error) => super::model_error(error),
        BackendError::NotBuilt { backend } => {
            Message::new("error-backend-not-built").with("backend", backend.as_str())
        }
        BackendError::Processor { backend, needs } => Message::new("error-backend-processor")
            .with("backend", backend.as_str())
            .with("needs", needs.as_str()),
    }
}

/// Why a segment was not translated.
pub fn failure(failure: &Failure) -> Message {
    match failure {
        Failure::Backend(detail) => Message::new("failure-backend").with("detail", said(detail)),
        Failure::NoReply => Message::new("failure-no-reply"),
        Failure::Stopped => Message::new("failure-stopped"),
        Failure::Budget => Message::new("failure-budget"),
        Failure::Empty => Message::new("failure-empty"),
        Failure::NoAlignment => Message::new("failure-no-alignment"),
        Failure::Markup(error) => markup_error(error),
    }
}

/// How the codes of a target break law 3.
pub fn markup_error(error: &MarkupError) -> Message {
    let (id, code) = match error {
        MarkupError::Missing(code) => ("failure-code-missing", code),
        MarkupError::Unexpected(code) => ("failure-code-unexpected", code),
        MarkupError::Nesting(code) => ("failure-code-nesting", code),
        MarkupError::Order(code) => ("failure-code-order", code),
        MarkupError::Protected(code) => ("failure-code-protected", code),
    };
    Message::new(id).with("code", code.to_string())
}

/// Why a field was left as it was, or a selector is none.
pub fn html_error(error: &HtmlError) -> Message {
    match error {
        HtmlError::TooDeep { limit } => {
            Message::new("error-html-too-deep").with("limit", u64::from(*limit))
        }
        HtmlError::TooTangled => Message::new("error-html-too-tangled"),
        HtmlError::TooLarge { bytes } => Message::new("error-html-too-large").with("bytes", *bytes),
        // What the parser says of it is in words for its authors.
        HtmlError::Selector { selector, .. } => {
            Message::new("error-selector").with("selector", selector.as_str())
        }
    }
}

/// Why a file was not read.
pub fn read_error(error: &ReadError) -> Message {
    match error {
        ReadError::Io(error) => Message::new("error-io").with("detail", error.to_string()),
        ReadError::NotUtf8 { offset } => Message::new("error-not-utf8").with("offset", *offset),
        ReadError::Json(error) => Message::new("error-json")
            .with("line", error.line)
            .with("column", error.column)
            .with("detail", error.detail.as_str()),
    }
}

/// What is wrong with the site's configuration.
pub fn site_error(error: &SiteError) -> Message {
    match error {
        SiteError::Url { url } => Message::new("error-site-url").with("url", url.as_str()),
        SiteError::Prefix { locale, prefix } => Message::new("error-site-prefix")
            .with("locale", locale.as_str())
            .with("prefix", prefix.as_str()),
    }
}

/// What is wrong with a language tag.
pub fn locale_error(error: &LocaleError) -> Message {
    Message::new("error-locale").with("tag", error.0.as_str())
}

/// What is wrong with a field path.
pub fn field_pattern_error(error: &FieldPatternError) -> Message {
    Message::new("error-field-path").with("path", error.0.as_str())
}

/// What is wrong with an output pattern.
pub fn pattern_error(error: &PatternError) -> Message {
    match error {
        PatternError::Empty => Message::new("error-pattern-empty"),
        PatternError::UnknownPlaceholder {
            name, suggestion, ..
        } => Message::new("error-pattern-placeholder")
            .with("name", name.as_str())
            .with("suggestion", or_none(*suggestion)),
        PatternError::Unclosed { suggestion, .. } => {
            Message::new("error-pattern-unclosed").with("suggestion", or_none(*suggestion))
        }
        PatternError::Unopened { at } => Message::new("error-pattern-unopened").with("at", at + 1),
    }
}

/// Why there is no path to write a post to.
pub fn output_error(error: &OutputError) -> Message {
    match error {
        OutputError::MissingSlug => Message::new("error-output-slug"),
        OutputError::Value { placeholder, value } => Message::new("error-output-value")
            .with("placeholder", *placeholder)
            .with("value", value.as_str()),
        OutputError::NoFile { path } => {
            Message::new("error-output-no-file").with("path", path.as_str())
        }
        OutputError::Absolute { path } | OutputError::LeavesProject { path } => {
            Message::new("error-output-leaves").with("path", path.as_str())
        }
        OutputError::Character { path, .. } => {
            Message::new("error-output-character").with("path", path.as_str())
        }
        OutputError::IsSource { path } => {
            Message::new("error-output-is-source").with("path", path.as_str())
        }
    }
}
