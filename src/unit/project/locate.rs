//! Finds protected spans again in a translation by their text.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;
use unicode_segmentation::UnicodeSegmentation;

use super::super::{Fragment, Link, MarkKind};
use super::refine::fold;

/// So many bytes are searched at most: every distinct text costs one way through the translation.
const SEARCH_MAX: usize = 1 << 28;

/// A protected span of the source that is text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Protected {
    /// Its index among the marks.
    pub(super) mark: usize,
    /// Its text, in bytes of the source.
    pub(super) range: Range<usize>,
}

/// Where a protected span is in the translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The index of its mark in the source.
    pub(super) mark: usize,
    /// What stands for it, in bytes of the target.
    pub(super) range: Range<usize>,
}

/// The protected spans of `source` that are text, in order and disjoint.
pub(super) fn protected_of(source: &Fragment) -> Vec<Protected> {
    let mut spans: Vec<Protected> = Vec::new();
    for (index, mark) in source.marks().iter().enumerate() {
        let MarkKind::Protected { len } = mark.kind else {
            continue;
        };
        let range = mark.at..mark.at.saturating_add(len);
        let is_apart = spans
            .last()
            .is_none_or(|last| last.range.end <= range.start);
        if is_apart
            && source
                .text()
                .get(range.clone())
                .is_some_and(|t| !t.is_empty())
        {
            spans.push(Protected { mark: index, range });
        }
    }
    spans
}

/// Finds protected spans whose text stands in `target`, sorted by their place there.
///
/// First as it is, as words of its own; then also inside words, if it is no plain word or is one
/// inside a word of the source; then without regard to case and white space. Equal texts are told
/// apart by the alignment, then by their order.
pub(super) fn locate(
    source: &Fragment,
    protected: &[Protected],
    target: &str,
    links: &[Link],
) -> Vec<Found> {
    let mut search = Search::new(source.text(), target, linked_places(protected, links));
    let mut rest: Vec<&Protected> = protected.iter().collect();
    for way in [Way::Words, Way::Anywhere, Way::Folded] {
        let mut by_text: BTreeMap<(Reverse<usize>, &str), Vec<&Protected>> = BTreeMap::new();
        for span in rest {
            let text = &source.text()[span.range.clone()];
            let of_text = by_text.entry((Reverse(text.len()), text)).or_default();
            of_text.push(span);
        }
        rest = Vec::new();
        for ((_, text), spans) in by_text {
            rest.extend(search.claim(text, &spans, way));
        }
        rest.sort_unstable_by_key(|span| span.mark);
    }
    search.found.sort_unstable_by_key(|found| found.range.start);
    search.found
}

/// For each mark, where the first link says that it is, if that link is about it alone.
fn linked_places(protected: &[Protected], links: &[Link]) -> BTreeMap<usize, Range<usize>> {
    let mut places = BTreeMap::new();
    for link in links {
        let first = protected.partition_point(|span| span.range.end <= link.source.start);
        let end = protected.partition_point(|span| span.range.start < link.source.end);
        if end == first + 1 {
            let place = places.entry(protected[first].mark);
            place.or_insert_with(|| link.target.clone());
        }
    }
    places
}

/// How a text is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Words,
    Anywhere,
    Folded,
}

struct Search<'a> {
    source: &'a str,
    source_bounds: Vec<bool>,
    target: &'a str,
    target_bounds: Vec<bool>,
    /// The target without case and white space, and the offset of each of its bytes.
    folded: (String, Vec<usize>),
    linked: BTreeMap<usize, Range<usize>>,
    is_claimed: Vec<bool>,
    searched: usize,
    found: Vec<Found>,
}

impl<'a> Search<'a> {
    fn new(source: &'a str, target: &'a str, linked: BTreeMap<usize, Range<usize>>) -> Self {
        Self {
            source,
            source_bounds: word_bounds(source),
            target,
            target_bounds: word_bounds(target),
            folded: fold_with_offsets(target),
            linked,
            is_claimed: vec![false; target.len()],
            searched: 0,
            found: Vec::new(),
        }
    }

    /// Gives places where `text` stands to `spans`, which all have that text, and gives back
    /// those for which none is left.
    fn claim<'s>(&mut self, text: &str, spans: &[&'s Protected], way: Way) -> Vec<&'s Protected> {
        let places = self.places(text, spans, way);
        let mut is_free = vec![true; places.len()];
        let mut chosen = vec![None; spans.len()];
        for (span, choice) in spans.iter().zip(&mut chosen) {
            let Some(linked) = self.linked.get(&span.mark) else {
                continue;
            };
            let first = places.partition_point(|place| place.end <= linked.start);
            let is_there = places
                .get(first)
                .is_some_and(|place| place.start < linked.end);
            if is_there && std::mem::take(&mut is_free[first]) {
                *choice = Some(first);
            }
        }
        // Where the source has the text as often, unprotected ones included, the same in order.
        let ranks = self.ranks(text, spans, places.len());
        for (choice, rank) in chosen.iter_mut().zip(ranks) {
            if choice.is_none() && is_free.get_mut(rank).is_some_and(std::mem::take) {
                *choice = Some(rank);
            }
        }
        let mut next = 0;
        let mut rest = Vec::new();
        for (span, choice) in spans.iter().zip(chosen) {
            while choice.is_none() && is_free.get(next) == Some(&false) {
                next += 1;
            }
            let index = choice.unwrap_or(next);
            let Some(place) = places.get(index) else {
                rest.push(*span);
                continue;
            };
            is_free[index] = false;
            self.is_claimed[place.clone()].fill(true);
            self.found.push(Found {
                mark: span.mark,
                range: place.clone(),
            });
        }
        rest
    }

    /// Where `text` stands in the target on ground that nobody has claimed.
    fn places(&mut self, text: &str, spans: &[&Protected], way: Way) -> Vec<Range<usize>> {
        self.searched += self.target.len();
        if self.searched > SEARCH_MAX {
            return Vec::new();
        }
        let is_word = |span: &&Protected| {
            self.source_bounds[span.range.start] && self.source_bounds[span.range.end]
        };
        let is_plain = text.chars().all(char::is_alphanumeric);
        if way == Way::Anywhere && is_plain && spans.iter().all(is_word) {
            return Vec::new();
        }
        let is_fit = |place: &Range<usize>| {
            let is_bound = self.target_bounds[place.start] && self.target_bounds[place.end];
            (is_bound || way == Way::Anywhere) && !self.is_claimed[place.clone()].contains(&true)
        };
        if way != Way::Folded {
            return memmem::find_iter(self.target.as_bytes(), text)
                .map(|at| at..at + text.len())
                .filter(is_fit)
                .collect();
        }
        let (folded, offsets) = &self.folded;
        let (text, _) = fold_with_offsets(text);
        if text.is_empty() {
            return Vec::new();
        }
        memmem::find_iter(folded.as_bytes(), &text)
            .map(|at| offsets[at]..offsets[at + text.len() - 1] + 1)
            .filter(is_fit)
            .collect()
    }

    /// For each span, how many equal texts stand before it in the source, if there are `count` of
    /// them in all.
    fn ranks(&self, text: &str, spans: &[&Protected], count: usize) -> Vec<usize> {
        if count <= spans.len() {
            return Vec::new();
        }
        let equal: Vec<usize> = memmem::find_iter(self.source.as_bytes(), text)
            .filter(|at| self.source_bounds[*at] && self.source_bounds[at + text.len()])
            .collect();
        if equal.len() != count {
            return Vec::new();
        }
        let rank = |span: &&Protected| equal.partition_point(|at| *at < span.range.start);
        spans.iter().map(rank).collect()
    }
}

/// For each byte offset, the end included, whether a word begins or ends there.
fn word_bounds(text: &str) -> Vec<bool> {
    let mut bounds = vec![false; text.len() + 1];
    for (at, _) in text.split_word_bound_indices() {
        bounds[at] = true;
    }
    bounds[text.len()] = true;
    bounds
}

/// The text in lower case without white space, and where each of its bytes was.
fn fold_with_offsets(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut offsets = Vec::with_capacity(text.len());
    for (at, c) in fold(text).char_indices() {
        if !c.is_whitespace() {
            out.push(c);
            offsets.extend(at..at + c.len_utf8());
        }
    }
    (out, offsets)
}
