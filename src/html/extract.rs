//! What a text in HTML holds for localization: units and attribute sites.

use std::collections::HashSet;
use std::sync::Arc;

use super::HtmlError;
use super::build::{Built, build_text};
use super::chars::{self, Place};
use super::flow;
use super::head::{self, Head};
use super::json_ld;
use super::parse::{Shape, parse};
use super::policy::Policy;
use super::protect::closed_shortcodes;
use super::token::Span;
use crate::post::{Decoded, JsonStyle};
use crate::unit::{Code, Fragment, Kind};

/// How often a `srcdoc` may stand in a `srcdoc`.
const MAX_EMBEDDING: usize = 4;

/// A unit and how it is written back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlUnit {
    /// Counts the units of the text, those of embedded texts included, in document order.
    pub number: usize,
    /// What it is written into.
    pub kind: Kind,
    /// The element, with the attribute: `p`, `img@alt`.
    pub element: Arc<str>,
    /// Where it stands in the whole text, in bytes; for an embedded text, where that stands.
    pub span: std::ops::Range<usize>,
    pub(super) built: Built,
    pub(super) place: UnitPlace,
}

/// What the text of a unit is written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitPlace {
    Content,
    /// An attribute's value and its quote, if it has one.
    Attribute(Option<char>),
    Plain,
}

impl HtmlUnit {
    pub(super) fn new(element: Arc<str>, built: Built) -> Self {
        Self::at(UnitPlace::Content, element, built)
    }

    pub(super) fn at(place: UnitPlace, element: Arc<str>, built: Built) -> Self {
        Self {
            number: 0,
            kind: match place {
                UnitPlace::Content => Kind::Html,
                UnitPlace::Attribute(_) | UnitPlace::Plain => Kind::Text,
            },
            element,
            span: built.span.range(),
            built,
            place,
        }
    }

    /// The text with its codes.
    pub fn source(&self) -> &Fragment {
        &self.built.fragment
    }

    /// One entry for each mark of the source.
    pub fn codes(&self) -> &[Code] {
        &self.built.codes
    }
}

/// What an attribute site is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SiteKind {
    /// A link of the content: `a[href]`, `area[href]`, `form[action]`.
    Link,
    /// The page's own address, or that of its neighbours: `link[rel=canonical|next|prev]`, `og:url`.
    OwnLink,
    /// A `lang` or `xml:lang` that names the source language.
    Language,
    /// A `dir`.
    Direction,
    /// The `content` of `og:locale`.
    OpenGraphLocale,
    /// An address in structured data, which may be the page's own.
    DataAddress,
}

/// An attribute whose value depends on the locale without being text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Counts the sites, those of embedded texts included, in document order.
    pub number: usize,
    /// What it is for.
    pub kind: SiteKind,
    /// The value, decoded.
    pub value: String,
    /// Whether the element, or one around it, is left alone.
    pub is_excluded: bool,
    /// Whether the element says in which language its link's target is.
    pub has_hreflang: bool,
    pub(super) span: Span,
    pub(super) quote: Option<char>,
}

/// A text inside the text, in a spelling of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Embedded {
    pub(super) span: Span,
    pub(super) layer: Layer,
    pub(super) decoded: Decoded<'static>,
    pub(super) content: Extracted,
}

/// How an embedded text is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    Attribute(Option<char>),
    Json(JsonStyle),
}

/// The units and sites of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extracted {
    pub(super) units: Vec<HtmlUnit>,
    pub(super) sites: Vec<Site>,
    pub(super) embedded: Vec<Embedded>,
    pub(super) found: Vec<Found>,
    /// Where alternates can be inserted; none in embedded texts.
    pub(super) head: Option<Head>,
    /// The text as a whole, where it is a value and not a text in HTML.
    pub(super) whole: Option<Site>,
}

/// An embedded text that was found but not read yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    SrcDoc { span: Span, quote: Option<char> },
    JsonLd { span: Span },
}

impl Extracted {
    /// The units in document order, those of embedded texts included.
    pub fn units(&self) -> Vec<&HtmlUnit> {
        let mut units = Vec::new();
        self.collect_units(&mut units);
        units.sort_by_key(|unit| unit.number);
        units
    }

    /// Whether there are any units.
    pub fn has_units(&self) -> bool {
        let embedded = &self.embedded;
        !self.units.is_empty() || embedded.iter().any(|one| one.content.has_units())
    }

    fn collect_units<'a>(&'a self, out: &mut Vec<&'a HtmlUnit>) {
        out.extend(&self.units);
        for embedded in &self.embedded {
            embedded.content.collect_units(out);
        }
    }

    /// The attribute sites in document order, those of embedded texts included.
    pub fn sites(&self) -> Vec<&Site> {
        let mut sites = Vec::new();
        self.collect_sites(&mut sites);
        sites.sort_by_key(|site| site.number);
        sites
    }

    /// Where alternates can be inserted into the head of a page, or into a part of one.
    pub fn head(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    fn collect_sites<'a>(&'a self, out: &mut Vec<&'a Site>) {
        out.extend(self.whole.iter().chain(&self.sites));
        for embedded in &self.embedded {
            embedded.content.collect_sites(out);
        }
    }

    /// Numbers units and sites in document order.
    fn number(&mut self, next_unit: &mut usize, next_site: &mut usize) {
        self.units.sort_by_key(|unit| unit.built.span.start);
        let mut embedded = self.embedded.iter_mut().peekable();
        for unit in &mut self.units {
            while let Some(inner) =
                embedded.next_if(|inner| inner.span.start < unit.built.span.start)
            {
                inner.content.number(next_unit, next_site);
            }
            unit.number = *next_unit;
            *next_unit += 1;
        }
        for inner in embedded {
            inner.content.number(next_unit, next_site);
        }
        for site in self.whole.iter_mut().chain(&mut self.sites) {
            site.number = *next_site;
            *next_site += 1;
        }
    }

    /// Gives every unit the place of the embedded text that it is in.
    fn place_in(&mut self, span: &std::ops::Range<usize>) {
        for unit in &mut self.units {
            unit.span = span.clone();
        }
        for embedded in &mut self.embedded {
            embedded.content.place_in(span);
        }
    }
}

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
    let mut extracted = plain(source, "");
    extracted.number(&mut 0, &mut 0);
    extracted
}

pub(super) fn plain(source: &str, element: &str) -> Extracted {
    let closed = closed_shortcodes(source);
    let span = Span::new(0, source.len());
    let mut extracted = Extracted::default();
    if let Some(built) = build_text(source, span, Place::Plain, &closed) {
        let unit = HtmlUnit::at(UnitPlace::Plain, element.into(), built);
        extracted.units.push(unit);
    }
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

/// Finds the unit of an attribute's value.
pub(super) fn attribute_unit(
    source: &str,
    span: Span,
    quote: Option<char>,
    element: Arc<str>,
    closed: &HashSet<&str>,
) -> Option<HtmlUnit> {
    let built = build_text(source, span, Place::Attribute, closed)?;
    Some(HtmlUnit::at(UnitPlace::Attribute(quote), element, built))
}
