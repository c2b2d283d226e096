//! Attributes that hold text, links or languages.

use std::borrow::Cow;

use super::chars::{self, Place};
use super::found::{Extracted, Found, HtmlUnit, Site, SiteKind};
use super::parse::Parsed;
use super::policy::State;
use super::token::{Attribute, Span, Token};

/// Attributes that are looked at: first text attributes of the HTML standard and of WAI-ARIA that
/// mean the same on every element, then those that matter on some elements only.
const SITE_ATTRIBUTES: [&str; 22] = [
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
    "abbr",
    "label",
    "content",
    "value",
    "download",
    "srcdoc",
    "href",
    "action",
    "lang",
    "xml:lang",
    "dir",
    "type",
];

/// How many of [`SITE_ATTRIBUTES`] are text everywhere.
const TEXT_EVERYWHERE: usize = 10;

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

/// The number of an attribute that may be of interest. Names are in lower case.
pub(super) fn site_attribute(name: &[u8]) -> Option<u8> {
    let place = SITE_ATTRIBUTES
        .iter()
        .position(|one| one.as_bytes() == name)?;
    u8::try_from(place).ok()
}

/// A start tag with its attributes.
struct Tag<'a> {
    source: &'a str,
    name: Cow<'a, str>,
    attributes: &'a [Attribute],
}

impl<'a> Tag<'a> {
    fn new(source: &'a str, parsed: &'a Parsed, token: &Token) -> Self {
        let start = token.attributes.0 as usize;
        let end = start + token.attributes.1 as usize;
        Self {
            source,
            name: lower_case(token.name(source)),
            attributes: parsed.attributes.get(start..end).unwrap_or_default(),
        }
    }

    /// The first attribute of a name; HTML ignores the others.
    fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes
            .iter()
            .find(|one| self.source[one.name.range()].eq_ignore_ascii_case(name))
            .map(|one| self.decoded(one.value))
    }

    /// Whether there is an attribute whose name is made of these two.
    fn has(&self, start: &str, end: &str) -> bool {
        self.attributes.iter().any(|one| {
            let name = &self.source.as_bytes()[one.name.range()];
            name.len() == start.len() + end.len()
                && name[..start.len()].eq_ignore_ascii_case(start.as_bytes())
                && name[start.len()..].eq_ignore_ascii_case(end.as_bytes())
        })
    }

    fn decoded(&self, value: Span) -> Cow<'a, str> {
        chars::meaning(&self.source[value.range()], Place::Attribute)
    }

    fn quote(&self, value: Span) -> Option<char> {
        let before = (value.start as usize).checked_sub(1)?;
        match self.source.as_bytes()[before] {
            quote @ (b'"' | b'\'') => Some(char::from(quote)),
            _ => None,
        }
    }
}

fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
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
    let mut seen = 0_u32;
    for attribute in tag.attributes {
        let value = attribute.value;
        let Some(number) = attribute.site.filter(|_| !value.is_empty()) else {
            continue;
        };
        let bit = 1 << number;
        if seen & bit != 0 {
            continue;
        }
        seen |= bit;
        let name = SITE_ATTRIBUTES[usize::from(number)];
        if let Some(kind) = site_kind(&tag, name, value) {
            out.sites.push(Site {
                number: 0,
                kind,
                value: tag.decoded(value).into_owned(),
                is_excluded: !state.is_translatable(),
                has_hreflang: tag.has("hreflang", ""),
                span: value,
                quote: tag.quote(value),
            });
        } else if state.is_translatable() {
            collect_text(&tag, name, value, out);
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
    if !is_text(tag, name) || tag.has("data-no-translation-", name) {
        return;
    }
    let element = format!("{}@{name}", tag.name);
    let unit = HtmlUnit::of_attribute(tag.source, value, quote, element.into());
    out.units.extend(unit);
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
        _ => SITE_ATTRIBUTES[..TEXT_EVERYWHERE].contains(&name),
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
            (is_page || tag.has("lang", "")).then_some(SiteKind::Direction)
        }
        _ => None,
    }
}
