//! HTML, read byte-exactly.
//!
//! 1. [`parse`](self): tokens with byte spans build a WHATWG tree that scraper's selectors work
//!    on.
//! 2. The policy tells what is translatable, from the tree.
//! 3. The flow cuts units out of the tokens, in source order; sites are attributes that hold
//!    text, links or languages.
//! 4. [`rebuild`] writes targets and values back with one splice.

mod build;
mod chars;
mod content;
mod doctype;
mod extract;
mod flow;
mod found;
mod head;
mod json_ld;
mod marks;
mod memo;
mod names;
mod nodes;
mod parse;
mod policy;
mod protect;
mod read;
mod rebuild;
mod render;
mod sink;
mod sites;
mod token;
mod tokenizer;

pub use extract::{extract, extract_plain, shape_of_file};
pub use found::{Extracted, HtmlUnit, Site, SiteKind};
pub use head::{Alternate, Head};
pub(crate) use json_ld::looks_like_html;
pub use json_ld::structured_data_sites;
pub use parse::Shape;
pub use policy::Policy;
pub use rebuild::{Changes, rebuild};
pub use render::Replacement;

/// Why a text in HTML was not read. It is left as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HtmlError {
    /// Elements are nested too deeply.
    #[error("elements are nested deeper than {limit}")]
    TooDeep {
        /// The deepest nesting that is read.
        limit: u32,
    },
    /// Formatting elements are misnested so often that the tree would grow out of proportion.
    #[error("formatting elements are misnested too often")]
    TooTangled,
    /// The text is too large.
    #[error("the text has {bytes} bytes")]
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
    /// A configured selector is not one.
    #[error("`{selector}` is not a CSS selector: {detail}")]
    Selector {
        /// As it was given.
        selector: String,
        /// What is wrong with it.
        detail: String,
    },
}
