use html5gum::emitters::default::{DefaultEmitter, Token as Peer};
use proptest::prelude::*;

use super::*;
use crate::html::chars::{self, Place};
use crate::html::doctype;

/// A token, as far as two tokenizers have to agree. Text runs are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Seen {
    Text(String),
    Start {
        name: String,
        attributes: Vec<(String, String)>,
        is_self_closing: bool,
    },
    End(String),
    Comment,
    Doctype {
        name: String,
        public: Option<String>,
        system: Option<String>,
        forces_quirks: bool,
    },
}

fn push(seen: &mut Vec<Seen>, token: Seen) {
    match (seen.last_mut(), token) {
        (_, Seen::Text(text)) if text.is_empty() => {}
        (Some(Seen::Text(before)), Seen::Text(text)) => before.push_str(&text),
        (_, token) => seen.push(token),
    }
}

/// What follows a start tag when nobody builds a tree; html5gum assumes the same.
fn content_after(name: &str) -> Content {
    match name {
        "textarea" | "title" => Content::Rcdata,
        "plaintext" => Content::Plaintext,
        "script" => Content::Script,
        "style" | "iframe" | "xmp" | "noembed" | "noframe" | "noscript" => Content::Rawtext,
        _ => Content::Data,
    }
}

fn ours(source: &str) -> Vec<Seen> {
    let mut tokenizer = Tokenizer::new(source, 0);
    let mut seen = Vec::new();
    let mut end = 0;
    while let Some(lexeme) = tokenizer.next(|| false) {
        assert!(lexeme.span.start >= end && !lexeme.span.is_empty());
        end = lexeme.span.end;
        let name_of = |span: Span| {
            source[span.range()]
                .to_ascii_lowercase()
                .replace('\0', "\u{fffd}")
        };
        let raw = &source[lexeme.span.range()];
        let token = match lexeme.kind {
            LexemeKind::Text(content) => Seen::Text(match content {
                Content::Data => lines(&chars::meaning(raw, Place::Text)),
                Content::Rcdata => {
                    lines(&chars::meaning(raw, Place::Text)).replace('\0', "\u{fffd}")
                }
                _ => lines(raw).replace('\0', "\u{fffd}"),
            }),
            LexemeKind::Cdata => unreachable!("no content is foreign here"),
            LexemeKind::Start {
                name,
                is_self_closing,
            } => {
                let name = name_of(name);
                tokenizer.switch_to(content_after(&name));
                let mut attributes: Vec<(String, String)> = Vec::new();
                for attribute in tokenizer.attributes() {
                    let name = name_of(attribute.name);
                    if attributes.iter().all(|(known, _)| *known != name) {
                        let value = &source[attribute.value.range()];
                        let value = chars::meaning(value, Place::Attribute);
                        attributes.push((name, value.replace('\0', "\u{fffd}")));
                    }
                }
                attributes.sort();
                Seen::Start {
                    name,
                    attributes,
                    is_self_closing,
                }
            }
            LexemeKind::End { name } => Seen::End(name_of(name)),
            LexemeKind::Comment => Seen::Comment,
            LexemeKind::Doctype => {
                let doctype = doctype::read(raw);
                Seen::Doctype {
                    name: doctype
                        .name
                        .map(|name| name.to_string())
                        .unwrap_or_default(),
                    public: doctype.public_id.map(|id| id.to_string()),
                    system: doctype.system_id.map(|id| id.to_string()),
                    forces_quirks: doctype.force_quirks,
                }
            }
        };
        push(&mut seen, token);
    }
    seen
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn theirs(source: &str) -> Vec<Seen> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut seen = Vec::new();
    for token in html5gum::Tokenizer::new_with_emitter(source, emitter) {
        let Ok(token) = token;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let token = match token {
            Peer::StartTag(tag) => Seen::Start {
                name: text(&tag.name),
                attributes: tag
                    .attributes
                    .iter()
                    .map(|(name, value)| (text(name), text(value)))
                    .collect(),
                is_self_closing: tag.self_closing,
            },
            Peer::EndTag(tag) => Seen::End(text(&tag.name)),
            Peer::String(value) => Seen::Text(text(&value)),
            Peer::Comment(_) => Seen::Comment,
            Peer::Doctype(doctype) => Seen::Doctype {
                name: text(&doctype.name),
                public: doctype.public_identifier.as_ref().map(|id| text(id)),
                system: doctype.system_identifier.as_ref().map(|id| text(id)),
                forces_quirks: doctype.force_quirks,
            },
            Peer::Error(_) => continue,
        };
        push(&mut seen, token);
    }
    seen
}

const PIECES: [&str; 92] = [
    "<",
    ">",
    "/",
    "=",
    "\"",
    "'",
    "!",
    "-",
    "--",
    "?",
    "&",
    ";",
    "#",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\x0c",
    "\0",
    "a",
    "b",
    "A",
    "x y",
    "ä",
    "amp",
    "&amp;",
    "&amp",
    "&#32;",
    "&nbsp;",
    "&notit;",
    "<p>",
    "</p>",
    "<P CLASS=X>",
    "</P >",
    "<a href=\"x\">",
    "<a href='y' b>",
    "<a href=z/>",
    "<br/>",
    "<br / >",
    "</>",
    "</ >",
    "</3>",
    "<3",
    "<!>",
    "<!x>",
    "<?x>",
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<!--->",
    "<!---->",
    "<!--!>",
    "<!--x--!>",
    "<!- ->",
    "--!-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE html>",
    "<!doctype",
    "<!DocType html PUBLIC \"a\" 'b'>",
    "<!doctype html SYSTEM 'x'",
    "<!doctype html PUBLIC",
    "<!doctype html bogus",
    " PUBLIC ",
    " SYSTEM ",
    "<script>",
    "</script>",
    "</script ",
    "<script",
    "</SCRIPT>",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "</titl>",
    "</title/",
    "<textarea>",
    "</textarea>",
    "<plaintext>",
    "<xmp>",
    "</xmp>",
    "<b",
    "</b",
    "<b x=",
    "<b x",
    "<b x=\"",
    "<b x='",
    "<b =",
    "<b x==y>",
    "<b/x>",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn soup_is_cut_as_html5gum_cuts_it(source in soup()) {
        prop_assert_eq!(ours(&source), theirs(&source));
    }
}

#[test]
fn what_is_dropped_is_in_no_token() {
    let mut tokenizer = Tokenizer::new("a</>b<i", 0);
    let spans: Vec<_> = std::iter::from_fn(|| tokenizer.next(|| false))
        .map(|lexeme| lexeme.span.range())
        .collect();
    assert_eq!(spans, [0..1, 4..5]);
}

#[test]
fn foreign_content_has_character_data_sections() {
    let source = "a<![CDATA[ <b> ]]>c<![CDATA[d";
    let mut tokenizer = Tokenizer::new(source, 0);
    let kinds: Vec<_> = std::iter::from_fn(|| tokenizer.next(|| true))
        .map(|lexeme| (&source[lexeme.span.range()], lexeme.kind))
        .collect();
    assert_eq!(
        kinds,
        [
            ("a", LexemeKind::Text(Content::Data)),
            ("<![CDATA[ <b> ]]>", LexemeKind::Cdata),
            ("c", LexemeKind::Text(Content::Data)),
            ("<![CDATA[d", LexemeKind::Cdata),
        ]
    );
}
