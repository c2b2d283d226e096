//! The translation while it is read from Apertium's stream.

use std::ops::Range;

use crate::unit::{Alignment, Link};

/// The translation while it is read.
#[derive(Debug, Default)]
pub(super) struct Target {
    pub(super) out: String,
    pub(super) links: Alignment,
    /// Index of the run of each link.
    pub(super) linked: Vec<usize>,
    /// Spans of `out` that carry no number.
    pub(super) loose: Vec<Range<usize>>,
    /// Whether `out` ends in a space that the engine wrote between words.
    space: bool,
    /// Whether `out` ends in white space of one of our blanks.
    white: bool,
    /// Whether anything was written.
    begun: bool,
}

impl Target {
    /// A character outside of numbered words.
    pub(super) fn push_loose(&mut self, c: char) {
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
    pub(super) fn push_blank(&mut self, blank: &str) {
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
    pub(super) fn push_words(&mut self, text: &str) -> Option<usize> {
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

    pub(super) fn push_verbatim(&mut self, text: &str) -> usize {
        let start = self.out.len();
        self.out.push_str(text);
        self.space = false;
        self.white = false;
        self.begun = true;
        start
    }

    pub(super) fn push_char(&mut self, c: char) {
        self.out.push(c);
        self.space = false;
        self.white = false;
        self.begun = true;
    }

    /// Links the run of that index to what was written since `start`; goes on with the last link
    /// where it is of the same run and nothing but white space is between.
    pub(super) fn link(&mut self, index: usize, source: &Range<usize>, start: usize) {
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

    pub(super) fn trim_end(&mut self) {
        if self.space {
            self.out.pop();
        }
    }
}

/// Splits `text[[/]]rest`, `text` still escaped.
pub(super) fn split_piece(after: &str) -> Option<(&str, &str)> {
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
pub(super) fn split_blank(inner: &str) -> Option<(String, &str)> {
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
