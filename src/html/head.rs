//! The place in the head of a page where links to its versions in other languages are inserted,
//! and how such links are written there.

use std::borrow::Cow;

use super::chars::{self, Place, Spelling};
use super::parse::{Parsed, Shape};
use super::token::{Attribute, TextMode, Token, TokenKind};

/// Start tags after which a head is still open.
const HEAD_TAGS: [&str; 13] = [
    "html", "head", "base", "basefont", "bgsound", "link", "meta", "title", "noscript", "noframes",
    "style", "script", "template",
];

/// A link to a version of the page: `<link rel="alternate" hreflang="…" href="…" />`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// The value of `hreflang`.
    pub language: String,
    /// The absolute address.
    pub address: String,
}

/// What the head of a page says of its versions, and where more can be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The page's own address: `link[rel=canonical]`, else `og:url`.
    pub address: Option<String>,
    /// The languages of the alternates that are there, as they are written.
    pub languages: Vec<String>,
    /// Whether the text is a whole page, and not a part of one.
    pub is_page: bool,
    pub(super) at: usize,
    style: Style,
}

/// How links are written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Style {
    before: String,
    after: String,
    quote: char,
    end: &'static str,
}

impl Head {
    /// The links, as they are inserted.
    pub(super) fn links(&self, alternates: &[Alternate]) -> String {
        let Style {
            before,
            after,
            quote: q,
            end,
        } = &self.style;
        let spelling = Spelling::default();
        let escape = |text: &str| spelling.escape_attribute(text, *q);
        let mut links = String::new();
        for Alternate { language, address } in alternates {
            let (language, address) = (escape(language), escape(address));
            links.push_str(&format!(
                "{before}<link rel={q}alternate{q} hreflang={q}{language}{q} href={q}{address}{q}{end}{after}"
            ));
        }
        links
    }
}

/// Finds the place: behind the last alternate, else behind the canonical link, else before
/// `</head>`. A part of a head without such a link has none: SEO plug-ins leave the canonical link
/// out where a page is not to be found, and such a page has no alternates.
pub(super) fn find(source: &str, parsed: &Parsed, shape: Shape) -> Option<Head> {
    let reader = Reader { source, parsed };
    let is_page = shape == Shape::Document;
    let is_in_head = |token: &Token| reader.is_at_top(token, is_page);
    let mut canonical = None;
    let mut open_graph = None;
    let mut languages = Vec::new();
    let mut anchor: Option<&Token> = None;
    let mut last: Option<&Token> = None;
    let mut end = None;
    for token in &parsed.tokens {
        let name = token.name(source);
        let is = |one: &str| name.eq_ignore_ascii_case(one);
        match token.kind {
            TokenKind::End if is("head") && is_page => {
                end = end.or(Some((token, last)));
            }
            TokenKind::Start if is("body") => break,
            TokenKind::Start if is("link") && is_in_head(token) => {
                let has_relation = |relation: &str| {
                    reader.get(token, "rel").is_some_and(|value| {
                        let mut values = value.split_ascii_whitespace();
                        values.any(|one| one.eq_ignore_ascii_case(relation))
                    })
                };
                if let Some(language) = reader.get(token, "hreflang")
                    && has_relation("alternate")
                {
                    languages.push(language.trim().to_owned());
                    anchor = Some(token);
                } else if canonical.is_none() && has_relation("canonical") {
                    canonical = reader.get(token, "href");
                    if languages.is_empty() {
                        anchor = Some(token);
                    }
                }
                last = Some(token);
            }
            TokenKind::Start if is("meta") && is_in_head(token) => {
                if reader
                    .get(token, "property")
                    .is_some_and(|name| name.trim().eq_ignore_ascii_case("og:url"))
                {
                    open_graph = open_graph.or_else(|| reader.get(token, "content"));
                }
                last = Some(token);
            }
            _ => {}
        }
    }
    let (at, style) = match (anchor, end) {
        (Some(anchor), _) => (anchor.span.end as usize, reader.behind(anchor)),
        (None, Some((end, model))) if reader.is_open_until(end) => reader.before(end, model),
        _ => return None,
    };
    let address = canonical.or(open_graph);
    Some(Head {
        address: address.map(|address| address.trim().to_owned()),
        languages,
        is_page,
        at,
        style,
    })
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    source: &'a str,
    parsed: &'a Parsed,
}

impl<'a> Reader<'a> {
    fn attributes(self, token: &Token) -> &'a [Attribute] {
        let start = token.attributes.0 as usize;
        let range = start..start + token.attributes.1 as usize;
        self.parsed.attributes.get(range).unwrap_or_default()
    }

    /// The first attribute of a name; HTML ignores the others.
    fn get(self, token: &Token, name: &str) -> Option<Cow<'a, str>> {
        let mut attributes = self.attributes(token).iter();
        attributes
            .find(|one| self.source[one.name.range()].eq_ignore_ascii_case(name))
            .map(|one| chars::meaning(&self.source[one.value.range()], Place::Attribute))
    }

    /// Whether the tree has the element of a tag directly in the head, or in the part of one; in a
    /// `<template>` it would mean nothing, in `<noscript>` not always the same.
    fn is_at_top(self, token: &Token, is_page: bool) -> bool {
        let parent = token
            .node
            .and_then(|node| self.parsed.html.tree.get(node)?.parent());
        parent.is_some_and(|parent| match parent.value().as_element() {
            Some(element) => element.name() == if is_page { "head" } else { "html" },
            None => !is_page,
        })
    }

    /// Whether the head is open up to its end tag: text and most tags close it, and then the end tag
    /// means nothing; nor does it in an element that is still open.
    fn is_open_until(self, end: &Token) -> bool {
        let (mut templates, mut noscripts) = (0_usize, 0_usize);
        for token in &self.parsed.tokens {
            if token.span.start >= end.span.start {
                break;
            }
            let name = token.name(self.source).to_ascii_lowercase();
            let open = match &*name {
                "template" => &mut templates,
                "noscript" => &mut noscripts,
                _ => &mut 0,
            };
            let keeps_open = match token.kind {
                TokenKind::Start => {
                    *open += 1;
                    HEAD_TAGS.contains(&&*name)
                }
                TokenKind::End => {
                    *open = open.saturating_sub(1);
                    !matches!(&*name, "body" | "html" | "br")
                }
                TokenKind::Text(TextMode::Data) => self.source[token.span.range()]
                    .bytes()
                    .all(|byte| byte.is_ascii_whitespace()),
                _ => true,
            };
            if !keeps_open {
                return false;
            }
        }
        templates == 0 && noscripts == 0
    }

    /// The style of links behind the tag of another: as it is written, on lines of their own if it
    /// has one.
    fn behind(self, model: &Token) -> Style {
        let span = model.span.range();
        let rest = &self.source[span.end..];
        let (indent, line_end) = self.line(span.start);
        let is_followed = rest.is_empty() || rest.starts_with(['\r', '\n']);
        let before = match (indent, line_end) {
            (Some(indent), Some(line_end)) if is_followed => format!("{line_end}{indent}"),
            // The first line of the text: what ends it ends the others.
            (Some(indent), None) => line_end_of(rest)
                .map(|line_end| format!("{line_end}{indent}"))
                .unwrap_or_default(),
            _ => String::new(),
        };
        Style {
            before,
            after: String::new(),
            ..self.spelling(Some(model))
        }
    }

    /// The place and style of links before `</head>`, written as `model`.
    fn before(self, end: &Token, model: Option<&Token>) -> (usize, Style) {
        let at = end.span.start as usize;
        let style = self.spelling(model);
        let (Some(own), Some(line_end)) = self.line(at) else {
            return (at, style);
        };
        let indent = model.and_then(|model| self.line(model.span.start as usize).0);
        let style = Style {
            before: indent.unwrap_or(own).to_owned(),
            after: line_end.to_owned(),
            ..style
        };
        (at - own.len(), style)
    }

    /// What stands before `at` on its line, if that is only white space, and the line end before.
    fn line(self, at: usize) -> (Option<&'a str>, Option<&'a str>) {
        let before = &self.source[..at];
        let start = before.rfind(['\r', '\n']).map_or(0, |last| last + 1);
        let indent = &before[start..];
        let line_end = ["\r\n", "\n", "\r"]
            .into_iter()
            .find(|line_end| before[..start].ends_with(line_end));
        let is_indent = indent.bytes().all(|byte| matches!(byte, b' ' | b'\t'));
        (is_indent.then_some(indent), line_end)
    }

    fn spelling(self, model: Option<&Token>) -> Style {
        let mut style = Style {
            before: String::new(),
            after: String::new(),
            quote: '"',
            end: " />",
        };
        let Some(model) = model else { return style };
        let attributes = self.attributes(model);
        let mut quotes = attributes.iter().filter_map(|one| {
            let at = (one.value.start as usize).checked_sub(1)?;
            match self.source.as_bytes().get(at)? {
                b'"' => Some('"'),
                b'\'' => Some('\''),
                _ => None,
            }
        });
        style.quote = quotes.next_back().unwrap_or(style.quote);
        let tail = attributes
            .last()
            .map_or(0, |last| last.value.end.max(last.name.end) as usize);
        let tail = self.source.get(tail..model.span.end as usize);
        let tail = tail.unwrap_or_default().trim_start_matches(['"', '\'']);
        style.end = match tail {
            tail if !tail.contains('/') => ">",
            tail if tail.starts_with('/') => "/>",
            _ => " />",
        };
        style
    }
}

fn line_end_of(text: &str) -> Option<&'static str> {
    ["\r\n", "\n", "\r"]
        .into_iter()
        .find(|line_end| text.starts_with(line_end))
}
