//! Attributes that hold text, links or languages.

use std::collections::HashSet;

use super::chars::{self, Place};
use super::extract::{Extracted, Found, Site, SiteKind, attribute_unit};
use super::parse::Parsed;
use super::policy::State;
use super::token::{Attribute, Span, Token};

/// Text attributes of the HTML standard and of WAI-ARIA that mean the same on every element.
const TEXT_ATTRIBUTES: [&str; 10] = [
    "alt",
    "title",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "aria-braillelabel",
    "aria-brailleroledescription",
];

/// Attributes that are looked at on some elements only.
const OTHER_ATTRIBUTES: [&str; 12] = [
    "abbr", "label", "content", "value", "download", "srcdoc", "href", "action", "lang",
    "xml:lang", "dir", "type",
];

/// Metadata names whose `content` is text for people.
const TEXT_METADATA: [&str; 28] = [
    "description",
    "keywords",
    "abstract",
    "subject",
    "application-name",
    "apple-mobile-web-app-title",
    "og:title",
    "og:description",
    "og:site_name",
    "og:image:alt",
    "og:video:alt",
    "og:audio:alt",
    "article:section",
    "article:tag",
    "twitter:title",
    "twitter:description",
    "twitter:image:alt",
    "twitter:label1",
    "twitter:label2",
    "twitter:data1",
    "twitter:data2",
    "dc.title",
    "dc.description",
    "dc.subject",
    "dcterms.title",
    "dcterms.description",
    "dcterms.abstract",
    "headline",
];

/// Whether an attribute of this name may be of interest. Names are in lower case.
pub(super) fn is_site_attribute(name: &[u8]) -> bool {
    matches!(name.len(), 3..=27)
        && TEXT_ATTRIBUTES
            .iter()
            .chain(&OTHER_ATTRIBUTES)
            .any(|one| one.as_bytes() == name)
}

/// A start tag with its attributes.
struct Tag<'a> {
    source: &'a str,
    name: String,
    attributes: &'a [Attribute],
}

impl<'a> Tag<'a> {
    fn new(source: &'a str, parsed: &'a Parsed, token: &Token) -> Self {
        let start = token.attributes.0 as usize;
        let end = start + token.attributes.1 as usize;
        Self {
            source,
            name: token.name(source).to_ascii_lowercase(),
            attributes: parsed.attributes.get(start..end).unwrap_or_default(),
        }
    }

    /// The first attribute of a name; HTML ignores the others.
    fn get(&self, name: &str) -> Option<String> {
        self.attributes
            .iter()
            .find(|one| self.source[one.name.range()].eq_ignore_ascii_case(name))
            .map(|one| self.decoded(one.value))
    }

    fn decoded(&self, value: Span) -> String {
        chars::decode(&self.source[value.range()], Place::Attribute)
            .text()
            .to_owned()
    }

    fn quote(&self, value: Span) -> Option<char> {
        self.source[..value.start as usize]
            .chars()
            .next_back()
            .filter(|c| matches!(c, '"' | '\''))
    }
}

/// Collects what the attributes of a start tag hold.
pub(super) fn collect(
    source: &str,
    parsed: &Parsed,
    index: usize,
    state: State,
    out: &mut Extracted,
) {
    let token = &parsed.tokens[index];
    let tag = Tag::new(source, parsed, token);
    let mut seen = HashSet::new();
    for attribute in tag.attributes {
        let name = source[attribute.name.range()].to_ascii_lowercase();
        if !is_site_attribute(name.as_bytes())
            || attribute.value.is_empty()
            || !seen.insert(name.clone())
        {
            continue;
        }
        let value = attribute.value;
        if let Some(kind) = site_kind(&tag, &name, value) {
            out.sites.push(Site {
                number: 0,
                kind,
                value: tag.decoded(value),
                is_excluded: !state.is_translatable(),
                has_hreflang: tag.get("hreflang").is_some(),
                span: value,
                quote: tag.quote(value),
            });
        } else if state.is_translatable() {
            collect_text(&tag, &name, value, out);
        }
    }
    if state.is_translatable()
        && tag.name == "script"
        && tag
            .get("type")
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
        && let Some(text) = parsed.tokens.get(index + 1)
        && text.is_text()
    {
        out.found.push(Found::JsonLd { span: text.span });
    }
}

fn collect_text(tag: &Tag<'_>, name: &str, value: Span, out: &mut Extracted) {
    let quote = tag.quote(value);
    if name == "srcdoc" {
        if tag.name == "iframe" {
            out.found.push(Found::SrcDoc { span: value, quote });
        }
        return;
    }
    if !is_text(tag, name) || tag.get(&format!("data-no-translation-{name}")).is_some() {
        return;
    }
    let element = format!("{}@{name}", tag.name);
    out.units.extend(attribute_unit(
        tag.source,
        value,
        quote,
        element,
        &HashSet::new(),
    ));
}

/// Whether the attribute holds text for people on this element.
fn is_text(tag: &Tag<'_>, name: &str) -> bool {
    let is_input = |types: &[&str]| {
        tag.name == "input"
            && tag
                .get("type")
                .is_some_and(|kind| types.iter().any(|one| kind.eq_ignore_ascii_case(one)))
    };
    match name {
        "abbr" => matches!(&*tag.name, "th" | "td"),
        "label" => matches!(&*tag.name, "optgroup" | "option" | "track"),
        "value" => is_input(&["button", "reset"]),
        "download" => matches!(&*tag.name, "a" | "area"),
        "content" => is_text_metadata(tag),
        _ => TEXT_ATTRIBUTES.contains(&name),
    }
}

fn metadata_name(tag: &Tag<'_>) -> Option<String> {
    if tag.name != "meta" {
        return None;
    }
    let name = tag
        .get("property")
        .or_else(|| tag.get("name"))
        .or_else(|| tag.get("itemprop"))?;
    Some(name.trim().to_ascii_lowercase())
}

fn is_text_metadata(tag: &Tag<'_>) -> bool {
    metadata_name(tag).is_some_and(|name| TEXT_METADATA.contains(&&*name))
}

fn site_kind(tag: &Tag<'_>, name: &str, value: Span) -> Option<SiteKind> {
    match (name, &*tag.name) {
        ("href", "a" | "area") | ("action", "form") => Some(SiteKind::Link),
        ("href", "link") => {
            let rel = tag.get("rel")?;
            rel.split_ascii_whitespace()
                .any(|one| {
                    ["canonical", "next", "prev"]
                        .iter()
                        .any(|own| one.eq_ignore_ascii_case(own))
                })
                .then_some(SiteKind::OwnLink)
        }
        ("content", "meta") => match metadata_name(tag)?.as_str() {
            "og:url" | "twitter:url" => Some(SiteKind::OwnLink),
            "og:locale" => Some(SiteKind::OpenGraphLocale),
            _ => None,
        },
        ("lang" | "xml:lang", _) => {
            (!tag.decoded(value).trim().is_empty()).then_some(SiteKind::Language)
        }
        ("dir", name) => {
            let is_page = matches!(name, "html" | "body");
            (is_page || tag.get("lang").is_some()).then_some(SiteKind::Direction)
        }
        _ => None,
    }
}
