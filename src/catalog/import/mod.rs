//! Takes in what came back from people who work elsewhere, whatever format it is in.
//!
//! 1. A reader of a format makes an [`Imported`] of a file: units, their parts, line by line.
//! 2. [`Catalog::apply`] finds the segments that they are, also where a tool cut or joined some.
//! 3. A target that differs becomes a person's; what can't be taken is told with its line.

mod align;
mod apply;

use crate::unit::{Fragment, Locale, MarkupError};

use super::inline::{Atom, Token, atoms, atoms_of};
use super::model::Note;
use super::state::{State, SubState};

/// What a file says, before it is held against a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The language of the sources, where the file names one.
    pub source: Option<Locale>,
    /// The language of the targets, where the file names one.
    pub target: Option<Locale>,
    pub(super) units: Vec<ImportedUnit>,
}

/// A unit of a file, or as much of it as the format keeps together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ImportedUnit {
    /// The post, by its name or by its id.
    pub(super) file: String,
    pub(super) unit: String,
    pub(super) notes: Vec<Note>,
    pub(super) parts: Vec<ImportedPart>,
    /// Whether the parts are the whole unit, so that their order says what they are.
    pub(super) is_whole: bool,
}

/// A segment, or what stands between segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ImportedPart {
    pub(super) line: usize,
    /// The id of the segment, if it has one.
    pub(super) id: String,
    pub(super) is_segment: bool,
    pub(super) source: ImportedContent,
    pub(super) target: Option<ImportedContent>,
    /// How far the translation is, if the format says so.
    pub(super) state: Option<State>,
    pub(super) sub_state: Option<SubState>,
    /// Whether the format has a mark for what needs work, and it is set.
    pub(super) needs_work: Option<bool>,
}

/// The content of a source or target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ImportedContent {
    Tokens(Vec<Token>),
    /// Text with codes in the form of [`Fragment::to_tagged`](crate::unit::Fragment::to_tagged).
    Tagged(String),
}

impl ImportedContent {
    /// Its tokens, where the format has any.
    fn tokens(&self) -> &[Token] {
        match self {
            Self::Tokens(tokens) => tokens,
            Self::Tagged(_) => &[],
        }
    }

    /// What of it formats and tools leave as it is.
    fn atoms(&self) -> Vec<Atom> {
        match self {
            Self::Tokens(tokens) => atoms(tokens),
            Self::Tagged(text) => atoms(&[Token::Text(text.clone())]),
        }
    }

    /// Whether it is this source.
    fn is_source(&self, source: &Fragment) -> bool {
        match self {
            Self::Tokens(_) => self.atoms() == atoms_of(source),
            Self::Tagged(_) => self.atoms() == atoms(&[Token::Text(source.to_tagged())]),
        }
    }
}

/// Where in a file, and in a catalog.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The line, counted from 1.
    pub line: usize,
    /// The post; see [`CatalogFile::original`](super::CatalogFile::original).
    pub file: String,
    /// The unit.
    pub unit: String,
    /// The segment; empty where it has no name.
    pub segment: String,
}

/// What was taken from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Where.
    pub place: Place,
    /// What.
    pub change: Change,
}

/// How a segment was changed by an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// It has another target, which is a person's.
    Edited,
    /// A person approved of the target that it had.
    Approved,
}

/// A target that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Where.
    pub place: Place,
    /// Why.
    pub reason: Reason,
}

/// Why a target is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Its codes break law 3.
    #[error(transparent)]
    Codes(#[from] MarkupError),
    /// It translates another source than the catalog has by now.
    #[error("the source is another one by now")]
    Source,
    /// A tool cut or joined segments in a way that can't be undone.
    #[error("the segments were cut or joined")]
    Segments,
}

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// What was taken.
    pub taken: Vec<Taken>,
    /// What was not.
    pub refused: Vec<Refused>,
    /// What the catalog does not have.
    pub unknown: Vec<Place>,
}

/// A file whose languages are not those of the catalog.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the file is from `{source_locale}` to `{target_locale}`")]
pub struct OtherLanguages {
    /// The language of its sources.
    pub source_locale: String,
    /// The language of its targets.
    pub target_locale: String,
}
