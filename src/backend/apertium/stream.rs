//! Segments in Apertium's stream format, and what comes back.
//!
//! Text goes in escaped; `[…]` is a blank that passes through untouched; `[[1]]…[[/]]` is a
//! word-bound blank: its number moves with the words (<https://wiki.apertium.org/wiki/Apertium_stream_format>).
//! Each run of text between two codes carries a number, so that the answer says which target
//! words stand for which run. Single words are not numbered: a multiword ("in order to") is found
//! only within one number, so that would make the translation worse.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use super::text::{first_letter, is_invisible};
use crate::unit::{Alignment, Fragment, Link, MarkKind};

/// Stands for a protected span: a word that no dictionary has.
const PLACEHOLDER: &str = "Xzqv";

/// How protected spans are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protected {
    /// As an unknown word, which takes part in the order of words.
    Word,
    /// As a blank, which stays where it is and can't be lost.
    Blank,
}

/// A segment ready to be sent.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    source: &'a str,
    /// What is translated, in bytes of `source`; the edges are white space.
    core: Range<usize>,
    runs: Vec<Run>,
    marker: String,
    /// Whether a full stop was added so that the engine sees the end of a sentence.
    stop: bool,
    /// What goes to the engine, without the null character that ends it.
    pub(super) stream: String,
}

/// A numbered run of text; its number is its index plus one.
#[derive(Debug)]
struct Run {
    source: Range<usize>,
    protected: bool,
}

impl<'a> Frame<'a> {
    /// Encodes `fragment`; `number` tells it from the others of its batch.
    ///
    /// Nothing where there is no text but white space.
    pub(super) fn encode(
        fragment: &'a Fragment,
        number: usize,
        protected: Protected,
    ) -> Option<Self> {
        let source = fragment.text();
        let core = source.len() - source.trim_start().len()..source.trim_end().len();
        if core.is_empty() {
            return None;
        }
        let runs = find_runs(fragment, &core);
        let marker = format!("[{number}]");
        let mut stream = marker.clone();
        let mut at = core.start;
        for (index, run) in runs.iter().enumerate() {
            push_text(&source[at..run.source.start], &mut stream);
            let text = &source[run.source.clone()];
            match (run.protected, protected) {
                (true, Protected::Blank) => push_blank(&blank_name(index), &mut stream),
                (is_protected, _) => {
                    let written = write!(stream, "[[{}]]", index + 1);
                    debug_assert!(written.is_ok(), "writing to a String cannot fail");
                    if is_protected {
                        stream.push_str(PLACEHOLDER);
                    } else {
                        push_text(text, &mut stream);
                    }
                    stream.push_str("[[/]]");
                }
            }
            at = run.source.end;
        }
        push_text(&source[at..core.end], &mut stream);
        let ends_protected = runs
            .last()
            .is_some_and(|run| run.protected && run.source.end == core.end);
        let stop = ends_protected || !source[..core.end].ends_with(is_sentence_end);
        // Without a blank behind it, the last word or full stop of a frame can get lost.
        stream.push_str(if stop { ".[]" } else { "[]" });
        Some(Self {
            source,
            core,
            runs,
            marker,
            stop,
            stream,
        })
    }

    /// Reads what the engine made of this frame: the text and its links to the source.
    ///
    /// # Errors
    /// In words for people who look into failures: what is wrong with it.
    pub(super) fn decode(
        &self,
        answer: &str,
        capital_nouns: bool,
    ) -> Result<(String, Alignment), String> {
        let body = answer
            .strip_prefix(self.marker.as_str())
            .ok_or_else(|| format!("the answer does not begin with {}", self.marker))?;
        let body = body.strip_suffix("[]").ok_or("the answer has no end")?;
        let body = if self.stop {
            body.strip_suffix('.').unwrap_or(body)
        } else {
            body
        };
        let mut target = Target::default();
        target.out.push_str(&self.source[..self.core.start]);
        self.read_pieces(body, &mut target)?;
        self.check_protected(&target)?;
        target.trim_end();
        if target.out[self.core.start..].trim().is_empty() {
            return Err("the answer has no text".to_owned());
        }
        self.link_symbols(&mut target);
        self.adjust_case(&mut target.out, capital_nouns);
        target.out.push_str(&self.source[self.core.end..]);
        Ok((target.out, target.links))
    }

    fn read_pieces(&self, body: &str, target: &mut Target) -> Result<(), String> {
        let mut rest = body;
        while let Some(c) = rest.chars().next() {
            if let Some(inner) = rest.strip_prefix("[[") {
                let (ids, after) = inner
                    .split_once("]]")
                    .ok_or("a word-bound blank has no end")?;
                let (text, after) = split_piece(after).ok_or("a word-bound blank is not closed")?;
                self.push_piece(ids, text, target)?;
                rest = after;
            } else if let Some(inner) = rest.strip_prefix('[') {
                let (blank, after) = split_blank(inner).ok_or("a blank has no end")?;
                self.push_answered_blank(&blank, target);
                rest = after;
            } else {
                let mut chars = rest.chars();
                chars.next();
                let literal = if c == '\\' {
                    chars.next().unwrap_or(c)
                } else {
                    c
                };
                target.push_loose(literal);
                rest = chars.as_str();
            }
        }
        Ok(())
    }

    /// A piece that carries the numbers of one run, or of several where the engine joined words.
    fn push_piece(&self, ids: &str, text: &str, target: &mut Target) -> Result<(), String> {
        let runs = ids
            .split(';')
            .map(|id| {
                let number: Option<usize> = id.trim().parse().ok();
                number
                    .and_then(|number| number.checked_sub(1))
                    .filter(|index| *index < self.runs.len())
                    .ok_or_else(|| format!("`{id}` is no number of a run"))
            })
            .collect::<Result<BTreeSet<_>, _>>()?;
        let protected = runs
            .iter()
            .copied()
            .find(|index| self.runs[*index].protected);
        if protected.is_some_and(|index| runs.len() > 1 || target.linked.contains(&index)) {
            return Err("a protected span was doubled or joined with a word".to_owned());
        }
        let start = match protected {
            Some(index) => {
                Some(target.push_verbatim(&self.source[self.runs[index].source.clone()]))
            }
            None => target.push_words(text),
        };
        if let Some(start) = start {
            for index in runs {
                target.link(index, &self.runs[index].source, start);
            }
        }
        Ok(())
    }

    fn push_answered_blank(&self, blank: &str, target: &mut Target) {
        let protected = (0..self.runs.len())
            .find(|index| self.runs[*index].protected && blank_name(*index) == blank);
        match protected {
            Some(index) => {
                let source = &self.runs[index].source;
                let start = target.push_verbatim(&self.source[source.clone()]);
                target.link(index, source, start);
            }
            None => target.push_blank(blank),
        }
    }

    fn check_protected(&self, target: &Target) -> Result<(), String> {
        for (index, run) in self
            .runs
            .iter()
            .enumerate()
            .filter(|(_, run)| run.protected)
        {
            let times = target
                .linked
                .iter()
                .filter(|linked| **linked == index)
                .count();
            if times != 1 {
                let text = &self.source[run.source.clone()];
                return Err(format!("`{text}` came back {times} times"));
            }
        }
        Ok(())
    }

    /// Links runs of symbols, which are no words to the engine and so lose their number.
    fn link_symbols(&self, target: &mut Target) {
        for (index, run) in self.runs.iter().enumerate() {
            let text = &self.source[run.source.clone()];
            if target.linked.contains(&index) || text.chars().any(char::is_alphanumeric) {
                continue;
            }
            let Target {
                out, loose, links, ..
            } = &mut *target;
            let found = loose.iter_mut().find_map(|loose| {
                let start = loose.start + out.get(loose.clone())?.find(text)?;
                loose.start = start + text.len();
                Some(start..start + text.len())
            });
            links.extend(found.map(|target| Link {
                source: run.source.clone(),
                target,
            }));
        }
    }

    fn adjust_case(&self, out: &mut String, capital_nouns: bool) {
        let start = self.core.start;
        if self
            .runs
            .iter()
            .any(|run| run.protected && run.source.start == start)
        {
            return;
        }
        if let Some(letter) = first_letter(
            &self.source[self.core.clone()],
            &out[start..],
            capital_nouns,
        ) {
            out.replace_range(start..start + letter.len(), &letter);
        }
    }
}

/// The translation while it is read.
#[derive(Debug, Default)]
struct Target {
    out: String,
    links: Alignment,
    /// Index of the run of each link.
    linked: Vec<usize>,
    /// Spans of `out` that carry no number.
    loose: Vec<Range<usize>>,
    /// Whether `out` ends in a space that the engine wrote between words.
    space: bool,
    /// Whether `out` ends in white space of one of our blanks.
    white: bool,
    /// Whether anything was written.
    begun: bool,
}

impl Target {
    /// A character outside of numbered words.
    fn push_loose(&mut self, c: char) {
        if c == ' ' {
            // Where the engine drops a word, both of its spaces stay.
            if self.begun && !self.space && !self.white {
                self.out.push(' ');
                self.space = true;
            }
            return;
        }
        let start = self.out.len();
        self.push_char(c);
        match self.loose.last_mut() {
            Some(loose) if loose.end == start => loose.end = self.out.len(),
            _ => self.loose.push(start..self.out.len()),
        }
    }

    /// A blank of ours: white space that is no single space, or a symbol the engine would drop.
    fn push_blank(&mut self, blank: &str) {
        if self.space && blank.starts_with(char::is_whitespace) {
            self.out.pop();
        }
        self.space = false;
        self.white = false;
        for c in blank.chars() {
            if c.is_whitespace() {
                self.out.push(c);
                self.white = true;
                self.begun = true;
            } else {
                self.push_loose(c);
            }
        }
    }

    /// The text of one numbered piece, still escaped; gives where it begins, if it has any text.
    fn push_words(&mut self, text: &str) -> Option<usize> {
        let mut start = None;
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some((blank, after)) = rest.strip_prefix('[').and_then(split_blank) {
                start.get_or_insert(self.out.len());
                self.push_blank(&blank);
                rest = after;
                continue;
            }
            let mut chars = rest.chars();
            chars.next();
            if c == ' ' {
                if self.begun && !self.space && !self.white {
                    self.out.push(' ');
                    self.space = true;
                }
            } else {
                let literal = if c == '\\' {
                    chars.next().unwrap_or(c)
                } else {
                    c
                };
                start.get_or_insert(self.out.len());
                self.push_char(literal);
            }
            rest = chars.as_str();
        }
        start
    }

    fn push_verbatim(&mut self, text: &str) -> usize {
        let start = self.out.len();
        self.out.push_str(text);
        self.space = false;
        self.white = false;
        self.begun = true;
        start
    }

    fn push_char(&mut self, c: char) {
        self.out.push(c);
        self.space = false;
        self.white = false;
        self.begun = true;
    }

    /// Links the run of that index to what was written since `start`; goes on with the last link
    /// where it is of the same run and nothing but white space is between.
    fn link(&mut self, index: usize, source: &Range<usize>, start: usize) {
        let end = (self.out.len() - usize::from(self.space)).max(start);
        if let (Some(link), Some(last)) = (self.links.last_mut(), self.linked.last())
            && *last == index
            && self
                .out
                .get(link.target.end..start)
                .is_some_and(|between| between.trim().is_empty())
        {
            link.target.end = end;
            return;
        }
        self.links.push(Link {
            source: source.clone(),
            target: start..end,
        });
        self.linked.push(index);
    }

    fn trim_end(&mut self) {
        if self.space {
            self.out.pop();
        }
    }
}

/// The runs of text between the codes of a fragment, within `core`, without white space at their
/// edges; none where there is no code.
fn find_runs(fragment: &Fragment, core: &Range<usize>) -> Vec<Run> {
    let text = fragment.text();
    if fragment.marks().is_empty() {
        return Vec::new();
    }
    let mut cuts = vec![core.start, core.end];
    let mut protected = Vec::new();
    for mark in fragment.marks() {
        let (start, end) = (
            mark.at.clamp(core.start, core.end),
            mark.end().clamp(core.start, core.end),
        );
        if let MarkKind::Protected { .. } = mark.kind
            && start < end
        {
            protected.push(start..end);
            cuts.extend([start, end]);
        } else {
            cuts.extend(around_word(text, start));
        }
    }
    cuts.retain(|cut| {
        !protected
            .iter()
            .any(|span| span.start < *cut && *cut < span.end)
    });
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|cut| {
            let range = cut[0]..cut[1];
            if protected.contains(&range) {
                return Some(Run {
                    source: range,
                    protected: true,
                });
            }
            let piece = &text[range.clone()];
            let start = range.start + (piece.len() - piece.trim_start().len());
            let end = start + piece.trim().len();
            (start < end).then_some(Run {
                source: start..end,
                protected: false,
            })
        })
        .collect()
}

/// Where to cut for a code at `at`: there, or before and after the word that it stands in, because
/// parts of a word can't be translated.
fn around_word(text: &str, at: usize) -> [usize; 2] {
    let (before, after) = text.split_at(at);
    let head = before.trim_end_matches(is_word_part);
    let tail = after.trim_start_matches(is_word_part);
    let starts_inside = before.ends_with(is_word_part) && after.starts_with(is_word_part);
    if starts_inside {
        [head.len(), text.len() - tail.len()]
    } else {
        [at, at]
    }
}

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '\u{2010}' | '\u{2011}' | '\u{ad}')
}

/// Characters that end a sentence for the engine, or in the writing of its language.
fn is_sentence_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।')
}

/// Appends text, escaped; white space other than a single space, control characters, and `~`
/// (which the engine drops) as blanks.
fn push_text(text: &str, stream: &mut String) {
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || c == '~';
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if is_invisible(c) {
            rest = &rest[c.len_utf8()..];
        } else if is_blank(c) {
            let after = rest.trim_start_matches(is_blank);
            let blank = &rest[..rest.len() - after.len()];
            if blank == " " {
                stream.push(' ');
            } else {
                push_blank(&blank.replace('\0', ""), stream);
            }
            rest = after;
        } else {
            if matches!(
                c,
                '\\' | '[' | ']' | '^' | '$' | '/' | '{' | '}' | '@' | '<' | '>'
            ) {
                stream.push('\\');
            }
            stream.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
}

fn push_blank(blank: &str, stream: &mut String) {
    if blank.is_empty() {
        return;
    }
    stream.push('[');
    for c in blank.chars() {
        if matches!(c, '\\' | '[' | ']') {
            stream.push('\\');
        }
        stream.push(c);
    }
    stream.push(']');
}

/// What the blank of a protected run holds.
fn blank_name(index: usize) -> String {
    format!("x{}", index + 1)
}

/// Splits `text[[/]]rest`, `text` still escaped.
fn split_piece(after: &str) -> Option<(&str, &str)> {
    let mut escaped = false;
    for (at, c) in after.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if after[at..].starts_with("[[/]]") {
            return Some((&after[..at], &after[at + 5..]));
        }
    }
    None
}

/// Splits `blank]rest`, with `blank` unescaped.
fn split_blank(inner: &str) -> Option<(String, &str)> {
    let mut blank = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => blank.extend(chars.next()),
            ']' => return Some((blank, chars.as_str())),
            _ => blank.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Fragments with every kind of code, of text that is hard on the format.
    fn fragments() -> impl Strategy<Value = Fragment> {
        let text = proptest::collection::vec(
            prop_oneof![
                Just("\\"),
                Just("["),
                Just("]"),
                Just("[["),
                Just("[[/]]"),
                Just(" "),
                Just("a"),
                Just("B."),
                Just("^"),
                Just("$"),
                Just("/"),
                Just("<b>"),
                Just("{"),
                Just("@"),
                Just("~"),
                Just("*"),
                Just("\u{a0}"),
                Just("\n "),
                Just("é"),
                Just("😀"),
                Just("x1"),
                Just(".[]"),
            ],
            0..6,
        );
        proptest::collection::vec((text, 0..4_u8), 0..6).prop_map(|parts| {
            let mut fragment = Fragment::default();
            let mut code = 0;
            for (text, kind) in parts {
                // White space comes collapsed.
                let text = text.concat().replace("  ", " ");
                code += 1;
                match kind {
                    0 => fragment.push_protected(code, &text),
                    1 => {
                        fragment.push_mark(MarkKind::Open, code);
                        fragment.push_text(&text);
                        fragment.push_mark(MarkKind::Close, code);
                    }
                    2 => {
                        fragment.push_text(&text);
                        fragment.push_mark(MarkKind::Standalone, code);
                    }
                    _ => fragment.push_text(&text),
                }
            }
            fragment
        })
    }

    proptest! {
        #[test]
        fn an_engine_that_changes_nothing_gives_the_source(fragment in fragments(), number in 0..300_usize) {
            for protected in [Protected::Word, Protected::Blank] {
                let Some(frame) = Frame::encode(&fragment, number, protected) else { continue };
                let (text, alignment) = frame.decode(&frame.stream, false).expect("an answer");
                if !fragment.text().contains("  ") {
                    prop_assert_eq!(&text, fragment.text());
                    for link in alignment {
                        prop_assert_eq!(&text[link.target], &fragment.text()[link.source]);
                    }
                }
            }
        }

        #[test]
        fn an_answer_of_any_kind_is_read_without_panic(fragment in fragments(), answer in r"(\[\[[1-4](; ?[1-4])?\]\](x|é| |\[y\]|\\|\[x1\]){0,3}\[\[/\]\]|\[\[|\]\]|\[/|[0-9; ]|\[|\]|\\|é|x){0,20}(\[\])?") {
            if let Some(frame) = Frame::encode(&fragment, 0, Protected::Word)
                && let Ok((text, alignment)) = frame.decode(&format!("[0]{answer}"), false)
            {
                for link in alignment {
                    prop_assert!(text.get(link.target).is_some());
                    prop_assert!(fragment.text().get(link.source).is_some());
                }
            }
        }
    }
}
