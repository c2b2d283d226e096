//! What a text consists of, as far as the tree builder cares.

use super::chars::{self, Atom, Place};
use super::tokenizer::Content;

/// Kinds of characters in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is found on its own")]
pub(super) struct TextContent {
    /// It begins with white space.
    pub(super) starts_with_space: bool,
    /// It holds white space.
    pub(super) has_space: bool,
    /// It holds NUL, which is not shown.
    pub(super) has_null: bool,
    /// It holds something else than white space and NUL. What follows that is not looked at.
    pub(super) has_more: bool,
}

impl TextContent {
    /// Looks at a text as the source has it.
    pub(super) fn of(raw: &str, content: Content) -> Self {
        let mut found = Self::default();
        let has_references = matches!(content, Content::Data | Content::Rcdata);
        for (at, byte) in raw.bytes().enumerate() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => {
                    found.starts_with_space |= at == 0;
                    found.has_space = true;
                }
                b'&' if has_references => {
                    found.add_meaning(&raw[at..], at == 0, content);
                    return found;
                }
                0 if is_unseen_null(content) => found.has_null = true,
                _ => {
                    found.has_more = true;
                    return found;
                }
            }
        }
        found
    }

    /// Looks at a text that may begin with white space in the guise of references.
    fn add_meaning(&mut self, raw: &str, is_start: bool, content: Content) {
        let mut is_start = is_start;
        for atom in chars::atoms(raw, Place::Text) {
            let meaning = match &atom {
                Atom::Verbatim(text) => text,
                Atom::Spelled(_, meaning) => &**meaning,
            };
            let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c');
            self.starts_with_space |= is_start && meaning.starts_with(is_space);
            is_start = false;
            for c in meaning.chars() {
                if is_space(c) {
                    self.has_space = true;
                } else if c == '\0' && is_unseen_null(content) {
                    self.has_null = true;
                } else {
                    self.has_more = true;
                    return;
                }
            }
        }
    }
}

/// Whether NUL is dropped there. Elsewhere it is replaced by a character that people see.
fn is_unseen_null(content: Content) -> bool {
    content == Content::Data
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(raw: &str) -> (bool, bool, bool) {
        let found = TextContent::of(raw, Content::Data);
        (found.starts_with_space, found.has_space, found.has_more)
    }

    #[test]
    fn white_space_is_seen_in_any_spelling() {
        assert_eq!(content(" \n"), (true, true, false));
        assert_eq!(content("&#32;&Tab;\r\n"), (true, true, false));
        assert_eq!(content("&#x20;a"), (true, true, true));
        assert_eq!(content("\0"), (false, false, false));
        assert_eq!(content("\0 "), (false, true, false));
        assert_eq!(content("a "), (false, false, true));
        assert_eq!(content("&nbsp;"), (false, false, true));
    }

    #[test]
    fn nul_is_a_character_in_raw_text() {
        assert!(TextContent::of("\0", Content::Rcdata).has_more);
        assert!(TextContent::of("&#32;\0", Content::Rcdata).has_more);
        assert!(TextContent::of("&#32;", Content::Rawtext).has_more);
    }
}
