//! Spans of text that a translation has to keep letter for letter.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// What is protected wherever it stands. Shortcodes are decided on in [`is_shortcode`].
static SPANS: LazyLock<Regex> = LazyLock::new(|| {
    let patterns = [
        r"(?P<shortcode>\[\[?/?[a-zA-Z][\w-]*(?:[\s\u{a0}][^\[\]]*)?/?\]\]?)",
        r"(?i:\b(?:https?|ftp)://[^\s\u{a0}<>«»“”„‹›]+)",
        r"(?i:\b(?:mailto|tel):[^\s\u{a0}<>«»“”„‹›]+)",
        r"(?i:\bwww\.[a-z0-9-]+\.[^\s\u{a0}<>«»“”„‹›]+)",
        r"[\w.+%-]*[\w+%-]@[\w-]+(?:\.[\w-]+)+",
        r"\{\{[^{}]*\}\}",
        r"\{%[^{}]*%\}",
        r"\$\{[^{}\s]+\}",
        r"%%\w+%%",
        r"%\d+\$[a-zA-Z]",
        r"%[sdif]\b",
        r"%[a-z]\w*%",
        r"(?P<handle>@\w[\w.-]*)",
        r"(?P<hashtag>#\w+)",
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
    if !may_hold_spans(text.as_bytes()) {
        return Vec::new();
    }
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(found) = SPANS.captures_at(text, from) {
        let Some(whole) = found.get(0) else { break };
        let shortcode = found.name("shortcode");
        from = match shortcode {
            // Prose in brackets may hold something to protect.
            Some(_) if !is_shortcode(whole.as_str(), closed) => whole.start() + 1,
            _ => whole.end(),
        };
        let accepted = if shortcode.is_some() {
            from == whole.end()
        } else if found.name("handle").is_some() {
            stands_alone(text, whole.start())
        } else if found.name("hashtag").is_some() {
            stands_alone(text, whole.start()) && whole.as_str().chars().any(char::is_alphabetic)
        } else {
            true
        };
        if accepted {
            let end = if shortcode.is_some() {
                whole.end()
            } else {
                whole.start() + without_final_punctuation(whole.as_str()).len()
            };
            spans.push(Protected {
                range: whole.start()..end,
                is_shortcode: shortcode.is_some(),
            });
        }
    }
    spans
}

/// A look at the bytes that all patterns need; most texts have none of them.
fn may_hold_spans(text: &[u8]) -> bool {
    memchr::memchr3(b'@', b'#', b'[', text).is_some()
        || memchr::memchr3(b'%', b'{', b':', text).is_some()
        || memchr::memmem::find(text, b"www.").is_some()
        || memchr::memmem::find(text, b"WWW.").is_some()
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
