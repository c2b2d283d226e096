//! Codes inside words: where the parts of a word are found again in its translation, both are
//! cut there (`H<sub>2</sub>O`, `1<sup>st</sup>`); elsewhere a code grows to the whole word.

use std::collections::HashSet;
use std::ops::Range;

use super::super::{Fragment, Link, MarkKind};
use super::bitext::Bitext;
use super::pair::Part;
use super::tree::{Node, NodeKind, Tree};

/// A word with more tags inside is left whole.
const TAGS_MAX: usize = 32;

/// How words come apart that have tags inside.
#[derive(Debug, Default)]
pub(super) struct Refined {
    /// The parts of words that are found again, in the order of the source; those of one word are
    /// a group. Groups share no text.
    pub(super) parts: Vec<Part>,
    /// Other offsets of the source, sorted, where a tag and a link cut the same word.
    pub(super) cuts: Vec<usize>,
}

/// Takes the words of the source apart that have tags inside, and their translations.
pub(super) fn refine(
    source: &Fragment,
    target: &str,
    links: &[Link],
    tree: &Tree,
    bitext: &Bitext,
) -> Refined {
    let words = cut_words(source, bitext);
    let mut refined = Refined::default();
    if words.is_empty() {
        return refined;
    }
    let edges: HashSet<usize> = links
        .iter()
        .flat_map(|link| [link.source.start, link.source.end])
        .collect();
    let mut cutter = WordCutter {
        source: source.text(),
        target,
        tree,
        bitext,
        is_used: vec![false; bitext.target.len()],
    };
    for word in words {
        let mut parts = cutter.parts_of(&word);
        if parts.is_empty() {
            parts = cutter.whole_words_of(&word);
        }
        if parts.is_empty() {
            // Words that only markup separates, or pieces of words, as the alignment has them.
            let start = bitext.source[word.token].range.start;
            let cuts = word.cuts.into_iter().map(|cut| start + cut);
            refined.cuts.extend(cuts.filter(|cut| edges.contains(cut)));
        }
        refined.parts.extend(parts);
    }
    refined
}

/// A word of the source with tags inside.
struct CutWord {
    token: usize,
    /// Offsets of the tags from the start of the word, sorted, each once.
    cuts: Vec<usize>,
}

struct WordCutter<'a> {
    source: &'a str,
    target: &'a str,
    tree: &'a Tree,
    bitext: &'a Bitext,
    /// Which target tokens have been taken apart.
    is_used: Vec<bool>,
}

impl WordCutter<'_> {
    /// The parts of a word that its translation has in the same order; none if one is not there.
    fn parts_of(&mut self, word: &CutWord) -> Vec<Part> {
        let Some(run) = self.glued_run(word.token) else {
            return Vec::new();
        };
        let from = &self.bitext.source[word.token].range;
        let tokens = &self.bitext.target;
        let to = tokens[run.start].range.start..tokens[run.end - 1].range.end;
        let is_inside: Vec<bool> = pieces(from, &word.cuts)
            .map(|piece| is_in_cut_pair(self.tree, from, &piece))
            .collect();
        let (whole, shown) = (&self.source[from.clone()], &self.target[to.clone()]);
        let Some(ends) = matching_cuts(whole, &word.cuts, &is_inside, shown) else {
            return Vec::new();
        };
        self.is_used[run].fill(true);
        let says_nothing = |text: &str| !text.contains(char::is_alphanumeric);
        pieces(from, &word.cuts)
            .zip(pieces(&to, &ends))
            .map(|(source, shown)| {
                // A full stop is no translation of an ending: marks alone stay outside.
                let is_lost = says_nothing(&self.target[shown.clone()])
                    && !says_nothing(&self.source[source.clone()]);
                let end = if is_lost { shown.start } else { shown.end };
                Part {
                    group: word.token,
                    source,
                    target: shown.start..end,
                }
            })
            .collect()
    }

    /// The parts of a word that are words of their own in its translation (`John` of `John's` in
    /// `de John`).
    fn whole_words_of(&mut self, word: &CutWord) -> Vec<Part> {
        let mut parts = Vec::new();
        let run = self.bitext.run(word.token).cloned().unwrap_or_default();
        let shown: Vec<(usize, String)> = run
            .filter(|to| self.is_open(*to))
            .take(TAGS_MAX)
            .map(|to| (to, fold(&self.target[self.bitext.target[to].range.clone()])))
            .collect();
        for piece in pieces(&self.bitext.source[word.token].range, &word.cuts) {
            let text = fold(&self.source[piece.clone()]);
            let mut found = shown.iter().filter(|(_, shown)| *shown == text);
            if let Some((to, _)) = found.find(|(to, _)| text.len() > 1 && !self.is_used[*to]) {
                self.is_used[*to] = true;
                parts.push(Part {
                    group: word.token,
                    source: piece,
                    target: self.bitext.target[*to].range.clone(),
                });
            }
        }
        parts
    }

    /// The translation of a word up to the first white space, if none of it is in use.
    fn glued_run(&self, word: usize) -> Option<Range<usize>> {
        let run = self.bitext.run(word)?;
        let len = 1 + self.bitext.target[run.clone()]
            .windows(2)
            .take_while(|pair| pair[0].range.end == pair[1].range.start)
            .count();
        let run = run.start..run.start + len;
        run.clone().all(|to| self.is_open(to)).then_some(run)
    }

    /// Whether a target token may be taken apart.
    fn is_open(&self, to: usize) -> bool {
        !self.is_used[to] && self.bitext.target[to].fixed.is_none()
    }
}

/// The words that have tags inside.
fn cut_words(source: &Fragment, bitext: &Bitext) -> Vec<CutWord> {
    let mut words: Vec<CutWord> = Vec::new();
    let mut token = 0;
    let ends_before = |token: usize, at| {
        let token = bitext.source.get(token);
        token.is_some_and(|token| token.range.end <= at)
    };
    for mark in source.marks() {
        while ends_before(token, mark.at) {
            token += 1;
        }
        let Some(word) = bitext.source.get(token) else {
            break;
        };
        let is_tag = !matches!(mark.kind, MarkKind::Protected { .. });
        let is_whole = word.fixed.is_some() || !word.is_word();
        if word.range.start >= mark.at || is_whole || !is_tag {
            continue;
        }
        let cut = mark.at - word.range.start;
        match words.last_mut() {
            Some(last) if last.token == token => last.cuts.push(cut),
            _ => words.push(CutWord {
                token,
                cuts: vec![cut],
            }),
        }
    }
    words.retain(|word| word.cuts.len() <= TAGS_MAX);
    for word in &mut words {
        word.cuts.dedup();
    }
    words
}

/// Cuts `range` at offsets from its start.
fn pieces(range: &Range<usize>, cuts: &[usize]) -> impl Iterator<Item = Range<usize>> {
    let (start, end) = (range.start, range.end);
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().map(move |cut| start + cut).chain([end]);
    starts
        .map(move |cut| start + cut)
        .zip(ends)
        .map(|(from, to)| from..to)
}

/// Whether a pair that opens or closes inside the word covers a piece of it.
fn is_in_cut_pair(tree: &Tree, word: &Range<usize>, piece: &Range<usize>) -> bool {
    let is_inside = |at: usize| word.start < at && at < word.end;
    let covers = |node: &Node| {
        matches!(node.kind, NodeKind::Pair { .. })
            && (is_inside(node.bytes.start) || is_inside(node.bytes.end))
            && node.bytes.start <= piece.start
            && piece.end <= node.bytes.end
    };
    tree.nodes_cutting(word).any(covers)
}

/// Where the translation of a word has to be cut, as offsets, so that its parts correspond.
///
/// `None` where a cut has no part beside it that is found again.
fn matching_cuts(word: &str, cuts: &[usize], inside: &[bool], shown: &str) -> Option<Vec<usize>> {
    let (word, shown) = (fold(word), fold(shown));
    if word == shown {
        return Some(cuts.to_vec());
    }
    let last = cuts.len();
    let mut found = Vec::with_capacity(last + 1);
    let mut at = 0;
    for (index, piece) in pieces(&(0..word.len()), cuts).enumerate() {
        let part = &word[piece];
        let rest = &shown[at..];
        let offset = if index == 0 {
            rest.starts_with(part).then_some(0)
        } else if index == last {
            rest.ends_with(part).then(|| rest.len() - part.len())
        } else {
            rest.find(part)
        };
        // One small letter outside of the codes is found by chance too often.
        let is_chance = !inside[index] && part.len() == 1 && part.contains(char::is_alphabetic);
        let place = offset
            .filter(|_| !part.is_empty() && !is_chance)
            .map(|offset| at + offset..at + offset + part.len());
        at = place.as_ref().map_or(at, |place| place.end);
        found.push(place);
    }
    found
        .windows(2)
        .map(|pair| match pair {
            [Some(before), _] => Some(before.end),
            [_, Some(after)] => Some(after.start),
            _ => None,
        })
        .collect()
}

/// The text in lower case; every character keeps its place and its length in bytes.
pub(super) fn fold(text: &str) -> String {
    text.chars()
        .map(|c| {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(small), None) if small.len_utf8() == c.len_utf8() => small,
                _ => c,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_in_the_translation_of_a_word() {
        let cuts =
            |word, cuts: &[usize], inside: &[bool], shown| matching_cuts(word, cuts, inside, shown);
        assert_eq!(cuts("1st", &[1], &[false, true], "1er"), Some(vec![1]));
        assert_eq!(
            cuts("H2O", &[1, 2], &[false, true, false], "H2O"),
            Some(vec![1, 2])
        );
        assert_eq!(cuts("cats", &[3], &[false, true], "gatos"), Some(vec![4]));
        assert_eq!(cuts("around", &[1], &[false, true], "alrededor"), None);
        assert_eq!(cuts("English", &[1], &[true, false], "Inglés"), None);
    }
}
