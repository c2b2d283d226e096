//! What is wrong with files of translations, in words.

use super::Message;
use crate::memory::tmx::TmxErrorKind;

/// Why a file can't be read as TMX.
pub fn tmx_error(kind: &TmxErrorKind) -> Message {
    match kind {
        TmxErrorKind::Io(detail) | TmxErrorKind::Xml(detail) => {
            Message::new("error-io").with("detail", detail.as_str())
        }
        TmxErrorKind::Encoding(name) => {
            Message::new("error-tmx-encoding").with("name", name.as_str())
        }
        TmxErrorKind::Root(name) => Message::new("error-tmx-root").with("name", name.as_str()),
        TmxErrorKind::Declarations => Message::new("error-tmx-declarations"),
        TmxErrorKind::Entity(name) => Message::new("error-tmx-entity").with("name", name.as_str()),
        TmxErrorKind::TooDeep(limit) => Message::new("error-tmx-deep").with("limit", *limit),
        TmxErrorKind::TooLarge(limit) => Message::new("error-tmx-large").with("limit", *limit),
        TmxErrorKind::Unfinished => Message::new("error-tmx-unfinished"),
    }
}
