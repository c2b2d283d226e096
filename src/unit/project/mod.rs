//! Projection: puts the codes of a source onto its plain translation, by a word alignment.
//!
//! 1. Protected spans are found again in the translation by their text (`locate`); what is
//!    garbled or lost is put right (`repair`).
//! 2. Both texts are cut into words and marks (`token`), words with codes inside into the parts
//!    that their translation shows again (`refine`), and joined by the alignment (`bitext`).
//! 3. Pairs get the span that gains most, outer ones before inner ones (`span`); all other codes
//!    go beside the translation of the word they stand at (`point`).
//! 4. The text is written with the codes in their places (`layout`).
//!
//! Places are given in a tree, each inside that of its parent and apart from its siblings, so
//! that the result is properly nested whatever the alignment says.

mod best;
mod bitext;
mod estimate;
mod layout;
mod locate;
mod look_up;
mod neighbour;
mod pair;
mod point;
mod refine;
mod repair;
mod span;
mod token;
mod tree;
mod unaligned;

use std::borrow::Cow;
use std::ops::Range;

use self::bitext::Bitext;
pub use self::estimate::estimate;
use self::layout::Layout;
use self::locate::{Found, Protected, locate, protected_of};
pub use self::look_up::{Run, look_up, runs_to_look_up};
use self::refine::{Refined, refine};
use self::repair::{Repaired, repair};
use self::token::{Atom, Token, cut_tokens, tokens_of};
use self::tree::Tree;
pub use self::unaligned::{Estimated, project_by_estimate, project_sensibly};
use super::{Fragment, Link};

/// Puts the codes of `source` onto `target`, a plain translation of its text.
///
/// `alignment` says in bytes of `source.text()` and of `target` which words stand for which.
/// Links may be missing, overlap, contradict each other, cut characters or be out of bounds.
///
/// The result has the codes of the source: each once, pairs properly nested, lone tags in their
/// order, protected spans with their text. Apart from those, which replace what stands for them or
/// are put in with a space where words need one, its text is `target`. If `target` is the text of
/// the source, the result is the source.
///
/// The time taken grows with the length of the texts and the number of links and codes; some
/// steps sort.
///
/// ```
/// use polypost::unit::{Fragment, Link, MarkKind, project};
///
/// let mut source = Fragment::plain("the ");
/// source.push_mark(MarkKind::Open, 1);
/// source.push_text("red");
/// source.push_mark(MarkKind::Close, 1);
/// source.push_text(" house");
/// let alignment = [
///     Link { source: 4..7, target: 8..12 },
///     Link { source: 8..13, target: 3..7 },
/// ];
/// let target = project(&source, "la casa roja", &alignment);
/// assert_eq!(target.to_tagged(), "la casa <g1>roja</g1>");
/// ```
pub fn project(source: &Fragment, target: &str, alignment: &[Link]) -> Fragment {
    if source.marks().is_empty() {
        return Fragment::plain(target);
    }
    if target == source.text() {
        return source.clone();
    }
    let protected = protected_of(source);
    let repaired = restore(source, &protected, target, alignment);
    let marks: Vec<usize> = protected.iter().map(|span| span.mark).collect();
    let tree = Tree::new(source, &marks);
    let bitext = join(source, &protected, &tree, &repaired);
    Layout::new(source, &repaired.text, &tree, &bitext).write(&repaired.found)
}

/// Makes every protected span stand verbatim in the translation.
fn restore<'a>(
    source: &Fragment,
    protected: &[Protected],
    target: &'a str,
    links: &'a [Link],
) -> Repaired<'a> {
    let found = if protected.is_empty() {
        Vec::new()
    } else {
        locate(source, protected, target, links)
    };
    let is_verbatim = |found: &Found| {
        let mark = source.marks()[found.mark];
        source.text()[mark.at..mark.end()] == target[found.range.clone()]
    };
    if found.len() == protected.len() && found.iter().all(is_verbatim) {
        return Repaired {
            text: Cow::Borrowed(target),
            links: Cow::Borrowed(links),
            found,
        };
    }
    let (from, to) = tokens_of_both(source.text(), protected, target, &found);
    let bitext = Bitext::new(from, to, links, &[]);
    repair(source, protected, target, links, found, &bitext)
}

/// Joins the tokens of both texts, and the parts of words that have codes inside.
fn join(
    source: &Fragment,
    protected: &[Protected],
    tree: &Tree,
    translation: &Repaired<'_>,
) -> Bitext {
    let Repaired { text, links, found } = translation;
    let (from, to) = tokens_of_both(source.text(), protected, text, found);
    let bitext = Bitext::new(from, to, links, &[]);
    let Refined { parts, cuts } = refine(source, text, links, tree, &bitext);
    if parts.is_empty() && cuts.is_empty() {
        return bitext;
    }
    let ends = |range: &Range<usize>| [range.start, range.end];
    let in_source = parts.iter().flat_map(|part| ends(&part.source));
    let in_target = parts.iter().flat_map(|part| ends(&part.target));
    let from = cut_tokens(bitext.source, in_source.chain(cuts).collect());
    let to = cut_tokens(bitext.target, in_target.collect());
    Bitext::new(from, to, links, &parts)
}

/// The tokens of both texts, each protected span as one.
fn tokens_of_both(
    source: &str,
    protected: &[Protected],
    target: &str,
    found: &[Found],
) -> (Vec<Token>, Vec<Token>) {
    let mut marks: Vec<usize> = found.iter().map(|found| found.mark).collect();
    marks.sort_unstable();
    let in_source: Vec<Atom> = protected
        .iter()
        .map(|span| Atom {
            range: span.range.clone(),
            fixed: marks.binary_search(&span.mark).ok().map(|_| span.mark),
        })
        .collect();
    let in_target: Vec<Atom> = found
        .iter()
        .map(|found| Atom {
            range: found.range.clone(),
            fixed: Some(found.mark),
        })
        .collect();
    (tokens_of(source, &in_source), tokens_of(target, &in_target))
}
