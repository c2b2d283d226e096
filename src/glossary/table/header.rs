//! The header of a table: what its columns hold.

use crate::unit::Locale;

use super::super::{Context, Problem, Status};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    Terms(Locale, Status),
    PartOfSpeech,
    Case,
    DoNotTranslate,
    Note,
    /// What is nothing to us.
    Other,
}

/// The columns, in their order.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) columns: Vec<Column>,
}

/// What Translate Toolkit writes beside `source` and `target`. `id` would be Indonesian elsewhere.
const TOOLKIT: [&str; 5] = ["location", "id", "fuzzy", "context", "developer_comments"];

impl Column {
    /// The name by which it is read again.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Terms(locale, Status::Preferred) => locale.tag().to_owned(),
            Self::Terms(locale, Status::Admitted) => format!("{locale}:admitted"),
            Self::Terms(locale, Status::Forbidden) => format!("{locale}:forbidden"),
            Self::PartOfSpeech => "part-of-speech".to_owned(),
            Self::Case => "case".to_owned(),
            Self::DoNotTranslate => "do-not-translate".to_owned(),
            Self::Note => "note".to_owned(),
            Self::Other => String::new(),
        }
    }
}

impl Header {
    pub(super) fn read(record: &csv::StringRecord, context: &Context) -> Result<Self, Problem> {
        let names: Vec<String> = record
            .iter()
            .map(|name| name.trim().to_lowercase())
            .collect();
        let is_toolkit = ["source", "target"]
            .iter()
            .all(|wanted| names.iter().any(|name| name == wanted));
        let mut columns: Vec<Column> = Vec::new();
        let mut second: Option<Locale> = None;
        for (name, written) in names.iter().zip(record) {
            let column = match name.as_str() {
                "" => Column::Other,
                name if name.starts_with('#') => Column::Other,
                name if is_toolkit && TOOLKIT.contains(&name) => Column::Other,
                "admitted" => named(written, second.as_ref(), Status::Admitted)?,
                "forbidden" => named(written, second.as_ref(), Status::Forbidden)?,
                "source" => named(written, context.source.as_ref(), Status::Preferred)?,
                "target" => named(written, context.target.as_ref(), Status::Preferred)?,
                name => match concept_column(name) {
                    Some(column) => column,
                    None => terms_column(name, written, context)?,
                },
            };
            if column != Column::Other && column != Column::Note && columns.contains(&column) {
                return Err(Problem::ColumnTwice {
                    name: written.trim().to_owned(),
                });
            }
            columns.push(column);
            // The one that plain `forbidden` is about: there is only one behind the first.
            let header = Self { columns };
            second = match header.locales().as_slice() {
                [_, second] => Some((*second).clone()),
                _ => None,
            };
            columns = header.columns;
        }
        let header = Self { columns };
        if header.locales().is_empty() {
            return Err(Problem::NoTerms);
        }
        Ok(header)
    }

    /// Its languages, in the order of their first columns.
    pub(super) fn locales(&self) -> Vec<&Locale> {
        let mut locales: Vec<&Locale> = Vec::new();
        for column in &self.columns {
            if let Column::Terms(locale, _) = column
                && !locales.contains(&locale)
            {
                locales.push(locale);
            }
        }
        locales
    }
}

fn named(name: &str, locale: Option<&Locale>, status: Status) -> Result<Column, Problem> {
    match locale {
        Some(locale) => Ok(Column::Terms(locale.clone(), status)),
        None => Err(Problem::NoLanguage {
            name: name.trim().to_owned(),
        }),
    }
}

/// A column about the concept.
fn concept_column(name: &str) -> Option<Column> {
    Some(match name.replace(['_', ' '], "-").as_str() {
        "part-of-speech" | "pos" => Column::PartOfSpeech,
        "case" => Column::Case,
        "do-not-translate" | "dnt" => Column::DoNotTranslate,
        "note"
        | "notes"
        | "comment"
        | "comments"
        | "definition"
        | "description"
        | "translator-comments" => Column::Note,
        _ => return None,
    })
}

/// A column of terms: `de`, `de:forbidden`, `target:forbidden`.
fn terms_column(name: &str, written: &str, context: &Context) -> Result<Column, Problem> {
    let unknown = || Problem::Column {
        name: written.trim().to_owned(),
    };
    let (tag, status) = match name.split_once(':') {
        None => (name, Status::Preferred),
        Some((tag, "admitted")) => (tag.trim(), Status::Admitted),
        Some((tag, "forbidden")) => (tag.trim(), Status::Forbidden),
        Some(_) => return Err(unknown()),
    };
    match tag {
        "source" => return named(written, context.source.as_ref(), status),
        "target" => return named(written, context.target.as_ref(), status),
        _ => {}
    }
    let locale: Locale = tag.parse().map_err(|_| unknown())?;
    // Longer words could be languages by their form alone.
    if locale.language().len() > 3 {
        return Err(unknown());
    }
    Ok(Column::Terms(locale, status))
}
