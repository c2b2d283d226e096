//! Spans of text that a translation has to keep letter for letter.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// The beginning of what may have to be protected; [`read_span`] decides, and finds the end of
/// addresses. E-mail addresses are found by [`next_mail_address`].
///
/// No look-around: with Unicode's word boundaries the engine would fall back to its slowest way
/// of searching. No pattern may run far where another could match inside it, or the time would
/// grow with the square of the text.
static SPANS: LazyLock<Regex> = LazyLock::new(|| {
    let patterns = [
        r"\[\[?/?[a-zA-Z][\w-]*(?:[\s\u{a0}][^\[\]]*)?/?\]\]?",
        r"(?i:(?:https?|ftp)://[^\s\u{a0}<>«»“”„‹›])",
        r"(?i:(?:mailto|tel):[^\s\u{a0}<>«»“”„‹›])",
        r"(?i:www\.[a-z0-9-]+\.[^\s\u{a0}<>«»“”„‹›])",
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

/// What ends an address.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || "<>«»“”„‹›".contains(c)
}

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
    let mut span = next_span(text, from, closed);
    let mut mail = next_mail_address(text, from);
    loop {
        if span.as_ref().is_some_and(|span| span.range.start < from) {
            span = next_span(text, from, closed);
        }
        if mail.as_ref().is_some_and(|mail| mail.start < from) {
            mail = next_mail_address(text, from);
        }
        let is_mail_next = match (&span, &mail) {
            (None, None) => return spans,
            (Some(span), Some(mail)) => {
                let is_placeholder = text[span.range.start..].starts_with('%');
                mail.start < span.range.start + usize::from(is_placeholder)
            }
            (span, _) => span.is_none(),
        };
        let next = if is_mail_next {
            mail.clone().map(|range| Protected {
                range,
                is_shortcode: false,
            })
        } else {
            span.clone()
        };
        if let Some(next) = next {
            // One byte at least, so that each is found once.
            from = next.range.end.max(next.range.start + 1);
            spans.push(next);
        }
    }
}

/// The first protected span from a place on, e-mail addresses aside.
fn next_span(text: &str, mut from: usize, closed: &HashSet<&str>) -> Option<Protected> {
    loop {
        let found = SPANS.find_at(text, from)?;
        let start = found.start();
        if let Some(end) = read_span(text, found.range(), closed) {
            return Some(Protected {
                range: start..end,
                is_shortcode: found.as_str().starts_with('['),
            });
        }
        // What is rejected may hold something to protect.
        from = start + 1;
    }
}

/// The end of what is to be protected where [`SPANS`] found something; none where it only looks so.
fn read_span(text: &str, found: Range<usize>, closed: &HashSet<&str>) -> Option<usize> {
    let (start, end) = (found.start, found.end);
    let found = &text[found];
    let accepted = match found.as_bytes() {
        [b'[', ..] => return is_shortcode(found, closed).then_some(end),
        [b'@', ..] => stands_alone(text, start),
        [b'#', ..] => stands_alone(text, start) && found.chars().any(char::is_alphabetic),
        [b'%', conversion @ b'a'..=b'z', rest @ ..] => {
            if matches!(conversion, b's' | b'd' | b'i' | b'f') && matches!(rest, [] | [b'%']) {
                return Some(start + 2);
            }
            rest.ends_with(b"%")
        }
        // An address begins a word.
        [b'a'..=b'z' | b'A'..=b'Z', ..] => {
            if text[..start].ends_with(is_in_word) {
                return None;
            }
            let len = text[end..].find(ends_address);
            let end = len.map_or(text.len(), |len| end + len);
            return Some(start + without_final_punctuation(&text[start..end]).len());
        }
        _ => true,
    };
    accepted.then(|| start + without_final_punctuation(found).len())
}

/// The first e-mail address from a place on.
fn next_mail_address(text: &str, from: usize) -> Option<Range<usize>> {
    memchr::memchr_iter(b'@', &text.as_bytes()[from..])
        .map(|at| from + at)
        .find_map(|at| {
            let local = text[from..at]
                .chars()
                .rev()
                .take_while(|c| is_in_word(*c) || ".+%-".contains(*c))
                .map(char::len_utf8)
                .sum::<usize>();
            let domain = domain_len(&text[at + 1..])?;
            let is_whole = local > 0 && !text[..at].ends_with('.');
            is_whole.then(|| at - local..at + 1 + domain)
        })
}

/// The length of a domain at the start of a text: two labels at least.
fn domain_len(text: &str) -> Option<usize> {
    let label = |text: &str| {
        text.find(|c: char| !is_in_word(c) && c != '-')
            .unwrap_or(text.len())
    };
    let first = label(text);
    let mut len = first;
    while len > 0 && text[len..].starts_with('.') {
        let next = label(&text[len + 1..]);
        if next == 0 {
            break;
        }
        len += 1 + next;
    }
    (len > first).then_some(len)
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
    let has_bracket = span.contains(['(', '[']);
    let shorter = span.trim_end_matches(|c| {
        matches!(
            c,
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '’' | '…'
        ) || (!has_bracket && matches!(c, ')' | ']'))
    });
    if shorter.is_empty() { span } else { shorter }
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
