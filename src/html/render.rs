//! Writes the target of a unit in the spelling of its source.
//!
//! What the target shares with the source is copied byte for byte; only what is new is spelled
//! anew. So a reader of the diff sees the words that changed and nothing else.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::build::Built;
use super::chars::Spelling;
use super::found::{HtmlUnit, UnitPlace};
use crate::post::{Part, Splice};
use crate::unit::{CodeId, Fragment, Item, Mark, MarkKind};

/// New text for a stretch of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Which part of the unit's text, in bytes.
    pub text: Range<usize>,
    /// Which of the unit's marks belong to the stretch.
    pub marks: Range<usize>,
    /// What stands there instead: the same codes, and nothing else.
    pub target: Fragment,
}

/// Largest product of lengths that is compared word by word. Beyond, only what is common at the
/// start and at the end is copied: comparing takes time in proportion to the product.
const MAX_COMPARED: usize = 1 << 22;

/// A word, a space, a sign or a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Token<'a> {
    Text(&'a str),
    Code(CodeId, bool),
}

/// Writes a unit anew: the parts that stand for [`Built::span`].
///
/// `replacements` are in order and do not overlap; everything between them is copied.
pub(super) fn render(
    source: &str,
    unit: &HtmlUnit,
    replacements: &[Replacement],
    spelling: &Spelling,
) -> Splice {
    let built = &unit.built;
    let mut out = Splice::default();
    let renderer = Renderer::new(source, unit, spelling);
    let mut at = built.span.start as usize;
    for replacement in replacements {
        let core = renderer.raw_range(replacement);
        out.push_source(at..core.start);
        renderer.replace(replacement, &mut out);
        at = core.end;
    }
    out.push_source(at..built.span.end as usize);
    let out = renderer.mend_borders(&out);
    if unit.place == UnitPlace::Attribute(None) && !can_stand_bare(&out) {
        let mut quoted = Splice::default();
        let text = target_text(built, replacements);
        quoted.push_new(&format!("\"{}\"", spelling.escape_attribute(&text, '"')));
        return quoted;
    }
    out
}

/// Whether what is new needs no quotes around it, which the value does not have.
pub(super) fn can_stand_bare(value: &Splice) -> bool {
    value.parts().iter().all(|part| match part {
        Part::Source(_) => true,
        Part::New(text) => {
            !text.contains([' ', '\t', '\n', '\x0c', '\r', '"', '\'', '`', '=', '<', '>'])
        }
    })
}

/// The text of a unit after its replacements, for what has no codes.
fn target_text(built: &Built, replacements: &[Replacement]) -> String {
    let source = built.fragment.text();
    let mut out = String::new();
    let mut at = 0;
    for replacement in replacements {
        out.push_str(&source[at..replacement.text.start]);
        out.push_str(replacement.target.text());
        at = replacement.text.end;
    }
    out.push_str(&source[at..]);
    out
}

struct Renderer<'a> {
    source: &'a str,
    built: &'a Built,
    place: UnitPlace,
    spelling: &'a Spelling,
    /// Where the tags of each code stand: opening or only tag, closing tag.
    code_marks: Vec<[Option<usize>; 2]>,
}

impl<'a> Renderer<'a> {
    fn new(source: &'a str, unit: &'a HtmlUnit, spelling: &'a Spelling) -> Self {
        let built = &unit.built;
        let mut code_marks = Vec::new();
        for (index, mark) in built.fragment.marks().iter().enumerate() {
            let id = mark.code as usize;
            if code_marks.len() <= id {
                code_marks.resize(id + 1, [None; 2]);
            }
            code_marks[id][usize::from(mark.kind == MarkKind::Close)] = Some(index);
        }
        Self {
            source,
            built,
            place: unit.place,
            spelling,
            code_marks,
        }
    }

    /// The bytes that a stretch of the unit stands in.
    fn raw_range(&self, stretch: &Replacement) -> Range<usize> {
        let marks = &self.built.fragment.marks()[stretch.marks.clone()];
        let start = match marks.first() {
            Some(mark) if mark.at == stretch.text.start => {
                self.built.code_spans[stretch.marks.start].start as usize
            }
            _ => self.raw_start(stretch.text.start),
        };
        let end = match marks.last() {
            Some(mark) if mark.end() == stretch.text.end => {
                self.built.code_spans[stretch.marks.end - 1].end as usize
            }
            _ => self.raw_end(stretch.text.end),
        };
        start..end.max(start)
    }

    /// Where the text at an offset begins in the source; atoms are not cut.
    fn raw_start(&self, at: usize) -> usize {
        let tiles = &self.built.tiles;
        let next = tiles.partition_point(|tile| tile.text.end as usize <= at);
        tiles
            .get(next)
            .map_or(self.built.span.end as usize, |tile| {
                let inside = at.saturating_sub(tile.text.start as usize);
                tile.raw.start as usize + if tile.is_verbatim { inside } else { 0 }
            })
    }

    /// Where the text before an offset ends in the source; atoms are not cut.
    fn raw_end(&self, at: usize) -> usize {
        let tiles = &self.built.tiles;
        let next = tiles.partition_point(|tile| (tile.text.start as usize) < at);
        next.checked_sub(1).and_then(|last| tiles.get(last)).map_or(
            self.built.span.start as usize,
            |tile| {
                let beyond = (tile.text.end as usize).saturating_sub(at);
                tile.raw.end as usize - if tile.is_verbatim { beyond } else { 0 }
            },
        )
    }

    fn replace(&self, replacement: &Replacement, out: &mut Splice) {
        let source = self
            .built
            .fragment
            .slice(replacement.text.clone(), replacement.marks.clone());
        let target = &replacement.target;
        let old = tokens_of(&source);
        let new = tokens_of(target);
        let mut at = Cursor {
            old: replacement.text.start,
        };
        for step in compare(&old, &new) {
            match step {
                Step::Keep(range) => self.keep(&old[range], &mut at, out),
                Step::Drop(range) => at.skip(&old[range], &source),
                Step::Add(range) => self.add(&new[range], target, out),
            }
        }
    }

    /// Copies tokens of the source.
    fn keep(&self, tokens: &[Token<'_>], at: &mut Cursor, out: &mut Splice) {
        let mut start = at.old;
        let mut end = start;
        for token in tokens {
            match token {
                Token::Text(text) => end += text.len(),
                Token::Code(id, is_close) => {
                    self.copy_text(start..end, out);
                    let len = self.copy_code(*id, *is_close, out);
                    end += len;
                    start = end;
                }
            }
        }
        self.copy_text(start..end, out);
        at.old = end;
    }

    fn copy_text(&self, range: Range<usize>, out: &mut Splice) {
        let tiles = &self.built.tiles;
        let first = tiles.partition_point(|tile| tile.text.end as usize <= range.start);
        for tile in &tiles[first..] {
            let text = tile.text.range();
            if text.start >= range.end {
                break;
            }
            let shared = text.start.max(range.start)..text.end.min(range.end);
            if tile.is_verbatim {
                let raw = tile.raw.start as usize + (shared.start - text.start);
                out.push_source(raw..raw + shared.len());
            } else if shared == text {
                out.push_source(tile.raw.range());
            } else {
                out.push_new(&self.escape(&self.built.fragment.text()[shared]));
            }
        }
    }

    /// Copies a code, and tells how much text it shows.
    fn copy_code(&self, id: CodeId, is_close: bool, out: &mut Splice) -> usize {
        let index = self
            .code_marks
            .get(id as usize)
            .and_then(|marks| marks[usize::from(is_close)]);
        debug_assert!(index.is_some(), "code {id} is not one of the unit's");
        let Some(index) = index else { return 0 };
        out.push_source(self.built.code_spans[index].range());
        let mark = self.built.fragment.marks()[index];
        mark.end() - mark.at
    }

    /// Writes tokens of the target.
    fn add(&self, tokens: &[Token<'_>], target: &Fragment, out: &mut Splice) {
        debug_assert!(tokens.len() <= target.text().len() + target.marks().len());
        for token in tokens {
            match token {
                Token::Text(text) => out.push_new(&self.escape(text)),
                Token::Code(id, is_close) => {
                    self.copy_code(*id, *is_close, out);
                }
            }
        }
    }

    fn escape(&self, text: &str) -> String {
        match self.place {
            UnitPlace::Content => self.spelling.escape_text(text),
            UnitPlace::Attribute(quote) => {
                self.spelling.escape_attribute(text, quote.unwrap_or('"'))
            }
            UnitPlace::Plain => text.to_owned(),
        }
    }

    /// A bare `<` or `&` that was copied means itself only before what stood behind it. Where
    /// something else follows now, it is escaped.
    fn mend_borders(&self, parts: &Splice) -> Splice {
        if self.place == UnitPlace::Plain {
            return parts.clone();
        }
        let mut out = Splice::default();
        for (index, part) in parts.parts().iter().enumerate() {
            match part {
                Part::New(text) => out.push_new(text),
                Part::Source(range) => {
                    let raw = &self.source[range.clone()];
                    let next = parts.parts().get(index + 1).map(|next| match next {
                        Part::New(text) => text.as_str(),
                        Part::Source(range) => &self.source[range.clone()],
                    });
                    let cut = next.map_or(raw.len(), |next| safe_len(raw, next));
                    out.push_source(range.start..range.start + cut);
                    out.push_new(&self.escape(&raw[cut..]));
                }
            }
        }
        out
    }
}

/// How much of `raw` keeps its meaning when `next` follows it: less than all where it ends in the
/// beginning of what could become a tag or a character reference.
fn safe_len(raw: &str, next: &str) -> usize {
    let Some(follows) = next.bytes().next() else {
        return raw.len();
    };
    let tail = raw
        .bytes()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    let word = raw.len() - tail;
    if raw[..word].ends_with('&')
        && (follows.is_ascii_alphanumeric() || matches!(follows, b'#' | b';' | b'='))
    {
        return word - 1;
    }
    let opens = |tag: &str| {
        raw.ends_with(tag)
            && (follows.is_ascii_alphabetic() || matches!(follows, b'/' | b'!' | b'?' | b'>'))
    };
    if opens("</") {
        raw.len() - 2
    } else if opens("<") {
        raw.len() - 1
    } else {
        raw.len()
    }
}

/// Where copying has come to in the unit's text.
struct Cursor {
    old: usize,
}

impl Cursor {
    fn skip(&mut self, tokens: &[Token<'_>], source: &Fragment) {
        for token in tokens {
            self.old += match token {
                Token::Text(text) => text.len(),
                Token::Code(id, _) => shown_len(source, *id),
            };
        }
    }
}

fn shown_len(fragment: &Fragment, id: CodeId) -> usize {
    fragment
        .marks()
        .iter()
        .find(|mark| mark.code == id)
        .map_or(0, |mark| mark.end() - mark.at)
}

/// Words, signs and codes. A format character next to a word is a token of its own, so that it
/// does not keep the word from being recognized.
fn tokens_of(fragment: &Fragment) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for item in fragment.items() {
        match item {
            Item::Text(range) => {
                let mut rest = &fragment.text()[range];
                while let Some(first) = rest.chars().next() {
                    let len = if first.is_alphanumeric() {
                        rest.find(|c: char| !c.is_alphanumeric())
                            .unwrap_or(rest.len())
                    } else {
                        first.len_utf8()
                    };
                    let (token, tail) = rest.split_at(len);
                    tokens.push(Token::Text(token));
                    rest = tail;
                }
            }
            Item::Mark(Mark { code, kind, .. }) => {
                tokens.push(Token::Code(code, kind == MarkKind::Close));
            }
        }
    }
    tokens
}

enum Step {
    Keep(Range<usize>),
    Drop(Range<usize>),
    Add(Range<usize>),
}

/// How to get from old to new: what is common at both ends is kept, and as much as possible of
/// what lies between.
fn compare(old: &[Token<'_>], new: &[Token<'_>]) -> Vec<Step> {
    let common = |(a, b): &(&Token<'_>, &Token<'_>)| a == b;
    let prefix = old.iter().zip(new).take_while(common).count();
    let (old_rest, new_rest) = (&old[prefix..], &new[prefix..]);
    let suffix = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(common)
        .count();
    let old_end = old.len() - suffix;
    let new_end = new.len() - suffix;
    let (old_middle, new_middle) = (&old[prefix..old_end], &new[prefix..new_end]);
    let mut steps = vec![Step::Keep(0..prefix)];
    if old_middle.len().saturating_mul(new_middle.len()) > MAX_COMPARED {
        steps.push(Step::Drop(prefix..old_end));
        steps.push(Step::Add(prefix..new_end));
    } else {
        for step in capture_diff_slices(Algorithm::Myers, old_middle, new_middle) {
            let (tag, old, new) = step.as_tag_tuple();
            let old = old.start + prefix..old.end + prefix;
            let new = new.start + prefix..new.end + prefix;
            match tag {
                DiffTag::Equal => steps.push(Step::Keep(old)),
                DiffTag::Delete => steps.push(Step::Drop(old)),
                DiffTag::Insert => steps.push(Step::Add(new)),
                DiffTag::Replace => {
                    steps.push(Step::Drop(old));
                    steps.push(Step::Add(new));
                }
            }
        }
    }
    steps.push(Step::Keep(old_end..old.len()));
    steps
}
