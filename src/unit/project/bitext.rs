//! Two texts as tokens, and how much each token of one stands for each of the other.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::Link;
use super::pair::{Pair, Part, UNIT, WORD_WEIGHT, pairs_of};
use super::token::Token;

/// So many marks beside a word are looked at to find the partner of a mark.
const MARKS_MAX: usize = 8;

/// The tokens of both texts with their links.
#[derive(Debug)]
pub(super) struct Bitext {
    /// Tokens of the source.
    pub(super) source: Vec<Token>,
    /// Tokens of the target.
    pub(super) target: Vec<Token>,
    /// Links as (source token, target token, mass), sorted, each pair once.
    pairs: Vec<Pair>,
    /// Where the links of each source token begin in `pairs`, and where the last end.
    starts: Vec<usize>,
    /// Mass of all links of each target token.
    totals: Vec<i64>,
    /// The source token that each target token stands for most.
    back: Vec<Option<usize>>,
    /// The target tokens in one piece that each source token stands for most.
    runs: Vec<Option<Range<usize>>>,
}

impl Bitext {
    /// Joins tokens by `links` (bytes of the two texts) and `parts` (sorted by group).
    ///
    /// Links may be anything: what overlaps no token says nothing.
    pub(super) fn new(
        source: Vec<Token>,
        target: Vec<Token>,
        links: &[Link],
        parts: &[Part],
    ) -> Self {
        let mut bitext = Self {
            pairs: pairs_of(&source, &target, links, parts),
            source,
            target,
            starts: Vec::new(),
            totals: Vec::new(),
            back: Vec::new(),
            runs: Vec::new(),
        };
        bitext.index();
        if bitext.link_marks() {
            bitext.index();
        }
        bitext
    }

    /// Sorts the links and derives everything else from them.
    fn index(&mut self) {
        self.pairs.sort_unstable();
        self.pairs.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        self.starts = vec![0; self.source.len() + 1];
        self.totals = vec![0; self.target.len()];
        self.back = vec![None; self.target.len()];
        let mut most = vec![0; self.target.len()];
        for &(from, to, mass) in &self.pairs {
            self.starts[from + 1] += 1;
            self.totals[to] += mass;
            if mass > most[to] {
                most[to] = mass;
                self.back[to] = Some(from);
            }
        }
        for index in 1..self.starts.len() {
            self.starts[index] += self.starts[index - 1];
        }
        self.runs = (0..self.source.len())
            .map(|from| main_run(self.links_of(from), &self.target))
            .collect();
    }

    fn links_of(&self, from: usize) -> &[Pair] {
        &self.pairs[self.starts[from]..self.starts[from + 1]]
    }

    /// The target tokens in one piece that a source token stands for most.
    pub(super) fn run(&self, from: usize) -> Option<&Range<usize>> {
        self.runs.get(from)?.as_ref()
    }

    /// The source token that a target token stands for most.
    pub(super) fn back(&self, to: usize) -> Option<usize> {
        *self.back.get(to)?
    }

    /// Whether a target token stands for anything.
    pub(super) fn is_linked(&self, to: usize) -> bool {
        self.totals[to] > 0
    }

    /// How much a target token has to say, about whatever it stands for.
    pub(super) fn vote(&self, to: usize) -> i64 {
        self.share(to, self.totals[to])
    }

    /// How much of its vote a target token gives for links of this mass.
    fn share(&self, to: usize, mass: i64) -> i64 {
        let weight = if self.target[to].is_word() {
            WORD_WEIGHT
        } else {
            1
        };
        mass * UNIT / self.totals[to].max(UNIT) * weight
    }

    /// How much each target token votes for the source tokens in `from`, by target token.
    pub(super) fn votes_for(&self, from: Range<usize>) -> Vec<(usize, i64)> {
        let links = &self.pairs[self.starts[from.start]..self.starts[from.end]];
        let mut masses: Vec<_> = links.iter().map(|&(_, to, mass)| (to, mass)).collect();
        masses.sort_unstable();
        masses.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        for (to, mass) in &mut masses {
            *mass = self.share(*to, *mass);
        }
        masses
    }

    /// Links marks that have no link to equal marks at the same side of the same word, and the
    /// opening marks of Spanish to what their closing ones are linked to.
    fn link_marks(&mut self) -> bool {
        let before = self.pairs.len();
        let mut added = BTreeMap::new();
        for from in 0..self.source.len() {
            if let Some(class) = self.source[from].mark
                && self.links_of(from).is_empty()
                && let Some(to) = self.partner_of_mark(from, class, &added)
            {
                added.insert(to, from);
            }
        }
        let mut closing: BTreeMap<char, usize> = BTreeMap::new();
        for to in (0..self.target.len()).rev() {
            let Some(class @ ('!' | '?')) = self.target[to].mark else {
                continue;
            };
            match self.back(to).or_else(|| added.get(&to).copied()) {
                Some(from) => {
                    closing.insert(class, from);
                }
                None => {
                    if let Some(from) = closing.remove(&class) {
                        added.insert(to, from);
                    }
                }
            }
        }
        self.pairs
            .extend(added.into_iter().map(|(to, from)| (from, to, UNIT)));
        self.pairs.len() > before
    }

    /// An equal mark without link where that of the source has to be looked for.
    fn partner_of_mark(
        &self,
        from: usize,
        class: char,
        taken: &BTreeMap<usize, usize>,
    ) -> Option<usize> {
        let is_partner = |to: &usize| {
            self.target[*to].mark == Some(class) && !self.is_linked(*to) && !taken.contains_key(to)
        };
        let is_mark = |token: &Token| !token.is_word();
        let marks_before = self.source[..from].iter().rev().take_while(|t| is_mark(t));
        let marks_before = marks_before.take(MARKS_MAX + 1).count();
        let marks_after = self.source[from + 1..].iter().take_while(|t| is_mark(t));
        let marks_after = marks_after.take(MARKS_MAX + 1).count();

        let after_word = || {
            let start = match from.checked_sub(marks_before + 1) {
                Some(word) => self.run(word)?.end,
                None => 0,
            };
            let marks = self.target[start..].iter().take_while(|t| is_mark(t));
            let marks = marks.take(MARKS_MAX).count();
            (start..start + marks).find(is_partner)
        };
        let before_word = || {
            let word = from + 1 + marks_after;
            let end = if word < self.source.len() {
                self.run(word)?.start
            } else {
                self.target.len()
            };
            let marks = self.target[..end].iter().rev().take_while(|t| is_mark(t));
            let marks = marks.take(MARKS_MAX).count();
            (end - marks..end).find(is_partner)
        };
        if self.is_opening(from) {
            before_word().or_else(after_word)
        } else {
            after_word().or_else(before_word)
        }
    }

    /// Whether a mark is glued to what follows and not to what is before.
    fn is_opening(&self, from: usize) -> bool {
        let range = &self.source[from].range;
        let is_glued_before = from > 0 && self.source[from - 1].range.end == range.start;
        let next = self.source.get(from + 1);
        !is_glued_before && next.is_some_and(|next| next.range.start == range.end)
    }
}

/// The tokens in one piece around the one with the most mass; a mark inside a word (`e-mail`)
/// does not part it.
fn main_run(links: &[Pair], target: &[Token]) -> Option<Range<usize>> {
    let most = links.iter().map(|link| link.2).max()?;
    let main = links.iter().position(|link| link.2 == most)?;
    let is_mark_inside = |to: usize| {
        let range = &target[to].range;
        !target[to].is_word()
            && target[to - 1].range.end == range.start
            && range.end == target[to + 1].range.start
    };
    let is_next = |pair: &&[Pair]| {
        let (one, other) = (pair[0].1, pair[1].1);
        other == one + 1 || (other == one + 2 && is_mark_inside(one + 1))
    };
    let after = links[main..].windows(2).take_while(is_next).count();
    let before = links[..=main].windows(2).rev().take_while(is_next).count();
    Some(links[main - before].1..links[main + after].1 + 1)
}
