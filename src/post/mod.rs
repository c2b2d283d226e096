//! Posts: files of JSON or HTML, their fields, and how changes are written back.

mod excerpt;
mod field;
mod json;
mod plain_text;
mod reader;
mod splice;

pub use excerpt::{derive_excerpt, looks_generated};
pub use field::{Field, FieldKind, FieldPattern, FieldPatternError, default_fields, find_fields};
pub use json::{Json, JsonError, JsonStyle, decode_string};
pub use plain_text::plain_text;
pub use reader::{Chunk, PostReader, ReadError};
pub use splice::{Decoded, Part, Splice};
