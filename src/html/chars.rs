//! Characters and how HTML spells them.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::post::Decoded;

/// One step in reading raw text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Atom<'a> {
    /// Bytes that mean themselves.
    Verbatim(&'a str),
    /// A character reference or a line end: raw spelling and meaning.
    Spelled(&'a str, Cow<'a, str>),
}

/// Where a piece of raw text stands, which decides how references are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Content. Carriage returns are left to the caller, who sees white space as a whole.
    Text,
    Attribute,
    /// Nothing is special: a plain text, or raw text elements.
    Plain,
}

/// Reads raw text in steps; no step can be cut without changing what it means.
///
/// Character references follow the HTML standard (named, decimal, hexadecimal, with and without
/// the semicolon, and the exception for attributes); in attributes CR LF and CR are line feeds.
pub(super) fn atoms(raw: &str, place: Place) -> impl Iterator<Item = Atom<'_>> {
    let mut rest = raw;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let special = match place {
            Place::Text => memchr::memchr(b'&', rest.as_bytes()),
            Place::Attribute => memchr::memchr2(b'&', b'\r', rest.as_bytes()),
            Place::Plain => None,
        }
        .unwrap_or(rest.len());
        if special > 0 {
            let (verbatim, tail) = rest.split_at(special);
            rest = tail;
            return Some(Atom::Verbatim(verbatim));
        }
        if rest.starts_with('\r') {
            let len = if rest.starts_with("\r\n") { 2 } else { 1 };
            let (raw, tail) = rest.split_at(len);
            rest = tail;
            return Some(Atom::Spelled(raw, Cow::Borrowed("\n")));
        }
        let (raw, meaning) = read_reference(rest, place);
        rest = &rest[raw.len()..];
        Some(if meaning == raw {
            Atom::Verbatim(raw)
        } else {
            Atom::Spelled(raw, meaning)
        })
    })
}

/// Reads what may be a character reference at the start of `text`, which begins with `&`.
fn read_reference(text: &str, place: Place) -> (&str, Cow<'_, str>) {
    let name = text[1..]
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    let mut len = 1 + name;
    if text[len..].starts_with(';') {
        len += 1;
    }
    if let Some(meaning) = common_reference(&text[..len]) {
        return (&text[..len], Cow::Borrowed(meaning));
    }
    let meaning = match place {
        Place::Text | Place::Plain => htmlize::unescape(&text[..len]),
        Place::Attribute => {
            // An equals sign after it keeps a reference without a semicolon from being one.
            let seen = if text[len..].starts_with('=') {
                len + 1
            } else {
                len
            };
            let meaning = htmlize::unescape_attribute(&text[..seen]);
            if seen > len {
                Cow::Owned(meaning.trim_end_matches('=').to_owned())
            } else {
                meaning
            }
        }
    };
    without_tail(&text[..len], meaning)
}

/// Leaves away what is no part of a reference without a semicolon: `&notit` is `&not` and `it`.
fn without_tail<'a>(raw: &'a str, meaning: Cow<'a, str>) -> (&'a str, Cow<'a, str>) {
    if raw == meaning {
        return (raw, meaning);
    }
    let first = meaning.chars().next().map_or(0, char::len_utf8);
    let tail = raw
        .bytes()
        .rev()
        .zip(meaning[first..].bytes().rev())
        .take_while(|(raw, meant)| raw == meant)
        .count();
    if tail == 0 {
        return (raw, meaning);
    }
    let meant = meaning[..meaning.len() - tail].to_owned();
    (&raw[..raw.len() - tail], Cow::Owned(meant))
}

/// What the references mean that make up most of all: WordPress writes quotes and dashes so.
fn common_reference(raw: &str) -> Option<&'static str> {
    Some(match raw {
        "&amp;" | "&#038;" | "&#38;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&#039;" | "&#39;" => "'",
        "&nbsp;" | "&#160;" => "\u{a0}",
        "&#8211;" => "\u{2013}",
        "&#8212;" => "\u{2014}",
        "&#8216;" => "\u{2018}",
        "&#8217;" => "\u{2019}",
        "&#8220;" => "\u{201c}",
        "&#8221;" => "\u{201d}",
        "&#8230;" => "\u{2026}",
        _ => return None,
    })
}

/// Decodes raw text with the way back.
pub(super) fn decode(raw: &str, place: Place) -> Decoded<'_> {
    if place == Place::Plain || memchr::memchr2(b'&', b'\r', raw.as_bytes()).is_none() {
        return Decoded::verbatim(raw);
    }
    let mut decoded = Decoded::default();
    for atom in atoms(raw, place) {
        match atom {
            Atom::Verbatim(text) => decoded.push_verbatim(text),
            Atom::Spelled(raw, meaning) => decoded.push_atom(raw.len(), &meaning),
        }
    }
    decoded
}

/// Decodes raw text.
pub(super) fn meaning(raw: &str, place: Place) -> Cow<'_, str> {
    if place == Place::Plain || memchr::memchr2(b'&', b'\r', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    for atom in atoms(raw, place) {
        match atom {
            Atom::Verbatim(part) => text.push_str(part),
            Atom::Spelled(_, part) => text.push_str(&part),
        }
    }
    Cow::Owned(text)
}

/// Whether HTML counts the character as white space.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\x0c' | '\r')
}

/// Whether the character is trimmed at the edges of a unit: white space and the no-break space.
pub(super) fn is_edge_space(c: char) -> bool {
    is_space(c) || c == '\u{a0}'
}

/// Whether raw text is nothing but what is trimmed at the edges of a unit.
pub(super) fn is_all_edge_space(raw: &str) -> bool {
    // Most texts begin with a letter.
    if raw
        .as_bytes()
        .first()
        .is_some_and(u8::is_ascii_alphanumeric)
    {
        return false;
    }
    atoms(raw, Place::Text).all(|atom| match atom {
        Atom::Verbatim(text) => text.chars().all(is_edge_space),
        Atom::Spelled(_, meaning) => meaning.chars().all(is_edge_space),
    })
}

/// How a document spells characters that can be written in several ways.
#[derive(Debug, Clone, Default)]
pub(super) struct Spelling {
    references: HashMap<char, String>,
}

impl Spelling {
    /// Learns from raw texts: a character is spelled as a reference where that is how it mostly
    /// stands there.
    pub(super) fn learn<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut references: HashMap<char, (String, usize)> = HashMap::new();
        for text in texts.clone() {
            for atom in atoms(text, Place::Text) {
                if let Atom::Spelled(raw, meaning) = atom
                    && let Some(c) = only_char(&meaning)
                    && is_worth_learning(c)
                {
                    references.entry(c).or_insert_with(|| (raw.to_owned(), 0)).1 += 1;
                }
            }
        }
        if references.is_empty() {
            return Self::default();
        }
        let mut verbatim: HashMap<char, usize> = HashMap::new();
        for text in texts {
            for atom in atoms(text, Place::Text) {
                if let Atom::Verbatim(text) = atom {
                    for c in text.chars().filter(|c| references.contains_key(c)) {
                        *verbatim.entry(c).or_default() += 1;
                    }
                }
            }
        }
        references.retain(|c, (_, count)| {
            must_be_escaped(*c) || *count >= verbatim.get(c).copied().unwrap_or(0)
        });
        let references = references
            .into_iter()
            .map(|(c, (raw, _))| (c, raw))
            .collect();
        Self { references }
    }

    /// Spells new text for content: nothing in it can be read as markup.
    pub(super) fn escape_text(&self, text: &str) -> String {
        self.escape(text, |c| match c {
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            // A bare CR would be read as a line feed, and NUL dropped.
            '\r' => Some("&#13;"),
            '\0' => Some("\u{fffd}"),
            _ => None,
        })
    }

    /// Spells new text for an attribute value in either kind of quotes.
    pub(super) fn escape_attribute(&self, text: &str, quote: char) -> String {
        self.escape(text, |c| match c {
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            '"' if quote == '"' => Some("&quot;"),
            '\'' if quote == '\'' => Some("&#39;"),
            '\r' => Some("&#13;"),
            '\0' => Some("\u{fffd}"),
            _ => None,
        })
    }

    fn escape(&self, text: &str, required: impl Fn(char) -> Option<&'static str>) -> String {
        let mut out = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            match (required(c), self.references.get(&c)) {
                (_, Some(reference)) => out.push_str(reference),
                (Some(escape), None) => out.push_str(escape),
                (None, None) => out.push(c),
            }
        }
        out
    }
}

fn only_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn must_be_escaped(c: char) -> bool {
    matches!(c, '&' | '<' | '>')
}

/// Letters and spaces spelled as references hide an address from robots; that is no habit to copy.
fn is_worth_learning(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || c.is_ascii_whitespace() || c.is_ascii_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_the_standard_says() {
        let text = |raw| decode(raw, Place::Text).text().to_owned();
        let attribute = |raw| decode(raw, Place::Attribute).text().to_owned();
        assert_eq!(
            text("a &amp; b&nbsp;c &#8212; &#x2014;"),
            "a & b\u{a0}c — —"
        );
        assert_eq!(
            text("AT&T &copy2 &notit; &unknown;"),
            "AT&T ©2 ¬it; &unknown;"
        );
        assert_eq!(attribute("?a=1&copy=2&amp;x&lt;"), "?a=1&copy=2&x<");
        assert_eq!(attribute("a\r\nb\rc"), "a\nb\nc");
    }

    #[test]
    fn what_follows_a_reference_without_a_semicolon_is_text_of_its_own() {
        let raws = |raw| -> Vec<String> {
            atoms(raw, Place::Text)
                .map(|atom| match atom {
                    Atom::Verbatim(raw) => raw.to_owned(),
                    Atom::Spelled(raw, meaning) => format!("{raw}={meaning}"),
                })
                .collect()
        };
        assert_eq!(raws("&notit;"), ["&not=¬", "it;"]);
        assert_eq!(raws("&nbspdt>"), ["&nbsp=\u{a0}", "dt>"]);
        assert_eq!(raws("&ampamp&#x31g"), ["&amp=&", "amp", "&#x31=1", "g"]);
        assert_eq!(raws("&gt;t"), ["&gt;=>", "t"]);
    }

    #[test]
    fn new_text_is_spelled_as_the_document_does() {
        let spelling =
            Spelling::learn(["A &#038; B &#8212; C", "x&nbsp;y z\u{a0}w \u{a0}"].into_iter());
        assert_eq!(
            spelling.escape_text("a & b — c\u{a0}<d>"),
            "a &#038; b &#8212; c\u{a0}&lt;d&gt;"
        );
    }

    #[test]
    fn the_quote_of_an_attribute_is_escaped_and_the_other_kept() {
        let spelling = Spelling::default();
        assert_eq!(
            spelling.escape_attribute("\"it's\"", '"'),
            "&quot;it's&quot;"
        );
        assert_eq!(spelling.escape_attribute("\"it's\"", '\''), "\"it&#39;s\"");
    }
}
