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

use super::target::{Target, split_blank, split_piece};
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

#[cfg(test)]
mod tests;
