//! Why a glossary can't be read.

/// What is wrong with a file, and where. Data for `message`, which words it for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", line.map(|line| format!("line {line}: ")).unwrap_or_default())]
pub struct GlossaryError {
    /// The line, counted from 1, if it is about one.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It is larger than this.
    #[error("the file has more than {bytes} bytes")]
    TooLarge {
        /// The limit.
        bytes: usize,
    },
    /// It is not UTF-8.
    #[error("byte {offset} is not UTF-8")]
    NotUtf8 {
        /// The first byte that isn't, counted from 0.
        offset: usize,
    },
    /// The header of a table names no language.
    #[error("no column has terms")]
    NoTerms,
    /// The header of a table names a column that there is not.
    #[error("there is no column `{name}`")]
    Column {
        /// Its name.
        name: String,
    },
    /// The header of a table names a column twice.
    #[error("the column `{name}` is there twice")]
    ColumnTwice {
        /// Its name.
        name: String,
    },
    /// Nothing says which language a column is in.
    #[error("the language of `{name}` is not known")]
    NoLanguage {
        /// The column or the element.
        name: String,
    },
    /// A language is named by what is no language tag.
    #[error("`{tag}` is not a BCP 47 language tag")]
    Locale {
        /// The tag.
        tag: String,
    },
    /// A row has more cells than the header.
    #[error("the row has {cells} cells, the header {columns}")]
    Cells {
        /// Those of the row.
        cells: usize,
        /// Those of the header.
        columns: usize,
    },
    /// A cell has a value that its column can't have.
    #[error("`{value}` is not a value of `{column}`")]
    Value {
        /// The column.
        column: &'static str,
        /// The value.
        value: String,
        /// Those that it can have.
        valid: Vec<&'static str>,
    },
    /// It is not XML, or not a table.
    #[error("{detail}")]
    Syntax {
        /// The words of the parser.
        detail: String,
    },
    /// It declares entities, or uses one that is not XML's own: none is ever resolved.
    #[error("the entity `{name}` is not resolved")]
    Entity {
        /// The entity, or the declaration.
        name: String,
    },
    /// Its elements are nested too deep.
    #[error("elements are nested deeper than {limit}")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// It is XML, but not TBX.
    #[error("`{root}` is not the root of TBX")]
    NotTbx {
        /// Its root element.
        root: String,
    },
}
