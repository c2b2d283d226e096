//! Codes in the forms that translation services handle best, and what they make of them.
//!
//! Only the numbers count in what comes back: quotes, case, white space, other attributes, and
//! tags that nobody sent are of no interest. What is read is written in the form of
//! [`Fragment::to_tagged`]; whether the codes are whole is not judged here.

mod tag;

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::unit::{CodeId, Fragment, Item, MarkKind};

use tag::{Tag, content, find_whole, plain, reference};

/// How codes are written for a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::backend) enum Form {
    /// Not at all: plain text.
    Text,
    /// Well-formed XML: `<g1>…</g1>`, `<x2/>`, and protected text in `<x3>…</x3>`.
    Xml,
    /// HTML that is well-formed XML too: `<span id="1">…</span>`, `<img id="2"/>`, and protected
    /// text in `<span id="3" translate="no">…</span>`.
    Html,
    /// The same with `<a id="1">…</a>` for pairs.
    OtherHtml,
}

/// How many elements may be open at once: a reply can't make the reading slow.
const MOST_OPEN: usize = 500;

/// Names that nobody but this file writes into a text.
const OURS: [&str; 6] = ["g", "x", "span", "a", "img", "div"];

impl Form {
    /// The fragment as the service gets it.
    pub(in crate::backend) fn write(self, source: &Fragment) -> String {
        if self == Self::Text {
            return source.text().to_owned();
        }
        let text = source.text();
        let mut out = String::with_capacity(text.len() + source.marks().len() * 16);
        for item in source.items() {
            match item {
                Item::Text(range) => escape(&text[range], &mut out),
                Item::Mark(mark) => {
                    let protected = &text[mark.at..mark.end()];
                    self.write_mark(mark.kind, mark.code, protected, &mut out);
                }
            }
        }
        out
    }

    fn write_mark(self, kind: MarkKind, code: CodeId, protected: &str, out: &mut String) {
        let pair = if self == Self::OtherHtml { "a" } else { "span" };
        let is_xml = self == Self::Xml;
        let written = match kind {
            MarkKind::Open if is_xml => write!(out, "<g{code}>"),
            MarkKind::Close if is_xml => write!(out, "</g{code}>"),
            MarkKind::Protected { .. } if is_xml => write!(out, "<x{code}>"),
            MarkKind::Standalone | MarkKind::Lone if is_xml => write!(out, "<x{code}/>"),
            MarkKind::Open => write!(out, "<{pair} id=\"{code}\">"),
            MarkKind::Close => write!(out, "</{pair}>"),
            MarkKind::Protected { .. } => write!(out, "<span id=\"{code}\" translate=\"no\">"),
            MarkKind::Standalone | MarkKind::Lone => write!(out, "<img id=\"{code}\"/>"),
        };
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
        if matches!(kind, MarkKind::Protected { .. }) {
            escape(protected, out);
            if is_xml {
                out.push_str(&format!("</x{code}>"));
            } else {
                out.push_str("</span>");
            }
        }
    }
}

/// What a service made of a text with codes, whatever the form, written as
/// [`Fragment::to_tagged`] does.
pub(in crate::backend) fn read_codes(source: &Fragment, reply: &str) -> String {
    let mut reader = Reader {
        source,
        kinds: source
            .marks()
            .iter()
            .filter(|mark| mark.kind != MarkKind::Close)
            .map(|mark| (mark.code, (mark.kind, mark.at..mark.end())))
            .collect(),
        open: Vec::new(),
        out: String::with_capacity(reply.len()),
    };
    let mut rest = reply;
    while !rest.is_empty() {
        rest = reader.step(rest);
    }
    reader.out
}

/// The names of the elements that hold protected text, in the form [`Form::Xml`].
pub(in crate::backend) fn protected_names(source: &Fragment) -> impl Iterator<Item = String> {
    source
        .marks()
        .iter()
        .filter(|mark| matches!(mark.kind, MarkKind::Protected { .. }))
        .map(|mark| format!("x{}", mark.code))
}

struct Reader<'a> {
    source: &'a Fragment,
    kinds: HashMap<CodeId, (MarkKind, std::ops::Range<usize>)>,
    /// Elements that are open: their names, and the codes of those that are pairs of ours.
    open: Vec<(String, Option<CodeId>)>,
    out: String,
}

impl Reader<'_> {
    /// Reads the next tag, reference or run of text, and gives what is behind it.
    fn step<'r>(&mut self, rest: &'r str) -> &'r str {
        match memchr::memchr2(b'<', b'&', rest.as_bytes()) {
            Some(0) => {}
            next => {
                let (text, behind) = rest.split_at(next.unwrap_or(rest.len()));
                escape(text, &mut self.out);
                return behind;
            }
        }
        if let Some((tag, len)) = Tag::read(rest) {
            return self.place(&tag, &rest[..len], &rest[len..]);
        }
        if let Some((text, len)) = reference(rest) {
            escape(&text, &mut self.out);
            return &rest[len..];
        }
        escape(&rest[..1], &mut self.out);
        &rest[1..]
    }

    /// Places the code that a tag stands for, and gives what is behind it and what belongs to it.
    fn place<'r>(&mut self, tag: &Tag<'_>, raw: &str, behind: &'r str) -> &'r str {
        let known = tag
            .code
            .and_then(|code| Some((code, self.kinds.get(&code)?.clone())));
        match known {
            Some((code, (MarkKind::Open, _))) if tag.closes => {
                if let Some(at) = self.open.iter().rposition(|(_, open)| *open == Some(code)) {
                    self.open.remove(at);
                }
                self.push(format_args!("</g{code}>"));
            }
            Some((code, (MarkKind::Open, _))) => {
                self.push(format_args!("<g{code}>"));
                if tag.is_empty {
                    self.push(format_args!("</g{code}>"));
                } else {
                    self.opened(tag.name, Some(code));
                }
            }
            // The second half of `<x2></x2>`.
            Some(_) if tag.closes => {}
            Some((code, (MarkKind::Protected { .. }, _))) if tag.is_empty => {
                self.push(format_args!("<x{code}/>"));
            }
            Some((code, (MarkKind::Protected { .. }, range))) => {
                // Without its end nobody can tell how much of the text is in it.
                if let Some((content, len)) = content(tag.name, behind) {
                    self.protected(code, &self.source.text()[range], content);
                    return &behind[len..];
                }
            }
            Some((code, _)) => self.push(format_args!("<x{code}/>")),
            None => self.unknown(tag, raw),
        }
        behind
    }

    /// A closing tag without a number closes the last of its name; other tags that we didn't
    /// send are left out, unless they may be text that lost its escapes.
    fn unknown(&mut self, tag: &Tag<'_>, raw: &str) {
        if tag.closes {
            let last = self
                .open
                .iter()
                .rposition(|(name, _)| name.eq_ignore_ascii_case(tag.name));
            if let Some((_, code)) = last.map(|at| self.open.remove(at)) {
                if let Some(code) = code {
                    self.push(format_args!("</g{code}>"));
                }
                return;
            }
        }
        let is_ours = OURS.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        if !is_ours && self.source.text().contains('<') {
            escape(raw, &mut self.out);
        } else if !tag.closes && !tag.is_empty && !tag.name.eq_ignore_ascii_case("img") {
            self.opened(tag.name, None);
        }
    }

    fn opened(&mut self, name: &str, code: Option<CodeId>) {
        if self.open.len() < MOST_OPEN {
            self.open.push((name.to_owned(), code));
        }
    }

    /// Places a protected span whose element came back with `content`: words that were drawn
    /// into it stay outside of it. Where they can't be told from its text, the code is left out,
    /// so that the segment is asked for again.
    fn protected(&mut self, code: CodeId, text: &str, content: &str) {
        let content = plain(content);
        let words = |text: &str| text.split_whitespace().count();
        let (before, after) = match find_whole(&content, text) {
            Some(at) => (&content[..at], &content[at + text.len()..]),
            None if words(&content) > words(text) => return,
            None => ("", ""),
        };
        escape(before, &mut self.out);
        self.push(format_args!("<x{code}/>"));
        escape(after, &mut self.out);
    }

    fn push(&mut self, what: std::fmt::Arguments<'_>) {
        let written = self.out.write_fmt(what);
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
    }
}

/// Appends text, escaped for XML; what XML can't hold is left out.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::{check_codes, read_tagged};
    use proptest::prelude::*;

    fn source() -> Fragment {
        let mut source = Fragment::plain("Say ");
        source.push_mark(MarkKind::Open, 1);
        source.push_text("a < b");
        source.push_mark(MarkKind::Close, 1);
        source.push_mark(MarkKind::Standalone, 2);
        source.push_text(" & ");
        source.push_protected(3, "ls <-l>");
        source
    }

    fn read(reply: &str) -> String {
        read_codes(&source(), reply)
    }

    #[test]
    fn every_form_is_well_formed() {
        for (form, written) in [
            (
                Form::Xml,
                "Say <g1>a &lt; b</g1><x2/> &amp; <x3>ls &lt;-l&gt;</x3>",
            ),
            (
                Form::Html,
                "Say <span id=\"1\">a &lt; b</span><img id=\"2\"/> &amp; \
                 <span id=\"3\" translate=\"no\">ls &lt;-l&gt;</span>",
            ),
            (
                Form::OtherHtml,
                "Say <a id=\"1\">a &lt; b</a><img id=\"2\"/> &amp; \
                 <span id=\"3\" translate=\"no\">ls &lt;-l&gt;</span>",
            ),
            (Form::Text, "Say a < b & ls <-l>"),
        ] {
            assert_eq!(form.write(&source()), written);
        }
        assert_eq!(Form::Xml.write(&Fragment::plain("a\u{1}\u{b}\tb")), "a\tb");
    }

    #[test]
    fn what_was_written_is_read_again() {
        for form in [Form::Xml, Form::Html, Form::OtherHtml] {
            let read = read_codes(&source(), &form.write(&source()));
            assert_eq!(read_tagged(&source(), &read), Ok(source()), "{read}");
        }
    }

    #[test]
    fn only_the_numbers_of_tags_count() {
        let whole = "Sag <g1>a</g1><x2/> und <x3/>";
        for reply in [
            "Sag < G1 >a</ g1><X2></X2> und <x3>was immer</x3>",
            "Sag <g id='1'>a</g><x id=2> und <x id=\"3\"/>",
            "Sag <SPAN ID=1>a</SPAN><img id=\"2\"></img> und <span translate=nein id=3>ls</span>",
            "Sag <spanne class=\"1\">a</spanne><br id=2> und <span id=»3«>ls</span>",
            "<div>Sag <g1>a</g1><x2/> und <x3>l<i>s</i> <span>-</span>l</x3></div>",
        ] {
            assert_eq!(read(reply), whole, "{reply}");
        }
    }

    #[test]
    fn closing_tags_without_numbers_close_the_last_of_their_name() {
        let mut source = Fragment::default();
        for code in [1, 2] {
            source.push_mark(MarkKind::Open, code);
            source.push_text("a");
        }
        source.push_mark(MarkKind::Close, 2);
        source.push_mark(MarkKind::Close, 1);
        let reply = "<span id=1>x<span class=new><span id=2>y</span></span></span></span>z";
        assert_eq!(read_codes(&source, reply), "<g1>x<g2>y</g2></g1>z");
        let crossed = "<g1>x<g2>y</g1>z</g2>";
        assert_eq!(read_codes(&source, crossed), crossed);
    }

    #[test]
    fn words_drawn_into_a_protected_span_are_kept() {
        let reply = "<x3>der Befehl ls &lt;-l&gt; zeigt</x3> es";
        assert_eq!(read(reply), "der Befehl <x3/> zeigt es");
        let mut source = Fragment::default();
        source.push_protected(1, "a");
        let read_one = |reply: &str| read_codes(&source, reply);
        assert_eq!(read_one("<x1>das a</x1>"), "das <x1/>");
        assert_eq!(read_one("<x1>A</x1>"), "<x1/>");
        // Which of it is protected is unknown: the code is missing then, as here:
        assert_eq!(read_one("<x1>das A</x1> b"), " b");
        // Where it ends is unknown: the code is missing then, and the segment is asked again.
        assert_eq!(read("<x3>ls es"), "ls es");
    }

    #[test]
    fn text_is_text() {
        let kept = "1 &lt; 2, AT&amp;T, &amp;nosuch; &lt;!-- x --&gt; a\u{a0}b “ & '";
        let reply = "1 < 2, AT&T, &nosuch; <!-- x --> a&nbsp;b &ldquo; &amp; &#39;";
        assert_eq!(read(reply), kept.replace(" & ", " &amp; "));
        // What we did not send: text that lost its escapes, or nothing.
        assert_eq!(read("<i>x</i>"), "&lt;i&gt;x&lt;/i&gt;");
        let plain = Fragment::plain("x");
        assert_eq!(read_codes(&plain, "<i>x</i> &#1;<x9/>"), "x &amp;#1;");
    }
    #[test]
    fn a_long_reply_is_read_in_no_time() {
        for piece in [
            "<x3>",
            "<g1>",
            "<b></i>",
            "<",
            "&",
            "</span>",
            "<x3><x3></x3>",
        ] {
            let started = std::time::Instant::now();
            read(&piece.repeat(20_000));
            assert!(started.elapsed().as_secs() < 10, "{piece}");
        }
    }

    proptest! {
        #[test]
        fn any_reply_is_read(
            pieces in proptest::collection::vec(
                proptest::sample::select(vec![
                    "<", ">", "/", "&", ";", "#", "\"", "'", "=", " ", "g", "x", "1", "2", "3", "id",
                    "span", "<g1>", "</g1>", "<x2/>", "<x3>", "</x3>", "<span id=\"1\">", "</span>",
                    "<img id=2>", "&amp;", "&#60;", "é", "😀", "ls <-l>", "a",
                ]),
                0..30,
            ),
        ) {
            let reply = pieces.concat();
            if let Ok(target) = read_tagged(&source(), &read(&reply)) {
                prop_assert_eq!(check_codes(&source(), &target), Ok(()));
            }
            // Nothing but tags gets lost.
            if !reply.contains('<') {
                prop_assert_eq!(read(&reply).matches('😀').count(), reply.matches('😀').count());
            }
        }
    }
}
