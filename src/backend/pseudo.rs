//! Pseudo translation: text that is seen to be translated and stays readable.

use std::fmt::Write as _;
use std::ops::Range;

use crate::unit::{Fragment, Item, Mark, MarkKind};

use super::{Backend, BackendError, BackendFuture, Limits, Pair, Reply, ReplySink, Request};

/// Accents the letters, makes the text about 30 % longer and wraps it in `⟦…⟧`.
///
/// What shows up without brackets was not translated, what is cut off has too little room. Codes
/// keep their places; protected spans are codes, so their text stays as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pseudo;

impl Backend for Pseudo {
    fn name(&self) -> &'static str {
        "pseudo"
    }

    fn limits(&self) -> Limits {
        Limits::LOCAL
    }

    fn translate<'a>(
        &'a self,
        _pair: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            for request in requests {
                replies(
                    request.id,
                    Ok(Reply::Tagged(pseudo_translate(&request.source))),
                );
            }
            Ok(())
        })
    }
}

/// The pseudo translation of a fragment, in the form of [`Fragment::to_tagged`].
///
/// White space at the edges stays outside the brackets, as do codes beyond it. A fragment without
/// text gets no brackets.
///
/// ```
/// use polypost::backend::pseudo_translate;
/// use polypost::unit::Fragment;
///
/// assert_eq!(pseudo_translate(&Fragment::plain("Hello, world")), "⟦Ĥéļļöö, ŵööŕļð⟧");
/// ```
pub fn pseudo_translate(source: &Fragment) -> String {
    let text = source.text();
    let core = text.len() - text.trim_start().len()..text.trim_end().len();
    if core.is_empty() {
        return source.to_tagged();
    }
    let mut writer = Writer {
        out: String::with_capacity(text.len() * 2 + source.marks().len() * 6),
        core,
        owed: 0,
        opened: false,
    };
    for item in source.items() {
        match item {
            Item::Text(range) => writer.push_text(text, range),
            Item::Mark(mark) => writer.push_code(mark),
        }
    }
    writer.out
}

/// The output while it is written.
struct Writer {
    out: String,
    /// What of the text goes between the brackets, in bytes; not empty.
    core: Range<usize>,
    /// How many tenths of a letter the text still has to be longer.
    owed: u32,
    opened: bool,
}

impl Writer {
    fn push_text(&mut self, text: &str, range: Range<usize>) {
        let start = self.core.start.clamp(range.start, range.end);
        let end = self.core.end.clamp(start, range.end);
        self.out.push_str(&text[range.start..start]);
        if start < end {
            self.open();
            text[start..end].chars().for_each(|c| self.push_char(c));
            self.close_after(end);
        }
        self.out.push_str(&text[end..range.end]);
    }

    fn push_code(&mut self, mark: Mark) {
        let covers = mark.end() > mark.at;
        if covers && mark.at < self.core.end {
            self.open();
        }
        let code = mark.code;
        let written = match mark.kind {
            MarkKind::Open => write!(self.out, "<g{code}>"),
            MarkKind::Close => write!(self.out, "</g{code}>"),
            MarkKind::Standalone | MarkKind::Lone | MarkKind::Protected { .. } => {
                write!(self.out, "<x{code}/>")
            }
        };
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
        if covers && mark.at < self.core.end {
            self.close_after(mark.end());
        }
    }

    fn open(&mut self) {
        if !self.opened {
            self.out.push('⟦');
            self.opened = true;
        }
    }

    fn close_after(&mut self, end: usize) {
        if end >= self.core.end {
            self.out.push('⟧');
        }
    }

    /// Writes `c` with an accent; a vowel is repeated where the text is too short so far.
    fn push_char(&mut self, c: char) {
        match c {
            '&' => self.out.push_str("&amp;"),
            '<' => self.out.push_str("&lt;"),
            '>' => self.out.push_str("&gt;"),
            _ => {
                let accented = accent(c);
                self.out.push(accented);
                self.owed += 3;
                if self.owed >= 10 && matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u')
                {
                    for _ in 0..self.owed / 10 {
                        self.out.push(accented);
                    }
                    self.owed %= 10;
                }
            }
        }
    }
}

/// The accented likeness of an ASCII letter; every other character as it is.
fn accent(c: char) -> char {
    match c {
        'a' => 'á',
        'b' => 'ƀ',
        'c' => 'ç',
        'd' => 'ð',
        'e' => 'é',
        'f' => 'ƒ',
        'g' => 'ĝ',
        'h' => 'ĥ',
        'i' => 'í',
        'j' => 'ĵ',
        'k' => 'ķ',
        'l' => 'ļ',
        'm' => 'ɱ',
        'n' => 'ñ',
        'o' => 'ö',
        'p' => 'þ',
        'q' => 'ɋ',
        'r' => 'ŕ',
        's' => 'š',
        't' => 'ţ',
        'u' => 'ú',
        'v' => 'ṽ',
        'w' => 'ŵ',
        'x' => 'ẋ',
        'y' => 'ý',
        'z' => 'ž',
        'A' => 'Å',
        'B' => 'Ɓ',
        'C' => 'Ç',
        'D' => 'Ð',
        'E' => 'É',
        'F' => 'Ƒ',
        'G' => 'Ĝ',
        'H' => 'Ĥ',
        'I' => 'Î',
        'J' => 'Ĵ',
        'K' => 'Ķ',
        'L' => 'Ļ',
        'M' => 'Ṁ',
        'N' => 'Ñ',
        'O' => 'Ö',
        'P' => 'Þ',
        'Q' => 'Ɋ',
        'R' => 'Ŕ',
        'S' => 'Š',
        'T' => 'Ţ',
        'U' => 'Û',
        'V' => 'Ṽ',
        'W' => 'Ŵ',
        'X' => 'Ẋ',
        'Y' => 'Ý',
        'Z' => 'Ž',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_protected_text_keep_their_places() {
        let mut fragment = Fragment::plain(" Run ");
        fragment.push_mark(MarkKind::Open, 1);
        fragment.push_protected(2, "ls -l");
        fragment.push_mark(MarkKind::Close, 1);
        fragment.push_text(" & wait ");
        fragment.push_mark(MarkKind::Standalone, 3);
        assert_eq!(
            pseudo_translate(&fragment),
            " ⟦Ŕúñ <g1><x2/></g1> &amp; ŵáááíţ⟧ <x3/>"
        );
    }

    #[test]
    fn a_protected_span_at_the_edge_is_inside_the_brackets() {
        let mut fragment = Fragment::default();
        fragment.push_protected(1, "ls");
        assert_eq!(pseudo_translate(&fragment), "⟦<x1/>⟧");
    }

    #[test]
    fn text_grows_by_about_a_third() {
        let source = "The quick brown fox jumps over the lazy dog, again and again and again.";
        let before = source.chars().count();
        let after = pseudo_translate(&Fragment::plain(source)).chars().count();
        assert!(
            (before * 125..=before * 140).contains(&(after * 100)),
            "{before} {after}"
        );
    }

    #[test]
    fn what_has_no_text_gets_no_brackets() {
        let mut fragment = Fragment::plain(" ");
        fragment.push_mark(MarkKind::Standalone, 1);
        assert_eq!(pseudo_translate(&fragment), " <x1/>");
        assert_eq!(pseudo_translate(&Fragment::default()), "");
    }
}
