//! Text in JSON-LD, the structured data of <https://schema.org> that search engines read.

use super::HtmlError;
use super::extract::{Embedded, Extracted, Layer, extract_nested, plain};
use super::parse::Shape;
use super::policy::Policy;
use super::token::Span;
use crate::post::{Json, JsonStyle, decode_string};

/// Properties whose value is text.
const TEXT_KEYS: [&str; 8] = [
    "headline",
    "alternativeHeadline",
    "name",
    "description",
    "articleBody",
    "abstract",
    "caption",
    "text",
];

/// Types of things whose `name` is a proper name.
const NAMED: [&str; 7] = [
    "Person",
    "Organization",
    "NewsMediaOrganization",
    "Corporation",
    "LocalBusiness",
    "Brand",
    "Place",
];

/// Deeper structures are left as they are.
const MAX_NESTING: usize = 64;

/// Reads the text of the script at `span`. What is not JSON is left as it is.
pub(super) fn read(
    source: &str,
    span: Span,
    policy: &Policy,
    depth: usize,
    out: &mut Vec<Embedded>,
) -> Result<(), HtmlError> {
    let text = &source[span.range()];
    let Ok(json) = Json::parse(text) else {
        return Ok(());
    };
    let mut strings = Vec::new();
    collect(&json, false, 0, &mut strings);
    let style = JsonStyle::detect(text);
    for (key, range) in strings {
        let range = span.start as usize + range.start..span.start as usize + range.end;
        let Some(decoded) = decode_string(&source[range.clone()]) else {
            continue;
        };
        let decoded = decoded.into_owned();
        let element = format!("script@{key}");
        let content: Extracted = if looks_like_html(decoded.text()) {
            extract_nested(decoded.text(), Shape::Fragment, policy, depth + 1)?
        } else {
            plain(decoded.text(), &element)
        };
        out.push(Embedded {
            span: Span::new(range.start, range.end),
            // In a script `</script` and `<!--` end or change what follows.
            layer: Layer::Json(style.for_script()),
            decoded,
            content,
        });
    }
    Ok(())
}

/// Whether a plain string holds tags or character references.
pub(crate) fn looks_like_html(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).any(|at| {
        bytes
            .get(at + 1)
            .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!'))
    }) || memchr::memchr_iter(b'&', bytes).any(|at| {
        let name = bytes[at + 1..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#')
            .count();
        name > 1 && bytes.get(at + 1 + name) == Some(&b';')
    })
}

fn collect(
    json: &Json<'_>,
    is_named: bool,
    depth: usize,
    out: &mut Vec<(String, std::ops::Range<usize>)>,
) {
    if depth > MAX_NESTING {
        return;
    }
    let members = json.members();
    let is_named = if members.is_empty() {
        is_named
    } else {
        members.iter().any(|(key, value)| {
            key == "@type" && NAMED.iter().any(|name| value.raw().contains(name))
        })
    };
    for (key, value) in members {
        let is_text = TEXT_KEYS.contains(&&*key) && !(is_named && key == "name");
        if is_text && value.is_string() {
            out.push((key, value.content_range()));
        } else {
            collect(&value, is_named, depth + 1, out);
        }
    }
    for value in json.elements() {
        collect(&value, is_named, depth + 1, out);
    }
}
