//! Where codes go that cover nothing: next to the translation of the word they stand at.

use std::ops::Range;

use super::bitext::Bitext;
use super::neighbour::Neighbours;
use super::span::Place;

/// A place between two words of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// The source token before, if the parent holds one there.
    before: Option<usize>,
    /// The source token after, if the parent holds one there.
    after: Option<usize>,
    /// Whether no white space is before.
    is_glued_before: bool,
    /// Whether no white space is after.
    is_glued_after: bool,
}

impl Spot {
    /// The spot of a code that covers `bytes` of the source, inside the source tokens `all`.
    pub(super) fn new(bitext: &Bitext, bytes: &Range<usize>, all: &Range<usize>) -> Self {
        let tokens = &bitext.source;
        let before = tokens.partition_point(|token| token.range.start < bytes.start);
        let after = tokens.partition_point(|token| token.range.start < bytes.end);
        let before = before.checked_sub(1).filter(|token| all.contains(token));
        let after = Some(after).filter(|token| all.contains(token));
        Self {
            before,
            after,
            is_glued_before: before.is_some_and(|token| tokens[token].range.end >= bytes.start),
            is_glued_after: after.is_some_and(|token| tokens[token].range.start == bytes.end),
        }
    }

    /// Where that is in the translation, in bytes, inside the parent's place.
    pub(super) fn place(
        &self,
        target: &str,
        bitext: &Bitext,
        neighbours: &Neighbours,
        parent: &Place,
    ) -> usize {
        let (Some(before), Some(after)) = (self.before, self.after) else {
            // A code at the start or end of its parent stays there.
            return match self.before {
                None => parent.bytes.start,
                Some(_) => parent.bytes.end,
            };
        };
        let area = &parent.tokens;
        if area.is_empty() {
            return parent.bytes.start;
        }
        let run = |from| {
            let run = bitext.run(from)?;
            (area.start <= run.start && run.end <= area.end).then_some(run)
        };
        let gap = match (run(before), run(after)) {
            (Some(one), Some(other)) => self.better(bitext, neighbours, area, one, other),
            (Some(run), None) => run.end,
            (None, Some(run)) => run.start,
            (None, None) => {
                let gap = neighbours.gap_around(bitext, &(after..after), &parent.from, area);
                let (len, count) = (gap.to.len(), gap.from.len().max(1));
                gap.to.start + len * (after - gap.from.start) / count
            }
        };
        self.byte_in_gap(target, bitext, parent, gap)
    }

    /// After the translation of the word before (`one`), or before that of the word after.
    fn better(
        &self,
        bitext: &Bitext,
        neighbours: &Neighbours,
        area: &Range<usize>,
        one: &Range<usize>,
        other: &Range<usize>,
    ) -> usize {
        let (Some(before), Some(after)) = (self.before, self.after) else {
            return one.end;
        };
        let is_glued = |token: usize, is_glued| is_glued && bitext.source[token].is_word();
        match (
            is_glued(before, self.is_glued_before),
            is_glued(after, self.is_glued_after),
        ) {
            (true, false) => return one.end,
            (false, true) => return other.start,
            // Both changed places: it still stands between them.
            (false, false)
                if other.end <= one.start && neighbours.next_linked(other.end) >= one.start =>
            {
                return other.end;
            }
            _ => {}
        }
        // Each has one neighbour of the source beside it: how about the other one?
        let agrees = |to: Option<usize>, is_right_side: &dyn Fn(usize) -> bool| match to
            .filter(|to| area.contains(to))
            .and_then(|to| bitext.back(to))
        {
            Some(from) if is_right_side(from) => 2,
            Some(_) => 0,
            None => 1,
        };
        let is_word = |token: usize| i32::from(bitext.source[token].is_word());
        let first = agrees(Some(one.end), &|from| from >= after) * 2 + is_word(before);
        let second =
            agrees(other.start.checked_sub(1), &|from| from <= before) * 2 + is_word(after);
        if second > first { other.start } else { one.end }
    }

    /// A byte offset in the white space before target token `gap`.
    fn byte_in_gap(&self, target: &str, bitext: &Bitext, parent: &Place, gap: usize) -> usize {
        let tokens = &bitext.target;
        let start = match gap.checked_sub(1) {
            Some(token) if gap > parent.tokens.start => tokens[token].range.end,
            _ => parent.bytes.start,
        };
        let end = match tokens.get(gap) {
            Some(token) if gap < parent.tokens.end => token.range.start,
            _ => parent.bytes.end,
        };
        if self.is_glued_after && !self.is_glued_before {
            return end;
        }
        let mut space = target[start..end].chars();
        match (space.next(), space.next()) {
            (Some(first), Some(_)) if !self.is_glued_before => start + first.len_utf8(),
            _ => start,
        }
    }
}
