//! Segments of TMX and fragments of ours.

use std::collections::HashMap;

use crate::unit::{CodeId, Fragment, MarkKind, check_codes};

use super::{LONE, PROTECTED};

/// What a segment of TMX consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Code(Native),
}

/// An element that stands for a code of the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Native {
    pub(super) element: Element,
    /// Joins the tags of a pair.
    pub(super) i: Option<String>,
    /// Joins a code with that of the other language.
    pub(super) x: Option<String>,
    pub(super) kind: Option<String>,
    /// The code itself, without the text that it may have inside (`sub`).
    pub(super) content: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Element {
    Begin,
    End,
    /// `it`: a tag whose partner is elsewhere.
    Isolated,
    /// `ph`, or `ut` of older versions.
    #[default]
    Placeholder,
}

/// The fragments of a source and its target, and whether the codes of both are the same. Where
/// they are not, the target has none.
pub(super) fn fragments(source: &[Piece], target: &[Piece]) -> (Fragment, Fragment, bool) {
    let source_codes = codes(source);
    let mut next: CodeId = 0;
    let mut numbered = Vec::with_capacity(source_codes.len());
    for code in &source_codes {
        next += 1;
        numbered.push((code, next, false));
    }
    let own = built(source, &source_codes, |at| {
        numbered.get(at).map_or(0, |(_, number, _)| *number)
    });
    let target_codes = codes(target);
    let mut numbers = vec![0; target_codes.len()];
    // What is joined by name comes before what only looks the same, and that before what is of
    // the same kind.
    let likenesses: [fn(&Code<'_>, &Code<'_>) -> bool; 3] = [
        |one, other| one.native.x.is_some() && one.native.x == other.native.x,
        |one, other| one.native.content == other.native.content,
        |_, _| true,
    ];
    for is_like in likenesses {
        for (code, number) in target_codes.iter().zip(&mut numbers) {
            let free = numbered.iter_mut().find(|(theirs, _, is_used)| {
                *number == 0 && !is_used && theirs.class == code.class && is_like(theirs, code)
            });
            if let Some((_, theirs, is_used)) = free {
                *number = *theirs;
                *is_used = true;
            }
        }
    }
    let translated = built(target, &target_codes, |at| {
        numbers.get(at).copied().unwrap_or(0)
    });
    if check_codes(&own, &own).is_err() {
        let plain = [own, translated].map(|one| Fragment::plain(one.text()));
        let [own, translated] = plain;
        return (own, translated, false);
    }
    if check_codes(&own, &translated).is_err() {
        let translated = Fragment::plain(translated.text());
        return (own, translated, false);
    }
    (own, translated, true)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Pair,
    Lone,
    Standalone,
    Protected,
}

/// A code of ours: a pair is one.
#[derive(Debug)]
struct Code<'a> {
    class: Class,
    native: &'a Native,
    /// The pieces that it is made of.
    places: Vec<usize>,
}

/// The codes of a segment in their order. More than a few thousand of them are none of a text that
/// anybody wrote, and are left out.
fn codes(pieces: &[Piece]) -> Vec<Code<'_>> {
    const MOST: usize = 2000;
    let mut codes: Vec<Code<'_>> = Vec::new();
    let mut open: HashMap<&str, usize> = HashMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Code(native) = piece else { continue };
        let i = native.i.as_deref().unwrap_or_default();
        let class = match native.element {
            Element::Begin | Element::Isolated => Class::Lone,
            Element::End => {
                if let Some(begin) = open.remove(i) {
                    codes[begin].class = Class::Pair;
                    codes[begin].places.push(at);
                    continue;
                }
                Class::Lone
            }
            Element::Placeholder => class_of(native),
        };
        if codes.len() == MOST {
            continue;
        }
        if native.element == Element::Begin {
            open.insert(i, codes.len());
        }
        codes.push(Code {
            class,
            native,
            places: vec![at],
        });
    }
    codes
}

/// A placeholder of ours says what it is. Others are taken for protected text if they show what a
/// reader may see, such as `{0}` or `%s`, and not markup or a control word.
fn class_of(native: &Native) -> Class {
    match native.kind.as_deref() {
        Some(PROTECTED) => Class::Protected,
        Some(LONE) => Class::Lone,
        _ if native.content.starts_with(['{', '%', '$']) => Class::Protected,
        _ => Class::Standalone,
    }
}

/// The fragment of some pieces, with a number for each code.
fn built(pieces: &[Piece], codes: &[Code<'_>], number: impl Fn(usize) -> CodeId) -> Fragment {
    let mut marks: HashMap<usize, (MarkKind, CodeId)> = HashMap::new();
    for (at, code) in codes.iter().enumerate() {
        let kinds = match code.class {
            Class::Pair => [MarkKind::Open, MarkKind::Close],
            Class::Lone => [MarkKind::Lone; 2],
            Class::Standalone => [MarkKind::Standalone; 2],
            Class::Protected => [MarkKind::Protected { len: 0 }; 2],
        };
        for (place, kind) in code.places.iter().zip(kinds) {
            marks.insert(*place, (kind, number(at)));
        }
    }
    let mut out = Fragment::default();
    for (at, piece) in pieces.iter().enumerate() {
        match (piece, marks.get(&at)) {
            (Piece::Text(text), _) => out.push_text(text),
            (Piece::Code(native), Some((MarkKind::Protected { .. }, number))) => {
                out.push_protected(*number, &native.content);
            }
            (Piece::Code(_), Some((kind, number))) => out.push_mark(*kind, *number),
            (Piece::Code(_), None) => {}
        }
    }
    out
}
