//! What is wrong with glossaries, and where translations depart from them, in words.

use super::Message;
use super::errors::or_none;
use crate::glossary::{Departure, FlawKind, GlossaryError, Place, Problem};

/// Why a glossary can't be read.
pub fn glossary_error(error: &GlossaryError) -> Message {
    let message = match &error.problem {
        Problem::TooLarge { bytes } => {
            Message::new("error-glossary-too-large").with("mebibytes", bytes >> 20)
        }
        Problem::NotUtf8 { offset } => Message::new("error-not-utf8").with("offset", *offset),
        Problem::NoTerms => Message::new("error-glossary-no-terms"),
        Problem::Column { name } => {
            Message::new("error-glossary-column").with("name", name.as_str())
        }
        Problem::ColumnTwice { name } => {
            Message::new("error-glossary-column-twice").with("name", name.as_str())
        }
        Problem::NoLanguage { name } => {
            Message::new("error-glossary-language").with("name", name.as_str())
        }
        Problem::Locale { tag } => Message::new("error-locale").with("tag", tag.as_str()),
        Problem::Cells { cells, columns } => Message::new("error-glossary-cells")
            .with("cells", *cells)
            .with("columns", *columns),
        Problem::Value {
            column,
            value,
            valid,
        } => Message::new("error-value")
            .with("argument", *column)
            .with("value", value.as_str())
            .with("valid", valid.join(", ")),
        Problem::Syntax { detail } => Message::new("error-io").with("detail", detail.as_str()),
        Problem::Entity { name } => {
            Message::new("error-glossary-entity").with("name", name.as_str())
        }
        Problem::TooDeep { limit } => Message::new("error-html-too-deep").with("limit", *limit),
        Problem::NotTbx { root } => Message::new("error-glossary-root")
            .with("root", or_none((!root.is_empty()).then_some(root.as_str()))),
    };
    match error.line {
        Some(line) => Message::new("error-line")
            .with("line", line)
            .with("problem", message),
        None => message,
    }
}

/// What to do about it, where there is more to say.
pub fn glossary_hint(error: &GlossaryError) -> Option<Message> {
    let id = match &error.problem {
        Problem::NotUtf8 { .. } => "hint-encoding",
        Problem::NoTerms | Problem::Column { .. } | Problem::ColumnTwice { .. } => {
            "hint-glossary-columns"
        }
        Problem::NoLanguage { .. } => "hint-glossary-language",
        Problem::Locale { .. } => "hint-locale",
        Problem::Cells { .. } => "hint-glossary-cells",
        Problem::Entity { .. } => "hint-glossary-entity",
        _ => return None,
    };
    Some(Message::new(id))
}

/// What is wrong with a concept of a glossary.
pub fn flaw(kind: &FlawKind) -> Message {
    match kind {
        FlawKind::NoTerm => Message::new("flaw-no-term"),
        FlawKind::Alone { term, locale } => Message::new("flaw-alone")
            .with("term", term.as_str())
            .with("locale", locale.tag()),
        FlawKind::NoWord { term } => Message::new("flaw-no-word").with("term", term.as_str()),
        FlawKind::Duplicate { term, other } => Message::new("flaw-duplicate")
            .with("term", term.as_str())
            .with("other", place(other)),
        FlawKind::Conflict {
            term,
            locale,
            own,
            others,
            other,
        } => Message::new("flaw-conflict")
            .with("term", term.as_str())
            .with("locale", locale.tag())
            .with("own", own.as_str())
            .with("others", others.as_str())
            .with("other", place(other)),
        FlawKind::Contradiction { term, locale } => Message::new("flaw-contradiction")
            .with("term", term.as_str())
            .with("locale", locale.tag()),
        FlawKind::Translated { term, other } => Message::new("flaw-translated")
            .with("term", term.as_str())
            .with("other", other.as_str()),
    }
}

fn place(place: &Place) -> String {
    format!("{}:{}", place.file, place.line)
}

/// Where a translation departs from a glossary.
pub fn departure(departure: &Departure) -> Message {
    match departure {
        Departure::Missing { term, wanted } => Message::new("departure-missing")
            .with("term", term.as_str())
            .with("wanted", wanted.first().map_or("", String::as_str)),
        Departure::Forbidden {
            term,
            found,
            instead,
        } => Message::new("departure-forbidden")
            .with("term", term.as_str())
            .with("found", found.as_str())
            .with("instead", or_none(instead.as_deref())),
        Departure::Changed { term } => {
            Message::new("departure-changed").with("term", term.as_str())
        }
    }
}
