//! Tags and character references of a reply.

use crate::unit::CodeId;

/// Longest tag that is read, in bytes.
const LONGEST_TAG: usize = 200;

/// How many tags are looked at for the end of an element, and how many places for a text: a reply
/// can't make the reading slow.
const MOST_INSIDE: usize = 20;

/// A tag of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'r> {
    pub(super) name: &'r str,
    /// The first number in it, wherever it stands.
    pub(super) code: Option<CodeId>,
    pub(super) closes: bool,
    pub(super) is_empty: bool,
}

impl<'r> Tag<'r> {
    /// Reads a tag at the start of `text`, and its length in bytes.
    pub(super) fn read(text: &'r str) -> Option<(Self, usize)> {
        let end = text
            .bytes()
            .take(LONGEST_TAG)
            .skip(1)
            .position(|byte| byte == b'>' || byte == b'<')?
            + 1;
        let inside = text.strip_prefix('<')?.get(..end - 1)?;
        if !text[end..].starts_with('>') {
            return None;
        }
        let body = inside.trim();
        let (closes, body) = match body.strip_prefix('/') {
            Some(body) => (true, body.trim_start()),
            None => (false, body),
        };
        let (is_empty, body) = match body.strip_suffix('/') {
            Some(body) => (true, body),
            None => (false, body),
        };
        let letters = body.bytes().take_while(u8::is_ascii_alphabetic).count();
        // A comment or a formula: `<!--`, `< 3 and >`.
        if letters == 0 {
            return None;
        }
        let digits = body
            .split(|c: char| !c.is_ascii_digit())
            .find(|run| !run.is_empty());
        let tag = Self {
            name: &body[..letters],
            code: digits.and_then(|digits| digits.parse().ok()),
            closes,
            is_empty,
        };
        Some((tag, end + 1))
    }
}

/// The content of an element whose opening tag stands right before `text`, and the length of the
/// content with the closing tag.
pub(super) fn content<'t>(name: &str, text: &'t str) -> Option<(&'t str, usize)> {
    let mut depth = 0_usize;
    for (at, _) in text.match_indices('<').take(MOST_INSIDE) {
        let Some((tag, len)) = Tag::read(&text[at..]) else {
            continue;
        };
        if tag.is_empty || !tag.name.eq_ignore_ascii_case(name) {
            continue;
        }
        if !tag.closes {
            depth += 1;
        } else if depth == 0 {
            return Some((&text[..at], at + len));
        } else {
            depth -= 1;
        }
    }
    None
}

/// Where `text` stands in `content`, and not as a part of a word.
pub(super) fn find_whole(content: &str, text: &str) -> Option<usize> {
    let joins = |left: Option<char>, right: Option<char>| {
        matches!((left, right), (Some(left), Some(right))
            if left.is_alphanumeric() && right.is_alphanumeric()
                && left.is_ascii() == right.is_ascii())
    };
    content
        .match_indices(text)
        .take(MOST_INSIDE)
        .map(|(at, _)| at)
        .find(|at| {
            let (before, after) = (&content[..*at], &content[at + text.len()..]);
            !text.is_empty()
                && !joins(before.chars().next_back(), text.chars().next())
                && !joins(text.chars().next_back(), after.chars().next())
        })
}

/// The text of what has no codes of ours.
pub(super) fn plain(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let len = if let Some((_, len)) = Tag::read(rest) {
            len
        } else if let Some((text, len)) = reference(rest) {
            out.push_str(&text);
            len
        } else {
            out.push_str(&rest[..1]);
            1
        };
        rest = &rest[len..];
    }
    out.push_str(rest);
    out
}

/// The text of a character reference at the start of `text`, and its length. Without a semicolon
/// it is none: a service that unescapes too much may well write `AT&T`.
pub(super) fn reference(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(34).position(|byte| byte == b';')? + 1;
    let raw = text.strip_prefix('&').and(text.get(..end))?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
    if !raw[1..end - 1].chars().all(is_name) {
        return None;
    }
    let read = htmlize::unescape(raw);
    let is_text = read.chars().all(|c| !c.is_control() || c.is_whitespace());
    (read != raw && is_text).then(|| (read.into_owned(), end))
}
