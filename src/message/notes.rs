//! What happened, in words.

use super::Message;
use crate::pipeline::Note;
use crate::route::KeepReason;
use crate::translate::Way;

/// How a segment came by its target.
pub fn way(way: Way) -> Message {
    Message::new(match way {
        Way::Direct => "way-direct",
        Way::Retried => "way-retried",
        Way::Projected => "way-projected",
        Way::Estimated => "way-estimated",
        Way::Pieces => "way-pieces",
        Way::Source => "way-source",
    })
}

/// Something that the user should know about a post.
pub fn note(note: &Note) -> Message {
    match note {
        Note::LinkKept { value, reason } => Message::new(match reason {
            KeepReason::Relative => "note-link-relative",
            _ => "note-link-not-localized",
        })
        .with("link", value.as_str()),
        Note::ExcerptDerived { field } => {
            Message::new("note-excerpt-derived").with("field", field.as_str())
        }
        Note::ExcerptTorn { field } => {
            Message::new("note-excerpt-torn").with("field", field.as_str())
        }
    }
}
