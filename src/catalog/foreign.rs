//! What the formats in XML have in common: text with codes, and notes.

use super::inline::Token;
use super::model::{Note, Side};
use super::xml::{Element, Node};

/// What an element inside a text is, with the name of its code.
pub(super) enum Inline<'e> {
    /// A character that XML does not allow.
    Char(char),
    /// Both tags of a pair, around its content.
    Pair(&'e str),
    /// The opening tag of a pair.
    Open(&'e str),
    /// Its closing tag.
    Close(&'e str),
    /// A tag whose partner is not in the unit.
    Lone(&'e str),
    /// Any other code on its own.
    Placeholder(&'e str),
    /// A marker, or what another tool put in: what it encloses counts.
    Annotation,
}

/// Reads the content of a source or target. `kind_of` says what an element is in the format.
pub(super) fn read_tokens(
    content: &Element,
    kind_of: for<'e> fn(&'e Element) -> Inline<'e>,
) -> Vec<Token> {
    let mut out = Vec::new();
    push_tokens(content, kind_of, &mut out);
    out
}

fn push_tokens(
    parent: &Element,
    kind_of: for<'e> fn(&'e Element) -> Inline<'e>,
    out: &mut Vec<Token>,
) {
    for child in &parent.children {
        let element = match child {
            Node::Text(text) => {
                out.push(Token::Text(text.clone()));
                continue;
            }
            Node::Element(element) => element,
        };
        match kind_of(element) {
            Inline::Char(c) => out.push(Token::Text(c.to_string())),
            Inline::Pair(name) => {
                out.push(Token::Open(name.to_owned()));
                push_tokens(element, kind_of, out);
                out.push(Token::Close(name.to_owned()));
            }
            Inline::Open(name) => out.push(Token::Open(name.to_owned())),
            Inline::Close(name) => out.push(Token::Close(name.to_owned())),
            Inline::Lone(name) | Inline::Placeholder(name) => {
                out.push(Token::Alone(name.to_owned()));
            }
            Inline::Annotation => push_tokens(element, kind_of, out),
        }
    }
}

/// Reads a note. `category` and `side` are the names of the attributes that tell them.
pub(super) fn read_note(note: &Element, category: &str, side: &str) -> Note {
    Note {
        id: note.get("id").map(str::to_owned),
        category: note.get(category).map(str::to_owned),
        side: match note.get(side) {
            Some("source") => Some(Side::Source),
            Some("target") => Some(Side::Target),
            _ => None,
        },
        priority: note
            .get("priority")
            .and_then(|priority| priority.parse().ok()),
        text: note.text(),
    }
}
