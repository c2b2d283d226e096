//! Keeps texts within what a model takes at once: too long ones are cut at the ends of lines and
//! clauses, and put together again.

use std::ops::Range;

use crate::unit::{Alignment, Link};

use super::links::is_unspaced;

/// Most tokens of a text, its end included: the models have not learned from longer ones.
pub(super) const TOKENS_MAX: usize = 128;

/// A part of a text, and what of the text stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Between the part before (or the start) and this.
    pub(super) gap: Range<usize>,
    /// The part itself, without space at its edges.
    pub(super) text: Range<usize>,
}

/// Cuts a text into parts that fit. A part that can't be cut further need not.
///
/// Lines of preformatted text are parts of their own.
pub(super) fn cut(text: &str, fits: &dyn Fn(&str) -> bool) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        cut_line(text, start..end, fits, &mut parts);
        start = end;
    }
    parts
}

fn cut_line(text: &str, line: Range<usize>, fits: &dyn Fn(&str) -> bool, out: &mut Vec<Part>) {
    let part = &text[line.clone()];
    let start = line.start + part.len() - part.trim_start().len();
    let range = start..start + part.trim().len();
    if range.is_empty() {
        return;
    }
    match middle(&text[range.clone()]).filter(|_| !fits(&text[range.clone()])) {
        Some(at) => {
            let at = range.start + at;
            cut_line(text, range.start..at, fits, out);
            cut_line(text, at..range.end, fits, out);
        }
        None => out.push(Part {
            gap: out.last().map_or(0, |before| before.text.end)..range.start,
            text: range,
        }),
    }
}

/// The rank of a place behind a sentence.
const SENTENCE: u8 = 3;

/// How good a place to cut is: behind a sentence, a clause, a word, a character.
fn rank(before: char, after: char) -> u8 {
    let is_wide = is_unspaced(before);
    if !(after.is_whitespace() || is_wide) {
        return 0;
    }
    match before {
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．' => SENTENCE,
        ',' | ';' | ':' | '—' | '–' | ')' | '，' | '、' | '；' | '：' | '）' => 2,
        _ if after.is_whitespace() => 1,
        _ => 0,
    }
}

/// Where to cut a text in two: at the best place in its middle half, else between words, else
/// between characters.
fn middle(text: &str) -> Option<usize> {
    let half = text.len() / 2;
    let quarter = text.len() / 4;
    let mut best = None;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if let Some(before) = before {
            let distance = at.abs_diff(half);
            let rank = rank(before, c);
            let key = if distance <= quarter {
                rank
            } else {
                rank.min(1)
            };
            let key = (key, std::cmp::Reverse(distance));
            if best.as_ref().is_none_or(|(other, _)| key > *other) {
                best = Some((key, at));
            }
        }
        before = Some(c);
    }
    best.map(|(_, at)| at)
}

/// Puts the translations of parts together, with their alignments.
pub(super) fn joined(
    source: &str,
    parts: &[Part],
    translations: impl IntoIterator<Item = (String, Alignment)>,
) -> (String, Alignment) {
    let mut text = String::new();
    let mut alignment = Alignment::new();
    for (part, (translation, links)) in parts.iter().zip(translations) {
        let translation_start = if text.is_empty() {
            0
        } else {
            let gap = gap(source, &part.gap, &text, &translation);
            text.push_str(gap);
            text.len()
        };
        text.push_str(&translation);
        let links = links.into_iter();
        alignment.extend(links.map(|link| moved(&link, part.text.start, translation_start)));
    }
    (text, alignment)
}

/// A link between parts, as one between the texts in which they begin at these places.
pub(super) fn moved(link: &Link, source: usize, target: usize) -> Link {
    Link {
        source: link.source.start + source..link.source.end + source,
        target: link.target.start + target..link.target.end + target,
    }
}

/// Where a text and its translation have parts that stand for each other.
pub(super) type PartPair = (Range<usize>, Range<usize>);

/// Cuts a text and its translation into parts that stand for each other and fit: lines, and in a
/// line that is too long as many sentences as fit. None where one of the two has more of them than
/// the other, where a part can't be cut further, and where there is nothing.
pub(super) fn cut_both(
    source: &str,
    target: &str,
    fits: &dyn Fn(&str, &str) -> bool,
) -> Option<Vec<PartPair>> {
    let fits = |(from, to): &PartPair| fits(&source[from.clone()], &target[to.clone()]);
    let mut parts: Vec<PartPair> = Vec::new();
    for line in pairs(lines(source), lines(target))? {
        if fits(&line) {
            parts.push(line);
            continue;
        }
        let mut group: Option<PartPair> = None;
        for next in pairs(sentences(source, line.0), sentences(target, line.1))? {
            let longer = |(from, to): &PartPair| (from.start..next.0.end, to.start..next.1.end);
            group = match group.as_ref().map(longer).filter(fits) {
                Some(longer) => Some(longer),
                None if fits(&next) => {
                    parts.extend(group);
                    Some(next)
                }
                None => return None,
            };
        }
        parts.extend(group);
    }
    (!parts.is_empty()).then_some(parts)
}

fn pairs(source: Vec<Range<usize>>, target: Vec<Range<usize>>) -> Option<Vec<PartPair>> {
    (source.len() == target.len()).then(|| source.into_iter().zip(target).collect())
}

/// The lines of a text that are not blank, without space at their edges.
fn lines(text: &str) -> Vec<Range<usize>> {
    let lines = cut(text, &|_| true);
    lines.into_iter().map(|part| part.text).collect()
}

/// The sentences of a line, without space at their edges, by where one looks like ending.
fn sentences(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = line.start;
    let mut before = None;
    for (at, c) in text[line.clone()].char_indices() {
        let at = line.start + at;
        if before.is_some_and(|before| rank(before, c) == SENTENCE) {
            sentences.push(start..at);
            start = at + text[at..line.end].len() - text[at..line.end].trim_start().len();
        }
        before = Some(c);
    }
    sentences.push(start..line.end);
    sentences
}

/// What goes between two translations.
fn gap<'s>(source: &'s str, gap: &Range<usize>, before: &str, after: &str) -> &'s str {
    let original = &source[gap.clone()];
    if original.contains('\n') {
        return original;
    }
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
        return "";
    };
    let is_unspaced_there = is_unspaced(last) && is_unspaced(first);
    let last_of_source = source[..gap.start].chars().next_back();
    let is_inside_word = original.is_empty() && !last_of_source.is_some_and(is_unspaced);
    if is_unspaced_there || is_inside_word {
        ""
    } else if original.is_empty() {
        " "
    } else {
        original
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, most: usize) -> Vec<&str> {
        let parts = cut(text, &|part| part.chars().count() <= most);
        let rebuilt: String = parts
            .iter()
            .flat_map(|part| [&text[part.gap.clone()], &text[part.text.clone()]])
            .collect();
        assert_eq!(rebuilt, text.trim_end());
        parts.into_iter().map(|part| &text[part.text]).collect()
    }

    #[test]
    fn texts_are_cut_at_the_best_place_in_their_middle() {
        assert_eq!(parts("one two", 20), ["one two"]);
        assert_eq!(
            parts("one two three. Four five six", 20),
            ["one two three.", "Four five six"]
        );
        assert_eq!(
            parts("one two three, four five six", 20),
            ["one two three,", "four five six"]
        );
        assert_eq!(parts("aaaaaaaa", 4), ["aaaa", "aaaa"]);
        assert_eq!(parts("一二三。四五六", 4), ["一二三。", "四五六"]);
        assert_eq!(parts("", 4), [""; 0]);
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(parts(" a b\n\n  c", 9), ["a b", "c"]);
        let text = " a b\n\n  c";
        let cut = cut(text, &|_| true);
        let upper = cut
            .iter()
            .map(|part| (text[part.text.clone()].to_uppercase(), vec![]));
        assert_eq!(joined(text, &cut, upper).0, "A B\n\n  C");
    }

    #[test]
    fn translations_are_joined_as_the_language_has_it() {
        let text = "一二三。四五六";
        let cut = cut(text, &|part| part.chars().count() <= 4);
        let join = |one: &str, other: &str| {
            joined(
                text,
                &cut,
                [one, other].map(|part| (part.to_owned(), vec![])),
            )
            .0
        };
        assert_eq!(join("One.", "Two."), "One. Two.");
        assert_eq!(join("七。", "八"), "七。八");
        let link = |source, target| Link { source, target };
        let translations = [
            ("One.".to_owned(), vec![link(0..9, 0..3)]),
            ("Two".to_owned(), vec![link(0..9, 0..3)]),
        ];
        let (_, alignment) = joined(text, &cut, translations);
        assert_eq!(alignment, [link(0..9, 0..3), link(12..21, 5..8)]);
    }

    fn both(source: &str, target: &str, most: usize) -> Option<Vec<(String, String)>> {
        let fits = |one: &str, other: &str| one.len() <= most && other.len() <= most;
        let parts = cut_both(source, target, &fits)?;
        let text = |(from, to): PartPair| (source[from].to_owned(), target[to].to_owned());
        Some(parts.into_iter().map(text).collect())
    }

    fn owned(parts: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(one, other): &(&str, &str)| ((*one).to_owned(), (*other).to_owned());
        parts.iter().map(owned).collect()
    }

    #[test]
    fn two_texts_are_cut_alike_or_not_at_all() {
        let whole = Some(owned(&[("One. Two.", "Eins! Zwei")]));
        assert_eq!(both(" One. Two.", "Eins! Zwei ", 10), whole);
        // As many sentences as fit, by the longer of the two texts.
        assert_eq!(
            both("One.  Two. Three.", "Eins! Zwei! Drei!", 11),
            Some(owned(&[("One.  Two.", "Eins! Zwei!"), ("Three.", "Drei!")]))
        );
        assert_eq!(
            both("One. Two. Three.", "Eins! Zwei! Drei!", 10),
            Some(owned(&[
                ("One.", "Eins!"),
                ("Two.", "Zwei!"),
                ("Three.", "Drei!")
            ]))
        );
        assert_eq!(
            both("One. Two.", "一。二。", 6),
            Some(owned(&[("One.", "一。"), ("Two.", "二。")]))
        );
        // Another number of sentences, and one that can't be cut.
        assert_eq!(both("One. Two. Three.", "Eins! Zwei, drei!", 10), None);
        assert_eq!(both("One. Two. Three.", "Eins! Zwei! Drei!", 5), None);
        assert_eq!(both("One. Two. Three.", "Eins! Zwei! Dreiiii", 6), None);
    }

    #[test]
    fn lines_of_two_texts_belong_together() {
        assert_eq!(
            both("a\n\n  b b. c\n", "x\n\ny y. z", 4),
            Some(owned(&[("a", "x"), ("b b.", "y y."), ("c", "z")]))
        );
        for (source, target) in [("a\nb", "a b"), ("", ""), (" \n", "\n"), ("a", " ")] {
            assert_eq!(both(source, target, 9), None, "{source:?} {target:?}");
        }
    }
}
