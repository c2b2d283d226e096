//! Finding the places where a sentence may end.

use super::character::{
    self, Mark, continues_sentence, is_closer, is_emoji, is_invisible, is_two_way_quote, mark_of,
};

/// The longest footnote number after a full stop: `grew.12 Then`.
const FOOTNOTE_DIGITS: usize = 3;
/// The least length of a word before such a number; shorter ones may belong to
/// names of things: `No.5`, `fig.3`.
const FOOTNOTE_WORD: usize = 4;

/// A run of marks and closers, and the place where the next sentence would
/// begin. All offsets are in bytes.
#[derive(Debug)]
pub(super) struct Border {
    /// Where the run begins.
    pub(super) start: usize,
    /// Where the run ends: closing quotes, brackets and footnotes included.
    pub(super) end: usize,
    /// Where the next sentence would begin.
    pub(super) next: usize,
    /// The strongest mark of the run.
    pub(super) mark: Mark,
    /// Whether a quotation or bracket is closed after the last mark.
    pub(super) is_closed: bool,
    /// Whether what is closed there is a quotation.
    pub(super) is_quoted: bool,
    /// Whether white space stands before the next sentence.
    pub(super) has_gap: bool,
}

/// The first run of marks at or after `from`.
pub(super) fn next_border(text: &str, from: usize) -> Option<Border> {
    let (start, mark) = next_mark(text, from)?;
    let mut border = Border {
        start,
        end: start,
        next: start,
        mark,
        is_closed: false,
        is_quoted: false,
        has_gap: false,
    };
    border.take_marks(text);
    border.find_next(text);
    Some(border)
}

/// The first mark at or after `from`, and its offset.
fn next_mark(text: &str, from: usize) -> Option<(usize, Mark)> {
    /// First byte of U+0589, the first mark beyond ASCII; bytes inside a
    /// character are lower than it.
    const FIRST_LEAD: u8 = 0xD6;
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|&byte| matches!(byte, b'.' | b'!' | b'?') || byte >= FIRST_LEAD)?;
        let character = char_at(text, at)?;
        if let Some(mark) = mark_of(character) {
            return Some((at, mark));
        }
        at += character.len_utf8();
    }
}

impl Border {
    /// Moves `end` behind all marks and what closes after them.
    fn take_marks(&mut self, text: &str) {
        let mut stops = 0;
        while let Some(character) = char_at(text, self.end) {
            let after = self.end + character.len_utf8();
            if let Some(mark) = mark_of(character) {
                stops += usize::from(mark == Mark::Stop);
                self.mark = stronger(self.mark, mark);
                self.is_closed = false;
            } else if is_closer(character)
                || is_two_way_quote(character) && ends_or_continues(text, after)
            {
                self.is_closed = true;
                self.is_quoted = character::is_quote(character);
            } else if !is_invisible(character) {
                if self.take_spaced_quote(text) {
                    continue;
                }
                break;
            }
            self.end = after;
        }
        if stops > 1 && self.mark == Mark::Stop {
            self.mark = Mark::Ellipsis;
        }
        self.end = skip_footnote(text, self);
    }

    /// Moves `end` behind a closing `»` that white space stands before, as
    /// French sets it; says whether there is one.
    fn take_spaced_quote(&mut self, text: &str) -> bool {
        let quote = skip_white_space(text, self.end);
        let after = quote + '»'.len_utf8();
        let closes = char_at(text, quote) == Some('»') && ends_or_continues(text, after);
        if closes {
            self.end = after;
            self.is_closed = true;
            self.is_quoted = true;
        }
        closes
    }

    /// Finds where the next sentence would begin: behind white space, and
    /// behind an emoji that belongs to the sentence before.
    fn find_next(&mut self, text: &str) {
        self.next = skip_white_space(text, self.end);
        self.has_gap = self.next > self.end;
        // A text that begins with a pictograph uses them as bullets.
        if text.chars().next().is_some_and(is_emoji) {
            return;
        }
        let emoji = skip_emoji(text, self.next);
        let behind = skip_white_space(text, emoji);
        let is_apart = behind > emoji
            || char_at(text, emoji)
                .is_none_or(|character| !self.has_gap && character::is_unspaced(character));
        if emoji > self.next && is_apart {
            self.has_gap |= behind > emoji;
            self.next = behind;
        }
    }
}

/// Of two marks of one run, the one that says more.
fn stronger(one: Mark, other: Mark) -> Mark {
    let strength = |mark| match mark {
        Mark::Stop => 0,
        Mark::FullStop => 1,
        Mark::Ellipsis => 2,
        Mark::Strong => 3,
        Mark::Full => 4,
    };
    if strength(other) > strength(one) {
        other
    } else {
        one
    }
}

/// Behind a footnote mark that stands right after the run: `[1]`, `²`, `12`.
fn skip_footnote(text: &str, border: &Border) -> usize {
    let end = border.end;
    let rest = &text[end..];
    if let Some(inside) = rest.strip_prefix('[') {
        let digits = count_digits(inside);
        let is_note = (1..=FOOTNOTE_DIGITS).contains(&digits) && inside[digits..].starts_with(']');
        return if is_note { end + digits + 2 } else { end };
    }
    let raised = rest
        .chars()
        .take(FOOTNOTE_DIGITS)
        .take_while(|character| matches!(character, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'))
        .map(char::len_utf8)
        .sum::<usize>();
    if raised > 0 {
        return end + raised;
    }
    let digits = count_digits(rest);
    let is_note = (1..=FOOTNOTE_DIGITS).contains(&digits)
        && rest[digits..].starts_with(char::is_whitespace)
        && matches!(border.mark, Mark::Stop)
        && text[..border.start]
            .chars()
            .rev()
            .take(FOOTNOTE_WORD)
            .filter(|character| character.is_lowercase())
            .count()
            == FOOTNOTE_WORD;
    if is_note { end + digits } else { end }
}

/// The number of ASCII digits `text` begins with; counts no further than
/// needed to see that there are too many for a footnote.
fn count_digits(text: &str) -> usize {
    text.bytes()
        .take(FOOTNOTE_DIGITS + 1)
        .take_while(u8::is_ascii_digit)
        .count()
}

/// Whether at `offset` the text ends, or a word doesn't begin.
fn ends_or_continues(text: &str, offset: usize) -> bool {
    char_at(text, offset).is_none_or(|character| {
        character.is_whitespace()
            || continues_sentence(character)
            || is_two_way_quote(character)
            || mark_of(character).is_some()
    })
}

/// Behind the pictographs and emoticons at `offset`, and the spaces between
/// them.
fn skip_emoji(text: &str, offset: usize) -> usize {
    const EMOTICONS: [&str; 9] = [":-)", ";-)", ":-(", ":)", ";)", ":(", ":D", ":P", "<3"];
    let mut end = offset;
    loop {
        let from = if end > offset {
            skip_white_space(text, end)
        } else {
            end
        };
        let rest = &text[from..];
        let emoticon = EMOTICONS
            .iter()
            .find(|emoticon| rest.starts_with(**emoticon));
        let length = emoticon.map_or_else(
            || {
                let emoji = rest.chars().take_while(|&character| is_emoji(character));
                emoji.map(char::len_utf8).sum()
            },
            |emoticon| emoticon.len(),
        );
        if length == 0 {
            return end;
        }
        end = from + length;
    }
}

/// Behind the white space at `offset`; no-break spaces and line ends are white
/// space too.
pub(super) fn skip_white_space(text: &str, offset: usize) -> usize {
    text[offset..]
        .char_indices()
        .find(|&(_, character)| !character.is_whitespace())
        .map_or(text.len(), |(index, _)| offset + index)
}

/// The character that begins at `offset`.
pub(super) fn char_at(text: &str, offset: usize) -> Option<char> {
    text.get(offset..)?.chars().next()
}

/// The character that ends at `offset`.
pub(super) fn char_before(text: &str, offset: usize) -> Option<char> {
    text.get(..offset)?.chars().next_back()
}
