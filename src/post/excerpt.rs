//! WordPress's generated excerpt, derived from the translated content.
//!
//! A post without an excerpt of its own gets the first 55 words of its content and ` [&hellip;]`
//! (`wp_trim_excerpt` and `wp_trim_words` of WordPress). Translated by itself that would be a torn
//! sentence, paid for a second time. So where the rule, applied to the source content, gives exactly
//! the source excerpt, the same rule is applied to the translated content.
//!
//! **The number** is that of the source excerpt, since sites change it. WordPress counts characters
//! instead of words for Chinese, Japanese and Thai. If only one of both languages is counted so, the
//! number is converted with the ratio of WordPress's own defaults, 55 words and 110 characters: a
//! site with excerpts twice as long as usual has them twice as long in both.
//!
//! **A text that was not cut** in the source is not cut in the target: a site's limit does not show
//! in it, and losing text would be worse than an excerpt a few words too long.
//!
//! **A `<!--more-->`** in the content ends what an excerpt is made from, in both.

use std::borrow::Cow;

use super::plain_text::plain_text;

/// Characters to a word: WordPress's default lengths are 55 words and, for Japanese, 110 characters.
const CHARACTERS_PER_WORD: usize = 2;

/// What stands for the cut text: WordPress's own mark first, then those of themes and plug-ins.
const MARKS: [&str; 8] = [
    "[&hellip;]",
    "[&#8230;]",
    "[\u{2026}]",
    "[...]",
    "&hellip;",
    "&#8230;",
    "\u{2026}",
    "...",
];

/// What may stand between the text and the mark.
const SPACES: [&str; 5] = [" ", "&nbsp;", "&#160;", "\u{a0}", ""];

/// Derives the excerpt of a translated post.
///
/// All texts are HTML as in `rendered`; languages are BCP 47 tags, of which the primary language
/// counts. The result has the wrapper, the mark and the line end of the source excerpt; a tail such
/// as a "more" link is kept if it has no words. An excerpt that the target content is too short to
/// be cut for has neither mark nor tail.
///
/// `None` when the source excerpt is not what the rule makes of the source content, byte for byte:
/// then it was written by a person, or made by other rules, and has to be translated.
///
/// Takes time linear in the lengths of the texts.
pub fn derive_excerpt(
    source_content: &str,
    source_excerpt: &str,
    target_content: &str,
    source_lang: &str,
    target_lang: &str,
) -> Option<String> {
    let excerpt = Wrapped::read(source_excerpt);
    let (source_unit, target_unit) = (Unit::of(source_lang), Unit::of(target_lang));
    for part in [whole, teaser] {
        let Some(source) = part(source_content).map(plain_text) else {
            continue;
        };
        let Some(cut) = Cut::find(&source, excerpt.body, source_unit) else {
            continue;
        };
        let target = plain_text(part(target_content)?);
        // Also where a cut in the middle of an entity would be mended below.
        if target == source {
            return Some(source_excerpt.to_owned());
        }
        let body = cut.apply(&target, source_unit, target_unit);
        return Some([excerpt.before, &body, excerpt.after].concat());
    }
    None
}

/// Whether an excerpt looks generated: cut, with a mark at its end or a "more" link.
///
/// One that does and can't be derived is a torn sentence, so its translation needs a review.
pub fn looks_generated(excerpt: &str) -> bool {
    let body = Wrapped::read(excerpt).body;
    let (text, tail) = split_tail(body);
    !tail.is_empty() || MARKS.iter().any(|mark| text.ends_with(mark))
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Words,
    Characters,
}

impl Unit {
    fn of(lang: &str) -> Self {
        let primary = lang.split(['-', '_']).next().unwrap_or_default();
        let counts_characters = ["ja", "zh", "th"]
            .iter()
            .any(|counted| primary.eq_ignore_ascii_case(counted));
        if counts_characters {
            Self::Characters
        } else {
            Self::Words
        }
    }

    /// How many of these `text` has, which has single spaces only.
    fn count(self, text: &str) -> usize {
        match self {
            Self::Words => text.split(' ').filter(|word| !word.is_empty()).count(),
            Self::Characters => text.chars().count(),
        }
    }

    /// The first `number` of these, or `None` when there are no more than that.
    fn cut(self, text: &str, number: usize) -> Option<&str> {
        let last = number.checked_sub(1)?;
        let end = match self {
            Self::Words => text.match_indices(' ').nth(last)?.0,
            Self::Characters => text.char_indices().nth(number)?.0,
        };
        text.get(..end)
    }

    fn convert(self, number: usize, to: Self) -> usize {
        match (self, to) {
            (Self::Words, Self::Characters) => number.saturating_mul(CHARACTERS_PER_WORD),
            (Self::Characters, Self::Words) => number.div_ceil(CHARACTERS_PER_WORD),
            _ => number,
        }
    }
}

/// How an excerpt was made from a text.
#[derive(Debug, PartialEq, Eq)]
enum Cut<'e> {
    /// It is the whole text.
    Nowhere,
    /// After so many words or characters; `end` is all that follows them.
    After { number: usize, end: &'e str },
}

impl<'e> Cut<'e> {
    /// Finds the cut that makes `body` of `text`.
    fn find(text: &str, body: &'e str, unit: Unit) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        if text == body {
            return Some(Self::Nowhere);
        }
        let (marked, tail) = split_tail(body);
        if has_words(tail) {
            return None;
        }
        let without_mark = if tail.is_empty() { None } else { Some("") };
        for mark in MARKS.into_iter().chain(without_mark) {
            let Some(spaced) = marked.strip_suffix(mark) else {
                continue;
            };
            for head in SPACES.iter().filter_map(|space| spaced.strip_suffix(space)) {
                let number = unit.count(head);
                if unit.cut(text, number) == Some(head) {
                    return Some(Self::After {
                        number,
                        end: body.get(head.len()..)?,
                    });
                }
            }
        }
        None
    }

    fn apply<'t>(&self, text: &'t str, source: Unit, target: Unit) -> Cow<'t, str> {
        let Self::After { number, end } = self else {
            return Cow::Borrowed(text);
        };
        match target.cut(text, source.convert(*number, target)) {
            Some(head) => Cow::Owned([mend(head, text), end].concat()),
            None => Cow::Borrowed(text),
        }
    }
}

/// Cuts before a character reference rather than in it. Where characters are counted, WordPress
/// counts those of `&#8217;` too, and tears it.
fn mend<'t>(head: &'t str, text: &str) -> &'t str {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let before = head.trim_end_matches(is_name);
    let Some(mended) = before.strip_suffix('&') else {
        return head;
    };
    let rest = text.get(head.len()..).unwrap_or_default();
    let is_torn = rest.trim_start_matches(is_name).starts_with(';');
    if is_torn { mended } else { head }
}

/// All of the content.
#[expect(clippy::unnecessary_wraps, reason = "takes the place of `teaser`")]
fn whole(content: &str) -> Option<&str> {
    Some(content)
}

/// The content before its `<!--more-->`, or before the anchor that WordPress puts in its place.
fn teaser(content: &str) -> Option<&str> {
    let at = content
        .find("<!--more")
        .or_else(|| content.find("<span id=\"more-"))?;
    content.get(..at)
}

/// An excerpt between its block tags and white space.
struct Wrapped<'e> {
    before: &'e str,
    body: &'e str,
    after: &'e str,
}

impl<'e> Wrapped<'e> {
    fn read(excerpt: &'e str) -> Self {
        let mut body = excerpt.trim_ascii_start();
        while let Some((tag, rest)) = body.split_once('>').filter(|(tag, _)| is_block_start(tag)) {
            debug_assert!(tag.starts_with('<'));
            body = rest.trim_ascii_start();
        }
        let before = excerpt
            .get(..excerpt.len() - body.len())
            .unwrap_or_default();
        let inside = body;
        body = body.trim_ascii_end();
        while let Some(rest) = body
            .strip_suffix("</p>")
            .or_else(|| body.strip_suffix("</div>"))
        {
            body = rest.trim_ascii_end();
        }
        Self {
            before,
            body,
            after: inside.get(body.len()..).unwrap_or_default(),
        }
    }
}

fn is_block_start(tag: &str) -> bool {
    let name = tag.split([' ', '\n', '\t']).next().unwrap_or_default();
    matches!(name, "<p" | "<div")
}

/// Splits a "more" link, and the spaces before it, from the end of an excerpt.
fn split_tail(body: &str) -> (&str, &str) {
    let link = if body.ends_with("</a>") {
        body.rfind("<a ")
    } else {
        None
    };
    let Some((text, tail)) = link.and_then(|at| body.split_at_checked(at)) else {
        return (body, "");
    };
    if !tail
        .split('>')
        .next()
        .unwrap_or_default()
        .contains("more-link")
    {
        return (body, "");
    }
    let mut text = text;
    while let Some(rest) = SPACES
        .iter()
        .filter(|space| !space.is_empty())
        .find_map(|space| text.strip_suffix(space))
    {
        text = rest;
    }
    (text, body.get(text.len()..).unwrap_or_default())
}

/// Whether a tail has text that would have to be translated, in its content or its attributes.
fn has_words(tail: &str) -> bool {
    let has_text_attribute = ["title=", "aria-label="]
        .iter()
        .any(|name| tail.contains(name));
    let text = plain_text(tail);
    let mut in_reference = false;
    let mut is_letter = |c: char| {
        in_reference = c == '&' || (in_reference && c != ';');
        !in_reference && c.is_alphanumeric()
    };
    has_text_attribute || text.chars().any(&mut is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wrapper_is_split_off() {
        for (excerpt, parts) in [
            (
                "<p>One [&hellip;]</p>\n",
                ["<p>", "One [&hellip;]", "</p>\n"],
            ),
            ("One", ["", "One", ""]),
            (
                "\n<div class=\"x\"><p>One</p>\n</div>",
                ["\n<div class=\"x\"><p>", "One", "</p>\n</div>"],
            ),
            ("<pre>One", ["", "<pre>One", ""]),
            ("<p>", ["<p>", "", ""]),
            ("</p>", ["", "", "</p>"]),
            ("", ["", "", ""]),
            ("<p", ["", "<p", ""]),
        ] {
            let wrapped = Wrapped::read(excerpt);
            assert_eq!(
                [wrapped.before, wrapped.body, wrapped.after],
                parts,
                "{excerpt:?}"
            );
        }
    }

    #[test]
    fn the_number_is_that_of_the_source() {
        let cut = |body| Cut::find("one two three", body, Unit::Words);
        assert_eq!(
            cut("one two [&hellip;]"),
            Some(Cut::After {
                number: 2,
                end: " [&hellip;]"
            })
        );
        assert_eq!(
            cut("one&nbsp;&#8230;"),
            Some(Cut::After {
                number: 1,
                end: "&nbsp;&#8230;"
            })
        );
        assert_eq!(cut("one two three"), Some(Cut::Nowhere));
        for body in [
            "one two three [&hellip;]",
            "one tw [&hellip;]",
            "two [&hellip;]",
            "one two",
            "",
            " [&hellip;]",
        ] {
            assert_eq!(cut(body), None, "{body:?}");
        }
    }

    #[test]
    fn a_character_reference_is_not_torn() {
        assert_eq!(mend("a &#82", "a &#8217; b"), "a ");
        assert_eq!(mend("a &", "a &amp; b"), "a ");
        assert_eq!(mend("a &amp;", "a &amp; b"), "a &amp;");
        assert_eq!(mend("a & b", "a & b c"), "a & b");
        assert_eq!(mend("a &x", "a &x y;"), "a &x");
    }
}
