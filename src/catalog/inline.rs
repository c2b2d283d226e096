//! Content that came from outside: text and codes by their names, until it is held to its source.

use crate::unit::{CodeId, Fragment, MarkKind, MarkupError};

use super::codes::check_target;

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
    for token in tokens {
        match token {
            Token::Text(text) => target.push_text(text),
            Token::Open(name) => target.push_mark(MarkKind::Open, code_id(name)),
            Token::Close(name) => target.push_mark(MarkKind::Close, code_id(name)),
            Token::Alone(name) => push_alone(code_id(name), source, &mut target)?,
        }
    }
    if target.is_empty() {
        return Ok(None);
    }
    check_target(source, &target)?;
    Ok(Some(target))
}

/// Appends a code that is no pair, as the source has it.
fn push_alone(code: CodeId, source: &Fragment, target: &mut Fragment) -> Result<(), MarkupError> {
    let mut alone = source.marks().iter().filter(|mark| mark.code == code);
    let mark = alone.next().ok_or(MarkupError::Unexpected(code))?;
    match mark.kind {
        MarkKind::Protected { .. } => {
            target.push_protected(code, &source.text()[mark.at..mark.end()]);
        }
        MarkKind::Open | MarkKind::Close => return Err(MarkupError::Unexpected(code)),
        kind => target.push_mark(kind, code),
    }
    Ok(())
}

/// The text of content, without its codes.
pub(super) fn plain_text(tokens: &[Token]) -> String {
    let texts = tokens.iter().filter_map(|token| match token {
        Token::Text(text) => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}
