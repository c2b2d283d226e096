//! Which token stands for which, by the links, the parts of words and the protected spans.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::Link;
use super::token::{Token, overlapped};

/// The mass that a target token gets from one link.
pub(super) const UNIT: i64 = 5040;
/// How much more a word counts than a mark.
pub(super) const WORD_WEIGHT: i64 = 16;
/// At most so many token pairs are taken from the links: links that each cover everything must
/// not make the work quadratic.
const PAIRS_MAX: usize = 1 << 20;

/// A source token, a target token, and how much one stands for the other.
pub(super) type Pair = (usize, usize, i64);

/// Stretches of the two texts that stand for each other, inside a word: they replace what the
/// links say between the tokens of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Which word it is part of.
    pub(super) group: usize,
    /// Bytes of the source.
    pub(super) source: Range<usize>,
    /// Bytes of the target; may be empty.
    pub(super) target: Range<usize>,
}

/// All pairs of tokens that stand for each other, in no order, some more than once.
pub(super) fn pairs_of(
    source: &[Token],
    target: &[Token],
    links: &[Link],
    parts: &[Part],
) -> Vec<Pair> {
    let groups = Groups::new(source, target, parts);
    let mut pairs = pairs_of_links(source, target, links);
    pairs.retain(|&(from, to, _)| {
        source[from].fixed == target[to].fixed && !groups.is_in_one(from, to)
    });
    for part in parts {
        for from in overlapped(source, &part.source) {
            let to = overlapped(target, &part.target);
            pairs.extend(to.map(|to| (from, to, UNIT)));
        }
    }
    pairs.extend(fixed_pairs(source, target));
    pairs
}

/// Which tokens are part of a word that [`Part`]s take apart.
struct Groups {
    source: Vec<Option<usize>>,
    target: Vec<Option<usize>>,
}

impl Groups {
    fn new(source: &[Token], target: &[Token], parts: &[Part]) -> Self {
        let mut groups = Self {
            source: vec![None; source.len()],
            target: vec![None; target.len()],
        };
        for part in parts {
            for from in overlapped(source, &part.source) {
                groups.source[from] = Some(part.group);
            }
            for to in overlapped(target, &part.target) {
                groups.target[to] = Some(part.group);
            }
        }
        groups
    }

    fn is_in_one(&self, from: usize, to: usize) -> bool {
        self.source[from].is_some() && self.source[from] == self.target[to]
    }
}

/// What the links say of tokens, as (source token, target token, mass).
///
/// Words are linked to words and marks to equal marks, unless a link has nothing else to offer.
fn pairs_of_links(source: &[Token], target: &[Token], links: &[Link]) -> Vec<Pair> {
    let mut pairs = Vec::with_capacity(links.len());
    for link in links {
        let from = overlapped(source, &link.source);
        let to = overlapped(target, &link.target);
        let size = from.len().saturating_mul(to.len());
        if size > PAIRS_MAX - pairs.len() {
            continue;
        }
        let words_in = |tokens: &[Token]| tokens.iter().filter(|token| token.is_word()).count();
        let words = words_in(&source[from.clone()]);
        let both_have_words = words > 0 && words_in(&target[to.clone()]) > 0;
        let share = UNIT / i64::try_from(words.max(1)).unwrap_or(UNIT);
        for from in from {
            for to in to.clone() {
                match (source[from].mark, target[to].mark) {
                    (None, None) => pairs.push((from, to, share.max(1))),
                    (Some(one), Some(other)) if one == other || !both_have_words => {
                        pairs.push((from, to, UNIT));
                    }
                    _ if !both_have_words => pairs.push((from, to, UNIT / WORD_WEIGHT)),
                    _ => {}
                }
            }
        }
    }
    pairs
}

/// Protected spans that stand in both texts are linked to themselves.
fn fixed_pairs(source: &[Token], target: &[Token]) -> Vec<Pair> {
    let in_target: BTreeMap<usize, usize> = target
        .iter()
        .enumerate()
        .filter_map(|(to, token)| Some((token.fixed?, to)))
        .collect();
    source
        .iter()
        .enumerate()
        .filter_map(|(from, token)| Some((from, *in_target.get(&token.fixed?)?, UNIT)))
        .collect()
}
