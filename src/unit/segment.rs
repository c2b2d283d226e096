//! Segments: the sentences of a unit, and their way back into it.

use std::collections::HashMap;
use std::ops::Range;

use super::fragment::{CodeId, Fragment, Item, Mark, MarkKind};
use super::locale::Locale;
use super::markup::{MarkupError, check_codes};
use super::sentence::sentence_breaks;
use super::{Code, CodeKind};

/// What is sent to a backend as one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Segmentation {
    /// A sentence.
    #[default]
    Sentence,
    /// A whole unit.
    Block,
}

/// A sentence of a unit.
///
/// White space and codes at its edges belong to the unit. A pair that is opened before the
/// sentence or closed after it is completed in [`Segment::source`] at that edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Which part of the unit's text it is, in bytes.
    pub text: Range<usize>,
    /// Which of the unit's marks it holds.
    pub marks: Range<usize>,
    /// What is translated.
    pub source: Fragment,
    /// How many marks at the start of `source` only complete pairs.
    completed_before: usize,
    /// How many at its end.
    completed_after: usize,
    /// Codes after which a space was put in for the backend.
    virtual_spaces: Vec<CodeEnd>,
}

/// A tag of a code: its closing tag, or its opening or only one.
type CodeEnd = (CodeId, bool);

fn code_end(mark: &Mark) -> CodeEnd {
    (mark.code, mark.kind == MarkKind::Close)
}

/// Cuts a unit into segments.
///
/// `codes` has one entry for each mark of `source`. Text without letters belongs to no segment.
pub fn segments_of(
    source: &Fragment,
    codes: &[Code],
    segmentation: Segmentation,
    locale: &Locale,
) -> Vec<Segment> {
    let cutter = Cutter::new(source, codes);
    let mut borders = match segmentation {
        Segmentation::Sentence => cutter.sentence_borders(locale),
        Segmentation::Block => Vec::new(),
    };
    borders.push(source.text().len());
    let mut segments = Vec::new();
    let (mut start, mut next_mark) = (0, 0);
    for border in borders {
        if let Some(segment) = cutter.segment(start..border, next_mark) {
            next_mark = segment.marks.end;
            segments.push(segment);
        }
        start = border;
    }
    segments
}

struct Cutter<'a> {
    source: &'a Fragment,
    /// The mark of the other tag, for each mark of a pair.
    partners: Vec<Option<usize>>,
    /// Marks after which the backend gets a space that the source does not have.
    spaces: Vec<usize>,
}

impl<'a> Cutter<'a> {
    fn new(source: &'a Fragment, codes: &[Code]) -> Self {
        let mut opened = HashMap::new();
        let mut partners = vec![None; source.marks().len()];
        for (index, mark) in source.marks().iter().enumerate() {
            match mark.kind {
                MarkKind::Open => {
                    opened.insert(mark.code, index);
                }
                MarkKind::Close => {
                    if let Some(open) = opened.get(&mark.code) {
                        partners[*open] = Some(index);
                        partners[index] = Some(*open);
                    }
                }
                _ => {}
            }
        }
        Self {
            source,
            partners,
            spaces: missing_spaces(source, codes),
        }
    }

    fn marks(&self) -> &'a [Mark] {
        self.source.marks()
    }

    /// Where sentences begin, but never inside a protected span.
    fn sentence_borders(&self, locale: &Locale) -> Vec<usize> {
        let text = self.source.text();
        let mut reading = String::with_capacity(text.len() + self.spaces.len());
        let mut at = 0;
        for space in &self.spaces {
            let place = self.marks()[*space].end();
            reading.push_str(&text[at..place]);
            reading.push(' ');
            at = place;
        }
        reading.push_str(&text[at..]);

        let mut added = 0;
        let mut spaces = self.spaces.iter().peekable();
        let mut protected = self
            .marks()
            .iter()
            .filter(|mark| mark.end() > mark.at)
            .peekable();
        let mut borders = Vec::new();
        for border in sentence_breaks(&reading, locale.tag()) {
            while spaces
                .next_if(|space| self.marks()[**space].end() + added < border)
                .is_some()
            {
                added += 1;
            }
            let border = border - added;
            while protected.next_if(|mark| mark.end() <= border).is_some() {}
            let is_inside = protected.peek().is_some_and(|mark| mark.at < border);
            if !is_inside && borders.last() != Some(&border) && border < text.len() && border > 0 {
                borders.push(border);
            }
        }
        borders
    }

    /// The segment in a stretch of the text; none without a letter. Marks before `next_mark`
    /// belong to what came before.
    fn segment(&self, stretch: Range<usize>, next_mark: usize) -> Option<Segment> {
        let text = self.around_protected(trimmed(self.source.text(), stretch));
        if !self.has_letters(&text) {
            return None;
        }
        let marks = self.marks_of(&text, next_mark);
        let inside = &self.marks()[marks.clone()];
        let mut before: Vec<CodeId> = Vec::new();
        let mut after: Vec<CodeId> = Vec::new();
        for (mark, index) in inside.iter().zip(marks.clone()) {
            match (mark.kind, self.partners[index]) {
                (MarkKind::Close, Some(open)) if !marks.contains(&open) => before.push(mark.code),
                (MarkKind::Open, Some(close)) if !marks.contains(&close) => after.push(mark.code),
                _ => {}
            }
        }
        // The innermost pair is closed first, so it was opened last, and the other way round.
        before.reverse();
        after.reverse();
        let mut source = Fragment::default();
        for code in &before {
            source.push_mark(MarkKind::Open, *code);
        }
        let virtual_spaces = self.fill(&text, &marks, &mut source);
        for code in &after {
            source.push_mark(MarkKind::Close, *code);
        }
        Some(Segment {
            text,
            marks,
            source,
            completed_before: before.len(),
            completed_after: after.len(),
            virtual_spaces,
        })
    }

    /// The range made larger where it cuts a protected span, whose own edges may be white space.
    fn around_protected(&self, text: Range<usize>) -> Range<usize> {
        let holding = |at: usize| {
            let next = self.marks().partition_point(|mark| mark.end() <= at);
            self.marks()[next..]
                .iter()
                .take_while(|mark| mark.at < at)
                .find(|mark| mark.end() > at)
        };
        let start = holding(text.start).map_or(text.start, |mark| mark.at);
        let end = holding(text.end).map_or(text.end, Mark::end);
        start..end
    }

    /// Which marks stand in a stretch of text. At its edges only those that are needed: an
    /// opening tag that is closed inside, the closing tag of one that is inside.
    fn marks_of(&self, text: &Range<usize>, next_mark: usize) -> Range<usize> {
        let all = self.marks();
        let at_start = next_mark + all[next_mark..].partition_point(|mark| mark.at < text.start);
        let is_needed = |index: &usize| {
            let mark = &all[*index];
            mark.at > text.start
                || mark.end() > mark.at
                || self.partners[*index].is_some_and(|close| {
                    close > *index && all[close].at > text.start && all[close].at < text.end
                })
        };
        let start = (at_start..all.len()).find(is_needed).unwrap_or(all.len());
        let inside = start + all[start..].partition_point(|mark| mark.at < text.end);
        let at_end = inside
            + all[inside..]
                .iter()
                .take_while(|mark| mark.at == text.end && mark.end() == mark.at)
                .count();
        let end = (inside..at_end)
            .rev()
            .find(|index| self.partners[*index].is_some_and(|open| open < *index && open >= start))
            .map_or(inside, |index| index + 1);
        start.min(end)..end
    }

    /// Copies text and marks, with the spaces that are missing; tells after which codes.
    fn fill(&self, text: &Range<usize>, marks: &Range<usize>, out: &mut Fragment) -> Vec<CodeEnd> {
        let mut virtual_spaces = Vec::new();
        let mut at = text.start;
        for index in marks.clone() {
            let mark = &self.marks()[index];
            out.push_text(&self.source.text()[at..mark.at]);
            at = mark.end();
            match mark.kind {
                MarkKind::Protected { .. } => {
                    out.push_protected(mark.code, &self.source.text()[mark.at..at]);
                }
                kind => out.push_mark(kind, mark.code),
            }
            let is_edge = index + 1 == marks.end && at == text.end;
            if !is_edge && self.spaces.binary_search(&index).is_ok() {
                out.push_text(" ");
                virtual_spaces.push(code_end(mark));
            }
        }
        out.push_text(&self.source.text()[at..text.end]);
        virtual_spaces
    }

    fn has_letters(&self, text: &Range<usize>) -> bool {
        let first = self
            .marks()
            .partition_point(|mark| mark.end() <= text.start);
        let mut at = text.start;
        for mark in &self.marks()[first..] {
            if mark.at >= text.end {
                break;
            }
            if self.source.text()[at..mark.at.max(at)].contains(char::is_alphabetic) {
                return true;
            }
            at = mark.end().clamp(at, text.end);
        }
        self.source.text()[at..text.end].contains(char::is_alphabetic)
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Codes at which words meet that a reader sees apart: a line break, or two elements of which the
/// first ends in punctuation (`Related:</b><a>Beyond`).
pub(super) fn missing_spaces(source: &Fragment, codes: &[Code]) -> Vec<usize> {
    let text = source.text();
    let marks = source.marks();
    let mut spaces = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let place = mark.end();
        let before = text[..mark.at].chars().next_back();
        let after = text[place..].chars().next();
        let meets = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        if !meets(before) || !meets(after) {
            continue;
        }
        let is_break = codes.get(index).is_some_and(|code| {
            code.kind == CodeKind::Standalone
                && code
                    .raw
                    .get(..3)
                    .is_some_and(|tag| tag.eq_ignore_ascii_case("<br"))
        });
        let opens_next = marks
            .get(index + 1)
            .is_some_and(|next| next.kind == MarkKind::Open && next.at == place);
        let ends_clause =
            before.is_some_and(|c| ".:;!?…".contains(c)) && after.is_some_and(char::is_uppercase);
        if is_break || (mark.kind == MarkKind::Close && opens_next && ends_clause) {
            spaces.push(index);
        }
    }
    spaces
}

impl Segment {
    /// Whether it stands in its unit just as a backend gets it: no tag completes a pair, and no
    /// space was put in.
    pub fn is_whole(&self) -> bool {
        self.completed_before + self.completed_after == 0 && self.virtual_spaces.is_empty()
    }

    /// What [`Segment::accept`] goes by. Only segments that are equal in this can share a target:
    /// a tag of the one may complete a pair in another, or its space be put in for the backend.
    pub fn form(&self) -> impl Eq + std::hash::Hash + std::fmt::Debug + '_ {
        let completed = (self.completed_before, self.completed_after);
        (&self.source, completed, &self.virtual_spaces)
    }

    /// Makes the target of [`Segment::source`] fit for its unit: codes that complete a pair go
    /// back to their edge and away, as do the spaces put in for the backend.
    ///
    /// # Errors
    /// A [`MarkupError`] where the codes break law 3.
    pub fn accept(&self, target: &Fragment) -> Result<Fragment, MarkupError> {
        let target = self.pinned(&without_edge_space(target));
        check_codes(&self.source, &target)?;
        let target = self.without_virtual_spaces(&target);
        let marks = target.marks();
        let kept = self.completed_before..marks.len().saturating_sub(self.completed_after);
        Ok(target.slice(0..target.text().len(), kept))
    }

    /// The text of an accepted target, with the spaces that its codes stand for.
    pub(super) fn shown(&self, target: &Fragment) -> String {
        let text = target.text();
        let mut out = String::new();
        let mut at = 0;
        for mark in target.marks() {
            let place = mark.end();
            let meets = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
            if self.virtual_spaces.contains(&code_end(mark))
                && meets(text[..mark.at].chars().next_back())
                && meets(text[place..].chars().next())
            {
                out.push_str(&text[at..place]);
                out.push(' ');
                at = place;
            }
        }
        out.push_str(&text[at..]);
        out
    }

    /// Moves the codes that complete a pair to their edge.
    fn pinned(&self, target: &Fragment) -> Fragment {
        if self.completed_before + self.completed_after == 0 {
            return target.clone();
        }
        let marks = self.source.marks();
        let first = &marks[..self.completed_before];
        let last = &marks[marks.len() - self.completed_after..];
        let is_pinned = |mark: &Mark| {
            first
                .iter()
                .chain(last)
                .any(|pinned| code_end(pinned) == code_end(mark))
        };
        let mut out = Fragment::default();
        for mark in first {
            out.push_mark(mark.kind, mark.code);
        }
        append(target, |mark| !is_pinned(mark), &mut out);
        for mark in last {
            out.push_mark(mark.kind, mark.code);
        }
        out
    }

    /// Takes out one space beside each code that a space was put in after.
    fn without_virtual_spaces(&self, target: &Fragment) -> Fragment {
        let mut removed = Vec::new();
        for code in &self.virtual_spaces {
            let Some(mark) = target.marks().iter().find(|mark| code_end(mark) == *code) else {
                continue;
            };
            let at = mark.end();
            let text = target.text();
            let is_free = |place: usize| {
                text[place..].starts_with(' ')
                    && !removed.contains(&place)
                    && !is_shown(target, place)
            };
            if is_free(at) {
                removed.push(at);
            } else if mark.at > 0 && text.is_char_boundary(mark.at - 1) && is_free(mark.at - 1) {
                removed.push(mark.at - 1);
            }
        }
        removed.sort_unstable();
        let mut out = Fragment::default();
        for item in target.items() {
            match item {
                Item::Text(range) => {
                    let mut at = range.start;
                    for cut in removed.iter().filter(|cut| range.contains(cut)) {
                        out.push_text(&target.text()[at..*cut]);
                        at = cut + 1;
                    }
                    out.push_text(&target.text()[at..range.end]);
                }
                Item::Mark(mark) => push_mark(target, &mark, &mut out),
            }
        }
        out
    }
}

/// Whether an offset is inside a protected span.
fn is_shown(fragment: &Fragment, at: usize) -> bool {
    fragment
        .marks()
        .iter()
        .any(|mark| mark.at <= at && at < mark.end())
}

fn push_mark(from: &Fragment, mark: &Mark, out: &mut Fragment) {
    match mark.kind {
        MarkKind::Protected { .. } => {
            out.push_protected(mark.code, &from.text()[mark.at..mark.end()]);
        }
        kind => out.push_mark(kind, mark.code),
    }
}

fn append(from: &Fragment, keep: impl Fn(&Mark) -> bool, out: &mut Fragment) {
    for item in from.items() {
        match item {
            Item::Text(range) => out.push_text(&from.text()[range]),
            Item::Mark(mark) if keep(&mark) => push_mark(from, &mark, out),
            Item::Mark(_) => {}
        }
    }
}

/// Cuts white space off both ends: that of the source is the unit's.
fn without_edge_space(target: &Fragment) -> Fragment {
    let text = target.text();
    let is_shown_at = |at: usize| is_shown(target, at);
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    if (start == 0 && end == text.len())
        || start >= end
        || is_shown_at(0)
        || is_shown_at(text.len() - 1)
    {
        return target.clone();
    }
    let mut out = Fragment::default();
    for item in target.items() {
        match item {
            Item::Text(range) => {
                let kept = range.start.clamp(start, end)..range.end.clamp(start, end);
                out.push_text(&text[kept]);
            }
            Item::Mark(mark) => push_mark(target, &mark, &mut out),
        }
    }
    out
}

#[cfg(test)]
mod tests;
