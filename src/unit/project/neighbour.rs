//! What is next to a token: the nearest one that is linked, or that stands for nothing.

use std::ops::Range;

use super::bitext::Bitext;

/// Answers in constant time what stands beside a token.
#[derive(Debug)]
pub(super) struct Neighbours {
    /// For each source token and the end: one past the nearest linked one before.
    linked_before: Vec<usize>,
    /// For each source token and the end: the nearest linked one from there on.
    linked_after: Vec<usize>,
    /// For each target token and the end: the nearest linked one from there on.
    next_linked: Vec<usize>,
    /// … the nearest free word: one without a link.
    next_free: Vec<usize>,
    /// … the nearest token that is no free word.
    next_not_free: Vec<usize>,
    /// … one past the nearest free word before.
    last_free: Vec<usize>,
}

/// What is between the neighbours of some source tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    /// Source tokens without link.
    pub(super) from: Range<usize>,
    /// From the end of the translation before to the start of the one after; the end is the lower
    /// one when they changed places.
    pub(super) to: Range<usize>,
}

impl Neighbours {
    pub(super) fn new(bitext: &Bitext) -> Self {
        let (sources, targets) = (bitext.source.len(), bitext.target.len());
        let is_free = |to: usize| bitext.target[to].is_word() && !bitext.is_linked(to);
        let has_run = |from: usize| bitext.run(from).is_some();
        Self {
            linked_before: after_last(sources, has_run),
            linked_after: next(sources, has_run),
            next_linked: next(targets, |to| bitext.is_linked(to)),
            next_free: next(targets, is_free),
            next_not_free: next(targets, |to| !is_free(to)),
            last_free: after_last(targets, is_free),
        }
    }

    /// The first linked target token from `to` on, or their number.
    pub(super) fn next_linked(&self, to: usize) -> usize {
        self.next_linked[to]
    }

    /// The first target word without link from `to` on, or the number of tokens.
    pub(super) fn next_free(&self, to: usize) -> usize {
        self.next_free[to]
    }

    /// The first target token from `to` on that is no word without link, or their number.
    pub(super) fn next_not_free(&self, to: usize) -> usize {
        self.next_not_free[to]
    }

    /// Where the last target word without link before `end` ends, or 0.
    pub(super) fn end_of_last_free(&self, end: usize) -> usize {
        self.last_free[end]
    }

    /// The gap between the translations of the nearest linked words before and after the source
    /// tokens `from`; the ends of `all` and `area` stand in for words that are not in them.
    pub(super) fn gap_around(
        &self,
        bitext: &Bitext,
        from: &Range<usize>,
        all: &Range<usize>,
        area: &Range<usize>,
    ) -> Gap {
        let is_inside = |run: &&Range<usize>| area.start <= run.start && run.end <= area.end;
        let before = self.linked_before[from.start];
        let run_before = before.checked_sub(1).filter(|word| *word >= all.start);
        let run_before = run_before
            .and_then(|word| bitext.run(word))
            .filter(is_inside);
        let after = self.linked_after[from.end];
        let run_after = Some(after).filter(|word| *word < all.end);
        let run_after = run_after
            .and_then(|word| bitext.run(word))
            .filter(is_inside);
        Gap {
            from: run_before.map_or(all.start, |_| before)..run_after.map_or(all.end, |_| after),
            to: run_before.map_or(area.start, |run| run.end)
                ..run_after.map_or(area.end, |run| run.start),
        }
    }
}

/// For each index and the end, the next one for which `is` holds, or `len`.
fn next(len: usize, is: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut found = vec![len; len + 1];
    for index in (0..len).rev() {
        found[index] = if is(index) { index } else { found[index + 1] };
    }
    found
}

/// For each index and the end, one past the last one before for which `is` holds, or 0.
fn after_last(len: usize, is: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut found = vec![0; len + 1];
    for index in 0..len {
        found[index + 1] = if is(index) { index + 1 } else { found[index] };
    }
    found
}
