//! What a text in HTML holds for localization: units and attribute sites.

use super::HtmlError;
use super::chars::{self, Place};
use super::flow;
use super::found::{Embedded, Extracted, Found, Layer};
use super::head;
use super::json_ld;
use super::parse::{Shape, parse};
use super::policy::Policy;

/// How often a `srcdoc` may stand in a `srcdoc`.
const MAX_EMBEDDING: usize = 4;

/// Finds the units and attribute sites of a text in HTML.
///
/// Any UTF-8 is read as browsers read it (WHATWG HTML, scripting disabled); nothing is refused
/// for its quality.
///
/// # Errors
/// [`HtmlError::TooDeep`] and [`HtmlError::TooTangled`] for what would take unreasonably long,
/// [`HtmlError::TooLarge`] from 4 GiB on.
pub fn extract(source: &str, shape: Shape, policy: &Policy) -> Result<Extracted, HtmlError> {
    let mut extracted = extract_nested(source, shape, policy, 0)?;
    extracted.number(&mut 0, &mut 0);
    Ok(extracted)
}

/// What the text of an HTML file is: a whole page if it says so near its beginning.
pub fn shape_of_file(source: &str) -> Shape {
    let bytes = source.as_bytes();
    let is_page = memchr::memchr_iter(b'<', bytes).take(64).any(|at| {
        ["<!doctype", "<html", "<head", "<body"].iter().any(|mark| {
            bytes
                .get(at..at + mark.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(mark.as_bytes()))
        })
    });
    if is_page {
        Shape::Document
    } else {
        Shape::Fragment
    }
}

/// Finds the one unit of a plain text, in which nothing is markup.
pub fn extract_plain(source: &str) -> Extracted {
    let mut extracted = Extracted::of_plain(source, "");
    extracted.number(&mut 0, &mut 0);
    extracted
}

/// Reads a text at some depth of embedding, without numbering what it finds.
pub(super) fn extract_nested(
    source: &str,
    shape: Shape,
    policy: &Policy,
    depth: usize,
) -> Result<Extracted, HtmlError> {
    let mut parsed = parse(source, shape, policy)?;
    policy.apply_selectors(&parsed.html, &parsed.candidates, &mut parsed.info);
    let mut extracted = flow::cut(source, &parsed);
    if depth == 0 {
        extracted.head = head::find(source, &parsed, shape);
    }
    for found in std::mem::take(&mut extracted.found) {
        match found {
            Found::SrcDoc { .. } if depth >= MAX_EMBEDDING => {}
            Found::SrcDoc { span, quote } => {
                let decoded = chars::decode(&source[span.range()], Place::Attribute).into_owned();
                let mut content =
                    extract_nested(decoded.text(), Shape::Document, policy, depth + 1)?;
                content.place_in(&span.range());
                extracted.embedded.push(Embedded {
                    span,
                    layer: Layer::Attribute(quote),
                    decoded,
                    content,
                });
            }
            Found::JsonLd { span } => {
                json_ld::read(source, span, policy, depth, &mut extracted.embedded)?;
            }
        }
    }
    extracted
        .embedded
        .sort_by_key(|embedded| embedded.span.start);
    for embedded in &mut extracted.embedded {
        embedded.content.place_in(&embedded.span.range());
    }
    Ok(extracted)
}
