//! Spans of text that a translation has to keep letter for letter.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// What may have to be protected; [`read_span`] decides.
///
/// No look-around: with Unicode's word boundaries the engine would fall back to its slowest way
/// of searching.
static SPANS: LazyLock<Regex> = LazyLock::new(|| {
    let patterns = [
        r"\[\[?/?[a-zA-Z][\w-]*(?:[\s\u{a0}][^\[\]]*)?/?\]\]?",
        r"(?i:(?:https?|ftp)://[^\s\u{a0}<>«»“”„‹›]+)",
        r"(?i:(?:mailto|tel):[^\s\u{a0}<>«»“”„‹›]+)",
        r"(?i:www\.[a-z0-9-]+\.[^\s\u{a0}<>«»“”„‹›]+)",
        r"[\w.+%-]*[\w+%-]@[\w-]+(?:\.[\w-]+)+",
        r"\{\{[^{}]*\}\}",
        r"\{%[^{}]*%\}",
        r"\$\{[^{}\s]+\}",
        r"%%\w+%%",
        r"%\d+\$[a-zA-Z]",
        r"%[a-z]\w*%?",
        r"@\w[\w.-]*",
        r"#\w+",
    ];
    Regex::new(&patterns.join("|")).expect("the patterns are constant and tested")
});

/// A WordPress shortcode that stands alone in most posts that have it.
const SHORTCODES: [&str; 12] = [
    "gallery",
    "audio",
    "video",
    "playlist",
    "embed",
    "caption",
    "wp_caption",
    "toc",
    "contact-form-7",
    "wpforms",
    "shortcode",
    "rev_slider",
];

/// A protected span of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Protected {
    pub(super) range: Range<usize>,
    /// Shortcodes enclose text as tags do, so they are trimmed at the edges of a unit.
    pub(super) is_shortcode: bool,
}

/// The names of shortcodes that are closed somewhere in `text`: `[name]…[/name]`.
pub(super) fn closed_shortcodes(text: &str) -> HashSet<&str> {
    let mut names = HashSet::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), b"[/") {
        let rest = &text[at + 2..];
        let len = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
            .unwrap_or(0);
        if len > 0 && rest[len..].starts_with(']') {
            names.insert(&rest[..len]);
        }
    }
    names
}

/// The protected spans of a text, in order, not overlapping.
///
/// `closed` are the names that [`closed_shortcodes`] found in the whole field.
pub(super) fn protected_spans(text: &str, closed: &HashSet<&str>) -> Vec<Protected> {
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(found) = SPANS.find_at(text, from) {
        let (found, start) = (found.as_str(), found.start());
        let len = read_span(text, start, found, closed);
        from = start
            + // What is rejected may hold something to protect.
                len.unwrap_or(1);
        let Some(len) = len else { continue };
        let is_shortcode = found.starts_with('[');
        let end = if is_shortcode {
            start + len
        } else {
            start + without_final_punctuation(&found[..len]).len()
        };
        spans.push(Protected {
            range: start..end,
            is_shortcode,
        });
    }
    spans
}

/// How much of what [`SPANS`] found at `start` is to be protected; none where it only looks so.
fn read_span(text: &str, start: usize, found: &str, closed: &HashSet<&str>) -> Option<usize> {
    let is_free = || stands_alone(text, start);
    let accepted = match found.as_bytes() {
        [b'[', ..] => is_shortcode(found, closed),
        [b'@', ..] => is_free(),
        [b'#', ..] => is_free() && found.chars().any(char::is_alphabetic),
        [b'%', b'a'..=b'z', rest @ ..] if !found.contains('@') => {
            let is_conversion = matches!(found.as_bytes()[1], b's' | b'd' | b'i' | b'f');
            if is_conversion && matches!(rest, [] | [b'%']) {
                return Some(2);
            }
            rest.ends_with(b"%")
        }
        // An address begins a word.
        [b'a'..=b'z' | b'A'..=b'Z', ..] if found.contains(':') || begins_with_www(found) => {
            !text[..start].ends_with(is_in_word)
        }
        _ => true,
    };
    accepted.then_some(found.len())
}

/// Whether a character is a part of words, as `\w` has it: combining marks are.
fn is_in_word(c: char) -> bool {
    static WORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\w").expect("the pattern is constant and tested"));
    if c.is_ascii() || c.is_alphanumeric() {
        return c.is_alphanumeric() || c == '_';
    }
    WORD.is_match(c.encode_utf8(&mut [0; 4]))
}

fn begins_with_www(text: &str) -> bool {
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

/// The bytes that [`may_begin_span`] knows: every protected span holds one of them.
pub(super) const BEGIN_SPANS: &[u8; 7] = b"@#[%{:.";

/// Whether a byte may be the one that a protected span needs, going by its neighbours. A neighbour
/// that is not known may be anything.
pub(super) fn may_begin_span(byte: u8, before: Option<u8>, after: Option<u8>) -> bool {
    let before_is = |bytes: &[u8]| before.is_none_or(|before| bytes.contains(&before));
    let after_is =
        |test: fn(u8) -> bool| after.is_none_or(|after| !after.is_ascii() || test(after));
    match byte {
        b'@' => after_is(|after| after.is_ascii_alphanumeric() || matches!(after, b'_' | b'-')),
        b'#' => after_is(|after| after.is_ascii_alphanumeric() || after == b'_'),
        b'[' => after_is(|after| after.is_ascii_alphabetic() || matches!(after, b'/' | b'[')),
        b'%' => after_is(|after| after.is_ascii_alphanumeric() || matches!(after, b'%' | b'_')),
        b'{' => before_is(b"$") || after_is(|after| matches!(after, b'{' | b'%')),
        // `://`, `mailto:`, `tel:`
        b':' => before_is(b"oOlL") || after_is(|after| after == b'/'),
        b'.' => before_is(b"wW"),
        _ => false,
    }
}

/// Whether what a character reference means may be a part of a protected span that the bytes
/// around it don't show.
pub(super) fn reference_may_matter(meaning: &str) -> bool {
    meaning.bytes().any(|byte| {
        byte.is_ascii() && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | b' ' | b'\n')
    })
}

/// Whether what looks like a shortcode is one. WordPress knows by a list of registered names; the
/// list is not in the post, so prose such as `[sic]` or `[Update: today]` must be told apart.
fn is_shortcode(text: &str, closed: &HashSet<&str>) -> bool {
    let inner = text.trim_matches(['[', ']']);
    if inner.starts_with('/') {
        return true;
    }
    let len = inner
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(inner.len());
    let (name, rest) = inner.split_at(len);
    closed.contains(name)
        || SHORTCODES.contains(&name)
        || name.contains('_')
        || inner.ends_with('/')
        || has_attribute(rest)
}

/// Whether there is a `name=` with its value at once after the equals sign.
fn has_attribute(text: &str) -> bool {
    text.match_indices('=').any(|(at, _)| {
        let name_ends = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        let value_begins = text[at + 1..].starts_with(|c: char| !c.is_whitespace());
        name_ends && value_begins
    })
}

fn stands_alone(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric() || "_@#&/.".contains(c))
}

/// An address at the end of a sentence does not own the full stop, nor the bracket around it.
fn without_final_punctuation(span: &str) -> &str {
    let mut span = span;
    loop {
        let shorter = span.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'', '’', '…']);
        let shorter = match shorter.strip_suffix([')', ']']) {
            Some(inner) if !inner.contains(['(', '[']) => inner,
            _ => shorter,
        };
        if shorter.len() == span.len() || shorter.is_empty() {
            return span;
        }
        span = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str) -> Vec<&str> {
        protected_spans(text, &closed_shortcodes(text))
            .into_iter()
            .map(|span| &text[span.range])
            .collect()
    }

    #[test]
    fn addresses_are_protected_without_the_punctuation_after_them() {
        assert_eq!(
            spans(
                "See https://example.org/a_(b)?c=d, (www.example.com) or write to a.b@example.org."
            ),
            [
                "https://example.org/a_(b)?c=d",
                "www.example.com",
                "a.b@example.org"
            ]
        );
    }

    #[test]
    fn handles_and_hashtags_are_protected_and_numbers_are_not() {
        assert_eq!(
            spans("@anna wrote #rustlang about #1 at 5@7 C#"),
            ["@anna", "#rustlang"]
        );
    }

    #[test]
    fn placeholders_are_protected() {
        assert_eq!(
            spans("Hi {{ name }}, %s of %1$s %%title%% %sep% 50% sure, {% if a %}"),
            [
                "{{ name }}",
                "%s",
                "%1$s",
                "%%title%%",
                "%sep%",
                "{% if a %}"
            ]
        );
    }

    #[test]
    fn shortcodes_are_protected_and_prose_in_brackets_is_not() {
        assert_eq!(
            spans(
                "[gallery ids=\"1\"] [sic] [vc_row] [b]x[/b] [Update: now] [tabs title=”One two”]"
            ),
            [
                "[gallery ids=\"1\"]",
                "[vc_row]",
                "[b]",
                "[/b]",
                "[tabs title=”One two”]"
            ]
        );
    }
}
