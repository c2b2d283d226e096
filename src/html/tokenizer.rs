//! HTML's tokenizer, for spans only.
//!
//! It cuts a text where the tokenization stage of the HTML standard (WHATWG HTML, 13.2.5) cuts it,
//! and says nothing of what the pieces mean: character references are read when a piece is looked
//! at. What the standard drops, such as `</>` or a tag that the text ends in, is in no token.

use super::token::Span;

/// What stands where the tokenizer is. The tree decides that after each start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Text and tags.
    Data,
    /// Text with character references, up to the end tag.
    Rcdata,
    /// Text that means itself, up to the end tag.
    Rawtext,
    /// The same, with the rules for comments in scripts.
    Script,
    /// Text that means itself, up to the end.
    Plaintext,
}

/// A token and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub(super) span: Span,
    pub(super) kind: LexemeKind,
}

/// What a token is, as far as its place tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LexemeKind {
    Text(Content),
    /// `<![CDATA[…]]>` in foreign content.
    Cdata,
    /// Its attributes are [`Tokenizer::attributes`].
    Start {
        name: Span,
        is_self_closing: bool,
    },
    End {
        name: Span,
    },
    Comment,
    Doctype,
}

/// The place of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AttributeSpan {
    pub(super) name: Span,
    /// Without its quotes; empty where there is no value.
    pub(super) value: Span,
}

/// Reads a source token by token.
#[derive(Debug)]
pub(super) struct Tokenizer<'s> {
    source: &'s [u8],
    at: usize,
    content: Content,
    attributes: Vec<AttributeSpan>,
    /// The name of the last start tag, which ends raw text.
    last_start: Span,
}

impl<'s> Tokenizer<'s> {
    /// Begins at byte `at` of `source`.
    pub(super) fn new(source: &'s str, at: usize) -> Self {
        Self {
            source: source.as_bytes(),
            at,
            content: Content::Data,
            attributes: Vec::new(),
            last_start: Span::default(),
        }
    }

    /// Tells what follows the start tag that was read last.
    pub(super) fn switch_to(&mut self, content: Content) {
        self.content = content;
    }

    /// The attributes of the tag that was read last, with duplicates.
    pub(super) fn attributes(&self) -> &[AttributeSpan] {
        &self.attributes
    }

    /// The next token. `is_foreign` is asked whether the tree is in foreign content, where
    /// it matters.
    pub(super) fn next(&mut self, is_foreign: impl Fn() -> bool) -> Option<Lexeme> {
        while self.at < self.source.len() {
            let start = self.at;
            let content = self.content;
            let text_end = match content {
                Content::Data => self.data_end(),
                Content::Rcdata | Content::Rawtext => self.raw_end(),
                Content::Script => self.script_end(),
                Content::Plaintext => self.source.len(),
            };
            self.at = text_end;
            self.content = Content::Data;
            if start < text_end {
                return Some(lexeme(start, text_end, LexemeKind::Text(content)));
            }
            if let Some(kind) = self.markup(&is_foreign) {
                return Some(lexeme(start, self.at, kind));
            }
        }
        None
    }

    fn rest(&self, at: usize) -> &'s [u8] {
        self.source.get(at..).unwrap_or_default()
    }

    /// The end of the text that begins here: where a tag, a comment or the like does.
    fn data_end(&self) -> usize {
        let mut at = self.at;
        while let Some(found) = memchr::memchr(b'<', self.rest(at)) {
            at += found;
            if begins_markup(self.rest(at)) {
                return at;
            }
            at += 1;
        }
        self.source.len()
    }

    /// The end of an element whose content has no tags.
    fn raw_end(&self) -> usize {
        memchr::memchr_iter(b'<', self.rest(self.at))
            .map(|at| self.at + at)
            .find(|at| self.is_end_tag(*at))
            .unwrap_or(self.source.len())
    }

    /// Whether the end tag of the element around begins at `at`.
    fn is_end_tag(&self, at: usize) -> bool {
        let name = &self.source[self.last_start.range()];
        self.rest(at)
            .strip_prefix(b"</")
            .is_some_and(|rest| is_name(rest, name))
    }

    /// The end of a script. In what looks like a comment, `<script>` nests.
    fn script_end(&self) -> usize {
        let mut within = Script::Plain;
        let mut from = self.at;
        while let Some(found) = memchr::memchr2(b'<', b'-', self.rest(from)) {
            let at = from + found;
            let rest = self.rest(at);
            from = at + 1;
            if rest[0] == b'-' {
                if within != Script::Plain && rest.starts_with(b"--") {
                    (within, from) = self.after_dashes(at, within);
                }
            } else if within == Script::Plain && rest.starts_with(b"<!--") {
                (within, from) = self.after_dashes(at + 2, Script::Comment);
            } else if within != Script::Nested && self.is_end_tag(at) {
                return at;
            } else if within == Script::Comment && is_name(&rest[1..], b"script") {
                within = Script::Nested;
            } else if within == Script::Nested && self.is_end_tag(at) {
                within = Script::Comment;
            }
        }
        self.source.len()
    }

    /// What follows two dashes and more: a `>` ends the comment.
    fn after_dashes(&self, at: usize, within: Script) -> (Script, usize) {
        let dashes = self.rest(at).iter().take_while(|byte| **byte == b'-');
        let end = at + dashes.count();
        if self.source.get(end) == Some(&b'>') {
            (Script::Plain, end + 1)
        } else {
            (within, end)
        }
    }

    /// Reads what begins with a `<` that is not text; none if it is dropped.
    fn markup(&mut self, is_foreign: impl Fn() -> bool) -> Option<LexemeKind> {
        let start = self.at;
        match &self.source[start..] {
            [_, b'!', b'-', b'-', ..] => {
                self.at = self.comment_end(start);
                Some(LexemeKind::Comment)
            }
            [_, b'!', rest @ ..] if starts_with(rest, b"doctype") => {
                self.at = self.after(b'>', start);
                Some(LexemeKind::Doctype)
            }
            [_, b'!', rest @ ..] if rest.starts_with(b"[CDATA[") && is_foreign() => {
                let found = memchr::memmem::find(rest, b"]]>");
                self.at = found.map_or(self.source.len(), |found| start + 2 + found + 3);
                Some(LexemeKind::Cdata)
            }
            [_, b'/', b'>', ..] => {
                self.at = start + 3;
                None
            }
            [_, b'/', first, ..] if first.is_ascii_alphabetic() => {
                let (name, _) = self.tag(start + 2)?;
                Some(LexemeKind::End { name })
            }
            [_, first, ..] if first.is_ascii_alphabetic() => {
                let (name, is_self_closing) = self.tag(start + 1)?;
                self.last_start = name;
                Some(LexemeKind::Start {
                    name,
                    is_self_closing,
                })
            }
            _ => {
                self.at = self.after(b'>', start);
                Some(LexemeKind::Comment)
            }
        }
    }

    /// The place after the next such byte, or the end.
    fn after(&self, byte: u8, at: usize) -> usize {
        memchr::memchr(byte, self.rest(at)).map_or(self.source.len(), |found| at + found + 1)
    }

    /// The end of a comment: `-->` or `--!>`; also `<!-->` and `<!--->`.
    fn comment_end(&self, start: usize) -> usize {
        memchr::memchr_iter(b'>', self.rest(start))
            .map(|at| start + at)
            .find(|at| {
                self.source[start + 2..*at].ends_with(b"--")
                    || self.source[start + 2..*at]
                        .strip_prefix(b"--")
                        .is_some_and(|text| text.ends_with(b"--!"))
            })
            .map_or(self.source.len(), |at| at + 1)
    }

    /// Reads a tag whose name begins at `start`: the name, and whether a slash closes the tag.
    /// A tag in which the source ends is dropped.
    fn tag(&mut self, start: usize) -> Option<(Span, bool)> {
        self.attributes.clear();
        let end = self.skip(start, |byte| !ends_tag_name(byte));
        let name = Span::new(start, end);
        let mut at = end;
        loop {
            match self.rest(at) {
                [] => {
                    self.at = at;
                    return None;
                }
                [b'>', ..] => {
                    self.at = at + 1;
                    return Some((name, false));
                }
                [b'/', b'>', ..] => {
                    self.at = at + 2;
                    return Some((name, true));
                }
                [byte, ..] if ends_tag_name(*byte) => at += 1,
                _ => at = self.attribute(at),
            }
        }
    }

    /// Reads an attribute that begins at `start`, and gives its end.
    fn attribute(&mut self, start: usize) -> usize {
        let is_in_name = |byte| !ends_tag_name(byte) && byte != b'=';
        // An equals sign that begins a name is a part of it.
        let name = Span::new(start, self.skip(start + 1, is_in_name));
        let equals = self.skip(name.end as usize, is_space);
        let (value, end) = if self.source.get(equals) == Some(&b'=') {
            self.attribute_value(self.skip(equals + 1, is_space))
        } else {
            (Span::new(name.range().end, name.range().end), equals)
        };
        self.attributes.push(AttributeSpan { name, value });
        end
    }

    fn attribute_value(&self, start: usize) -> (Span, usize) {
        if let Some(quote @ (b'"' | b'\'')) = self.source.get(start) {
            let start = start + 1;
            let len = memchr::memchr(*quote, self.rest(start));
            let end = len.map_or(self.source.len(), |len| start + len);
            (Span::new(start, end), self.source.len().min(end + 1))
        } else {
            let end = self.skip(start, |byte| !is_space(byte) && byte != b'>');
            (Span::new(start, end), end)
        }
    }

    /// The first place from `at` on whose byte is not such a one.
    fn skip(&self, at: usize, is_such: impl Fn(u8) -> bool) -> usize {
        let rest = self.rest(at);
        let len = rest.iter().position(|byte| !is_such(*byte));
        at + len.unwrap_or(rest.len())
    }
}

/// Where in a script the tokenizer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Plain,
    /// After `<!--`.
    Comment,
    /// After `<script` in there.
    Nested,
}

fn lexeme(start: usize, end: usize, kind: LexemeKind) -> Lexeme {
    let span = Span::new(start, end);
    Lexeme { span, kind }
}

/// Whether a `<` begins anything but text.
fn begins_markup(rest: &[u8]) -> bool {
    match rest {
        [_, b'!' | b'?', ..] | [_, b'/', _, ..] => true,
        [_, first, ..] => first.is_ascii_alphabetic(),
        _ => false,
    }
}

/// White space as the tokenizer has it; it sees every carriage return as a line feed.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

fn ends_tag_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

/// Whether a text begins with a name in any case, and the name ends there.
fn is_name(text: &[u8], name: &[u8]) -> bool {
    starts_with(text, name)
        && text
            .get(name.len())
            .is_some_and(|next| ends_tag_name(*next))
}

fn starts_with(text: &[u8], lower_case: &[u8]) -> bool {
    text.get(..lower_case.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(lower_case))
}

#[cfg(test)]
mod tests;
