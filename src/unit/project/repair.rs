//! Puts the text of protected spans right in a translation that garbled or lost it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::{Fragment, Link};
use super::best::best_span;
use super::bitext::Bitext;
use super::locate::{Found, Protected};
use super::neighbour::Neighbours;
use super::point::Spot;
use super::span::Place;
use super::token::is_unspaced;

/// A translation in which every protected span stands verbatim.
#[derive(Debug)]
pub(super) struct Repaired<'a> {
    /// The text.
    pub(super) text: Cow<'a, str>,
    /// The links, in bytes of the source and of that text.
    pub(super) links: Cow<'a, [Link]>,
    /// Where the protected spans are, sorted.
    pub(super) found: Vec<Found>,
}

/// Replaces what stands for a protected span by its text, and puts in what is missing.
///
/// `found` are the spans that `target` has, perhaps in another spelling; `bitext` has them linked
/// as fixed tokens.
pub(super) fn repair<'a>(
    source: &Fragment,
    protected: &[Protected],
    target: &'a str,
    links: &'a [Link],
    mut found: Vec<Found>,
    bitext: &Bitext,
) -> Repaired<'a> {
    let is_found: BTreeSet<usize> = found.iter().map(|found| found.mark).collect();
    let mut occupied: BTreeMap<usize, usize> = BTreeMap::new();
    for Found { range, .. } in &found {
        occupied.insert(range.start, range.end);
    }
    // Text is only replaced where it clearly stands for a span: what it says counts double.
    let votes = (0..bitext.target.len()).map(|to| 2 * bitext.vote(to));
    let sums = votes.scan(0, |sum, vote| {
        *sum += vote;
        Some(*sum)
    });
    let costs: Vec<i64> = std::iter::once(0).chain(sums).collect();
    let neighbours = Neighbours::new(bitext);
    let whole = Place::whole(bitext, target);
    for span in protected
        .iter()
        .filter(|span| !is_found.contains(&span.mark))
    {
        let text = &source.text()[span.range.clone()];
        let is_free = |range: &Range<usize>| {
            let before = occupied.range(..range.end).next_back();
            before.is_none_or(|(_, end)| *end <= range.start)
        };
        let garbled = garbled(bitext, span, &costs, is_free)
            .map(|range| with_matching_marks(target, range, text))
            .filter(is_free);
        let range = garbled.unwrap_or_else(|| {
            let at = Spot::new(bitext, &span.range, &whole.from).place(
                target,
                bitext,
                &neighbours,
                &whole,
            );
            // Never inside what stands for another span.
            let before = occupied.range(..at).next_back();
            let at = before.map_or(at, |(_, end)| at.max(*end));
            at..at
        });
        if !range.is_empty() {
            occupied.insert(range.start, range.end);
        }
        found.push(Found {
            mark: span.mark,
            range,
        });
    }
    found.sort_by_key(|found| (found.range.start, found.range.end, found.mark));
    write(source, target, links, &found)
}

/// What stands for a span by the alignment, in bytes of the target.
fn garbled(
    bitext: &Bitext,
    span: &Protected,
    costs: &[i64],
    is_free: impl Fn(&Range<usize>) -> bool,
) -> Option<Range<usize>> {
    let token = bitext
        .source
        .binary_search_by_key(&span.range.start, |token| token.range.start)
        .ok()?;
    let votes = bitext.votes_for(token..token + 1);
    let bytes =
        |first: usize, last: usize| bitext.target[first].range.start..bitext.target[last].range.end;
    let (gain, tokens) = best_span(&votes, 0, costs, |first, last| is_free(&bytes(first, last)))?;
    (gain > 0).then(|| bytes(tokens.start, tokens.end - 1))
}

/// Takes in the marks that a span begins and ends with, where they stand beside the range.
fn with_matching_marks(target: &str, range: Range<usize>, text: &str) -> Range<usize> {
    let is_mark = |c: char| !c.is_alphanumeric();
    let first = &text[..text.len() - text.trim_start_matches(is_mark).len()];
    let last = &text[text.trim_end_matches(is_mark).len()..];
    let Range { mut start, mut end } = range;
    if !first.is_empty() && !target[start..end].starts_with(first) {
        let before = target[..start].trim_end();
        start = before.strip_suffix(first).map_or(start, str::len);
    }
    if !last.is_empty() && !target[start..end].ends_with(last) {
        let after = target[end..].trim_start();
        end = after
            .strip_prefix(last)
            .map_or(end, |rest| target.len() - rest.len());
    }
    start..end
}

/// Writes the target anew with the text of each span found in its place.
fn write<'a>(
    source: &Fragment,
    target: &'a str,
    links: &'a [Link],
    found: &[Found],
) -> Repaired<'a> {
    let mut writer = Writer::default();
    let mut verbatim = Vec::with_capacity(found.len());
    let mut shifts = Vec::with_capacity(found.len());
    let mut at = 0;
    for Found { mark, range } in found {
        let span = source.marks()[*mark];
        let text = &source.text()[span.at..span.end()];
        writer.push(&target[at..range.start.max(at)]);
        at = range.end.max(at);
        let start = if range.is_empty() {
            let (before, after) = (&source.text()[..span.at], &source.text()[span.end()..]);
            writer.needs_space |= !before.ends_with(|c: char| !c.is_whitespace());
            writer.push_word(text);
            writer.needs_space = !after.starts_with(|c: char| !c.is_whitespace());
            writer.out.len() - text.len()
        } else {
            writer.push(text);
            writer.out.len() - text.len()
        };
        let new = start..writer.out.len();
        shifts.push((range.clone(), new.clone()));
        verbatim.push(Found {
            mark: *mark,
            range: new,
        });
    }
    writer.push(&target[at..]);
    let links = links.iter().map(|link| Link {
        source: link.source.clone(),
        target: shifted(&shifts, link.target.start, false)..shifted(&shifts, link.target.end, true),
    });
    Repaired {
        text: Cow::Owned(writer.out),
        links: links.collect(),
        found: verbatim,
    }
}

/// Where an offset of the old text is in the new one; inside a replaced range it goes to its
/// start, or to its end.
fn shifted(shifts: &[(Range<usize>, Range<usize>)], at: usize, is_end: bool) -> usize {
    let is_before = |old: &Range<usize>| old.start < at || (!is_end && old.end <= at);
    let count = shifts.partition_point(|(old, _)| is_before(old));
    match shifts[..count].last() {
        None => at,
        Some((old, new)) if old.end <= at => new.end.saturating_add(at - old.end),
        Some((_, new)) if is_end => new.end,
        Some((_, new)) => new.start,
    }
}

/// Text with spaces around what is put in.
#[derive(Debug, Default)]
struct Writer {
    out: String,
    /// Whether what was pushed last is to be kept apart from what comes.
    needs_space: bool,
}

impl Writer {
    /// Pushes text that follows on what is there.
    fn push(&mut self, text: &str) {
        let Some(first) = text.chars().next() else {
            return;
        };
        if std::mem::take(&mut self.needs_space) && first.is_alphanumeric() && !is_unspaced(first) {
            self.out.push(' ');
        }
        self.out.push_str(text);
    }

    /// Pushes something that is kept apart from what is there, if so asked.
    fn push_word(&mut self, text: &str) {
        let last = self.out.chars().next_back();
        let is_apart = last.is_none_or(|c| {
            c.is_whitespace() || is_unspaced(c) || matches!(c, '(' | '[' | '¿' | '¡' | '«' | '„')
        });
        if std::mem::take(&mut self.needs_space) && !is_apart {
            self.out.push(' ');
        }
        self.out.push_str(text);
    }
}
