//! JSON-LD, the structured data of <https://schema.org> that search engines read: its texts, and
//! the values that depend on the locale.
//!
//! An address may be the page's own, which is for others to decide: it names the page and, with a
//! fragment (`#article`), the things described on it, in `url` and `@id` as in every reference to
//! them. Were one of them left, the graph would fall apart; so all of them are found, whatever
//! their property is. `inLanguage` says in which language a thing is; a recording or a book that
//! the page is about keeps its own.

use std::ops::Range;

use super::HtmlError;
use super::extract::extract_nested;
use super::found::{Embedded, Extracted, Layer, Site, SiteKind};
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

/// Types of things that are not translated with the page that shows them.
const KEEP_LANGUAGE: [&str; 5] = ["VideoObject", "AudioObject", "Movie", "Book", "Podcast"];

/// Properties whose value is about another version of the page.
const OTHER_VERSIONS: [&str; 2] = ["translationOfWork", "workTranslation"];

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
    collect(&json, "", false, 0, &mut strings);
    let style = JsonStyle::detect(text);
    for Found { what, range } in strings {
        let range = span.start as usize + range.start..span.start as usize + range.end;
        let Some(decoded) = decode_string(&source[range.clone()]) else {
            continue;
        };
        let decoded = decoded.into_owned();
        let content = match what {
            What::Site(kind) => Extracted {
                whole: Some(Site {
                    number: 0,
                    kind,
                    value: decoded.text().to_owned(),
                    is_excluded: false,
                    has_hreflang: false,
                    span: Span::new(0, decoded.text().len()),
                    quote: None,
                }),
                ..Extracted::default()
            },
            What::Text(_) if looks_like_html(decoded.text()) => {
                extract_nested(decoded.text(), Shape::Fragment, policy, depth + 1)?
            }
            What::Text(key) => Extracted::of_plain(decoded.text(), &format!("script@{key}")),
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

/// The values of structured data that depend on the locale: each with its kind, and where the
/// content of its string stands in the text that `json` was read from.
pub fn structured_data_sites(json: &Json<'_>) -> Vec<(SiteKind, Range<usize>)> {
    let mut strings = Vec::new();
    collect(json, "", false, 0, &mut strings);
    strings
        .into_iter()
        .filter_map(|found| match found.what {
            What::Site(kind) => Some((kind, found.range)),
            What::Text(_) => None,
        })
        .collect()
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

/// A string of structured data.
struct Found {
    what: What,
    range: Range<usize>,
}

enum What {
    /// Text, with its property.
    Text(String),
    Site(SiteKind),
}

/// Collects the strings of a value of the property `property`.
fn collect(json: &Json<'_>, property: &str, is_named: bool, depth: usize, out: &mut Vec<Found>) {
    if depth > MAX_NESTING || OTHER_VERSIONS.contains(&property) {
        return;
    }
    if json.is_string() {
        out.extend(site_kind(json, property).map(|kind| Found {
            what: What::Site(kind),
            range: json.content_range(),
        }));
        return;
    }
    let members = json.members();
    let is_one_of = |types: &[&str]| {
        members.iter().any(|(key, value)| {
            key == "@type" && types.iter().any(|name| value.raw().contains(name))
        })
    };
    let is_named = (members.is_empty() && is_named) || is_one_of(&NAMED);
    let keeps_language = is_one_of(&KEEP_LANGUAGE);
    for (key, value) in members {
        let is_text = TEXT_KEYS.contains(&&*key) && !(is_named && key == "name");
        if is_text && value.is_string() {
            out.push(Found {
                range: value.content_range(),
                what: What::Text(key),
            });
        } else if !(keeps_language && key == "inLanguage") {
            collect(&value, &key, is_named, depth + 1, out);
        }
    }
    for value in json.elements() {
        collect(&value, property, is_named, depth + 1, out);
    }
}

fn site_kind(json: &Json<'_>, property: &str) -> Option<SiteKind> {
    if property == "inLanguage" {
        return Some(SiteKind::Language);
    }
    // A context names the vocabulary.
    let is_address = json.raw().starts_with("\"http") && property != "@context";
    is_address.then_some(SiteKind::DataAddress)
}
