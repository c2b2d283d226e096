//! HTML to plain text the way WordPress does it for excerpts: `wp_strip_all_tags` and, in it, PHP's
//! `strip_tags`.
//!
//! This is not how a browser reads HTML, and must not be: an excerpt can only be reproduced with the
//! quirks of what made it. Character references stay as they are written.

use memchr::{memchr, memchr_iter};

/// What `wp_trim_words` takes its words from: text without scripts, styles and tags, with single
/// spaces for runs of line feeds, carriage returns, tabs and spaces. U+00A0 is a letter to it.
pub fn plain_text(html: &str) -> String {
    // The excerpt is made from `the_content` with this replaced, so that feeds can hold it.
    let html = html.replace("]]>", "]]&gt;");
    let text = strip_tags(&remove_scripts(&html));
    let trimmed = text.trim_matches(|c| " \t\n\r\0\u{b}".contains(c));
    let mut words = trimmed
        .split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty());
    let mut plain = String::with_capacity(trimmed.len());
    plain.push_str(words.next().unwrap_or_default());
    for word in words {
        plain.push(' ');
        plain.push_str(word);
    }
    plain
}

/// Removes script and style elements with what they hold. A name only has to begin with `script`
/// or `style`, an end tag has to be exact, and an element without its end tag stays.
fn remove_scripts(html: &str) -> String {
    let mut rest = html;
    let mut kept = String::with_capacity(html.len());
    // Once an end tag was not found it is not looked for again, which keeps this linear.
    let mut names = vec![("script", "</script>"), ("style", "</style>")];
    'search: while !names.is_empty() {
        for at in memchr_iter(b'<', rest.as_bytes()) {
            let tag = rest.get(at + 1..).unwrap_or_default();
            let Some(index) = names
                .iter()
                .position(|(name, _)| starts_with_ignoring_case(tag, name))
            else {
                continue;
            };
            let (_, end_tag) = names.swap_remove(index);
            let Some(open) = memchr(b'>', tag.as_bytes()) else {
                break 'search;
            };
            let body = tag.get(open + 1..).unwrap_or_default();
            if let Some(end) = find_ignoring_case(body, end_tag) {
                kept.push_str(rest.get(..at).unwrap_or_default());
                rest = body.get(end + end_tag.len()..).unwrap_or_default();
                names = restore(names, end_tag);
                continue 'search;
            }
        }
        break;
    }
    kept + rest
}

/// Puts a name back whose end tag was found, since there may be another.
fn restore(
    mut names: Vec<(&'static str, &'static str)>,
    end_tag: &'static str,
) -> Vec<(&'static str, &'static str)> {
    names.push((end_tag.trim_matches(['<', '/', '>']), end_tag));
    names
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn find_ignoring_case(text: &str, tag: &str) -> Option<usize> {
    let mut starts = memchr_iter(b'<', text.as_bytes());
    starts.find(|&at| {
        text.get(at..)
            .is_some_and(|rest| starts_with_ignoring_case(rest, tag))
    })
}

/// Removes what PHP takes for tags.
fn strip_tags(html: &str) -> String {
    let mut stripper = Stripper::default();
    let mut kept = Vec::with_capacity(html.len());
    let bytes = html.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let before = bytes.get(..at).unwrap_or_default();
        if stripper.keeps(byte, before, bytes.get(at + 1).copied()) {
            kept.push(byte);
        }
    }
    // States change at ASCII bytes only, so no character is torn.
    String::from_utf8_lossy(&kept).into_owned()
}

/// Where in the text PHP believes to be.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Text,
    /// `<…>`
    Tag,
    /// `<?…?>`
    Instruction,
    /// `<!…>`
    Declaration,
    /// `<!--…-->`
    Comment,
}

/// The machine in `strip_tags`, one byte at a time.
#[derive(Default)]
struct Stripper {
    state: State,
    /// How many `<` inside of a tag still wait for their `>`.
    depth: usize,
    /// The quote that is open in a tag.
    quote: Option<u8>,
    /// In an instruction: the last quote or parenthesis, and how many parentheses are open.
    last: u8,
    parentheses: isize,
    /// The tag is an XML declaration, in which `->` ends nothing.
    is_xml: bool,
}

impl Stripper {
    /// Whether `byte` is text; `before` is all that precedes it.
    fn keeps(&mut self, byte: u8, before: &[u8], next: Option<u8>) -> bool {
        match self.state {
            State::Text => return self.text(byte, next),
            State::Tag => self.tag(byte, before, next),
            State::Instruction => self.instruction(byte, before),
            State::Declaration => self.declaration(byte, before),
            State::Comment => {
                if byte == b'>' && self.quote.is_none() && before.ends_with(b"--") {
                    self.leave();
                }
            }
        }
        false
    }

    fn text(&mut self, byte: u8, next: Option<u8>) -> bool {
        match byte {
            b'\0' => false,
            b'<' if self.quote.is_some() => false,
            b'<' if is_space(next) => true,
            b'<' => {
                self.last = b'<';
                self.state = State::Tag;
                false
            }
            b'>' => !self.close_inner() && self.quote.is_none(),
            _ => true,
        }
    }

    fn tag(&mut self, byte: u8, before: &[u8], next: Option<u8>) {
        match byte {
            b'<' if self.quote.is_none() && !is_space(next) => self.depth += 1,
            b'>' if self.close_inner() || self.quote.is_some() => {}
            b'>' => {
                self.last = b'>';
                if !(self.is_xml && before.ends_with(b"-")) {
                    self.is_xml = false;
                    self.leave();
                }
            }
            b'"' | b'\'' => self.toggle_quote(byte),
            b'!' if before.ends_with(b"<") => {
                self.state = State::Declaration;
                self.last = byte;
            }
            b'?' if before.ends_with(b"<") => {
                self.state = State::Instruction;
                self.parentheses = 0;
            }
            _ => {}
        }
    }

    fn instruction(&mut self, byte: u8, before: &[u8]) {
        let in_string = matches!(self.last, b'"' | b'\'');
        match byte {
            b'(' | b')' if !in_string => {
                self.last = byte;
                self.parentheses += if byte == b'(' { 1 } else { -1 };
            }
            b'>' if self.close_inner() || self.quote.is_some() => {}
            b'>' if self.parentheses == 0 && self.last != b'"' && before.ends_with(b"?") => {
                self.leave();
            }
            b'"' | b'\'' if !before.ends_with(b"\\") => {
                if self.last == byte {
                    self.last = b'\0';
                } else if self.last != b'\\' {
                    self.last = byte;
                }
                self.toggle_quote(byte);
            }
            // `<?xml` is an ordinary tag after all, unless the text begins with it.
            b'l' | b'L' if before.len() > 4 && ends_with_ignoring_case(before, b"<?xm") => {
                self.state = State::Tag;
                self.is_xml = true;
            }
            _ => {}
        }
    }

    fn declaration(&mut self, byte: u8, before: &[u8]) {
        match byte {
            b'>' if self.close_inner() || self.quote.is_some() => {}
            b'>' => self.leave(),
            b'"' | b'\'' if !before.ends_with(b"\\") => self.toggle_quote(byte),
            b'-' if before.ends_with(b"!-") => self.state = State::Comment,
            // `<!doctype` is an ordinary tag too, unless the text begins with it (without its `<!`).
            b'e' | b'E' if before.len() > 6 && ends_with_ignoring_case(before, b"doctyp") => {
                self.state = State::Tag;
            }
            _ => {}
        }
    }

    /// Takes a `>` for one of the `<` inside of the tag.
    fn close_inner(&mut self) -> bool {
        let was_open = self.depth > 0;
        self.depth = self.depth.saturating_sub(1);
        was_open
    }

    fn toggle_quote(&mut self, quote: u8) {
        match self.quote {
            None => self.quote = Some(quote),
            Some(open) if open == quote => self.quote = None,
            Some(_) => {}
        }
    }

    fn leave(&mut self) {
        self.quote = None;
        self.state = State::Text;
    }
}

fn ends_with_ignoring_case(bytes: &[u8], end: &[u8]) -> bool {
    bytes
        .len()
        .checked_sub(end.len())
        .and_then(|at| bytes.get(at..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// `isspace` of C in its default locale.
fn is_space(byte: Option<u8>) -> bool {
    matches!(byte, Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_stripped_as_php_does() {
        for (html, expected) in [
            ("<p>One <b>two</b></p>\n<p>three</p>", "One two three"),
            ("<li>one</li><li>two</li>", "onetwo"),
            ("a < b > c", "a < b > c"),
            ("a <b c", "a"),
            ("a<", "a"),
            (r#"<a title="1 > 2" href='x'>in</a> out"#, "in out"),
            (r#"<a title="it's">in</a>"#, "in"),
            ("a <b <i>c</i> d> e", "a e"),
            ("a<!-- <b> \" ' -- > -->b", "ab"),
            ("a<!-->b-->c", "ab-->c"),
            ("<!doctype html><p>x", "x"),
            ("a <?php if (1 > 2) { echo '?>'; } ?>b", "a b"),
            ("a <?xml version=\"1.0\"?>b", "a b"),
            ("a<? b >c ?>d", "ad"),
            ("it's > \"x\"", "it's > \"x\""),
            ("a\0b", "ab"),
            ("]]>", "]]&gt;"),
            ("\u{b} a\u{a0}b \u{c}", "a\u{a0}b \u{c}"),
            ("caf\u{e9} &amp; &#8217;", "caf\u{e9} &amp; &#8217;"),
            ("", ""),
        ] {
            assert_eq!(plain_text(html), expected, "{html:?}");
        }
    }

    #[test]
    fn scripts_and_styles_go_with_what_they_hold() {
        for (html, expected) in [
            ("a<script>if (a < b) x()</script>b", "ab"),
            ("a<STYLE type=x>p {}</Style >b</sTYLE>c", "ac"),
            ("a<script>x</style>y</script><style>z</style>b", "ab"),
            ("a<script>x", "ax"),
            ("a<script>x<style>y</style>z", "axz"),
            ("a<script>x<script>y</script>z", "az"),
            ("a<scripture>x</script>b", "ab"),
            ("a<script", "a"),
            ("a<style>b<script>c</script>d", "abd"),
        ] {
            assert_eq!(plain_text(html), expected, "{html:?}");
        }
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        for piece in [
            "<script>",
            "<script></script>",
            "<",
            "<style",
            "</script>",
            "<!--",
            "\"<?",
            "<script><style>",
        ] {
            let _ = plain_text(&piece.repeat(300_000 / piece.len()));
        }
    }
}
