//! Glossaries: which words a publisher wants for which, and which not.
//!
//! A glossary is a list of concepts; a concept has terms in several languages. It is read from
//! CSV, TSV or TBX (ISO 30042), and used for one pair of languages as a [`Lookup`]: that finds the
//! terms of a text by the stems of their words, and tells where a translation departs from them.

mod check;
mod error;
mod flaw;
mod lookup;
mod pattern;
mod rule;
mod stem;
mod table;
mod tbx;
mod words;

use std::sync::Arc;

use crate::unit::Locale;

pub use check::Departure;
pub use error::{GlossaryError, Problem};
pub use flaw::{Flaw, FlawKind};
pub use lookup::{Hit, Lookup, searchable};
pub use rule::Rule;
pub use tbx::TbxForm;

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

/// Concepts, in the order of their files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glossary {
    /// The concepts.
    pub concepts: Vec<Concept>,
}

/// Something that has a name in several languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concept {
    /// Its terms; those of one language in the order of preference.
    pub terms: Vec<Term>,
    /// What part of speech they are, if that is said.
    pub part_of_speech: Option<PartOfSpeech>,
    /// Whether upper and lower case matter where they are looked for.
    pub case: Case,
    /// Whether its terms stand in every language as they do in the source.
    pub do_not_translate: bool,
    /// What people ought to know of it.
    pub note: String,
    /// Where it stands.
    pub place: Place,
}

/// A word, or several, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// Its language.
    pub locale: Locale,
    /// The term, in its basic form.
    pub text: String,
    /// Whether it ought to be used.
    pub status: Status,
}

/// Whether a term ought to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Status {
    /// It ought to.
    #[default]
    Preferred,
    /// It may be used instead.
    Admitted,
    /// It must not be used for the concept.
    Forbidden,
}

/// The parts of speech of TBX-Basic. A proper noun is a noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartOfSpeech {
    /// A noun.
    Noun,
    /// A verb.
    Verb,
    /// An adjective.
    Adjective,
    /// An adverb.
    Adverb,
    /// Any other.
    Other,
}

impl PartOfSpeech {
    /// Every part of speech, by the name that TBX gives it.
    pub const ALL: [(&str, Self); 5] = [
        ("noun", Self::Noun),
        ("verb", Self::Verb),
        ("adjective", Self::Adjective),
        ("adverb", Self::Adverb),
        ("other", Self::Other),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, one)| *one == self)
            .map_or("", |(name, _)| *name)
    }

    /// The part of speech of a name, in any case; none for a name that is none.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        if name == "propernoun" || name == "proper noun" {
            return Some(Self::Noun);
        }
        let mut all = Self::ALL.iter();
        all.find(|(one, _)| *one == name).map(|(_, one)| *one)
    }
}

/// Whether upper and lower case matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Case {
    /// They do in words that have an upper-case letter behind the first one or are all in upper
    /// case (`API`, `WordPress`), and in what is not translated.
    #[default]
    Auto,
    /// They do.
    Sensitive,
    /// They don't.
    Insensitive,
}

/// Where a concept stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// Its file, as the user knows it.
    pub file: Arc<str>,
    /// Its line, counted from 1; 0 where it is in no file.
    pub line: usize,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            file: Arc::from(""),
            line: 0,
        }
    }
}

/// What a glossary is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Values separated by commas, or by semicolons as some spreadsheets do (RFC 4180).
    Csv,
    /// Values separated by tabs.
    Tsv,
    /// TBX of 2019 (ISO 30042:2019) or of 2008.
    Tbx,
}

impl Format {
    /// The format of a file, by the extension of its name in any case; none for another one.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "tbx" | "xml" => Some(Self::Tbx),
            _ => None,
        }
    }
}

/// What a file is, where it doesn't say so itself.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Its name, for messages.
    pub file: Arc<str>,
    /// The language of a column `source`.
    pub source: Option<Locale>,
    /// The language of a column `target`.
    pub target: Option<Locale>,
}

impl Glossary {
    /// Reads a file, which has to be UTF-8.
    ///
    /// CSV and TSV have a header that says what their columns are: a language tag for terms,
    /// `TAG:admitted` and `TAG:forbidden` for other terms of the language, `part-of-speech`,
    /// `case`, `do-not-translate` and `note`; several terms in a cell are separated by `|`. Of TBX,
    /// both styles are read, and the form of 2008 (`martif`); what is not in [`Concept`] is left
    /// out.
    ///
    /// # Errors
    /// [`GlossaryError`] for the first thing that can't be read, with its line.
    pub fn read(bytes: &[u8], format: Format, context: &Context) -> Result<Self, GlossaryError> {
        let wrong = |problem| GlossaryError {
            line: None,
            problem,
        };
        if bytes.len() > LARGEST {
            return Err(wrong(Problem::TooLarge { bytes: LARGEST }));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            wrong(Problem::NotUtf8 {
                offset: error.valid_up_to(),
            })
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match format {
            Format::Csv => table::read(text, table::delimiter_of(text), context),
            Format::Tsv => table::read(text, b'\t', context),
            Format::Tbx => tbx::read(text, context),
        }
    }

    /// Writes CSV or TSV: a line for each concept, so that [`Glossary::read`] gives the same
    /// again, but for terms that are not in the order preferred, admitted, forbidden, languages
    /// that are not in that of the first concept, and concepts that say nothing.
    pub fn to_table(&self, delimiter: Delimiter) -> String {
        table::write(self, delimiter)
    }

    /// Writes TBX. `source` is the main language of the file.
    pub fn to_tbx(&self, form: TbxForm, source: &Locale) -> String {
        tbx::write(self, form, source)
    }
}

/// What separates the values of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// A comma: CSV.
    Comma,
    /// A tab: TSV.
    Tab,
}

/// One line without control characters: as terms are compared, and as every format can keep them.
fn clean(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        // XML can't say them.
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}
