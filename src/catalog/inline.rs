//! Content that came from outside: text and codes by their names, until it is held to its source.

use std::collections::HashMap;

use crate::unit::{CodeId, Fragment, Item, Mark, MarkKind, MarkupError, read_tagged};

use super::codes::{Edges, check_target};
use super::xml::is_xml_char;

/// A piece of content as a file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Text(String),
    /// The opening tag of a pair.
    Open(String),
    /// Its closing tag.
    Close(String),
    /// A code on its own.
    Alone(String),
}

/// The number of a code by its name in a file. Codes count from 1: 0 is none of ours.
pub(super) fn code_id(name: &str) -> CodeId {
    name.parse().unwrap_or(0)
}

/// The target that content from outside stands for: codes become those of the source, and are
/// held to law 3. None where there is neither text nor code.
///
/// # Errors
/// The first breach of law 3; code 0 stands for one that is not ours.
pub(super) fn resolve(
    tokens: &[Token],
    source: &Fragment,
) -> Result<Option<Fragment>, MarkupError> {
    let mut target = Fragment::default();
    let alone = Alone::of(source);
    for token in tokens {
        match token {
            Token::Text(text) => target.push_text(text),
            Token::Open(name) => target.push_mark(MarkKind::Open, code_id(name)),
            Token::Close(name) => target.push_mark(MarkKind::Close, code_id(name)),
            Token::Alone(name) => alone.push(code_id(name), &mut target)?,
        }
    }
    if target.is_empty() {
        return Ok(None);
    }
    check_target(source, &target)?;
    Ok(Some(target))
}

/// The codes of a source that have one mark there: in some formats a tag whose partner is in
/// another segment stands on its own too.
struct Alone<'s> {
    source: &'s Fragment,
    marks: HashMap<CodeId, Option<&'s Mark>>,
}

impl<'s> Alone<'s> {
    fn of(source: &'s Fragment) -> Self {
        let mut marks = HashMap::new();
        for mark in source.marks() {
            marks
                .entry(mark.code)
                .and_modify(|only| *only = None)
                .or_insert(Some(mark));
        }
        Self { source, marks }
    }

    /// Appends a code as the source has it.
    fn push(&self, code: CodeId, target: &mut Fragment) -> Result<(), MarkupError> {
        let mark = self.marks.get(&code).copied().flatten();
        let mark = mark.ok_or(MarkupError::Unexpected(code))?;
        match mark.kind {
            MarkKind::Protected { .. } => {
                target.push_protected(code, &self.source.text()[mark.at..mark.end()]);
            }
            kind => target.push_mark(kind, code),
        }
        Ok(())
    }
}

/// The target that text with codes in the form of [`Fragment::to_tagged`] stands for; none where
/// there is no text.
///
/// # Errors
/// The first breach of law 3.
pub(super) fn resolve_tagged(
    text: &str,
    source: &Fragment,
) -> Result<Option<Fragment>, MarkupError> {
    if text.is_empty() {
        return Ok(None);
    }
    let edges = Edges::of(source);
    let mut whole = String::new();
    for code in &edges.before {
        whole.push_str(&format!("<g{code}>"));
    }
    whole.push_str(text);
    for code in &edges.after {
        whole.push_str(&format!("</g{code}>"));
    }
    let target = read_tagged(&edges.complete(source), &whole)?;
    Ok(Some(edges.strip(&target)))
}

/// A piece of content to compare: a character, or a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Atom {
    Char(char),
    Code(String),
}

/// Content without what formats and tools may change on the way: white space, which tag of a pair
/// a code is, and characters that XML does not allow.
pub(super) fn atoms(tokens: &[Token]) -> Vec<Atom> {
    let mut out = Vec::new();
    for token in tokens {
        match token {
            Token::Text(text) => {
                let chars = text.chars().map(writable);
                out.extend(chars.filter(|c| !c.is_whitespace()).map(Atom::Char));
            }
            Token::Open(name) | Token::Close(name) | Token::Alone(name) => {
                out.push(Atom::Code(name.clone()));
            }
        }
    }
    out
}

/// The same of a fragment.
pub(super) fn atoms_of(fragment: &Fragment) -> Vec<Atom> {
    let tokens: Vec<Token> = fragment
        .items()
        .map(|item| match item {
            Item::Text(range) => Token::Text(fragment.text()[range].to_owned()),
            Item::Mark(mark) => Token::Alone(mark.code.to_string()),
        })
        .collect();
    atoms(&tokens)
}

/// The character as XML can have it.
fn writable(c: char) -> char {
    if is_xml_char(c) { c } else { '\u{fffd}' }
}

/// Whether a target that came back is the one that is there, but for characters that could not be
/// written.
pub(super) fn is_same_target(one: &Fragment, other: &Fragment) -> bool {
    let written = |fragment: &Fragment| -> (Vec<Option<String>>, Vec<(CodeId, bool)>) {
        let texts = fragment.items().map(|item| match item {
            Item::Text(range) => Some(fragment.text()[range].chars().map(writable).collect()),
            Item::Mark(_) => None,
        });
        let marks = fragment.marks().iter();
        let marks = marks.map(|mark| (mark.code, mark.kind == MarkKind::Close));
        (texts.collect(), marks.collect())
    };
    written(one) == written(other)
}

/// The text of content, without its codes.
pub(super) fn plain_text(tokens: &[Token]) -> String {
    let texts = tokens.iter().filter_map(|token| match token {
        Token::Text(text) => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}
