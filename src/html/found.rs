//! What is found in a text in HTML: units, sites, and texts inside the text.

use std::collections::HashSet;
use std::sync::Arc;

use super::build::{Built, build_text};
use super::chars::Place;
use super::head::Head;
use super::protect::closed_shortcodes;
use super::token::Span;
use crate::post::{Decoded, JsonStyle};
use crate::unit::{Code, Fragment, Kind};

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

    /// The unit of an attribute's value, if there is text in it.
    pub(super) fn of_attribute(
        source: &str,
        span: Span,
        quote: Option<char>,
        element: Arc<str>,
    ) -> Option<Self> {
        let built = build_text(source, span, Place::Attribute, &HashSet::new())?;
        Some(Self::at(UnitPlace::Attribute(quote), element, built))
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
    /// The unit of a text in which nothing is markup.
    pub(super) fn of_plain(source: &str, element: &str) -> Self {
        let closed = closed_shortcodes(source);
        let span = Span::new(0, source.len());
        let mut extracted = Self::default();
        if let Some(built) = build_text(source, span, Place::Plain, &closed) {
            let unit = HtmlUnit::at(UnitPlace::Plain, element.into(), built);
            extracted.units.push(unit);
        }
        extracted
    }

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
    pub(super) fn number(&mut self, next_unit: &mut usize, next_site: &mut usize) {
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
    pub(super) fn place_in(&mut self, span: &std::ops::Range<usize>) {
        for unit in &mut self.units {
            unit.span = span.clone();
        }
        for embedded in &mut self.embedded {
            embedded.content.place_in(span);
        }
    }
}
