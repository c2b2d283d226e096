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
        let text = trimmed(self.source.text(), stretch);
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
fn missing_spaces(source: &Fragment, codes: &[Code]) -> Vec<usize> {
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
mod tests {
    use super::*;

    fn locale() -> Locale {
        "en".parse().expect("valid")
    }

    /// `a <1>b</1> <2/>` as a fragment, with codes whose bytes are `<t>`, `</t>` and `<br>`.
    fn parse(notation: &str) -> (Fragment, Vec<Code>) {
        let mut fragment = Fragment::default();
        let mut codes = Vec::new();
        let mut rest = notation;
        while let Some(at) = rest.find('<') {
            fragment.push_text(&rest[..at]);
            let end = rest.find('>').expect("closed");
            let tag = &rest[at + 1..end];
            let id = tag.trim_matches('/').parse().expect("a number");
            let (mark, kind, raw) = if tag.starts_with('/') {
                (MarkKind::Close, CodeKind::Close, "</t>")
            } else if tag.ends_with('/') {
                (MarkKind::Standalone, CodeKind::Standalone, "<br>")
            } else {
                (MarkKind::Open, CodeKind::Open, "<t>")
            };
            fragment.push_mark(mark, id);
            codes.push(Code {
                id,
                kind,
                raw: raw.to_owned(),
            });
            rest = &rest[end + 1..];
        }
        fragment.push_text(rest);
        (fragment, codes)
    }

    fn tagged(notation: &str) -> Vec<String> {
        let (fragment, codes) = parse(notation);
        segments_of(&fragment, &codes, Segmentation::Sentence, &locale())
            .into_iter()
            .map(|segment| segment.source.to_tagged())
            .collect()
    }

    #[test]
    fn a_pair_across_a_border_is_completed_on_both_sides() {
        assert_eq!(
            tagged("<1>It came into focus. It then asked <2>who</2> </1><3>aims</3> at it."),
            [
                "It came into focus.",
                "<g1>It then asked <g2>who</g2> </g1><g3>aims</g3> at it."
            ]
        );
    }

    #[test]
    fn codes_at_the_edges_belong_to_the_unit() {
        assert_eq!(
            tagged("<1>First one.</1> <2>Second one.</2>"),
            ["First one.", "Second one."]
        );
    }

    #[test]
    fn a_pair_that_ends_behind_the_last_space_is_completed() {
        assert_eq!(
            tagged("Made <1>in the US.\u{a0}</1>"),
            ["Made <g1>in the US.</g1>"]
        );
    }

    #[test]
    fn words_that_only_markup_separates_are_sent_apart() {
        assert_eq!(
            tagged("<1>Related:</1><2>Beyond it</2>"),
            ["<g1>Related:</g1> <g2>Beyond it</g2>"]
        );
        assert_eq!(
            tagged("one line<1/>another line"),
            ["one line<x1/> another line"]
        );
        assert_eq!(tagged("a.<1/>B is next"), ["a.<x1/> B is next"]);
    }

    #[test]
    fn accepting_the_source_gives_the_stretch_of_the_unit() {
        for notation in [
            "<1>It came into focus. It then asked <2>who</2> </1><3>aims</3> at it.",
            "<1>Related:</1><2>Beyond it</2>",
            "one line<1/>another line",
            "Made <1>in the US.\u{a0}</1>",
        ] {
            let (fragment, codes) = parse(notation);
            for segment in segments_of(&fragment, &codes, Segmentation::Sentence, &locale()) {
                let accepted = segment.accept(&segment.source).expect("law 3 holds");
                assert_eq!(
                    accepted,
                    fragment.slice(segment.text.clone(), segment.marks.clone())
                );
            }
        }
    }

    #[test]
    fn a_completing_code_goes_back_to_its_edge() {
        let (fragment, codes) = parse("<1>One is here. Two is</1> there.");
        let segments = segments_of(&fragment, &codes, Segmentation::Sentence, &locale());
        let mut moved = Fragment::plain("Da ");
        moved.push_mark(MarkKind::Open, 1);
        moved.push_text("ist zwei");
        moved.push_mark(MarkKind::Close, 1);
        moved.push_text(".");
        let accepted = segments[1].accept(&moved).expect("law 3 holds");
        assert_eq!(accepted.text(), "Da ist zwei.");
        assert_eq!(accepted.marks().len(), 1);
    }
}
