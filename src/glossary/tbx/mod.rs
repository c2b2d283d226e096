//! Glossaries as TBX: ISO 30042:2019 in both of its styles, and the form of 2008.
//!
//! Of TBX-Basic and TBX-Linguist, what [`Concept`](super::Concept) has is read and written; other
//! data categories are passed over. TBX has none for case, and the public dialects none for what
//! is not translated: these are notes that read `case-sensitive`, `case-insensitive` and
//! `do-not-translate`. The form of 2008, as Translate Toolkit reads and writes it, says the last
//! as `<descrip type="Translation needed">No</descrip>`.

mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

/// The namespace of TBX of 2019.
const NAMESPACE: &str = "urn:iso:std:iso:30042:ed-2";

const CASE_SENSITIVE: &str = "case-sensitive";
const CASE_INSENSITIVE: &str = "case-insensitive";
const DO_NOT_TRANSLATE: &str = "do-not-translate";
const TRANSLATION_NEEDED: &str = "Translation needed";

/// A form of TBX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TbxForm {
    /// TBX-Basic of 2019, data categories as tags.
    BasicDct,
    /// TBX-Basic of 2019, data categories as attributes.
    BasicDca,
    /// TBX-Linguist of 2019, data categories as tags.
    LinguistDct,
    /// TBX-Linguist of 2019, data categories as attributes.
    LinguistDca,
    /// TBX of 2008 (`martif`), as Translate Toolkit reads it.
    Martif,
}
