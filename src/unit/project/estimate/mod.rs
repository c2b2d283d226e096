//! An alignment of our own estimate, for translations that come without one.
//!
//! 1. Both texts are cut into words (`word`; `chunk` for Japanese).
//! 2. Pairs of words are compared: equal ones, numbers, words of one origin (`sound`,
//!    `likeness`), words of closed classes (`lexicon`).
//! 3. An English text is put in the order that the other language is likely to have (`order`).
//! 4. The best way through each text beside the other, with few and short jumps, tells which word
//!    stands for which (`path`); what both ways agree on counts most (`link`).

mod chunk;
mod lexicon;
mod likeness;
mod link;
mod order;
mod path;
mod sound;
mod word;

use std::ops::Range;

use self::link::links_between;
use self::order::expected_order;
use self::word::{Word, words_in};
use super::super::{Alignment, Fragment, Link, Locale, MarkKind};

/// So many words of each text are compared with each other; longer texts are cut into stretches
/// of the same share of both.
const STRETCH: usize = 256;

/// Estimates which words of `target`, a translation of `source`, stand for which of the source.
///
/// `from` and `to` are the languages of the two; any will do, but of English, German, Spanish,
/// French, Japanese and Chinese more is known. A word of a protected span stands only for itself. The links are in bytes of the two texts, in their order.
///
/// The time taken grows with the length of the longer text: every word is compared with a bounded
/// number of others.
///
/// ```
/// use polypost::unit::{Fragment, Locale, estimate};
///
/// let (from, to): (Locale, Locale) = ("en".parse().unwrap(), "es".parse().unwrap());
/// let source = Fragment::plain("The train to Madrid costs 1,200 euros.");
/// let target = "El tren a Madrid cuesta 1.200 euros.";
/// let links = estimate(&source, target, &from, &to);
/// let shown = |word: &str| {
///     let link = links.iter().find(|link| &source.text()[link.source.clone()] == word).unwrap();
///     &target[link.target.clone()]
/// };
/// assert_eq!(shown("train"), "tren");
/// assert_eq!(shown("1,200"), "1.200");
/// ```
pub fn estimate(source: &Fragment, target: &str, from: &Locale, to: &Locale) -> Alignment {
    let mut words = words_in(source.text(), from.language());
    mark_protected(&mut words, source);
    let source = words;
    let target = words_in(target, to.language());
    let count = source.len().max(target.len()).div_ceil(STRETCH).max(1);
    let mut alignment = Alignment::new();
    for stretch in 0..count {
        let source = &source[share(source.len(), stretch, count)];
        let target = &target[share(target.len(), stretch, count)];
        let source = in_order_of(source, from, to);
        let target = in_order_of(target, to, from);
        let links = links_between(&source, &target);
        let links = links.into_iter().map(|(from, to)| Link {
            source: source[from].range.clone(),
            target: target[to].range.clone(),
        });
        alignment.extend(links);
    }
    alignment.sort_unstable_by_key(|link| (link.source.start, link.target.start));
    alignment
}

/// The words of a text in the order that a text in the language `other` is likely to have.
fn in_order_of<'a>(words: &'a [Word], own: &Locale, other: &Locale) -> Vec<&'a Word> {
    let order = expected_order(words, own.language(), other.language());
    order.into_iter().map(|at| &words[at]).collect()
}

/// Marks the words of protected spans.
fn mark_protected(words: &mut [Word], source: &Fragment) {
    let mut end = 0;
    let mut marks = source.marks().iter().peekable();
    for word in words {
        while let Some(mark) = marks.next_if(|mark| mark.at < word.range.end) {
            if matches!(mark.kind, MarkKind::Protected { .. }) {
                end = end.max(mark.end());
            }
        }
        word.is_protected = word.range.start < end;
    }
}

/// One of `count` equal parts of `len` things.
fn share(len: usize, part: usize, count: usize) -> Range<usize> {
    len * part / count..len * (part + 1) / count
}
