//! Gives a target the codes of another source.

use std::collections::HashMap;

use crate::catalog::check_target;
use crate::unit::{Code, CodeId, Fragment, Item, Mark, MarkKind};

/// Which code of the new source each code of the old one is.
pub(super) type Codes = HashMap<CodeId, CodeId>;

/// The codes of two sources that differ in nothing but numbers.
pub(super) fn same_codes(old: &Fragment, new: &Fragment) -> Codes {
    let marks = old.marks().iter().zip(new.marks());
    marks.map(|(old, new)| (old.code, new.code)).collect()
}

/// The codes of two sources that are like each other: those with the same bytes first, then those
/// of the same kind, in order.
pub(super) fn like_codes(
    (old, old_codes): (&Fragment, &[Code]),
    (new, new_codes): (&Fragment, &[Code]),
) -> Codes {
    let old = shapes(old, old_codes);
    let new = shapes(new, new_codes);
    let mut codes = Codes::new();
    let mut is_taken = vec![false; new.len()];
    for with_bytes in [true, false] {
        for shape in &old {
            if codes.contains_key(&shape.code) {
                continue;
            }
            let found = new.iter().enumerate().find(|(at, other)| {
                !is_taken[*at]
                    && other.roles == shape.roles
                    && (!with_bytes || other.raws == shape.raws)
            });
            if let Some((at, other)) = found {
                is_taken[at] = true;
                codes.insert(shape.code, other.code);
            }
        }
    }
    codes
}

/// A code of a fragment: its tags there.
struct Shape<'c> {
    code: CodeId,
    roles: Vec<Role>,
    raws: Vec<&'c str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    Standalone,
    Lone,
    Protected,
}

fn role(mark: &Mark) -> Role {
    match mark.kind {
        MarkKind::Open => Role::Open,
        MarkKind::Close => Role::Close,
        MarkKind::Standalone => Role::Standalone,
        MarkKind::Lone => Role::Lone,
        MarkKind::Protected { .. } => Role::Protected,
    }
}

fn shapes<'c>(fragment: &Fragment, codes: &'c [Code]) -> Vec<Shape<'c>> {
    let mut shapes: Vec<Shape<'c>> = Vec::new();
    let mut places: HashMap<CodeId, usize> = HashMap::new();
    for (mark, code) in fragment.marks().iter().zip(codes) {
        let place = *places.entry(mark.code).or_insert(shapes.len());
        if place == shapes.len() {
            shapes.push(Shape {
                code: mark.code,
                roles: Vec::new(),
                raws: Vec::new(),
            });
        }
        shapes[place].roles.push(role(mark));
        shapes[place].raws.push(&code.raw);
    }
    shapes
}

/// The target with the codes of `source`; none where law 3 would not hold.
pub(super) fn fitted(target: &Fragment, codes: &Codes, source: &Fragment) -> Option<Fragment> {
    let own: HashMap<(CodeId, bool), &Mark> = source
        .marks()
        .iter()
        .map(|mark| ((mark.code, mark.kind == MarkKind::Close), mark))
        .collect();
    let mut out = Fragment::default();
    for item in target.items() {
        let mark = match item {
            Item::Text(range) => {
                out.push_text(&target.text()[range]);
                continue;
            }
            Item::Mark(mark) => mark,
        };
        let code = *codes.get(&mark.code)?;
        let closes = mark.kind == MarkKind::Close;
        // In a candidate a tag whose partner is elsewhere says no more which of the two it is.
        let other = || {
            own.get(&(code, true))
                .filter(|_| mark.kind == MarkKind::Lone)
        };
        let own = own.get(&(code, closes)).or_else(other)?;
        match own.kind {
            MarkKind::Protected { .. } => {
                out.push_protected(code, &source.text()[own.at..own.end()]);
            }
            kind => out.push_mark(kind, code),
        }
    }
    check_target(source, &out).ok().map(|()| out)
}
