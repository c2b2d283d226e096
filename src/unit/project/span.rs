//! Where pairs go: for each the best span of the translation, outer pairs before inner ones.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::best::best_span;
use super::bitext::Bitext;
use super::neighbour::Neighbours;
use super::token::{Token, is_unspaced, overlapped};
use super::tree::{Node, NodeKind, Tree};

/// Inside so many pairs, the alignment is no longer asked: that keeps the work linear for
/// nesting that no article has.
const DEPTH_MAX: usize = 32;

/// The place of a code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Bytes of the target.
    pub(super) bytes: Range<usize>,
    /// Tokens of the target; empty for a code that covers nothing.
    pub(super) tokens: Range<usize>,
    /// Tokens of the source.
    pub(super) from: Range<usize>,
    /// How many pairs around it were placed by the alignment.
    pub(super) depth: usize,
}

impl Place {
    /// The place of the root: everything.
    pub(super) fn whole(bitext: &Bitext, target: &str) -> Self {
        Self {
            bytes: 0..target.len(),
            tokens: 0..bitext.target.len(),
            from: 0..bitext.source.len(),
            depth: 0,
        }
    }
}

/// The pairs directly inside another, while they are placed.
pub(super) struct Spans<'a> {
    source: &'a str,
    tree: &'a Tree,
    bitext: &'a Bitext,
    neighbours: &'a Neighbours,
    parent: &'a Place,
    /// Spans given away, by their first token.
    occupied: BTreeMap<usize, usize>,
    /// Spans of pairs that have to keep their order, by node.
    ordered: BTreeMap<usize, Range<usize>>,
    /// What was placed, with its node.
    placed: Vec<(usize, Place)>,
}

/// A pair to be placed.
struct Candidate {
    node: usize,
    from: Range<usize>,
    votes: Vec<(usize, i64)>,
    best: Option<(i64, Range<usize>)>,
}

impl<'a> Spans<'a> {
    pub(super) fn new(
        source: &'a str,
        tree: &'a Tree,
        bitext: &'a Bitext,
        neighbours: &'a Neighbours,
        parent: &'a Place,
    ) -> Self {
        Self {
            source,
            tree,
            bitext,
            neighbours,
            parent,
            occupied: BTreeMap::new(),
            ordered: BTreeMap::new(),
            placed: Vec::new(),
        }
    }

    /// Finds spans for pairs that cover words or marks, and gives them with their nodes.
    ///
    /// The spans are disjoint, lie in the parent's, and those of pairs that have to keep their
    /// order do. A pair may get none.
    pub(super) fn place(mut self, children: &[usize]) -> Vec<(usize, Place)> {
        let mut candidates = self.candidates(children);
        let whole = candidates
            .iter()
            .find(|candidate| candidate.from == self.parent.from);
        if let Some(candidate) = whole {
            let (node, from) = (candidate.node, candidate.from.clone());
            self.give(node, from, self.parent.tokens.clone(), self.parent.depth);
            return self.placed;
        }
        if self.parent.depth < DEPTH_MAX {
            self.place_by_alignment(&mut candidates);
        }
        let has_place: Vec<usize> = self.placed.iter().map(|(node, _)| *node).collect();
        for candidate in &candidates {
            if has_place.binary_search(&candidate.node).is_err()
                && let Some(span) = self.span_between_neighbours(candidate)
            {
                let from = candidate.from.clone();
                self.give(candidate.node, from, span, self.parent.depth + 1);
            }
        }
        self.placed
    }

    fn candidates(&self, children: &[usize]) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for &node in children {
            let Node { kind, bytes, .. } = &self.tree.nodes[node];
            let from = overlapped(&self.bitext.source, bytes);
            if matches!(kind, NodeKind::Pair { .. })
                && !from.is_empty()
                && !self.parent.tokens.is_empty()
            {
                candidates.push(Candidate {
                    node,
                    from,
                    votes: Vec::new(),
                    best: None,
                });
            }
        }
        candidates
    }

    fn place_by_alignment(&mut self, candidates: &mut [Candidate]) {
        let area = self.parent.tokens.clone();
        for candidate in &mut *candidates {
            candidate.votes = self.bitext.votes_for(candidate.from.clone());
            candidate.votes.retain(|(to, _)| area.contains(to));
        }
        let costs = self.costs(candidates);
        for candidate in &mut *candidates {
            candidate.best = best_span(&candidate.votes, area.start, &costs, |_, _| true);
        }
        let mut order: Vec<&Candidate> = candidates.iter().filter(|c| c.best.is_some()).collect();
        order.sort_by_key(|c| (Reverse(c.best.as_ref().map(|best| best.0)), c.node));
        for candidate in order {
            let bounds = self.bounds(candidate.node);
            let is_free = |first: usize, last: usize| {
                bounds.start <= first && last < bounds.end && self.is_free(first, last)
            };
            let best = candidate.best.as_ref().map(|best| &best.1);
            let span = match best.filter(|span| is_free(span.start, span.end - 1)) {
                Some(span) => Some(span.clone()),
                None => best_span(&candidate.votes, area.start, &costs, is_free).map(|s| s.1),
            };
            if let Some(span) = span {
                let span = self.with_free_edges(candidate, span, &bounds);
                let span = self.with_same_marks(candidate, span, &bounds);
                let from = candidate.from.clone();
                self.give(candidate.node, from, span, self.parent.depth + 1);
            }
        }
        self.placed.sort_unstable_by_key(|(node, _)| *node);
    }

    /// Running sums over the parent's tokens of what it costs to cover them: their own vote, and
    /// once more what they say for any of the candidates, which then go without.
    fn costs(&self, candidates: &[Candidate]) -> Vec<i64> {
        let area = &self.parent.tokens;
        let mut costs = vec![0; area.len() + 1];
        for (to, vote) in candidates.iter().flat_map(|c| &c.votes) {
            costs[to - area.start + 1] += vote;
        }
        for to in area.clone() {
            costs[to - area.start + 1] += costs[to - area.start] + self.bitext.vote(to);
        }
        costs
    }

    /// Where a pair may go without changing the order of tags that have to keep it.
    fn bounds(&self, node: usize) -> Range<usize> {
        let area = &self.parent.tokens;
        if !self.tree.nodes[node].is_ordered {
            return area.clone();
        }
        let before = self.ordered.range(..node).next_back();
        let after = self.ordered.range(node..).next();
        before.map_or(area.start, |(_, span)| span.end)
            ..after.map_or(area.end, |(_, span)| span.start)
    }

    /// Whether no token from `first` to `last` is given away.
    fn is_free(&self, first: usize, last: usize) -> bool {
        let before = self.occupied.range(..=last).next_back();
        before.is_none_or(|(_, end)| *end <= first)
    }

    /// A pair that begins (ends) with the text around it still does when only words that stand
    /// for nothing, such as an article, come before (after) it.
    fn with_free_edges(
        &self,
        candidate: &Candidate,
        span: Range<usize>,
        bounds: &Range<usize>,
    ) -> Range<usize> {
        let (area, all) = (&self.parent.tokens, &self.parent.from);
        let Range { mut start, mut end } = span;
        if candidate.from.start == all.start
            && bounds.start == area.start
            && self.neighbours.next_not_free(area.start) >= start
            && self.is_free(area.start, start)
        {
            start = area.start;
        }
        if candidate.from.end == all.end
            && bounds.end == area.end
            && self.neighbours.next_not_free(end) >= area.end
            && self.is_free(end - 1, area.end - 1)
        {
            end = area.end;
        }
        start..end
    }

    /// A pair that begins or ends with a mark does so with the same one: no comma is left behind
    /// its quotation mark, and none of a pair of quotation marks is left out.
    fn with_same_marks(
        &self,
        candidate: &Candidate,
        span: Range<usize>,
        bounds: &Range<usize>,
    ) -> Range<usize> {
        let (source, target) = (&self.bitext.source, &self.bitext.target);
        let mark = |to: usize| target.get(to).and_then(|token| token.mark);
        let is_missing = |to: usize, class| mark(to) == Some(class) && !self.bitext.is_linked(to);
        let Range { mut start, mut end } = span;
        if let Some(class) = source[candidate.from.start].mark
            && start > bounds.start
            && mark(start) != Some(class)
            && is_missing(start - 1, class)
            && self.is_free(start - 1, start - 1)
        {
            start -= 1;
        }
        if let Some(class) = source[candidate.from.end - 1].mark
            && mark(end - 1) != Some(class)
        {
            if end < bounds.end && is_missing(end, class) && self.is_free(end, end) {
                end += 1;
            } else if mark(end - 1).is_some() && end - start > 1 && mark(end - 2) == Some(class) {
                end -= 1;
            }
        }
        start..end
    }

    /// For a pair without aligned words: what is unaligned between the translations of the words
    /// before and after it, its share of that by position.
    fn span_between_neighbours(&self, candidate: &Candidate) -> Option<Range<usize>> {
        let from = &candidate.from;
        let words = &self.bitext.source[from.clone()];
        if !words.iter().any(Token::is_word) || self.is_part_of_word(candidate) {
            return None;
        }
        let (area, all) = (&self.parent.tokens, &self.parent.from);
        let gap = self.neighbours.gap_around(self.bitext, from, all, area);
        let range = if gap.to.start <= gap.to.end {
            let (len, count) = (gap.to.len(), gap.from.len().max(1));
            let share = |words: usize| (len * words).div_ceil(count);
            let first = len * (from.start - gap.from.start) / count;
            gap.to.start + first..gap.to.start + share(from.end - gap.from.start)
        } else {
            // The neighbours have changed places: what follows the one before.
            let end = self.neighbours.next_linked(gap.to.start).min(area.end);
            gap.to.start..end.min(gap.to.start + from.len())
        };
        let start = self.neighbours.next_free(range.start);
        let end = self.neighbours.next_linked(start).min(range.end);
        let bounds = self.bounds(candidate.node);
        let (mut start, mut end) = (start.max(bounds.start), end.min(bounds.end));
        if let Some((_, before)) = self.occupied.range(..=start).next_back() {
            start = start.max(*before);
        }
        if let Some((after, _)) = self.occupied.range(start..).next() {
            end = end.min(*after);
        }
        let end = self.neighbours.end_of_last_free(end);
        (start < end).then_some(start..end)
    }

    /// Whether a pair without partner in the translation begins or ends inside a word.
    fn is_part_of_word(&self, candidate: &Candidate) -> bool {
        let bytes = &self.tree.nodes[candidate.node].bytes;
        [bytes.start, bytes.end].into_iter().any(|at| {
            let is_letter =
                |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
            self.source
                .split_at_checked(at)
                .is_some_and(|(before, after)| {
                    is_letter(before.chars().next_back()) && is_letter(after.chars().next())
                })
        })
    }

    fn give(&mut self, node: usize, from: Range<usize>, tokens: Range<usize>, depth: usize) {
        let text = &self.bitext.target;
        let bytes = text[tokens.start].range.start..text[tokens.end - 1].range.end;
        self.occupied.insert(tokens.start, tokens.end);
        if self.tree.nodes[node].is_ordered {
            self.ordered.insert(node, tokens.clone());
        }
        let place = Place {
            bytes,
            tokens,
            from,
            depth,
        };
        self.placed.push((node, place));
    }
}
