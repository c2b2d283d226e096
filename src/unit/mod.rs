//! Units, segments and codes: what is translated, apart from where it stands.

mod alignment;
mod display;
mod fragment;
mod locale;
mod markup;
mod project;
mod segment;
mod sentence;

pub use alignment::{Alignment, Link};
pub use display::{shown_source, shown_target};
pub use fragment::{CodeId, Fragment, Item, Mark, MarkKind};
pub use locale::{Locale, LocaleError};
pub use markup::{MarkupError, check_codes, read_tagged};
pub use project::{
    Estimated, Run, estimate, look_up, project, project_by_estimate, project_sensibly,
    runs_to_look_up,
};
pub use segment::{Segment, Segmentation, segments_of};
pub use sentence::sentence_breaks;

/// What kind of value a unit is written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Content of HTML, with codes.
    Html,
    /// Text without markup: an attribute, a plain field.
    Text,
    /// An address, which is routed and never translated.
    Url,
}

/// What a code is to the reader of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeKind {
    /// The opening tag of a pair.
    Open,
    /// The closing tag of a pair.
    Close,
    /// A tag on its own.
    Standalone,
    /// A span of text that is kept letter for letter.
    Protected,
}

/// A code of a unit: one tag, or one protected span.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code {
    /// Its number; the tags of a pair share one.
    pub id: CodeId,
    /// What it is.
    pub kind: CodeKind,
    /// Its bytes, as the source has them.
    pub raw: String,
}

/// A text that is translated as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Unique in its post, and the same as long as field, element and text stay the same.
    pub id: String,
    /// What it is written into.
    pub kind: Kind,
    /// The element it stands in, with the attribute: `p`, `img@alt`; empty where there is none.
    pub element: String,
    /// The text with its codes, white space collapsed but in preformatted text.
    pub source: Fragment,
    /// One entry for each mark of `source`, in the same order.
    pub codes: Vec<Code>,
}
