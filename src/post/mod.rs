//! Posts: files of JSON or HTML, their fields, and how changes are written back.

mod excerpt;
mod json;
mod plain_text;
mod splice;

pub use excerpt::{derive_excerpt, looks_generated};
pub use json::{Json, JsonError, JsonStyle, decode_string};
pub use splice::{Decoded, Part, Splice};
